//! The devices of the example fleet.

use crate::{Agent, Device, Exemption, Standing};

pub(crate) fn devices() -> Vec<Device> {
    vec![
        // The vendor's own example, in which `device456` is not in the account.
        Device::new("device123").with_standing(Standing::Unknown).without_agent(),
        Device::new("device789").with_mac_address([0x00, 0x0c, 0x29, 0x4f, 0x8e, 0x35]),
        // HWIDs that other pages of the vendor show.
        Device::new("1dc0aaaa292ce801f5379042d68bb6cb"),
        Device::new("0CQN6GRVGU2F1").with_agent(Agent::DomainController),
        // One or two of each kind, named by it.
        Device::new("laptop-001")
            .with_mac_address([0x00, 0x0c, 0x29, 0xcd, 0xc7, 0xb2])
            .with_mac_address([0x00, 0x0c, 0x29, 0xcd, 0xc7, 0xb3]),
        Device::new("laptop-002")
            .with_mac_address([0x00, 0x0c, 0x29, 0x10, 0x00, 0x02])
            .with_group("finance"),
        Device::new("exempt-001")
            .with_mac_address([0x00, 0x0c, 0x29, 0x10, 0x01, 0x01])
            .with_exemption(Exemption::from_hours(60)),
        Device::new("exempt-forever-001")
            .with_mac_address([0x00, 0x0c, 0x29, 0x10, 0x01, 0x02])
            .with_exemption(Exemption::Forever),
        Device::new("ondemand-001")
            .with_mac_address([0x00, 0x0c, 0x29, 0x10, 0x02, 0x01])
            .with_agent(Agent::OnDemand),
        Device::new("agentless-001")
            .with_mac_address([0x00, 0x0c, 0x29, 0x10, 0x03, 0x01])
            .without_agent(),
        Device::new("dc-001")
            .with_mac_address([0x00, 0x0c, 0x29, 0x10, 0x04, 0x01])
            .with_agent(Agent::DomainController)
            .with_group("servers"),
        Device::new("guest-001")
            .with_mac_address([0x00, 0x0c, 0x29, 0x10, 0x05, 0x01])
            .with_standing(Standing::Unknown)
            .without_agent(),
        Device::new("ignored-001")
            .with_mac_address([0x00, 0x0c, 0x29, 0x10, 0x06, 0x01])
            .with_standing(Standing::Ignored)
            .without_agent(),
        Device::new("unlicensed-001")
            .with_mac_address([0x00, 0x0c, 0x29, 0x10, 0x07, 0x01])
            .with_standing(Standing::OutOfLicense),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fleet;

    #[test]
    fn has_every_kind_of_device() {
        let fleet = Fleet::example();
        for standing in
            [Standing::Managed, Standing::Unknown, Standing::Ignored, Standing::OutOfLicense]
        {
            assert!(fleet.devices().any(|device| device.standing() == standing), "{standing:?}");
        }
        for agent in
            [None, Some(Agent::Persistent), Some(Agent::OnDemand), Some(Agent::DomainController)]
        {
            assert!(fleet.devices().any(|device| device.agent() == agent), "{agent:?}");
        }
    }
}
