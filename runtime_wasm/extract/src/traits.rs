//! Traits: functions that every type gets which implements them.

use std::collections::HashMap;

use syn::spanned::Spanned;
use syn::{Block, Expr, ExprClosure, ExprMethodCall, ReturnType, Stmt};

use crate::build::source_line;
use crate::constants::{evaluate, pattern_name, Scope};
use crate::foreign::item_macro;
use crate::functions::typed;
use crate::index::segments;
use crate::rune_modules::{Decided, Walk};
use crate::rune_words::{joined, type_argument};
use crate::rust_types::{returned, rune_type, Context};
use crate::table::{FunctionKind, FunctionRow, ParameterRow, TypeRow};
use crate::undecided::{Undecided, Undecideds};

/// The functions of traits, and who implements them.
#[derive(Default)]
pub struct Traits {
    functions: HashMap<String, Vec<FunctionRow>>,
    /// What the handlers of traits register, by trait.
    handled: HashMap<String, Vec<FunctionRow>>,
    /// Types by their places in the bindings, with the paths of traits, and where that is said.
    implemented: Vec<(usize, String, Undecided)>,
}

impl Traits {
    /// Notes that there is such a trait, with whatever functions.
    pub fn define(&mut self, path: &str) {
        self.functions.entry(path.to_owned()).or_default();
    }

    /// Gives each type the functions of its traits; what it has of its own stays. Traits of other crates are told.
    pub fn apply(self, types: &mut [TypeRow], undecided: &mut Undecideds) {
        for (place, path, unknown) in &self.implemented {
            if !self.functions.contains_key(path) {
                undecided.push(unknown.clone());
            }
            let row = &mut types[*place];
            let described = self.functions.get(path).into_iter().flatten();
            let handled = self.handled.get(path).into_iter().flatten();
            for function in described.chain(handled) {
                if row.functions.iter().all(|own| own.name != function.name) {
                    row.functions.push(function.clone());
                }
            }
        }
    }
}

impl<'a> Walk<'a, '_> {
    /// The path of the trait that `module.define_trait(["Iterator"])` defines.
    pub(crate) fn defined_trait(
        &self,
        call: &'a ExprMethodCall,
        module: &str,
        scope: &Scope<'a>,
    ) -> Option<String> {
        let name = evaluate(self.index, scope, call.args.first()?).ok()?;
        Some(format!("{module}::{}", joined(&name)?))
    }

    /// `t.function("len")?`, of a trait.
    pub(crate) fn trait_function(
        &mut self,
        call: &'a ExprMethodCall,
        path: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let name = self.name(call, scope)?;
        let mut row = FunctionRow {
            name,
            kind: FunctionKind::Method,
            returns: "any".to_owned(),
            ..FunctionRow::default()
        };
        row.about.source = Some(source_line(scope, call.method.span()));
        let handled = self.traits.handled.get(path).into_iter().flatten();
        let own = handled.into_iter().find(|own| own.name == row.name);
        match own {
            Some(own) => row.parameters.clone_from(&own.parameters),
            None if self.says.has_parameters() => {}
            None => {
                let reason = format!("how many arguments `{}` takes is not said", row.name);
                return Err(scope.undecided(call, &reason));
            }
        }
        self.tell(scope, call, &mut row);
        let functions = self.traits.functions.entry(path.to_owned()).or_default();
        functions.push(row);
        Ok(())
    }

    /// `t.handler(|cx| { cx.function("count", |iter: Value| …)?; … })?`.
    pub(crate) fn trait_handler(
        &mut self,
        call: &'a ExprMethodCall,
        path: &str,
        scope: &Scope<'a>,
    ) {
        let Some(Expr::Closure(handler)) = call.args.first() else {
            return;
        };
        let context = handler.inputs.first().and_then(pattern_name);
        if let (Some(context), Expr::Block(body)) = (context, &*handler.body) {
            self.handled_in(&body.block, &context, path, scope);
        }
    }

    fn handled_in(&mut self, block: &'a Block, context: &str, path: &str, scope: &Scope<'a>) {
        for statement in &block.stmts {
            let mut expression = match statement {
                Stmt::Expr(expression, _) => expression,
                _ => continue,
            };
            while let Expr::Try(inner) = expression {
                expression = &inner.expr;
            }
            match expression {
                Expr::Block(inner) => self.handled_in(&inner.block, context, path, scope),
                Expr::MethodCall(call)
                    if call.method == "function" && is_named(&call.receiver, context) =>
                {
                    let closure = call.args.get(1);
                    let (Ok(name), Some(Expr::Closure(closure))) =
                        (self.name(call, scope), closure)
                    else {
                        continue;
                    };
                    let row = self.handled_row(name, closure, scope);
                    let rows = self.traits.handled.entry(path.to_owned()).or_default();
                    rows.push(row);
                }
                _ => {}
            }
        }
    }

    fn handled_row(
        &self,
        name: String,
        closure: &'a ExprClosure,
        scope: &Scope<'a>,
    ) -> FunctionRow {
        let context = Context {
            index: self.index,
            module: scope.module,
            own: None,
        };
        let inputs = closure.inputs.iter().enumerate().skip(1);
        let parameters = inputs.map(|(at, input)| {
            let written = typed(input).and_then(|written| rune_type(context, written));
            ParameterRow {
                name: pattern_name(input).unwrap_or_else(|| format!("argument_{at}")),
                type_name: written.unwrap_or_else(|| "any".to_owned()),
            }
        });
        let mut row = FunctionRow {
            name,
            kind: FunctionKind::Method,
            parameters: parameters.collect(),
            returns: returned(context, &closure.output)
                .filter(|_| !matches!(closure.output, ReturnType::Default))
                .unwrap_or_else(|| "any".to_owned()),
            ..FunctionRow::default()
        };
        row.about.source = Some(source_line(scope, closure.span()));
        row
    }

    /// `module.implement_trait::<Chain>(rune::item!(::std::iter::Iterator))`.
    pub(crate) fn implement_trait(
        &mut self,
        call: &'a ExprMethodCall,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let path = call.args.first().and_then(item_macro);
        let of = self.type_row(type_argument(call), scope);
        let (Some(path), Some(of)) = (path, of) else {
            let reason = "which type implements which trait is not said";
            return Err(scope.undecided(call, reason));
        };
        let path = segments(&path).join("::");
        let reason = format!("which functions the trait `{path}` has is not said in the crate");
        let unknown = scope.undecided(call, &reason);
        self.traits.implemented.push((of, path, unknown));
        Ok(())
    }
}

fn is_named(expression: &Expr, name: &str) -> bool {
    matches!(expression, Expr::Path(path) if path.path.is_ident(name))
}
