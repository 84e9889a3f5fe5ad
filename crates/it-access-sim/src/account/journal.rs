//! What really happened: every request, and how often each action was applied to each device.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use http::{Method, StatusCode};

use crate::{ActionName, Endpoint, FaultName};

/// Tells what became of one request, whatever its client was told.
///
/// It holds no secret: of the URL it keeps what was asked for, not how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogEntry {
    /// Which request it was; the first is 1.
    pub number: u64,
    /// When it was answered, from the simulator's start.
    pub at: Duration,
    /// The method.
    pub method: Method,
    /// What was asked for; `None` if there is nothing at the path.
    pub endpoint: Option<Endpoint>,
    /// The action that was asked for, if the request could be carried out.
    pub action: Option<ActionName>,
    /// The HWIDs of the devices to which the action was applied, each once.
    pub applied: Vec<Arc<str>>,
    /// The faults that had an effect on it, in the order in which they were set.
    pub faults: Vec<FaultName>,
    /// The status of the answer; `None` if none was sent.
    pub status: Option<StatusCode>,
}

/// Tells how often an action was applied to a device.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Application {
    /// The device's HWID.
    pub hwid: Arc<str>,
    /// The action.
    pub action: ActionName,
    /// How often it was applied, by requests of their own.
    pub times: u64,
}

/// So many devices are named by the entries of a log; of more, the oldest entries are dropped. The newest
/// stays, even if it names more by itself.
const MOST_DEVICES: usize = 100_000;

#[derive(Debug)]
pub(crate) struct Journal {
    length: usize,
    received: u64,
    entries: VecDeque<LogEntry>,
    /// The devices that the entries name.
    devices: usize,
    applied: BTreeMap<(Arc<str>, ActionName), u64>,
}

impl Journal {
    /// Begins a journal whose log keeps so many entries.
    pub(crate) fn new(length: usize) -> Self {
        Self { length, received: 0, entries: VecDeque::new(), devices: 0, applied: BTreeMap::new() }
    }

    /// Writes down a request, and numbers it.
    pub(crate) fn record(&mut self, mut entry: LogEntry) {
        self.received += 1;
        entry.number = self.received;
        if let Some(action) = entry.action {
            for hwid in &entry.applied {
                *self.applied.entry((Arc::clone(hwid), action)).or_default() += 1;
            }
        }
        self.devices += entry.applied.len();
        self.entries.push_back(entry);
        while self.is_too_long() {
            let Some(dropped) = self.entries.pop_front() else { break };
            self.devices -= dropped.applied.len();
        }
    }

    pub(crate) fn log(&self) -> Vec<LogEntry> {
        self.entries.iter().cloned().collect()
    }

    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    pub(crate) fn applications(&self) -> Vec<Application> {
        let applied = self.applied.iter();
        applied
            .map(|((hwid, action), times)| Application {
                hwid: Arc::clone(hwid),
                action: *action,
                times: *times,
            })
            .collect()
    }

    pub(crate) fn times_applied(&self, hwid: &str, action: ActionName) -> u64 {
        self.applied.get(&(Arc::from(hwid), action)).copied().unwrap_or(0)
    }

    fn is_too_long(&self) -> bool {
        let entries = self.entries.len();
        entries > self.length || entries > 1 && self.devices > MOST_DEVICES
    }
}

impl LogEntry {
    pub(crate) fn new(at: Duration, method: Method, endpoint: Option<Endpoint>) -> Self {
        Self {
            number: 0,
            at,
            method,
            endpoint,
            action: None,
            applied: Vec::new(),
            faults: Vec::new(),
            status: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deletion(hwids: &[&str]) -> LogEntry {
        let mut entry = LogEntry::new(Duration::ZERO, Method::POST, Some(Endpoint::DeviceAction));
        entry.action = Some(ActionName::Delete);
        entry.applied = hwids.iter().map(|hwid| Arc::from(*hwid)).collect();
        entry
    }

    #[test]
    fn counts_beyond_the_log() {
        let mut journal = Journal::new(2);
        for hwids in [["a", "b"].as_slice(), &["a"], &[]] {
            journal.record(deletion(hwids));
        }
        assert_eq!(journal.received(), 3);
        assert_eq!(journal.log().iter().map(|entry| entry.number).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(journal.times_applied("a", ActionName::Delete), 2);
        assert_eq!(journal.times_applied("a", ActionName::Exempt), 0);
        let times: Vec<u64> = journal.applications().iter().map(|it| it.times).collect();
        assert_eq!(times, [2, 1]);
    }

    #[test]
    fn drops_the_oldest_of_requests_for_many_devices_and_never_the_newest() {
        let many = vec!["a"; MOST_DEVICES - 1];
        let too_many = vec!["a"; MOST_DEVICES + 1];
        let mut journal = Journal::new(10);
        for (hwids, kept) in [
            (["a"].as_slice(), [1].as_slice()),
            (&many, &[1, 2]),
            (&["a"], &[2, 3]),
            (&too_many, &[4]),
            (&["a"], &[5]),
            (&["a"], &[5, 6]),
        ] {
            journal.record(deletion(hwids));
            let numbers: Vec<u64> = journal.log().iter().map(|entry| entry.number).collect();
            assert_eq!(numbers, kept);
        }
    }

    #[test]
    fn a_log_of_no_length_stays_empty() {
        let mut journal = Journal::new(0);
        journal.record(deletion(&["a"]));
        assert_eq!((journal.log(), journal.received()), (Vec::new(), 1));
    }
}
