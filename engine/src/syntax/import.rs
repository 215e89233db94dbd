//! Imports bring names; `use` puts what they name to work.

use super::document::{Clause, read_clauses, spanned_names};
use super::expression::clause;
use super::header::{Window, read_window};
use super::reader::{Pair, Reader, Rule, one, parts};
use super::{Expr, Name};
use crate::source::Span;

/// `import NAME`.
#[derive(Debug, Clone)]
pub struct Import {
    /// The part's name in the library.
    pub name: Name,
}

/// `use NAME, … unless CONDITION { clauses }`.
#[derive(Debug, Clone)]
pub struct Use {
    /// What is put to work.
    pub names: Vec<Name>,
    /// When it works.
    pub window: Option<Window>,
    /// Not where this holds.
    pub unless: Option<Expr>,
    /// Only where this holds.
    pub when: Option<Expr>,
    /// Clauses that replace a document's own of the same kind.
    pub clauses: Vec<Clause>,
    /// Its place.
    pub span: Span,
}

pub(super) fn read_import(r: &mut Reader<'_>, pair: Pair<'_>) -> Import {
    let mut inner = parts(pair);
    Import { name: r.named(&mut inner, Rule::path) }
}

pub(super) fn read_use(r: &mut Reader<'_>, pair: Pair<'_>) -> Use {
    let span = r.span(&pair);
    let mut inner = parts(pair);
    let names = spanned_names(r, &mut inner);
    let window = read_window(r, &mut inner);
    let unless = clause(r, &mut inner, Rule::unless_clause).map(|b| *b);
    let when = clause(r, &mut inner, Rule::when_clause).map(|b| *b);
    let clauses = one(&mut inner, Rule::clauses).map(|c| read_clauses(r, parts(c))).unwrap_or_default();
    Use { names, window, unless, when, clauses, span }
}
