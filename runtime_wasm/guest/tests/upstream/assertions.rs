//! How Rune's test macros are written.

use proc_macro2::TokenStream;
use runekiln_guest::tree::Span;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit::{visit_expr_macro, Visit};
use syn::{Block, Expr, ExprLit, Lit, LitInt, LitStr, Macro, Pat, Result, Stmt, Token, Type};

use super::{Case, Expected};

/// `"script"`
pub fn script(tokens: TokenStream) -> Result<Case> {
    let script = |input: ParseStream<'_>| text(&input.parse()?);
    Ok(case(script.parse2(tokens)?, Vec::new()))
}

/// `"script", span!(0, 1), Kind { .. } => { … }, Kind …`, where `span` may be a name that the blocks compare.
pub fn diagnostics(tokens: TokenStream) -> Result<Case> {
    let parse = |input: ParseStream<'_>| {
        let script = text(&input.parse()?)?;
        input.parse::<Token![,]>()?;
        let place = span_in_pattern(&Pat::parse_single(input)?)?;
        let mut expected = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if !input.is_empty() {
                expected.push(diagnostic(input, place)?);
            }
        }
        Ok(case(script, expected))
    };
    parse.parse2(tokens)
}

fn diagnostic(input: ParseStream<'_>, place: Option<Span>) -> Result<Expected> {
    let kind = kind(&Pat::parse_single(input)?);
    let mut seen = Compared::default();
    if input.parse::<Option<Token![=>]>>()?.is_some() {
        seen.visit_expr(&input.parse()?);
    }
    Ok(Expected {
        span: place.or(seen.span),
        kind,
        message: seen.message,
    })
}

/// `Type => "script", Kind { .. } => { … }`, the type only if any value will not do.
pub fn machine_error(tokens: TokenStream) -> Result<Case> {
    let parse = |input: ParseStream<'_>| {
        let target = target(input)?;
        let script = text(&input.parse()?)?;
        input.parse::<Token![,]>()?;
        let kind = kind(&Pat::parse_single(input)?);
        input.parse::<Token![=>]>()?;
        let mut seen = Compared::default();
        seen.visit_block(&input.parse::<Block>()?);
        let expected = Expected {
            span: None,
            kind,
            message: seen.message,
        };
        Ok(Case {
            target,
            ..case(script, vec![expected])
        })
    };
    parse.parse2(tokens)
}

fn target(input: ParseStream<'_>) -> Result<Option<String>> {
    let ahead = input.fork();
    if ahead.parse::<Type>().is_err() || !ahead.peek(Token![=>]) {
        return Ok(None);
    }
    let Type::Path(path) = input.parse()? else {
        return Err(input.error("a name of a type"));
    };
    input.parse::<Token![=>]>()?;
    Ok(path.path.get_ident().map(ToString::to_string))
}

fn case(script: String, expected: Vec<Expected>) -> Case {
    Case {
        name: String::new(),
        script,
        expected,
        target: None,
    }
}

/// The variant that a pattern names.
fn kind(pattern: &Pat) -> Option<String> {
    let path = match pattern {
        Pat::Ident(name) => return Some(name.ident.to_string()),
        Pat::Struct(variant) => &variant.path,
        Pat::TupleStruct(variant) => &variant.path,
        Pat::Path(variant) => &variant.path,
        _ => return None,
    };
    path.segments.last().map(|last| last.ident.to_string())
}

fn span_in_pattern(pattern: &Pat) -> Result<Option<Span>> {
    match pattern {
        Pat::Macro(span) => span_of(&span.mac).map(Some),
        _ => Ok(None),
    }
}

/// `span!(0, 1)`
fn span_of(called: &Macro) -> Result<Span> {
    let numbers = called.parse_body_with(Punctuated::<LitInt, Token![,]>::parse_terminated)?;
    let numbers: Vec<u32> = numbers
        .iter()
        .map(LitInt::base10_parse)
        .collect::<Result<_>>()?;
    Ok(Span::new(numbers[0], numbers[1]))
}

/// What a block compares: `assert_eq!(span, span!(0, 1))`, `assert_eq!(error.to_string(), "…")`.
#[derive(Default)]
struct Compared {
    span: Option<Span>,
    message: Option<String>,
}

impl<'ast> Visit<'ast> for Compared {
    fn visit_expr_macro(&mut self, called: &'ast syn::ExprMacro) {
        self.compare(&called.mac);
        visit_expr_macro(self, called);
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        match statement {
            Stmt::Macro(called) => self.compare(&called.mac),
            _ => syn::visit::visit_stmt(self, statement),
        }
    }
}

impl Compared {
    fn compare(&mut self, called: &Macro) {
        let sides = called.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        let sides: Vec<Expr> = sides.into_iter().flatten().collect();
        match sides.as_slice() {
            [Expr::Path(name), Expr::Macro(span)] if name.path.is_ident("span") => {
                self.span = span_of(&span.mac).ok();
            }
            [Expr::MethodCall(said), literal] if is_text_of_error(said) => {
                self.message = text(literal).ok();
            }
            _ => {}
        }
    }
}

/// `error.to_string()` and `reason.to_string()`, not that of some name.
fn is_text_of_error(call: &syn::ExprMethodCall) -> bool {
    let Expr::Path(of) = &*call.receiver else {
        return false;
    };
    call.method == "to_string" && (of.path.is_ident("error") || of.path.is_ident("reason"))
}

/// The value of `"…"`, or of `&format!("…", name = stringify!(…))`.
fn text(expression: &Expr) -> Result<String> {
    match expression {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Ok(text.value()),
        Expr::Reference(reference) => text(&reference.expr),
        Expr::Macro(called) if called.mac.path.is_ident("format") => called
            .mac
            .parse_body::<Formatted>()
            .map(|formatted| formatted.0),
        _ => Err(syn::Error::new(
            proc_macro2::Span::call_site(),
            "not a text",
        )),
    }
}

/// The arguments of `format!`, put together.
struct Formatted(String);

impl Parse for Formatted {
    fn parse(input: ParseStream<'_>) -> Result<Formatted> {
        let mut text = input.parse::<LitStr>()?.value();
        input.parse::<Token![,]>()?;
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated(input)?;
        for argument in &arguments {
            let Expr::Assign(named) = argument else {
                return Err(input.error("a named argument"));
            };
            let (Expr::Path(name), Expr::Macro(value)) = (&*named.left, &*named.right) else {
                return Err(input.error("`name = stringify!(…)`"));
            };
            let name = name.path.require_ident()?;
            let value = value.mac.tokens.to_string().replace(' ', "");
            text = text.replace(&format!("{{{name}}}"), &value);
        }
        Ok(Formatted(text.replace("{{", "{").replace("}}", "}")))
    }
}
