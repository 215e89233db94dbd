//! Expressions: names and types become nodes.

use super::builder::Builder;
use super::types::{Ty, Typed};
use crate::diagnostic::{Code, nearest};
use crate::program::expression::{Constant, DatePart, Node, NodeId, Outcome};
use crate::source::Span;
use crate::syntax::expression as ast;
use crate::syntax::{Expr, ExprKind, Name};
use crate::value::identifiers::Identifier;
use crate::value::period::PeriodUnit;
use crate::value::{Number, Period};

mod path;

impl<'a> Builder<'a> {
    /// Checks an expression. `want` is the type that its neighbour asks for; a bare literal takes it.
    pub fn expr(&mut self, expr: &'a Expr, want: Option<&Ty>) -> Typed {
        let typed = match &expr.kind {
            ExprKind::Broken => self.broken(),
            ExprKind::Number(n) => self.bare_number(*n, want),
            ExprKind::Percent(n) => self.literal(Constant::Number(*n), Ty::Percent),
            ExprKind::Quantity(n, unit) => self.quantity(*n, unit),
            ExprKind::Date(d) => self.literal(Constant::Date(*d), Ty::Date),
            ExprKind::Text(t) => {
                let constant = self.text_constant(t);
                self.literal(constant, Ty::Text)
            }
            ExprKind::YesNo(b) => self.literal(Constant::Bool(*b), Ty::YesNo),
            ExprKind::None => self.bare_none(expr, want),
            ExprKind::Previous => self.previous_row(expr),
            ExprKind::Path(path) => self.path(path, expr.span, want),
            ExprKind::Field(inner, name) => self.field(inner, name),
            ExprKind::Not(inner) => {
                let node = self.condition(inner);
                self.yes_no(Node::Not(node))
            }
            ExprKind::Negative(inner) => self.negative(inner, want),
            ExprKind::AllOf(members) => {
                let nodes = self.members(members, true);
                self.yes_no(Node::All(nodes))
            }
            ExprKind::AnyOf(members) => {
                let nodes = self.members(members, false);
                self.yes_no(Node::Any(nodes))
            }
            ExprKind::Binary(operator, left, right) => self.binary(expr, *operator, left, right, want),
            ExprKind::If { arms, otherwise } => self.conditional(arms, otherwise, want),
            ExprKind::Quantified { quantifier, binders, filter, body } => {
                self.quantified(expr, *quantifier, binders, filter.as_deref(), body.as_deref())
            }
            ExprKind::Aggregate { kind, value, binder, filter } => {
                self.aggregate(*kind, value, binder, filter.as_deref(), want)
            }
            ExprKind::Distinct(list) => self.distinct(list),
            ExprKind::Elapsed { unit, from, to } => self.elapsed(expr, *unit, from, to),
            ExprKind::DatePart { part, of } => {
                let day = self.value_of(of, &Ty::Date);
                let part = match part {
                    ast::DatePart::Year => DatePart::Year,
                    ast::DatePart::Month => DatePart::Month,
                    ast::DatePart::Day => DatePart::Day,
                };
                self.made(Node::DatePart { part, day }, Ty::Integer)
            }
            ExprKind::DayOfYear { day, month, year } => {
                let year = self.value_of(year, &Ty::Integer);
                self.made(Node::DayOfYear { day: *day, month: *month, year }, Ty::Date)
            }
            ExprKind::List(items) => self.list(items, want),
            ExprKind::Set(_) => {
                self.problem(Code::NotAllowedHere, expr.span, "a set `{…}` stands only after `in`").help =
                    "write a list in square brackets: `[a, b]`".into();
                self.broken()
            }
            ExprKind::Submitted(name) => self.submitted(name),
            ExprKind::Accepted(inner) => self.accepted(inner),
            ExprKind::Outcome { negated, name } => self.outcome(*negated, name),
            ExprKind::Lookup { parameter, keys, at } => self.lookup(expr, parameter, keys, at.as_deref(), false),
            ExprKind::InForce { lookup, at } => self.in_force(lookup, at),
            ExprKind::Call { function, arguments } => self.call(expr, function, arguments, want),
            ExprKind::Given { value, given } => {
                let value = self.expr(value, None);
                let node = self.node(Node::Given(value.node));
                if *given { Typed { node, ty: Ty::YesNo, or_none: false } } else { self.yes_no(Node::Not(node)) }
            }
            ExprKind::Valid { value, what, companion } => self.valid(value, what, companion.as_deref()),
            ExprKind::Rounded { value, how, step } => {
                let value = self.number_of(value, want);
                let step = self.value_of(step, &value.ty);
                if self.is_zero(step) {
                    self.problem(Code::NotAllowedHere, expr.span, "nothing can be rounded to zero").help =
                        "name the step: `rounded to 0.01`, `rounded to 1`, `rounded to 100`".into();
                }
                Typed { node: self.node(Node::Round { value: value.node, step, how: *how }), ..value }
            }
            ExprKind::PeriodOf(count, unit) => self.period(count, *unit),
        };
        if typed.ty == Ty::YesNo && !matches!(expr.kind, ExprKind::AllOf(_) | ExprKind::AnyOf(_)) {
            self.place_node(typed.node, expr.span);
        }
        typed
    }

    pub fn broken(&mut self) -> Typed {
        let node = self.constant(Constant::None);
        self.broken_nodes.insert(node);
        Typed { node, ty: Ty::Broken, or_none: false }
    }

    pub fn made(&mut self, node: Node, ty: Ty) -> Typed {
        Typed { node: self.node(node), ty, or_none: false }
    }

    fn yes_no(&mut self, node: Node) -> Typed {
        self.made(node, Ty::YesNo)
    }

    fn literal(&mut self, constant: Constant, ty: Ty) -> Typed {
        self.made(Node::Constant(constant), ty)
    }

    /// A bare number takes the type that its neighbour asks for.
    fn bare_number(&mut self, n: Number, want: Option<&Ty>) -> Typed {
        let ty = match want {
            Some(Ty::Integer) | None if n.is_whole() => Ty::Integer,
            Some(ty @ (Ty::Money | Ty::Percent | Ty::Number(_))) => ty.clone(),
            _ => Ty::Number(None),
        };
        self.literal(Constant::Number(n), ty)
    }

    fn quantity(&mut self, n: Number, unit: &'a Name) -> Typed {
        let known =
            self.program.units.iter().any(|u| u.name == unit.node) || self.names.units.contains_key(unit.node.as_str());
        if !known {
            let names: Vec<String> = self.program.units.iter().map(|u| u.name.clone()).collect();
            let near = nearest(&unit.node, names.iter().map(String::as_str)).map(str::to_owned);
            if self.first_report(unit.span.file, &unit.node) {
                const TIMES: [&str; 8] = ["years", "year", "months", "month", "weeks", "week", "days", "day"];
                let usual = usual_unit(&unit.node);
                let is_currency = unit.node.len() == 3 && unit.node.chars().all(|c| c.is_ascii_uppercase());
                let help = match near.or_else(|| nearest(&unit.node, TIMES).map(str::to_owned)) {
                    _ if usual.is_some() => usual.unwrap_or_default().to_owned(),
                    _ if is_currency => {
                        format!("amounts are in the currency of the policy: leave `{}` away", unit.node)
                    }
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "units come from facts: `gain: number in dB`".to_owned(),
                };
                self.problem(Code::UnknownName, unit.span, format!("no fact is measured in `{}`", unit.node)).help =
                    help;
            }
            return self.broken();
        }
        let unit = self.unit(unit);
        self.literal(Constant::Number(n), Ty::Number(Some(unit)))
    }

    fn bare_none(&mut self, expr: &Expr, want: Option<&Ty>) -> Typed {
        let Some(want) = want else {
            self.problem(Code::NotTold, expr.span, "nothing tells what kind of value is none here").help =
                "test for none with `is given`, `is not given` or `== none`".into();
            return self.broken();
        };
        Typed { node: self.constant(Constant::None), ty: want.clone(), or_none: true }
    }

    fn negative(&mut self, inner: &'a Expr, want: Option<&Ty>) -> Typed {
        if let ExprKind::Number(n) = inner.kind {
            return self.bare_number(n.negated(), want);
        }
        let value = self.number_of(inner, want);
        Typed { node: self.node(Node::Negative(value.node)), ..value }
    }

    /// Members of `and` or `or`. What one member asks about none holds for the others.
    fn members(&mut self, members: &'a [Expr], all: bool) -> Vec<NodeId> {
        let told: Vec<Vec<String>> = members.iter().map(|m| self.given_where(m, all)).collect();
        let depth = self.given.len();
        let mut nodes = Vec::with_capacity(members.len());
        for (at, member) in members.iter().enumerate() {
            let others = told.iter().enumerate().filter(|(n, _)| *n != at).flat_map(|(_, paths)| paths.iter().cloned());
            self.given.extend(others);
            nodes.push(self.condition(member));
            self.given.truncate(depth);
        }
        nodes
    }

    /// A condition: yes or no, and never none without saying so.
    pub fn condition(&mut self, expr: &'a Expr) -> NodeId {
        let typed = self.expr(expr, Some(&Ty::YesNo));
        if typed.ty.is_broken() {
            return typed.node;
        }
        if typed.ty != Ty::YesNo {
            self.broken_nodes.insert(typed.node);
            let found = self.ty_name(&typed.ty);
            let help = match typed.ty {
                Ty::Number(_) | Ty::Integer | Ty::Money | Ty::Percent => "compare it: `… >= 30`",
                Ty::Choice(_) => "compare it: `… == name` or `… in {a, b}`",
                Ty::List(_) => "ask about its entries: `any x in … has …`",
                _ => "compare it with something",
            };
            self.problem(Code::TypeMismatch, expr.span, format!("a condition is needed here, and this is {found}"))
                .help = help.into();
        } else if typed.or_none {
            self.possible_none(expr);
        }
        typed.node
    }

    /// Tells of a value that may be none, used as if it were there.
    pub fn possible_none(&mut self, expr: &Expr) {
        let says: String = self.says(expr.span).chars().take(60).collect();
        self.problem(Code::PossibleNone, expr.span, format!("`{says}` may be none, and nothing says what then")).help =
            format!("add `{says} is given and …`, `{says} == none or …`, or `({says} or else …)`");
    }

    /// A value of a type that is certainly there.
    pub fn value_of(&mut self, expr: &'a Expr, want: &Ty) -> NodeId {
        let typed = self.expr(expr, Some(want));
        let typed = self.fit(typed, want, expr.span);
        if typed.or_none && !typed.ty.is_broken() {
            self.possible_none(expr);
        }
        typed.node
    }

    /// A number of any kind that is certainly there.
    pub fn number_of(&mut self, expr: &'a Expr, want: Option<&Ty>) -> Typed {
        let typed = self.expr(expr, want.filter(|w| w.is_number()));
        if !typed.ty.is_number() && !typed.ty.is_broken() {
            let found = self.ty_name(&typed.ty);
            self.problem(Code::TypeMismatch, expr.span, format!("a number is needed here, and this is {found}")).help =
                "write a number, an amount, or a fact that is one".into();
            return self.broken();
        }
        if typed.or_none {
            self.possible_none(expr);
        }
        Typed { or_none: false, ..typed }
    }

    /// Makes sure that a value has the type asked for.
    pub fn fit(&mut self, typed: Typed, want: &Ty, span: Span) -> Typed {
        let fits = match (&typed.ty, want) {
            (Ty::Broken, _) | (_, Ty::Broken) | (Ty::Integer, Ty::Number(None)) => true,
            (Ty::List(a), Ty::List(b)) if a.is_broken() || b.is_broken() => true,
            (Ty::Choice(a), Ty::Choice(b)) => self.is_part_of(*a, *b),
            (Ty::List(a), Ty::List(b)) => match (a.as_ref(), b.as_ref()) {
                (Ty::Choice(a), Ty::Choice(b)) => self.is_part_of(*a, *b),
                (a, b) => a == b,
            },
            (a, b) => a == b,
        };
        if fits {
            return typed;
        }
        let (wanted, found) = (self.ty_name(want), self.ty_name(&typed.ty));
        let units =
            matches!((&typed.ty, want), (Ty::Number(Some(_)), Ty::Number(_)) | (Ty::Number(_), Ty::Number(Some(_))));
        let code = if units { Code::UnitMismatch } else { Code::TypeMismatch };
        self.problem(code, span, format!("{wanted} is needed here, and this is {found}")).help =
            advice(want, &typed.ty);
        self.broken()
    }

    fn is_part_of(&self, a: u16, b: u16) -> bool {
        let (a, b) = (self.member_names(a), self.member_names(b));
        a.iter().all(|m| b.contains(m))
    }

    fn conditional(&mut self, arms: &'a [(Expr, Expr)], otherwise: &'a Expr, want: Option<&Ty>) -> Typed {
        let mut ty: Option<Ty> = want.cloned();
        let mut or_none = false;
        let mut nodes = Vec::new();
        let depth = self.given.len();
        for (condition, value) in arms {
            let node = self.condition(condition);
            let kept = self.given.len();
            let given = self.given_where(condition, true);
            self.given.extend(given);
            let value = self.branch(value, &mut ty, &mut or_none);
            self.given.truncate(kept);
            let given = self.given_where(condition, false);
            self.given.extend(given);
            nodes.push((node, value));
        }
        let last = self.branch(otherwise, &mut ty, &mut or_none);
        self.given.truncate(depth);
        let node = self.node(Node::If { arms: nodes, otherwise: last });
        Typed { node, ty: ty.unwrap_or(Ty::Broken), or_none }
    }

    /// One branch of a value: all branches have one type.
    pub fn branch(&mut self, value: &'a Expr, ty: &mut Option<Ty>, or_none: &mut bool) -> NodeId {
        let typed = self.expr(value, ty.as_ref());
        let typed = match &ty {
            Some(ty) => {
                let ty = ty.clone();
                self.fit(typed, &ty, value.span)
            }
            None => typed,
        };
        if ty.is_none() && !typed.ty.is_broken() {
            *ty = Some(typed.ty.clone());
        }
        *or_none |= typed.or_none;
        typed.node
    }

    fn elapsed(&mut self, expr: &Expr, unit: PeriodUnit, from: &'a Expr, to: &'a Expr) -> Typed {
        let (from, to) = (self.value_of(from, &Ty::Date), self.value_of(to, &Ty::Date));
        if unit == PeriodUnit::WorkingDays {
            self.need_calendar(expr.span);
        }
        self.made(Node::Elapsed { unit, from, to }, Ty::Integer)
    }

    pub fn need_calendar(&mut self, span: Span) {
        let header = &self.loaded.modules[0].header;
        if header.calendar.is_none()
            && !self.is_part
            && !self.loaded.modules[0].broken_header
            && self.first_report(0, "calendar")
        {
            self.problem(
                Code::NoCalendar,
                span,
                "working days are counted here, and the policy does not say by which calendar",
            )
            .help = "add a line such as `calendar ru` to the header".into();
        }
    }

    fn period(&mut self, count: &'a Expr, unit: PeriodUnit) -> Typed {
        if unit == PeriodUnit::WorkingDays {
            self.need_calendar(count.span);
        }
        if let ExprKind::Number(n) = count.kind {
            let Some(period) = n.to_i64().and_then(|n| Period::of(n, unit)) else {
                self.problem(Code::BadLiteral, count.span, "a period has a whole number of days, months or years")
                    .help = "write a whole number".into();
                return self.broken();
            };
            return self.literal(Constant::Period(period), Ty::Period);
        }
        let count = self.value_of(count, &Ty::Integer);
        self.made(Node::PeriodOf { count, unit }, Ty::Period)
    }

    fn outcome(&mut self, negated: bool, name: &Name) -> Typed {
        if !self.after_outcome {
            self.problem(Code::OutcomeTooEarly, name.span, "the outcome is tested here, before there is one").help =
                "only an `output` can test the outcome".into();
        }
        let known = Outcome::ALL.iter().find(|(n, o)| *n == name.node && *o != Outcome::Undetermined);
        let Some((_, outcome)) = known else {
            let names = ["granted", "refused", "incomplete", "review"];
            let near = nearest(&name.node, names);
            let help =
                near.map_or_else(|| format!("it can be {}", names.join(", ")), |n| format!("did you mean `{n}`?"));
            self.problem(Code::NotAMember, name.span, format!("there is no outcome `{}`", name.node)).help = help;
            return self.broken();
        };
        let among = Outcome::ALL.iter().map(|(_, o)| *o).filter(|o| (o == outcome) != negated).collect();
        self.yes_no(Node::Outcome(among))
    }

    fn valid(&mut self, value: &'a Expr, what: &Name, companion: Option<&'a Expr>) -> Typed {
        let value = self.value_of(value, &Ty::Text);
        let words = what.node.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some((_, identifier)) = Identifier::ALL.iter().find(|(name, _)| *name == words) else {
            let names = Identifier::ALL.map(|(name, _)| name);
            let near = nearest(&words, names);
            let help =
                near.map_or_else(|| format!("Duly knows {}", names.join(", ")), |n| format!("did you mean `{n}`?"));
            self.problem(Code::UnknownName, what.span, format!("nothing is known about a valid `{words}`")).help = help;
            return self.broken();
        };
        let wanted = match identifier {
            Identifier::BankAccount => Some(Ty::Text),
            Identifier::UaTaxNumber => Some(Ty::Date),
            _ => None,
        };
        let companion = match (companion, wanted) {
            (Some(companion), Some(ty)) => Some(self.value_of(companion, &ty)),
            (None, _) if *identifier == Identifier::BankAccount => {
                self.problem(Code::WrongArguments, what.span, "a bank account is checked together with its BIK").help =
                    "write `… is a valid bank account for …` and the BIK".into();
                None
            }
            (Some(extra), None) => {
                self.problem(Code::WrongArguments, extra.span, format!("a valid {words} needs nothing else")).help =
                    "take `for …` away".into();
                None
            }
            (None, _) => None,
        };
        self.yes_no(Node::Valid { identifier: *identifier, value, companion })
    }
}

fn advice(want: &Ty, found: &Ty) -> String {
    match (want, found) {
        (Ty::Money, Ty::Number(_) | Ty::Integer) => "multiply money by a number, or declare the fact as `money`",
        (Ty::Number(_), Ty::Money) => "divide by an amount to get a number, or declare it as `money`",
        (Ty::Integer, Ty::Number(_)) => "declare it as `integer`, or round it: `… rounded to 1`",
        (Ty::Number(Some(_)), Ty::Number(_)) => "use quantities of one unit together",
        (Ty::Date, Ty::Period) => "a period becomes a date with `… after` a date",
        (Ty::Period, Ty::Number(_) | Ty::Integer) => "say its unit: `12 months`, `5 working days`",
        (Ty::Text, _) => "put a text in quotes",
        (Ty::YesNo, _) => "write a condition, or yes or no",
        (Ty::Choice(_), Ty::Text) => "write a name of the list without quotes",
        (Ty::List(_), _) => "write a list in square brackets: `[a, b]`",
        _ => "use a value of that kind, or change the declared type",
    }
    .into()
}

/// What is written behind a number in everyday speech.
fn usual_unit(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "percent" | "per_cent" => "write `80%`",
        "workday" | "workdays" | "business" => "write `working days`",
        "rouble" | "roubles" | "ruble" | "rubles" | "euro" | "euros" | "dollar" | "dollars" | "hryvnia"
        | "hryvnias" => "amounts are in the currency of the policy: write the number alone",
        "a" | "an" | "each" | "monthly" | "yearly" => "write the number alone; say in the label what it is for",
        "x" => "multiply with `*`",
        _ => return None,
    })
}
