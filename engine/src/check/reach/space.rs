//! The values that can make a difference to some conditions, and every combination of them.

use crate::program::expression::{Comparison, Constant, Node, NodeId};
use crate::program::{Program, Type};
use crate::value::{Date, Number, Symbol};
use std::collections::BTreeSet;

/// Combinations of values that are looked through.
const MAX_CASES: usize = 1 << 16;
/// Nodes that are written into one key.
const MAX_KEY: usize = 500;
/// Conditions that are followed at once.
const MAX_CONDITIONS: usize = 2_000;

/// A value of a variable that can make a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Atom {
    None,
    Bool(bool),
    Member(Symbol),
    Number(Number),
    Date(Date),
    /// Strictly between two bounds, or beyond the last: where it lies in the order.
    Between(usize),
}

/// Something that conditions look at.
pub(super) struct Variable {
    key: String,
    shown: String,
    atoms: Vec<Atom>,
    /// The bounds that conditions compare with, in order.
    bounds: Vec<Atom>,
    /// Can it be followed, or may it just hold or not?
    pub(super) followed: bool,
}

/// A condition over variables.
pub(super) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Fixed(bool),
    /// A variable that is yes, or a leaf that just holds or not.
    Holds(usize),
    Given(usize),
    Among(usize, Vec<Constant>),
    /// The comparison, the constant, and whether the constant stands on the left.
    Compares(usize, Comparison, Constant, bool),
}

/// The variables of some conditions.
pub(super) struct Space<'p> {
    pub(super) program: &'p Program,
    /// Nodes that stand for something broken.
    pub(super) broken: &'p BTreeSet<NodeId>,
    /// Definitions that are never none.
    pub(super) given: BTreeSet<u16>,
    pub(super) variables: Vec<Variable>,
    /// Conditions looked at; definitions can make a short text stand for a long one.
    pub(super) looked: usize,
    /// Did something broken come up?
    pub(super) is_broken: bool,
}

/// One value for each variable.
pub(super) type Case = [Atom];

impl<'p> Space<'p> {
    pub(super) fn node(&self, node: NodeId) -> Option<&'p Node> {
        self.program.nodes.get(node as usize)
    }

    /// A node as a key: the same text for the same condition.
    fn key(&self, node: NodeId) -> String {
        self.key_within(node, &mut { MAX_KEY })
    }

    /// As long as there is room: a node that many share could be written out again and again.
    fn key_within(&self, node: NodeId, room: &mut usize) -> String {
        let Some(what) = self.node(node) else { return String::new() };
        if *room == 0 {
            return format!("node {node}");
        }
        *room -= 1;
        if let Node::Fact(fact) = what {
            return self.program.facts.get(usize::from(*fact)).map(|f| f.path.clone()).unwrap_or_default();
        }
        if let Node::Definition(n) = what {
            return self.program.definitions.get(usize::from(*n)).map(|d| d.name.clone()).unwrap_or_default();
        }
        let mut operands = Vec::new();
        what.each(&mut |n| operands.push(self.key_within(n, room)));
        let own = match what {
            Node::Constant(c) => format!("{c:?}"),
            Node::Compare { how, .. } => format!("{how:?}"),
            Node::Column { column, .. } => format!("column {column}"),
            Node::Local(n) => format!("local {n}"),
            other => {
                let text = format!("{other:?}");
                // Operands are told by their own keys; numbers of nodes differ from place to place.
                let head = text.split([' ', '(', '{']).next().unwrap_or_default().to_owned();
                if operands.is_empty() { text } else { head + &discriminating(other) }
            }
        };
        format!("{own}({})", operands.join(","))
    }

    /// The conditions as tests over variables; `None` where there are too many cases.
    pub(super) fn tests(&mut self, conditions: &[NodeId]) -> Option<Vec<Test>> {
        let tests = conditions.iter().map(|c| self.test(*c)).collect();
        for variable in &mut self.variables {
            variable.bounds.sort_by(order);
            let fact = self.program.facts.iter().find(|f| f.path == variable.key).map(|f| f.fact_type);
            let whole = matches!(fact, Some(Type::Integer))
                || variable.key.starts_with("Elapsed")
                || variable.key.starts_with("DatePart");
            variable.atoms.extend(stretches(&variable.bounds, whole));
            // Where only its being there is asked, one value stands for all.
            if !variable.atoms.iter().any(|a| *a != Atom::None) {
                variable.atoms.push(Atom::Between(0));
            }
        }
        let count = self.variables.iter().try_fold(1usize, |n, v| n.checked_mul(v.atoms.len()))?;
        (count <= MAX_CASES && self.looked < MAX_CONDITIONS).then_some(tests)
    }

    fn test(&mut self, node: NodeId) -> Test {
        self.looked += 1;
        if self.broken.contains(&node) {
            self.looked = MAX_CONDITIONS;
            self.is_broken = true;
        }
        if self.looked >= MAX_CONDITIONS {
            return Test::Fixed(true);
        }
        match self.node(node) {
            Some(Node::All(members)) => Test::All(members.iter().map(|m| self.test(*m)).collect()),
            Some(Node::Any(members)) => Test::Any(members.iter().map(|m| self.test(*m)).collect()),
            Some(Node::Not(inner)) => Test::Not(Box::new(self.test(*inner))),
            Some(Node::Constant(Constant::Bool(b))) => Test::Fixed(*b),
            Some(Node::Compare { how, left, right }) => self.comparison(node, *how, *left, *right),
            Some(Node::Among { value, members }) => {
                let constants: Vec<Constant> = members.iter().filter_map(|m| self.constant(*m)).collect();
                match self.follow(*value).filter(|_| constants.len() == members.len()) {
                    Some(variable) => {
                        constants.iter().for_each(|c| self.bound(variable, *c));
                        Test::Among(variable, constants)
                    }
                    None => self.leaf(node),
                }
            }
            Some(Node::Given(value)) => match self.follow(*value) {
                Some(variable) => Test::Given(variable),
                None => self.leaf(node),
            },
            Some(Node::Fact(_)) => match self.follow(node) {
                Some(variable) => Test::Holds(variable),
                None => self.leaf(node),
            },
            Some(Node::Definition(n)) => match self.program.definitions.get(usize::from(*n)) {
                Some(d) if d.value_type == Some(Type::YesNo) => self.test(d.node),
                _ => self.leaf(node),
            },
            _ => self.leaf(node),
        }
    }

    fn comparison(&mut self, node: NodeId, how: Comparison, left: NodeId, right: NodeId) -> Test {
        if matches!(how, Comparison::SameName | Comparison::SameText | Comparison::StartsWith) {
            return self.leaf(node);
        }
        let (value, constant, turned) = match (self.constant(left), self.constant(right)) {
            (None, Some(c)) => (left, c, false),
            (Some(c), None) => (right, c, true),
            (Some(a), Some(b)) => return Test::Fixed(constants(how, a, b)),
            (None, None) => return self.leaf(node),
        };
        match self.follow(value) {
            Some(variable) => {
                self.bound(variable, constant);
                Test::Compares(variable, how, constant, turned)
            }
            None => self.leaf(node),
        }
    }

    fn constant(&self, node: NodeId) -> Option<Constant> {
        match self.node(node) {
            Some(Node::Constant(c)) => Some(*c),
            _ => None,
        }
    }

    /// The type of a value that can be followed: a fact, a definition, or something computed.
    fn type_of(&self, node: NodeId) -> Option<(Option<Type>, bool)> {
        match self.node(node)? {
            Node::Fact(fact) => self.program.facts.get(usize::from(*fact)).map(|f| (Some(f.fact_type), f.or_none)),
            Node::Definition(n) => {
                let declared = self.program.definitions.get(usize::from(*n));
                declared.map(|d| (d.value_type, !self.given.contains(n)))
            }
            Node::Elapsed { .. } | Node::DatePart { .. } => Some((Some(Type::Integer), false)),
            Node::Arithmetic { .. } | Node::Lookup { .. } => Some((None, false)),
            Node::Shift { day, .. } => Some((None, self.type_of(*day).is_none_or(|(_, or_none)| or_none))),
            Node::Column { .. } => Some((None, true)),
            _ => None,
        }
    }

    /// Makes a variable of a value, unless it cannot be followed.
    fn follow(&mut self, node: NodeId) -> Option<usize> {
        let (of, or_none) = self.type_of(node)?;
        let mut atoms: Vec<Atom> = if or_none { vec![Atom::None] } else { Vec::new() };
        match of {
            Some(Type::YesNo) => atoms.extend([Atom::Bool(true), Atom::Bool(false)]),
            Some(Type::Choice(choices)) => {
                let members = self.program.choices.get(usize::from(choices)).map_or(&[][..], |c| c.members.as_slice());
                atoms.extend(members.iter().map(|m| Atom::Member(*m)));
            }
            Some(Type::Text | Type::Set(_) | Type::List(_) | Type::Period) => return None,
            Some(Type::Number(_) | Type::Integer | Type::Money | Type::Percent | Type::Date) | None => {}
        }
        let key = self.key(node);
        let shown = match self.node(node) {
            Some(Node::Fact(_) | Node::Definition(_)) => key.clone(),
            _ => String::from("the value"),
        };
        Some(self.variable(Variable { key, shown, atoms, bounds: Vec::new(), followed: true }))
    }

    /// A leaf that just holds or not.
    fn leaf(&mut self, node: NodeId) -> Test {
        let key = format!("?{}", self.key(node));
        let atoms = vec![Atom::Bool(true), Atom::Bool(false)];
        Test::Holds(self.variable(Variable { key, shown: String::new(), atoms, bounds: Vec::new(), followed: false }))
    }

    fn variable(&mut self, variable: Variable) -> usize {
        self.variables.iter().position(|v| v.key == variable.key).unwrap_or_else(|| {
            self.variables.push(variable);
            self.variables.len() - 1
        })
    }

    fn bound(&mut self, variable: usize, constant: Constant) {
        let atom = match constant {
            Constant::Number(n) => Atom::Number(n),
            Constant::Date(d) => Atom::Date(d),
            _ => return,
        };
        let bounds = &mut self.variables[variable].bounds;
        if !bounds.contains(&atom) {
            bounds.push(atom);
        }
    }

    /// Goes through every combination of values.
    pub(super) fn each_case(&self, visit: &mut dyn FnMut(&Case)) {
        let mut at = vec![0; self.variables.len()];
        let mut case: Vec<Atom> = self.variables.iter().map(|v| v.atoms[0]).collect();
        loop {
            visit(&case);
            let mut n = 0;
            loop {
                let Some(variable) = self.variables.get(n) else { return };
                at[n] = (at[n] + 1) % variable.atoms.len();
                case[n] = variable.atoms[at[n]];
                if at[n] > 0 {
                    break;
                }
                n += 1;
            }
        }
    }

    pub(super) fn holds(&self, test: &Test, case: &Case) -> bool {
        match test {
            Test::All(tests) => tests.iter().all(|t| self.holds(t, case)),
            Test::Any(tests) => tests.iter().any(|t| self.holds(t, case)),
            Test::Not(inner) => !self.holds(inner, case),
            Test::Fixed(b) => *b,
            Test::Holds(variable) => case[*variable] == Atom::Bool(true),
            Test::Given(variable) => case[*variable] != Atom::None,
            Test::Among(variable, constants) => constants.iter().any(|c| equal(case[*variable], *c)),
            Test::Compares(variable, how, constant, turned) => {
                self.compares(*variable, *how, (*constant, *turned), case)
            }
        }
    }

    fn compares(&self, variable: usize, how: Comparison, (constant, turned): (Constant, bool), case: &Case) -> bool {
        let atom = case[variable];
        if atom == Atom::None {
            return false;
        }
        let equal = equal(atom, constant);
        let below = self.below(variable, atom, constant);
        let (less, more) = if turned { (!below && !equal, below) } else { (below, !below && !equal) };
        match how {
            Comparison::Equal => equal,
            Comparison::NotEqual => !equal,
            Comparison::Less => less,
            Comparison::AtMost => less || equal,
            Comparison::More => more,
            Comparison::AtLeast => more || equal,
            Comparison::SameName | Comparison::SameText | Comparison::StartsWith => false,
        }
    }

    /// Does the atom lie below the constant, in the order of the variable's bounds?
    fn below(&self, variable: usize, atom: Atom, constant: Constant) -> bool {
        let variable = &self.variables[variable];
        let at = |wanted: Atom| variable.bounds.iter().position(|b| *b == wanted).map(|n| n * 2 + 1);
        let bound = match constant {
            Constant::Number(n) => at(Atom::Number(n)),
            Constant::Date(d) => at(Atom::Date(d)),
            _ => None,
        };
        let own = match atom {
            Atom::Between(n) => Some(n * 2),
            other => at(other),
        };
        own.zip(bound).is_some_and(|(own, bound)| own < bound)
    }

    /// A case in words.
    pub(super) fn describe(&self, case: &Case) -> String {
        let mut parts = Vec::new();
        for (variable, atom) in self.variables.iter().zip(case) {
            if !variable.followed || variable.atoms.len() < 2 {
                continue;
            }
            let bound = |n: usize| variable.bounds.get(n).map(|b| self.show(*b)).unwrap_or_default();
            let name = &variable.shown;
            parts.push(match atom {
                Atom::Between(0) => format!("`{name}` below {}", bound(0)),
                Atom::Between(n) if *n == variable.bounds.len() => format!("`{name}` above {}", bound(n - 1)),
                Atom::Between(n) => format!("`{name}` between {} and {}", bound(n - 1), bound(*n)),
                Atom::Bool(true) => format!("`{name}`"),
                Atom::Bool(false) => format!("not `{name}`"),
                other => format!("`{name}` {}", self.show(*other)),
            });
        }
        if parts.is_empty() { "that is left".into() } else { parts.join(", ") }
    }

    fn show(&self, atom: Atom) -> String {
        match atom {
            Atom::None => "none".into(),
            Atom::Member(m) => self.program.symbol(m).to_owned(),
            Atom::Number(n) => n.to_string(),
            Atom::Date(d) => d.to_string(),
            Atom::Bool(_) | Atom::Between(_) => String::new(),
        }
    }
}

fn equal(atom: Atom, constant: Constant) -> bool {
    match (atom, constant) {
        (Atom::Bool(a), Constant::Bool(b)) => a == b,
        (Atom::Member(a), Constant::Choice(b)) => a == b,
        (Atom::Number(a), Constant::Number(b)) => a == b,
        (Atom::Date(a), Constant::Date(b)) => a == b,
        _ => false,
    }
}

/// What a node says besides its operands.
fn discriminating(node: &Node) -> String {
    match node {
        Node::Arithmetic { operator, .. } => format!("{operator:?}"),
        Node::Elapsed { unit, .. } | Node::PeriodOf { unit, .. } => format!("{unit:?}"),
        Node::DatePart { part, .. } => format!("{part:?}"),
        Node::DayOfYear { day, month, .. } => format!("{day}.{month}"),
        Node::InWindow { from, until, .. } => format!("{from:?}{until:?}"),
        Node::Lookup { parameter, .. } | Node::InForce { parameter, .. } => format!("{parameter}"),
        Node::DocumentField { field, .. } => format!("{field:?}"),
        Node::Call { function, .. } => format!("{function}"),
        Node::Quantified { quantifier, .. } => format!("{quantifier:?}"),
        Node::Aggregate { kind, .. } => format!("{kind:?}"),
        Node::Valid { identifier, .. } => format!("{identifier:?}"),
        Node::Round { how, .. } => format!("{how:?}"),
        Node::Shift { back, .. } => format!("{back}"),
        Node::Within { before, .. } => format!("{before}"),
        Node::InTime { deadline, .. } => format!("{deadline}"),
        _ => String::new(),
    }
}

fn order(a: &Atom, b: &Atom) -> std::cmp::Ordering {
    match (a, b) {
        (Atom::Number(a), Atom::Number(b)) => a.cmp(b),
        (Atom::Date(a), Atom::Date(b)) => a.cmp(b),
        _ => std::cmp::Ordering::Equal,
    }
}

/// The bounds and what lies between them; between neighbouring whole numbers or days lies nothing.
fn stretches(bounds: &[Atom], whole: bool) -> Vec<Atom> {
    let mut atoms = Vec::new();
    for (n, bound) in bounds.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| bounds.get(n));
        let empty = match (before, bound) {
            (Some(Atom::Number(a)), Atom::Number(b)) => whole && a.plus(Number::whole(1)) == Some(*b),
            (Some(Atom::Date(a)), Atom::Date(b)) => a.add_days(1) == Some(*b),
            _ => false,
        };
        if !empty {
            atoms.push(Atom::Between(n));
        }
        atoms.push(*bound);
    }
    if !bounds.is_empty() {
        atoms.push(Atom::Between(bounds.len()));
    }
    atoms
}

fn constants(how: Comparison, a: Constant, b: Constant) -> bool {
    let order = match (a, b) {
        (Constant::Number(a), Constant::Number(b)) => Some(a.cmp(&b)),
        (Constant::Date(a), Constant::Date(b)) => Some(a.cmp(&b)),
        _ => None,
    };
    match how {
        Comparison::Equal => a == b,
        Comparison::NotEqual => a != b,
        Comparison::Less => order.is_some_and(std::cmp::Ordering::is_lt),
        Comparison::AtMost => order.is_some_and(std::cmp::Ordering::is_le),
        Comparison::More => order.is_some_and(std::cmp::Ordering::is_gt),
        Comparison::AtLeast => order.is_some_and(std::cmp::Ordering::is_ge),
        Comparison::SameName | Comparison::SameText | Comparison::StartsWith => false,
    }
}
