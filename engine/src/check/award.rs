//! The award, line by line.

use super::builder::Builder;
use super::cents::may_have_parts;
use super::criterion::Narrowing;
use super::types::Ty;
use super::window::Gap;
use crate::diagnostic::Code;
use crate::program::MAX_GENERATIONS;
use crate::program::award::{Award as Compiled, Line as CompiledLine};
use crate::program::expression::{Definition, Hit, Node, NodeId};
use crate::program::reason::When;
use crate::source::Span;
use crate::syntax::Expr;
use crate::syntax::Name;
use crate::syntax::award::{Award, Line};
use crate::syntax::header::Window;
use crate::syntax::reason::Raise;
use std::collections::BTreeSet;

/// An award at work: when it is in force, and its lines by name.
pub(super) struct AtWork<'a> {
    window: Option<&'a Window>,
    gate: Option<NodeId>,
    lines: Vec<(String, NodeId)>,
}

impl<'a> Builder<'a> {
    pub fn award(&mut self, award: &'a Award, narrowed: Narrowing<'a>) {
        // The word `award` alone is marked.
        let word = Span { end: award.span.start + 5, ..award.span };
        let window = narrowed.window.or(award.window.as_ref());
        if self.awards.iter().map(|a| &a.window).chain([&window]).any(Option::is_none) && !self.awards.is_empty() {
            self.problem(Code::Duplicate, word, "there is an award already").help =
                "a policy has one award at a time: give each its `in force`; several amounts are lines of one".into();
            return;
        }
        self.lines.clear();
        self.need_currency(word);
        let gate = self.gate(award.window.as_ref(), award.when.as_ref(), narrowed);
        let mut lines: Vec<CompiledLine> = Vec::new();
        let mut said = Vec::new();
        for line in &award.lines {
            if lines.iter().any(|l| l.name == line.name.node) {
                let first = award.lines.iter().find(|l| l.name.node == line.name.node);
                self.clash(first.map(|l| &l.name), &line.name);
                continue;
            }
            lines.push(self.with_filter(award.when.as_ref(), |this| this.line(line, gate, &mut said)));
        }
        let Some(amount) = lines.iter().position(|l| l.name == "amount") else {
            self.problem(Code::NoAmount, word, "the award has no line `amount`").help =
                "the line `amount` is what is paid; add it as the last one".into();
            return;
        };
        self.check_cents(award, &lines);
        let amount = u16::try_from(amount).unwrap_or(0);
        self.awards.push(AtWork { window, gate, lines: lines.iter().map(|l| (l.name.clone(), l.node)).collect() });
        self.program.awards.push(Compiled { gate, lines, amount, said });
    }

    fn check_cents(&mut self, award: &Award, lines: &[CompiledLine]) {
        let written = award.lines.iter().find(|l| l.name.node == "amount");
        let compiled = lines.iter().find(|l| l.name == "amount");
        let (Some(written), Some(compiled)) = (written, compiled) else { return };
        if may_have_parts(&self.program, compiled.node) {
            self.problem(Code::PartsOfACent, written.name.span, "the amount may have parts of a cent").help =
                "say how it is rounded: `… rounded to 0.01`, `rounded up to 1.00`".into();
        }
    }

    /// A line where its award is awarded; without an award there is no line.
    fn line_in_force(&mut self, lines: Vec<(Option<NodeId>, NodeId)>) -> NodeId {
        if let [(None, only)] = lines.as_slice() {
            return *only;
        }
        let rows = lines.into_iter().filter_map(|(gate, node)| Some((gate?, node))).collect();
        self.node(Node::Table { hit: Hit::First, rows })
    }

    /// What a line's name means to the outputs: the line of the award in force.
    pub fn join_award_lines(&mut self) {
        let awards = std::mem::take(&mut self.awards);
        let windows: Vec<_> = awards.iter().filter_map(|a| a.window).collect();
        if windows.len() > MAX_GENERATIONS || self.repeats.len() > MAX_GENERATIONS {
            self.problem(
                Code::TooLarge,
                windows.first().map_or(Span::default(), |w| w.span),
                "there are too many generations of one rule",
            )
            .help = format!("a rule may have {MAX_GENERATIONS}");
            return;
        }
        self.check_windows(windows, "the award", Gap::Warning);
        self.lines.clear();
        let names: BTreeSet<&String> = awards.iter().flat_map(|a| &a.lines).map(|(name, _)| name).collect();
        for name in names {
            let of_name = |a: &AtWork<'a>| a.lines.iter().find(|(n, _)| n == name).map(|(_, node)| (a.gate, *node));
            let node = self.line_in_force(awards.iter().filter_map(of_name).collect());
            self.lines.insert(name.clone(), (node, Ty::Money, false));
        }
        let repeats = std::mem::take(&mut self.repeats);
        self.check_windows(repeats.into_iter().flatten().collect(), "the repeat rule", Gap::Warning);
    }

    fn line(&mut self, line: &'a Line, gate: Option<NodeId>, said: &mut Vec<u16>) -> CompiledLine {
        let typed = self.expr(&line.value, Some(&Ty::Money));
        let typed = self.fit(typed, &Ty::Money, line.value.span);
        if typed.or_none && !typed.ty.is_broken() {
            self.possible_none(&line.value);
        }
        if let Some(raise) = &line.raise {
            said.extend(self.raise_without_row(raise, &line.value, gate, &line.name));
        }
        let node = self.once(&line.name, typed.node, &Ty::Money);
        self.lines.insert(line.name.node.clone(), (node, Ty::Money, false));
        let label = line.label.as_ref().map(|t| self.texts(t)).unwrap_or_default();
        CompiledLine { name: line.name.node.clone(), label, node }
    }

    /// Makes a value one that is computed once.
    pub fn once(&mut self, name: &Name, node: NodeId, ty: &Ty) -> NodeId {
        let value_type = Some(self.stored_type(ty));
        let place = self.at(name.span);
        let definition = Definition { name: name.node.clone(), value_type, node, place };
        self.program.definitions.push(definition);
        let number = u16::try_from(self.program.definitions.len() - 1).unwrap_or(u16::MAX);
        self.node(Node::Definition(number))
    }

    /// `VALUE else REASON`: raised when no row is in force for a parameter in the value.
    pub fn raise_without_row(
        &mut self,
        raise: &'a Raise,
        value: &'a Expr,
        gate: Option<NodeId>,
        name: &Name,
    ) -> Option<u16> {
        let in_force = self.lookups_in(value);
        if in_force.is_empty() {
            let span = raise.name.as_ref().map_or(value.span, |n| n.span);
            self.problem(
                Code::RaiseNeedsLookup,
                span,
                "no parameter is looked up here, so this reason is never raised",
            )
            .help = "`else` with a reason follows a value such as `norm[…] at …`; otherwise write a criterion".into();
            return None;
        }
        for node in &in_force {
            self.place_node(*node, value.span);
        }
        let mut holds = match in_force.as_slice() {
            [only] => *only,
            _ => self.node(Node::All(in_force)),
        };
        if let Some(gate) = gate {
            let closed = self.node(Node::Not(gate));
            holds = self.node(Node::Any(vec![closed, holds]));
        }
        self.raise(raise, When::Unmet(holds), &name.node, name.span)
    }
}
