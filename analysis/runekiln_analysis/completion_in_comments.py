"""What could stand in a comment that says something: permissions, codes to allow, and tags of documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from .candidates import (
    Candidate,
    candidate,
    imported_names,
    items_of_module,
    prelude_names,
    rune_prelude,
)
from .codes.known import known_codes
from .declarations import function_declaration
from .documentation import tagged_parameters
from .facts import Item
from .grants import header_of
from .host_candidates import host_path, host_types
from .permissions import known_permissions
from .place import Word, word_at
from .script import ModulePlace, Script
from .snapshot import Snapshot
from .stubs import Permission
from .text_roles import roles_in

_COMMENT = re.compile(rb"//[^\r\n]*\Z")
_NAME = rb"(?P<word>[\w.-]*)\Z"
_PERMISSION = re.compile(rb"//!?[ \t]*permissions:(?:[^()]|\([^()]*\))*?[ \t,]" + _NAME)
_CODE = re.compile(rb"//!?[ \t]*runekiln:[ \t]*allow\([^()]*?[( \t,]?" + _NAME)
_CODE_LIST = re.compile(rb"//!?[ \t]*runekiln:[ \t]*allow\([^()]*\Z")
_TAG = re.compile(rb"///[ \t]*@(?P<word>\w*)\Z")
_TAGGED = re.compile(rb"///[ \t]*@(?P<tag>param|names)[ \t]+(?P<word>\w*)\Z")
_TYPE = re.compile(rb"///[ \t]*@(?:param[ \t]+\w+[ \t]*:|returns?[ \t])[^\r\n]*?(?P<word>\w*)\Z")
_THING = re.compile(rb"///[ \t]*@names[ \t]+\w+[ \t]*:[ \t]*(?P<word>\w*)\Z")
_BEGINNING = re.compile(rb"//!?[ \t]*(?P<word>\w*)\Z")

_TAGS: Mapping[str, str] = {
    "param": "The type of a parameter: `@param bed: Bed`.",
    "return": "The type of what the function returns: `@return Bed`.",
    "names": "What a text names: `@names path: note`; a note, file, title, agent, tool or session.",
}
_THINGS: Mapping[str, str] = {
    "note": "The path of a note, without `.md`.",
    "file": "The path of a note's file.",
    "title": "The title of a note.",
    "agent": "The name of an agent.",
    "tool": "The name of a tool.",
    "session": "The id of a session.",
}
_PERMISSIONS = "permissions: "
_ALLOW = "runekiln: allow()"


def offered_in_comment(snapshot: Snapshot, offset: int) -> tuple[Word, Iterable[Candidate]] | None:
    """What fits in the comment at `offset`, and the word there; `None` where no comment says anything to us."""
    text = snapshot.text
    line = text.rfind(b"\n", 0, offset) + 1
    comment = _COMMENT.search(text, line, offset)
    if comment is None:
        return None
    script, written = snapshot.script, text[comment.start() : offset]
    start = len(text[line : comment.start()].strip(b" \t\xef\xbb\xbf")) == 0
    if (found := _CODE.match(written)) is not None and _CODE_LIST.match(written) is not None:
        return _word(found, text, offset), _codes(script, written)
    if not start:
        return None
    if comment.start() <= header_of(text).end and (found := _PERMISSION.match(written)) is not None:
        return _word(found, text, offset), _permissions(script)
    if (documented := _in_documentation(script, written, offset)) is not None:
        return documented
    found = _BEGINNING.match(written)
    return None if found is None else (word_at(text, offset), _beginnings(text, comment.start(), found["word"]))


def _in_documentation(script: Script, written: bytes, offset: int) -> tuple[Word, Iterable[Candidate]] | None:
    """Tags, and what they are about."""
    text = script.text
    if (found := _TAG.match(written)) is not None:
        return _word(found, text, offset), prelude_names("keyword", _TAGS)
    if (found := _TAGGED.match(written)) is not None:
        return _word(found, text, offset), _parameters(script, offset, found["tag"])
    if (found := _THING.match(written)) is not None:
        return _word(found, text, offset), prelude_names("keyword", _THINGS)
    if (found := _TYPE.match(written)) is not None:
        return _word(found, text, offset), _types(script, offset)
    return None


def _word(found: re.Match[bytes], text: bytes, offset: int) -> Word:
    """The word up to the cursor, with what goes on of it."""
    behind = re.compile(rb"[\w.-]*").match(text, offset)
    prefix = found["word"].decode("utf-8", "replace")
    return Word(prefix, (offset - len(found["word"]), offset if behind is None else behind.end()))


def _permissions(script: Script) -> Iterator[Candidate]:
    """The permissions that the header does not ask for yet."""
    header = header_of(script.text)
    asked = {written.granted.name for written in header.grants or ()}
    for name in known_permissions(script.bindings):
        if name not in asked:
            yield candidate(name, "constant", f"permission {name}", _about(script, name))


def _about(script: Script, name: str) -> str:
    """What the host's functions are that need a permission."""
    functions = [(module.path, each) for module in script.bindings.modules for each in module.functions]
    functions += [(host.name, each) for host in script.bindings.types for each in host.functions]
    needing = [f"`{path}::{each.name}`" for path, each in functions if _needs(each.about.permission, name)]
    return f"Needed by {', '.join(needing)}." if needing else ""


def _needs(permission: Permission | None, name: str) -> bool:
    return permission is not None and permission.name == name


def _codes(script: Script, written: bytes) -> Iterator[Candidate]:
    """The codes that a comment can allow: those of the script's problems first."""
    before = written.decode("utf-8", "replace").partition("allow(")[2].rpartition(",")[0]
    listed = {code.strip() for code in before.split(",")}
    told = {problem.code for problem in script.main.problems}
    for code in sorted(known_codes().values(), key=lambda code: code.name not in told):
        if code.can_be_allowed and code.name not in listed:
            yield candidate(code.name, "constant", f"{code.severity} {code.name}", code.about)


def _item(script: Script, offset: int) -> tuple[int, Item] | None:
    """The item whose documentation the offset is in."""
    number = script.item_at(offset)
    return None if number is None else (number, script.main.items[number])


def _parameters(script: Script, offset: int, tag: bytes) -> Iterator[Candidate]:
    """The parameters that the documentation says nothing of yet, in their order."""
    found = _item(script, offset)
    if found is None or found[1].kind != "function":
        return
    number, item = found
    said = tagged_parameters(item.docs).keys() if tag == b"param" else roles_in(item.docs).keys()
    for parameter in function_declaration(script, number).parameters:
        if parameter.name not in said:
            yield candidate(parameter.name, "parameter", parameter.name, "A parameter of the function.")


def _types(script: Script, offset: int) -> Iterator[Candidate]:
    found = _item(script, offset)
    module = ModulePlace(0, None) if found is None else script.module_of(found[0])
    own = items_of_module(script, module, public_only=False)
    yield from (each for each in own if each.kind in ("struct", "enum", "module"))
    yield from imported_names(script, module)
    yield from host_types(script)
    yield from rune_prelude(types_only=True)
    yield from host_path(script, "")


def _beginnings(text: bytes, comment: int, word: bytes) -> Iterator[Candidate]:
    """The words that comments begin with which say something to us, once their first letter is there."""
    if not word:
        return
    header = header_of(text)
    if header.grants is None and comment <= header.end and text.startswith(b"//!", comment):
        yield candidate(_PERMISSIONS, "keyword", _PERMISSIONS, "What the script asks to be allowed.")
    yield candidate(_ALLOW, "keyword", _ALLOW, "Allows problems of some codes in what follows.")
