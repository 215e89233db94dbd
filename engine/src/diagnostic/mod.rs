//! What the checker says: data with a stable code. Text is rendered at the edge.

mod codes;
mod located;
mod render;

pub use codes::Code;
pub use located::{Located, Position, Related};
pub use render::{plain, short};

use crate::source::Span;
use serde::Serialize;

/// Does it stop the policy from being built?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Severity {
    /// The policy cannot be built.
    Error,
    /// Worth a look; the policy is built.
    Warning,
}

/// One problem: where, what, and a way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code.
    pub code: Code,
    /// The cause, in the author's words.
    pub message: String,
    /// The place.
    pub span: Span,
    /// A few words shown under the place; may be empty.
    pub label: String,
    /// A way out; may be empty.
    pub help: String,
    /// Other places that belong to it.
    pub related: Vec<(Span, String)>,
}

impl Diagnostic {
    /// A problem at a place.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), span, label: String::new(), help: String::new(), related: Vec::new() }
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Adds the words shown under the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push((span, text.into()));
        self
    }

    /// Error or warning; the code decides.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.code.id().starts_with('W') { Severity::Warning } else { Severity::Error }
    }
}

/// Problems of one compilation that are told.
pub const MAX_PROBLEMS: usize = 1000;

/// Keeps a problem and gives it back for more words; beyond those that are told only the last is kept.
pub(crate) fn keep(problems: &mut Vec<Diagnostic>, problem: Diagnostic) -> &mut Diagnostic {
    problems.truncate(MAX_PROBLEMS);
    problems.push(problem);
    let last = problems.len() - 1;
    &mut problems[last]
}

/// Are there more problems than are told?
pub(crate) fn is_full(problems: &[Diagnostic]) -> bool {
    problems.len() > MAX_PROBLEMS
}

/// `1 cell`, `2 cells`.
#[must_use]
pub fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The name in `known` that a writer of `wrong` most likely meant.
#[must_use]
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = wrong.chars().count();
    // A word of four letters with two others is another word.
    let limit = if length < 5 { 1 } else { length / 3 + 1 };
    let first = |name: &str| name.chars().next().map(|c| c.to_ascii_lowercase());
    known
        .into_iter()
        .map(|name| (distance(wrong, name, limit + 1), name))
        .filter(|(d, _)| *d <= limit)
        .min_by_key(|(d, name)| (*d, first(name) != first(wrong)))
        .map(|(_, name)| name)
}

/// Edit distance with swaps of neighbours (Damerau 1964, restricted), cut off at `limit`.
fn distance(a: &str, b: &str, limit: usize) -> usize {
    let a: Vec<char> = a.chars().take(64).flat_map(char::to_lowercase).collect();
    let b: Vec<char> = b.chars().take(64).flat_map(char::to_lowercase).collect();
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(rows[i - 2][j - 2] + 1);
            }
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}
