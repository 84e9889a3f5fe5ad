//! Which credentials are used, of all that are set.

use anyhow::bail;

use super::{Place, astray::refuse_what_may_be_a_secret};
use crate::settings::{Key, Setting, Settings, Source, variable};

/// Holds an access token.
pub(crate) const TOKEN_VARIABLE: &str = "IT_ACCESS_TOKEN";

/// Holds the secret of the client that `IT_ACCESS_CLIENT_ID` names.
const CLIENT_SECRET_VARIABLE: &str = "IT_ACCESS_CLIENT_SECRET";

/// By what the service knows the account.
#[derive(Debug)]
pub(crate) enum Credentials {
    Token(Setting<Place>),
    Client { id: Setting<String>, secret: Setting<Place> },
}

/// The ways to say where a secret is.
struct Secret {
    /// Where it is unless something else is said.
    variable: &'static str,
    env: Key,
    file: Key,
    keyring: Key,
}

const TOKEN: Secret = Secret {
    variable: TOKEN_VARIABLE,
    env: Key::TokenEnv,
    file: Key::TokenFile,
    keyring: Key::TokenKeyring,
};

const CLIENT_SECRET: Secret = Secret {
    variable: CLIENT_SECRET_VARIABLE,
    env: Key::ClientSecretEnv,
    file: Key::ClientSecretFile,
    keyring: Key::ClientSecretKeyring,
};

/// The keys of a profile that say which account it is.
const OF_PROFILES: [Key; 4] = [Key::TokenEnv, Key::TokenFile, Key::TokenKeyring, Key::ClientId];

impl Credentials {
    /// Chooses what is said by an option, else by the environment, else by the profile. Where two of the same rank are for
    /// different credentials nobody can say which account is meant. None: nothing is said.
    pub(crate) fn choose(settings: &Settings<'_>) -> anyhow::Result<Option<Self>> {
        let chosen = Self::of_all(settings)?;
        if let Some(Self::Token(place) | Self::Client { secret: place, .. }) = &chosen {
            refuse_what_may_be_a_secret(place)?;
        }
        if let Some(chosen) = &chosen {
            chosen.refuse_another_than_the_profile(settings)?;
        }
        Ok(chosen)
    }

    /// Refuses what a variable says where `--profile` names an account that has credentials of its own: a variable may be left over
    /// from another account.
    fn refuse_another_than_the_profile(&self, settings: &Settings<'_>) -> anyhow::Result<()> {
        let (Self::Token(Setting { source, .. }) | Self::Client { id: Setting { source, .. }, .. }) =
            self;
        if let Source::Variable { name } = source
            && let Some(Setting { value: profile, source: Source::Option { .. } }) =
                &settings.profile
            && let Some(own) = OF_PROFILES.iter().find_map(|key| profile.get(*key))
        {
            bail!(
                "{name} and {} both say which account is meant: unset {name}, or leave out --profile",
                own.source
            );
        }
        Ok(())
    }

    fn of_all(settings: &Settings<'_>) -> anyhow::Result<Option<Self>> {
        let options = settings.options;
        let token = TOKEN.place(settings, options.token_file.as_ref())?;
        let id = settings.look_up(Key::ClientId, options.client_id.clone())?;
        let secret = CLIENT_SECRET.place(settings, options.client_secret_file.as_ref())?;

        let rank = |source: Option<&Source>| source.map_or(0, Source::rank);
        let of_token = rank(token.as_ref().map(|token| &token.source));
        let of_id = rank(id.as_ref().map(|id| &id.source));
        let of_secret = rank(secret.as_ref().map(|secret| &secret.source));
        let of_client = of_id.max(of_secret);

        match (token, id, secret) {
            (None, None, None) => Ok(None),
            (Some(token), _, _) if of_token > of_client => Ok(Some(Self::Token(token))),
            (Some(token), id, secret) if of_token == of_client => {
                let other = match id {
                    Some(id) if of_id == of_client => id.source,
                    _ => secret.map_or(Source::Default, |secret| secret.source),
                };
                bail!(
                    "{} says which token to use, and {other} which client: leave one of them out, \
                     so that it is clear which account is meant",
                    token.source
                )
            }
            (_, Some(id), Some(secret)) => Ok(Some(Self::Client { id, secret })),
            (_, Some(id), None) => bail!(
                "{}: the client `{}` has no secret: set {CLIENT_SECRET_VARIABLE}, or name a file by \
                 --client-secret-file (- is standard input)",
                id.source,
                id.value
            ),
            (_, None, secret) => bail!(
                "{}: a client secret without a client id: set {}, or name it by --client-id",
                secret.map_or(Source::Default, |secret| secret.source),
                Key::ClientId.variable().unwrap_or_default()
            ),
        }
    }
}

impl Secret {
    fn place(
        &self,
        settings: &Settings<'_>,
        option: Option<&std::path::PathBuf>,
    ) -> anyhow::Result<Option<Setting<Place>>> {
        if let Some(path) = option {
            let source = Source::Option { name: self.file.option() };
            return Ok(Some(Setting { value: Place::file(path), source }));
        }
        let file = settings.look_up(self.file, None)?;
        let by_variable =
            file.as_ref().filter(|file| matches!(file.source, Source::Variable { .. }));
        if variable(self.variable)?.is_some() {
            if let Some(file) = by_variable {
                bail!("{} and {} are both set; unset one of them", self.variable, file.source);
            }
            let source = Source::Variable { name: self.variable };
            return Ok(Some(Setting { value: Place::Variable(self.variable.to_owned()), source }));
        }
        if by_variable.is_some() {
            return file.map(place).transpose();
        }
        let said = [
            settings.look_up(self.env, None)?.map(|env| env.map(Place::Variable)),
            file.map(place).transpose()?,
            settings.look_up(self.keyring, None)?.map(|entry| entry.map(Place::Keyring)),
        ];
        let mut said = said.into_iter().flatten();
        match (said.next(), said.next()) {
            (Some(one), Some(other)) => bail!(
                "{} and {} say the same thing twice; leave one of them out",
                one.source,
                other.source
            ),
            (one, _) => Ok(one),
        }
    }
}

fn place(file: Setting<String>) -> anyhow::Result<Setting<Place>> {
    match &*file.value {
        "-" => Ok(file.map(|_| Place::StandardInput)),
        _ => Ok(file.into_path()?.map(Place::File)),
    }
}
