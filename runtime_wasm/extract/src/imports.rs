//! What the `use`s of a module bring.

use syn::{Item, UseTree};

use crate::source::RustModule;

/// A name, and the path that it stands for.
pub type Import = (String, Vec<String>);

/// The names that the `use`s of a module bring, `*` for all of a module, with the paths that they stand for.
pub fn imports(module: &RustModule) -> Vec<Import> {
    let mut found = Vec::new();
    for item in &module.items {
        if let Item::Use(item) = item {
            import(&item.tree, &mut Vec::new(), &mut found);
        }
    }
    found
}

fn import(tree: &UseTree, before: &mut Vec<String>, found: &mut Vec<Import>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            import(&path.tree, before, found);
            before.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            if let Some(last) = before.last() {
                found.push((last.clone(), before.clone()));
            }
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            found.push((name.clone(), [&**before, &[name]].concat()));
        }
        UseTree::Rename(rename) => {
            found.push((
                rename.rename.to_string(),
                [&**before, &[rename.ident.to_string()]].concat(),
            ));
        }
        UseTree::Glob(_) => found.push(("*".to_owned(), before.clone())),
        UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|tree| import(tree, before, found)),
    }
}
