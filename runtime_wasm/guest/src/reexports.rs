//! Where a `pub use` stands that Rune cannot follow: of its mistake, Rune says neither file nor place.
//!
//! Rune hands on what it has compiled to a function or a constant: of types, those that are made by a call or by their
//! name alone, and nothing of the host's.

use rune::{Hash, ItemBuf};

use crate::compile::Diagnostic;
use crate::files::File;
use crate::items::ItemKind;
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span};
use crate::uses::{import_parts, imported, path_around};

/// The error at the import that it is about, if that can be told; else as it is.
pub fn placed(error: &Diagnostic, files: &[File]) -> Diagnostic {
    let mut placed = error.clone();
    if error.kind == "MissingFunctionHash" {
        let imports = public_imports(files);
        let is_meant = |import: &&Import| {
            import
                .hash
                .is_some_and(|hash| error.message.contains(&hash.to_string()))
        };
        let only = imports.first().filter(|_| imports.len() == 1);
        if let Some(import) = imports.iter().find(is_meant).or(only) {
            placed.file = import.file;
            placed.span = import.span;
        }
    }
    placed
}

struct Import {
    file: usize,
    span: Span,
    /// That of the item which it leads to, taken by its words.
    hash: Option<Hash>,
}

fn public_imports(files: &[File]) -> Vec<Import> {
    let mut found = Vec::new();
    for (index, file) in files.iter().enumerate() {
        for item in file
            .items
            .iter()
            .filter(|item| item.kind == ItemKind::Use && item.public)
        {
            let module = path_around(file, item);
            for (_, leaf) in imported(file.tree.node(item.node), &file.text) {
                found.push(Import {
                    file: index,
                    span: leaf.span(),
                    hash: target(leaf, module.clone(), &file.text)
                        .map(|item| Hash::type_hash(&item)),
                });
            }
        }
    }
    found
}

/// The path from the root of the script that an import in a module leads to; None if a name in it is the host's.
fn target(leaf: NodeRef<'_>, module: Vec<String>, text: &str) -> Option<ItemBuf> {
    let mut path = module;
    for part in import_parts(leaf) {
        match part.kind() {
            CrateKeyword => path.clear(),
            SuperKeyword => drop(path.pop()),
            Identifier => path.push(part.text(text).to_owned()),
            _ => {}
        }
    }
    let mut item = ItemBuf::new();
    for name in &path {
        item.push(name.as_str()).ok()?;
    }
    Some(item)
}
