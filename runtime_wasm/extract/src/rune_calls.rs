//! The calls on a module, a trait or a type: which of them registers what.

use syn::{Expr, ExprMethodCall};

use crate::functions::Written;
use crate::index::Index;
use crate::rune_modules::{Decided, Stage, Walk};
use crate::rune_words::{calls, member_of, module_of, protocol, type_argument, Names, Of};
use crate::scope::Scope;

/// What they say shows in Rust's types alone.
const SILENT: &[&str] = &["struct_meta", "variant_constructor", "with_unique"];

impl<'a> Walk<'a, '_> {
    /// Reads a chain of calls: what it is about its first call says, the others say more of that.
    pub(crate) fn method_call(
        &mut self,
        last: &'a ExprMethodCall,
        scope: &Scope<'a>,
        names: &mut Names,
    ) -> Decided<()> {
        let chain = calls(last);
        let first = chain[chain.len() - 1];
        let module = match self.opened(&first.receiver, scope, names) {
            Some(module) => Some(module?),
            None => None,
        };
        if let Some(of) = member_of(&first.receiver, names).filter(|_| module.is_none()) {
            return match self.stage {
                Stage::Types | Stage::Places => Ok(()),
                Stage::Members => self.member(&chain, &of, scope),
            };
        }
        match module {
            Some(module) => self.registration(&chain, &module, scope),
            None => self.other_call(first, scope, names),
        }
    }

    /// A call on something else may hand a module on: `self.install(&mut module)?`.
    fn other_call(
        &mut self,
        call: &'a ExprMethodCall,
        scope: &Scope<'a>,
        names: &mut Names,
    ) -> Decided<()> {
        let handed: Vec<Option<String>> = call
            .args
            .iter()
            .map(|argument| module_of(argument, names))
            .collect();
        self.expression(&call.receiver, scope, names);
        if handed.iter().all(Option::is_none) {
            call.args
                .iter()
                .for_each(|argument| self.expression(argument, scope, names));
            return Ok(());
        }
        let is_lent = call
            .args
            .iter()
            .any(|argument| matches!(argument, Expr::Reference(_)));
        match method(self.index, scope, &call.method.to_string(), None) {
            Some(function) => {
                let handed = [None].into_iter().chain(handed).collect();
                self.enter(&function, handed, (&[], None), scope);
                Ok(())
            }
            None if is_lent => {
                let reason = format!("what `{}` registers is not said in the crate", call.method);
                Err(scope.undecided(&call.method, &reason))
            }
            None => Ok(()),
        }
    }

    /// Reads a chain that begins with a call on a module; the last call comes first.
    fn registration(
        &mut self,
        chain: &[&'a ExprMethodCall],
        module: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let first = chain[chain.len() - 1];
        let name = first.method.to_string();
        let called = |wanted: &str| chain.iter().copied().find(|call| call.method == wanted);
        match (self.stage, &*name) {
            (Stage::Types, "ty") => return self.host_type(first, module, scope).map(drop),
            (Stage::Places, "reexport") => return self.reexport(first, module, scope),
            (Stage::Types | Stage::Places, _) => return Ok(()),
            (Stage::Members, _) => {}
        }
        let is_protocol = protocol(first.args.first()).is_some();
        match &*name {
            "ty" => self.install_with(first, module, scope),
            "function" | "function2" | "raw_function" | "constant" => {
                let of =
                    match called("build_associated").or_else(|| called("build_associated_with")) {
                        Some(of) => Some(self.associated(of, scope)?),
                        None if called("build").is_some() => None,
                        None => return Ok(()),
                    };
                match &*name {
                    "constant" => self.constant(first, module, of, scope),
                    _ => self.function(first, module, of, scope),
                }
            }
            "async_function" | "raw_fn" => self.function(first, module, None, scope),
            "function_meta" => self.function_meta(first, module, scope),
            "associated_function" | "inst_fn" | "async_inst_fn" if is_protocol => {
                self.protocol_function(first, scope)
            }
            "associated_function" | "inst_fn" | "async_inst_fn" => {
                self.associated_function(first, scope)
            }
            "field_function" | "field_fn" => self.field_function(first, scope),
            "index_function" | "index_fn" => self.index_function(first, scope),
            "macro_meta" | "macro_" => self.macro_(first, module, scope),
            "attribute_macro" => self.attribute(first, scope),
            "define_trait" => self.define_trait(chain, module, scope),
            "implement_trait" => self.implement_trait(first, scope),
            "reexport" => Ok(()),
            "type_meta" | "enum_meta" | "variant_meta" => {
                let of = self.type_row(type_argument(first), scope);
                let of = of.ok_or_else(|| scope.undecided(&first.method, UNREGISTERED))?;
                self.described(first, of, scope);
                Ok(())
            }
            "item_mut" => {
                self.describe_module(module);
                Ok(())
            }
            silent if SILENT.contains(&silent) => Ok(()),
            other => match method(self.index, scope, other, Some("Module")) {
                Some(function) => {
                    self.enter(&function, vec![Some(module.to_owned())], (&[], None), scope);
                    Ok(())
                }
                None => {
                    let reason = format!("registrations by `{other}` are not read");
                    Err(scope.undecided(&first.method, &reason))
                }
            },
        }
    }

    /// `module.item_mut().docs(…)?`
    fn describe_module(&mut self, module: &str) {
        let said = self.says.documentation().filter(|_| !module.is_empty());
        let deprecated = self.says.deprecated.clone();
        if said.is_none() && deprecated.is_none() {
            return;
        }
        let index = self.build.module(module);
        let row = &mut self.build.bindings.modules[index];
        row.docs = said.map_or_else(|| row.docs.clone(), |read| read.text);
        row.about.deprecated = deprecated.or(row.about.deprecated.take());
    }

    /// Reads what is said of a trait or a type that has a variable of its own.
    fn member(&mut self, chain: &[&'a ExprMethodCall], of: &Of, scope: &Scope<'a>) -> Decided<()> {
        let first = chain[chain.len() - 1];
        match of {
            Of::Trait(path) => self.said_of_trait(chain, path, scope),
            Of::Type(place) => {
                if first.method == "variant_mut" {
                    self.variant(first, *place, scope);
                }
                Ok(())
            }
        }
    }

    /// The type that `.build_associated::<T>()` or `.build_associated_with(T::HASH, …)` is of.
    fn associated(&self, call: &'a ExprMethodCall, scope: &Scope<'a>) -> Decided<usize> {
        let written = type_argument(call).cloned();
        let by_hash = || match call.args.first()? {
            Expr::Path(path) => match &path.qself {
                Some(of) => Some((*of.ty).clone()),
                None => {
                    let mut path = path.path.clone();
                    path.segments.pop()?;
                    path.segments.pop_punct();
                    Some(syn::Type::Path(syn::TypePath { qself: None, path }))
                }
            },
            _ => None,
        };
        let of = written.or_else(by_hash);
        let place = of.and_then(|of| self.type_row(Some(&of), scope));
        place.ok_or_else(|| scope.undecided(&call.method, UNREGISTERED))
    }
}

pub(crate) const UNREGISTERED: &str = "the type of this is not registered in what is read";

/// The one method of this name that the crate itself has, of any type or of that one.
fn method<'a>(
    index: &Index<'a>,
    scope: &Scope<'a>,
    name: &str,
    of: Option<&str>,
) -> Option<Written<'a>> {
    let (member, function) = index.only_method(&scope.module.krate.name, name)?;
    let is_of_it = of.is_none_or(|of| member.type_name == of);
    is_of_it.then_some(Written {
        module: member.module,
        signature: &function.sig,
        attributes: &function.attrs,
        block: &function.block,
        of: Some(member.type_name),
    })
}
