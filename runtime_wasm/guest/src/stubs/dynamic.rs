//! Native modules that are made out of stubs.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rune::runtime::TypeInfo;
use rune::{Context, ContextError, Hash, ItemBuf, Module, ToConstValue, ToValue, Value};
use runekiln_bindings::{
    show_foreign, Bindings, ConstantRow, FunctionRow, ModuleRow, TypeKind, TypeRow,
};

use super::dynamic_functions::Declared;
use super::dynamic_macros::{self, ANSWERS};
use super::dynamic_traits::{self, of_traits};
use super::dynamic_types;
use super::sample::Purpose;
use super::sample_known::Known;
use super::sample_types::Type;
use super::slots::{Constant, SlotType};
use super::slots_names::name_slot;
use super::slots_pool::{slot, COUNT, ENUMS};

/// What could not be bound, and why.
pub struct Unbound {
    pub path: String,
    pub why: String,
}

/// Puts into the context what is in `bound`, but not in `natives`, which it has already.
pub fn install(context: &mut Context, bound: &Bindings, natives: &Bindings) -> Vec<Unbound> {
    let mut unbound = Vec::new();
    let native = Paths::of(natives);
    let slots = slots(bound, &native, &mut unbound);
    let known = Arc::new(Known::of(bound, |path| slots.get(path).copied()));
    let mut installer = Installer {
        known: &known,
        native: &native,
        modules: BTreeMap::new(),
        answers: Module::with_crate(ANSWERS).expect("a name of a crate"),
        macros: 0,
        unbound,
    };
    for row in &bound.types {
        installer.types(row, slots.get(&row.path).copied());
        let functions = of_traits(row, &bound.traits);
        installer.functions(row, slots.get(&row.path).copied(), &functions);
    }
    for row in &bound.modules {
        installer.members(row);
    }
    installer.attributes(context, bound, natives);
    installer.preludes(context, bound, &slots);
    dynamic_types::show(known.clone());
    show_foreign(dynamic_types::shown);
    installer.finish(context)
}

/// The paths of all that the bindings crate registers.
struct Paths(HashSet<String>);

impl Paths {
    fn of(natives: &Bindings) -> Paths {
        let mut paths = HashSet::new();
        for row in &natives.types {
            let functions = row.functions.iter().map(|row| &row.name);
            let members = functions.chain(row.fields.iter().map(|row| &row.name));
            let members = members.chain(row.protocols.iter().map(|row| &row.name));
            let members = members.chain(row.constants.iter().map(|row| &row.name));
            paths.extend(members.map(|name| format!("{}::{name}", row.path)));
            paths.insert(row.path.clone());
        }
        for row in &natives.modules {
            let functions = row.functions.iter().map(|row| &row.name);
            let names = functions.chain(row.constants.iter().map(|row| &row.name));
            let names = names.chain(row.macros.iter().map(|row| &row.name));
            paths.extend(names.map(|name| format!("{}::{name}", row.path)));
        }
        Paths(paths)
    }

    fn has(&self, path: &str) -> bool {
        self.0.contains(path)
    }
}

/// A slot for each type that is not native: enums take those that can be enums, from the first on, structs from the last.
fn slots(
    bound: &Bindings,
    native: &Paths,
    unbound: &mut Vec<Unbound>,
) -> HashMap<String, &'static SlotType> {
    let mut slots = HashMap::new();
    let (mut first, mut last) = (0, COUNT);
    for row in bound.types.iter().filter(|row| !native.has(&row.path)) {
        let taken = match row.kind {
            TypeKind::Enum if first < ENUMS.min(last) => {
                first += 1;
                Some(first - 1)
            }
            TypeKind::Struct if last > first => {
                last -= 1;
                Some(last)
            }
            _ => None,
        };
        match taken {
            Some(number) => {
                name_slot(number, &row.path);
                slots.insert(row.path.clone(), slot(number));
            }
            None => unbound.push(Unbound {
                path: row.path.clone(),
                why: format!(
                    "there is room for {COUNT} types of stubs, of which {ENUMS} can be enums"
                ),
            }),
        }
    }
    slots
}

struct Installer<'i> {
    known: &'i Arc<Known>,
    native: &'i Paths,
    modules: BTreeMap<String, Module>,
    answers: Module,
    macros: usize,
    unbound: Vec<Unbound>,
}

impl Installer<'_> {
    fn types(&mut self, row: &TypeRow, slot: Option<&'static SlotType>) {
        let module = row.path.rsplit_once("::").map_or("", |(module, _)| module);
        let known = Arc::clone(self.known);
        if let Some(slot) = slot {
            self.attempt(module, &row.path, |module| {
                dynamic_types::install(module, &known, row, slot)
            });
        }
        self.functions(row, slot, &row.functions);
        for protocol in &row.protocols {
            let path = format!("{}::{}", row.path, protocol.name);
            let Some(slot) = slot else { continue };
            self.attempt(module, &path, |module| {
                dynamic_traits::protocol(module, &known, row, slot, protocol)
            });
        }
        for constant in &row.constants {
            let path = format!("{}::{}", row.path, constant.name);
            let Some(slot) = slot else { continue };
            let value = constant_value(&known, &row.path, constant);
            self.attempt(module, &path, |module| {
                (slot.constant)(module, leaked(&constant.name), value)
            });
        }
    }

    /// The functions of a type, its own or those of a trait, that are not native.
    fn functions(
        &mut self,
        row: &TypeRow,
        slot: Option<&'static SlotType>,
        functions: &[FunctionRow],
    ) {
        if slot.is_none() && !self.native.has(&row.path) {
            return;
        }
        let module = row.path.rsplit_once("::").map_or("", |(module, _)| module);
        let known = Arc::clone(self.known);
        for function in functions {
            let path = format!("{}::{}", row.path, function.name);
            if !self.native.has(&path) {
                self.attempt(module, &path, |module| {
                    associated(module, &known, row, slot, function)
                });
            }
        }
    }

    fn members(&mut self, row: &ModuleRow) {
        let known = Arc::clone(self.known);
        let native = self.native;
        let is_new = move |name: &str| !native.has(&format!("{}::{name}", row.path));
        self.attempt(&row.path, &row.path, |_| Ok(()));
        for function in row.functions.iter().filter(|row| is_new(&row.name)) {
            let path = format!("{}::{}", row.path, function.name);
            let declared = Arc::new(Declared::new(&known, &row.path, function, None));
            self.attempt(&row.path, &path, |module| {
                let function = module.raw_function(
                    function.name.as_str(),
                    move |memory, address, count, out| declared.call(memory, address, count, out),
                );
                function.build().map(drop)
            });
        }
        for row_of_constant in row.constants.iter().filter(|row| is_new(&row.name)) {
            let path = format!("{}::{}", row.path, row_of_constant.name);
            let value = constant_value(&known, &row.path, row_of_constant);
            self.attempt(&row.path, &path, |module| {
                let constant = module.constant(row_of_constant.name.as_str(), value);
                constant.build().map(drop)
            });
        }
        for declared in row.macros.iter().filter(|row| is_new(&row.name)) {
            let path = format!("{}::{}", row.path, declared.name);
            let answer = format!("m{}", self.macros);
            self.macros += 1;
            let mut answers = std::mem::take(&mut self.answers);
            self.attempt(&row.path, &path, |module| {
                let place = (row.path.as_str(), declared);
                dynamic_macros::install(module, &mut answers, answer, &known, place)
            });
            self.answers = answers;
        }
    }

    /// Adds something to a module; what Rune refuses is left out.
    fn attempt(
        &mut self,
        module: &str,
        path: &str,
        add: impl FnOnce(&mut Module) -> Result<(), ContextError>,
    ) {
        if !self.modules.contains_key(module) {
            match opened(module) {
                Ok(opened) => self.modules.insert(module.to_owned(), opened),
                Err(error) => return self.refused(path, &error),
            };
        }
        let module = self.modules.get_mut(module).expect("it has been opened");
        if let Err(error) = add(module) {
            self.refused(path, &error);
        }
    }

    fn refused(&mut self, path: &str, error: &ContextError) {
        self.unbound.push(Unbound {
            path: path.to_owned(),
            why: error.to_string(),
        });
    }

    fn attributes(&mut self, context: &mut Context, bound: &Bindings, natives: &Bindings) {
        let names = |bindings: &Bindings| -> Vec<String> {
            let rows = bindings.attributes.iter();
            rows.flat_map(|row| {
                row.aliases
                    .iter()
                    .chain([&row.name])
                    .cloned()
                    .collect::<Vec<_>>()
            })
            .collect()
        };
        let mut known: HashSet<String> = names(natives).into_iter().collect();
        let mut module = Module::new();
        for name in names(bound) {
            if known.insert(name.clone()) {
                let made = dynamic_macros::install_attribute(&mut module, &name);
                if let Err(error) = made {
                    self.refused(&name, &error);
                }
            }
        }
        if let Err(error) = context.install(module) {
            self.refused("the attributes", &error);
        }
    }

    /// Crates that are aliases of types: Rune looks crates up last, from every module, so that they work like a prelude.
    fn preludes(
        &mut self,
        context: &mut Context,
        bound: &Bindings,
        slots: &HashMap<String, &'static SlotType>,
    ) {
        for row in bound.types.iter().filter(|row| row.prelude) {
            let Some(slot) = slots.get(&row.path) else {
                continue;
            };
            for name in row.aliases.iter().chain([&row.name]) {
                let entry = Module::with_crate(name);
                let entry = entry.and_then(|mut entry| {
                    entry.reexport([] as [&str; 0], slot.item)?;
                    context.install(entry)
                });
                if let Err(error) = entry {
                    self.refused(name, &error);
                }
            }
        }
    }

    fn finish(mut self, context: &mut Context) -> Vec<Unbound> {
        let modules = std::mem::take(&mut self.modules);
        for (path, module) in modules {
            if let Err(error) = context.install(module) {
                self.refused(&path, &error);
            }
        }
        let answers = std::mem::take(&mut self.answers);
        if let Err(error) = context.install(answers) {
            self.refused(ANSWERS, &error);
        }
        self.unbound
    }
}

fn opened(path: &str) -> Result<Module, ContextError> {
    let mut names = path.split("::");
    let of_crate = names.next().unwrap_or_default();
    Module::with_crate_item(of_crate, names)
}

fn associated(
    module: &mut Module,
    known: &Arc<Known>,
    row: &TypeRow,
    of: Option<&'static SlotType>,
    function: &FunctionRow,
) -> Result<(), ContextError> {
    let declared = Arc::new(Declared::new(known, &row.path, function, of));
    let native = module.raw_function(
        leaked(&function.name),
        move |memory, address, count, out| declared.call(memory, address, count, out),
    );
    // Rune shows the information on the type only if it does not know the hash.
    let hash = match of {
        Some(slot) => slot.hash,
        None => native_hash(&row.path)?,
    };
    let info = TypeInfo::from(of.unwrap_or(slot(COUNT - 1)).type_info);
    native.build_associated_with(hash, info).map(drop)
}

fn native_hash(path: &str) -> rune::alloc::Result<Hash> {
    let mut names = path.split("::");
    let of_crate = names.next().unwrap_or_default();
    let item = ItemBuf::with_crate_item(of_crate, names)?;
    Ok(Hash::type_hash(&item))
}

/// The value of a constant; a small one of its type, if the stub does not say it.
fn constant_value(known: &Arc<Known>, place: &str, row: &ConstantRow) -> Constant {
    let lower = row.name.to_lowercase();
    let purpose = Purpose {
        known,
        place,
        name: &lower,
        depth: 0,
    };
    let said = said(row).and_then(|value| value.to_const_value().ok());
    let sample = || {
        let sample = purpose.sample(&Type::parse(&row.type_name)).ok()?;
        sample.to_const_value().ok()
    };
    // Rune has no constants of a host's types.
    let name = || lower.replace('_', " ").to_const_value();
    let value = said.or_else(sample).map_or_else(name, Ok);
    Constant(value.expect("a text is a constant"))
}

/// The value that the stub says, of the type that it says.
fn said(row: &ConstantRow) -> Option<Value> {
    let value = row.value.as_ref()?;
    match (row.type_name.as_str(), value) {
        ("u64", value) => value.as_u64()?.to_value().ok(),
        ("f64", value) => value.as_f64()?.to_value().ok(),
        (_, serde_json::Value::String(text)) => text.as_str().to_value().ok(),
        (_, serde_json::Value::Bool(flag)) => flag.to_value().ok(),
        (_, value) => value.as_i64()?.to_value().ok(),
    }
}

/// Names that live as long as the program, as Rune wants them: an instance is configured once.
pub fn leaked(name: &str) -> &'static str {
    Box::leak(name.to_owned().into_boxed_str())
}
