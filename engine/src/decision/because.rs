//! Why a condition came out as it did: the leaf conditions that decided it, and the values seen.

use super::Case;
use crate::program::expression::Hit;
use crate::program::fact::{FactId, Type};
use crate::program::{Node, NodeId};
use crate::value::Value;
use serde::Serialize;

/// A leaf condition that decided a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Because<'p> {
    /// What the policy says there.
    pub says: &'p str,
    /// Where: file, line and column.
    pub at: &'p str,
    /// The facts it read.
    pub facts: Vec<Seen>,
}

/// A fact with the value seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Seen {
    /// Its dotted path.
    pub fact: String,
    /// Its value; null for none or unknown.
    pub value: Option<String>,
}

/// Of a failed `all of` every failed member, of a failed `any of` every member, and so down.
pub(super) fn because<'p>(case: &mut Case<'p>, node: NodeId, out: &mut Vec<Because<'p>>) {
    because_once(case, node, &mut Vec::new(), out);
}

/// A definition explains itself once, however often it is named.
fn because_once<'p>(case: &mut Case<'p>, node: NodeId, explained: &mut Vec<u16>, out: &mut Vec<Because<'p>>) {
    let program = case.eval.program;
    let Some(what) = program.nodes.get(node as usize) else {
        return;
    };
    match what {
        Node::All(members) | Node::Any(members) => {
            let held = case.eval.truth(node).is_yes();
            let whole = held == matches!(what, Node::All(_));
            for member in members {
                // Where one member settles the whole, only such members decided it.
                if whole || case.eval.truth(*member) == Value::Bool(held) {
                    because_once(case, *member, explained, out);
                }
            }
        }
        Node::Not(inner) if is_explained(case, *inner) => because_once(case, *inner, explained, out),
        Node::Definition(n) if explained.contains(n) => {}
        Node::Definition(n) => {
            explained.push(*n);
            if let Some(definition) = program.definitions.get(usize::from(*n)) {
                because_once(case, definition.node, explained, out);
            }
        }
        _ => {
            let Some(place) = place_of(case, node) else {
                return;
            };
            let facts = read_by(case, node);
            out.push(Because { says: &place.says, at: &place.at, facts });
        }
    }
}

fn is_explained(case: &Case<'_>, node: NodeId) -> bool {
    place_of(case, node).is_some()
        || matches!(
            case.eval.program.nodes.get(node as usize),
            Some(Node::All(_) | Node::Any(_) | Node::Not(_) | Node::Definition(_))
        )
}

fn place_of<'p>(case: &Case<'p>, node: NodeId) -> Option<&'p crate::program::expression::Place> {
    let places = &case.eval.program.places;
    places.binary_search_by_key(&node, |p| p.node).ok().and_then(|at| places.get(at))
}

/// The facts that a node reads, each once.
pub(super) fn read_by(case: &mut Case<'_>, node: NodeId) -> Vec<Seen> {
    let mut facts = Vec::new();
    seen(case, node, &mut Walk::default(), &mut facts);
    facts
}

/// A way through the nodes.
#[derive(Default)]
struct Walk {
    /// Bound names: the local, what its list is called, and which element it is.
    names: Vec<(u8, String, u32)>,
    /// Definitions that were gone through.
    definitions: Vec<u16>,
}

/// Gathers the facts under a node, each once.
fn seen(case: &mut Case<'_>, node: NodeId, bound: &mut Walk, facts: &mut Vec<Seen>) {
    let program = case.eval.program;
    let Some(what) = program.nodes.get(node as usize) else {
        return;
    };
    if case.eval.is_exhausted() {
        return;
    }
    match what {
        Node::Fact(fact) => see_fact(case, *fact, facts),
        Node::Table { hit: Hit::First, rows } => {
            for (condition, value) in rows {
                if !case.eval.truth(*condition).is_no() {
                    seen(case, *condition, bound, facts);
                    seen(case, *value, bound, facts);
                }
            }
        }
        Node::Definition(n) if bound.definitions.contains(n) => {}
        Node::Definition(n) => {
            bound.definitions.push(*n);
            if let Some(definition) = program.definitions.get(usize::from(*n)) {
                seen(case, definition.node, bound, facts);
            }
        }
        Node::Column { row, .. } | Node::DocumentField { document: row, .. } => {
            let name = match program.nodes.get(*row as usize) {
                Some(Node::Local(local)) => bound.names.iter().rev().find(|(l, _, _)| l == local),
                _ => None,
            };
            if let Some((_, list, nth)) = name {
                let (column, of) = column_name(case, node, list);
                let value = case.eval.value(node);
                add(facts, format!("{list}[{nth}].{column}"), case.plain(value, of));
            }
        }
        Node::Quantified { binders, filter, body, .. } => seen_in_lists(case, binders, (*filter, *body), bound, facts),
        Node::InTime { deadline, day } => {
            seen(case, *day, bound, facts);
            for inner in case.eval.under_deadline(*deadline) {
                seen(case, inner, bound, facts);
            }
        }
        _ => what.each(&mut |operand| seen(case, operand, bound, facts)),
    }
}

/// What the first elements show for which the condition holds; where it holds for none, how many there are.
fn seen_in_lists(
    case: &mut Case<'_>,
    binders: &[(u8, NodeId)],
    (filter, body): (Option<NodeId>, Option<NodeId>),
    bound: &mut Walk,
    facts: &mut Vec<Seen>,
) {
    let depth = bound.names.len();
    let found = witness(case, binders, (filter, body), bound);
    if !found {
        binders.iter().for_each(|(_, list)| see_list(case, *list, facts));
    }
    for inner in filter.into_iter().chain(body) {
        if found { seen(case, inner, bound, facts) } else { plain_facts(case, inner, facts) }
    }
    bound.names.truncate(depth);
}

/// Binds the names to the first elements for which the condition holds.
fn witness(
    case: &mut Case<'_>,
    binders: &[(u8, NodeId)],
    condition: (Option<NodeId>, Option<NodeId>),
    bound: &mut Walk,
) -> bool {
    let Some(((local, list), rest)) = binders.split_first() else {
        return case.eval.gate(condition.0).is_yes() && case.eval.gate(condition.1).is_yes();
    };
    let name = list_name(case, *list);
    for n in 0..case.eval.length(*list) {
        let at = case.eval.bind_element(*local, *list, n);
        bound.names.push((*local, name.clone(), at));
        if witness(case, rest, condition, bound) {
            return true;
        }
        bound.names.pop();
    }
    false
}

fn list_name(case: &Case<'_>, list: NodeId) -> String {
    let program = case.eval.program;
    match program.nodes.get(list as usize) {
        Some(Node::Fact(fact)) => program.facts.get(usize::from(*fact)).map(|f| f.path.clone()).unwrap_or_default(),
        Some(Node::Submitted(_)) => "documents".into(),
        _ => "list".into(),
    }
}

fn column_name(case: &Case<'_>, node: NodeId, list: &str) -> (String, Type) {
    let program = case.eval.program;
    match program.nodes.get(node as usize) {
        Some(Node::Column { column, .. }) => {
            let row = program.facts.iter().find(|f| f.path == list).and_then(|f| match f.fact_type {
                Type::List(row) => program.rows.get(usize::from(row)),
                _ => None,
            });
            row.and_then(|r| r.columns.get(usize::from(*column)))
                .map_or((String::new(), Type::Text), |c| (c.path.clone(), c.fact_type))
        }
        Some(Node::DocumentField { field: crate::program::expression::DocumentField::Named(name), .. }) => {
            let of = program
                .documents
                .iter()
                .flat_map(|d| &d.fields)
                .find(|f| f.name == *name)
                .map_or(Type::Text, |f| f.fact_type);
            (format!("fields.{}", program.symbol(*name)), of)
        }
        Some(Node::DocumentField { field, .. }) => (format!("{field:?}").to_lowercase(), Type::Text),
        _ => (String::new(), Type::Text),
    }
}

fn see_list(case: &mut Case<'_>, list: NodeId, facts: &mut Vec<Seen>) {
    let (name, count) = (list_name(case, list), case.eval.length(list));
    add(facts, name, Some(count.to_string()));
}

fn plain_facts(case: &mut Case<'_>, node: NodeId, facts: &mut Vec<Seen>) {
    seen(case, node, &mut Walk::default(), facts);
}

fn see_fact(case: &Case<'_>, fact: FactId, facts: &mut Vec<Seen>) {
    let Some(declared) = case.eval.program.facts.get(usize::from(fact)) else {
        return;
    };
    let value = match case.eval.claim.slot(fact) {
        Value::List(list) if list.width == 1 => {
            let items = case.eval.claim.values(list).filter_map(|v| case.plain(v, Type::Text));
            Some(items.collect::<Vec<_>>().join(", "))
        }
        Value::List(list) => Some(list.len.to_string()),
        value => case.plain(value, declared.fact_type),
    };
    add(facts, declared.path.clone(), value);
}

fn add(facts: &mut Vec<Seen>, fact: String, value: Option<String>) {
    if !facts.iter().any(|f| f.fact == fact) {
        facts.push(Seen { fact, value });
    }
}
