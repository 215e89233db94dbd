//! Finding a policy: by its path, compiled or not, or by its dotted name.

use crate::error::Error;
use crate::io;
use crate::library::{FolderLibrary, Place, Problem};
use crate::report::{Finding, count_errors, files_of};
use duly::diagnostic::Code;
use duly::{Policy, Span};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A policy with what is worth a look in its text.
#[derive(Debug)]
pub struct Loaded {
    /// The policy.
    pub policy: Policy,
    /// Warnings.
    pub warnings: Vec<Finding>,
}

/// Loads the policy that a word of the command line names.
///
/// # Errors
/// There is none, it cannot be read, or it does not check.
pub fn load(named: &str, place: &Place) -> Result<Loaded, Error> {
    let path = Path::new(named);
    if is_path(named) {
        // Anything but text is taken for an artefact, which tells itself by its first bytes.
        if path.extension().is_none_or(|e| e != "duly") {
            return artefact(path);
        }
        return compile(path, &place.for_file(path));
    }
    let library = place.open()?;
    let found = library.path_for(named).ok_or_else(|| {
        let names = duly::Library::names(&library);
        let nearest = duly::diagnostic::nearest(named, names.iter().map(String::as_str));
        Error::NoPolicy {
            name: named.into(),
            library: library.root().display().to_string(),
            nearest: nearest.map(String::from),
        }
    })?;
    compile(&found, &library)
}

/// The path of the policy that a dotted name means; of a path itself that path.
#[must_use]
pub fn path_of(named: &Path, place: &Place) -> PathBuf {
    let name = named.to_str().filter(|name| !named.exists() && !is_path(name));
    name.and_then(|name| place.open().ok()?.path_for(name)).unwrap_or_else(|| named.to_owned())
}

/// Is it a path rather than a dotted name?
fn is_path(named: &str) -> bool {
    let ending = |e: &str| named.ends_with(e);
    ending(".duly") || ending(".dulyc") || named.contains(['/', '\\']) || Path::new(named).is_file()
}

/// Compiles the policy in a file.
///
/// # Errors
/// It cannot be read, does not check, or is a part.
pub fn compile(path: &Path, library: &FolderLibrary) -> Result<Loaded, Error> {
    let shown = path.display().to_string();
    let Seen { policy, findings, unusable, .. } = check(path, library);
    if let Some(error) = unusable.into_iter().next() {
        return Err(error);
    }
    if count_errors(&findings) > 0 {
        return Err(Error::Policy { path: shown, findings });
    }
    policy.map(|policy| Loaded { policy, warnings: findings }).ok_or(Error::IsPart { path: shown })
}

/// What checking a file came to.
#[derive(Debug, Default)]
pub struct Seen {
    /// The policy, if the text is one and has no errors.
    pub policy: Option<Policy>,
    /// Everything found in the text and in what it imports.
    pub findings: Vec<Finding>,
    /// Where each fact of the policy is declared, in these files.
    pub facts: (Vec<Span>, Vec<(String, Rc<str>)>),
    /// Files that cannot be used: the text itself, or calendars and parts that it needs.
    pub unusable: Vec<Error>,
}

/// Checks the text in a file.
#[must_use]
pub fn check(path: &Path, library: &FolderLibrary) -> Seen {
    let mut seen = Seen::default();
    let (source, own) = match library.load(path) {
        Ok(loaded) => loaded,
        Err(error) => {
            seen.unusable.push(error);
            return seen;
        }
    };
    let expected = library.name_of(path);
    let checked = duly::compile(library, source, expected.as_deref());
    seen.findings.extend(own);
    seen.findings.extend(Finding::all(&checked, path, library));
    for problem in library.take_problems() {
        match problem {
            Problem::Found(finding) => seen.findings.push(*finding),
            // It is there, so it is not told as missing.
            Problem::Unusable(name, error) => {
                let missing = [Code::UnknownImport.id(), Code::UnknownCalendar.id()];
                let named = format!("`{name}`");
                seen.findings.retain(|f| !missing.contains(&f.code) || !f.message.contains(&named));
                seen.unusable.push(error);
            }
        }
    }
    if checked.policy.is_some() {
        seen.facts = (checked.facts.clone(), files_of(&checked, path, library));
    }
    seen.policy = checked.policy;
    seen
}

fn artefact(path: &Path) -> Result<Loaded, Error> {
    let bytes = io::read(path, io::MAX_ARTEFACT)?;
    let policy =
        Policy::from_artefact(&bytes).map_err(|cause| Error::Artefact { path: path.display().to_string(), cause })?;
    Ok(Loaded { policy, warnings: Vec::new() })
}

/// The policies named by paths: a folder stands for every policy in it.
///
/// # Errors
/// A path cannot be read, or is a compiled policy.
pub fn texts_under(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if path.extension().is_some_and(|e| e == "dulyc") && path.is_file() {
        return Err(Error::Compiled { path: path.display().to_string() });
    }
    io::files_under(path, ".duly")
}
