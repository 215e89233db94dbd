//! Facts: the slots of a claim, the standard ones included.

use super::builder::Builder;
use super::types::Ty;
use crate::decision::words;
use crate::diagnostic::Code;
use crate::program::Type;
use crate::program::expression::Constant;
use crate::program::fact::{Choices, Column, Fact, FactId, Row, Shape, Slot};
use crate::source::Span;
use crate::syntax::fact::{Kind, Member, Shape as Written};
use crate::syntax::{Declaration, Expr, ExprKind, Name};

/// Names in a fact's path.
const MAX_PARTS: usize = 32;

impl<'a> Builder<'a> {
    /// Declares the standard facts, then those of every module, imports first.
    pub fn facts(&mut self) {
        let loaded = self.loaded;
        self.standard_facts();
        for file in &loaded.order {
            for declaration in &loaded.modules[*file].declarations {
                let Declaration::Fact(fact) = declaration else { continue };
                match &fact.shape {
                    Written::Single(member) => self.fact(&fact.name.node, member),
                    Written::Record(members) => {
                        for member in members {
                            self.fact(&format!("{}.{}", fact.name.node, member.name.node), member);
                        }
                    }
                }
            }
        }
        self.governing_date();
    }

    fn standard_facts(&mut self) {
        self.add_fact("filing.date", &Ty::Date, false, None);
        let channels = self.channel_names();
        if !channels.is_empty() {
            let members = channels.iter().map(|c| self.symbol(c)).collect();
            let labels = channels.iter().map(|c| self.channel_title(c)).collect();
            let choices = self.add_choices(Choices { members, labels });
            self.program.standard.channel = self.add_fact("filing.channel", &Ty::Choice(choices), false, None);
        }
        if let Some(today) = self.add_fact("today", &Ty::Date, false, None) {
            self.program.standard.today = today;
        }
        self.history();
        self.program.shapes[0].keys.push(("documents".into(), Slot::Documents));
    }

    /// Earlier grants: `policy`, `date`, and `amount` and `subject`, which are none if absent.
    fn history(&mut self) {
        let shape = self.program.shapes.len();
        let row = self.program.rows.len();
        let column = |path: &str, fact_type, or_none: bool| Column {
            path: path.into(),
            fact_type,
            or_none,
            default: or_none.then_some(Constant::None),
            label: self.program.locales.iter().map(|l| words::standard_column(path, l).to_owned()).collect(),
        };
        let columns = vec![
            column("policy", Type::Text, false),
            column("date", Type::Date, false),
            column("amount", Type::Money, true),
            column("subject", Type::Text, true),
        ];
        let keys = columns.iter().zip(0..).map(|(c, n)| (c.path.clone(), Slot::Value(n))).collect();
        self.program.shapes.push(Shape { keys });
        self.program.rows.push(Row { shape: u16::try_from(shape).ok(), columns });
        let ty = Ty::List(Box::new(Ty::Row(u16::try_from(row).unwrap_or(u16::MAX))));
        self.add_fact("history", &ty, false, None);
    }

    fn fact(&mut self, path: &str, member: &'a Member) {
        if let Kind::Record(members) = &member.fact_type.kind {
            for inner in members {
                self.fact(&format!("{path}.{}", inner.name.node), inner);
            }
            return;
        }
        if let Some(define) = self.names.defines.get(path).and_then(|d| d.first()).copied() {
            self.clash(Some(&member.name), &define.name);
        }
        if let Some(taken) = self.taken(path) {
            let message = if taken == path {
                format!("the fact `{path}` is declared twice")
            } else {
                format!("`{path}` cannot be a fact and a record at once: there is `{taken}`")
            };
            let standard = ["filing.date", "filing.channel", "today", "history", "documents"].contains(&path);
            let help = if standard {
                "every policy has this fact without declaring it"
            } else {
                "take one of the two away; facts of an imported part are facts of the policy"
            };
            self.problem(Code::Duplicate, member.name.span, message).help = help.into();
            return;
        }
        if path.split('.').count() > MAX_PARTS {
            let message = format!("the path of this fact has more than {MAX_PARTS} parts");
            self.problem(Code::TooDeep, member.name.span, message).help = "leave some of its records out".into();
            return;
        }
        let (ty, or_none) = self.fact_type(&member.fact_type);
        let default = member.default.as_ref().and_then(|d| self.constant_of(d, &ty, or_none));
        let Some(fact) = self.add_fact(path, &ty, or_none, default) else {
            self.problem(Code::TooLarge, member.name.span, "there are too many facts in one record").help =
                "a record of facts may have 512 members".into();
            return;
        };
        let ask = member.ask.as_ref().map(|t| self.texts(t)).unwrap_or_default();
        let label = member.label.as_ref().map(|t| self.texts(t)).unwrap_or_default();
        if let Some(place) = self.fact_places.get_mut(usize::from(fact)) {
            *place = member.name.span;
        }
        if let Some(slot) = self.program.facts.get_mut(usize::from(fact)) {
            slot.ask = ask;
            slot.label = label;
        }
    }

    /// A path that stands in the way of a new fact: itself, or a record around it, or a fact inside it.
    fn taken(&self, path: &str) -> Option<&str> {
        let inside = |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
        if path == "documents" {
            return Some("documents");
        }
        self.fact_types.keys().map(String::as_str).find(|f| *f == path || inside(f, path) || inside(path, f))
    }

    fn add_fact(&mut self, path: &str, ty: &Ty, or_none: bool, default: Option<Constant>) -> Option<FactId> {
        let fact = FactId::try_from(self.program.facts.len()).ok()?;
        let mut shape = 0;
        let mut steps: Vec<&str> = path.split('.').collect();
        let last = steps.pop()?;
        for step in steps {
            shape = self.record(shape, step);
        }
        if self.program.shapes[shape].keys.len() >= 512 {
            return None;
        }
        self.program.shapes[shape].keys.push((last.to_owned(), Slot::Value(fact)));
        let fact_type = self.stored_type(ty);
        let ask = self.program.locales.iter().map(|l| words::standard_question(path, l).to_owned()).collect::<Vec<_>>();
        let ask = if ask.iter().all(String::is_empty) { Vec::new() } else { ask };
        self.program.facts.push(Fact { path: path.into(), fact_type, or_none, default, ask, label: Vec::new() });
        self.fact_places.push(Span::default());
        self.fact_types.insert(path.to_owned(), (fact, ty.clone(), or_none));
        Some(fact)
    }

    fn record(&mut self, shape: usize, key: &str) -> usize {
        let known = self.program.shapes[shape].keys.iter().find(|(k, _)| k == key);
        if let Some((_, Slot::Record(inner))) = known {
            return usize::from(*inner);
        }
        let inner = self.program.shapes.len();
        self.program.shapes.push(Shape::default());
        let slot = Slot::Record(u16::try_from(inner).unwrap_or(u16::MAX));
        self.program.shapes[shape].keys.push((key.to_owned(), slot));
        inner
    }

    /// The value of a literal, for defaults and keys.
    pub fn constant_of(&mut self, expr: &'a Expr, ty: &Ty, or_none: bool) -> Option<Constant> {
        if matches!(expr.kind, ExprKind::None) {
            if !or_none {
                self.problem(Code::PossibleNone, expr.span, "the default is none, and the type does not allow none")
                    .help = "write `or none` after the type, or give another default".into();
            }
            return or_none.then_some(Constant::None);
        }
        if let (ExprKind::List(items), Ty::List(_)) = (&expr.kind, ty)
            && items.is_empty()
        {
            return Some(Constant::EmptyList);
        }
        let typed = self.expr(expr, Some(ty));
        let typed = self.fit(typed, ty, expr.span);
        if typed.ty.is_broken() {
            return None;
        }
        match self.program.nodes.get(typed.node as usize) {
            Some(crate::program::Node::Constant(constant)) => Some(*constant),
            _ => {
                self.problem(Code::NotAllowedHere, expr.span, "only a plain value can stand here").help =
                    "write a number, a date, a text, yes, no or a name of the list".into();
                None
            }
        }
    }

    /// Tells of a name that nothing declares, with the nearest one.
    pub fn unknown_name(&mut self, name: &Name) {
        if !self.first_report(name.span.file, &name.node) {
            return;
        }
        let near = self.nearest_value(&name.node);
        let node = name.node.as_str();
        let help = match (near, node.split_once('.')) {
            _ if node == "null" => "write `none`".into(),
            _ if node == "true" => "write `yes`".into(),
            _ if node == "false" => "write `no`".into(),
            _ if self.names.documents.contains_key(node) || self.names.groups.contains_key(node) => {
                format!("`{node}` is a document: ask `{node} is accepted`, or what is in `submitted {node}`")
            }
            _ if self.deadlines.contains_key(node) => {
                format!(
                    "`{node}` is a deadline: say `met by` in its declaration, or `{{deadline {node}}}` in a message"
                )
            }
            _ if self.fact_types.keys().any(|k| k.starts_with(&format!("{node}."))) => {
                let members =
                    self.fact_types.keys().filter_map(|k| k.strip_prefix(node).and_then(|r| r.strip_prefix('.')));
                format!("`{node}` is a record; it has {}", members.collect::<Vec<_>>().join(", "))
            }
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some((record, _))) if self.fact_types.keys().any(|k| k.starts_with(&format!("{record}."))) => {
                let members: Vec<&str> = self
                    .fact_types
                    .keys()
                    .filter_map(|k| k.strip_prefix(record).and_then(|r| r.strip_prefix('.')))
                    .collect();
                format!("`{record}` has {}", members.join(", "))
            }
            _ => "declare it with `fact` or `define`, or import the part that does".into(),
        };
        self.problem(Code::UnknownName, name.span, format!("nothing is called `{}` here", name.node)).help = help;
    }

    /// The nearest fact, definition, bound name or line.
    fn nearest_value(&self, wrong: &str) -> Option<String> {
        let known = self.fact_types.keys().map(String::as_str);
        let known = known.chain(self.names.defines.keys().copied());
        let known =
            known.chain(self.locals.iter().map(|l| l.name.as_str())).chain(self.lines.keys().map(String::as_str));
        let known: Vec<&str> = known.collect();
        // A member told without its record: `gain` for `device.gain`.
        let by_member = known.iter().find(|k| k.rsplit('.').next() == Some(wrong) && k.contains('.'));
        by_member.copied().or_else(|| crate::diagnostic::nearest(wrong, known.iter().copied())).map(str::to_owned)
    }
}
