//! The first hour of a team, as `openapi/FIRST_HOUR.md` tells it: its very commands, run in an empty folder that holds
//! the document and nothing else.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, ensure};

use crate::{folders, foreign::text_of, process::output_of, simulator::Simulator};

const PAGE: &str = "openapi/FIRST_HOUR.md";
const DOCUMENT: &str = "device-action-v3.0.json";

/// The most commands that a section may have.
const MOST_COMMANDS: usize = 10;

/// Runs each section of the page, and returns their titles.
pub(super) fn run(root: &Path) -> anyhow::Result<Vec<String>> {
    let page = fs::read_to_string(root.join(PAGE)).context(PAGE)?;
    let sections = sections(&page);
    ensure!(!sections.is_empty(), "{PAGE} has no section with commands");
    sections.into_iter().map(|section| section.run(root)).collect()
}

/// One language's hour.
#[derive(Debug, PartialEq, Eq)]
struct Section {
    title: String,
    /// Its commands, one a block.
    commands: Vec<String>,
    /// What the last of them prints.
    output: String,
}

impl Section {
    fn run(self, root: &Path) -> anyhow::Result<String> {
        let Self { title, commands, output } = self;
        ensure!(commands.len() <= MOST_COMMANDS, "{title}: more than {MOST_COMMANDS} commands");
        let folder = root.join("target/languages/first-hour").join(title.to_lowercase());
        folders::remove(&folder)?;
        fs::create_dir_all(&folder)?;
        fs::copy(root.join("openapi/dist").join(DOCUMENT), folder.join(DOCUMENT))?;

        let simulator = Simulator::start(std::iter::empty())?;
        let printed = output_of(
            Command::new("bash")
                .args(["-euc", &commands.join("\n")])
                .current_dir(&folder)
                .stdin(Stdio::null())
                .env("IT_ACCESS_BASE_URL", &simulator.base_url)
                .env("IT_ACCESS_TOKEN", &simulator.token),
        )
        .with_context(|| format!("{PAGE}, {title}"))?;
        let printed = text_of(printed.as_bytes());
        ensure!(
            printed.trim_end().ends_with(output.trim_end()),
            "{PAGE}, {title}: this was to be printed last:\n{output}\nand this was printed:\n{printed}"
        );
        Ok(title)
    }
}

/// Reads the sections that have commands: blocks of `sh`, and one of `text` for what the last prints.
fn sections(page: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut block: Option<(&str, String)> = None;
    for line in page.lines() {
        block = match (block, line.strip_prefix("```")) {
            (None, Some(kind)) => Some((kind, String::new())),
            (Some((kind, text)), Some(_)) => {
                if let Some(section) = sections.last_mut() {
                    match kind {
                        "sh" => section.commands.push(text),
                        "text" => section.output = text,
                        _ => {}
                    }
                }
                None
            }
            (Some((kind, text)), None) => Some((kind, text + line + "\n")),
            (None, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    let title = title.to_owned();
                    sections.push(Section { title, commands: Vec::new(), output: String::new() });
                }
                None
            }
        };
    }
    sections.retain(|section| !section.commands.is_empty());
    sections
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::workspace::root;

    #[test]
    fn reads_commands_and_what_the_last_prints() {
        let page = "# Title\n\n```sh\nnot in a section\n```\n\n## Go\n\n```sh\ncat > a <<'E'\n## not a title\nE\n```\n\nwords\n\n\
                    ```sh\ngo run .\n```\n\n```text\nresult\n```\n\n## Nothing to run\n";
        let expected = Section {
            title: "Go".to_owned(),
            commands: vec![
                "cat > a <<'E'\n## not a title\nE\n".to_owned(),
                "go run .\n".to_owned(),
            ],
            output: "result\n".to_owned(),
        };
        assert_eq!(sections(page), [expected]);
    }

    #[test]
    fn the_page_has_four_languages_of_at_most_ten_commands() {
        let sections = sections(&fs::read_to_string(root().join(PAGE)).unwrap());
        let titles: Vec<_> = sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(titles, ["TypeScript", "Python", "Go", "Java"]);
        for section in &sections {
            let count: usize = section.commands.iter().map(|block| commands_in(block)).sum();
            assert_eq!(count, section.commands.len(), "{}: one command a block", section.title);
            assert!(count <= MOST_COMMANDS, "{}: {count} commands", section.title);
            assert!(!section.output.is_empty(), "{}", section.title);
        }
    }

    /// The page is run only where all languages are installed; what it asks for is what the matrix was made with anywhere.
    #[test]
    fn the_page_has_the_versions_of_the_matrix() {
        let page = fs::read_to_string(root().join(PAGE)).unwrap();
        let manifests = [
            "typescript/package.json",
            "python/requirements.txt",
            "go/go.mod",
            "java/okhttp/pom.xml",
        ];
        let manifests = manifests
            .map(|name| fs::read_to_string(root().join("tests/languages").join(name)).unwrap());
        let manifests = manifests.join("\n");
        let pinned = |name: &str, version: &str| {
            let name = name.split("/cmd/").next().unwrap_or(name);
            manifests.lines().any(|line| line.contains(name) && line.contains(version))
        };

        let mut count = 0;
        for word in page.lines().filter(|line| !line.contains('<')).flat_map(str::split_whitespace)
        {
            let Some((name, version)) = word.split_once("==").or_else(|| word.rsplit_once('@'))
            else {
                continue;
            };
            if version.chars().any(|it| it.is_ascii_digit()) {
                count += 1;
                assert!(pinned(name, version), "{name} in {version} is in none of the manifests");
            }
        }
        let coordinates = |text: &str| text.split_whitespace().collect::<String>();
        let (page, manifests) = (coordinates(&page), coordinates(&manifests));
        for part in page.split("<artifactId>").skip(1) {
            let Some((coordinate, _)) = part.split_once("</version>") else { continue };
            // The program's own version is 1.
            if coordinate.contains('.') {
                count += 1;
                assert!(manifests.contains(coordinate), "{coordinate}");
            }
        }
        assert!(count > 10, "only {count} versions were found");
    }

    /// Counts commands: lines that neither continue the one before, nor belong to a here-document.
    fn commands_in(block: &str) -> usize {
        let mut lines = block.lines();
        let mut count = 0;
        while let Some(line) = lines.next() {
            count += 1;
            if let Some((_, end)) = line.split_once("<<'") {
                let end = end.trim_end_matches('\'');
                lines.by_ref().take_while(|line| *line != end).for_each(drop);
            }
            let mut last = line;
            while last.ends_with('\\') {
                let Some(next) = lines.next() else { break };
                last = next;
            }
        }
        count
    }
}
