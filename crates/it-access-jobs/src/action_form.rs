//! Actions as plans and journals write them: `{"name":"exempt","hours":60}`.

use it_access::{DeviceAction, ExemptFor, GroupId, InvalidInput};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum ActionForm {
    Exempt { hours: Hours },
    Unexempt,
    Ignore,
    Unignore,
    Delete,
    RenewDhcp,
    ReIdentify,
    AssignToGroup { group: GroupId },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Hours {
    Number(u64),
    Forever(Forever),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Forever {
    Forever,
}

impl From<&DeviceAction> for ActionForm {
    fn from(action: &DeviceAction) -> Self {
        match action {
            DeviceAction::Exempt(ExemptFor::Forever) => {
                Self::Exempt { hours: Hours::Forever(Forever::Forever) }
            }
            DeviceAction::Exempt(ExemptFor::Hours(hours)) => {
                Self::Exempt { hours: Hours::Number(hours.get().into()) }
            }
            DeviceAction::Unexempt => Self::Unexempt,
            DeviceAction::Ignore => Self::Ignore,
            DeviceAction::Unignore => Self::Unignore,
            DeviceAction::Delete => Self::Delete,
            DeviceAction::RenewDhcp => Self::RenewDhcp,
            DeviceAction::ReIdentify => Self::ReIdentify,
            DeviceAction::AssignToGroup(group) => Self::AssignToGroup { group: group.clone() },
        }
    }
}

impl TryFrom<ActionForm> for DeviceAction {
    type Error = InvalidInput;

    fn try_from(form: ActionForm) -> Result<Self, InvalidInput> {
        Ok(match form {
            ActionForm::Exempt { hours: Hours::Forever(_) } => Self::Exempt(ExemptFor::Forever),
            ActionForm::Exempt { hours: Hours::Number(hours) } => {
                Self::Exempt(ExemptFor::hours(hours)?)
            }
            ActionForm::Unexempt => Self::Unexempt,
            ActionForm::Ignore => Self::Ignore,
            ActionForm::Unignore => Self::Unignore,
            ActionForm::Delete => Self::Delete,
            ActionForm::RenewDhcp => Self::RenewDhcp,
            ActionForm::ReIdentify => Self::ReIdentify,
            ActionForm::AssignToGroup { group } => Self::AssignToGroup(group),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn every_action_reads_back_as_it_was_written() {
        let cases = [
            (
                DeviceAction::Exempt(ExemptFor::hours(60).unwrap()),
                r#"{"name":"exempt","hours":60}"#,
            ),
            (DeviceAction::Exempt(ExemptFor::Forever), r#"{"name":"exempt","hours":"forever"}"#),
            (DeviceAction::Unexempt, r#"{"name":"unexempt"}"#),
            (DeviceAction::Ignore, r#"{"name":"ignore"}"#),
            (DeviceAction::Unignore, r#"{"name":"unignore"}"#),
            (DeviceAction::Delete, r#"{"name":"delete"}"#),
            (DeviceAction::RenewDhcp, r#"{"name":"renew-dhcp"}"#),
            (DeviceAction::ReIdentify, r#"{"name":"re-identify"}"#),
            (
                DeviceAction::AssignToGroup("finance".parse().unwrap()),
                r#"{"name":"assign-to-group","group":"finance"}"#,
            ),
        ];
        for (action, text) in cases {
            assert_eq!(serde_json::to_string(&ActionForm::from(&action)).unwrap(), text);
            let form: ActionForm = serde_json::from_str(text).unwrap();
            assert_eq!(DeviceAction::try_from(form).unwrap(), action);
        }
    }

    #[test]
    fn a_time_that_is_none_is_refused() {
        for text in [r#"{"name":"exempt"}"#, r#"{"name":"exempt","hours":0}"#, r#"{"name":"burn"}"#]
        {
            let action = serde_json::from_str::<ActionForm>(text).map(DeviceAction::try_from);
            assert!(!matches!(action, Ok(Ok(_))), "{text}");
        }
    }
}
