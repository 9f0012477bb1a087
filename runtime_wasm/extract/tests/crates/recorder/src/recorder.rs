macro_rules! method {
    ($recorder:expr, $signature:literal, $docs:expr, $native:expr) => {};
}

impl TypeName {
    pub(crate) fn plain(name: &'static str) -> Self {
        TypeName { module: &["garden"], name, aliases: &[], prelude: true }
    }
}

impl Recorder {
    pub(crate) fn record<T>(
        &mut self,
        name: TypeName,
        docs: &str,
        members: impl FnOnce(&mut TypeRecorder) -> Result<()>,
    ) -> Result<()> {
        let mut recorder = TypeRecorder { module: Module::with_crate_item(name.module[0], &name.module[1..])? };
        recorder.readable::<T>()?;
        members(&mut recorder)
    }

    pub(crate) fn module(&mut self, path: &[&str], docs: &str, functions: impl FnOnce(&mut ModuleRecorder)) -> Result<()> {
        Ok(())
    }

    pub(crate) fn attribute<M>(&mut self, name: &str, aliases: &[&str], native: M) -> Result<()> {
        Ok(())
    }
}

impl TypeRecorder {
    fn readable<T>(&mut self) -> Result<()> {
        method!(self, "clone(&self) -> Self", "A copy.", copy::<T>);
        Ok(())
    }
}
