//! Reads registrations through a recorder, as the bindings crate has them: `recorder.record::<T>(name, docs, members)`,
//! `types.field(…)`, `method!(…)`, `recorder.module(…)`, `recorder.attribute(…)`.

use syn::{Block, Expr, ExprCall, ExprMethodCall, FnArg, Item, Stmt};

use crate::build::{Builder, Target};
use crate::constants::{evaluate, Constant};
use crate::index::{segments, Index};
use crate::scope::{pattern_name, Scope};
use crate::source::RustModule;
use crate::table::Bindings;
use crate::undecided::{Undecided, Undecideds};

/// How deep functions that register may call one another.
const DEEPEST: usize = 16;

/// Reads what the functions of one module register.
pub fn read<'a>(
    index: &Index<'a>,
    module: &'a RustModule,
    bindings: &mut Bindings,
    undecided: &mut Undecideds,
) {
    let mut walk = Walk {
        index,
        build: Builder {
            bindings,
            undecided,
        },
    };
    for item in &module.items {
        if let Item::Fn(function) = item {
            walk.block(
                &function.block,
                &Place::new(Scope::new(module), Target::Nothing),
            );
        }
    }
}

pub(crate) struct Walk<'a, 'f> {
    pub(crate) index: &'f Index<'a>,
    pub(crate) build: Builder<'f>,
}

/// Where the walk is.
#[derive(Clone)]
pub(crate) struct Place<'a> {
    pub(crate) scope: Scope<'a>,
    pub(crate) target: Target,
    /// Why it may be that what stands here never happens.
    pub(crate) doubt: Option<&'static str>,
    pub(crate) depth: usize,
}

impl<'a> Place<'a> {
    fn new(scope: Scope<'a>, target: Target) -> Self {
        Place {
            scope,
            target,
            doubt: None,
            depth: 0,
        }
    }

    fn doubted(&self, doubt: &'static str) -> Self {
        Place {
            doubt: Some(doubt),
            ..self.clone()
        }
    }
}

pub(crate) type Decided<T> = Result<T, Undecided>;

impl<'a> Walk<'a, '_> {
    fn block(&mut self, block: &'a Block, place: &Place<'a>) {
        let mut place = place.clone();
        for statement in &block.stmts {
            match statement {
                Stmt::Local(local) => {
                    if let Some(init) = &local.init {
                        self.expression(&init.expr, &place);
                    }
                    place.scope.note(local);
                }
                Stmt::Expr(expression, _) => self.expression(expression, &place),
                Stmt::Macro(written) => self.macro_call(&written.mac, &place),
                Stmt::Item(_) => {}
            }
        }
    }

    fn expression(&mut self, expression: &'a Expr, place: &Place<'a>) {
        match expression {
            Expr::MethodCall(call) => self.method_call(call, place),
            Expr::Call(call) => self.call(call, place),
            Expr::Macro(written) => self.macro_call(&written.mac, place),
            Expr::Try(inner) => self.expression(&inner.expr, place),
            Expr::Paren(inner) => self.expression(&inner.expr, place),
            Expr::Group(inner) => self.expression(&inner.expr, place),
            Expr::Reference(inner) => self.expression(&inner.expr, place),
            Expr::Return(inner) => inner
                .expr
                .iter()
                .for_each(|inner| self.expression(inner, place)),
            Expr::Block(inner) => self.block(&inner.block, place),
            Expr::Unsafe(inner) => self.block(&inner.block, place),
            Expr::ForLoop(looped) => self.loop_over(looped, place),
            Expr::If(choice) => {
                let doubted = place.doubted("whether this is registered depends on a condition");
                self.expression(&choice.cond, place);
                self.block(&choice.then_branch, &doubted);
                if let Some((_, other)) = &choice.else_branch {
                    self.expression(other, &doubted);
                }
            }
            Expr::Match(choice) => {
                let doubted = place.doubted("whether this is registered depends on a condition");
                self.expression(&choice.expr, place);
                choice
                    .arms
                    .iter()
                    .for_each(|arm| self.expression(&arm.body, &doubted));
            }
            Expr::While(looped) => self.block(
                &looped.body,
                &place.doubted("how often this happens shows only when the program runs"),
            ),
            Expr::Loop(looped) => self.block(
                &looped.body,
                &place.doubted("how often this happens shows only when the program runs"),
            ),
            _ => {}
        }
    }

    /// A loop over constants happens once for each.
    fn loop_over(&mut self, looped: &'a syn::ExprForLoop, place: &Place<'a>) {
        let items = evaluate(self.index, &place.scope, &looped.expr);
        match (items, pattern_name(&looped.pat)) {
            (Ok(Constant::List(items)), Some(name)) => {
                for item in items {
                    let mut inside = place.clone();
                    inside.scope.set(&name, item);
                    self.block(&looped.body, &inside);
                }
            }
            _ => self.block(
                &looped.body,
                &place.doubted("what this loop goes over shows only when the program runs"),
            ),
        }
    }

    fn method_call(&mut self, call: &'a ExprMethodCall, place: &Place<'a>) {
        let name = call.method.to_string();
        let krate = &*place.scope.module.krate.name;
        let of_the_crate = |index: &Index<'a>| index.only_method(krate, &name).is_some();
        let done = match (&*name, call.args.len(), place.target) {
            ("record", 3, _) if call.turbofish.is_some() && of_the_crate(self.index) => {
                self.record(call, place)
            }
            ("module", 3, Target::Nothing) if of_the_crate(self.index) => self.module(call, place),
            ("attribute", 3, Target::Nothing) if of_the_crate(self.index) => {
                self.attribute(call, place)
            }
            ("field", 4, Target::Type(row)) => self.field(call, row, place),
            ("assignable", 1, Target::Type(row)) => self.assignable(call, row, place),
            _ => {
                self.expression(&call.receiver, place);
                call.args
                    .iter()
                    .for_each(|argument| self.expression(argument, place));
                self.descend_into_method(call, &name, place);
                Ok(())
            }
        };
        if let Err(undecided) = done {
            self.build.undecided.push(undecided);
        }
    }

    /// A call that may register: of a closure or function that is handed the recorder of a type or module.
    fn call(&mut self, call: &'a ExprCall, place: &Place<'a>) {
        call.args
            .iter()
            .for_each(|argument| self.expression(argument, place));
        let hands_on = call.args.iter().any(is_place);
        if place.target != Target::Nothing && hands_on && matches!(&*call.func, Expr::Path(_)) {
            let inside = Place {
                depth: place.depth + 1,
                ..place.clone()
            };
            self.enter(
                &call.func,
                &call.args.iter().collect::<Vec<_>>(),
                &inside,
                &place.scope,
            );
        }
    }

    /// What a type's members are, by a closure or the name of a function.
    pub(crate) fn members(&mut self, members: &'a Expr, place: &Place<'a>, scope: &Scope<'a>) {
        if !self.enter(members, &[], place, scope) {
            self.build.undecided.push(scope.undecided(
                members,
                "what this registers shows only when the program runs",
            ));
        }
    }

    /// Walks through a closure, or a function of the crate; false if it is neither.
    fn enter(
        &mut self,
        called: &'a Expr,
        arguments: &[&'a Expr],
        place: &Place<'a>,
        scope: &Scope<'a>,
    ) -> bool {
        if place.depth > DEEPEST {
            return false;
        }
        match called {
            Expr::Closure(closure) => {
                self.expression(
                    &closure.body,
                    &Place {
                        scope: scope.clone(),
                        ..place.clone()
                    },
                );
                true
            }
            Expr::Path(path) => {
                let segments = segments(&path.path);
                if let Some((written, scope)) =
                    segments.first().and_then(|name| scope.written(name))
                {
                    return self.enter(written, arguments, place, &scope);
                }
                let found = self.index.resolve(scope.module, &segments);
                let Some((found, function)) =
                    found.and_then(|found| Some((found, found.function()?)))
                else {
                    return false;
                };
                let inside = bound(scope, found.module, &function.sig.inputs, arguments);
                self.block(
                    &function.block,
                    &Place {
                        scope: inside,
                        ..place.clone()
                    },
                );
                true
            }
            _ => false,
        }
    }

    /// Walks through what the recorder itself does for a registration, such as the copy that every type has.
    pub(crate) fn recorder_itself(&mut self, name: &str, members: &'a Expr, place: &Place<'a>) {
        let krate = &*place.scope.module.krate.name;
        let Some((member, method)) = self.index.only_method(krate, name) else {
            return self.members(members, place, &place.scope);
        };
        let mut inside = Scope::new(member.module);
        if let Some(FnArg::Typed(last)) = method.sig.inputs.last() {
            if let Some(name) = pattern_name(&last.pat) {
                inside.set_written(&name, members, &place.scope);
            }
        }
        self.block(
            &method.block,
            &Place {
                scope: inside,
                ..place.clone()
            },
        );
    }

    fn descend_into_method(&mut self, call: &'a ExprMethodCall, name: &str, place: &Place<'a>) {
        if place.target == Target::Nothing || !is_place(&call.receiver) || place.depth > DEEPEST {
            return;
        }
        let krate = &*place.scope.module.krate.name;
        if let Some((member, method)) = self.index.only_method(krate, name) {
            let scope = bound(
                &place.scope,
                member.module,
                &method.sig.inputs,
                &call.args.iter().collect::<Vec<_>>(),
            );
            let inside = Place {
                scope,
                depth: place.depth + 1,
                ..place.clone()
            };
            self.block(&method.block, &inside);
        }
    }
}

/// The scope of a function with its parameters; a receiver has no part in it.
fn bound<'a>(
    scope: &Scope<'a>,
    module: &'a RustModule,
    inputs: &syn::punctuated::Punctuated<FnArg, syn::Token![,]>,
    arguments: &[&'a Expr],
) -> Scope<'a> {
    let mut inside = Scope::new(module);
    let typed = inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    });
    for (input, argument) in typed.zip(arguments.iter().copied()) {
        if let Some(name) = pattern_name(&input.pat) {
            inside.set_written(&name, argument, scope);
        }
    }
    inside
}

/// The scope, if what stands here is sure to happen.
pub(crate) fn certain<'p, 'a>(
    place: &'p Place<'a>,
    at: &impl syn::spanned::Spanned,
) -> Decided<&'p Scope<'a>> {
    match place.doubt {
        Some(doubt) => Err(place.scope.undecided(at, doubt)),
        None => Ok(&place.scope),
    }
}

/// A variable, or a reference to one: what a recorder is handed on as.
fn is_place(expression: &Expr) -> bool {
    match expression {
        Expr::Path(path) => path.path.get_ident().is_some(),
        Expr::Reference(reference) => is_place(&reference.expr),
        _ => false,
    }
}
