"""`runekiln run --watch`: run again when something changed; what does not compile replaces nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from runekiln_runtime.errors import CheckFailed
from runekiln_runtime.outcomes import NotCompiled
from watchfiles import watch as changes

from runekiln_server.cli import exit_codes
from runekiln_server.cli import run as once
from runekiln_server.cli.errors import UsageError
from runekiln_server.cli.terminal import say
from runekiln_server.results import result_json

# Events can be missed, before watching began or on a network's drive; the files themselves are asked this often.
LOOK_AGAIN_MILLISECONDS = 500
SETTLE_MILLISECONDS = 50


def watch(script: once.Script, wanted: str) -> int:
    """Run the script, and again after each change of a file that it was made of, until Ctrl-C."""
    generation = 0
    last = script.run()
    while True:
        compiled = not isinstance(last.outcome, NotCompiled)
        generation += compiled
        _show(last, wanted, generation, compiled)
        if once.exit_code(last.outcome) == exit_codes.INTERRUPTED:
            return exit_codes.INTERRUPTED
        last = _run_after_change(script, last)


def _show(finished: once.FinishedRun, wanted: str, generation: int, compiled: bool) -> None:
    if not compiled:
        stays = f"generation {generation} stays" if generation else "there is no result yet"
        once.show(finished, "text")
        say(f"[not compiled; {stays}]")
    elif wanted == "json":
        document = result_json(finished.outcome, finished.text_of, finished.facts)
        once.print_json({"generation": generation, **document})
    else:
        say(f"[generation {generation}]")
        once.show(finished, "text")


def _run_after_change(script: once.Script, last: once.FinishedRun) -> once.FinishedRun:
    """Wait until one of the files differs from what ran, then run; a run that cannot even be planned is told."""
    before = _contents(last)
    watched = _folders(before)
    for _ in changes(
        *watched,
        recursive=False,
        step=SETTLE_MILLISECONDS,
        debounce=SETTLE_MILLISECONDS * 4,
        rust_timeout=LOOK_AGAIN_MILLISECONDS,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        now = {path: _content(path) for path in before}
        if now == before:
            continue
        before = now
        try:
            return script.run()
        except (UsageError, CheckFailed) as error:
            say(f"runekiln: {error}")
    return last


def _contents(finished: once.FinishedRun) -> dict[Path, bytes | None]:
    """The files that a run was made of, as they were then; also those that were looked for in vain.

    What is read only now could have changed since the run, and the change would go unnoticed.
    """
    return {**{Path(path): text for path, text in finished.texts.items()}, **finished.inputs}


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _folders(paths: Iterable[Path]) -> set[str]:
    """The folders to watch: an editor that saves by renaming replaces the file itself."""
    return {os.fspath(path.parent) for path in paths if path.parent.is_dir()}
