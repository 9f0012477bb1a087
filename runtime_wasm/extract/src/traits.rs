//! Traits: functions that every type has which implements them.

use std::collections::HashMap;

use syn::{Expr, ExprMethodCall};

use crate::build::{about, source_line};
use crate::constants::evaluate;
use crate::foreign::item_macro;
use crate::index::segments;
use crate::rune_modules::{Decided, Walk};
use crate::rune_words::{join, joined, protocol, type_argument};
use crate::scope::Scope;
use crate::table::{Bindings, FunctionKind, FunctionRow, TraitRow};
use crate::undecided::{Undecided, Undecideds};

/// The traits of what is read, and who implements them.
#[derive(Default)]
pub struct Traits {
    pub(crate) known: HashMap<String, Trait>,
    /// Types by their places in the bindings, with the paths of traits, and where that is said.
    implemented: Vec<(usize, String, Undecided)>,
}

#[derive(Default)]
pub(crate) struct Trait {
    row: TraitRow,
    /// What its handler makes for a type: functions and protocols.
    pub(crate) functions: Vec<FunctionRow>,
    pub(crate) protocols: Vec<FunctionRow>,
    /// The methods that it makes of protocols which it asks for.
    pub(crate) methods: Vec<String>,
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
