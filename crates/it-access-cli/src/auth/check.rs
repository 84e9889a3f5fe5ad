//! `it-access auth check`: what can be known of the credentials and the service without changing a device.

use std::{
    error::Error,
    fmt,
    io::{self, Write},
    time::Duration,
};

use anyhow::anyhow;
use it_access::Client;
use it_access_runtime::{Credential, CredentialSet, Http};

use crate::{
    connect::{build, credentials},
    credentials::Credentials,
    exit_status::ExitStatus,
    failure::{Failure, root_cause},
    settings::{Setting, Settings},
    shown::shown,
};

/// Checks one thing after the other, and ends at the first that is wrong.
pub(crate) async fn check(settings: &Settings<'_>) -> Result<ExitStatus, Failure> {
    let base_url = settings.base_url().map_err(Failure::usage)?;
    let timeout = settings.timeout().map_err(Failure::usage)?.value;
    let credentials = credentials(settings)?;
    let tokens = credentials.provider(&base_url, timeout).await?;
    // Nothing is sent by it: it finds out whether a token may be sent there.
    let client = Client::builder().base_url(&*base_url.value).tokens(tokens.clone());
    build(client, &base_url.source)?;
    passed(format_args!("{} may be sent a token ({})", base_url.value, base_url.source))?;

    if let Credentials::Token(place) = &credentials {
        passed(format_args!("an access token is in {}, and well-formed", place.value))?;
        let status = reach(&base_url, timeout).await?;
        passed(format_args!("the service answers ({status}); it was not sent the token"))?;
        return not_checked(
            "whether the service takes the token, and which devices are the account's",
        );
    }
    tokens.token().await.map_err(|error| Failure::nothing_processed(explained(&error)))?;
    passed("the service has issued an access token")?;
    not_checked("whether the client may change devices, and which devices are the account's")
}

/// What the service's start page is asked with.
struct NoCredentials;

impl CredentialSet for NoCredentials {
    const SCHEMES: &'static [&'static str] = &[];

    fn get(&self, _scheme: &str) -> Option<Credential<'_>> {
        None
    }
}

/// Asks for the start page of the service: as any browser would, and without a token.
async fn reach(base_url: &Setting<String>, timeout: Duration) -> Result<u16, Failure> {
    let http = Http::new::<NoCredentials>(&base_url.value, Http::settings().timeout(timeout));
    let http = http.map_err(Failure::nothing_processed)?;
    let answer = http.client.head(http.base_url.join("/")).send().await;
    let answer = answer.map_err(|error| {
        let error = error.without_url();
        Failure::nothing_processed(
            explained(&error).context(format!("cannot reach {}", base_url.value)),
        )
    })?;
    Ok(answer.status().as_u16())
}

/// An error with its root cause.
fn explained(error: &(dyn Error + 'static)) -> anyhow::Error {
    match root_cause(error) {
        Some(cause) => anyhow!("{error}: {cause}"),
        None => anyhow!("{error}"),
    }
}

fn passed(what: impl fmt::Display) -> Result<(), Failure> {
    shown(writeln!(io::stdout(), "ok           {what}")).map(drop)
}

fn not_checked(what: &str) -> Result<ExitStatus, Failure> {
    let because = "no request of this API finds that out without an action";
    shown(writeln!(io::stdout(), "not checked  {what}: {because}"))
}
