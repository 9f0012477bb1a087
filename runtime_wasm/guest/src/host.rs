//! The Rune context that scripts are compiled for and run in: Rune's own modules, Crucible's types, captured output.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use rune::runtime::RuntimeContext;
use rune::{Context, ContextError};

use crate::output;

/// A context and what it needs to run; made once for an instance and used for everything.
pub struct Host {
    pub context: Context,
    runtime: OnceCell<Arc<RuntimeContext>>,
}

thread_local! {
    static HOST: OnceCell<Rc<Host>> = const { OnceCell::new() };
}

impl Host {
    /// The host of this instance, made at the first call.
    pub fn shared() -> Rc<Host> {
        HOST.with(|host| {
            Rc::clone(host.get_or_init(|| Rc::new(Host::new().expect("the bindings fit together"))))
        })
    }

    fn new() -> Result<Host, ContextError> {
        // Without Rune's own input and output: there is none in here.
        let mut context = Context::with_config(false)?;
        context.install(output::module()?)?;
        runekiln_bindings::install(&mut context)?;
        Ok(Host {
            context,
            runtime: OnceCell::new(),
        })
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
