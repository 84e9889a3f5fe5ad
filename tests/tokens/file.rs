//! Tokens in files.

use std::{fs, path::Path};

use integration_tests::canary::everything_of;
use it_access::{TokenFile, TokenProvider};
use tempfile::TempDir;

use crate::support::{assert_token, error_of};

/// Writes a file that only its owner can read, as `tempfile` does with folders.
fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::write(path, content).unwrap();
    #[cfg(unix)]
    set_mode(path, 0o600);
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;

    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

async fn assert_refused(path: &Path, expected: &str) {
    let error = error_of(&TokenFile::new(path)).await;
    let message = error.to_string();
    assert!(message.starts_with(&format!("the token file {} ", path.display())), "{message}");
    let everything = everything_of(&error);
    assert!(everything.contains(expected), "{everything}");
    assert!(!everything.contains("CANARY"), "{everything}");
    assert!(error.is_permanent(), "{message}");
}

#[tokio::test]
async fn a_file_is_read_anew_each_time() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("token");
    let tokens = TokenFile::new(&path);
    assert_refused(&path, "does not exist").await;

    for (content, token) in [
        ("first", "first"),
        ("second\n", "second"),
        ("third\r\n", "third"),
        ("\u{feff}fourth\r\n", "fourth"),
    ] {
        write(&path, content);
        tokens.refuse(&token.parse().unwrap());
        assert_token(&tokens, token).await;
    }

    write(&folder.path().join("next"), "fifth");
    fs::rename(folder.path().join("next"), &path).unwrap();
    assert_token(&tokens, "fifth").await;
}

#[tokio::test]
async fn what_holds_no_token_is_refused_and_not_repeated() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("token");
    let largest = "x".repeat(64 * 1024);
    let cases: [(&[u8], _); 8] = [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"CANARY\n\n", "holds a space"),
        (b"CANARY\nCANARY\n", "holds a space"),
        (b" CANARY", "holds a space"),
        (b"CANARY\xff", "holds a space"),
        (b"{\"access_token\":\"CANARY\"}", "only the value of access_token"),
        (&[&b"CANARY"[..], largest.as_bytes()].concat(), "larger than 64 KiB"),
    ];
    for (content, expected) in cases {
        write(&path, content);
        assert_refused(&path, expected).await;
    }
    write(&path, &largest);
    assert_token(&TokenFile::new(&path), &largest).await;
}

#[tokio::test]
async fn a_folder_is_no_file() {
    let folder = TempDir::new().unwrap();
    let expected = if cfg!(unix) { "is no regular file" } else { "may not be read" };
    assert_refused(folder.path(), expected).await;
}

#[cfg(unix)]
#[tokio::test]
async fn neither_a_pipe_nor_a_socket_nor_a_device_holds_anyone_up() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_refused(&pipe, "is no regular file").await;
    assert_refused(Path::new("/dev/zero"), "is no regular file").await;

    let socket = folder.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let error = error_of(&TokenFile::new(&socket)).await;
    assert!(error.to_string().ends_with("cannot be read"), "{error}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_open_to_others_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("token");
    let link = folder.path().join("link");
    write(&path, "CANARY");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    for mode in [0o604, 0o602, 0o601, 0o644, 0o666, 0o777] {
        set_mode(&path, mode);
        for path in [&path, &link] {
            assert_refused(path, &format!("chmod o-rwx {}", path.display())).await;
        }
    }
    for mode in [0o600, 0o400, 0o640, 0o660, 0o770] {
        set_mode(&path, mode);
        for path in [&path, &link] {
            assert_token(&TokenFile::new(path), "CANARY").await;
        }
    }
}
