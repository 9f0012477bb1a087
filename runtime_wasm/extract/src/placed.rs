//! Where `#[rune::function(…)]` puts a function.

use syn::Type;

use crate::functions::Written;
use crate::rune_attributes::RuneOption;
use crate::rune_words::{named_type, receiver_type};
use crate::table::FunctionKind;

/// Where a function belongs by its attribute, and under what name.
pub struct Placed {
    pub name: String,
    pub kind: FunctionKind,
    /// The type that it is of, if it is of one; none inside if no type can be seen.
    pub of: Option<Option<Type>>,
    pub is_protocol: bool,
}

/// Reads `path`, `instance` and `protocol` of `#[rune::function(…)]` as Rune does.
pub fn placed(function: &Written<'_>, marks: &[RuneOption]) -> Placed {
    let value = |name: &str| marks.iter().find(|mark| mark.name == name);
    let path = value("path").and_then(|mark| mark.path.clone());
    let path = path.unwrap_or_default();
    let ident = function.signature.ident.to_string();
    let protocol = value("protocol").and_then(|mark| mark.path.as_ref()?.last().cloned());
    let is_method = function.signature.receiver().is_some() || value("instance").is_some();
    let (owner, renamed) = match &*path {
        [] => (None, None),
        // `path = Self` says the type, and leaves the name alone.
        [only] if only == "Self" => (Some(only), None),
        [only] => (None, Some(only)),
        [owner, .., last] => (Some(owner), Some(last)),
    };
    let kind = match (is_method, owner) {
        (true, _) => FunctionKind::Method,
        (false, Some(_)) => FunctionKind::AssociatedFunction,
        (false, None) => FunctionKind::Function,
    };
    Placed {
        of: match kind {
            FunctionKind::Method => Some(receiver_type(function)),
            FunctionKind::AssociatedFunction => Some(owner.and_then(|owner| named_type(owner))),
            FunctionKind::Function => None,
        },
        is_protocol: protocol.is_some(),
        name: protocol.or_else(|| renamed.cloned()).unwrap_or(ident),
        kind,
    }
}
