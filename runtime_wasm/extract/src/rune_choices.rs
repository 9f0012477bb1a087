//! Registrations in loops and behind conditions.

use syn::Expr;

use crate::constants::{evaluate, Constant};
use crate::rune_modules::Walk;
use crate::rune_words::{mentions_module, Names};
use crate::scope::Scope;

impl<'a> Walk<'a, '_> {
    /// A loop over constants happens once for each.
    pub(crate) fn loop_over(
        &mut self,
        looped: &'a syn::ExprForLoop,
        scope: &Scope<'a>,
        names: &mut Names,
    ) {
        let items = match evaluate(self.index, scope, &looped.expr) {
            Ok(Constant::List(items)) => items,
            _ => Vec::new(),
        };
        let mut inside = scope.clone();
        let fits = items.iter().all(|item| inside.bind(&looped.pat, item));
        if items.is_empty() || !fits {
            let reason = "what this loop goes over shows only when the program runs";
            let undecided = scope.undecided(looped, reason);
            return self.build.undecided.push(undecided);
        }
        for item in &items {
            inside.bind(&looped.pat, item);
            self.block(&looped.body, &inside, names);
        }
    }

    /// What `cfg!` asks is known as far as features are; any other condition shows only when the program runs.
    pub(crate) fn choice(&mut self, choice: &'a syn::ExprIf, scope: &Scope<'a>, names: &mut Names) {
        let asked = match &*choice.cond {
            Expr::Macro(asked) if asked.mac.path.is_ident("cfg") => {
                scope.module.krate.features.holds(&asked.mac.tokens)
            }
            _ => None,
        };
        match (asked, &choice.else_branch) {
            (Some(true), _) => self.block(&choice.then_branch, scope, names),
            (Some(false), Some((_, other))) => self.expression(other, scope, names),
            (Some(false), None) => {}
            (None, other) => {
                let stands_in = mentions_module(&choice.then_branch.stmts, names)
                    || other
                        .as_ref()
                        .is_some_and(|(_, other)| mentions_module(&[other], names));
                if stands_in {
                    let reason = "what is registered here depends on a condition or a loop";
                    let undecided = scope.undecided(choice, reason);
                    self.build.undecided.push(undecided);
                }
            }
        }
    }
}
