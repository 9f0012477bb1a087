//! Rows of functions that are registered in Rune's own way.

use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall};

use crate::build::source_line;
use crate::constants::evaluate;
use crate::functions::{closure_row, find, row, typed};
use crate::index::segments;
use crate::placed::placed;
use crate::protocols;
use crate::rune_attributes::options;
use crate::rune_calls::UNREGISTERED;
use crate::rune_modules::{Decided, Walk};
use crate::rune_words::{joined, protocol, receiver_type, with_marks};
use crate::rust_types::Context;
use crate::scope::Scope;
use crate::table::{FunctionKind, FunctionRow};

/// What a row is added to.
enum Holder {
    Module,
    /// A type by its place in the bindings.
    Type(usize),
    /// What a type's protocols are.
    Protocols(usize),
}

impl<'a> Walk<'a, '_> {
    /// The row of a module. Stubs have no place for what lies outside of all crates.
    pub(crate) fn module(
        &mut self,
        path: &str,
        scope: &Scope<'a>,
        at: &impl Spanned,
    ) -> Decided<usize> {
        match path {
            "" => Err(scope.undecided(at, "this is in no crate: stubs have no place for it")),
            path => Ok(self.build.module(path)),
        }
    }

    /// Adds what is said behind a registration to its row.
    pub(crate) fn tell(
        &mut self,
        scope: &Scope<'a>,
        call: &'a ExprMethodCall,
        row: &mut FunctionRow,
    ) {
        let context = Context {
            index: self.index,
            scope,
        };
        for lacking in self.says.tell(context, row) {
            let reason = format!(
                "the type that is said of the {lacking} of `{}` has no counterpart in Rune",
                row.name
            );
            self.build
                .undecided
                .push(scope.undecided(&call.method, &reason));
        }
    }

    fn add(
        &mut self,
        row: FunctionRow,
        (holder, module): (Holder, &str),
        scope: &Scope<'a>,
        call: &'a ExprMethodCall,
    ) -> Decided<()> {
        let mut row = row;
        self.tell(scope, call, &mut row);
        match holder {
            Holder::Module => {
                let index = self.module(module, scope, call)?;
                self.build.bindings.modules[index].functions.push(row);
            }
            Holder::Type(of) => self.build.bindings.types[of].functions.push(row),
            Holder::Protocols(of) => self.build.bindings.types[of].protocols.push(row),
        }
        Ok(())
    }

    pub(crate) fn function_meta(
        &mut self,
        call: &'a ExprMethodCall,
        module: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let Some(Expr::Path(path)) = call.args.first() else {
            let reason = "which function this registers shows only when the program runs";
            return Err(scope.undecided(call, reason));
        };
        let Some(function) = find(self.index, scope, &path.path) else {
            return Err(scope.undecided(path, "the crate has no function of this name"));
        };
        let marks = options(function.attributes, &["rune", "function"]);
        let inside = Scope::of(function.module, function.of);
        let placed = placed(&function, &marks);
        if placed.is_protocol && !protocols::is_told(&placed.name) {
            return Ok(());
        }
        let of = match placed.of {
            Some(of) => {
                let place = of.and_then(|of| self.type_row(Some(&of), &inside));
                let unknown = || inside.undecided(&function.signature.ident, UNREGISTERED);
                Some(place.ok_or_else(unknown)?)
            }
            None => None,
        };
        let holder = match of {
            Some(of) if placed.is_protocol => Holder::Protocols(of),
            Some(of) => Holder::Type(of),
            None => Holder::Module,
        };
        let row = row(
            &mut self.build,
            self.index,
            function,
            (&placed.name, placed.kind),
            &self.says,
        );
        let row = with_marks(row, &marks);
        self.add(row, (holder, module), scope, call)
    }

    /// `module.function("name", native)`, of a type or of the module.
    pub(crate) fn function(
        &mut self,
        call: &'a ExprMethodCall,
        module: &str,
        of: Option<usize>,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let name = self.name(call, scope)?;
        let (kind, holder) = match of {
            Some(of) => (FunctionKind::AssociatedFunction, Holder::Type(of)),
            None => (FunctionKind::Function, Holder::Module),
        };
        let is_raw = ["raw_function", "raw_fn"]
            .iter()
            .any(|raw| call.method == raw);
        let mut row = match is_raw {
            true => self.raw(call, &name, kind, scope)?,
            false => self.native(call, 1, &name, kind, scope)?,
        };
        row.is_async |= call.method == "async_function";
        self.add(row, (holder, module), scope, call)
    }

    pub(crate) fn associated_function(
        &mut self,
        call: &'a ExprMethodCall,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let name = self.name(call, scope)?;
        let of = self.first_type(call.args.get(1), scope);
        let of = of.ok_or_else(|| scope.undecided(&call.method, UNREGISTERED))?;
        let mut row = self.native(call, 1, &name, FunctionKind::Method, scope)?;
        row.is_async |= call.method == "async_inst_fn";
        self.add(row, (Holder::Type(of), ""), scope, call)
    }

    /// `module.associated_function(&Protocol::ADD, native)`.
    pub(crate) fn protocol_function(
        &mut self,
        call: &'a ExprMethodCall,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let name = protocol(call.args.first()).unwrap_or_default();
        if !protocols::is_told(&name) {
            return Ok(());
        }
        let of = self.first_type(call.args.get(1), scope);
        let of = of.ok_or_else(|| scope.undecided(&call.method, UNREGISTERED))?;
        let row = self.native(call, 1, &name, FunctionKind::Method, scope)?;
        self.add(row, (Holder::Protocols(of), ""), scope, call)
    }

    /// The name that is registered: a text, or a list with one text.
    pub(crate) fn name(&self, call: &'a ExprMethodCall, scope: &Scope<'a>) -> Decided<String> {
        let unknown = || scope.undecided(call, "the name of this shows only when the program runs");
        let first = call.args.first().ok_or_else(unknown)?;
        // Functions of one name for several types that they are to make are one to scripts.
        if let Expr::Call(call) = first {
            let is_params = matches!(&*call.func, Expr::Path(path) if segments(&path.path) == ["Params", "new"]);
            if let Some(name) = call.args.first().filter(|_| is_params) {
                return joined(&evaluate(self.index, scope, name)?).ok_or_else(unknown);
            }
        }
        joined(&evaluate(self.index, scope, first)?).ok_or_else(unknown)
    }

    /// The row of a native that is handed over as a closure, by a variable that holds one, or by its path.
    pub(crate) fn native(
        &mut self,
        call: &'a ExprMethodCall,
        at: usize,
        name: &str,
        kind: FunctionKind,
        scope: &Scope<'a>,
    ) -> Decided<FunctionRow> {
        let native = call.args.get(at);
        if let Some((closure, scope)) = native.and_then(|native| closure_of(native, scope)) {
            return Ok(closure_row(
                &mut self.build,
                self.index,
                &scope,
                closure,
                (name, kind),
                &self.says,
            ));
        }
        match native {
            Some(Expr::Path(path)) => match find(self.index, scope, &path.path) {
                Some(function) => Ok(row(
                    &mut self.build,
                    self.index,
                    function,
                    (name, kind),
                    &self.says,
                )),
                None => Err(scope.undecided(path, "the crate has no function of this name")),
            },
            _ => Err(scope.undecided(call, "what this registers shows only when the program runs")),
        }
    }

    /// The row of a function that takes the stack: what its parameters are is said behind it, or nowhere.
    fn raw(
        &self,
        call: &'a ExprMethodCall,
        name: &str,
        kind: FunctionKind,
        scope: &Scope<'a>,
    ) -> Decided<FunctionRow> {
        if !self.says.has_parameters() {
            let reason =
                format!("how many arguments `{name}` takes is not said: say it by `.args(n)`");
            return Err(scope.undecided(call, &reason));
        }
        let mut row = FunctionRow {
            name: name.to_owned(),
            kind,
            returns: "any".to_owned(),
            ..FunctionRow::default()
        };
        row.about.source = Some(source_line(scope, call.method.span()));
        Ok(row)
    }

    /// The type of the first parameter of a native.
    pub(crate) fn first_type(&self, native: Option<&'a Expr>, scope: &Scope<'a>) -> Option<usize> {
        let native = native?;
        if let Some((closure, scope)) = closure_of(native, scope) {
            return self.type_row(closure.inputs.first().and_then(typed), &scope);
        }
        match native {
            Expr::Path(path) => {
                let function = find(self.index, scope, &path.path)?;
                let inside = Scope::of(function.module, function.of);
                self.type_row(receiver_type(&function).as_ref(), &inside)
            }
            _ => None,
        }
    }
}

/// A closure, or the one that a variable holds, with the scope that it stands in.
pub(crate) fn closure_of<'a>(
    native: &'a Expr,
    scope: &Scope<'a>,
) -> Option<(&'a syn::ExprClosure, Scope<'a>)> {
    match native {
        Expr::Closure(closure) => Some((closure, scope.clone())),
        Expr::Paren(inner) => closure_of(&inner.expr, scope),
        Expr::Block(block) => match block.block.stmts.last()? {
            syn::Stmt::Expr(last, None) => closure_of(last, scope),
            _ => None,
        },
        Expr::Path(path) => {
            let (written, scope) = scope.written(&path.path.get_ident()?.to_string())?;
            closure_of(written, &scope)
        }
        _ => None,
    }
}
