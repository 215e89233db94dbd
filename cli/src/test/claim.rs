//! The claim of a case: the base with the case's changes.

use super::cases::{Case, Documents};
use crate::data::Data;

/// A value that takes its key away.
const OMIT: &str = "~omit";

/// The base with what the case gives merged into it and its documents changed.
///
/// # Errors
/// A document to be changed or taken away is not there.
pub fn claim(base: &Data, case: &Case) -> Result<Data, String> {
    let mut claim = base.clone();
    merge(&mut claim, &case.given);
    if let Some(patch) = &case.documents {
        change_documents(&mut claim, patch)?;
    }
    Ok(claim)
}

/// Maps are merged key by key; anything else takes the place of what was there.
pub fn merge(into: &mut Data, from: &Data) {
    let Data::Map(changes) = from else {
        *into = from.clone();
        return;
    };
    if !matches!(into, Data::Map(_)) {
        *into = Data::Map(Vec::new());
    }
    let Data::Map(entries) = into else { return };
    for (key, value) in changes {
        if value.as_text() == Some(OMIT) {
            entries.retain(|(k, _)| k != key);
            continue;
        }
        match entries.iter_mut().find(|(k, _)| k == key) {
            Some((_, there)) => merge(there, value),
            None => {
                // An empty map takes the changes, so that what is left out in it is left out.
                let mut fresh = match value {
                    Data::Map(_) => Data::Map(Vec::new()),
                    _ => Data::Null,
                };
                merge(&mut fresh, value);
                entries.push((key.clone(), fresh));
            }
        }
    }
}

fn change_documents(claim: &mut Data, patch: &Documents) -> Result<(), String> {
    let Data::Map(entries) = claim else {
        return Ok(());
    };
    if !entries.iter().any(|(k, _)| k == "documents") {
        entries.push(("documents".into(), Data::List(Vec::new())));
    }
    let documents = entries.iter_mut().find(|(k, _)| k == "documents");
    let Some((_, Data::List(documents))) = documents else {
        return Err("`documents` of the claim is no list".into());
    };
    let is = |document: &Data, kind: &str| document.get("kind").and_then(Data::as_text) == Some(kind);
    for kind in &patch.without {
        let before = documents.len();
        documents.retain(|d| !is(d, kind));
        if documents.len() == before {
            return Err(format!("`without` takes away `{kind}`, but the base has no such document"));
        }
    }
    for (kind, change) in &patch.change {
        let mut met = false;
        for document in documents.iter_mut().filter(|d| is(d, kind)) {
            merge(document, change);
            met = true;
        }
        if !met {
            return Err(format!("`change` changes `{kind}`, but the base has no such document"));
        }
    }
    documents.extend(patch.add.iter().cloned());
    Ok(())
}
