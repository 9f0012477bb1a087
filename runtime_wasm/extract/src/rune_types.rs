//! Types that are registered in Rune's own way.

use syn::{ExprMethodCall, Type};

use crate::constants::evaluate;
use crate::functions::{find, Written};
use crate::host_types;
use crate::index::Found;
use crate::rune_attributes::options;
use crate::rune_modules::{Decided, Walk};
use crate::rune_words::{held, type_argument, type_path};
use crate::scope::Scope;
use crate::table::{About, TypeKind, TypeRow, VariantRow};

impl<'a> Walk<'a, '_> {
    pub(crate) fn host_type(
        &mut self,
        call: &'a ExprMethodCall,
        module: &str,
        scope: &Scope<'a>,
    ) -> Decided<usize> {
        let unknown =
            || scope.undecided(call, "which type this registers is not said in the crate");
        let written = type_argument(call).ok_or_else(unknown)?;
        let key = self.whole(written, scope).ok_or_else(unknown)?;
        if let Some(known) = self.types.get(&key) {
            return Ok(*known);
        }
        let own = self
            .found(written, scope)
            .and_then(|found| host_types::row(&mut self.build, self.index, found, module));
        let row = own
            .or_else(|| host_types::foreign_row(self.index.foreign.get(&key)?))
            .ok_or_else(unknown)?;
        let holder = row
            .path
            .rsplit_once("::")
            .map_or("", |(holder, _)| holder)
            .to_owned();
        self.module(&holder, scope, call)?;
        let place = self.build.bindings.types.len();
        self.types.insert(row.path.clone(), place);
        self.types.insert(key, place);
        let mut row = row;
        if let Some(said) = self.says.deprecated.take() {
            row.about.deprecated.get_or_insert(said);
        }
        if let Some(read) = self.says.documentation().filter(|_| row.docs.is_empty()) {
            let source = row.about.source.take();
            (row.prelude, row.sealed) = (row.prelude || read.prelude, row.sealed || read.sealed);
            row.about = About {
                source,
                ..read.about
            };
            row.docs = read.text;
        }
        self.say_variants(&mut row);
        self.build.bindings.types.push(row);
        Ok(place)
    }

    /// The variants that are said by their names, of a type that does not say them in Rust.
    fn say_variants(&mut self, row: &mut TypeRow) {
        let Some(names) = self
            .says
            .variants
            .take()
            .filter(|_| row.variants.is_empty())
        else {
            return;
        };
        row.kind = TypeKind::Enum;
        let variant = |name| VariantRow {
            name,
            ..VariantRow::default()
        };
        row.variants = names.into_iter().map(variant).collect();
    }

    /// `module.type_meta::<T>()?.make_enum(…)?`, `module.variant_meta::<T>(0)?.make_unnamed(1)?`.
    pub(crate) fn described(&mut self, call: &'a ExprMethodCall, of: usize, scope: &Scope<'a>) {
        if call.method == "variant_meta" {
            return self.variant(call, of, scope);
        }
        let mut row = std::mem::take(&mut self.build.bindings.types[of]);
        if call.method == "enum_meta" {
            let names = call.args.first();
            let names = names.and_then(|names| evaluate(self.index, scope, names).ok());
            self.says.variants = names.and_then(|names| names.texts());
        }
        self.say_variants(&mut row);
        if let Some(read) = self.says.documentation().filter(|_| row.docs.is_empty()) {
            row.docs = read.text;
        }
        self.build.bindings.types[of] = row;
    }

    /// `ty.variant_mut(0)?.make_unnamed(1)?.docs(…)?`.
    pub(crate) fn variant(&mut self, call: &'a ExprMethodCall, of: usize, scope: &Scope<'a>) {
        let number = call.args.first();
        let number = number.and_then(|number| evaluate(self.index, scope, number).ok());
        let place = number.and_then(|number| number.count());
        let variants = &mut self.build.bindings.types[of].variants;
        if let Some(row) = place.and_then(|place| variants.get_mut(place)) {
            row.docs = self
                .says
                .documentation()
                .map_or_else(String::new, |read| read.text);
            if let Some(count) = self.says.values {
                row.values = vec!["any".to_owned(); count];
            }
        }
    }

    /// What a type registers by itself, as `install_with` says, or the `impl` of `InstallWith`.
    pub(crate) fn install_with(
        &mut self,
        call: &'a ExprMethodCall,
        module: &str,
        scope: &Scope<'a>,
    ) -> Decided<()> {
        let Some(written) = type_argument(call).and_then(type_path) else {
            return Ok(());
        };
        let (place, path) = scope.place(&written);
        let by_name = || {
            let installs = self.index.member(place, &path, |item| match item {
                syn::ImplItem::Fn(function) if function.sig.ident == "install_with" => {
                    Some(function)
                }
                _ => None,
            })?;
            let (member, function) = installs;
            Some(Written {
                module: member.module,
                signature: &function.sig,
                attributes: &function.attrs,
                block: &function.block,
                of: Some(member.type_name),
            })
        };
        let by_attribute = || {
            let found = self.index.resolve(place, &path)?;
            let (attributes, ident) = host_types::head(found.item)?;
            let named = options(attributes, &["rune"]).into_iter();
            let mut named = named.filter(|option| option.name == "install_with");
            let path = named.next()?.path?;
            let inside = Scope::of(found.module, Some(ident));
            find(self.index, &inside, &syn::parse_str(&path.join("::")).ok()?)
        };
        if let Some(function) = by_attribute().or_else(by_name) {
            self.enter(&function, vec![Some(module.to_owned())], (&[], None), scope);
        }
        Ok(())
    }

    fn found(&self, written: &Type, scope: &Scope<'a>) -> Option<Found<'a>> {
        let (module, path) = scope.place(&type_path(written)?);
        self.index.resolve(module, &path)
    }

    /// What Rust knows a type by.
    pub(crate) fn whole(&self, written: &Type, scope: &Scope<'a>) -> Option<String> {
        let (module, path) = scope.place(&type_path(written)?);
        Some(self.index.whole(module, &path))
    }

    /// The row of a registered type; what is written may be a reference or one of Rune's guards.
    pub(crate) fn type_row(&self, written: Option<&Type>, scope: &Scope<'a>) -> Option<usize> {
        let written = held(written?);
        let whole = self.whole(written, scope)?;
        let own = self.types.get(&whole);
        // Several types of Rust can be one to scripts, as `str` and `String` are.
        let foreign = || self.types.get(&self.index.foreign.get(&whole)?.path);
        own.or_else(foreign).copied()
    }
}
