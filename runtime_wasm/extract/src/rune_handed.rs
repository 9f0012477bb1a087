//! Functions that are handed a module to register in: what they are called with, and the walk through them.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Expr, FnArg, Token, Type};

use crate::functions::{find, Written};
use crate::index::segments;
use crate::rune_modules::Walk;
use crate::rune_opened::{is_module, is_reference};
use crate::rune_words::{held, module_of, type_arguments, Names};
use crate::scope::{pattern_name, Scope};

/// What a function is called with: types, and the expressions of its arguments if they are at hand.
type Given<'a, 'g> = (&'g [&'a Type], Option<&'a Punctuated<Expr, Token![,]>>);

impl<'a> Walk<'a, '_> {
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
}

/// `&mut T`, or the value itself.
fn is_lent(written: &Type) -> bool {
    !matches!(written, Type::Reference(reference) if reference.mutability.is_none())
}
