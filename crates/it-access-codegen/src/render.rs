//! The report of what is wrong, as people read it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::{Diagnostic, Diagnostics, Severity, source::Span};

/// Whether a report is for a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Colored,
}

/// Renders the findings, and how many there are.
pub(crate) fn report(diagnostics: &Diagnostics, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    let mut report = String::new();
    for diagnostic in diagnostics {
        let group = group(diagnostics.name(), diagnostics.text(), diagnostic);
        report.push_str(&renderer.render(&[group]));
        report.push_str("\n\n");
    }
    report.push_str(&summary(diagnostics));
    report
}

fn group<'a>(name: &'a str, text: &'a str, diagnostic: &'a Diagnostic) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let (line, span) = excerpt(text, &diagnostic.span());
    level
        .primary_title(diagnostic.message())
        .id(diagnostic.code())
        .element(
            Snippet::source(line)
                .line_start(diagnostic.line())
                .path(name)
                .annotation(AnnotationKind::Primary.span(span)),
        )
        .element(Level::NOTE.message(diagnostic.why()))
        .element(Level::HELP.message(diagnostic.help()))
}

/// The line in which the span begins, and the part of the span that is in it.
///
/// The renderer is given no more, for it reads all that it is given, once for each finding.
fn excerpt<'a>(text: &'a str, span: &Span) -> (&'a str, Span) {
    let before = text.get(..span.start).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    let line = line.strip_suffix('\r').unwrap_or(line);
    let first = (span.start - start).min(line.len());
    let last = span.end.saturating_sub(start).clamp(first, line.len());
    (line, first..last)
}

fn summary(diagnostics: &Diagnostics) -> String {
    let count = |severity, one: &str| {
        let count = diagnostics.iter().filter(|it| it.severity() == severity).count();
        match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {one}s")),
        }
    };
    let counts: Vec<_> = [
        count(Severity::Error, "error"),
        count(Severity::Warning, "warning"),
        (diagnostics.omitted() > 0).then(|| format!("{} more", diagnostics.omitted())),
    ]
    .into_iter()
    .flatten()
    .collect();
    let counts = if counts.is_empty() { "no findings".to_owned() } else { counts.join(", ") };
    format!("{}: {counts}", diagnostics.name())
}
