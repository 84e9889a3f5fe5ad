//! Every format, as people and programs write it.

use std::{collections::HashSet, fs};

use it_access_jobs::{
    Column,
    IdKind::{self, Hwids, MacAddresses},
    List,
    ListFormat::{self, Csv, Json, Ndjson, Text},
};
use proptest::prelude::*;

use crate::support::{list, plan, targets};

type Case = (&'static str, ListFormat, IdKind, &'static str, &'static [&'static str]);

#[test]
fn every_format_is_read_with_its_lines() {
    let cases: &[Case] = &[
        ("one a line", Text, Hwids, "a\nb\n", &["1 a", "2 b"]),
        ("no end", Text, Hwids, "a\nb", &["1 a", "2 b"]),
        ("CRLF", Text, Hwids, "a\r\nb\r\n", &["1 a", "2 b"]),
        ("BOM", Text, Hwids, "\u{feff}a\nb\n", &["1 a", "2 b"]),
        ("comments and blanks", Text, Hwids, "# all\n\na\n  \n#b\nc\n", &["3 a", "6 c"]),
        ("case is kept", Text, Hwids, "aB\nAb\n", &["1 aB", "2 Ab"]),
        (
            "any spelling",
            Text,
            MacAddresses,
            "00-0C-29-CD-C7-B2\n000c.29cd.c7b3",
            &["1 00:0c:29:cd:c7:b2", "2 00:0c:29:cd:c7:b3"],
        ),
        ("a header", Csv, Hwids, "name,hwid\nx,a\ny,b\n", &["2 a", "3 b"]),
        ("a header in another spelling", Csv, Hwids, "Hardware ID;Name\na;x\n", &["2 a"]),
        ("hwid before id", Csv, Hwids, "id,HWID\n1,a\n2,b\n", &["2 a", "3 b"]),
        ("semicolons", Csv, Hwids, "name;hwid\nx,1;a\n", &["2 a"]),
        ("tabs", Csv, Hwids, "name\thwid\nx, y\ta\n", &["2 a"]),
        ("BOM and CRLF", Csv, Hwids, "\u{feff}hwid,name\r\na,x\r\nb,y\r\n", &["2 a", "3 b"]),
        ("quotes", Csv, Hwids, "\"name\",\"hwid\"\n\"x, \"\"y\"\"\",\"a\"\n", &["2 a"]),
        ("a line in a cell", Csv, Hwids, "note,hwid\n\"one\ntwo\",a\nx,b\n", &["2 a", "4 b"]),
        ("blank lines", Csv, Hwids, "\nhwid,name\n\na,x\n\n\nb,y\n", &["4 a", "7 b"]),
        ("one column", Csv, Hwids, "hwid\na\nb\n", &["2 a", "3 b"]),
        (
            "addresses need no header",
            Csv,
            MacAddresses,
            "00:0c:29:cd:c7:b2\n000c29cdc7b3\n",
            &["1 00:0c:29:cd:c7:b2", "2 00:0c:29:cd:c7:b3"],
        ),
        ("texts", Json, Hwids, r#"["a","b"]"#, &["1 a", "1 b"]),
        ("texts on lines", Json, Hwids, "[\n  \"a\",\n  \"b\"\n]\n", &["2 a", "3 b"]),
        (
            "objects",
            Json,
            Hwids,
            "[\n{\"name\": \"x\", \"hwid\": \"a\"},\n{\"hwid\": \"b\"}]",
            &["2 a", "3 b"],
        ),
        ("hwid before id in objects", Json, Hwids, r#"[{"id":"1","hwid":"a"}]"#, &["1 a"]),
        ("escapes", Json, Hwids, r#"["\u0061\u00e9"]"#, &["1 aé"]),
        (
            "a report",
            Json,
            Hwids,
            "{\"counts\":{\"total\":1},\n\"devices\":[{\"id\":\"a\",\"state\":\"failed\"}],\"x\":[]}",
            &["2 a"],
        ),
        ("BOM in JSON", Json, Hwids, "\u{feff}[\"a\"]", &["1 a"]),
        ("a value a line", Ndjson, Hwids, "\"a\"\n\n{\"hwid\":\"b\"}\r\n", &["1 a", "3 b"]),
    ];
    for (name, format, kind, text, expected) in cases {
        let plan =
            plan(*kind, list(*format, text)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(targets(&plan), *expected, "{name}");
    }
}

#[test]
fn a_column_is_found_by_name_or_number() {
    let table = "Name,Serial Number,id\nx,a,1\ny,b,2\n";
    let objects = r#"[{"Serial Number":"a","id":"1"},{"Serial Number":"b","id":"2"}]"#;
    for (format, text, column) in [
        (Csv, table, "Serial Number"),
        (Csv, table, "serial number"),
        (Csv, table, "2"),
        (Json, objects, "Serial Number"),
    ] {
        let mut list = list(format, text).column(column.parse().unwrap());
        if format == Csv {
            list = list.header(true);
        }
        let plan = plan(Hwids, list).unwrap_or_else(|error| panic!("{column}: {error}"));
        let ids: Vec<&str> = plan.targets().map(|target| target.id).collect();
        assert_eq!(ids, ["a", "b"], "{column}");
    }
}

#[test]
fn a_device_is_not_taken_for_a_header_because_of_what_stands_beside_it() {
    let column = Column::Number(1.try_into().unwrap());
    let addresses = "00:0c:29:cd:c7:b2,Mac,Ada\n00:0c:29:cd:c7:b3,Windows,Bob\n";
    let plan = plan(MacAddresses, list(Csv, addresses).column(column)).unwrap();
    assert_eq!(targets(&plan), ["1 00:0c:29:cd:c7:b2", "2 00:0c:29:cd:c7:b3"]);
}

#[test]
fn a_quote_in_the_middle_of_a_cell_is_one() {
    let table = "hwid,note\na,3.5\" disk\nb,\"two\nlines, and a \"\"word\"\"\"\nc,\n";
    assert_eq!(targets(&plan(Hwids, list(Csv, table)).unwrap()), ["2 a", "3 b", "5 c"]);
}

#[test]
fn what_is_said_of_a_table_holds() {
    let two = || Column::Number(2.try_into().unwrap());
    let no_header = list(Csv, "x|a\ny|b\n").delimiter(b'|').column(two()).header(false);
    assert_eq!(targets(&plan(Hwids, no_header).unwrap()), ["1 a", "2 b"]);
    let header = list(Csv, "x,a\ny,b\n").column(two()).header(true);
    assert_eq!(targets(&plan(Hwids, header).unwrap()), ["2 b"]);
    let text = list(Text, "x\ny\n").header(false);
    assert_eq!(targets(&plan(Hwids, text).unwrap()), ["1 x", "2 y"]);
    let digits = list(Csv, "1,2\na,b\n").column(Column::named("2"));
    assert_eq!(targets(&plan(Hwids, digits).unwrap()), ["2 b"]);
}

#[test]
fn the_extension_of_a_file_says_its_format() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a.csv", "hwid\na\n"),
        ("a.TSV", "name\thwid\nx\ta\n"),
        ("a.txt", "a\n"),
        ("a", "a\n"),
        ("a.json", "[\"a\"]"),
        ("a.ndjson", "\"a\"\n"),
        ("a.jsonl", "\"a\"\n"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let plan = plan(Hwids, List::file(&path)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(plan.targets().map(|it| it.id).collect::<Vec<_>>(), ["a"], "{name}");
        assert_eq!(plan.list(), path.to_str().unwrap());
    }
}

/// Ids that a list of text can hold. Each has a digit, and is no header then.
fn ids() -> impl Strategy<Value = HashSet<String>> {
    prop::collection::hash_set("[!-~&&[^#,;\"\\[{]][0-9]( ?[!-~&&[^,;]]){1,20}", 1..30)
}

proptest! {
    #[test]
    fn a_list_says_the_same_in_every_format(ids in ids()) {
        let ids: Vec<String> = ids.into_iter().collect();
        let quoted = |id: &String| format!("x,\"{}\"\n", id.replace('"', "\"\""));
        let json = |id: &String| serde_json::to_string(id).unwrap();
        let texts = [
            (Text, ids.join("\n")),
            (Csv, format!("name,hwid\n{}", ids.iter().map(quoted).collect::<String>())),
            (Json, serde_json::to_string(&ids).unwrap()),
            (Ndjson, ids.iter().map(json).collect::<Vec<_>>().join("\n")),
        ];
        for (format, text) in texts {
            let plan = plan(Hwids, list(format, &text)).unwrap();
            let read: Vec<&str> = plan.targets().map(|target| target.id).collect();
            prop_assert_eq!(read, ids.iter().collect::<Vec<_>>(), "{}", format);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in [Text, Csv, Json, Ndjson] {
            for kind in [Hwids, MacAddresses] {
                let _ = plan(kind, list(format, &bytes));
            }
        }
    }
}
