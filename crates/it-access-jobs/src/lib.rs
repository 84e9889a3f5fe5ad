#![doc = include_str!("../README.md")]

mod action_form;
mod destination;
mod dry_run;
mod engine;
mod event;
mod files;
mod id_kind;
mod job;
mod job_id;
mod jobs;
mod journal;
mod list;
mod plan;
pub mod quota_stores;
mod report;
mod state_name;
mod tally;
mod timestamp;

pub use dry_run::{DryRequest, DryRunError};
pub use engine::{InvalidMaxFailures, MaxFailures, RunEnd, RunError, RunOptions, RunReport};
pub use event::{Event, Events, NdjsonEvents, QuotaEvents};
pub use id_kind::IdKind;
pub use job::Job;
pub use job_id::{InvalidJobId, JobId};
pub use jobs::{JobEntry, Jobs};
pub use journal::JournalError;
pub use list::{BadLine, Column, InvalidColumn, List, ListError, ListFormat, UnknownFormat};
pub use plan::{Estimate, Omitted, Plan, PlanBuilder, PlanError, Target};
pub use report::{Report, ReportError, ReportFormat, Row, Rows, Summary, UnknownReportFormat};
pub use state_name::{StateName, UnknownState};
