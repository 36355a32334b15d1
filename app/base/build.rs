//! Builds this crate again when a text has changed: the macro that reads them cannot say that it did.

fn main() {
    println!("cargo::rerun-if-changed=locales");
}
