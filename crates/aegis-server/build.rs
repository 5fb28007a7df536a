//! Sees to it that the folder of the built console is there, if only empty: what lies in it is embedded in a release
//! build and read from disk in a debug build. Never builds the console: `make` does.

use std::path::Path;

fn main() {
    let manifest = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let dist = Path::new(&manifest).join("../../web/dist");
    // A read-only checkout is fine, too: then the page says that the console is not built in.
    let _ = std::fs::create_dir_all(&dist);
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo:rerun-if-changed={}", dist.display());
    }
}
