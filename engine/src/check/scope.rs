//! Who declares what: every name of every module, in its namespace.

use super::builder::Builder;
use crate::diagnostic::Code;
use crate::source::Span;
use crate::syntax::criterion::Criterion;
use crate::syntax::deadline::Deadline;
use crate::syntax::definition::Define;
use crate::syntax::document::{Channel, Document, Group};
use crate::syntax::header::{SourceDeclaration, Unit, Window};
use crate::syntax::output::Output;
use crate::syntax::parameter::Parameter;
use crate::syntax::reason::{Raise, ReasonBody};
use crate::syntax::repeat::Repeat;
use crate::syntax::{Declaration, Name, award::Award, fact::TypeDefinition};
use crate::value::Effect;
use std::collections::BTreeMap;

/// The declarations of all modules by name. Several stand under one name only as generations.
#[derive(Default)]
pub(super) struct Names<'a> {
    pub types: BTreeMap<&'a str, &'a TypeDefinition>,
    pub units: BTreeMap<&'a str, &'a Unit>,
    pub sources: BTreeMap<&'a str, &'a SourceDeclaration>,
    pub defines: BTreeMap<&'a str, Vec<&'a Define>>,
    pub parameters: BTreeMap<&'a str, &'a Parameter>,
    pub documents: BTreeMap<&'a str, &'a Document>,
    pub groups: BTreeMap<&'a str, &'a Group>,
    pub channels: BTreeMap<&'a str, &'a Channel>,
    pub reasons: BTreeMap<&'a str, DeclaredReason<'a>>,
    pub deadlines: BTreeMap<&'a str, &'a Deadline>,
    pub criteria: Vec<&'a Criterion>,
    pub outputs: BTreeMap<&'a str, &'a Output>,
    pub repeats: Vec<&'a Repeat>,
    pub awards: Vec<&'a Award>,
    /// Documents at work that are not built yet.
    pub pending: Vec<super::document::AtWork<'a>>,
}

/// A reason with its texts, wherever it is declared.
#[derive(Clone, Copy)]
pub(super) struct DeclaredReason<'a> {
    pub name: &'a Name,
    pub effect: Option<Effect>,
    pub body: &'a ReasonBody,
    /// Declared by `reason`, not where it is raised.
    pub alone: bool,
}

impl<'a> Builder<'a> {
    /// Collects the names of every module; two declarations of one name are told.
    pub fn collect(&mut self) {
        let loaded = self.loaded;
        for file in &loaded.order {
            for declaration in &loaded.modules[*file].declarations {
                self.collect_one(declaration);
            }
        }
        for defines in self.names.defines.clone().values() {
            self.check_generations(defines);
        }
    }

    fn collect_one(&mut self, declaration: &'a Declaration) {
        match declaration {
            Declaration::Type(d) => self.unique(|n| &mut n.types, &d.name, d, |d| &d.name),
            Declaration::Unit(d) => self.unique(|n| &mut n.units, &d.name, d, |d| &d.name),
            Declaration::Source(d) => self.unique(|n| &mut n.sources, &d.name, d, |d| &d.name),
            Declaration::Parameter(d) => self.unique(|n| &mut n.parameters, &d.name, d, |d| &d.name),
            Declaration::Document(d) => {
                self.unique(|n| &mut n.documents, &d.name, d, |d| &d.name);
                self.clash(self.names.groups.get(d.name.node.as_str()).map(|g| &g.name), &d.name);
            }
            Declaration::Group(d) => {
                self.unique(|n| &mut n.groups, &d.name, d, |d| &d.name);
                self.clash(self.names.documents.get(d.name.node.as_str()).map(|g| &g.name), &d.name);
            }
            Declaration::Channel(d) => self.unique(|n| &mut n.channels, &d.name, d, |d| &d.name),
            Declaration::Output(d) => {
                self.unique(|n| &mut n.outputs, &d.name, d, |d| &d.name);
                self.collect_raise(d.raise.as_ref());
            }
            Declaration::Define(d) => self.names.defines.entry(&d.name.node).or_default().push(d),
            Declaration::Deadline(d) => {
                self.unique(|n| &mut n.deadlines, &d.name, d, |d| &d.name);
                self.collect_raise(d.met_by.as_ref().map(|(_, raise)| raise));
            }
            Declaration::Criterion(d) => {
                self.check_criterion_name(d);
                self.names.criteria.push(d);
                self.collect_raise(Some(&d.raise));
            }
            Declaration::Repeat(d) => {
                self.names.repeats.push(d);
                self.collect_raise(Some(&d.raise));
            }
            Declaration::Award(d) => {
                self.names.awards.push(d);
                d.lines.iter().for_each(|l| self.collect_raise(l.raise.as_ref()));
            }
            Declaration::Reason(d) => {
                let declared =
                    DeclaredReason { name: &d.name, effect: Some(d.effect.node), body: &d.body, alone: true };
                self.collect_reason(declared);
            }
            Declaration::Import(_) | Declaration::Use(_) | Declaration::Fact(_) => {}
        }
    }

    /// A criterion stands once, or in generations that exclude each other.
    fn check_criterion_name(&mut self, criterion: &'a Criterion) {
        let twins: Vec<&'a Criterion> =
            self.names.criteria.iter().filter(|c| c.name.node == criterion.name.node).copied().collect();
        for twin in twins {
            match (&twin.window, &criterion.window) {
                (Some(a), Some(b)) => self.check_apart(a, b),
                _ => return self.clash(Some(&twin.name), &criterion.name),
            }
        }
    }

    fn collect_raise(&mut self, raise: Option<&'a Raise>) {
        if let Some(Raise { name: Some(name), effect, body: Some(body) }) = raise {
            let effect = effect.as_ref().map(|e| e.node);
            self.collect_reason(DeclaredReason { name, effect, body, alone: false });
        }
    }

    fn collect_reason(&mut self, declared: DeclaredReason<'a>) {
        let first = self.names.reasons.get(declared.name.node.as_str()).map(|r| r.name);
        if first.is_some() {
            self.clash(first, declared.name);
        } else {
            self.names.reasons.insert(&declared.name.node, declared);
        }
    }

    fn unique<T: ?Sized>(
        &mut self,
        namespace: impl for<'n> Fn(&'n mut Names<'a>) -> &'n mut BTreeMap<&'a str, &'a T>,
        name: &'a Name,
        declaration: &'a T,
        named: impl Fn(&'a T) -> &'a Name,
    ) {
        let first = namespace(&mut self.names).get(name.node.as_str()).copied();
        if let Some(first) = first {
            self.clash(Some(named(first)), name);
        } else {
            namespace(&mut self.names).insert(&name.node, declaration);
        }
    }

    /// Tells of a second declaration of a name.
    pub fn clash(&mut self, first: Option<&Name>, second: &Name) {
        let Some(first) = first else { return };
        let message = format!("`{}` is declared twice", second.node);
        let span = first.span;
        let problem = self.problem(Code::Duplicate, second.span, message);
        problem.related.push((span, "the first declaration".into()));
        problem.help = "take one of the two away, or give it another name".into();
    }

    /// Generations of one definition must follow each other without overlap or gap.
    fn check_generations(&mut self, defines: &[&'a Define]) {
        let [first, rest @ ..] = defines else { return };
        if rest.is_empty() {
            return;
        }
        let mut windows: Vec<&Window> = Vec::new();
        for define in defines {
            match &define.window {
                Some(window) => windows.push(window),
                None => {
                    let second = if std::ptr::eq(*define, *first) { rest[0] } else { define };
                    return self.clash(Some(&first.name), &second.name);
                }
            }
        }
        if let Some(odd) = rest.iter().find(|d| d.bindings.len() != first.bindings.len()) {
            let message = format!("the versions of `{}` have different parameters", first.name.node);
            self.problem(Code::WrongArguments, odd.name.span, message).help =
                "give all versions the same parameters".into();
        }
        windows.sort_by_key(|w| w.from);
        for pair in windows.windows(2) {
            self.check_apart(pair[0], pair[1]);
            let next_day = pair[0].until.and_then(|d| d.add_days(1));
            if let (Some(next), Some(from)) = (next_day, pair[1].from)
                && next < from
            {
                let last = from.add_days(-1).unwrap_or(from);
                self.gap(pair[1].span, &first.name.node, (next, last));
            }
        }
    }

    fn gap(&mut self, span: Span, name: &str, (from, until): (crate::value::Date, crate::value::Date)) {
        let message = format!("`{name}` has no value from {from} until {until}");
        self.problem(Code::RowsGap, span, message).help =
            "let the earlier one last until the day before the later one, or add one for the days between".into();
    }

    fn check_apart(&mut self, a: &Window, b: &Window) {
        let (a, b) = if a.from <= b.from { (a, b) } else { (b, a) };
        let overlap = match (a.until, b.from) {
            (Some(until), Some(from)) => from <= until,
            _ => true,
        };
        if overlap {
            let first = a.span;
            let problem = self.problem(Code::RowsOverlap, b.span, "two generations are in force on the same day");
            problem.related.push((first, "the other one".into()));
            problem.help = "end the earlier one with `until` the day before the later one begins".into();
        }
    }

    /// Is the declaration in the file that is checked?
    pub fn is_own(&self, span: Span) -> bool {
        span.file == 0
    }
}
