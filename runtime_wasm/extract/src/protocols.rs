//! What Rune's own syntax asks of types: `a + b`, `for x in a`, `format!("{a}")`.

/// Those that types have by themselves as soon as they are registered, or that no syntax asks for.
const OWN: &[&str] = &["INTO_TYPE_NAME", "IS_VARIANT"];

/// Types that only protocols are handed or give, and scripts never see.
const PLAIN: &[&str] = &["Formatter", "Hasher"];

/// The methods that a trait's handler makes of protocols which it asks for, by Rune's names.
const METHODS: &[(&str, &str)] = &[
    ("CLONE", "clone"),
    ("CMP", "cmp"),
    ("GE", "ge"),
    ("GT", "gt"),
    ("LE", "le"),
    ("LEN", "len"),
    ("LT", "lt"),
    ("MAX", "max"),
    ("MIN", "min"),
    ("NEXT", "next"),
    ("NEXT_BACK", "next_back"),
    ("NTH", "nth"),
    ("NTH_BACK", "nth_back"),
    ("PARTIAL_CMP", "partial_cmp"),
    ("PARTIAL_EQ", "eq"),
    ("SIZE_HINT", "size_hint"),
];

/// Whether a row tells of this protocol.
pub fn is_told(name: &str) -> bool {
    !OWN.contains(&name)
}

/// Whether nobody needs to know more of a type than that it is handed on.
pub fn is_plain(type_name: Option<&str>) -> bool {
    type_name.is_some_and(|name| PLAIN.contains(&name))
}

/// What a protocol must return, whatever Rust says, if Rune has it so. Other names are those of functions.
pub fn result(name: &str) -> Option<&'static str> {
    match name {
        "EQ" | "GE" | "GT" | "LE" | "LT" | "PARTIAL_EQ" => Some("bool"),
        "DEBUG_FMT" | "DISPLAY_FMT" | "HASH" | "INDEX_SET" => Some("()"),
        // One of Rune's own orders, of which no stub has to know.
        "CMP" | "PARTIAL_CMP" => Some("any"),
        name if name.ends_with("_ASSIGN") => Some("()"),
        _ => None,
    }
}

/// The method that a trait's handler makes of a protocol.
pub fn method(protocol: &str) -> Option<&'static str> {
    let mut known = METHODS.iter();
    known
        .find(|(name, _)| *name == protocol)
        .map(|(_, method)| *method)
}
