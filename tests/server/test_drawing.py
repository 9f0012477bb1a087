"""Source lines as they are drawn: carets stand below what they mean, whatever the line holds."""

from __future__ import annotations

from inline_snapshot import snapshot
from runekiln_analysis.diagnostics import Diagnostic
from runekiln_analysis.facts import Fix, Related
from runekiln_analysis.text import LineIndex
from runekiln_server.reports import full
from runekiln_server.reports.drawing import Paint, excerpt, headline
from runekiln_server.reports.report import CheckedFile, Report

PLAIN = Paint(enabled=False)


def show(text: str, marked: str) -> str:
    """Draw the first occurrence of `marked`."""
    content = text.encode()
    start = content.index(marked.encode())
    lines = excerpt(PLAIN, "error", "a.rn", content, LineIndex(content), (start, start + len(marked.encode())))
    return "\n".join(lines)


def test_a_place_in_a_line() -> None:
    assert show("let a = 1;\nlet bed = spade();\n", "spade") == snapshot("""\
 --> a.rn:2:11
  |
2 | let bed = spade();
  |           ^^^^^\
""")


def test_tabs_and_wide_characters_take_their_columns() -> None:
    assert show('\tlet 花 = "é"; dig()', "dig()") == snapshot("""\
 --> a.rn:1:15
  |
1 |     let 花 = "é"; dig()
  |                   ^^^^^\
""")


def test_what_would_disturb_the_terminal_is_not_shown() -> None:
    assert show('let a = "\x1b[2J\u202e"; dig()', "dig") == snapshot("""\
 --> a.rn:1:18
  |
1 | let a = "�[2J�"; dig()
  |                  ^^^\
""")


def test_marks_take_no_column_of_their_own() -> None:
    assert show('let s = "ที่ é ❤\ufe0f"; dig()', "dig").splitlines()[-1].index("^") == len('  | let s = "ท e ❤"; ')


def test_a_narrow_terminal_gets_shorter_lines() -> None:
    content = ("let a = [" + "1, " * 30 + "dig, " + "2, " * 30 + "];").encode()
    start = content.index(b"dig")
    lines = excerpt(Paint(enabled=False, width=40), "error", "a.rn", content, LineIndex(content), (start, start + 3))
    assert "\n".join(lines) == snapshot("""\
 --> a.rn:1:100
  |
1 | …1, 1, 1, 1, dig, 2, 2, 2, 2, 2, 2,…
  |              ^^^\
""")
    assert max(map(len, lines)) <= 40


def test_a_message_commands_no_terminal() -> None:
    assert headline(PLAIN, "error", "panic", "\x1b[2J\u202egreen\tbeds\n\x07two") == snapshot("""\
error[panic]: �[2J�green	beds
    �two\
""")


def test_a_span_of_several_lines_is_drawn_by_its_first() -> None:
    assert show("if dig {\n    1\n}\n", "dig {\n    1\n}") == snapshot("""\
 --> a.rn:1:4
  |
1 | if dig {
  |    ^^^^^
  | … down to line 3\
""")


def test_a_place_at_the_end_of_the_text_has_a_caret_too() -> None:
    content = b"fn f() {"
    assert excerpt(PLAIN, "error", "a.rn", content, LineIndex(content), (8, 8))[-1] == snapshot("  |         ^")


def test_a_very_long_line_is_cut_around_the_place() -> None:
    drawn = show("let a = [" + "1, " * 1000 + "dig, " + "2, " * 1000 + "];", "dig")
    assert drawn == snapshot("""\
 --> a.rn:1:3010
  |
1 | …1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, dig, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2…
  |                                      ^^^\
""")


def test_bytes_that_are_no_utf8_are_replaced() -> None:
    content = b'let a = "\xff"; dig'
    assert "\n".join(excerpt(PLAIN, "error", "a.rn", content, LineIndex(content), (13, 16))) == snapshot("""\
 --> a.rn:1:14
  |
1 | let a = "�"; dig
  |              ^^^\
""")


def test_related_places_and_fixes_stand_below() -> None:
    first, second = b"const SPADE = 1;\n", b"const SPADE = 2;\n"
    problem = Diagnostic(
        code="duplicate-item",
        severity="error",
        message="`SPADE` is there twice",
        span=(6, 11),
        origin="compiler",
        tags=(),
        related=(Related("tools.rn", (6, 11), "it is declared here first"), Related("gone.rn", (0, 1), "and here")),
        fixes=(Fix("Remove it", ()),),
    )
    report = Report(
        (
            CheckedFile("main.rn", second, LineIndex(second), (problem,)),
            CheckedFile("tools.rn", first, LineIndex(first), ()),
        )
    )
    assert full.render(report, PLAIN) == snapshot("""\
error[duplicate-item]: `SPADE` is there twice
 --> main.rn:1:7
  |
1 | const SPADE = 2;
  |       ^^^^^
  = note: it is declared here first
 --> tools.rn:1:7
  |
1 | const SPADE = 1;
  |       ^^^^^
  = note: and here (in gone.rn)
  = help: Remove it

1 error in 2 files
""")
