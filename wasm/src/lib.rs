//! Duly in browsers and Node: bytes in, bytes out.
//!
//! What crosses is UTF-8 JSON as byte arrays, measured before it is copied; `js/` makes objects of it. An error is
//! thrown as a JSON text, of which `js/` makes a `DulyError`.

#[cfg(feature = "full")]
mod full;

use duly::eval::read::InputProblem;
use duly::json::to_json;
use duly::program::encoding::MAX_ARTEFACT;
use duly::{ArtefactError, DecideError, Options};
use js_sys::Uint8Array;
use serde::Serialize;
use std::rc::Rc;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A policy loaded from its artefact.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawPolicy(Rc<duly::Policy>);

/// Policies to be asked together.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct RawScreening(Vec<Rc<duly::Policy>>);

/// What `js/` needs of a policy at once.
#[derive(Serialize)]
struct About<'p> {
    name: &'p str,
    digest: &'p str,
    locales: &'p [String],
}

/// An error as it is thrown.
#[derive(Serialize)]
struct Failure<'e> {
    code: &'e str,
    message: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    problems: Option<&'e [InputProblem]>,
}

#[wasm_bindgen]
impl RawPolicy {
    /// Loads an artefact.
    ///
    /// # Errors
    /// It is none, or is damaged, or not sound.
    #[wasm_bindgen(constructor)]
    pub fn new(artefact: &Uint8Array) -> Result<Self, JsValue> {
        if artefact.length() as usize > MAX_ARTEFACT {
            return Err(bad_artefact(&ArtefactError::TooLarge));
        }
        let policy = duly::Policy::from_artefact(&artefact.to_vec());
        policy.map(|policy| Self(Rc::new(policy))).map_err(|error| bad_artefact(&error))
    }

    /// Name, digest and locales.
    #[must_use]
    pub fn about(&self) -> Vec<u8> {
        let program = self.0.program();
        json(&About { name: &program.name, digest: self.0.digest(), locales: &program.locales })
    }

    /// Decides an application; the same bytes as everywhere.
    ///
    /// # Errors
    /// The application does not fit, the locale is not known, or deciding takes too long.
    pub fn decide(&self, application: &Uint8Array, locale: Option<String>, explain: bool) -> Result<Vec<u8>, JsValue> {
        let options = Options { locale: locale.as_deref(), explain };
        match duly::decide_bytes(&self.0, &bytes(application)?, options) {
            Ok(decision) => Ok(decision.to_json().into_bytes()),
            Err(error) => Err(undecided(&error)),
        }
    }

    /// Everything that a form for the policy needs.
    ///
    /// # Errors
    /// The locale is not known.
    pub fn facts(&self, locale: Option<String>) -> Result<Vec<u8>, JsValue> {
        duly::form(&self.0, locale.as_deref()).map(|form| json(&form)).map_err(|error| undecided(&error))
    }
}

#[wasm_bindgen]
impl RawScreening {
    /// No policies yet.
    #[must_use]
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a policy.
    pub fn add(&mut self, policy: &RawPolicy) {
        self.0.push(Rc::clone(&policy.0));
    }

    /// What the policies say of one set of facts; the same bytes as everywhere.
    ///
    /// # Errors
    /// The facts do not fit a policy, no policy speaks the locale, or deciding takes too long.
    pub fn screen(&self, facts: &Uint8Array, locale: Option<String>) -> Result<Vec<u8>, JsValue> {
        let policies: Vec<&duly::Policy> = self.0.iter().map(Rc::as_ref).collect();
        match duly::screen_bytes(&policies, &bytes(facts)?, locale.as_deref()) {
            Ok(screening) => Ok(screening.to_json().into_bytes()),
            Err(error) => Err(undecided(&error)),
        }
    }
}

/// What crosses, measured before it is copied.
fn bytes(claim: &Uint8Array) -> Result<Vec<u8>, JsValue> {
    match InputProblem::too_large(claim.length() as usize) {
        Some(problem) => Err(undecided(&DecideError::Input(vec![problem]))),
        None => Ok(claim.to_vec()),
    }
}

/// Everything thrown or returned can be written as JSON.
fn json(value: &impl Serialize) -> Vec<u8> {
    to_json(value).into_bytes()
}

fn thrown(failure: &impl Serialize) -> JsValue {
    JsValue::from_str(&to_json(failure))
}

fn bad_artefact(error: &ArtefactError) -> JsValue {
    thrown(&Failure { code: error.code(), message: &error.to_string(), problems: None })
}

fn undecided(error: &DecideError) -> JsValue {
    let problems = match error {
        DecideError::Input(problems) => Some(problems.as_slice()),
        DecideError::Locale { .. } | DecideError::TooManySteps => None,
    };
    thrown(&Failure { code: error.code(), message: &error.to_string(), problems })
}
