//! Reading expressions: a flat row of operands and operators becomes a tree by binding strength.

use super::{Aggregate, Binder, DatePart, Expr, ExprKind, Operator, Quantifier};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::message::read_plain;
use crate::syntax::reader::{Pair, Reader, Rule, all, one, parts};
use crate::value::date::MONTHS;
use crate::value::number::Rounding;
use crate::value::period::PeriodUnit;
use crate::value::{Date, Number};
use pest::pratt_parser::{Assoc, Op, PrattParser};
use std::sync::LazyLock;

/// Operands in one expression.
const MAX_OPERANDS: usize = 1000;
/// Levels of one expression: what is checked and evaluated without running out of stack.
const MAX_LEVELS: u16 = 200;

/// Binding strength, the loosest first.
static STRENGTH: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    let left = |rule| Op::infix(rule, Assoc::Left);
    PrattParser::new()
        .op(left(Rule::or))
        .op(left(Rule::and))
        .op(Op::prefix(Rule::not))
        .op(left(Rule::equal)
            | left(Rule::not_equal)
            | left(Rule::at_most)
            | left(Rule::at_least)
            | left(Rule::less)
            | left(Rule::more)
            | left(Rule::is_after)
            | left(Rule::is_before)
            | left(Rule::is_not_after)
            | left(Rule::is_not_before)
            | left(Rule::is_same_name)
            | left(Rule::is_same_text)
            | left(Rule::starts_with)
            | left(Rule::within)
            | left(Rule::member_of)
            | Op::postfix(Rule::is_given)
            | Op::postfix(Rule::is_not_given)
            | Op::postfix(Rule::is_valid)
            | Op::postfix(Rule::is_accepted)
            | Op::postfix(Rule::is_in_force))
        .op(left(Rule::or_else))
        .op(Op::postfix(Rule::rounding))
        .op(left(Rule::plus) | left(Rule::minus) | left(Rule::spaced_minus))
        .op(left(Rule::times) | left(Rule::divided))
        .op(left(Rule::after) | left(Rule::before) | left(Rule::of))
        .op(Op::prefix(Rule::negative))
        .op(Op::postfix(Rule::period_unit))
        .op(Op::postfix(Rule::field))
});

/// Reads an `expression` or an `operand`.
pub(in crate::syntax) fn read_expr(r: &mut Reader<'_>, pair: Pair<'_>) -> Expr {
    let span = r.span(&pair);
    if !matches!(pair.as_rule(), Rule::expression | Rule::operand | Rule::cell_value | Rule::plain_value) {
        return read_primary(r, pair);
    }
    let inner = pair.into_inner();
    let count = inner.clone().take(MAX_OPERANDS * 2 + 1).count();
    if count > MAX_OPERANDS * 2 {
        let message = format!("this expression has more than {MAX_OPERANDS} operands");
        r.problem(
            Diagnostic::new(Code::TooLarge, span, message).help("name parts of it with `define` and use the names"),
        );
        return Expr::new(ExprKind::Broken, span);
    }
    let reader = std::cell::RefCell::new(r);
    STRENGTH
        .map_primary(|p| read_primary(&mut reader.borrow_mut(), p))
        .map_prefix(|op, e| {
            let r = &mut reader.borrow_mut();
            let span = r.span(&op).to(e.span);
            let e = Box::new(e);
            finish(r, if op.as_rule() == Rule::not { ExprKind::Not(e) } else { ExprKind::Negative(e) }, span)
        })
        .map_postfix(|e, op| read_suffix(&mut reader.borrow_mut(), e, op))
        .map_infix(|a, op, b| {
            let r = &mut reader.borrow_mut();
            let span = a.span.to(b.span);
            let kind = join(a, operator(op.as_rule()), b);
            finish(r, kind, span)
        })
        .parse(inner)
}

/// Refuses what is too deep to be evaluated safely, once, and puts nothing in its place.
fn finish(r: &mut Reader<'_>, kind: ExprKind, span: Span) -> Expr {
    let expr = Expr::new(kind, span);
    if expr.levels <= MAX_LEVELS {
        return expr;
    }
    let message = "this expression has too many levels";
    r.problem(Diagnostic::new(Code::TooDeep, span, message).help("name parts of it with `define` and use the names"));
    Expr::new(ExprKind::Broken, span)
}

fn join(a: Expr, operator: Operator, b: Expr) -> ExprKind {
    match (operator, a) {
        (Operator::And, Expr { kind: ExprKind::AllOf(mut members), .. }) => {
            members.push(b);
            ExprKind::AllOf(members)
        }
        (Operator::Or, Expr { kind: ExprKind::AnyOf(mut members), .. }) => {
            members.push(b);
            ExprKind::AnyOf(members)
        }
        (Operator::And, a) => ExprKind::AllOf(vec![a, b]),
        (Operator::Or, a) => ExprKind::AnyOf(vec![a, b]),
        (operator, a) => ExprKind::Binary(operator, Box::new(a), Box::new(b)),
    }
}

fn operator(rule: Rule) -> Operator {
    match rule {
        Rule::or => Operator::Or,
        Rule::and => Operator::And,
        Rule::or_else => Operator::OrElse,
        Rule::not_equal => Operator::NotEqual,
        Rule::less | Rule::is_before => Operator::Less,
        Rule::at_most | Rule::is_not_after => Operator::AtMost,
        Rule::more | Rule::is_after => Operator::More,
        Rule::at_least | Rule::is_not_before => Operator::AtLeast,
        Rule::is_same_name => Operator::SameName,
        Rule::is_same_text => Operator::SameText,
        Rule::starts_with => Operator::StartsWith,
        Rule::member_of => Operator::In,
        Rule::within => Operator::Within,
        Rule::plus => Operator::Plus,
        Rule::minus | Rule::spaced_minus => Operator::Minus,
        Rule::times => Operator::Times,
        Rule::divided => Operator::Divided,
        Rule::after => Operator::After,
        Rule::before => Operator::Before,
        Rule::of => Operator::Of,
        _ => Operator::Equal,
    }
}

fn read_suffix(r: &mut Reader<'_>, e: Expr, op: Pair<'_>) -> Expr {
    let span = e.span.to(r.span(&op));
    let rule = op.as_rule();
    let unit_text = op.as_str().trim().to_owned();
    let mut inner = parts(op);
    let e = Box::new(e);
    let kind = match rule {
        Rule::is_given => ExprKind::Given { value: e, given: true },
        Rule::is_not_given => ExprKind::Given { value: e, given: false },
        Rule::is_accepted => ExprKind::Accepted(e),
        Rule::is_valid => {
            let what = r.named(&mut inner, Rule::words);
            let companion = one(&mut inner, Rule::operand).map(|p| Box::new(read_expr(r, p)));
            ExprKind::Valid { value: e, what, companion }
        }
        Rule::is_in_force => match one(&mut inner, Rule::operand) {
            Some(at) => ExprKind::InForce { lookup: e, at: Box::new(read_expr(r, at)) },
            None => ExprKind::Broken,
        },
        Rule::rounding => read_rounding(r, e, inner),
        Rule::field => ExprKind::Field(e, r.named(&mut inner, Rule::word)),
        _ => ExprKind::PeriodOf(e, period_unit(&unit_text)),
    };
    finish(r, kind, span)
}

fn read_rounding(r: &mut Reader<'_>, value: Box<Expr>, mut inner: Vec<Pair<'_>>) -> ExprKind {
    let mode =
        one(&mut inner, Rule::rounding_mode).map(|m| m.as_str().split_whitespace().collect::<Vec<_>>().join(" "));
    let how = match mode.as_deref() {
        Some("half even") => Rounding::HalfEven,
        Some("up") => Rounding::Up,
        Some("down") => Rounding::Down,
        _ => Rounding::HalfUp,
    };
    match one(&mut inner, Rule::operand) {
        Some(step) => ExprKind::Rounded { value, how, step: Box::new(read_expr(r, step)) },
        None => ExprKind::Broken,
    }
}

pub(in crate::syntax) fn period_unit(text: &str) -> PeriodUnit {
    match text.split_whitespace().next().unwrap_or_default() {
        "working" => PeriodUnit::WorkingDays,
        "year" | "years" => PeriodUnit::Years,
        "month" | "months" => PeriodUnit::Months,
        "week" | "weeks" => PeriodUnit::Weeks,
        _ => PeriodUnit::Days,
    }
}

fn read_primary(r: &mut Reader<'_>, pair: Pair<'_>) -> Expr {
    let span = r.span(&pair);
    let rule = pair.as_rule();
    let text = pair.as_str();
    let kind = match rule {
        Rule::counted => {
            let mut inner = parts(pair);
            let unit = period_unit(&r.named(&mut inner, Rule::period_unit).node);
            return match inner.into_iter().next() {
                Some(count) => Expr::new(ExprKind::PeriodOf(Box::new(read_primary(r, count)), unit), span),
                None => Expr::new(ExprKind::Broken, span),
            };
        }
        Rule::parenthesised => {
            let mut inner = parts(pair);
            // A new level, so that `(a and b) and c` keeps its brackets and depth is counted.
            return match one(&mut inner, Rule::expression) {
                Some(e) => Expr { span, ..read_expr(r, e) },
                None => Expr::new(ExprKind::Broken, span),
            };
        }
        Rule::expression | Rule::operand | Rule::cell_value | Rule::plain_value => return read_expr(r, pair),
        Rule::year_month_day => read_date(r, text, span).map_or(ExprKind::Broken, ExprKind::Date),
        Rule::percentage => {
            read_number(r, text.trim_end_matches('%').trim_end(), span).map_or(ExprKind::Broken, ExprKind::Percent)
        }
        Rule::number => read_number(r, text, span).map_or(ExprKind::Broken, ExprKind::Number),
        Rule::quantity => {
            let mut inner = parts(pair);
            let digits = r.named(&mut inner, Rule::digits);
            let unit = r.named(&mut inner, Rule::unit_name);
            read_number(r, &digits.node, digits.span).map_or(ExprKind::Broken, |n| ExprKind::Quantity(n, unit))
        }
        Rule::quoted => ExprKind::Text(read_plain(r, pair)),
        Rule::yes => ExprKind::YesNo(true),
        Rule::no => ExprKind::YesNo(false),
        Rule::none => ExprKind::None,
        Rule::previous_row => ExprKind::Previous,
        Rule::path => ExprKind::Path(text.trim().to_owned()),
        _ => read_compound(r, pair),
    };
    finish(r, kind, span)
}

fn read_compound(r: &mut Reader<'_>, pair: Pair<'_>) -> ExprKind {
    let rule = pair.as_rule();
    let mut inner = parts(pair);
    match rule {
        Rule::conditional => {
            let mut es: Vec<Expr> = exprs(r, &mut inner);
            let Some(otherwise) = es.pop() else {
                return ExprKind::Broken;
            };
            let mut arms = Vec::new();
            let mut es = es.into_iter();
            while let (Some(condition), Some(value)) = (es.next(), es.next()) {
                arms.push((condition, value));
            }
            ExprKind::If { arms, otherwise: Box::new(otherwise) }
        }
        Rule::block => {
            let all = r.named(&mut inner, Rule::block_kind).node == "all";
            let members = exprs(r, &mut inner);
            if all { ExprKind::AllOf(members) } else { ExprKind::AnyOf(members) }
        }
        Rule::quantified => read_quantified(r, inner),
        Rule::aggregate | Rule::collected => read_aggregate(r, inner),
        Rule::distinct_of => boxed(r, &mut inner).map_or(ExprKind::Broken, ExprKind::Distinct),
        Rule::elapsed => {
            let unit = period_unit(&r.named(&mut inner, Rule::elapsed_unit).node);
            match (boxed(r, &mut inner), boxed(r, &mut inner)) {
                (Some(from), Some(to)) => ExprKind::Elapsed { unit, from, to },
                _ => ExprKind::Broken,
            }
        }
        Rule::date_part => {
            let part = match r.named(&mut inner, Rule::date_part_name).node.as_str() {
                "year" => DatePart::Year,
                "month" => DatePart::Month,
                _ => DatePart::Day,
            };
            boxed(r, &mut inner).map_or(ExprKind::Broken, |of| ExprKind::DatePart { part, of })
        }
        Rule::day_of_year => read_day_of_year(r, inner),
        Rule::list => ExprKind::List(
            all(&mut inner, Rule::list_item)
                .into_iter()
                .filter_map(|item| {
                    let mut item = parts(item);
                    let mut es = exprs(r, &mut item).into_iter();
                    Some((es.next()?, es.next()))
                })
                .collect(),
        ),
        Rule::set => ExprKind::Set(exprs(r, &mut inner)),
        Rule::submitted => ExprKind::Submitted(r.named(&mut inner, Rule::name)),
        Rule::outcome_is => ExprKind::Outcome {
            negated: one(&mut inner, Rule::kw_not).is_some(),
            name: r.named(&mut inner, Rule::name),
        },
        Rule::lookup => read_lookup(r, inner),
        Rule::call => {
            let mut head = one(&mut inner, Rule::call_head).map(parts).unwrap_or_default();
            ExprKind::Call { function: r.named(&mut head, Rule::name), arguments: exprs(r, &mut inner) }
        }
        _ => ExprKind::Broken,
    }
}

fn read_quantified(r: &mut Reader<'_>, mut inner: Vec<Pair<'_>>) -> ExprKind {
    let quantifier = match r.named(&mut inner, Rule::quantifier).node.as_str() {
        "all" | "every" => Quantifier::All,
        "no" => Quantifier::No,
        "count" => Quantifier::Count,
        "first" => Quantifier::First,
        "last" => Quantifier::Last,
        _ => Quantifier::Any,
    };
    let binders = all(&mut inner, Rule::binder).into_iter().map(|b| read_binder(r, b)).collect();
    let filter = clause(r, &mut inner, Rule::where_clause);
    let body = clause(r, &mut inner, Rule::has_clause);
    ExprKind::Quantified { quantifier, binders, filter, body }
}

fn read_aggregate(r: &mut Reader<'_>, mut inner: Vec<Pair<'_>>) -> ExprKind {
    let kind = match one(&mut inner, Rule::aggregate_kind).map(|k| k.as_str().trim().to_owned()).as_deref() {
        Some("sum") => Aggregate::Sum,
        Some("min") => Aggregate::Min,
        Some("max") => Aggregate::Max,
        _ => Aggregate::Collect,
    };
    let Some(binder) = one(&mut inner, Rule::binder).map(|b| Box::new(read_binder(r, b))) else {
        return ExprKind::Broken;
    };
    let filter = clause(r, &mut inner, Rule::where_clause);
    boxed(r, &mut inner).map_or(ExprKind::Broken, |value| ExprKind::Aggregate { kind, value, binder, filter })
}

fn read_binder(r: &mut Reader<'_>, pair: Pair<'_>) -> Binder {
    let mut inner = parts(pair);
    let name = r.named(&mut inner, Rule::name);
    let list = one(&mut inner, Rule::operand).map(|p| read_expr(r, p));
    Binder { list: list.unwrap_or_else(|| Expr::new(ExprKind::Broken, name.span)), name }
}

fn read_day_of_year(r: &mut Reader<'_>, mut inner: Vec<Pair<'_>>) -> ExprKind {
    let day = r.named(&mut inner, Rule::digits);
    let month =
        one(&mut inner, Rule::month_name).and_then(|m| MONTHS.iter().position(|name| *name == m.as_str().trim()));
    let month = month.and_then(|m| u32::try_from(m + 1).ok()).unwrap_or(1);
    let number = day.node.parse().unwrap_or(0);
    // 2024 is a leap year: 29 February is a day of some years.
    if Date::of(2024, month, number).is_none() {
        let message = format!("there is no day {} in this month", day.node);
        r.problem(Diagnostic::new(Code::BadLiteral, day.span, message).help("write a day that the month has"));
        return ExprKind::Broken;
    }
    boxed(r, &mut inner).map_or(ExprKind::Broken, |year| ExprKind::DayOfYear { day: number, month, year })
}

fn read_lookup(r: &mut Reader<'_>, mut inner: Vec<Pair<'_>>) -> ExprKind {
    let mut head = one(&mut inner, Rule::lookup_head).map_or_else(Vec::new, parts);
    head.extend(one(&mut inner, Rule::path));
    let parameter = r.named(&mut head, Rule::path);
    let at = one(&mut inner, Rule::at_date).and_then(|at| {
        let mut at = parts(at);
        boxed(r, &mut at)
    });
    ExprKind::Lookup { parameter, keys: exprs(r, &mut inner), at }
}

/// Takes every expression out of the parts.
pub(in crate::syntax) fn exprs(r: &mut Reader<'_>, inner: &mut Vec<Pair<'_>>) -> Vec<Expr> {
    let (taken, left) = std::mem::take(inner)
        .into_iter()
        .partition::<Vec<_>, _>(|p| matches!(p.as_rule(), Rule::expression | Rule::cell_value));
    *inner = left;
    taken.into_iter().map(|e| read_expr(r, e)).collect()
}

/// Takes the next expression or operand.
pub(in crate::syntax) fn boxed(r: &mut Reader<'_>, inner: &mut Vec<Pair<'_>>) -> Option<Box<Expr>> {
    let at = inner
        .iter()
        .position(|p| matches!(p.as_rule(), Rule::expression | Rule::operand | Rule::cell_value | Rule::plain_value))?;
    let pair = inner.remove(at);
    Some(Box::new(read_expr(r, pair)))
}

/// The expression in a clause such as `where …`.
pub(in crate::syntax) fn clause(r: &mut Reader<'_>, inner: &mut Vec<Pair<'_>>, rule: Rule) -> Option<Box<Expr>> {
    let mut wrapped = parts(one(inner, rule)?);
    boxed(r, &mut wrapped)
}

pub(in crate::syntax) fn read_number(r: &mut Reader<'_>, text: &str, span: Span) -> Option<Number> {
    let plain = text.replace('_', "");
    let number = Number::read(&plain);
    if number.is_none() {
        let message = format!("`{text}` has more digits than can be held exactly");
        r.problem(Diagnostic::new(Code::BadLiteral, span, message).help("a number may have 28 digits"));
    }
    number
}

pub(in crate::syntax) fn read_date(r: &mut Reader<'_>, text: &str, span: Span) -> Option<Date> {
    let date = Date::read(text.trim());
    if date.is_none() {
        let message = format!("the day {} does not exist", text.trim());
        r.problem(
            Diagnostic::new(Code::BadLiteral, span, message).help("a date is written year-month-day: 2025-01-31"),
        );
    }
    date
}
