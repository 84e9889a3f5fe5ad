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
        let verdicts = [
            (
                Check::ByIds,
                answers("by-ids", json!({ "laptop-002": 1 }))
                    && service.applied("re-identify", "laptop-002"),
            ),
            (
                Check::ByMacs,
                answers("by-macs", renewed)
                    && service.applied("dhcprenew", "laptop-001")
                    && service.applied("dhcprenew", "device789"),
            ),
            (Check::ExemptWithHours, service.device("device789")["exempt_hours"] == "60"),
            (
                Check::AssignToGroup,
                answers("group", json!({ "laptop-001": 1, "dc-001": -1 }))
                    && service.device("laptop-001")["group"] == "finance",
            ),
            (Check::Results, answers("exempt", exempted)),
            (Check::Unauthorized, refuses("unauthorized", 401, |remaining| remaining < 10)),
            (Check::RateLimited, refuses("rate-limited", 429, |remaining| remaining == 0)),
        ];
        self.passed.extend(verdicts);
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
        let missing = Check::ALL.iter().filter(|&&check| self.passed(check) != Some(true));
        let missing: Vec<&str> = missing.map(|check| check.title()).collect();
        write!(f, "fails ({})", missing.join("; "))?;
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

    fn applied(&self, action: &str, hwid: &str) -> bool {
        find(&self.applied, |applied| applied["action"] == action && applied["hwid"] == hwid)
            .is_object()
    }
}

fn find(list: &Value, test: impl Fn(&Value) -> bool) -> &Value {
    list.as_array().and_then(|list| list.iter().find(|item| test(item))).unwrap_or(&Value::Null)
}

#[cfg(test)]
mod tests {
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
            { "action": "re-identify", "hwid": "laptop-002" },
            { "action": "dhcprenew", "hwid": "laptop-001" },
            { "action": "dhcprenew", "hwid": "device789" },
        ]);
        let all = Check::ALL[2..].to_vec();
        let without = |check| all.iter().copied().filter(|&each| each != check).collect::<Vec<_>>();
        let good = devices("60", "finance");
        let cases = [
            ("everything", DRIVER.to_owned(), good.clone(), all.clone()),
            (
                "forever",
                DRIVER.to_owned(),
                devices("forever", "finance"),
                without(Check::ExemptWithHours),
            ),
            (
                "the default group",
                DRIVER.to_owned(),
                devices("60", "default"),
                without(Check::AssignToGroup),
            ),
            (
                "a wrong result",
                DRIVER.replace(": -1", ": 1"),
                good.clone(),
                without(Check::Results),
            ),
            (
                "no such header",
                DRIVER.replace("\"limit\":10,\"remaining\":6", ""),
                good.clone(),
                without(Check::Unauthorized),
            ),
            ("a 500", DRIVER.replace("429", "500"), good.clone(), without(Check::RateLimited)),
            (
                "breaks off",
                DRIVER
                    .split_once("unauthorized")
                    .map_or(String::new(), |(before, _)| before.to_owned()),
                good,
                all[..5].to_vec(),
            ),
        ];
        for (name, driver, devices, expected) in cases {
            let mut outcome = Outcome::new(&GENERATORS[0], Edition::Canonical);
            outcome.judge(&driver, &Service { devices, applied: applied.clone() });
            let passed: Vec<_> =
                all.iter().copied().filter(|&check| outcome.passed(check) == Some(true)).collect();
            assert_eq!(passed, expected, "{name}");
        }
    }
}
