"""The end of a run for people at a terminal: what it gave, or where and why it ended."""

from __future__ import annotations

from collections.abc import Mapping

from runekiln_analysis.diagnostics import diagnostics
from runekiln_analysis.facts import FileFacts
from runekiln_analysis.text import LineIndex
from runekiln_runtime.protocol import Frame, RunError, Value, Warned

from runekiln_server.reports import full
from runekiln_server.reports.drawing import Paint, excerpt, headline, note, visible
from runekiln_server.reports.report import CheckedFile, Report, place
from runekiln_server.results import TextOf
from runekiln_server.settings import Level

SHOWN_FRAMES = 12
HELP = {
    "out-of-time": "`--time-limit SECONDS` or the setting `run.timeLimitSeconds` gives it longer",
    "out-of-memory": "`--memory-limit MB` or the setting `run.memoryLimitMegabytes` gives it more",
    "output-limit": "the setting `run.outputLimitBytes` lets it print more",
}


def value_text(value: Value) -> str:
    """What a terminal shows of a value: a workflow's Markdown, texts as they are, everything else in debug form."""
    view = value.view or {}
    text = view.get("markdown") if view.get("kind") == "workflow" else view.get("text")
    if isinstance(text, str):
        return text
    if isinstance(value.json, str) and value.type == "String":
        return value.json
    return "" if value.text == "()" else value.text


def is_workflow(value: Value) -> bool:
    """Whether the value is a workflow, which is shown alone."""
    return (value.view or {}).get("kind") == "workflow"


def draw_warning(warning: Warned, paint: Paint) -> str:
    """What a run went on without, in one line."""
    where = ":".join(str(part) for part in (warning.path, warning.line) if part is not None)
    return f"{paint('warning', 'warning')}: {f'{where}: ' if where else ''}{visible(warning.message)}"


def draw_error(error: RunError, text_of: TextOf, paint: Paint) -> str:
    """Why a run ended: the message, the source line that was running, and who called it."""
    lines = [headline(paint, "error", error.code, error.message)]
    if error.frames:
        lines += _draw_frames(error.frames, text_of, paint)
    if error.code in HELP:
        lines.append(note(paint, 1, "help", HELP[error.code]))
    return "\n".join(lines)


def draw_problems(files: tuple[FileFacts, ...], text_of: TextOf, severities: Mapping[str, Level], paint: Paint) -> str:
    """The problems of a script that does not compile, as `check` shows them."""
    checked = []
    for file in files:
        text = text_of(file.path) or b""
        checked.append(CheckedFile(file.path, text, LineIndex(text), diagnostics(file, severities, text=text)))
    return full.render(Report(tuple(checked)), paint).rstrip("\n")


def _draw_frames(frames: tuple[Frame, ...], text_of: TextOf, paint: Paint) -> list[str]:
    """The innermost frame with its source line, the others in a line each."""
    innermost, *callers = frames
    text = text_of(innermost.path)
    if text is None:
        lines, line = [f"  --> {innermost.path}"], 1
    else:
        index = LineIndex(text)
        lines, line = (
            excerpt(paint, "error", innermost.path, text, index, innermost.span),
            place(index, innermost.span[0])[0],
        )
    if innermost.function:
        lines.append(note(paint, line, "in", f"`{innermost.function}`"))
    lines += [note(paint, line, "called by", _caller(frame, text_of)) for frame in callers[:SHOWN_FRAMES]]
    if len(callers) > SHOWN_FRAMES:
        lines.append(note(paint, line, "called by", f"{len(callers) - SHOWN_FRAMES} more"))
    return lines


def _caller(frame: Frame, text_of: TextOf) -> str:
    text = text_of(frame.path)
    function = f"`{frame.function}` at " if frame.function else ""
    if text is None:
        return f"{function}{frame.path}"
    line, column = place(LineIndex(text), frame.span[0])
    return f"{function}{frame.path}:{line}:{column}"
