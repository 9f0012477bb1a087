"""The state of the pass over an item's tree: what is known of its variables at the node it has come to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

import msgspec

from runekiln_analysis.resolve.meaning import Meaning
from runekiln_analysis.resolve.resolution import Resolution
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import cells_of
from runekiln_analysis.types import NEVER, UNKNOWN, Type

from .lattice import excludes, join, join_states, join_ways, weaken
from .world import Mismatch, Target, World

DEPTH_LIMIT = 100
"""An expression in so many others is not looked into: Python's own stack ends at 1,000 calls, and each takes three."""

LAST_TOKEN = K.RESERVED_KEYWORD

State = list[Type]
"""The types of the local names, by their numbers."""


class Loop(msgspec.Struct):
    """A loop that is being gone through, or a block with a label: where ways out of it lead."""

    label: str | None
    is_loop: bool
    left: State | None = None
    again: State | None = None
    value: Type = NEVER


class Walk:
    """Made for one item and dropped."""

    __slots__ = (
        "_captures",
        "_writes",
        "body",
        "calls",
        "cells",
        "dead",
        "declared",
        "depth",
        "direct",
        "gaps",
        "kinds",
        "loops",
        "members",
        "mismatches",
        "nesting",
        "probe",
        "resolution",
        "returned",
        "seen",
        "sizes",
        "state",
        "steps",
        "text",
        "types",
        "unreachable",
        "variables",
        "world",
    )

    def __init__(
        self, packed: bytes, text: bytes, resolution: Resolution, world: World, steps: list[Step], probe: int = -1
    ) -> None:
        # A kind fits into one byte, the first of its four.
        self.kinds = packed[::16]
        self.cells = cells_of(packed)
        self.sizes: list[int] = self.cells[3::4].tolist()
        self.text = text
        self.resolution = resolution
        self.variables = resolution.variables
        self.world = world
        self.steps = steps
        self.declared = {binding.node: number for number, binding in enumerate(resolution.bindings)}
        self.state: State = [UNKNOWN] * len(resolution.bindings)
        self.dead = False
        # The block whose value the function gives.
        self.body = -1
        # The last expression whose value goes where nothing else is, so that Rune loses nothing: see `lost`.
        self.direct = -1
        self.depth = 0
        self.nesting = 0
        self.returned: Type = NEVER
        self.loops: list[Loop] = []
        self.types: dict[int, Type] = {}
        self.calls: dict[int, Target] = {}
        self.members: dict[int, Type] = {}
        self.unreachable: set[int] = set()
        self.gaps: dict[int, frozenset[str]] = {}
        self.mismatches: dict[int, Mismatch] = {}
        # The token behind which somebody wants to know the state, and that state.
        self.probe = probe
        self.seen: State | None = None
        self._writes: list[tuple[int, int]] | None = None
        self._captures: dict[int, list[int]] | None = None

    def evaluate(self, node: int) -> Type:
        """The type of the expression at `node`, after which the state is the one behind it."""
        if self.depth >= DEPTH_LIMIT:
            return self.skip(node)
        self.depth += 1
        kind = self.types[node] = self.steps[self.kinds[node]](self, node)
        self.depth -= 1
        return kind

    def evaluate_all(self, nodes: list[int]) -> Type:
        """Go through expressions for what they do."""
        for node in nodes:
            self.evaluate_directly(node)
        return UNKNOWN

    def evaluate_directly(self, node: int) -> Type:
        """The type of an expression whose value goes where nothing else is: see `lost`."""
        self.direct = node
        return self.evaluate(node)

    def peek(self, node: int) -> Type:
        """The type of an expression of which nothing is kept, so that its variable stays the only way to the value."""
        if self.kinds[node] == K.PATH_EXPRESSION:
            number = self.variables.get(node + 1)
            if number is not None:
                kind = self.types[node] = self.state[number]
                return kind
        elif self.kinds[node] == K.PARENTHESIZED_EXPRESSION:
            inner = self.operands(node)
            if len(inner) == 1:
                kind = self.types[node] = self.peek(inner[0])
                return kind
        return self.evaluate(node)

    def variable(self, node: int) -> int | None:
        """The number of the local name that the expression at `node` is."""
        while self.kinds[node] == K.PARENTHESIZED_EXPRESSION:
            inner = self.operands(node)
            if len(inner) != 1:
                return None
            node = inner[0]
        return self.variables.get(node + 1) if self.kinds[node] == K.PATH_EXPRESSION else None

    def after(self, node: int) -> int:
        """The first node behind the node's subtree."""
        return node + (self.sizes[node] or 1)

    def operands(self, node: int) -> list[int]:
        """The children of a node that are no tokens."""
        kinds, sizes = self.kinds, self.sizes
        child, end = node + 1, node + (sizes[node] or 1)
        found: list[int] = []
        while child < end:
            if kinds[child] > LAST_TOKEN:
                found.append(child)
            child += sizes[child] or 1
        return found

    def first(self, node: int, wanted: int) -> int | None:
        """The first child of that kind."""
        kinds, sizes = self.kinds, self.sizes
        child, end = node + 1, node + (sizes[node] or 1)
        while child < end:
            if kinds[child] == wanted:
                return child
            child += sizes[child] or 1
        return None

    def content(self, node: int) -> str:
        """The text of a node."""
        at = 4 * node
        return str(self.text[self.cells[at + 1] : self.cells[at + 2]], "utf-8", "replace")

    def meaning(self, path: int) -> Meaning | None:
        """What the path at `path` means besides local names."""
        if self.sizes[path] == 2:
            return self.resolution.names.get(path + 1)
        found = None
        token, end = path + 1, self.after(path)
        while token < end:
            if token in self.resolution.names:
                found = token
            token = self.after(token)
        return None if found is None else self.resolution.names[found]

    def arguments(self, node: int) -> list[int]:
        """What a call is given."""
        listed = self.first(node, K.ARGUMENT_LIST)
        return [] if listed is None else self.operands(listed)

    def label(self, node: int) -> str | None:
        """The label that a loop or block begins with."""
        return self.content(node + 2) if self.kinds[node + 1] == K.LABEL_DECLARATION else None

    def keep(self) -> State | None:
        """The state to go on with on another way, `None` if no way leads here."""
        return None if self.dead else self.state[:]

    def enter(self, state: State | None) -> None:
        """Go on with a state that nothing else goes on with."""
        self.dead = state is None
        if state is not None:
            self.state = state

    def meet(self, state: State | None) -> None:
        """Another way leads here, too."""
        if state is None:
            return
        if self.dead:
            self.enter(state)
        else:
            self.state = join_states(self.state, state)

    def leave(self) -> Type:
        """Nothing behind this is reached."""
        self.dead = True
        return NEVER

    def give(self, kind: Type) -> None:
        """The function may return a value of that type here."""
        if not self.dead:
            self.returned = join(self.returned, kind)

    def compare(self, node: int, stated: Type, found: Type) -> None:
        """Keep that a value is not what an annotation says of it."""
        if excludes(stated, found) and found != NEVER:
            self.mismatches[node] = Mismatch(node, stated, found)

    def notice(self, node: int) -> None:
        """Keep the state for whoever wants to know it at a place inside this node."""
        if node <= self.probe < self.after(node):
            self.seen = self.state[:]

    def share(self, closure: int) -> None:
        """What a closure takes along can be changed through it."""
        if self._captures is None:
            self._captures = {}
            for number, binding in enumerate(self.resolution.bindings):
                for each in binding.captured_by:
                    self._captures.setdefault(each, []).append(number)
        for number in self._captures.get(closure, ()):
            self.state[number] = weaken(self.state[number])

    def skip(self, node: int) -> Type:
        """Nothing is said of what is below `node`, and of what it may change."""
        self.forget(node)
        inside = self.kinds[node : self.after(node)]
        if any(kind in inside for kind in _LEAVING):
            self.give(UNKNOWN)
            for loop in self.loops:
                loop.value = UNKNOWN
                loop.left = join_ways(loop.left, self.keep())
                loop.again = join_ways(loop.again, self.keep())
        self.state = [weaken(kind) for kind in self.state]
        return UNKNOWN

    def forget(self, node: int) -> None:
        """The variables that are declared or written below `node` may be anything."""
        if self._writes is None:
            bindings = enumerate(self.resolution.bindings)
            self._writes = sorted((token, number) for number, each in bindings for token in (each.node, *each.writes))
        writes, end = self._writes, self.after(node)
        place = bisect_left(writes, (node, 0))
        while place < len(writes) and writes[place][0] < end:
            self.state[writes[place][1]] = UNKNOWN
            place += 1


Step = Callable[[Walk, int], Type]
"""How the type of one kind of expression is found."""

_LEAVING = (K.RETURN_EXPRESSION, K.TRY_EXPRESSION, K.BREAK_EXPRESSION, K.CONTINUE_EXPRESSION)
