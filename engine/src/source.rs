//! A source is text with offsets; a span is a stretch of it.

use serde::{Deserialize, Serialize};

/// One text given to the compiler: a policy or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// How the text is called in messages, e.g. `compensation.duly`.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// A stretch of one source, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// Number of the source among those of one compilation.
    pub file: u16,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from the start of `self` to the end of `other`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { end: other.end.max(self.end), ..self }
    }
}

/// Something read at a place. The place does not count in equality.
#[derive(Debug, Clone)]
pub struct Spanned<T> {
    /// What was read.
    pub node: T,
    /// Where.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T> Spanned<T> {
    /// Puts a place beside a value.
    pub fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }
}

/// Line and column (in characters), both from 1, of a byte offset.
#[must_use]
pub fn line_and_column(text: &str, offset: u32) -> (u32, u32) {
    let mut end = (offset as usize).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end).unwrap_or_default();
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}
