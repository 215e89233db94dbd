//! What every program keeps, checked when one is read: then the evaluator ends and never runs out of stack.

use super::document::{Need, RequirementKind};
use super::fact::Slot;
use super::message::{Message, Piece};
use super::reason::When;
use super::{Node, NodeId, Program, Type};
use crate::json::plain_letters;
use crate::value::TextRef;

/// Nodes in a program.
pub const MAX_NODES: usize = 100_000;
/// Operands that are looked at, those behind documents, deadlines and parameters each time.
const MAX_LOOKED_AT: usize = 20_000_000;
/// Records inside each other.
const MAX_DEPTH: u32 = 64;
/// Levels of nodes, through definitions, functions and parameters.
pub const MAX_LEVELS: u32 = 400;

type Sound = Result<(), &'static str>;

/// Checks a program.
///
/// # Errors
/// The rule that it breaks.
pub(super) fn verify(p: &Program) -> Sound {
    ensure(p.nodes.len() <= MAX_NODES, "too many nodes")?;
    ensure(!p.locales.is_empty(), "no locale")?;
    ensure(p.calendar.as_ref().is_none_or(crate::value::Calendar::is_sound), "the calendar")?;
    ensure(usize::from(p.governed) < p.facts.len(), "the governing date")?;
    ensure(usize::from(p.standard.today) < p.facts.len(), "today")?;
    ensure(p.facts.get(usize::from(p.governed)).is_some_and(|f| f.fact_type == Type::Date), "the governing date")?;
    generations(p)?;
    deadlines(p)?;
    nodes(p)?;
    shapes(p)?;
    documents(p)?;
    declarations(p)?;
    ensure(p.places.windows(2).all(|w| w[0].node <= w[1].node), "places out of order")
}

fn ensure(holds: bool, rule: &'static str) -> Sound {
    if holds { Ok(()) } else { Err(rule) }
}

/// Can it stand as a key of a claim as it is? Then it is compared as it is written there.
fn is_name(key: &str) -> bool {
    plain_letters(key.as_bytes()) == key.len()
}

/// A rule has few generations, since every use of it may look at all.
fn generations(p: &Program) -> Sound {
    let few = |count: usize| count <= super::MAX_GENERATIONS;
    let sound = few(p.awards.len())
        && few(p.repeats.len())
        && p.deadlines.iter().all(|d| few(d.generations.len()))
        && p.documents.iter().all(|d| few(d.generations.len()))
        && p.reasons.iter().all(|r| few(r.generations.len()));
    ensure(sound, "too many generations of one rule")
}

/// Operands stand before the nodes that need them, and the levels are bounded.
fn nodes(p: &Program) -> Sound {
    let mut levels: Vec<u32> = Vec::with_capacity(p.nodes.len());
    let mut looked = 0usize;
    for (at, node) in p.nodes.iter().enumerate() {
        let mut deepest = 0;
        let mut in_order = true;
        let mut need = |n: NodeId| {
            looked += 1;
            match levels.get(n as usize) {
                Some(level) => deepest = deepest.max(*level),
                None => in_order = false,
            }
        };
        node.each(&mut need);
        match node {
            Node::Definition(n) => need(p.definitions.get(usize::from(*n)).map_or(NodeId::MAX, |d| d.node)),
            Node::Call { function, .. } => {
                need(p.functions.get(usize::from(*function)).map_or(NodeId::MAX, |f| f.body));
            }
            Node::Lookup { parameter, .. } | Node::InForce { parameter, .. } => {
                match p.parameters.get(usize::from(*parameter)) {
                    Some(parameter) => parameter.series.iter().flat_map(|s| &s.rows).for_each(|r| need(r.value)),
                    None => need(NodeId::MAX),
                }
            }
            Node::Accepted(documents) => documents.iter().for_each(|d| document_nodes(p, *d, &mut need)),
            Node::InTime { deadline, .. } => p.each_under_deadline(*deadline, &mut need),
            Node::Fact(n) => ensure(usize::from(*n) < p.facts.len(), "a fact that is not there")?,
            Node::Constant(super::expression::Constant::Text(text)) => text_inside(p, *text)?,
            _ => {}
        }
        ensure(in_order, "a node before its operands")?;
        ensure(looked <= MAX_LOOKED_AT, "too much hangs on one another")?;
        ensure(deepest < MAX_LEVELS, "too many levels")?;
        levels.push(deepest + 1);
        ensure(at < MAX_NODES, "too many nodes")?;
    }
    Ok(())
}

fn text_inside(p: &Program, text: TextRef) -> Sound {
    let end = (text.start as usize).saturating_add(text.len as usize);
    ensure(p.constants.get(text.start as usize..end).is_some(), "a text that is not there")
}

fn document_nodes(p: &Program, document: u16, need: &mut dyn FnMut(NodeId)) {
    let Some(d) = p.documents.get(usize::from(document)) else {
        return need(NodeId::MAX);
    };
    for generation in &d.generations {
        generation.gate.into_iter().for_each(&mut *need);
        match generation.need {
            Need::RequiredWhen(n) => need(n),
            Need::OneOf(group) => {
                p.groups.get(usize::from(group)).and_then(|g| g.required).into_iter().for_each(&mut *need);
            }
            Need::Required | Need::Optional => {}
        }
    }
    let channels = p.channels.iter().flat_map(|c| &c.requirements);
    for requirement in d.generations.iter().flat_map(|g| &g.requirements).chain(channels) {
        requirement.when.into_iter().for_each(&mut *need);
        match requirement.kind {
            RequirementKind::IssuedWithin { period, anchor, .. } => {
                need(period);
                need(anchor);
            }
            RequirementKind::IssuedAfter(n)
            | RequirementKind::Expires { day: n, .. }
            | RequirementKind::Equal(_, n) => need(n),
            _ => {}
        }
    }
}

/// A deadline counts from earlier ones only, and not through too many of them.
fn deadlines(p: &Program) -> Sound {
    let inside = |n: NodeId| (n as usize) < p.nodes.len();
    let mut levels: Vec<u32> = Vec::with_capacity(p.deadlines.len());
    for (deadline, n) in p.deadlines.iter().zip(0..) {
        let mut sound = !deadline.generations.is_empty();
        p.each_under_deadline(n, &mut |n| sound &= inside(n));
        ensure(sound, "a deadline")?;
        let bases = deadline.generations.iter().filter_map(|g| g.counts_from());
        let deepest = bases.filter_map(|b| levels.get(usize::from(b))).max().copied().unwrap_or(0);
        ensure(deepest < MAX_LEVELS, "too many stages, one after another")?;
        levels.push(deepest + 1);
    }
    Ok(())
}

/// Records contain only later records, so that reading ends; every slot is there.
fn shapes(p: &Program) -> Sound {
    ensure(!p.shapes.is_empty(), "no shape")?;
    for (at, shape) in p.shapes.iter().enumerate() {
        ensure(shape.keys.len() <= 512, "a record with too many keys")?;
        ensure(shape.keys.iter().all(|(key, _)| is_name(key)), "a key that is no name")?;
        for (_, slot) in &shape.keys {
            if let Slot::Record(inner) = slot {
                ensure(usize::from(*inner) > at && usize::from(*inner) < p.shapes.len(), "a record inside itself")?;
            }
        }
    }
    ensure(depth_of(p) <= MAX_DEPTH, "records too deep inside each other")?;
    for (at, row) in p.rows.iter().enumerate() {
        ensure(row.columns.len() <= 512, "a row with too many columns")?;
        ensure(row.shape.is_none_or(|s| usize::from(s) < p.shapes.len()), "a row without its record")?;
        for column in &row.columns {
            let inner_ok = match column.fact_type {
                Type::List(inner) => usize::from(inner) > at && usize::from(inner) < p.rows.len(),
                _ => true,
            };
            ensure(inner_ok, "a list inside itself")?;
        }
    }
    let lists = p.facts.iter().all(|f| !matches!(f.fact_type, Type::List(r) if usize::from(r) >= p.rows.len()));
    ensure(lists, "a list without its rows")?;
    let mut texts = p
        .facts
        .iter()
        .filter_map(|f| f.default)
        .chain(p.rows.iter().flat_map(|r| &r.columns).filter_map(|c| c.default));
    texts.try_for_each(|d| match d {
        super::expression::Constant::Text(text) => text_inside(p, text),
        _ => Ok(()),
    })
}

/// How deep records lie inside each other; each holds later ones only.
fn depth_of(p: &Program) -> u32 {
    let mut depths = vec![0u32; p.shapes.len()];
    for (at, shape) in p.shapes.iter().enumerate().rev() {
        let inner = shape.keys.iter().filter_map(|(_, slot)| match slot {
            Slot::Record(inner) => depths.get(usize::from(*inner)).copied(),
            Slot::Value(_) | Slot::Documents => None,
        });
        let deepest = inner.max().unwrap_or(0);
        depths[at] = deepest + 1;
    }
    depths.into_iter().max().unwrap_or(0)
}

fn documents(p: &Program) -> Sound {
    let inside = |n: NodeId| (n as usize) < p.nodes.len();
    for n in 0..p.documents.len() {
        let mut sound = true;
        document_nodes(p, u16::try_from(n).unwrap_or(u16::MAX), &mut |n| sound &= inside(n));
        ensure(sound, "a document's condition")?;
        let mut groups = p.documents[n].generations.iter().filter_map(|g| match g.need {
            Need::OneOf(group) => Some(group),
            Need::Required | Need::RequiredWhen(_) | Need::Optional => None,
        });
        ensure(groups.all(|g| usize::from(g) < p.groups.len()), "a group that is not there")?;
        ensure(p.documents[n].fields.iter().all(|f| is_name(p.symbol(f.name))), "a field that is no name")?;
        ensure(!p.documents[n].generations.is_empty(), "a document of which nothing is said")?;
    }
    let members = p.groups.iter().flat_map(|g| &g.members).all(|m| usize::from(*m) < p.documents.len());
    ensure(members, "a group's member")
}

fn declarations(p: &Program) -> Sound {
    let inside = |n: NodeId| (n as usize) < p.nodes.len();
    for raise in &p.raises {
        ensure(usize::from(raise.reason) < p.reasons.len(), "a reason that is not there")?;
        ensure(!matches!(raise.when, When::Unmet(n) if !inside(n)), "a criterion's condition")?;
        ensure(raise.gate.is_none_or(inside), "a reason's condition")?;
    }
    for generation in p.reasons.iter().flat_map(|r| &r.generations) {
        ensure(generation.gate.is_none_or(inside), "a reason's condition")?;
        generation.message.iter().chain(&generation.remedy).try_for_each(|m| message(p, m))?;
    }
    for r in &p.repeats {
        let nodes = [Some(r.list), Some(r.day), r.filter, r.period, r.gate];
        ensure(nodes.into_iter().flatten().all(inside), "the repeat rule")?;
    }
    for a in &p.awards {
        ensure(usize::from(a.amount) < a.lines.len(), "the award's amount")?;
        ensure(a.gate.is_none_or(inside) && a.lines.iter().all(|l| inside(l.node)), "an award line")?;
    }
    ensure(p.outputs.iter().all(|o| inside(o.node) && o.gate.is_none_or(inside)), "an output")?;
    ensure(p.definitions.iter().all(|d| inside(d.node)), "a definition")?;
    ensure(p.functions.iter().all(|f| inside(f.body)), "a function")?;
    let rows = p.parameters.iter().flat_map(|q| &q.series).flat_map(|s| &s.rows);
    ensure({ rows }.all(|r| inside(r.value)), "a parameter")
}

fn message(p: &Program, message: &Message) -> Sound {
    message.pieces.iter().try_for_each(|piece| match piece {
        Piece::Value(n, _) => ensure((*n as usize) < p.nodes.len(), "a message's value"),
        Piece::Deadline(n) => ensure(usize::from(*n) < p.deadlines.len(), "a message's deadline"),
        Piece::Text(_) | Piece::Subjects => Ok(()),
    })
}
