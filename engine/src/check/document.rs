//! Documents, groups and channels.

use super::builder::{Builder, Progress};
use super::criterion::Narrowing;
use super::types::{Ty, Typed};
use super::window::overlap;
use crate::diagnostic::{Code, nearest};
use crate::program::document::{
    Channel as CompiledChannel, Document as Compiled, Field, Generation, Group as CompiledGroup, Need, Requirement,
    RequirementKind,
};
use crate::program::expression::{Constant, DocumentField, Node, NodeId};
use crate::source::Span;
use crate::syntax::document::{Channel, Clause, ClauseKind, Document, Field as WrittenField, Group};
use crate::syntax::header::Window;
use crate::syntax::{Declaration, Expr, ExprKind, Name};
use std::collections::BTreeSet;

/// A document at work: one generation of it, and what narrows it.
pub(super) struct AtWork<'a> {
    name: &'a Name,
    declared: Option<&'a Document>,
    group: Option<(&'a Group, u16)>,
    /// Clauses of `use NAME { … }`, which replace its own of the same kind.
    narrowing: &'a [Clause],
    gate: Narrowing<'a>,
}

impl<'a> AtWork<'a> {
    fn windows(&self) -> impl Iterator<Item = &'a Window> + '_ {
        let declared = self.declared.and_then(|d| d.window.as_ref());
        let group = self.group.and_then(|(g, _)| g.window.as_ref());
        [declared, group, self.gate.window].into_iter().flatten()
    }

    /// Is there no day on which both are in force?
    fn is_apart(&self, other: &Self) -> bool {
        self.windows().any(|a| other.windows().any(|b| !overlap(a, b)))
    }
}

impl<'a> Builder<'a> {
    /// Gives every document at work its number, in the order of the text.
    pub fn own_documents(&mut self, own: &'a [Declaration]) {
        let mut at_work: Vec<AtWork<'a>> = Vec::new();
        for declaration in own {
            match declaration {
                Declaration::Document(d) => self.document_at_work(d, &[], Narrowing::default(), &mut at_work),
                Declaration::Group(group) => self.group_at_work(group, &[], Narrowing::default(), &mut at_work),
                Declaration::Use(put) => {
                    for name in &put.names {
                        let groups = self.names.groups.get(name.node.as_str()).cloned().unwrap_or_default();
                        for group in groups {
                            self.group_at_work(group, &put.clauses, put.narrowing(), &mut at_work);
                        }
                        let documents = self.names.documents.get(name.node.as_str()).cloned().unwrap_or_default();
                        for document in documents {
                            self.document_at_work(document, &put.clauses, put.narrowing(), &mut at_work);
                        }
                    }
                }
                _ => {}
            }
        }
        self.register(at_work);
    }

    /// A document that is no member of a group on its days stands alone.
    fn document_at_work(
        &mut self,
        document: &'a Document,
        narrowing: &'a [Clause],
        gate: Narrowing<'a>,
        at_work: &mut Vec<AtWork<'a>>,
    ) {
        let alone = AtWork { name: &document.name, declared: Some(document), group: None, narrowing, gate };
        let holds = |g: &Group| {
            g.members.iter().any(|m| m.node == document.name.node)
                && g.window.as_ref().is_none_or(|w| alone.windows().all(|own| overlap(own, w)))
        };
        // `use` of a member puts it to work by itself.
        if self.is_own(document.name.span) && self.names.groups.values().flatten().any(|g| holds(g)) {
            return;
        }
        at_work.push(alone);
    }

    fn group_at_work(
        &mut self,
        group: &'a Group,
        narrowing: &'a [Clause],
        gate: Narrowing<'a>,
        at_work: &mut Vec<AtWork<'a>>,
    ) {
        let number = u16::try_from(self.program.groups.len()).unwrap_or(u16::MAX);
        self.program.groups.push(CompiledGroup { name: group.name.node.clone(), members: Vec::new(), required: None });
        for member in &group.members {
            let declared = self.names.documents.get(member.node.as_str()).cloned().unwrap_or_default();
            if declared.is_empty() && self.first_report(member.span.file, &member.node) {
                let near = nearest(&member.node, self.names.documents.keys().copied()).map(str::to_owned);
                let help = near.map_or_else(
                    || format!("declare it: `document {} {{ title {{ … }} }}`", member.node),
                    |n| format!("did you mean `{n}`?"),
                );
                self.problem(Code::UnknownName, member.span, format!("there is no document `{}`", member.node)).help =
                    help;
            }
            let together =
                |d: &Document| d.window.as_ref().zip(group.window.as_ref()).is_none_or(|(a, b)| overlap(a, b));
            let group = Some((group, number));
            let of = |declared| AtWork { name: member, declared, group, narrowing, gate };
            if declared.is_empty() {
                at_work.push(of(None));
            }
            at_work.extend(declared.into_iter().filter(|d| together(d)).map(|d| of(Some(d))));
        }
    }

    fn register(&mut self, at_work: Vec<AtWork<'a>>) {
        for document in at_work {
            let mut of_name = self.names.pending.iter().filter(|d| d.name.node == document.name.node);
            if let Some(twin) = of_name.rfind(|d| !d.is_apart(&document)) {
                // Two declarations that overlap are told where names are collected.
                let told = twin.declared.zip(document.declared).is_some_and(|(a, b)| !std::ptr::eq(a, b));
                if !told {
                    let message = format!("the document `{}` is put to work twice", document.name.node);
                    self.problem(Code::Duplicate, document.name.span, message).help = "keep it in one place".into();
                }
                continue;
            }
            let number = self.document_number(document.name);
            if let Some((_, group)) = document.group {
                let members = &mut self.program.groups[usize::from(group)].members;
                if !members.contains(&number) {
                    members.push(number);
                }
            }
            // Fields first: criteria above may ask for them.
            self.fields_of(number, &document);
            self.names.pending.push(document);
        }
    }

    fn document_number(&mut self, name: &Name) -> u16 {
        if let Some(number) = self.documents.get(&name.node) {
            return *number;
        }
        let number = u16::try_from(self.program.documents.len()).unwrap_or(u16::MAX);
        let kind = self.symbol(&name.node);
        self.documents.insert(name.node.clone(), number);
        self.program.documents.push(Compiled { kind, fields: Vec::new(), generations: Vec::new() });
        self.document_progress.push(Progress::Broken);
        number
    }

    fn clauses_of(document: &AtWork<'a>) -> Vec<&'a Clause> {
        let own = document.declared.map_or(&[][..], |d| d.clauses.as_slice());
        let group = document.group.map_or(&[][..], |(g, _)| g.clauses.as_slice());
        let narrowing = document.narrowing;
        let replaced = |clause: &&Clause| !narrowing.iter().any(|n| replaces(&n.kind, &clause.kind));
        own.iter().chain(group).filter(replaced).chain(narrowing).collect()
    }

    fn fields_of(&mut self, number: u16, document: &AtWork<'a>) {
        let mut seen: Vec<&str> = Vec::new();
        for clause in Self::clauses_of(document) {
            let ClauseKind::Fields(fields) = &clause.kind else { continue };
            for field in fields {
                if seen.contains(&field.name.node.as_str()) {
                    let message = format!("the field `{}` is declared twice", field.name.node);
                    self.problem(Code::Duplicate, field.name.span, message).help = "take one of the two away".into();
                    continue;
                }
                seen.push(&field.name.node);
                self.field_of_kind(number, field);
            }
        }
    }

    /// A field that several generations have is one field, of one type.
    fn field_of_kind(&mut self, number: u16, field: &'a WrittenField) {
        let name = self.symbol(&field.name.node);
        let fact_type = match &field.fact_type {
            Some(written) => {
                let (ty, _) = self.fact_type(written);
                self.stored_type(&ty)
            }
            None => crate::program::Type::Text,
        };
        let label = field.label.as_ref().map(|t| self.texts(t)).unwrap_or_default();
        let fields = &mut self.program.documents[usize::from(number)].fields;
        match fields.iter().find(|f| f.name == name) {
            None => fields.push(Field { name, fact_type, label }),
            Some(other) if other.fact_type == fact_type => {}
            Some(_) => {
                let message = format!("the field `{}` has another type in another generation", field.name.node);
                self.problem(Code::TypeMismatch, field.name.span, message).help =
                    "give it the same type in all of them".into();
            }
        }
    }

    /// Builds what is asked of each document.
    pub fn build_documents(&mut self) {
        for number in 0..self.program.documents.len() {
            self.built_document(u16::try_from(number).unwrap_or(u16::MAX), Span::default());
        }
    }

    /// Builds a document when it is first needed.
    fn built_document(&mut self, number: u16, span: Span) {
        let at = usize::from(number);
        match self.document_progress.get(at) {
            Some(Progress::Broken) => {}
            Some(Progress::Open) => return self.circle("is accepted", span),
            _ => return,
        }
        self.document_progress[at] = Progress::Open;
        let pending = std::mem::take(&mut self.names.pending);
        let of_kind = |d: &AtWork<'a>| self.documents.get(&d.name.node) == Some(&number);
        let (now, later) = pending.into_iter().partition(of_kind);
        self.names.pending = later;
        let mut now: Vec<AtWork<'a>> = now;
        now.sort_by_key(|d| d.windows().filter_map(|w| w.from).max());
        for document in now {
            let generation = self.apart(|this| this.build_document(at, &document));
            self.program.documents[at].generations.push(generation);
        }
        self.document_progress[at] = Progress::Done(());
    }

    fn build_document(&mut self, at: usize, document: &AtWork<'a>) -> Generation {
        let window = document.declared.and_then(|d| d.window.as_ref());
        let group_window = document.group.and_then(|(g, _)| g.window.as_ref());
        let gate = self.document_gate(window, group_window, document.gate);
        let clauses = Self::clauses_of(document);
        self.once_each(&clauses);
        let need = document.group.map_or(Need::Optional, |(_, n)| Need::OneOf(n));
        let mut generation = Generation { title: Vec::new(), need, gate, requirements: Vec::new() };
        let mut told = document.group.is_some();
        for clause in clauses {
            match &clause.kind {
                ClauseKind::Title(texts) => generation.title = self.texts(texts),
                ClauseKind::Required | ClauseKind::Optional => {
                    let condition = clause.when.as_ref().map(|w| self.condition(w));
                    self.needed(&mut generation.need, &clause.kind, condition, clause.span);
                    told = true;
                }
                kind => self.requirement(at, kind, clause, &mut generation.requirements),
            }
        }
        // What is wrong with a copy is told before what is wrong with its fields.
        generation.requirements.sort_by_key(|r| r.kind.is_of_field());
        if !told {
            let message = format!("nothing says whether `{}` must be there", document.name.node);
            self.problem(Code::NotTold, document.name.span, message).help =
                "write `required`, `required when …` or `optional`, or put it into a `one of` group".into();
        }
        generation
    }

    fn document_gate(
        &mut self,
        window: Option<&'a Window>,
        group: Option<&'a Window>,
        narrowed: Narrowing<'a>,
    ) -> Option<NodeId> {
        let own = self.gate(window, None, narrowed);
        match (own, self.window(group)) {
            (Some(a), Some(b)) => Some(self.node(Node::All(vec![a, b]))),
            (a, b) => a.or(b),
        }
    }

    fn needed(&mut self, need: &mut Need, kind: &ClauseKind, condition: Option<NodeId>, span: Span) {
        match (*need, kind, condition) {
            (Need::OneOf(group), ClauseKind::Required, condition) => {
                self.program.groups[usize::from(group)].required = condition;
            }
            (Need::OneOf(_), _, _) => {
                self.problem(Code::NotAllowedHere, span, "a group cannot be optional").help =
                    "write `required when …` after it, or optional documents instead of a group".into();
            }
            (_, ClauseKind::Required, Some(condition)) => *need = Need::RequiredWhen(condition),
            (_, ClauseKind::Required, None) => *need = Need::Required,
            _ => *need = Need::Optional,
        }
    }

    /// A clause stands once, or each time under another condition.
    fn once_each(&mut self, clauses: &[&'a Clause]) {
        for (at, clause) in clauses.iter().enumerate() {
            let twin = clauses.iter().take(at).find(|c| {
                replaces(&c.kind, &clause.kind)
                    && (c.when.is_none() || clause.when.is_none())
                    && !matches!(c.kind, ClauseKind::Fields(_))
            });
            if let Some(first) = twin.map(|c| c.span) {
                let problem = self.problem(Code::RepeatedClause, clause.span, "this is said twice of the document");
                problem.related.push((first, "said here".into()));
                problem.help = "keep one of the two".into();
            }
        }
    }

    fn requirement(&mut self, at: usize, kind: &'a ClauseKind, clause: &'a Clause, out: &mut Vec<Requirement>) {
        let when = clause.when.as_ref().map(|w| self.condition(w));
        let made = match kind {
            ClauseKind::Signed => RequirementKind::Signed,
            ClauseKind::Sealed => RequirementKind::Sealed,
            ClauseKind::Original => RequirementKind::Original,
            ClauseKind::IssuedWithin(stretch) => match self.stretch(stretch) {
                Some((period, anchor, before)) => RequirementKind::IssuedWithin { period, anchor, before },
                None => return,
            },
            ClauseKind::IssuedAfter(day) => RequirementKind::IssuedAfter(self.value_of(day, &Ty::Date)),
            ClauseKind::Expires(day, if_given) => {
                RequirementKind::Expires { day: self.value_of(day, &Ty::Date), if_given: *if_given }
            }
            ClauseKind::Formats(formats) => RequirementKind::Formats(formats.iter().map(|f| f.node.clone()).collect()),
            ClauseKind::AtMost(number, unit) => match number.filter(|_| self.measured_in(unit, "MB", "at most 5 MB")) {
                Some(number) => RequirementKind::Size(number),
                None => return,
            },
            ClauseKind::AtLeast(number, unit) => {
                match number.filter(|_| self.measured_in(unit, "dpi", "at least 300 dpi")) {
                    Some(number) => RequirementKind::Resolution(number),
                    None => return,
                }
            }
            ClauseKind::Fields(fields) => return self.filled_in(at, fields, when, out),
            ClauseKind::Title(_) | ClauseKind::Required | ClauseKind::Optional => return,
        };
        out.push(Requirement { kind: made, when });
    }

    fn measured_in(&mut self, unit: &Name, known: &str, example: &str) -> bool {
        if unit.node == known {
            return true;
        }
        self.problem(Code::UnitMismatch, unit.span, format!("this is measured in {known}, not in {}", unit.node))
            .help = format!("write `{example}`");
        false
    }

    fn filled_in(&mut self, at: usize, fields: &'a [WrittenField], when: Option<NodeId>, out: &mut Vec<Requirement>) {
        for field in fields {
            let name = self.symbol(&field.name.node);
            let declared = self.program.documents[at].fields.iter().zip(0u16..).find(|(f, _)| f.name == name);
            let Some((fact_type, number)) = declared.map(|(f, n)| (f.fact_type, n)) else { continue };
            out.push(Requirement { kind: RequirementKind::Filled(number), when });
            if let Some(other) = &field.equal_to {
                let ty = self.ty_of(fact_type);
                let node = self.value_of(other, &ty);
                out.push(Requirement { kind: RequirementKind::Equal(number, node), when });
            }
        }
    }

    /// Channels at work: own ones and those that `use` names, in the order of the text.
    pub fn channel_names(&self) -> Vec<&'a str> {
        let loaded = self.loaded;
        let mut names = Vec::new();
        for declaration in &loaded.modules[0].declarations {
            match declaration {
                Declaration::Channel(channel) => names.push(channel.name.node.as_str()),
                Declaration::Use(put) => {
                    let known = put.names.iter().filter_map(|n| self.names.channels.get_key_value(n.node.as_str()));
                    names.extend(known.map(|(name, _)| *name));
                }
                _ => {}
            }
        }
        // A part that speaks of the channel does not know yet which there will be.
        if names.is_empty() && self.is_part {
            names.extend(self.names.channels.keys());
        }
        names.dedup();
        names
    }

    pub fn channel_title(&mut self, name: &str) -> Vec<String> {
        let channels = self.names.channels.get(name).cloned().unwrap_or_default();
        let title = channels.iter().flat_map(|c| &c.clauses).find_map(|c| match &c.kind {
            ClauseKind::Title(texts) => Some(texts),
            _ => None,
        });
        title.map(|t| self.texts(t)).unwrap_or_default()
    }

    pub fn build_channels(&mut self) {
        for name in self.channel_names() {
            let mut requirements = Vec::new();
            for channel in self.names.channels.get(name).cloned().unwrap_or_default() {
                self.channel(channel, &mut requirements);
            }
            let name = self.symbol(name);
            self.program.channels.push(CompiledChannel { name, requirements });
        }
    }

    /// What one generation of a channel asks.
    fn channel(&mut self, channel: &'a Channel, requirements: &mut Vec<Requirement>) {
        let from = requirements.len();
        for clause in &channel.clauses {
            match &clause.kind {
                ClauseKind::Title(_) => {}
                ClauseKind::Required | ClauseKind::Optional | ClauseKind::Fields(_) => {
                    self.problem(Code::NotAllowedHere, clause.span, "a channel asks the same of every document").help =
                        "say this of the document itself".into();
                }
                kind => self.requirement(usize::MAX, kind, clause, requirements),
            }
        }
        for requirement in &mut requirements[from..] {
            let when: Vec<NodeId> = self.window(channel.window.as_ref()).into_iter().chain(requirement.when).collect();
            requirement.when = match when.as_slice() {
                [] => None,
                [only] => Some(*only),
                _ => Some(self.node(Node::All(when))),
            };
        }
    }

    /// The numbers behind the name of a document or a group at work.
    pub fn kinds_of(&mut self, name: &Name) -> Option<Vec<u16>> {
        if let Some(number) = self.documents.get(&name.node) {
            return Some(vec![*number]);
        }
        let of_name = self.program.groups.iter().filter(|g| g.name == name.node);
        let members: BTreeSet<u16> = of_name.flat_map(|g| &g.members).copied().collect();
        if !members.is_empty() {
            return Some(members.into_iter().collect());
        }
        let known =
            self.documents.keys().map(String::as_str).chain(self.program.groups.iter().map(|g| g.name.as_str()));
        let near = nearest(&name.node, known.collect::<Vec<_>>()).map(str::to_owned);
        let declared =
            self.names.documents.contains_key(name.node.as_str()) || self.names.groups.contains_key(name.node.as_str());
        if self.is_part && declared {
            return Some(Vec::new());
        }
        if self.is_broken_name(&name.node) {
            return None;
        }
        let help = match (declared, near) {
            (true, _) => format!("put it to work: `use {}`", name.node),
            (false, Some(near)) => format!("did you mean `{near}`?"),
            (false, None) => "declare it with `document` or `one of`".into(),
        };
        self.problem(Code::UnknownName, name.span, format!("there is no document `{}`", name.node)).help = help;
        None
    }

    /// `NAME is accepted`.
    pub fn accepted(&mut self, expr: &'a Expr) -> Typed {
        let ExprKind::Path(path) = &expr.kind else {
            self.problem(Code::TypeMismatch, expr.span, "only a document can be accepted").help =
                "write the name of a document or a group: `passport is accepted`".into();
            return self.broken();
        };
        let Some(kinds) = self.kinds_of(&Name::new(path.clone(), expr.span)) else { return self.broken() };
        for kind in &kinds {
            self.built_document(*kind, expr.span);
        }
        self.made(Node::Accepted(kinds), Ty::YesNo)
    }

    /// A field of a submitted document; of a group, one that every member has.
    pub fn document_field(&mut self, document: NodeId, kinds: &[u16], path: &str, span: Span) -> Typed {
        let own = DocumentField::OWN.iter().find(|(name, ..)| *name == path);
        let own = own.map(|(_, field, of)| (*field, self.ty_of(*of)));
        let symbol = self.symbol(path);
        let field_in = |kind: &u16| {
            let document = self.program.documents.get(usize::from(*kind));
            document.and_then(|d| d.fields.iter().find(|f| f.name == symbol)).map(|f| f.fact_type)
        };
        let found: Vec<Option<crate::program::Type>> = kinds.iter().map(field_in).collect();
        let declared = found.first().copied().flatten().filter(|first| found.iter().all(|f| *f == Some(*first)));
        match (declared, own) {
            (Some(of), _) => {
                let ty = self.ty_of(of);
                let node = self.node(Node::DocumentField { document, field: DocumentField::Named(symbol) });
                Typed { node, ty, or_none: true }
            }
            (None, Some((field, ty))) => {
                let or_none = !matches!(ty, Ty::YesNo);
                Typed { node: self.node(Node::DocumentField { document, field }), ty, or_none }
            }
            (None, None) if kinds.is_empty() => self.broken(),
            (None, None) => {
                let lacking = kinds.iter().zip(&found).find(|(_, f)| f.is_none()).map(|(k, _)| *k).unwrap_or(kinds[0]);
                let document = &self.program.documents[usize::from(lacking)];
                let names: Vec<&str> = document.fields.iter().map(|f| self.program.symbol(f.name)).collect();
                let help = match nearest(path, names.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if names.is_empty() => format!("declare it: `fields {path}`"),
                    None => format!("it has {}", names.join(", ")),
                };
                let kind = self.program.symbol(document.kind).to_owned();
                self.problem(Code::UnknownField, span, format!("the document `{kind}` has no field `{path}`")).help =
                    help;
                Typed { node: self.constant(Constant::None), ty: Ty::Broken, or_none: false }
            }
        }
    }

    pub fn first_document_span(&self) -> Span {
        let loaded = self.loaded;
        let first = loaded.modules[0]
            .declarations
            .iter()
            .find(|d| matches!(d, Declaration::Document(_) | Declaration::Group(_) | Declaration::Use(_)));
        first.map_or(Span::default(), Declaration::span)
    }
}

/// Do both clauses say the same kind of thing?
fn replaces(a: &ClauseKind, b: &ClauseKind) -> bool {
    let need = |k: &ClauseKind| matches!(k, ClauseKind::Required | ClauseKind::Optional);
    (need(a) && need(b)) || std::mem::discriminant(a) == std::mem::discriminant(b)
}
