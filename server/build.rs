//! Builds the server again when the web build has changed the files that are embedded in it. While developing none are: they are read
//! from the disk.

fn main() {
    let developing = std::env::var("PROFILE").is_ok_and(|profile| profile == "debug");
    let changed = if developing { "build.rs" } else { "../target/site" };
    println!("cargo::rerun-if-changed={changed}");
}
