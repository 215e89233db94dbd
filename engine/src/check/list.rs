//! Lists: quantifiers, sums and collections over their entries.

use super::builder::Builder;
use super::types::{Local, Ty, Typed};
use crate::diagnostic::Code;
use crate::program::expression::{Aggregate, Constant, Node, NodeId, Quantifier};
use crate::syntax::expression as ast;
use crate::syntax::{Expr, Name};

/// Names bound at once.
const MAX_LOCALS: usize = 100;

impl<'a> Builder<'a> {
    /// Gives a name to the entries of a list while something is checked.
    pub fn bind(&mut self, name: &Name, ty: Ty, or_none: bool, implicit: bool) -> u8 {
        if self.locals.iter().any(|l| !l.implicit && l.name == name.node) {
            self.problem(Code::Duplicate, name.span, format!("`{}` already has a meaning here", name.node)).help =
                "use another name for the entry".into();
        }
        if self.locals.len() >= MAX_LOCALS {
            self.problem(Code::TooDeep, name.span, "too many names are bound at once").help =
                "name the inner part with a function".into();
        }
        let slot = u8::try_from(self.locals.len()).unwrap_or(u8::MAX);
        self.locals.push(Local { name: name.node.clone(), ty, or_none, slot, implicit });
        self.most_locals = self.most_locals.max(self.locals.len());
        slot
    }

    /// The list of a binder, and its entries' type.
    fn entries(&mut self, list: &'a Expr) -> (NodeId, Ty) {
        let typed = self.expr(list, None);
        match typed.ty {
            Ty::List(of) => (typed.node, *of),
            Ty::Broken => (typed.node, Ty::Broken),
            other => {
                let found = self.ty_name(&other);
                self.problem(Code::TypeMismatch, list.span, format!("a list is needed here, and this is {found}"))
                    .help = "name a fact that is a list, or `submitted` and a document".into();
                (typed.node, Ty::Broken)
            }
        }
    }

    fn bind_all(&mut self, binders: &'a [ast::Binder]) -> Vec<(u8, NodeId, Ty)> {
        binders
            .iter()
            .map(|binder| {
                let (list, of) = self.entries(&binder.list);
                (self.bind(&binder.name, of.clone(), false, false), list, of)
            })
            .collect()
    }

    pub fn quantified(
        &mut self,
        whole: &Expr,
        quantifier: ast::Quantifier,
        binders: &'a [ast::Binder],
        filter: Option<&'a Expr>,
        body: Option<&'a Expr>,
    ) -> Typed {
        let depth = self.locals.len();
        let bound = self.bind_all(binders);
        let filter_node = filter.map(|f| self.condition(f));
        let body_node = self.with_filter(filter, |this| body.map(|b| this.condition(b)));
        self.locals.truncate(depth);
        self.check_shape(whole, quantifier, binders, (filter, body));
        let of = bound.first().map_or(Ty::Broken, |(_, _, of)| of.clone());
        let node_binders = bound.into_iter().map(|(local, list, _)| (local, list)).collect();
        let (quantifier, ty, or_none) = match quantifier {
            ast::Quantifier::Any => (Quantifier::Any, Ty::YesNo, false),
            ast::Quantifier::All => (Quantifier::All, Ty::YesNo, false),
            ast::Quantifier::No => (Quantifier::No, Ty::YesNo, false),
            ast::Quantifier::Count => (Quantifier::Count, Ty::Integer, false),
            ast::Quantifier::First => (Quantifier::First, of, true),
            ast::Quantifier::Last => (Quantifier::Last, of, true),
        };
        let node = Node::Quantified { quantifier, binders: node_binders, filter: filter_node, body: body_node };
        Typed { node: self.node(node), ty, or_none }
    }

    fn check_shape(
        &mut self,
        whole: &Expr,
        quantifier: ast::Quantifier,
        binders: &[ast::Binder],
        (_, body): (Option<&Expr>, Option<&Expr>),
    ) {
        use ast::Quantifier::{All, Any, Count, First, Last, No};
        match (quantifier, body) {
            (All, None) => {
                self.problem(Code::NotTold, whole.span, "`all` needs what every entry must have").help =
                    "add `has` and a condition: `all x in … has …`".into();
            }
            (Count | First | Last, Some(body)) => {
                self.problem(Code::NotAllowedHere, body.span, "`has` belongs to `any`, `all` and `no`").help =
                    "write `where` to choose among the entries".into();
            }
            (Any | No | All, _) => return,
            (Count | First | Last, None) => {}
        }
        if binders.len() > 1 {
            self.problem(
                Code::NotAllowedHere,
                whole.span,
                "only `any`, `all` and `no` go through several lists at once",
            )
            .help = "name one list here".into();
        }
    }

    pub fn aggregate(
        &mut self,
        kind: ast::Aggregate,
        value: &'a Expr,
        binder: &'a ast::Binder,
        filter: Option<&'a Expr>,
        want: Option<&Ty>,
    ) -> Typed {
        let depth = self.locals.len();
        let (list, of) = self.entries(&binder.list);
        let local = self.bind(&binder.name, of, false, false);
        let filter_node = filter.map(|f| self.condition(f));
        let asked = match (kind, want) {
            (ast::Aggregate::Collect, Some(Ty::List(of))) => Some(of.as_ref().clone()),
            (_, want) => want.cloned(),
        };
        let item = self.with_filter(filter, |this| this.expr(value, asked.as_ref()));
        self.locals.truncate(depth);
        if item.or_none && !item.ty.is_broken() {
            self.possible_none(value);
        }
        let (kind, ty, or_none) = match kind {
            ast::Aggregate::Sum => (Aggregate::Sum, item.ty.clone(), false),
            ast::Aggregate::Min => (Aggregate::Min, item.ty.clone(), true),
            ast::Aggregate::Max => (Aggregate::Max, item.ty.clone(), true),
            ast::Aggregate::Collect => (Aggregate::Collect, Ty::List(Box::new(item.ty.clone())), false),
        };
        let summable = item.ty.is_number() || matches!(item.ty, Ty::Period | Ty::Broken);
        if (kind == Aggregate::Sum && !summable) || (kind != Aggregate::Collect && !summable && item.ty != Ty::Date) {
            let found = self.ty_name(&item.ty);
            self.problem(Code::TypeMismatch, value.span, format!("{found} cannot be summed or ranked")).help =
                "use a number or an amount of each entry".into();
            return self.broken();
        }
        Typed {
            node: self.node(Node::Aggregate { kind, local, list, filter: filter_node, value: item.node }),
            ty,
            or_none,
        }
    }

    pub fn distinct(&mut self, list: &'a Expr) -> Typed {
        let (node, of) = self.entries(list);
        if matches!(of, Ty::Row(_) | Ty::Document(_)) {
            self.problem(Code::TypeMismatch, list.span, "`distinct` works on plain values").help =
                "collect a field first: `distinct (collect x.kind for x in …)`".into();
            return self.broken();
        }
        self.made(Node::Distinct(node), Ty::List(Box::new(of)))
    }

    pub fn list(&mut self, items: &'a [(Expr, Option<Expr>)], want: Option<&Ty>) -> Typed {
        let mut ty = match want {
            Some(Ty::List(of)) => Some(of.as_ref().clone()),
            _ => None,
        };
        if items.is_empty() {
            let of = ty.unwrap_or(Ty::Broken);
            return Typed { node: self.constant(Constant::EmptyList), ty: Ty::List(Box::new(of)), or_none: false };
        }
        let mut nodes = Vec::new();
        let mut or_none = false;
        for (item, condition) in items {
            let condition_node = condition.as_ref().map(|c| self.condition(c));
            let item_node = self.with_filter(condition.as_ref(), |this| this.branch(item, &mut ty, &mut or_none));
            if std::mem::take(&mut or_none) {
                self.possible_none(item);
            }
            nodes.push((item_node, condition_node));
        }
        self.made(Node::List(nodes), Ty::List(Box::new(ty.unwrap_or(Ty::Broken))))
    }

    /// `submitted NAME`: what was handed in of a document, or of a group's.
    pub fn submitted(&mut self, name: &Name) -> Typed {
        match self.kinds_of(name) {
            Some(kinds) => {
                let ty = Ty::List(Box::new(Ty::Document(kinds.clone())));
                self.made(Node::Submitted(kinds), ty)
            }
            None => self.broken(),
        }
    }
}
