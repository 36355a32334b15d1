//! Lists the files of the question bank and of the golden set, so that they are embedded and a new or changed file triggers a rebuild.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    embed("questions")?;
    embed("golden")
}

/// Writes `<folder>_files.rs`: the path below the folder and the text of each of its files.
fn embed(folder: &str) -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("..").join(folder);
    println!("cargo:rerun-if-changed={}", root.display());

    let mut paths = Vec::new();
    collect(&root, &root, &mut paths)?;
    paths.sort();

    let mut code = String::from("&[\n");
    for path in &paths {
        let full = fs::canonicalize(root.join(path))?;
        let name = path.to_string_lossy().replace('\\', "/");
        let _ = writeln!(code, "    ({name:?}, include_str!({full:?})),");
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join(format!("{folder}_files.rs")), code)
}

fn collect(root: &Path, folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, paths)?;
        } else if path.extension().is_some_and(|end| end == "md" || end == "toml")
            && let Ok(relative) = path.strip_prefix(root)
        {
            paths.push(relative.to_owned());
        }
    }
    Ok(())
}
