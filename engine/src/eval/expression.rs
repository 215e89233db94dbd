//! Conditions and values.

use super::{Evaluator, Unsettled, negated};
use crate::program::expression::{Comparison, DatePart, DocumentField, Hit, Outcome};
use crate::program::{Node, NodeId};
use crate::value::identifiers::{Identifier, ua_birth_day};
use crate::value::period::{NoSuchDay, PeriodUnit};
use crate::value::{Causes, Date, Number, Period, Value, text};

impl Evaluator<'_> {
    /// The value of a node.
    #[inline]
    pub fn value(&mut self, node: NodeId) -> Value {
        // Most nodes are facts and constants: they need no step and no call.
        match self.program.nodes.get(node as usize) {
            Some(Node::Fact(fact)) => self.claim.slot(*fact),
            Some(Node::Constant(constant)) => constant.value(),
            Some(node) => self.compute(node),
            None => Value::Unknown,
        }
    }

    /// The value of any node.
    fn compute(&mut self, node: &Node) -> Value {
        // One node can be an operand of many: the way down is counted, or it could double at each level.
        if !self.step() {
            return Value::Unknown;
        }
        match node {
            Node::Constant(constant) => constant.value(),
            Node::Fact(fact) => self.claim.slot(*fact),
            Node::Local(n) => self.locals.get(self.frame + usize::from(*n)).copied().unwrap_or(Value::Unknown),
            Node::Column { row, column } => match self.value(*row) {
                Value::Row(at) => self.claim.cell(at + u32::from(*column)),
                other => other,
            },
            Node::DocumentField { document, field } => self.document_field(*document, *field),
            Node::Definition(n) => self.definition(*n),
            Node::Call { function, arguments } => self.call(*function, arguments),
            Node::All(members) => self.all(members),
            Node::Any(members) => self.any(members),
            Node::Not(n) => negated(self.truth(*n)),
            Node::Compare { how, left, right } => self.compare(*how, *left, *right),
            Node::Among { value, members } => self.among(*value, members),
            Node::InList { value, list } => self.in_list(*value, *list),
            Node::Within { day, period, anchor, before } => self.within(*day, *period, *anchor, *before),
            Node::Given(n) => match self.value(*n) {
                unsettled @ (Value::Unknown | Value::Uncomputable(_)) => unsettled,
                known => Value::Bool(!known.is_none()),
            },
            Node::OrElse { value, otherwise } => match self.value(*value) {
                Value::None => self.value(*otherwise),
                known => known,
            },
            Node::If { arms, otherwise } => self.choose(arms, *otherwise),
            Node::Table { hit, rows } => self.table(*hit, rows),
            Node::Exceptions { base, exceptions } => self.exceptions(*base, exceptions),
            Node::Arithmetic { operator, left, right } => self.arithmetic(*operator, *left, *right),
            Node::Hundredth(n) => self.number(*n, Number::hundredth),
            Node::Negative(n) => self.negative(*n),
            Node::Least(ns) => self.extreme(ns, std::cmp::Ordering::Less),
            Node::Greatest(ns) => self.extreme(ns, std::cmp::Ordering::Greater),
            Node::Round { value, step, how } => self.round(*value, *step, *how),
            Node::PeriodOf { count, unit } => match self.value(*count) {
                Value::Number(n) => n
                    .to_i64()
                    .and_then(|n| Period::of(n, *unit))
                    .map_or(Value::Uncomputable(Causes::RULE), Value::Period),
                other => other,
            },
            Node::Shift { day, period, back } => self.shift(*day, *period, *back),
            Node::Elapsed { unit, from, to } => self.elapsed(*unit, *from, *to),
            Node::DatePart { part, day } => match self.value(*day) {
                Value::Date(day) => Value::Number(Number::whole(match part {
                    DatePart::Year => i64::from(day.year()),
                    DatePart::Month => i64::from(day.month()),
                    DatePart::Day => i64::from(day.day()),
                })),
                other => other,
            },
            Node::DayOfYear { day, month, year } => match self.value(*year) {
                Value::Number(year) => year
                    .to_i64()
                    .and_then(|y| i32::try_from(y).ok())
                    .and_then(|y| day_of_year(y, *month, *day))
                    .map_or(Value::Uncomputable(Causes::RULE), Value::Date),
                other => other,
            },
            Node::InWindow { day, from, until } => match self.value(*day) {
                Value::Date(day) => Value::Bool(from.is_none_or(|f| f <= day) && until.is_none_or(|u| day <= u)),
                other => other,
            },
            Node::Lookup { parameter, keys, day } => self.look_up(*parameter, keys, *day),
            Node::InForce { parameter, keys, day } => self.in_force(*parameter, keys, *day),
            Node::List(items) => self.list(items),
            Node::Distinct(list) => self.distinct(*list),
            Node::Quantified { quantifier, binders, filter, body } => {
                self.quantified(*quantifier, binders, *filter, *body)
            }
            Node::Aggregate { kind, local, list, filter, value } => {
                self.aggregate(*kind, *local, *list, *filter, *value)
            }
            // Only the list operations ask for this, through `rows`.
            Node::Submitted(_) => Value::Unknown,
            Node::Accepted(documents) => self.accepted(documents),
            Node::Outcome(among) => match self.outcome {
                None | Some(Outcome::Undetermined) => Value::Unknown,
                Some(outcome) => Value::Bool(among.contains(&outcome)),
            },
            Node::Valid { identifier, value, companion } => self.valid(*identifier, *value, *companion),
            Node::InTime { deadline, day } => self.in_time(*deadline, *day),
        }
    }

    fn definition(&mut self, n: u16) -> Value {
        let n = usize::from(n);
        if let Some(Some(value)) = self.definitions.get(n) {
            return *value;
        }
        let Some(definition) = self.program.definitions.get(n) else {
            return Value::Unknown;
        };
        // A definition sees no locals but its own.
        let frame = std::mem::replace(&mut self.frame, self.locals.len());
        let value = self.value(definition.node);
        self.frame = frame;
        if let Some(slot) = self.definitions.get_mut(n) {
            *slot = Some(value);
        }
        value
    }

    fn call(&mut self, function: u16, arguments: &[NodeId]) -> Value {
        if !self.step() {
            return Value::Uncomputable(Causes::RULE);
        }
        let Some(function) = self.program.functions.get(usize::from(function)) else {
            return Value::Unknown;
        };
        // Computed first: an argument may bind names of its own at the top of the stack.
        let values: Vec<Value> = arguments.iter().map(|a| self.value(*a)).collect();
        let base = self.locals.len();
        self.locals.extend(values);
        self.locals.resize(base + usize::from(function.locals).max(arguments.len()), Value::Unknown);
        let frame = std::mem::replace(&mut self.frame, base);
        let value = self.value(function.body);
        self.frame = frame;
        self.locals.truncate(base);
        value
    }

    fn all(&mut self, members: &[NodeId]) -> Value {
        let mut left = Unsettled::default();
        for member in members {
            let value = self.truth(*member);
            if value.is_no() {
                return value;
            }
            left.note(value);
        }
        left.or(Value::Bool(true))
    }

    fn any(&mut self, members: &[NodeId]) -> Value {
        let mut left = Unsettled::default();
        for member in members {
            let value = self.truth(*member);
            if value.is_yes() {
                return value;
            }
            left.note(value);
        }
        left.or(Value::Bool(false))
    }

    /// Both operands, or what their being unsettled makes of the whole.
    pub(super) fn both(&mut self, left: NodeId, right: NodeId) -> Result<(Value, Value), Value> {
        let (a, b) = (self.value(left), self.value(right));
        let mut unsettled = Unsettled::default();
        unsettled.note(a);
        unsettled.note(b);
        if unsettled.is_empty() { Ok((a, b)) } else { Err(unsettled.or(Value::Unknown)) }
    }

    fn compare(&mut self, how: Comparison, left: NodeId, right: NodeId) -> Value {
        let (a, b) = (self.value(left), self.value(right));
        // With none on one side it is no, whatever the other side will turn out to be.
        if a.is_none() || b.is_none() {
            return Value::Bool(false);
        }
        let mut unsettled = Unsettled::default();
        if unsettled.note(a) & unsettled.note(b) {
            match (a, b) {
                // Sixty days and two months: which is longer hangs on the months.
                (Value::Period(a), Value::Period(b)) if !a.is_comparable(b) => Value::Uncomputable(Causes::RULE),
                _ => Value::Bool(self.holds(how, a, b)),
            }
        } else {
            unsettled.or(Value::Unknown)
        }
    }

    /// A comparison of settled values; with none it is no.
    fn holds(&self, how: Comparison, a: Value, b: Value) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        if a.is_none() || b.is_none() {
            return false;
        }
        let order = match (a, b) {
            (Value::Number(a), Value::Number(b)) => Some(a.cmp(&b)),
            (Value::Date(a), Value::Date(b)) => Some(a.cmp(&b)),
            (Value::Period(a), Value::Period(b)) => Some(a.cmp(&b)),
            _ => None,
        };
        match how {
            Comparison::Equal => self.same(a, b),
            Comparison::NotEqual => !self.same(a, b),
            Comparison::Less => order == Some(Less),
            Comparison::AtMost => matches!(order, Some(Less | Equal)),
            Comparison::More => order == Some(Greater),
            Comparison::AtLeast => matches!(order, Some(Greater | Equal)),
            Comparison::SameName => text::same_name(self.wording(a), self.wording(b)),
            Comparison::SameText => text::same_text(self.wording(a), self.wording(b)),
            Comparison::StartsWith => text::starts_with(self.wording(a), self.wording(b)),
        }
    }

    /// Are two settled values the same? A choice and a text are when the text is the choice's name.
    pub(super) fn same(&self, a: Value, b: Value) -> bool {
        match (a, b) {
            (Value::Text(_) | Value::Choice(_), Value::Text(_) | Value::Choice(_)) if a != b => {
                self.wording(a) == self.wording(b)
            }
            _ => a == b,
        }
    }

    fn wording(&self, value: Value) -> &str {
        match value {
            Value::Text(text) => self.claim.text(text),
            Value::Choice(symbol) => self.program.symbol(symbol),
            _ => "",
        }
    }

    fn among(&mut self, value: NodeId, members: &[NodeId]) -> Value {
        let value = self.value(value);
        let mut left = Unsettled::default();
        if !left.note(value) {
            return value;
        }
        for member in members {
            let member = self.value(*member);
            if left.note(member) && self.holds(Comparison::Equal, value, member) {
                return Value::Bool(true);
            }
        }
        if value.is_none() { Value::Bool(false) } else { left.or(Value::Bool(false)) }
    }

    fn within(&mut self, day: NodeId, period: NodeId, anchor: NodeId, before: bool) -> Value {
        let period = self.value(period);
        let (first, last) = if before { (day, anchor) } else { (anchor, day) };
        let (first, last) = match (self.value(first), self.value(last)) {
            (Value::None, _) | (_, Value::None) => return Value::Bool(false),
            (Value::Date(first), Value::Date(last)) => (first, last),
            (first, last) => {
                let mut unsettled = Unsettled::default();
                unsettled.note(first);
                unsettled.note(last);
                return unsettled.or(Value::Bool(false));
            }
        };
        if last < first {
            return Value::Bool(false);
        }
        match period {
            Value::Period(period) => match self.day_after(period, first) {
                Ok(end) => Value::Bool(last <= end),
                Err(causes) => Value::Uncomputable(causes),
            },
            other => other,
        }
    }

    /// The day a period after another.
    pub(super) fn day_after(&self, period: Period, from: Date) -> Result<Date, Causes> {
        period.after(from, self.program.calendar.as_ref()).map_err(|why| match why {
            NoSuchDay::OutOfRange => Causes::RULE,
            NoSuchDay::OutsideCalendar => Causes::CALENDAR,
        })
    }

    fn shift(&mut self, day: NodeId, period: NodeId, back: bool) -> Value {
        match self.both(day, period) {
            Ok((Value::Date(day), Value::Period(period))) => {
                let period = if back { period.negated() } else { Some(period) };
                let moved = period.ok_or(Causes::RULE).and_then(|p| self.day_after(p, day));
                moved.map_or_else(Value::Uncomputable, Value::Date)
            }
            Ok(_) => Value::None,
            Err(unsettled) => unsettled,
        }
    }

    fn elapsed(&mut self, unit: PeriodUnit, from: NodeId, to: NodeId) -> Value {
        let (from, to) = match self.both(from, to) {
            Ok((Value::Date(from), Value::Date(to))) => (from, to),
            Ok(_) => return Value::None,
            Err(unsettled) => return unsettled,
        };
        let count = match unit {
            PeriodUnit::Years => Ok(from.months_until(to) / 12),
            PeriodUnit::Months => Ok(from.months_until(to)),
            PeriodUnit::Weeks => Ok(from.days_until(to) / 7),
            PeriodUnit::Days => Ok(from.days_until(to)),
            PeriodUnit::WorkingDays => {
                let calendar = self.program.calendar.as_ref();
                calendar.and_then(|c| c.working_days_between(from, to)).ok_or(Causes::CALENDAR)
            }
        };
        count.map_or_else(Value::Uncomputable, |n| Value::Number(Number::whole(n)))
    }

    fn choose(&mut self, arms: &[(NodeId, NodeId)], otherwise: NodeId) -> Value {
        for (nth, (condition, value)) in arms.iter().enumerate() {
            match self.truth(*condition) {
                Value::Bool(true) => return self.value(*value),
                Value::Bool(false) => {}
                unsettled => {
                    // `if U then A else A` is A.
                    let then = self.value(*value);
                    let rest = self.choose(arms.get(nth + 1..).unwrap_or_default(), otherwise);
                    return if then.is_settled() && then == rest { then } else { unsettled };
                }
            }
        }
        self.value(otherwise)
    }

    fn table(&mut self, hit: Hit, rows: &[(NodeId, NodeId)]) -> Value {
        match hit {
            Hit::First => self.first_row(rows),
            Hit::Unique => self.only_row(rows),
            Hit::Collect => self.collected_rows(rows),
        }
    }

    /// The first row that holds. Rows passed over unsettled do not matter where they say the same.
    fn first_row(&mut self, rows: &[(NodeId, NodeId)]) -> Value {
        let mut left = Unsettled::default();
        let mut maybe: Vec<Value> = Vec::new();
        for (condition, value) in rows {
            let holds = self.truth(*condition);
            if holds.is_no() {
                continue;
            }
            let value = self.value(*value);
            if left.note(holds) {
                return if maybe.iter().all(|m| m.is_settled() && *m == value) { value } else { left.or(value) };
            }
            maybe.push(value);
        }
        match maybe.first() {
            // Whichever of them holds, they all say the same.
            Some(first) if first.is_settled() && maybe.iter().all(|m| m == first) => *first,
            _ => left.or(Value::Uncomputable(Causes::RULE)),
        }
    }

    fn only_row(&mut self, rows: &[(NodeId, NodeId)]) -> Value {
        let mut left = Unsettled::default();
        let mut found = None;
        for (condition, value) in rows {
            let holds = self.truth(*condition);
            if left.note(holds) && holds.is_yes() {
                let value = self.value(*value);
                if found.is_some_and(|f| f != value) {
                    return Value::Uncomputable(Causes::RULE);
                }
                found = Some(value);
            }
        }
        left.or(found.unwrap_or(Value::Uncomputable(Causes::RULE)))
    }

    fn collected_rows(&mut self, rows: &[(NodeId, NodeId)]) -> Value {
        let items: Vec<_> = rows.iter().map(|(condition, value)| (*value, Some(*condition))).collect();
        self.list(&items)
    }

    /// The exceptions that hold must agree; without any the base stands.
    fn exceptions(&mut self, base: NodeId, exceptions: &[(NodeId, NodeId)]) -> Value {
        let mut left = Unsettled::default();
        let mut found: Option<Value> = None;
        let mut maybe: Vec<Value> = Vec::new();
        for (condition, value) in exceptions {
            let holds = self.truth(*condition);
            if holds.is_no() {
                continue;
            }
            let value = self.value(*value);
            if !left.note(holds) {
                maybe.push(value);
            } else if found.is_some_and(|f| f != value) {
                return Value::Uncomputable(Causes::RULE);
            } else {
                found = Some(value);
            }
        }
        let value = found.unwrap_or_else(|| self.value(base));
        if maybe.iter().all(|m| m.is_settled() && *m == value) { value } else { left.or(value) }
    }

    fn valid(&mut self, identifier: Identifier, value: NodeId, companion: Option<NodeId>) -> Value {
        let text = match self.value(value) {
            Value::Text(text) => text,
            Value::None => return Value::Bool(false),
            unsettled => return unsettled,
        };
        let other = companion.map(|n| self.value(n));
        let text = self.claim.text(text);
        let bik = match other {
            Some(Value::Text(bik)) => Some(self.claim.text(bik)),
            _ => None,
        };
        match (identifier.check(text, bik), other) {
            (Some(true), Some(Value::Date(born))) if identifier == Identifier::UaTaxNumber => {
                let counted = Date::of(1899, 12, 31).map(|zero| zero.days_until(born));
                Value::Bool(counted == ua_birth_day(text))
            }
            (Some(true), Some(unsettled @ (Value::Unknown | Value::Uncomputable(_)))) => unsettled,
            (Some(valid), _) => Value::Bool(valid),
            (None, Some(unsettled @ (Value::Unknown | Value::Uncomputable(_)))) => unsettled,
            (None, _) => Value::Bool(false),
        }
    }

    fn document_field(&mut self, document: NodeId, field: DocumentField) -> Value {
        let Value::Document(n) = self.value(document) else {
            return Value::Unknown;
        };
        let Some(copy) = self.claim.documents.as_ref().and_then(|d| d.get(n as usize)).copied() else {
            return Value::Unknown;
        };
        let Some(kind) = self.program.documents.get(usize::from(copy.kind)) else {
            return Value::None;
        };
        match field {
            DocumentField::Named(name) => match kind.fields.iter().zip(0..).find(|(f, _)| f.name == name) {
                Some((_, nth)) => self.claim.cell(copy.fields + nth),
                None => Value::None,
            },
            DocumentField::Kind => Value::Choice(kind.kind),
            DocumentField::Format => copy.format.map_or(Value::None, Value::Text),
            DocumentField::Size => copy.size.map_or(Value::None, Value::Number),
            DocumentField::Resolution => copy.resolution.map_or(Value::None, Value::Number),
            DocumentField::Issued => copy.issued.map_or(Value::None, Value::Date),
            DocumentField::Expires => copy.expires.map_or(Value::None, Value::Date),
            DocumentField::Original => Value::Bool(copy.original),
            DocumentField::Signed => Value::Bool(copy.signed),
            DocumentField::Sealed => Value::Bool(copy.sealed),
            DocumentField::Legible => Value::Bool(copy.legible),
        }
    }
}

/// A day of a year; 29 February is 28 in common years, as month arithmetic has it.
fn day_of_year(year: i32, month: u32, day: u32) -> Option<Date> {
    Date::of(year, month, day).or_else(|| Date::of(year, month, day.checked_sub(1)?))
}
