"""What could be written at the cursor, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from . import rune_words, templates
from .asked_members import asked_at
from .candidates import (
    Candidate,
    CandidateKind,
    associated_functions,
    imported_names,
    items_of_module,
    keywords,
    local_names,
    members_of_type,
    prelude_names,
    rune_prelude,
    struct_fields,
    struct_literals,
)
from .completion_in_comments import offered_in_comment
from .completion_in_text import offered_in_text
from .facts import Edit, Offsets
from .flow.inference import Inference
from .flow.lattice import members_of
from .functions_as_values import wants_function
from .host_candidates import below_host_type, host_path, host_types, other_types
from .likely_members import GUESSED, keys_of_objects, likely_members
from .match_candidates import can_be, missing_arms
from .member_fit import fit
from .members_of_modules import members_of_modules
from .place import AfterDot, AfterForPattern, AfterPath, AtName, Place, Word, place_at, word_at
from .postfix_candidates import postfixes
from .ranking import rank_of
from .resolve.below import module_at
from .resolve.items import meaning_of_import
from .resolve.meaning import HostModule, HostTypeMeaning, OwnItem
from .script import ModulePlace, Script
from .snapshot import Snapshot
from .snippets import entry_names_at, snippets_at
from .types import NOT_READABLE, KeyedObject, Named, ObjectOf, Type, Unknown
from .unimported_candidates import unimported
from .used_words import UsedWords, used_words, word_before

MOST_COMPLETIONS = 200
Used = tuple[UsedWords, UsedWords]


class Completion(msgspec.Struct, frozen=True):
    """A completion: `insert` replaces the span `replace`; sorting by `sort_key` puts the likeliest first.

    `snippet` goes in its place for who can fill in places, and is all there is if `insert` is empty. The word is held
    against `matched`. `edits` are made elsewhere besides. A guess is a member of a value of which no type is known.
    """

    label: str
    kind: CandidateKind
    insert: str
    snippet: str | None
    replace: Offsets
    sort_key: str
    matched: str
    describe: Callable[[], tuple[str, str]]
    edits: tuple[Edit, ...] = ()
    deprecated: bool = False
    is_guess: bool = False

    @property
    def detail(self) -> str:
        """A line of Rune."""
        return self.describe()[0]

    @property
    def docs(self) -> str:
        """Markdown."""
        return self.describe()[1]


def complete(snapshot: Snapshot, offset: int) -> tuple[Completion, ...]:
    """At most `MOST_COMPLETIONS` completions at `offset`, in their order."""
    offered = complete_in_text(snapshot, offset)
    if offered is not None:
        return offered
    named = entry_names_at(snapshot, offset)
    if named is not None:
        word, entries = named
        return _ranked(entries, word, _follows(snapshot.text, word))
    place = place_at(snapshot, offset)
    if place is None:
        return ()
    script = snapshot.script
    used = used_words(script, place.word.span)
    candidates = _candidates(script, place, used)
    return _ranked(candidates, place.word, _follows(script.text, place), _weights(script, place, used))


def complete_in_text(snapshot: Snapshot, offset: int) -> tuple[Completion, ...] | None:
    """The same in attributes, between quotes and in comments; `None` elsewhere."""
    offered = offered_in_text(snapshot, offset) or offered_in_comment(snapshot, offset)
    if offered is None:
        return None
    word, candidates = offered
    return _ranked(candidates, word, Follows(b"", is_name=True))


def is_incomplete(snapshot: Snapshot, offset: int, found: Sequence[Completion]) -> bool:
    """Whether there may be others once more letters are written: what is far is not looked for without any."""
    start = word_at(snapshot.text, offset).span[0]
    is_member = snapshot.text[start - 1 : start] == b"."
    is_unsure = any(each.is_guess for each in found) if is_member else True
    return len(found) >= MOST_COMPLETIONS or (start == offset and is_unsure and bool(found))


def _candidates(script: Script, place: Place, used: Used) -> Iterable[Candidate]:
    match place:
        case AfterDot():
            return _behind_dot(script, place, used)
        case AfterPath():
            return _below_path(script, place)
        case AfterForPattern():
            return keywords(rune_words.IN)
        case AtName():
            return _with_unimported(script, place, _names(script, place))


def _behind_dot(script: Script, place: AfterDot, used: Used) -> Iterator[Candidate]:
    """What the value has, and what it may have where that is not known, as of an object."""
    inference, start = place.inference, place.word.span[0]
    kind = place.type
    before = word_before(script.text, start)
    if kind is not None and any(map(_may_have_others, members_of(kind))):
        yield from keys_of_objects(used, before)
    elsewhere = [] if _is_read(kind) else list(members_of_modules(inference, place.receiver))
    yield from elsewhere
    if kind is not None:
        yield from members_of_type(script, kind)
    elif not elsewhere:
        yield from likely_members(inference, place.receiver, used, before, place.word.prefix)
    if script.text[place.word.span[1] :][:1] not in (b"(", b"."):
        yield from postfixes(place, kind)


def _is_read(kind: Type | None) -> bool:
    """Whether all types are known that the value can have, and none of them stands in another file."""
    return kind is not None and not any(
        isinstance(each, Unknown) or (isinstance(each, Named) and each.item == NOT_READABLE)
        for each in members_of(kind)
    )


def _may_have_others(kind: Type) -> bool:
    match kind:
        case Named("Object", _, None) | ObjectOf() | Unknown():
            return True
        case KeyedObject():
            return not kind.whole
    return False


def _weights(script: Script, place: Place, used: Used) -> Callable[[Candidate], int]:
    """How likely a candidate is: by how often its name is used already where it would mean the same, and by kind."""
    here, others = used
    if not isinstance(place, AfterDot):
        # What is nearest has an order of its own, and what is imported once is not imported again.
        if isinstance(place, AfterForPattern) or place.role == "import":
            return _no_weight
        return lambda each: (
            0
            if each.tier < 0 or each.kind == "keyword"
            else each.weight + _times(here, others, each.label.removesuffix("!"))
        )
    before = word_before(script.text, place.word.span[0])
    follows = script.text[place.word.span[1] :][:_NEARBY].lstrip(b" ")[:1]
    # Where something follows that is no call, a method would be without its parentheses.
    fitting = "method" if follows == b"(" else "field" if follows in _OPERATORS else None
    wanted, asked = _named_for(script.text, place), asked_at(place)
    return lambda each: (
        each.weight
        + (_FITS if each.label in wanted else 0)
        + 8 * (here.behind.get((before, each.label), 0) + others.behind.get((before, each.label), 0))
        + 2 * here.members.get(each.label, 0)
        + others.members.get(each.label, 0)
        + (_FITS if each.kind == fitting else 0)
        + (0 if each.member is None else fit(script, asked, each.member))
    )


def _named_for(text: bytes, place: AfterDot) -> tuple[str, ...]:
    """The name that the value goes to, and those of what holds many: `for gate in step.gates`, `bed: each.bed`."""
    start = place.inference.tree.start(place.receiver)
    before = text[max(text.rfind(b"\n", 0, start), start - _FAR_BEFORE, 0) : start]
    found = _GOES_TO.search(before)
    name = "" if found is None else found[1].decode()
    return (name, f"{name}s", f"{name}es")


_FAR_BEFORE = 80
_GOES_TO = re.compile(rb"([A-Za-z_]\w*)\s*(?:=|:|\bin)\s*(?:match |if |Some\()?\Z")


def _times(here: UsedWords, others: UsedWords, name: str) -> int:
    return 2 * here.names.get(name, 0) + others.names.get(name, 0)


_NEARBY = 20
_OPERATORS = (b".", b"=", b"<", b">", b"!", b"+", b"-", b"*", b"/", b"%", b"&", b"|", b"?", b",")
_FITS = 12


class Follows(msgspec.Struct, frozen=True):
    """The rest of the line behind the word, and whether only a name may stand there, as in `use`.

    Where a function is wanted itself, as what a callee calls, its name is not followed by arguments.
    """

    text: bytes
    is_name: bool = False
    is_function: bool = False
    is_item: bool = False


def _follows(text: bytes, place: Place | Word) -> Follows:
    end = (place if isinstance(place, Word) else place.word).span[1]
    is_name = isinstance(place, AtName | AfterPath) and place.role in ("import", "type", "pattern", "capture")
    is_function = isinstance(place, AtName) and wants_function(place)
    is_item = isinstance(place, AtName) and place.inference is None
    return Follows(text[end : end + _NEARBY].partition(b"\n")[0], is_name, is_function, is_item)


def _below_path(script: Script, place: AfterPath) -> Iterator[Candidate]:
    inference = place.inference
    if place.path in (("self",), ("crate",), ("super",)):
        yield from _items_of_relative_module(script, inference.module, place.path[0])
        return
    if place.role == "import" and not place.path:
        yield from _import_roots(script, inference)
        return
    is_import = place.role == "import"
    offset = place.word.span[0]
    match (
        meaning_of_import(script, inference.module, place.path)
        if is_import
        else inference.resolve_at(place.path, offset)
    ):
        case OwnItem(found) if script.item(found).kind == "module":
            yield from items_of_module(script, ModulePlace(found.file, found.number), public_only=True)
        case OwnItem(found) if script.item(found).kind in ("struct", "enum"):
            yield from associated_functions(script, found)
        case HostTypeMeaning(host):
            yield from below_host_type(script, host)
        case HostModule(path):
            yield from host_path(script, path, is_import=is_import)


def _items_of_relative_module(script: Script, module: ModulePlace, word: str) -> Iterator[Candidate]:
    path = script.path_of(module)
    named = module if word == "self" else module_at(script, () if word == "crate" else path[:-1])
    if named is not None and (word != "super" or path):
        yield from items_of_module(script, named, public_only=False)


def _names(script: Script, place: AtName) -> Iterator[Candidate]:
    inference = place.inference
    if inference is None:
        return _begins_of_items(script, place)
    match place.role:
        case "capture":
            return _variables(inference, place.word)
        case "type":
            return _types(script, inference)
        case "pattern":
            return _pattern_names(script, inference, place)
        case "import":
            return _import_roots(script, inference)
        case _ if place.field_of is not None:
            return struct_fields(inference, place.field_of)
    return _values(script, inference, place)


def _begins_of_items(script: Script, place: AtName) -> Iterator[Candidate]:
    """What an item begins with, or goes on with behind `pub` and `async`."""
    is_item, start = place.role == "item", place.word.span[0]
    before = script.text[max(0, start - _NEARBY) : start].rpartition(b"\n")[2].split()
    modifier = before[-1].decode("utf-8", "replace") if before else ""
    words = rune_words.ITEM_KEYWORDS if is_item else rune_words.ASSOCIATED_ITEM_KEYWORDS
    taken = rune_words.NOT_BEHIND.get(modifier, ())
    yield from keywords({word: about for word, about in words.items() if word not in taken})
    if is_item and not taken:
        yield from snippets_at(script, place.word)


def _with_unimported(script: Script, place: AtName, near: Iterable[Candidate]) -> Iterator[Candidate]:
    """The same and, behind it, what could be imported."""
    known: set[str] = set()
    for candidate in near:
        known.add(candidate.label)
        yield candidate
    if place.inference is not None and place.field_of is None and place.role in ("statement", "expression", "pattern"):
        yield from unimported(script, place.inference.module, place.word.prefix, known)


def _values(script: Script, inference: Inference, place: AtName) -> Iterator[Candidate]:
    yield from local_names(inference, place.word.span[0])
    if place.after_if:
        yield from keywords(rune_words.ELSE)
    yield from items_of_module(script, inference.module, public_only=False)
    yield from struct_literals(script, inference.module)
    yield from imported_names(script, inference.module)
    yield from host_types(script)
    yield from host_path(script, "")
    yield from keywords(_value_keywords(inference, place))
    yield from rune_prelude()


def _value_keywords(inference: Inference, place: AtName) -> dict[str, str]:
    words: dict[str, str] = {}
    if place.role == "statement":
        words |= rune_words.STATEMENT_KEYWORDS
    words |= rune_words.EXPRESSION_KEYWORDS
    if place.in_loop:
        words |= rune_words.LOOP_KEYWORDS
    if inference.self_type is not None:
        words |= rune_words.SELF_TYPE
    return {**words, **rune_words.PATH_KEYWORDS}


def _variables(inference: Inference, word: Word) -> Iterator[Candidate]:
    return (each for each in local_names(inference, word.span[0]) if each.kind in ("variable", "parameter"))


def _types(script: Script, inference: Inference) -> Iterator[Candidate]:
    own = items_of_module(script, inference.module, public_only=False)
    yield from (each for each in own if each.kind in ("struct", "enum", "module"))
    yield from imported_names(script, inference.module)
    yield from host_types(script)
    yield from host_path(script, "")
    yield from rune_prelude(types_only=True)
    # An annotation needs no `use`.
    yield from other_types(script)


def _pattern_names(script: Script, inference: Inference, place: AtName) -> Iterator[Candidate]:
    if place.arm_of is not None:
        start, end = place.word.span
        is_bare = not script.text[end : end + _NEARBY].partition(b"\n")[0].strip(b" })")
        yield from missing_arms(inference, place.arm_of, start, is_bare=is_bare)
    own = items_of_module(script, inference.module, public_only=False)
    yield from (each for each in own if each.kind in ("struct", "enum", "constant", "module"))
    yield from imported_names(script, inference.module)
    booleans = {word: rune_words.EXPRESSION_KEYWORDS[word] for word in ("true", "false")}
    for each in chain(prelude_names("variant", rune_words.PRELUDE_VARIANTS), keywords(booleans)):
        if place.arm_of is None or can_be(inference, place.arm_of, each.label):
            yield each


def _import_roots(script: Script, inference: Inference) -> Iterator[Candidate]:
    own = items_of_module(script, inference.module, public_only=False)
    yield from (each for each in own if each.kind in ("enum", "module"))
    yield from host_path(script, "")
    yield from keywords(rune_words.PATH_KEYWORDS)


def _no_weight(_: Candidate) -> int:
    return 0


def _ranked(
    candidates: Iterable[Candidate], word: Word, follows: Follows, weight: Callable[[Candidate], int] = _no_weight
) -> tuple[Completion, ...]:
    """Those that match the word: the best match first, then what is likeliest, otherwise in the order given."""
    seen: set[str] = set()
    ranked: list[tuple[int, int, int, int, Candidate]] = []
    for place, candidate in enumerate(candidates):
        rank = rank_of(candidate.matched or candidate.label, word.prefix)
        if rank is not None and candidate.label not in seen:
            seen.add(candidate.label)
            is_last = candidate.deprecated or candidate.label.startswith("_")
            tier = _LAST if is_last else candidate.tier
            ranked.append((rank, tier, -weight(candidate), place, candidate))
    ranked.sort(key=lambda entry: entry[:4])
    best = enumerate(ranked[:MOST_COMPLETIONS])
    return tuple(_completion(candidate, word, follows, number) for number, (*_, candidate) in best)


_LAST = 9


def _completion(candidate: Candidate, word: Word, follows: Follows, number: int) -> Completion:
    insert = candidate.insert
    if insert is None:
        insert = "" if candidate.template is not None else candidate.label
    if candidate.kind == "macro" and follows.text.startswith(b"!"):
        insert = insert.removesuffix("!")
    return Completion(
        label=candidate.label,
        kind=candidate.kind,
        insert=insert,
        snippet=_snippet(candidate, follows),
        replace=word.span,
        sort_key=f"{number:03}",
        matched=candidate.matched or candidate.label,
        describe=candidate.describe,
        edits=candidate.edits,
        deprecated=candidate.deprecated,
        is_guess=candidate.tier == GUESSED,
    )


def _snippet(candidate: Candidate, follows: Follows) -> str | None:
    """What to write in place of the label; a call is not made where one is there already, or a name is wanted."""
    if candidate.template is not None:
        return candidate.template
    if follows.is_name or follows.text[:1] in (b"(", b"!", b":"):
        return None
    match candidate.kind:
        case "keyword" if not follows.text.strip():
            # An item does not begin with an async block.
            return None if follows.is_item and candidate.label == "async" else templates.KEYWORDS.get(candidate.label)
        case "macro" if candidate.label.endswith("!"):
            return templates.macro(candidate.label)
        case "method" | "function" if not follows.is_function:
            taken = None if candidate.parameters is None else candidate.parameters()
            return templates.call(candidate.label, taken)
    return None
