//! The library: a folder in which dotted names are paths.

use crate::error::Error;
use crate::report::Finding;
use crate::{calendar, io};
use duly::diagnostic::Code;
use duly::{Calendar, Diagnostic, Library, Source, Span};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the library was said to be.
#[derive(Debug, Clone)]
pub struct Place {
    /// `--library` or `DULY_LIBRARY`.
    pub given: Option<PathBuf>,
}

impl Place {
    /// The library's folder: as given, else `./policies`.
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.given.clone().unwrap_or_else(|| "policies".into())
    }

    /// The library for a policy given by its path: without one of its own, the nearest folder above the file that
    /// has calendars.
    #[must_use]
    pub fn for_file(&self, file: &Path) -> FolderLibrary {
        let root = self.root();
        if self.given.is_some() || root.is_dir() {
            return FolderLibrary::at(root);
        }
        let full = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let above = full
            .ancestors()
            .skip(1)
            .find(|f| f.join("calendars").is_dir());
        FolderLibrary::at(above.map_or(root, Path::to_owned))
    }

    /// The library; it must be there.
    ///
    /// # Errors
    /// It is not.
    pub fn open(&self) -> Result<FolderLibrary, Error> {
        let root = self.root();
        if root.is_dir() {
            Ok(FolderLibrary::at(root))
        } else {
            Err(Error::NoLibrary {
                path: root.display().to_string(),
            })
        }
    }
}

/// A folder of policies and calendars. It remembers what it gave out, so that places can be shown by their paths.
#[derive(Debug)]
pub struct FolderLibrary {
    root: PathBuf,
    sources: RefCell<BTreeMap<String, Option<Source>>>,
    calendars: RefCell<BTreeMap<String, Option<Calendar>>>,
    paths: RefCell<Vec<(Source, PathBuf)>>,
    problems: RefCell<Vec<Problem>>,
}

/// What kept the library from giving out something that is there.
#[derive(Debug)]
pub enum Problem {
    /// A text with a problem at a place.
    Found(Box<Finding>),
    /// A file that cannot be used at all.
    Unusable(Error),
}

impl FolderLibrary {
    /// The library in a folder.
    #[must_use]
    pub fn at(root: PathBuf) -> Self {
        Self {
            root,
            sources: RefCell::default(),
            calendars: RefCell::default(),
            paths: RefCell::default(),
            problems: RefCell::default(),
        }
    }

    /// Its folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Reads a policy's text. Bytes that are not UTF-8 are a finding with its place.
    ///
    /// # Errors
    /// The file cannot be read, is too large, or is not text.
    pub fn load(&self, path: &Path) -> Result<Source, Problem> {
        let bytes = io::read(path, io::MAX_POLICY).map_err(Problem::Unusable)?;
        let name = path
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        match String::from_utf8(bytes) {
            Ok(text) => {
                let source = Source { name, text };
                self.remember(&source, path);
                Ok(source)
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = Source { name, text };
                self.remember(&source, path);
                Err(Problem::Found(Box::new(not_utf8(at, &source, path))))
            }
        }
    }

    fn remember(&self, source: &Source, path: &Path) {
        let mut paths = self.paths.borrow_mut();
        if !paths.iter().any(|(_, known)| known == path) {
            paths.push((source.clone(), path.to_owned()));
        }
    }

    /// The path of a source that was read here.
    #[must_use]
    pub fn path_of(&self, source: &Source) -> String {
        let paths = self.paths.borrow();
        let known = paths.iter().find(|(s, _)| s == source);
        known.map_or_else(|| source.name.clone(), |(_, p)| p.display().to_string())
    }

    /// The dotted name that the place of a file in the library gives it.
    #[must_use]
    pub fn name_of(&self, file: &Path) -> Option<String> {
        let root = std::fs::canonicalize(&self.root).ok()?;
        let file = std::fs::canonicalize(file).ok()?;
        dotted(file.strip_prefix(root).ok()?)
    }

    /// What could not be given out since this was last asked.
    pub fn take_problems(&self) -> Vec<Problem> {
        std::mem::take(&mut *self.problems.borrow_mut())
    }

    /// The path of a policy or part.
    #[must_use]
    pub fn path_for(&self, name: &str) -> Option<PathBuf> {
        let plain = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '_' || c == '-')
        };
        if !name.split('.').all(plain) {
            return None;
        }
        let mut path = self.root.clone();
        path.extend(name.split('.'));
        path.set_extension("duly");
        path.is_file().then_some(path)
    }
}

impl Library for FolderLibrary {
    fn source(&self, name: &str) -> Option<Source> {
        if let Some(known) = self.sources.borrow().get(name) {
            return known.clone();
        }
        let source = self.path_for(name).and_then(|path| {
            self.load(&path)
                .map_err(|problem| self.problems.borrow_mut().push(problem))
                .ok()
        });
        let mut sources = self.sources.borrow_mut();
        sources.insert(name.to_owned(), source.clone());
        source
    }

    fn calendar(&self, name: &str) -> Option<Calendar> {
        if let Some(known) = self.calendars.borrow().get(name) {
            return known.clone();
        }
        let plain = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        let path = self.root.join("calendars").join(format!("{name}.yaml"));
        let calendar = if plain && path.is_file() {
            calendar::read(&path, name)
                .map_err(|e| self.problems.borrow_mut().push(Problem::Unusable(e)))
                .ok()
        } else {
            None
        };
        let mut calendars = self.calendars.borrow_mut();
        calendars.insert(name.to_owned(), calendar.clone());
        calendar
    }

    fn names(&self) -> Vec<String> {
        let files = io::files_under(&self.root, ".duly").unwrap_or_default();
        let inside = files.iter().filter_map(|f| f.strip_prefix(&self.root).ok());
        inside.filter_map(dotted).collect()
    }
}

fn dotted(path: &Path) -> Option<String> {
    let path = path.to_str()?.strip_suffix(".duly")?;
    Some(path.replace(std::path::MAIN_SEPARATOR, "."))
}

fn not_utf8(at: usize, source: &Source, path: &Path) -> Finding {
    let start = u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span {
        file: 0,
        start,
        end: start.saturating_add(3),
    };
    let diagnostic = Diagnostic::new(
        Code::NotUtf8,
        span,
        format!("this is not UTF-8 text: byte {} does not fit", at + 1),
    )
    .label("here")
    .help("save the file as UTF-8");
    Finding::new(
        &diagnostic,
        &[(path.display().to_string(), source.text.as_str().into())],
    )
}
