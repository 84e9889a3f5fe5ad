//! Fleets in files: JSON and CSV.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::value::RawValue;

use super::Fleet;
use super::record::Record;
use crate::object::Object;

/// Says what is wrong with a file of devices, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FleetFileError {
    file: Option<PathBuf>,
    /// The first is 1.
    line: Option<u64>,
    reason: String,
}

/// The columns of a CSV file, of which only the first is needed.
const COLUMNS: [&str; 6] = ["hwid", "mac_addresses", "standing", "agent", "group", "exempt_hours"];

impl Fleet {
    /// Reads a file of devices: JSON or CSV, as the ending of its name says.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or as for [`from_json`](Self::from_json) and
    /// [`from_csv`](Self::from_csv).
    pub fn read(path: &Path) -> Result<Self, FleetFileError> {
        let at_all = |reason: String| FleetFileError { file: None, line: None, reason };
        let text = fs::read_to_string(path).map_err(|error| at_all(error.to_string()));
        let fleet = text.and_then(|text| match path.extension().and_then(OsStr::to_str) {
            Some("json") => Self::from_json(&text),
            Some("csv") => Self::from_csv(&text),
            _ => Err(at_all("the name must end in .json or .csv".to_owned())),
        });
        fleet.map_err(|error| FleetFileError { file: Some(path.to_owned()), ..error })
    }

    /// Reads a JSON list of devices, such as the control interface answers.
    ///
    /// ```
    /// use it_access_sim::Fleet;
    ///
    /// let fleet = Fleet::from_json(
    ///     r#"[{ "hwid": "laptop-001" },
    ///         { "hwid": "guest-001", "mac_addresses": ["00:0c:29:10:05:01"], "standing": "unknown",
    ///           "agent": "none", "group": "lobby", "exempt_hours": "forever" }]"#,
    /// )?;
    /// assert_eq!(fleet.devices().count(), 2);
    /// # Ok::<(), it_access_sim::FleetFileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is not such a list, or two devices cannot be told apart.
    pub fn from_json(text: &str) -> Result<Self, FleetFileError> {
        let text = without_bom(text);
        let in_json = |line_before: u64, error: &serde_json::Error| FleetFileError {
            file: None,
            line: Some(line_before + error.line() as u64),
            reason: reason(error),
        };
        let elements: Vec<&RawValue> =
            serde_json::from_str(text).map_err(|error| in_json(0, &error))?;

        let mut fleet = Self::default();
        let (mut line_before, mut counted) = (0, 0);
        for element in elements {
            // Where a device begins, which a reader of the whole list would not know any more.
            let begin = element.get().as_ptr().addr() - text.as_ptr().addr();
            line_before += text[counted..begin].matches('\n').count() as u64;
            counted = begin;
            let at = |reason| FleetFileError { file: None, line: Some(line_before + 1), reason };
            let Object(record): Object<Record> = serde_json::from_str(element.get())
                .map_err(|error| in_json(line_before, &error))?;
            let device = record.device().map_err(|error| at(error.to_string()))?;
            fleet.add(device).map_err(|error| at(error.to_string()))?;
        }
        Ok(fleet)
    }

    /// Writes a JSON list that [`from_json`](Self::from_json) reads, one device a line.
    ///
    /// The hours of an exemption are those that were given, not those that are left.
    #[must_use]
    pub fn to_json(&self) -> String {
        let line = |device| serde_json::to_string(&Record::from(device)).expect("texts are JSON");
        let lines: Vec<String> = self.devices().map(line).collect();
        format!("[{}]\n", lines.join(",\n "))
    }

    /// Reads a table of devices in CSV, with a line of headings.
    ///
    /// A device with several MAC addresses has them in one field, with spaces between them. Columns
    /// other than `hwid` can be left out, and fields left empty.
    ///
    /// ```
    /// use it_access_sim::Fleet;
    ///
    /// let fleet = Fleet::from_csv(
    ///     "hwid,mac_addresses,standing,agent,group,exempt_hours\n\
    ///      laptop-001,00:0c:29:cd:c7:b2 00:0c:29:cd:c7:b3,,,finance,60\n\
    ///      guest-001,,unknown,none,,\n",
    /// )?;
    /// assert_eq!(fleet.devices().count(), 2);
    /// # Ok::<(), it_access_sim::FleetFileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is not such a table, or two devices cannot be told apart.
    pub fn from_csv(text: &str) -> Result<Self, FleetFileError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(without_bom(text).as_bytes());
        let headings = reader.headers().map_err(|error| in_csv(&error))?.clone();
        let at = |line, reason| FleetFileError { file: None, line: Some(line), reason };
        check_headings(&headings).map_err(|reason| at(1, reason))?;

        let mut fleet = Self::default();
        for row in reader.records() {
            let row = row.map_err(|error| in_csv(&error))?;
            let line = row.position().map_or(1, csv::Position::line);
            let device =
                record(&headings, &row).device().map_err(|error| at(line, error.to_string()))?;
            fleet.add(device).map_err(|error| at(line, error.to_string()))?;
        }
        Ok(fleet)
    }
}

impl fmt::Display for FleetFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, "{}:{line}: ", file.display())?,
            (Some(file), None) => write!(f, "{}: ", file.display())?,
            (None, Some(line)) => write!(f, "line {line}: ")?,
            (None, None) => {}
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for FleetFileError {}

/// What serde_json says of an error, without the place.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&place).unwrap_or(&text).to_owned()
}

/// The byte-order mark that some editors put in front is no part of the text.
fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn check_headings(headings: &csv::StringRecord) -> Result<(), String> {
    for (index, heading) in headings.iter().enumerate() {
        if !COLUMNS.contains(&heading) {
            return Err(format!(
                "there is no column `{heading}`; there are: {}",
                COLUMNS.join(", ")
            ));
        }
        if headings.iter().take(index).any(|earlier| earlier == heading) {
            return Err(format!("the column `{heading}` stands there twice"));
        }
    }
    if headings.iter().any(|heading| heading == "hwid") {
        Ok(())
    } else {
        Err("the column `hwid` is missing".to_owned())
    }
}

fn record(headings: &csv::StringRecord, row: &csv::StringRecord) -> Record {
    let field = |column: &str| {
        let index = headings.iter().position(|heading| heading == column)?;
        row.get(index).filter(|field| !field.is_empty())
    };
    let text = |column| field(column).map(str::to_owned);
    let addresses = field("mac_addresses").unwrap_or_default().split_whitespace();
    Record {
        hwid: text("hwid").unwrap_or_default(),
        mac_addresses: addresses.map(str::to_owned).collect(),
        standing: text("standing"),
        agent: text("agent"),
        group: text("group"),
        exempt_hours: text("exempt_hours"),
    }
}

fn in_csv(error: &csv::Error) -> FleetFileError {
    let line = error.position().map(csv::Position::line);
    let reason = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("there are {len} fields, and {expected_len} headings")
        }
        _ => error.to_string(),
    };
    FleetFileError { file: None, line, reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Agent, Device, Exemption, Standing};

    #[test]
    fn reads_the_same_devices_from_both_forms() {
        let json = r#"[
            {"hwid":"plain"},
            {"hwid":"full","mac_addresses":["00:0c:29:cd:c7:b2","00-0C-29-CD-C7-B3"],"standing":"out-of-license",
             "agent":"on-demand","group":"lobby","exempt_hours":60},
            {"hwid":"bare","agent":"none","exempt_hours":"forever","group":null}
        ]"#;
        let csv = "\u{feff}group,hwid,mac_addresses,agent,standing,exempt_hours\r\n\
                   ,plain,,,,\r\n\
                   lobby,full,00:0c:29:cd:c7:b2  000c.29cd.c7b3,on-demand,out-of-license,60\r\n\
                   ,\"bare\",,none,,forever\r\n";
        let expected = Fleet::new([
            Device::new("plain"),
            Device::new("full")
                .with_mac_address([0x00, 0x0c, 0x29, 0xcd, 0xc7, 0xb2])
                .with_mac_address([0x00, 0x0c, 0x29, 0xcd, 0xc7, 0xb3])
                .with_standing(Standing::OutOfLicense)
                .with_agent(Agent::OnDemand)
                .with_group("lobby")
                .with_exemption(Exemption::from_hours(60)),
            Device::new("bare").without_agent().with_exemption(Exemption::Forever),
        ]);
        assert_eq!(Fleet::from_json(json).unwrap(), expected.clone().unwrap());
        assert_eq!(Fleet::from_csv(csv).unwrap(), expected.unwrap());
    }

    #[test]
    fn reads_what_it_writes() {
        // The smallest and the largest that a device can have.
        let extreme = Fleet::new([1, Exemption::MAX_HOURS].map(|hours| {
            Device::new(hours.to_string())
                .with_group("")
                .with_exemption(Exemption::from_hours(hours))
        }));
        let extreme = extreme.unwrap();
        for fleet in [Fleet::example(), Fleet::generate(100, 1), Fleet::default(), extreme] {
            assert_eq!(Fleet::from_json(&fleet.to_json()).unwrap(), fleet);
        }
    }

    #[test]
    fn says_what_is_wrong_and_in_which_line() {
        for (text, expected) in [
            ("", "line 1: EOF while parsing a value"),
            ("{}", "line 1: invalid type: map, expected a sequence"),
            ("[\n{\"hwid\":\"a\"},\n{\"hwid\":\"\"}\n]", "line 3: `hwid` is empty"),
            ("[{}]", "line 1: missing field `hwid`"),
            ("[\n[\"a\"]]", "line 2: invalid type: sequence, expected an object"),
            ("[\"a\"]", "line 1: invalid type: string \"a\", expected an object"),
            ("[{\"hwid\":\"a\",\"hwid\":\"b\"}]", "line 1: duplicate field `hwid`"),
            ("[\n{\"hwid\":\"a\",\n\"color\":1}]", "line 3: unknown field `color`"),
            ("[{\"hwid\":\"a\"},\n{\"hwid\":\"a\"}]", "line 2: two devices have the HWID `a`"),
            ("[{\"hwid\":\"a\",\"exempt_hours\":0}]", "line 1: `exempt_hours` is `0`; it must be"),
            ("[{\"hwid\":\"a\",\"exempt_hours\":65000}]", "line 1: `exempt_hours` is `65000`"),
            ("[{\"hwid\":\"a\",\"exempt_hours\":1.5}]", "line 1: invalid type: floating point"),
            ("[{\"hwid\":\"a\",\"agent\":\"x\"}]", "line 1: `agent` is `x`; it must be"),
        ] {
            let error = Fleet::from_json(text).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{text}\n  says: {error}\n  not:  {expected}");
        }
        for (text, expected) in [
            ("", "line 1: the column `hwid` is missing"),
            ("group\nx\n", "line 1: the column `hwid` is missing"),
            ("hwid,color\n", "line 1: there is no column `color`; there are: hwid, mac_addresses,"),
            ("hwid,hwid\n", "line 1: the column `hwid` stands there twice"),
            ("hwid,group\na\n", "line 2: there are 1 fields, and 2 headings"),
            ("hwid,group\na,x\n,x\n", "line 3: `hwid` is empty"),
            ("hwid\na\n\nb\na\n", "line 5: two devices have the HWID `a`"),
            (
                "hwid,mac_addresses\na,00:0c\n",
                "line 2: `mac_addresses`: `00:0c` is not a MAC address",
            ),
            ("hwid,standing\na,Managed\n", "line 2: `standing` is `Managed`; it must be managed,"),
        ] {
            let error = Fleet::from_csv(text).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{text}\n  says: {error}\n  not:  {expected}");
        }
    }
}
