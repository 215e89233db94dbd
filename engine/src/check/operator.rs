//! Operators: which types go together, and what comes out.

use super::builder::Builder;
use super::types::{Ty, Typed};
use crate::diagnostic::Code;
use crate::program::expression::{Arithmetic, Comparison, Constant, Node, NodeId};
use crate::syntax::expression::Operator;
use crate::syntax::{Expr, ExprKind, Name};
use crate::value::Number;

impl<'a> Builder<'a> {
    pub fn binary(
        &mut self,
        whole: &'a Expr,
        operator: Operator,
        left: &'a Expr,
        right: &'a Expr,
        want: Option<&Ty>,
    ) -> Typed {
        match operator {
            Operator::Equal | Operator::NotEqual
                if matches!(right.kind, ExprKind::None) || matches!(left.kind, ExprKind::None) =>
            {
                let tested = if matches!(right.kind, ExprKind::None) { left } else { right };
                let value = self.expr(tested, None);
                if !value.or_none && !value.ty.is_broken() && !self.is_field(tested) {
                    self.never_none(tested);
                }
                let given = self.node(Node::Given(value.node));
                if operator == Operator::NotEqual {
                    return Typed { node: given, ty: Ty::YesNo, or_none: false };
                }
                self.made(Node::Not(given), Ty::YesNo)
            }
            Operator::OrElse => self.or_else(left, right, want),
            Operator::In => self.member_of(left, right),
            Operator::Within => self.within(left, right),
            Operator::After | Operator::Before => self.shifted(left, right, operator == Operator::Before),
            Operator::Of => {
                let help = match &left.kind {
                    ExprKind::Quantity(_, unit)
                        if crate::value::date::MONTHS.iter().any(|m| m.eq_ignore_ascii_case(&unit.node)) =>
                    {
                        "months are written with a capital letter: `1 September of` and a year"
                    }
                    ExprKind::Percent(_) => "multiply: `rate * 80%`",
                    _ => "write `after` or `before`: `30 days after …`",
                };
                self.problem(Code::NotAllowedHere, whole.span, "`of` cannot join two values here").help = help.into();
                self.broken()
            }
            Operator::Plus | Operator::Minus => self.sum(whole, operator, left, right, want),
            Operator::Times | Operator::Divided => self.product(whole, operator, left, right),
            _ => self.comparison(whole, operator, left, right),
        }
    }

    /// Both operands, so that a bare literal takes the type of the other one.
    fn pair(&mut self, left: &'a Expr, right: &'a Expr, want: Option<&Ty>) -> (Typed, Typed) {
        if self.is_bare(left) && !self.is_bare(right) {
            let right = self.expr(right, want);
            return (self.beside(&right, left), right);
        }
        let left = self.expr(left, want);
        let right = self.beside(&left, right);
        (left, right)
    }

    /// An operand whose neighbour is known; beside one that has no type a bare name may be a member of its choices.
    fn beside(&mut self, neighbour: &Typed, operand: &'a Expr) -> Typed {
        if neighbour.ty.is_broken() && matches!(operand.kind, ExprKind::Path(_)) && self.is_bare(operand) {
            return self.broken();
        }
        let asked = neighbour.ty.clone();
        self.expr(operand, Some(&asked).filter(|t| !t.is_broken()))
    }

    /// Does the expression take its type from its neighbour?
    fn is_bare(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Number(_) | ExprKind::None => true,
            ExprKind::Negative(inner) => self.is_bare(inner),
            ExprKind::Path(path) => {
                let first = path.split('.').next().unwrap_or_default();
                !self.fact_types.contains_key(path.as_str())
                    && !self.names.defines.contains_key(first)
                    && !self.lines.contains_key(path.as_str())
                    && !self.locals.iter().any(|l| l.name == first || l.implicit)
            }
            _ => false,
        }
    }

    fn comparison(&mut self, whole: &'a Expr, operator: Operator, left: &'a Expr, right: &'a Expr) -> Typed {
        let (a, b) = self.pair(left, right, None);
        let result = |this: &mut Self, how| this.made(Node::Compare { how, left: a.node, right: b.node }, Ty::YesNo);
        let how = match operator {
            Operator::NotEqual => Comparison::NotEqual,
            Operator::Less => Comparison::Less,
            Operator::AtMost => Comparison::AtMost,
            Operator::More => Comparison::More,
            Operator::AtLeast => Comparison::AtLeast,
            Operator::SameName => Comparison::SameName,
            Operator::SameText => Comparison::SameText,
            Operator::StartsWith => Comparison::StartsWith,
            _ => Comparison::Equal,
        };
        if a.ty.is_broken() || b.ty.is_broken() {
            return self.broken_condition();
        }
        let equality = matches!(how, Comparison::Equal | Comparison::NotEqual);
        if equality
            && let Some(expr) =
                [(&a, left), (&b, right)].into_iter().find(|(t, e)| t.or_none && !self.is_field(e)).map(|(_, e)| e)
        {
            self.possible_none(expr);
        }
        for (choice, text) in [(&a.ty, right), (&b.ty, left)] {
            if let (Ty::Choice(choices), ExprKind::Text(name)) = (choice, &text.kind) {
                let known = self.member_names(*choices).contains(&name.as_str());
                let help = if known {
                    format!("write `{name}` without quotes")
                } else {
                    format!("it can be {}", self.member_names(*choices).join(", "))
                };
                self.problem(Code::NotAMember, text.span, "a choice is a name, not a text in quotes").help = help;
                return self.broken();
            }
        }
        if !self.comparable(how, &a.ty, &b.ty) {
            self.incomparable(whole, how, &a.ty, &b.ty);
            return self.broken_condition();
        }
        result(self, how)
    }

    fn never_none(&mut self, expr: &Expr) {
        let what = match &expr.kind {
            ExprKind::Path(path) => format!("`{path}`"),
            _ => "this value".to_owned(),
        };
        let message = format!("{what} can never be none here: the comparison says nothing");
        self.problem(Code::NotAllowedHere, expr.span, message).help =
            "write `or none` behind the type of a fact that may be none; what is not told yet is unknown, not none"
                .into();
    }

    fn broken_condition(&mut self) -> Typed {
        self.broken()
    }

    /// A field of a submitted document: one that is not filled in does not disagree.
    fn is_field(&self, expr: &Expr) -> bool {
        let ExprKind::Path(path) = &expr.kind else { return false };
        let first = path.split('.').next().unwrap_or_default();
        self.locals.iter().any(|l| l.name == first && matches!(l.ty, Ty::Document(_)))
    }

    fn comparable(&self, how: Comparison, a: &Ty, b: &Ty) -> bool {
        match how {
            Comparison::Equal | Comparison::NotEqual => match (a, b) {
                (Ty::Integer, Ty::Number(None)) | (Ty::Number(None), Ty::Integer) => true,
                (Ty::Choice(a), Ty::Choice(b)) => {
                    let (a, b) = (self.member_names(*a), self.member_names(*b));
                    a.iter().any(|m| b.contains(m))
                }
                (Ty::Text, Ty::Choice(_)) | (Ty::Choice(_), Ty::Text) => true,
                (Ty::List(_) | Ty::Row(_) | Ty::Document(_), _) => false,
                (a, b) => a == b,
            },
            Comparison::SameName | Comparison::SameText | Comparison::StartsWith => *a == Ty::Text && *b == Ty::Text,
            _ => match (a, b) {
                (Ty::Integer, Ty::Number(None)) | (Ty::Number(None), Ty::Integer) => true,
                (a, b) => a == b && (a.is_number() || matches!(a, Ty::Date | Ty::Period)),
            },
        }
    }

    fn incomparable(&mut self, whole: &Expr, how: Comparison, a: &Ty, b: &Ty) {
        let units = matches!((a, b), (Ty::Number(_), Ty::Number(_)));
        let (one, other) = (self.ty_name(a), self.ty_name(b));
        let message = if a == b {
            format!("{one} cannot be compared like this")
        } else {
            format!("{one} cannot be compared with {other}")
        };
        let help = match (how, a, b) {
            (_, Ty::Money, Ty::Number(_) | Ty::Integer) | (_, Ty::Number(_) | Ty::Integer, Ty::Money) => {
                "compare amounts with amounts; a fact that is an amount has the type `money`"
            }
            (_, Ty::Number(_), Ty::Number(_)) => "compare quantities of one unit",
            (_, Ty::Date, Ty::Period) | (_, Ty::Period, Ty::Date) => "turn the period into a date: `12 months after …`",
            (_, Ty::Date, Ty::Integer | Ty::Number(_)) => {
                "take a part of the date, `year of …`, or write a date: 2025-01-31"
            }
            (_, Ty::Choice(_), Ty::Choice(_)) => "the two lists have no member in common",
            (_, Ty::List(_), _) | (_, _, Ty::List(_)) => "ask whether it is in the list: `… in …`",
            (_, Ty::YesNo, _) => "a fact that is yes or no stands alone: `insured`, `not insured`",
            _ => "compare values of one kind",
        };
        let code = if units { Code::UnitMismatch } else { Code::TypeMismatch };
        self.problem(code, whole.span, message).help = help.into();
    }

    /// `VALUE or else OTHER`: what none stands for, or what counts while no row of a parameter is in force.
    fn or_else(&mut self, left: &'a Expr, right: &'a Expr, want: Option<&Ty>) -> Typed {
        if let ExprKind::Lookup { parameter, keys, at } = &left.kind {
            let in_force = self.lookup(left, parameter, keys, at.as_deref(), true);
            let value = self.lookup(left, parameter, keys, at.as_deref(), false);
            let other = self.expr(right, Some(&value.ty));
            let other = self.fit(other, &value.ty, right.span);
            let node = self.node(Node::If { arms: vec![(in_force.node, value.node)], otherwise: other.node });
            return Typed { node, or_none: other.or_none, ty: value.ty };
        }
        let value = self.expr(left, want);
        if !value.or_none && !value.ty.is_broken() {
            let says = self.says(left.span);
            self.problem(Code::NotAllowedHere, right.span, format!("`{says}` is never none, so this is never used"))
                .help = "take `or else …` away, or let the fact be `or none`".into();
        }
        let other = self.expr(right, Some(&value.ty));
        let other = self.fit(other, &value.ty, right.span);
        let node = self.node(Node::OrElse { value: value.node, otherwise: other.node });
        Typed { node, or_none: other.or_none, ty: value.ty }
    }

    fn member_of(&mut self, left: &'a Expr, right: &'a Expr) -> Typed {
        if let ExprKind::Set(members) = &right.kind {
            let value = self.expr(left, None);
            if value.ty.is_broken() {
                return self.broken_condition();
            }
            let mut nodes = Vec::new();
            for member in members {
                let typed = self.expr(member, Some(&value.ty));
                let typed = if matches!((&typed.ty, &value.ty), (Ty::Text, Ty::Choice(_)) | (Ty::Choice(_), Ty::Text)) {
                    typed
                } else {
                    self.fit(typed, &value.ty, member.span)
                };
                nodes.push(typed.node);
            }
            return self.made(Node::Among { value: value.node, members: nodes }, Ty::YesNo);
        }
        let list = self.expr(right, None);
        let Ty::List(of) = list.ty.clone() else {
            if !list.ty.is_broken() {
                let found = self.ty_name(&list.ty);
                self.problem(
                    Code::TypeMismatch,
                    right.span,
                    format!("`in` needs a list or a set, and this is {found}"),
                )
                .help = "write the possible values in braces: `in {a, b}`".into();
            }
            return self.broken_condition();
        };
        let value = self.expr(left, Some(&of));
        if !self.comparable(Comparison::Equal, &value.ty, &of) && !value.ty.is_broken() {
            let (one, other) = (self.ty_name(&value.ty), self.ty_name(&of));
            self.problem(Code::TypeMismatch, left.span, format!("the list holds {other}, and this is {one}")).help =
                "look for a value of the same kind".into();
        }
        self.made(Node::InList { value: value.node, list: list.node }, Ty::YesNo)
    }

    /// `DAY within PERIOD before (after, of) ANCHOR`.
    fn within(&mut self, left: &'a Expr, right: &'a Expr) -> Typed {
        let day = self.expr(left, Some(&Ty::Date));
        let day = self.fit(day, &Ty::Date, left.span);
        let Some((period, anchor, before)) = self.stretch(right) else { return self.broken_condition() };
        self.made(Node::Within { day: day.node, period, anchor, before }, Ty::YesNo)
    }

    /// `PERIOD before ANCHOR` as the parts of a stretch of days.
    pub fn stretch(&mut self, expr: &'a Expr) -> Option<(u32, u32, bool)> {
        match &expr.kind {
            ExprKind::Binary(operator @ (Operator::Before | Operator::After | Operator::Of), period, anchor) => {
                let period = self.value_of(period, &Ty::Period);
                let anchor = self.value_of(anchor, &Ty::Date);
                Some((period, anchor, *operator == Operator::Before))
            }
            ExprKind::Broken => None,
            _ => {
                self.problem(Code::TypeMismatch, expr.span, "`within` needs a stretch of days").help =
                    "write a period and a date: `within 12 months before filing.date`".into();
                None
            }
        }
    }

    /// `PERIOD after DAY`.
    fn shifted(&mut self, period: &'a Expr, day: &'a Expr, back: bool) -> Typed {
        let period = self.value_of(period, &Ty::Period);
        let typed = self.expr(day, Some(&Ty::Date));
        let typed = self.fit(typed, &Ty::Date, day.span);
        // A day that is none has no day after it: the whole is none too.
        let node = self.node(Node::Shift { day: typed.node, period, back });
        Typed { node, ty: Ty::Date, or_none: typed.or_none }
    }

    fn sum(
        &mut self,
        whole: &'a Expr,
        operator: Operator,
        left: &'a Expr,
        right: &'a Expr,
        want: Option<&Ty>,
    ) -> Typed {
        let (a, b) = self.pair(left, right, want.filter(|w| w.is_number()));
        self.operands_there([(&a, left), (&b, right)]);
        let arithmetic = if operator == Operator::Plus { Arithmetic::Plus } else { Arithmetic::Minus };
        let ty = match (&a.ty, &b.ty) {
            (Ty::Broken, _) | (_, Ty::Broken) => return self.broken(),
            (Ty::Date, Ty::Period) => {
                let back = operator == Operator::Minus;
                return self.made(Node::Shift { day: a.node, period: b.node, back }, Ty::Date);
            }
            (Ty::Integer, Ty::Number(None)) | (Ty::Number(None), Ty::Integer) => Ty::Number(None),
            (a, b) if a == b && (a.is_number() || *a == Ty::Period) => a.clone(),
            _ => return self.wrong_operands(whole, operator, &a.ty, &b.ty),
        };
        self.made(Node::Arithmetic { operator: arithmetic, left: a.node, right: b.node }, ty)
    }

    fn product(&mut self, whole: &'a Expr, operator: Operator, left: &'a Expr, right: &'a Expr) -> Typed {
        // A bare number in a product is a factor, whatever is asked for.
        let (a, b) = (self.expr(left, None), self.expr(right, None));
        self.operands_there([(&a, left), (&b, right)]);
        let plain = |t: &Ty| matches!(t, Ty::Integer | Ty::Number(None));
        let ty = match (operator, &a.ty, &b.ty) {
            (_, Ty::Broken, _) | (_, _, Ty::Broken) => return self.broken(),
            (Operator::Times, Ty::Integer, Ty::Integer) => Ty::Integer,
            (Operator::Times, a, Ty::Percent) | (Operator::Times, Ty::Percent, a) if a.is_number() => {
                if *a == Ty::Integer { Ty::Number(None) } else { a.clone() }
            }
            (Operator::Times, a, b) if plain(a) && b.is_number() => {
                if plain(b) {
                    Ty::Number(None)
                } else {
                    b.clone()
                }
            }
            (Operator::Times, a, b) if plain(b) && a.is_number() => a.clone(),
            (Operator::Divided, a, b) if plain(b) && a.is_number() => {
                if plain(a) {
                    Ty::Number(None)
                } else {
                    a.clone()
                }
            }
            (Operator::Divided, a, b) if a == b && a.is_number() => Ty::Number(None),
            _ => return self.wrong_operands(whole, operator, &a.ty, &b.ty),
        };
        if operator == Operator::Divided && self.is_zero(b.node) {
            self.problem(Code::NotAllowedHere, right.span, "nothing can be divided by zero").help =
                "divide by a number that is not zero".into();
        }
        let arithmetic = if operator == Operator::Times { Arithmetic::Times } else { Arithmetic::Over };
        let (mut one, mut other) = (a.node, b.node);
        if operator == Operator::Times && b.ty == Ty::Percent {
            other = self.node(Node::Hundredth(other));
        } else if operator == Operator::Times && a.ty == Ty::Percent && !plain(&b.ty) {
            one = self.node(Node::Hundredth(one));
        } else if operator == Operator::Times && a.ty == Ty::Percent {
            one = self.node(Node::Hundredth(one));
            let node = self.node(Node::Arithmetic { operator: arithmetic, left: one, right: other });
            return Typed { node, ty: Ty::Number(None), or_none: false };
        }
        self.made(Node::Arithmetic { operator: arithmetic, left: one, right: other }, ty)
    }

    /// Is it the number zero, as it stands in the text?
    pub fn is_zero(&self, node: NodeId) -> bool {
        let node = self.program.nodes.get(node as usize);
        matches!(node, Some(Node::Constant(Constant::Number(n))) if *n == Number::ZERO)
    }

    fn operands_there(&mut self, operands: [(&Typed, &'a Expr); 2]) {
        for (typed, expr) in operands {
            if typed.or_none && !typed.ty.is_broken() {
                self.possible_none(expr);
            }
        }
    }

    fn wrong_operands(&mut self, whole: &Expr, operator: Operator, a: &Ty, b: &Ty) -> Typed {
        let verb = match operator {
            Operator::Plus => "added",
            Operator::Minus => "subtracted",
            Operator::Times => "multiplied",
            _ => "divided",
        };
        let (one, other) = (self.ty_name(a), self.ty_name(b));
        let units = matches!((a, b), (Ty::Number(_), Ty::Number(_)));
        let help = match (operator, a, b) {
            (Operator::Minus, Ty::Date, Ty::Date) => "write `days from … to …`, `months from …` or `years from …`",
            (_, Ty::Date, Ty::Integer | Ty::Number(_)) => "say the unit: `… + 30 days`",
            (_, Ty::Date, Ty::Date) => "add a period to a date: `… + 30 days`",
            (Operator::Plus | Operator::Minus, Ty::Money, _) | (Operator::Plus | Operator::Minus, _, Ty::Money) => {
                "amounts are added to amounts only"
            }
            (_, Ty::Money, Ty::Money) => "multiply an amount by a number or a percentage",
            _ if units => "use quantities of one unit, or plain numbers",
            _ => "use numbers of one kind",
        };
        let code = if units { Code::UnitMismatch } else { Code::TypeMismatch };
        self.problem(code, whole.span, format!("{one} and {other} cannot be {verb}")).help = help.into();
        self.broken()
    }

    /// A function of the library, or of the policy.
    pub fn call(&mut self, whole: &'a Expr, function: &'a Name, arguments: &'a [Expr], want: Option<&Ty>) -> Typed {
        match function.node.as_str() {
            "min" | "max" => self.extreme(function, arguments, want),
            _ => self.call_defined(whole, function, arguments),
        }
    }

    fn extreme(&mut self, function: &Name, arguments: &'a [Expr], want: Option<&Ty>) -> Typed {
        if arguments.len() < 2 {
            self.problem(
                Code::WrongArguments,
                function.span,
                format!("`{}` needs at least two values", function.node),
            )
            .help = format!("of a list write `{} of … for … in …`", function.node);
            return self.broken();
        }
        // The first value that is no bare literal tells the type; so it is looked at first.
        let mut ty = want.filter(|w| w.is_number() || matches!(w, Ty::Date | Ty::Period)).cloned();
        let mut or_none = false;
        let telling = arguments.iter().position(|a| !self.is_bare(a)).unwrap_or(0);
        let first = self.branch(&arguments[telling], &mut ty, &mut or_none);
        let mut nodes = Vec::new();
        for (at, argument) in arguments.iter().enumerate() {
            nodes.push(if at == telling { first } else { self.branch(argument, &mut ty, &mut or_none) });
            if std::mem::take(&mut or_none) {
                self.possible_none(argument);
            }
        }
        let ty = ty.unwrap_or(Ty::Broken);
        if !ty.is_number() && !matches!(ty, Ty::Date | Ty::Period | Ty::Broken) {
            let found = self.ty_name(&ty);
            self.problem(Code::TypeMismatch, function.span, format!("there is no least or greatest of {found}")).help =
                "compare numbers, dates or periods".into();
            return self.broken();
        }
        self.made(if function.node == "min" { Node::Least(nodes) } else { Node::Greatest(nodes) }, ty)
    }
}
