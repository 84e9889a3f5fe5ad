//! How far a run has come, at a terminal.

use std::{
    fmt,
    io::{self, IsTerminal},
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use it_access::{Client, Counts};
use it_access_jobs::{Event, Events};

use crate::{arguments::Running, settings::Settings, simulated, talk};

/// How often the bar is drawn, at least.
const TICK: Duration = Duration::from_millis(250);

/// A bar, and how long it will take by the quota.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    /// How many requests are answered in a window.
    limit: u32,
    window: Duration,
    /// The most devices in a request, as far as the run has shown.
    batch_size: AtomicU64,
}

impl Progress {
    /// None, where a bar would be in the way: no terminal, `--quiet`, a log, or lines of JSON on standard error.
    pub(super) fn at_a_terminal(settings: &Settings<'_>, running: &Running) -> Option<Self> {
        let options = settings.options;
        let has_lines = running.events.as_deref().is_some_and(|path| path.as_os_str() == "-");
        if !io::stderr().is_terminal() || options.quiet || options.verbose > 0 || has_lines {
            return None;
        }
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} devices{msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
        let window = match options.simulate {
            true => simulated::window(options),
            false => Client::rate_limit().window,
        };
        let (limit, batch_size) = (Client::rate_limit().limit, AtomicU64::new(1));
        Some(Self { bar, limit, window, batch_size })
    }

    fn show(&self, counts: &Counts, doing: impl fmt::Display) {
        let done = counts.total() - counts.unprocessed;
        self.bar.set_length(counts.total() as u64);
        self.bar.set_position(done as u64);
        self.bar.set_message(format!("{doing}"));
    }

    /// How long the rest takes, if the next request goes out after this.
    fn left(&self, next: Duration) -> Left {
        let devices = self.bar.length().unwrap_or(0).saturating_sub(self.bar.position());
        let requests = devices.div_ceil(self.batch_size.load(Ordering::Relaxed).max(1));
        let windows = requests.saturating_sub(1) / u64::from(self.limit);
        Left(next + self.window.saturating_mul(u32::try_from(windows).unwrap_or(u32::MAX)))
    }
}

impl Events for Progress {
    fn happened(&self, event: &Event) {
        match event {
            Event::Started { counts, .. } => {
                // It may have ended before, with the canary.
                self.bar.reset();
                talk::speak_above(&self.bar);
                // Of changes that follow each other fast the last might not be drawn.
                self.bar.enable_steady_tick(TICK);
                self.show(counts, "");
            }
            Event::Waiting { about, devices } => {
                self.batch_size.fetch_max(*devices as u64, Ordering::Relaxed);
                self.bar
                    .set_message(format!(", waiting for the quota, {} left", self.left(*about)));
            }
            Event::Sent { request, devices, .. } => {
                self.batch_size.fetch_max(*devices as u64, Ordering::Relaxed);
                let left = self.left(Duration::ZERO);
                self.bar.set_message(format!(", request {request}, {left} left"));
            }
            Event::Ended { counts, .. } => {
                self.show(counts, format_args!(", {} left", self.left(Duration::ZERO)))
            }
            Event::Stopped { .. } | Event::Finished { .. } => {
                talk::speak_alone();
                self.bar.finish_and_clear();
            }
            _ => {}
        }
    }
}

/// A time as a person says it.
struct Left(Duration);

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs_f64().ceil() as u64;
        match seconds {
            0..=90 => write!(f, "about {seconds} s"),
            91..=7200 => write!(f, "about {} min", seconds.div_ceil(60)),
            _ => write!(f, "about {} h {} min", seconds / 3600, seconds % 3600 / 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_as_exact_as_it_needs_to_be() {
        for (seconds, expected) in [
            (0, "about 0 s"),
            (90, "about 90 s"),
            (91, "about 2 min"),
            (1140, "about 19 min"),
            (7200, "about 120 min"),
            (120_000, "about 33 h 20 min"),
        ] {
            assert_eq!(Left(Duration::from_secs(seconds)).to_string(), expected);
        }
    }
}
