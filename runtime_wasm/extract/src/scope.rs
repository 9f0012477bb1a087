//! The names that an expression can use: those of its module, and those of the function around it.

use std::collections::HashMap;
use std::rc::Rc;

use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, FnArg, Pat, Token, Type};

use crate::constants::Constant;
use crate::index::segments;
use crate::source::{line, RustModule};
use crate::undecided::Undecided;

/// How deep functions and closures may call one another.
const DEEPEST_CALL: usize = 32;

#[derive(Clone)]
pub struct Scope<'a> {
    pub module: &'a RustModule,
    /// What `Self` is.
    own: Option<&'a syn::Ident>,
    /// What type parameters stand for, by their names: a path, and the module that it is written in.
    types: HashMap<String, (&'a RustModule, Vec<String>)>,
    locals: HashMap<String, Local<'a>>,
    depth: usize,
}

#[derive(Clone)]
pub enum Local<'a> {
    Known(Constant),
    /// An expression, and where its names are looked up.
    Written(&'a Expr, Rc<Scope<'a>>),
}

impl<'a> Scope<'a> {
    pub fn new(module: &'a RustModule) -> Self {
        Scope::of(module, None)
    }

    /// The scope of a function in an `impl` of this type.
    pub fn of(module: &'a RustModule, own: Option<&'a syn::Ident>) -> Self {
        Scope {
            module,
            own,
            types: HashMap::new(),
            locals: HashMap::new(),
            depth: 0,
        }
    }

    /// The scope of a function that is called from here.
    pub fn called(&self, module: &'a RustModule) -> Option<Self> {
        let depth = self.depth + 1;
        (depth < DEEPEST_CALL).then(|| Scope {
            depth,
            ..Scope::new(module)
        })
    }

    /// The scope of something in an `impl` of this type.
    pub fn within(self, own: Option<&'a syn::Ident>) -> Self {
        Scope { own, ..self }
    }

    /// The scope of a closure that stands in this one, and is called from another.
    pub fn called_from(&self, caller: &Scope<'a>) -> Option<Self> {
        let depth = caller.depth + 1;
        (depth < DEEPEST_CALL).then(|| Scope {
            depth,
            ..self.clone()
        })
    }

    /// Where a path is to be looked up, and as what: `Self` and type parameters stand for other types.
    pub fn place(&self, path: &[String]) -> (&'a RustModule, Vec<String>) {
        let Some((first, rest)) = path.split_first() else {
            return (self.module, Vec::new());
        };
        if let (Some(own), "Self") = (self.own, &**first) {
            return (self.module, [&[own.to_string()], rest].concat());
        }
        match self.types.get(first) {
            Some((module, known)) => (*module, [&**known, rest].concat()),
            None => (self.module, path.to_vec()),
        }
    }

    /// Says what the type parameters of a function are, by what it is called with in another scope.
    pub fn set_types(&mut self, generics: &syn::Generics, given: &[&Type], caller: &Scope<'a>) {
        for (parameter, given) in generics.type_params().zip(given) {
            if let Type::Path(path) = given {
                let known = caller.place(&segments(&path.path));
                self.types.insert(parameter.ident.to_string(), known);
            }
        }
    }

    /// Says what the parameters of a function are, by what it is called with in another scope.
    pub fn set_arguments(
        &mut self,
        inputs: &Punctuated<FnArg, Token![,]>,
        arguments: &'a Punctuated<Expr, Token![,]>,
        caller: &Scope<'a>,
    ) {
        for (input, argument) in inputs.iter().zip(arguments) {
            if let FnArg::Typed(typed) = input {
                if let Some(name) = pattern_name(&typed.pat) {
                    self.set_written(&name, argument, caller);
                }
            }
        }
    }

    pub fn set(&mut self, name: &str, value: Constant) {
        self.locals.insert(name.to_owned(), Local::Known(value));
    }

    /// Gives the names of a pattern their values; false if it does not fit.
    pub fn bind(&mut self, pattern: &Pat, value: &Constant) -> bool {
        match (pattern, value) {
            (Pat::Tuple(pattern), Constant::Tuple(values)) => {
                let parts = pattern.elems.iter().zip(values);
                let fits = pattern.elems.len() == values.len();
                fits && parts.fold(true, |fits, (pattern, value)| {
                    self.bind(pattern, value) && fits
                })
            }
            (Pat::Reference(pattern), _) => self.bind(&pattern.pat, value),
            _ => match pattern_name(pattern) {
                Some(name) => {
                    self.set(&name, value.clone());
                    true
                }
                None => matches!(pattern, Pat::Wild(_)),
            },
        }
    }

    pub fn set_written(&mut self, name: &str, expression: &'a Expr, scope: &Scope<'a>) {
        self.locals.insert(
            name.to_owned(),
            Local::Written(expression, Rc::new(scope.clone())),
        );
    }

    /// Notes a `let` of a plain name.
    pub fn note(&mut self, local: &'a syn::Local) {
        if let (Some(name), Some(init)) = (pattern_name(&local.pat), &local.init) {
            let here = self.clone();
            self.set_written(&name, &init.expr, &here);
        }
    }

    pub fn local(&self, name: &str) -> Option<&Local<'a>> {
        self.locals.get(name)
    }

    /// The expression that a local name stands for, with the scope of that expression.
    pub fn written(&self, name: &str) -> Option<(&'a Expr, Rc<Scope<'a>>)> {
        match self.locals.get(name)? {
            Local::Written(expression, scope) => Some((expression, Rc::clone(scope))),
            Local::Known(_) => None,
        }
    }

    pub fn undecided(&self, place: &impl Spanned, reason: &str) -> Undecided {
        Undecided {
            path: self.module.file.clone(),
            line: line(place.span()),
            reason: reason.to_owned(),
        }
    }
}

/// The name of a pattern that is one name, whatever its type.
pub fn pattern_name(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(name) => Some(name.ident.to_string()),
        Pat::Type(typed) => pattern_name(&typed.pat),
        _ => None,
    }
}
