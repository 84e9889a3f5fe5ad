//! The jobs in a folder.

use std::{
    cmp::Reverse,
    fs, io,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use crate::{
    Job, JobId, JournalError, MaxFailures, Plan, RunError, Summary,
    destination::Destination,
    files,
    journal::{self, At, Lock, Record, Safeguards},
};

/// The extension of a journal.
const EXTENSION: &str = "sqlite";

/// The jobs in a folder, which is made when the first job is. Only its owner can look into it.
#[derive(Debug, Clone)]
pub struct Jobs {
    folder: PathBuf,
    destination: Destination,
    safeguards: Safeguards,
}

/// One of the jobs in a folder.
#[derive(Debug)]
#[non_exhaustive]
pub struct JobEntry {
    /// Its name.
    pub id: JobId,
    /// What became of it; or why that cannot be told, which is no harm to the other jobs.
    pub summary: Result<Summary, JournalError>,
}

impl Jobs {
    /// The jobs in this folder; in the present one, if the path is empty. Nothing is read or made yet.
    pub fn in_folder(folder: impl AsRef<Path>) -> Self {
        Self {
            folder: files::named(folder.as_ref()).to_owned(),
            destination: Destination::default(),
            safeguards: Safeguards::default(),
        }
    }

    /// Has the jobs that are made or run from here be for the service of this name, in the place of the host of a base URL: for
    /// a service that has another address each time it is started. A job for a host is then not run, and neither is one for
    /// this service from elsewhere.
    #[must_use]
    pub fn for_service(mut self, name: &str) -> Self {
        self.destination.service = Some(name.into());
        self
    }

    /// Has the jobs that are made or run from here be for the account of this name, where a service has several: a job for
    /// another account, or for none by name, is then not run, and neither is one for this account from elsewhere. The name
    /// is written down, so that it must be no secret.
    #[must_use]
    pub fn for_account(mut self, name: &str) -> Self {
        self.destination.account = Some(name.into());
        self
    }

    /// Gives jobs that are made from here a canary from the beginning, so that no run is without it: see
    /// [`RunOptions::canary`](crate::RunOptions::canary).
    #[must_use]
    pub fn canary(mut self, devices: NonZeroUsize) -> Self {
        self.safeguards.canary = Some(devices);
        self
    }

    /// Gives jobs that are made from here a limit of failures from the beginning, so that no run is without it: see
    /// [`RunOptions::max_failures`](crate::RunOptions::max_failures).
    #[must_use]
    pub fn max_failures(mut self, most: MaxFailures) -> Self {
        self.safeguards.max_failures = Some(most);
        self
    }

    /// The folder in which they are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes a job of a plan, for the service at this base URL. Nothing is sent.
    ///
    /// # Errors
    ///
    /// If the base URL has no host, or the journal cannot be written.
    pub fn create(&self, plan: &Plan, base_url: &str) -> Result<Job, RunError> {
        let host = self.destination.at(base_url)?;
        self.make(plan, host).map_err(|error| error.not_made(&self.folder).into())
    }

    /// Makes a job of a plan that no job here carries out already, for the same service and account. Nothing is sent.
    ///
    /// # Errors
    ///
    /// As [`Jobs::create`]; and if there is such a job, or a journal that cannot be read and may be one.
    pub fn create_once(&self, plan: &Plan, base_url: &str) -> Result<Job, RunError> {
        let host = self.destination.at(base_url)?;
        self.make_once(plan, host).map_err(|error| error.not_made(&self.folder))
    }

    /// Says whether [`Jobs::create_once`] would make a job of a plan, as far as that is known before: nobody need be asked about one
    /// that it would not.
    ///
    /// # Errors
    ///
    /// As [`Jobs::create_once`].
    pub fn check_once(&self, plan: &Plan, base_url: &str) -> Result<(), RunError> {
        let host = self.destination.at(base_url)?;
        self.refuse_another(plan, &host).map_err(|error| error.not_made(&self.folder))
    }

    /// Opens a job by its name.
    ///
    /// # Errors
    ///
    /// If there is no such job, or its journal cannot be used.
    pub fn open(&self, id: &JobId) -> Result<Job, JournalError> {
        let mut path = self.path(id);
        // What belongs to a journal lies where that is, and not beside a link to it.
        if path.is_symlink() {
            path = fs::canonicalize(&path).at(&path)?;
        }
        let record = journal::Reader::open(&path)?.record()?;
        Ok(Job::new(id.clone(), path, record, self.destination.clone()))
    }

    /// Opens the job that was made last, if there is one.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read, or any journal in it cannot be used: that might be the latest.
    pub fn latest(&self) -> Result<Option<Job>, JournalError> {
        let mut jobs = Vec::new();
        for id in self.ids()? {
            jobs.push(self.open(&id)?);
        }
        Ok(jobs.into_iter().max_by_key(Job::created_at))
    }

    /// Lists the jobs, the newest first; at the end those that cannot be read. A folder that is not there has none.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read.
    pub fn list(&self) -> Result<Vec<JobEntry>, JournalError> {
        let entry = |id: JobId| {
            let summary = self.open(&id).and_then(|job| job.report()?.summary());
            JobEntry { id, summary }
        };
        let mut entries: Vec<JobEntry> = self.ids()?.into_iter().map(entry).collect();
        entries.sort_by_key(|entry| Reverse(entry.summary.as_ref().ok().map(|it| it.created_at)));
        Ok(entries)
    }

    fn make(&self, plan: &Plan, host: String) -> Result<Job, JournalError> {
        files::make_private_folder(&self.folder).at(&self.folder)?;
        let now = SystemTime::now();
        let record = Record::of(plan, host, self.after_all(now)?, self.safeguards);
        loop {
            let id = JobId::random(now);
            let path = self.path(&id);
            if journal::create(&path, &record, plan)? {
                return Ok(Job::new(id, path, record, self.destination.clone()));
            }
        }
    }

    fn make_once(&self, plan: &Plan, host: String) -> Result<Job, RunError> {
        files::make_private_folder(&self.folder).at(&self.folder)?;
        // Until the job is there, nobody else makes one of the same plan.
        let _lock = Lock::of_folder(&self.folder)?;
        self.refuse_another(plan, &host)?;
        Ok(self.make(plan, host)?)
    }

    fn refuse_another(&self, plan: &Plan, host: &str) -> Result<(), RunError> {
        for id in self.ids()? {
            let carries_out = self.carries_out(&id, plan, host);
            if let Some(is_finished) = carries_out.map_err(|it| it.not_made(&self.path(&id)))? {
                return Err(RunError::CarriedOut { job: id, is_finished });
            }
        }
        Ok(())
    }

    /// Whether a job has carried out this plan to its end, if it is one of this plan at this host.
    fn carries_out(
        &self,
        id: &JobId,
        plan: &Plan,
        host: &str,
    ) -> Result<Option<bool>, JournalError> {
        let job = self.open(id)?;
        match job.plan_sha256() == plan.sha256() && job.host() == host {
            true => Ok(Some(job.report()?.summary()?.is_finished())),
            false => Ok(None),
        }
    }

    /// Now, or just after the newest job, if that was made later by a clock that was set back since: the newest is known by its
    /// time.
    fn after_all(&self, now: SystemTime) -> Result<SystemTime, JournalError> {
        let ids = self.ids()?;
        let made = ids.iter().filter_map(|id| Some(self.open(id).ok()?.created_at()));
        let next = made.max().map(|newest| newest + Duration::from_millis(1));
        Ok(next.map_or(now, |next| next.max(now)))
    }

    fn ids(&self) -> Result<Vec<JobId>, JournalError> {
        self.read_ids().map_err(|error| JournalError::Folder {
            path: self.folder.clone(),
            source: error.into(),
        })
    }

    fn read_ids(&self) -> io::Result<Vec<JobId>> {
        if !self.folder.try_exists()? {
            return Ok(Vec::new());
        }
        let mut ids = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_stem().and_then(|name| name.to_str());
            if path.extension().is_some_and(|it| it == EXTENSION)
                && let Some(Ok(id)) = name.map(str::parse)
            {
                ids.push(id);
            }
        }
        ids.sort();
        Ok(ids)
    }

    fn path(&self, id: &JobId) -> PathBuf {
        self.folder.join(format!("{id}.{EXTENSION}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_name_is_the_present_one() -> Result<(), crate::InvalidJobId> {
        // Nothing can be read in a folder of no name, though files can be made there.
        let id = "2026-11-23-jghjw".parse()?;
        assert_eq!(Jobs::in_folder("").path(&id), Path::new("./2026-11-23-jghjw.sqlite"));
        Ok(())
    }
}
