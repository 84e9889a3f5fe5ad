//! What is wrong with a document: one finding, and the list of all.

use std::{fmt, sync::Arc};

use crate::{
    render,
    rules::Rule,
    source::{Position, Span},
};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Code is generated, but something that the document says is not expressed in it.
    Warning,
}

/// One thing that is wrong with a document: what, where, why it matters, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    rule: &'static Rule,
    message: String,
    help: String,
    pointer: String,
    span: Span,
    position: Position,
}

impl Diagnostic {
    /// The stable name of this kind of finding, such as `missing-operation-id`; the file `DIAGNOSTICS.md` lists them.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.rule.code
    }

    /// Whether the document is refused for it.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// The line, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.position.line
    }

    /// The column, counted from 1, in characters.
    #[must_use]
    pub fn column(&self) -> usize {
        self.position.column
    }

    /// The bytes of the text that it is about.
    #[must_use]
    pub fn span(&self) -> std::ops::Range<usize> {
        self.span.clone()
    }

    /// The JSON pointer of the value that it is about; empty for the whole document.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Why that is wrong.
    #[must_use]
    pub fn why(&self) -> &'static str {
        self.rule.why
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

/// A finding that has no place yet.
#[derive(Debug)]
pub(crate) struct Draft {
    rule: &'static Rule,
    message: String,
    help: Option<String>,
}

impl Draft {
    pub(crate) fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self { rule, message: message.into(), help: None }
    }

    /// Says what to do here, instead of what the rule says in general.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn place(self, text: &str, pointer: String, span: Span) -> Diagnostic {
        Diagnostic {
            rule: self.rule,
            message: self.message,
            help: self.help.unwrap_or_else(|| self.rule.help.to_owned()),
            pointer,
            position: Position::of(text, span.start),
            span,
        }
    }
}

/// A finding, and its place as a pointer and as bytes.
pub(crate) type Placed = (Draft, String, Span);

/// How many findings a report has at most. Nobody reads more, and each takes time in proportion to the text.
const MOST: usize = 500;

/// All that is wrong with a document, in the order of its text.
///
/// Displays as a report for people: each finding with file, line, column, excerpt, reason and remedy.
///
/// # Examples
///
/// ```
/// use it_access_codegen::{Document, Severity};
///
/// let problems = Document::parse("api.yaml", "openapi: 3.0.3\ninfo: { title: A }\npaths: {}\n").unwrap_err();
/// let first = problems.iter().next().unwrap();
/// assert_eq!(first.code(), "missing-key");
/// assert_eq!(first.severity(), Severity::Error);
/// assert_eq!((first.line(), first.column(), first.pointer()), (2, 1, "/info"));
/// assert!(problems.to_string().contains("api.yaml:2:1"));
/// ```
#[derive(Clone)]
pub struct Diagnostics {
    name: Arc<str>,
    text: Arc<str>,
    list: Vec<Diagnostic>,
    omitted: usize,
}

impl Diagnostics {
    pub(crate) fn of_text(
        name: &str,
        text: &str,
        findings: impl IntoIterator<Item = Placed>,
    ) -> Self {
        let mut findings: Vec<_> = findings.into_iter().collect();
        findings.sort_by(|(a, _, a_span), (b, _, b_span)| {
            (a.rule.severity, a_span.start, a.rule.code, &a.message).cmp(&(
                b.rule.severity,
                b_span.start,
                b.rule.code,
                &b.message,
            ))
        });
        // What an alias repeats is found once for each repetition.
        findings.dedup_by(|(a, _, a_span), (b, _, b_span)| {
            (&*a_span, a.rule, &a.message) == (&*b_span, b.rule, &b.message)
        });
        let omitted = findings.len().saturating_sub(MOST);
        findings.truncate(MOST);
        findings.sort_by_key(|(draft, _, span)| (span.start, draft.rule.code));
        let list = findings
            .into_iter()
            .map(|(draft, pointer, span)| draft.place(text, pointer, span))
            .collect();
        Self { name: name.into(), text: text.into(), list, omitted }
    }

    /// The findings, in the order of the text. If there are very many, some are left out, warnings first.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// The number of findings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether the document is refused.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// How many findings are left out.
    pub(crate) fn omitted(&self) -> usize {
        self.omitted
    }

    /// The report with ANSI colours, for a terminal; `Display` gives it without.
    #[must_use]
    pub fn render_colored(&self) -> String {
        render::report(self, render::Style::Colored)
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&render::report(self, render::Style::Plain))
    }
}

/// Without the text of the document.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Diagnostics")
            .field("name", &self.name)
            .field("list", &self.list)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Diagnostics {}

/// A name from the document as messages show it: in backticks, on one line, and not endless.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`").replace("\\'", "'").replace("\\\"", "\"")
}

/// The names as a sentence lists them: "`a`, `b` and `c`".
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().map(quoted).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
