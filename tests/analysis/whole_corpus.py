"""All scripts that there are for tests, those that are wrong among them, and what is shown of each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from runekiln_analysis.diagnostics import Diagnostic, diagnostics
from runekiln_analysis.facts import Facts, Severity
from runekiln_analysis.judgement import judge
from runekiln_analysis.script import Script
from runekiln_analysis.stubs import Bindings

from .fixtures import checker_for
from .host_bindings import BINDINGS
from .resolve.corpus import texts
from .rule_pages import PAGES, blocks, role_by
from .rules.judged import bindings
from .rules.test_habits import ITEMS, MENDED, TOLD

_GOLDEN = Path(__file__).parents[1] / "fixtures" / "golden"


@dataclass(frozen=True)
class Case:
    """A script by its path among its files."""

    name: str
    path: str
    files: dict[str, str]
    profile: str = "core"
    host: Bindings = BINDINGS

    @property
    def text(self) -> str:
        """The text of the script."""
        return self.files[self.path]

    def with_text(self, text: str) -> Case:
        """The same with another text."""
        return replace(self, files={**self.files, self.path: text})


@cache
def cases() -> tuple[Case, ...]:
    """The examples of the rules, Rune's own tests and documentation, golden messages, and what others write so."""
    return (*_of_pages(), *_of_rune(), *_golden(), *_foreign())


def shown(
    case: Case, severities: Mapping[str, Severity | Literal["off"]] = MappingProxyType({})
) -> tuple[Diagnostic, ...]:
    """All that is shown of the script; `severities` by code go first."""
    files = {path: text.encode() for path, text in case.files.items()}
    text = files[case.path]
    script = Script(facts_of(case), text, case.host)
    return diagnostics(script.main, severities, judge(script, role=role_by(case.path), modules=files), text)


def facts_of(case: Case) -> Facts:
    """What the guest says of it."""
    files = {path: text.encode() for path, text in case.files.items()}
    return checker_for(case.profile).check(case.path, files[case.path], files.get)


def _of_pages() -> Iterator[Case]:
    for page in sorted(PAGES.glob("*.md")):
        for number, block in enumerate(blocks(page.read_text(encoding="utf-8"))):
            yield from (Case(f"{page.stem} {number}", path, block.files, block.profile) for path in block.files)


def _of_rune() -> Iterator[Case]:
    for name, text in texts():
        for of, whole in ((name, text), (f"{name} in a function", f"pub fn main() {{\n{text}\n}}\n")):
            yield Case(of, "main.rn", {"main.rn": whole}, host=bindings())


def _golden() -> Iterator[Case]:
    for path in sorted(_GOLDEN.glob("check-*.json")):
        sources = json.loads(path.read_text(encoding="utf-8"))["request"]["sources"]
        files = {each["path"]: each["text"] for each in sources if isinstance(each["text"], str)}
        yield from (Case(path.name, name, files) for name in [*files][:1])


def _foreign() -> Iterator[Case]:
    for body, _ in (*MENDED, *TOLD):
        yield Case(body, "main.rn", {"main.rn": f"pub fn main(x) {{ {body} }}\n\nfn g(a) {{ a }}\n"})
    for item, _ in ITEMS:
        yield Case(item, "main.rn", {"main.rn": f"{item}\n\npub fn main() {{ 1 }}\n"})
