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
        let above = full.ancestors().skip(1).find(|f| f.join("calendars").is_dir());
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
            Err(Error::NoLibrary { path: root.display().to_string() })
        }
    }
}

/// A folder of policies and calendars. It remembers what it gave out, so that places can be shown by their paths.
#[derive(Debug)]
pub struct FolderLibrary {
    root: PathBuf,
    sources: RefCell<BTreeMap<String, Source>>,
    calendars: RefCell<BTreeMap<String, Calendar>>,
    paths: RefCell<Vec<(Source, PathBuf)>>,
    problems: RefCell<Vec<Problem>>,
}

/// What kept the library from giving out something that is there.
#[derive(Debug)]
pub enum Problem {
    /// A text with a problem at a place.
    Found(Box<Finding>),
    /// A file that cannot be used at all, and the name under which it was asked for.
    Unusable(String, Error),
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

    /// Where it was looked for, as the end of a way out for what it lacks.
    #[must_use]
    pub fn whereabouts(&self) -> String {
        let root = self.root.display();
        let is = if self.root.is_dir() { "the library is" } else { "there is no library at" };
        format!("; {is} `{root}`, `--library DIR` names another")
    }

    /// Reads a policy's text. Bytes that are not UTF-8 are a finding; blanks stand in for them, so that the rest
    /// can be checked all the same.
    ///
    /// # Errors
    /// The file cannot be read, or is too large.
    pub fn load(&self, path: &Path) -> Result<(Source, Option<Finding>), Error> {
        let bytes = io::read(path, io::MAX_POLICY)?;
        let name = path.file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        let (text, finding) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let finding = not_utf8(error.utf8_error().valid_up_to(), error.as_bytes(), path);
                (with_blanks(error.as_bytes()), Some(finding))
            }
        };
        let source = Source { name, text };
        self.remember(&source, path);
        Ok((source, finding))
    }

    fn tell(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
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
        if !name.split('.').all(is_plain) {
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
            return Some(known.clone());
        }
        let path = self.path_for(name)?;
        let (source, finding) = match self.load(&path) {
            Ok(loaded) => loaded,
            Err(error) => {
                self.tell(Problem::Unusable(name.to_owned(), error));
                return None;
            }
        };
        // What has problems is read again by the next text that imports it, so that it is told there too.
        match finding {
            Some(finding) => self.tell(Problem::Found(Box::new(finding))),
            None => {
                let mut sources = self.sources.borrow_mut();
                sources.insert(name.to_owned(), source.clone());
            }
        }
        Some(source)
    }

    fn calendar(&self, name: &str) -> Option<Calendar> {
        if let Some(known) = self.calendars.borrow().get(name) {
            return Some(known.clone());
        }
        let path = self.root.join("calendars").join(format!("{name}.yaml"));
        if !is_plain(name) || !path.is_file() {
            return None;
        }
        match calendar::read(&path, name) {
            Ok(calendar) => {
                let mut calendars = self.calendars.borrow_mut();
                calendars.insert(name.to_owned(), calendar.clone());
                Some(calendar)
            }
            Err(error) => {
                self.tell(Problem::Unusable(name.to_owned(), error));
                None
            }
        }
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

/// May it be a part of a path? Nothing that leads out of the library may.
fn is_plain(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// The text with a blank for every byte that does not fit: what stands behind it keeps its place.
fn with_blanks(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| ' '));
    }
    text
}

fn not_utf8(at: usize, bytes: &[u8], path: &Path) -> Finding {
    let start = u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span { file: 0, start, end: start.saturating_add(3) };
    let message = format!("this is not UTF-8 text: byte {} does not fit", at + 1);
    let diagnostic = Diagnostic::new(Code::NotUtf8, span, message).label("here").help("save the file as UTF-8");
    let shown = String::from_utf8_lossy(bytes);
    Finding::new(&diagnostic, &[(path.display().to_string(), shown.as_ref().into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn names_are_paths_inside_the_library() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("lib");
        fs::create_dir_all(root.join("ru/aid")).unwrap();
        fs::create_dir_all(root.join("calendars")).unwrap();
        fs::write(root.join("ru/aid/norm.duly"), "part ru.aid.norm").unwrap();
        fs::write(root.join("calendars/ru.yaml"), "name: en").unwrap();
        fs::write(folder.path().join("out.duly"), "").unwrap();

        let library = FolderLibrary::at(root.clone());
        assert_eq!(library.names(), ["ru.aid.norm"]);
        assert_eq!(library.name_of(&root.join("ru/aid/norm.duly")).as_deref(), Some("ru.aid.norm"));
        assert_eq!(library.name_of(&folder.path().join("out.duly")), None);
        for outside in ["...out", "..", "", "ru..norm", "ru/aid/norm", "/etc/passwd", "ru.aid"] {
            assert_eq!(library.path_for(outside), None, "{outside}");
        }
        assert_eq!(library.source("ru.aid.norm").unwrap().name, "norm.duly");
        assert!(library.calendar("ru").is_none());
        assert!(library.calendar("../calendars/ru").is_none());
        assert!(matches!(library.take_problems().as_slice(), [Problem::Unusable(name, _)] if name == "ru"));

        // Without a library of its own a policy finds the one that it lies in.
        let place = Place { given: None };
        let found = place.for_file(&root.join("ru/aid/norm.duly"));
        assert_eq!(found.root().file_name(), root.file_name());
    }

    #[test]
    fn bytes_that_do_not_fit_keep_their_room() {
        assert_eq!(with_blanks(b"a\xd0\xffb\xd0\xb0\xf0\x9f"), "a  bа  ");
    }
}
