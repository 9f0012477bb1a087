//! The Rune context that scripts are compiled for and run in: Rune's own modules, Crucible's types, what stubs declare,
//! captured output.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use rune::runtime::RuntimeContext;
use rune::{Context, ContextError};
use runekiln_bindings::{Bindings, MacroArguments, Registered};

use crate::output;
use crate::parser::know_macros;
use crate::stubs::{self, Unavailable, Unbound};

/// The profile of an instance that was not told one.
const DEFAULT_PROFILE: &str = "core";

/// A context and what it needs to run; made once for an instance and used for everything.
pub struct Host {
    pub context: Context,
    /// What is bound, natively or by stubs.
    pub bindings: Rc<Bindings>,
    pub profile: String,
    /// What other profiles have.
    pub unavailable: Unavailable,
    /// The names that scripts can use without `use`.
    pub names: Rc<[String]>,
    runtime: OnceCell<Arc<RuntimeContext>>,
}

thread_local! {
    static HOST: OnceCell<Rc<Host>> = const { OnceCell::new() };
}

impl Host {
    /// The host of this instance, made at the first call.
    pub fn shared() -> Rc<Host> {
        HOST.with(|host| {
            Rc::clone(host.get_or_init(|| Host::bound(Bindings::default(), DEFAULT_PROFILE).0))
        })
    }

    /// Whether this instance has a host: then it can have no other.
    pub fn is_made() -> bool {
        HOST.with(|host| host.get().is_some())
    }

    /// Makes the host of this instance, which must have none: it binds what the profile has of the natives and of what
    /// stubs declare. The second is what cannot be bound.
    pub fn configure(declared: Bindings, profile: &str) -> (Rc<Host>, Vec<Unbound>) {
        let (host, unbound) = Host::bound(declared, profile);
        HOST.with(|shared| {
            let is_first = shared.set(Rc::clone(&host)).is_ok();
            assert!(is_first, "an instance is configured once");
        });
        (host, unbound)
    }

    fn bound(declared: Bindings, profile: &str) -> (Rc<Host>, Vec<Unbound>) {
        let natives = runekiln_bindings::table();
        let (bindings, unavailable) =
            stubs::part(stubs::merged(natives.clone(), declared), profile);
        let mut context = native_context(&bindings).expect("the bindings fit together");
        let unbound = stubs::install(&mut context, &bindings, &natives);
        know_macros(expression_macros(&bindings));
        let host = Host {
            context,
            profile: profile.to_owned(),
            unavailable,
            names: names(&bindings),
            bindings: Rc::new(bindings),
            runtime: OnceCell::new(),
        };
        (Rc::new(host), unbound)
    }

    /// What a virtual machine needs of the context.
    pub fn runtime(&self) -> Arc<RuntimeContext> {
        Arc::clone(
            self.runtime.get_or_init(|| {
                Arc::new(self.context.runtime().expect("the context has been built"))
            }),
        )
    }
}

/// A context with Rune's modules and what is bound of the natives.
fn native_context(bound: &Bindings) -> Result<Context, ContextError> {
    // Without Rune's own input and output: there is none in here.
    let mut context = Context::with_config(false)?;
    context.install(output::module()?)?;
    runekiln_bindings::install_where(&mut context, |registered| match registered {
        Registered::Type(path) => bound.types.iter().any(|row| row.path == *path),
        Registered::Module(path) => bound.modules.iter().any(|row| row.path == *path),
        Registered::Attribute(name) => bound.attributes.iter().any(|row| row.name == *name),
    })?;
    Ok(context)
}

/// The types of the prelude under all of their names, and the crates.
fn names(bindings: &Bindings) -> Rc<[String]> {
    let types = bindings.types.iter().filter(|row| row.prelude);
    let types = types.flat_map(|row| row.aliases.iter().chain([&row.name]).cloned());
    let modules = bindings.modules.iter();
    let crates = modules.filter(|row| !row.path.contains("::"));
    types.chain(crates.map(|row| row.path.clone())).collect()
}

/// The macros whose arguments are expressions, if none of the same name takes anything else.
fn expression_macros(bindings: &Bindings) -> Vec<String> {
    let macros = || bindings.modules.iter().flat_map(|row| &row.macros);
    let is_expressions = |name: &str| {
        let mut named = macros().filter(|row| row.name == name);
        named.all(|row| row.arguments == MacroArguments::Expressions)
    };
    let names = macros().map(|row| row.name.clone());
    names.filter(|name| is_expressions(name)).collect()
}
