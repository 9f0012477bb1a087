//! What the host gives to scripts, as data. Types are written in the grammar of `.rni` files, which `docs/stubs.md` explains.

use serde::{Deserialize, Serialize};

/// Everything that the host declares.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bindings {
    pub modules: Vec<ModuleRow>,
    pub types: Vec<TypeRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<TraitRow>,
    pub attributes: Vec<AttributeRow>,
    pub events: Vec<EventRow>,
    pub entries: Vec<EntryRow>,
}

/// What is said of a declaration besides its type and its documentation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission: Option<Permission>,
    /// The profiles that have it; none means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
    /// What to use in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// The release of the host that it came with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Where its name stands in a stub.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Where the host's Rust source has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceLine>,
}

/// What a script must have been granted to use the binding. `scope` is the parameter whose value narrows the grant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Permission {
    pub name: String,
    #[serde(default)]
    pub scope: Option<String>,
}

/// A place in a stub: the file, and start and end in bytes of UTF-8.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub path: String,
    pub span: [u32; 2],
}

/// A line of a Rust file, from 1; the path is relative to the crate's folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceLine {
    pub path: String,
    pub line: u32,
}

/// A module, or the root of a crate, with what it holds besides types.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ModuleRow {
    /// Full path without the leading `::`, such as `crucible::tools`.
    pub path: String,
    pub docs: String,
    pub functions: Vec<FunctionRow>,
    pub constants: Vec<ConstantRow>,
    pub macros: Vec<MacroRow>,
    pub aliases: Vec<AliasRow>,
    pub about: About,
}

/// One type of the host.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypeRow {
    pub name: String,
    /// Full path without the leading `::`, such as `crucible::session::Phase`.
    pub path: String,
    pub kind: TypeKind,
    /// Names of its type parameters.
    pub generics: Vec<String>,
    /// Other names of the same type.
    pub aliases: Vec<String>,
    pub docs: String,
    /// Usable without `use` in every module of a script.
    pub prelude: bool,
    /// Nothing will be added to it: that a member or variant is not listed means that there is none.
    pub sealed: bool,
    pub fields: Vec<FieldRow>,
    /// Of enums.
    pub variants: Vec<VariantRow>,
    pub functions: Vec<FunctionRow>,
    /// What Rune's own syntax asks of the type, by Rune's names for it, such as `ADD` for `+`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub protocols: Vec<FunctionRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<ConstantRow>,
    /// The traits whose functions it has, written like types: `Iterator<T>`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<String>,
    pub about: About,
}

/// Functions that every type has which implements the trait.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TraitRow {
    pub name: String,
    /// Full path without the leading `::`, such as `std::iter::Iterator`.
    pub path: String,
    pub generics: Vec<String>,
    pub docs: String,
    pub functions: Vec<FunctionRow>,
    pub about: About,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TypeKind {
    #[default]
    Struct,
    Enum,
}

/// One field; scripts may only read it unless it is `mutable`, or there are `operators` that change it, such as `+=`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldRow {
    pub name: String,
    #[serde(rename = "type")]
    pub type_name: String,
    pub docs: String,
    pub mutable: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operators: Vec<String>,
    pub about: About,
}

/// One variant of an enum: with named fields, with unnamed `values`, or with neither.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VariantRow {
    pub name: String,
    pub docs: String,
    pub fields: Vec<FieldRow>,
    /// The types of what stands in parentheses.
    pub values: Vec<String>,
    pub about: About,
}

/// One function of a type or of a module.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FunctionRow {
    pub name: String,
    pub kind: FunctionKind,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub generics: Vec<String>,
    /// The parameters without `self`.
    pub parameters: Vec<ParameterRow>,
    pub returns: String,
    pub docs: String,
    #[serde(rename = "async", skip_serializing_if = "is_false")]
    pub is_async: bool,
    /// The value it is called on cannot be used afterwards.
    #[serde(skip_serializing_if = "is_false")]
    pub consumes: bool,
    pub about: About,
}

/// How a function is called: `value.name()`, `Type::name()` or `module::name()`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FunctionKind {
    Method,
    AssociatedFunction,
    #[default]
    Function,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ParameterRow {
    pub name: String,
    #[serde(rename = "type")]
    pub type_name: String,
}

/// A constant; without a value where the stub does not say it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConstantRow {
    pub name: String,
    #[serde(rename = "type")]
    pub type_name: String,
    pub value: Option<serde_json::Value>,
    pub docs: String,
    pub about: About,
}

/// A macro, called as `name!(…)`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MacroRow {
    pub name: String,
    pub arguments: MacroArguments,
    pub returns: String,
    pub docs: String,
    pub about: About,
}

/// What may stand between the parentheses of a macro.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MacroArguments {
    /// Expressions with commas between them.
    Expressions,
    /// Whatever the macro makes sense of.
    #[default]
    Tokens,
}

/// Another name for a type: `type Id = String | i64`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AliasRow {
    pub name: String,
    pub generics: Vec<String>,
    #[serde(rename = "type")]
    pub type_name: String,
    pub docs: String,
    pub about: About,
}

/// An attribute such as `#[tool(desc = "…")]`, and the function that it stands on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AttributeRow {
    pub name: String,
    /// Other names of the same attribute.
    pub aliases: Vec<String>,
    pub keys: Vec<KeyRow>,
    /// What the function takes and returns, where the host says so; a type narrower than the event's is the event's own.
    pub parameters: Option<Vec<ParameterRow>>,
    pub returns: Option<String>,
    pub docs: String,
    pub about: About,
}

/// A key of an attribute: `key = value`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyRow {
    pub name: String,
    #[serde(rename = "type")]
    pub type_name: String,
    pub required: bool,
    pub docs: String,
    pub about: About,
}

/// An event that handlers can ask for by its name; `payload` is the type of `event.payload`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventRow {
    pub name: String,
    pub payload: String,
    /// Whether `event.cancelled = true` stops what it tells of.
    pub cancellable: bool,
    pub docs: String,
    pub about: About,
}

/// A `pub fn` of a script that the host calls by its name; `kind` says for what: `codifier`, `behaviour`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryRow {
    pub name: String,
    pub kind: String,
    pub parameters: Vec<ParameterRow>,
    pub returns: String,
    pub docs: String,
    pub about: About,
}

/// What is left out of a row that is sent: most functions are neither `async` nor use up what they are called on.
fn is_false(flag: &bool) -> bool {
    !flag
}
