//! Modules that are made, and functions that are handed one.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Expr, FnArg, Token, Type};

use crate::constants::evaluate;
use crate::functions::{find, Written};
use crate::index::segments;
use crate::rune_modules::{Decided, Walk};
use crate::rune_words::{held, join, joined, module_of, type_arguments, Names};
use crate::scope::{pattern_name, Scope};

/// How many functions may hand a module on that one of them makes.
const MOST_HOPS: usize = 8;

/// What a function is called with: types, and the expressions of its arguments if they are at hand.
type Given<'a, 'g> = (&'g [&'a Type], Option<&'a Punctuated<Expr, Token![,]>>);

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

    /// A function that is handed a module registers in it.
    pub(crate) fn call(&mut self, call: &'a syn::ExprCall, scope: &Scope<'a>, names: &mut Names) {
        let handed: Vec<Option<String>> = call
            .args
            .iter()
            .map(|argument| module_of(argument, names))
            .collect();
        let Expr::Path(path) = &*call.func else {
            return;
        };
        let segments = segments(&path.path);
        let makes = segments
            .last()
            .is_some_and(|name| self.makers.contains(name));
        let makes_of_them = makes && !call.args.is_empty();
        if handed.iter().all(Option::is_none) && !makes_of_them {
            return call
                .args
                .iter()
                .for_each(|argument| self.expression(argument, scope, names));
        }
        if let Some((Expr::Closure(closure), written)) =
            segments.first().and_then(|name| scope.written(name))
        {
            let inputs = closure.inputs.iter().map(pattern_name);
            let mut inside = handing(inputs, handed);
            if let Some(scope) = written.called_from(scope) {
                self.expression(&closure.body, &scope, &mut inside);
            }
            return;
        }
        let given = path.path.segments.last().map(|last| &last.arguments);
        let given = given.map_or_else(Vec::new, type_arguments);
        match find(self.index, scope, &path.path) {
            Some(function) => {
                let arguments = Some(&call.args);
                self.enter(&function, handed, (&given, arguments), scope);
            }
            None if call.args.iter().any(is_reference) => {
                let reason = format!(
                    "what `{}` registers is not said in the crate",
                    segments.join("::")
                );
                let undecided = scope.undecided(call, &reason);
                self.build.undecided.push(undecided);
            }
            None => {}
        }
    }

    /// Walks through a function that is handed modules, by the places of its parameters; a method's first is `self`.
    pub(crate) fn enter(
        &mut self,
        function: &Written<'a>,
        handed: Vec<Option<String>>,
        (given, arguments): Given<'a, '_>,
        caller: &Scope<'a>,
    ) {
        let inputs = function.signature.inputs.iter().map(|input| match input {
            FnArg::Typed(input) => pattern_name(&input.pat),
            FnArg::Receiver(_) => Some("self".to_owned()),
        });
        let mut inside = handing(inputs, handed);
        let own = function.names();
        (inside.meta, inside.docs) = (own.meta, own.docs);
        let Some(mut scope) = caller.called(function.module) else {
            return;
        };
        scope = scope.within(function.of);
        scope.set_types(&function.signature.generics, given, caller);
        if let Some(arguments) = arguments {
            scope.set_arguments(&function.signature.inputs, arguments, caller);
        }
        let mut into: Vec<String> = inside.modules.values().cloned().collect();
        let types = given.iter().filter_map(|given| self.whole(given, caller));
        into.extend(types);
        into.extend(arguments.map(|arguments| arguments.to_token_stream().to_string()));
        if self.entered.insert((function.name(), into.join(" "))) {
            self.block(function.block, &scope, &mut inside);
        }
    }
}

/// The modules that a function is handed, by the names of its parameters.
fn handing(inputs: impl Iterator<Item = Option<String>>, handed: Vec<Option<String>>) -> Names {
    let mut names = Names::default();
    let pairs = inputs.zip(handed);
    let pairs = pairs.filter_map(|(name, path)| Some((name?, path?)));
    names.modules.extend(pairs);
    names
}

impl Written<'_> {
    /// A name that no other function of the crates has.
    pub(crate) fn name(&self) -> String {
        let of = self.of.map(ToString::to_string).unwrap_or_default();
        let module = self.module.path.join("::");
        let krate = &self.module.krate.name;
        format!("{krate}::{module}::{of}::{}", self.signature.ident)
    }

    /// The parameter that is a module to register in, if the function has one.
    pub(crate) fn handed_module(&self) -> Option<Names> {
        let mut inputs = self.signature.inputs.iter();
        inputs.find_map(|input| match input {
            FnArg::Typed(input) if is_lent(&input.ty) && is_module(held(&input.ty)) => {
                let name = pattern_name(&input.pat)?;
                let mut names = Names::default();
                names.modules.insert(name, String::new());
                Some(names)
            }
            _ => None,
        })
    }

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

fn is_module(written: &Type) -> bool {
    match written {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Module"),
        _ => false,
    }
}

/// `&mut T`, or the value itself.
fn is_lent(written: &Type) -> bool {
    !matches!(written, Type::Reference(reference) if reference.mutability.is_none())
}

fn is_reference(expression: &Expr) -> bool {
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
