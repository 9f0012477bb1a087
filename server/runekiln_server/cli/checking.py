"""Scripts checked and judged, with what they pull in and the stubs of their kilns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from runekiln_analysis import script as analysed
from runekiln_analysis.diagnostics import diagnostics, merged
from runekiln_analysis.facts import Facts, FileFacts, Problem
from runekiln_analysis.text import LineIndex
from runekiln_runtime.checkers import Checkers, Host
from runekiln_runtime.errors import CheckFailed

from runekiln_server.cli.inputs import KilnSettings, Script, read_if_there
from runekiln_server.judging import Seen, judge_all
from runekiln_server.reports.report import CheckedFile, Report
from runekiln_server.settings import dialect_of


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found: facts by script, what we say beyond them and the text by file, and what could not be checked."""

    facts: Mapping[str, Facts]
    judged: Mapping[str, tuple[Problem, ...]]
    texts: Mapping[str, bytes]
    failures: tuple[CheckFailed, ...]

    @property
    def errors(self) -> Counter[tuple[str, str]]:
        """How many errors of each code each file has, whatever settings say of the code."""
        told = {
            (file.path, problem.code, file.span_of(problem))
            for facts in self.facts.values()
            for file in facts.files
            for problem in (*file.problems, *self.judged.get(file.path, ()))
            if problem.severity == "error"
        }
        return Counter((path, code) for path, code, _ in told)


def look(scripts: tuple[Script, ...], settings: KilnSettings, checkers: Checkers | None) -> Looked:
    """Check scripts, the modules that they pull in and the stubs of their kilns; none need no checkers."""
    texts = {script.path: script.text for script in scripts}
    found: dict[str, Facts] = {}
    seen: list[Seen] = []
    failures: list[CheckFailed] = []
    setups = {script.path: settings.host_of(script.path) for script in scripts}

    def read(path: str) -> bytes | None:
        if path not in texts and (text := read_if_there(path)) is not None:
            texts[path] = text
        return texts.get(path)

    for script in scripts:
        assert checkers is not None
        kiln, kiln_settings = settings.of(script.path)
        root = kiln.root if kiln else None
        dialect = dialect_of(script.path, root, kiln_settings)
        try:
            host = checkers.host(setups[script.path])
            found |= _kiln_stubs(host, texts)
            if script.path not in host.setup.paths():
                facts = found[script.path] = host.checker.check(script.path, script.text, read, dialect)
                seen.append((analysed.Script(facts, script.text, host.bindings), root, kiln_settings))
        except CheckFailed as failure:
            failures.append(failure)
    return Looked(found, judge_all(seen, texts), texts, tuple(failures))


def report_of(looked: Looked, settings: KilnSettings) -> Report:
    """Merge what is known of each file: a module is judged as a part of the scripts that pull it in, not by itself."""
    found = looked.facts
    modules = {file.path for facts in found.values() for file in facts.files[1:]}
    found_in: dict[str, list[FileFacts]] = {}
    # Files that pull in each other have nobody above them: those are scripts too.
    for above in (found.keys() - modules, found.keys()):
        for path in sorted(above - found_in.keys()):
            for file in found[path].files:
                found_in.setdefault(file.path, []).append(file)
    return Report(tuple(_checked(looked, found_in[path], modules, settings) for path in sorted(found_in)))


def _kiln_stubs(host: Host, texts: dict[str, bytes]) -> dict[str, Facts]:
    """The facts of a kiln's stubs: of those that are to be checked, and of others if something is wrong with them."""
    given = {stub.path: stub.text or b"" for stub in host.setup.stubs}
    told = {file.path: file for file in host.files if file.path in given and (file.path in texts or file.problems)}
    texts.update({path: given[path] for path in told})
    return {path: Facts((file,)) for path, file in told.items()}


def _checked(looked: Looked, files: Sequence[FileFacts], modules: Set[str], settings: KilnSettings) -> CheckedFile:
    path = files[0].path
    text, ours = looked.texts[path], looked.judged.get(path, ())
    _, own = settings.of(path)
    severities = own.diagnostics.severity
    views = [diagnostics(file, severities, ours, text, is_module=path in modules) for file in files]
    return CheckedFile(path, text, LineIndex(text), merged(views))
