//! Repeat rules: when one may ask again.

use super::expression::{boxed, clause};
use super::header::{Window, read_window};
use super::reader::{Pair, Reader, Rule, one, parts};
use super::reason::{Raise, read_raise};
use super::{Expr, Name};
use crate::source::Span;

/// `repeat: once per calendar year, counting history where … else REASON`.
#[derive(Debug, Clone)]
pub struct Repeat {
    /// When it is in force.
    pub window: Option<Window>,
    /// How often a grant is possible.
    pub interval: Interval,
    /// The list that is counted: `history`.
    pub counted: Name,
    /// Which entries count; their fields stand by their bare names.
    pub filter: Option<Expr>,
    /// What is raised when it is too early.
    pub raise: Raise,
    /// Its place.
    pub span: Span,
}

/// How often a grant is possible.
#[derive(Debug, Clone)]
pub enum Interval {
    /// Once in a calendar year.
    CalendarYear,
    /// Once in this period.
    Period(Expr),
}

pub(super) fn read_repeat(r: &mut Reader<'_>, pair: Pair<'_>) -> Repeat {
    let span = r.span(&pair);
    let mut inner = parts(pair);
    let window = read_window(r, &mut inner);
    let interval = one(&mut inner, Rule::interval).and_then(|i| boxed(r, &mut parts(i)));
    let interval = interval.map_or(Interval::CalendarYear, |e| Interval::Period(*e));
    let counted = r.named(&mut inner, Rule::path);
    let filter = clause(r, &mut inner, Rule::where_clause).map(|b| *b);
    let raise = one(&mut inner, Rule::raise).map(|p| read_raise(r, p)).unwrap_or_default();
    Repeat { window, interval, counted, filter, raise, span }
}
