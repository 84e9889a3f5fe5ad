//! Plans of lists that are written here.

use it_access::DeviceAction;
use it_access_jobs::{IdKind, List, ListFormat, Plan, PlanError};

pub(crate) fn list(format: ListFormat, text: impl AsRef<[u8]>) -> List {
    let bytes = std::io::Cursor::new(text.as_ref().to_owned());
    List::reading("list", bytes).format(format)
}

pub(crate) fn plan(kind: IdKind, list: List) -> Result<Plan, PlanError> {
    Plan::builder(DeviceAction::Unexempt, kind, list).build()
}

/// The devices of a plan, each with its line: `2 device123`.
pub(crate) fn targets(plan: &Plan) -> Vec<String> {
    plan.targets().map(|target| format!("{} {}", target.line, target.id)).collect()
}
