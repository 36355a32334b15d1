//! Builds the server again when the web build has changed the files that are embedded in it.

fn main() {
    println!("cargo::rerun-if-changed=../target/site");
}
