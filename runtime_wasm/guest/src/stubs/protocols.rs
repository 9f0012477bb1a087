//! Rune's protocols: what its syntax asks of a value, by the names that stubs write.

use rune::runtime::Protocol;

/// Lists protocols of Rune under their names.
macro_rules! protocols {
    ($($name:ident)*) => {
        static PROTOCOLS: &[Protocol] = &[$(Protocol::$name),*];
    };
}

protocols! {
    GET SET INDEX_GET INDEX_SET
    PARTIAL_EQ EQ PARTIAL_CMP CMP GT GE LT LE MAX MIN
    ADD ADD_ASSIGN SUB SUB_ASSIGN MUL MUL_ASSIGN DIV DIV_ASSIGN REM REM_ASSIGN
    BIT_AND BIT_AND_ASSIGN BIT_XOR BIT_XOR_ASSIGN BIT_OR BIT_OR_ASSIGN SHL SHL_ASSIGN SHR SHR_ASSIGN
    DISPLAY_FMT DEBUG_FMT HASH CLONE
    INTO_ITER NEXT NTH NTH_BACK SIZE_HINT LEN NEXT_BACK
    INTO_FUTURE TRY INTO_TYPE_NAME IS_VARIANT
}

/// The names of all protocols.
pub fn names() -> impl Iterator<Item = &'static str> {
    PROTOCOLS.iter().map(|protocol| protocol.name)
}

/// The protocol of that name.
pub fn named(name: &str) -> Option<&'static Protocol> {
    PROTOCOLS.iter().find(|protocol| protocol.name == name)
}
