//! The documented rules: which action is for which device, and what it does to it.
//!
//! Pure: no fleet, no wire, no clock.

use std::time::Duration;

use crate::action::Action;
use crate::{Agent, Device, Standing};

/// What became of an action on one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i8)]
pub(crate) enum Outcome {
    NotSupported = -1,
    Failed = 0,
    Applied = 1,
}

impl Outcome {
    /// The value on the wire.
    pub(crate) fn code(self) -> i64 {
        self as i64
    }
}

/// Whether the action is for such a device (vendor's page "Device Action v3.0").
pub(crate) fn supports(device: &Device, action: &Action) -> bool {
    match action {
        Action::Exempt(_) | Action::Unexempt | Action::ReIdentify => !matches!(
            device.standing(),
            Standing::Unknown | Standing::Ignored | Standing::OutOfLicense
        ),
        Action::Ignore => device.standing() == Standing::Unknown,
        Action::Unignore => device.standing() == Standing::Ignored,
        Action::Delete => true,
        Action::RenewDhcp => device.agent() == Some(Agent::Persistent),
        Action::AssignToGroup(_) => device.agent() != Some(Agent::DomainController),
    }
}

/// Changes a device as the action says; the device must support it.
///
/// `Delete` is the fleet's to carry out. `RenewDhcp` and `ReIdentify` happen on the device, where
/// nothing shows here.
pub(crate) fn change(device: &mut Device, action: &Action, now: Duration) {
    match action {
        Action::Exempt(exemption) => device.exempt(*exemption, now),
        Action::Unexempt => device.end_exemption(),
        Action::Ignore => device.standing = Standing::Ignored,
        Action::Unignore => device.standing = Standing::Unknown,
        Action::AssignToGroup(group) => device.group.clone_from(group),
        Action::Delete | Action::RenewDhcp | Action::ReIdentify => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Exemption, Fleet};

    fn device(standing: Standing, agent: Option<Agent>) -> Device {
        let device = Device::new("subject").with_standing(standing).without_agent();
        match agent {
            Some(agent) => device.with_agent(agent),
            None => device,
        }
    }

    fn actions() -> [Action; 8] {
        [
            Action::Exempt(Exemption::Forever),
            Action::Unexempt,
            Action::ReIdentify,
            Action::Ignore,
            Action::Unignore,
            Action::Delete,
            Action::RenewDhcp,
            Action::AssignToGroup("elsewhere".to_owned()),
        ]
    }

    /// Each cell was written down from the vendor's table, not from the code.
    #[test]
    fn every_action_on_every_kind_of_device() {
        use Agent::*;
        use Standing::*;

        const YES: i8 = 1;
        const NOT: i8 = -1;
        // Columns: exempt, unexempt, re-identify, ignore, unignore, delete, dhcprenew,
        // assign_to_group.
        let table = [
            (Managed, None, [YES, YES, YES, NOT, NOT, YES, NOT, YES]),
            (Managed, Some(Persistent), [YES, YES, YES, NOT, NOT, YES, YES, YES]),
            (Managed, Some(OnDemand), [YES, YES, YES, NOT, NOT, YES, NOT, YES]),
            (Managed, Some(DomainController), [YES, YES, YES, NOT, NOT, YES, NOT, NOT]),
            (Unknown, None, [NOT, NOT, NOT, YES, NOT, YES, NOT, YES]),
            (Unknown, Some(Persistent), [NOT, NOT, NOT, YES, NOT, YES, YES, YES]),
            (Unknown, Some(OnDemand), [NOT, NOT, NOT, YES, NOT, YES, NOT, YES]),
            (Unknown, Some(DomainController), [NOT, NOT, NOT, YES, NOT, YES, NOT, NOT]),
            (Ignored, None, [NOT, NOT, NOT, NOT, YES, YES, NOT, YES]),
            (Ignored, Some(Persistent), [NOT, NOT, NOT, NOT, YES, YES, YES, YES]),
            (Ignored, Some(OnDemand), [NOT, NOT, NOT, NOT, YES, YES, NOT, YES]),
            (Ignored, Some(DomainController), [NOT, NOT, NOT, NOT, YES, YES, NOT, NOT]),
            (OutOfLicense, None, [NOT, NOT, NOT, NOT, NOT, YES, NOT, YES]),
            (OutOfLicense, Some(Persistent), [NOT, NOT, NOT, NOT, NOT, YES, YES, YES]),
            (OutOfLicense, Some(OnDemand), [NOT, NOT, NOT, NOT, NOT, YES, NOT, YES]),
            (OutOfLicense, Some(DomainController), [NOT, NOT, NOT, NOT, NOT, YES, NOT, NOT]),
        ];

        for (standing, agent, row) in table {
            for (action, expected) in actions().iter().zip(row) {
                let before = Fleet::new([device(standing, agent)]).unwrap();
                let mut after = before.clone();
                let outcome = after.act("subject", action, Duration::ZERO);
                let case = format!("{action:?} on {standing:?}, {agent:?}");
                assert_eq!(outcome as i8, expected, "{case}");
                if outcome == Outcome::NotSupported {
                    assert_eq!(after, before, "{case} changed the device");
                }
            }
        }
    }

    #[test]
    fn an_action_changes_what_it_says_and_nothing_else() {
        let managed = || Device::new("subject").with_group("finance");
        let standing = |standing| managed().with_standing(standing);
        let exempt = |hours| managed().with_exemption(Exemption::from_hours(hours));

        for (before, action, after) in [
            (managed(), Action::Exempt(Exemption::from_hours(60)), exempt(60)),
            (exempt(60), Action::Exempt(Exemption::Forever), exempt(0)),
            (exempt(0), Action::Exempt(Exemption::from_hours(1)), exempt(1)),
            (exempt(60), Action::Unexempt, managed()),
            (managed(), Action::Unexempt, managed()),
            (standing(Standing::Unknown), Action::Ignore, standing(Standing::Ignored)),
            (standing(Standing::Ignored), Action::Unignore, standing(Standing::Unknown)),
            (managed(), Action::RenewDhcp, managed()),
            (managed(), Action::ReIdentify, managed()),
            (managed(), Action::AssignToGroup("lobby".to_owned()), managed().with_group("lobby")),
        ] {
            let mut device = before.clone();
            assert!(supports(&device, &action), "{action:?} on {before:?}");
            change(&mut device, &action, Duration::ZERO);
            assert_eq!(device, after, "{action:?} on {before:?}");
        }
    }
}
