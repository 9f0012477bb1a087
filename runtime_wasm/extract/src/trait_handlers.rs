//! What the handler of a trait makes for each type that implements the trait.

use syn::{Block, Expr, ExprMethodCall, Stmt};

use crate::functions::{closure_row, find};
use crate::protocols;
use crate::rune_modules::{Decided, Walk};
use crate::rune_rows::closure_of;
use crate::rune_words::protocol;
use crate::says::Says;
use crate::scope::{pattern_name, Scope};
use crate::table::{FunctionKind, FunctionRow};
use crate::undecided::Undecideds;

impl<'a> Walk<'a, '_> {
    /// `t.handler(|cx| { cx.function("count", |iter: Value| …)?; … })?`.
    pub(crate) fn trait_handler(
        &mut self,
        call: &'a ExprMethodCall,
        path: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let unknown = || {
            scope.undecided(
                call,
                "what this trait makes shows only when the program runs",
            )
        };
        let handler = call.args.first().ok_or_else(unknown)?;
        if let Some((closure, scope)) = closure_of(handler, scope) {
            let context = closure.inputs.first().and_then(pattern_name);
            if let (Some(context), Expr::Block(body)) = (context, &*closure.body) {
                self.handled_in(&body.block, &context, path, &scope);
            }
            return Ok(());
        }
        let function = match handler {
            Expr::Path(written) => find(self.index, scope, &written.path),
            _ => None,
        };
        let function = function.ok_or_else(unknown)?;
        let context = match function.signature.inputs.first() {
            Some(syn::FnArg::Typed(input)) => pattern_name(&input.pat),
            _ => None,
        };
        let context = context.ok_or_else(unknown)?;
        self.handled_in(function.block, &context, path, &Scope::new(function.module));
        Ok(())
    }

    fn handled_in(&mut self, block: &'a Block, context: &str, path: &str, scope: &Scope<'a>) {
        let mut scope = scope.clone();
        for statement in &block.stmts {
            let expression = match statement {
                Stmt::Expr(expression, _) => Some(expression),
                Stmt::Local(local) => local.init.as_ref().map(|init| &*init.expr),
                _ => None,
            };
            if let Some(expression) = expression {
                self.handled_by(expression, context, path, &scope);
            }
            if let Stmt::Local(local) = statement {
                scope.note(local);
            }
        }
    }

    fn handled_by(&mut self, expression: &'a Expr, context: &str, path: &str, scope: &Scope<'a>) {
        let call = match expression {
            Expr::Try(inner) => return self.handled_by(&inner.expr, context, path, scope),
            Expr::Assign(inner) => return self.handled_by(&inner.right, context, path, scope),
            Expr::Block(inner) => return self.handled_in(&inner.block, context, path, scope),
            Expr::MethodCall(call) if is_named(&call.receiver, context) => call,
            _ => return,
        };
        let protocol = protocol(call.args.first());
        let (row, method) = match (&*call.method.to_string(), &protocol) {
            ("find", Some(asked)) => (None, protocols::method(asked).map(str::to_owned)),
            ("find_or_define", Some(asked)) => {
                let row = self.handled_row(call, protocol.as_deref(), scope);
                (row, protocols::method(asked).map(str::to_owned))
            }
            ("function", _) => (self.handled_row(call, protocol.as_deref(), scope), None),
            // What it takes is said where it is described.
            ("raw_function", None) => (None, self.name(call, scope).ok()),
            _ => return,
        };
        let known = self.traits.known.entry(path.to_owned()).or_default();
        known.methods.extend(method);
        match protocol {
            Some(_) => known
                .protocols
                .extend(row.filter(|row| protocols::is_told(&row.name))),
            None => known.functions.extend(row),
        }
    }

    /// The row of a closure that a handler registers; values whose types it does not say are any.
    fn handled_row(
        &mut self,
        call: &'a ExprMethodCall,
        protocol: Option<&str>,
        scope: &Scope<'a>,
    ) -> Option<FunctionRow> {
        let name = match protocol {
            Some(protocol) => protocol.to_owned(),
            None => self.name(call, scope).ok()?,
        };
        let (closure, scope) = closure_of(call.args.get(1)?, scope)?;
        let mut unheard = Undecideds::default();
        let mut build = crate::build::Builder {
            bindings: &mut *self.build.bindings,
            undecided: &mut unheard,
        };
        let kind = FunctionKind::Method;
        let mut row = closure_row(
            &mut build,
            self.index,
            &scope,
            closure,
            (&name, kind),
            &Says::default(),
        );
        row.consumes = false;
        Some(row)
    }
}

fn is_named(expression: &Expr, name: &str) -> bool {
    matches!(expression, Expr::Path(path) if path.path.is_ident(name))
}
