//! The Rust files of a crate, as modules.

use std::path::{Path, PathBuf};

use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Item, Lit, Meta};

use crate::features::{Chosen, Features, Manifest};
use crate::macros;
use crate::undecided::{Undecided, Undecideds};

/// Why something that may not be compiled is left out.
pub const DEPENDS_ON_CFG: &str = "whether this is compiled depends on a `cfg`";

/// One module of the crate, inline or with a file of its own.
pub struct RustModule {
    /// Its file, relative to the crate's folder, with `/` between the parts.
    pub file: String,
    /// Its path in the crate; empty for the root.
    pub path: Vec<String>,
    pub items: Vec<Item>,
}

/// The source of a crate as far as it is compiled.
pub struct Source {
    pub modules: Vec<RustModule>,
    pub features: Features,
}

/// Reads all modules of a crate. What cannot be read is told in `undecided`; an error if not even the root can be.
pub fn read_crate(
    folder: &Path,
    chosen: &Chosen,
    undecided: &mut Undecideds,
) -> Result<Source, String> {
    let manifest = folder.join("Cargo.toml");
    let said = |error: &dyn std::fmt::Display| format!("{}: {error}", manifest.display());
    let text = std::fs::read_to_string(&manifest).map_err(|error| said(&error))?;
    let read = Manifest::read(&text).map_err(|error| said(&error))?;
    let features = read.features(chosen).map_err(|error| said(&error))?;
    let root = root_file(folder, &read)?;
    let text = std::fs::read_to_string(folder.join(&root))
        .map_err(|error| format!("{} cannot be read: {error}", folder.join(&root).display()))?;
    let directory = root.parent().unwrap_or(Path::new("")).to_owned();
    let mut reader = Reader {
        folder,
        features: &features,
        modules: Vec::new(),
        undecided,
    };
    reader.file(&text, &root, Vec::new(), &directory);
    let mut modules = reader.modules;
    macros::expand(&mut modules);
    for module in &mut modules {
        let file = &module.file;
        module
            .items
            .retain(|item| is_compiled(&features, item, file, undecided));
    }
    Ok(Source { modules, features })
}

/// `path` of the section `[lib]`, `src/lib.rs` or `src/main.rs`.
fn root_file(folder: &Path, manifest: &Manifest) -> Result<PathBuf, String> {
    if let Some(root) = manifest.root() {
        return Ok(root);
    }
    let mut usual = ["src/lib.rs", "src/main.rs"].into_iter().map(PathBuf::from);
    let found = usual.find(|path| folder.join(path).is_file());
    found.ok_or_else(|| {
        format!(
            "{} has neither src/lib.rs nor src/main.rs",
            folder.display()
        )
    })
}

struct Reader<'a> {
    folder: &'a Path,
    features: &'a Features,
    modules: Vec<RustModule>,
    undecided: &'a mut Undecideds,
}

impl Reader<'_> {
    /// Reads the text of a file; `directory` holds the files of the modules below it.
    fn file(&mut self, text: &str, path: &Path, module: Vec<String>, directory: &Path) {
        let shown = path.to_string_lossy().replace('\\', "/");
        match syn::parse_file(text) {
            Ok(file) => self.items(file.items, &shown, module, directory),
            Err(error) => self.undecided.push(Undecided {
                path: shown,
                line: line(error.span()),
                reason: format!("this is no Rust that can be read: {error}"),
            }),
        }
    }

    fn items(&mut self, items: Vec<Item>, file: &str, path: Vec<String>, directory: &Path) {
        let mut kept = Vec::new();
        for mut item in items {
            if !is_compiled(self.features, &item, file, self.undecided) {
                continue;
            }
            if let Item::Mod(module) = &mut item {
                let name = module.ident.unraw().to_string();
                let inner = [&*path, std::slice::from_ref(&name)].concat();
                let below = directory.join(&name);
                match module.content.take() {
                    Some((_, items)) => self.items(items, file, inner, &below),
                    None => self.module_file(module, file, inner, directory),
                }
            }
            kept.push(item);
        }
        self.modules.push(RustModule {
            file: file.to_owned(),
            path,
            items: kept,
        });
    }

    fn module_file(
        &mut self,
        item: &syn::ItemMod,
        file: &str,
        path: Vec<String>,
        directory: &Path,
    ) {
        let name = item.ident.unraw().to_string();
        let candidates = match text_attribute(&item.attrs, "path") {
            Some(written) => {
                let beside = Path::new(file).parent().unwrap_or(Path::new(""));
                vec![beside.join(written)]
            }
            None => vec![
                directory.join(format!("{name}.rs")),
                directory.join(&name).join("mod.rs"),
            ],
        };
        for candidate in &candidates {
            if let Ok(text) = std::fs::read_to_string(self.folder.join(candidate)) {
                return self.file(&text, candidate, path, &directory.join(&name));
            }
        }
        self.undecided.add(
            file,
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
