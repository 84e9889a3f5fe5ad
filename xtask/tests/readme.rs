//! The README's figures are those of the pages on which a command writes them.

use std::{collections::HashSet, fs, path::Path};

/// The pages, and the command that writes the sections of each.
const PAGES: [(&str, &str); 2] =
    [("BENCHMARKS.md", "`cargo xtask bench "), ("RELIABILITY.md", "`cargo xtask torture ")];

#[test]
fn each_figure_stands_in_the_section_that_its_command_writes() {
    let rows = read("README.md");
    let rows = rows.lines().filter(|line| line.starts_with("| ") && line.contains("`cargo xtask "));
    let mut figures_found = 0;
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let section = section(cells[3]);
        let there: HashSet<&str> = figures(&section).collect();
        for figure in figures(cells[2]) {
            assert!(there.contains(figure), "{figure} of {row:?} is not what {} wrote", cells[3]);
            figures_found += 1;
        }
    }
    // Else the table is another than is read here.
    assert!(figures_found >= 8, "{figures_found} figures");
}

/// What the command has written.
fn section(command: &str) -> String {
    let named = |(page, begin): (&str, &str)| {
        let name = command.strip_prefix(begin)?.strip_suffix('`')?;
        let page = read(page);
        let (_, rest) = page.split_once(&format!("<!-- {name} -->"))?;
        let (section, _) = rest.split_once(&format!("<!-- /{name} -->"))?;
        Some(section.to_owned())
    };
    PAGES.into_iter().find_map(named).unwrap_or_else(|| panic!("{command} writes no section"))
}

/// The numbers in a text, as they are written.
fn figures(text: &str) -> impl Iterator<Item = &str> {
    let numbers = text.split(|it: char| !(it.is_ascii_digit() || it == '.' || it == ','));
    numbers.map(|it| it.trim_matches(['.', ','])).filter(|it| !it.is_empty())
}

fn read(page: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(page);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
