//! Diagnostics for people and for tools.

use crate::error::count;
use crate::library::FolderLibrary;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use duly::diagnostic::{Code, Located, Position, Related};
use duly::source::line_and_column;
use duly::{Checked, Diagnostic, Severity, Span};
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;

/// Lines longer than this are not shown, only their place.
const LONGEST_LINE: usize = 1000;

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The file's path.
    pub path: String,
    text: Rc<str>,
    range: Range<usize>,
}

/// A diagnostic with the files it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its stable code.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// The cause.
    pub message: String,
    /// A few words shown under the place.
    pub label: String,
    /// A way out.
    pub help: String,
    /// The place.
    pub at: Stretch,
    /// Other places that belong to it.
    pub related: Vec<(Stretch, String)>,
}

/// The files that a check read, with their paths, numbered as its spans number them.
#[must_use]
pub fn files_of(checked: &Checked, path: &Path, library: &FolderLibrary) -> Vec<(String, Rc<str>)> {
    let with_path = |s: &duly::Source| (library.path_of(s), Rc::from(s.text.as_str()));
    let mut files: Vec<(String, Rc<str>)> = checked.sources.iter().map(with_path).collect();
    if let Some(first) = files.first_mut() {
        first.0 = path.display().to_string();
    }
    files
}

impl Stretch {
    fn new(span: Span, files: &[(String, Rc<str>)]) -> Self {
        let (path, text) = files.get(usize::from(span.file)).cloned().unwrap_or_else(|| (String::new(), "".into()));
        let fit = |at: u32| {
            let mut at = (at as usize).min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = fit(span.start);
        let range = start..fit(span.end).max(start);
        Self { path, text, range }
    }

    fn position(&self) -> Position<'_> {
        let place = |at: usize| line_and_column(&self.text, u32::try_from(at).unwrap_or(u32::MAX));
        let (line, column) = place(self.range.start);
        let (end_line, end_column) = place(self.range.end);
        Position { file: &self.path, line, column, end_line, end_column }
    }

    /// The whole lines that it lies in.
    fn lines(&self) -> Range<usize> {
        let before = self.text.get(..self.range.start).unwrap_or_default();
        let after = self.text.get(self.range.end..).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |n| n + 1);
        let end = after.find('\n').map_or(self.text.len(), |n| self.range.end + n);
        start..end
    }
}

impl Finding {
    /// A diagnostic over files with their paths, numbered as its spans number them.
    #[must_use]
    pub fn new(diagnostic: &Diagnostic, files: &[(String, Rc<str>)]) -> Self {
        Self {
            code: diagnostic.code.id(),
            severity: diagnostic.severity(),
            message: diagnostic.message.clone(),
            label: diagnostic.label.clone(),
            help: diagnostic.help.clone(),
            at: Stretch::new(diagnostic.span, files),
            related: diagnostic.related.iter().map(|(span, text)| (Stretch::new(*span, files), text.clone())).collect(),
        }
    }

    /// Everything that checking the text in the file `path` found.
    #[must_use]
    pub fn all(checked: &Checked, path: &Path, library: &FolderLibrary) -> Vec<Self> {
        if checked.diagnostics.is_empty() {
            return Vec::new();
        }
        let files = files_of(checked, path, library);
        let found = checked.diagnostics.iter();
        found
            .map(|d| {
                let mut finding = Self::new(d, &files);
                if [Code::UnknownImport, Code::UnknownCalendar].contains(&d.code) {
                    finding.help.push_str(&library.whereabouts());
                }
                finding
            })
            .collect()
    }

    /// The same problem of the same place? It may be met through several texts that import it.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.code == other.code
            && self.at.range == other.at.range
            && self.at.path == other.at.path
            && self.message == other.message
    }

    /// `path:line:column: error[code]: message`, one line.
    #[must_use]
    pub fn short(&self) -> String {
        let Position { file, line, column, .. } = self.at.position();
        format!("{file}:{line}:{column}: {}[{}]: {}", word(self.severity), self.code, self.message.replace('\n', " "))
    }

    /// One JSON object.
    #[must_use]
    pub fn json(&self) -> String {
        let related = self.related.iter().map(|(at, message)| Related { at: at.position(), message });
        let json = Located {
            code: self.code,
            severity: self.severity,
            message: &self.message,
            at: self.at.position(),
            label: &self.label,
            help: &self.help,
            related: related.collect(),
        };
        // Texts and numbers can always be written.
        serde_json::to_string(&json).unwrap_or_default()
    }

    /// The message, the lines it is about and the way out, with colours.
    #[must_use]
    pub fn human(&self, width: usize) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&self.message).id(self.code);
        let mut group = shown(Group::with_title(title), &self.own());
        for (at, text) in self.related.iter().filter(|(at, _)| at.path != self.at.path) {
            let marks = [(at, AnnotationKind::Context, text.as_str())];
            group = shown(group, &marks);
        }
        if !self.help.is_empty() {
            group = group.element(Level::HELP.message(&self.help));
        }
        Renderer::styled().term_width(width).render(&[group])
    }

    /// The marks in its own file.
    fn own(&self) -> Vec<(&Stretch, AnnotationKind, &str)> {
        let mut marks = vec![(&self.at, AnnotationKind::Primary, self.label.as_str())];
        for (at, text) in self.related.iter().filter(|(at, _)| at.path == self.at.path) {
            marks.push((at, AnnotationKind::Context, text));
        }
        marks
    }
}

/// Adds the lines of one file with their marks; of lines too long to be shown only the place.
fn shown<'f>(group: Group<'f>, marks: &[(&'f Stretch, AnnotationKind, &'f str)]) -> Group<'f> {
    let Some((first, ..)) = marks.first() else {
        return group;
    };
    let lines: Vec<Range<usize>> = marks.iter().map(|(at, ..)| at.lines()).collect();
    let start = lines.iter().map(|l| l.start).min().unwrap_or_default();
    let end = lines.iter().map(|l| l.end).max().unwrap_or_default();
    let window = first.text.get(start..end).unwrap_or_default();
    if window.lines().any(|l| l.len() > LONGEST_LINE) {
        let Position { file, line, column, .. } = first.position();
        let origin = Origin::path(file).line(line as usize).char_column(column as usize);
        return group.element(origin);
    }
    let line = line_and_column(&first.text, u32::try_from(start).unwrap_or(u32::MAX)).0;
    let mut snippet = Snippet::source(window).path(first.path.as_str()).line_start(line as usize);
    for (at, kind, label) in marks {
        let mut mark = kind.span(at.range.start - start..at.range.end - start);
        if !label.is_empty() {
            mark = mark.label(*label);
        }
        snippet = snippet.annotation(mark);
    }
    group.element(snippet)
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// `2 errors, 1 warning`.
#[must_use]
pub fn summary(findings: &[Finding]) -> String {
    let errors = count_errors(findings);
    match (errors, findings.len() - errors) {
        (0, 0) => "no problems".into(),
        (errors, 0) => count(errors, "error"),
        (0, warnings) => count(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

/// How many are errors.
#[must_use]
pub fn count_errors(findings: &[Finding]) -> usize {
    let errors = findings.iter();
    errors.filter(|f| f.severity == Severity::Error).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(text: &str, range: Range<u32>) -> Finding {
        let span = Span { file: 0, start: range.start, end: range.end };
        let other = Span { file: 1, start: 0, end: 3 };
        let diagnostic = Diagnostic::new(Code::UnknownName, span, "no fact is called `pirce`")
            .label("nothing has this name")
            .help("did you mean `price`?")
            .related(other, "the record begins here");
        let files = [("a/b.duly".to_owned(), Rc::from(text)), ("a/c.duly".to_owned(), Rc::from("fact device {"))];
        Finding::new(&diagnostic, &files)
    }

    #[test]
    fn a_finding_is_shown_in_every_format() {
        let finding = finding("one\nкритерий pirce > 0\nthree", 21..26);
        assert_eq!(finding.short(), "a/b.duly:2:10: error[E201]: no fact is called `pirce`");
        assert!(finding.json().starts_with(
            r#"{"code":"E201","severity":"error","message":"no fact is called `pirce`","file":"a/b.duly","line":2,"column":10,"end_line":2,"end_column":15,"label":"nothing"#
        ));
        let human = anstream::adapter::strip_str(&finding.human(80)).to_string();
        assert!(human.contains("error[E201]: no fact is called `pirce`"));
        assert!(human.contains("2 | критерий pirce > 0"), "{human}");
        assert!(human.contains("a/c.duly:1:1"), "{human}");
        assert!(human.contains("help: did you mean `price`?"), "{human}");
        assert!(!human.contains("three"), "{human}");
    }

    #[test]
    fn spans_that_do_not_fit_are_cut() {
        for range in [0..9999, 9998..9999, 0..0, 5..6] {
            let text = "ключ";
            assert!(!finding(text, range).human(80).is_empty());
        }
        let long = "x".repeat(100_000);
        assert!(finding(&long, 5000..5001).human(80).len() < 2000);
        assert!(!finding("", 0..0).human(80).is_empty());
    }
}
