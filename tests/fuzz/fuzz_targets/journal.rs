//! Any bytes as the journal of a job: it is refused, or what it says can be reported in every form.

#![no_main]

use std::{fs, io, sync::LazyLock};

use it_access_jobs::{JobId, Jobs, ReportFormat};
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

const NAME: &str = "2026-11-23-kwmfz";

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().expect("a temporary folder"));

fuzz_target!(|journal: &[u8]| {
    let folder = FOLDER.path();
    // SQLite keeps what is not yet in the file beside it.
    for ending in ["sqlite-wal", "sqlite-shm"] {
        let _ = fs::remove_file(folder.join(format!("{NAME}.{ending}")));
    }
    fs::write(folder.join(format!("{NAME}.sqlite")), journal).expect("a written file");
    let jobs = Jobs::in_folder(folder);
    let _ = jobs.latest().map_err(|error| error.to_string());
    let id: JobId = NAME.parse().expect("the name of a job");
    let Ok(report) = jobs.open(&id).and_then(|job| job.report()) else { return };
    // What cannot be read is an error, and not a panic.
    let _ = report.summary().map(|summary| serde_json::to_string(&summary));
    let _ = report.unasked();
    for format in [ReportFormat::Csv, ReportFormat::Json, ReportFormat::Ndjson] {
        let _ = report.write(format, &[], &mut io::sink());
    }
});
