"""What can be folded."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot
from runekiln_analysis.folding import by_line, folding

from .fixtures import read_fixture, snapshot_of


def show_folds(marked: str) -> str:
    """The first and last line that each fold of whole lines leaves and hides, from 1, and its kind."""
    seen = snapshot_of(read_fixture(marked))
    lines = by_line(folding(seen), seen.index)
    return "\n".join(f"{first + 1}-{last + 1} {kind}" for first, (last, kind) in sorted(lines.items()))


def hidden(marked: str) -> list[str]:
    """What each fold hides of the text."""
    seen = snapshot_of(read_fixture(marked))
    return [seen.text[slice(*fold.span)].decode() for fold in folding(seen)]


def test_blocks_fold_and_leave_their_last_line() -> None:
    assert show_folds("""\
pub fn main() {
    if true {
        1
    } else {
        2
    };
    match 1 {
        1 => {
            3
        }
        _ => 4,
    }
}
fn on_one_line() { 1 }
""") == snapshot("""\
1-12 code
2-3 code
4-5 code
7-11 code
8-9 code\
""")


def test_lists_fold() -> None:
    assert show_folds("""\
fn f(
    a,
    b,
) {
    let list = [
        1,
    ];
    let object = #{
        a: 1,
    };
    f(
        1,
        2,
    );
    println!(
        "{}", a
    );
    `one
     two`
}
struct S {
    a,
}
enum E {
    A,
    B {
        c,
    },
}
""") == snapshot("""\
1-3 code
4-19 code
5-6 code
8-9 code
11-13 code
15-16 code
18-19 code
21-22 code
24-28 code
26-27 code\
""")


def test_modules_and_impl_blocks_fold_with_what_is_inside() -> None:
    assert show_folds("""\
struct S;
impl S {
    fn new() {
        S
    }
}
mod m {
    fn f() {
        1
    }
}
mod elsewhere;
""") == snapshot("""\
2-5 code
3-4 code
7-10 code
8-9 code\
""")


def test_comments_fold_by_kind() -> None:
    assert show_folds("""\
//! What it
//! is for.

// One
// two.

// Another.

/// Says
/// much.
fn f() {
    /* and
       more */
    let a = 1; // not
    // of this
    // one
    "http://no.comment"
}
/** Also
 *  this. */
fn g() {}
// at the
// end""") == snapshot("""\
1-2 comment
4-5 comment
9-10 comment
11-17 code
12-13 comment
15-16 comment
19-20 comment
22-23 comment\
""")


def test_imports_fold_together() -> None:
    assert show_folds("""\
use a::b;
use c::{
    d,
    e,
};
use f;

use g;
fn h() {}
use i; use j;
""") == snapshot("""\
1-6 imports
2-4 imports\
""")


def test_an_editor_that_can_hides_parts_of_lines() -> None:
    assert hidden("fn f(a) {\n    [a,\n    1]\n}\n// b\n// c\n") == snapshot(
        [
            """\

    [a,
    1]
""",
            """\
a,
    1\
""",
            """\

// c\
""",
        ]
    )


def test_lines_end_as_they_end() -> None:
    assert show_folds("fn f() {\r\n    1\r\n}\r\n// a\r\n// b\r\n") == snapshot("""\
1-2 code
4-5 comment\
""")


@pytest.mark.parametrize(
    "broken",
    [
        "fn f() {\n (\n }\n",
        "fn f(\n",
        "fn f() {\n /* a\n b\n",
        "mod m {\n fn\n",
        "\n)\n}\n",
        "fn f() { `a\n${\n b }\n",
        "",
    ],
)
def test_what_does_not_parse_folds_where_it_is_closed(broken: str) -> None:
    seen = snapshot_of(read_fixture(broken))
    for fold in folding(seen):
        assert 0 <= fold.span[0] < fold.span[1] <= len(seen.text)


def test_a_block_that_is_closed_folds_whatever_is_open_inside() -> None:
    assert show_folds("fn f() {\n    let a = (\n}\nfn g() {\n    1\n}\n") == snapshot("""\
1-2 code
4-5 code\
""")
