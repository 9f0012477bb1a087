"""What is to be shown of a script: a check that has seen no edit, and what is said of the script beyond it."""

from __future__ import annotations

from collections.abc import Callable

from runekiln_analysis.diagnostics import Diagnostic, diagnostics
from runekiln_analysis.script import Script, module_in
from runekiln_runtime.checkers import Checkers
from runekiln_runtime.stub_files import HostSetup
from runekiln_server.judging import judge_module_file, judge_script
from runekiln_server.settings import Settings


class FreshCheck:
    """Checks scripts outside of any kiln, each as if for the first time."""

    def __init__(self) -> None:
        self._host = Checkers.load().host(HostSetup())

    def files(
        self, path: str, text: str, read: Callable[[str], bytes | None] = lambda _: None
    ) -> dict[str, tuple[Diagnostic, ...]]:
        """What is wrong in the script and in its `mod` files, by their paths."""
        facts = self._host.checker.check(path, text.encode(), read)
        modules = {file.path: read(file.path) or b"" for file in facts.files[1:]}
        script = Script(facts, text.encode(), self._host.bindings, modules)
        judged = {name: judge_module_file(module_in(script, name), None, Settings()) for name in modules}
        judged[path] = judge_script(script, None, Settings(), modules)
        texts = {**modules, path: text.encode()}
        return {
            file.path: diagnostics(file, {}, judged[file.path], texts[file.path], is_module=file.path != path)
            for file in facts.files
        }
