//! A page of prose, by chapters.

use maud::html;

use super::{
    frame::{Entry, Frame},
    prose::{Prose, prose},
    reference::Beside,
};

/// Writes the page for a text in CommonMark, which the file `source` holds.
pub(in crate::dist) fn guide(text: &str, source: &str, others: &[Beside<'_>]) -> String {
    let page = Prose::parse(text);
    let main = html! {
        section #about data-block {
            h1 { (page.title) }
            div.lead { (prose(&page.introduction)) }
        }
        @for chapter in &page.chapters {
            section id=(chapter.anchor()) data-block {
                h2 { (chapter.title) }
                (prose(&chapter.text))
            }
        }
    };
    let chapters = page.chapters.iter();
    let contents = chapters.map(|chapter| Entry::new(chapter.anchor(), chapter.title)).collect();
    let origin = html! { p { "Made from " code { (source) } "." } };
    Frame { title: page.title, others, contents, main, origin }.render()
}
