//! Rows of what is registered in Rune's own way.

use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Pat, Type};

use crate::build::source_line;
use crate::constants::{evaluate, Constant, Scope};
use crate::functions::{closure_row, find, row, typed};
use crate::index::segments;
use crate::rune_attributes::{options, RuneOption};
use crate::rune_modules::{Decided, Walk};
use crate::rune_words::{is_protocol, joined, owner, protocol, receiver_type, with_marks};
use crate::rust_types::{returned, Context};
use crate::source::docs;
use crate::table::{AttributeRow, ConstantRow, FieldRow, FunctionKind, FunctionRow, MacroRow};

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
            module: scope.module,
            own: None,
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

    fn add_to_type(
        &mut self,
        of: usize,
        row: FunctionRow,
        scope: &Scope<'a>,
        call: &'a ExprMethodCall,
    ) {
        let mut row = row;
        self.tell(scope, call, &mut row);
        self.build.bindings.types[of].functions.push(row);
    }

    pub(crate) fn function_meta(
        &mut self,
        call: &'a ExprMethodCall,
        module: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let Some(Expr::Path(path)) = call.args.first() else {
            return Err(scope.undecided(
                call,
                "which function this registers shows only when the program runs",
            ));
        };
        let Some(function) = find(self.index, scope.module, &path.path, None) else {
            return Err(scope.undecided(path, "the crate has no function of this name"));
        };
        let marks = options(function.attributes, &["rune", "function"]);
        let value = |name: &str| marks.iter().find(|mark| mark.name == name);
        if value("protocol").is_some() {
            return Ok(());
        }
        let path = value("path").and_then(|mark| mark.path.clone());
        let ident = function.signature.ident.to_string();
        let name = path
            .as_ref()
            .and_then(|path| path.last().cloned())
            .unwrap_or(ident);
        let inside = Scope::new(function.module);
        let is_method = function.signature.receiver().is_some() || value("instance").is_some();
        let of = match (is_method, path) {
            (true, _) => Some(receiver_type(&function)),
            (false, Some(path)) if path.len() > 1 => Some(owner(&path[path.len() - 2], &function)),
            _ => None,
        };
        let Some(of) = of else {
            let row = row(
                &mut self.build,
                self.index,
                function,
                &name,
                FunctionKind::Function,
            );
            return self.add(row, module, &marks, scope, call);
        };
        let kind = if is_method {
            FunctionKind::Method
        } else {
            FunctionKind::AssociatedFunction
        };
        let row = row(&mut self.build, self.index, function, &name, kind);
        match of.and_then(|of| self.type_row(Some(&of), &inside)) {
            Some(index) => {
                let row = with_marks(row, &marks);
                self.add_to_type(index, row, scope, call);
                Ok(())
            }
            None => Err(inside.undecided(
                &function.signature.ident,
                "the type of this function is not registered before it",
            )),
        }
    }

    pub(crate) fn add(
        &mut self,
        row: FunctionRow,
        module: &str,
        marks: &[RuneOption],
        scope: &Scope<'a>,
        call: &'a ExprMethodCall,
    ) -> Decided<()> {
        let index = self.module(module, scope, call)?;
        let mut row = with_marks(row, marks);
        self.tell(scope, call, &mut row);
        self.build.bindings.modules[index].functions.push(row);
        Ok(())
    }

    /// `module.function("name", native)`, of a type or of the module.
    pub(crate) fn function(
        &mut self,
        call: &'a ExprMethodCall,
        module: &str,
        of: Option<&Type>,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let name = self.name(call, scope)?;
        let kind = if of.is_some() {
            FunctionKind::AssociatedFunction
        } else {
            FunctionKind::Function
        };
        let row = match call.method == "raw_function" {
            true => self.raw(call, &name, kind, scope)?,
            false => self.native(call, 1, &name, kind, scope)?,
        };
        match of {
            None => self.add(row, module, &[], scope, call),
            Some(of) => match self.type_row(Some(of), scope) {
                Some(index) => {
                    self.add_to_type(index, row, scope, call);
                    Ok(())
                }
                None => Err(scope.undecided(
                    call,
                    "the type of this function is not registered before it",
                )),
            },
        }
    }

    pub(crate) fn associated_function(
        &mut self,
        call: &'a ExprMethodCall,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        if is_protocol(call.args.first()) {
            return Ok(());
        }
        let name = self.name(call, scope)?;
        let row = self.native(call, 1, &name, FunctionKind::Method, scope)?;
        match self.first_type(call.args.get(1), scope) {
            Some(index) => {
                self.add_to_type(index, row, scope, call);
                Ok(())
            }
            None => Err(scope.undecided(
                call,
                "the type of this function is not registered before it",
            )),
        }
    }

    /// `module.field_function(&Protocol::GET, "name", native)`.
    pub(crate) fn field_function(
        &mut self,
        call: &'a ExprMethodCall,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let protocol = protocol(call.args.first());
        let name = match call
            .args
            .get(1)
            .map(|argument| evaluate(self.index, scope, argument))
        {
            Some(name) => name?.text().map(str::to_owned),
            None => None,
        };
        let index = self.first_type(call.args.get(2), scope);
        let (Some(name), Some(index)) = (name, index) else {
            return Err(scope.undecided(
                call,
                "which field of which type this is shows only when the program runs",
            ));
        };
        match protocol.as_deref() {
            Some("GET") => {
                let (type_name, text) = self.returned(call.args.get(2), scope);
                if type_name.is_none() {
                    let reason = format!("the type of the field `{name}` is not said");
                    self.build.undecided.push(scope.undecided(call, &reason));
                }
                let mut row = FieldRow {
                    name,
                    type_name: type_name.unwrap_or_else(|| "any".to_owned()),
                    docs: text,
                    ..FieldRow::default()
                };
                row.about.source = Some(source_line(scope, call.method.span()));
                self.build.bindings.types[index].fields.push(row);
            }
            Some("SET") => {
                let mut fields = self.build.bindings.types[index].fields.iter_mut();
                if let Some(field) = fields.find(|field| field.name == name) {
                    field.mutable = true;
                }
            }
            _ => {}
        }
        Ok(())
    }

    pub(crate) fn constant(
        &mut self,
        call: &'a ExprMethodCall,
        module: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let name = self.name(call, scope)?;
        let value = call
            .args
            .get(1)
            .ok_or_else(|| scope.undecided(call, "this constant has no value"))?;
        let (type_name, value) = match evaluate(self.index, scope, value)? {
            Constant::Text(text) => ("String", serde_json::Value::from(text)),
            Constant::Truth(truth) => ("bool", serde_json::Value::from(truth)),
            Constant::Number(number) => ("i64", serde_json::Value::from(number)),
            _ => return Err(scope.undecided(call, "this constant is no text, number or truth")),
        };
        let mut row = ConstantRow {
            name,
            type_name: type_name.to_owned(),
            value: Some(value),
            ..ConstantRow::default()
        };
        row.about.source = Some(source_line(scope, call.method.span()));
        let index = self.module(module, scope, call)?;
        self.build.bindings.modules[index].constants.push(row);
        Ok(())
    }

    pub(crate) fn macro_(
        &mut self,
        call: &'a ExprMethodCall,
        module: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let mut row = MacroRow {
            returns: "any".to_owned(),
            ..MacroRow::default()
        };
        let source = source_line(scope, call.method.span());
        if call.method == "macro_" {
            row.name = self.name(call, scope)?;
        } else {
            let path = match call.args.first() {
                Some(Expr::Path(path)) => &path.path,
                _ => {
                    return Err(scope.undecided(
                        call,
                        "which macro this registers shows only when the program runs",
                    ))
                }
            };
            let Some(written) = find(self.index, scope.module, path, None) else {
                return Err(scope.undecided(call, "the crate has no macro of this name"));
            };
            let marks = options(written.attributes, &["rune", "macro_"]);
            let renamed = marks
                .into_iter()
                .find(|mark| mark.name == "path")
                .and_then(|mark| mark.path);
            row.name = renamed
                .and_then(|path| path.last().cloned())
                .unwrap_or_else(|| written.signature.ident.to_string());
            let read = self.build.documentation(&docs(written.attributes), &source);
            row.returns = read.returns.unwrap_or(row.returns);
            row.docs = read.text;
            row.about = read.about;
        }
        row.about.source = Some(source);
        let index = self.module(module, scope, call)?;
        self.build.bindings.modules[index].macros.push(row);
        Ok(())
    }

    pub(crate) fn attribute(&mut self, call: &'a ExprMethodCall, scope: &Scope<'a>) -> Decided<()> {
        let name = self.name(call, scope)?;
        let reason = format!("the keys of the attribute `{name}` are not said in Rust: declare it in a stub of your own");
        self.build.undecided.push(scope.undecided(call, &reason));
        let mut row = AttributeRow {
            name,
            ..AttributeRow::default()
        };
        row.about.source = Some(source_line(scope, call.method.span()));
        self.build.bindings.attributes.push(row);
        Ok(())
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

    /// The row of a native that is handed over as a closure or by its path.
    pub(crate) fn native(
        &mut self,
        call: &'a ExprMethodCall,
        at: usize,
        name: &str,
        kind: FunctionKind,
        scope: &Scope<'a>,
    ) -> Decided<FunctionRow> {
        match call.args.get(at) {
            Some(Expr::Closure(closure)) => Ok(closure_row(
                &mut self.build,
                self.index,
                scope,
                closure,
                name,
                kind,
            )),
            Some(Expr::Path(path)) => match find(self.index, scope.module, &path.path, None) {
                Some(function) => Ok(row(&mut self.build, self.index, function, name, kind)),
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
        match native? {
            Expr::Closure(closure) => self.type_row(
                closure.inputs.first().and_then(|first: &Pat| typed(first)),
                scope,
            ),
            Expr::Path(path) => {
                let function = find(self.index, scope.module, &path.path, None)?;
                self.type_row(
                    receiver_type(&function).as_ref(),
                    &Scope::new(function.module),
                )
            }
            _ => None,
        }
    }

    /// What a native returns, and its documentation.
    pub(crate) fn returned(
        &self,
        native: Option<&'a Expr>,
        scope: &Scope<'a>,
    ) -> (Option<String>, String) {
        match native {
            Some(Expr::Closure(closure)) if !matches!(closure.output, syn::ReturnType::Default) => {
                let context = Context {
                    index: self.index,
                    module: scope.module,
                    own: None,
                };
                (returned(context, &closure.output), String::new())
            }
            Some(Expr::Path(path)) => match find(self.index, scope.module, &path.path, None) {
                Some(function) => {
                    let own = function.of.map(ToString::to_string);
                    let context = Context {
                        index: self.index,
                        module: function.module,
                        own: own.as_deref(),
                    };
                    (
                        returned(context, &function.signature.output),
                        docs(function.attributes),
                    )
                }
                None => (None, String::new()),
            },
            _ => (None, String::new()),
        }
    }
}
