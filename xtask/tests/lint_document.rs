//! Each linter fails on a document that has what it looks for.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use xtask::{
    lint_document::{
        Linter::{self, OpenapiSpecValidator, Redocly, Spectral},
        Linters,
    },
    workspace::root,
};

#[test]
#[ignore = "installs the linters, and needs Python and Node.js"]
fn a_broken_document_fails() {
    let whole = fs::read_to_string(root().join("openapi/device-action-v3.0.yaml")).unwrap();
    let cases: [(Linter, &str, &str, &str); 8] = [
        (
            Redocly,
            "operation-summary",
            "summary: Apply one action to many devices",
            "deprecated: false",
        ),
        (
            Redocly,
            "no-unused-components",
            "  schemas:\n",
            "  schemas:\n    Unused: {type: object}\n",
        ),
        (Spectral, "operation-tag-defined", "tags: [Devices]", "tags: [Hosts]"),
        (Spectral, "owasp:api8:2023-no-server-http", "url: https://{host}", "url: http://{host}"),
        (
            Spectral,
            "owasp:api4:2023-array-limit",
            "        params:\n",
            "        more: {type: array, items: {type: boolean}}\n        params:\n",
        ),
        (
            Spectral,
            "owasp:api2:2023-no-api-keys-in-url",
            "  securitySchemes:\n",
            "  securitySchemes:\n    Other: {type: apiKey, in: query, name: other}\n",
        ),
        (
            OpenapiSpecValidator,
            "is not valid under any of the given schemas",
            "in: query\n",
            "in: body\n",
        ),
        (
            OpenapiSpecValidator,
            "'/components/schemas/Nowhere' does not exist",
            "schemas/DeviceActionType'",
            "schemas/Nowhere'",
        ),
    ];
    let linters = Linters::install().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let sound = folder.path().join("sound.yaml");
    fs::write(&sound, &whole).unwrap();
    for linter in Linter::ALL {
        assert_eq!(linters.findings(linter, std::slice::from_ref(&sound)).unwrap(), None);
    }
    for (linter, finding, part, broken) in cases {
        let broken = whole.replacen(part, broken, 1);
        assert_ne!(broken, whole, "{part}");
        let document = folder.path().join("broken.yaml");
        fs::write(&document, broken).unwrap();
        let documents = [sound.clone(), document];
        let said = linters.findings(linter, &documents).unwrap();
        let said = said.unwrap_or_else(|| panic!("{linter:?} lets {finding} pass"));
        assert!(said.contains(finding), "{linter:?} does not find {finding}: {said}");
    }
}
