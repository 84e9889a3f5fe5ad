//! A file that cannot be used: an error that says what and where and what to do, and no grant.

use std::{error::Error, fs, path::Path, time::Duration};

use it_access::{Quota, QuotaError};
use it_access_jobs::quota_stores::{AccountKey, SqliteQuota, StoreError};
use rusqlite::Connection;
use tokio::time::{sleep, timeout};

use crate::support::{answer, ask, rate_limit};

const WINDOW: Duration = Duration::from_secs(60);

fn open(file: &Path) -> Result<SqliteQuota, StoreError> {
    open_with_limit(file, 10)
}

fn open_with_limit(file: &Path, limit: u32) -> Result<SqliteQuota, StoreError> {
    let account = AccountKey::new("https://tenant.example", "a");
    SqliteQuota::open(file, &account, rate_limit(limit, WINDOW))
}

/// Asserts that a quota grants nothing for now, and returns why.
async fn grants_nothing(quota: &SqliteQuota) -> String {
    match quota.acquire(ask()).await {
        Err(QuotaError::Store(error)) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn says_what_is_wrong_with_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("a-folder")).unwrap();
    fs::write(at("text"), "no database, but longer than the header of one is, by far: ".repeat(9))
        .unwrap();
    let foreign = Connection::open(at("foreign")).unwrap();
    foreign.execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    drop(foreign);
    drop(open(&at("garbled")).unwrap());
    garble(&at("garbled"));

    let cases = [
        ("missing/quota", "cannot be opened for writing; check that its folder exists"),
        ("a-folder", "cannot be opened for writing"),
        ("text", "is damaged, or was made by something else; use another"),
        ("garbled", "is damaged"),
        ("foreign", "is in a file of another program, which is left as it is"),
    ];
    for (name, expected) in cases {
        let error = open(&at(name)).unwrap_err().to_string();
        assert!(error.contains(expected), "{name}: {error}");
        assert!(error.contains(at(name).to_str().unwrap()), "{name}: {error}");
    }
    let foreign = Connection::open(at("foreign")).unwrap();
    let tables = "SELECT count(*) FROM sqlite_schema";
    assert_eq!(foreign.query_row(tables, [], |row| row.get::<_, u32>(0)).unwrap(), 1);
}

/// Overwrites the tables, and leaves what tells which kind of file it is.
fn garble(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    bytes[100..].fill(0xa5);
    fs::write(file, bytes).unwrap();
}

#[cfg(unix)]
#[test]
fn says_that_a_folder_is_read_only() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quota.sqlite");
    drop(open(&file).unwrap());
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).unwrap();
    // Root may write all the same, but not here.
    let is_root = fs::write(folder.path().join("probe"), "").is_ok();
    let file = if is_root { Path::new("/proc/quota.sqlite") } else { &file };
    let error = open(file).unwrap_err();
    assert!(matches!(error, StoreError::NotWritable { .. }), "{error:?}");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
}

#[tokio::test]
async fn a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quota.sqlite");
    let quota = open(&file).unwrap();
    quota.acquire(ask()).await.unwrap().not_sent();
    let newer = r#"{"version":2,"book":{"pages":[]}}"#;
    let connection = Connection::open(&file).unwrap();
    connection.execute("UPDATE quotas SET book = ?1", [newer]).unwrap();

    let expected = format!(
        "the quota in {} was written by a newer version of this program, in form 2; use that version everywhere, or another store",
        file.display()
    );
    assert_eq!(open(&file).unwrap_err().to_string(), expected);
    assert_eq!(grants_nothing(&quota).await, expected);
    drop(quota);
    let book = "SELECT book FROM quotas";
    assert_eq!(connection.query_row(book, [], |row| row.get::<_, String>(0)).unwrap(), newer);
}

#[tokio::test]
async fn programs_with_another_limit_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quota.sqlite");
    let quota = open(&file).unwrap();
    quota.acquire(ask()).await.unwrap().not_sent();
    let expected = format!(
        "the quota in {} holds a quota of 10 requests in 60s for `a@tenant.example`, and not of 5 in 60s; give every program of the account the same limit",
        file.display()
    );
    assert_eq!(open_with_limit(&file, 5).unwrap_err().to_string(), expected);
}

#[tokio::test]
async fn waits_for_others_and_then_gives_up() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quota.sqlite");
    let quota = open(&file).unwrap();
    let other = Connection::open(&file).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(
        grants_nothing(&quota).await,
        format!(
            "the quota in {} is held by another program for longer than 5 s; see which program has it open, and try again",
            file.display()
        )
    );
    other.execute_batch("ROLLBACK").unwrap();
    quota.acquire(ask()).await.unwrap().not_sent();
}

/// What could not be written down at first is not forgotten: a refusal is news for everybody.
#[tokio::test]
async fn tells_of_an_answer_as_soon_as_that_is_possible() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quota.sqlite");
    let (quota, other) = (open(&file).unwrap(), open(&file).unwrap());
    let permit = quota.acquire(ask()).await.unwrap();
    let lock = Connection::open(&file).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    permit.answered(&answer(429));
    grants_nothing(&quota).await;
    lock.execute_batch("ROLLBACK").unwrap();
    let is_told = async {
        while other.estimate(1).await.unwrap() < WINDOW / 2 {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(10), is_told).await.expect("the refusal comes to be known");
}

#[tokio::test]
async fn the_error_keeps_its_cause() {
    let folder = tempfile::tempdir().unwrap();
    let error = open(&folder.path().join("missing/quota")).unwrap_err();
    assert!(error.source().unwrap().to_string().contains("unable to open database file"));
}

#[test]
fn the_file_keeps_a_log() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quota.sqlite");
    let _quota = open(&file).unwrap();
    let other = Connection::open(&file).unwrap();
    let mode: String = other.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}
