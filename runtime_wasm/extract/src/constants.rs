//! Works out what an expression is, where the source alone says it: texts, numbers, lists of these, and structs.

use std::collections::HashMap;

use syn::punctuated::Punctuated;
use syn::{Block, Expr, ExprClosure, Lit, Member, Stmt, Token, Type};

use crate::index::{segments, segments_of, Index};
use crate::numbers::Number;
use crate::scope::{pattern_name, Local, Scope};
use crate::source::RustModule;
use crate::undecided::Undecided;

const AT_RUN_TIME: &str = "what this is shows only when the program runs";

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    Text(String),
    Truth(bool),
    Character(char),
    Number(Number),
    List(Vec<Constant>),
    Tuple(Vec<Constant>),
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

    /// How many, if it is a number.
    pub fn count(&self) -> Option<usize> {
        match self {
            Constant::Number(number) => number.count(),
            _ => None,
        }
    }

    /// As a value of a type that is written in Rust.
    fn typed(self, written: &Type) -> Constant {
        match (&self, written) {
            (Constant::Number(number), Type::Path(path)) => {
                let name = path.path.get_ident().map(ToString::to_string);
                let cast = name.and_then(|name| number.cast(&name));
                cast.map_or(self, Constant::Number)
            }
            _ => self,
        }
    }
}

/// Works out an expression; what cannot be is an `Undecided` with its place.
pub fn evaluate<'a>(
    index: &Index<'a>,
    scope: &Scope<'a>,
    expression: &'a Expr,
) -> Result<Constant, Undecided> {
    let evaluated = |expression| evaluate(index, scope, expression);
    let unknown = || scope.undecided(expression, AT_RUN_TIME);
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Ok(Constant::Text(text.value())),
            Lit::Bool(truth) => Ok(Constant::Truth(truth.value)),
            Lit::Char(character) => Ok(Constant::Character(character.value())),
            other => Number::of(other).map(Constant::Number).ok_or_else(|| {
                scope.undecided(expression, "this literal is no text, number or truth")
            }),
        },
        Expr::Reference(reference) => evaluated(&reference.expr),
        Expr::Paren(inner) => evaluated(&inner.expr),
        Expr::Group(inner) => evaluated(&inner.expr),
        Expr::Array(array) => list(index, scope, &array.elems).map(Constant::List),
        Expr::Tuple(tuple) => list(index, scope, &tuple.elems).map(Constant::Tuple),
        Expr::Cast(cast) => Ok(evaluated(&cast.expr)?.typed(&cast.ty)),
        Expr::Unary(unary) => match (evaluated(&unary.expr)?, &unary.op) {
            (Constant::Truth(truth), syn::UnOp::Not(_)) => Ok(Constant::Truth(!truth)),
            (Constant::Number(number), operator) => {
                let number = number.unary(operator);
                number.map(Constant::Number).ok_or_else(unknown)
            }
            (constant, syn::UnOp::Deref(_)) => Ok(constant),
            _ => Err(unknown()),
        },
        Expr::Binary(binary) => match (evaluated(&binary.left)?, evaluated(&binary.right)?) {
            (Constant::Number(left), Constant::Number(right)) => {
                let number = left.binary(&binary.op, right);
                number.map(Constant::Number).ok_or_else(unknown)
            }
            _ => Err(unknown()),
        },
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
        Expr::Macro(written) => of_macro(&written.mac).ok_or_else(unknown),
        Expr::MethodCall(called)
            if called.args.is_empty()
                && [
                    "to_owned",
                    "to_string",
                    "into",
                    "as_str",
                    "as_ref",
                    "iter",
                    "into_iter",
                ]
                .iter()
                .any(|name| called.method == name) =>
        {
            evaluated(&called.receiver)
        }
        Expr::Block(block) => evaluate_block(index, scope.clone(), &block.block, expression),
        _ => Err(unknown()),
    }
}

fn list<'a>(
    index: &Index<'a>,
    scope: &Scope<'a>,
    items: &'a Punctuated<Expr, Token![,]>,
) -> Result<Vec<Constant>, Undecided> {
    let items = items.iter();
    items.map(|item| evaluate(index, scope, item)).collect()
}

/// `concat!` of literals, and `stringify!`.
fn of_macro(written: &syn::Macro) -> Option<Constant> {
    let name = written.path.get_ident()?.to_string();
    match &*name {
        "stringify" => Some(Constant::Text(written.tokens.to_string())),
        "concat" => {
            let parse = Punctuated::<Lit, Token![,]>::parse_terminated;
            let literals = written.parse_body_with(parse).ok()?;
            let texts = literals.iter().map(|literal| match literal {
                Lit::Str(text) => Some(text.value()),
                Lit::Int(number) => Some(number.base10_digits().to_owned()),
                _ => None,
            });
            texts.collect::<Option<String>>().map(Constant::Text)
        }
        _ => None,
    }
}

fn name<'a>(
    index: &Index<'a>,
    scope: &Scope<'a>,
    path: &syn::ExprPath,
) -> Result<Constant, Undecided> {
    let segments = segments_of(path);
    if let [only] = &*segments {
        match scope.local(only) {
            Some(Local::Known(value)) => return Ok(value.clone()),
            Some(Local::Written(expression, written)) => {
                return evaluate(index, written, expression)
            }
            None => {}
        }
    }
    let Some((module, written, constant)) = constant(index, scope, &segments) else {
        let (_, path_of_type) = scope.place(&segments);
        let parts: Vec<&str> = path_of_type.iter().map(String::as_str).collect();
        return Number::known(&parts).map(Constant::Number).ok_or_else(|| {
            let reason = format!("the crate has no constant `{}`", segments.join("::"));
            scope.undecided(path, &reason)
        });
    };
    match scope.called(module) {
        Some(inner) => Ok(evaluate(index, &inner, constant)?.typed(written)),
        None => Err(scope.undecided(path, "these constants stand for one another")),
    }
}

/// A constant of the crate, of a module or of a type, with the type that it says.
pub fn constant<'a>(
    index: &Index<'a>,
    scope: &Scope<'a>,
    path: &[String],
) -> Option<(&'a RustModule, &'a Type, &'a Expr)> {
    let (module, path) = scope.place(path);
    if let Some(found) = index.resolve(module, &path) {
        let (written, value) = found.constant()?;
        return Some((found.module, written, value));
    }
    let (name, of) = path.split_last()?;
    let known = index.member(module, of, |member| match member {
        syn::ImplItem::Const(constant) if constant.ident == name => Some(constant),
        _ => None,
    })?;
    Some((known.0.module, &known.1.ty, &known.1.expr))
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
    let Some(function) = crate::functions::find(index, scope, &path.path) else {
        return Err(scope.undecided(
            call,
            &format!("the crate has no function `{}`", text.join("::")),
        ));
    };
    let Some(mut inner) = scope.called(function.module) else {
        return Err(scope.undecided(call, "these functions call one another"));
    };
    inner.set_arguments(&function.signature.inputs, &call.args, scope);
    evaluate_block(index, inner, function.block, call)
}

fn call_closure<'a>(
    index: &Index<'a>,
    scope: &Scope<'a>,
    call: &'a syn::ExprCall,
    closure: &'a ExprClosure,
    written: &Scope<'a>,
) -> Result<Constant, Undecided> {
    let Some(mut inner) = written.called_from(scope) else {
        return Err(scope.undecided(call, "these functions call one another"));
    };
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
    place: &impl syn::spanned::Spanned,
) -> Result<Constant, Undecided> {
    for statement in &block.stmts {
        match statement {
            Stmt::Local(local) => scope.note(local),
            Stmt::Expr(expression, None) => return evaluate(index, &scope, expression),
            _ => break,
        }
    }
    Err(scope.undecided(place, AT_RUN_TIME))
}
