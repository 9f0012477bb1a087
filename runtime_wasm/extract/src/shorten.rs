//! Types of a module by their names alone, as people write them there.

use crate::table::{Bindings, FunctionRow};

/// Takes the path of its own module from each type that is named in it.
pub fn shorten(bindings: &mut Bindings) {
    for row in &mut bindings.types {
        let module = row.path.rsplit_once("::").map_or("", |(module, _)| module);
        let module = module.to_owned();
        let fields = row.variants.iter_mut().flat_map(|row| &mut row.fields);
        for field in row.fields.iter_mut().chain(fields) {
            shorten_type(&mut field.type_name, &module);
        }
        for value in row.variants.iter_mut().flat_map(|row| &mut row.values) {
            shorten_type(value, &module);
        }
        let functions = row.functions.iter_mut().chain(&mut row.protocols);
        functions.for_each(|function| shorten_function(function, &module));
        let constants = row.constants.iter_mut();
        constants.for_each(|constant| shorten_type(&mut constant.type_name, &module));
        row.traits
            .iter_mut()
            .for_each(|name| shorten_type(name, &module));
    }
    for row in &mut bindings.traits {
        let module = row.path.rsplit_once("::").map_or("", |(module, _)| module);
        row.functions
            .iter_mut()
            .for_each(|function| shorten_function(function, module));
    }
    for row in &mut bindings.modules {
        let module = &row.path;
        row.functions
            .iter_mut()
            .for_each(|function| shorten_function(function, module));
        row.aliases
            .iter_mut()
            .for_each(|alias| shorten_type(&mut alias.type_name, module));
    }
}

fn shorten_function(row: &mut FunctionRow, module: &str) {
    shorten_type(&mut row.returns, module);
    for parameter in &mut row.parameters {
        shorten_type(&mut parameter.type_name, module);
    }
}

fn shorten_type(written: &mut String, module: &str) {
    let around = format!("{module}::");
    if module.is_empty() || !written.contains(&around) {
        return;
    }
    let is_of_name = |character: char| character.is_alphanumeric() || "_:".contains(character);
    let mut short = String::new();
    let mut rest = written.as_str();
    while let Some(start) = rest.find(is_of_name) {
        let (before, path) = rest.split_at(start);
        let end = path.find(|character| !is_of_name(character));
        let (path, after) = path.split_at(end.unwrap_or(path.len()));
        let name = path.strip_prefix(&around);
        let name = name.filter(|name| !name.contains("::"));
        short.push_str(before);
        short.push_str(name.unwrap_or(path));
        rest = after;
    }
    short.push_str(rest);
    *written = short;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_the_own_module_are_named_and_others_stay() {
        let mut written =
            "Result<Vec<std::ops::Range>, (std::ops::generator::Iter, a::std::ops::B)>".to_owned();
        shorten_type(&mut written, "std::ops");
        assert_eq!(
            written,
            "Result<Vec<Range>, (std::ops::generator::Iter, a::std::ops::B)>"
        );
    }
}
