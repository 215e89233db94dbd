//! Documents, groups and channels.

use super::builder::{Builder, Progress};
use super::types::{Ty, Typed};
use crate::diagnostic::{Code, nearest};
use crate::program::document::{
    Channel, Document as Compiled, Field, Group as CompiledGroup, Need, Requirement, RequirementKind,
};
use crate::program::expression::{Constant, DocumentField, Node, NodeId};
use crate::source::Span;
use crate::syntax::document::{Clause, ClauseKind, Document, Field as WrittenField, Group};
use crate::syntax::header::Window;
use crate::syntax::{Declaration, Expr, ExprKind, Name};

/// A document at work: where it is declared, and what narrows it.
pub(super) struct AtWork<'a> {
    name: &'a Name,
    declared: Option<&'a Document>,
    group: Option<(&'a Group, u16)>,
    /// Clauses of `use NAME { … }`, which replace its own of the same kind.
    narrowing: &'a [Clause],
    gate: super::criterion::Narrowing<'a>,
}

impl<'a> Builder<'a> {
    /// Gives every document at work its number, in the order of the text.
    pub fn own_documents(&mut self, own: &'a [Declaration]) {
        let members: Vec<&str> = self.names.groups.values().flat_map(|g| &g.members).map(|m| m.node.as_str()).collect();
        let mut at_work: Vec<AtWork<'a>> = Vec::new();
        for declaration in own {
            match declaration {
                Declaration::Document(d) if !members.contains(&d.name.node.as_str()) => {
                    at_work.push(AtWork { name: &d.name, declared: Some(d), group: None, narrowing: &[], gate: None });
                }
                Declaration::Group(group) => self.group_at_work(group, &[], None, &mut at_work),
                Declaration::Use(put) => {
                    let gate = put.unless.as_ref().map(|e| (e, false)).or(put.when.as_ref().map(|e| (e, true)));
                    for name in &put.names {
                        if let Some(group) = self.names.groups.get(name.node.as_str()).copied() {
                            self.group_at_work(group, &put.clauses, gate, &mut at_work);
                        } else if let Some(d) = self.names.documents.get(name.node.as_str()).copied() {
                            at_work.push(AtWork {
                                name: &d.name,
                                declared: Some(d),
                                group: None,
                                narrowing: &put.clauses,
                                gate,
                            });
                        }
                    }
                }
                _ => {}
            }
        }
        self.register(at_work);
    }

    fn group_at_work(
        &mut self,
        group: &'a Group,
        narrowing: &'a [Clause],
        gate: super::criterion::Narrowing<'a>,
        at_work: &mut Vec<AtWork<'a>>,
    ) {
        let number = u16::try_from(self.program.groups.len()).unwrap_or(u16::MAX);
        self.program.groups.push(CompiledGroup { name: group.name.node.clone(), members: Vec::new(), required: None });
        for member in &group.members {
            let declared = self.names.documents.get(member.node.as_str()).copied();
            if declared.is_none() && self.first_report(member.span.file, &member.node) {
                let near = nearest(&member.node, self.names.documents.keys().copied()).map(str::to_owned);
                let help = near.map_or_else(
                    || format!("declare it: `document {} {{ title {{ … }} }}`", member.node),
                    |n| format!("did you mean `{n}`?"),
                );
                self.problem(Code::UnknownName, member.span, format!("there is no document `{}`", member.node)).help =
                    help;
            }
            at_work.push(AtWork { name: member, declared, group: Some((group, number)), narrowing, gate });
        }
    }

    fn register(&mut self, at_work: Vec<AtWork<'a>>) {
        for document in at_work {
            if self.documents.contains_key(&document.name.node) {
                let message = format!("the document `{}` is put to work twice", document.name.node);
                self.problem(Code::Duplicate, document.name.span, message).help = "keep it in one place".into();
                continue;
            }
            let number = u16::try_from(self.program.documents.len()).unwrap_or(u16::MAX);
            let kind = self.symbol(&document.name.node);
            let need = document.group.map_or(Need::Optional, |(_, n)| Need::OneOf(n));
            if let Need::OneOf(group) = need {
                self.program.groups[usize::from(group)].members.push(number);
            }
            self.documents.insert(document.name.node.clone(), number);
            let empty =
                Compiled { kind, title: Vec::new(), need, gate: None, requirements: Vec::new(), fields: Vec::new() };
            self.program.documents.push(empty);
            self.document_progress.push(Progress::Broken);
            // Fields first: criteria above may ask for them.
            self.fields_of(number, &document);
            self.names.pending.push(document);
        }
    }

    fn clauses_of(document: &AtWork<'a>) -> Vec<&'a Clause> {
        let own = document.declared.map_or(&[][..], |d| d.clauses.as_slice());
        let group = document.group.map_or(&[][..], |(g, _)| g.clauses.as_slice());
        let narrowing = document.narrowing;
        let replaced = |clause: &&Clause| !narrowing.iter().any(|n| replaces(&n.kind, &clause.kind));
        own.iter().chain(group).filter(replaced).chain(narrowing).collect()
    }

    fn fields_of(&mut self, number: u16, document: &AtWork<'a>) {
        for clause in Self::clauses_of(document) {
            let ClauseKind::Fields(fields) = &clause.kind else { continue };
            for field in fields {
                let name = self.symbol(&field.name.node);
                if self.program.documents[usize::from(number)].fields.iter().any(|f| f.name == name) {
                    let message = format!("the field `{}` is declared twice", field.name.node);
                    self.problem(Code::Duplicate, field.name.span, message).help = "take one of the two away".into();
                    continue;
                }
                let fact_type = match &field.fact_type {
                    Some(written) => {
                        let (ty, _) = self.fact_type(written);
                        self.stored_type(&ty)
                    }
                    None => crate::program::Type::Text,
                };
                self.program.documents[usize::from(number)].fields.push(Field { name, fact_type });
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
        let Some(document) = self.names.pending.iter().position(|d| self.documents.get(&d.name.node) == Some(&number))
        else {
            return;
        };
        let document = self.names.pending.remove(document);
        self.apart(|this| this.build_document(at, &document));
        self.document_progress[at] = Progress::Done(());
    }

    fn build_document(&mut self, at: usize, document: &AtWork<'a>) {
        let window = document.declared.and_then(|d| d.window.as_ref());
        let group_window = document.group.and_then(|(g, _)| g.window.as_ref());
        let gate = self.document_gate(window, group_window, document.gate);
        let clauses = Self::clauses_of(document);
        self.once_each(&clauses);
        let mut need = self.program.documents[at].need;
        let mut told = document.group.is_some();
        let mut requirements = Vec::new();
        for clause in clauses {
            match &clause.kind {
                ClauseKind::Title(texts) => self.program.documents[at].title = self.texts(texts),
                ClauseKind::Required | ClauseKind::Optional => {
                    let condition = clause.when.as_ref().map(|w| self.condition(w));
                    self.needed(&mut need, &clause.kind, condition, clause.span);
                    told = true;
                }
                kind => self.requirement(at, kind, clause, &mut requirements),
            }
        }
        if !told {
            let message = format!("nothing says whether `{}` must be there", document.name.node);
            self.problem(Code::NotTold, document.name.span, message).help =
                "write `required`, `required when …` or `optional`, or put it into a `one of` group".into();
        }
        let slot = &mut self.program.documents[at];
        (slot.need, slot.gate, slot.requirements) = (need, gate, requirements);
    }

    fn document_gate(
        &mut self,
        window: Option<&'a Window>,
        group: Option<&'a Window>,
        narrowed: super::criterion::Narrowing<'a>,
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
        let Some(channel) = self.names.channels.get(name).copied() else { return Vec::new() };
        let title = channel.clauses.iter().find_map(|c| match &c.kind {
            ClauseKind::Title(texts) => Some(texts),
            _ => None,
        });
        title.map(|t| self.texts(t)).unwrap_or_default()
    }

    pub fn build_channels(&mut self) {
        for name in self.channel_names() {
            let Some(channel) = self.names.channels.get(name).copied() else { continue };
            let mut requirements = Vec::new();
            for clause in &channel.clauses {
                match &clause.kind {
                    ClauseKind::Title(_) => {}
                    ClauseKind::Required | ClauseKind::Optional | ClauseKind::Fields(_) => {
                        self.problem(Code::NotAllowedHere, clause.span, "a channel asks the same of every document")
                            .help = "say this of the document itself".into();
                    }
                    kind => self.requirement(usize::MAX, kind, clause, &mut requirements),
                }
            }
            let name = self.symbol(name);
            self.program.channels.push(Channel { name, requirements });
        }
    }

    /// The numbers behind the name of a document or a group at work.
    pub fn kinds_of(&mut self, name: &Name) -> Option<Vec<u16>> {
        if let Some(number) = self.documents.get(&name.node) {
            return Some(vec![*number]);
        }
        if let Some(group) = self.program.groups.iter().find(|g| g.name == name.node) {
            return Some(group.members.clone());
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
        let own = match path {
            "kind" => Some((DocumentField::Kind, Ty::Text)),
            "format" => Some((DocumentField::Format, Ty::Text)),
            "size" => Some((DocumentField::Size, Ty::Number(None))),
            "resolution" => Some((DocumentField::Resolution, Ty::Number(None))),
            "issued" => Some((DocumentField::Issued, Ty::Date)),
            "expires" => Some((DocumentField::Expires, Ty::Date)),
            "original" => Some((DocumentField::Original, Ty::YesNo)),
            "signed" => Some((DocumentField::Signed, Ty::YesNo)),
            "sealed" => Some((DocumentField::Sealed, Ty::YesNo)),
            "legible" => Some((DocumentField::Legible, Ty::YesNo)),
            _ => None,
        };
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
