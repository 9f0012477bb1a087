//! The kinds of nodes and tokens that a syntax tree is made of.

/// Declares [`SyntaxKind`] and, from the same list, the names that the host sees.
macro_rules! syntax_kinds {
    ($($name:ident),* $(,)?) => {
        /// A kind of node or token. Its number is what the encoded trees carry.
        #[repr(u16)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum SyntaxKind {
            $($name),*
        }

        impl SyntaxKind {
            /// Every kind with its name, in the order of their numbers.
            pub const ALL: &'static [(SyntaxKind, &'static str)] = &[
                $((SyntaxKind::$name, stringify!($name))),*
            ];
        }
    };
}

syntax_kinds! {
    // Tokens without meaning for the grammar.
    Whitespace, LineComment, BlockComment, DocComment, Shebang,

    // Tokens with a text of their own. `TemplateText` and `FormatText` are the parts of a literal between its holes.
    Identifier, Underscore, NumberLiteral, StringLiteral, ByteStringLiteral, CharacterLiteral, ByteLiteral, Label,
    TemplateQuote, TemplateText, TemplateOpen, TemplateClose,
    FormatText, FormatOpen, FormatClose, FormatPosition, FormatSpecification,
    Unknown, EndOfFile,

    // Delimiters and operators.
    OpenParenthesis, CloseParenthesis, OpenBrace, CloseBrace, OpenBracket, CloseBracket,
    Comma, Colon, ColonColon, Semicolon, Dot, DotDot, DotDotEqual, Arrow, FatArrow, Hash, At, Dollar, Question, Tilde,
    Bang, BangEqual, Equal, EqualEqual, Less, LessEqual, LessLess, LessLessEqual,
    Greater, GreaterEqual, GreaterGreater, GreaterGreaterEqual,
    Plus, PlusEqual, Minus, MinusEqual, Star, StarEqual, Slash, SlashEqual, Percent, PercentEqual,
    Ampersand, AmpersandEqual, AmpersandAmpersand, Pipe, PipeEqual, PipePipe, Caret, CaretEqual,

    // Keywords; the reserved ones that no construct uses share `ReservedKeyword`.
    AsKeyword, AsyncKeyword, AwaitKeyword, BreakKeyword, ConstKeyword, ContinueKeyword, CrateKeyword, DefaultKeyword,
    ElseKeyword, EnumKeyword, FalseKeyword, FnKeyword, ForKeyword, IfKeyword, ImplKeyword, InKeyword, IsKeyword,
    LetKeyword, LoopKeyword, MatchKeyword, ModKeyword, MoveKeyword, MutKeyword, NotKeyword, PubKeyword, ReturnKeyword,
    SelectKeyword, SelfTypeKeyword, SelfKeyword, StructKeyword, SuperKeyword, TrueKeyword, UseKeyword, WhileKeyword,
    YieldKeyword, ReservedKeyword,

    // Roots: a file of items, and a file that is the body of a function.
    SourceFile, FunctionBodyFile,

    // Items and their parts.
    FunctionItem, StructItem, EnumItem, ImplItem, ModuleItem, UseItem, ConstItem,
    Attribute, Visibility, Name, ParameterList, Parameter, SelfParameter, ReturnType, TypeAnnotation,
    FieldList, TupleFieldList, Field, VariantList, Variant, ItemList, UseTree, UseTreeList, UseAlias,

    // Types, which only annotations have.
    PathType, TupleType, ParenthesizedType, FunctionType, UnionType, NeverType, TypeArguments,

    // Statements.
    Block, LetStatement, ExpressionStatement,

    // Expressions and their parts.
    Path, GenericArguments,
    PathExpression, LiteralExpression, TemplateString, TemplateExpression, FormatString, FormatCapture, FormatPlaceholder,
    ParenthesizedExpression, TupleExpression, VectorExpression, ObjectExpression, StructExpression, FieldInitializer,
    UnaryExpression, BinaryExpression, IsExpression, CastExpression, AssignmentExpression, RangeExpression,
    CallExpression, MethodCallExpression, ArgumentList, FieldExpression, IndexExpression, AwaitExpression, TryExpression,
    BlockExpression, LabelDeclaration, IfExpression, ElseBranch, LetExpression,
    WhileExpression, LoopExpression, ForExpression,
    MatchExpression, MatchArmList, MatchArm, MatchGuard, SelectExpression, SelectArmList, SelectArm,
    BreakExpression, ContinueExpression, ReturnExpression, YieldExpression, ClosureExpression,
    MacroCall, MacroArguments, NamedArgument, TokenTree,

    // Patterns.
    IdentifierPattern, PathPattern, LiteralPattern, WildcardPattern, RestPattern,
    TuplePattern, VectorPattern, ObjectPattern, FieldPattern,

    // What the grammar has no place for.
    Error,

    // Declarations that only stubs have, and the types that came with them. They stand last so that the others keep their
    // numbers.
    TypeItem, MacroItem, AttributeItem, EventItem, GenericParameters, AttributeTarget,
    StringType, ObjectType, ObjectTypeKey, TraitItem, ProtocolItem,
}

use SyntaxKind::*;

impl SyntaxKind {
    /// The name that the host knows this kind by.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Whether this is a token that the grammar looks over: blanks and comments. Doc comments count, although
    /// the parser looks at them where attributes may stand.
    pub fn is_trivia(self) -> bool {
        self <= Shebang
    }

    /// Whether this kind is a leaf of the tree.
    pub fn is_token(self) -> bool {
        self <= ReservedKeyword
    }

    /// Whether this is a word that cannot be a name.
    pub fn is_keyword(self) -> bool {
        (AsKeyword..=ReservedKeyword).contains(&self)
    }

    /// The keyword that `word` is, if it is one.
    pub fn from_keyword(word: &str) -> Option<SyntaxKind> {
        Some(match word {
            "as" => AsKeyword,
            "async" => AsyncKeyword,
            "await" => AwaitKeyword,
            "break" => BreakKeyword,
            "const" => ConstKeyword,
            "continue" => ContinueKeyword,
            "crate" => CrateKeyword,
            "default" => DefaultKeyword,
            "else" => ElseKeyword,
            "enum" => EnumKeyword,
            "false" => FalseKeyword,
            "fn" => FnKeyword,
            "for" => ForKeyword,
            "if" => IfKeyword,
            "impl" => ImplKeyword,
            "in" => InKeyword,
            "is" => IsKeyword,
            "let" => LetKeyword,
            "loop" => LoopKeyword,
            "match" => MatchKeyword,
            "mod" => ModKeyword,
            "move" => MoveKeyword,
            "mut" => MutKeyword,
            "not" => NotKeyword,
            "pub" => PubKeyword,
            "return" => ReturnKeyword,
            "select" => SelectKeyword,
            "Self" => SelfTypeKeyword,
            "self" => SelfKeyword,
            "struct" => StructKeyword,
            "super" => SuperKeyword,
            "true" => TrueKeyword,
            "use" => UseKeyword,
            "while" => WhileKeyword,
            "yield" => YieldKeyword,
            "abstract" | "alignof" | "become" | "do" | "extern" | "final" | "macro"
            | "offsetof" | "override" | "priv" | "proc" | "pure" | "ref" | "sizeof" | "static"
            | "typeof" | "unsafe" | "virtual" => ReservedKeyword,
            _ => return None,
        })
    }

    /// Whether this opens a group that has to be closed again.
    pub fn is_open_delimiter(self) -> bool {
        matches!(
            self,
            OpenParenthesis | OpenBrace | OpenBracket | TemplateOpen
        )
    }

    /// Whether this closes a group.
    pub fn is_close_delimiter(self) -> bool {
        matches!(
            self,
            CloseParenthesis | CloseBrace | CloseBracket | TemplateClose
        )
    }
}
