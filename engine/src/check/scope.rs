//! Who declares what: every name of every module, in its namespace.

use super::builder::Builder;
use super::window::{Gap, Generation};
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
    pub parameters: BTreeMap<&'a str, Vec<&'a Parameter>>,
    pub documents: BTreeMap<&'a str, Vec<&'a Document>>,
    pub groups: BTreeMap<&'a str, Vec<&'a Group>>,
    pub channels: BTreeMap<&'a str, Vec<&'a Channel>>,
    pub reasons: BTreeMap<&'a str, Vec<DeclaredReason<'a>>>,
    pub deadlines: BTreeMap<&'a str, Vec<&'a Deadline>>,
    pub criteria: Vec<&'a Criterion>,
    pub outputs: BTreeMap<&'a str, Vec<&'a Output>>,
    pub repeats: Vec<&'a Repeat>,
    pub awards: Vec<&'a Award>,
    /// Documents at work that are not built yet.
    pub pending: Vec<super::document::AtWork<'a>>,
}

/// A reason with its texts, wherever it is declared.
#[derive(Clone, Copy)]
pub(super) struct DeclaredReason<'a> {
    pub name: &'a Name,
    pub window: Option<&'a Window>,
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
        self.generations_apart();
    }

    /// Several declarations of one name must be generations.
    fn generations_apart(&mut self) {
        self.apart_each(|n| &n.defines, |d| (&d.name, &d.window), Gap::Error);
        self.apart_each(|n| &n.parameters, |d| (&d.name, &d.window), Gap::Error);
        self.apart_each(|n| &n.documents, |d| (&d.name, &d.window), Gap::Warning);
        self.apart_each(|n| &n.groups, |d| (&d.name, &d.window), Gap::Warning);
        self.apart_each(|n| &n.channels, |d| (&d.name, &d.window), Gap::Warning);
        self.apart_each(|n| &n.deadlines, |d| (&d.name, &d.window), Gap::Warning);
        self.apart_each(|n| &n.outputs, |d| (&d.name, &d.window), Gap::Warning);
        self.criteria_apart();
        self.reasons_apart();
        self.same_bindings();
        self.same_keys();
    }

    fn apart_each<T: 'a>(
        &mut self,
        names: impl for<'n> Fn(&'n Names<'a>) -> &'n BTreeMap<&'a str, Vec<&'a T>>,
        of: impl Fn(&'a T) -> (&'a Name, &'a Option<Window>),
        gap: Gap,
    ) {
        let several = names(&self.names).values().filter(|g| g.len() > 1);
        let several: Vec<Vec<&'a T>> = several.cloned().collect();
        for declared in several {
            let generation = |d: &&'a T| {
                let (name, window) = of(d);
                Generation { name, window: window.as_ref() }
            };
            let generations: Vec<Generation<'a>> = declared.iter().map(generation).collect();
            self.check_generations(&generations, gap);
        }
    }

    fn criteria_apart(&mut self) {
        let mut by_name: BTreeMap<&'a str, Vec<Generation<'a>>> = BTreeMap::new();
        for criterion in &self.names.criteria {
            let generation = Generation { name: &criterion.name, window: criterion.window.as_ref() };
            by_name.entry(&criterion.name.node).or_default().push(generation);
        }
        by_name.values().for_each(|generations| self.check_generations(generations, Gap::Warning));
    }

    fn reasons_apart(&mut self) {
        let several: Vec<_> = self.names.reasons.values().filter(|r| r.len() > 1).cloned().collect();
        for declared in several {
            let generations: Vec<_> = declared.iter().map(|r| Generation { name: r.name, window: r.window }).collect();
            self.check_generations(&generations, Gap::Warning);
            let effect = declared.iter().find_map(|r| r.effect);
            if let Some(other) = declared.iter().find(|r| r.effect.is_some() && r.effect != effect) {
                self.effect_differs(&other.name.node, other.name.span, declared[0].name.span);
            }
        }
    }

    /// Generations of a parameter have the same keys.
    fn same_keys(&mut self) {
        let several: Vec<_> = self.names.parameters.values().filter(|p| p.len() > 1).cloned().collect();
        let keys = |p: &Parameter| p.keys.iter().map(|(key, _)| key.node.clone()).collect::<Vec<_>>();
        for parameters in several {
            let first = keys(parameters[0]);
            if let Some(odd) = parameters.iter().find(|p| keys(p) != first) {
                let message = format!("the versions of `{}` have different keys", odd.name.node);
                self.problem(Code::WrongArguments, odd.name.span, message).help =
                    "give all versions the same keys, in the same order".into();
            }
        }
    }

    /// Generations of a function take the same values.
    fn same_bindings(&mut self) {
        let several: Vec<_> = self.names.defines.values().filter(|d| d.len() > 1).cloned().collect();
        for defines in several {
            let names = |d: &Define| d.bindings.iter().map(|(name, _)| name.node.clone()).collect::<Vec<_>>();
            let first = names(defines[0]);
            let windowed = defines.iter().all(|d| d.window.is_some());
            if let Some(odd) = defines.iter().find(|d| windowed && names(d) != first) {
                let message = format!("the versions of `{}` have different parameters", odd.name.node);
                self.problem(Code::WrongArguments, odd.name.span, message).help =
                    "give all versions the same parameters".into();
            }
        }
    }

    fn collect_one(&mut self, declaration: &'a Declaration) {
        match declaration {
            Declaration::Type(d) => self.unique(|n| &mut n.types, &d.name, d, |d| &d.name),
            Declaration::Unit(d) => self.unique(|n| &mut n.units, &d.name, d, |d| &d.name),
            Declaration::Source(d) => self.unique(|n| &mut n.sources, &d.name, d, |d| &d.name),
            Declaration::Parameter(d) => self.names.parameters.entry(&d.name.node).or_default().push(d),
            Declaration::Document(d) => {
                let group = self.names.groups.get(d.name.node.as_str()).map(|g| &g[0].name);
                self.clash(group, &d.name);
                self.names.documents.entry(&d.name.node).or_default().push(d);
            }
            Declaration::Group(d) => {
                let document = self.names.documents.get(d.name.node.as_str()).map(|d| &d[0].name);
                self.clash(document, &d.name);
                self.names.groups.entry(&d.name.node).or_default().push(d);
            }
            Declaration::Channel(d) => self.names.channels.entry(&d.name.node).or_default().push(d),
            Declaration::Output(d) => {
                self.names.outputs.entry(&d.name.node).or_default().push(d);
                self.collect_raise(d.raise.as_ref(), d.window.as_ref());
            }
            Declaration::Define(d) => self.names.defines.entry(&d.name.node).or_default().push(d),
            Declaration::Deadline(d) => {
                self.names.deadlines.entry(&d.name.node).or_default().push(d);
                self.collect_raise(d.met_by.as_ref().map(|(_, raise)| raise), d.window.as_ref());
            }
            Declaration::Criterion(d) => {
                self.names.criteria.push(d);
                self.collect_raise(Some(&d.raise), d.window.as_ref());
            }
            Declaration::Repeat(d) => {
                self.names.repeats.push(d);
                self.collect_raise(Some(&d.raise), d.window.as_ref());
            }
            Declaration::Award(d) => {
                self.names.awards.push(d);
                d.lines.iter().for_each(|l| self.collect_raise(l.raise.as_ref(), d.window.as_ref()));
            }
            Declaration::Reason(d) => self.collect_reason(DeclaredReason {
                name: &d.name,
                window: d.window.as_ref(),
                effect: Some(d.effect.node),
                body: &d.body,
                alone: true,
            }),
            Declaration::Import(_) | Declaration::Use(_) | Declaration::Fact(_) => {}
        }
    }

    /// A reason declared where it is raised is in force as long as what raises it.
    fn collect_raise(&mut self, raise: Option<&'a Raise>, window: Option<&'a Window>) {
        if let Some(Raise { name: Some(name), effect, body: Some(body) }) = raise {
            let effect = effect.as_ref().map(|e| e.node);
            self.collect_reason(DeclaredReason { name, window, effect, body, alone: false });
        }
    }

    fn collect_reason(&mut self, declared: DeclaredReason<'a>) {
        self.names.reasons.entry(&declared.name.node).or_default().push(declared);
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

    /// Is the declaration in the file that is checked?
    pub fn is_own(&self, span: Span) -> bool {
        span.file == 0
    }
}
