//! Walking the JSON: records by their keys, lists by their elements, documents by their kind.

use super::given::Null;
use super::{Reader, Step, code};
use crate::eval::claim::Submitted;
use crate::json::read::{Broken, Key, Token};
use crate::program::expression::DocumentField;
use crate::program::fact::{Column, Slot, Type};
use crate::value::{ListRef, Value};

/// A document of which nothing is told yet.
const NOTHING_TOLD: Submitted = Submitted {
    kind: u16::MAX,
    format: None,
    size: None,
    resolution: None,
    issued: None,
    expires: None,
    original: false,
    signed: false,
    sealed: false,
    legible: true,
    fields: 0,
};

/// What the next JSON value is read into.
#[derive(Clone, Copy)]
pub(super) enum Target {
    /// A record: of facts, or of a row's columns whose first cell and row are told.
    Record { shape: u16, row: Option<(u32, u16)> },
    /// The submitted documents.
    Documents,
    /// One of them.
    Document,
    /// The fields of a document of a kind; their first cell.
    Fields { kind: u16, start: u32 },
}

/// The keys of one record: those known, by their numbers, and those that were there.
struct Keys<K> {
    known: K,
    count: usize,
    seen: [u64; 8],
    next: usize,
    is_first: bool,
}

impl<'k, K: Fn(usize) -> &'k str> Keys<K> {
    fn new(count: usize, known: K) -> Self {
        Self { known, count, seen: [0; 8], next: 0, is_first: true }
    }

    /// The number of a key.
    fn find(&self, key: &str) -> Option<usize> {
        // Its length and first letter tell a key from most others.
        let is_it =
            |known: &str| known.len() == key.len() && known.bytes().next() == key.bytes().next() && known == key;
        (0..self.count).find(|n| is_it((self.known)(*n)))
    }

    /// Marks a key as seen; false if it was.
    fn first_time(&mut self, at: usize) -> bool {
        self.next = at + 1;
        let bit = 1u64 << (at % 64);
        let Some(word) = self.seen.get_mut(at / 64) else { return true };
        let fresh = *word & bit == 0;
        *word |= bit;
        fresh
    }
}

impl<'p> Reader<'p, '_> {
    /// Reads the next value into its target.
    pub(super) fn target(&mut self, target: Target) -> Result<(), Broken> {
        let is_list = matches!(target, Target::Documents);
        let found = match self.json.token()? {
            Token::Record if is_list => self.pass_open(true)?,
            Token::List if !is_list => self.pass_open(false)?,
            Token::Record | Token::List => {
                self.check_depth()?;
                return match target {
                    Target::Record { shape, row } => self.record(shape, row),
                    Target::Documents => self.documents(),
                    Target::Document => self.document(),
                    Target::Fields { kind, start } => self.fields(kind, start),
                };
            }
            // A document without fields may say so.
            Token::Null if matches!(target, Target::Fields { .. }) => return Ok(()),
            Token::Null => "null",
            Token::Bool(_) => "true or false",
            Token::Number(_) => "a number",
            Token::Text(_) => "a text",
        };
        self.wrong_type(if is_list { "a list […]" } else { "a record {…}" }, found);
        Ok(())
    }

    /// The number of the next key that is known, up to its value; unknown ones are told of and passed.
    #[inline]
    fn next_key<'k>(&mut self, keys: &mut Keys<impl Fn(usize) -> &'k str>) -> Result<Option<usize>, Broken> {
        loop {
            // Keys mostly come in the order of declaration: the one after the last is expected.
            let expected = (keys.next < keys.count).then(|| (keys.known)(keys.next));
            let found = match self.json.key(std::mem::take(&mut keys.is_first), expected)? {
                Key::End => return Ok(None),
                Key::Expected => Ok(keys.next),
                Key::Other(key) => keys.find(&key).ok_or(key),
            };
            match found {
                Ok(at) => {
                    if !keys.first_time(at) {
                        self.given_twice((keys.known)(at));
                    }
                    return Ok(Some(at));
                }
                Err(key) => {
                    self.unknown_key(&key, (0..keys.count).map(&keys.known));
                    self.json.skip()?;
                }
            }
        }
    }

    fn record(&mut self, shape: u16, row: Option<(u32, u16)>) -> Result<(), Broken> {
        let known = self.program.shapes.get(usize::from(shape)).map_or(&[][..], |s| s.keys.as_slice());
        let name = |n: usize| known.get(n).map_or("", |(key, _)| key.as_str());
        let mut keys = Keys::new(known.len(), name);
        while let Some(at) = self.next_key(&mut keys)? {
            let Some((key, slot)) = known.get(at) else { continue };
            self.path.push(Step::Key(key));
            match *slot {
                Slot::Value(n) => self.fact(n, row)?,
                Slot::Record(shape) => self.target(Target::Record { shape, row })?,
                Slot::Documents => self.target(Target::Documents)?,
            }
            self.path.pop();
        }
        Ok(())
    }

    /// Reads a fact, or a column of a row, into its place.
    fn fact(&mut self, n: u16, row: Option<(u32, u16)>) -> Result<(), Broken> {
        let program = self.program;
        let asked = match row {
            None => program.facts.get(usize::from(n)).map(|f| (f.fact_type, f.or_none)),
            Some((_, row)) => {
                let row = program.rows.get(usize::from(row));
                row.and_then(|r| r.columns.get(usize::from(n))).map(|c| (c.fact_type, c.or_none))
            }
        };
        let Some((of, or_none)) = asked else {
            return self.json.skip();
        };
        let given = self.given(of, if or_none { Null::None } else { Null::Refused })?;
        let place = match row {
            None => self.claim.slots.get_mut(usize::from(n)),
            Some((start, _)) => self.claim.cells.get_mut(start as usize + usize::from(n)),
        };
        if let (Some(place), Some(value)) = (place, given) {
            *place = value;
        }
        Ok(())
    }

    /// Reads what is left of a list, an element at a time.
    fn elements(&mut self, mut read: impl FnMut(&mut Self) -> Result<(), Broken>) -> Result<(), Broken> {
        let mut n = 0;
        while self.json.element(n == 0)? {
            self.path.push(Step::Index(n));
            read(self)?;
            self.path.pop();
            n += 1;
        }
        Ok(())
    }

    /// Reads plain values; `None` where one was refused.
    pub(super) fn values(&mut self, of: Type) -> Result<Option<Value>, Broken> {
        let before = self.problems.len();
        let mut items = Vec::new();
        self.elements(|reader| {
            items.extend(reader.given(of, Null::Refused)?);
            Ok(())
        })?;
        let list = self.claim.list(&items);
        Ok((self.problems.len() == before).then_some(list))
    }

    /// Reads rows: first each row's cells side by side, then what they hold; `None` where something was refused.
    pub(super) fn rows(&mut self, row: u16) -> Result<Option<Value>, Broken> {
        let program = self.program;
        let before = self.problems.len();
        let Some(layout) = program.rows.get(usize::from(row)) else {
            self.json.skip_open(false)?;
            return Ok(None);
        };
        // A width of 1 marks plain values; rows are never narrower than two cells.
        let width = layout.columns.len().max(2);
        let fresh = |c: &Column| c.default.map_or(Value::Unknown, |d| d.value());
        let mut kept: Vec<Value> = Vec::new();
        let mut len = 0;
        self.elements(|reader| {
            let start = reader.claim.cells.len();
            reader.claim.cells.extend(layout.columns.iter().map(fresh));
            reader.claim.cells.resize(start + width, Value::None);
            let first = u32::try_from(start).unwrap_or(u32::MAX);
            reader.target(Target::Record { shape: layout.shape.unwrap_or(0), row: Some((first, row)) })?;
            kept.extend_from_slice(reader.claim.cells.get(start..start + width).unwrap_or_default());
            len += 1;
            Ok(())
        })?;
        let start = u32::try_from(self.claim.cells.len()).unwrap_or(u32::MAX);
        self.claim.cells.extend(kept);
        let list = ListRef { start, len, width: u32::try_from(width).unwrap_or(2) };
        Ok((self.problems.len() == before).then_some(Value::List(list)))
    }

    fn documents(&mut self) -> Result<(), Broken> {
        self.claim.documents.get_or_insert_with(|| Vec::with_capacity(12));
        self.elements(|reader| reader.target(Target::Document))
    }

    fn document(&mut self) -> Result<(), Broken> {
        let mut copy = NOTHING_TOLD;
        let (mut read_fields, mut late_fields) = (None, None);
        let before = self.problems.len();
        // Behind what every document tells of itself come the fields of its kind.
        let own = DocumentField::OWN;
        let mut keys = Keys::new(own.len() + 1, |n| own.get(n).map_or("fields", |(key, ..)| key));
        while let Some(at) = self.next_key(&mut keys)? {
            match own.get(at) {
                Some((key, field, of)) => {
                    self.path.push(Step::Key(key));
                    self.attribute(*field, *of, &mut copy)?;
                    self.path.pop();
                }
                None if copy.kind != u16::MAX && read_fields.is_none() => {
                    read_fields = Some(self.document_fields(copy.kind)?);
                }
                // Which fields it may have is known from its kind: they are read when that is told.
                None => {
                    late_fields = Some(self.json.at);
                    self.json.skip()?;
                }
            }
        }
        if copy.kind == u16::MAX {
            if self.problems.len() == before {
                self.problem(code::MISSING_KIND, "the document does not tell its `kind`".into(), None);
            }
            return Ok(());
        }
        copy.fields = match (read_fields, late_fields) {
            (Some(start), _) => start,
            (None, Some(at)) => {
                let end = std::mem::replace(&mut self.json.at, at);
                let start = self.document_fields(copy.kind)?;
                self.json.at = end;
                start
            }
            (None, None) => self.room_for_fields(copy.kind),
        };
        self.claim.documents.get_or_insert_default().push(copy);
        Ok(())
    }

    /// Makes room for a document's fields; tells where they begin.
    fn room_for_fields(&mut self, kind: u16) -> u32 {
        let count = self.program.documents.get(usize::from(kind)).map_or(0, |d| d.fields.len());
        let cells = &mut self.claim.cells;
        let start = u32::try_from(cells.len()).unwrap_or(u32::MAX);
        cells.resize(cells.len() + count, Value::None);
        start
    }

    /// Reads the fields of a document; tells where they begin.
    fn document_fields(&mut self, kind: u16) -> Result<u32, Broken> {
        let start = self.room_for_fields(kind);
        self.path.push(Step::Key("fields"));
        self.target(Target::Fields { kind, start })?;
        self.path.pop();
        Ok(start)
    }

    /// Reads one attribute of a document. Null and blank text are as if it were absent.
    fn attribute(&mut self, field: DocumentField, of: Type, copy: &mut Submitted) -> Result<(), Broken> {
        if field == DocumentField::Kind {
            copy.kind = self.document_kind()?.unwrap_or(copy.kind);
            return Ok(());
        }
        match (field, self.given(of, Null::Absent)?) {
            (DocumentField::Format, Some(Value::Text(text))) => copy.format = Some(text),
            (DocumentField::Size, Some(Value::Number(n))) => copy.size = Some(n),
            (DocumentField::Resolution, Some(Value::Number(n))) => copy.resolution = Some(n),
            (DocumentField::Issued, Some(Value::Date(d))) => copy.issued = Some(d),
            (DocumentField::Expires, Some(Value::Date(d))) => copy.expires = Some(d),
            (DocumentField::Original, Some(Value::Bool(b))) => copy.original = b,
            (DocumentField::Signed, Some(Value::Bool(b))) => copy.signed = b,
            (DocumentField::Sealed, Some(Value::Bool(b))) => copy.sealed = b,
            (DocumentField::Legible, Some(Value::Bool(b))) => copy.legible = b,
            _ => {}
        }
        Ok(())
    }

    fn fields(&mut self, kind: u16, start: u32) -> Result<(), Broken> {
        let program = self.program;
        let fields = program.documents.get(usize::from(kind)).map_or(&[][..], |d| d.fields.as_slice());
        let name = |n: usize| fields.get(n).map_or("", |f| program.symbol(f.name));
        let mut keys = Keys::new(fields.len(), name);
        while let Some(at) = self.next_key(&mut keys)? {
            let Some(field) = fields.get(at) else { continue };
            self.path.push(Step::Key(program.symbol(field.name)));
            let given = self.given(field.fact_type, Null::Absent)?;
            self.path.pop();
            if let (Some(value), Some(cell)) = (given, self.claim.cells.get_mut(start as usize + at)) {
                *cell = value;
            }
        }
        Ok(())
    }
}
