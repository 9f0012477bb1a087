"""Types written down, as annotations and in documentation."""

from __future__ import annotations

import pytest

from .shown import done, offered


class TestAnnotateTypes:
    def test_a_header_gets_what_the_host_and_the_body_say(self) -> None:
        assert done("pub fn codify_se$0ssion(session) {\n    session.title\n}\n", "Annotate") == (
            "pub fn codify_session(session: Session) -> Option<String> {\n    session.title\n}\n"
        )

    def test_a_variable(self) -> None:
        assert done("pub fn main() {\n    let na$0me = `a`;\n    name\n}\n", "Annotate") == (
            "pub fn main() {\n    let name: String = `a`;\n    name\n}\n"
        )

    def test_what_an_async_function_gives_when_it_is_awaited(self) -> None:
        assert done('async fn na$0me() {\n    "north"\n}\n', "Annotate") == (
            'async fn name() -> String {\n    "north"\n}\n'
        )

    @pytest.mark.parametrize(
        "script",
        [
            "pub fn ma$0in(bed) { bed.width() }",
            "pub fn main() { let a$0 = 1; a = `b`; a }",
            "pub fn main() { let a$0: i64 = 1; a }",
            "pub fn main() { let a = b$0; a }",
            "pub fn ma$0in() { }",
        ],
    )
    def test_what_is_not_known_is_not_said(self, script: str) -> None:
        assert not [title for title in offered(script) if title.startswith("Annotate")]


ANNOTATED = "/// Waters it.\n#[test]\npub fn water(bed: String, litres: i64, why) -> Option<i64> {\n    None\n}\n"
DOCUMENTED = (
    "/// Waters it.\n/// @param bed: String\n/// @param litres: i64\n/// @return Option<i64>\n"
    "#[test]\npub fn water(bed, litres, why) {\n    None\n}\n"
)


class TestDocumentation:
    def test_annotations_become_lines_of_documentation(self) -> None:
        assert done(ANNOTATED.replace("water", "wat$0er"), "Move the annotations") == DOCUMENTED

    def test_and_back(self) -> None:
        assert done(DOCUMENTED.replace("water", "wat$0er"), "Write the types") == ANNOTATED

    def test_in_an_impl_block_they_are_indented(self) -> None:
        assert done("struct Bed;\nimpl Bed {\n    fn di$0g(self, deep: i64) {}\n}\n", "Move the annotations") == (
            "struct Bed;\nimpl Bed {\n    /// @param deep: i64\n    fn dig(self, deep) {}\n}\n"
        )

    def test_a_tag_that_describes_stays(self) -> None:
        script = "/// @param bed: String - where it grows\npub fn water(be$0d) {}\n"
        assert not [title for title in offered(script) if title.startswith("Write the types")]

    def test_what_both_say_is_left_alone(self) -> None:
        script = "/// @param bed: String\npub fn water(be$0d: i64) {}\n"
        assert offered(script) == []
