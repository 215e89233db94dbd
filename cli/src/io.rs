//! Files and terminal: reading with a bound, writing whole or not at all.

use crate::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once, PoisonError};
use tempfile::NamedTempFile;

/// The largest policy, calendar or file of cases.
pub const MAX_POLICY: u64 = 4 << 20;
/// The largest artefact, as the engine has it, and a little more for it to refuse.
pub const MAX_ARTEFACT: u64 = (8 << 20) + 128;

/// Reads a file of at most `limit` bytes; of a larger one no more than that.
///
/// # Errors
/// It cannot be read, or is larger.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let shown = path.display().to_string();
    let cannot = |cause| Error::Read { path: shown.clone(), cause };
    let file = File::open(path).map_err(cannot)?;
    read_bounded(file, &shown, limit)
}

/// Does a file begin with these bytes? An empty one begins with anything.
///
/// # Errors
/// It cannot be read.
pub fn begins_with(path: &Path, bytes: &[u8]) -> Result<bool, Error> {
    let cannot = |cause| Error::Read { path: path.display().to_string(), cause };
    let mut first = Vec::new();
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    File::open(path).map_err(cannot)?.take(most).read_to_end(&mut first).map_err(cannot)?;
    Ok(first.is_empty() || first == bytes)
}

/// Reads standard input to its end, at most `limit` bytes.
///
/// # Errors
/// It cannot be read, or is larger.
pub fn read_stdin(limit: u64) -> Result<Vec<u8>, Error> {
    if io::stdin().is_terminal() {
        note("reading from the terminal; finish with Ctrl-D on a line of its own");
    }
    read_bounded(io::stdin().lock(), "standard input", limit)
}

fn read_bounded(from: impl Read, shown: &str, limit: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes).map_err(|cause| Error::Read { path: shown.into(), cause })?;
    if bytes.len() as u64 > limit {
        return Err(Error::TooLarge { path: shown.into(), limit: format!("{} MiB", limit >> 20) });
    }
    Ok(bytes)
}

/// UTF-8 text; a byte order mark in front is dropped.
///
/// # Errors
/// A byte does not fit.
pub fn text(bytes: Vec<u8>, shown: &str) -> Result<String, Error> {
    let mut text = String::from_utf8(bytes)
        .map_err(|e| Error::NotText { path: shown.into(), at: e.utf8_error().valid_up_to() + 1 })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// The files under a folder whose names end in `ending`, sorted; a file given by name is taken as it is.
///
/// # Errors
/// A folder cannot be read.
pub fn files_under(path: &Path, ending: &str) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    collect(path, ending, 0, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, ending: &str, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Error> {
    let cannot = |cause| Error::Read { path: path.display().to_string(), cause };
    if !fs::metadata(path).map_err(cannot)?.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // Linked folders are not entered: a link can lead in a circle.
        let is_folder = entry.file_type().map_err(cannot)?.is_dir();
        if is_folder && depth < 32 && !name.starts_with('.') {
            collect(&entry.path(), ending, depth + 1, found)?;
        } else if !is_folder && name.ends_with(ending) && entry.path().is_file() {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// A line for the person at the terminal.
pub fn note(text: &str) {
    // Nobody is left to be told where this fails.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Text safe for a terminal: characters that steer it are shown as `�`.
#[must_use]
pub fn tame(text: &str) -> String {
    let steers = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

/// The path of the output that is being written; removed when the program is interrupted.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);
static ON_INTERRUPT: Once = Once::new();

/// An output that appears whole or not at all.
pub enum Output {
    /// Standard output.
    Stdout(BufWriter<io::Stdout>),
    /// Something that cannot be replaced, such as `/dev/null` or a named pipe.
    Direct(BufWriter<File>, PathBuf),
    /// A file beside the one to be written, which takes its name at the end.
    Beside(BufWriter<NamedTempFile>, PathBuf),
}

impl Output {
    /// Standard output, or a file.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn to(path: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = path.filter(|p| p.as_os_str() != "-") else {
            return Ok(Self::Stdout(BufWriter::new(io::stdout())));
        };
        let cannot = |cause| Error::Write { path: path.display().to_string(), cause };
        // A link is followed, so that what it points to is written.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let there = fs::metadata(&target).ok();
        if there.as_ref().is_some_and(|m| !m.is_file() && !m.is_dir()) {
            let file = File::options().write(true).open(&target).map_err(cannot)?;
            return Ok(Self::Direct(BufWriter::new(file), path.to_owned()));
        }
        if there.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(cannot(io::ErrorKind::IsADirectory.into()));
        }
        let folder = match target.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        fs::metadata(folder).map_err(cannot)?;
        // The bare cause: the name of the file beside it says nothing to anyone.
        let beside = beside(folder, there.as_ref());
        let file = beside.map_err(|e| cannot(e.kind().into()))?;
        remove_when_interrupted(file.path());
        Ok(Self::Beside(BufWriter::new(file), target))
    }

    /// Finishes: the file takes its name.
    ///
    /// # Errors
    /// The last bytes cannot be written, or the file cannot take its name.
    pub fn finish(self) -> Result<(), Error> {
        match self {
            Self::Stdout(mut out) => Ok(out.flush()?),
            Self::Direct(mut out, path) => {
                out.flush().map_err(|cause| Error::Write { path: path.display().to_string(), cause })
            }
            Self::Beside(out, path) => {
                let cannot = |cause| Error::Write { path: path.display().to_string(), cause };
                let file = out.into_inner().map_err(|e| cannot(e.into_error()))?;
                file.persist(&path).map_err(|e| cannot(e.error))?;
                *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = None;
                Ok(())
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Direct(out, _) => out.write(bytes),
            Self::Beside(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Direct(out, _) => out.flush(),
            Self::Beside(out, _) => out.flush(),
        }
    }
}

/// A file with a name of its own in the folder, readable to those who may read the one it replaces.
fn beside(folder: &Path, replaced: Option<&fs::Metadata>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".duly-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    if let Some(replaced) = replaced {
        fs::set_permissions(file.path(), replaced.permissions())?;
    }
    Ok(file)
}

fn remove_when_interrupted(path: &Path) {
    *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
    ON_INTERRUPT.call_once(|| {
        // Without a handler an interrupt still ends the program; only the unfinished file would stay.
        let _ = ctrlc::set_handler(|| {
            let unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(path) = unfinished.as_deref() {
                let _ = fs::remove_file(path);
            }
            std::process::exit(130);
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_that_is_dropped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        let mut out = Output::to(Some(&path)).unwrap();
        out.write_all(b"half").unwrap();
        drop(out);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let mut out = Output::to(Some(&path)).unwrap();
        out.write_all(b"whole").unwrap();
        out.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
    }

    #[test]
    fn a_large_file_is_refused() {
        let big = io::repeat(b'x');
        assert!(matches!(read_bounded(big, "x", 1 << 20), Err(Error::TooLarge { .. })));
    }

    #[test]
    fn text_cannot_steer_the_terminal() {
        assert_eq!(tame("a\u{1b}[31mb\u{202e}c\n"), "a\u{fffd}[31mb\u{fffd}c\n");
    }
}
