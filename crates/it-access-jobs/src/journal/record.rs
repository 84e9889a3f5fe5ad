//! What holds for a job as a whole.

use std::{num::NonZeroUsize, path::Path, time::SystemTime};

use it_access::DeviceAction;
use rusqlite::{Connection, Row, named_params};

use super::{At, JournalError, Safeguards};
use crate::{IdKind, Plan, action_form::ActionForm, timestamp};

#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) action: DeviceAction,
    pub(crate) kind: IdKind,
    pub(crate) list: String,
    pub(crate) devices: usize,
    pub(crate) batch_size: NonZeroUsize,
    pub(crate) plan_sha256: String,
    pub(crate) host: String,
    pub(crate) created_at: SystemTime,
    /// What stops the next run. The canary goes once it was well.
    pub(crate) safeguards: Safeguards,
    /// Whether the last run was stopped by one of the two.
    pub(crate) is_halted: bool,
    /// Why the last run ended.
    pub(crate) stopped_by: Option<String>,
}

impl Record {
    pub(crate) fn of(
        plan: &Plan,
        host: String,
        created_at: SystemTime,
        safeguards: Safeguards,
    ) -> Self {
        Self {
            action: plan.action().clone(),
            kind: plan.kind(),
            list: plan.list().to_owned(),
            devices: plan.len(),
            batch_size: plan.batch_size(),
            plan_sha256: plan.sha256().to_owned(),
            host,
            created_at,
            safeguards,
            is_halted: false,
            stopped_by: None,
        }
    }

    pub(super) fn insert(&self, connection: &Connection, path: &Path) -> Result<(), JournalError> {
        let action = serde_json::to_string(&ActionForm::from(&self.action));
        let ids = serde_json::to_string(&self.kind);
        let unwritten = |error| JournalError::corrupt(path, error);
        let sql = "INSERT INTO job (one, action, ids, list, devices, batch_size, plan_sha256, host, created_at,
             canary, max_failures)
             VALUES (1, :action, :ids, :list, :devices, :batch_size, :plan_sha256, :host, :created_at,
             :canary, :max_failures)";
        let (canary, max_failures) = self.safeguards.to_columns();
        let values = named_params! {
            ":action": action.map_err(|error| unwritten(Box::new(error)))?,
            ":ids": ids.map_err(|error| unwritten(Box::new(error)))?,
            ":list": self.list,
            ":devices": self.devices as i64,
            ":batch_size": i64::try_from(self.batch_size.get()).unwrap_or(i64::MAX),
            ":plan_sha256": self.plan_sha256,
            ":host": self.host,
            ":created_at": timestamp::to_millis(self.created_at),
            ":canary": canary,
            ":max_failures": max_failures,
        };
        connection.execute(sql, values).at(path).map(drop)
    }

    pub(super) fn read(connection: &Connection, path: &Path) -> Result<Self, JournalError> {
        let sql = "SELECT action, ids, list, devices, batch_size, plan_sha256, host, created_at, stopped_by,
             canary, max_failures, is_halted
             FROM job";
        let read = connection.query_row(sql, (), |row| Ok(Self::of_row(row)));
        match read {
            Ok(record) => record.map_err(|error| JournalError::corrupt(path, error)),
            Err(rusqlite::Error::QueryReturnedNoRows) => {
                Err(JournalError::corrupt(path, "it does not say what it is about"))
            }
            Err(error) => Err(error).at(path),
        }
    }

    fn of_row(row: &Row<'_>) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let action: ActionForm = serde_json::from_str(row.get_ref(0)?.as_str()?)?;
        Ok(Self {
            action: action.try_into()?,
            kind: serde_json::from_str(row.get_ref(1)?.as_str()?)?,
            list: row.get(2)?,
            devices: usize::try_from(row.get::<_, i64>(3)?)?,
            batch_size: usize::try_from(row.get::<_, i64>(4)?)?.try_into()?,
            plan_sha256: row.get(5)?,
            host: row.get(6)?,
            created_at: timestamp::from_millis(row.get(7)?),
            stopped_by: row.get(8)?,
            safeguards: Safeguards::from_columns(row.get(9)?, row.get(10)?)?,
            is_halted: row.get(11)?,
        })
    }
}
