//! What is made of the help: completions for shells, and the manual.

use insta::assert_snapshot;

use super::COMMANDS;
use crate::support::{self, Run};

#[test]
fn shells_are_told_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = Run::new().args(["completions", shell]).end();
        assert_eq!((script.status, script.stderr.as_str()), (0, ""));
        for command in COMMANDS.iter().flat_map(|path| path.iter()) {
            assert!(script.stdout.contains(command), "{shell}: {command}");
        }
    }
}

/// What bash offers in the place of the last word.
#[cfg(unix)]
fn completed_by_bash(script: &std::path::Path, words: &[&str]) -> String {
    const PRESS_TAB: &str = r#"
        source "$1" && shift
        complete=$(complete -p it-access) && complete=${complete#*-F } && complete=${complete%% *}
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        "$complete" it-access "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        echo "${COMPREPLY[@]}"
    "#;

    let mut bash = std::process::Command::new("bash");
    bash.args(["--norc", "-c", PRESS_TAB, "bash"]).arg(script).arg("it-access").args(words);
    let output = bash.output().expect("bash starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words:?}");
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

#[cfg(unix)]
#[test]
fn bash_completes_behind_every_command() {
    let script = support::file(&Run::new().args(["completions", "bash"]).end().stdout);
    let cases: [(&[&str], &str); 6] = [
        (&["pl"], "plan"),
        (&["report", "--on"], "--only"),
        (&["plan", "exempt", "--hwids-f"], "--hwids-from"),
        (&["renew-dhcp", "--mac"], "--mac --macs-from"),
        (&["config", "--format", "js"], "json"),
        (&["auth", "che"], "check"),
    ];
    for (words, expected) in cases {
        assert_eq!(completed_by_bash(script.path(), words), expected, "{words:?}");
    }
    for command in COMMANDS {
        let words = [*command, &["--hel"]].concat();
        assert_eq!(completed_by_bash(script.path(), &words), "--help", "{words:?}");
    }
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("man1");
    let ended = Run::new().args(["man", "--out"]).args([path.to_str().expect("UTF-8")]).end();
    assert_eq!((ended.status, ended.stdout.as_str(), ended.stderr.as_str()), (0, "", ""));
    let page = |name: &str| std::fs::read_to_string(path.join(name)).expect("a page");
    assert!(page("it-access.1").contains("Exit status:"));
    for command in COMMANDS {
        let page = page(&format!("it-access-{}.1", command.join("-")));
        assert!(page.contains(".SH SYNOPSIS") && page.contains("Example"), "{command:?}");
    }
    let first = Run::new().args(["man"]).end().stdout;
    assert!(first.contains(".TH it\\-access 1") || first.contains(".TH it-access 1"), "{first}");
}

#[test]
fn a_manual_that_cannot_be_written_is_told() {
    assert_snapshot!(Run::new().args(["man", "--out", "/dev/null/man1"]).output(), @"
    exit: 3
    --- stdout
    --- stderr
    error: cannot write the manual to /dev/null/man1: Not a directory (os error 20)
    ");
}
