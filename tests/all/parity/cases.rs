//! The claims of the files of cases, without what they expect.

use crate::support::root;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The claims of every file of cases, with their policies.
pub fn cases() -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("policies")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(".cases.yaml") {
                found.extend(cases_of(&path));
            }
        }
    }
    found
}

fn cases_of(path: &Path) -> Vec<(String, Value)> {
    let file: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let below: PathBuf = path.strip_prefix(root().join("policies")).unwrap().into();
    let beside = below.to_string_lossy().replace(".cases.yaml", "").replace('/', ".");
    let policy = file["policy"].as_str().unwrap_or(&beside).to_owned();
    let claim = |case: &Value| {
        let mut claim = file["base"].clone();
        merge(&mut claim, &case["given"]);
        change_documents(&mut claim, &case["documents"]);
        (policy.clone(), claim)
    };
    file["cases"].as_array().unwrap().iter().map(claim).collect()
}

/// Maps are merged key by key; anything else takes the place of what was there; `~omit` takes the key away.
fn merge(into: &mut Value, from: &Value) {
    let Some(changes) = from.as_object() else { return };
    if !into.is_object() {
        *into = json!({});
    }
    for (key, value) in changes {
        match value {
            Value::String(word) if word == "~omit" => drop(into.as_object_mut().unwrap().remove(key)),
            Value::Object(_) => merge(&mut into[key], value),
            _ => into[key] = value.clone(),
        }
    }
}

fn change_documents(claim: &mut Value, patch: &Value) {
    let Some(documents) = claim.get_mut("documents").and_then(Value::as_array_mut) else { return };
    let without: Vec<&Value> = patch["without"].as_array().into_iter().flatten().collect();
    documents.retain(|d| !without.contains(&&d["kind"]));
    for (kind, change) in patch["change"].as_object().into_iter().flatten() {
        documents.iter_mut().filter(|d| d["kind"] == kind.as_str()).for_each(|d| merge(d, change));
    }
    documents.extend(patch["add"].as_array().into_iter().flatten().cloned());
}
