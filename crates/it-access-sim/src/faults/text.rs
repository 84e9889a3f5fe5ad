//! Faults as text: `NAME`, or `NAME:KEY=VALUE,KEY=VALUE`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use http::{HeaderValue, StatusCode};

use super::parameters::{Parameters, invalid, milliseconds};
use super::{Endpoint, FAULTS, Fault, FaultKind, Latency, MacSpelling, When};

/// Says what is wrong with a text that should be a fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidFault {
    /// There is no fault of this name.
    #[error("there is no fault `{name}`; there are: {}", names())]
    Name {
        /// The name in the text.
        name: String,
    },
    /// A parameter is not written as `KEY=VALUE`.
    #[error("`{parameter}` is not written as KEY=VALUE")]
    Parameter {
        /// The parameter in the text.
        parameter: String,
    },
    /// The fault takes no such parameter, or it stands twice.
    #[error("`{fault}` takes no parameter `{key}`, or not twice")]
    Key {
        /// The name of the fault.
        fault: String,
        /// The parameter's name.
        key: String,
    },
    /// A value is not what the parameter takes.
    #[error("`{key}={value}`: {expected} is needed")]
    Value {
        /// The parameter's name.
        key: &'static str,
        /// Its value in the text.
        value: String,
        /// What it takes.
        expected: &'static str,
    },
    /// More than one of `p`, `nth` and `next` stands there.
    #[error("`p`, `nth` and `next` exclude each other")]
    When,
    /// A status is out of its range.
    #[error("`{name}`: a status from 200 to 599 is needed")]
    Status {
        /// The name in the text.
        name: String,
    },
}

impl FromStr for Fault {
    type Err = InvalidFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, parameters) = text.split_once(':').unwrap_or((text, ""));
        let mut parameters = Parameters::read(name, parameters)?;
        let kind = kind(name, &mut parameters)?;
        let when = when(&mut parameters)?;
        let endpoint = match parameters.take("at").as_deref() {
            None | Some("action") => Endpoint::DeviceAction,
            Some("token") if !kind.changes_results() => Endpoint::Token,
            Some(value) => {
                let expected =
                    "`action`, or `token` for what does not change the results of an action,";
                return Err(invalid("at", value, expected));
            }
        };
        parameters.end()?;
        Ok(Self { kind, when, endpoint })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name().as_str();
        let mut parameters = Vec::new();
        match &self.kind {
            FaultKind::HttpBeforeApply(status)
            | FaultKind::HttpAfterApply(status)
            | FaultKind::HtmlBeforeApply(status)
            | FaultKind::HtmlAfterApply(status) => {
                f.write_str(&name.replace("STATUS", status.as_str()))?;
            }
            kind => {
                f.write_str(name)?;
                parameters = kind_parameters(kind);
            }
        }
        match self.when {
            When::Always => {}
            When::Probability(p) => parameters.push(format!("p={p}")),
            When::Nth(n) => parameters.push(format!("nth={n}")),
            When::Next(n) => parameters.push(format!("next={n}")),
        }
        if self.endpoint == Endpoint::Token {
            parameters.push("at=token".to_owned());
        }
        if parameters.is_empty() { Ok(()) } else { write!(f, ":{}", parameters.join(",")) }
    }
}

fn kind(name: &str, parameters: &mut Parameters) -> Result<FaultKind, InvalidFault> {
    if let Some(kind) = kind_with_status(name)? {
        return Ok(kind);
    }
    Ok(match name {
        "latency" => FaultKind::Latency(latency(parameters)?),
        "reset-before-apply" => FaultKind::ResetBeforeApply,
        "reset-after-apply" => FaultKind::ResetAfterApply,
        "close-before-apply" => FaultKind::CloseBeforeApply,
        "close-after-apply" => FaultKind::CloseAfterApply,
        "silence-before-apply" => FaultKind::SilenceBeforeApply,
        "silence-after-apply" => FaultKind::SilenceAfterApply,
        "too-many-requests" => FaultKind::TooManyRequests {
            retry_after: parameters.number("retry-after", "a number of seconds")?,
        },
        "unauthorized" => FaultKind::Unauthorized,
        "redirect" => FaultKind::Redirect {
            status: redirect_status(parameters)?,
            to: header(parameters, "to", "https://elsewhere.invalid/")?,
        },
        "cut-off" => FaultKind::CutOff { percent: percent(parameters)? },
        "slow-body" => {
            let bytes = parameters.number("bytes", "a number of bytes, at least 1,")?.unwrap_or(1);
            if bytes == 0 {
                return Err(invalid("bytes", "0", "a number of bytes, at least 1,"));
            }
            FaultKind::SlowBody { bytes, pause: pause(parameters, 100)? }
        }
        "endless-body" => FaultKind::EndlessBody { pause: pause(parameters, 10)? },
        "unknown-code" => {
            FaultKind::UnknownCode(parameters.number("code", "a whole number")?.unwrap_or(2))
        }
        "missing-key" => FaultKind::MissingKey,
        "extra-key" => {
            FaultKind::ExtraKey(parameters.take("key").unwrap_or_else(|| "unasked-001".to_owned()))
        }
        "duplicate-key" => FaultKind::DuplicateKey,
        "mac-echo" => FaultKind::MacEcho(spelling(parameters)?),
        "content-type" => FaultKind::ContentType(header(parameters, "type", "text/html")?),
        _ => return Err(InvalidFault::Name { name: name.to_owned() }),
    })
}

/// Reads the names in which a status stands, such as `http-500-before-apply`.
fn kind_with_status(name: &str) -> Result<Option<FaultKind>, InvalidFault> {
    let before = name.strip_suffix("-before-apply");
    let Some(stem) = before.or_else(|| name.strip_suffix("-after-apply")) else {
        return Ok(None);
    };
    let (kind, status): (fn(StatusCode) -> FaultKind, _) = match stem.split_once('-') {
        Some(("http", status)) if before.is_some() => (FaultKind::HttpBeforeApply, status),
        Some(("http", status)) => (FaultKind::HttpAfterApply, status),
        Some(("html", status)) if before.is_some() => (FaultKind::HtmlBeforeApply, status),
        Some(("html", status)) => (FaultKind::HtmlAfterApply, status),
        _ => return Ok(None),
    };
    let status = status.parse().ok();
    let status = status.filter(|status: &StatusCode| (200..600).contains(&status.as_u16()));
    status.map(kind).map(Some).ok_or_else(|| InvalidFault::Status { name: name.to_owned() })
}

fn kind_parameters(kind: &FaultKind) -> Vec<String> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    match kind {
        FaultKind::Latency(Latency::Fixed(by)) => vec![format!("ms={}", by.as_millis())],
        FaultKind::Latency(Latency::Uniform(from, to)) => {
            vec![format!("ms={}..{}", from.as_millis(), to.as_millis())]
        }
        FaultKind::Latency(Latency::Exponential(mean)) => {
            vec![format!("mean-ms={}", mean.as_millis())]
        }
        FaultKind::TooManyRequests { retry_after } => {
            retry_after.iter().map(|seconds| format!("retry-after={seconds}")).collect()
        }
        FaultKind::Redirect { status, to } => {
            vec![format!("status={}", status.as_u16()), format!("to={}", text(to))]
        }
        FaultKind::CutOff { percent } => vec![format!("percent={percent}")],
        FaultKind::SlowBody { bytes, pause } => {
            vec![format!("bytes={bytes}"), format!("ms={}", pause.as_millis())]
        }
        FaultKind::EndlessBody { pause } => vec![format!("ms={}", pause.as_millis())],
        FaultKind::UnknownCode(code) => vec![format!("code={code}")],
        FaultKind::ExtraKey(key) => vec![format!("key={key}")],
        FaultKind::MacEcho(spelling) => {
            let name = SPELLINGS.iter().find(|(_, known)| known == spelling);
            name.iter().map(|(name, _)| format!("as={name}")).collect()
        }
        FaultKind::ContentType(media_type) => vec![format!("type={}", text(media_type))],
        _ => Vec::new(),
    }
}

fn when(parameters: &mut Parameters) -> Result<When, InvalidFault> {
    const COUNT: &str = "a number, at least 1,";
    let probability = parameters.number("p", "a probability from 0 to 1")?;
    let nth = parameters.number("nth", COUNT)?;
    let next = parameters.number("next", COUNT)?;
    match (probability, nth, next) {
        (None, None, None) => Ok(When::Always),
        (Some(p), None, None) if (0.0..=1.0).contains(&p) => Ok(When::Probability(p)),
        (Some(p), None, None) => Err(invalid("p", &p.to_string(), "a probability from 0 to 1")),
        (None, Some(0), None) => Err(invalid("nth", "0", COUNT)),
        (None, Some(n), None) => Ok(When::Nth(n)),
        (None, None, Some(0)) => Err(invalid("next", "0", COUNT)),
        (None, None, Some(n)) => Ok(When::Next(n)),
        _ => Err(InvalidFault::When),
    }
}

fn latency(parameters: &mut Parameters) -> Result<Latency, InvalidFault> {
    const EXPECTED: &str = "milliseconds, such as 200 or 50..1500,";
    if let Some(mean) = parameters.milliseconds("mean-ms")? {
        return Ok(Latency::Exponential(mean));
    }
    let Some(text) = parameters.take("ms") else {
        return Err(invalid("ms", "", EXPECTED));
    };
    let read = |text: &str| milliseconds(text).ok_or_else(|| invalid("ms", text, EXPECTED));
    match text.split_once("..") {
        None => Ok(Latency::Fixed(read(&text)?)),
        Some((from, to)) => {
            let (from, to) = (read(from)?, read(to)?);
            if from > to {
                Err(invalid("ms", &text, EXPECTED))
            } else {
                Ok(Latency::Uniform(from, to))
            }
        }
    }
}

fn redirect_status(parameters: &mut Parameters) -> Result<StatusCode, InvalidFault> {
    let Some(text) = parameters.take("status") else {
        return Ok(StatusCode::TEMPORARY_REDIRECT);
    };
    let status = text.parse().ok().filter(StatusCode::is_redirection);
    status.ok_or_else(|| invalid("status", &text, "a status from 300 to 399"))
}

fn percent(parameters: &mut Parameters) -> Result<u8, InvalidFault> {
    const EXPECTED: &str = "a whole number from 0 to 99";
    let percent = parameters.number("percent", EXPECTED)?.unwrap_or(50);
    if percent < 100 {
        Ok(percent)
    } else {
        Err(invalid("percent", &percent.to_string(), EXPECTED))
    }
}

const SPELLINGS: [(&str, MacSpelling); 4] = [
    ("upper", MacSpelling::Upper),
    ("hyphens", MacSpelling::Hyphens),
    ("dots", MacSpelling::Dots),
    ("bare", MacSpelling::Bare),
];

fn spelling(parameters: &mut Parameters) -> Result<MacSpelling, InvalidFault> {
    let Some(text) = parameters.take("as") else { return Ok(MacSpelling::Upper) };
    let known = SPELLINGS.iter().find(|(name, _)| *name == text);
    let known = known.map(|(_, spelling)| *spelling);
    known.ok_or_else(|| invalid("as", &text, "`upper`, `hyphens`, `dots` or `bare`"))
}

fn header(
    parameters: &mut Parameters,
    key: &'static str,
    default: &'static str,
) -> Result<HeaderValue, InvalidFault> {
    let Some(text) = parameters.take(key) else { return Ok(HeaderValue::from_static(default)) };
    HeaderValue::try_from(&text).map_err(|_| invalid(key, &text, "the value of a header"))
}

fn pause(parameters: &mut Parameters, default: u64) -> Result<Duration, InvalidFault> {
    Ok(parameters.milliseconds("ms")?.unwrap_or(Duration::from_millis(default)))
}

fn names() -> String {
    let names: Vec<&str> = FAULTS.iter().map(|fault| fault.name.as_str()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_faults_and_shows_them_again() {
        for text in [
            "latency:ms=200",
            "latency:mean-ms=300,p=0.5",
            "http-503-after-apply:nth=2",
            "html-200-after-apply",
            "too-many-requests",
            "too-many-requests:retry-after=0,next=7",
            "mac-echo:as=bare",
            "cut-off:percent=0,at=token",
        ] {
            let fault: Fault = text.parse().unwrap();
            assert_eq!(fault.to_string(), text);
        }
        for (text, full) in [
            ("redirect", "redirect:status=307,to=https://elsewhere.invalid/"),
            ("slow-body", "slow-body:bytes=1,ms=100"),
            ("mac-echo:at=action", "mac-echo:as=upper"),
            ("content-type:next=1", "content-type:type=text/html,next=1"),
        ] {
            let fault: Fault = text.parse().unwrap();
            assert_eq!(fault.to_string(), full);
        }
    }

    #[test]
    fn refuses_what_is_no_fault_and_says_why() {
        for (text, reason) in [
            ("", "there is no fault ``; there are: latency, reset-before-apply,"),
            ("reset", "there is no fault `reset`"),
            ("latency", "`ms=`: milliseconds, such as 200 or 50..1500, is needed"),
            ("latency:ms=x", "`ms=x`: milliseconds"),
            ("latency:ms=9..1", "`ms=9..1`: milliseconds"),
            ("latency:ms=99999999999", "`ms=99999999999`: milliseconds"),
            ("reset-after-apply:often", "`often` is not written as KEY=VALUE"),
            ("reset-after-apply:q=1", "`reset-after-apply` takes no parameter `q`, or not twice"),
            ("unauthorized:p=1,p=1", "`unauthorized` takes no parameter `p`, or not twice"),
            ("unauthorized:p=2", "`p=2`: a probability from 0 to 1 is needed"),
            ("unauthorized:p=NaN", "`p=NaN`: a probability from 0 to 1 is needed"),
            ("unauthorized:nth=0", "`nth=0`: a number, at least 1, is needed"),
            ("unauthorized:nth=1,next=1", "`p`, `nth` and `next` exclude each other"),
            ("missing-key:at=token", "`at=token`: `action`, or `token` for what"),
            ("http-99-before-apply", "`http-99-before-apply`: a status from 200 to 599 is needed"),
            ("http-600-after-apply", "`http-600-after-apply`: a status from 200 to 599 is needed"),
            ("redirect:status=200", "`status=200`: a status from 300 to 399 is needed"),
            ("cut-off:percent=100", "`percent=100`: a whole number from 0 to 99 is needed"),
            ("slow-body:bytes=0", "`bytes=0`: a number of bytes, at least 1, is needed"),
            ("mac-echo:as=loud", "`as=loud`: `upper`, `hyphens`, `dots` or `bare` is needed"),
            ("content-type:type=a\nb", "`type=a\nb`: the value of a header is needed"),
        ] {
            let error = text.parse::<Fault>().unwrap_err().to_string();
            assert!(error.starts_with(reason), "{text}\n  says: {error}\n  not:  {reason}");
        }
    }
}
