"""The pages of `docs/rules`: their examples as tests, and what the rules really say written into them.

In a block `//- path` begins another file of the kiln, the first being a script of it; `//- profile: name` before all of
them says for which loader they are. A line of carets marks what is above it, and is no part of the script. Run this
module to write the marks and the repaired texts into the pages anew, and the list of all rules into the analysis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import runekiln_analysis
from runekiln_analysis.diagnostics import Diagnostic, diagnostics
from runekiln_analysis.facts import Fix, Problem
from runekiln_analysis.judgement import judge
from runekiln_analysis.kiln_view import RegisteringFile, view_kiln
from runekiln_analysis.registrations import Role, registrations
from runekiln_analysis.script import Script
from runekiln_analysis.text import LineIndex

from .fixtures import checker_for
from .host_bindings import BINDINGS

PAGES = Path(__file__).parents[2] / "docs" / "rules"
LIST = Path(runekiln_analysis.__file__).parent / "codes" / "of_rules.py"
FIRST = ".crucible/scripts/example.rn"
_BLOCK = re.compile(r"^```rune\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
_MARK = re.compile(r"^ *\^+ (?:error|warning|info|hint)\[.*\n", re.MULTILINE)
_FILE = re.compile(r"^//- (\S+)\n", re.MULTILINE)
_PROFILE = re.compile(r"\A//- profile: (\S+)\n")
_ROW = re.compile(r"^\| \[`([a-z-]+)`\]\([a-z-]+\.md\) \| (.*) \|$", re.MULTILINE)
_LIST_HEAD = '''\
"""The codes of the rules, a line each: the code, how severe it is, what it is about.

`python -m tests.analysis.rule_pages` writes this, of the pages in `docs/rules`.
"""

from __future__ import annotations

OF_RULES = """\\
'''


@dataclass(frozen=True)
class Block:
    """A block of Rune in a page, under the heading `section`; `span` is that of its text in the page."""

    section: str
    marked: str
    span: tuple[int, int]

    @property
    def files(self) -> dict[str, str]:
        """The files in it, without marks."""
        first, *others = _FILE.split(_MARK.sub("", _PROFILE.sub("", self.marked)))
        named = dict(zip(others[::2], others[1::2], strict=True))
        return named if not first else {FIRST: first, **named}

    @property
    def profile(self) -> str:
        """The loader that has the files."""
        said = _PROFILE.match(self.marked)
        return "core" if said is None else said[1]


def code_of(page: Path) -> str:
    """The code that a page is about."""
    return page.stem


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a page."""
    headings = list(_HEADING.finditer(text))
    for found in _BLOCK.finditer(text):
        section = next(heading[1] for heading in reversed(headings) if heading.start() < found.start())
        yield Block(section, found[1], found.span(1))


def found_in(block: Block) -> dict[str, tuple[Diagnostic, ...]]:
    """What the rules say of each file, and every error of the real compiler."""
    files = {path: text.encode() for path, text in block.files.items()}
    guest = checker_for(block.profile)
    facts = {path: guest.check(path, text, files.get) for path, text in files.items()}
    scripts = {path: Script(facts[path], text, BINDINGS) for path, text in files.items()}
    listed = tuple(
        RegisteringFile(path, _rank(path), registrations(script, role_by(path))) for path, script in scripts.items()
    )
    together = view_kiln(listed).problems
    return {
        path: _shown(script, (*judge(script, role=role_by(path), modules=files), *together.get(path, ())))
        for path, script in scripts.items()
    }


def drawn(block: Block) -> str:
    """The block with what the rules really say marked in it."""
    found = found_in(block)
    has_marks_of_files = bool(_FILE.search(block.marked))
    said = _PROFILE.match(block.marked)
    parts: list[str] = [] if said is None else [said[0]]
    for path, text in block.files.items():
        parts += [f"//- {path}\n"] if has_marks_of_files and path != FIRST else []
        parts.append(_with_marks(text, found[path]))
    return "".join(parts)


def repaired(block: Block, code: str) -> str | None:
    """The first file of a block after the first fix that there is for the code; `None` if there is none."""
    for path, found in found_in(block).items():
        fixes = [fix for diagnostic in found if diagnostic.code == code for fix in diagnostic.fixes]
        if fixes:
            return applied(block.files[path], fixes[0])
    return None


def applied(text: str, fix: Fix) -> str:
    """The text after a fix."""
    content = text.encode()
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        start, end = edit.span
        content = content[:start] + edit.text.encode() + content[end:]
    return content.decode()


def rewritten(text: str, code: str) -> str:
    """The page with the marks and repaired texts that are true."""
    in_order = list(blocks(text))
    broken = next((block for block in in_order if block.section == "Triggers"), None)
    for block in reversed(in_order):
        start, end = block.span
        new = drawn(block)
        if block.section == "Fix" and broken is not None:
            new = repaired(broken, code) or new
        text = text[:start] + new + text[end:]
    return text


def of_rules() -> str:
    """The list of the codes that have a page: each with the worst severity in it, and what the overview says of it."""
    overview = dict(_ROW.findall((PAGES / "README.md").read_text(encoding="utf-8")))
    rows = (f"{code} {_severity(code)} {about}\n" for code, about in sorted(overview.items()))
    return f'{_LIST_HEAD}{"".join(rows)}"""\n'


def _severity(code: str) -> str:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    marked = re.findall(rf"^ *\^+ (error|warning|info|hint)\[{code}\]", page, re.MULTILINE)
    # A page that is new has no marks yet.
    return min(marked, key=("error", "warning", "info", "hint").index, default="warning")


def _shown(script: Script, judged: tuple[Problem, ...]) -> tuple[Diagnostic, ...]:
    ours = {each.code for each in judged} | {"malformed-allow", "unallowable", "unknown-code", "unused-allow"}
    everything = diagnostics(script.main, {}, judged, script.text)
    told = (each for each in everything if each.severity == "error" or each.code == "unavailable-in-profile")
    return tuple(dict.fromkeys((*told, *(each for each in everything if each.code in ours))))


def _with_marks(text: str, found: tuple[Diagnostic, ...]) -> str:
    index = LineIndex(text.encode())
    lines = text.splitlines(keepends=True)
    for diagnostic in sorted(found, key=lambda each: (-each.span[0], each.code)):
        line, column = index.position(diagnostic.span[0], "utf-32")
        last_line, last_column = index.position(diagnostic.span[1], "utf-32")
        width = last_column - column if last_line == line else len(lines[line].rstrip("\n")) - column
        mark = f"{' ' * column}{'^' * max(width, 1)} {diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}\n"
        lines.insert(line + 1, mark)
    return "".join(lines)


def role_by(path: str) -> Role:
    """What the host takes a file of an example for."""
    return "plugin" if "plugins/" in path else "script"


def _rank(path: str) -> int:
    return 1 if path.startswith("plugins/") else 0


if __name__ == "__main__":
    # Comments that allow something want to know what there is; the module that has read the list keeps to it.
    LIST.write_text(of_rules(), encoding="utf-8")
    for page in sorted(PAGES.glob("*.md")):
        if page.stem != "README":
            page.write_text(rewritten(page.read_text(encoding="utf-8"), code_of(page)), encoding="utf-8")
    LIST.write_text(of_rules(), encoding="utf-8")
