//! The npm package as it is published.

use crate::{VARIANTS, build, root, say, types};
use std::fs;
use std::path::{Path, PathBuf};

/// What the entries of the full build offer beside those of the other.
const COMPILER: &str = "export { check, compile } from \"./compile.js\";\n";

/// The folder of the package.
#[must_use]
pub fn folder() -> PathBuf {
    root().join("wasm/pkg")
}

/// Builds both variants and lays the package out.
///
/// # Errors
/// Something cannot be built or written.
pub fn lay_out() -> Result<(), String> {
    build::prepare()?;
    let package = root().join("target/npm/pkg");
    if package.exists() {
        fs::remove_dir_all(&package).map_err(|e| format!("{}: {e}", package.display()))?;
    }
    for variant in VARIANTS {
        let folder = package.join(variant);
        let compiled = build::compile(variant)?;
        build::bind(&compiled, &folder)?;
        build::shrink(&folder.join("raw_bg.wasm"))?;
        copy_files(&root().join("wasm/js"), &folder)?;
        copy_files(&root().join("wasm/js").join(variant), &folder)?;
    }
    for entry in ["full/index.js", "full/node.js"] {
        append(&package.join(entry), COMPILER)?;
    }
    let write = |name: &str, text: String| {
        fs::write(package.join(name), text).map_err(|e| format!("{}: {e}", package.join(name).display()))
    };
    write("types.d.ts", types::declarations())?;
    write("package.json", include_str!("../../js/package.json").replace("0.0.0", env!("CARGO_PKG_VERSION")))?;
    write("README.md", include_str!("../../README.md").into())?;
    licences(&package)?;
    let place = folder();
    if place.exists() {
        fs::remove_dir_all(&place).map_err(|e| format!("{}: {e}", place.display()))?;
    }
    fs::rename(&package, &place).map_err(|e| format!("{}: {e}", place.display()))?;
    say(&format!("the package is in {}", place.display()));
    Ok(())
}

/// Copies the scripts and types of a folder, not those below it.
fn copy_files(from: &Path, to: &Path) -> Result<(), String> {
    let entries = fs::read_dir(from).map_err(|e| format!("{}: {e}", from.display()))?;
    for path in entries.filter_map(|e| e.ok().map(|e| e.path())) {
        let is_wanted = path.extension().is_some_and(|e| e == "js" || e == "ts");
        if let Some(name) = path.file_name().filter(|_| is_wanted) {
            fs::copy(&path, to.join(name)).map_err(|e| format!("{}: {e}", path.display()))?;
        }
    }
    Ok(())
}

/// The licences, where the repository has their texts.
fn licences(package: &Path) -> Result<(), String> {
    for name in ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE"] {
        let text = root().join(name);
        if text.exists() {
            fs::copy(&text, package.join(name)).map_err(|e| format!("{}: {e}", text.display()))?;
        }
    }
    Ok(())
}

fn append(file: &Path, line: &str) -> Result<(), String> {
    let text = fs::read_to_string(file).and_then(|text| fs::write(file, text + line));
    text.map_err(|e| format!("{}: {e}", file.display()))
}
