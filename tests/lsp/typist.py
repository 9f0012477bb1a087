"""Somebody who edits a document at random, and knows what its text is and how its problems are to be shown."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from random import Random

from runekiln_analysis.diagnostics import Diagnostic
from runekiln_analysis.text import Encoding

from tests.soak.corpus import any_text
from tests.soak.edits import OPERATIONS, Splice, Splices

from .client_text import ClientText
from .editor import Editor, Json

SEVERITIES = {"error": 1, "warning": 2, "info": 3, "hint": 4}

LONGEST = 6_000
"""Longer texts are cut, since a naive editor is slow."""


class Typist:
    """Edits one document at random, and knows its text."""

    def __init__(self, editor: Editor, uri: str, encoding: Encoding, random: Random, text: str) -> None:
        self.editor = editor
        self.uri = uri
        self.random = random
        self.version = 1
        self.document = ClientText(text[:LONGEST], encoding)
        editor.open(uri, self.document.text)

    def edit(self) -> None:
        """Send one or more edits in one notification."""
        changes: list[Json] = []
        for splices in itertools.islice(self._edits(), self.random.randint(1, 4)):
            changes.extend(self._change(splice) for splice in splices)
        if len(self.document.text) > LONGEST:
            changes.append(self._change(Splice(LONGEST // 2, len(self.document.text), "")))
        self.version += 1
        self.editor.change(self.uri, changes, self.version)

    def _edits(self) -> Iterator[Splices]:
        while True:
            [operation] = self.random.choices(list(OPERATIONS), list(OPERATIONS.values()))
            yield from operation(self.document.text, any_text(self.random), self.random)

    def _change(self, splice: Splice) -> Json:
        places = [min(place, len(self.document.text)) for place in (splice.start, splice.end)]
        # No cursor can be put between the two characters of a line end.
        start, end = (place - self.document.is_inside_line_end(place) for place in places)
        range_ = self._range(start, end)
        self.document.replace(start, end, splice.text)
        if self.random.random() < 0.05:
            return {"text": self.document.text}
        return {"range": range_, "text": splice.text}

    def shown_as(self, found: Diagnostic) -> Json:
        """A problem as the server has to show it."""
        encoded = self.document.text.encode()
        places = [len(encoded[:offset].decode()) for offset in found.span]
        range_ = self._range(*places)
        return {"range": range_, "severity": SEVERITIES[found.severity], "code": found.code, "message": found.message}

    def _range(self, start: int, end: int) -> Json:
        (line, column), (last_line, last_column) = (self.document.position(place) for place in (start, end))
        return {
            "start": {"line": line, "character": column},
            "end": {"line": last_line, "character": last_column},
        }


async def shown(typist: Typist, pulls: bool) -> list[Json]:
    """What the server shows of the document as it is now."""
    if pulls:
        asked = {"textDocument": {"uri": typist.uri}}
        found = (await typist.editor.request("textDocument/diagnostic", asked))["items"]
    else:
        found = await typist.editor.diagnostics(typist.uri, typist.version)
    return [{name: problem[name] for name in ("range", "severity", "code", "message")} for problem in found]


def in_order(problems: Iterable[Json]) -> list[str]:
    return sorted(json.dumps(problem, sort_keys=True) for problem in problems)
