//! Where the files of `mod name;` declarations are looked for.

/// The folder of a path, with its final `/`, or nothing.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// The paths at which Rune looks for a module's file, in order. Whatever file declares it, they lie below the folder of
/// the script itself; `module` is the whole path of the module, such as `["plants", "seeds"]`.
pub fn candidates(script: &str, module: &[String]) -> Vec<String> {
    let base = format!("{}{}", folder(script), module.join("/"));
    vec![format!("{base}/mod.rn"), format!("{base}.rn")]
}

#[cfg(test)]
mod tests {
    use super::candidates;

    #[test]
    fn modules_lie_below_the_folder_of_the_script() {
        let module = ["plants".to_owned(), "seeds".to_owned()];
        assert_eq!(
            candidates("kiln/main.rn", &module[..1]),
            ["kiln/plants/mod.rn", "kiln/plants.rn"]
        );
        assert_eq!(
            candidates("main.rn", &module),
            ["plants/seeds/mod.rn", "plants/seeds.rn"]
        );
    }
}
