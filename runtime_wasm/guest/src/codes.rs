//! Stable codes, and plain words where Rune's are poor, for everything that the compiler can say.

/// Rune's name of a kind, our code, and our message: empty for Rune's own. `{}` stands for the text at the place.
struct Row(&'static str, &'static str, &'static str);

/// Every variant of the compiler's `ErrorKind`, `IrErrorKind` (which replace their wrapper) and of its warnings.
const ROWS: &[Row] = &[
    // Names.
    Row("MissingItem", "missing-item", ""),
    Row("MissingItemParameters", "missing-item", ""),
    Row("MissingItemHash", "missing-item", ""),
    Row("MissingLocal", "missing-local", ""),
    Row("MissingMacro", "missing-macro", "There is no macro `{}`"),
    Row("MissingSelf", "missing-self", "There is no `self` here: only functions in `impl` blocks that take `self` have one"),
    Row("MissingMod", "missing-module", ""),
    Row("ModNotFound", "missing-module", ""),
    Row("ModAlreadyLoaded", "duplicate-module", "This module is declared twice"),
    Row("MissingFunctionHash", "missing-function", "This function does not exist"),
    Row("LinkError", "missing-function", "This function does not exist"),
    Row("MissingLabel", "missing-label", "No loop or block around this has the label `{}`"),
    Row("AmbiguousItem", "ambiguous-item", ""),
    Row("AmbiguousContextItem", "ambiguous-context-item", ""),
    Row("NotVisible", "not-visible", ""),
    Row("NotVisibleMod", "not-visible", ""),
    Row("ImportCycle", "import-cycle", "This `use` leads back to itself; a name that needs no `use` needs none"),
    Row("ImportRecursionLimit", "import-cycle", "This `use` leads through too many others"),
    Row("LastUseComponent", "bad-use", "This `use` names nothing"),
    Row("MissingLastId", "bad-use", ""),
    Row("IllegalUseSegment", "bad-use", "Nothing can follow `*` or a group in a `use`"),
    Row("UseAliasNotSupported", "bad-use", "`*` and groups cannot be renamed with `as`"),
    Row("ExpectedLeadingPathSegment", "bad-path", "This word can only stand at the beginning of a path"),
    Row("UnsupportedGlobal", "bad-path", "A path cannot begin with `::` here"),
    Row("UnsupportedSelf", "bad-path", "`self` cannot stand here"),
    Row("UnsupportedSelfType", "bad-path", "`Self` only means something inside of `impl` blocks"),
    Row("UnsupportedSuper", "bad-path", "There is no module above this one for `super`"),
    Row("UnsupportedSuperInSelfType", "bad-path", "`super` cannot follow `Self`"),
    Row("UnsupportedAfterGeneric", "bad-path", "This cannot follow `<…>` in a path"),
    Row("UnsupportedGenerics", "unsupported-generics", "This takes no `<…>`"),
    Row("MetaConflict", "conflicting-item", ""),
    Row("MetaError", "conflicting-item", "This name is taken already"),
    Row("FunctionConflict", "conflicting-item", "A function of this name exists already"),
    Row("FunctionConflictHash", "conflicting-item", "A function of this name exists already"),
    Row("FunctionReExportConflict", "conflicting-item", "A function of this name exists already"),
    Row("ConstantConflict", "conflicting-item", "A constant of this name exists already"),
    Row("RttiConflict", "conflicting-item", "A variant of this name exists already"),
    Row("TypeRttiConflict", "conflicting-item", "A type of this name exists already"),
    Row("VariableMoved", "variable-moved", "`{}` was moved before and cannot be used any more"),
    // Types, fields and arguments.
    Row("BadArgumentCount", "wrong-argument-count", ""),
    Row("TooManyParameters", "too-many-parameters", ""),
    Row("UnsupportedLitObject", "not-a-struct", ""),
    Row("LitObjectMissingField", "missing-field", ""),
    Row("LitObjectNotField", "unknown-field", ""),
    Row("PatternMissingFields", "missing-field", "This pattern leaves out fields; end it with `..` to ignore them"),
    Row("DuplicateObjectKey", "duplicate-key", "This key stands twice in the object"),
    Row("InstanceFunctionOutsideImpl", "self-outside-impl", "Only functions in `impl` blocks can take `self`"),
    Row("BadFieldAccess", "bad-field-access", "This cannot be a field; words of the language cannot name one"),
    Row("UnsupportedTupleIndex", "bad-tuple-index", "This cannot be the number of a field; write `(value.0).1` for a field of a field"),
    Row("ExpectedMeta", "unexpected-item", ""),
    Row("UnsupportedMeta", "unexpected-item", ""),
    // Expressions and patterns.
    Row("UnsupportedUnaryOp", "unsupported-operator", ""),
    Row("UnsupportedBinaryOp", "unsupported-operator", ""),
    Row("UnsupportedBinaryExpr", "unsupported-assignment", "This cannot be assigned to with an operator; write `a = a + b`"),
    Row("UnsupportedAssignExpr", "unsupported-assignment", "This cannot be assigned to"),
    Row("UnsupportedRef", "unsupported-reference", "Rune has no references; values are shared as they are"),
    Row("UnsupportedMut", "mutable-variable", "Every variable of Rune can be changed: there is no `mut`"),
    Row("UnsupportedPatternExpr", "bad-pattern", "This cannot be a pattern"),
    Row("UnsupportedBinding", "bad-pattern", "`{}` is no variant or type that a pattern can name"),
    Row("UnsupportedPatternRest", "bad-pattern", "`..` cannot stand here"),
    Row("ExpectedBlockSemiColon", "expected-semicolon", "A `;` is missing behind this expression"),
    Row("PrecedenceGroupRequired", "ambiguous-precedence", "Write parentheses: it is not clear what belongs together here"),
    Row("BreakUnsupported", "break-outside-loop", "`break` is only possible inside of a loop"),
    Row("BreakOutsideOfLoop", "break-outside-loop", "`break` is only possible inside of a loop"),
    Row("BreakUnsupportedValue", "break-with-value", "Only `loop` and labelled blocks can be left with a value"),
    Row("ContinueUnsupported", "continue-outside-loop", "`continue` is only possible inside of a loop"),
    Row("ContinueUnsupportedBlock", "continue-outside-loop", "A labelled block cannot be continued"),
    Row("ConflictingLabels", "duplicate-label", "There is more than one label"),
    Row("SelectMultipleDefaults", "duplicate-default", "A `select` has one `default` at most"),
    Row("DuplicateSelectDefault", "duplicate-default", "A `select` has one `default` at most"),
    Row("AwaitOutsideAsync", "await-outside-async", "`.await` is only possible in an `async` function, block or closure"),
    Row("ClosureKind", "bad-closure", "A closure like this is not possible"),
    // Constants.
    Row("NotConst", "not-const", "This cannot be computed while compiling, as a constant must be"),
    Row("ConstCycle", "const-cycle", "This constant needs itself"),
    Row("IrError", "not-const", ""),
    Row("BudgetExceeded", "const-too-long", "Computing this constant takes too long"),
    Row("MissingIndex", "not-const", ""),
    Row("MissingField", "not-const", ""),
    Row("ArgumentCountMismatch", "wrong-argument-count", ""),
    Row("FnConstAsyncConflict", "const-async", "A function cannot be both `const` and `async`"),
    Row("BlockConstAsyncConflict", "const-async", "A block cannot be both `const` and `async`"),
    Row("YieldInConst", "not-const", "`yield` is not possible in a `const fn`"),
    Row("AwaitInConst", "not-const", "`.await` is not possible in a constant"),
    Row("ClosureInConst", "not-const", "Closures are not possible in constants"),
    Row("AsyncBlockInConst", "not-const", "`async` blocks are not possible in constants"),
    // Attributes and macros.
    Row("MultipleMatchingAttributes", "duplicate-attribute", ""),
    Row("NestedTest", "nested-test", "`#[test]` is only possible on functions of a module"),
    Row("NestedBench", "nested-bench", "`#[bench]` is only possible on functions of a module"),
    Row("NoSuchBuiltInMacro", "missing-macro", "There is no built-in macro `{}`"),
    Row("MaxMacroRecursion", "macro-recursion", ""),
    Row("UnsupportedVisibility", "unsupported-visibility", "`pub` is not possible here"),
    // What only the lexer and the parser of Rune say, where ours said nothing.
    Row("Expected", "unexpected-syntax", ""),
    Row("Unsupported", "unsupported", ""),
    Row("ExpectedEof", "unexpected-syntax", ""),
    Row("UnexpectedEof", "unexpected-end", "The file ends in the middle of something"),
    Row("BadLexerMode", "unexpected-syntax", ""),
    Row("ExpectedEscape", "bad-escape", ""),
    Row("UnescapeError", "bad-escape", ""),
    Row("UnterminatedStrLit", "unterminated-string", "This string is not closed"),
    Row("UnterminatedByteStrLit", "unterminated-string", "This string is not closed"),
    Row("UnterminatedCharLit", "unterminated-character", "This character is not closed"),
    Row("UnterminatedByteLit", "unterminated-character", "This byte is not closed"),
    Row("ExpectedCharClose", "unterminated-character", "This character is not closed"),
    Row("ExpectedCharOrLabel", "unterminated-character", "A character or a label should stand here"),
    Row("ExpectedByteClose", "unterminated-character", "This byte is not closed"),
    Row("UnexpectedChar", "unexpected-character", ""),
    Row("ExpectedMacroCloseDelimiter", "unexpected-syntax", ""),
    Row("ExpectedMultilineCommentTerm", "unterminated-comment", "This comment is not closed"),
    Row("BadCharLiteral", "bad-literal", "This is no character"),
    Row("BadByteLiteral", "bad-literal", "This is no byte"),
    Row("BadNumberLiteral", "bad-number", "This is no number"),
    Row("BadSignedOutOfBounds", "number-out-of-range", ""),
    Row("BadUnsignedOutOfBounds", "number-out-of-range", ""),
    Row("UnsupportedSuffix", "bad-number", ""),
    Row("ExpectedSyntax", "unexpected-syntax", ""),
    Row("ExpectedSyntaxIn", "unexpected-syntax", ""),
    Row("ExpectedSyntaxEnd", "unexpected-syntax", ""),
    Row("UnexpectedEndOfSyntax", "unexpected-end", ""),
    Row("UnexpectedEndOfSyntaxWith", "unexpected-end", ""),
    Row("ExpectedOne", "unexpected-syntax", ""),
    Row("ExpectedAtMostOne", "unexpected-syntax", ""),
    Row("ExpectedAtLeastOne", "unexpected-syntax", ""),
    Row("UnsupportedDelimiter", "unexpected-syntax", ""),
    // Files.
    Row("SourceError", "unreadable-file", ""),
    Row("UnsupportedModuleSource", "missing-module", "A module cannot have a file of its own here"),
    Row("UnsupportedModuleRoot", "missing-module", ""),
    Row("UnsupportedModuleItem", "missing-module", ""),
    // The compiler's own trouble. A script cannot help it.
    Row("AllocError", "compiler-failure", ""),
    Row("AccessError", "compiler-failure", ""),
    Row("VmError", "compiler-failure", ""),
    Row("EncodeError", "compiler-failure", ""),
    Row("GuardMismatch", "compiler-failure", ""),
    Row("MissingScope", "compiler-failure", ""),
    Row("PopError", "compiler-failure", ""),
    Row("Syntree", "compiler-failure", ""),
    Row("FormatError", "compiler-failure", ""),
    Row("StaticStringMissing", "compiler-failure", ""),
    Row("StaticBytesMissing", "compiler-failure", ""),
    Row("StaticStringHashConflict", "compiler-failure", ""),
    Row("StaticBytesHashConflict", "compiler-failure", ""),
    Row("StaticObjectKeysMissing", "compiler-failure", ""),
    Row("StaticObjectKeysHashConflict", "compiler-failure", ""),
    Row("MissingLabelLocation", "compiler-failure", ""),
    Row("MissingSourceId", "compiler-failure", ""),
    Row("BadSlice", "compiler-failure", ""),
    Row("BadSyntheticId", "compiler-failure", ""),
    Row("ArenaWriteSliceOutOfBounds", "compiler-failure", ""),
    Row("ArenaAllocError", "compiler-failure", ""),
    Row("BadSpan", "compiler-failure", ""),
    Row("BadIndent", "compiler-failure", ""),
    Row("Internal", "compiler-failure", ""),
    // Warnings.
    Row("NotUsed", "not-used", "Not used"),
    Row("Unreachable", "unreachable-code", "This is never reached"),
    Row("LetPatternMightPanic", "let-pattern-might-panic", "The script panics here if the value does not fit the pattern"),
    Row("TemplateWithoutExpansions", "needless-template", "A template string without `${…}`; a plain string does"),
    Row("RemoveTupleCallParams", "needless-parentheses", "The parentheses are not needed here"),
    Row("UnnecessarySemiColon", "needless-semicolon", "This `;` is not needed"),
    Row("UsedDeprecated", "deprecated", ""),
];

/// Codes for what the compiler says in free words, by how the words begin.
const FREE_WORDS: &[(&str, &str)] = &[
    ("missing positional argument", "format-arguments"),
    ("unused positional argument", "format-arguments"),
    ("unused named argument", "format-arguments"),
    ("unnamed positional arguments", "format-arguments"),
    ("multiple `format!", "format-arguments"),
    ("expected format specifier", "bad-format-string"),
    ("unexpected end of format string", "bad-format-string"),
    ("unsupported close", "bad-format-string"),
    ("unsupported char", "bad-format-string"),
    ("Attributes on", "unsupported-attribute"),
    ("File attributes", "unsupported-attribute"),
    ("unsupported attribute", "unsupported-attribute"),
    ("Adding a return type", "unsupported-annotation"),
    ("Static typing", "unsupported-annotation"),
    ("Call not supported in constant", "not-const"),
    ("Expression kind not supported yet in constant", "not-const"),
    ("async blocks are not supported in constant", "not-const"),
    ("Unsupported constant value in pattern", "bad-pattern"),
    ("Missing module file", "missing-module"),
    ("break with value", "break-with-value"),
    ("unused semi-colons", "needless-semicolon"),
];

/// Our code for a kind, of which `message` are Rune's words. Kinds without a code of their own are `compile-error`.
pub fn code(kind: &str, message: &str) -> &'static str {
    if let Some(row) = row(kind) {
        return row.1;
    }
    FREE_WORDS.iter().find(|(words, _)| message.starts_with(words)).map_or("compile-error", |(_, code)| code)
}

/// Our words for a kind at the place `text`, if they are better than Rune's.
pub fn plain_message(kind: &str, text: &str) -> Option<String> {
    let message = row(kind)?.2;
    (!message.is_empty()).then(|| message.replace("{}", text.trim_start_matches('\'')))
}

/// Whether there is a row for the kind.
pub fn is_known(kind: &str) -> bool {
    row(kind).is_some()
}

fn row(kind: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.0 == kind)
}
