//! The package tried: in a new project, in Node, in Chromium; its sizes and its time to a first decision.

use crate::command::{need, run};
use crate::{package, root};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The claim whose first decision is measured; its policy lies beside it.
const MEASURED: &str = "policies/ru/hearing_aid/compensation.example.json";

/// Tests the package that was just laid out.
///
/// # Errors
/// What fails, or what is missing for it.
pub fn test() -> Result<(), String> {
    prepare()?;
    installed()?;
    sizes(None)?;
    let tests = ["test", "--workspace", "--test", "all", "--", "--ignored", "--nocapture", "parity"];
    run(Command::new("cargo").args(tests))
}

/// Prints sizes and times.
///
/// # Errors
/// Something is larger than allowed, or cannot be measured.
pub fn report() -> Result<(), String> {
    prepare()?;
    sizes(Some(MEASURED))
}

/// What the tests need and a fresh machine may lack.
fn prepare() -> Result<(), String> {
    need("node", "nodejs")?;
    need("npm", "npm")?;
    need("chromium", "chromium")?;
    let tests = root().join("wasm/tests");
    run(Command::new("npm")
        .args(["ci", "--silent", "--no-audit", "--no-fund", "--prefer-offline"])
        .arg("--prefix")
        .arg(tests))
}

/// Packs the package, installs it into a new project and decides a claim there, from a text and from its artefact.
fn installed() -> Result<(), String> {
    let project = fresh(&root().join("target/npm/project"))?;
    let at = |name: &str| project.join(name);
    let copied = [
        ("tests/readme/winter_grant.duly", "policy.duly"),
        ("tests/readme/claim.json", "claim.json"),
        ("wasm/tests/installed.mjs", "installed.mjs"),
    ];
    for (from, to) in copied {
        fs::copy(root().join(from), at(to)).map_err(|e| format!("{from}: {e}"))?;
    }
    artefact(&at("policy.duly"), &at("policy.dulyc"))?;
    fs::write(at("package.json"), "{ \"private\": true }\n").map_err(|e| format!("package.json: {e}"))?;
    let npm = || {
        let mut npm = Command::new("npm");
        npm.arg("--silent").arg("--prefix").arg(&project);
        npm
    };
    run(npm().arg("pack").arg(package::folder()).arg("--pack-destination").arg(&project))?;
    let packed = at(&format!("duly-{}.tgz", env!("CARGO_PKG_VERSION")));
    run(npm().args(["install", "--no-audit", "--no-fund", "--offline"]).arg(packed))?;
    run_in(&project, Command::new("node").arg("installed.mjs"))
}

/// The table of sizes, over artefacts made for it.
fn sizes(measured: Option<&str>) -> Result<(), String> {
    let folder = root().join("target/npm");
    let artefacts = fresh(&folder.join("policies"))?;
    for policy in policies(&root().join("policies"))? {
        let inside = policy.strip_prefix(root().join("policies")).unwrap_or(&policy).with_extension("dulyc");
        let name = inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, ".");
        artefact(&policy, &artefacts.join(name))?;
    }
    let mut report = Command::new("node");
    run(report.arg("wasm/tests/report.mjs").arg(&folder).args(measured))
}

/// Every policy below a folder; parts are none.
fn policies(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for path in entries.filter_map(|e| e.ok().map(|e| e.path())) {
        if path.is_dir() {
            found.extend(policies(&path)?);
        } else if path.extension().is_some_and(|e| e == "duly") {
            let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            found.extend(text.lines().any(|l| l.starts_with("policy ")).then_some(path));
        }
    }
    found.sort();
    Ok(found)
}

fn artefact(policy: &Path, artefact: &Path) -> Result<(), String> {
    let cargo = ["run", "--quiet", "--release", "--package", "duly-cli", "--", "build"];
    run(Command::new("cargo").args(cargo).arg(policy).arg("-o").arg(artefact))
}

/// An empty folder in the place of what was there.
fn fresh(folder: &Path) -> Result<PathBuf, String> {
    let cannot = |e| format!("{}: {e}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(cannot)?;
    }
    fs::create_dir_all(folder).map_err(cannot)?;
    Ok(folder.to_owned())
}

/// Runs a command in another folder than that of the workspace.
fn run_in(folder: &Path, command: &mut Command) -> Result<(), String> {
    let status = command.current_dir(folder).status().map_err(|e| format!("{}: {e}", folder.display()))?;
    if status.success() { Ok(()) } else { Err(format!("a command in {} failed", folder.display())) }
}
