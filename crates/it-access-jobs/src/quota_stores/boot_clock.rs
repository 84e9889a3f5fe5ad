//! The clock that all processes of a host share, and that nobody sets.

use std::{fs, io, time::Duration};

use rustix::time::{ClockId, clock_gettime};

use super::timeline::Reading;

/// Changes with each start of the machine, on Linux.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// How long the machine has been running, with the time that it slept where the system counts it.
#[derive(Debug, Clone)]
pub(super) struct BootClock {
    /// Which start of the machine it counts from.
    ///
    /// Where it is unknown, the clock passes for the same one after another start. That is safe: it shows less than before, or
    /// what it shows more has really passed.
    boot: String,
}

impl BootClock {
    pub(super) fn new() -> io::Result<Self> {
        match fs::read_to_string(BOOT_ID) {
            Ok(id) => Ok(Self { boot: format!("boot {}", id.trim()) }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Self { boot: "boot".to_owned() })
            }
            Err(error) => Err(error),
        }
    }

    pub(super) fn read(&self) -> Reading {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let clock = ClockId::Boottime;
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let clock = ClockId::Monotonic;
        let shows = clock_gettime(clock);
        let (seconds, nanos) = (shows.tv_sec.unsigned_abs(), shows.tv_nsec.unsigned_abs());
        let shows = Duration::from_secs(seconds) + Duration::from_nanos(nanos);
        Reading { clock: self.boot.clone(), shows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_clocks_of_one_host_agree() {
        let (one, other) = (BootClock::new().unwrap(), BootClock::new().unwrap());
        let readings = [one.read(), other.read(), one.read()];
        assert!(readings.is_sorted_by_key(|reading| reading.shows), "{readings:?}");
        assert!(readings.iter().all(|reading| reading.clock == readings[0].clock));
    }
}
