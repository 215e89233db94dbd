//! What can go wrong outside the engine: the cause in plain words, and a way out.

use crate::report::Finding;
pub use duly::diagnostic::counted as count;
use std::io;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder cannot be read.
    #[error("`{path}` cannot be read: {cause}")]
    Read {
        /// The path as it was given.
        path: String,
        /// What the system says.
        cause: io::Error,
    },
    /// A file cannot be written.
    #[error("`{path}` cannot be written: {cause}")]
    Write {
        /// The path as it was given.
        path: String,
        /// What the system says.
        cause: io::Error,
    },
    /// The terminal or pipe takes nothing more.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    /// A file is larger than such a file may be.
    #[error("`{path}` is larger than {limit}, the most that is read")]
    TooLarge {
        /// The path as it was given.
        path: String,
        /// The limit in words.
        limit: String,
    },
    /// An application's file is not text.
    #[error("`{path}` is not UTF-8 text: byte {at} does not fit")]
    NotText {
        /// The path as it was given.
        path: String,
        /// The first byte that does not fit, from 1.
        at: usize,
    },
    /// A YAML file cannot be read.
    #[error("`{path}` is not readable YAML: {cause}")]
    Yaml {
        /// The path as it was given.
        path: String,
        /// What is wrong, and where.
        cause: String,
    },
    /// A calendar says something that does not fit.
    #[error("the calendar `{path}` is not right: {cause}")]
    Calendar {
        /// The path of the calendar.
        path: String,
        /// What is wrong.
        cause: String,
    },
    /// A file of cases says something that does not fit.
    #[error("the cases in `{path}` are not right: {cause}")]
    Cases {
        /// The path of the cases.
        path: String,
        /// What is wrong.
        cause: String,
    },
    /// A folder of cases without any.
    #[error("there are no cases in {places}")]
    NoCases {
        /// Where they were looked for.
        places: String,
    },
    /// A folder to check without any policy.
    #[error("there are no policies in `{path}`")]
    NoPolicies {
        /// Where they were looked for.
        path: String,
    },
    /// A compiled policy where a text is asked for.
    #[error("`{path}` is a compiled policy: it was checked when it was built")]
    Compiled {
        /// Its path.
        path: String,
    },
    /// The library's folder is not there.
    #[error("there is no library at `{path}`")]
    NoLibrary {
        /// Its path.
        path: String,
    },
    /// The library has no policy of this name.
    #[error("the library `{library}` has no policy `{name}`{}", did_you_mean(.nearest.as_deref()))]
    NoPolicy {
        /// The name asked for.
        name: String,
        /// Where it was looked for.
        library: String,
        /// The name that may have been meant.
        nearest: Option<String>,
    },
    /// The text is a part that others import.
    #[error("`{path}` is a part for other policies to import, not a policy that decides")]
    IsPart {
        /// Its path.
        path: String,
    },
    /// The policy does not check.
    #[error("`{path}` does not check: {}", crate::report::summary(.findings))]
    Policy {
        /// Its path.
        path: String,
        /// What was found.
        findings: Vec<Finding>,
    },
    /// The artefact is refused.
    #[error("`{path}` cannot be used: {cause}")]
    Artefact {
        /// Its path.
        path: String,
        /// Why.
        cause: duly::ArtefactError,
    },
    /// The application does not fit the policy; every problem is listed.
    #[error("`{path}` does not fit the policy {policy}: {}", count(.problems.len(), "problem"))]
    Input {
        /// The path of the application.
        path: String,
        /// The policy's name.
        policy: String,
        /// What does not fit.
        problems: Vec<duly::InputProblem>,
    },
    /// Nothing was decided for another cause.
    #[error("{0}")]
    Decide(duly::DecideError),
    /// An artefact would take the place of something else.
    #[error("`{path}` is there and is no compiled policy: nothing was written")]
    NoArtefact {
        /// The path given.
        path: String,
    },
    /// Several policies need a folder.
    #[error("`{path}` is not a folder, and {count} policies do not go into one file")]
    NotAFolder {
        /// The path given.
        path: String,
        /// How many policies there are.
        count: usize,
    },
    /// Two policies would be written to one file.
    #[error("two of the policies are both called `{name}`")]
    SameName {
        /// Their name.
        name: String,
    },
}

impl Error {
    /// A way out, where the message does not already say it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NotText { .. } => "save the file as UTF-8".into(),
            Self::NoCases { .. } => "cases stand beside a policy: NAME.cases.yaml for NAME.duly".into(),
            Self::NoPolicies { .. } => "policies are files that end in .duly".into(),
            Self::NoArtefact { path } => {
                let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
                format!("name another file, such as `{stem}.dulyc`, or remove this one first")
            }
            Self::Compiled { .. } => "name the text it was built from, a file that ends in .duly".into(),
            Self::Input { problems, .. } if is_no_json(problems) => {
                "write the claim as JSON, or as YAML in a file that ends in .yaml or .yml".into()
            }
            Self::NoLibrary { .. } => "name the folder with --library DIR or in the variable DULY_LIBRARY".into(),
            Self::NoPolicy { name, .. } if std::path::Path::new(&format!("{name}.duly")).is_file() => {
                format!("for the file beside write its whole name: `{name}.duly`")
            }
            Self::NoPolicy { name, .. } if std::path::Path::new(name).is_dir() => {
                format!("`{name}` is a folder: name one policy in it")
            }
            Self::Artefact { path, .. } if !path.ends_with(".dulyc") => {
                "policies are dotted names and files that end in .duly or .dulyc; the claim is named by `--input FILE`"
                    .into()
            }
            Self::NoPolicy { nearest: None, .. } => {
                "give a dotted name in the library, or the path of a .duly or .dulyc file".into()
            }
            Self::IsPart { .. } => "name a policy that imports it; `duly check` checks parts as well".into(),
            Self::NotAFolder { .. } => "make the folder first and name it with -o, or build them one by one".into(),
            Self::SameName { .. } => "give each a name of its own, or take them one at a time".into(),
            Self::Yaml { .. } if self.to_string().contains("repetition limit") => {
                "write the values out instead of repeating them by aliases".into()
            }
            _ => return None,
        })
    }

    /// Did the reader of our output just go away?
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        match self {
            Self::Output(cause) | Self::Write { cause, .. } => cause.kind() == io::ErrorKind::BrokenPipe,
            _ => false,
        }
    }
}

fn is_no_json(problems: &[duly::InputProblem]) -> bool {
    problems.iter().any(|p| p.code == "I701")
}

/// The end of a message that tells the name that may have been meant.
#[must_use]
pub fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |n| format!("; did you mean `{n}`?"))
}
