"""The only place where the protocol's positions become offsets, and where our values become the protocol's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from runekiln_analysis.facts import Edit, Offsets, Related
from runekiln_analysis.text import Encoding, LineIndex

from runekiln_server.code_pages import address_of
from runekiln_server.lsp import edits, shown
from runekiln_server.lsp.client import Client
from runekiln_server.world import Document

if TYPE_CHECKING:
    # Their features are imported when they are asked for, not before `initialize` is answered.
    from runekiln_analysis.diagnostics import Diagnostic
    from runekiln_analysis.folding import Fold, FoldKind
    from runekiln_analysis.hover import Hover
    from runekiln_analysis.symbols import Symbol, SymbolKind

SOURCE = "runekiln"

_MOST_STEPS = 100

_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error.value,
    "warning": lsp.DiagnosticSeverity.Warning.value,
    "info": lsp.DiagnosticSeverity.Information.value,
    "hint": lsp.DiagnosticSeverity.Hint.value,
}
_TAGS = {"unused": lsp.DiagnosticTag.Unnecessary, "deprecated": lsp.DiagnosticTag.Deprecated}

_SYMBOL_KINDS: Mapping[SymbolKind, lsp.SymbolKind] = {
    "function": lsp.SymbolKind.Function,
    "method": lsp.SymbolKind.Method,
    "struct": lsp.SymbolKind.Struct,
    "field": lsp.SymbolKind.Field,
    "enum": lsp.SymbolKind.Enum,
    "variant": lsp.SymbolKind.EnumMember,
    "constant": lsp.SymbolKind.Constant,
    "module": lsp.SymbolKind.Module,
    "impl": lsp.SymbolKind.Class,
    "type": lsp.SymbolKind.TypeParameter,
    "macro": lsp.SymbolKind.Function,
    "attribute": lsp.SymbolKind.Property,
    "event": lsp.SymbolKind.Event,
    "trait": lsp.SymbolKind.Interface,
    "protocol": lsp.SymbolKind.Operator,
}
_FOLD_KINDS: Mapping[FoldKind, lsp.FoldingRangeKind | None] = {
    "comment": lsp.FoldingRangeKind.Comment,
    "imports": lsp.FoldingRangeKind.Imports,
    "code": None,
}
Locate = Callable[[Related], shown.Location | None]
"""Where a related place lies, or None if its file cannot be read any more."""


def to_offset(index: LineIndex, position: lsp.Position | edits.Position, encoding: Encoding) -> int:
    """The byte offset of a position."""
    return index.offset(position.line, position.character, encoding)


def to_offsets(index: LineIndex, range_: lsp.Range | edits.Range, encoding: Encoding) -> Offsets:
    """The byte offsets of a range; a range that is the wrong way round is empty."""
    start = to_offset(index, range_.start, encoding)
    return (start, max(start, to_offset(index, range_.end, encoding)))


def from_span(index: LineIndex, span: Offsets, encoding: Encoding) -> lsp.Range:
    """The range of a span of bytes."""
    start, end = index.position(span[0], encoding), index.position(span[1], encoding)
    return lsp.Range(lsp.Position(*start), lsp.Position(*end))


def to_show(index: LineIndex, span: Offsets, encoding: Encoding) -> edits.Range:
    """The same for what goes out with every key."""
    start, end = index.position(span[0], encoding), index.position(span[1], encoding)
    return edits.Range(edits.Position(*start), edits.Position(*end))


def from_edit(index: LineIndex, edit: Edit, encoding: Encoding) -> lsp.TextEdit:
    """A change of the text."""
    return lsp.TextEdit(from_span(index, edit.span, encoding), edit.text)


def from_diagnostic(index: LineIndex, diagnostic: Diagnostic, client: Client, locate: Locate) -> shown.Diagnostic:
    """A problem as this client can show it."""
    tags = tuple(_TAGS[tag].value for tag in diagnostic.tags if _TAGS[tag] in client.diagnostic_tags)
    related = (_from_related(place, locate) for place in diagnostic.related) if client.related_places else ()
    return shown.Diagnostic(
        range=to_show(index, diagnostic.span, client.encoding),
        message=diagnostic.message,
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.code,
        source=SOURCE,
        tags=tags or None,
        related_information=tuple(place for place in related if place is not None) or None,
        code_description=_described(diagnostic.code) if client.code_descriptions else None,
    )


def to_report(problems: Iterable[shown.Diagnostic]) -> list[lsp.Diagnostic]:
    """The same problems for an answer, which lsprotocol writes."""
    return [
        lsp.Diagnostic(
            range=_reported(problem.range),
            message=problem.message,
            severity=lsp.DiagnosticSeverity(problem.severity),
            code=problem.code,
            source=problem.source,
            tags=[lsp.DiagnosticTag(tag) for tag in problem.tags or ()] or None,
            related_information=[
                lsp.DiagnosticRelatedInformation(
                    lsp.Location(place.location.uri, _reported(place.location.range)), place.message
                )
                for place in problem.related_information or ()
            ]
            or None,
            code_description=lsp.CodeDescription(problem.code_description.href) if problem.code_description else None,
        )
        for problem in problems
    ]


def from_hover(index: LineIndex, hover: Hover, client: Client) -> lsp.Hover:
    """Hover text, for this client."""
    return lsp.Hover(marked_up(hover.markdown, client.hover_format), from_span(index, hover.span, client.encoding))


def from_symbol(index: LineIndex, symbol: Symbol, encoding: Encoding) -> lsp.DocumentSymbol:
    """A symbol with those inside it."""
    return lsp.DocumentSymbol(
        name=symbol.name,
        detail=symbol.detail or None,
        kind=_SYMBOL_KINDS[symbol.kind],
        range=from_span(index, symbol.span, encoding),
        selection_range=from_span(index, symbol.name_span, encoding),
        children=[from_symbol(index, child, encoding) for child in symbol.children] or None,
    )


def symbol_kind(kind: SymbolKind) -> lsp.SymbolKind:
    """The protocol's word for a kind of symbol."""
    return _SYMBOL_KINDS[kind]


def from_symbols_flat(
    document: Document, symbols: Iterable[Symbol], encoding: Encoding, around: str | None = None
) -> Iterator[lsp.SymbolInformation]:
    """The same symbols in one list, each naming the one that it is inside of."""
    for symbol in symbols:
        location = lsp.Location(document.uri, from_span(document.index, symbol.span, encoding))
        yield lsp.SymbolInformation(location, symbol.name, _SYMBOL_KINDS[symbol.kind], container_name=around)
        yield from from_symbols_flat(document, symbol.children, encoding, symbol.name)


def from_folded_lines(first: int, last: int, kind: FoldKind) -> lsp.FoldingRange:
    """What stands behind line `first` up to line `last`, both from 0."""
    return lsp.FoldingRange(first, last, kind=_FOLD_KINDS[kind])


def from_fold(index: LineIndex, fold: Fold, encoding: Encoding) -> lsp.FoldingRange:
    """What a client hides that can hide parts of lines."""
    (first, start), (last, end) = (index.position(offset, encoding) for offset in fold.span)
    return lsp.FoldingRange(first, last, start, end, _FOLD_KINDS[fold.kind])


def from_selection(index: LineIndex, spans: Sequence[Offsets], encoding: Encoding) -> lsp.SelectionRange:
    """The innermost of the spans, with those around it; not all of hundreds, which JSON would nest."""
    spans = (*spans[:_MOST_STEPS], spans[-1]) if len(spans) > _MOST_STEPS else spans
    grown = lsp.SelectionRange(from_span(index, spans[-1], encoding))
    for span in spans[-2::-1]:
        grown = lsp.SelectionRange(from_span(index, span, encoding), grown)
    return grown


def plain(markdown: str) -> str:
    """Markdown without its code fences, for clients that show the text as it is."""
    return "\n".join(line for line in markdown.split("\n") if not line.startswith("```"))


def marked_up(markdown: str, kind: lsp.MarkupKind | None) -> lsp.MarkupContent | str:
    """A text as the client takes it."""
    match kind:
        case lsp.MarkupKind.Markdown:
            return lsp.MarkupContent(kind, markdown)
        case lsp.MarkupKind.PlainText:
            return lsp.MarkupContent(kind, plain(markdown))
        case None:
            return plain(markdown)


def _from_related(place: Related, locate: Locate) -> shown.RelatedInformation | None:
    location = locate(place)
    return shown.RelatedInformation(location, place.message) if location is not None else None


def _described(code: str) -> shown.CodeDescription | None:
    address = address_of(code)
    return None if address is None else shown.CodeDescription(address)


def _reported(range_: edits.Range) -> lsp.Range:
    start, end = range_.start, range_.end
    return lsp.Range(lsp.Position(start.line, start.character), lsp.Position(end.line, end.character))
