"""What stands at the cursor, also where the text does not parse."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from .facts import Offsets
from .flow.inference import Inference
from .literals import PLAIN_LITERALS, in_comment_or_string, in_literal, starts_capture
from .script import Script
from .snapshot import Snapshot
from .syntax import SyntaxKind as K
from .tree import TreeView
from .types import Named, Type

NameRole = Literal["item", "associated-item", "statement", "expression", "pattern", "type", "import", "capture"]
"""What sort of name fits."""


class Word(msgspec.Struct, frozen=True):
    """The word at the cursor: what is written of it before the cursor, and the span of all of it."""

    prefix: str
    span: Offsets


class AfterDot(msgspec.Struct, frozen=True):
    """Behind the dot of a member; `receiver` is the expression before the dot, and its type `known` if its text is not.

    Rune reads the dot of `1.` as part of a number.
    """

    word: Word
    inference: Inference
    receiver: int
    known: Type | None = None

    @property
    def type(self) -> Type | None:
        """What the value before the dot is, or seems to be."""
        return self.known or self.inference.likely_type_of(self.receiver, behind_dot=True)


class AfterPath(msgspec.Struct, frozen=True):
    """Behind `a::b::`; `path` is what stands before the last `::`, its first name empty if it starts with `::`."""

    word: Word
    inference: Inference
    path: tuple[str, ...]
    role: NameRole


class AtName(msgspec.Struct, frozen=True):
    """Where a name may start.

    `field_of` is the struct literal, or the pattern like one, whose field it would name; `arm_of` is the `match` it
    begins an arm of. `after_if` is set where `else` may follow, `in_loop` where `break` may. `inference` is `None`
    outside of every item that has a body.
    """

    word: Word
    inference: Inference | None
    role: NameRole
    field_of: int | None = None
    after_if: bool = False
    in_loop: bool = False
    arm_of: int | None = None


class AfterForPattern(msgspec.Struct, frozen=True):
    """Between the pattern of a `for` and what it walks over, where only `in` fits."""

    word: Word


Place = AfterDot | AfterPath | AtName | AfterForPattern

_WHOLE = Named("i64")
_WORD_BEFORE = re.compile(rb"[0-9A-Za-z_\x80-\xff]*\Z")
_WORD_AFTER = re.compile(rb"[0-9A-Za-z_\x80-\xff]*")
_LONGEST_WORD = 256

_DECLARING_KEYWORDS = (K.FN_KEYWORD, K.STRUCT_KEYWORD, K.ENUM_KEYWORD, K.MOD_KEYWORD, K.CONST_KEYWORD, K.LET_KEYWORD)
_PATTERNS = (K.IDENTIFIER_PATTERN, K.PATH_PATTERN, K.TUPLE_PATTERN, K.VECTOR_PATTERN, K.OBJECT_PATTERN, K.FIELD_PATTERN)
_LOOPS = (K.FOR_EXPRESSION, K.WHILE_EXPRESSION, K.LOOP_EXPRESSION)
_OPERANDS = (
    *(K.PATH_EXPRESSION, K.LITERAL_EXPRESSION, K.PARENTHESIZED_EXPRESSION, K.TUPLE_EXPRESSION, K.VECTOR_EXPRESSION),
    *(K.CALL_EXPRESSION, K.METHOD_CALL_EXPRESSION, K.FIELD_EXPRESSION, K.INDEX_EXPRESSION, K.AWAIT_EXPRESSION),
    *(K.TRY_EXPRESSION, K.MACRO_CALL, K.TEMPLATE_STRING, K.OBJECT_EXPRESSION),
)
_ENDS_OF_OPERANDS = (
    K.IDENTIFIER,
    K.NUMBER_LITERAL,
    K.CLOSE_PARENTHESIS,
    K.CLOSE_BRACKET,
    K.TEMPLATE_QUOTE,
    K.QUESTION,
    K.SELF_KEYWORD,
    K.TRUE_KEYWORD,
    K.FALSE_KEYWORD,
    K.AWAIT_KEYWORD,
    *PLAIN_LITERALS,
)


def place_at(snapshot: Snapshot, offset: int) -> Place | None:
    """What could be written at `offset`; `None` in comments and strings, and where a new name, or none, is made up."""
    script = snapshot.script
    word = word_at(script.text, offset)
    if word.prefix[:1].isdecimal() or word.prefix == "_":
        return None
    number = script.item_at(offset)
    if number is None:
        return _between_items(script, None, 0, word)
    tree = script.tree(number)
    item = script.main.items[number]
    header_end = tree.end(len(tree) - 1)
    if item.kind in ("module", "impl") and b"{" in script.text[header_end:offset]:
        return _between_items(script, number, header_end, word)
    return _in_tree(script, Inference(script, number), word)


def word_at(text: bytes, offset: int) -> Word:
    """The word that `offset` is in or at the end of, perhaps empty."""
    before = _WORD_BEFORE.search(text, max(0, offset - _LONGEST_WORD), offset)
    start = offset if before is None else before.start()
    after = _WORD_AFTER.match(text, offset)
    end = offset if after is None else after.end()
    return Word(text[start:offset].decode("utf-8", "replace"), (start, end))


def _between_items(script: Script, around: int | None, start: int, word: Word) -> Place | None:
    """A place in a file or a module, outside of its items, or in an `impl` outside of its functions."""
    ends = (item.span[1] for _, item in script.main.children(around) if item.span[1] <= word.span[0])
    start = max((start, *ends))
    if in_comment_or_string(script.text[start : word.span[0]]):
        return None
    before = re.split(rb"[{};\r\n]", script.text[start : word.span[0]])[-1]
    if before.strip() not in (b"", b"pub", b"async", b"pub async"):
        return None
    is_impl = around is not None and script.main.items[around].kind == "impl"
    return AtName(word, None, "associated-item" if is_impl else "item")


def _in_tree(script: Script, inference: Inference, word: Word) -> Place | None:
    """A place in an item that has its whole tree."""
    tree = inference.tree
    start = word.span[0]
    previous = tree.token_before(start)
    gap_start = tree.start(0) if previous is None else min(tree.end(previous), start)
    if previous is not None and starts_capture(tree, previous, start):
        return AtName(word, inference, "capture")
    if in_comment_or_string(script.text[gap_start:start]):
        return None
    if previous is not None and tree.kind(previous) == K.NUMBER_LITERAL and _is_whole_with_dot(tree, previous, start):
        return AfterDot(word, inference, tree.parent(previous), known=_WHOLE)
    if in_literal(tree, previous, start):
        return None
    current = tree.token_at(start) if word.span[0] < word.span[1] else None
    if previous is None:
        return None
    kind = tree.kind(previous)
    if kind == K.DOT:
        receiver = _receiver(tree, previous)
        return None if receiver is None else AfterDot(word, inference, receiver)
    if kind == K.DOT_DOT and start == tree.start(previous) + 1:
        # A member goes between the dots of `session..phases()`, which reads as a range.
        receiver = _operand_before(tree, previous)
        return None if receiver is None else AfterDot(word, inference, receiver)
    path_to = tree.path_to(previous if current is None else current)
    around = [tree.kind(node) for node in path_to]
    if K.ATTRIBUTE in around:
        return None
    if K.USE_ITEM in around and kind in (K.OPEN_BRACE, K.COMMA, K.COLON_COLON):
        path = _use_prefix(tree, path_to, previous)
        return AfterPath(word, inference, path, "import")
    if kind == K.COLON_COLON:
        return AfterPath(word, inference, _path_before(tree, previous), _role_of_path(around))
    return _name(script, inference, word, previous, path_to, current is not None)


def _name(
    script: Script, inference: Inference, word: Word, previous: int, path_to: list[int], is_written: bool
) -> Place | None:
    tree = inference.tree
    kind = tree.kind(previous)
    around = [tree.kind(node) for node in path_to]
    innermost = next((node for node in reversed(path_to) if not tree.is_token(node)), 0)
    if K.FORMAT_STRING in around:
        is_capture = kind == K.FORMAT_OPEN
        return AtName(word, inference, "capture") if is_capture else None
    if K.USE_ITEM in around:
        return AtName(word, inference, "import") if kind == K.USE_KEYWORD else None
    if kind == K.PUB_KEYWORD or (kind == K.ASYNC_KEYWORD and tree.kind(tree.parent(previous)) == K.FUNCTION_ITEM):
        return AtName(word, None, "item")
    if kind == K.LET_KEYWORD and tree.kind(tree.parent(previous)) == K.LET_EXPRESSION:
        return AtName(word, inference, "pattern")
    if kind in _DECLARING_KEYWORDS or kind == K.FOR_KEYWORD:
        return None
    if K.TYPE_ANNOTATION in around or K.RETURN_TYPE in around or kind in (K.IMPL_KEYWORD, K.IS_KEYWORD, K.ARROW):
        return AtName(word, inference, "type")
    if kind == K.NOT_KEYWORD:
        return AtName(word, inference, "type")
    declares = (K.PARAMETER_LIST, K.FIELD_LIST, K.TUPLE_FIELD_LIST, K.VARIANT_LIST)
    is_listed = tree.kind(innermost) in declares or (is_written and set(declares) & set(around[-4:]))
    if is_listed and not _ends_parameters(tree, innermost, previous, word.span[0]):
        return AtName(word, inference, "type") if kind == K.COLON else None
    field = _field_place(tree, word, inference, previous, path_to, is_written)
    if field is not None:
        return field
    pattern = _pattern_place(tree, word, inference, previous, path_to)
    if pattern is not None:
        return pattern.place
    return _expression_place(script, inference, word, previous, path_to)


def _ends_parameters(tree: TreeView, parameters: int, token: int, offset: int) -> bool:
    """Whether the token is the last `|` of a closure's parameters, behind which its body stands."""
    is_second = tree.kind(token) == K.PIPE and token != tree.first_child(parameters)
    is_both = tree.kind(token) == K.PIPE_PIPE
    return (is_second or is_both) and token == tree.after(parameters) - 1 and tree.end(token) <= offset


class _Decided(msgspec.Struct, frozen=True):
    """A place that has been decided on, perhaps that nothing fits."""

    place: Place | None


def _pattern_place(
    tree: TreeView, word: Word, inference: Inference, previous: int, path_to: list[int]
) -> _Decided | None:
    """A place in a pattern: of a match arm, where names of variants fit, or elsewhere, where names are made up."""
    kind = tree.kind(previous)
    outer = next((node for node in path_to if tree.kind(node) in _PATTERNS), None)
    if outer is not None and outer != path_to[0]:
        owner = tree.kind(path_to[path_to.index(outer) - 1])
        is_ended = tree.end(outer) < word.span[0]
        if owner == K.FOR_EXPRESSION and is_ended:
            return _Decided(AfterForPattern(word))
        if not is_ended:
            is_refutable = owner in (K.MATCH_ARM, K.LET_EXPRESSION, K.SELECT_ARM)
            begins = owner == K.MATCH_ARM and tree.start(outer) == word.span[0]
            arm_of = _match_around(tree, path_to) if begins else None
            return _Decided(AtName(word, inference, "pattern", arm_of=arm_of) if is_refutable else None)
    innermost = next(node for node in reversed(path_to) if not tree.is_token(node))
    starts_arm = tree.kind(innermost) == K.MATCH_ARM_LIST and kind == K.OPEN_BRACE
    arm = next((node for node in reversed(path_to) if tree.kind(node) == K.MATCH_ARM), None)
    ends_arm = arm is not None and previous == tree.after(arm) - 1 and kind in (K.COMMA, K.CLOSE_BRACE)
    if starts_arm or (ends_arm and not _is_in_open_call(tree, previous)):
        return _Decided(AtName(word, inference, "pattern", arm_of=_match_around(tree, path_to)))
    return None


def _is_in_open_call(tree: TreeView, comma: int) -> bool:
    """Whether a comma stands behind an argument of a call that is not closed yet, and was read as the end of an arm."""
    before = tree.previous_token(comma)
    around = [] if before is None else tree.path_to(before)
    lists = (node for node in around if tree.kind(node) == K.ARGUMENT_LIST)
    return any(tree.kind(tree.after(node) - 1) != K.CLOSE_PARENTHESIS for node in lists)


def _match_around(tree: TreeView, path_to: list[int]) -> int | None:
    return next((node for node in reversed(path_to) if tree.kind(node) == K.MATCH_EXPRESSION), None)


def _field_place(
    tree: TreeView, word: Word, inference: Inference, previous: int, path_to: list[int], is_written: bool
) -> Place | None:
    """A place where a struct literal, or a pattern like one, wants the name of a field."""
    literals = (K.STRUCT_EXPRESSION, K.OBJECT_PATTERN)
    literal = next((node for node in reversed(path_to) if tree.kind(node) in literals), None)
    if literal is None or tree.kind(previous) not in (K.OPEN_BRACE, K.COMMA):
        return None
    depth = len(path_to) - path_to.index(literal)
    if depth <= (3 if is_written else 2):
        return AtName(word, inference, "expression", field_of=literal)
    return None


def _expression_place(
    script: Script, inference: Inference, word: Word, previous: int, path_to: list[int]
) -> Place | None:
    tree = inference.tree
    kind = tree.kind(previous)
    in_loop = any(tree.kind(node) in _LOOPS for node in path_to)
    starts_line = b"\n" in script.text[tree.end(previous) : word.span[0]]
    if kind in (K.OPEN_BRACE, K.SEMICOLON, K.CLOSE_BRACE) or (kind in _ENDS_OF_OPERANDS and starts_line):
        is_block = kind != K.OPEN_BRACE or tree.kind(tree.parent(previous)) in (K.BLOCK, K.FUNCTION_BODY_FILE)
        after_if = kind == K.CLOSE_BRACE and _closes_if(tree, previous)
        role: NameRole = "statement" if is_block else "expression"
        return AtName(word, inference, role, after_if=after_if, in_loop=in_loop)
    if kind in _ENDS_OF_OPERANDS:
        return None
    return AtName(word, inference, "expression", in_loop=in_loop)


def _closes_if(tree: TreeView, brace: int) -> bool:
    path = tree.path_to(brace)
    return len(path) > 2 and tree.kind(path[-3]) in (K.IF_EXPRESSION, K.ELSE_BRANCH)


def _is_whole_with_dot(tree: TreeView, number: int, offset: int) -> bool:
    """Whether a dot ends there that is read as part of a number, but not of that of a field, as in `pair.0.`."""
    is_value = tree.kind(tree.parent(number)) == K.LITERAL_EXPRESSION
    return is_value and offset == tree.end(number) and tree.content(number)[:-1].isdecimal()


def _receiver(tree: TreeView, dot: int) -> int | None:
    """The expression before a dot."""
    around = tree.parent(dot)
    first = tree.first_child(around)
    is_member = tree.kind(around) in (K.FIELD_EXPRESSION, K.METHOD_CALL_EXPRESSION, K.AWAIT_EXPRESSION)
    return first if is_member and first < dot else None


def _operand_before(tree: TreeView, sign: int) -> int | None:
    """The expression that ends where `sign` begins and that a dot behind it would belong to."""
    last = tree.previous_token(sign)
    if last is None or tree.end(last) != tree.start(sign):
        return None
    ending = (node for node in tree.path_to(last) if tree.end(node) == tree.end(last))
    return next((node for node in ending if tree.kind(node) in _OPERANDS), None)


def _path_before(tree: TreeView, separator: int) -> tuple[str, ...]:
    """The names of the path that ends with the `::` at `separator`; the first is empty if it starts with `::`."""
    names: list[str] = []
    node: int | None = separator
    while node is not None and tree.kind(node) == K.COLON_COLON:
        before = tree.previous_token(node)
        if before is None or tree.end(before) != tree.start(node) or not _is_path_word(tree, before):
            names.append("")
            break
        names.append(tree.content(before))
        node = tree.previous_token(before)
    return tuple(reversed(names))


def _is_path_word(tree: TreeView, token: int) -> bool:
    words = (K.IDENTIFIER, K.SELF_KEYWORD, K.SELF_TYPE_KEYWORD, K.SUPER_KEYWORD, K.CRATE_KEYWORD)
    return tree.kind(token) in words


def _use_prefix(tree: TreeView, path_to: list[int], previous: int) -> tuple[str, ...]:
    """What stands before the last `::`, `{` or `,` in a `use`: the names on the way down to there."""
    names: list[str] = []
    for use_tree in path_to:
        if tree.kind(use_tree) == K.USE_TREE:
            tokens = (child for child in tree.children(use_tree) if child < previous and _is_path_word(tree, child))
            names += (tree.content(token) for token in tokens)
    return tuple(names)


def _role_of_path(around: list[int]) -> NameRole:
    if K.TYPE_ANNOTATION in around or K.RETURN_TYPE in around:
        return "type"
    return "pattern" if set(around) & set(_PATTERNS) else "expression"
