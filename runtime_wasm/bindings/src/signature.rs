//! Reads the one-line signatures that functions are recorded with: `add_step(&mut self, name: String) -> ()`.

use crate::table::ParameterRow;

/// A signature in the grammar of `.rni` files, with Rust's `&self`, `&mut self` and (consuming) `self`.
#[derive(Debug, PartialEq)]
pub(crate) struct Signature {
    pub(crate) name: &'static str,
    pub(crate) parameters: Vec<ParameterRow>,
    pub(crate) returns: String,
    pub(crate) has_self: bool,
    pub(crate) consumes: bool,
    pub(crate) is_async: bool,
}

impl Signature {
    /// Panics on a malformed signature: they are literals of this crate.
    pub(crate) fn parse(text: &'static str) -> Self {
        let (is_async, text) = match text.strip_prefix("async ") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (name, rest) = text.split_once('(').expect("a signature has parentheses");
        let (inside, returns) = match rest.rsplit_once(") -> ") {
            Some((inside, returns)) => (inside, returns),
            None => (
                rest.strip_suffix(')')
                    .expect("a signature closes its parentheses"),
                "()",
            ),
        };
        let mut parameters = split_parameters(inside);
        let receiver = parameters
            .first()
            .filter(|first| matches!(**first, "self" | "&self" | "&mut self"))
            .copied();
        if receiver.is_some() {
            parameters.remove(0);
        }
        Signature {
            name,
            parameters: parameters.into_iter().map(parameter).collect(),
            returns: returns.to_owned(),
            has_self: receiver.is_some(),
            consumes: receiver == Some("self"),
            is_async,
        }
    }
}

fn parameter(text: &str) -> ParameterRow {
    let (name, type_name) = text.split_once(": ").expect("a parameter has a type");
    ParameterRow {
        name: name.to_owned(),
        type_name: type_name.to_owned(),
    }
}

/// Splits at the commas that are not inside of `<…>`.
fn split_parameters(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let pieces = text.split(move |character| {
        match character {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ => {}
        }
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
            Signature::parse("on(self, to: Result<A, B>, by: Function | String) -> Vec<C>");
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
    fn without_an_arrow_nothing_is_returned() {
        let signature = Signature::parse("async close(&mut self)");
        assert_eq!(signature.returns, "()");
        assert!(signature.is_async && signature.has_self && !signature.consumes);
    }
}
