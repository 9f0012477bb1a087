"""What `use` brings in: a name for each part of its tree, and where that comes from."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.tree import TreeView

_WORDS = (K.IDENTIFIER, K.SELF_KEYWORD, K.SELF_TYPE_KEYWORD, K.CRATE_KEYWORD, K.SUPER_KEYWORD)
GLOB = "*"


class Import(msgspec.Struct, frozen=True):
    """One name that a `use` brings in; `name` is `*` for everything below the path.

    `path` starts with `""` if the whole starts with `::`. `nodes` are its tokens, one for each name in it, and `alias`
    is the token behind `as`.
    """

    name: str
    path: tuple[str, ...]
    nodes: tuple[int, ...]
    alias: int | None = None


def imports_in(tree: TreeView, node: int) -> Iterator[Import]:
    """What the `USE_ITEM` or `USE_TREE` at `node` brings in."""
    use_tree = node if tree.kind(node) == K.USE_TREE else tree.first(node, K.USE_TREE)
    return iter(()) if use_tree is None else _imports_of(tree, use_tree, (), ())


def _imports_of(tree: TreeView, node: int, path: tuple[str, ...], nodes: tuple[int, ...]) -> Iterator[Import]:
    """The imports of a `USE_TREE`: `a::b`, `a::*`, `a::b as c` or `a::{…}`."""
    alias: int | None = None
    for child in tree.children(node):
        match tree.kind(child):
            case K.USE_TREE_LIST:
                for inner in tree.children(child):
                    if tree.kind(inner) == K.USE_TREE:
                        yield from _imports_of(tree, inner, path, nodes)
                return
            case K.STAR:
                yield Import(GLOB, path, nodes)
                return
            case K.USE_ALIAS:
                name = tree.first(child, K.NAME)
                alias = None if name is None else name + 1
            case K.COLON_COLON if not path:
                path = ("",)
            case kind if kind in _WORDS:
                path, nodes = (*path, tree.content(child)), (*nodes, child)
    # Rune has no `a::{self}`, and a word such as `super` has no name that others could use.
    if nodes and (alias is not None or tree.kind(nodes[-1]) == K.IDENTIFIER):
        yield Import(path[-1] if alias is None else tree.content(alias), path, nodes, alias)
