"""Completions as a client can take them: what it does not declare is not sent, what it asks for later is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lsprotocol import types as lsp
from runekiln_analysis.candidates import CandidateKind
from runekiln_analysis.completion import Completion
from runekiln_analysis.facts import Offsets

from runekiln_server.lsp import convert
from runekiln_server.lsp.client import Client
from runekiln_server.world import Document

_COMPLETION_KINDS: Mapping[CandidateKind, lsp.CompletionItemKind] = {
    "variable": lsp.CompletionItemKind.Variable,
    "parameter": lsp.CompletionItemKind.Variable,
    "field": lsp.CompletionItemKind.Field,
    "method": lsp.CompletionItemKind.Method,
    "function": lsp.CompletionItemKind.Function,
    "struct": lsp.CompletionItemKind.Struct,
    "enum": lsp.CompletionItemKind.Enum,
    "variant": lsp.CompletionItemKind.EnumMember,
    "type": lsp.CompletionItemKind.Class,
    "module": lsp.CompletionItemKind.Module,
    "constant": lsp.CompletionItemKind.Constant,
    "macro": lsp.CompletionItemKind.Function,
    "attribute": lsp.CompletionItemKind.Property,
    "event": lsp.CompletionItemKind.Event,
    "file": lsp.CompletionItemKind.File,
    "value": lsp.CompletionItemKind.Value,
    "snippet": lsp.CompletionItemKind.Snippet,
    "keyword": lsp.CompletionItemKind.Keyword,
    "postfix": lsp.CompletionItemKind.Snippet,
}

_COMMITTING = ("variable", "parameter", "field", "module")
"""What is whole as it is: a dot behind it takes it and goes on."""
_SIGNATURE = re.compile(r"(\(.*\))(?: -> (.*))?$")


def to_list(
    document: Document, found: Sequence[Completion], offset: int, client: Client, answer: int, *, is_incomplete: bool
) -> lsp.CompletionList:
    """All offers, each with the edit that takes it."""
    shown = [(place, each) for place, each in enumerate(found) if client.snippets or each.insert]
    same = {each.replace for _, each in shown}
    span = same.pop() if len(same) == 1 and "editRange" in client.item_defaults else None
    items = [_item(document, each, offset, client, [answer, place], span) for place, each in shown]
    defaults = None if span is None else lsp.CompletionItemDefaults(edit_range=_ranges(document, span, offset, client))
    return lsp.CompletionList(is_incomplete=is_incomplete, items=items, item_defaults=defaults)


def resolved(
    item: lsp.CompletionItem, document: Document, completion: Completion, client: Client
) -> lsp.CompletionItem:
    """The item with what was left out of it."""
    detail, docs = completion.describe()
    if "detail" in client.resolved_later:
        item.detail = detail or None
    if "documentation" in client.resolved_later and docs:
        item.documentation = convert.marked_up(docs, client.documentation_format)
    if "additionalTextEdits" in client.resolved_later:
        item.additional_text_edits = _edits(document, completion, client)
    return item


def _item(
    document: Document,
    completion: Completion,
    offset: int,
    client: Client,
    data: list[int],
    default: Offsets | None,
) -> lsp.CompletionItem:
    detail, docs = completion.describe()
    snippet = completion.snippet if client.snippets else None
    if snippet is None:
        text = completion.insert
    elif _has_places(snippet):
        text = snippet
    else:
        text, snippet = snippet.removesuffix("$0"), None
    # What is made of optional parts costs less than a constructor that checks each.
    parts: dict[str, Any] = {}
    if default is not None:
        parts["text_edit_text"] = text
    else:
        parts["text_edit"] = _edit(document, completion.replace, offset, text, client)
    if snippet is not None:
        parts["insert_text_format"] = lsp.InsertTextFormat.Snippet
        if "\n" in text and client.adjusts_indentation:
            parts["insert_text_mode"] = lsp.InsertTextMode.AdjustIndentation
    if "detail" not in client.resolved_later and detail:
        parts["detail"] = detail
    if "documentation" not in client.resolved_later and docs:
        parts["documentation"] = convert.marked_up(docs, client.documentation_format)
    if completion.edits and "additionalTextEdits" not in client.resolved_later:
        parts["additional_text_edits"] = _edits(document, completion, client)
    if client.label_details:
        parts["label_details"] = _label_details(completion, detail)
    if completion.matched != completion.label:
        parts["filter_text"] = completion.matched
    if completion.deprecated and client.deprecated_tags:
        parts["tags"] = [lsp.CompletionItemTag.Deprecated]
    elif completion.deprecated and client.deprecated_flags:
        parts["deprecated"] = True
    if client.preselects and completion.sort_key == "000":
        parts["preselect"] = True
    if client.commit_characters and completion.kind in _COMMITTING and not completion.is_guess:
        parts["commit_characters"] = [":"] if completion.kind == "module" else ["."]
    return lsp.CompletionItem(
        label=completion.label,
        kind=_COMPLETION_KINDS[completion.kind],
        sort_text=completion.sort_key,
        data=data,
        **parts,
    )


def _has_places(snippet: str) -> bool:
    """Whether there is more to fill in than the end, where the cursor is anyway.

    To an editor that has the places of one completion at a time, such as Neovim, another one would end those around it.
    """
    return any(sign in snippet.removesuffix("$0") for sign in ("$", "\\", "\n"))


def _label_details(completion: Completion, detail: str) -> lsp.CompletionItemLabelDetails | None:
    """What stands beside the name: parameters and type, or where it comes from."""
    if completion.edits and completion.kind != "postfix":
        return lsp.CompletionItemLabelDetails(description=detail)
    if completion.kind in ("method", "function"):
        found = _SIGNATURE.search(detail.partition("\n")[0])
        shown = None if found is None else found[1].replace("(self, ", "(").replace("(self)", "()")
        return None if found is None else lsp.CompletionItemLabelDetails(shown, found[2])
    kind = detail.partition(": ")[2] if completion.kind in ("field", "variable", "parameter") else ""
    return lsp.CompletionItemLabelDetails(description=kind) if kind else None


def _ranges(
    document: Document, span: Offsets, offset: int, client: Client
) -> lsp.Range | lsp.EditRangeWithInsertReplace:
    """What an item replaces; a client that lets the user choose may leave what is behind the cursor."""
    whole = convert.from_span(document.index, span, client.encoding)
    if not client.inserts_or_replaces or span[1] == offset:
        return whole
    return lsp.EditRangeWithInsertReplace(convert.from_span(document.index, (span[0], offset), client.encoding), whole)


def _edit(
    document: Document, span: Offsets, offset: int, text: str, client: Client
) -> lsp.TextEdit | lsp.InsertReplaceEdit:
    ranges = _ranges(document, span, offset, client)
    if isinstance(ranges, lsp.Range):
        return lsp.TextEdit(ranges, text)
    return lsp.InsertReplaceEdit(text, ranges.insert, ranges.replace)


def _edits(document: Document, completion: Completion, client: Client) -> list[lsp.TextEdit] | None:
    return [convert.from_edit(document.index, each, client.encoding) for each in completion.edits] or None
