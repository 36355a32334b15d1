//! Texts are read while the crate is compiled, so a changed text compiles it again.
fn main() {
    println!("cargo::rerun-if-changed=locales");
}
