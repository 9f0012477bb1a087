"""All refactorings, and which of them are offered at a place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from runekiln_analysis.facts import Offsets
from runekiln_analysis.snapshot import Snapshot

from .annotations import annotate_types, annotations_to_documentation, documentation_to_annotations
from .create_function import create_function
from .extract_constant import extract_constant
from .extract_function import extract_function
from .extract_variable import extract_variable
from .inline_variable import inline_variable
from .match_arms import match_arms
from .organize_imports import organize_imports
from .refactoring import Refactoring
from .selected import Selected
from .states import missing_states
from .template import convert_to_template

OfSelection = Callable[[Selected], Iterator[Refactoring]]

OF_SELECTION: tuple[tuple[str, OfSelection], ...] = (
    ("quickfix", create_function),
    ("quickfix", missing_states),
    ("refactor.rewrite.match", match_arms),
    ("refactor.rewrite.template", convert_to_template),
    ("refactor.rewrite.annotations", annotate_types),
    ("refactor.rewrite.annotations", annotations_to_documentation),
    ("refactor.rewrite.annotations", documentation_to_annotations),
    ("refactor.inline.variable", inline_variable),
    ("refactor.extract.variable", extract_variable),
    ("refactor.extract.constant", extract_constant),
    ("refactor.extract.function", extract_function),
)
"""What is done with an expression, statement or name of a function, by the kind that an editor may ask for."""


def refactorings(snapshot: Snapshot, span: Offsets, only: Collection[str] | None = None) -> Iterator[Refactoring]:
    """What can be done at a cursor or with a range; of the kinds `only`, if the editor says so."""
    script = snapshot.script
    number = script.item_at(span[0])
    kind = None if number is None else script.main.items[number].kind
    if number is not None and kind in ("function", "const"):
        yield from _of_selection(Selected(script, number, span), only)
    # Whoever does not ask for it may be anywhere.
    if is_asked("source.organizeImports", only) and (only is not None or kind == "use"):
        yield from organize_imports(script)


def _of_selection(selected: Selected, only: Collection[str] | None) -> Iterator[Refactoring]:
    for kind, refactoring in OF_SELECTION:
        if is_asked(kind, only):
            yield from refactoring(selected)


def is_asked(kind: str, only: Collection[str] | None) -> bool:
    """Whether an editor that wants the kinds `only` wants this; a kind takes in those below it, the empty one all."""
    return only is None or any(not each or kind == each or kind.startswith(f"{each}.") for each in only)
