//! A claim that holds the facts of a whole library, cut down to what one policy knows.

use crate::eval::claim::Claim;
use crate::eval::read::{InputProblem, MAX_CLAIM, read};
use crate::json::parts::{entries, items, text};
use crate::json::to_json;
use crate::program::document::Document;
use crate::program::fact::{FactId, Slot};
use crate::program::{Program, Type};
use crate::value::Value;
use std::collections::BTreeMap;

/// Records inside each other that are gone into; what is deeper is left for the reader to refuse.
const MAX_DEPTH: u32 = 100;
/// Ignored places that are told at most.
const MAX_IGNORED: usize = 100;

/// The keys that were met, with those below each: did any policy know them?
#[derive(Default)]
pub(super) struct Keys {
    known: bool,
    below: BTreeMap<String, Keys>,
}

impl Keys {
    /// JSON Pointers of what no policy knows; of a record that none knows only the record.
    pub(super) fn ignored(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.gather(&mut String::new(), &mut found);
        found
    }

    fn gather(&self, pointer: &mut String, found: &mut Vec<String>) {
        for (key, keys) in &self.below {
            if found.len() >= MAX_IGNORED {
                return;
            }
            let before = pointer.len();
            pointer.push('/');
            pointer.extend(key.chars().take(80).map(|c| match c {
                '~' => "~0".to_owned(),
                '/' => "~1".to_owned(),
                c => c.to_string(),
            }));
            if keys.known {
                keys.gather(pointer, found)
            } else {
                found.push(pointer.clone())
            }
            pointer.truncate(before);
        }
    }
}

/// Reads what the policy knows of a claim. Other keys and kinds of documents are not its own; a member that its enum
/// lacks, and none where it has no none, are unknown to it.
///
/// # Errors
/// What does not fit the policy's facts, at its place in the whole claim.
pub(super) fn claim_for(program: &Program, text: &str, keys: &mut Keys) -> Result<Claim, Vec<InputProblem>> {
    if text.len() > MAX_CLAIM {
        return read(program, text);
    }
    let mut cut =
        Cut { program, out: String::new(), depth: 0, list: None, unknown: vec![], cells: vec![], documents: vec![] };
    cut.record(text, 0, None, keys);
    let mut claim = read(program, &cut.out).map_err(|problems| cut.replaced(problems))?;
    for fact in cut.unknown {
        claim.slots.get_mut(usize::from(fact)).into_iter().for_each(|slot| *slot = Value::Unknown);
    }
    for (fact, nth, column) in cut.cells {
        if let Value::List(list) = claim.slot(fact) {
            let at = list.start as usize + nth * list.width as usize + usize::from(column);
            claim.cells.get_mut(at).into_iter().for_each(|cell| *cell = Value::Unknown);
        }
    }
    Ok(claim)
}

/// The entries of a record, as they are written.
type Entries<'t> = Vec<(String, &'t str)>;

/// Writes the part of a claim that a policy knows.
struct Cut<'p> {
    program: &'p Program,
    out: String,
    depth: u32,
    /// The list fact that is gone through, and which of its rows.
    list: Option<(FactId, usize)>,
    /// The facts that are told in a way that this policy does not know.
    unknown: Vec<FactId>,
    /// The cells of lists that are: the fact, the row and the column.
    cells: Vec<(FactId, usize, u16)>,
    /// Where each document kept stood in the whole claim.
    documents: Vec<usize>,
}

impl<'p> Cut<'p> {
    /// A record of facts, or of a row's columns. What is no record, or has a key twice, is left for the reader to
    /// refuse.
    fn record(&mut self, raw: &str, shape: u16, row: Option<u16>, keys: &mut Keys) {
        let program = self.program;
        let known = program.shapes.get(usize::from(shape)).map_or(&[][..], |s| s.keys.as_slice());
        let slot_of = |key: &str| known.iter().find(|(k, _)| k == key).map(|(_, slot)| *slot);
        let is_sound = |entries: &Entries<'_>| self.depth < MAX_DEPTH && !told_twice(entries);
        let Some(entries) = entries(raw).filter(is_sound) else {
            return self.out.push_str(raw);
        };
        self.depth += 1;
        self.braced('{', '}', entries, |this, (key, raw)| {
            let slot = slot_of(&key);
            let keys = key_below(keys, &key, slot.is_some());
            match slot {
                Some(Slot::Value(n)) => this.value(&key, raw, (n, row), keys),
                Some(Slot::Record(shape)) => this.named(&key, |this| this.record(raw, shape, row, keys)),
                Some(Slot::Documents) => this.named(&key, |this| this.documents(raw, keys)),
                None => false,
            }
        });
        self.depth -= 1;
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

    fn named(&mut self, key: &str, write: impl FnOnce(&mut Self)) -> bool {
        self.out.push_str(&to_json(&key));
        self.out.push(':');
        write(self);
        true
    }

    fn value(&mut self, key: &str, raw: &str, (n, row): (u16, Option<u16>), keys: &mut Keys) -> bool {
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
        let own = if is_channel { self.own_channel(raw, keys) } else { Some(raw) };
        let Some(raw) = own.filter(|raw| self.fits(raw, of, or_none)) else {
            match (row, self.list) {
                (None, _) => self.unknown.push(n),
                (Some(_), Some((fact, nth))) => self.cells.push((fact, nth, n)),
                (Some(_), None) => {}
            }
            return false;
        };
        self.named(key, |this| match of {
            Type::List(of) => this.rows(raw, of, row.is_none().then_some(n), keys),
            _ => this.out.push_str(raw),
        })
    }

    /// The channel may be told for each policy: `{"ru.hearing_aid.compensation": "mfc"}`.
    fn own_channel<'r>(&mut self, raw: &'r str, keys: &mut Keys) -> Option<&'r str> {
        let Some(entries) = entries(raw) else { return Some(raw) };
        if told_twice(&entries) {
            return Some(raw);
        }
        let name = self.program.name.as_str();
        for (policy, _) in &entries {
            key_below(keys, policy, policy == name);
        }
        entries.iter().find(|(policy, _)| policy == name).map(|(_, raw)| *raw)
    }

    /// Can the policy know what is told, or is it another policy's?
    fn fits(&self, raw: &str, of: Type, or_none: bool) -> bool {
        let member = |raw: &str, choices: u16| {
            let members = self.program.choices.get(usize::from(choices)).map_or(&[][..], |c| c.members.as_slice());
            // What is no text is refused by the reader.
            text(raw).is_none_or(|text| members.iter().any(|m| self.program.symbol(*m) == text))
        };
        let members = |choices: u16| items(raw).is_none_or(|items| items.iter().all(|raw| member(raw, choices)));
        match of {
            _ if raw == "null" => or_none,
            Type::Choice(choices) => member(raw, choices),
            Type::Set(choices) => members(choices),
            Type::List(row) => {
                let row = self.program.rows.get(usize::from(row)).filter(|r| r.shape.is_none());
                match row.and_then(|r| r.columns.first()).map(|c| c.fact_type) {
                    Some(Type::Choice(choices)) => members(choices),
                    _ => true,
                }
            }
            _ => true,
        }
    }

    /// The rows of a list; of a fact where it is one.
    fn rows(&mut self, raw: &str, row: u16, fact: Option<FactId>, keys: &mut Keys) {
        let shape = self.program.rows.get(usize::from(row)).and_then(|r| r.shape);
        let (Some(shape), Some(items)) = (shape, items(raw)) else {
            return self.out.push_str(raw);
        };
        let outer = self.list.take();
        self.braced('[', ']', items.into_iter().enumerate().collect(), |this, (n, raw)| {
            this.list = fact.map(|fact| (fact, n));
            this.record(raw, shape, Some(row), key_below(keys, &n.to_string(), true));
            true
        });
        self.list = outer;
    }

    fn documents(&mut self, raw: &str, keys: &mut Keys) {
        let Some(items) = items(raw) else {
            return self.out.push_str(raw);
        };
        self.braced('[', ']', items.into_iter().enumerate().collect(), |this, (n, raw)| this.document(n, raw, keys));
    }

    /// A document of a kind that the policy has; of its fields those that it asks for.
    fn document(&mut self, n: usize, raw: &str, keys: &mut Keys) -> bool {
        let program = self.program;
        let entries = entries(raw).unwrap_or_default();
        let kind = entries.iter().find(|(key, _)| key == "kind").map(|(_, raw)| *raw);
        let kind = kind.and_then(text);
        let declared = program.documents.iter().find(|d| kind.as_deref() == Some(program.symbol(d.kind)));
        let keys = key_below(keys, &n.to_string(), declared.is_some() || kind.is_none());
        let declared = match declared {
            None if kind.is_some() => return false,
            declared => declared.filter(|_| !told_twice(&entries)),
        };
        self.documents.push(n);
        let Some(declared) = declared else {
            self.out.push_str(raw);
            return true;
        };
        self.braced('{', '}', entries, |this, (key, raw)| {
            let fields = if key == "fields" { crate::json::parts::entries(raw) } else { None };
            let keys = key_below(keys, &key, true);
            this.named(&key, |this| match fields {
                Some(fields) if !told_twice(&fields) => this.fields(fields, declared, keys),
                _ => this.out.push_str(raw),
            })
        });
        true
    }

    fn fields(&mut self, fields: Entries<'_>, document: &Document, keys: &mut Keys) {
        let program = self.program;
        self.braced('{', '}', fields, |this, (name, raw)| {
            let field = document.fields.iter().find(|f| program.symbol(f.name) == name);
            key_below(keys, &name, field.is_some());
            field.is_some_and(|f| this.fits(raw, f.fact_type, true)) && this.named(&name, |this| this.out.push_str(raw))
        });
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

/// Goes one step down, noting whether the key is known.
fn key_below<'k>(keys: &'k mut Keys, key: &str, known: bool) -> &'k mut Keys {
    let below = keys.below.entry(key.to_owned()).or_default();
    below.known |= known;
    below
}

fn told_twice(entries: &Entries<'_>) -> bool {
    let mut names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}
