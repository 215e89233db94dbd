//! Names and fields: which fact, definition, line, bound name or enum member is meant.

use crate::check::builder::Builder;
use crate::check::types::{Local, Ty, Typed};
use crate::diagnostic::{Code, nearest};
use crate::program::expression::{Constant, Node};
use crate::source::Span;
use crate::syntax::{Expr, Name};

impl<'a> Builder<'a> {
    /// A name: bound here, a line, a fact, a definition, or a member of the enum asked for.
    pub(super) fn path(&mut self, path: &str, span: Span, want: Option<&Ty>) -> Typed {
        if let Some(found) = self.known_path(path, span) {
            return Typed { or_none: found.or_none && !self.given.iter().any(|g| g == path), ..found };
        }
        if let Some(Ty::Choice(choices)) = want {
            return self.member(path, *choices, span);
        }
        if let Some(Ty::Text) = want
            && self.program.symbols.iter().any(|s| s == path)
        {
            let symbol = self.symbol(path);
            return self.literal(Constant::Choice(symbol), Ty::Text);
        }
        if self.names.parameters.contains_key(path) {
            let message = format!("`{path}` changes with time: say for which day");
            self.problem(Code::WrongArguments, span, message).help = format!("write `{path} at` and a date");
            return self.broken();
        }
        self.unknown_name(&Name::new(path.to_owned(), span));
        self.broken()
    }

    fn known_path(&mut self, path: &str, span: Span) -> Option<Typed> {
        if let Some(local) = self.local_path(path, span) {
            return Some(local);
        }
        if let Some((node, ty, or_none)) = self.lines.get(path).cloned() {
            return Some(Typed { node, ty, or_none });
        }
        if let Some((fact, ty, or_none)) = self.fact_types.get(path).cloned() {
            return Some(Typed { node: self.node(Node::Fact(fact)), ty, or_none });
        }
        if self.names.defines.contains_key(path) {
            return Some(self.defined(path, span));
        }
        // A field of a definition: `last_event.kind`.
        let (first, rest) = path.split_once('.')?;
        if !self.names.defines.contains_key(first) {
            return None;
        }
        let whole = self.defined(first, span);
        Some(self.field_of(whole, rest, span))
    }

    fn local_path(&mut self, path: &str, span: Span) -> Option<Typed> {
        let (first, rest) = path.split_once('.').map_or((path, None), |(f, r)| (f, Some(r)));
        let named = self.locals.iter().rev().find(|l| !l.implicit && l.name == first).cloned();
        if let Some(local) = named {
            let whole = Typed { node: self.node(Node::Local(local.slot)), ty: local.ty, or_none: local.or_none };
            return Some(match rest {
                Some(rest) => self.field_of(whole, rest, span),
                None => whole,
            });
        }
        let implicit: Local = self.locals.iter().rev().find(|l| l.implicit).cloned()?;
        let Ty::Row(row) = implicit.ty else { return None };
        let layout = self.program.rows.get(usize::from(row))?;
        layout.columns.iter().find(|c| c.path == path)?;
        let whole = Typed { node: self.node(Node::Local(implicit.slot)), ty: Ty::Row(row), or_none: false };
        Some(self.field_of(whole, path, span))
    }

    /// A member of an enum.
    fn member(&mut self, name: &str, choices: u16, span: Span) -> Typed {
        let names = self.member_names(choices);
        if names.contains(&name) {
            let symbol = self.symbol(name);
            return self.literal(Constant::Choice(symbol), Ty::Choice(choices));
        }
        let help = match nearest(name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it can be {}", names.join(", ")),
        };
        self.problem(Code::NotAMember, span, format!("`{name}` is not one of the choices here")).help = help;
        self.broken()
    }

    pub(super) fn field(&mut self, inner: &'a Expr, name: &Name) -> Typed {
        let whole = self.expr(inner, None);
        self.field_of(whole, &name.node, name.span)
    }

    /// A column of a row, or a field of a document.
    pub fn field_of(&mut self, whole: Typed, path: &str, span: Span) -> Typed {
        match &whole.ty {
            Ty::Row(row) => {
                let columns = self.program.rows.get(usize::from(*row)).map_or(&[][..], |r| r.columns.as_slice());
                let found =
                    columns.iter().zip(0..).find(|(c, _)| c.path == path).map(|(c, n)| (n, c.fact_type, c.or_none));
                if let Some((column, of, or_none)) = found {
                    let ty = self.ty_of(of);
                    let node = self.node(Node::Column { row: whole.node, column });
                    return Typed { node, ty, or_none: or_none || whole.or_none };
                }
                let names: Vec<&str> = columns.iter().map(|c| c.path.as_str()).collect();
                let help = match nearest(path, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("it has {}", names.join(", ")),
                };
                self.problem(Code::UnknownField, span, format!("an entry of this list has no `{path}`")).help = help;
                self.broken()
            }
            Ty::Document(kinds) => self.document_field(whole.node, &kinds.clone(), path, span),
            Ty::Broken => whole,
            other => {
                let what = self.ty_name(&other.clone());
                self.problem(Code::UnknownField, span, format!("`.{path}` cannot be asked of {what}")).help =
                    "only an entry of a list and a document have fields".into();
                self.broken()
            }
        }
    }
}
