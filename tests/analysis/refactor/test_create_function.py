"""Functions that are called and do not exist."""

from __future__ import annotations

import pytest

from .shown import done, offered, problems


def created(marked: str) -> str:
    """What is added to the script, which has no error then."""
    after = done(marked, "Create")
    assert problems(after) == set()
    before = marked.replace("$0", "")
    start = next((n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    return after[start : start + len(after) - len(before)]


BODY = '{\n    panic!("not written yet")\n}'
INNER = '{\n        panic!("not written yet")\n    }\n'


def test_it_takes_what_the_call_gives() -> None:
    assert created("pub fn main(bed) {\n    wa$0ter(bed, bed.width(), 3, 4);\n}\n") == (
        f"\nfn water(bed, width, number, number_2) {BODY}\n"
    )


def test_what_is_awaited_is_async() -> None:
    assert created("pub async fn main(bed) {\n    fe$0tch(bed).await\n}\n") == f"\nasync fn fetch(bed) {BODY}\n"


def test_a_method_goes_into_the_impl_block_of_its_type() -> None:
    script = "struct Bed { width }\n\nimpl Bed {\n    fn dig(self) {}\n}\n\n"
    assert created(f"{script}pub fn main() {{\n    let bed = Bed {{ width: 1 }};\n    bed.wat$0er(3)\n}}\n") == (
        f"\n    pub fn water(self, number) {INNER}"
    )


def test_a_type_without_one_gets_one() -> None:
    assert created("struct Bed;\n\npub fn main() {\n    Bed::n$0ew()\n}\n") == (
        f"impl Bed {{\n    pub fn new() {INNER}}}\n\n"
    )


def test_a_module_gets_a_public_one() -> None:
    assert created("mod beds {\n}\n\npub fn main() {\n    beds::fi$0nd(1)\n}\n") == f"    pub fn find(number) {INNER}"


def test_a_handler_takes_what_a_machine_gives() -> None:
    script = 'pub fn agent_behavior() {\n    StateMachine::new().state("idle", re$0st)\n}\n'
    assert created(script) == f"\nfn rest(context, event) {BODY}\n"


def test_errors_elsewhere_do_not_matter() -> None:
    after = done("pub fn main(bed) {\n    wa$0ter(bed)\n}\nfn broken( { let = ;\n", "Create `water(bed)`")
    assert f"}}\n\nfn water(bed) {BODY}\nfn broken(" in after


@pytest.mark.parametrize(
    "script",
    [
        "fn water(bed) {} pub fn main(bed) { wa$0ter(bed) }",
        "pub fn main(water) { wa$0ter(1) }",
        "pub fn main(bed) { bed.wa$0ter() }",  # Of whatever type.
        "pub fn main(bed) { wa$0ter }",  # Perhaps a variable.
        "use beds::*; mod beds {} pub fn main(bed) { hose::wa$0ter() }",
        "pub fn main() { drop::wa$0ter() }",
        "const WATER = wa$0ter(1);",
        "pub fn main(bed) { db$0g(bed) }",  # Of Rune.
        "pub fn main() { mod inner { pub fn f() { wa$0ter(1) } } inner::f() }",
    ],
)
def test_nothing_is_offered_where_nobody_knows_what_is_meant(script: str) -> None:
    assert not [title for title in offered(script) if title.startswith("Create")]
