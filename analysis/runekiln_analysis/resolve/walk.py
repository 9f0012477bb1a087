"""The state of the walk through an item's tree: what is known at the node it has come to, and what waits for later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import msgspec

from runekiln_analysis.tree import cells_of

from .bindings import Draft
from .inner import NO_INNER, Inner
from .meaning import Found, Meaning, OwnField
from .resolution import BindingKind
from .scope import Scope, find

NEVER = 1 << 32


class PatternPlace(msgspec.Struct):
    """What the names in the pattern that comes next are: see `Binding`. Those in `waiting` are not known yet."""

    kind: BindingKind
    pattern: int
    origin: int
    first: int
    waiting: list[int] | None = None


class Walk:
    """Made for one item and dropped."""

    __slots__ = (
        "asked",
        "capturing",
        "cells",
        "drafts",
        "events",
        "fields",
        "format_names",
        "function",
        "hidden",
        "inner",
        "keys",
        "kinds",
        "labels",
        "layer",
        "names",
        "next_event",
        "opaque",
        "parameter_kind",
        "parameters_end",
        "pattern",
        "scope",
        "skipped_to",
        "text",
        "types",
        "until",
        "variables",
        "visible",
    )

    def __init__(self, packed: bytes, text: bytes, scope: Scope, inner: Inner) -> None:
        # A kind fits into one byte, the first of its four.
        self.kinds = packed[::16]
        self.cells = cells_of(packed)
        self.text = text
        self.scope = scope
        self.inner = inner
        self.drafts: list[Draft] = []
        self.variables: dict[int, int] = {}
        self.names: dict[int, Meaning | None] = {}
        self.fields: dict[int, OwnField] = {}
        self.opaque: list[int] = []
        self.asked: dict[tuple[str, ...], Found] = dict(inner.asked)
        self.visible: dict[str, int] = {}
        # What `visible` had before each name was declared, to be put back at the end of the scope.
        self.hidden: list[tuple[str, int | None]] = []
        self.labels: dict[str, int] = {}
        self.format_names: dict[str, int] = {}
        self.capturing: list[int] = []
        self.events: list[tuple[int, Callable[[], None]]] = []
        self.next_event = NEVER
        # The innermost node that variables are declared in, and the node behind it.
        self.layer, self.until = 0, len(self.kinds)
        self.function = 0
        self.parameter_kind: BindingKind = "parameter"
        self.parameters_end = 0
        self.pattern = PatternPlace("pattern", 0, 0, 0)
        # Patterns that bind a variable, whatever there is of their name: keys of objects.
        self.keys: set[int] = set()
        self.skipped_to = 0
        # Where types are meant, and no variables.
        self.types = (0, 0)

    def after(self, node: int) -> int:
        """The first node behind the node's subtree."""
        return node + (self.cells[4 * node + 3] or 1)

    def part(self, node: int, kinds: frozenset[int]) -> int:
        """The first child of one of those kinds, the node behind all if there is none."""
        child, end = node + 1, self.after(node)
        while child < end and self.kinds[child] not in kinds:
            child = self.after(child)
        return child

    def content(self, token: int) -> str:
        """The text of a token."""
        at = 4 * token
        return str(self.text[self.cells[at + 1] : self.cells[at + 2]], "utf-8", "replace")

    def at(self, node: int, event: Callable[[], None]) -> None:
        """Let something happen when the walk comes to `node`, which is not behind what else waits."""
        self.events.append((node, event))
        self.next_event = node

    def happen(self) -> None:
        """Let the next event happen."""
        _, event = self.events.pop()
        self.next_event = self.events[-1][0] if self.events else NEVER
        event()

    def ask(self, path: tuple[str, ...]) -> Found:
        """What a path means that begins with no variable."""
        if self.inner is NO_INNER:
            found = self.asked.get(path)
            if found is None:
                found = self.asked[path] = find(self.scope, path)
            return found
        self.asked[path] = find(self.inner.outside, path)
        return find(self.scope, path)

    def declare(self, name: str, node: int, place: PatternPlace) -> int:
        """Add a local name, and give its number."""
        draft = Draft(
            name,
            place.kind,
            node,
            place.pattern,
            place.origin,
            self.layer,
            place.first,
            self.until,
            len(self.capturing),
        )
        self.drafts.append(draft)
        return len(self.drafts) - 1

    def show(self, number: int) -> None:
        """From here on the name is known, as far as the layer reaches."""
        name = self.drafts[number].name
        self.hidden.append((name, self.visible.get(name)))
        self.visible[name] = number

    def show_all(self, numbers: Iterable[int]) -> None:
        """The same of several."""
        for number in numbers:
            self.show(number)

    def use(self, token: int, number: int, *, reads: bool = True, writes: bool = False) -> None:
        """Note that a token names a variable."""
        self.variables[token] = number
        draft = self.drafts[number]
        if reads:
            draft.reads.append(token)
        if writes:
            draft.writes.append(token)
        if draft.depth < len(self.capturing):
            draft.captured_by += (node for node in self.capturing[draft.depth :] if node not in draft.captured_by)

    def open_layer(self, node: int, end: int) -> None:
        """From here to `end` variables are declared that are not known behind it."""
        self.at(end, partial(self._close_layer, len(self.hidden), self.layer, self.until))
        self.layer, self.until = node, end

    def _close_layer(self, mark: int, layer: int, until: int) -> None:
        self.layer, self.until = layer, until
        hidden, visible = self.hidden, self.visible
        while len(hidden) > mark:
            name, before = hidden.pop()
            if before is None:
                del visible[name]
            else:
                visible[name] = before

    def open_frame(self, node: int) -> None:
        """In `node` no variable of the outside is known."""
        kept = (self.visible, self.hidden, self.labels, self.capturing)
        self.at(self.after(node), partial(self._close_frame, *kept))
        self.visible, self.hidden, self.labels, self.capturing = {}, [], {}, []
        self.open_layer(node, self.after(node))

    def _close_frame(
        self,
        visible: dict[str, int],
        hidden: list[tuple[str, int | None]],
        labels: dict[str, int],
        capturing: list[int],
    ) -> None:
        self.visible, self.hidden, self.labels, self.capturing = visible, hidden, labels, capturing

    def open_function(self, node: int, kind: BindingKind, parameters_end: int) -> None:
        """The parameters that come next are those of the function or closure at `node`."""
        kept = (self.function, self.parameter_kind, self.parameters_end)
        self.at(self.after(node), partial(self._close_function, *kept))
        self.function, self.parameter_kind, self.parameters_end = node, kind, parameters_end

    def _close_function(self, function: int, kind: BindingKind, parameters_end: int) -> None:
        self.function, self.parameter_kind, self.parameters_end = function, kind, parameters_end

    def open_capturing(self, node: int) -> None:
        """What `node` uses of the outside, it takes along."""
        self.capturing.append(node)
        self.at(self.after(node), self._close_capturing)

    def _close_capturing(self) -> None:
        self.capturing.pop()

    def open_inner(self, node: int) -> None:
        """In `node`, there may be items that only it knows."""
        scope = self.inner.scopes.get(node)
        if scope is not None:
            self.at(self.after(node), partial(self._close_inner, self.scope))
            self.scope = scope

    def _close_inner(self, scope: Scope) -> None:
        self.scope = scope
