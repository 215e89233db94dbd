//! Criteria: conditions that must be met.

use super::expression::boxed;
use super::header::{Window, read_window};
use super::reader::{Pair, Reader, Rule, one, parts};
use super::reason::{Raise, read_raise};
use super::{Expr, ExprKind, Name};

/// `criterion NAME: CONDITION else REASON`.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Its name.
    pub name: Name,
    /// When it is in force.
    pub window: Option<Window>,
    /// What must hold.
    pub condition: Expr,
    /// What is raised where it does not.
    pub raise: Raise,
}

pub(super) fn read_criterion(r: &mut Reader<'_>, pair: Pair<'_>) -> Criterion {
    let span = r.span(&pair);
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let window = read_window(r, &mut inner);
    let condition = boxed(r, &mut inner).map_or_else(|| Expr::new(ExprKind::Broken, span), |b| *b);
    let raise = one(&mut inner, Rule::raise).map(|p| read_raise(r, p)).unwrap_or_default();
    Criterion { name, window, condition, raise }
}
