//! Functions that answer with samples.

use std::sync::{Arc, OnceLock};

use rune::runtime::{Function, InstAddress, Memory, Object, Output, RuntimeError, VmResult};
use rune::{vm_try, FromValue, Value};
use runekiln_bindings::{debug_text, samples, FunctionKind, FunctionRow, MacroRow};

use super::sample::Purpose;
use super::sample_known::{Known, KnownType, Meaning};
use super::sample_types::Type;
use super::slots::SlotType;

/// A function of a stub.
pub struct Declared {
    known: Arc<Known>,
    /// The path of the type or module that it is in.
    place: String,
    name: String,
    is_method: bool,
    is_async: bool,
    /// The type that it is a method of, if that is made of a stub.
    receiver: Option<&'static SlotType>,
    /// Whether it uses its receiver up.
    consumes: bool,
    /// None if it takes whatever it is given.
    parameters: Option<Vec<String>>,
    returns: String,
    parsed: OnceLock<Parsed>,
}

/// Its types, read when it is called first.
struct Parsed {
    parameters: Vec<Type>,
    returns: Type,
    /// Whether it answers with the value that it has used up.
    returns_itself: bool,
}

impl Declared {
    pub fn new(
        known: &Arc<Known>,
        place: &str,
        row: &FunctionRow,
        slot: Option<&'static SlotType>,
    ) -> Declared {
        let parameters = row.parameters.iter();
        let parameters = parameters.map(|row| row.type_name.clone()).collect();
        let is_method = row.kind == FunctionKind::Method;
        Declared {
            known: Arc::clone(known),
            place: place.to_owned(),
            name: row.name.clone(),
            is_method,
            is_async: row.is_async,
            receiver: slot.filter(|_| is_method),
            consumes: row.consumes,
            parameters: Some(parameters),
            returns: row.returns.clone(),
            parsed: OnceLock::new(),
        }
    }

    /// What answers for a macro: it takes the values of the arguments, however many there are.
    pub fn of_macro(known: &Arc<Known>, place: &str, row: &MacroRow) -> Declared {
        let returns = match row.returns.as_str() {
            "" => "()",
            returns => returns,
        };
        let function = FunctionRow {
            name: format!("{}!", row.name),
            returns: returns.to_owned(),
            ..FunctionRow::default()
        };
        Declared {
            parameters: None,
            ..Declared::new(known, place, &function, None)
        }
    }

    /// What Rune calls.
    pub fn call(
        self: &Arc<Self>,
        memory: &mut dyn Memory,
        address: InstAddress,
        count: usize,
        out: Output,
    ) -> VmResult<()> {
        let answer = vm_try!(self.called(memory, address, count));
        vm_try!(out.store(memory, answer));
        VmResult::Ok(())
    }

    /// What a call answers.
    pub fn called(
        self: &Arc<Self>,
        memory: &mut dyn Memory,
        address: InstAddress,
        count: usize,
    ) -> VmResult<Value> {
        let own = usize::from(self.is_method);
        let expected = self
            .parameters
            .as_ref()
            .map_or(count, |all| all.len() + own);
        if count != expected {
            return VmResult::err(RuntimeError::bad_argument_count(count, expected));
        }
        let arguments = vm_try!(memory.slice_at(address, count)).to_vec();
        if let Some(receiver) = self.receiver.filter(|_| !self.consumes) {
            vm_try!(look_at(receiver, &arguments[0]));
        }
        for (parameter, argument) in self.parsed().parameters.iter().zip(&arguments[own..]) {
            vm_try!(self.accept(parameter, argument));
        }
        VmResult::Ok(vm_try!(self.answer(&arguments)))
    }

    fn answer(self: &Arc<Self>, arguments: &[Value]) -> Result<Value, RuntimeError> {
        let mut returns = self.parsed().returns.clone();
        if let Some(slot) = self.receiver {
            let types = if self.consumes {
                let data = (slot.take)(arguments[0].clone())?;
                if self.parsed().returns_itself {
                    let itself = (slot.make)(data)?;
                    self.note(&itself);
                    return Ok(itself);
                }
                data.arguments
            } else {
                arguments_of(slot, &arguments[0])?
            };
            if let Some(known) = self.known.of_hash(slot.hash) {
                returns = returns.given(&known.row.generics, &types);
            }
        }
        if !self.is_async {
            return self.sample(&returns);
        }
        let this = Arc::clone(self);
        // Nothing is asked of the host before somebody waits for it.
        let later = Function::new(move || {
            let (this, returns) = (Arc::clone(&this), returns.clone());
            async move { VmResult::Ok(vm_try!(this.sample(&returns))) }
        });
        let future = later.call::<Value>(()).into_result();
        future.map_err(|error| RuntimeError::panic(error.to_string()))
    }

    fn sample(&self, returns: &Type) -> Result<Value, RuntimeError> {
        let purpose = Purpose {
            known: &self.known,
            place: &self.place,
            name: self.name.trim_end_matches('!'),
            depth: 0,
        };
        let sample = purpose.sample(returns)?;
        self.note(&sample);
        Ok(sample)
    }

    /// Has the run say that this was no answer of a host.
    fn note(&self, sample: &Value) {
        samples::answered(&format!("{}::{}", self.place, self.name), || {
            debug_text(sample)
        });
    }

    fn parsed(&self) -> &Parsed {
        self.parsed.get_or_init(|| {
            let returns = Type::parse(&self.returns);
            let parameters = self.parameters.iter().flatten();
            let is_receiver = |slot: &SlotType| {
                self.receiver
                    .is_some_and(|receiver| receiver.number == slot.number)
            };
            Parsed {
                parameters: parameters.map(|text| Type::parse(text)).collect(),
                returns_itself: self.slot_of(&returns).is_some_and(is_receiver),
                returns,
            }
        })
    }

    fn slot_of(&self, wanted: &Type) -> Option<&'static SlotType> {
        let Type::Named(name, _) = wanted else {
            return None;
        };
        match self.known.find(name, &self.place)? {
            Meaning::Type(known) => known.slot,
            Meaning::Other(_) => None,
        }
    }

    /// Refuses an argument of a type that the host surely refuses, with the host's error.
    fn accept(&self, wanted: &Type, given: &Value) -> Result<(), RuntimeError> {
        let Type::Named(name, arguments) = wanted else {
            return match wanted {
                Type::Function(..) => given.borrow_ref::<Function>().map(drop),
                Type::Object(_) => given.borrow_ref::<Object>().map(drop),
                _ => Ok(()),
            };
        };
        match (self.known.find(name, &self.place), name.as_str()) {
            (Some(Meaning::Type(known)), _) => accept_type(known, given),
            (Some(Meaning::Other(other)), _) => match other.given(arguments) {
                // What stands for itself is no type.
                itself if itself == *wanted => Ok(()),
                other => self.accept(&other, given),
            },
            // These are copied out of the value.
            (None, "i64") => i64::from_value(given.clone()).map(drop),
            (None, "u64") => u64::from_value(given.clone()).map(drop),
            (None, "f64") => f64::from_value(given.clone()).map(drop),
            (None, "bool") => bool::from_value(given.clone()).map(drop),
            (None, "char") => char::from_value(given.clone()).map(drop),
            // These would be taken, so that they are only looked at.
            (None, "String") => given.borrow_ref::<rune::alloc::String>().map(drop),
            (None, "Vec") => given.borrow_ref::<rune::runtime::Vec>().map(drop),
            (None, "Option") => given.borrow_ref::<Option<Value>>().map(drop),
            (None, "Object") => given.borrow_ref::<Object>().map(drop),
            (None, "Function") => given.borrow_ref::<Function>().map(drop),
            (None, _) => Ok(()),
        }
    }
}

fn accept_type(known: &KnownType, given: &Value) -> Result<(), RuntimeError> {
    match known.slot {
        Some(slot) if slot.hash != given.type_hash() => Err((slot.expected)(given.type_info())),
        Some(slot) => look_at(slot, given),
        None => Ok(()),
    }
}

/// Refuses a value that an earlier call has used up.
fn look_at(slot: &SlotType, given: &Value) -> Result<(), RuntimeError> {
    (slot.look)(given, &mut |_| {})
}

/// What stands for the parameters of a value's type.
fn arguments_of(slot: &SlotType, value: &Value) -> Result<Arc<[Type]>, RuntimeError> {
    let mut found = Arc::default();
    (slot.look)(value, &mut |data| found = Arc::clone(&data.arguments))?;
    Ok(found)
}
