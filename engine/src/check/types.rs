//! Types as the checker sees them.

use super::builder::Builder;
use crate::diagnostic::{Code, nearest};
use crate::program::expression::NodeId;
use crate::program::fact::{Choices, Column, Row, Shape, Slot, Type, Unit};
use crate::source::Span;
use crate::syntax::Name;
use crate::syntax::fact::{Choice, FactType, Kind, Member};

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ty {
    /// Could not be told; already reported.
    Broken,
    YesNo,
    Number(Option<u16>),
    Integer,
    Money,
    Percent,
    Date,
    Period,
    Text,
    /// A member of an enum, by its number.
    Choice(u16),
    List(Box<Ty>),
    /// A row of a list, by the number of its layout.
    Row(u16),
    /// A submitted document of one of these kinds.
    Document(Vec<u16>),
}

/// A bound name.
#[derive(Debug, Clone)]
pub(super) struct Local {
    pub name: String,
    pub ty: Ty,
    pub or_none: bool,
    pub slot: u8,
    /// Its columns can be named without it, as in `counting history where …`.
    pub implicit: bool,
}

/// A checked expression.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub node: NodeId,
    pub ty: Ty,
    pub or_none: bool,
}

impl Ty {
    pub fn is_broken(&self) -> bool {
        *self == Self::Broken || matches!(self, Self::List(inner) if inner.is_broken())
    }

    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Integer | Self::Money | Self::Percent)
    }
}

impl<'a> Builder<'a> {
    /// A type in an author's words.
    pub fn ty_name(&self, ty: &Ty) -> String {
        match ty {
            Ty::Broken => "a value".into(),
            Ty::YesNo => "yes or no".into(),
            Ty::Number(None) => "a number".into(),
            Ty::Number(Some(unit)) => format!("a number in {}", self.unit_name(*unit)),
            Ty::Integer => "a whole number".into(),
            Ty::Money => "an amount of money".into(),
            Ty::Percent => "a percentage".into(),
            Ty::Date => "a date".into(),
            Ty::Period => "a period".into(),
            Ty::Text => "a text".into(),
            Ty::Choice(choices) => {
                let names = self.member_names(*choices);
                if names.len() > 6 {
                    format!("one of {}, …", names[..6].join(", "))
                } else {
                    format!("one of {}", names.join(", "))
                }
            }
            Ty::List(inner) => match inner.as_ref() {
                Ty::Row(_) => "a list".into(),
                Ty::Document(_) => "a list of documents".into(),
                inner => format!("a list, each {}", self.ty_name(inner)),
            },
            Ty::Row(_) => "an entry of a list".into(),
            Ty::Document(_) => "a document".into(),
        }
    }

    pub fn unit_name(&self, unit: u16) -> &str {
        self.program.units.get(usize::from(unit)).map_or("", |u| u.name.as_str())
    }

    pub fn member_names(&self, choices: u16) -> Vec<&str> {
        let members = self.program.choices.get(usize::from(choices)).map_or(&[][..], |c| c.members.as_slice());
        members.iter().map(|m| self.program.symbol(*m)).collect()
    }

    /// The type that a text says, and whether none is possible.
    pub fn fact_type(&mut self, written: &'a FactType) -> (Ty, bool) {
        (self.kind(&written.kind, written.span), written.or_none)
    }

    pub fn kind(&mut self, kind: &'a Kind, span: Span) -> Ty {
        match kind {
            Kind::YesNo => Ty::YesNo,
            Kind::Number(unit) => Ty::Number(unit.as_ref().map(|u| self.unit(u))),
            Kind::Integer => Ty::Integer,
            Kind::Money => {
                self.need_currency(span);
                Ty::Money
            }
            Kind::Percent => Ty::Percent,
            Kind::Date => Ty::Date,
            Kind::Period => Ty::Period,
            Kind::Text => Ty::Text,
            Kind::OneOf(choices) => Ty::Choice(self.choices(choices)),
            Kind::SetOf(inner) => match self.kind(inner, span) {
                Ty::Choice(choices) => Ty::List(Box::new(Ty::Choice(choices))),
                Ty::Broken => Ty::Broken,
                other => {
                    let found = self.ty_name(&other);
                    self.problem(
                        Code::TypeMismatch,
                        span,
                        format!("a set holds members of `one of …`, and this is {found}"),
                    )
                    .help = "write `set of one of a, b, c`, or `list of …`".into();
                    Ty::Broken
                }
            },
            Kind::ListOf(inner) => Ty::List(Box::new(self.kind(inner, span))),
            Kind::Record(members) => Ty::Row(self.row(members)),
            Kind::Named(name) => self.named_type(name),
        }
    }

    pub fn need_currency(&mut self, span: Span) {
        if self.program.currency.is_none()
            && !self.is_part
            && !self.loaded.modules[0].broken_header
            && self.first_report(0, "currency")
        {
            self.problem(
                Code::NoCurrency,
                span,
                "there is money here, and the policy does not say in which currency",
            )
            .help = "add a line such as `currency RUB` to the header".into();
        }
    }

    fn named_type(&mut self, name: &'a Name) -> Ty {
        let Some(definition) = self.names.types.get(name.node.as_str()).copied() else {
            if self.is_broken_name(&name.node) {
                return Ty::Broken;
            }
            let known: Vec<String> = self.names.types.keys().map(|k| (*k).to_owned()).collect();
            let words = ["text", "number", "integer", "money", "percent", "date", "period", "yes/no"];
            let near = nearest(&name.node, known.iter().map(String::as_str).chain(words)).map(str::to_owned);
            let help = match (near, name.node.as_str()) {
                (_, "bool" | "boolean") => "write `yes/no`".to_owned(),
                (_, "string" | "str") => "write `text`".to_owned(),
                (_, "int") => "write `integer`".to_owned(),
                (_, "decimal" | "float") => "write `number`, or `money` for amounts".to_owned(),
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, _) => {
                    "types are yes/no, number, integer, money, percent, date, period, text, `one of …`, `list of …`, \
                         or a name declared with `type`"
                        .to_owned()
                }
            };
            self.problem(Code::UnknownName, name.span, format!("there is no type `{}`", name.node)).help = help;
            return Ty::Broken;
        };
        if self.depth > 50 {
            self.problem(Code::EvaluationCycle, name.span, format!("the type `{}` contains itself", name.node)).help =
                "a record cannot hold a list of its own kind".into();
            return Ty::Broken;
        }
        if let Some(known) = self.named_types.get(&name.node) {
            return known.clone();
        }
        self.depth += 1;
        let ty = self.kind(&definition.kind, definition.name.span);
        self.depth -= 1;
        self.named_types.insert(name.node.clone(), ty.clone());
        ty
    }

    /// The number of a unit; units come into being where a type names them.
    pub fn unit(&mut self, name: &'a Name) -> u16 {
        if let Some(at) = self.program.units.iter().position(|u| u.name == name.node) {
            return u16::try_from(at).unwrap_or(u16::MAX);
        }
        let texts = match self.names.units.get(name.node.as_str()).copied() {
            Some(unit) => self.texts(&unit.texts),
            None => self.program.locales.iter().map(|l| built_in_unit(&name.node, l).to_owned()).collect(),
        };
        self.program.units.push(Unit { name: name.node.clone(), texts });
        u16::try_from(self.program.units.len() - 1).unwrap_or(u16::MAX)
    }

    /// The number of an enum; the same members with the same texts are one.
    fn choices(&mut self, written: &'a [Choice]) -> u16 {
        let mut choices = Choices { members: Vec::new(), labels: Vec::new() };
        for choice in written {
            let member = self.symbol(&choice.name.node);
            if choices.members.contains(&member) {
                self.problem(
                    Code::Duplicate,
                    choice.name.span,
                    format!("`{}` stands twice in this list", choice.name.node),
                )
                .help = "take one of the two away".into();
                continue;
            }
            choices.members.push(member);
            choices.labels.push(match &choice.texts {
                Some(texts) => self.texts(texts),
                None => Vec::new(),
            });
        }
        self.add_choices(choices)
    }

    pub fn add_choices(&mut self, choices: Choices) -> u16 {
        let known = self.program.choices.iter().position(|c| *c == choices);
        let at = known.unwrap_or_else(|| {
            self.program.choices.push(choices);
            self.program.choices.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// The layout of a list's rows.
    fn row(&mut self, members: &'a [Member]) -> u16 {
        // Inner lists get later numbers, so that reading a claim ends.
        let at = self.program.rows.len();
        let shape = self.program.shapes.len();
        self.program.rows.push(Row { shape: u16::try_from(shape).ok(), columns: Vec::new() });
        self.program.shapes.push(Shape::default());
        for member in members {
            self.column(at, shape, "", member);
        }
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    fn column(&mut self, row: usize, shape: usize, prefix: &str, member: &'a Member) {
        let path = format!("{prefix}{}", member.name.node);
        if self.program.shapes[shape].keys.iter().any(|(k, _)| *k == member.name.node) {
            self.problem(Code::Duplicate, member.name.span, format!("`{path}` is declared twice in this record"))
                .help = "take one of the two away, or give it another name".into();
            return;
        }
        if let Kind::Record(members) = &member.fact_type.kind {
            let inner = self.program.shapes.len();
            self.program.shapes.push(Shape::default());
            let slot = Slot::Record(u16::try_from(inner).unwrap_or(u16::MAX));
            self.program.shapes[shape].keys.push((member.name.node.clone(), slot));
            for inner_member in members {
                self.column(row, inner, &format!("{path}."), inner_member);
            }
            return;
        }
        let (ty, or_none) = self.fact_type(&member.fact_type);
        let default = member.default.as_ref().and_then(|d| self.constant_of(d, &ty, or_none));
        let fact_type = self.stored_type(&ty);
        let label = member.label.as_ref().or(member.ask.as_ref()).map(|t| self.texts(t)).unwrap_or_default();
        let columns = &mut self.program.rows[row].columns;
        columns.push(Column { path, fact_type, or_none, default, label });
        let slot = Slot::Value(u16::try_from(columns.len() - 1).unwrap_or(u16::MAX));
        self.program.shapes[shape].keys.push((member.name.node.clone(), slot));
    }

    /// The type as a program stores it.
    pub fn stored_type(&mut self, ty: &Ty) -> Type {
        match ty {
            Ty::YesNo => Type::YesNo,
            Ty::Number(unit) => Type::Number(*unit),
            Ty::Integer => Type::Integer,
            Ty::Money => Type::Money,
            Ty::Percent => Type::Percent,
            Ty::Date => Type::Date,
            Ty::Period => Type::Period,
            Ty::Choice(choices) => Type::Choice(*choices),
            Ty::Broken | Ty::Text | Ty::Document(_) | Ty::Row(_) => Type::Text,
            Ty::List(inner) => match inner.as_ref() {
                Ty::Choice(choices) => Type::Set(*choices),
                Ty::Row(row) => Type::List(*row),
                inner => {
                    let fact_type = self.stored_type(inner);
                    let path = String::new();
                    let column = Column { path, fact_type, or_none: false, default: None, label: Vec::new() };
                    self.program.rows.push(Row { shape: None, columns: vec![column] });
                    Type::List(u16::try_from(self.program.rows.len() - 1).unwrap_or(u16::MAX))
                }
            },
        }
    }

    /// The checker's type of something stored.
    pub fn ty_of(&self, stored: Type) -> Ty {
        match stored {
            Type::YesNo => Ty::YesNo,
            Type::Number(unit) => Ty::Number(unit),
            Type::Integer => Ty::Integer,
            Type::Money => Ty::Money,
            Type::Percent => Ty::Percent,
            Type::Date => Ty::Date,
            Type::Period => Ty::Period,
            Type::Text => Ty::Text,
            Type::Choice(choices) => Ty::Choice(choices),
            Type::Set(choices) => Ty::List(Box::new(Ty::Choice(choices))),
            Type::List(row) => match self.program.rows.get(usize::from(row)) {
                Some(layout) if layout.shape.is_none() => {
                    let of = layout.columns.first().map_or(Ty::Broken, |c| self.ty_of(c.fact_type));
                    Ty::List(Box::new(of))
                }
                _ => Ty::List(Box::new(Ty::Row(row))),
            },
        }
    }
}

/// How units that many policies need are written.
fn built_in_unit<'u>(name: &'u str, locale: &str) -> &'u str {
    match (name, locale) {
        ("dB", "ru" | "uk") => "дБ",
        ("MB", "ru" | "uk") => "МБ",
        ("km", "ru" | "uk") => "км",
        ("kg", "ru" | "uk") => "кг",
        ("cm", "ru" | "uk") => "см",
        ("hours", "ru") => "ч",
        ("hours", "uk") => "год",
        ("m2", "ru" | "uk") => "м²",
        ("m2", _) => "m²",
        _ => name,
    }
}
