//! One value of the JSON, read by the type that its place asks for.

use super::visit::{rows, values};
use super::{Reader, code};
use crate::program::fact::Type;
use crate::value::Value;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// What a value is read as.
#[derive(Clone, Copy)]
pub(super) enum As {
    /// A value of a type; the flag: it may be none.
    Typed(Type, bool),
    /// A value of a type; null and blank text are as if it were absent.
    IfFilledIn(Type),
    /// The kind of a document.
    Kind,
}

/// Reads the next JSON value; `None` where it was refused or counts as absent.
pub(super) struct Given<'r, 'p> {
    pub reader: &'r mut Reader<'p>,
    pub read_as: As,
}

impl Given<'_, '_> {
    fn of(&self) -> Type {
        match self.read_as {
            As::Typed(of, _) | As::IfFilledIn(of) => of,
            As::Kind => Type::Text,
        }
    }

    fn refuse(self, found: &str) -> Option<Value> {
        if let As::Kind = self.read_as {
            self.reader.wrong_type("the name of a document in quotes", found);
        } else {
            let of = self.of();
            self.reader.refuse(found, of);
        }
        None
    }

    fn text(self, text: &str) -> Option<Value> {
        match self.read_as {
            As::Kind => self.reader.document_kind(text),
            As::IfFilledIn(_) if text.trim().is_empty() => None,
            As::Typed(of, _) | As::IfFilledIn(of) => self.reader.text(text, of),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Given<'_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Value>, D::Error> {
        match self.of() {
            // The digits as they are written; anything else than a number is read again for what it is.
            Type::Number(_) | Type::Integer | Type::Money | Type::Percent => {
                let raw: &RawValue = serde::Deserialize::deserialize(deserializer)?;
                let raw = raw.get();
                if raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
                    return Ok(self.reader.number(raw, false, self.of()));
                }
                serde_json::Deserializer::from_str(raw).deserialize_any(self).map_err(serde::de::Error::custom)
            }
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Given<'_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Option<Value>, E> {
        Ok(match self.of() {
            Type::YesNo => Some(Value::Bool(yes)),
            _ => self.refuse(if yes { "true" } else { "false" }),
        })
    }

    fn visit_i64<E>(self, n: i64) -> Result<Option<Value>, E> {
        Ok(self.refuse(&n.to_string()))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Option<Value>, E> {
        Ok(self.refuse(&n.to_string()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<Value>, E> {
        Ok(self.refuse("a number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<Value>, E> {
        Ok(self.text(text))
    }

    fn visit_unit<E>(self) -> Result<Option<Value>, E> {
        Ok(match self.read_as {
            As::Typed(_, true) => Some(Value::None),
            As::Typed(of, false) => {
                self.reader.refuse_none(of);
                None
            }
            As::IfFilledIn(_) => None,
            As::Kind => self.refuse("null"),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<Value>, A::Error> {
        let rows_of = |row: u16| self.reader.program.rows.get(usize::from(row));
        match self.of() {
            Type::Set(choices) => values(self.reader, &mut seq, Type::Choice(choices)),
            Type::List(row) => match rows_of(row).filter(|r| r.shape.is_none()) {
                Some(plain) => {
                    let of = plain.columns.first().map_or(Type::Text, |c| c.fact_type);
                    values(self.reader, &mut seq, of)
                }
                None => rows(self.reader, &mut seq, row),
            },
            _ => {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(self.refuse("a list"))
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Value>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(self.refuse("a record"))
    }
}

impl Reader<'_> {
    /// The number of a document's kind.
    fn document_kind(&mut self, text: &str) -> Option<Value> {
        let program = self.program;
        let kinds = || program.documents.iter().map(|d| program.symbol(d.kind));
        if let Some((_, n)) = kinds().zip(0..).find(|(kind, _)| *kind == text) {
            return Some(Value::Document(n));
        }
        let shown: String = text.chars().take(80).collect();
        let near = crate::diagnostic::nearest(&shown, kinds()).map(String::from);
        self.problem(code::BAD_VALUE, format!("the policy has no document `{shown}`"), near);
        None
    }
}
