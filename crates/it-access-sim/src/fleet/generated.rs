//! Fleets of any size, made up by a seed.

use fastrand::Rng;

use super::Fleet;
use crate::{Agent, Device, Exemption, Standing};

/// The groups of generated devices.
const GROUPS: [&str; 4] = ["default", "finance", "lobby", "servers"];

impl Fleet {
    /// Makes up devices of every kind; the same seed gives the same.
    ///
    /// Most are managed and have a persistent agent. HWIDs have 32 hexadecimal digits, as in the
    /// vendor's pages, and each device has one MAC address.
    ///
    /// # Panics
    ///
    /// If there are more than 16,777,216 devices, which is how many MAC addresses one vendor's prefix
    /// has.
    ///
    /// ```
    /// use it_access_sim::Fleet;
    ///
    /// let fleet = Fleet::generate(1000, 7);
    /// assert_eq!(fleet.devices().count(), 1000);
    /// assert_eq!(fleet, Fleet::generate(1000, 7));
    /// ```
    #[must_use]
    pub fn generate(devices: u32, seed: u64) -> Self {
        assert!(devices <= 1 << 24, "there are not so many MAC addresses");
        let mut rng = Rng::with_seed(seed);
        Self::new((0..devices).map(|index| device(index, &mut rng)))
            .expect("128 random bits do not repeat, and the MAC addresses are numbered")
    }
}

fn device(index: u32, rng: &mut Rng) -> Device {
    let [_, a, b, c] = index.to_be_bytes();
    let device = Device::new(format!("{:032x}", rng.u128(..)))
        .with_mac_address([0x00, 0x0c, 0x29, a, b, c])
        .with_group(GROUPS[rng.usize(..GROUPS.len())]);
    let device = match rng.u8(..100) {
        0..80 => device,
        80..90 => device.with_standing(Standing::Unknown).without_agent(),
        90..95 => device.with_standing(Standing::Ignored).without_agent(),
        _ => device.with_standing(Standing::OutOfLicense),
    };
    if device.standing() != Standing::Managed {
        return device;
    }
    match rng.u8(..100) {
        0..85 => device,
        85..90 => device.with_exemption(Exemption::from_hours(rng.u16(1..=1000))),
        90..95 => device.with_agent(Agent::OnDemand),
        95..98 => device.without_agent(),
        _ => device.with_agent(Agent::DomainController),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_up_every_kind_and_differs_by_seed() {
        let fleet = Fleet::generate(1000, 1);
        assert_eq!(fleet.devices().count(), 1000);
        assert_ne!(fleet, Fleet::generate(1000, 2));
        assert_eq!(Fleet::generate(0, 1), Fleet::default());
        let count = |is: fn(&Device) -> bool| fleet.devices().filter(|device| is(device)).count();
        for (kind, count) in [
            ("managed", count(|device| device.standing() == Standing::Managed)),
            ("unknown", count(|device| device.standing() == Standing::Unknown)),
            ("ignored", count(|device| device.standing() == Standing::Ignored)),
            ("out of license", count(|device| device.standing() == Standing::OutOfLicense)),
            ("domain controllers", count(|it| it.agent() == Some(Agent::DomainController))),
            ("on demand", count(|device| device.agent() == Some(Agent::OnDemand))),
            ("exempt", count(|device| device.exemption().is_some())),
        ] {
            assert!(count > 0, "no {kind}");
        }
    }
}
