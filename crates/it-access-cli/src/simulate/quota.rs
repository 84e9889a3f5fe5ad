//! What can be said of the simulated account's quota.

use std::time::Duration;

use clap::{Args, ValueEnum};
use it_access_sim::{Phase, Quota, QuotaPolicy, ResetForm, RetryAfterForm};

#[derive(Args)]
#[command(next_help_heading = "Quota of the account")]
pub(super) struct QuotaSettings {
    /// How many requests are answered, and in how many seconds; or off
    #[arg(long, value_name = "N[/SECONDS]", default_value = "10/60", value_parser = limit)]
    quota: Limit,

    /// How they are counted
    #[arg(long, value_name = "POLICY", value_enum, default_value_t)]
    quota_policy: Policy,

    /// When fixed windows begin: seconds after the start, or random
    #[arg(long, value_name = "SECONDS", default_value = "0", value_parser = phase)]
    quota_phase: Phase,

    /// Whether requests that were refused by the quota count
    #[arg(long, value_name = "HOW", value_enum, default_value_t)]
    refused: Refused,

    /// How many requests a minute other programs send for the account
    #[arg(long, value_name = "N", default_value = "0", value_parser = other_traffic, allow_negative_numbers = true)]
    other_traffic: f64,

    /// How X-RateLimit-Reset-Time is to be read
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    reset: Reset,

    /// Send Retry-After with a 429
    #[arg(long, value_name = "FORM", value_enum)]
    retry_after: Option<RetryAfter>,
}

/// The quota, unless it is off.
#[derive(Clone)]
struct Limit(Option<Quota>);

#[derive(Clone, Copy, Default, ValueEnum)]
enum Policy {
    /// Windows that follow each other
    #[default]
    Fixed,
    /// Every stretch of time as long as a window
    Sliding,
    /// All at once, then one at a time, evenly (GCRA)
    Gcra,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Refused {
    /// They count
    #[default]
    Count,
    /// They do not
    Free,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Reset {
    /// As seconds from now
    #[default]
    Delta,
    /// As a Unix time in seconds
    Epoch,
    /// As a Unix time in milliseconds
    EpochMs,
}

#[derive(Clone, Copy, ValueEnum)]
enum RetryAfter {
    /// As seconds from now
    Seconds,
    /// As a date
    Date,
}

impl QuotaSettings {
    /// The quota, or `None` if it is off.
    pub(super) fn quota(&self) -> Option<Quota> {
        let policy = match self.quota_policy {
            Policy::Fixed => QuotaPolicy::FixedWindow { phase: self.quota_phase },
            Policy::Sliding => QuotaPolicy::SlidingWindow,
            Policy::Gcra => QuotaPolicy::Gcra,
        };
        let reset = match self.reset {
            Reset::Delta => ResetForm::DeltaSeconds,
            Reset::Epoch => ResetForm::EpochSeconds,
            Reset::EpochMs => ResetForm::EpochMilliseconds,
        };
        let retry_after = self.retry_after.map(|form| match form {
            RetryAfter::Seconds => RetryAfterForm::Seconds,
            RetryAfter::Date => RetryAfterForm::Date,
        });
        let quota = self.quota.0.clone()?.with_policy(policy);
        Some(
            quota
                .with_refused_counted(matches!(self.refused, Refused::Count))
                .with_other_traffic(self.other_traffic)
                .with_reset_form(reset)
                .with_retry_after(retry_after),
        )
    }
}

fn limit(text: &str) -> Result<Limit, String> {
    if text == "off" {
        return Ok(Limit(None));
    }
    let quota = text.parse::<Quota>().map_err(|error| format!("{error}, or off"))?;
    Ok(Limit(Some(quota)))
}

fn phase(text: &str) -> Result<Phase, String> {
    if text == "random" {
        return Ok(Phase::Random);
    }
    let seconds = text.parse().map_err(|_| "write a number of seconds, or random")?;
    Ok(Phase::AfterStart(Duration::from_secs(u32::into(seconds))))
}

fn other_traffic(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok().filter(|rate| (0.0..=100_000.0).contains(rate));
    rate.ok_or_else(|| "write a number from 0 to 100000".to_owned())
}
