//! What is wrong with a list, as people read it.

use std::fmt::Write;

use insta::assert_snapshot;
use it_access_jobs::{
    Column,
    IdKind::{Hwids, MacAddresses},
    List,
    ListFormat::{Csv, Json, Ndjson, Text},
    PlanError,
};

use crate::support::{list, plan};

fn message(kind: it_access_jobs::IdKind, list: List) -> String {
    plan(kind, list).unwrap_err().to_string()
}

#[test]
fn every_bad_line_is_told_with_its_number() {
    assert_snapshot!(message(Hwids, list(Text, "a\n b\nc,d\n{\"hwid\":\"a\"}\ne\t\n\"f\"\n")), @r#"
    list has 5 bad lines, so that nothing of it is used:
      line 2: the HWID " b" has spaces around it; give it as the account shows it
      line 3: "c,d" has several columns; say csv
      line 4: "{\"hwid\":\"a\"}" is JSON; say json or ndjson
      line 5: "e\t" has several columns; say csv
      line 6: "\"f\"" is JSON; say json or ndjson
    "#);
    assert_snapshot!(message(Hwids, list(Csv, "hwid,name\na,x\n,y\nb\nc,x,y\n d,x\n")), @r#"
    list has 4 bad lines, so that nothing of it is used:
      line 3: the HWID "" is empty; give it as the account shows it
      line 4: has 1 cell, where the first line has 2
      line 5: has 3 cells, where the first line has 2
      line 6: the HWID " d" has spaces around it; give it as the account shows it
    "#);
    assert_snapshot!(message(MacAddresses, list(Csv, "mac\n00:0c:29:cd:c7:b2\n00:0c:29:cd:c7\n")), @r#"
    list has one bad line, so that nothing of it is used:
      line 3: "00:0c:29:cd:c7" is not a MAC address; write its twelve hexadecimal digits like 00:0c:29:cd:c7:b2, 00-0c-29-cd-c7-b2, 000c.29cd.c7b2 or 000c29cdc7b2
    "#);
    assert_snapshot!(message(Hwids, list(Json, "[\"a\",\n1\n,null,\n{\"hwid\":true},\n{\"name\":\"x\"},{\"hwid\":\"a\",\"hwid\":\"b\"},\n[\"a\"],\"\"]")), @r#"
    list has 7 bad lines, so that nothing of it is used:
      line 2: is a number, not a text in quotes
      line 3: is null, not a text in quotes
      line 4: "hwid" is true or false, not a text in quotes
      line 5: has no "hwid"; say which key names the device
      line 5: has "hwid" twice
      line 6: is an array, not a text in quotes
      line 6: the HWID "" is empty; give it as the account shows it
    "#);
    assert_snapshot!(message(Hwids, list(Ndjson, "\"a\"\n\"b\n\"a\" \"b\"\n{\"hwid\":[]}\n")), @r#"
    list has 3 bad lines, so that nothing of it is used:
      line 2: is not one JSON value (column 2)
      line 3: is not one JSON value (column 5)
      line 4: "hwid" is an array, not a text in quotes
    "#);
}

#[test]
fn what_nobody_sees_is_shown() {
    assert_snapshot!(message(Hwids, list(Text, "a\n\u{feff}b\nc\u{200b}\nd\u{2028}d\ne\u{fe0f}\n\u{e0041}f")), @r#"
    list has 5 bad lines, so that nothing of it is used:
      line 2: the HWID "\u{feff}b" holds an invisible character; give it as the account shows it
      line 3: the HWID "c\u{200b}" holds an invisible character; give it as the account shows it
      line 4: the HWID "d\u{2028}d" holds an invisible character; give it as the account shows it
      line 5: the HWID "e\u{fe0f}" holds an invisible character; give it as the account shows it
      line 6: the HWID "\u{e0041}f" holds an invisible character; give it as the account shows it
    "#);
}

#[test]
fn many_bad_lines_are_counted_and_the_first_are_shown() {
    let lines: String = (0..1000).fold(String::new(), |mut text, _| {
        writeln!(text, " x").unwrap();
        text
    });
    let error = match plan(Hwids, list(Text, lines)).unwrap_err() {
        PlanError::List(error) => error,
        error => panic!("{error}"),
    };
    assert_eq!((error.bad_lines().len(), error.bad_line_count()), (20, 1000));
    assert_eq!(error.bad_lines()[19].line, 20);
    assert!(error.to_string().ends_with("and 980 more"), "{error}");
}

#[test]
fn text_that_is_none_is_a_bad_line() {
    let long = format!("a\n{}\nb", "x".repeat(70_000));
    assert_snapshot!(message(Hwids, list(Text, long)), @"
    list has one bad line, so that nothing of it is used:
      line 2: is longer than 65536 bytes
    ");
    assert_snapshot!(message(Hwids, list(Text, b"a\n\xff\nb\0c\n")), @r#"
    list has 2 bad lines, so that nothing of it is used:
      line 2: is not in UTF-8
      line 3: the HWID "b\0c" holds a control character; give it as the account shows it
    "#);
    assert_snapshot!(message(Hwids, list(Csv, b"hwid,name\n\xff,x\n")), @"
    list has one bad line, so that nothing of it is used:
      line 2: is not in UTF-8
    ");
    assert_snapshot!(message(Hwids, list(Text, b"\xff\xfea\0\n\0")), @"list is in UTF-16; save it as UTF-8");
}

#[test]
fn a_table_that_leaves_a_doubt_is_not_used() {
    let two = Column::Number(2.try_into().unwrap());
    let nine = Column::Number(9.try_into().unwrap());
    assert_snapshot!(message(Hwids, list(Csv, "name,serial\nx,a\n")), @r#"list does not show which column names the device; say its name or number; its first line has 1 "name", 2 "serial""#);
    assert_snapshot!(message(Hwids, list(Csv, "device123\ndevice456\n")), @r#"list does not show whether its first line is a header ("device123"); say header or no header"#);
    assert_snapshot!(message(Hwids, list(Csv, "x,a\ny,b\n").column(two)), @r#"list does not show whether its first line is a header ("a"); say header or no header"#);
    assert_snapshot!(message(Hwids, list(Csv, "x,a\n").column(nine)), @r#"list has no column 9; its first line has 1 "x", 2 "a""#);
    assert_snapshot!(message(Hwids, list(Csv, "hwid,name\na,x\n").column(Column::named("mac"))), @r#"list has no column "mac"; its first line has 1 "hwid", 2 "name""#);
    assert_snapshot!(message(Hwids, list(Csv, "a,A\nx,y\n").column(Column::named("A")).header(false)), @r#"list has no header, so that no column can be called "A"; say its number"#);
    assert_snapshot!(message(Hwids, list(Csv, "A,A\nx,y\n").column(Column::named("a"))), @r#"list has several columns "a"; say the number of the right one; its first line has 1 "A", 2 "A""#);
    assert_snapshot!(message(MacAddresses, list(Csv, "00:0c:29:cd:c7:bg\n00:0c:29:cd:c7:b2\n")), @r#"list does not show whether its first line is a header ("00:0c:29:cd:c7:bg"); say header or no header"#);
    assert_snapshot!(message(Hwids, list(Csv, "hwid,name,HWID\na,x,b\n")), @r#"list has several columns "hwid"; say the number of the right one; its first line has 1 "hwid", 2 "name", 3 "HWID""#);
    // "ID" may be a state, and the first device be lost.
    assert_snapshot!(message(Hwids, list(Csv, "ID,device1\nTX,device2\n").column(Column::Number(2.try_into().unwrap()))), @r#"list does not show whether its first line is a header ("device1"); say header or no header"#);
    assert_snapshot!(message(Hwids, list(Text, "HWID\na\n")), @r#"
    list has one bad line, so that nothing of it is used:
      line 1: "HWID" looks like a header; remove it, or say csv
    "#);
    // What is shown to people is no list.
    assert_snapshot!(message(Hwids, list(Text, "LINE  DEVICE   RESULT\n3     device3  failed\n")), @r#"
    list has 2 bad lines, so that nothing of it is used:
      line 1: "LINE  DEVICE   RESULT" has spaces like a table for people; save that as csv
      line 2: "3     device3  failed" has spaces like a table for people; save that as csv
    "#);
    // The header is of one column, and says nothing of the rows.
    assert_snapshot!(message(Hwids, list(Csv, "hwid\na;main\nb\tx\nc\n")), @r#"
    list has 2 bad lines, so that nothing of it is used:
      line 2: "a;main" may be several cells; say the delimiter
      line 3: "b\tx" may be several cells; say the delimiter
    "#);
    assert_eq!(plan(Hwids, list(Csv, "hwid\na;main\n").delimiter(b',')).unwrap().len(), 1);
    // Two quotes, of which one swallows the lines behind it.
    assert_snapshot!(message(Hwids, list(Csv, "hwid,note\na,3.5\" disk\nb,\"main\nc,x\n")), @r#"list, line 3: a quote (") is never closed"#);
    assert_snapshot!(message(Hwids, list(Csv, "hwid,note\na,\"main\nb,\"backup\nc,x\n")), @r#"list, line 2: a quote (") is closed before its cell ends; write it twice inside"#);
    assert_snapshot!(message(Hwids, list(Csv, "hwid,name\na,\"x\nb,y\nc,z\n")), @r#"list, line 2: a quote (") is never closed"#);
}

#[test]
fn a_file_that_is_something_else_is_not_used() {
    let one = Column::Number(1.try_into().unwrap());
    assert_snapshot!(message(Hwids, List::file("missing.csv")), @"missing.csv cannot be read; check its name, and the rights to it");
    assert_snapshot!(message(Hwids, List::file("devices.xlsx")), @"the name of devices.xlsx does not say what is in it; say csv, text, json or ndjson");
    assert_snapshot!(message(Hwids, list(Text, "# nothing\n")), @"list names no device");
    assert_snapshot!(message(Hwids, list(Csv, "")), @"list names no device");
    assert_snapshot!(message(Hwids, list(Csv, "hwid\n")), @"list names no device");
    assert_snapshot!(message(Hwids, list(Json, "")), @"list, line 1: not a JSON list (EOF while parsing a value at line 1 column 0)");
    assert_snapshot!(message(Hwids, list(Json, "[]")), @"list names no device");
    assert_snapshot!(message(Hwids, list(Json, "[\"a\",\n\"b\"")), @"list, line 2: not a JSON list (EOF while parsing a list at line 2 column 3)");
    assert_snapshot!(message(Hwids, list(Json, "[\"a\"]\n[\"b\"]")), @"list, line 2: not a JSON list (trailing characters at line 2 column 1)");
    assert_snapshot!(message(Hwids, list(Json, "{\"hwids\":[\"a\"]}")), @"list, line 1: not a JSON list (missing field `devices` at line 1 column 15)");
    assert_snapshot!(message(Hwids, list(Json, "[\"a\"]").column(one.clone())), @"list has no column 1, because it is read as JSON; say csv if it is a table");
    assert_snapshot!(message(Hwids, list(Text, "a").column(one)), @"list has no column 1, because it is read as text; say csv if it is a table");
    assert_snapshot!(message(Hwids, list(Text, "a").header(true)), @"list has no header, because it is read as text; say csv if it is a table");
    assert_snapshot!(message(Hwids, list(Csv, "a\nb\nc\n").header(false).delimiter(b'\n')), @r"list cannot have '\n' between its columns, which has another meaning there; say another delimiter");
    assert_snapshot!(message(Hwids, list(Json, format!("[\"{}\"]", "a".repeat(2_000_000)))), @"
    list has one bad line, so that nothing of it is used:
      line 1: is longer than 1048576 bytes
    ");
    assert_snapshot!(message(Hwids, list(Ndjson, "\"a\"").header(true)), @"list has no header, because it is read as JSON; say csv if it is a table");
    assert_snapshot!(message(Hwids, list(Json, "[\"a\"]").delimiter(b';')), @"list has no delimiter, because it is read as JSON; say csv if it is a table");
}
