//! The modules that items stand in.

use std::collections::HashMap;

use crate::files::File;
use crate::items::{Item, ItemKind};

/// Of each module, by its path, whether it is public.
pub fn public_modules(files: &[File]) -> HashMap<Vec<String>, bool> {
    let mut found = HashMap::new();
    for file in files {
        let modules = file.items.iter();
        for item in modules.filter(|item| item.kind == ItemKind::Module) {
            let mut path = path_around(file, item);
            path.push(item.name.clone());
            found.insert(path, item.public);
        }
    }
    found
}

/// The names of the modules around an item, the outermost first.
pub fn path_around(file: &File, item: &Item) -> Vec<String> {
    let mut names = Vec::new();
    let mut parent = item.parent;
    while let Some(around) = parent.map(|parent| &file.items[parent]) {
        if around.kind == ItemKind::Module {
            names.push(around.name.clone());
        }
        parent = around.parent;
    }
    names.reverse();
    let mut path = file.module.clone();
    path.extend(names);
    path
}

/// Whether all modules around the item are public.
pub fn is_reachable(file: &File, item: &Item, modules: &HashMap<Vec<String>, bool>) -> bool {
    let path = path_around(file, item);
    (1..=path.len()).all(|length| modules.get(&path[..length]).copied().unwrap_or(true))
}
