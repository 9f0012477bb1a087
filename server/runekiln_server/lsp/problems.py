"""The problems of a file as a client can show them, however it comes to know of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING

from runekiln_analysis import diagnostics as diagnosed
from runekiln_analysis.facts import Facts, Problem, Related
from runekiln_analysis.script import Script, module_in
from runekiln_analysis.text import LineIndex
from runekiln_runtime.stub_files import built_in_stubs

from runekiln_server.lsp import convert, uris
from runekiln_server.lsp.client import Client
from runekiln_server.lsp.shipped_stubs import uri_of_shipped
from runekiln_server.lsp.shown import Diagnostic, Location
from runekiln_server.settings import Settings
from runekiln_server.world import Document, Key, Known, World, is_current, owners, settings_of

if TYPE_CHECKING:
    # Importing the former imports wasmtime.
    from runekiln_runtime.checkers import Host

    from runekiln_server.lsp.checking import Job


def problems_of(world: World, known: Iterable[Known], key: Key, client: Client) -> list[Diagnostic]:
    """The problems that these checks found in a file, each once, in an order that no order of checks changes."""
    views = [(one, _found(world, one, key)) for one in sorted(known, key=lambda one: one.root)]
    if not views:
        return []
    told_by = {id(each): one for one, view in views for each in view}
    indexes = {one.root: _index_of(world, one, key) for one, _ in views}
    held = ((told_by[id(each)], each) for each in diagnosed.merged([view for _, view in views]))
    return [_converted(world, one, each, indexes[one.root], client) for one, each in held]


def found_in(world: World, key: Key) -> tuple[diagnosed.Diagnostic, ...]:
    """The same problems of an open document with all that is known of them, such as their fixes."""
    in_order = sorted(true_of(world, key), key=lambda one: one.root)
    return diagnosed.merged([_found(world, one, key) for one in in_order]) if in_order else ()


def look_ahead(job: Job, facts: Facts, host: Host) -> None:
    """Find out what will be asked of a script with these facts, and remember it."""
    from runekiln_analysis.judgement import look_ahead

    text = job.world.documents[job.root].text
    known = job.world.known.get(job.root)
    others = {} if known is None else {source.path: source.text for source in known.given if source.text is not None}
    look_ahead(Script(facts, text, host.bindings, {**others, facts.script.path: text}))


def result_id(problems: list[Diagnostic]) -> str:
    """A name for these problems: the same for the same ones, whatever has happened in between."""
    return blake2b(repr(problems).encode("utf-8", "replace"), digest_size=12).hexdigest()


def true_of(world: World, key: Key) -> Iterator[Known]:
    """The checks that speak of the file as it is now."""
    document = world.documents.get(key)
    for known in world.known.values():
        if key in known.files and (document is None or known.sources[key] == document.text):
            yield known


def pending(world: World, key: Key) -> tuple[Key, ...]:
    """The roots whose checks are still to say something of an open document."""
    roots = owners(world, key) or (key,)
    return tuple(root for root in roots if not is_current(world, root) and _is_wanted(world, root))


def touched(before: World, after: World) -> set[Key]:
    """The files of which something else may be known now."""
    changed = set(before.documents.keys() ^ after.documents.keys())
    for root in before.known.keys() | after.known.keys():
        was, is_ = before.known.get(root), after.known.get(root)
        if was is not is_:
            changed.update(was.files if was else (), is_.files if is_ else ())
    if before.settings is not after.settings:
        changed.update(key for known in after.known.values() for key in known.files)
    return changed


def uri_of(world: World, known: Known, key: Key) -> str:
    """The URI of a file of a script, as the client spells it if it has it open."""
    document = world.documents.get(key)
    return document.uri if document is not None else uris.from_path(known.files[key].path)


def uri_to_show(world: World, path: str, client: Client) -> str:
    """The URI of the file at `path`, as the client spells it if it has it open; that of a stub, if it can show it."""
    document = world.documents.get(uris.key_of_path(path))
    if document is not None:
        return document.uri
    return (uri_of_shipped(path) if client.shows_contents else None) or uris.from_path(path)


def _is_wanted(world: World, root: Key) -> bool:
    return root in world.wanted and world.wanted[root] not in world.failed


def _converted(
    world: World, known: Known, diagnostic: diagnosed.Diagnostic, index: LineIndex, client: Client
) -> Diagnostic:
    return convert.from_diagnostic(index, diagnostic, client, lambda place: _locate(world, known, place, client))


def _index_of(world: World, known: Known, key: Key) -> LineIndex:
    document = world.documents.get(key)
    return document.index if document is not None else LineIndex(known.sources[key] or b"")


def _found(world: World, known: Known, key: Key) -> tuple[diagnosed.Diagnostic, ...]:
    root = world.documents.get(known.root)
    settings = settings_of(world, root) if root is not None else Settings()
    judged, text = _judged(known, key, root, settings), known.sources[key] or b""
    severities = settings.diagnostics.severity
    return diagnosed.diagnostics(known.files[key], severities, judged, text, is_module=key != known.root)


def _judged(known: Known, key: Key, root: Document | None, settings: Settings) -> tuple[Problem, ...]:
    """What we say of the script itself, or of one of its `mod` files."""
    text = known.sources[key]
    if text is None:
        return ()
    # Needs inference, which is imported only when the client has its reply.
    from runekiln_server.judging import judge_module_file, judge_script

    kiln = None if root is None else root.kiln
    modules = {source.path: source.text for source in known.given if source.text is not None}
    if key == known.root:
        return judge_script(Script(known.facts, text, known.bindings), kiln, settings, modules)
    path = known.files[key].path
    whole = Script(known.facts, known.sources[known.root] or b"", known.bindings, {**modules, path: text})
    return judge_module_file(module_in(whole, path), kiln, settings)


def _locate(world: World, known: Known, place: Related, client: Client) -> Location | None:
    key = uris.key_of_path(place.path)
    document = world.documents.get(key)
    text = known.sources.get(key) or _stub_text(known, place.path)
    if text is None or (document is not None and document.text != text):
        return None
    range_ = convert.to_show(LineIndex(text), place.span, client.encoding)
    return Location(uri_to_show(world, place.path, client), range_)


def _stub_text(known: Known, path: str) -> bytes | None:
    """The text of the stub that scripts were checked with, if it is one."""
    stubs = (*built_in_stubs(), *known.setup.stubs)
    return next((stub.text for stub in stubs if stub.path == path), None)
