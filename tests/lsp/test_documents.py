"""After any edits the server holds the text that the editor holds, in whatever unit the editor counts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp
from runekiln_analysis.text import Encoding
from runekiln_server.lsp import documents
from runekiln_server.lsp.edits import Change, Edit, Position, Range, Target

from .client_text import ClientText

# Line ends that are some, line ends that are none, one to four bytes, and a pair of UTF-16.
PIECES = [
    "\n",
    "\r\n",
    "\r",
    "\u2028",
    "\u0085",
    "\f",
    "\v",
    "\0",
    "a",
    "ß",
    "€",
    "😀",
    "e\u0301",
    "let x = 1;",
    "\ufeff",
]

texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
encodings = st.sampled_from(["utf-8", "utf-16", "utf-32"])


def edit(version: int, *changes: Change) -> Edit:
    """What an editor says of its changes."""
    return Edit(Target("untitled:a", version), changes)


@settings(deadline=None)
@given(data=st.data(), text=texts, encoding=encodings)
def test_edits_are_followed(data: st.DataObject, text: str, encoding: Encoding) -> None:
    editor = ClientText(text, encoding)
    document = documents.opened(lsp.TextDocumentItem("untitled:a", "rune", 1, text))
    for version in range(2, 6):
        changes = []
        for _ in range(data.draw(st.integers(min_value=1, max_value=3))):
            first, second = sorted(data.draw(st.tuples(*[st.sampled_from(editor.places())] * 2)))
            new = data.draw(texts)
            range_ = Range(*(Position(*editor.position(place)) for place in (first, second)))
            changes.append(Change(new, range_))
            editor.replace(first, second, new)
        document = documents.edited(document, edit(version, *changes), encoding)
        assert document.text.decode() == editor.text
        assert document.version == version


def test_a_change_without_a_range_is_the_whole_text() -> None:
    document = documents.opened(lsp.TextDocumentItem("untitled:a", "rune", 1, "before"))
    change = Change("after")
    assert documents.edited(document, edit(2, change), "utf-16").text == b"after"


def test_positions_behind_the_end_are_at_the_end() -> None:
    document = documents.opened(lsp.TextDocumentItem("untitled:a", "rune", 1, "abc"))
    beyond = Range(Position(0, 10), Position(7, 0))
    change = Change("!", beyond)
    assert documents.edited(document, edit(2, change), "utf-16").text == b"abc!"


def test_half_a_pair_keeps_the_columns_right() -> None:
    document = documents.opened(lsp.TextDocumentItem("untitled:a", "rune", 1, "\ud83dx"))
    after = Range(Position(0, 1), Position(0, 2))
    assert document.text == "\ufffdx".encode()
    change = Change("y", after)
    assert documents.edited(document, edit(2, change), "utf-16").text == "\ufffdy".encode()
