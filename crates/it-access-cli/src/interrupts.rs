//! Ctrl-C, and what a system sends to end a program.

use std::io;
#[cfg(unix)]
use std::{fs, task::Poll};

use it_access::StopHandle;

use crate::talk::warn;

/// What is said when a run ends without having ended its last request.
pub(crate) const BROKEN_OFF: &str =
    "stopped at once; what became of the request that was on its way is unknown";

/// What has interrupted the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interrupt {
    /// Somebody who wants it to end: by Ctrl-C, or by what ends a program.
    Demand,
    /// The terminal, or the connection to it, which is gone. One that is closed may say so twice: nobody is impatient there.
    #[cfg(unix)]
    Hangup,
}

/// Hears each interrupt from the moment on that it listens. Before, one ends the process.
pub(crate) struct Interrupts {
    #[cfg(unix)]
    signals: Vec<(Interrupt, tokio::signal::unix::Signal)>,
}

impl Interrupts {
    /// Stops a run at the first interrupt, which waits for what is on its way, and returns at the demand not to wait for it.
    pub(crate) async fn stop(&mut self, run: &StopHandle) {
        loop {
            let interrupt = self.next().await;
            if !run.is_stopped() {
                run.stop();
                warn("stopping after the request that is on its way; Ctrl-C again stops at once");
            } else if interrupt == Interrupt::Demand {
                return;
            }
        }
    }
}

#[cfg(unix)]
impl Interrupts {
    pub(crate) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        let mut signals = vec![
            (Interrupt::Demand, signal(SignalKind::interrupt())?),
            (Interrupt::Demand, signal(SignalKind::terminate())?),
        ];
        // Who started the command by nohup wants it to go on.
        if !hangup_is_ignored() {
            signals.push((Interrupt::Hangup, signal(SignalKind::hangup())?));
        }
        Ok(Self { signals })
    }

    /// Returns at the next interrupt.
    pub(crate) async fn next(&mut self) -> Interrupt {
        std::future::poll_fn(|cx| {
            let mut heard = self.signals.iter_mut();
            match heard.find_map(|(kind, signal)| signal.poll_recv(cx).is_ready().then_some(*kind))
            {
                Some(interrupt) => Poll::Ready(interrupt),
                None => Poll::Pending,
            }
        })
        .await
    }
}

/// Whether whoever started this program has told the system to keep hangups from it. Where that cannot be known, it is taken
/// to be so.
#[cfg(unix)]
fn hangup_is_ignored() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_none_or(|mask| mask & 1 == 1)
}

#[cfg(not(unix))]
impl Interrupts {
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Returns at the next interrupt.
    pub(crate) async fn next(&mut self) -> Interrupt {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Interrupt::Demand
    }
}
