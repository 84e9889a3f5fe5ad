//! Every command, as verbose as it can be: where all goes well, where a service quotes the token in all that it says, and
//! where nobody answers. No spelling of the token is on a stream or in a file.

use std::{fs, path::Path, sync::Arc};

use integration_tests::{
    RawServer,
    canary::{self, SECRET},
};
use it_access_sim::{Device, Fleet, Service};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::support::{Run, http};

/// Each action, with what it needs.
const ACTIONS: [&[&str]; 8] = [
    &["exempt", "--hours", "60"],
    &["unexempt"],
    &["ignore"],
    &["unignore"],
    &["renew-dhcp"],
    &["re-identify"],
    &["assign-to-group", "--group", "finance"],
    &["delete"],
];

/// Each other command. What comes first makes what the next ones need.
const OTHERS: [(&[&str], &[&str]); 11] = [
    (&["apply"], &["unexempt.plan", "--yes", "--events", "events.ndjson"]),
    (&["resume"], &["--yes"]),
    (&["jobs"], &[]),
    (&["report"], &["--out", "report.csv", "--format", "csv"]),
    (&["config"], &[]),
    (&["auth", "check"], &[]),
    (&["auth", "store"], &[]),
    (&["auth", "forget"], &[]),
    (&["simulate"], &["--list-faults"]),
    (&["completions"], &["bash"]),
    (&["man"], &["--out", "man"]),
];

/// A command, by its name, and all that it is run with.
struct Case {
    name: String,
    arguments: Vec<String>,
}

impl Case {
    fn new(name: &[&str], arguments: &[&[&str]]) -> Self {
        let arguments = arguments.concat().into_iter().map(str::to_owned).collect();
        Self { name: name.join("-"), arguments }
    }
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for action in ACTIONS {
        let name = action[0];
        let sure: &[&str] = if name == "delete" { &["--yes"] } else { &[] };
        cases.push(Case::new(&[name], &[action, &["--hwid", "device1"], sure]));
        let files = ["--hwids-from", "list.txt", "--out", &format!("{name}.plan")];
        cases.push(Case::new(&["plan", name], &[&["plan"], action, &files]));
    }
    for (command, arguments) in OTHERS {
        cases.push(Case::new(command, &[command, arguments]));
    }
    cases
}

#[test]
fn no_command_is_left_out() {
    let home = Arc::new(TempDir::new().expect("a temporary folder"));
    let ended = Run::at_home(&home).args(["man", "--out", "."]).end();
    assert_eq!(ended.status, 0, "{ended}");
    // The manual has a page of every command, because clap writes it.
    let pages = fs::read_dir(home.path()).expect("a folder").filter_map(|entry| {
        let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
        Some(name.strip_suffix(".1")?.strip_prefix("it-access-")?.to_owned())
    });
    let pages: Vec<String> = pages.collect();
    // `plan` alone does nothing.
    let does_something =
        |page: &&String| !pages.iter().any(|it| it.starts_with(&format!("{page}-")));
    let mut expected: Vec<&String> = pages.iter().filter(does_something).collect();
    let cases = cases();
    let mut tried: Vec<&String> = cases.iter().map(|case| &case.name).collect();
    expected.sort();
    tried.sort();
    assert_eq!(tried, expected);
}

#[test]
fn the_token_is_nowhere_whatever_the_command_does() {
    let mut searched = Searched::default();

    let service = Healthy::start();
    searched.all_commands("all goes well", &service.base_url, token);
    assert!(service.requests_received() >= 9, "the canary was hardly ever sent");

    let quoting = canary::spellings().join(", no ");
    let header = format!("x-echo: {SECRET}\n");
    for status in ["401 Unauthorized", "502 Bad Gateway", "200 OK"] {
        let server = RawServer::answering(http(status, &header, &format!("<p>no {quoting}</p>")));
        searched.all_commands(status, server.base_url(), token);
        let was_sent = |it: String| it.contains(canary::ENCODED);
        assert!(server.requests().iter().any(|request| was_sent(request.to_string())));
        searched.all_commands(&format!("{status} to a client"), server.base_url(), client_secret);
    }
    searched.all_commands("nobody answers", "http://127.0.0.1:1", token);

    let Searched { runs, files, bytes } = searched;
    println!("figures: {runs} runs of {} commands, {files} files, {bytes} bytes", cases().len());
}

fn token(run: Run) -> Run {
    run.token(SECRET)
}

fn client_secret(run: Run) -> Run {
    run.env("IT_ACCESS_CLIENT_ID", "client").env("IT_ACCESS_CLIENT_SECRET", SECRET)
}

/// What was searched for the token.
#[derive(Default)]
struct Searched {
    runs: u64,
    files: u64,
    bytes: u64,
}

impl Searched {
    /// Runs every command twice in one home: the second time, what it would write is there.
    fn all_commands(&mut self, place: &str, base_url: &str, credentials: fn(Run) -> Run) {
        let home = Arc::new(TempDir::new().expect("a temporary folder"));
        fs::write(home.path().join("list.txt"), "device1\ndevice2\n").expect("a written file");
        let turns = [true, false]
            .into_iter()
            .flat_map(|is_first| cases().into_iter().map(move |case| (is_first, case)));
        for (is_first, Case { name, arguments }) in turns {
            let run = credentials(Run::at_home(&home)).stdin(SECRET);
            // A quota of its own for each, but for the jobs: else it would take hours.
            let store = if name == "apply" { "sqlite" } else { "memory" };
            let run = run.env("IT_ACCESS_QUOTA_STORE", store);
            let run = run.env("IT_ACCESS_BASE_URL", base_url);
            let ended = run.args(["-vv"]).args(arguments).end();
            // A command that was called wrongly does nothing, and would show nothing. Without a keyring, two do nothing else.
            let may_be_refused = !is_first || matches!(&*name, "auth-store" | "auth-forget");
            assert!(ended.status != 2 || may_be_refused, "{name}, {place}: {ended}");
            let place = format!("{name}, {place}");
            self.search(&ended.stdout, &format!("{place}: standard output"));
            self.search(&ended.stderr, &format!("{place}: standard error"));
            self.runs += 1;
        }
        self.search_below(home.path(), place);
    }

    fn search_below(&mut self, folder: &Path, place: &str) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                self.search_below(&path, place);
            } else {
                let content = fs::read(&path).expect("a file");
                let place = format!("{place}: {}", path.display());
                self.search(&String::from_utf8_lossy(&content), &place);
                self.files += 1;
            }
        }
    }

    fn search(&mut self, text: &str, place: &str) {
        for spelling in canary::spellings() {
            assert!(!text.contains(&spelling), "{spelling} in {place}: {text}");
        }
        assert!(!text.contains("CANARY"), "a part of it in {place}: {text}");
        self.bytes += text.len() as u64;
    }
}

/// A simulated service whose token is the canary.
struct Healthy {
    service: it_access_sim::RunningService,
    base_url: String,
    _runtime: Runtime,
}

impl Healthy {
    fn start() -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let fleet = Fleet::new(["device1", "device2"].map(Device::new)).expect("two devices");
        let listening = Service::new(fleet, SECRET).listen(([127, 0, 0, 1], 0).into());
        let service = runtime.block_on(listening).expect("a free port");
        Self { base_url: service.base_url(), service, _runtime: runtime }
    }

    fn requests_received(&self) -> u64 {
        self.service.simulator().requests_received()
    }
}
