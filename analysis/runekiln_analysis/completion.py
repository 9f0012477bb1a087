"""What could be written at the cursor, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from . import rune_words
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
)
from .completion_in_comments import offered_in_comment
from .completion_in_text import offered_in_text
from .facts import Offsets
from .flow.inference import Inference
from .host_candidates import below_host_type, host_path, host_types
from .place import AfterDot, AfterForPattern, AfterPath, AtName, Place, Word, place_at
from .ranking import rank_of
from .resolve.below import module_at
from .resolve.items import meaning_of_import
from .resolve.meaning import HostModule, HostTypeMeaning, OwnItem
from .script import ModulePlace, Script
from .snapshot import Snapshot
from .snippets import entry_names_at, snippets_at

MOST_COMPLETIONS = 200


class Completion(msgspec.Struct, frozen=True):
    """A completion: `insert` replaces the span `replace`; sorting by `sort_key` puts the likeliest first.

    `detail` is a line of Rune, `docs` is Markdown. `snippet` is what to insert with placeholders, for who knows those.
    """

    label: str
    kind: CandidateKind
    detail: str
    docs: str
    insert: str
    replace: Offsets
    sort_key: str
    snippet: str | None = None


def complete(snapshot: Snapshot, offset: int) -> tuple[Completion, ...]:
    """At most `MOST_COMPLETIONS` completions at `offset`, in their order."""
    offered = complete_in_text(snapshot, offset)
    if offered is not None:
        return offered
    named = entry_names_at(snapshot, offset)
    if named is not None:
        return _ranked(named[1], named[0])
    place = place_at(snapshot, offset)
    return () if place is None else _ranked(_candidates(snapshot.script, place), place.word)


def complete_in_text(snapshot: Snapshot, offset: int) -> tuple[Completion, ...] | None:
    """The same in attributes, between quotes and in comments; `None` elsewhere."""
    offered = offered_in_text(snapshot, offset) or offered_in_comment(snapshot, offset)
    return None if offered is None else _ranked(offered[1], offered[0])


def _candidates(script: Script, place: Place) -> Iterable[Candidate]:
    match place:
        case AfterDot(_, inference, receiver):
            kind = inference.likely_type_of(receiver, behind_dot=True)
            return () if kind is None else members_of_type(script, kind)
        case AfterPath():
            return _below_path(script, place)
        case AfterForPattern():
            return keywords(rune_words.IN)
        case AtName():
            return _names(script, place)


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
        if place.role != "item":
            return keywords(rune_words.ASSOCIATED_ITEM_KEYWORDS)
        return chain(keywords(rune_words.ITEM_KEYWORDS), snippets_at(script, place.word))
    match place.role:
        case "capture":
            return _variables(inference, place.word)
        case "type":
            return _types(script, inference)
        case "pattern":
            return _pattern_names(script, inference)
        case "import":
            return _import_roots(script, inference)
        case _ if place.field_of is not None:
            return struct_fields(inference, place.field_of)
    return _values(script, inference, place)


def _values(script: Script, inference: Inference, place: AtName) -> Iterator[Candidate]:
    yield from local_names(inference, place.word.span[0])
    if place.after_if:
        yield from keywords(rune_words.ELSE)
    yield from items_of_module(script, inference.module, public_only=False)
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


def _pattern_names(script: Script, inference: Inference) -> Iterator[Candidate]:
    own = items_of_module(script, inference.module, public_only=False)
    yield from (each for each in own if each.kind in ("struct", "enum", "constant", "module"))
    yield from imported_names(script, inference.module)
    yield from prelude_names("variant", rune_words.PRELUDE_VARIANTS)
    yield from keywords({word: rune_words.EXPRESSION_KEYWORDS[word] for word in ("true", "false")})


def _import_roots(script: Script, inference: Inference) -> Iterator[Candidate]:
    own = items_of_module(script, inference.module, public_only=False)
    yield from (each for each in own if each.kind in ("enum", "module"))
    yield from host_path(script, "")
    yield from keywords(rune_words.PATH_KEYWORDS)


def _ranked(candidates: Iterable[Candidate], word: Word) -> tuple[Completion, ...]:
    """Those that match the word, the best match first and otherwise in the order given; each name once."""
    seen: set[str] = set()
    ranked: list[tuple[int, int, Candidate]] = []
    for place, candidate in enumerate(candidates):
        rank = rank_of(candidate.label, word.prefix)
        if rank is not None and candidate.label not in seen:
            seen.add(candidate.label)
            ranked.append((rank, place, candidate))
    ranked.sort(key=lambda entry: entry[:2])
    best = enumerate(ranked[:MOST_COMPLETIONS])
    return tuple(_completion(candidate, word, number) for number, (_, _, candidate) in best)


def _completion(candidate: Candidate, word: Word, number: int) -> Completion:
    detail, docs = candidate.describe()
    return Completion(
        label=candidate.label,
        kind=candidate.kind,
        detail=detail,
        docs=docs,
        insert=candidate.label if candidate.insert is None else candidate.insert,
        replace=word.span,
        sort_key=f"{number:03}",
        snippet=candidate.snippet,
    )
