//! Random sequences of actions, against a plain model of the rules.

use std::collections::BTreeMap;
use std::time::Duration;

use it_access_sim::{Agent, Device, Exemption, Fleet, Service, Standing};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{act, status_of, text_of};

/// A device as a person would note it on paper.
#[derive(Clone, Debug, PartialEq)]
struct Note {
    /// Its MAC address ends in this.
    number: u8,
    standing: Standing,
    agent: Option<Agent>,
    group: String,
    /// Hours, and the hour in which they are over; `None` is forever.
    exempt: Option<Option<(u16, u64)>>,
}

/// One thing that happens.
#[derive(Clone, Debug)]
enum Step {
    Act { types: &'static str, params: Params, by_mac: bool, numbers: Vec<u8> },
    HoursPass(u64),
}

#[derive(Clone, Debug)]
struct Params {
    hours: Option<u16>,
    group: Option<String>,
}

/// The devices are numbered from 0; there is none of the last number.
const DEVICES: u8 = 6;

/// The model: notes by HWID, and the hour that it is.
struct Model {
    notes: BTreeMap<String, Note>,
    hour: u64,
}

impl Model {
    /// What the answer should be.
    fn act(&mut self, types: &str, params: &Params, numbers: &[u8], by_mac: bool) -> Value {
        let mut answer = serde_json::Map::new();
        for &number in numbers {
            let code = match answer.get(&identifier(number, by_mac)) {
                Some(earlier) => earlier.clone(),
                None => self.act_on(types, params, &hwid(number)).into(),
            };
            answer.insert(identifier(number, by_mac), code);
        }
        answer.into()
    }

    fn act_on(&mut self, types: &str, params: &Params, hwid: &str) -> i64 {
        let Some(note) = self.notes.get_mut(hwid) else { return 0 };
        let managed = note.standing == Standing::Managed;
        let supported = match types {
            "exempt" | "unexempt" | "re-identify" => managed,
            "ignore" => note.standing == Standing::Unknown,
            "unignore" => note.standing == Standing::Ignored,
            "dhcprenew" => note.agent == Some(Agent::Persistent),
            "assign_to_group" => note.agent != Some(Agent::DomainController),
            _ => true,
        };
        if !supported {
            return -1;
        }
        match types {
            "exempt" => {
                let hours = params.hours.filter(|&hours| hours > 0);
                note.exempt = Some(hours.map(|hours| (hours, self.hour + u64::from(hours))));
            }
            "unexempt" => note.exempt = None,
            "ignore" => note.standing = Standing::Ignored,
            "unignore" => note.standing = Standing::Unknown,
            "assign_to_group" => {
                note.group = params.group.clone().unwrap_or_else(|| "default".to_owned());
            }
            "delete" => {
                self.notes.remove(hwid);
            }
            _ => {}
        }
        1
    }

    fn hours_pass(&mut self, hours: u64) {
        self.hour += hours;
        for note in self.notes.values_mut() {
            if let Some(Some((_, end))) = note.exempt
                && end <= self.hour
            {
                note.exempt = None;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_a_plain_model(notes in notes(), steps in prop::collection::vec(step(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async move {
            let fleet = Fleet::new(notes.iter().map(|(hwid, note)| device(hwid, note))).unwrap();
            let simulator = Service::new(fleet, "given").simulate();
            let mut model = Model { notes, hour: 0 };
            for step in steps {
                match &step {
                    Step::HoursPass(hours) => {
                        model.hours_pass(*hours);
                        simulator.advance(Duration::from_secs(hours * 60 * 60));
                    }
                    Step::Act { types, params, by_mac, numbers } => {
                        let reply = act(&simulator, &body(types, params, *by_mac, numbers));
                        assert_eq!(status_of(&reply), 200);
                        let answer: Value = serde_json::from_str(text_of(&reply)).unwrap();
                        assert_eq!(answer, model.act(types, params, numbers, *by_mac), "{step:?}");
                    }
                }
                assert_eq!(noted(&simulator.fleet()), model.notes, "after {step:?}");
            }
        });
    }
}

fn hwid(number: u8) -> String {
    format!("device-{number}")
}

fn identifier(number: u8, by_mac: bool) -> String {
    if by_mac { format!("00:0c:29:00:00:{number:02x}") } else { hwid(number) }
}

fn body(types: &str, params: &Params, by_mac: bool, numbers: &[u8]) -> String {
    let list = if by_mac { "macs" } else { "ids" };
    let identifiers: Vec<String> =
        numbers.iter().map(|&number| identifier(number, by_mac)).collect();
    let mut body = json!({ "types": types, list: identifiers });
    if let Some(hours) = params.hours {
        body["params"]["exempt_time"] = hours.into();
    }
    if let Some(group) = &params.group {
        body["params"]["group_id"] = group.clone().into();
    }
    body.to_string()
}

fn device(hwid: &str, note: &Note) -> Device {
    let device = Device::new(hwid)
        .with_mac_address([0x00, 0x0c, 0x29, 0, 0, note.number])
        .with_standing(note.standing)
        .with_group(&note.group);
    let device = match note.agent {
        Some(agent) => device.with_agent(agent),
        None => device.without_agent(),
    };
    match note.exempt {
        Some(hours) => {
            device.with_exemption(Exemption::from_hours(hours.map_or(0, |(hours, _)| hours)))
        }
        None => device,
    }
}

/// The fleet as notes.
fn noted(fleet: &Fleet) -> BTreeMap<String, Note> {
    let note = |device: &Device| Note {
        number: device.mac_addresses()[0].to_string()[15..].parse().unwrap(),
        standing: device.standing(),
        agent: device.agent(),
        group: device.group().to_owned(),
        exempt: device.exemption().map(|exemption| match exemption {
            Exemption::Forever => None,
            Exemption::Hours(hours) => {
                Some((hours.get(), device.exempt_until().unwrap().as_secs() / (60 * 60)))
            }
        }),
    };
    fleet.devices().map(|device| (device.hwid().to_owned(), note(device))).collect()
}

fn notes() -> impl Strategy<Value = BTreeMap<String, Note>> {
    let standing = prop::sample::select(vec![
        Standing::Managed,
        Standing::Unknown,
        Standing::Ignored,
        Standing::OutOfLicense,
    ]);
    let agent = prop::sample::select(vec![
        None,
        Some(Agent::Persistent),
        Some(Agent::OnDemand),
        Some(Agent::DomainController),
    ]);
    let exempt = prop_oneof![
        Just(None),
        Just(Some(None)),
        (1..50u16).prop_map(|hours| Some(Some((hours, hours.into())))),
    ];
    let note = (standing, agent, exempt).prop_map(|(standing, agent, exempt)| Note {
        number: 0,
        standing,
        agent,
        group: "default".to_owned(),
        exempt,
    });
    prop::collection::vec(note, usize::from(DEVICES)).prop_map(|notes| {
        let numbered = (0..DEVICES).zip(notes);
        numbered.map(|(number, note)| (hwid(number), Note { number, ..note })).collect()
    })
}

fn step() -> impl Strategy<Value = Step> {
    let types = prop::sample::select(vec![
        "exempt",
        "unexempt",
        "ignore",
        "unignore",
        "delete",
        "dhcprenew",
        "re-identify",
        "assign_to_group",
    ]);
    let params = (prop::option::of(0..60u16), prop::option::of("[a-c]"))
        .prop_map(|(hours, group)| Params { hours, group });
    let numbers = prop::collection::vec(0..=DEVICES, 1..5);
    let act = (types, params, any::<bool>(), numbers)
        .prop_map(|(types, params, by_mac, numbers)| Step::Act { types, params, by_mac, numbers });
    prop_oneof![4 => act, 1 => (1..40u64).prop_map(Step::HoursPass)]
}
