//! Works out what an expression is, where the source alone says it: texts, lists of texts, and structs of these.

use std::collections::HashMap;
use std::rc::Rc;

use syn::spanned::Spanned;
use syn::{Block, Expr, ExprClosure, Lit, Member, Pat, Stmt};

use crate::index::{segments, Index};
use crate::source::{line, RustModule};
use crate::undecided::Undecided;

/// How deep functions and closures may call one another.
const DEEPEST_CALL: usize = 32;

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    Text(String),
    Truth(bool),
    Number(i64),
    List(Vec<Constant>),
    Record(HashMap<String, Constant>),
}

impl Constant {
    pub fn text(&self) -> Option<&str> {
        match self {
            Constant::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts of a list; none if it holds anything else.
    pub fn texts(&self) -> Option<Vec<String>> {
        match self {
            Constant::List(items) => items
                .iter()
                .map(|item| item.text().map(str::to_owned))
                .collect(),
            _ => None,
        }
    }
}

/// The names that an expression can use: those of its module, and those of the function around it.
#[derive(Clone)]
pub struct Scope<'a> {
    pub module: &'a RustModule,
    locals: HashMap<String, Local<'a>>,
    depth: usize,
}

#[derive(Clone)]
enum Local<'a> {
    Known(Constant),
    /// An expression, and where its names are looked up.
    Written(&'a Expr, Rc<Scope<'a>>),
}

impl<'a> Scope<'a> {
    pub fn new(module: &'a RustModule) -> Self {
        Scope {
            module,
            locals: HashMap::new(),
            depth: 0,
        }
    }

    /// The scope of a function that is called from here.
    pub fn called(&self, module: &'a RustModule) -> Option<Self> {
        let depth = self.depth + 1;
        (depth < DEEPEST_CALL).then(|| Scope {
            module,
            locals: HashMap::new(),
            depth,
        })
    }

    pub fn set(&mut self, name: &str, value: Constant) {
        self.locals.insert(name.to_owned(), Local::Known(value));
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

/// Works out an expression; what cannot be is an `Undecided` with its place.
pub fn evaluate<'a>(
    index: &Index<'a>,
    scope: &Scope<'a>,
    expression: &'a Expr,
) -> Result<Constant, Undecided> {
    let evaluated = |expression| evaluate(index, scope, expression);
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Ok(Constant::Text(text.value())),
            Lit::Bool(truth) => Ok(Constant::Truth(truth.value)),
            Lit::Int(number) => match number.base10_parse() {
                Ok(number) => Ok(Constant::Number(number)),
                Err(_) => Err(scope.undecided(expression, "this number is too large")),
            },
            _ => Err(scope.undecided(expression, "this literal is no text, number or truth")),
        },
        Expr::Reference(reference) => evaluated(&reference.expr),
        Expr::Paren(inner) => evaluated(&inner.expr),
        Expr::Group(inner) => evaluated(&inner.expr),
        Expr::Array(array) => array
            .elems
            .iter()
            .map(evaluated)
            .collect::<Result<_, _>>()
            .map(Constant::List),
        Expr::Tuple(tuple) => tuple
            .elems
            .iter()
            .map(evaluated)
            .collect::<Result<_, _>>()
            .map(Constant::List),
        Expr::Cast(cast) => evaluated(&cast.expr),
        Expr::Struct(literal) if literal.rest.is_none() => {
            let mut record = HashMap::new();
            for field in &literal.fields {
                if let Member::Named(name) = &field.member {
                    record.insert(name.to_string(), evaluated(&field.expr)?);
                }
            }
            Ok(Constant::Record(record))
        }
        Expr::Path(path) => name(index, scope, path),
        Expr::Call(called) => call(index, scope, called),
        Expr::MethodCall(called)
            if called.args.is_empty()
                && ["to_owned", "to_string", "into", "as_str", "as_ref"]
                    .iter()
                    .any(|name| called.method == name) =>
        {
            evaluated(&called.receiver)
        }
        Expr::Block(block) => evaluate_block(index, scope.clone(), &block.block, expression),
        _ => Err(scope.undecided(expression, "what this is shows only when the program runs")),
    }
}

fn name<'a>(
    index: &Index<'a>,
    scope: &Scope<'a>,
    path: &syn::ExprPath,
) -> Result<Constant, Undecided> {
    let segments = segments(&path.path);
    if let [only] = &*segments {
        match scope.locals.get(only) {
            Some(Local::Known(value)) => return Ok(value.clone()),
            Some(Local::Written(expression, written)) => {
                return evaluate(index, written, expression)
            }
            None => {}
        }
    }
    let found = index.resolve(scope.module, &segments);
    match found.and_then(|found| Some((found.module, found.constant()?))) {
        Some((module, constant)) => match scope.called(module) {
            Some(inner) => evaluate(index, &inner, constant),
            None => Err(scope.undecided(path, "these constants stand for one another")),
        },
        None => Err(scope.undecided(
            path,
            &format!("the crate has no constant `{}`", segments.join("::")),
        )),
    }
}

/// A call of a local closure, of a function of the crate, or `String::from`.
fn call<'a>(
    index: &Index<'a>,
    scope: &Scope<'a>,
    call: &'a syn::ExprCall,
) -> Result<Constant, Undecided> {
    let Expr::Path(path) = &*call.func else {
        return Err(scope.undecided(call, "what is called here shows only when the program runs"));
    };
    let segments = segments(&path.path);
    let text: Vec<&str> = segments.iter().map(String::as_str).collect();
    if let (["String", "from"], Some(argument)) = (&*text, call.args.first()) {
        return evaluate(index, scope, argument);
    }
    if let [name] = &*text {
        if let Some((Expr::Closure(closure), written)) = scope.written(name) {
            return call_closure(index, scope, call, closure, &written);
        }
    }
    let function = match index.resolve(scope.module, &segments) {
        Some(found) => found
            .function()
            .map(|function| (found.module, &function.sig, &*function.block)),
        None => method_of_path(index, &text),
    };
    let Some((module, signature, block)) = function else {
        return Err(scope.undecided(
            call,
            &format!("the crate has no function `{}`", text.join("::")),
        ));
    };
    let Some(mut inner) = scope.called(module) else {
        return Err(scope.undecided(call, "these functions call one another"));
    };
    for (input, argument) in signature.inputs.iter().zip(&call.args) {
        if let syn::FnArg::Typed(typed) = input {
            if let Some(name) = pattern_name(&typed.pat) {
                inner.set_written(&name, argument, scope);
            }
        }
    }
    evaluate_block(index, inner, block, call)
}

/// `Type::name`, a function of an `impl` in the crate.
fn method_of_path<'a>(
    index: &Index<'a>,
    path: &[&str],
) -> Option<(&'a RustModule, &'a syn::Signature, &'a Block)> {
    let [.., type_name, name] = path else {
        return None;
    };
    let method = index
        .methods
        .iter()
        .find(|method| method.type_name == type_name && method.function.sig.ident == name)?;
    Some((method.module, &method.function.sig, &method.function.block))
}

fn call_closure<'a>(
    index: &Index<'a>,
    scope: &Scope<'a>,
    call: &'a syn::ExprCall,
    closure: &'a ExprClosure,
    written: &Scope<'a>,
) -> Result<Constant, Undecided> {
    let mut inner = written.clone();
    inner.depth = scope.depth + 1;
    if inner.depth >= DEEPEST_CALL {
        return Err(scope.undecided(call, "these functions call one another"));
    }
    for (input, argument) in closure.inputs.iter().zip(&call.args) {
        if let Some(name) = pattern_name(input) {
            inner.set_written(&name, argument, scope);
        }
    }
    evaluate(index, &inner, &closure.body)
}

/// A block of `let`s and a last expression.
fn evaluate_block<'a>(
    index: &Index<'a>,
    mut scope: Scope<'a>,
    block: &'a Block,
    place: &impl Spanned,
) -> Result<Constant, Undecided> {
    for statement in &block.stmts {
        match statement {
            Stmt::Local(local) => scope.note(local),
            Stmt::Expr(expression, None) => return evaluate(index, &scope, expression),
            _ => break,
        }
    }
    Err(scope.undecided(place, "what this is shows only when the program runs"))
}
