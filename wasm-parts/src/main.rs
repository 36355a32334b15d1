//! Cuts the WASM of Daedap into the parts that pages load, and writes the scripts that load them:
//!
//! `wasm-parts INPUT.wasm OUTPUT_FOLDER NAME`
//!
//! The same two steps as in `cargo leptos build --split`, by the same two libraries. That program takes longer to build than Daedap
//! itself, so it is kept for `make dev`, where its live reload is needed.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, anyhow, ensure};
use wasm_bindgen_cli_support::Bindgen;

/// The script that loads the parts. Leptos writes its name into the document.
const LOADER: &str = "./__wasm_split.______________________.js";

/// Which part needs which files: read by the server, for its hints to browsers.
const MANIFEST: &str = "__wasm_split_manifest.json";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, folder, name] = arguments.as_slice() else {
        return Err(anyhow!("usage: wasm-parts INPUT.wasm OUTPUT_FOLDER NAME"));
    };
    let folder = Path::new(folder);
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let main = split(Path::new(input), folder, name)?;
    bind(&main, folder, name)
}

/// Cuts the module and returns the file of what every page needs, which still has to be bound.
fn split(input: &Path, folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let module = fs::read(input).with_context(|| format!("reading {}", input.display()))?;
    let main = input.with_extension("main.wasm");
    let script = format!("./{name}.js");
    let mut options = wasm_split_cli_support::Options::new(&module);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &script;
    options.link_name = LOADER;
    // Its error type comes from another library.
    let parts =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting: {error:#}"))?;
    ensure!(!parts.split_modules.is_empty(), "there is nothing to split: was it linked with --emit-relocs?");
    fs::write(folder.join(MANIFEST), serde_json::to_string_pretty(&parts.prefetch_map)?)?;
    Ok(main)
}

/// Writes `NAME.js` and `NAME.wasm`.
fn bind(main: &Path, folder: &Path, name: &str) -> anyhow::Result<()> {
    Bindgen::new()
        .input_path(main)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .demangle(false)
        .keep_lld_exports(true)
        .generate(folder)
        .context("binding")?;
    // The name that Leptos asks for.
    fs::rename(folder.join(format!("{name}_bg.wasm")), folder.join(format!("{name}.wasm")))?;
    Ok(())
}
