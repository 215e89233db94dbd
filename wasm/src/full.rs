//! The compiler: policies as text, with the parts and calendars that they name.

use crate::{json, thrown};
use duly::diagnostic::Located;
use duly::json::parts::{entries, items, text};
use duly::value::calendar::CalendarYear;
use duly::{Calendar, Checked, Library, Severity, Source};
use js_sys::Uint8Array;
use serde::Serialize;
use std::collections::BTreeMap;
use std::str::FromStr;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// All texts of one compilation, in bytes.
const MAX_TEXTS: u32 = 16 << 20;

/// A text with what it may name.
#[derive(Default)]
struct Texts {
    name: String,
    text: String,
    imports: BTreeMap<String, String>,
    calendars: Vec<Calendar>,
}

/// Why a text is not compiled, as it is thrown.
#[derive(Serialize)]
struct Uncompiled<'e> {
    code: &'e str,
    message: &'e str,
    diagnostics: Vec<Located<'e>>,
}

impl Library for Texts {
    fn source(&self, name: &str) -> Option<Source> {
        let last = name.rsplit('.').next().unwrap_or(name);
        self.imports.get(name).map(|text| Source { name: format!("{last}.duly"), text: text.clone() })
    }

    fn calendar(&self, name: &str) -> Option<Calendar> {
        self.calendars.iter().find(|c| c.name == name && c.is_sound()).cloned()
    }

    fn names(&self) -> Vec<String> {
        self.imports.keys().cloned().collect()
    }
}

/// Everything that checking a text finds.
///
/// # Errors
/// The texts are too large, or are no texts.
#[wasm_bindgen]
pub fn check(texts: &Uint8Array) -> Result<Vec<u8>, JsValue> {
    checked(texts).map(|checked| json(&located(&checked)))
}

/// The artefact of a text.
///
/// # Errors
/// It does not check, or is no policy.
#[wasm_bindgen]
pub fn compile(texts: &Uint8Array) -> Result<Vec<u8>, JsValue> {
    let checked = checked(texts)?;
    let artefact = checked.policy.as_ref().and_then(|policy| policy.to_artefact().ok());
    artefact.ok_or_else(|| {
        let first = checked.diagnostics.iter().find(|d| d.severity() == Severity::Error);
        let (code, message) = first.map_or(("part", "this is a part, not a policy"), |d| (d.code.id(), &d.message));
        thrown(&Uncompiled { code, message, diagnostics: located(&checked) })
    })
}

fn checked(texts: &Uint8Array) -> Result<Checked, JsValue> {
    let refused = |message: &str| thrown(&Uncompiled { code: "E102", message, diagnostics: Vec::new() });
    if texts.length() > MAX_TEXTS {
        return Err(refused("the texts have more than 16 MiB together"));
    }
    let texts = String::from_utf8(texts.to_vec()).ok().and_then(|raw| read(&raw));
    let texts =
        texts.ok_or_else(|| refused("the texts do not come as a record of name, text, imports and calendars"))?;
    let source = Source { name: texts.name.clone(), text: texts.text.clone() };
    Ok(duly::compile(&texts, source, None))
}

/// The texts as `js/full/compile.js` writes them.
fn read(raw: &str) -> Option<Texts> {
    let mut texts = Texts::default();
    for (key, raw) in entries(raw)? {
        match key.as_str() {
            "name" => texts.name = text(raw)?,
            "text" => texts.text = text(raw)?,
            "imports" => {
                for (name, raw) in entries(raw)? {
                    texts.imports.insert(name, text(raw)?);
                }
            }
            "calendars" => texts.calendars = items(raw)?.into_iter().map(read_calendar).collect::<Option<_>>()?,
            _ => {}
        }
    }
    Some(texts)
}

fn read_calendar(raw: &str) -> Option<Calendar> {
    let mut calendar = Calendar { name: String::new(), weekend: Vec::new(), years: Vec::new() };
    for (key, raw) in entries(raw)? {
        match key.as_str() {
            "name" => calendar.name = text(raw)?,
            "weekend" => calendar.weekend = numbers(raw)?,
            "years" => calendar.years = items(raw)?.into_iter().map(read_year).collect::<Option<_>>()?,
            _ => {}
        }
    }
    Some(calendar)
}

fn read_year(raw: &str) -> Option<CalendarYear> {
    let mut year = CalendarYear { year: 0, closed: Vec::new(), worked: Vec::new() };
    for (key, raw) in entries(raw)? {
        match key.as_str() {
            "year" => year.year = raw.parse().ok()?,
            "closed" => year.closed = numbers(raw)?,
            "worked" => year.worked = numbers(raw)?,
            _ => {}
        }
    }
    Some(year)
}

fn numbers<N: FromStr>(raw: &str) -> Option<Vec<N>> {
    items(raw)?.into_iter().map(|n| n.parse().ok()).collect()
}

fn located(checked: &Checked) -> Vec<Located<'_>> {
    checked.diagnostics.iter().map(|d| Located::new(d, &checked.sources)).collect()
}
