"""The trees that the guest sends: the kinds are the guest's, and nodes are found where they are."""

from __future__ import annotations

from itertools import pairwise

from runekiln_analysis.syntax import SyntaxKind
from runekiln_analysis.tree import TreeView

from .fixtures import checker, read_fixture, snapshot_of

TEXT = "// first\nfn f(phase) { /* gap */ phase.name }"


def tree_of(text: str) -> TreeView:
    return snapshot_of(read_fixture(text)).script.tree(0)


def test_the_kinds_are_numbered_as_the_guest_numbers_them() -> None:
    ours = ["".join(part.capitalize() for part in kind.name.split("_")) for kind in SyntaxKind]
    assert ours == list(checker().describe().syntax_kinds)


def test_tokens_without_blanks_and_comments_are_all_there() -> None:
    tree = tree_of(TEXT)
    words = [tree.content(node) for node in range(len(tree)) if tree.is_token(node)]
    assert words == ["fn", "f", "(", "phase", ")", "{", "phase", ".", "name", "}"]


def test_each_node_is_at_the_end_of_its_own_path() -> None:
    tree = tree_of(TEXT)
    for node in range(len(tree)):
        path = tree.path_to(node)
        assert path[0] == 0
        assert path[-1] == node
        for outer, inner in pairwise(path):
            assert inner in tree.children(outer)
            assert tree.start(outer) <= tree.start(inner) <= tree.end(inner) <= tree.end(outer)


def test_tokens_are_found_by_their_offset() -> None:
    tree = tree_of(TEXT)
    for offset in range(len(TEXT) + 1):
        tokens = [node for node in range(len(tree)) if tree.is_token(node)]
        covering = [node for node in tokens if tree.start(node) <= offset < tree.end(node)]
        before = [node for node in tokens if tree.start(node) < offset]
        assert tree.token_at(offset) == (covering[0] if covering else None)
        assert tree.token_before(offset) == (before[-1] if before else None)
