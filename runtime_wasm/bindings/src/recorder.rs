//! Registers native functions and writes down their rows in the same breath, so that the two cannot drift.

use rune::compile::{ContextError, Named};
use rune::module::InstallWith;
use rune::runtime::{
    Formatter, MaybeTypeOf, Protocol, ToReturn, ToValue, TypeOf, UnsafeToMut, UnsafeToRef, VmResult,
};
use rune::{Any, Context, Module, Value};

use crate::signature::Signature;
use crate::table::{FieldRow, FunctionKind, Permission, TypeRow};

pub(crate) type Result<T> = std::result::Result<T, ContextError>;

/// Registers a method: `method!(recorder, "name(&self, a: String) -> i64", "docs", |this: &T, a: String| ..)`.
macro_rules! method {
    ($recorder:expr, $signature:literal, $docs:expr, $native:expr) => {{
        let (name, module) = $recorder.declare($signature, $docs);
        module.associated_function(name, $native)?;
    }};
}

/// Registers a function that is called on the type: `Type::name(..)`.
macro_rules! associated_function {
    ($recorder:expr, $type:ty, $signature:literal, $docs:expr, $native:expr) => {{
        let (name, module) = $recorder.declare($signature, $docs);
        module.function(name, $native).build_associated::<$type>()?;
    }};
}

/// Everything that is registered: modules for a context, rows for the table.
#[derive(Default)]
pub(crate) struct Recorder {
    modules: Vec<Module>,
    types: Vec<TypeRow>,
}

/// The name of a type as scripts see it.
pub(crate) struct TypeName {
    /// The crate and modules that hold it, such as `["crucible", "session"]`.
    pub(crate) module: &'static [&'static str],
    pub(crate) name: &'static str,
    pub(crate) aliases: &'static [&'static str],
    /// Whether scripts may name it without `use`.
    pub(crate) prelude: bool,
}

impl Recorder {
    /// Registers one type: `members` adds its fields and functions.
    pub(crate) fn record<T>(
        &mut self,
        name: TypeName,
        docs: &str,
        members: impl FnOnce(&mut TypeRecorder) -> Result<()>,
    ) -> Result<()>
    where
        T: Native + Named + InstallWith + Readable,
    {
        let mut module = Module::with_crate_item(name.module[0], &name.module[1..])?;
        module.ty::<T>()?;
        let mut recorder = TypeRecorder {
            module,
            row: TypeRow::default(),
            field_names: Vec::new(),
        };
        recorder.row.name = name.name.to_owned();
        recorder.row.path = format!("{}::{}", name.module.join("::"), name.name);
        recorder.row.aliases = name
            .aliases
            .iter()
            .map(|alias| (*alias).to_owned())
            .collect();
        recorder.row.docs = documentation(docs);
        recorder.row.prelude = name.prelude;
        recorder.readable::<T>()?;
        members(&mut recorder)?;
        recorder.name_fields::<T>()?;
        for alias in name.aliases {
            recorder.module.reexport([alias], T::ITEM)?;
        }
        self.modules.push(recorder.module);
        if name.prelude {
            for visible in name.aliases.iter().chain([&name.name]) {
                self.modules.push(prelude_entry::<T>(visible)?);
            }
        }
        self.types.push(recorder.row);
        Ok(())
    }

    /// Adds a module that has no types, such as that of the attributes.
    pub(crate) fn plain(&mut self, module: Module) {
        self.modules.push(module);
    }

    pub(crate) fn install(self, context: &mut Context) -> Result<()> {
        self.modules
            .into_iter()
            .try_for_each(|module| context.install(module))
    }

    pub(crate) fn into_rows(self) -> Vec<TypeRow> {
        self.types
    }
}

/// A crate that is an alias of the type: Rune looks crates up last, from every module, so that it works like an
/// entry of the prelude, and a script's own item of that name shadows it.
fn prelude_entry<T: Named>(name: &str) -> Result<Module> {
    let mut module = Module::with_crate(name)?;
    module.reexport([] as [&str; 0], T::ITEM)?;
    Ok(module)
}

/// A Rust type that scripts can hold and call functions on.
pub(crate) trait Native:
    Any + TypeOf + ToValue + UnsafeToRef + UnsafeToMut + MaybeTypeOf
{
}

impl<T: Any + TypeOf + ToValue + UnsafeToRef + UnsafeToMut + MaybeTypeOf> Native for T {}

/// What every host type offers scripts: debug form, equality, a copy, and a text where it has one.
pub(crate) trait Readable: Sized + Clone {
    /// The debug form: deterministic, without addresses.
    fn debug(&self) -> String;

    /// Whether a script finds both equal with `==`.
    fn equals(&self, other: &Self) -> bool;

    /// What `${value}` in a template writes; `None` for a type that has no text.
    const DISPLAY: Option<fn(&Self) -> String>;
}

/// Registers the members of one type.
pub(crate) struct TypeRecorder {
    module: Module,
    row: TypeRow,
    field_names: Vec<&'static str>,
}

impl TypeRecorder {
    /// Writes down a function; returns its name and the module to register it in. Only the macros below call it.
    pub(crate) fn declare(
        &mut self,
        signature: &'static str,
        docs: &str,
    ) -> (&'static str, &mut Module) {
        let signature = Signature::parse(signature);
        let name = signature.name;
        let mut row = signature.into_row(documentation(docs));
        if row.returns == "Self" {
            row.returns.clone_from(&self.row.name);
        }
        self.row.functions.push(row);
        (name, &mut self.module)
    }

    /// A field that scripts may only read.
    pub(crate) fn field<T, V>(
        &mut self,
        name: &'static str,
        type_name: &str,
        docs: &str,
        get: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Result<()>
    where
        T: Native,
        V: ToReturn + MaybeTypeOf + 'static,
    {
        self.module
            .field_function(&Protocol::GET, name, move |this: &T| get(this))?;
        self.field_names.push(name);
        self.row.fields.push(FieldRow {
            name: name.to_owned(),
            type_name: type_name.to_owned(),
            docs: documentation(docs),
            ..FieldRow::default()
        });
        Ok(())
    }

    /// Lets scripts assign to the field that was recorded last; `set` refuses a value of another type.
    pub(crate) fn assignable<T: Native>(
        &mut self,
        set: impl Fn(&mut T, Value) -> VmResult<()> + Send + Sync + 'static,
    ) -> Result<()> {
        let field = self
            .row
            .fields
            .last_mut()
            .expect("a field is recorded before it is made assignable");
        field.mutable = true;
        let name = self.field_names[self.field_names.len() - 1];
        self.module
            .field_function(&Protocol::SET, name, move |this: &mut T, value: Value| {
                set(this, value)
            })?;
        Ok(())
    }

    /// Says what a script must have been granted to call the function that was recorded last.
    pub(crate) fn permission(&mut self, name: &str) {
        let functions = &mut self.row.functions;
        let function = functions
            .last_mut()
            .expect("a function is recorded before its permission");
        function.about.permission = Some(Permission {
            name: name.to_owned(),
            scope: None,
        });
    }

    fn readable<T>(&mut self) -> Result<()>
    where
        T: Native + Readable,
    {
        self.module
            .associated_function(&Protocol::DEBUG_FMT, |this: &T, f: &mut Formatter| {
                write(f, &this.debug())
            })?;
        self.module
            .associated_function(&Protocol::PARTIAL_EQ, |this: &T, other: Value| {
                other
                    .borrow_ref::<T>()
                    .is_ok_and(|other| this.equals(&other))
            })?;
        self.module
            .associated_function(&Protocol::CLONE, copy::<T>)?;
        if let Some(display) = T::DISPLAY {
            self.module.associated_function(
                &Protocol::DISPLAY_FMT,
                move |this: &T, f: &mut Formatter| write(f, &display(this)),
            )?;
        }
        method!(
            self,
            "clone(&self) -> Self",
            "A copy of this value; changing one leaves the other alone.",
            copy::<T>
        );
        Ok(())
    }

    /// Names the fields for patterns such as `Callout { type, .. }`.
    fn name_fields<T: TypeOf + Named>(&mut self) -> Result<()> {
        let names = std::mem::take(&mut self.field_names);
        // `derive(Any)` has named the Rust fields already, and Rune 0.14.2 answers a second naming with an error after
        // it has taken the new names. A test matches on every field, so that a Rune without this habit is noticed.
        // The few bytes are leaked once for each context: Rune wants names that live as long as the program.
        let _ = self
            .module
            .type_meta::<T>()?
            .make_named_struct(names.leak());
        Ok(())
    }
}

fn copy<T: Native + Readable>(this: &T) -> VmResult<Value> {
    VmResult::Ok(rune::vm_try!(this.clone().to_value()))
}

fn write(f: &mut Formatter, text: &str) -> VmResult<()> {
    use rune::alloc::fmt::TryWrite;
    rune::vm_try!(f.try_write_str(text));
    VmResult::Ok(())
}

/// Trims the lines of a documentation text that is written indented in the source.
fn documentation(text: &str) -> String {
    let text = text.trim_matches('\n');
    let indented = |line: &&str| !line.trim().is_empty();
    let margin = text
        .lines()
        .filter(indented)
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.get(margin..).unwrap_or("").trim_end())
        .collect();
    lines.join("\n").trim_end().to_owned()
}

pub(crate) use {associated_function, method};

impl Signature {
    fn into_row(self, docs: String) -> crate::table::FunctionRow {
        crate::table::FunctionRow {
            name: self.name.to_owned(),
            kind: if self.has_self {
                FunctionKind::Method
            } else {
                FunctionKind::AssociatedFunction
            },
            parameters: self.parameters,
            returns: self.returns,
            docs,
            is_async: self.is_async,
            consumes: self.consumes,
            ..crate::table::FunctionRow::default()
        }
    }
}
