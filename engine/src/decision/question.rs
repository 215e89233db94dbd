//! What to ask next: the facts that unsettled conditions still read, the most useful first.

use super::Case;
use super::ask::{Ask, Question};
use super::outcome::Settled;
use crate::eval::document::{NeedState, Status};
use crate::eval::{Standing, deadline::Due};
use crate::program::document::{Need, RequirementKind};
use crate::program::expression::{Hit, Outcome};
use crate::program::fact::FactId;
use crate::program::reason::When;
use crate::program::{Node, NodeId, Program};
use crate::value::{Effect, Value};

pub(super) fn questions<'p>(case: &mut Case<'p>, standings: &[Standing], settled: &Settled) -> Vec<Question<'p>> {
    let program = case.eval.program;
    if !standings.contains(&Standing::Open) && settled.outcome != Outcome::Undetermined && !lacks_figures(case, settled)
    {
        return Vec::new();
    }
    let mut order: Vec<FactId> = Vec::new();
    let strongest = strongest_certain(program, standings);
    let mut later: Vec<FactId> = Vec::new();
    for effect in [Effect::Refuse, Effect::Return, Effect::Review, Effect::Note] {
        let facts = facts_of(case, standings, effect);
        // A reason no stronger than what is already certain changes nothing.
        let bears = effect < Effect::Note && strongest.is_none_or(|s| effect < s);
        if bears { add_all(&mut order, facts) } else { add_all(&mut later, facts) }
    }
    // The governing date comes first wherever it bears on the outcome.
    if let Some(at) = order.iter().position(|fact| *fact == program.governed) {
        order.get_mut(..=at).unwrap_or_default().rotate_right(1);
    }
    add_all(&mut order, facts_of_figures(case, settled));
    add_all(&mut order, later);
    let ask = Ask { program, locale: case.locale };
    order.into_iter().filter_map(|fact| ask.question(fact)).collect()
}

fn strongest_certain(program: &Program, standings: &[Standing]) -> Option<Effect> {
    let raised = program.raises.iter().zip(standings).filter(|(_, s)| **s == Standing::Raised);
    raised.filter_map(|(r, _)| program.reasons.get(usize::from(r.reason)).map(|r| r.effect)).min()
}

fn add_all(order: &mut Vec<FactId>, facts: Vec<FactId>) {
    for fact in facts {
        if !order.contains(&fact) {
            order.push(fact);
        }
    }
}

/// The facts that open reasons of an effect read: first what most of them read, then in source order.
fn facts_of(case: &mut Case<'_>, standings: &[Standing], effect: Effect) -> Vec<FactId> {
    let program = case.eval.program;
    let mut lacking = Lacking::new(program);
    for (raise, standing) in program.raises.iter().zip(standings) {
        let of_effect = program.reasons.get(usize::from(raise.reason)).is_some_and(|r| r.effect == effect);
        if !of_effect || *standing != Standing::Open {
            continue;
        }
        lacking.begin();
        raise.gate.into_iter().for_each(|gate| lacking.look(case, gate));
        match raise.when {
            When::Unmet(node) => lacking.look(case, node),
            When::DocumentsMissing | When::DocumentsDefective => lacking.look_at_documents(case),
        }
    }
    let mut facts = lacking.facts();
    facts.sort_by_key(|n| std::cmp::Reverse(lacking.times(*n)));
    facts
}

/// Does the award or an output still lack a fact?
fn lacks_figures(case: &mut Case<'_>, settled: &Settled) -> bool {
    figures(case, settled).into_iter().any(|node| case.eval.value(node) == Value::Unknown)
}

fn facts_of_figures(case: &mut Case<'_>, settled: &Settled) -> Vec<FactId> {
    let program = case.eval.program;
    let mut all = Vec::new();
    for node in figures(case, settled) {
        let mut lacking = Lacking::new(program);
        lacking.look(case, node);
        add_all(&mut all, lacking.facts());
    }
    all
}

/// The nodes of the award and the outputs.
fn figures(case: &mut Case<'_>, settled: &Settled) -> Vec<NodeId> {
    let program = case.eval.program;
    let mut nodes = Vec::new();
    for award in program.awards.iter().filter(|_| settled.outcome != Outcome::Refused) {
        nodes.extend(award.gate);
        if case.eval.gate(award.gate).is_yes() {
            nodes.extend(award.lines.iter().map(|l| l.node));
        }
    }
    for output in &program.outputs {
        nodes.extend(output.gate);
        if !case.eval.gate(output.gate).is_no() {
            nodes.push(output.node);
        }
    }
    nodes
}

/// Finds the unknown facts that still matter to values, and how many of them each fact matters to.
struct Lacking {
    /// For each fact: the last value it was found to matter to, and the count of them.
    found: Vec<(u32, u32)>,
    /// The value that is looked at, counted from 1.
    nth: u32,
    /// The list facts behind the bound names.
    lists: Vec<(u8, Option<FactId>)>,
    /// Definitions that were gone through.
    definitions: Vec<u16>,
}

impl Lacking {
    fn new(program: &Program) -> Self {
        Self { found: vec![(0, 0); program.facts.len()], nth: 1, lists: Vec::new(), definitions: Vec::new() }
    }

    /// Begins with another value.
    fn begin(&mut self) {
        self.nth += 1;
        self.definitions.clear();
    }

    /// The facts that were found, in source order.
    fn facts(&self) -> Vec<FactId> {
        (0..).zip(&self.found).filter(|(_, (_, times))| *times > 0).map(|(n, _)| n).collect()
    }

    /// To how many values a fact matters.
    fn times(&self, fact: FactId) -> u32 {
        self.found.get(usize::from(fact)).map_or(0, |(_, times)| *times)
    }

    fn add(&mut self, program: &Program, fact: FactId) {
        // `today` is not asked for: it follows from the governing date.
        let asked = if fact == program.standard.today { program.governed } else { fact };
        if let Some((last, times)) = self.found.get_mut(usize::from(asked)).filter(|(last, _)| *last != self.nth) {
            *last = self.nth;
            *times += 1;
        }
    }

    fn look(&mut self, case: &mut Case<'_>, node: NodeId) {
        let program = case.eval.program;
        let Some(what) = program.nodes.get(node as usize) else {
            return;
        };
        if case.eval.value(node) != Value::Unknown || case.eval.is_exhausted() {
            return;
        }
        match what {
            Node::Fact(fact) => self.add(program, *fact),
            Node::Definition(n) if self.definitions.contains(n) => {}
            Node::Definition(n) => {
                self.definitions.push(*n);
                if let Some(definition) = program.definitions.get(usize::from(*n)) {
                    self.look(case, definition.node);
                }
            }
            Node::Column { row, .. } => self.look_at_column(case, *row),
            Node::If { arms, otherwise } => {
                for (condition, value) in arms {
                    match case.eval.truth(*condition) {
                        Value::Bool(true) => return self.look(case, *value),
                        Value::Bool(false) => {}
                        _ => return self.look(case, *condition),
                    }
                }
                self.look(case, *otherwise);
            }
            Node::Table { hit: Hit::First, rows } => {
                for (condition, value) in rows {
                    match case.eval.truth(*condition) {
                        Value::Bool(true) => return self.look(case, *value),
                        Value::Bool(false) => {}
                        _ => {
                            self.look(case, *condition);
                            self.look(case, *value);
                        }
                    }
                }
            }
            Node::Quantified { binders, filter, body, .. } => self.look_in_lists(case, binders, (*filter, *body)),
            Node::Aggregate { local, list, filter, value, .. } => {
                self.look_in_lists(case, &[(*local, *list)], (*filter, Some(*value)));
            }
            Node::Call { function, arguments } => {
                for argument in arguments {
                    self.look(case, *argument);
                }
                let lists = std::mem::take(&mut self.lists);
                case.eval.inside(*function, arguments, &mut |eval, body| {
                    let mut inner = Case { eval: eval.clone(), locale: 0 };
                    self.look(&mut inner, body);
                });
                self.lists = lists;
            }
            Node::Accepted(documents) => {
                for document in documents {
                    self.look_at_document(case, *document);
                }
            }
            Node::InTime { deadline, day } => {
                self.look(case, *day);
                if case.eval.due(*deadline) == Due::Unknown {
                    for node in case.eval.under_deadline(*deadline) {
                        self.look(case, node);
                    }
                }
            }
            _ => what.each(&mut |operand| self.look(case, operand)),
        }
    }

    fn look_at_column(&mut self, case: &mut Case<'_>, row: NodeId) {
        let program = case.eval.program;
        if let Some(Node::Local(local)) = program.nodes.get(row as usize) {
            let list = self.lists.iter().rev().find(|(l, _)| l == local).and_then(|(_, fact)| *fact);
            list.into_iter().for_each(|fact| self.add(program, fact));
        } else {
            self.look(case, row);
            // A field of a first or last element that is not told: the list is.
            self.look_for_lists(case, row);
        }
    }

    /// The list facts under a node, which have something to be told.
    fn look_for_lists(&mut self, case: &Case<'_>, node: NodeId) {
        let program = case.eval.program;
        let Some(what) = program.nodes.get(node as usize) else {
            return;
        };
        match what {
            Node::Fact(fact) => {
                let declared = program.facts.get(usize::from(*fact));
                if declared.is_some_and(|f| case.eval.claim.lacks(program, case.eval.claim.slot(*fact), f.fact_type)) {
                    self.add(program, *fact);
                }
            }
            Node::Definition(n) if self.definitions.contains(n) => {}
            Node::Definition(n) => {
                self.definitions.push(*n);
                if let Some(definition) = program.definitions.get(usize::from(*n)) {
                    self.look_for_lists(case, definition.node);
                }
            }
            _ => what.each(&mut |operand| self.look_for_lists(case, operand)),
        }
    }

    /// Looks at a condition for every combination of elements that may still matter.
    fn look_in_lists(
        &mut self,
        case: &mut Case<'_>,
        binders: &[(u8, NodeId)],
        condition: (Option<NodeId>, Option<NodeId>),
    ) {
        let Some(((local, list), rest)) = binders.split_first() else {
            for part in [condition.0, condition.1].into_iter().flatten() {
                match case.eval.value(part) {
                    Value::Unknown => self.look(case, part),
                    // An element that does not pass asks nothing more.
                    Value::Bool(false) => return,
                    _ => {}
                }
            }
            return;
        };
        self.look(case, *list);
        let fact = match case.eval.program.nodes.get(*list as usize) {
            Some(Node::Fact(fact)) => Some(*fact),
            _ => None,
        };
        self.lists.push((*local, fact));
        let submitted = matches!(case.eval.program.nodes.get(*list as usize), Some(Node::Submitted(_)));
        if !submitted && case.eval.value(*list) == Value::Unknown {
            // Whatever will be in it, what its entries are compared with is asked for as well.
            case.eval.bind(*local, Value::Unknown);
            self.look_in_lists(case, rest, condition);
        }
        for n in 0..case.eval.length(*list) {
            case.eval.bind_element(*local, *list, n);
            self.look_in_lists(case, rest, condition);
        }
        self.lists.pop();
    }

    fn look_at_documents(&mut self, case: &mut Case<'_>) {
        for n in 0..u16::try_from(case.eval.program.documents.len()).unwrap_or(0) {
            self.look_at_document(case, n);
        }
    }

    fn look_at_document(&mut self, case: &mut Case<'_>, n: u16) {
        let program = case.eval.program;
        let Some(document) = program.documents.get(usize::from(n)) else {
            return;
        };
        let state = case.eval.document(n);
        if matches!(state.need, NeedState::Unknown(_)) {
            for generation in &document.generations {
                if case.eval.gate(generation.gate).is_no() {
                    continue;
                }
                let condition = match generation.need {
                    Need::RequiredWhen(node) => Some(node),
                    Need::OneOf(group) => program.groups.get(usize::from(group)).and_then(|g| g.required),
                    Need::Required | Need::Optional => None,
                };
                for node in [generation.gate, condition].into_iter().flatten() {
                    self.look(case, node);
                }
            }
        }
        if !state.submitted || !matches!(state.status, Status::Unchecked(_)) {
            return;
        }
        let channel = program.standard.channel.filter(|c| case.eval.claim.slot(*c) == Value::Unknown);
        channel.into_iter().for_each(|c| self.add(program, c));
        let generation = document.generations.get(usize::from(state.generation));
        let told = case.eval.channel().map_or(&[][..], |(_, c)| &c.requirements);
        for requirement in generation.map_or(&[][..], |g| &g.requirements).iter().chain(told) {
            let nodes = match requirement.kind {
                RequirementKind::IssuedWithin { period, anchor, .. } => [Some(period), Some(anchor)],
                RequirementKind::IssuedAfter(n)
                | RequirementKind::Expires { day: n, .. }
                | RequirementKind::Equal(_, n) => [Some(n), None],
                _ => [None, None],
            };
            for node in nodes.into_iter().chain([requirement.when]).flatten() {
                self.look(case, node);
            }
        }
    }
}
