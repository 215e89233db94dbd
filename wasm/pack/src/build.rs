//! From the crate to a small `.wasm` with its JavaScript.

use crate::command::{need, output, run};
use crate::root;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// What the compiler may use; the optimizer wants each by its name, and every one of them runs in Node 20.
const FEATURES: [&str; 4] =
    ["--enable-bulk-memory", "--enable-mutable-globals", "--enable-nontrapping-float-to-int", "--enable-sign-ext"];

/// What the compiler could use and the optimizer of Debian 12 garbles: tables of JavaScript's values, several results.
const AVOIDED: [&str; 2] = ["reference-types", "multivalue"];

/// A digest is taken once for each policy: its loops need not be unrolled.
const SMALL_DIGEST: &str = "--cfg sha2_backend=\"soft\" --cfg sha2_backend_soft=\"compact\"";

/// Makes the target and the optimizer ready.
///
/// # Errors
/// They are missing and cannot be installed.
pub fn prepare() -> Result<(), String> {
    if !output("rustup", &["target", "list", "--installed"])?.lines().any(|l| l == TARGET) {
        run(Command::new("rustup").args(["target", "add", TARGET]))?;
    }
    need("wasm-opt", "binaryen")
}

/// Compiles the crate with or without the compiler of policies; gives the compiler's own `.wasm`.
///
/// # Errors
/// It does not compile.
pub fn compile(variant: &str) -> Result<PathBuf, String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--package", "duly-wasm", "--profile", "wasm", "--target", TARGET, "--target-dir", "target"]);
    let without = AVOIDED.map(|feature| format!("-{feature}")).join(",");
    let flags = format!("-Ctarget-feature={without} {SMALL_DIGEST}");
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    if variant == "full" {
        cargo.args(["--features", "full"]);
    }
    run(&mut cargo)?;
    let built = root().join("target").join(TARGET).join("wasm/duly_wasm.wasm");
    let kept = root().join("target/npm").join(variant).with_extension("wasm");
    let folder = kept.parent().unwrap_or(&kept);
    std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    std::fs::copy(&built, &kept).map_err(|e| format!("{}: {e}", built.display()))?;
    Ok(kept)
}

/// Writes `raw.js` and `raw_bg.wasm` into a folder.
///
/// # Errors
/// The `.wasm` cannot be read or written.
pub fn bind(wasm: &Path, folder: &Path) -> Result<(), String> {
    let mut bytes = std::fs::read(wasm).map_err(|e| format!("{}: {e}", wasm.display()))?;
    AVOIDED.iter().for_each(|feature| avoid(&mut bytes, feature));
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("raw", bytes).out_name("raw").typescript(false).omit_default_module_path(false);
    bindgen.remove_producers_section(true);
    bindgen.web(true).and_then(|b| b.generate(folder)).map_err(|e| e.to_string())
}

/// Turns a feature that the standard library says it uses into one that the bindings shall not use.
fn avoid(wasm: &mut [u8], feature: &str) {
    let mut told = vec![b'+', u8::try_from(feature.len()).unwrap_or(0)];
    told.extend_from_slice(feature.as_bytes());
    let place = wasm.windows(told.len()).rposition(|w| w == told);
    if let Some(sign) = place.and_then(|at| wasm.get_mut(at)) {
        *sign = b'-';
    }
}

/// Makes a `.wasm` smaller, in its place.
///
/// # Errors
/// The optimizer fails.
pub fn shrink(wasm: &Path) -> Result<(), String> {
    let mut optimizer = Command::new("wasm-opt");
    optimizer.args(["-Oz", "--strip-debug", "--strip-producers"]).args(FEATURES);
    run(optimizer.arg(wasm).arg("-o").arg(wasm))
}
