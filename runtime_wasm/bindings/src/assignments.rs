//! The operators that change what stands before them: `bed.litres += 2`.

/// Rune's protocol for each, and how scripts write it.
const ASSIGNMENTS: &[(&str, &str)] = &[
    ("ADD_ASSIGN", "+="),
    ("SUB_ASSIGN", "-="),
    ("MUL_ASSIGN", "*="),
    ("DIV_ASSIGN", "/="),
    ("REM_ASSIGN", "%="),
    ("BIT_AND_ASSIGN", "&="),
    ("BIT_OR_ASSIGN", "|="),
    ("BIT_XOR_ASSIGN", "^="),
    ("SHL_ASSIGN", "<<="),
    ("SHR_ASSIGN", ">>="),
];

/// How scripts write the operator of a protocol; attributes of Rust have its name in small letters.
pub fn written(protocol: &str) -> Option<&'static str> {
    let mut known = ASSIGNMENTS.iter();
    let found = known.find(|(name, _)| name.eq_ignore_ascii_case(protocol));
    found.map(|(_, operator)| *operator)
}

/// The protocol of an operator.
pub fn protocol(operator: &str) -> Option<&'static str> {
    let mut known = ASSIGNMENTS.iter();
    let found = known.find(|(_, written)| *written == operator);
    found.map(|(name, _)| *name)
}

/// All of them, as scripts write them.
pub fn operators() -> impl Iterator<Item = &'static str> {
    ASSIGNMENTS.iter().map(|(_, operator)| *operator)
}
