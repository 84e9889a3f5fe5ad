//! Plans: one action on a checked list, in a file that can be read, kept, and carried out exactly as it stands.

mod builder;
mod error;
mod estimate;
mod file;
mod omitted;
mod selection;

use std::num::NonZeroUsize;

use it_access::DeviceAction;

pub use self::{builder::PlanBuilder, error::PlanError, estimate::Estimate, omitted::Omitted};

use self::selection::Selection;
use crate::{IdKind, List};

/// One action on the devices of a list: each one once, and none of those that are protected.
///
/// ```
/// # let dir = tempfile::tempdir()?;
/// # let path = dir.path().join("plan.jsonl");
/// use it_access::DeviceAction;
/// use it_access_jobs::{IdKind, List, Plan};
///
/// let list = List::reading("standard input", "device123\ndevice456\ndevice123\n".as_bytes());
/// let plan = Plan::builder(DeviceAction::Delete, IdKind::Hwids, list)
///     .protect(List::reading("protected.txt", "device456\n".as_bytes()))
///     .build()?;
/// assert_eq!((plan.len(), plan.duplicates().count(), plan.protected().count()), (1, 1, 1));
///
/// plan.write(&path)?;
/// assert_eq!(Plan::open(&path)?.sha256(), plan.sha256());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    action: DeviceAction,
    kind: IdKind,
    list: String,
    batch_size: NonZeroUsize,
    duplicates: Omitted,
    protected: Omitted,
    without_effect: Vec<String>,
    selection: Selection,
    sha256: String,
}

/// One device of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'a> {
    /// The number of its line in the list, from 1.
    pub line: u64,
    /// Its HWID as it was given, or its MAC address in lower case with colons.
    pub id: &'a str,
}

impl Plan {
    /// Begins a plan of one action on the devices of a list.
    pub fn builder(action: DeviceAction, kind: IdKind, list: List) -> PlanBuilder {
        PlanBuilder::new(action, kind, list)
    }

    /// What is to be done.
    #[must_use]
    pub fn action(&self) -> &DeviceAction {
        &self.action
    }

    /// How the devices are named.
    #[must_use]
    pub fn kind(&self) -> IdKind {
        self.kind
    }

    /// What the list was called.
    #[must_use]
    pub fn list(&self) -> &str {
        &self.list
    }

    /// The number of devices: at least 1.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.selection.len()
    }

    /// The devices, in the order of the list.
    pub fn targets(&self) -> impl Iterator<Item = Target<'_>> {
        self.selection.iter()
    }

    /// Devices that the list names again.
    #[must_use]
    pub fn duplicates(&self) -> &Omitted {
        &self.duplicates
    }

    /// Devices that are left out because they are protected.
    #[must_use]
    pub fn protected(&self) -> &Omitted {
        &self.protected
    }

    /// What the lists of protected devices are called that name no device of this plan's list. The file of a plan does not
    /// tell.
    #[must_use]
    pub fn protections_without_effect(&self) -> &[String] {
        &self.without_effect
    }

    /// The most devices in one request, unless a run says otherwise.
    #[must_use]
    pub fn batch_size(&self) -> NonZeroUsize {
        self.batch_size
    }

    /// What the plan will take.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        Estimate::of(self.len(), self.batch_size)
    }

    /// The SHA-256 of all that the plan says, in hexadecimal digits. The same list gives the same.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}
