//! The Rust files of crates, as modules.

use std::rc::Rc;

use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Item, Lit, Meta};

use crate::features::{Chosen, Features, Manifest};
use crate::files::{self, join, parent, Files};
use crate::macros;
use crate::undecided::{Undecided, Undecideds};

/// Why something that may not be compiled is left out.
pub const DEPENDS_ON_CFG: &str = "whether this is compiled depends on a `cfg`";

/// One module of a crate, inline or with a file of its own.
pub struct RustModule {
    pub krate: Rc<Krate>,
    /// Its file, from the folder around all crates, with `/` between the parts.
    pub file: String,
    /// Its path in the crate; empty for the root.
    pub path: Vec<String>,
    pub items: Vec<Item>,
}

/// A crate that is read.
#[derive(Debug, Default)]
pub struct Krate {
    /// As paths of Rust write it.
    pub name: String,
    pub features: Features,
}

/// Reads all modules of the crates in these folders, as far as they are compiled. What cannot be read is told in
/// `undecided`; an error if there is a crate whose root cannot be, or a feature that none of them has.
pub fn read_crates(
    files: &Files<'_>,
    folders: &[String],
    chosen: &Chosen,
    undecided: &mut Undecideds,
) -> Result<Vec<RustModule>, String> {
    let mut manifests = Vec::new();
    for folder in folders {
        let path = join(folder, "Cargo.toml");
        let said = |error: String| format!("{path}: {error}");
        let text = files.read(&path).map_err(said)?;
        manifests.push(Manifest::read(&text).map_err(said)?);
    }
    if let Some(unknown) = chosen.unknown(&manifests) {
        let (whose, path) = match folders {
            [folder] => (
                "the crate has no",
                format!("{}: ", join(folder, "Cargo.toml")),
            ),
            _ => ("none of the crates has a", String::new()),
        };
        return Err(format!("{path}{whose} feature `{unknown}`"));
    }
    let around = files::around(folders);
    let mut modules = Vec::new();
    for (folder, manifest) in folders.iter().zip(&manifests) {
        let krate = Rc::new(Krate {
            name: manifest.name(folder),
            features: manifest.features(chosen),
        });
        let mut reader = Reader {
            files,
            around: &around,
            krate,
            modules: Vec::new(),
            undecided: &mut *undecided,
        };
        reader.root(&root_file(files, folder, manifest)?)?;
        modules.extend(reader.expanded());
    }
    Ok(modules)
}

/// `path` of the section `[lib]`, `src/lib.rs` or `src/main.rs`.
fn root_file(files: &Files<'_>, folder: &str, manifest: &Manifest) -> Result<String, String> {
    if let Some(root) = manifest.root() {
        return Ok(join(folder, root));
    }
    let usual = ["src/lib.rs", "src/main.rs"].map(|path| join(folder, path));
    let found = usual.into_iter().find(|path| files.has(path));
    found.ok_or_else(|| format!("{folder} has neither src/lib.rs nor src/main.rs"))
}

struct Reader<'a> {
    files: &'a Files<'a>,
    around: &'a str,
    krate: Rc<Krate>,
    modules: Vec<RustModule>,
    undecided: &'a mut Undecideds,
}

impl Reader<'_> {
    fn root(&mut self, path: &str) -> Result<(), String> {
        let text = self.files.read(path);
        let text = text.map_err(|error| format!("{path} cannot be read: {error}"))?;
        self.file(&text, path, Vec::new(), parent(path));
        Ok(())
    }

    /// What has been read, with what macros make in the place of their calls.
    fn expanded(mut self) -> Vec<RustModule> {
        macros::expand(&mut self.modules);
        for module in &mut self.modules {
            let (features, file) = (&self.krate.features, &module.file);
            module
                .items
                .retain(|item| is_compiled(features, item, file, self.undecided));
        }
        self.modules
    }

    /// Reads the text of a file; `directory` holds the files of the modules below it.
    fn file(&mut self, text: &str, path: &str, module: Vec<String>, directory: &str) {
        match syn::parse_file(text) {
            Ok(file) => self.items(file.items, path, module, directory),
            Err(error) => self.undecided.push(Undecided {
                path: files::relative(self.around, path),
                line: line(error.span()),
                reason: format!("this is no Rust that can be read: {error}"),
            }),
        }
    }

    fn items(&mut self, items: Vec<Item>, file: &str, path: Vec<String>, directory: &str) {
        let shown = files::relative(self.around, file);
        let mut kept = Vec::new();
        for mut item in items {
            if !is_compiled(&self.krate.features, &item, &shown, self.undecided) {
                continue;
            }
            if let Item::Mod(module) = &mut item {
                let name = module.ident.unraw().to_string();
                let inner = [&*path, std::slice::from_ref(&name)].concat();
                match module.content.take() {
                    Some((_, items)) => self.items(items, file, inner, &join(directory, &name)),
                    None => self.module_file(module, file, inner, directory),
                }
            }
            kept.push(item);
        }
        self.modules.push(RustModule {
            krate: Rc::clone(&self.krate),
            file: shown,
            path,
            items: kept,
        });
    }

    fn module_file(&mut self, item: &syn::ItemMod, file: &str, path: Vec<String>, directory: &str) {
        let name = item.ident.unraw().to_string();
        let candidates = match text_attribute(&item.attrs, "path") {
            Some(written) => vec![join(parent(file), &written)],
            None => vec![
                join(directory, &format!("{name}.rs")),
                join(directory, &format!("{name}/mod.rs")),
            ],
        };
        for candidate in &candidates {
            if let Ok(text) = self.files.read(candidate) {
                return self.file(&text, candidate, path, &join(directory, &name));
            }
        }
        self.undecided.add(
            &files::relative(self.around, file),
            line(item.span()),
            &format!("the file of the module `{name}` is not there"),
        );
    }
}

/// The line of a span, from 1.
pub fn line(span: proc_macro2::Span) -> u32 {
    u32::try_from(span.start().line).unwrap_or(u32::MAX)
}

/// The documentation of an item: its `///` lines.
pub fn docs(attributes: &[Attribute]) -> String {
    let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
    lines.join("\n")
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    pair.path
        .is_ident("doc")
        .then(|| literal_text(&pair.value))
        .flatten()
}

/// The text of `#[name = "text"]`.
pub fn text_attribute(attributes: &[Attribute], name: &str) -> Option<String> {
    attributes
        .iter()
        .find_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident(name) => literal_text(&pair.value),
            _ => None,
        })
}

fn literal_text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an item is compiled; what nobody can say is left out, and told.
fn is_compiled(features: &Features, item: &Item, file: &str, undecided: &mut Undecideds) -> bool {
    let is_compiled = features.compile(attributes_of(item));
    if is_compiled.is_none() {
        undecided.add(file, line(item.span()), DEPENDS_ON_CFG);
    }
    is_compiled == Some(true)
}

/// The attributes of those items that can hold or be bindings.
fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
