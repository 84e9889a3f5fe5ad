//! The page: a table of all outcomes, then how to use each generator.

use std::{fmt::Write, fs, path::Path};

use anyhow::Context;

use super::{
    Generator,
    outcome::{Check, Outcome},
};

const INTRODUCTION: &str = "\
# Clients in other languages

<!-- Written by `cargo xtask languages`: do not edit. -->

Each generator below was installed at the version named, made a client of the document, which was then compiled (or checked
by the language's type checker) and driven against the simulated service (`it-access simulate`). What is claimed for it was
seen there, by what the program printed and by what the service did.

A first call in TypeScript, Python, Go or Java, from an empty folder: [FIRST_HOUR.md](FIRST_HOUR.md).

";

const LEGEND: &str = "\
- **edition**: `canonical` is [device-action-v3.0.json](dist/device-action-v3.0.json), `flat` is
  [device-action-v3.0.flat.json](dist/device-action-v3.0.flat.json), for generators that do not read `oneOf`;
- **by HWID**, **by MAC**, **hours**, **group**: the service did what was asked: for HWIDs, for MAC addresses, an exemption of
  60 hours, an assignment to a group;
- **-1, 0, 1**: each result was read;
- **401**, **429**: the refusal was seen as one, with its rate-limit headers;
- an empty cell was not reached: a driver stops at the first call that fails;
- **code 2**: whether the other results can still be read if the service answers a code that the document does not name.
  The document says that this may come one day.

**Do not print errors as they are**: in Go, Rust and Python those of the HTTP libraries hold the URL, and with it the token.

The commands run in the driver's folder; `document.json` is the edition. The examples are cut from the drivers, which are in
`tests/languages`; `report` prints its arguments.
";

/// Writes the whole page.
pub(super) fn render(root: &Path, outcomes: &[Outcome]) -> anyhow::Result<String> {
    let mut page = INTRODUCTION.to_owned();
    let mut heads = vec!["language", "generator", "version", "edition"];
    heads.extend(Check::ALL.map(Check::title));
    heads.push("code 2");
    writeln!(page, "| {} |", heads.join(" | "))?;
    writeln!(page, "|{}", " --- |".repeat(heads.len()))?;
    for outcome in outcomes {
        writeln!(page, "{}", row(root, outcome)?)?;
    }
    write!(page, "\n{LEGEND}")?;
    for pair in outcomes.chunk_by(|one, other| one.generator.name == other.generator.name) {
        page += &section(root, pair[0].generator)?;
    }
    Ok(page)
}

/// Writes the row of one outcome.
pub(super) fn row(root: &Path, outcome: &Outcome) -> anyhow::Result<String> {
    let generator = outcome.generator;
    let mut cells = vec![
        language(generator).to_owned(),
        generator.title.to_owned(),
        generator.version(root)?,
        outcome.edition.to_string(),
    ];
    cells.extend(Check::ALL.map(|check| verdict(outcome.passed(check)).to_owned()));
    cells.push(
        match outcome.keeps_unknown_codes {
            Some(true) => "kept",
            Some(false) => "fails the answer",
            None => "",
        }
        .to_owned(),
    );
    Ok(format!("| {} |", cells.join(" | ")))
}

fn verdict(passed: Option<bool>) -> &'static str {
    match passed {
        Some(true) => "yes",
        Some(false) => "**no**",
        None => "",
    }
}

/// Writes how to use a generator.
fn section(root: &Path, generator: &Generator) -> anyhow::Result<String> {
    let version = generator.version(root)?;
    let example = root.join("tests/languages").join(generator.name).join(generator.example);
    let text = fs::read_to_string(&example).with_context(|| example.display().to_string())?;
    let fence = match generator.example.rsplit('.').next() {
        Some("rs") => "rust",
        Some("py") => "python",
        Some("ts") => "typescript",
        Some(extension) => extension,
        None => "",
    };
    let mut section = format!("\n## {}: {}\n", language(generator), generator.title);
    if !generator.remarks.is_empty() {
        writeln!(section, "\n- {}", generator.remarks.join("\n- "))?;
    }
    let install = generator.install.replace("{version}", &version);
    let commands = [install.as_str(), generator.generate, generator.compile, generator.drive];
    writeln!(section, "\n```sh\n{}\n```\n", commands.join("\n"))?;
    let snippet = snippet(&text).with_context(|| example.display().to_string())?;
    writeln!(section, "```{fence}\n{snippet}\n```")?;
    Ok(section)
}

/// Cuts out what stands between the two markers.
fn snippet(text: &str) -> anyhow::Result<String> {
    let is_marker = |line: &str, marker: &str| {
        line.trim().trim_start_matches(['/', '#']).strip_prefix(' ') == Some(marker)
    };
    let lines: Vec<&str> = text.lines().collect();
    let position = |marker: &str| {
        lines.iter().position(|line| is_marker(line, marker)).context("no snippet is marked")
    };
    let marked = &lines[position("snippet")? + 1..position("end of snippet")?];
    let indent = marked.iter().filter(|line| !line.is_empty()).map(|line| indent_of(line)).min();
    let lines = marked.iter().map(|line| line.get(indent.unwrap_or(0)..).unwrap_or_default());
    Ok(lines.collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned())
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The language's name.
fn language(generator: &Generator) -> &'static str {
    match generator.name.split('/').next() {
        Some("rust") => "Rust",
        Some("go") => "Go",
        Some("java") => "Java",
        Some("python") => "Python",
        _ => "TypeScript",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::{
        languages::{GENERATORS, matrix::Edition},
        workspace::root,
    };

    #[test]
    fn cuts_out_what_is_marked() {
        let cases = [
            ("a\n# snippet\nb\n\nc\n# end of snippet\nd", "b\n\nc"),
            ("class\n  // snippet\n  b\n    c\n  // end of snippet\nd", "b\n  c"),
            ("// snippet\n\nb\n\n// end of snippet", "b"),
        ];
        for (text, expected) in cases {
            assert_eq!(snippet(text).unwrap(), expected, "{text}");
        }
        assert!(snippet("# snippet without an end").is_err());
        assert!(snippet("no snippet").is_err());
    }

    #[test]
    fn a_row_shows_what_failed_and_what_was_not_reached() {
        let generator = GENERATORS.iter().find(|each| each.name == "typescript/orval").unwrap();
        let mut outcome = Outcome::new(generator, Edition::Flat);
        outcome.pass(Check::Generates);
        outcome.fail(Check::Compiles, "why".to_owned());
        let version = generator.version(&root()).unwrap();
        assert_eq!(
            row(&root(), &outcome).unwrap(),
            format!(
                "| TypeScript | orval | {version} | flat | yes | **no** |  |  |  |  |  |  |  |  |"
            )
        );
    }

    #[test]
    fn each_generator_has_a_section() {
        for generator in &GENERATORS {
            let section = section(&root(), generator).unwrap();
            assert!(section.contains(generator.generate), "{section}");
        }
    }
}
