//! `cargo xtask web`: lays out the pre-check page in `wasm/dist/` and serves it on this machine alone.

mod serve;

use crate::{cargo, say};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A policy as the page lists it.
#[derive(Serialize)]
struct Listed {
    name: String,
    /// By locale.
    titles: BTreeMap<String, String>,
    locales: Vec<String>,
}

/// The list of policies.
#[derive(Serialize)]
struct Library {
    policies: Vec<Listed>,
}

/// Lays the page out; serves it unless it is only to be built.
///
/// # Errors
/// Something is missing or cannot be written, or the port is taken.
pub fn web(arguments: &[String]) -> Result<(), String> {
    let dist = lay_out()?;
    let wanted = arguments.first().map(String::as_str);
    match wanted {
        Some("--build") => Ok(()),
        None => serve::serve(&dist, 8737),
        Some(port) => {
            let port =
                port.parse().map_err(|_| format!("`{port}` is no port; say `cargo xtask web [--build | PORT]`"))?;
            serve::serve(&dist, port)
        }
    }
}

/// The page, the engine, every policy, and what the service worker keeps.
fn lay_out() -> Result<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default();
    let package = root.join("wasm/pkg/evaluate");
    if !package.join("index.js").is_file() {
        cargo(["xtask", "wasm"])?;
    }
    let dist = root.join("wasm/dist");
    if dist.exists() {
        fs::remove_dir_all(&dist).map_err(|e| problem(&dist, &e))?;
    }
    copy(&root.join("wasm/web"), &dist, &|_| true)?;
    copy(&package, &dist.join("package"), &|name| {
        !name.contains("node") && (name.ends_with(".js") || name.ends_with(".wasm"))
    })?;
    policies(&root, &dist)?;
    version(&dist)?;
    say(&format!("the page is in {}", dist.display()));
    Ok(dist)
}

/// Builds every policy of the library and lists them.
fn policies(root: &Path, dist: &Path) -> Result<(), String> {
    let folder = dist.join("policies");
    fs::create_dir_all(&folder).map_err(|e| problem(&folder, &e))?;
    let mut named = files(&root.join("policies"))?;
    named.retain(|path| path.extension().is_some_and(|e| e == "duly") && is_policy(path));
    let paths = named.iter().map(|p| p.display().to_string());
    let output = folder.display().to_string();
    let build = ["run", "--quiet", "-p", "duly-cli", "--", "build", "-o", &output].map(String::from);
    cargo(build.into_iter().chain(paths))?;
    let policies = files(&folder)?.iter().map(|path| listed(path)).collect::<Result<_, _>>()?;
    let list = serde_json::to_vec(&Library { policies }).map_err(|e| e.to_string())?;
    write(&dist.join("library.json"), &list)
}

/// Parts are imported by policies and decide nothing themselves.
fn is_policy(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text.lines().any(|line| line.starts_with("policy ")))
}

fn listed(path: &Path) -> Result<Listed, String> {
    let policy = duly::Policy::from_artefact(&read(path)?).map_err(|e| format!("{}: {e}", path.display()))?;
    let program = policy.program();
    let titles = program.locales.iter().cloned().zip(program.title.iter().cloned()).collect();
    Ok(Listed { name: program.name.clone(), titles, locales: program.locales.clone() })
}

/// Tells the service worker what to keep, and a version that changes with any byte of it.
fn version(dist: &Path) -> Result<(), String> {
    let mut digest = Sha256::new();
    let mut kept = vec!["./".to_owned()];
    for path in files(dist)? {
        let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        digest.update(&name);
        digest.update(read(&path)?);
        if name != "sw.js" && name != "index.html" {
            kept.push(name);
        }
    }
    write(&dist.join("files.json"), &serde_json::to_vec(&kept).map_err(|e| e.to_string())?)?;
    let version: String = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let worker = dist.join("sw.js");
    let text = String::from_utf8(read(&worker)?).map_err(|e| e.to_string())?;
    write(&worker, text.replace("'unversioned'", &format!("'{version}'")).as_bytes())
}

/// Copies the files of a folder whose names are wanted.
fn copy(from: &Path, to: &Path, is_wanted: &dyn Fn(&str) -> bool) -> Result<(), String> {
    for path in files(from)? {
        let name = path.strip_prefix(from).unwrap_or(&path);
        if is_wanted(&name.to_string_lossy()) {
            write(&to.join(name), &read(&path)?)?;
        }
    }
    Ok(())
}

/// Every file of a folder and of those below, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| problem(folder, &e))? {
        let path = entry.map_err(|e| problem(folder, &e))?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|e| problem(path, &e))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| problem(folder, &e))?;
    }
    fs::write(path, bytes).map_err(|e| problem(path, &e))
}

fn problem(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
