//! `duly build`: policies as artefacts.

use crate::error::Error;
use crate::library::Place;
use crate::{human, io, policy};
use duly::program::encoding::MAGIC;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What `duly build` is told.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  \
    duly build ru.hearing_aid.compensation -o compensation.dulyc\n  \
    duly build policies/ru/hearing_aid/*.duly -o artefacts/")]
pub struct Arguments {
    /// Policies: dotted names or paths
    #[arg(value_name = "POLICY", required = true)]
    policies: Vec<String>,
    /// The file to write; for several policies a folder
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Builds artefacts and tells their digests; 1 when a policy does not check.
///
/// # Errors
/// A policy cannot be read, or an artefact cannot be written.
pub fn run(arguments: &Arguments, place: &Place) -> Result<u8, Error> {
    let folder = arguments.output.is_dir();
    if arguments.policies.len() > 1 && !folder {
        return Err(Error::NotAFolder {
            path: arguments.output.display().to_string(),
            count: arguments.policies.len(),
        });
    }
    let mut code = 0;
    let mut built: Vec<String> = Vec::new();
    for named in &arguments.policies {
        let loaded = match policy::load(named, place) {
            Ok(loaded) => loaded,
            Err(error @ Error::Policy { .. }) => {
                crate::tell(&error);
                code = 1;
                continue;
            }
            Err(error) => return Err(error),
        };
        for warning in &loaded.warnings {
            io::note(&warning.human(human::width()));
        }
        let name = &loaded.policy.program().name;
        if built.contains(name) {
            return Err(Error::SameName { name: name.clone() });
        }
        built.push(name.clone());
        let path = if folder { arguments.output.join(format!("{name}.dulyc")) } else { arguments.output.clone() };
        write(&loaded.policy, &path)?;
        let mut out = io::Output::to(None)?;
        writeln!(out, "{}  {}", loaded.policy.digest(), path.display())?;
        out.finish()?;
    }
    Ok(code)
}

fn write(policy: &duly::Policy, path: &Path) -> Result<(), Error> {
    let shown = path.display().to_string();
    if path.is_file() && !io::begins_with(path, MAGIC)? {
        return Err(Error::NoArtefact { path: shown });
    }
    let bytes = policy.to_artefact().map_err(|cause| Error::Artefact { path: shown.clone(), cause })?;
    let mut out = io::Output::to(Some(path))?;
    out.write_all(&bytes).map_err(|cause| Error::Write { path: shown, cause })?;
    out.finish()
}
