//! The compiler: policies as text, with the parts and calendars that they name.

use crate::{json, thrown};
use duly::diagnostic::Located;
use duly::{Calendar, Checked, Library, Severity, Source};
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// All texts of one compilation, in bytes.
const MAX_TEXTS: u32 = 16 << 20;

/// A text with what it may name.
#[derive(Deserialize)]
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
    let texts: Texts = serde_json::from_slice(&texts.to_vec()).map_err(|error| refused(&error.to_string()))?;
    let source = Source { name: texts.name.clone(), text: texts.text.clone() };
    Ok(duly::compile(&texts, source, None))
}

fn located(checked: &Checked) -> Vec<Located<'_>> {
    checked.diagnostics.iter().map(|d| Located::new(d, &checked.sources)).collect()
}
