//! A claim that holds the facts of a whole library, cut down to what one policy knows.

use crate::eval::claim::Claim;
use crate::eval::read::{InputProblem, MAX_CLAIM, read};
use crate::program::fact::{FactId, Slot};
use crate::program::{Program, Type};
use crate::value::Value;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// The keys that were met, by their JSON Pointers: did any policy know them?
pub(super) type Keys = BTreeMap<String, bool>;

/// Reads what the policy knows of a claim. Other keys and kinds of documents are not its own; a member that its enum
/// lacks, and none where it has no none, are unknown to it.
///
/// # Errors
/// What does not fit the policy's facts, at its place in the whole claim.
pub(super) fn claim_for(program: &Program, text: &str, keys: &mut Keys) -> Result<Claim, Vec<InputProblem>> {
    if text.len() > MAX_CLAIM {
        return read(program, text);
    }
    let mut cut = Cut { program, keys, pointer: String::new(), out: String::new(), unknown: vec![], documents: vec![] };
    cut.record(text, 0, None);
    let mut claim = read(program, &cut.out).map_err(|problems| cut.replaced(problems))?;
    for fact in cut.unknown {
        claim.slots.get_mut(usize::from(fact)).into_iter().for_each(|slot| *slot = Value::Unknown);
    }
    Ok(claim)
}

/// Writes the part of a claim that a policy knows.
struct Cut<'p, 'k> {
    program: &'p Program,
    keys: &'k mut Keys,
    pointer: String,
    out: String,
    /// The facts that are told in a way that this policy does not know.
    unknown: Vec<FactId>,
    /// Where each document kept stood in the whole claim.
    documents: Vec<usize>,
}

impl<'p> Cut<'p, '_> {
    /// A record of facts, or of a row's columns. What is no record is left for the reader to refuse.
    fn record(&mut self, raw: &str, shape: u16, row: Option<u16>) {
        let Ok(Entries(entries)) = serde_json::from_str(raw) else {
            return self.out.push_str(raw);
        };
        let program = self.program;
        let known = program.shapes.get(usize::from(shape)).map_or(&[][..], |s| s.keys.as_slice());
        self.braced('{', '}', entries, |this, (key, raw)| {
            let slot = known.iter().find(|(k, _)| *k == key).map(|(_, slot)| *slot);
            this.key(&key, slot.is_some(), |this| match slot {
                Some(Slot::Value(n)) => this.value(&key, raw, n, row),
                Some(Slot::Record(shape)) => this.named(&key, |this| this.record(raw, shape, row)),
                Some(Slot::Documents) => this.named(&key, |this| this.documents(raw)),
                None => false,
            })
        });
    }

    /// Writes what `write` writes for each item, between marks and with commas; false where it wrote nothing.
    fn braced<T>(&mut self, open: char, close: char, items: Vec<T>, mut write: impl FnMut(&mut Self, T) -> bool) {
        self.out.push(open);
        let mut first = true;
        for item in items {
            let before = self.out.len();
            if !first {
                self.out.push(',');
            }
            if write(self, item) {
                first = false;
            } else {
                self.out.truncate(before);
            }
        }
        self.out.push(close);
    }

    /// Goes one step down, noting whether the key is known.
    fn key(&mut self, key: &str, known: bool, inside: impl FnOnce(&mut Self) -> bool) -> bool {
        let before = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        *self.keys.entry(self.pointer.clone()).or_insert(false) |= known;
        let wrote = inside(self);
        self.pointer.truncate(before);
        wrote
    }

    fn named(&mut self, key: &str, write: impl FnOnce(&mut Self)) -> bool {
        self.out.push_str(&serde_json::to_string(key).unwrap_or_default());
        self.out.push(':');
        write(self);
        true
    }

    fn value(&mut self, key: &str, raw: &str, n: u16, row: Option<u16>) -> bool {
        let program = self.program;
        let told = match row {
            None => program.facts.get(usize::from(n)).map(|f| (f.fact_type, f.or_none)),
            Some(row) => {
                let row = program.rows.get(usize::from(row));
                row.and_then(|r| r.columns.get(usize::from(n))).map(|c| (c.fact_type, c.or_none))
            }
        };
        let Some((of, or_none)) = told else { return false };
        let is_channel = row.is_none() && program.standard.channel == Some(n);
        let own = if is_channel { self.own_channel(raw) } else { Some(raw) };
        let Some(raw) = own.filter(|raw| self.fits(raw, of, or_none)) else {
            self.unknown.extend(row.is_none().then_some(n));
            return false;
        };
        self.named(key, |this| match of {
            Type::List(row) => this.rows(raw, row),
            _ => this.out.push_str(raw),
        })
    }

    /// The channel may be told for each policy: `{"ru.hearing_aid.compensation": "mfc"}`.
    fn own_channel<'r>(&mut self, raw: &'r str) -> Option<&'r str> {
        let Ok(Entries(entries)) = serde_json::from_str::<Entries<'r>>(raw) else { return Some(raw) };
        let name = self.program.name.as_str();
        for (policy, _) in &entries {
            self.key(policy, policy == name, |_| true);
        }
        entries.iter().find(|(policy, _)| policy == name).map(|(_, raw)| *raw)
    }

    /// Can the policy know what is told, or is it another policy's?
    fn fits(&self, raw: &str, of: Type, or_none: bool) -> bool {
        let member = |raw: &str, choices: u16| {
            let members = self.program.choices.get(usize::from(choices)).map_or(&[][..], |c| c.members.as_slice());
            // What is no text is refused by the reader.
            serde_json::from_str::<String>(raw)
                .map_or(true, |text| members.iter().any(|m| self.program.symbol(*m) == text))
        };
        match of {
            _ if raw == "null" => or_none,
            Type::Choice(choices) => member(raw, choices),
            Type::Set(choices) => items(raw).is_none_or(|items| items.iter().all(|raw| member(raw, choices))),
            _ => true,
        }
    }

    fn rows(&mut self, raw: &str, row: u16) {
        let shape = self.program.rows.get(usize::from(row)).and_then(|r| r.shape);
        let (Some(shape), Some(items)) = (shape, items(raw)) else {
            return self.out.push_str(raw);
        };
        self.braced('[', ']', items.into_iter().enumerate().collect(), |this, (n, raw)| {
            this.key(&n.to_string(), true, |this| {
                this.record(raw, shape, Some(row));
                true
            })
        });
    }

    fn documents(&mut self, raw: &str) {
        let Some(items) = items(raw) else {
            return self.out.push_str(raw);
        };
        self.braced('[', ']', items.into_iter().enumerate().collect(), |this, (n, raw)| this.document(n, raw));
    }

    /// A document of a kind that the policy has; of its fields those that it asks for.
    fn document(&mut self, n: usize, raw: &str) -> bool {
        let program = self.program;
        let entries = serde_json::from_str(raw).map(|Entries(entries)| entries).unwrap_or_default();
        let kind = entries.iter().find(|(key, _)| key == "kind").map(|(_, raw)| *raw);
        let kind = kind.and_then(|raw| serde_json::from_str::<String>(raw).ok());
        let declared = program.documents.iter().find(|d| kind.as_deref() == Some(program.symbol(d.kind)));
        self.key(&n.to_string(), declared.is_some() || kind.is_none(), |this| {
            if declared.is_none() && kind.is_some() {
                return false;
            }
            this.documents.push(n);
            let Some(declared) = declared else {
                this.out.push_str(raw);
                return true;
            };
            this.braced('{', '}', entries, |this, (key, raw)| {
                let fields = if key == "fields" { serde_json::from_str(raw).ok() } else { None };
                this.named(&key, |this| match fields {
                    Some(Entries(fields)) => this.braced('{', '}', fields, |this, (field, raw)| {
                        let known = declared.fields.iter().any(|f| program.symbol(f.name) == field);
                        this.key(&field, known, |this| known && this.named(&field, |this| this.out.push_str(raw)))
                    }),
                    None => this.out.push_str(raw),
                })
            });
            true
        })
    }

    /// Problems at their places in the whole claim.
    fn replaced(&self, mut problems: Vec<InputProblem>) -> Vec<InputProblem> {
        for problem in &mut problems {
            let Some(rest) = problem.pointer.strip_prefix("/documents/") else { continue };
            let (nth, rest) = rest.split_once('/').map_or((rest, String::new()), |(n, rest)| (n, format!("/{rest}")));
            let whole = nth.parse().ok().and_then(|n: usize| self.documents.get(n));
            if let Some(whole) = whole {
                problem.pointer = format!("/documents/{whole}{rest}");
            }
        }
        problems
    }
}

/// The items of a list.
fn items(raw: &str) -> Option<Vec<&str>> {
    let items = serde_json::from_str::<Vec<&RawValue>>(raw).ok()?;
    Some(items.into_iter().map(RawValue::get).collect())
}

/// The entries of a record as they are written, keys given twice included.
struct Entries<'de>(Vec<(String, &'de str)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Whole)
    }
}

struct Whole;

impl<'de> Visitor<'de> for Whole {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, raw)) = map.next_entry::<String, &'de RawValue>()? {
            entries.push((key, raw.get()));
        }
        Ok(Entries(entries))
    }
}
