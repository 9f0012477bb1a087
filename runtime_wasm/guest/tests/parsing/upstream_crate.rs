//! Where cargo has put the source of Rune.

use std::path::PathBuf;
use std::process::Command;

/// The folder of the crate `rune` that the workspace is built with.
pub fn upstream() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo can be run");
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"]
        .as_array()
        .expect("the metadata lists packages");
    let is_rune =
        |package: &&serde_json::Value| package["name"] == "rune" && package["version"] == "0.14.2";
    let rune = packages
        .iter()
        .find(is_rune)
        .expect("rune 0.14.2 is a dependency");
    let manifest = rune["manifest_path"]
        .as_str()
        .expect("a package has a path");
    PathBuf::from(manifest)
        .parent()
        .expect("a manifest is in a folder")
        .to_path_buf()
}
