//! CommonMark, in which the document's descriptions are written.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// A text with its paragraphs, lists and tables.
pub(super) fn prose(text: &str) -> Markup {
    render(events(text))
}

/// What is read before everything else: the first paragraph.
pub(super) fn first_paragraph(text: &str) -> Markup {
    let end = Event::End(TagEnd::Paragraph);
    let mut ended = false;
    render(events(text).take_while(move |event| {
        let goes_on = !ended;
        ended |= *event == end;
        goes_on
    }))
}

/// A text of one line, to stand within another.
pub(super) fn line(text: &str) -> Markup {
    render(events(text).filter(|event| {
        !matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
    }))
}

/// A page of prose, by its headings.
#[derive(Debug, PartialEq)]
pub(super) struct Prose<'a> {
    pub(super) title: &'a str,
    pub(super) introduction: String,
    pub(super) chapters: Vec<Chapter<'a>>,
}

/// What stands below a heading of the second level.
#[derive(Debug, PartialEq)]
pub(super) struct Chapter<'a> {
    pub(super) title: &'a str,
    pub(super) text: String,
}

impl<'a> Prose<'a> {
    /// Takes a page apart at its headings of the first and the second level.
    pub(super) fn parse(text: &'a str) -> Self {
        let mut page = Self { title: "", introduction: String::new(), chapters: Vec::new() };
        let mut fenced = false;
        for line in text.lines() {
            fenced ^= line.starts_with("```");
            if let Some(title) = line.strip_prefix("# ").filter(|_| !fenced) {
                page.title = title;
            } else if let Some(title) = line.strip_prefix("## ").filter(|_| !fenced) {
                page.chapters.push(Chapter { title, text: String::new() });
            } else {
                let chapter = page.chapters.last_mut();
                let text = chapter.map_or(&mut page.introduction, |chapter| &mut chapter.text);
                text.push_str(line);
                text.push('\n');
            }
        }
        page
    }
}

impl Chapter<'_> {
    /// By what the chapter can be linked to.
    pub(super) fn anchor(&self) -> String {
        let words =
            self.title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-").to_lowercase()
    }
}

/// The parts of a text. HTML in it is shown, not obeyed.
fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        event => event,
    })
}

fn render<'a>(events: impl Iterator<Item = Event<'a>>) -> Markup {
    let mut text = String::new();
    html::push_html(&mut text, events);
    // A narrow screen scrolls a table, not the page.
    let text = text
        .replace("<table>", "<div class=\"scroll\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>");
    PreEscaped(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_shown_and_not_obeyed() {
        let page = prose("<script>alert(1)</script>\n\na <b>bold</b> one").into_string();
        assert!(!page.contains("<script>") && !page.contains("<b>"), "{page}");
        assert!(page.contains("&lt;script&gt;"), "{page}");
    }

    #[test]
    fn parts_of_a_text() {
        let text = "One *line*,\nand more.\n\nAnother.";
        assert_eq!(
            first_paragraph(text).into_string().trim(),
            "<p>One <em>line</em>,\nand more.</p>"
        );
        assert_eq!(line("`one` line").into_string(), "<code>one</code> line");
    }

    #[test]
    fn a_page_is_taken_apart_at_its_headings() {
        let page = Prose::parse("# All\n\nBefore.\n\n## v2.0, first\n\n```\n## no heading\n```\n");
        assert_eq!(page.title, "All");
        assert_eq!(page.introduction.trim(), "Before.");
        assert_eq!(page.chapters.len(), 1);
        assert_eq!(page.chapters[0].anchor(), "v2-0-first");
        assert!(page.chapters[0].text.contains("## no heading"));
    }
}
