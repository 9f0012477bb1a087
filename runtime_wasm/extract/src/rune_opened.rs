//! Modules that are made, by Rune or by a function of the crate.

use syn::{Expr, Type};

use crate::constants::evaluate;
use crate::functions::{find, Written};
use crate::index::segments;
use crate::rune_modules::{Decided, Walk};
use crate::rune_words::{join, joined, module_of, type_arguments, Names};
use crate::scope::{pattern_name, Scope};

/// How many functions may hand a module on that one of them makes.
const MOST_HOPS: usize = 8;

impl<'a> Walk<'a, '_> {
    /// The path of the module that an expression is; none if it is no module.
    pub(crate) fn opened(
        &self,
        expression: &'a Expr,
        scope: &Scope<'a>,
        names: &Names,
    ) -> Option<Decided<String>> {
        self.opened_within(expression, scope, names, MOST_HOPS)
    }

    fn opened_within(
        &self,
        expression: &'a Expr,
        scope: &Scope<'a>,
        names: &Names,
        hops: usize,
    ) -> Option<Decided<String>> {
        let inner = match expression {
            Expr::Try(inner) => &inner.expr,
            Expr::Paren(inner) => &inner.expr,
            Expr::MethodCall(call)
                if ["unwrap", "expect", "with_unique"].contains(&&*call.method.to_string()) =>
            {
                &call.receiver
            }
            Expr::Call(call) => return self.opened_by(call, scope, names, hops),
            _ => return module_of(expression, names).map(Ok),
        };
        self.opened_within(inner, scope, names, hops)
    }

    fn opened_by(
        &self,
        call: &'a syn::ExprCall,
        scope: &Scope<'a>,
        names: &Names,
        hops: usize,
    ) -> Option<Decided<String>> {
        let Expr::Path(path) = &*call.func else {
            return None;
        };
        let segments = segments(&path.path);
        let text = |at: usize| -> Decided<String> {
            let unknown = || scope.undecided(call, "this is no name of a module");
            let argument = call.args.get(at).ok_or_else(unknown)?;
            joined(&evaluate(self.index, scope, argument)?).ok_or_else(unknown)
        };
        match segments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [.., "Module", "with_crate" | "with_item"] => Some(text(0)),
            [.., "Module", "with_crate_item"] => {
                Some(text(0).and_then(|first| Ok(join(&first, &text(1)?))))
            }
            [.., "Module", "new" | "default"] => Some(Ok(String::new())),
            [.., "Module", "from_meta"] => {
                let reason =
                    "the function has no `#[rune::module(…)]` with the path of this module";
                Some(
                    names
                        .meta
                        .clone()
                        .ok_or_else(|| scope.undecided(call, reason)),
                )
            }
            // A function of the crate that makes a module, or hands on the one that it is handed.
            _ => {
                let function = segments.last().filter(|name| self.makers.contains(*name));
                let function = function.and_then(|_| find(self.index, scope, &path.path))?;
                let handed = call.args.iter().filter(|argument| !is_reference(argument));
                let mut handed = handed.filter_map(|argument| module_of(argument, names));
                match (function.gives_module(), handed.next()) {
                    (true, Some(path)) => Some(Ok(path)),
                    (true, None) => self.made_by(&function, call, scope, hops.checked_sub(1)?),
                    (false, _) => None,
                }
            }
        }
    }

    /// The path of the module that a function makes of what it is called with.
    fn made_by(
        &self,
        function: &Written<'a>,
        call: &'a syn::ExprCall,
        caller: &Scope<'a>,
        hops: usize,
    ) -> Option<Decided<String>> {
        let mut scope = caller.called(function.module)?.within(function.of);
        scope.set_arguments(&function.signature.inputs, &call.args, caller);
        let mut names = function.names();
        for statement in &function.block.stmts {
            match statement {
                syn::Stmt::Local(local) => {
                    let value = local.init.as_ref().map(|init| &*init.expr);
                    let opened =
                        value.and_then(|value| self.opened_within(value, &scope, &names, hops));
                    if let (Some(Ok(path)), Some(name)) = (opened, pattern_name(&local.pat)) {
                        names.modules.insert(name, path);
                    }
                }
                syn::Stmt::Expr(Expr::Call(ok), None) if ok.args.len() == 1 && is_ok(&ok.func) => {
                    return self.opened_within(&ok.args[0], &scope, &names, hops);
                }
                syn::Stmt::Expr(last, None) => {
                    return self.opened_within(last, &scope, &names, hops);
                }
                _ => {}
            }
        }
        None
    }
}

impl Written<'_> {
    /// Whether a module is what the function returns, perhaps in a `Result`.
    pub(crate) fn gives_module(&self) -> bool {
        let syn::ReturnType::Type(_, output) = &self.signature.output else {
            return false;
        };
        is_module(output)
            || match &**output {
                Type::Path(path) => {
                    path.path.segments.last().is_some_and(|last| {
                        type_arguments(&last.arguments).into_iter().any(is_module)
                    })
                }
                _ => false,
            }
    }
}

pub(crate) fn is_module(written: &Type) -> bool {
    match written {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Module"),
        _ => false,
    }
}

pub(crate) fn is_reference(expression: &Expr) -> bool {
    matches!(expression, Expr::Reference(_))
}

fn is_ok(called: &Expr) -> bool {
    matches!(called, Expr::Path(path) if path.path.is_ident("Ok"))
}

/// Whether an expression makes a module by `with_item`, of a path that does not begin with a crate.
pub(crate) fn is_outside(made: &Expr) -> bool {
    match made {
        Expr::Try(inner) => is_outside(&inner.expr),
        Expr::MethodCall(call) => is_outside(&call.receiver),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => segments(&path.path).ends_with(&["with_item".to_owned()]),
            _ => false,
        },
        _ => false,
    }
}
