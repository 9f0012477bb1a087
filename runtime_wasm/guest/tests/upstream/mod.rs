//! The cases of Rune's own tests, taken out of its Rust sources: a script, and what the compiler or the machine says of it.
#![allow(dead_code)]

mod assertions;
pub mod machine;
pub mod scripts;
mod templates;
pub mod values;

use proc_macro2::{Group, TokenStream, TokenTree};
use runekiln_guest::tree::Span;
use syn::visit::{visit_file, visit_item_fn, visit_macro, Visit};

use crate::parsing::{files, upstream};

/// Something that is expected of a script.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// None where Rune's test does not look at it.
    pub span: Option<Span>,
    /// The variant of `ErrorKind`, `WarningDiagnosticKind` or `VmErrorKind`; None if any will do.
    pub kind: Option<String>,
    /// What Rune must say, where the variant alone is not enough.
    pub message: Option<String>,
}

/// One assertion.
#[derive(Debug, Clone)]
pub struct Case {
    /// File and function, for whoever looks for it.
    pub name: String,
    pub script: String,
    pub expected: Vec<Expected>,
    /// The Rust type that the value becomes, if a test asks for more than any value.
    pub target: Option<String>,
}

/// The cases of each macro.
#[derive(Debug, Default)]
pub struct Cases {
    pub errors: Vec<Case>,
    pub warnings: Vec<Case>,
    pub parses: Vec<Case>,
    /// Assertions as they are written; some stand in a macro and give several cases.
    pub machine_errors_written: usize,
    pub machine_errors: Vec<Case>,
}

/// Reads all of Rune's tests. Panics at an assertion that is written in a way this does not understand.
pub fn cases() -> Cases {
    let mut cases = Cases::default();
    for (path, rust) in files(upstream().join("src/tests"), ".rs") {
        let file = syn::parse_file(&rust).expect("a Rust file");
        let mut reader = Reader {
            file: path.file_name().unwrap().to_string_lossy().into_owned(),
            function: String::new(),
            templates: Vec::new(),
            cases: &mut cases,
        };
        visit_file(&mut reader, &file);
    }
    cases
}

/// Goes through one file.
struct Reader<'c> {
    file: String,
    function: String,
    /// The `macro_rules!` seen so far that assert something: their names and bodies.
    templates: Vec<(String, TokenStream)>,
    cases: &'c mut Cases,
}

impl Reader<'_> {
    fn name(&self) -> String {
        format!("{}: {}", self.file, self.function)
    }

    fn read(&mut self, name: &str, tokens: &TokenStream) {
        let place = self.name();
        let parsed = match name {
            "assert_errors" | "assert_warnings" => assertions::diagnostics(tokens.clone()),
            "assert_parse" => assertions::script(tokens.clone()),
            _ => assertions::machine_error(tokens.clone()),
        };
        let case = parsed.unwrap_or_else(|error| panic!("{place}: {error} in {tokens}"));
        let case = Case {
            name: place,
            ..case
        };
        match name {
            "assert_errors" => self.cases.errors.push(case),
            "assert_warnings" => self.cases.warnings.push(case),
            "assert_parse" => self.cases.parses.push(case),
            _ => self.cases.machine_errors.push(case),
        }
    }

    /// A macro that stands for assertions, with the values of its parameters put in.
    fn expand(&mut self, template: &TokenStream, arguments: &TokenStream) {
        let values = templates::operation(arguments.clone());
        for assertion in assertions_in(&templates::filled(template.clone(), &values)) {
            self.read("assert_vm_error", &assertion);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.function = function.sig.ident.to_string();
        visit_item_fn(self, function);
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        let written = assertions_in(&item.mac.tokens).len();
        match &item.ident {
            Some(name) if written > 0 => {
                self.cases.machine_errors_written += written;
                let template = (name.to_string(), item.mac.tokens.clone());
                self.templates.push(template);
            }
            Some(_) => {}
            None => self.visit_macro(&item.mac),
        }
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let name = called
            .path
            .segments
            .last()
            .map(|last| last.ident.to_string());
        let name = name.unwrap_or_default();
        let template = self.templates.iter().find(|(of, _)| *of == name);
        match (name.as_str(), template) {
            (_, Some((_, template))) => self.expand(&template.clone(), &called.tokens),
            ("assert_vm_error", _) => {
                self.cases.machine_errors_written += 1;
                self.read(&name, &called.tokens);
            }
            ("assert_errors" | "assert_warnings" | "assert_parse", _) => {
                self.read(&name, &called.tokens);
            }
            _ => visit_macro(self, called),
        }
    }
}

/// What stands in the parentheses of each `assert_vm_error!` among the tokens.
fn assertions_in(tokens: &TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        match index >= 2 && is_name(&tokens[index - 2], "assert_vm_error") {
            true => found.push(group.stream()),
            false => found.extend(assertions_in(&group.stream())),
        }
    }
    found
}

fn is_name(token: &TokenTree, name: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == name)
}

/// The same group around other tokens.
fn regrouped(group: &Group, tokens: TokenStream) -> TokenTree {
    TokenTree::Group(Group::new(group.delimiter(), tokens))
}
