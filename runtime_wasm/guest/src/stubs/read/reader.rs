//! Walks the declarations of a stub, and turns what is right of them into rows.

use std::collections::HashMap;

use runekiln_bindings::{About, Bindings, ModuleRow, Place};

use super::marks::{Marks, Target};
use super::names::Names;
use super::outline::{inner_docs, is_crate_line, joined, name, Outline};
use super::seen::{Declaration, Seen, Space};
use crate::files::{problem, File};
use crate::items::docs;
use crate::protocol::{Origin, Problem, Related, Severity};
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span};

/// The reading of one stub.
pub struct Reader<'a> {
    pub file: &'a File,
    pub names: &'a Names,
    pub seen: &'a mut Seen,
    pub problems: Vec<Problem>,
    pub bindings: Bindings,
    pub declarations: Vec<Declaration>,
    /// Types that lack something that is wrong in the stub, so that nobody knows all of them.
    pub incomplete: Vec<String>,
    /// Places in `bindings.modules` and `bindings.types`, by path.
    pub modules: HashMap<String, usize>,
    pub types: HashMap<String, usize>,
    /// What types without a mistake have come to in one module, by how they are written: a few make up most of a stub.
    pub read_types: (String, HashMap<&'a str, String>),
}

/// What holds around a declaration.
#[derive(Clone, Default)]
pub struct Scope {
    /// The path of the module.
    pub module: String,
    pub profiles: Vec<String>,
    /// The names of the type parameters.
    pub generics: Vec<String>,
    /// What `Self` means.
    pub this: Option<String>,
}

impl<'a> Reader<'a> {
    pub fn new(file: &'a File, names: &'a Names, seen: &'a mut Seen) -> Reader<'a> {
        Reader {
            file,
            names,
            seen,
            problems: Vec::new(),
            bindings: Bindings::default(),
            declarations: Vec::new(),
            incomplete: Vec::new(),
            modules: HashMap::new(),
            types: HashMap::new(),
            read_types: Default::default(),
        }
    }

    /// Reads the whole file.
    pub fn file(&mut self, outline: &Outline) {
        let root = self.file.tree.root();
        let module = outline
            .crate_line
            .as_ref()
            .map_or("", |line| line.name.as_str());
        let is_named = self.check_crate_line(root, outline);
        let scope = Scope {
            module: module.to_owned(),
            ..Scope::default()
        };
        if !module.is_empty() {
            let text = &self.file.text;
            let lines = inner_docs(root, text).map(|(_, line)| line);
            let lines: Vec<&str> = lines.filter(|line| !is_crate_line(line)).collect();
            let row = self.module(module);
            row.docs = lines.join("\n");
        }
        self.items(root, &scope);
        if !is_named {
            self.bindings.modules.clear();
            self.bindings.types.clear();
            self.bindings.traits.clear();
        }
    }

    /// Whether everything in the file has the crate that it needs.
    fn check_crate_line(&mut self, root: NodeRef<'_>, outline: &Outline) -> bool {
        let Some(line) = &outline.crate_line else {
            let in_crate = root
                .children()
                .find(|item| is_in_crate(*item, &self.file.text));
            if let Some(item) = in_crate {
                let place = item.children().find(|child| !child.kind().is_trivia());
                let message = "Say on the first line which crate this is in: `//! crate: name`";
                let place = place.map_or(item.span(), NodeRef::span);
                self.report("missing-crate", message.to_owned(), place);
            }
            return in_crate.is_none();
        };
        let is_name = crate::lexer::lex(&line.name).tokens;
        let is_name = is_name.len() == 1 && is_name[0].kind == Identifier;
        if !is_name {
            let message = format!("`{}` cannot be the name of a crate", line.name);
            let span = if line.name.is_empty() {
                Span::new(line.span.start, line.span.start)
            } else {
                line.span
            };
            self.report("bad-crate-name", message, span);
        }
        is_name
    }

    fn items(&mut self, container: NodeRef<'_>, scope: &Scope) {
        for item in container.children() {
            match item.kind() {
                ModuleItem => self.module_item(item, scope),
                StructItem => self.struct_item(item, scope),
                EnumItem => self.enum_item(item, scope),
                ImplItem => self.impl_item(item, scope),
                FunctionItem => self.free_function(item, scope),
                ConstItem => self.constant(item, scope),
                TypeItem => self.alias(item, scope),
                MacroItem => self.macro_item(item, scope),
                AttributeItem => self.attribute_item(item, scope),
                EventItem => self.event(item, scope),
                TraitItem => self.trait_item(item, scope),
                _ => {}
            }
        }
    }

    fn module_item(&mut self, item: NodeRef<'_>, scope: &Scope) {
        let marks = self.marks(item, Target::Module);
        let (Some(name), Some(inside)) = (self.name_of(item), item.first_child(ItemList)) else {
            return;
        };
        let path = joined(&scope.module, name.of(&self.file.text));
        let about = self.about(marks, name, scope);
        let inner = Scope {
            module: path.clone(),
            profiles: about.profiles.clone(),
            ..Scope::default()
        };
        let is_broken = self.has_syntax_problem(name);
        let written = self.docs_of(item);
        let own = inner_docs(inside, &self.file.text).map(|(_, line)| line);
        let docs: Vec<&str> = [written.as_str()]
            .into_iter()
            .filter(|docs| !docs.is_empty())
            .chain(own)
            .collect();
        let docs = docs.join("\n");
        if !is_broken {
            let row = self.module(&path);
            if row.docs.is_empty() {
                row.docs = docs;
            }
            if row.about.place.is_none() {
                row.about = about;
            }
            self.items(inside, &inner);
        }
    }

    /// The row of a module, which is made if there is none yet.
    pub fn module(&mut self, path: &str) -> &mut ModuleRow {
        let rows = &mut self.bindings.modules;
        let place = *self.modules.entry(path.to_owned()).or_insert_with(|| {
            rows.push(ModuleRow {
                path: path.to_owned(),
                ..ModuleRow::default()
            });
            rows.len() - 1
        });
        &mut rows[place]
    }

    // What all declarations have.

    /// Reads a declaration. None if something is wrong with what stands in `span`.
    pub fn sound<R>(&mut self, span: Span, read: impl FnOnce(&mut Self) -> Option<R>) -> Option<R> {
        let before = self.problems.len();
        let row = read(self)?;
        let is_sound = self.problems.len() == before && !self.has_syntax_problem(span);
        is_sound.then_some(row)
    }

    /// Where the name of a declaration stands.
    pub fn name_of(&self, item: NodeRef<'_>) -> Option<Span> {
        name(item, &self.file.text)?;
        item.first_child(Name).map(NodeRef::span)
    }

    pub fn text_of(&self, span: Span) -> String {
        span.of(&self.file.text).to_owned()
    }

    pub fn docs_of(&self, node: NodeRef<'_>) -> String {
        docs(node, &self.file.text)
    }

    /// The type parameters of an item, each of which has a name of its own.
    pub fn generics_of(&mut self, item: NodeRef<'_>) -> Vec<String> {
        let list = item.first_child(GenericParameters);
        let mut names: Vec<String> = Vec::new();
        for parameter in list.into_iter().flat_map(|list| list.children_of(Name)) {
            let name = parameter.text(&self.file.text);
            if names.iter().any(|other| other == name) {
                let message = format!("The type parameter `{name}` is declared twice");
                self.report("declared-twice", message, parameter.span());
            }
            names.push(name.to_owned());
        }
        names
    }

    /// What is said of a declaration, with what holds around it.
    pub fn about(&self, marks: Marks, name: Span, scope: &Scope) -> About {
        let mut about = marks.about;
        if about.profiles.is_empty() {
            about.profiles.clone_from(&scope.profiles);
        }
        about.place = Some(Place {
            path: self.file.path.clone(),
            span: [name.start, name.end],
        });
        about
    }

    /// Notes that `path` is declared, and reports it if it was already. `what` says what it is.
    pub fn declare(&mut self, space: Space, path: String, what: &str, span: Span) {
        let declaration = Declaration {
            space,
            path,
            file: self.file.path.clone(),
            span,
        };
        if let Some((path, first)) = self.seen.note(&declaration) {
            let message = format!("{what} is declared twice");
            let mut found = wrong("declared-twice", message, span);
            found.related.push(Related {
                path,
                span: [first.start, first.end],
                message: "The first is here".to_owned(),
            });
            self.problems.push(found);
        }
        self.declarations.push(declaration);
    }

    pub fn report(&mut self, code: &str, message: String, span: Span) {
        self.problems.push(wrong(code, message, span));
    }

    /// Whether the parser found something wrong that begins in `span`.
    pub fn has_syntax_problem(&self, span: Span) -> bool {
        let problems = &self.file.syntax_problems;
        let next = problems.partition_point(|found| found.span.start < span.start);
        problems
            .get(next)
            .is_some_and(|found| found.span.start < span.end)
    }
}

fn wrong(code: &str, message: String, span: Span) -> Problem {
    problem(code, Severity::Error, message, span, Origin::Runekiln)
}

/// Whether the item has a path that begins with the crate. Attributes, events and entries have none.
fn is_in_crate(item: NodeRef<'_>, text: &str) -> bool {
    let is_entry = |attribute: NodeRef<'_>| {
        let path = attribute.first_child(Path);
        path.is_some_and(|path| path.text(text) == "entry")
    };
    match item.kind() {
        FunctionItem => !item.children_of(Attribute).any(is_entry),
        ModuleItem | StructItem | EnumItem | ImplItem | ConstItem | TypeItem | MacroItem => true,
        _ => false,
    }
}
