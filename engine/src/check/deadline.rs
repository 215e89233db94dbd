//! Deadlines and stages.

use super::builder::Builder;
use super::criterion::Narrowing;
use super::types::Ty;
use crate::diagnostic::{Code, nearest};
use crate::program::deadline::{Base, Deadline as Compiled, Generation, Term as CompiledTerm};
use crate::program::expression::{Constant, Node};
use crate::program::reason::When;
use crate::syntax::deadline::{Deadline, Term};
use crate::syntax::expression::Operator;
use crate::syntax::{Declaration, Expr, ExprKind, Name};
use crate::value::Period;
use crate::value::period::PeriodUnit;

impl<'a> Builder<'a> {
    /// Gives every deadline at work its number, in the order of the text.
    pub fn own_deadlines(&mut self, own: &'a [Declaration]) {
        for declaration in own {
            match declaration {
                Declaration::Deadline(deadline) => self.register_deadline(&deadline.name.node),
                Declaration::Use(put) => {
                    for name in &put.names {
                        for deadline in self.deadlines_behind(&name.node) {
                            self.register_deadline(&deadline.name.node);
                        }
                    }
                }
                _ => {}
            }
        }
        // Filled in when each is built.
        let order = self.deadline_order().into_iter();
        self.program.deadlines = order.map(|(name, _)| Compiled { name, generations: Vec::new() }).collect();
    }

    fn register_deadline(&mut self, name: &str) {
        let next = u16::try_from(self.deadlines.len()).unwrap_or(u16::MAX);
        self.deadlines.entry(name.to_owned()).or_insert(next);
    }

    fn deadline_order(&self) -> Vec<(String, u16)> {
        let mut order: Vec<(String, u16)> = self.deadlines.iter().map(|(n, at)| (n.clone(), *at)).collect();
        order.sort_by_key(|(_, at)| *at);
        order
    }

    /// The imported deadlines that `use NAME` means: of that name, or raising that reason.
    pub fn deadlines_behind(&self, name: &str) -> Vec<&'a Deadline> {
        let raises =
            |d: &Deadline| d.met_by.as_ref().is_some_and(|(_, r)| r.name.as_ref().is_some_and(|n| n.node == name));
        let all = self.names.deadlines.values().flatten().copied();
        all.filter(|d| !self.is_own(d.name.span) && (d.name.node == name || raises(d))).collect()
    }

    pub fn deadline(&mut self, deadline: &'a Deadline, narrowed: Narrowing<'a>) {
        let name = deadline.name.node.as_str();
        let Some(number) = self.deadlines.get(name).copied() else { return };
        if !self.deadlines_at_work.insert((deadline.name.span.file, deadline.name.span.start)) {
            let message = format!("the deadline `{name}` is put to work twice");
            self.problem(Code::Duplicate, deadline.name.span, message).help = "keep it in one place".into();
            return;
        }
        let mut generations = self.names.deadlines.get(name).cloned().unwrap_or_default();
        generations.sort_by_key(|g| g.window.as_ref().and_then(|w| w.from));
        let built = self.program.deadlines.get(usize::from(number)).is_some_and(|d| !d.generations.is_empty());
        if !built {
            // All of them, so that each condition that hangs on the deadline stands after all that it needs.
            let built = generations.iter().map(|g| self.generation(g, number, narrowed)).collect();
            if let Some(slot) = self.program.deadlines.get_mut(usize::from(number)) {
                slot.generations = built;
            }
        }
        let Some((day, raise)) = &deadline.met_by else { return };
        let node = self.value_of(day, &Ty::Date);
        let in_time = self.node(Node::InTime { deadline: number, day: node });
        self.place_node(in_time, deadline_span(deadline, day));
        let window = deadline.window.as_ref().filter(|_| generations.len() > 1);
        let holds = self.narrowed(in_time, window, Narrowing::default());
        self.raise(raise, When::Unmet(holds), name, deadline.name.span);
    }

    fn generation(&mut self, deadline: &'a Deadline, number: u16, narrowed: Narrowing<'a>) -> Generation {
        let term = self.term(deadline, number);
        if deadline.rolled {
            self.need_calendar(deadline.name.span);
        }
        let gate = self.gate(deadline.window.as_ref(), deadline.when.as_ref(), narrowed);
        let label = deadline.label.as_ref().map(|t| self.texts(t)).unwrap_or_default();
        Generation { label, term, rolled: deadline.rolled, gate, place: self.at(deadline.name.span) }
    }

    fn term(&mut self, deadline: &'a Deadline, number: u16) -> CompiledTerm {
        match &deadline.term {
            Term::Span { least, most, unit, base } => {
                if *unit == PeriodUnit::WorkingDays {
                    self.need_calendar(base.span);
                }
                let (Some(first), Some(last)) = (Period::of(*least, *unit), Period::of(*most, *unit)) else {
                    self.problem(Code::BadLiteral, base.span, "the span of this stage is too long").help =
                        "write smaller numbers".into();
                    return CompiledTerm::Day(self.constant(Constant::None));
                };
                if most < least {
                    self.problem(
                        Code::WindowBackwards,
                        deadline.name.span,
                        format!("{least} to {most} goes backwards"),
                    )
                    .help = "write the smaller number first".into();
                }
                let least = self.constant(Constant::Period(first));
                let most = self.constant(Constant::Period(last));
                CompiledTerm::After { least, most: Some(most), base: self.base(base, number) }
            }
            Term::Day(Expr { kind: ExprKind::Binary(Operator::After, period, base), .. }) => {
                let least = self.value_of(period, &Ty::Period);
                CompiledTerm::After { least, most: None, base: self.base(base, number) }
            }
            Term::Day(day) => {
                let typed = self.expr(day, Some(&Ty::Date));
                CompiledTerm::Day(self.fit(typed, &Ty::Date, day.span).node)
            }
        }
    }

    /// A day, or an earlier deadline.
    fn base(&mut self, base: &'a Expr, number: u16) -> Base {
        if let ExprKind::Path(path) = &base.kind {
            if let Some(earlier) = self.deadlines.get(path).copied() {
                if earlier >= number {
                    let message = format!("`{path}` stands below, and a stage counts from one above it");
                    self.problem(Code::EvaluationCycle, base.span, message).help =
                        format!("move the declaration of `{path}` above this one");
                    return Base::Day(self.constant(Constant::None));
                }
                return Base::Deadline(earlier);
            }
            let known = self.deadlines.keys().map(String::as_str).chain(self.fact_types.keys().map(String::as_str));
            let known = known.chain(self.names.defines.keys().copied());
            let near = nearest(path, known.collect::<Vec<_>>()).map(str::to_owned);
            if !self.fact_types.contains_key(path)
                && !self.names.defines.contains_key(path.split('.').next().unwrap_or(path))
                && self.first_report(base.span.file, path)
            {
                let help = near.map_or_else(
                    || "count from a date, or from a deadline declared above".to_owned(),
                    |n| format!("did you mean `{n}`?"),
                );
                self.problem(Code::UnknownName, base.span, format!("there is no date or deadline `{path}`")).help =
                    help;
                return Base::Day(self.constant(Constant::None));
            }
        }
        let typed = self.expr(base, Some(&Ty::Date));
        Base::Day(self.fit(typed, &Ty::Date, base.span).node)
    }

    /// Tells of a deadline that is not there, in a message.
    pub fn unknown_deadline(&mut self, name: &Name) {
        if self.is_broken_name(&name.node) {
            return;
        }
        let near = nearest(&name.node, self.deadlines.keys().map(String::as_str)).map(str::to_owned);
        let help = near.map_or_else(
            || "name a `deadline` or `stage` of the policy".to_owned(),
            |n| format!("did you mean `{n}`?"),
        );
        self.problem(Code::UnknownName, name.span, format!("there is no deadline `{}`", name.node)).help = help;
    }
}

/// From the deadline's term to the day that must meet it.
fn deadline_span(deadline: &Deadline, day: &Expr) -> crate::source::Span {
    match &deadline.term {
        Term::Span { base, .. } => deadline.name.span.to(base.span).to(day.span),
        Term::Day(term) => term.span.to(day.span),
    }
}
