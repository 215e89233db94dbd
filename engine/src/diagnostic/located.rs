//! Diagnostics with their places as lines and columns: what tools read as JSON.

use super::{Diagnostic, Severity};
use crate::source::{Source, Span, line_and_column};
use serde::Serialize;

/// A diagnostic with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Diagnostic"))]
pub struct Located<'d> {
    /// Its stable code.
    pub code: &'d str,
    /// Error or warning.
    pub severity: Severity,
    /// The cause.
    pub message: &'d str,
    /// The place.
    #[serde(flatten)]
    pub at: Position<'d>,
    /// A few words shown under the place; may be empty.
    pub label: &'d str,
    /// A way out; may be empty.
    pub help: &'d str,
    /// Other places that belong to it.
    pub related: Vec<Related<'d>>,
}

/// A place; lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Position<'d> {
    /// The text's name or path.
    pub file: &'d str,
    /// The first line.
    pub line: u32,
    /// The first column.
    pub column: u32,
    /// The line of the end.
    pub end_line: u32,
    /// The column behind the end.
    pub end_column: u32,
}

/// Another place, and what is said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Related<'d> {
    /// The place.
    #[serde(flatten)]
    pub at: Position<'d>,
    /// What is said of it.
    pub message: &'d str,
}

impl<'d> Located<'d> {
    /// A diagnostic over the sources of its compilation.
    #[must_use]
    pub fn new(diagnostic: &'d Diagnostic, sources: &'d [Source]) -> Self {
        let related = diagnostic.related.iter();
        Self {
            code: diagnostic.code.id(),
            severity: diagnostic.severity(),
            message: &diagnostic.message,
            at: position(diagnostic.span, sources),
            label: &diagnostic.label,
            help: &diagnostic.help,
            related: related.map(|(span, message)| Related { at: position(*span, sources), message }).collect(),
        }
    }
}

fn position(span: Span, sources: &[Source]) -> Position<'_> {
    let (file, text) = sources.get(usize::from(span.file)).map_or(("", ""), |s| (s.name.as_str(), s.text.as_str()));
    let (line, column) = line_and_column(text, span.start);
    let (end_line, end_column) = line_and_column(text, span.end.max(span.start));
    Position { file, line, column, end_line, end_column }
}
