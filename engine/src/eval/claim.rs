//! A claim as typed slots.

use crate::program::fact::FactId;
use crate::program::{Program, Type};
use crate::value::{Date, ListRef, Number, TextRef, Value};

/// What an application tells, in the slots of one program.
#[derive(Debug, Clone, Default)]
pub struct Claim {
    /// The facts, by number.
    pub slots: Vec<Value>,
    /// The cells of all lists.
    pub cells: Vec<Value>,
    /// All texts, those of the program first.
    pub texts: String,
    /// What was submitted; `None` while nothing was.
    pub documents: Option<Vec<Submitted>>,
}

/// One submitted document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Submitted {
    /// Its kind: a number in the program's documents.
    pub kind: u16,
    /// Its format; none on paper.
    pub format: Option<TextRef>,
    /// Its size in MB.
    pub size: Option<Number>,
    /// Its resolution in dpi.
    pub resolution: Option<Number>,
    /// The day it was issued.
    pub issued: Option<Date>,
    /// The last day it is valid.
    pub expires: Option<Date>,
    /// Is it the original?
    pub original: bool,
    /// Is it signed?
    pub signed: bool,
    /// Is it sealed?
    pub sealed: bool,
    /// Can it be read?
    pub legible: bool,
    /// The first cell of its fields.
    pub fields: u32,
}

impl Claim {
    /// A claim that tells nothing: defaults stand, all else is unknown.
    #[must_use]
    pub fn empty(program: &Program) -> Self {
        Self::with_room(program, 0)
    }

    /// A claim that tells nothing yet, with room for so many bytes of texts.
    #[must_use]
    pub fn with_room(program: &Program, texts: usize) -> Self {
        let slots = program.facts.iter().map(|f| f.default.map_or(Value::Unknown, |d| d.value())).collect();
        let mut kept = String::with_capacity(program.constants.len() + texts);
        kept.push_str(&program.constants);
        Self { slots, cells: Vec::with_capacity(texts / 16), texts: kept, documents: None }
    }

    /// What is not told but follows: `today` is the governing date.
    pub fn complete(&mut self, program: &Program) {
        let today = usize::from(program.standard.today);
        let governed = self.slot(program.governed);
        if let Some(slot @ Value::Unknown) = self.slots.get_mut(today) {
            *slot = governed;
        }
    }

    /// The value of a fact.
    #[must_use]
    pub fn slot(&self, fact: FactId) -> Value {
        self.slots.get(usize::from(fact)).copied().unwrap_or(Value::Unknown)
    }

    /// A cell of a list.
    #[must_use]
    pub fn cell(&self, at: u32) -> Value {
        self.cells.get(at as usize).copied().unwrap_or(Value::Unknown)
    }

    /// A text.
    #[must_use]
    pub fn text(&self, text: TextRef) -> &str {
        let end = (text.start as usize).saturating_add(text.len as usize);
        self.texts.get(text.start as usize..end).unwrap_or_default()
    }

    /// Keeps a text.
    pub fn keep(&mut self, text: &str) -> TextRef {
        let start = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push_str(text);
        TextRef { start, len: u32::try_from(text.len()).unwrap_or(0) }
    }

    /// Keeps a list of plain values.
    pub fn list(&mut self, values: &[Value]) -> Value {
        let start = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        self.cells.extend_from_slice(values);
        Value::List(ListRef { start, len: u32::try_from(values.len()).unwrap_or(0), width: 1 })
    }

    /// The values of a list of plain values.
    pub fn values(&self, list: ListRef) -> impl Iterator<Item = Value> + '_ {
        (0..list.len).map(move |n| self.cell(list.start + n * list.width))
    }

    /// Does the value, or anything in it, remain to be told?
    #[must_use]
    pub fn lacks(&self, program: &Program, value: Value, of: Type) -> bool {
        match (value, of) {
            (Value::Unknown, _) => true,
            (Value::List(list), Type::List(row)) => {
                let Some(row) = program.rows.get(usize::from(row)) else {
                    return false;
                };
                (0..list.len).any(|n| {
                    row.columns.iter().enumerate().any(|(column, c)| {
                        let at = list.start + n * list.width + u32::try_from(column).unwrap_or(0);
                        self.lacks(program, self.cell(at), c.fact_type)
                    })
                })
            }
            _ => false,
        }
    }
}
