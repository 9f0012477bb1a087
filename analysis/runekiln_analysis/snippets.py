"""Whole functions that a script begins with: one for each kind of thing that the host calls, with a body that works."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from .candidates import Candidate
from .host_declarations import function_head
from .host_notes import with_notes
from .place import Word
from .ranking import rank_of
from .script import Script
from .snapshot import Snapshot
from .stubs import Entry

_PLACEHOLDER = re.compile(r"\$\{\d+:([^{}]*)\}|\$0")
_NAMING = re.compile(rb"(?:\A|\n)[ \t]*pub[ \t]+(?:async[ \t]+)?fn[ \t]+(?P<word>\w*)\Z")
_LONGEST_LINE = 256


class Snippet(msgspec.Struct, frozen=True):
    """A function by the name that people type, and by `names` that it has besides; `text` has placeholders.

    It is offered where the host has `entry`, a function that it calls, or the `attribute`; always without either.
    """

    label: str
    about: str
    text: str
    names: tuple[str, ...] = ()
    entry: str = ""
    attribute: str = ""

    @property
    def plain(self) -> str:
        """The text with its placeholders as they are."""
        return _PLACEHOLDER.sub(lambda found: found[1] or "", self.text)


SNIPPETS = (
    Snippet(
        "codifier",
        "A function that turns the log of a session into a workflow.",
        """\
pub fn codify_session(session) {
    let workflow = Workflow::new();

    for ${1:phase} in session.phases() {
        workflow.add_step(${1:phase}.name, ${1:phase}.agent);
    }

    workflow
}
""",
        entry="codify_session",
    ),
    Snippet(
        "session handler",
        "A function that is handed each session that has ended.",
        """\
pub fn process_session(session) {
    ${1:session.phases().len()}
}
""",
        entry="process_session",
    ),
    Snippet(
        "handler",
        "A function that is handed each callout of a note or session.",
        """\
pub fn handle_callout(callout) {
    println!("{}: {}", callout.type, ${1:callout.content});
}
""",
        ("callout",),
        entry="handle_callout",
    ),
    Snippet(
        "callout",
        "A function that is handed each callout of one type.",
        """\
#[callout(type = "${1:decision}")]
pub fn ${2:on_decision}(callout) {
    println!("{}", ${3:callout.content});
}
""",
        attribute="callout",
    ),
    Snippet(
        "behaviour",
        "A function that builds the state machine of an agent.",
        """\
pub fn agent_behavior() {
    StateMachine::new()
        .state("${1:idle}", |context, event| println!("${1:idle}"))
        .state("${2:working}", |context, event| println!("${2:working}"))
        .transition("${1:idle}", "${2:working}", "${3:task}")
        .transition("${2:working}", "${1:idle}", "${4:done}")
}
""",
        ("behavior",),
        entry="agent_behavior",
    ),
    Snippet(
        "tool",
        "A function that agents can call.",
        """\
#[tool(desc = "${1:Says what it is given.}")]
#[param(name = "${2:text}", type = "string", desc = "${3:What to say.}")]
pub fn ${4:say}(${2:text}) {
    ${2:text}
}
""",
        attribute="tool",
    ),
    Snippet(
        "hook",
        "A function that is called for each event of a name.",
        """\
#[hook(event = "${1:note:created}")]
pub fn ${2:on_created}(context, event) {
    println!("{}", event.identifier);
    event
}
""",
        attribute="hook",
    ),
    Snippet(
        "syntax",
        "A parser extension: a function that reads the code blocks of one language.",
        """\
#[syntax(name = "${1:lines}")]
pub fn ${2:lines}(content, note) {
    content.split("\\n").collect::<Vec>()
}
""",
        ("parser",),
        attribute="syntax",
    ),
    Snippet(
        "frontmatter",
        "A function that checks the frontmatter of notes of one type.",
        """\
#[frontmatter(type = "${1:plan}")]
pub fn ${2:check_plan}(frontmatter) {
    if frontmatter.has("${3:due}") {
        Ok(())
    } else {
        Err("`${3:due}` is missing")
    }
}
""",
        attribute="frontmatter",
    ),
    Snippet(
        "test",
        "A function that tests something.",
        """\
#[test]
fn ${1:adds}() {
    assert_eq!(${2:1 + 1}, ${3:2});
}
""",
    ),
    Snippet(
        "main",
        "What the script does when nothing else of it is named.",
        """\
pub fn main() {
    println!("${1:Hello}");
}
""",
        entry="main",
    ),
)


def snippets_at(script: Script, word: Word) -> Iterator[Candidate]:
    """What can be begun at the word, where an item may stand: by the first name of each that the word is like."""
    text = script.text
    start = word.span[0]
    if script.item_at(start) is not None and _is_inside(script, start):
        return
    if text[text.rfind(b"\n", 0, start) + 1 : start].strip(b" \t\xef\xbb\xbf"):
        return
    for snippet in _available(script):
        names = (snippet.label, *snippet.names, *((snippet.entry,) if snippet.entry else ()))
        found = next((name for name in names if rank_of(name, word.prefix) is not None), None)
        if found is not None:
            yield _candidate(found, snippet)


def entry_names_at(snapshot: Snapshot, offset: int) -> tuple[Word, Iterator[Candidate]] | None:
    """The functions that the host calls, where one is named behind `pub fn`; `None` elsewhere."""
    text = snapshot.text
    found = _NAMING.search(text, max(0, text.rfind(b"\n", 0, offset), offset - _LONGEST_LINE), offset)
    if found is None:
        return None
    behind = re.compile(rb"\w*").match(text, offset)
    end = offset if behind is None else behind.end()
    word = Word(found["word"].decode("utf-8", "replace"), (found.start("word"), end))
    script = snapshot.script
    number = script.item_at(offset)
    at_root = number is None or script.main.items[number].parent is None
    is_written = text[end : end + 1] == b"("
    return (word, _entries(script, is_written, text[word.span[0] : end])) if at_root else None


def _entries(script: Script, is_written: bool, written: bytes) -> Iterator[Candidate]:
    for entry in _free(script, written.decode("utf-8", "replace")):
        parameters = ", ".join(parameter.name for parameter in entry.parameters)
        insert = None if is_written else f"{entry.name}({parameters}) {{\n    \n}}"
        snippet = None if is_written else f"{entry.name}({parameters}) {{\n    $0\n}}"
        yield Candidate(entry.name, "function", _described(entry), insert=insert, template=snippet)


def _described(entry: Entry) -> Callable[[], tuple[str, str]]:
    listed = (f"{each.name}: {each.type}" for each in entry.parameters)
    head = function_head(entry.name, listed, entry.returns)
    return lambda: (head, with_notes(entry.docs, entry.about))


def _is_inside(script: Script, offset: int) -> bool:
    """Whether an offset is in an item, not just at the end of one."""
    number = script.item_at(offset)
    return number is not None and script.main.items[number].span[0] < offset < script.main.items[number].span[1]


def _available(script: Script) -> Iterator[Snippet]:
    """What this host has, and the script not yet; entries without a snippet of their own have an empty body."""
    free = {entry.name: entry for entry in _free(script, "")}
    for snippet in SNIPPETS:
        if snippet.entry in free or (not snippet.entry and _has(script, snippet.attribute)):
            free.pop(snippet.entry, None)
            yield snippet
    for entry in free.values():
        parameters = ", ".join(parameter.name for parameter in entry.parameters)
        text = f"pub fn {entry.name}({parameters}) {{\n    $0\n}}\n"
        yield Snippet(entry.kind or entry.name, entry.docs, text, entry=entry.name)


def _has(script: Script, attribute: str) -> bool:
    return not attribute or script.bindings.attribute_named(attribute) is not None


def _free(script: Script, written: str) -> Iterator[Entry]:
    """The entries that the script has no function for besides the one that is being written."""
    taken = {item.name for item in script.main.items if item.parent is None and item.kind == "function"}
    return (entry for entry in script.bindings.entries if entry.name not in taken or entry.name == written)


def _candidate(name: str, snippet: Snippet) -> Candidate:
    plain = snippet.plain.rstrip("\n")
    docs = f"{snippet.about}\n\n```rune\n{plain}\n```"
    return Candidate(name, "snippet", lambda: (snippet.about, docs), insert=plain, template=snippet.text.rstrip("\n"))
