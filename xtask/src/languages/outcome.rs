//! What became of a generator: a verdict on each check.

use std::{collections::BTreeMap, fmt};

use serde_json::{Value, json};

use super::{Generator, matrix::Edition};

/// What is checked, in the order of the table's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Check {
    Generates,
    Compiles,
    ByIds,
    ByMacs,
    ExemptWithHours,
    AssignToGroup,
    Results,
    Unauthorized,
    RateLimited,
}

impl Check {
    pub(super) const ALL: [Self; 9] = [
        Self::Generates,
        Self::Compiles,
        Self::ByIds,
        Self::ByMacs,
        Self::ExemptWithHours,
        Self::AssignToGroup,
        Self::Results,
        Self::Unauthorized,
        Self::RateLimited,
    ];

    /// The head of its column.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Generates => "generates",
            Self::Compiles => "compiles",
            Self::ByIds => "by HWID",
            Self::ByMacs => "by MAC",
            Self::ExemptWithHours => "hours",
            Self::AssignToGroup => "group",
            Self::Results => "-1, 0, 1",
            Self::Unauthorized => "401",
            Self::RateLimited => "429",
        }
    }
}

/// What became of one generator with one edition of the document.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) generator: &'static Generator,
    pub(super) edition: Edition,
    passed: BTreeMap<Check, bool>,
    /// Whether the other results can be read beside a code that the document does not name.
    pub(super) keeps_unknown_codes: Option<bool>,
    /// What the failing program said.
    complaint: Option<String>,
}

impl Outcome {
    /// Nothing was tried yet.
    pub(super) fn new(generator: &'static Generator, edition: Edition) -> Self {
        let passed = BTreeMap::new();
        Self { generator, edition, passed, keeps_unknown_codes: None, complaint: None }
    }

    pub(super) fn pass(&mut self, check: Check) {
        self.passed.insert(check, true);
    }

    pub(super) fn fail(&mut self, check: Check, complaint: String) {
        self.passed.insert(check, false);
        self.complaint = Some(complaint);
    }

    /// Judges what a driver wrote, and what the service knows: its devices, and what was applied how often.
    pub(super) fn judge(&mut self, driver: &str, service: &Service) {
        let answers = |case: &str, results: Value| said(driver, case) == Some(results);
        let refuses = |case: &str, status: u64, remaining: fn(u64) -> bool| {
            said(driver, case).is_some_and(|told| {
                let is = |name: &str, test: fn(u64) -> bool| told[name].as_u64().is_some_and(test);
                told["status"].as_u64() == Some(status)
                    && is("limit", |limit| limit == 10)
                    && is("remaining", remaining)
                    && is("reset", |seconds| (1..=60).contains(&seconds))
            })
        };

        let exempted = json!({ "device123": -1, "device456": 0, "device789": 1 });
        let renewed = json!({ "00:0c:29:cd:c7:b2": 1, "00:0c:29:4f:8e:35": 1 });
        let assigned = json!({ "laptop-001": 1, "dc-001": -1 });
        // In the order in which a driver tries them.
        let verdicts = [
            (
                Check::ExemptWithHours,
                "exempt",
                service.device("device789")["exempt_hours"] == "60"
                    && service.times("exempt", "device789") == 1,
            ),
            (Check::Results, "exempt", answers("exempt", exempted)),
            (
                Check::ByIds,
                "by-ids",
                answers("by-ids", json!({ "laptop-002": 1 }))
                    && service.times("re-identify", "laptop-002") > 0,
            ),
            (
                Check::ByMacs,
                "by-macs",
                answers("by-macs", renewed)
                    && service.times("dhcprenew", "laptop-001") == 1
                    && service.times("dhcprenew", "device789") == 1,
            ),
            (
                Check::AssignToGroup,
                "group",
                answers("group", assigned)
                    && service.device("laptop-001")["group"] == "finance"
                    && service.times("assign_to_group", "laptop-001") == 1,
            ),
            (
                Check::Unauthorized,
                "unauthorized",
                refuses("unauthorized", 401, |remaining| remaining < 10),
            ),
            (
                Check::RateLimited,
                "rate-limited",
                refuses("rate-limited", 429, |remaining| remaining == 0),
            ),
        ];
        // A driver stops at the first call that fails: what it would have done after that was not tried.
        let mut stopped_at = None;
        for (check, case, passed) in verdicts {
            let silent = said(driver, case).is_none();
            if !silent || *stopped_at.get_or_insert(case) == case {
                self.passed.insert(check, passed);
            }
        }
    }

    /// Judges what a driver wrote after its first call was answered with the code 2 for one device.
    pub(super) fn judge_unknown_code(&mut self, driver: &str) {
        let results = said(driver, "exempt");
        let kept = results.as_ref().and_then(Value::as_object).is_some_and(|results| {
            results.len() == 3 && results.values().any(|result| *result == 2)
        });
        self.keeps_unknown_codes = Some(kept);
    }

    /// Adds what a driver complained of, if something failed.
    pub(super) fn explain(&mut self, complaint: String) {
        if !self.is_whole() {
            self.complaint = Some(complaint);
        }
    }

    /// Whether it passed; nothing if it was not tried.
    pub(super) fn passed(&self, check: Check) -> Option<bool> {
        self.passed.get(&check).copied()
    }

    /// Whether everything passed.
    pub(super) fn is_whole(&self) -> bool {
        Check::ALL.iter().all(|&check| self.passed(check) == Some(true))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: ", self.generator.name, self.edition)?;
        if self.is_whole() {
            return f.write_str("passes");
        }
        let failed = Check::ALL.iter().filter(|&&check| self.passed(check) == Some(false));
        let failed: Vec<&str> = failed.map(|check| check.title()).collect();
        write!(f, "fails ({})", failed.join("; "))?;
        self.complaint.iter().try_for_each(|complaint| write!(f, "\n{complaint}"))
    }
}

/// What a driver said of a case.
fn said(driver: &str, case: &str) -> Option<Value> {
    let line = driver.lines().find_map(|line| line.strip_prefix(case)?.strip_prefix(' '));
    serde_json::from_str(line?).ok()
}

/// What the simulated service knows after a driver has run.
pub(super) struct Service {
    pub(super) devices: Value,
    pub(super) applied: Value,
}

impl Service {
    fn device(&self, hwid: &str) -> &Value {
        find(&self.devices, |device| device["hwid"] == hwid)
    }

    fn times(&self, action: &str, hwid: &str) -> u64 {
        let is_it = |entry: &Value| entry["action"] == action && entry["hwid"] == hwid;
        find(&self.applied, is_it)["times"].as_u64().unwrap_or(0)
    }
}

fn find(list: &Value, test: impl Fn(&Value) -> bool) -> &Value {
    list.as_array().and_then(|list| list.iter().find(|item| test(item))).unwrap_or(&Value::Null)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::languages::GENERATORS;

    const DRIVER: &str = r#"
exempt {"device123": -1, "device456": 0, "device789": 1}
by-ids {"laptop-002":1}
by-macs {"00:0c:29:4f:8e:35":1,"00:0c:29:cd:c7:b2":1}
group {"dc-001":-1,"laptop-001":1}
unauthorized {"status":401,"limit":10,"remaining":6,"reset":60}
rate-limited {"status":429,"limit":10,"remaining":0,"reset":59}
"#;

    #[test]
    fn believes_a_driver_only_as_far_as_the_service_agrees() {
        let devices = |hours: &str, group: &str| {
            json!([
                { "hwid": "device789", "exempt_hours": hours },
                { "hwid": "laptop-001", "group": group },
            ])
        };
        let applied = json!([
            { "action": "exempt", "hwid": "device789", "times": 1 },
            { "action": "re-identify", "hwid": "laptop-002", "times": 7 },
            { "action": "dhcprenew", "hwid": "laptop-001", "times": 1 },
            { "action": "dhcprenew", "hwid": "device789", "times": 1 },
            { "action": "assign_to_group", "hwid": "laptop-001", "times": 1 },
        ]);
        let twice = |action: &str| {
            let mut applied = applied.clone();
            for entry in applied.as_array_mut().unwrap() {
                if entry["action"] == action {
                    entry["times"] = 2.into();
                }
            }
            applied
        };
        let good = devices("60", "finance");
        let cases = [
            ("everything", DRIVER.to_owned(), &good, &applied, vec![]),
            (
                "forever",
                DRIVER.to_owned(),
                &devices("forever", "finance"),
                &applied,
                vec![Check::ExemptWithHours],
            ),
            (
                "another group",
                DRIVER.to_owned(),
                &devices("60", "default"),
                &applied,
                vec![Check::AssignToGroup],
            ),
            ("twice", DRIVER.to_owned(), &good, &twice("dhcprenew"), vec![Check::ByMacs]),
            (
                "a wrong result",
                DRIVER.replace(": -1", ": 1"),
                &good,
                &applied,
                vec![Check::Results],
            ),
            (
                "no such header",
                DRIVER.replace(r#""limit":10,"remaining":6"#, r#""remaining":6"#),
                &good,
                &applied,
                vec![Check::Unauthorized],
            ),
            ("a 500", DRIVER.replace("429", "500"), &good, &applied, vec![Check::RateLimited]),
            (
                "no word",
                String::new(),
                &json!([]),
                &json!([]),
                vec![Check::ExemptWithHours, Check::Results],
            ),
        ];
        for (name, driver, devices, applied, expected) in cases {
            let mut outcome = Outcome::new(&GENERATORS[0], Edition::Canonical);
            outcome.judge(&driver, &Service { devices: devices.clone(), applied: applied.clone() });
            let failed: Vec<_> = Check::ALL
                .into_iter()
                .filter(|&check| outcome.passed(check) == Some(false))
                .collect();
            assert_eq!(failed, expected, "{name}");
        }
    }

    #[test]
    fn sees_whether_an_unknown_code_costs_the_answer() {
        let cases = [
            (r#"exempt {"device123":2,"device456":0,"device789":1}"#, true),
            (r#"exempt {"device456":0,"device789":1}"#, false),
            ("", false),
        ];
        for (driver, expected) in cases {
            let mut outcome = Outcome::new(&GENERATORS[0], Edition::Canonical);
            outcome.judge_unknown_code(driver);
            assert_eq!(outcome.keeps_unknown_codes, Some(expected), "{driver}");
        }
    }
}
