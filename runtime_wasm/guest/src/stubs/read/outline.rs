//! What a stub declares by name, found before its types are looked at: they may be declared further down, or in another stub.

use runekiln_bindings::TypeKind;

use super::arguments::{arguments, Value};
use crate::files::File;
use crate::items::comment_text;
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span};

/// The crate and the types of one stub.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The path of the file.
    pub file: String,
    pub crate_line: Option<CrateLine>,
    pub types: Vec<Declared>,
}

/// `//! crate: name`
#[derive(Debug, Clone)]
pub struct CrateLine {
    pub name: String,
    pub span: Span,
}

/// A type that can be named in stubs.
#[derive(Debug, Clone, PartialEq)]
pub struct Declared {
    /// Full path, such as `crucible::session::Phase`.
    pub path: String,
    /// Other names of the same type.
    pub aliases: Vec<String>,
    /// How many type parameters it has.
    pub generics: usize,
    pub kind: DeclaredKind,
    /// The names in what an alias stands for, as they are written there.
    pub named: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclaredKind {
    Type(TypeKind),
    /// `type Name = …`, to which no functions can be given.
    Alias,
    /// Types have its functions.
    Trait,
}

impl Declared {
    /// The last part of its path.
    pub fn name(&self) -> &str {
        self.path.rsplit("::").next().unwrap_or(&self.path)
    }
}

pub fn outline(file: &File) -> Outline {
    let crate_line = crate_line(file);
    let mut types = Vec::new();
    let path = crate_line.as_ref().map_or("", |line| line.name.as_str());
    collect(file.tree.root(), &file.text, path, &mut types);
    Outline {
        file: file.path.clone(),
        crate_line,
        types,
    }
}

/// The comments of the file itself, each with what stands behind its mark.
pub fn inner_docs<'text>(
    container: NodeRef<'text>,
    text: &'text str,
) -> impl Iterator<Item = (Span, &'text str)> {
    let comments = container.children_of(DocComment);
    let comments = comments.map(move |comment| (comment.span(), comment.span().of(text)));
    let inner = comments.filter(|(_, comment)| comment.starts_with("//!"));
    inner.map(|(span, comment)| (span, comment_text(comment)))
}

fn crate_line(file: &File) -> Option<CrateLine> {
    let mut docs = inner_docs(file.tree.root(), &file.text);
    docs.find_map(|(span, line)| {
        let named = line.trim_start().strip_prefix("crate:")?;
        let name = named.split("//").next().unwrap_or_default().trim();
        let start = span.of(&file.text).find(name).unwrap_or_default() as u32 + span.start;
        Some(CrateLine {
            name: name.to_owned(),
            span: Span::new(start, start + name.len() as u32),
        })
    })
}

/// Whether a line of a file's own documentation says which crate it is.
pub fn is_crate_line(line: &str) -> bool {
    line.trim_start().starts_with("crate:")
}

fn collect(container: NodeRef<'_>, text: &str, module: &str, types: &mut Vec<Declared>) {
    for item in container.children() {
        let kind = match item.kind() {
            StructItem => DeclaredKind::Type(TypeKind::Struct),
            EnumItem => DeclaredKind::Type(TypeKind::Enum),
            TypeItem => DeclaredKind::Alias,
            TraitItem => DeclaredKind::Trait,
            ModuleItem => {
                if let (Some(name), Some(inside)) = (name(item, text), item.first_child(ItemList)) {
                    collect(inside, text, &joined(module, name), types);
                }
                continue;
            }
            _ => continue,
        };
        if let Some(name) = name(item, text) {
            types.push(Declared {
                path: joined(module, name),
                aliases: aliases(item, text),
                generics: generics(item, text).len(),
                kind,
                named: match kind {
                    DeclaredKind::Alias => named_types(item, text),
                    DeclaredKind::Type(_) | DeclaredKind::Trait => Vec::new(),
                },
            });
        }
    }
}

/// The name that an item declares.
pub fn name<'text>(item: NodeRef<'_>, text: &'text str) -> Option<&'text str> {
    Some(item.first_child(Name)?.span().of(text))
}

/// The names of its type parameters.
pub fn generics(item: NodeRef<'_>, text: &str) -> Vec<String> {
    let parameters = item.first_child(GenericParameters);
    let names = parameters
        .into_iter()
        .flat_map(|list| list.children_of(Name));
    names.map(|name| name.text(text).to_owned()).collect()
}

/// The types that an item names, but for its own type parameters.
fn named_types(item: NodeRef<'_>, text: &str) -> Vec<String> {
    let own = generics(item, text);
    let paths = item.descendants().filter(|node| node.kind() == PathType);
    let written = paths.map(|path| written_path(path, text));
    written.filter(|name| !own.contains(name)).collect()
}

/// The path that a type is named by, without its arguments and blanks.
pub fn written_path(type_: NodeRef<'_>, text: &str) -> String {
    let parts = type_.tokens().take_while(|token| token.kind() != Less);
    let parts = parts.filter(|token| !token.kind().is_trivia());
    parts.map(|token| token.span().of(text)).collect()
}

/// A path with one more part.
pub fn joined(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}::{name}")
    }
}

fn aliases(item: NodeRef<'_>, text: &str) -> Vec<String> {
    let attributes = item.children_of(Attribute);
    let named = attributes.filter(|attribute| {
        let path = attribute.first_child(Path);
        path.is_some_and(|path| path.text(text) == "alias")
    });
    let values = named.flat_map(|attribute| arguments(attribute, text).unwrap_or_default());
    values
        .filter_map(|argument| match argument.value {
            Value::Text(name) => Some(name),
            _ => None,
        })
        .collect()
}
