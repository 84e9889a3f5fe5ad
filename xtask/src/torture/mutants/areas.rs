//! The code whose mistakes would do harm.

/// Code whose mistakes would do harm, and the tests that should see each: the fewest, because they run for every mutant.
pub(super) struct Area {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) files: &'static [&'static str],
    pub(super) packages: &'static [&'static str],
    /// Which tests are built.
    pub(super) tests: &'static [&'static str],
    /// Which of them take too long, and show no more.
    pub(super) skipped: &'static [&'static str],
}

pub(super) const AREAS: [Area; 6] = [
    Area {
        name: "pacing",
        what: "when a request may be sent",
        files: &["crates/it-access/src/pacing/**"],
        packages: &["it-access"],
        tests: &["--lib", "--test=pacing"],
        skipped: &["a_million_requests", "other_ways_of_pacing"],
    },
    Area {
        name: "redaction",
        what: "that no secret comes back",
        files: &[
            "crates/it-access-runtime/src/exposure.rs",
            "crates/it-access-runtime/src/secret.rs",
            "crates/it-access-runtime/src/send.rs",
            "crates/it-access-runtime/src/spelling.rs",
        ],
        packages: &["it-access-runtime", "integration-tests"],
        tests: &["--lib", "--test=api", "--test=faults", "--test=secrets"],
        skipped: &[],
    },
    Area {
        name: "retries",
        what: "what is sent again, and what a failed request means",
        files: &[
            "crates/it-access/src/error/**",
            "crates/it-access/src/request.rs",
            "crates/it-access/src/retry.rs",
        ],
        packages: &["it-access", "integration-tests"],
        tests: &["--lib", "--test=faults", "--test=call", "--test=tokens"],
        skipped: &[],
    },
    Area {
        name: "journal",
        what: "what is written down before and after a request",
        files: &["crates/it-access-jobs/src/journal/**"],
        packages: &["it-access-jobs"],
        tests: &["--lib", "--test=runs"],
        skipped: &[],
    },
    Area {
        name: "matching",
        what: "which result is which device's",
        files: &["crates/it-access/src/wire/**"],
        packages: &["it-access"],
        tests: &["--lib"],
        skipped: &[],
    },
    Area {
        name: "codegen",
        what: "which documents are refused",
        files: &["crates/it-access-codegen/src/check/**"],
        packages: &["it-access-codegen"],
        tests: &["--lib", "--test=broken", "--test=edges", "--test=generate"],
        skipped: &[],
    },
];
