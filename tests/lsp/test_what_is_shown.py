"""How a problem is shown: its severity, its tags and its page, by what the settings say and the client can show."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from .editor import Editor, Json
from .test_pull import pull

pytestmark = pytest.mark.asyncio(loop_scope="session")

URI = "untitled:shown"
UNUSED = "pub fn main(beds) {\n    let sunny = beds.len();\n    beds\n}\n"
TAGS = {"tagSupport": {"valueSet": [1, 2]}}


async def shown(editor: Editor, text: str, capabilities: Json, **options: Json) -> list[Json]:
    """What the client is told of a text, however it comes to be told."""
    await editor.initialize({"textDocument": capabilities}, initializationOptions=options)
    editor.open(URI, text)
    if "diagnostic" in capabilities:
        items: list[Json] = (await pull(editor, URI))["items"]
        return items
    return await editor.diagnostics(URI)


@pytest.mark.parametrize("way", ["publishDiagnostics", "diagnostic"])
class TestBothWays:
    async def test_tags_reach_a_client_that_shows_them(self, neighbour: Editor, way: str) -> None:
        (problem,) = await shown(neighbour, UNUSED, {way: TAGS})
        assert problem["tags"] == [1]
        await neighbour.close()

    async def test_and_no_other(self, neighbour: Editor, way: str) -> None:
        (problem,) = await shown(neighbour, UNUSED, {way: {"tagSupport": {"valueSet": [2]}}})
        assert "tags" not in problem
        await neighbour.close()

    async def test_the_page_of_a_rule_is_named(self, neighbour: Editor, way: str) -> None:
        (problem,) = await shown(neighbour, UNUSED, {way: {"codeDescriptionSupport": True}})
        page = Path(unquote(urlsplit(problem["codeDescription"]["href"]).path))
        assert page.read_text(encoding="utf-8").startswith("# `unused-variable`\n")
        await neighbour.close()

    async def test_what_the_compiler_says_has_no_page(self, neighbour: Editor, way: str) -> None:
        (problem,) = await shown(neighbour, "pub fn main() { honey() }\n", {way: {"codeDescriptionSupport": True}})
        assert "codeDescription" not in problem
        await neighbour.close()

    async def test_nor_is_a_page_named_to_others(self, neighbour: Editor, way: str) -> None:
        (problem,) = await shown(neighbour, UNUSED, {way: {}})
        assert "codeDescription" not in problem
        await neighbour.close()

    async def test_a_severity_holds_for_rules_and_compiler_alike(self, neighbour: Editor, way: str) -> None:
        severity = {"unused-variable": "error", "not-used": "info", "missing-item": "hint"}
        text = UNUSED.replace("    beds\n", "    1;\n    beds\n") + "\npub fn dig() { honey() }\n"
        found = await shown(neighbour, text, {way: {}}, diagnostics={"severity": severity})
        assert {each["code"]: each["severity"] for each in found} == {
            "unused-variable": 1,
            "not-used": 3,
            "missing-item": 4,
        }
        await neighbour.close()

    async def test_comments_allow_what_they_allow_everywhere(self, neighbour: Editor, way: str) -> None:
        allowed = UNUSED.replace("    let", "    // runekiln: allow(unused-variable, not-used)\n    let")
        (problem,) = await shown(neighbour, allowed, {way: TAGS})
        assert (problem["code"], problem["severity"], problem["tags"]) == ("unused-allow", 4, [1])
        await neighbour.close()


async def test_a_code_that_does_not_exist_is_told_of(neighbour: Editor) -> None:
    await neighbour.initialize({}, initializationOptions={"diagnostics": {"severity": {"not-usd": "off"}}})
    told = await neighbour.notification("window/showMessage")
    assert "there is no code `not-usd`; did you mean `not-used`?" in told["message"]
    await neighbour.quiet()
    await neighbour.close()


async def test_what_one_script_does_not_use_another_may(neighbour: Editor, tmp_path: Path) -> None:
    for name, calls in (("one", "water"), ("other", "dig")):
        (tmp_path / f"{name}.rn").write_text(f"mod beds;\n\npub fn main() {{\n    beds::{calls}()\n}}\n")
    module = "// runekiln: allow(not-used)\npub fn water() { 1 }\n\npub fn dig() { 2 }\n\npub fn rake() { 3 }\n"
    (tmp_path / "beds.rn").write_text(module)
    await neighbour.initialize({"textDocument": {"diagnostic": {}}})
    for name in ("one.rn", "other.rn", "beds.rn"):
        uri = (tmp_path / name).as_uri()
        neighbour.open(uri, (tmp_path / name).read_text())
        await pull(neighbour, uri)
    items = (await pull(neighbour, (tmp_path / "beds.rn").as_uri()))["items"]
    # Neither a function that one of them calls, nor the comment that one of them needs.
    assert [(each["code"], each["range"]["start"]["line"]) for each in items] == [("not-used", 5)]
    await neighbour.close()
