"""Places in the files of a fixture, drawn so that a test shows the text that is meant."""

from __future__ import annotations

from collections.abc import Mapping

from runekiln_analysis.facts import Offsets


def drawn_at(files: Mapping[str, bytes], path: str, span: Offsets) -> str:
    """The line with the span in brackets, behind the file and the number of the line: `main.rn:2 let [x] = 1;`."""
    text = files[path]
    before = text.rfind(b"\n", 0, span[0]) + 1
    end = text.find(b"\n", span[1])
    behind = text[span[1] : len(text) if end < 0 else end].decode()
    line = f"{text[before : span[0]].decode()}[{text[slice(*span)].decode()}]{behind}".strip()
    return f"{path.removeprefix('kiln/')}:{text.count(bytes([10]), 0, span[0]) + 1} {line}"
