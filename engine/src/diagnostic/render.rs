//! Diagnostics as plain text, for terminals without colours, tests and editors.

use super::{Diagnostic, Severity};
use crate::source::{Source, line_and_column};
use std::fmt::Write;

/// `file:line:column: error[code]: message`, one line.
#[must_use]
pub fn short(diagnostic: &Diagnostic, sources: &[Source]) -> String {
    let (name, line, column) = place(diagnostic, sources);
    let kind = kind(diagnostic);
    format!("{name}:{line}:{column}: {kind}[{}]: {}", diagnostic.code, diagnostic.message)
}

/// The message, the line it is about with a mark under the place, and the way out.
#[must_use]
pub fn plain(diagnostic: &Diagnostic, sources: &[Source]) -> String {
    let (name, line, column) = place(diagnostic, sources);
    let mut out = format!("{}[{}]: {}\n", kind(diagnostic), diagnostic.code, diagnostic.message);
    let text = sources.get(usize::from(diagnostic.span.file)).map_or("", |s| s.text.as_str());
    let shown = text.lines().nth(line as usize - 1).unwrap_or_default();
    let wide = line.to_string().len();
    let _ = writeln!(out, "{:wide$}--> {name}:{line}:{column}", "");
    if !shown.is_empty() {
        let left = column as usize - 1;
        let stretch = text.get(diagnostic.span.start as usize..diagnostic.span.end as usize).unwrap_or_default();
        let marks = stretch.lines().next().unwrap_or_default().chars().count().max(1);
        let shown: String = shown.chars().take(400).collect();
        let _ = writeln!(out, "{:wide$} |", "");
        let _ = writeln!(out, "{line} | {shown}");
        let _ = writeln!(out, "{:wide$} | {:left$}{} {}", "", "", "^".repeat(marks), diagnostic.label);
    }
    for (span, text) in &diagnostic.related {
        let source = sources.get(usize::from(span.file));
        let (line, column) = line_and_column(source.map_or("", |s| s.text.as_str()), span.start);
        let _ = writeln!(out, "{:wide$} = also {}:{line}:{column}: {text}", "", source.map_or("", |s| s.name.as_str()));
    }
    if !diagnostic.help.is_empty() {
        let _ = writeln!(out, "{:wide$} = help: {}", "", diagnostic.help);
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn kind(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn place<'s>(diagnostic: &Diagnostic, sources: &'s [Source]) -> (&'s str, u32, u32) {
    let source = sources.get(usize::from(diagnostic.span.file));
    let (line, column) = line_and_column(source.map_or("", |s| s.text.as_str()), diagnostic.span.start);
    (source.map_or("", |s| s.name.as_str()), line, column)
}
