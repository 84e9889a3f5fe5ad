//! The body of a request: read, checked, and typed.

use super::json::Json;
use crate::action::{Action, Params};
use crate::{ActionName, Exemption};

/// A request that can be carried out.
#[derive(Debug, PartialEq)]
pub(crate) struct ActionRequest {
    pub(crate) action: Action,
    pub(crate) targets: Targets,
}

/// The identifiers of a request, as they were sent: at least one, none of them empty.
#[derive(Debug, PartialEq)]
pub(crate) enum Targets {
    Hwids(Vec<String>),
    Macs(Vec<String>),
}

/// What is wrong with a body. No message quotes the request, so that none can repeat a secret.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RequestError {
    #[error("the body is not valid JSON: {0}")]
    Syntax(serde_json::Error),
    #[error("the body must be a JSON object")]
    BodyNotAnObject,
    #[error("the body may only hold `types`, `ids` or `macs`, and `params`")]
    UnknownKey,
    #[error("`types` is missing: it names the action")]
    ActionMissing,
    #[error(
        "`types` must be one of `exempt`, `unexempt`, `ignore`, `unignore`, `delete`, `dhcprenew`, `re-identify` and \
         `assign_to_group`"
    )]
    ActionUnknown,
    #[error("`ids` and `macs` exclude each other: send one of them")]
    BothLists,
    #[error("`ids` and `macs` are both missing: send one of them")]
    NeitherList,
    #[error("`{key}` must be a list of at least one identifier")]
    List { key: &'static str },
    #[error("`{key}[{index}]` must be a string that is not empty")]
    Identifier { key: &'static str, index: usize },
    #[error("`params` must be an object")]
    ParamsNotAnObject,
    #[error("`params` may only hold `exempt_time` and `group_id`")]
    UnknownParam,
    #[error(
        "`params.exempt_time` must be a whole number of hours from 0 to {}",
        Exemption::MAX_HOURS
    )]
    ExemptTime,
    #[error("`params.group_id` must be a string that is not empty")]
    GroupId,
}

impl ActionRequest {
    /// Reads a body.
    pub(crate) fn from_body(body: &[u8]) -> Result<Self, RequestError> {
        let Json::Object(mut body) = serde_json::from_slice(body).map_err(RequestError::Syntax)?
        else {
            return Err(RequestError::BodyNotAnObject);
        };
        let name = body.remove("types").ok_or(RequestError::ActionMissing)?;
        let targets = targets(body.remove("ids"), body.remove("macs"))?;
        let params = body.remove("params").map(params).transpose()?.unwrap_or_default();
        if !body.is_empty() {
            return Err(RequestError::UnknownKey);
        }

        let action = match name {
            Json::Text(name) => ActionName::from_wire(&name),
            _ => None,
        };
        let action = Action::new(action.ok_or(RequestError::ActionUnknown)?, params);
        Ok(Self { action, targets })
    }
}

fn targets(ids: Option<Json>, macs: Option<Json>) -> Result<Targets, RequestError> {
    match (ids, macs) {
        (Some(_), Some(_)) => Err(RequestError::BothLists),
        (None, None) => Err(RequestError::NeitherList),
        (Some(ids), None) => Ok(Targets::Hwids(identifiers("ids", ids)?)),
        (None, Some(macs)) => Ok(Targets::Macs(identifiers("macs", macs)?)),
    }
}

fn identifiers(key: &'static str, list: Json) -> Result<Vec<String>, RequestError> {
    match list {
        Json::List(list) if !list.is_empty() => list
            .into_iter()
            .enumerate()
            .map(|(index, item)| filled(item).ok_or(RequestError::Identifier { key, index }))
            .collect(),
        _ => Err(RequestError::List { key }),
    }
}

/// A parameter is checked even if the action does not need it.
fn params(params: Json) -> Result<Params, RequestError> {
    let Json::Object(mut params) = params else {
        return Err(RequestError::ParamsNotAnObject);
    };
    let exempt_time = params.remove("exempt_time").map(exempt_time).transpose()?;
    let group_id = params.remove("group_id").map(|id| filled(id).ok_or(RequestError::GroupId));
    let group_id = group_id.transpose()?;
    if params.is_empty() {
        Ok(Params { exempt_time, group_id })
    } else {
        Err(RequestError::UnknownParam)
    }
}

fn exempt_time(hours: Json) -> Result<u16, RequestError> {
    match hours {
        Json::Whole(hours) => {
            u16::try_from(hours).ok().filter(|&hours| hours <= Exemption::MAX_HOURS)
        }
        _ => None,
    }
    .ok_or(RequestError::ExemptTime)
}

fn filled(text: Json) -> Option<String> {
    match text {
        Json::Text(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DEFAULT_GROUP;

    #[test]
    fn reads_what_is_asked_for() {
        let hwids = || Targets::Hwids(vec!["a".to_owned()]);
        let group = |id: &str| Action::AssignToGroup(id.to_owned());
        let exempt = |hours| Action::Exempt(Exemption::from_hours(hours));

        for (body, action, targets) in [
            (r#"{"types":"exempt","ids":["a"],"params":{"exempt_time":60}}"#, exempt(60), hwids()),
            (
                r#"{"types":"exempt","ids":["a"],"params":{"exempt_time":64999}}"#,
                exempt(64_999),
                hwids(),
            ),
            (r#"{"types":"exempt","ids":["a"],"params":{"exempt_time":0}}"#, exempt(0), hwids()),
            (
                r#"{"types":"exempt","ids":["a"],"params":{}}"#,
                Action::Exempt(Exemption::Forever),
                hwids(),
            ),
            (r#"{"types":"exempt","ids":["a"]}"#, Action::Exempt(Exemption::Forever), hwids()),
            (r#"{"types":"unexempt","ids":["a"]}"#, Action::Unexempt, hwids()),
            (r#"{"types":"ignore","ids":["a"]}"#, Action::Ignore, hwids()),
            (r#"{"types":"unignore","ids":["a"]}"#, Action::Unignore, hwids()),
            (r#"{"types":"delete","ids":["a"]}"#, Action::Delete, hwids()),
            (r#"{"types":"dhcprenew","ids":["a"]}"#, Action::RenewDhcp, hwids()),
            (r#"{"types":"re-identify","ids":["a"]}"#, Action::ReIdentify, hwids()),
            (
                r#"{"types":"assign_to_group","ids":["a"],"params":{"group_id":"g"}}"#,
                group("g"),
                hwids(),
            ),
            (r#"{"types":"assign_to_group","ids":["a"]}"#, group(DEFAULT_GROUP), hwids()),
            // A parameter that the action does not need.
            (
                r#"{"types":"delete","ids":["a"],"params":{"exempt_time":1,"group_id":"g"}}"#,
                Action::Delete,
                hwids(),
            ),
            // Any order of keys, any order of identifiers, white space, escapes.
            (
                "\n{ \"macs\" : [\"z\", \"\\u0061\", \"z\"] ,\t\"types\":\"delete\" } ",
                Action::Delete,
                Targets::Macs(vec!["z".to_owned(), "a".to_owned(), "z".to_owned()]),
            ),
        ] {
            assert_eq!(
                ActionRequest::from_body(body.as_bytes()).unwrap(),
                ActionRequest { action, targets },
                "{body}"
            );
        }
    }

    #[test]
    fn refuses_what_is_wrong_and_says_why() {
        const SYNTAX: &str = "the body is not valid JSON: ";
        const TWICE: &str = "the body is not valid JSON: a key stands twice in one object";
        const OBJECT: &str = "the body must be a JSON object";
        const KEYS: &str = "the body may only hold `types`, `ids` or `macs`, and `params`";
        const NO_ACTION: &str = "`types` is missing: it names the action";
        const ACTION: &str = "`types` must be one of `exempt`, `unexempt`, `ignore`, `unignore`, `delete`, `dhcprenew`, \
                              `re-identify` and `assign_to_group`";
        const BOTH: &str = "`ids` and `macs` exclude each other: send one of them";
        const NEITHER: &str = "`ids` and `macs` are both missing: send one of them";
        const IDS: &str = "`ids` must be a list of at least one identifier";
        const MACS: &str = "`macs` must be a list of at least one identifier";
        const PARAMS: &str = "`params` must be an object";
        const PARAM_KEYS: &str = "`params` may only hold `exempt_time` and `group_id`";
        const HOURS: &str = "`params.exempt_time` must be a whole number of hours from 0 to 64999";
        const GROUP: &str = "`params.group_id` must be a string that is not empty";

        for (body, message) in [
            ("", SYNTAX),
            ("{", SYNTAX),
            (r#"{"types":"delete","ids":["a"]} x"#, SYNTAX),
            (r#"{"types":"delete","ids":["a"],}"#, SYNTAX),
            (r#"{'types':'delete'}"#, SYNTAX),
            (r#"{"types":"delete","ids":["\ud800"]}"#, SYNTAX),
            ("\u{feff}{}", SYNTAX),
            (r#"{"types":"delete","types":"delete","ids":["a"]}"#, TWICE),
            (r#"{"types":"delete","ids":["a"],"ids":["b"]}"#, TWICE),
            (r#"{"types":"exempt","ids":["a"],"params":{"exempt_time":1,"exempt_time":2}}"#, TWICE),
            (r#"{"types":"delete","ids":["a"],"params":{"other":{"a":1,"a":1}}}"#, TWICE),
            ("null", OBJECT),
            (r#"["delete",["a"]]"#, OBJECT),
            (r#"{"types":"delete","ids":["a"],"opt":1}"#, KEYS),
            (r#"{"types":"delete","ids":["a"],"Params":{}}"#, KEYS),
            (r#"{"types":"exempt","ids":["a"],"exempt_time":60}"#, KEYS),
            ("{}", NO_ACTION),
            (r#"{"ids":["a"]}"#, NO_ACTION),
            (r#"{"types":null,"ids":["a"]}"#, ACTION),
            (r#"{"types":["delete"],"ids":["a"]}"#, ACTION),
            (r#"{"types":"","ids":["a"]}"#, ACTION),
            (r#"{"types":"Delete","ids":["a"]}"#, ACTION),
            (r#"{"types":"fetch_agent_log","ids":["a"]}"#, ACTION),
            (r#"{"types":"delete","ids":["a"],"macs":["b"]}"#, BOTH),
            (r#"{"types":"delete","ids":["a"],"macs":[]}"#, BOTH),
            (r#"{"types":"delete","ids":["a"],"macs":null}"#, BOTH),
            (r#"{"types":"delete"}"#, NEITHER),
            (r#"{"types":"delete","ids":[]}"#, IDS),
            (r#"{"types":"delete","ids":null}"#, IDS),
            (r#"{"types":"delete","ids":"a"}"#, IDS),
            (r#"{"types":"delete","macs":[]}"#, MACS),
            (r#"{"types":"delete","ids":["a",""]}"#, "`ids[1]` must be a string that is not empty"),
            (r#"{"types":"delete","ids":[7]}"#, "`ids[0]` must be a string that is not empty"),
            (r#"{"types":"delete","macs":[null]}"#, "`macs[0]` must be a string that is not empty"),
            (r#"{"types":"exempt","ids":["a"],"params":null}"#, PARAMS),
            (r#"{"types":"exempt","ids":["a"],"params":[60]}"#, PARAMS),
            (r#"{"types":"exempt","ids":["a"],"params":{"hours":60}}"#, PARAM_KEYS),
            (r#"{"types":"exempt","ids":["a"],"params":{"exempt_time":-1}}"#, HOURS),
            (r#"{"types":"exempt","ids":["a"],"params":{"exempt_time":65000}}"#, HOURS),
            (r#"{"types":"exempt","ids":["a"],"params":{"exempt_time":65536}}"#, HOURS),
            (
                r#"{"types":"exempt","ids":["a"],"params":{"exempt_time":99999999999999999999}}"#,
                HOURS,
            ),
            (r#"{"types":"exempt","ids":["a"],"params":{"exempt_time":1.5}}"#, HOURS),
            (r#"{"types":"exempt","ids":["a"],"params":{"exempt_time":"60"}}"#, HOURS),
            (r#"{"types":"exempt","ids":["a"],"params":{"exempt_time":null}}"#, HOURS),
            (r#"{"types":"delete","ids":["a"],"params":{"exempt_time":-1}}"#, HOURS),
            (r#"{"types":"assign_to_group","ids":["a"],"params":{"group_id":""}}"#, GROUP),
            (r#"{"types":"assign_to_group","ids":["a"],"params":{"group_id":1}}"#, GROUP),
        ] {
            let error = ActionRequest::from_body(body.as_bytes()).unwrap_err().to_string();
            // Syntax errors end in serde_json's own words.
            let matches = if message == SYNTAX || message == TWICE {
                error.starts_with(message)
            } else {
                error == message
            };
            assert!(matches, "{body}\n  says: {error}\n  not:  {message}");
        }
    }

    #[test]
    fn refuses_bytes_that_are_not_utf_8() {
        let error = ActionRequest::from_body(b"{\"types\":\"\xff\"}").unwrap_err();
        assert!(matches!(error, RequestError::Syntax(_)), "{error}");
    }
}
