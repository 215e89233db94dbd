//! Random claims for any policy, made from nothing but what its program says of its facts.

use duly::program::Program;
use duly::program::fact::{Slot, Type};
use serde_json::{Map, Value, json};

/// A small random number generator (SplitMix64, Steele and others 2014): the same claims for the same seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 1).unwrap() % n.max(1)
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

const DATES: [&str; 16] = [
    "2021-12-31",
    "2022-12-31",
    "2023-01-01",
    "2023-12-29",
    "2024-01-01",
    "2024-02-29",
    "2024-12-28",
    "2025-01-20",
    "2025-02-28",
    "2025-03-14",
    "2025-12-31",
    "2026-01-20",
    "2026-02-28",
    "2027-01-11",
    "2027-12-30",
    "2028-01-01",
];
const TEXTS: [&str; 12] = [
    "11223344595",
    "11223344500",
    "00100199800",
    "40817810126000012345",
    "043207612",
    "420501234557",
    "Vesna 7",
    "Ковалёва Анна",
    "КОВАЛЕВА  анна",
    "ru.hearing_aid.compensation",
    "ru.hearing_aid.repeat",
    "VS7",
];
const NUMBERS: [&str; 14] =
    ["0", "1", "2", "30", "29.99", "31", "12", "80", "0.005", "15500.005", "21000.00", "26128.35", "-3", "500000"];

/// A claim that tells every fact; its documents and `today` come and go.
pub fn claim(program: &Program, dice: &mut Dice) -> Value {
    let mut claim = record(program, 0, None, dice);
    if dice.one_in(2) {
        claim.remove("today");
    }
    if !dice.one_in(4) {
        claim.insert("documents".into(), documents(program, dice));
    }
    Value::Object(claim)
}

fn record(program: &Program, shape: u16, row: Option<u16>, dice: &mut Dice) -> Map<String, Value> {
    let mut out = Map::new();
    for (key, slot) in &program.shapes[usize::from(shape)].keys {
        let value = match *slot {
            Slot::Documents => continue,
            Slot::Record(inner) => Value::Object(record(program, inner, row, dice)),
            Slot::Value(n) => {
                let (of, or_none) = match row {
                    None => (program.facts[usize::from(n)].fact_type, program.facts[usize::from(n)].or_none),
                    Some(row) => {
                        let column = &program.rows[usize::from(row)].columns[usize::from(n)];
                        (column.fact_type, column.or_none)
                    }
                };
                if or_none && dice.one_in(3) { Value::Null } else { value(program, of, dice) }
            }
        };
        out.insert(key.clone(), value);
    }
    out
}

fn value(program: &Program, of: Type, dice: &mut Dice) -> Value {
    match of {
        Type::YesNo => json!(!dice.one_in(3)),
        Type::Number(_) | Type::Money | Type::Percent => json!(dice.pick(&NUMBERS)),
        Type::Integer => json!(dice.below(40)),
        Type::Date => json!(dice.pick(&DATES)),
        Type::Period => json!("12 months"),
        Type::Text => json!(dice.pick(&TEXTS)),
        Type::Choice(choices) => {
            let members = &program.choices[usize::from(choices)].members;
            json!(program.symbol(*dice.pick(members)))
        }
        Type::Set(choices) => {
            let members = &program.choices[usize::from(choices)].members;
            let chosen: Vec<&str> = members.iter().filter(|_| dice.one_in(2)).map(|m| program.symbol(*m)).collect();
            json!(chosen)
        }
        Type::List(row) => {
            let layout = &program.rows[usize::from(row)];
            let entries = (0..dice.below(4)).map(|_| match layout.shape {
                Some(shape) => Value::Object(record(program, shape, Some(row), dice)),
                None => value(program, layout.columns[0].fact_type, dice),
            });
            Value::Array(entries.collect())
        }
    }
}

fn documents(program: &Program, dice: &mut Dice) -> Value {
    let mut list = Vec::new();
    for document in &program.documents {
        let copies = [1, 1, 1, 1, 0, 2][dice.below(6)];
        for _ in 0..copies {
            let mut fields = Map::new();
            for field in &document.fields {
                if !dice.one_in(12) {
                    fields.insert(program.symbol(field.name).into(), value(program, field.fact_type, dice));
                }
            }
            let mut copy = json!({
                "kind": program.symbol(document.kind), "format": dice.pick(&["PDF", "pdf", "JPG", "PNG"]),
                "size": dice.pick(&["0.5", "3", "5", "5.01"]), "resolution": dice.pick(&[300, 299, 600]),
                "issued": dice.pick(&DATES), "expires": dice.pick(&DATES), "fields": fields,
                "original": !dice.one_in(8), "signed": !dice.one_in(8), "sealed": !dice.one_in(8), "legible": !dice.one_in(9),
            });
            if dice.one_in(3) {
                let attributes: Vec<String> =
                    copy.as_object().unwrap().keys().filter(|k| *k != "kind").cloned().collect();
                copy.as_object_mut().unwrap().remove(dice.pick(&attributes));
            }
            list.push(copy);
        }
    }
    Value::Array(list)
}

/// The claim without some of the facts that have no default: what a completion gives back.
pub fn part_of(program: &Program, whole: &Value, dice: &mut Dice) -> Value {
    let mut part = whole.clone();
    let often = [2, 3, 6][dice.below(3)];
    for fact in &program.facts {
        if fact.default.is_none() && fact.path != "today" && dice.one_in(often) {
            remove(&mut part, &fact.path);
        }
    }
    for fact in &program.facts {
        if let (Type::List(row), Some(Value::Array(entries))) = (fact.fact_type, get_mut(&mut part, &fact.path)) {
            for entry in entries.iter_mut().filter_map(Value::as_object_mut) {
                for column in program.rows[usize::from(row)].columns.iter().filter(|c| c.default.is_none()) {
                    if dice.one_in(8) {
                        entry.remove(&column.path);
                    }
                }
            }
        }
    }
    part
}

fn remove(claim: &mut Value, path: &str) {
    let (record, key) = path.rsplit_once('.').map_or((None, path), |(r, k)| (Some(r), k));
    let record = match record {
        Some(record) => get_mut(claim, record),
        None => Some(claim),
    };
    if let Some(record) = record.and_then(Value::as_object_mut) {
        record.remove(key);
    }
}

/// What stands under a dotted path.
pub fn get_mut<'v>(claim: &'v mut Value, path: &str) -> Option<&'v mut Value> {
    path.split('.').try_fold(claim, |value, key| value.get_mut(key))
}

/// Puts a value under a dotted path.
pub fn set(claim: &mut Value, path: &str, value: Value) {
    let mut place = claim;
    for key in path.split('.') {
        if !place.is_object() {
            *place = json!({});
        }
        place = &mut place[key];
    }
    *place = value;
}
