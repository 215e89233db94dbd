//! Walking the JSON: records by their keys, lists by their elements, documents by their kind.

use super::given::{As, Given};
use super::{Reader, Step, code};
use crate::eval::claim::Submitted;
use crate::program::fact::{Column, Slot, Type};
use crate::value::{ListRef, Value};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The attributes of a submitted document.
const ATTRIBUTES: [&str; 11] =
    ["kind", "format", "size", "resolution", "issued", "expires", "original", "signed", "sealed", "legible", "fields"];

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

/// Reads the next JSON value into its target.
pub(super) struct Seed<'r, 'p> {
    pub reader: &'r mut Reader<'p>,
    pub target: Target,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Seed<'_, '_> {
    fn wrong<E>(self, found: &str) -> Result<(), E> {
        let expected = match self.target {
            Target::Record { .. } | Target::Document | Target::Fields { .. } => "a record {…}",
            Target::Documents => "a list […]",
        };
        self.reader.wrong_type(expected, found);
        Ok(())
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an application")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.wrong("true or false")
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.wrong("a number")
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.wrong("a number")
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.wrong("a number")
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.wrong("a text")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        // A document without fields may say so.
        if matches!(self.target, Target::Fields { .. }) {
            return Ok(());
        }
        self.wrong("null")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        match self.target {
            Target::Documents => {
                self.reader.claim.documents.get_or_insert_default();
                for n in 0.. {
                    self.reader.path.push(Step::Index(n));
                    let next = seq.next_element_seed(Seed { reader: self.reader, target: Target::Document })?;
                    self.reader.path.pop();
                    if next.is_none() {
                        break;
                    }
                }
                Ok(())
            }
            Target::Record { .. } | Target::Document | Target::Fields { .. } => {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                self.wrong("a list")
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        match self.target {
            Target::Record { shape, row } => record(self.reader, &mut map, shape, row),
            Target::Document => document(self.reader, &mut map),
            Target::Fields { kind, start } => fields(self.reader, &mut map, kind, start),
            Target::Documents => {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                self.wrong("a record")
            }
        }
    }
}

/// Finds a key among those known, the expected one first; else keeps its text.
struct Key<'k, F: Fn(usize) -> Option<&'k str>> {
    known: F,
    expected: usize,
    count: usize,
}

enum Found {
    At(usize),
    Unknown(String),
}

impl<'de, 'k, F: Fn(usize) -> Option<&'k str>> DeserializeSeed<'de> for Key<'k, F> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'k, F: Fn(usize) -> Option<&'k str>> Visitor<'_> for Key<'k, F> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Found, E> {
        // Keys mostly come in the order of declaration: the one after the last is tried first.
        let at = if (self.known)(self.expected) == Some(key) {
            Some(self.expected)
        } else {
            (0..self.count).find(|n| (self.known)(*n) == Some(key))
        };
        Ok(at.map_or_else(|| Found::Unknown(key.to_owned()), Found::At))
    }
}

/// Marks a key as seen; false if it was.
fn first_time(seen: &mut [u64; 8], at: usize) -> bool {
    let (word, bit) = (at / 64 % 8, 1u64 << (at % 64));
    let fresh = seen[word] & bit == 0;
    seen[word] |= bit;
    fresh
}

fn record<'de, A: MapAccess<'de>>(
    reader: &mut Reader<'_>,
    map: &mut A,
    shape: u16,
    row: Option<(u32, u16)>,
) -> Result<(), A::Error> {
    let program = reader.program;
    let keys = program.shapes.get(usize::from(shape)).map_or(&[][..], |s| s.keys.as_slice());
    let mut seen = [0u64; 8];
    let mut expected = 0;
    loop {
        let known = |n: usize| keys.get(n).map(|(key, _)| key.as_str());
        let at = match map.next_key_seed(Key { known, expected, count: keys.len() })? {
            None => return Ok(()),
            Some(Found::At(at)) => at,
            Some(Found::Unknown(key)) => {
                let known: Vec<&str> = keys.iter().map(|(k, _)| k.as_str()).collect();
                reader.unknown_key(&key, &known);
                map.next_value::<IgnoredAny>()?;
                continue;
            }
        };
        let Some((key, slot)) = keys.get(at) else {
            continue;
        };
        if !first_time(&mut seen, at) {
            reader.given_twice(key);
        }
        expected = at + 1;
        match *slot {
            Slot::Value(n) => {
                let Some((of, or_none)) = column_type(reader, row, n) else {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                };
                if let Some(value) = given(reader, map, key, As::Typed(of, or_none))? {
                    let place = match row {
                        None => reader.claim.slots.get_mut(usize::from(n)),
                        Some((start, _)) => reader.claim.cells.get_mut(start as usize + usize::from(n)),
                    };
                    place.into_iter().for_each(|p| *p = value);
                }
            }
            Slot::Record(shape) => nested(reader, map, key, Target::Record { shape, row })?,
            Slot::Documents => nested(reader, map, key, Target::Documents)?,
        }
    }
}

/// Reads the value under a key.
fn given<'de, 'p, A: MapAccess<'de>>(
    reader: &mut Reader<'p>,
    map: &mut A,
    key: &'p str,
    read_as: As,
) -> Result<Option<Value>, A::Error> {
    reader.path.push(Step::Key(key));
    let value = map.next_value_seed(Given { reader, read_as })?;
    reader.path.pop();
    Ok(value)
}

fn nested<'de, 'p, A: MapAccess<'de>>(
    reader: &mut Reader<'p>,
    map: &mut A,
    key: &'p str,
    target: Target,
) -> Result<(), A::Error> {
    reader.path.push(Step::Key(key));
    map.next_value_seed(Seed { reader, target })?;
    reader.path.pop();
    Ok(())
}

fn column_type(reader: &Reader<'_>, row: Option<(u32, u16)>, n: u16) -> Option<(Type, bool)> {
    match row {
        None => reader.program.facts.get(usize::from(n)).map(|f| (f.fact_type, f.or_none)),
        Some((_, row)) => {
            let row = reader.program.rows.get(usize::from(row))?;
            row.columns.get(usize::from(n)).map(|c| (c.fact_type, c.or_none))
        }
    }
}

/// Reads plain values; `None` where one was refused.
pub(super) fn values<'de, A: SeqAccess<'de>>(
    reader: &mut Reader<'_>,
    seq: &mut A,
    of: Type,
) -> Result<Option<Value>, A::Error> {
    let before = reader.problems.len();
    let mut items = Vec::new();
    for n in 0.. {
        reader.path.push(Step::Index(n));
        let next = seq.next_element_seed(Given { reader, read_as: As::Typed(of, false) })?;
        reader.path.pop();
        let Some(item) = next else { break };
        items.extend(item);
    }
    let list = reader.claim.list(&items);
    Ok((reader.problems.len() == before).then_some(list))
}

/// Reads rows: first each row's cells side by side, then what they hold; `None` where something was refused.
pub(super) fn rows<'de, A: SeqAccess<'de>>(
    reader: &mut Reader<'_>,
    seq: &mut A,
    row: u16,
) -> Result<Option<Value>, A::Error> {
    let program = reader.program;
    let before = reader.problems.len();
    let Some(layout) = program.rows.get(usize::from(row)) else {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        return Ok(None);
    };
    // A width of 1 marks plain values; rows are never narrower than two cells.
    let width = layout.columns.len().max(2);
    let fresh = |c: &Column| c.default.map_or(Value::Unknown, |d| d.value());
    let mut kept: Vec<Value> = Vec::new();
    let mut count = 0;
    for n in 0.. {
        let start = reader.claim.cells.len();
        reader.claim.cells.extend(layout.columns.iter().map(fresh));
        reader.claim.cells.resize(start + width, Value::None);
        reader.path.push(Step::Index(n));
        let first = u32::try_from(start).unwrap_or(u32::MAX);
        let target = Target::Record { shape: layout.shape.unwrap_or(0), row: Some((first, row)) };
        let next = seq.next_element_seed(Seed { reader, target })?;
        reader.path.pop();
        if next.is_none() {
            reader.claim.cells.truncate(start);
            break;
        }
        kept.extend_from_slice(&reader.claim.cells[start..start + width]);
        count += 1;
    }
    let start = u32::try_from(reader.claim.cells.len()).unwrap_or(u32::MAX);
    reader.claim.cells.extend(kept);
    let list = ListRef { start, len: count, width: u32::try_from(width).unwrap_or(2) };
    Ok((reader.problems.len() == before).then_some(Value::List(list)))
}

fn document<'de, A: MapAccess<'de>>(reader: &mut Reader<'_>, map: &mut A) -> Result<(), A::Error> {
    let mut copy = NOTHING_TOLD;
    let mut seen = [0u64; 8];
    let mut expected = 0;
    let mut read_fields: Option<u32> = None;
    let mut late_fields: Option<&RawValue> = None;
    let before = reader.problems.len();
    while let Some(key) =
        map.next_key_seed(Key { known: |n| ATTRIBUTES.get(n).copied(), expected, count: ATTRIBUTES.len() })?
    {
        let at = match key {
            Found::At(at) => at,
            Found::Unknown(key) => {
                reader.unknown_key(&key, &ATTRIBUTES);
                map.next_value::<IgnoredAny>()?;
                continue;
            }
        };
        let key = ATTRIBUTES[at];
        if !first_time(&mut seen, at) {
            reader.given_twice(key);
        }
        expected = at + 1;
        if key == "fields" && copy.kind != u16::MAX && read_fields.is_none() {
            let start = room_for_fields(reader, copy.kind);
            read_fields = Some(start);
            reader.path.push(Step::Key(key));
            map.next_value_seed(Seed { reader, target: Target::Fields { kind: copy.kind, start } })?;
            reader.path.pop();
            continue;
        }
        if key == "fields" {
            late_fields = Some(map.next_value::<&RawValue>()?);
            continue;
        }
        attribute(reader, map, &mut copy, key)?;
    }
    if copy.kind == u16::MAX {
        if reader.problems.len() == before {
            reader.problem(code::MISSING_KIND, "the document does not tell its `kind`".into(), None);
        }
        return Ok(());
    }
    copy.fields = read_fields.unwrap_or_else(|| late_document_fields(reader, copy.kind, late_fields));
    reader.submit(copy);
    Ok(())
}

/// Makes room for a document's fields; tells where they begin.
fn room_for_fields(reader: &mut Reader<'_>, kind: u16) -> u32 {
    let count = reader.program.documents.get(usize::from(kind)).map_or(0, |d| d.fields.len());
    let start = u32::try_from(reader.claim.cells.len()).unwrap_or(u32::MAX);
    reader.claim.cells.resize(reader.claim.cells.len() + count, Value::None);
    start
}

/// Reads the fields of a document whose kind was told after them.
fn late_document_fields(reader: &mut Reader<'_>, kind: u16, told: Option<&RawValue>) -> u32 {
    let start = room_for_fields(reader, kind);
    if let Some(raw) = told.filter(|raw| raw.get() != "null") {
        reader.path.push(Step::Key("fields"));
        let mut json = serde_json::Deserializer::from_str(raw.get());
        if let Err(error) = (Seed { reader, target: Target::Fields { kind, start } }).deserialize(&mut json) {
            reader.problem(code::NOT_JSON, format!("this is not JSON: {error}"), None);
        }
        reader.path.pop();
    }
    start
}

/// Reads one attribute of a document. Null and blank text are as if it were absent.
fn attribute<'de, A: MapAccess<'de>>(
    reader: &mut Reader<'_>,
    map: &mut A,
    copy: &mut Submitted,
    key: &'static str,
) -> Result<(), A::Error> {
    let read_as = match key {
        "kind" => As::Kind,
        "format" => As::IfFilledIn(Type::Text),
        "size" | "resolution" => As::IfFilledIn(Type::Number(None)),
        "issued" | "expires" => As::IfFilledIn(Type::Date),
        _ => As::IfFilledIn(Type::YesNo),
    };
    match (key, given(reader, map, key, read_as)?) {
        ("kind", Some(Value::Document(n))) => copy.kind = u16::try_from(n).unwrap_or(u16::MAX),
        ("format", Some(Value::Text(text))) => copy.format = Some(text),
        ("size", Some(Value::Number(n))) => copy.size = Some(n),
        ("resolution", Some(Value::Number(n))) => copy.resolution = Some(n),
        ("issued", Some(Value::Date(d))) => copy.issued = Some(d),
        ("expires", Some(Value::Date(d))) => copy.expires = Some(d),
        ("original", Some(Value::Bool(b))) => copy.original = b,
        ("signed", Some(Value::Bool(b))) => copy.signed = b,
        ("sealed", Some(Value::Bool(b))) => copy.sealed = b,
        ("legible", Some(Value::Bool(b))) => copy.legible = b,
        _ => {}
    }
    Ok(())
}

fn fields<'de, A: MapAccess<'de>>(reader: &mut Reader<'_>, map: &mut A, kind: u16, start: u32) -> Result<(), A::Error> {
    let program = reader.program;
    let fields = program.documents.get(usize::from(kind)).map_or(&[][..], |d| d.fields.as_slice());
    let mut seen = [0u64; 8];
    let mut expected = 0;
    loop {
        let known = |n: usize| fields.get(n).map(|f| program.symbol(f.name));
        let at = match map.next_key_seed(Key { known, expected, count: fields.len() })? {
            None => return Ok(()),
            Some(Found::At(at)) => at,
            Some(Found::Unknown(key)) => {
                let known: Vec<&str> = fields.iter().map(|f| program.symbol(f.name)).collect();
                reader.unknown_key(&key, &known);
                map.next_value::<IgnoredAny>()?;
                continue;
            }
        };
        let Some(field) = fields.get(at) else {
            continue;
        };
        if !first_time(&mut seen, at) {
            reader.given_twice(program.symbol(field.name));
        }
        expected = at + 1;
        if let Some(value) = given(reader, map, program.symbol(field.name), As::IfFilledIn(field.fact_type))? {
            let cell = start as usize + at;
            reader.claim.cells.get_mut(cell).into_iter().for_each(|c| *c = value);
        }
    }
}
