//! The first line of a plan.

use std::num::NonZeroUsize;

use it_access::{DeviceAction, InvalidInput};
use serde::{Deserialize, Serialize};

use super::{FORMAT, VERSION};
use crate::{
    IdKind,
    action_form::ActionForm,
    plan::{Omitted, Plan, selection::Selection},
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    format: String,
    version: u64,
    action: ActionForm,
    ids: IdKind,
    pub(super) devices: usize,
    list: String,
    duplicates: Omitted,
    protected: Omitted,
    batch_size: NonZeroUsize,
    // For the reader: they follow from the others.
    requests: u64,
    minutes: u64,
}

/// As much of the first line as says whether the rest can be understood.
#[derive(Debug, Deserialize)]
pub(super) struct Version {
    pub(super) format: String,
    pub(super) version: u64,
}

impl Header {
    pub(super) fn into_plan(
        self,
        selection: Selection,
        sha256: String,
    ) -> Result<Plan, InvalidInput> {
        Ok(Plan {
            without_effect: Vec::new(),
            action: DeviceAction::try_from(self.action)?,
            kind: self.ids,
            list: self.list,
            batch_size: self.batch_size,
            duplicates: self.duplicates,
            protected: self.protected,
            selection,
            sha256,
        })
    }

    pub(super) fn kind(&self) -> IdKind {
        self.ids
    }
}

impl From<&Plan> for Header {
    fn from(plan: &Plan) -> Self {
        let estimate = plan.estimate();
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            action: ActionForm::from(plan.action()),
            ids: plan.kind,
            devices: plan.len(),
            list: plan.list.clone(),
            duplicates: plan.duplicates.clone(),
            protected: plan.protected.clone(),
            batch_size: plan.batch_size,
            requests: estimate.requests,
            minutes: estimate.duration.as_secs().div_ceil(60),
        }
    }
}
