//! One value of the JSON, read by the type that its place asks for.

use super::{Reader, code};
use crate::json::read::{Broken, Token};
use crate::program::fact::Type;
use crate::value::Value;

/// What null is where a value is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Null {
    /// The value is told to be none.
    None,
    /// It cannot be none.
    Refused,
    /// As if nothing stood there; so is a blank text.
    Absent,
}

impl Reader<'_, '_> {
    /// Reads the next value; `None` where it was refused or counts as absent.
    pub(super) fn given(&mut self, of: Type, null: Null) -> Result<Option<Value>, Broken> {
        Ok(match self.json.token()? {
            Token::Text(text) if null == Null::Absent && text.chars().all(char::is_whitespace) => None,
            Token::Text(text) => self.text(&text, of),
            Token::Number(digits) => match of {
                Type::Number(_) | Type::Integer | Type::Money | Type::Percent => self.number(digits, false, of),
                _ => self.refuse(shown(digits), of),
            },
            Token::Bool(yes) if of == Type::YesNo => Some(Value::Bool(yes)),
            Token::Bool(yes) => self.refuse(if yes { "true" } else { "false" }, of),
            Token::Null => match null {
                Null::None => Some(Value::None),
                Null::Refused => self.refuse_none(of),
                Null::Absent => None,
            },
            Token::List => return self.given_list(of),
            Token::Record => {
                let found = self.pass_open(true)?;
                self.refuse(found, of)
            }
        })
    }

    fn given_list(&mut self, of: Type) -> Result<Option<Value>, Broken> {
        self.check_depth()?;
        match of {
            Type::Set(choices) => self.values(Type::Choice(choices)),
            Type::List(row) => match self.program.rows.get(usize::from(row)).filter(|r| r.shape.is_none()) {
                Some(plain) => self.values(plain.columns.first().map_or(Type::Text, |c| c.fact_type)),
                None => self.rows(row),
            },
            _ => {
                self.json.skip_open(false)?;
                Ok(self.refuse("a list", of))
            }
        }
    }

    /// Reads the kind of a document: its number in the program.
    pub(super) fn document_kind(&mut self) -> Result<Option<u16>, Broken> {
        let found = match self.json.token()? {
            Token::Text(text) => return Ok(self.kind_called(&text)),
            Token::Number(digits) => shown(digits),
            Token::Bool(true) => "true",
            Token::Bool(false) => "false",
            Token::Null => "null",
            Token::List => self.pass_open(false)?,
            Token::Record => self.pass_open(true)?,
        };
        self.wrong_type("the name of a document in quotes", found);
        Ok(None)
    }

    fn kind_called(&mut self, text: &str) -> Option<u16> {
        let program = self.program;
        let kind = |n: usize| program.documents.get(n).map_or("", |d| program.symbol(d.kind));
        let count = program.documents.len();
        // Documents mostly come in the order of declaration.
        let last = self.claim.documents.as_ref().and_then(|d| d.last()).map_or(0, |d| usize::from(d.kind) + 1);
        if let Some(n) = (last..count).chain(0..last.min(count)).find(|n| kind(*n) == text) {
            return u16::try_from(n).ok();
        }
        let shown: String = text.chars().take(80).collect();
        let near = self.nearest(&shown, (0..count).map(kind));
        self.problem(code::BAD_VALUE, format!("the policy has no document `{shown}`"), near);
        None
    }
}

/// A number as it is shown where none is expected: a whole one by its digits.
fn shown(digits: &str) -> &str {
    let is_whole = digits.parse::<u64>().is_ok() || digits.parse::<i64>().is_ok();
    if is_whole && digits != "-0" { digits } else { "a number" }
}
