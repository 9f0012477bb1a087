//! The files of a script: decoded, parsed, and freed of what Rune does not know.

use std::collections::HashMap;

use crate::annotations::annotation_spans;
use crate::blank::{Blanked, Cut, Filler, Level};
use crate::codes::UNAVAILABLE;
use crate::host::Host;
use crate::items::{items, module_declarations, Item, ItemKind, ModuleDeclaration};
use crate::modules::candidates;
use crate::parser::{parse_as, Dialect as ParserDialect};
use crate::problem::{commented_out_from, SyntaxProblem};
use crate::protocol::{Dialect, Edit, Fix, Need, Origin, Problem, Severity, Source};
use crate::report::in_other_profiles;
use crate::syntax::SyntaxKind::*;
use crate::tree::{NodeRef, Span, Tree};

/// One file, with all that has been found out about it so far. The spans of its problems are absolute.
pub struct File {
    pub path: String,
    /// Its place among the request's sources.
    pub source: usize,
    /// The module that it is, such as `["plants"]`; empty for the script itself.
    pub module: Vec<String>,
    pub text: String,
    pub tree: Tree,
    pub items: Vec<Item>,
    pub syntax_problems: Vec<SyntaxProblem>,
    pub blanked: Blanked,
    pub problems: Vec<Problem>,
    /// Whether its bytes are text at all.
    pub is_text: bool,
    pub has_byte_order_mark: bool,
    /// Whether a literal in it can end at two places, of which the whole text decides.
    pub has_choice: bool,
    /// Whether something outside of functions would be read otherwise if a bracket more, or one less, was missing.
    pub hangs_on_brackets: bool,
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The attributes that Rune itself knows on functions. All others are the host's, and the compiler is not told of them.
const RUNE_ATTRIBUTES: &[&str] = &["test", "bench", "doc"];

/// Reads the script and the files of its modules out of the sources, or says which are still needed.
pub fn gather(sources: &[Source], dialect: Dialect) -> Result<Vec<File>, Vec<Need>> {
    let by_path: HashMap<&str, usize> = sources
        .iter()
        .enumerate()
        .map(|(index, source)| (source.path.as_str(), index))
        .collect();
    let mut files: Vec<File> = sources
        .first()
        .map(|script| File::read(script, 0, Vec::new(), dialect))
        .into_iter()
        .collect();
    let mut needs = Vec::new();
    let mut next = 0;
    while next < files.len() {
        for declaration in files[next].module_declarations() {
            let module: Vec<String> = files[next]
                .module
                .iter()
                .chain(&declaration.path)
                .cloned()
                .collect();
            let candidates = candidates(&sources[0].path, &module);
            match find(&candidates, &by_path, sources) {
                Found::File(index) => {
                    if files.iter().all(|file| file.source != index) {
                        files.push(File::read(&sources[index], index, module, Dialect::Module));
                    }
                }
                Found::Nothing => files[next].miss_module(&declaration, &candidates),
                Found::Unknown => needs.push(Need {
                    from_path: files[next].path.clone(),
                    module: module.join("::"),
                    span: [declaration.span.start, declaration.span.end],
                    candidates,
                }),
            }
        }
        next += 1;
    }
    if !needs.is_empty() {
        return Err(needs);
    }
    for file in &mut files {
        file.refuse_what_the_profile_lacks();
    }
    Ok(files)
}

enum Found {
    File(usize),
    Nothing,
    Unknown,
}

/// The first candidate that exists; unknown as soon as one has not been looked for.
fn find(candidates: &[String], by_path: &HashMap<&str, usize>, sources: &[Source]) -> Found {
    for candidate in candidates {
        match by_path.get(candidate.as_str()) {
            None => return Found::Unknown,
            Some(&index) if sources[index].text.is_some() => return Found::File(index),
            Some(_) => {}
        }
    }
    Found::Nothing
}

impl File {
    /// Decodes and parses a source. Bytes that are no text make an empty file with one problem.
    pub fn read(source: &Source, index: usize, module: Vec<String>, dialect: Dialect) -> File {
        let bytes = source.text.as_ref().map_or(&[][..], |text| text.as_slice());
        match std::str::from_utf8(bytes) {
            Ok(text) => File::parse(source.path.clone(), index, module, text, dialect),
            Err(error) => {
                let mut file = File::parse(source.path.clone(), index, module, "", dialect);
                file.is_text = false;
                file.problems.push(not_text(&error));
                file
            }
        }
    }

    fn parse(
        path: String,
        source: usize,
        module: Vec<String>,
        text: &str,
        dialect: Dialect,
    ) -> File {
        let marked = text.starts_with(BYTE_ORDER_MARK);
        // Three spaces in the place of the mark's three bytes: every offset stays true.
        let text = if marked {
            format!("   {}", &text[BYTE_ORDER_MARK.len()..])
        } else {
            text.to_owned()
        };
        let parsed = parse_as(&text, parser_dialect(dialect));
        let blanked = Blanked::new(&text);
        let items = items(&parsed.tree, &text);
        let (tree, syntax_problems) = (parsed.tree, parsed.problems);
        let problems = if marked {
            vec![byte_order_mark()]
        } else {
            Vec::new()
        };
        let mut file = File {
            path,
            source,
            module,
            text,
            tree,
            items,
            syntax_problems,
            blanked,
            problems,
            is_text: true,
            has_byte_order_mark: marked,
            has_choice: parsed.has_choice,
            hangs_on_brackets: parsed.hangs_on_brackets,
        };
        // The compiler never sees a stub.
        if dialect != Dialect::Stub {
            file.blank_what_rune_does_not_know();
            file.warn_of_ignored_arguments();
        }
        file
    }

    /// Rune reads no further than the expressions of an assertion where no comma follows them.
    fn warn_of_ignored_arguments(&mut self) {
        if !self.text.contains("assert") {
            return;
        }
        let nodes = self.tree.root().descendants();
        let arguments = nodes.filter(|node| node.kind() == MacroArguments);
        for ignored in arguments.filter_map(|arguments| arguments.first_child(TokenTree)) {
            let message = "Rune ignores this; is a `,` missing before it?".to_owned();
            self.problems.push(problem(
                "ignored-arguments",
                Severity::Warning,
                message,
                ignored.span(),
                Origin::Runekiln,
            ));
        }
    }

    /// Whether the parser found nothing wrong.
    pub fn is_well_formed(&self) -> bool {
        self.is_text && self.syntax_problems.is_empty()
    }

    /// Drops what was found in a comment that is never closed: to Rune there is nothing else behind its beginning.
    pub fn forget_what_is_commented_out(&mut self) {
        if let Some(start) = commented_out_from(&self.syntax_problems, &self.text) {
            self.problems.retain(|problem| problem.span[0] <= start);
        }
    }

    fn blank_what_rune_does_not_know(&mut self) {
        let quiet = |span| Cut {
            span,
            level: Level::Quiet,
            filler: Filler::Spaces,
        };
        for span in annotation_spans(&self.tree) {
            self.blanked.cut(quiet(span));
        }
        for span in foreign_attributes(&self.tree, &self.text) {
            self.blanked.cut(quiet(span));
        }
    }

    /// Reports the attributes that other profiles have, and takes them out: on functions the compiler would not see them.
    fn refuse_what_the_profile_lacks(&mut self) {
        if !self.text.contains('#') {
            return;
        }
        let host = Host::shared();
        let attributes = self.tree.root().descendants();
        for attribute in attributes.filter(|node| node.kind() == Attribute) {
            let Some(name) = name_of(attribute, &self.text) else {
                continue;
            };
            let Some(profiles) = host.unavailable.attribute(name) else {
                continue;
            };
            let span = attribute.span();
            let message = in_other_profiles(&format!("#[{name}]"), &host.profile, profiles);
            let (severity, origin) = (Severity::Error, Origin::Runekiln);
            self.problems
                .push(problem(UNAVAILABLE, severity, message, span, origin));
            self.blanked.cut(Cut {
                span,
                level: Level::Quiet,
                filler: Filler::Spaces,
            });
        }
    }

    /// The modules that this file says are in other files. One that is still being typed is not looked for.
    fn module_declarations(&self) -> Vec<ModuleDeclaration> {
        if self.items.iter().all(|item| item.kind != ItemKind::Module) {
            return Vec::new();
        }
        let mut declarations = module_declarations(&self.tree, &self.text);
        declarations.retain(|declared| declared.span.of(&self.text).ends_with(';'));
        declarations
    }

    /// Reports a module without a file, and takes it out.
    fn miss_module(&mut self, declaration: &ModuleDeclaration, candidates: &[String]) {
        let name = declaration.name_span.of(&self.text);
        let message = format!(
            "There is no file for the module `{name}`: neither `{}` exists",
            candidates.join("` nor `")
        );
        self.problems.push(problem(
            "missing-module",
            Severity::Error,
            message,
            declaration.name_span,
            Origin::Compiler,
        ));
        self.blanked.cut(Cut {
            span: declaration.span,
            level: Level::Item,
            filler: Filler::Spaces,
        });
    }
}

/// A problem without anything beside its message.
pub fn problem(
    code: &str,
    severity: Severity,
    message: String,
    span: Span,
    origin: Origin,
) -> Problem {
    Problem {
        code: code.to_owned(),
        severity,
        message,
        item: None,
        span: [span.start, span.end],
        origin,
        tags: Vec::new(),
        related: Vec::new(),
        fixes: Vec::new(),
    }
}

/// The parser's name for a dialect.
pub fn parser_dialect(dialect: Dialect) -> ParserDialect {
    match dialect {
        Dialect::Module => ParserDialect::Module,
        Dialect::FunctionBody => ParserDialect::FunctionBody,
        Dialect::Stub => ParserDialect::Stub,
    }
}

fn not_text(error: &std::str::Utf8Error) -> Problem {
    let start = error.valid_up_to() as u32;
    let span = Span::new(start, start + error.error_len().unwrap_or(1) as u32);
    let message = "This byte is not UTF-8; save the file as UTF-8".to_owned();
    problem("not-utf8", Severity::Error, message, span, Origin::Runekiln)
}

fn byte_order_mark() -> Problem {
    let span = [0, BYTE_ORDER_MARK.len() as u32];
    let message = "A byte order mark; other Rune hosts refuse it".to_owned();
    let edits = vec![Edit {
        span,
        text: String::new(),
    }];
    Problem {
        fixes: vec![Fix {
            title: "Remove the byte order mark".to_owned(),
            edits,
        }],
        ..problem(
            "byte-order-mark",
            Severity::Hint,
            message,
            Span::new(span[0], span[1]),
            Origin::Runekiln,
        )
    }
}

/// The attributes of functions that Rune would refuse. On anything else it takes those that the host defines.
fn foreign_attributes(tree: &Tree, text: &str) -> Vec<Span> {
    if !text.contains('#') {
        return Vec::new();
    }
    let functions = tree.root().descendants();
    functions
        .filter(|node| node.kind() == FunctionItem)
        .flat_map(|function| function.children_of(Attribute))
        .filter(|attribute| !is_of_rune(*attribute, text))
        .map(NodeRef::span)
        .collect()
}

fn is_of_rune(attribute: NodeRef<'_>, text: &str) -> bool {
    name_of(attribute, text).is_some_and(|name| RUNE_ATTRIBUTES.contains(&name))
}

fn name_of<'t>(attribute: NodeRef<'_>, text: &'t str) -> Option<&'t str> {
    let mut tokens = attribute.tokens();
    let name = tokens.find(|token| token.kind() == Identifier)?;
    Some(name.text(text))
}
