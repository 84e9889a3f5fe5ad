//! What every page has around its text: one file that asks no one for anything, and a search.

use base64::{Engine, prelude::BASE64_STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// A page, without what all have in common.
pub(super) struct Frame<'a> {
    pub(super) title: &'a str,
    /// The other pages of the folder, by file name and title.
    pub(super) others: &'a [(&'a str, &'a str)],
    pub(super) contents: Vec<Entry>,
    pub(super) main: Markup,
    /// What the page was made from.
    pub(super) origin: Markup,
}

/// A line of the table of contents.
pub(super) struct Entry {
    pub(super) anchor: String,
    pub(super) title: String,
    /// What stands below it.
    pub(super) below: Vec<Entry>,
}

impl Entry {
    pub(super) fn new(anchor: impl Into<String>, title: impl Into<String>) -> Self {
        Self { anchor: anchor.into(), title: title.into(), below: Vec::new() }
    }

    pub(super) fn with(self, below: impl IntoIterator<Item = Self>) -> Self {
        Self { below: below.into_iter().collect(), ..self }
    }
}

impl Frame<'_> {
    /// The whole file.
    pub(super) fn render(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(content_security_policy());
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    title { (self.title) }
                    // Otherwise browsers ask the server for a file.
                    link rel="icon" href="data:,";
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#main" { "Skip to the text" }
                    header.bar {
                        a.brand href="#main" { (self.title) }
                        // Without the script it finds nothing, so that the script shows it.
                        form #search-form role="search" hidden {
                            input #search type="search" placeholder="Search" aria-label="Search this page" autocomplete="off";
                            output #found for="search" {}
                        }
                    }
                    div.layout {
                        details #contents open {
                            summary { "Contents" }
                            nav aria-label="Contents" {
                                (list(&self.contents))
                                @if !self.others.is_empty() {
                                    p.label { "See also" }
                                    ul { @for (file, title) in self.others { li { a href=(file) { (title) } } } }
                                }
                            }
                        }
                        main #main tabindex="-1" {
                            (self.main)
                            p #nothing hidden { "Nothing on this page has all of these words." }
                            footer { (self.origin) }
                        }
                    }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        page.into_string() + "\n"
    }
}

fn list(entries: &[Entry]) -> Markup {
    html! {
        ul {
            @for entry in entries {
                li {
                    a href={ "#" (entry.anchor) } { (entry.title) }
                    @if !entry.below.is_empty() { (list(&entry.below)) }
                }
            }
        }
    }
}

/// Lets the browser run this style and this script, and load nothing.
fn content_security_policy() -> String {
    let [style, script] = [STYLE, SCRIPT].map(|text| BASE64_STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; img-src data:; style-src 'sha256-{style}'; script-src 'sha256-{script}'; \
         base-uri 'none'; form-action 'none'"
    )
}
