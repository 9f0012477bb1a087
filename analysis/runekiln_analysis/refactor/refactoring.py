"""What a refactoring is to those who offer it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from runekiln_analysis.facts import Edit

RefactoringKind = Literal[
    "quickfix",
    "refactor.extract.variable",
    "refactor.extract.constant",
    "refactor.extract.function",
    "refactor.inline.variable",
    "refactor.rewrite.template",
    "refactor.rewrite.annotations",
    "refactor.rewrite.match",
    "source.organizeImports",
]

FileEdits = dict[str, tuple[Edit, ...]]
"""The edits of each file, by path; those of one file do not overlap."""


class Refactoring(msgspec.Struct, frozen=True):
    """A change that is sure to go. `name` finds it again at the same place, and `make` has its edits."""

    name: str
    title: str
    kind: RefactoringKind
    make: Callable[[], FileEdits]
