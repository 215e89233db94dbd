//! Deadlines and stages: by when everyone must act.

use super::expression::{boxed, clause, period_unit};
use super::header::{Window, read_window};
use super::message::{Texts, read_label};
use super::reader::{Pair, Reader, Rule, all, one, parts};
use super::reason::{Raise, read_raise};
use super::{Expr, ExprKind, Name};
use crate::value::period::PeriodUnit;

/// `deadline NAME: PERIOD after DAY, rolled met by DAY else REASON`, or `stage NAME: …`.
#[derive(Debug, Clone)]
pub struct Deadline {
    /// Its name.
    pub name: Name,
    /// How people read it.
    pub label: Option<Texts>,
    /// When it is in force.
    pub window: Option<Window>,
    /// When it ends.
    pub term: Term,
    /// Does a last day that is not worked move to the next one?
    pub rolled: bool,
    /// Does it arise only under a condition?
    pub when: Option<Expr>,
    /// By which day it must be met, and what is raised otherwise.
    pub met_by: Option<(Expr, Raise)>,
}

/// When a deadline ends.
#[derive(Debug, Clone)]
pub enum Term {
    /// `5 to 10 working days after …`.
    Span {
        /// The least number of units.
        least: i64,
        /// The greatest.
        most: i64,
        /// The unit.
        unit: PeriodUnit,
        /// A day or another deadline.
        base: Expr,
    },
    /// A day, or `PERIOD after` a day or another deadline.
    Day(Expr),
}

pub(super) fn read_deadline(r: &mut Reader<'_>, pair: Pair<'_>) -> Deadline {
    let span = r.span(&pair);
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let label = read_label(r, &mut inner, Rule::label);
    let window = read_window(r, &mut inner);
    let broken = || Expr::new(ExprKind::Broken, span);
    let term = match one(&mut inner, Rule::term).map(parts) {
        Some(mut term) => {
            let range = one(&mut term, Rule::span);
            let base = boxed(r, &mut term).map_or_else(broken, |b| *b);
            range.map_or(Term::Day(base.clone()), |range| read_span(range, base))
        }
        None => Term::Day(broken()),
    };
    let rolled = one(&mut inner, Rule::rolled).is_some();
    let when = clause(r, &mut inner, Rule::when_clause).map(|b| *b);
    let met_by = one(&mut inner, Rule::met_by).and_then(|m| {
        let mut m = parts(m);
        let raise = one(&mut m, Rule::raise).map(|p| read_raise(r, p)).unwrap_or_default();
        Some((*boxed(r, &mut m)?, raise))
    });
    Deadline { name, label, window, term, rolled, when, met_by }
}

fn read_span(range: Pair<'_>, base: Expr) -> Term {
    let mut inner = parts(range);
    let numbers: Vec<i64> =
        all(&mut inner, Rule::digits).iter().filter_map(|d| d.as_str().replace('_', "").parse().ok()).collect();
    let unit = one(&mut inner, Rule::period_unit).map_or(PeriodUnit::Days, |u| period_unit(u.as_str()));
    match numbers.as_slice() {
        [least, most] => Term::Span { least: *least, most: *most, unit, base },
        _ => Term::Day(Expr::new(ExprKind::Broken, base.span)),
    }
}
