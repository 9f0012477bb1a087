"""A client as one of the real editors is, and what may be sent to it: what it has said that it can show."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from runekiln_analysis.text import Encoding

from .client_text import ClientText
from .editor import CAPABILITIES, Editor, Json, recorded

CLIENTS = tuple(sorted(path.stem for path in CAPABILITIES.glob("*.json")))

_FIRST_KINDS = range(1, 19)
"""The kinds of symbols and of completions that a client knows which does not say which it knows."""


class RealClient:
    """An editor with a script open, and the ways to look at what it is sent."""

    def __init__(self, name: str, editor: Editor) -> None:
        self.editor = editor
        self._capabilities = recorded(name)
        offered = self.can("general.positionEncodings") or ["utf-16"]
        self.encoding = cast("Encoding", offered[0])

    def can(self, path: str) -> Json:
        """What the editor says at that path of its capabilities; None if it says nothing."""
        found: Json = self._capabilities
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def of_document(self, path: str) -> Json:
        """The same, of what it can do with documents."""
        return self.can(f"textDocument.{path}")

    async def initialize(self, folder: Path) -> Json:
        """Say hello as the editor does."""
        folders = [{"uri": folder.as_uri(), "name": folder.name}]
        return await self.editor.initialize(self._capabilities, root=folder, workspaceFolders=folders)

    async def ask(self, method: str, uri: str, **others: Json) -> Json:
        """Ask about a document."""
        return await self.editor.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, **others})

    def position(self, text: str, behind: str) -> Json:
        """The place behind those words, as the editor counts."""
        line, column = ClientText(text, self.encoding).position(text.index(behind) + len(behind))
        return {"line": line, "character": column}

    def read(self, text: str, span: Json) -> str:
        """What stands between two places of one line."""
        line = ClientText(text.split("\n")[span["start"]["line"]], self.encoding)
        columns = {line.position(place)[1]: place for place in line.places()}
        assert span["end"]["line"] == span["start"]["line"]
        return line.text[columns[span["start"]["character"]] : columns[span["end"]["character"]]]

    def check_markup(self, content: Json, formats: Json) -> None:
        """Text in the first format that it takes, or a plain string for one that takes no other."""
        if formats:
            assert content["kind"] == formats[0]
            assert content["value"]
        else:
            assert isinstance(content, str)

    def check_only(self, sent: Json, name: str, path: str) -> None:
        """What has that name is sent to an editor that can show it, and to no other."""
        assert name not in sent or self.can(path), f"{name} is sent without {path}: {sent}"

    def check_problem(self, problem: Json) -> None:
        """A problem, for whichever way it came."""
        ways = [way for way in ("publishDiagnostics", "diagnostic") if self.of_document(way) is not None]

        def shows(what: str) -> bool:
            return any(self.of_document(f"{way}.{what}") for way in ways)

        assert "relatedInformation" not in problem or shows("relatedInformation")
        assert "codeDescription" not in problem or shows("codeDescriptionSupport")
        assert "data" not in problem or shows("dataSupport")
        known = {tag for way in ways for tag in self.of_document(f"{way}.tagSupport.valueSet") or ()}
        assert known.issuperset(problem.get("tags", ()))

    def check_completions(self, completions: Json) -> None:
        """A list of completions."""
        completion = "textDocument.completion"
        defaults = set(completions.get("itemDefaults", ()))
        assert defaults.issubset(self.can(f"{completion}.completionList.itemDefaults") or ())
        for item in completions["items"]:
            self.check_completion({**completions.get("itemDefaults", {}), **item})

    def check_completion(self, item: Json) -> None:
        """One of them, with what holds for all of the list."""
        able = "textDocument.completion.completionItem"
        kinds = self.of_document("completion.completionItemKind.valueSet") or _FIRST_KINDS
        assert item["kind"] in kinds
        assert item.get("insertTextFormat", 1) == 1 or self.can(f"{able}.snippetSupport"), item
        self.check_only(item, "labelDetails", f"{able}.labelDetailsSupport")
        self.check_only(item, "deprecated", f"{able}.deprecatedSupport")
        self.check_only(item, "commitCharacters", f"{able}.commitCharactersSupport")
        self.check_only(item, "preselect", f"{able}.preselectSupport")
        self.check_only(item, "insertTextMode", f"{able}.insertTextModeSupport")
        assert set(self.can(f"{able}.tagSupport.valueSet") or ()).issuperset(item.get("tags", ()))
        span = item.get("textEdit") or {"range": item.get("editRange")}
        has_both = "insert" in span or "insert" in (span.get("range") or ())
        assert not has_both or self.can(f"{able}.insertReplaceSupport")
        if "documentation" in item:
            self.check_markup(item["documentation"], self.can(f"{able}.documentationFormat"))

    def check_resolved(self, item: Json, full: Json) -> None:
        """What came later is what the editor can take later; the rest stays."""
        later = {name for name in full if full[name] != item.get(name)}
        assert later.issubset(self.of_document("completion.completionItem.resolveSupport.properties") or ()), later

    def check_places(self, places: Json, method: str) -> list[Json]:
        """The ranges of the names that places lead to: links for an editor that follows links."""
        has_links = self.of_document(f"{method}.linkSupport")
        return [place["targetSelectionRange" if has_links else "range"] for place in places]

    def edits_of(self, edit: Json, uri: str, version: int) -> list[Json]:
        """The edits of one file, of that version for an editor that knows versions."""
        if not self.can("workspace.workspaceEdit.documentChanges"):
            assert edit.keys() == {"changes"}
            return list(edit["changes"][uri])
        assert edit.keys() == {"documentChanges"}
        documents = {each["textDocument"]["uri"]: each for each in edit["documentChanges"]}
        assert documents[uri]["textDocument"]["version"] == version
        return list(documents[uri]["edits"])

    def check_action(self, action: Json) -> None:
        """An action, not yet chosen."""
        self.check_only(action, "isPreferred", "textDocument.codeAction.isPreferredSupport")
        self.check_only(action, "disabled", "textDocument.codeAction.disabledSupport")
        self.check_only(action, "data", "textDocument.codeAction.dataSupport")
        kinds = self.of_document("codeAction.codeActionLiteralSupport.codeActionKind.valueSet")
        assert any(action["kind"] == kind or action["kind"].startswith(f"{kind}.") for kind in kinds)
        if not (action.keys() & {"edit", "disabled"}):
            assert "edit" in self.of_document("codeAction.resolveSupport.properties")

    def check_symbols(self, symbols: Json) -> list[str]:
        """The names of the symbols of a document: a tree of them for an editor that shows trees."""
        kinds = self.of_document("documentSymbol.symbolKind.valueSet") or _FIRST_KINDS
        is_tree = bool(self.of_document("documentSymbol.hierarchicalDocumentSymbolSupport"))
        names = []
        for symbol in symbols:
            assert symbol["kind"] in kinds
            assert ("location" not in symbol) == is_tree
            names += [symbol["name"], *self.check_symbols(symbol.get("children", ()))]
        return names

    def check_tokens(self, data: list[int], legend: Json, text: str) -> set[str]:
        """The kinds of tokens: none that the editor does not know, none over lines or over another."""
        able = "semanticTokens"
        lines = text.split("\n")
        used, line, column, free = set(), 0, 0, 0
        for down, right, length, kind, modifiers in _by_fives(data):
            line, column = line + down, right if down else column + right
            free = 0 if down else free
            assert column >= free or self.of_document(f"{able}.overlappingTokenSupport")
            free = column + length
            assert free <= ClientText(lines[line], self.encoding).position(len(lines[line]))[1]
            names = {name for number, name in enumerate(legend["tokenModifiers"]) if modifiers >> number & 1}
            assert names.issubset(self.of_document(f"{able}.tokenModifiers"))
            used.add(legend["tokenTypes"][kind])
        assert used.issubset(self.of_document(f"{able}.tokenTypes"))
        return used

    def check_label(self, label: Json) -> str:
        """The text of a hint's label: in parts for an editor that can ask for more about each."""
        if isinstance(label, str):
            return label
        later = self.of_document("inlayHint.resolveSupport.properties") or ()
        assert any(name.startswith("label.") for name in later)
        return "".join(part["value"] for part in label)

    def check_folds(self, folds: Json) -> None:
        """Parts that can be folded."""
        for fold in folds:
            self.check_only(fold, "collapsedText", "textDocument.foldingRange.foldingRange.collapsedText")
            if self.of_document("foldingRange.lineFoldingOnly"):
                assert fold["startLine"] < fold["endLine"]


def _by_fives(data: list[int]) -> Iterable[tuple[int, ...]]:
    return zip(*(data[start::5] for start in range(5)), strict=True)
