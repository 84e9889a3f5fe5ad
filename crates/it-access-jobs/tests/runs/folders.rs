//! The jobs in a folder.

use std::{fs, path::Path, thread};

use insta::assert_snapshot;
use it_access::DeviceAction;
use it_access_jobs::{Job, JobId, Jobs, JournalError, RunError, RunOptions};
use rusqlite::Connection;

use crate::support::{Account, plan};

#[tokio::test]
async fn the_newest_job_comes_first_and_a_bad_one_last() {
    let account = Account::new(3, &[]).await;
    let jobs = account.jobs();
    assert!(jobs.list().unwrap().is_empty() && jobs.latest().unwrap().is_none());
    let mut made = Vec::new();
    for devices in 1..=3 {
        made.push(account.job(DeviceAction::Delete, devices, 2).id().clone());
    }
    fs::write(account.folder().join("notes.txt"), "mine").unwrap();
    fs::write(account.folder().join("notes.sqlite"), "mine").unwrap();
    let latest = jobs.latest().unwrap().unwrap();
    assert_eq!((latest.id(), latest.len()), (&made[2], 3));
    let _ = account.run(&latest, RunOptions::default()).await;

    let bad: JobId = "2026-11-23-broke".parse().unwrap();
    fs::write(account.folder().join(format!("{bad}.sqlite")), "broken").unwrap();
    let entries = jobs.list().unwrap();
    let ids: Vec<&JobId> = entries.iter().map(|entry| &entry.id).collect();
    assert_eq!(ids, [&made[2], &made[1], &made[0], &bad]);
    let finished: Vec<bool> =
        entries.iter().filter_map(|it| Some(it.summary.as_ref().ok()?.is_finished())).collect();
    assert_eq!(finished, [true, false, false]);
    assert!(matches!(entries[3].summary, Err(JournalError::Foreign { .. })));

    let missing = "2026-11-23-bcdfg".parse().unwrap();
    assert!(matches!(jobs.open(&missing), Err(JournalError::Missing { .. })));
}

#[tokio::test]
async fn a_journal_that_cannot_be_read_may_be_one_of_the_same_plan() {
    let account = Account::new(2, &[]).await;
    let plan = plan(DeviceAction::Delete, 2, 2);
    let bad = account.folder().join("2026-11-23-broke.sqlite");
    fs::create_dir_all(account.folder()).unwrap();
    fs::write(&bad, "broken").unwrap();
    let error = account.jobs().create_once(&plan, account.client.base_url()).unwrap_err();
    let message = error.to_string().replace(bad.to_str().unwrap(), "BAD");
    assert_snapshot!(message, @"no job was made, and nothing was sent: BAD may be a job of this plan, and cannot be read. Move it out of the folder if it is not, or have the plan carried out again whatever it is");
    assert!(account.jobs().create(&plan, account.client.base_url()).is_ok());
}

#[cfg(unix)]
#[tokio::test]
async fn a_journal_may_be_kept_elsewhere_behind_a_link() {
    let account = Account::new(4, &[]).await;
    let job = account.job(DeviceAction::Delete, 4, 2);
    let elsewhere = account.folder().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let moved = elsewhere.join("moved");
    fs::rename(job.path(), &moved).unwrap();
    std::os::unix::fs::symlink(&moved, job.path()).unwrap();
    let job = account.jobs().open(job.id()).unwrap();
    let run = account.run(&job, RunOptions::default()).await;
    assert!(run.end.is_finished(), "{}", run.end);
    assert_eq!(
        account.jobs().open(job.id()).unwrap().report().unwrap().summary().unwrap().counts.applied,
        4
    );
}

#[tokio::test]
async fn the_newest_job_is_the_newest_though_the_clock_was_set_back() {
    let account = Account::new(1, &[]).await;
    let first = account.job(DeviceAction::Delete, 1, 1);
    // As if it had been made in the year 2100.
    let journal = Connection::open(first.path()).unwrap();
    journal.execute("UPDATE job SET created_at = 4102444800000", ()).unwrap();
    let second = account.job(DeviceAction::Delete, 1, 1);
    assert_eq!(account.jobs().latest().unwrap().unwrap().id(), second.id());
    assert_eq!(account.jobs().list().unwrap()[0].id, *second.id());
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_look_into_a_job() {
    use std::os::unix::fs::PermissionsExt;

    let account = Account::new(1, &[]).await;
    let job = account.job(DeviceAction::Delete, 1, 1);
    let _ = account.run(&job, RunOptions::default()).await;
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(account.folder()), 0o700);
    for entry in fs::read_dir(account.folder()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(path.clone()), 0o600, "{}", path.display());
    }
}

#[test]
fn a_job_that_could_not_be_made_leaves_nothing_behind() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    let plan = plan(DeviceAction::Delete, 1, 1);
    assert!(Jobs::in_folder(&file).create(&plan, "https://gears.opswat.com").is_err());
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_job_that_could_not_be_made_is_none_to_resume() {
    let home = tempfile::tempdir().unwrap();
    let told = |path: &Path| {
        let (jobs, plan) = (Jobs::in_folder(path), plan(DeviceAction::Delete, 1, 1));
        let service = "https://gears.opswat.com";
        let created = jobs.create(&plan, service).unwrap_err();
        let created_once = jobs.create_once(&plan, service).unwrap_err();
        assert_eq!(created.to_string(), created_once.to_string());
        let listed = jobs.list().map(|_| "listed".to_owned());
        let listed = listed.unwrap_or_else(|error| error.to_string());
        format!("{created}\n{listed}").replace(path.to_str().unwrap(), "JOBS")
    };

    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    assert_snapshot!(told(&file), @"
    no job was made, and nothing was sent: JOBS cannot be used. See that jobs are kept in a folder, with space and the right to read and write there, then do the same again
    JOBS cannot be read as a folder of jobs; name the folder in which they are kept, and check the rights to it
    ");
    let unwritable = Path::new("/dev/fd");
    assert_snapshot!(told(unwritable), @"
    no job was made, and nothing was sent: JOBS cannot be used. See that jobs are kept in a folder, with space and the right to read and write there, then do the same again
    listed
    ");

    // The journal of another job may be of the same plan.
    let jobs = Jobs::in_folder(home.path());
    let other = home.path().join("2026-11-23-other.sqlite");
    fs::create_dir(&other).unwrap();
    let plan = plan(DeviceAction::Delete, 1, 1);
    let told = jobs.create_once(&plan, "https://gears.opswat.com").unwrap_err().to_string();
    assert_snapshot!(told.replace(other.to_str().unwrap(), "OTHER"), @"no job was made, and nothing was sent: OTHER cannot be used. See that jobs are kept in a folder, with space and the right to read and write there, then do the same again");
}

#[tokio::test]
async fn a_plan_is_carried_out_once_by_whoever_comes_first() {
    let account = Account::new(3, &[]).await;
    let (plan, jobs) = (plan(DeviceAction::RenewDhcp, 3, 5), account.jobs());
    let base_url = account.client.base_url();
    let made: Vec<Result<Job, RunError>> = thread::scope(|scope| {
        let all: Vec<_> =
            (0..8).map(|_| scope.spawn(|| jobs.create_once(&plan, base_url))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let refused = made.iter().filter(|made| match made {
        Ok(_) => false,
        Err(RunError::CarriedOut { is_finished: false, .. }) => true,
        Err(error) => panic!("{error}"),
    });
    assert_eq!(refused.count(), 7);
    // Elsewhere it is another job.
    jobs.create_once(&plan, "https://elsewhere.example").unwrap();
}

#[tokio::test]
async fn a_journal_that_cannot_be_read_may_be_the_one() {
    let account = Account::new(3, &[]).await;
    let job = account.job(DeviceAction::RenewDhcp, 3, 5);
    fs::write(job.path(), "no journal").unwrap();
    let plan = plan(DeviceAction::RenewDhcp, 3, 5);
    let refused = account.jobs().create_once(&plan, account.client.base_url()).unwrap_err();
    assert!(matches!(refused, RunError::Journal(_)), "{refused}");
}
