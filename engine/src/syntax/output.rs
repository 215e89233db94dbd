//! Outputs: what a decision tells besides its outcome.

use super::expression::boxed;
use super::fact::{FactType, Kind, take_type};
use super::header::{Window, read_window};
use super::message::{Texts, read_label};
use super::reader::{Pair, Reader, Rule, one, parts};
use super::reason::{Raise, read_raise};
use super::{Expr, ExprKind, Name};

/// `output NAME: TYPE = VALUE`.
#[derive(Debug, Clone)]
pub struct Output {
    /// Its name.
    pub name: Name,
    /// How people read it.
    pub label: Option<Texts>,
    /// Its type.
    pub fact_type: FactType,
    /// When it is in force.
    pub window: Option<Window>,
    /// Its value.
    pub value: Expr,
    /// What is raised when no parameter is in force for it.
    pub raise: Option<Raise>,
}

pub(super) fn read_output(r: &mut Reader<'_>, pair: Pair<'_>) -> Output {
    let span = r.span(&pair);
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let label = read_label(r, &mut inner, Rule::label);
    let fact_type = take_type(r, &mut inner).unwrap_or(FactType { kind: Kind::Text, or_none: false, span: name.span });
    let window = read_window(r, &mut inner);
    let raise = one(&mut inner, Rule::raise).map(|p| read_raise(r, p));
    let value = boxed(r, &mut inner).map_or_else(|| Expr::new(ExprKind::Broken, span), |b| *b);
    Output { name, label, fact_type, window, value, raise }
}
