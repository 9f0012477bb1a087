//! What the host gives to scripts, as data: the types with their members, and the entries that the host calls.

use serde::{Deserialize, Serialize};

/// Every type and every entry. Types are written in the grammar of `.rni` files (`Option<String>`, `A | B`, `any`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bindings {
    pub types: Vec<TypeRow>,
    pub entries: Vec<EntryRow>,
}

/// One type of the host.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TypeRow {
    pub name: String,
    /// Full path without the leading `::`, such as `crucible::session::Phase`.
    pub path: String,
    /// Other names of the same type.
    pub aliases: Vec<String>,
    pub docs: String,
    /// Usable without `use` in every module of a script.
    pub prelude: bool,
    pub fields: Vec<FieldRow>,
    pub functions: Vec<FunctionRow>,
}

/// One field; scripts may only read it unless it is `mutable`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FieldRow {
    pub name: String,
    #[serde(rename = "type")]
    pub type_name: String,
    pub docs: String,
    pub mutable: bool,
}

/// One function of a type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionRow {
    pub name: String,
    pub kind: FunctionKind,
    /// The parameters without `self`.
    pub parameters: Vec<ParameterRow>,
    pub returns: String,
    pub docs: String,
    #[serde(rename = "async")]
    pub is_async: bool,
    /// The value it is called on cannot be used afterwards.
    pub consumes: bool,
}

/// How a function is called: `value.name()` or `Type::name()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FunctionKind {
    Method,
    AssociatedFunction,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ParameterRow {
    pub name: String,
    #[serde(rename = "type")]
    pub type_name: String,
}

/// A `pub fn` of a script that the host calls by its name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EntryRow {
    pub name: String,
    pub parameters: Vec<ParameterRow>,
    pub returns: String,
    pub docs: String,
}
