//! What types of stubs have besides what is called by its name on them alone: the functions of traits, and protocols.

use std::sync::Arc;

use rune::runtime::{InstAddress, Memory, Output, Ref, RuntimeError, TypeInfo, VmResult};
use rune::{vm_try, ContextError, Module, ToValue, Value};
use runekiln_bindings::{FunctionRow, ParameterRow, TraitRow, TypeRow};

use super::dynamic_functions::Declared;
use super::protocols;
use super::sample_known::Known;
use super::slots::SlotType;

/// What every type of a stub has already, whatever the stub says.
const GIVEN: [&str; 6] = [
    "DEBUG_FMT",
    "DISPLAY_FMT",
    "PARTIAL_EQ",
    "CLONE",
    "INTO_TYPE_NAME",
    "IS_VARIANT",
];

/// What belongs to a field: the stub declares the field.
const OF_FIELDS: [&str; 2] = ["GET", "SET"];

/// What steps through a value. Nothing would end a loop over samples, so that there is none.
const STEPS: [&str; 4] = ["NEXT", "NEXT_BACK", "NTH", "NTH_BACK"];

/// The functions that a type has by its traits, where it has none of its own by their names.
pub fn of_traits(row: &TypeRow, traits: &[TraitRow]) -> Vec<FunctionRow> {
    let mut functions: Vec<FunctionRow> = Vec::new();
    for written in &row.traits {
        let (name, arguments) = head(written);
        let found = traits
            .iter()
            .find(|found| name == found.path || name == found.name);
        for function in found.into_iter().flat_map(|found| &found.functions) {
            let mut all = row.functions.iter().chain(&functions);
            if all.all(|known| known.name != function.name) {
                let generics = found.map_or(&[][..], |found| &found.generics);
                functions.push(given(function, (generics, &arguments), &row.path));
            }
        }
    }
    functions
}

/// The name of a trait, and its arguments.
fn head(written: &str) -> (&str, Vec<String>) {
    let Some((name, rest)) = written.split_once('<') else {
        return (written, Vec::new());
    };
    let rest = rest.strip_suffix('>').unwrap_or(rest);
    let (mut arguments, mut depth) = (vec![String::new()], 0);
    for letter in rest.chars() {
        match letter {
            ',' if depth == 0 => arguments.push(String::new()),
            _ => {
                depth += i32::from("<({".contains(letter)) - i32::from(">)}".contains(letter));
                arguments.last_mut().expect("there is a first").push(letter);
            }
        }
    }
    (
        name,
        arguments
            .iter()
            .map(|argument| argument.trim().to_owned())
            .collect(),
    )
}

/// A function of a trait with types in the places of the trait's parameters, and its own type in that of `Self`.
fn given(
    function: &FunctionRow,
    (generics, types): (&[String], &[String]),
    own: &str,
) -> FunctionRow {
    let mut types: Vec<String> = types.to_vec();
    types.resize(generics.len(), "any".to_owned());
    types.push(own.to_owned());
    let generics = [generics, &["Self".to_owned()]].concat();
    let (generics, types) = (&generics[..], &types[..]);
    let parameters = function.parameters.iter();
    FunctionRow {
        parameters: parameters
            .map(|row| ParameterRow {
                name: row.name.clone(),
                type_name: substituted(&row.type_name, generics, types),
            })
            .collect(),
        returns: substituted(&function.returns, generics, types),
        ..function.clone()
    }
}

/// A type with the words of `generics` replaced by types.
fn substituted(text: &str, generics: &[String], types: &[String]) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut written = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(length);
        match generics.iter().position(|generic| generic == word) {
            Some(place) => written.push_str(&types[place]),
            None => written.push_str(word),
        }
        let length = behind.find(is_word).unwrap_or(behind.len());
        written.push_str(&behind[..length]);
        rest = &behind[length..];
    }
    written
}

/// Has Rune ask a stub's type for what its own syntax needs.
pub fn protocol(
    module: &mut Module,
    known: &Arc<Known>,
    row: &TypeRow,
    slot: &'static SlotType,
    function: &FunctionRow,
) -> Result<(), ContextError> {
    let name = function.name.as_str();
    let Some(protocol) = protocols::named(name).filter(|_| !is_given(name)) else {
        return Ok(());
    };
    let declared = Arc::new(Declared::new(known, &row.path, function, Some(slot)));
    let is_step = STEPS.contains(&name);
    let is_loop = name == "INTO_ITER";
    let native = move |memory: &mut dyn Memory, address: InstAddress, count: usize, out: Output| {
        let answer = vm_try!(declared.called(memory, address, count));
        let answer = match () {
            () if is_step => None::<Value>.to_value(),
            () if is_loop => iterator(answer),
            () => Ok(answer),
        };
        vm_try!(out.store(memory, vm_try!(answer)));
        VmResult::Ok(())
    };
    let native = module.raw_function(protocol, native);
    let info = TypeInfo::from(slot.type_info);
    native.build_associated_with(slot.hash, info).map(drop)
}

/// What a loop walks over: samples of iterators are lists.
fn iterator(sample: Value) -> Result<Value, RuntimeError> {
    match rune::from_value::<Ref<rune::runtime::Vec>>(sample.clone()) {
        Ok(list) => rune::runtime::Vec::rune_iter(list).to_value(),
        Err(_) => Ok(sample),
    }
}

fn is_given(name: &str) -> bool {
    GIVEN.contains(&name) || OF_FIELDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_stand_in_the_places_of_a_traits_parameters() {
        let (name, arguments) = head("garden::Shelf<Vec<(Plant, i64)>, String>");
        assert_eq!(
            (name, &arguments[..]),
            (
                "garden::Shelf",
                &["Vec<(Plant, i64)>".to_owned(), "String".to_owned()][..]
            )
        );
        let generics = ["T".to_owned(), "U".to_owned()];
        for (written, expected) in [
            (
                "fn(T) -> Option<U>",
                "fn(Vec<(Plant, i64)>) -> Option<String>",
            ),
            ("Tree | T_2", "Tree | T_2"),
        ] {
            assert_eq!(substituted(written, &generics, &arguments), expected);
        }
    }
}
