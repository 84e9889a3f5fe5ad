//! Any bytes as a list of devices, in each form: it is refused, or a plan comes of it that names each device once.

#![no_main]

use std::{collections::HashSet, io::Cursor};

use it_access::DeviceAction;
use it_access_jobs::{Column, IdKind, List, ListFormat, Plan};
use libfuzzer_sys::fuzz_target;

const FORMATS: [ListFormat; 4] =
    [ListFormat::Csv, ListFormat::Text, ListFormat::Json, ListFormat::Ndjson];

// The bits of the first byte say how the others are to be read.
fuzz_target!(|input: &[u8]| {
    let [reading, text @ ..] = input else { return };
    let bit = |place: u8| reading >> place & 1 == 1;
    let kind = if bit(2) { IdKind::MacAddresses } else { IdKind::Hwids };
    let mut list = List::reading("list", Cursor::new(text.to_vec()));
    list = list.format(FORMATS[usize::from(reading % 4)]);
    if bit(3) {
        list = list.column(Column::named("id"));
    }
    if bit(4) {
        list = list.header(bit(5));
    }
    if bit(6) {
        list = list.delimiter(b';');
    }
    match Plan::builder(DeviceAction::Unexempt, kind, list).build() {
        Ok(plan) => {
            let ids: HashSet<&str> = plan.targets().map(|target| target.id).collect();
            assert_eq!(ids.len(), plan.len());
            assert_ne!(plan.len(), 0);
        }
        Err(error) => drop(error.to_string()),
    }
});
