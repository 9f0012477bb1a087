//! Reads the one-line signatures that functions are recorded with: `add_step(&mut self, name: String) -> ()`.

use crate::documentation::Documentation;
use crate::table::{About, FunctionKind, FunctionRow, ParameterRow, SourceLine};

/// A signature in the grammar of `.rni` files, with Rust's `&self`, `&mut self` and (consuming) `self`.
#[derive(Debug, PartialEq)]
pub(crate) struct Signature<'a> {
    pub(crate) name: &'a str,
    pub(crate) parameters: Vec<ParameterRow>,
    pub(crate) returns: String,
    pub(crate) has_self: bool,
    pub(crate) consumes: bool,
    pub(crate) is_async: bool,
}

impl<'a> Signature<'a> {
    /// Reads a signature, or says what it lacks.
    pub(crate) fn read(text: &'a str) -> Result<Self, &'static str> {
        let (is_async, text) = match text.strip_prefix("async ") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (name, rest) = text.split_once('(').ok_or("a signature has parentheses")?;
        let end = closing(rest).ok_or("a signature closes its parentheses")?;
        let (inside, after) = (&rest[..end], &rest[end + 1..]);
        let returns = match after.trim() {
            "" => "()",
            after => after
                .strip_prefix("-> ")
                .ok_or("after the parentheses comes an arrow or nothing")?,
        };
        let mut parameters = split_parameters(inside);
        let receiver = parameters
            .first()
            .filter(|first| matches!(**first, "self" | "&self" | "&mut self"))
            .copied();
        if receiver.is_some() {
            parameters.remove(0);
        }
        Ok(Signature {
            name,
            parameters: parameters
                .into_iter()
                .map(parameter)
                .collect::<Result<_, _>>()?,
            returns: returns.to_owned(),
            has_self: receiver.is_some(),
            consumes: receiver == Some("self"),
            is_async,
        })
    }

    /// The row of a function with this signature and documentation, which `source` registers.
    pub(crate) fn into_row(self, docs: &str, source: SourceLine) -> FunctionRow {
        let mut row = FunctionRow {
            name: self.name.to_owned(),
            kind: if self.has_self {
                FunctionKind::Method
            } else {
                FunctionKind::AssociatedFunction
            },
            parameters: self.parameters,
            returns: self.returns,
            is_async: self.is_async,
            consumes: self.consumes,
            about: About {
                source: Some(source),
                ..About::default()
            },
            ..FunctionRow::default()
        };
        Documentation::read(docs).describe(&mut row);
        row
    }
}

/// Where the parenthesis closes that was open before the text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.char_indices().find_map(|(at, character)| {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

fn parameter(text: &str) -> Result<ParameterRow, &'static str> {
    let (name, type_name) = text.split_once(": ").ok_or("a parameter has a type")?;
    Ok(ParameterRow {
        name: name.to_owned(),
        type_name: type_name.to_owned(),
    })
}

/// Splits at the commas that are not inside of brackets of any kind; the `>` of an arrow is none.
fn split_parameters(text: &str) -> Vec<&str> {
    let (mut depth, mut before) = (0, ' ');
    let pieces = text.split(move |character| {
        match character {
            '<' | '(' | '{' | '[' => depth += 1,
            '>' if before == '-' => {}
            '>' | ')' | '}' | ']' => depth -= 1,
            _ => {}
        }
        before = character;
        character == ',' && depth == 0
    });
    pieces
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_tells_its_parameters_and_what_it_does_with_self() {
        let signature =
            Signature::read("on(self, to: Result<A, B>, by: Function | String) -> Vec<C>")
                .expect("a signature");
        assert_eq!(signature.name, "on");
        assert!(signature.has_self && signature.consumes && !signature.is_async);
        let types: Vec<&str> = signature
            .parameters
            .iter()
            .map(|parameter| &*parameter.type_name)
            .collect();
        assert_eq!(types, ["Result<A, B>", "Function | String"]);
        assert_eq!(signature.returns, "Vec<C>");
    }

    #[test]
    fn functions_and_objects_are_types_of_parameters() {
        let signature =
            Signature::read("on(guard: fn(Event, i64) -> bool, options: Object{a?, b?}, n: i64)")
                .expect("a signature");
        let types: Vec<&str> = signature
            .parameters
            .iter()
            .map(|parameter| &*parameter.type_name)
            .collect();
        assert_eq!(types, ["fn(Event, i64) -> bool", "Object{a?, b?}", "i64"]);
        assert_eq!(signature.returns, "()");
        let signature = Signature::read("guard(&self) -> fn(Event) -> bool").expect("a signature");
        assert_eq!(
            (signature.parameters.len(), &*signature.returns),
            (0, "fn(Event) -> bool")
        );
    }

    #[test]
    fn without_an_arrow_nothing_is_returned() {
        let signature = Signature::read("async close(&mut self)").expect("a signature");
        assert_eq!(signature.returns, "()");
        assert!(signature.is_async && signature.has_self && !signature.consumes);
    }
}
