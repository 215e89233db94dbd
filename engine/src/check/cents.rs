//! May an amount have parts of a cent, which nobody can pay?

use crate::program::expression::{Aggregate, Arithmetic, Node, NodeId, Quantifier};
use crate::program::{Program, Type};
use std::collections::{BTreeMap, BTreeSet};

/// Follows the values that a node can take: a quotient, or a product with something that is no whole number, has more
/// decimals than its amounts, unless it is rounded.
pub(super) fn may_have_parts(program: &Program, node: NodeId) -> bool {
    Cents { program, seen: BTreeSet::new(), known: BTreeMap::new() }.parts(node)
}

struct Cents<'p> {
    program: &'p Program,
    /// Values that were followed.
    seen: BTreeSet<NodeId>,
    /// Is it a whole number? Each node is asked once, however many share it.
    known: BTreeMap<NodeId, bool>,
}

impl Cents<'_> {
    fn parts(&mut self, node: NodeId) -> bool {
        let program = self.program;
        if !self.seen.insert(node) {
            return false;
        }
        let Some(what) = program.nodes.get(node as usize) else { return false };
        match what {
            Node::Hundredth(_) | Node::Arithmetic { operator: Arithmetic::Over, .. } => true,
            Node::Arithmetic { operator: Arithmetic::Times, left, right } => {
                match (self.whole(*left), self.whole(*right)) {
                    (true, _) => self.parts(*right),
                    (_, true) => self.parts(*left),
                    _ => true,
                }
            }
            Node::Arithmetic { left: a, right: b, .. } | Node::OrElse { value: a, otherwise: b } => {
                self.parts(*a) || self.parts(*b)
            }
            Node::Definition(n) => program.definitions.get(usize::from(*n)).is_some_and(|d| self.parts(d.node)),
            Node::Call { function, .. } => {
                program.functions.get(usize::from(*function)).is_some_and(|f| self.parts(f.body))
            }
            Node::If { arms, otherwise } | Node::Exceptions { base: otherwise, exceptions: arms } => {
                self.parts(*otherwise) || arms.iter().any(|(_, value)| self.parts(*value))
            }
            Node::Table { rows, .. } => rows.iter().any(|(_, value)| self.parts(*value)),
            Node::Least(members) | Node::Greatest(members) => members.iter().any(|m| self.parts(*m)),
            Node::Negative(n) => self.parts(*n),
            Node::Aggregate { kind: Aggregate::Sum | Aggregate::Min | Aggregate::Max, value, .. } => self.parts(*value),
            _ => false,
        }
    }

    /// Is it a whole number, whatever is told? Of what is read from lists and tables that is taken for granted.
    fn whole(&mut self, node: NodeId) -> bool {
        if let Some(known) = self.known.get(&node) {
            return *known;
        }
        let whole = self.is_whole(node);
        self.known.insert(node, whole);
        whole
    }

    fn is_whole(&mut self, node: NodeId) -> bool {
        let program = self.program;
        match program.nodes.get(node as usize) {
            Some(Node::Constant(constant)) => match constant.value() {
                crate::value::Value::Number(n) => n.is_whole(),
                _ => false,
            },
            Some(Node::Fact(n)) => program.facts.get(usize::from(*n)).is_some_and(|f| f.fact_type == Type::Integer),
            Some(Node::Definition(n)) => {
                let declared = program.definitions.get(usize::from(*n));
                declared.is_some_and(|d| d.value_type == Some(Type::Integer) || self.whole(d.node))
            }
            Some(Node::Arithmetic {
                operator: Arithmetic::Plus | Arithmetic::Minus | Arithmetic::Times,
                left,
                right,
            }) => self.whole(*left) && self.whole(*right),
            Some(Node::Least(members) | Node::Greatest(members)) => members.iter().all(|m| self.whole(*m)),
            Some(
                Node::Quantified { quantifier: Quantifier::Count, .. } | Node::Elapsed { .. } | Node::DatePart { .. },
            ) => true,
            Some(Node::Local(_) | Node::Column { .. } | Node::Lookup { .. }) => true,
            _ => false,
        }
    }
}
