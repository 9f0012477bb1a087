"""What an editor offers to do about a problem."""

from __future__ import annotations

import pytest
from runekiln_analysis.actions import Action, quick_fixes, whole_file
from runekiln_analysis.diagnostics import Diagnostic
from runekiln_analysis.facts import Facts, Fix
from runekiln_analysis.fixing import applied
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.text import LineIndex

from .fixtures import CURSOR
from .host_bindings import BINDINGS
from .whole_corpus import Case, cases, facts_of, shown


def offered(case: Case, offset: int) -> list[Action]:
    """The quick fixes at a place."""
    return list(quick_fixes(snapshot_of(case), shown(case), (offset, offset)))


def at_cursor(marked: str) -> tuple[Case, list[Action]]:
    before, _, after = marked.partition(CURSOR)
    case = Case("here", "main.rn", {"main.rn": before + after})
    return case, offered(case, len(before.encode()))


def snapshot_of(case: Case) -> Snapshot:
    text = case.text.encode()
    return Snapshot(case.path, text, LineIndex(text), Facts((facts_of(case).script,)), BINDINGS)


def done(case: Case, action: Action) -> str:
    return applied(case.text.encode(), (Fix(action.title, action.edits),)).decode()


def allowed(marked: str) -> str:
    """The text after what is offered last, which is to allow the problem."""
    case, actions = at_cursor(marked)
    assert actions[-1].title.startswith("Allow `")
    return done(case, actions[-1])


def test_a_problem_can_be_mended_or_allowed() -> None:
    _, actions = at_cursor("pub fn main(bed) {\n    if bed == Tru$0e { 1 }\n}\n")
    assert [(each.title, each.is_preferred, bool(each.disabled)) for each in actions] == [
        ("Write `true`", True, False),
        ("Allow `missing-item` here", False, True),
    ]


def test_what_is_not_safe_is_not_preferred() -> None:
    _, actions = at_cursor("pub fn main(bed) {\n    let su$0nny = 1;\n    bed\n}\n")
    assert [(each.title, each.is_preferred) for each in actions] == [
        ("Rename to `_sunny`", False),
        ("Allow `unused-variable` here", False),
    ]


def test_where_no_problem_is_nothing_is_offered() -> None:
    assert at_cursor("pub fn ma$0in(bed) {\n    let sunny = 1;\n    bed\n}\n")[1] == []


def test_all_of_a_kind_are_mended_at_once() -> None:
    case, actions = at_cursor("pub fn main(bed) {\n    let su$0nny = 1;\n    let dry = 1;\n    bed\n}\n")
    (everything,) = (each for each in actions if each.name == "unused-variable")
    assert everything.title == "Fix all `unused-variable` in this file"
    assert done(case, everything) == case.text.replace("sunny", "_sunny").replace("dry", "_dry")


def test_all_safe_fixes_of_a_file() -> None:
    case, _ = at_cursor(
        "pub fn main(bed) {\n    let mut sunny = bed;\n    let wet = 1;\n    let mut dry = 1;\n    dry\n}\n"
    )
    action = next(whole_file(shown(case)))
    assert done(case, action) == case.text.replace("mut ", "")
    assert not action.disabled
    fine = Case("fine", "main.rn", {"main.rn": "pub fn main() { 1 }\n"})
    assert next(whole_file(shown(fine))).disabled


@pytest.mark.parametrize(
    ("marked", "after"),
    [
        (
            "pub fn main() {\n    let $0sunny = 1;\n}\n",
            "pub fn main() {\n    // runekiln: allow(unused-variable)\n    let sunny = 1;\n}\n",
        ),
        (
            "pub fn main() {\r\n\tlet $0sunny = 1;\r\n}\r\n",
            "pub fn main() {\r\n\t// runekiln: allow(unused-variable)\r\n\tlet sunny = 1;\r\n}\r\n",
        ),
        (
            "pub fn main() {\n    // runekiln: allow(not-used)\n    let $0sunny = 1;\n}\n",
            "pub fn main() {\n    // runekiln: allow(not-used, unused-variable)\n    let sunny = 1;\n}\n",
        ),
        (
            "pub fn main() {\n    let $0sunny = 1; // runekiln: allow(not-used): ours\n}\n",
            "pub fn main() {\n    let sunny = 1; // runekiln: allow(not-used, unused-variable): ours\n}\n",
        ),
        (
            "//! runekiln: allow(not-used)\npub fn main() {\n    let $0sunny = 1;\n}\n",
            "//! runekiln: allow(not-used)\npub fn main() {\n"
            "    // runekiln: allow(unused-variable)\n    let sunny = 1;\n}\n",
        ),
        (
            "// runekiln: allow(not-used)\npub fn main() {\n    let $0sunny = 1;\n}\n",
            "// runekiln: allow(not-used)\npub fn main() {\n"
            "    // runekiln: allow(unused-variable)\n    let sunny = 1;\n}\n",
        ),
        # A comment in a template would be a part of it.
        (
            "pub fn main() {\n    `\n${ |$0sunny| { let dry = 1; 2 } }`\n}\n".replace("$0sunny", "_").replace(
                "dry", "d$0ry"
            ),
            "pub fn main() {\n    // runekiln: allow(unused-variable)\n    `\n${ |_| { let dry = 1; 2 } }`\n}\n",
        ),
        # One between an attribute and its function would keep the host from finding it.
        (
            '/// Digs.\n#[tool(desc = "Digs")]\nfn $0dig() {\n    1\n}\n\npub fn main() {\n    dig()\n}\n',
            '// runekiln: allow(not-public)\n/// Digs.\n#[tool(desc = "Digs")]\nfn dig() {\n    1\n}\n\n'
            "pub fn main() {\n    dig()\n}\n",
        ),
    ],
)
def test_a_comment_allows_it_where_a_comment_can_stand(marked: str, after: str) -> None:
    assert allowed(marked) == after
    assert [each for each in shown(Case("after", "main.rn", {"main.rn": after})) if each.code != "unused-allow"] == []


def test_every_problem_that_can_be_allowed_is_gone_then_and_nothing_else_is() -> None:
    count = 0
    for case in cases():
        before = shown(case)
        for diagnostic in before:
            allow = allowing(case, diagnostic)
            if allow is None or allow.disabled:
                continue
            after = shown(case.with_text(done(case, allow)))
            assert named(after).isdisjoint({named_one(diagnostic)} - repeated(before)), (case.name, diagnostic)
            assert named(after) - named(before) == set(), (case.name, done(case, allow))
            count += 1
    assert count > 200


def allowing(case: Case, diagnostic: Diagnostic) -> Action | None:
    """What is offered to allow a problem; comments of that kind cannot be allowed by another one."""
    actions = quick_fixes(snapshot_of(case), (diagnostic,), diagnostic.span)
    return next((each for each in actions if each.title.startswith("Allow `")), None)


def named(found: tuple[Diagnostic, ...]) -> set[tuple[str, str]]:
    return {named_one(each) for each in found}


def named_one(diagnostic: Diagnostic) -> tuple[str, str]:
    return (diagnostic.code, diagnostic.message)


def repeated(found: tuple[Diagnostic, ...]) -> set[tuple[str, str]]:
    """What is said of several places, of which one comment allows one."""
    every = [named_one(each) for each in found]
    return {each for each in every if every.count(each) > 1}
