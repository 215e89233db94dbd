//! The award: how much is paid, line by line.

use super::expression::{boxed, clause};
use super::header::{Window, read_window};
use super::message::{Texts, read_texts};
use super::reader::{Pair, Reader, Rule, all, one, parts};
use super::reason::{Raise, read_raise};
use super::{Expr, Name};
use crate::source::Span;

/// `award { name = value … }`; the line `amount` is what is paid.
#[derive(Debug, Clone)]
pub struct Award {
    /// When it is in force.
    pub window: Option<Window>,
    /// Is there an award only under a condition?
    pub when: Option<Expr>,
    /// The lines in their order; each sees the earlier ones by name.
    pub lines: Vec<Line>,
    /// Its place.
    pub span: Span,
}

/// One line of an award.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its name.
    pub name: Name,
    /// How people read it.
    pub label: Option<Texts>,
    /// Its value.
    pub value: Expr,
    /// What is raised when no parameter is in force for it.
    pub raise: Option<Raise>,
}

pub(super) fn read_award(r: &mut Reader<'_>, pair: Pair<'_>) -> Award {
    let span = r.span(&pair);
    let mut inner = parts(pair);
    let window = read_window(r, &mut inner);
    let when = clause(r, &mut inner, Rule::when_clause).map(|b| *b);
    let lines = all(&mut inner, Rule::line).into_iter().filter_map(|l| read_line(r, l)).collect();
    Award { window, when, lines, span }
}

fn read_line(r: &mut Reader<'_>, pair: Pair<'_>) -> Option<Line> {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let label = one(&mut inner, Rule::texts).map(|t| read_texts(r, t));
    let raise = one(&mut inner, Rule::raise).map(|p| read_raise(r, p));
    Some(Line { name, label, value: *boxed(r, &mut inner)?, raise })
}
