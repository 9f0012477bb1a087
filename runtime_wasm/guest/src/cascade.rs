//! Tells mistakes from their mere consequences, so that each mistake is reported once.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::blank::{is_item, Cut, Level};
use crate::check::words;
use crate::codes::code;
use crate::compile::Diagnostic;
use crate::files::File;
use crate::sweep;
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span};
use crate::uses::imported;

/// Names whose definitions the compiler cannot see or cannot use any more.
#[derive(Default)]
pub struct Lost {
    /// Of items, in any file.
    items: HashSet<String>,
    /// Of variables, with the files and the bodies of the functions that they are in.
    locals: HashMap<String, HashSet<(usize, Span)>>,
    /// The constants in whose text a word stands; gathered at the first broken constant.
    users: OnceCell<HashMap<String, Vec<String>>>,
}

/// Kinds of errors that a name without a definition leads to.
const ABOUT_NAMES: &[&str] = &[
    "MissingItem",
    "MissingItemParameters",
    "MissingLocal",
    "MissingMacro",
    "UnsupportedBinding",
    "UnsupportedLitObject",
    "LitObjectMissingField",
    "LitObjectNotField",
    "ExpectedMeta",
    "UnsupportedMeta",
    "AmbiguousItem",
    "NotVisible",
    "NotVisibleMod",
    "UnsupportedPatternExpr",
    "UnsupportedSelfType",
];

/// Kinds of errors that `()` in the place of an expression can lead to in what is around it.
const ABOUT_VALUES: &[&str] = &[
    "UnsupportedAssignExpr",
    "UnsupportedBinaryExpr",
    "UnsupportedBinaryOp",
    "UnsupportedUnaryOp",
    "UnsupportedPatternExpr",
    "NotConst",
    "Expected",
    "Custom",
];

/// The items that errors of one compile are in, by name: the compiler's own consequences of them come in the same compile.
pub struct BrokenNow {
    /// Constants and constant functions, which stay doubtful.
    constants: HashSet<String>,
    /// Constants that are computed from those, in however many steps: Rune names only the first as the place.
    computed: HashSet<String>,
    /// Names that are defined more than once, imported from nowhere, or of types with a mistake in them.
    names: HashSet<String>,
    /// Whether Rune gave up reading, so that items that it has not come to seem to be missing.
    is_cut_short: bool,
}

impl Lost {
    /// Whether one of these names is lost.
    pub fn has_any(&self, mut names: impl Iterator<Item = impl AsRef<str>>) -> bool {
        !self.items.is_empty() && names.any(|name| self.items.contains(name.as_ref()))
    }

    /// Whether no item's name is lost.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Counts an item's name as lost.
    pub fn add(&mut self, name: &str) {
        self.items.insert(name.to_owned());
    }

    /// Counts the constants that are computed from a lost one as lost: what is in a `const { … }` with them is not told.
    pub fn settled(mut self, files: &[File]) -> Lost {
        let computed = self.computed_from(&self.items, files);
        self.items.extend(computed);
        self
    }

    /// Takes down the names that are lost with a cut.
    pub fn note(&mut self, index: usize, file: &File, cut: Cut) {
        let path = file.tree.path_to(cut.span);
        if let Some(name) = constant_around(&path, file) {
            self.add(&name);
        }
        let Some(node) = path
            .iter()
            .find(|node| node.span() == cut.span || is_larger(cut, **node))
        else {
            return;
        };
        match cut.level {
            Level::Item | Level::File => self.items.extend(defined_names(*node, file)),
            Level::Statement => {
                let body = file.body_around(cut.span);
                let bound = node
                    .descendants()
                    .filter(|node| node.kind() == IdentifierPattern);
                for pattern in bound {
                    let places = self.locals.entry(last_word(pattern, file)).or_default();
                    places.insert((index, body));
                }
            }
            Level::Quiet | Level::Expression | Level::Body => {}
        }
    }

    /// Whether an error only follows from a lost name, or from a filler.
    pub fn explains(&self, files: &[File], error: &Diagnostic) -> bool {
        let file = &files[error.file];
        let around_filler =
            ABOUT_VALUES.contains(&error.kind.as_str()) && file.blanked.has_cut_in(error.span);
        around_filler
            || (ABOUT_NAMES.contains(&error.kind.as_str())
                && named(file, error).any(|name| self.has(file, error, &name)))
            || in_constant(file, error, &self.items)
            || self.is_in_block_computed_from(&self.items, files, error)
    }

    /// Whether an error is in a `const { … }` that uses one of those constants, or one that is computed from them.
    fn is_in_block_computed_from(
        &self,
        constants: &HashSet<String>,
        files: &[File],
        error: &Diagnostic,
    ) -> bool {
        let file = &files[error.file];
        let path = file.tree.path_to(error.span);
        let Some(block) = path.iter().find(|node| is_constant_block(**node)) else {
            return false;
        };
        let computed = self.computed_from(constants, files);
        words(block.text(&file.text))
            .any(|word| constants.contains(word) || computed.contains(word))
    }

    fn has(&self, file: &File, error: &Diagnostic, name: &str) -> bool {
        let place = || (error.file, file.body_around(error.span));
        let is_local = |places: &HashSet<(usize, Span)>| places.contains(&place());
        self.items.contains(name) || self.locals.get(name).is_some_and(is_local)
    }

    /// The items that are broken by errors of this compile.
    pub fn broken_now(&self, files: &[File], errors: &[Diagnostic]) -> BrokenNow {
        let mut broken = BrokenNow {
            constants: HashSet::new(),
            computed: HashSet::new(),
            names: HashSet::new(),
            is_cut_short: errors.iter().any(sweep::is_early),
        };
        for error in errors {
            let file = &files[error.file];
            match error.kind.as_str() {
                "AmbiguousItem" => broken.names.extend(named(file, error)),
                _ if is_import(file, error) => broken.names.extend(named(file, error)),
                _ => {
                    let path = file.tree.path_to(error.span);
                    broken.constants.extend(constant_around(&path, file));
                    broken.names.extend(type_around(&path, file));
                    // Rune looks at items with attributes last, and at none behind the first that it refuses.
                    if code(&error.kind, &error.message) == "unsupported-attribute" {
                        broken.names.extend(items_with_attributes(file));
                    }
                }
            }
        }
        broken.computed = self.computed_from(&broken.constants, files);
        broken
    }

    /// The constants that use one of these, or one that does.
    fn computed_from(&self, constants: &HashSet<String>, files: &[File]) -> HashSet<String> {
        let mut found = HashSet::new();
        let mut open: Vec<&str> = constants.iter().map(String::as_str).collect();
        while let Some(name) = open.pop() {
            let users = self.users.get_or_init(|| users_of_words(files));
            for user in users.get(name).into_iter().flatten() {
                if found.insert(user.clone()) {
                    open.push(user);
                }
            }
        }
        found
    }

    /// Whether an error will be gone when the items that are broken now have been mended.
    pub fn explains_soon(&self, files: &[File], error: &Diagnostic, broken: &BrokenNow) -> bool {
        let file = &files[error.file];
        if is_import(file, error) {
            return false;
        }
        if broken.is_cut_short && is_about_implemented_type(file, error) {
            return true;
        }
        if error.kind == "AmbiguousItem" || !ABOUT_NAMES.contains(&error.kind.as_str()) {
            return in_constant(file, error, &broken.constants)
                || self.is_in_block_computed_from(&broken.constants, files, error);
        }
        // What is missing in the very item that is broken is its mistake, not a consequence.
        let own = constant_around(&file.tree.path_to(error.span), file);
        named(file, error).any(|name| {
            let is_broken = broken.constants.contains(&name) || broken.computed.contains(&name);
            broken.names.contains(&name) || (is_broken && own.as_ref() != Some(&name))
        })
    }

    /// Goes on counting broken constants as lost: their values are fillers from now on.
    pub fn keep(&mut self, broken: BrokenNow) {
        self.items.extend(broken.constants);
    }
}

fn is_import(file: &File, error: &Diagnostic) -> bool {
    file.tree
        .path_to(error.span)
        .iter()
        .any(|node| node.kind() == UseItem)
}

/// Whether the type that an `impl` is for is missing.
fn is_about_implemented_type(file: &File, error: &Diagnostic) -> bool {
    let path = file.tree.path_to(error.span);
    let item = path.iter().rev().find(|node| is_item(node.kind()));
    error.kind.starts_with("MissingItem") && item.is_some_and(|item| item.kind() == ImplItem)
}

/// Whether an error is in a constant, or a constant function, that uses one of those names.
fn in_constant(file: &File, error: &Diagnostic, names: &HashSet<String>) -> bool {
    let path = file.tree.path_to(error.span);
    let Some(item) = path.iter().find(|node| is_constant(**node)) else {
        return false;
    };
    let own = name_of(*item, file);
    words(item.text(&file.text)).any(|word| Some(word) != own.as_deref() && names.contains(word))
}

/// The names that an error is about: those it gives itself, but for the module that it is in, and those at its place.
fn named<'a>(file: &'a File, error: &'a Diagnostic) -> impl Iterator<Item = String> + 'a {
    let given = ["item: ", "name: \""].iter().filter_map(|field| {
        let start = error.details.find(field)? + field.len();
        let rest = &error.details[start..];
        Some(&rest[..rest.find([',', '"', ' ', '}']).unwrap_or(rest.len())])
    });
    let given = given.map(|path| within(path, &module_around(file, error.span)));
    let place = clip(error.span, &file.text)
        .filter(|span| span.end - span.start < 200)
        .map_or("", |span| span.of(&file.text));
    let at_place = (error.kind != "AmbiguousItem").then_some(place);
    given.chain(at_place).flat_map(words).map(str::to_owned)
}

/// What is left of an item's path within a module; all of it, if it is in another one.
fn within<'p>(path: &'p str, module: &[String]) -> &'p str {
    let mut rest = path;
    for name in module {
        match rest.strip_prefix(name.as_str()) {
            Some(behind) if behind.starts_with("::") => rest = &behind[2..],
            _ => return path,
        }
    }
    rest
}

/// The path of the module around a place.
fn module_around(file: &File, place: Span) -> Vec<String> {
    let path = file.tree.path_to(place);
    let modules = path.into_iter().filter(|node| node.kind() == ModuleItem);
    let names = modules.filter_map(|module| name_of(module, file));
    file.module.iter().cloned().chain(names).collect()
}

/// The span as far as it lies in the text, on characters' bounds.
pub fn clip(span: Span, text: &str) -> Option<Span> {
    let span = Span::new(
        span.start.min(text.len() as u32),
        span.end.min(text.len() as u32),
    );
    text.get(span.start as usize..span.end as usize)
        .map(|_| span)
}

fn is_larger(cut: Cut, node: NodeRef<'_>) -> bool {
    // The comma behind a match arm is cut along with it.
    cut.span.start == node.span().start
        && cut.level == Level::Statement
        && node.span().end <= cut.span.end
}

/// All names that are defined in a part of the tree; of imports all words, since any may be the imported name.
fn defined_names(node: NodeRef<'_>, file: &File) -> Vec<String> {
    let named = node
        .descendants()
        .filter(|node| node.kind() == Name)
        .map(|name| name.text(&file.text).to_owned());
    let imports = node.descendants().filter(|node| node.kind() == UseItem);
    let imported = imports.flat_map(|import| {
        let is_whole = import.descendants().all(|part| part.kind() != Error);
        if is_whole {
            let leaves = imported(import, &file.text).into_iter();
            return leaves.map(|(name, _)| name).collect();
        }
        words_at_the_end_of_paths(import, file)
    });
    named.chain(imported).collect()
}

/// What a broken import may have been to make known: any word that no `::` leads on from.
fn words_at_the_end_of_paths(import: NodeRef<'_>, file: &File) -> Vec<String> {
    let tokens = import.tokens().filter(|token| !token.kind().is_trivia());
    let tokens: Vec<NodeRef<'_>> = tokens.collect();
    let leads_on = |at: usize| {
        let next = tokens.get(at + 1);
        next.is_some_and(|next| next.kind() == ColonColon)
    };
    let ends = (0..tokens.len()).filter(|at| !leads_on(*at));
    let texts = ends.map(|at| tokens[at].text(&file.text));
    texts.flat_map(words).map(str::to_owned).collect()
}

/// Whether an item is computed while compiling.
pub fn is_constant(item: NodeRef<'_>) -> bool {
    match item.kind() {
        ConstItem => true,
        FunctionItem => item
            .children()
            .take_while(|child| child.kind() != FnKeyword)
            .any(|child| child.kind() == ConstKeyword),
        _ => false,
    }
}

fn is_constant_block(node: NodeRef<'_>) -> bool {
    node.kind() == BlockExpression && node.first_child(ConstKeyword).is_some()
}

/// The names of the constants in whose text each word stands.
fn users_of_words(files: &[File]) -> HashMap<String, Vec<String>> {
    let mut users: HashMap<String, Vec<String>> = HashMap::new();
    for file in files {
        let items = file.tree.root().descendants();
        for item in items.filter(|node| is_constant(*node)) {
            let Some(name) = name_of(item, file) else {
                continue;
            };
            for word in words(item.text(&file.text)).filter(|word| *word != name) {
                users.entry(word.to_owned()).or_default().push(name.clone());
            }
        }
    }
    users
}

fn items_with_attributes(file: &File) -> impl Iterator<Item = String> + '_ {
    let nodes = file.tree.root().descendants();
    let items =
        nodes.filter(|node| is_item(node.kind()) && node.children_of(Attribute).next().is_some());
    items.filter_map(|item| name_of(item, file))
}

/// The name of the type that a place is in the declaration of.
fn type_around(path: &[NodeRef<'_>], file: &File) -> Option<String> {
    let mut path = path.iter();
    let declaration = path.find(|node| matches!(node.kind(), StructItem | EnumItem))?;
    name_of(*declaration, file)
}

fn constant_around(path: &[NodeRef<'_>], file: &File) -> Option<String> {
    let item = path.iter().rev().find(|node| is_item(node.kind()))?;
    is_constant(*item).then(|| name_of(*item, file))?
}

fn name_of(item: NodeRef<'_>, file: &File) -> Option<String> {
    item.first_child(Name)
        .map(|name| name.text(&file.text).to_owned())
}

fn last_word(node: NodeRef<'_>, file: &File) -> String {
    words(node.text(&file.text))
        .last()
        .unwrap_or_default()
        .to_owned()
}
