//! Registers native functions and writes down their rows in the same breath, so that the two cannot drift.

use rune::compile::{ContextError, Named};
use rune::macros::{MacroContext, TokenStream};
use rune::module::InstallWith;
use rune::runtime::{
    Formatter, MaybeTypeOf, Protocol, ToReturn, ToValue, TypeOf, UnsafeToMut, UnsafeToRef, VmResult,
};
use rune::{Any, Context, Module, Value};

use crate::documentation::Documentation;
use crate::module_recorder::ModuleRecorder;
use crate::signature::Signature;
use crate::table::{About, AttributeRow, Bindings, FieldRow, ModuleRow, SourceLine, TypeRow};

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

/// Registers what Rune's own syntax asks of a type: `protocol!(types, INDEX_GET, |this: &T, index: i64| ..)`.
macro_rules! protocol {
    ($recorder:expr, $protocol:ident, $native:expr) => {{
        let protocol = &rune::runtime::Protocol::$protocol;
        $recorder
            .implement(protocol)
            .associated_function(protocol, $native)?;
    }};
}

/// Everything that is registered: modules for a context, rows for the table.
#[derive(Default)]
pub(crate) struct Recorder {
    installed: Vec<(Registered, Module)>,
    modules: Vec<ModuleRow>,
    types: Vec<TypeRow>,
    attributes: Vec<AttributeRow>,
    protocols: Vec<Protocols>,
}

/// Something that is registered, by its full path, an attribute by its name.
#[derive(Clone, Debug, PartialEq)]
pub enum Registered {
    Type(String),
    /// The functions of a module.
    Module(String),
    Attribute(String),
}

/// The protocols of Rune that a type implements besides the access to its fields, such as `DEBUG_FMT`.
#[derive(Clone, Debug, PartialEq)]
pub struct Protocols {
    /// The type's full path.
    pub path: String,
    /// Rune's names for them, sorted.
    pub names: Vec<&'static str>,
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
    #[track_caller]
    pub(crate) fn record<T>(
        &mut self,
        name: TypeName,
        docs: &str,
        members: impl FnOnce(&mut TypeRecorder) -> Result<()>,
    ) -> Result<()>
    where
        T: Native + Named + InstallWith + Readable,
    {
        let mut recorder = TypeRecorder {
            module: self.opened(name.module)?,
            row: type_row(&name, docs, source_line()),
            field_names: Vec::new(),
            protocols: Vec::new(),
        };
        recorder.module.ty::<T>()?;
        recorder.readable::<T>()?;
        members(&mut recorder)?;
        recorder.name_fields::<T>()?;
        for alias in name.aliases {
            recorder.module.reexport([alias], T::ITEM)?;
        }
        recorder.protocols.sort_unstable();
        self.protocols.push(Protocols {
            path: recorder.row.path.clone(),
            names: recorder.protocols,
        });
        let native = Registered::Type(recorder.row.path.clone());
        self.installed.push((native.clone(), recorder.module));
        if name.prelude {
            for visible in name.aliases.iter().chain([&name.name]) {
                let entry = prelude_entry::<T>(visible)?;
                self.installed.push((native.clone(), entry));
            }
        }
        self.types.push(recorder.row);
        Ok(())
    }

    /// Documents a module and registers its functions.
    #[track_caller]
    pub(crate) fn module(
        &mut self,
        path: &'static [&'static str],
        docs: &str,
        functions: impl FnOnce(&mut ModuleRecorder) -> Result<()>,
    ) -> Result<()> {
        let source = source_line();
        let mut recorder = ModuleRecorder::new(self.opened(path)?);
        functions(&mut recorder)?;
        let (module, rows) = recorder.into_parts();
        self.installed
            .push((Registered::Module(path.join("::")), module));
        let row = self.module_row(path);
        let read = Documentation::read(docs);
        row.docs = read.text;
        row.about = About {
            source: Some(source),
            ..read.about
        };
        row.functions.extend(rows);
        Ok(())
    }

    /// Registers an attribute of Crucible under each of its names, in the root module, so that it needs no `use`.
    #[track_caller]
    pub(crate) fn attribute<M>(
        &mut self,
        name: &'static str,
        aliases: &'static [&'static str],
        native: M,
    ) -> Result<()>
    where
        M: Copy
            + Fn(
                &mut MacroContext<'_, '_, '_>,
                &TokenStream,
                &TokenStream,
            ) -> rune::compile::Result<TokenStream>
            + Send
            + Sync
            + 'static,
    {
        let mut module = Module::new();
        for visible in aliases.iter().chain([&name]) {
            module.attribute_macro([visible], native)?;
        }
        self.installed
            .push((Registered::Attribute(name.to_owned()), module));
        self.attributes.push(AttributeRow {
            name: name.to_owned(),
            aliases: owned(aliases),
            about: About {
                source: Some(source_line()),
                ..About::default()
            },
            ..AttributeRow::default()
        });
        Ok(())
    }

    pub(crate) fn install(
        self,
        context: &mut Context,
        wanted: impl Fn(&Registered) -> bool,
    ) -> Result<()> {
        let mut installed = self.installed.into_iter();
        installed.try_for_each(|(native, module)| match wanted(&native) {
            true => context.install(module),
            false => Ok(()),
        })
    }

    /// The protocols of each type, in the order of the types.
    pub(crate) fn into_protocols(self) -> Vec<Protocols> {
        self.protocols
    }

    /// All rows; modules in the order of their paths.
    pub(crate) fn into_table(mut self) -> Bindings {
        self.modules.sort_by(|one, other| one.path.cmp(&other.path));
        Bindings {
            modules: self.modules,
            types: self.types,
            attributes: self.attributes,
            ..Bindings::default()
        }
    }

    /// A module to register in, which the table lists from now on.
    fn opened(&mut self, path: &'static [&'static str]) -> Result<Module> {
        self.module_row(path);
        Module::with_crate_item(path[0], &path[1..])
    }

    fn module_row(&mut self, path: &[&str]) -> &mut ModuleRow {
        let path = path.join("::");
        let known = self.modules.iter().position(|row| row.path == path);
        let index = known.unwrap_or_else(|| {
            self.modules.push(ModuleRow {
                path,
                ..ModuleRow::default()
            });
            self.modules.len() - 1
        });
        &mut self.modules[index]
    }
}

fn type_row(name: &TypeName, docs: &str, source: SourceLine) -> TypeRow {
    let read = Documentation::read(docs);
    TypeRow {
        name: name.name.to_owned(),
        path: format!("{}::{}", name.module.join("::"), name.name),
        aliases: owned(name.aliases),
        docs: read.text,
        prelude: name.prelude,
        sealed: read.sealed,
        about: About {
            source: Some(source),
            ..read.about
        },
        ..TypeRow::default()
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Where the caller of the caller stands in this crate.
#[track_caller]
pub(crate) fn source_line() -> SourceLine {
    let caller = std::panic::Location::caller();
    // The compiler is started in a folder above the crate's, or with an absolute path.
    let path = caller.file().replace('\\', "/");
    let start = path.rfind("src/").unwrap_or(0);
    SourceLine {
        path: path[start..].to_owned(),
        line: caller.line(),
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
    protocols: Vec<&'static str>,
}

impl TypeRecorder {
    /// Writes down a function; returns its name and the module to register it in. Only the macros above call it.
    #[track_caller]
    pub(crate) fn declare(
        &mut self,
        signature: &'static str,
        docs: &str,
    ) -> (&'static str, &mut Module) {
        let signature =
            Signature::read(signature).unwrap_or_else(|problem| panic!("{signature}: {problem}"));
        let name = signature.name;
        let mut row = signature.into_row(docs, source_line());
        if row.returns == "Self" {
            row.returns.clone_from(&self.row.name);
        }
        self.row.functions.push(row);
        (name, &mut self.module)
    }

    /// Writes down a protocol; returns the module to register it in. Only the macro above calls it.
    pub(crate) fn implement(&mut self, protocol: &Protocol) -> &mut Module {
        self.protocols.push(protocol.name);
        &mut self.module
    }

    /// A field that scripts may only read.
    #[track_caller]
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
        let read = Documentation::read(docs);
        self.row.fields.push(FieldRow {
            name: name.to_owned(),
            type_name: type_name.to_owned(),
            docs: read.text,
            about: About {
                source: Some(source_line()),
                ..read.about
            },
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

    fn readable<T>(&mut self) -> Result<()>
    where
        T: Native + Readable,
    {
        protocol!(self, DEBUG_FMT, |this: &T, f: &mut Formatter| {
            write(f, &this.debug())
        });
        protocol!(self, PARTIAL_EQ, |this: &T, other: Value| {
            other
                .borrow_ref::<T>()
                .is_ok_and(|other| this.equals(&other))
        });
        protocol!(self, CLONE, copy::<T>);
        if let Some(display) = T::DISPLAY {
            protocol!(self, DISPLAY_FMT, move |this: &T, f: &mut Formatter| write(
                f,
                &display(this)
            ));
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

pub(crate) use {associated_function, method};
