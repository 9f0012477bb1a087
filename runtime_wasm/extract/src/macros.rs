//! Expands the crate's own `macro_rules!`, whose functions and registrations are as good as written ones.
//!
//! Names are not kept apart as the compiler keeps them: what is read here is names that scripts see, which are all the same.

use std::collections::HashMap;
use std::rc::Rc;

use syn::parse::Parser;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, ImplItem, Item, ItemImpl, Stmt};

use crate::macro_rules::{self, Rule};
use crate::registration::is_recorder;
use crate::source::RustModule;

/// How often what came out of a macro is looked at for macros again.
const MOST_EXPANSIONS: usize = 16;

/// Puts what macros make in the place of their calls: in modules, in `impl`s and in the bodies of functions. What cannot be
/// expanded stays as it is.
pub fn expand(modules: &mut [RustModule]) {
    let mut known = Macros::default();
    // The arguments of a recorder's macros say what is registered, not what comes out of them.
    let modules_with_macros = modules.iter().filter(|module| !is_recorder(module));
    for module in modules_with_macros {
        known.file.clone_from(&module.file);
        module.items.iter().for_each(|item| known.note(item));
    }
    for module in modules {
        known.file.clone_from(&module.file);
        replace(&mut module.items, |item| match item {
            Item::Macro(written) if written.ident.is_none() => {
                let made = syn::parse2::<syn::File>(known.call(&written.mac)?);
                made.ok().map(|made| made.items)
            }
            _ => None,
        });
        module
            .items
            .iter_mut()
            .for_each(|item| known.visit_item_mut(item));
    }
}

/// Replaces what can be by what is made of it, and again what comes out.
fn replace<T>(items: &mut Vec<T>, made_of: impl Fn(&T) -> Option<Vec<T>>) {
    for _ in 0..MOST_EXPANSIONS {
        let mut has_changed = false;
        for item in std::mem::take(items) {
            match made_of(&item) {
                Some(made) => {
                    has_changed = true;
                    items.extend(made);
                }
                None => items.push(item),
            }
        }
        if !has_changed {
            break;
        }
    }
}

/// Macros by their names.
#[derive(Clone, Default)]
struct Macros {
    known: HashMap<String, Rc<Known>>,
    /// The file that is looked at.
    file: String,
}

/// One of them, and the file that it stands in.
struct Known {
    rules: Vec<Rule>,
    file: String,
}

impl Macros {
    fn note(&mut self, item: &Item) {
        let Item::Macro(item) = item else { return };
        if let (Some(name), true) = (&item.ident, item.mac.path.is_ident("macro_rules")) {
            if let Some(rules) = macro_rules::read(item.mac.tokens.clone()) {
                let file = self.file.clone();
                let known = Rc::new(Known { rules, file });
                self.known.insert(name.to_string(), known);
            }
        }
    }

    /// What a call makes; none if there is no such macro here, or none of its arms fits.
    fn call(&self, written: &syn::Macro) -> Option<proc_macro2::TokenStream> {
        let last = written.path.segments.last()?;
        let known = self.known.get(&last.ident.to_string())?;
        // Lines of another file would be taken for lines of this one: what comes from there stands where it is called.
        let place = (known.file != self.file).then(|| last.ident.span());
        macro_rules::call(&known.rules, &written.tokens, place)
    }
}

impl VisitMut for Macros {
    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        replace(&mut item.items, |inner| match inner {
            ImplItem::Macro(written) => {
                let made = self.call(&written.mac)?;
                let made = quote::quote!(impl Made { #made });
                syn::parse2::<ItemImpl>(made).ok().map(|made| made.items)
            }
            _ => None,
        });
        visit_mut::visit_item_impl_mut(self, item);
    }

    /// Macros that a body defines are known in it alone.
    fn visit_block_mut(&mut self, block: &mut Block) {
        let mut own = None;
        for statement in &block.stmts {
            if let Stmt::Item(item @ Item::Macro(_)) = statement {
                own.get_or_insert_with(|| self.clone()).note(item);
            }
        }
        let known = own.as_mut().unwrap_or(self);
        replace(&mut block.stmts, |statement| match statement {
            Stmt::Macro(written) => Block::parse_within.parse2(known.call(&written.mac)?).ok(),
            _ => None,
        });
        visit_mut::visit_block_mut(known, block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::ToTokens;

    fn expanded(text: &str) -> String {
        let items = syn::parse_file(text).expect("it is Rust").items;
        let mut modules = [RustModule {
            krate: std::rc::Rc::default(),
            file: "lib.rs".to_owned(),
            path: Vec::new(),
            items,
        }];
        expand(&mut modules);
        let items = modules[0].items.iter();
        let kept = items.filter(|item| !matches!(item, Item::Macro(_)));
        let texts: Vec<String> = kept
            .map(|item| item.to_token_stream().to_string())
            .collect();
        texts.join(" ")
    }

    #[test]
    fn items_are_made_for_each_turn_of_a_repetition() {
        let text = "macro_rules! beds { ($($name:ident: $ty:ty),* $(,)?) => { $(fn $name() -> $ty { todo() })* }; }
            beds! { herbs: Vec<String>, fruit: (i64, i64), }";
        assert_eq!(
            expanded(text),
            "fn herbs () -> Vec < String > { todo () } fn fruit () -> (i64 , i64) { todo () }"
        );
    }

    #[test]
    fn the_first_arm_that_fits_counts_and_may_call_others() {
        let text = "macro_rules! bed { ($name:ident) => { bed!(@ $name 1); }; (@ $name:ident $n:literal) => { const $name: i64 = $n; }; }
            bed!(PEAS);";
        assert_eq!(expanded(text), "const PEAS : i64 = 1 ;");
    }

    #[test]
    fn statements_are_made_by_macros_of_the_function_too() {
        let text = "fn f() { macro_rules! add { ($m:expr, $t:ident) => { $m.ty::<$t>()?; }; } { add!(m, Bed); } }";
        assert!(
            expanded(text).ends_with("{ m . ty :: < Bed > () ? ; } }"),
            "{}",
            expanded(text)
        );
    }

    #[test]
    fn what_cannot_be_expanded_stays() {
        let text = "fn f() { println!(\"{}\", 1); }";
        assert_eq!(expanded(text), "fn f () { println ! (\"{}\" , 1) ; }");
    }
}
