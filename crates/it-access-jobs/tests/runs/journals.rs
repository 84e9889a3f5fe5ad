//! Journals that are not what they should be, and what a journal has at every moment.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use it_access::DeviceAction;
use it_access_jobs::{Event, Events, Job, Jobs, JournalError, RunEnd, RunError, RunOptions};
use it_access_sim::ActionName;
use rusqlite::Connection;

use crate::support::{Account, plan, states};

fn change(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

fn overwrite_pages(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    bytes[4096..].fill(0xa5);
    fs::write(path, bytes).unwrap();
}

/// What is done to the journal of a job that has run, and what is then said of it.
type Case = (&'static str, fn(&Path), fn(&JournalError) -> bool);

#[tokio::test]
async fn a_journal_that_is_not_sound_is_told_apart_and_nothing_is_sent() {
    let cases: [Case; 10] = [
        (
            "no SQLite",
            |path| fs::write(path, "line,id\n1,device000001\n".repeat(99)).unwrap(),
            |error| matches!(error, JournalError::Foreign { .. }),
        ),
        (
            "empty",
            |path| fs::write(path, "").unwrap(),
            |error| matches!(error, JournalError::Foreign { .. }),
        ),
        (
            "of another program",
            |path| change(path, "PRAGMA application_id = 7"),
            |error| matches!(error, JournalError::Foreign { .. }),
        ),
        (
            "newer",
            |path| change(path, "PRAGMA user_version = 2"),
            |error| matches!(error, JournalError::Newer { version: 2, known: 1, .. }),
        ),
        (
            "of no version",
            |path| change(path, "PRAGMA user_version = 0"),
            |error| matches!(error, JournalError::Corrupt { .. }),
        ),
        ("pages overwritten", overwrite_pages, |error| {
            matches!(error, JournalError::Corrupt { .. })
        }),
        (
            "a device less",
            |path| change(path, "DELETE FROM devices WHERE number = 2"),
            |error| matches!(error, JournalError::Corrupt { .. }),
        ),
        (
            "a state that is none",
            |path| change(path, "UPDATE devices SET state = 9"),
            |error| matches!(error, JournalError::Corrupt { .. }),
        ),
        (
            "no job",
            |path| change(path, "DELETE FROM job"),
            |error| matches!(error, JournalError::Corrupt { .. }),
        ),
        (
            "gone",
            |path| fs::remove_file(path).unwrap(),
            |error| matches!(error, JournalError::Missing { .. }),
        ),
    ];
    for (name, damage, is_expected) in cases {
        let account = Account::new(4, &[]).await;
        let job = account.job(DeviceAction::Delete, 4, 2);
        damage(job.path());
        let run = match job.run(&account.client, RunOptions::default()).await {
            Err(RunError::Journal(error)) => error,
            other => panic!("{name}: {other:?}"),
        };
        assert!(is_expected(&run), "{name}: {run:?}");
        let message = run.to_string();
        assert!(message.contains(job.path().to_str().unwrap()), "{name}: {message}");
        let read = account.jobs().open(job.id()).and_then(|job| job.report()?.summary());
        assert!(read.is_err_and(|error| is_expected(&error)), "{name}");
        assert_eq!(account.service.simulator().requests_received(), 0, "{name}");
    }
}

#[tokio::test]
async fn a_journal_that_holds_a_device_twice_sends_nothing() {
    let account = Account::new(3, &[]).await;
    let job = account.job(DeviceAction::Delete, 3, 2);
    change(job.path(), "UPDATE devices SET id = 'device000001' WHERE number = 2");
    let run = account.run(&job, RunOptions::default()).await;
    assert!(matches!(run.end, RunEnd::Journal(JournalError::Corrupt { .. })), "{}", run.end);
    assert_eq!(account.service.simulator().requests_received(), 0);
}

#[tokio::test]
async fn one_process_runs_a_job_at_a_time() {
    let account = Account::new(4, &["latency:ms=50"]).await;
    let job = account.job(DeviceAction::Delete, 4, 2);
    let first = job.run(&account.client, RunOptions::default());
    let other = account.jobs().open(job.id()).unwrap();
    let second = other.run(&account.client, RunOptions::default());
    let (first, second) = tokio::join!(biased; first, second);
    assert!(matches!(second, Err(RunError::Journal(JournalError::Locked { .. }))));
    assert_eq!(first.unwrap().counts.applied, 4);
    // The lock ends with the run.
    assert!(other.run(&account.client, RunOptions::default()).await.unwrap().end.is_finished());
}

#[tokio::test]
async fn a_job_is_for_one_host() {
    let account = Account::new(2, &[]).await;
    let plan = plan(DeviceAction::Delete, 2, 2);
    let job = account.jobs().create(&plan, "https://GEARS.opswat.com").unwrap();
    let error = job.run(&account.client, RunOptions::default()).await.unwrap_err();
    let here = account.client.base_url().strip_prefix("http://").unwrap();
    let expected = format!(
        "the job is for gears.opswat.com, and this is {here}; run it there, or make a job of its own \
         for {here}"
    );
    assert_eq!(error.to_string(), expected);
    assert_eq!(account.service.simulator().requests_received(), 0);
    assert!(matches!(account.jobs().create(&plan, "/no/host"), Err(RunError::NoHost)));
}

#[tokio::test]
async fn a_job_for_a_service_that_has_a_name_is_run_wherever_that_is_and_by_nobody_else() {
    let account = Account::new(2, &[]).await;
    let plan = plan(DeviceAction::Delete, 2, 2);
    let named = account.jobs().for_service("a trial");
    let of_the_trial = named.create(&plan, "http://127.0.0.1:1").unwrap();
    assert_eq!(of_the_trial.host(), "a trial");
    let of_the_host = account.jobs().create(&plan, account.client.base_url()).unwrap();
    for (jobs, id) in [(account.jobs(), of_the_trial.id()), (named.clone(), of_the_host.id())] {
        let run = jobs.open(id).unwrap().run(&account.client, RunOptions::default()).await;
        assert!(matches!(run, Err(RunError::OtherHost { .. })), "{run:?}");
    }
    assert_eq!(account.service.simulator().requests_received(), 0);
    // A job of the same plan for the host is another job.
    assert!(matches!(
        named.create_once(&plan, "http://127.0.0.1:2"),
        Err(RunError::CarriedOut { job, .. }) if job == *of_the_trial.id()
    ));
    let run = named.open(of_the_trial.id()).unwrap();
    assert!(account.run(&run, RunOptions::default()).await.end.is_finished());
}

#[tokio::test]
async fn a_job_for_an_account_that_has_a_name_is_run_for_no_other() {
    let account = Account::new(2, &[]).await;
    let (plan, base_url) = (plan(DeviceAction::Delete, 2, 2), account.client.base_url());
    let (unnamed, head_office) = (account.jobs(), account.jobs().for_account("head office"));
    let branch = account.jobs().for_account("branch");
    let of_the_branch = branch.create_once(&plan, base_url).unwrap();
    let of_nobody = unnamed.create_once(&plan, base_url).unwrap();
    for (jobs, id) in [
        (&unnamed, of_the_branch.id()),
        (&head_office, of_the_branch.id()),
        (&head_office, of_nobody.id()),
        (&branch, of_nobody.id()),
    ] {
        let run = jobs.open(id).unwrap().run(&account.client, RunOptions::default()).await;
        assert!(matches!(run, Err(RunError::OtherHost { .. })), "{run:?}");
    }
    assert_eq!(account.service.simulator().requests_received(), 0);
    let here = base_url.strip_prefix("http://").unwrap();
    assert_eq!(of_the_branch.host(), format!("branch@{here}"));
    assert!(matches!(
        branch.create_once(&plan, base_url),
        Err(RunError::CarriedOut { job, .. }) if job == *of_the_branch.id()
    ));
    let run = branch.open(of_the_branch.id()).unwrap();
    assert!(account.run(&run, RunOptions::default()).await.end.is_finished());
}

/// Calls a function at each event.
struct At<F>(F);

impl<F: Fn(&Event) + Send + Sync> Events for At<F> {
    fn happened(&self, event: &Event) {
        (self.0)(event);
    }
}

impl<F> std::fmt::Debug for At<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("At")
    }
}

#[tokio::test]
async fn a_journal_that_is_gone_in_mid_run_stops_it_and_what_is_known_is_told() {
    let moves: [fn(&Path); 4] = [
        |path| fs::remove_file(path).unwrap(),
        |path| fs::rename(path, path.with_extension("moved")).unwrap(),
        |path| fs::remove_file(wal(path)).unwrap(),
        |path| {
            let copy = path.with_extension("copy");
            fs::copy(path, &copy).unwrap();
            fs::rename(&copy, path).unwrap();
        },
    ];
    for take_away in moves {
        let account = Account::new(8, &[]).await;
        let job = account.job(DeviceAction::Delete, 8, 2);
        let path = job.path().to_owned();
        let events = At(move |event: &Event| {
            if matches!(event, Event::Sent { request: 2, .. }) {
                take_away(&path);
            }
        });
        let run = account.run(&job, RunOptions::default().events(Arc::new(events))).await;
        assert!(matches!(run.end, RunEnd::Journal(JournalError::Gone { .. })), "{}", run.end);
        assert_eq!(account.service.simulator().requests_received(), 2);
        let known: Vec<String> =
            run.unrecorded.iter().map(|device| format!("{} {}", device.id, device.state)).collect();
        assert_eq!(known, ["device000003 applied", "device000004 applied"]);
        assert_eq!((run.counts.applied, run.counts.unprocessed), (4, 4));
        assert!(run.unrecorded_halt.is_none());
    }
}

#[tokio::test]
async fn a_safeguard_that_cannot_be_written_down_is_told() {
    let account = Account::new(2, &[]).await;
    let job = account.job(DeviceAction::Delete, 6, 2);
    let path = job.path().to_owned();
    let events = At(move |event: &Event| {
        // Its devices are none of the account's.
        if matches!(event, Event::Sent { request: 2, .. }) {
            fs::remove_file(&path).unwrap();
        }
    });
    let options = RunOptions::default().max_failures("1".parse().unwrap());
    let run = account.run(&job, options.events(Arc::new(events))).await;
    assert!(matches!(run.end, RunEnd::Journal(JournalError::Gone { .. })), "{}", run.end);
    let halt = run.unrecorded_halt.map(|halt| halt.to_string()).unwrap_or_default();
    assert!(halt.contains("2 devices, and 1 at most were allowed"), "{halt}");
}

fn wal(journal: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", journal.display()))
}

/// Copies a journal as a crash at this moment would leave it.
fn copy(from: &Path, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for file in [from.to_owned(), wal(from)] {
        fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
    }
}

#[tokio::test]
async fn what_a_crash_leaves_is_true_at_every_moment() {
    let account = Account::new(6, &["unknown-code:nth=2"]).await;
    let job = account.job(DeviceAction::Delete, 6, 2);
    let copies = account.folder().join("copies");
    let moments = Arc::new(Mutex::new(Vec::new()));
    let at_each = {
        let (path, copies, moments) = (job.path().to_owned(), copies.clone(), Arc::clone(&moments));
        At(move |event: &Event| {
            let mut moments = moments.lock().unwrap();
            copy(&path, &copies.join(moments.len().to_string()));
            moments.push(event.clone());
        })
    };
    let _ = account.run(&job, RunOptions::default().events(Arc::new(at_each))).await;

    // Nothing that was sent is forgotten by a journal without SQLite's log, which is taken over when it is opened.
    for (number, expected) in [(1, "uuwwww"), (3, "uuuuww"), (5, "uuuuuu")] {
        let folder = copies.join(number.to_string());
        let (whole, alone) = (folder.join(job.path().file_name().unwrap()), folder.join("alone"));
        fs::create_dir(&alone).unwrap();
        fs::copy(&whole, alone.join(job.path().file_name().unwrap())).unwrap();
        let without_log = Jobs::in_folder(alone).open(job.id()).unwrap();
        let states = states(&without_log).replace(['a', 'o'], "u");
        assert_eq!(states, expected, "at moment {number}");
    }

    let mut seen = Vec::new();
    for number in 0..moments.lock().unwrap().len() {
        let copied = Jobs::in_folder(copies.join(number.to_string()));
        seen.push(states(&copied.open(job.id()).unwrap()).replace('o', "a"));
    }
    let expected = ["wwwwww", "uuwwww", "aawwww", "aauuww", "aaaaww", "aaaauu", "aaaaaa", "aaaaaa"];
    assert_eq!(seen, expected);
    account.judge(&job, ActionName::Delete);

    // The one that was in the middle of the second request goes on with the third.
    let resumed = Jobs::in_folder(copies.join("3")).open(job.id()).unwrap();
    let run = account.run(&resumed, RunOptions::default()).await;
    assert_eq!((run.requests, states(&resumed)[2..4].to_owned()), (1, "uu".to_owned()));
    let reason = crate::support::rows(&resumed)[2].reason.clone().unwrap();
    assert!(reason.starts_with("no answer is written down"), "{reason}");
}

#[tokio::test]
async fn a_journal_that_was_replaced_by_another_is_not_run() {
    let account = Account::new(4, &[]).await;
    let (job, other) =
        (account.job(DeviceAction::Delete, 4, 2), account.job(DeviceAction::Delete, 3, 2));
    fs::copy(other.path(), job.path()).unwrap();
    let error = job.run(&account.client, RunOptions::default()).await.unwrap_err();
    assert!(matches!(error, RunError::Journal(JournalError::Corrupt { .. })), "{error:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    // Not even the superuser may write there.
    let jobs = Jobs::in_folder("/sys/it-access-jobs");
    let plan = plan(DeviceAction::Delete, 1, 1);
    let error = jobs.create(&plan, "https://gears.opswat.com").unwrap_err();
    assert!(matches!(error, RunError::Journal(JournalError::NotMade { .. })), "{error:?}");
    assert!(error.to_string().contains("/sys/it-access-jobs"), "{error}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_finished_job_can_be_read_where_nothing_can_be_written() {
    use std::os::unix::fs::PermissionsExt;

    let account = Account::new(2, &[]).await;
    let job: Job = account.job(DeviceAction::Delete, 2, 2);
    let _ = account.run(&job, RunOptions::default()).await;
    let mode =
        |mode| fs::set_permissions(account.folder(), fs::Permissions::from_mode(mode)).unwrap();
    mode(0o500);
    let (read, run) = (states(&job), job.run(&account.client, RunOptions::default()).await);
    let is_superuser = fs::write(account.folder().join("probe"), "").is_ok();
    mode(0o700);
    assert_eq!(read, "aa");
    // Nobody can take away the superuser's right to write.
    assert!(is_superuser || matches!(run, Err(RunError::Journal(JournalError::ReadOnly { .. }))));
}

/// As where nothing can be written, but for the superuser too.
#[cfg(unix)]
#[tokio::test]
async fn a_finished_job_can_be_read_where_nothing_can_be_put_beside_it() {
    let account = Account::new(2, &[]).await;
    let job = account.job(DeviceAction::Delete, 2, 2);
    let _ = account.run(&job, RunOptions::default()).await;
    // SQLite wants files of these names, and follows no link.
    for ending in ["wal", "shm"] {
        let file = format!("{}-{ending}", job.path().display());
        std::os::unix::fs::symlink("nowhere", file).unwrap();
    }
    assert_eq!(states(&job), "aa");
    // What is in a write-ahead log is not in the journal itself, which must not pass for all of it.
    fs::remove_file(wal(job.path())).unwrap();
    fs::write(wal(job.path()), "").unwrap();
    let error = job.report().unwrap_err();
    assert!(matches!(error, JournalError::Unusable { .. }), "{error:?}");
}

/// Other systems have no folder of this name.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_finished_job_can_be_read_there_by_a_path_that_is_no_text() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

    let account = Account::new(2, &[]).await;
    let job = account.job(DeviceAction::Delete, 2, 2);
    let _ = account.run(&job, RunOptions::default()).await;
    let folder = account.folder().join(OsStr::from_bytes(b"j\xf6bs %41?#"));
    fs::create_dir(&folder).unwrap();
    fs::copy(job.path(), folder.join(job.path().file_name().unwrap())).unwrap();
    let copied = Jobs::in_folder(folder).open(job.id()).unwrap();
    let mut beside = copied.path().as_os_str().to_owned();
    beside.push("-wal");
    std::os::unix::fs::symlink("nowhere", beside).unwrap();
    assert_eq!(states(&copied), "aa");
}
