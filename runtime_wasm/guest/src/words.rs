//! What a run-time error is called, in words that tell scripts' names instead of Rune's hashes, slots and addresses.

use crate::host::Host;
use crate::parser::{parse_as, Dialect};
use crate::report::in_other_profiles;
use crate::syntax::SyntaxKind::{
    self, ArgumentList, CloseParenthesis, Comma, Dot, FieldExpression, MethodCallExpression,
    OpenParenthesis, Path, PathExpression, StructExpression,
};
use crate::tree::{NodeRef, Tree};

/// Where an error happened, as far as it is known.
#[derive(Default)]
pub struct Place<'p> {
    /// The text of the innermost call or operation.
    pub text: &'p str,
    /// What the compiler noted about the instruction, such as `Protocol::INTO_ITER`.
    pub comment: &'p str,
    /// The methods that the script defines, with the number of their parameters, `self` left out.
    pub methods: Vec<(String, usize)>,
}

/// The message of an error of the virtual machine: `kind` is its variant and `said` what Rune says of it.
pub fn message(said: &str, kind: &str, place: &Place<'_>) -> String {
    let found = match kind {
        "Panic" => Some(said.strip_prefix("Panicked: ").unwrap_or(said).to_owned()),
        "MissingInstanceFunction" => missing_function(said, place),
        "BadArgumentCount" => argument_count(said, place),
        "ObjectIndexMissing" => missing_key(place),
        "MissingRtti" => missing_constructor(place),
        _ => None,
    };
    without_addresses(
        &found.unwrap_or_else(|| {
            runekiln_bindings::explain_with(said, &Host::shared().bindings.types)
        }),
    )
}

/// What is said of a method or field that another profile has.
pub fn unavailable(said: &str, kind: &str, place: &Place<'_>) -> Option<String> {
    let tree = expression(place.text);
    let (owner, name) = match kind {
        "MissingInstanceFunction" => {
            let method = first(&tree, MethodCallExpression)?;
            (said.split('`').nth(3)?, method_name(method, place.text)?)
        }
        "UnsupportedObjectSlotIndexGet" | "UnsupportedObjectSlotIndexSet" => {
            (said.split('`').nth(3)?, said.split('`').nth(1)?)
        }
        _ => return None,
    };
    let owner = owner.rsplit("::").next().unwrap_or(owner);
    let host = Host::shared();
    let profiles = host.unavailable.member(owner, name)?;
    Some(in_other_profiles(
        &format!("{owner}.{name}"),
        &host.profile,
        profiles,
    ))
}

/// "Missing instance function `0x12ab` for `::std::i64`": a method, whose name the text tells, or what a `for` needs.
fn missing_function(said: &str, place: &Place<'_>) -> Option<String> {
    let type_name = said.split('`').nth(3)?;
    let type_name = type_name.rsplit("::").next().unwrap_or(type_name);
    if ["INTO_ITER", "NEXT"]
        .iter()
        .any(|name| place.comment.contains(name))
    {
        return Some(format!("a `for` cannot go over `{type_name}`"));
    }
    let tree = expression(place.text);
    let method = first(&tree, MethodCallExpression)?;
    let name = method_name(method, place.text)?;
    Some(format!("`{type_name}` has no method `{name}`"))
}

/// The value before the dot counts for Rune, but nobody writes it between the parentheses.
///
/// Only where the counts are surely those of the method, not of a function that it called in turn.
fn argument_count(said: &str, place: &Place<'_>) -> Option<String> {
    let counts = said.strip_prefix("Wrong number of arguments ")?;
    let (given, expected) = counts.split_once(", expected ")?;
    let (given, expected): (usize, usize) = (given.parse().ok()?, expected.parse().ok()?);
    let (given, expected) = (given.checked_sub(1)?, expected.checked_sub(1)?);
    let tree = expression(place.text);
    let method = whole(&tree, MethodCallExpression, place.text)?;
    let name = method_name(method, place.text)?;
    let written = method.first_child(ArgumentList)?.significant_children();
    let written = written
        .filter(|child| !matches!(child.kind(), OpenParenthesis | Comma | CloseParenthesis))
        .count();
    let is_surely_meant = written == given && takes(name, expected, place);
    is_surely_meant.then(|| {
        let said = format!("Wrong number of arguments {given}, expected {expected}");
        runekiln_bindings::explain_with(&said, &[])
    })
}

/// Methods of Rune's own types that call no functions of scripts, and how many arguments they take.
const PLAIN_METHODS: &[(&str, usize)] = &[
    ("clear", 0),
    ("contains_key", 1),
    ("ends_with", 1),
    ("get", 1),
    ("insert", 2),
    ("is_empty", 0),
    ("join", 1),
    ("len", 0),
    ("pop", 0),
    ("push", 1),
    ("push_str", 1),
    ("remove", 1),
    ("replace", 2),
    ("split", 1),
    ("starts_with", 1),
    ("to_lowercase", 0),
    ("to_uppercase", 0),
    ("trim", 0),
];

/// Whether a method of that name takes so many arguments, and calls nothing with them.
fn takes(name: &str, arguments: usize, place: &Place<'_>) -> bool {
    let own = place
        .methods
        .iter()
        .any(|(method, count)| method == name && *count == arguments);
    let is_hosts = || {
        let host = Host::shared();
        let mut methods = host.bindings.types.iter().flat_map(|row| &row.functions);
        methods.any(|method| method.name == name && method.parameters.len() == arguments)
    };
    own || PLAIN_METHODS.contains(&(name, arguments)) || is_hosts()
}

/// The key that an object or a struct lacks, which Rune only numbers.
fn missing_key(place: &Place<'_>) -> Option<String> {
    let tree = expression(place.text);
    let field = whole(&tree, FieldExpression, place.text)?;
    let name = method_name(field, place.text)?;
    Some(format!("this value has no field `{name}`"))
}

/// A value of a host's type that a script writes as if the type were its own, which Rune accepts until it runs.
fn missing_constructor(place: &Place<'_>) -> Option<String> {
    let tree = expression(place.text);
    let literal = whole(&tree, StructExpression, place.text);
    let path = match literal {
        Some(literal) => literal.first_child(Path)?.text(place.text),
        None => whole(&tree, PathExpression, place.text)?.text(place.text),
    };
    Some(format!(
        "scripts cannot write a value of `{path}`: it has no constructor, the host makes its values"
    ))
}

/// What Rune calls a value that has no debug form is `<::std::num::ParseIntError object at 0x7ff43c>`: an address that
/// is another one in every run. The name of the type stays, as in the result of a run.
pub fn without_addresses(message: &str) -> String {
    const AT: &str = " object at 0x";
    let mut clean = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find(AT) {
        let (before, address) = (&rest[..at], &rest[at + AT.len()..]);
        let end = address
            .find(|character: char| !character.is_ascii_hexdigit())
            .unwrap_or(address.len());
        let type_start = before.rfind('<').map_or(before.len(), |open| open + 1);
        let (text, path) = before.split_at(type_start);
        clean.push_str(text);
        clean.push_str(path.rsplit("::").next().unwrap_or(path));
        rest = &address[end..];
    }
    clean + rest
}

fn expression(text: &str) -> Tree {
    parse_as(text, Dialect::FunctionBody).tree
}

fn first(tree: &Tree, kind: SyntaxKind) -> Option<NodeRef<'_>> {
    tree.root().descendants().find(|node| node.kind() == kind)
}

/// The node of that kind that is all of the text.
fn whole<'t>(tree: &'t Tree, kind: SyntaxKind, text: &str) -> Option<NodeRef<'t>> {
    first(tree, kind).filter(|node| node.text(text) == text)
}

/// What stands behind the dot of a method call or field.
fn method_name<'t>(node: NodeRef<'_>, text: &'t str) -> Option<&'t str> {
    let name = node
        .children()
        .skip_while(|child| child.kind() != Dot)
        .find(|child| child.kind() != Dot && !child.kind().is_trivia())?;
    Some(name.text(text))
}
