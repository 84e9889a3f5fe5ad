//! A page whose prose is written by hand, and whose figures are written by a command, section by section: each can be
//! measured anew without the others.

use std::{fs, path::Path};

use anyhow::Context;

use super::stamp;

/// Measures, and puts the figures between `<!-- name -->` and `<!-- /name -->`, with a line that says when and where it began.
///
/// # Errors
///
/// If nothing can be measured, the page cannot be read or written, or it has no such section.
pub(crate) fn write_section(
    page: &Path,
    name: &str,
    measure: impl FnOnce() -> anyhow::Result<String>,
) -> anyhow::Result<()> {
    let stamp = stamp()?;
    let figures = measure()?;
    let text = fs::read_to_string(page).with_context(|| page.display().to_string())?;
    let text = replace(&text, name, &format!("{}\n\n*{stamp}*", figures.trim_end()))
        .with_context(|| format!("{} has no section `<!-- {name} -->`", page.display()))?;
    fs::write(page, text).with_context(|| page.display().to_string())
}

fn replace(text: &str, name: &str, section: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{section}\n\n{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::replace;

    const PAGE: &str =
        "# Figures\n\n<!-- a -->\nold\n<!-- /a -->\n\nprose\n\n<!-- b -->\n<!-- /b -->\n";

    #[test]
    fn one_section_is_replaced_and_the_rest_is_kept() {
        let page = replace(PAGE, "a", "new").expect("a section");
        let expected =
            "# Figures\n\n<!-- a -->\n\nnew\n\n<!-- /a -->\n\nprose\n\n<!-- b -->\n<!-- /b -->\n";
        assert_eq!(page, expected);
        assert_eq!(replace(&page, "a", "new"), Some(page));
    }

    #[test]
    fn a_section_that_is_not_there_is_not_made_up() {
        assert_eq!(replace(PAGE, "c", "new"), None);
    }
}
