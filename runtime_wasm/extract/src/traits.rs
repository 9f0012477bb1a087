//! Traits: functions that every type has which implements them.

use std::collections::HashMap;

use syn::{Block, Expr, ExprMethodCall, Stmt};

use crate::build::{about, source_line};
use crate::constants::evaluate;
use crate::foreign::item_macro;
use crate::functions::{closure_row, find};
use crate::index::segments;
use crate::protocols;
use crate::rune_modules::{Decided, Walk};
use crate::rune_rows::closure_of;
use crate::rune_words::{join, joined, protocol, type_argument};
use crate::says::Says;
use crate::scope::{pattern_name, Scope};
use crate::table::{Bindings, FunctionKind, FunctionRow, TraitRow};
use crate::undecided::{Undecided, Undecideds};

/// The traits of what is read, and who implements them.
#[derive(Default)]
pub struct Traits {
    known: HashMap<String, Trait>,
    /// Types by their places in the bindings, with the paths of traits, and where that is said.
    implemented: Vec<(usize, String, Undecided)>,
}

#[derive(Default)]
struct Trait {
    row: TraitRow,
    /// What its handler makes for a type: functions and protocols.
    functions: Vec<FunctionRow>,
    protocols: Vec<FunctionRow>,
    /// The methods that it makes of protocols which it asks for.
    methods: Vec<String>,
    /// Functions that are described, with what is to be told of one that nothing makes.
    described: Vec<(FunctionRow, Undecided)>,
}

impl Traits {
    /// Adds the traits to the bindings, and says which types have them. Traits of what is not read are told.
    pub fn apply(self, bindings: &mut Bindings, undecided: &mut Undecideds) {
        for (place, path, unknown) in self.implemented {
            let row = &mut bindings.types[place];
            let Some(known) = self.known.get(&path) else {
                undecided.push(unknown);
                continue;
            };
            row.traits.push(path);
            for made in &known.protocols {
                if row.protocols.iter().all(|own| own.name != made.name) {
                    row.protocols.push(made.clone());
                }
            }
        }
        for known in self.known.into_values() {
            bindings.traits.push(known.finished(undecided));
        }
    }
}

impl Trait {
    /// The row with its functions: a description is no function yet, it says more of one that the handler makes.
    fn finished(self, undecided: &mut Undecideds) -> TraitRow {
        let mut row = self.row;
        for (described, lacking) in self.described {
            let made = self
                .functions
                .iter()
                .find(|made| made.name == described.name);
            let is_made = made.is_some() || self.methods.contains(&described.name);
            match is_made {
                true => row.functions.push(described),
                false => undecided.push(lacking),
            }
        }
        for made in self.functions {
            if row.functions.iter().all(|own| own.name != made.name) {
                row.functions.push(made);
            }
        }
        row
    }
}

impl<'a> Walk<'a, '_> {
    /// The path of the trait that `module.define_trait(["Iterator"])` defines.
    pub(crate) fn trait_path(
        &self,
        call: &'a ExprMethodCall,
        module: &str,
        scope: &Scope<'a>,
    ) -> Decided<String> {
        let unknown = || scope.undecided(call, "the name of this shows only when the program runs");
        let name = evaluate(self.index, scope, call.args.first().ok_or_else(unknown)?)?;
        Ok(join(module, &joined(&name).ok_or_else(unknown)?))
    }

    /// `module.define_trait(["Iterator"])?`, and what is said of it in the same chain.
    pub(crate) fn define_trait(
        &mut self,
        chain: &[&'a ExprMethodCall],
        module: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let Some((first, rest)) = chain.split_last() else {
            return Ok(());
        };
        let path = self.trait_path(first, module, scope)?;
        let Some((holder, name)) = path.rsplit_once("::") else {
            return Err(scope.undecided(
                &first.method,
                "this is in no crate: stubs have no place for it",
            ));
        };
        self.build.module(holder);
        let known = self.traits.known.entry(path.clone()).or_default();
        known.row.name = name.to_owned();
        known.row.path.clone_from(&path);
        known.row.about.source = Some(source_line(scope, first.method.span()));
        self.said_of_trait(rest, &path, scope)
    }

    /// Reads calls on a trait, the last one first: its documentation, its handler, its functions.
    pub(crate) fn said_of_trait(
        &mut self,
        chain: &[&'a ExprMethodCall],
        path: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        if !self.traits.known.contains_key(path) {
            return Ok(());
        }
        if let Some(call) = chain.iter().find(|call| call.method == "handler") {
            self.trait_handler(call, path, scope)?;
        }
        if let Some(call) = chain.iter().find(|call| call.method == "function") {
            return self.trait_function(call, path, scope);
        }
        let source = chain
            .last()
            .map(|call| source_line(scope, call.method.span()));
        if let (Some(read), Some(known)) =
            (self.says.documentation(), self.traits.known.get_mut(path))
        {
            let own = known.row.about.source.take().or(source);
            known.row.about = own.map_or_else(Default::default, |own| about(&read, own));
            known.row.docs = read.text;
        }
        Ok(())
    }

    /// `t.function("len")?`, of a trait.
    fn trait_function(
        &mut self,
        call: &'a ExprMethodCall,
        path: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        if protocol(call.args.first()).is_some() {
            return Ok(());
        }
        let name = self.name(call, scope)?;
        let known = self.traits.known.get(path);
        let made = known.and_then(|known| known.functions.iter().find(|made| made.name == name));
        let mut row = match made {
            Some(made) => made.clone(),
            None if self.says.has_parameters() => FunctionRow {
                name,
                kind: FunctionKind::Method,
                returns: "any".to_owned(),
                ..FunctionRow::default()
            },
            None => {
                let reason = format!("how many arguments `{name}` takes is not said");
                return Err(scope.undecided(call, &reason));
            }
        };
        row.about.source = Some(source_line(scope, call.method.span()));
        self.tell(scope, call, &mut row);
        let reason = format!(
            "nothing makes the function `{}` for the types of this trait",
            row.name
        );
        let lacking = scope.undecided(&call.method, &reason);
        let known = self.traits.known.entry(path.to_owned()).or_default();
        known.described.push((row, lacking));
        Ok(())
    }

    /// `t.handler(|cx| { cx.function("count", |iter: Value| …)?; … })?`.
    fn trait_handler(
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

    /// `module.implement_trait::<Chain>(rune::item!(::std::iter::Iterator))`.
    pub(crate) fn implement_trait(
        &mut self,
        call: &'a ExprMethodCall,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let mut item = call.args.first();
        while let Some(Expr::Reference(inner)) = item {
            item = Some(&inner.expr);
        }
        let path = item.and_then(item_macro);
        let of = self.type_row(type_argument(call), scope);
        let (Some(path), Some(of)) = (path, of) else {
            let reason = "which type implements which trait is not said";
            return Err(scope.undecided(call, reason));
        };
        let path = segments(&path).join("::");
        let reason = format!(
            "the trait `{path}` is defined in a crate that is not read: read that crate too"
        );
        let unknown = scope.undecided(call, &reason);
        self.traits.implemented.push((of, path, unknown));
        Ok(())
    }
}

fn is_named(expression: &Expr, name: &str) -> bool {
    matches!(expression, Expr::Path(path) if path.path.is_ident(name))
}
