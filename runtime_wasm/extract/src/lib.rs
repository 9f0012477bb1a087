//! Reads the Rust source of crates that bind types and functions for Rune scripts, and writes what they bind as stubs.
//!
//! ```no_run
//! let extraction = runekiln_extract::extract(std::path::Path::new("host"), &Default::default())?;
//! for (krate, text) in runekiln_extract::stubs(&extraction.bindings) {
//!     std::fs::write(format!("{krate}.rni"), text).map_err(|error| error.to_string())?;
//! }
//! # Ok::<_, String>(())
//! ```

mod build;
mod constants;
mod disk;
mod features;
mod files;
mod foreign;
mod functions;
mod host_types;
mod imports;
mod index;
mod macro_rules;
mod macros;
mod numbers;
mod placed;
mod protocols;
mod recorded;
mod recorded_rows;
mod reexports;
mod registration;
mod rune_attributes;
mod rune_calls;
mod rune_choices;
mod rune_constants;
mod rune_handed;
mod rune_members;
mod rune_modules;
mod rune_opened;
mod rune_rows;
mod rune_types;
mod rune_words;
mod rust_types;
mod says;
mod scope;
mod settle;
mod several;
mod shorten;
mod source;
mod trait_handlers;
mod traits;
mod undecided;
mod write;
mod write_rows;

// The bindings crate has the same files. It is not a dependency: it would bring Rune, of which nothing is needed here.
#[allow(dead_code)] // The guest asks for the protocol of an operator, the extractor the other way.
#[path = "../../bindings/src/assignments.rs"]
mod assignments;
#[path = "../../bindings/src/documentation.rs"]
mod documentation;
#[path = "../../bindings/src/signature.rs"]
mod signature;
#[path = "../../bindings/src/table.rs"]
pub mod table;

use std::path::Path;

pub use disk::on_disk;
pub use features::Chosen;
pub use files::Files;
pub use undecided::Undecided;
pub use write::stubs;

use index::Index;
use table::Bindings;
use undecided::Undecideds;

/// What crates bind, and what of it could not be decided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// Modules, types, functions and attributes in the order of their names.
    pub bindings: Bindings,
    pub undecided: Vec<Undecided>,
    /// The innermost folder around all crates, from which the paths of files are told.
    pub folder: String,
}

/// Reads the crate in a folder of this machine, as `extract_from` does.
pub fn extract(folder: &Path, chosen: &Chosen) -> Result<Extraction, String> {
    let folder = folder.to_string_lossy().replace('\\', "/");
    extract_from(&on_disk(), &[&folder], chosen)
}

/// Reads the crates in these folders, with the features that are chosen. What one of them declares is known in the others.
/// An error, in words, if there is no crate, or none with such a feature.
pub fn extract_from(
    files: &Files<'_>,
    folders: &[&str],
    chosen: &Chosen,
) -> Result<Extraction, String> {
    let folders: Vec<String> = folders.iter().map(|path| files::join("", path)).collect();
    let mut undecided = Undecideds::default();
    let modules = source::read_crates(files, &folders, chosen, &mut undecided)?;
    let index = Index::new(&modules);
    let mut bindings = Bindings::default();
    for module in &modules {
        recorded::read(&index, module, &mut bindings, &mut undecided);
    }
    rune_modules::read(&index, &modules, &mut bindings, &mut undecided);
    let mut unbound = rune_attributes::unbound(&modules);
    unbound.extend(index.foreign.paths().cloned());
    settle::settle(&mut bindings, unbound, &mut undecided);
    shorten::shorten(&mut bindings);
    sort(&mut bindings);
    Ok(Extraction {
        bindings,
        undecided: undecided.sorted(),
        folder: files::around(&folders),
    })
}

fn sort(bindings: &mut Bindings) {
    fn by_path<T>(rows: &mut [T], path: fn(&T) -> &String) {
        rows.sort_by(|one, other| path(one).cmp(path(other)));
    }
    by_path(&mut bindings.modules, |row| &row.path);
    by_path(&mut bindings.types, |row| &row.path);
    by_path(&mut bindings.traits, |row| &row.path);
    by_path(&mut bindings.attributes, |row| &row.name);
    let of_modules = bindings.modules.iter_mut().map(|row| &mut row.functions);
    let of_traits = bindings.traits.iter_mut().map(|row| &mut row.functions);
    let of_types = bindings.types.iter_mut().flat_map(|row| {
        row.traits.sort();
        row.traits.dedup();
        [&mut row.functions, &mut row.protocols]
    });
    for functions in of_modules.chain(of_traits).chain(of_types) {
        by_path(functions, |row| &row.name);
    }
}
