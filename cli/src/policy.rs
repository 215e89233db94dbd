//! Finding a policy: by its path, compiled or not, or by its dotted name.

use crate::error::Error;
use crate::io;
use crate::library::{FolderLibrary, Place, Problem};
use crate::report::{Finding, count_errors};
use duly::Policy;
use std::path::{Path, PathBuf};

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
    let (policy, findings) = check(path, library)?;
    if count_errors(&findings) > 0 {
        return Err(Error::Policy {
            path: shown,
            findings,
        });
    }
    policy
        .map(|policy| Loaded {
            policy,
            warnings: findings,
        })
        .ok_or(Error::IsPart { path: shown })
}

/// Checks the text in a file: the policy if it is one without errors, and everything found.
///
/// # Errors
/// The file, or a calendar or part that it needs, cannot be read.
pub fn check(
    path: &Path,
    library: &FolderLibrary,
) -> Result<(Option<Policy>, Vec<Finding>), Error> {
    let source = match library.load(path) {
        Ok(source) => source,
        Err(Problem::Found(finding)) => return Ok((None, vec![*finding])),
        Err(Problem::Unusable(error)) => return Err(error),
    };
    let expected = library.name_of(path);
    let checked = duly::compile(library, source, expected.as_deref());
    let mut findings = Finding::all(&checked, path, library);
    for problem in library.take_problems() {
        match problem {
            Problem::Found(finding) => findings.push(*finding),
            Problem::Unusable(error) => return Err(error),
        }
    }
    Ok((checked.policy, findings))
}

fn artefact(path: &Path) -> Result<Loaded, Error> {
    let bytes = io::read(path, io::MAX_ARTEFACT)?;
    let policy = Policy::from_artefact(&bytes).map_err(|cause| Error::Artefact {
        path: path.display().to_string(),
        cause,
    })?;
    Ok(Loaded {
        policy,
        warnings: Vec::new(),
    })
}

/// The policies named by paths: a folder stands for every policy in it.
///
/// # Errors
/// A path cannot be read.
pub fn texts_under(path: &Path) -> Result<Vec<PathBuf>, Error> {
    io::files_under(path, ".duly")
}
