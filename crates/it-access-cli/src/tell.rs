//! Telling why nothing seems to happen.

use std::time::Duration;

use it_access::{Error, Observer, RequestInfo};

use crate::{failure::root_cause, talk::say};

/// Says when a request has to wait, and when it is repeated.
#[derive(Debug)]
pub(crate) struct Tell;

impl Observer for Tell {
    fn waiting(&self, _: &RequestInfo<'_>, about: Duration) {
        let seconds = about.as_secs_f64().ceil();
        say(format_args!(
            "waiting {seconds} s: the account's requests for this minute are used up"
        ));
    }

    fn retried(&self, _: &RequestInfo<'_>, error: &Error, pause: Duration) {
        let seconds = pause.as_secs_f64().ceil();
        say(format_args!("{error} Trying again in {seconds} s."));
        if let Some(cause) = root_cause(error) {
            say(format_args!("  cause: {cause}"));
        }
    }
}
