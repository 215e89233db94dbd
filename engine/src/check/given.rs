//! What a condition asks about none: where it is settled, which paths are given.

use super::builder::Builder;
use crate::syntax::definition::Body;
use crate::syntax::expression::Operator;
use crate::syntax::{Expr, ExprKind};

/// How many definitions are looked through, one behind another.
const MAX_LOOKED_THROUGH: u32 = 8;

impl<'a> Builder<'a> {
    /// What a filter asks about none holds in what follows it.
    pub fn with_filter<T>(&mut self, filter: Option<&'a Expr>, then: impl FnOnce(&mut Self) -> T) -> T {
        let depth = self.given.len();
        if let Some(filter) = filter {
            let given = self.given_where(filter, true);
            self.given.extend(given);
        }
        let result = then(self);
        self.given.truncate(depth);
        result
    }

    /// The paths that are given where a condition holds, or where it does not.
    pub fn given_where(&self, expr: &Expr, holds: bool) -> Vec<String> {
        self.given_behind(expr, holds, 0)
    }

    fn given_behind(&self, expr: &Expr, holds: bool, depth: u32) -> Vec<String> {
        let path = |expr: &Expr| path_of(expr).into_iter();
        let each = |members: &[Expr]| members.iter().flat_map(|m| self.given_behind(m, holds, depth)).collect();
        match &expr.kind {
            ExprKind::Given { value, given } if *given == holds => path(value).collect(),
            ExprKind::Binary(Operator::NotEqual, left, right) if holds && is_none(right) => path(left).collect(),
            ExprKind::Binary(Operator::Equal, left, right) if !holds && is_none(right) => path(left).collect(),
            // A comparison with none is no: where one holds, both sides are there.
            ExprKind::Binary(operator, left, right) if holds && compares(*operator) => {
                path(left).chain(path(right)).collect()
            }
            ExprKind::AllOf(members) if holds => each(members),
            ExprKind::AnyOf(members) if !holds => each(members),
            ExprKind::Not(inner) => self.given_behind(inner, !holds, depth),
            ExprKind::Path(name) if depth < MAX_LOOKED_THROUGH => self.given_by_definition(name, holds, depth + 1),
            _ => Vec::new(),
        }
    }

    /// A definition tells what its one value tells; a name bound here may stand for something else.
    fn given_by_definition(&self, name: &str, holds: bool, depth: u32) -> Vec<String> {
        let is_bound = |path: &str| {
            let first = path.split('.').next();
            self.locals.iter().any(|l| l.implicit || first == Some(l.name.as_str()))
        };
        let defines = self.names.defines.get(name).map_or(&[][..], Vec::as_slice);
        let [define] = defines else { return Vec::new() };
        match &define.body {
            Body::Value { base, exceptions }
                if exceptions.is_empty() && define.bindings.is_empty() && !is_bound(name) =>
            {
                let mut given = self.given_behind(base, holds, depth);
                given.retain(|path| !is_bound(path));
                given
            }
            Body::Value { .. } | Body::Table(_) => Vec::new(),
        }
    }
}

fn is_none(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::None)
}

fn compares(operator: Operator) -> bool {
    use Operator::{AtLeast, AtMost, In, Less, More};
    matches!(operator, Less | AtMost | More | AtLeast | In)
}

fn path_of(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Path(path) => Some(path.clone()),
        ExprKind::Field(inner, name) => Some(format!("{}.{}", path_of(inner)?, name.node)),
        _ => None,
    }
}
