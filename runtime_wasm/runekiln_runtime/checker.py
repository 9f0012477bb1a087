"""What a script is, as the guest sees it: one long-lived instance, replaced when it dies."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from runekiln_analysis.facts import Facts, Offsets
from runekiln_analysis.tools import WrittenTool

from runekiln_runtime.code_cache import Code, OnProgress, load_code
from runekiln_runtime.deep_stack import DeepStack, Overdue
from runekiln_runtime.differences import edit_between
from runekiln_runtime.errors import BadMessage, CheckFailed, GuestDied, GuestError, GuestTooSlow
from runekiln_runtime.guest import Guest
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.protocol import (
    AskMeanings,
    Changed,
    Check,
    Checked,
    Configured,
    Describe,
    Described,
    DescribeTools,
    Dialect,
    Foresee,
    Foreseen,
    Format,
    Formatted,
    Meant,
    NeedSources,
    Recheck,
    Remembered,
    Request,
    Response,
    Settle,
    Source,
    Strip,
    Stripped,
    ToolsDescribed,
    is_foreseen,
)
from runekiln_runtime.sources import Read, Sources
from runekiln_runtime.stub_files import HostSetup

logger = logging.getLogger(__name__)

WATCHDOG_SECONDS = 10.0
EDIT_SECONDS = 1.0
MEMORY_BYTES = 1024 * 1024 * 1024
REMEMBERED_SCRIPTS = 256
PLAIN = HostSetup()

LookAhead = Callable[[Callable[[], Facts]], Callable[[], Facts]]
"""Begins with what is not to be waited for, and returns what waits for it."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The facts of a script, by the guest's number for them, and the sources that they are true for."""

    revision: int
    facts: Facts
    sources: tuple[Source, ...]
    is_whole: bool


class Checker:
    """The checking guest of one setup of the host; one thread uses it at a time.

    Without a setup the guest's own types are bound and nothing else. An instance that traps, or takes longer than the
    watchdog allows, is replaced, so that a script that is too much for the guest spoils nothing for the next one.
    """

    def __init__(
        self,
        code: Code,
        watchdog_seconds: float = WATCHDOG_SECONDS,
        host: HostSetup | None = PLAIN,
        stack: DeepStack | None = None,
    ) -> None:
        self._code = code
        self._watchdog_seconds = watchdog_seconds
        self._host = host
        self._guest: Guest | None = None
        self._configured: Configured | None = None
        self._has_rested = False
        self._stack = stack or DeepStack()
        # What a script asked for last time is sent along at once the next time.
        self._modules: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        # What this instance of the guest remembers of a script, and what we were told of it.
        self._known: OrderedDict[str, _Known] = OrderedDict()

    @staticmethod
    def load(
        on_progress: OnProgress | None = None, guest: Path = GUEST_FILE, host: HostSetup | None = PLAIN
    ) -> Checker:
        """Load the guest; says so by `on_progress` if its code must be compiled first, which takes seconds.

        Raises GuestMissing, GuestTooOld or GuestDamaged.
        """
        return Checker(load_code(guest, on_progress), host=host)

    def describe(self) -> Described:
        """Ask what the guest is and what it binds by itself."""
        response = self._ask("the guest's description", Describe())
        if not isinstance(response, Described):
            raise _unexpected(response)
        return response

    def configured(self) -> Configured:
        """What the host binds, and the facts of its stubs. Raises CheckFailed if the guest dies of them."""
        if self._configured is None:
            described = self.describe()
            # An instance with a setup has been configured by now.
            self._configured = self._configured or Configured(described.bindings, ())
        return self._configured

    def check(self, path: str, text: bytes, read: Read, dialect: Dialect = "module") -> Facts:
        """Find out all about a script; its `mod` files are asked for by `read`.

        Raises CheckFailed if the guest dies of it twice, or once by its watchdog.
        """
        response = self._converse(path, text, read, lambda sources: Check(sources, dialect))
        if not isinstance(response, Checked):
            raise _unexpected(response)
        return Facts(response.files)

    def recheck(self, path: str, text: bytes, read: Read, dialect: Dialect = "module") -> Facts:
        """Find out the same as `check` of a script that is being edited, by a look at what is new, where that will do.

        Items that have not changed are the same objects as before, unless they have moved. Raises CheckFailed.
        """
        known = self._known.pop(path, None)
        revision = known.revision if known is not None else None
        given: tuple[Source, ...] = ()

        def ask(sources: tuple[Source, ...]) -> Request:
            nonlocal given
            given = sources
            return Recheck(sources, dialect, revision)

        response = self._converse(path, text, read, ask)
        if isinstance(response, Changed) and known is not None:
            is_whole = known.is_whole and not response.files
            known = _Known(response.revision, known.facts.after(response.files), given, is_whole)
        elif isinstance(response, Remembered):
            known = _Known(response.revision, Facts(response.files), given, is_whole=True)
            if not self._known and not self._has_rested:
                # Edits need a part of the code that the first look at a script did.
                self._has_rested = True
                self.rest()
        else:
            raise _unexpected(response)
        self._known[path] = known
        if len(self._known) > REMEMBERED_SCRIPTS:
            self._known.popitem(last=False)
        return known.facts

    def edit(self, path: str, text: bytes, read: Read, look_ahead: LookAhead) -> Facts | None:
        """The same as `recheck` of a module after an edit within one function; `None` if it takes more than that.

        `look_ahead` is given a function that tells the facts as they will be, but for the problems, which are those of
        before, and for the modules and `impl` blocks around the function. While another thread does that and goes on
        with them, the function is compiled; what it gives waits for the other thread, and returns those facts. All else
        is done in the caller's thread, whose stack must be deep. Raises GuestError if the answer makes no sense.
        """
        known = self._known.get(path)
        if known is None or self._guest is None:
            return None
        found = Sources((Source(path, text),), read)
        found.fetch(self._modules.get(path, ()))
        sources = found.all()
        edit = edit_between(known.sources, sources)
        if edit is None:
            return None
        self._stack.is_here = True
        try:
            answer = self._send(Foresee(path, known.revision, edit.path, edit.span, edit.text))
            if not is_foreseen(answer):
                return None
            foreseen = look_ahead(partial(_foreseen, known.facts, answer))
            del self._known[path]
            settled = self._send(Settle(path))
        finally:
            self._stack.is_here = False
        facts = foreseen()
        response = Guest.read(settled) if settled else None
        if not isinstance(response, Changed):
            return None
        known = _Known(response.revision, known.facts.settled(facts, response.files), sources, is_whole=False)
        self._known[path] = known
        return known.facts

    def has_seen_whole(self, path: str) -> bool:
        """Whether the last `recheck` of a script looked at all of it, and not only at what was new."""
        known = self._known.get(path)
        return known is not None and known.is_whole

    def forget(self, path: str) -> None:
        """Look at all of that script the next time."""
        self._known.pop(path, None)

    def _converse(self, path: str, text: bytes, read: Read, ask: Callable[[tuple[Source, ...]], Request]) -> Response:
        """Ask about a script until all the files are there that the guest needs for the answer."""
        sources = Sources((Source(path, text),), read)
        sources.fetch(self._modules.get(path, ()))
        while True:
            response = self._ask(path, ask(sources.all()))
            if not isinstance(response, NeedSources):
                self._remember(path, sources.others())
                return response
            sources.answer(response)

    def strip(self, path: str, text: bytes) -> Stripped:
        """Take the annotations out, so that other Rune hosts accept the text. Raises CheckFailed like `check`."""
        response = self._ask(path, Strip(Source(path, text)))
        if not isinstance(response, Stripped):
            raise _unexpected(response)
        return response

    def meanings(self, path: str, text: bytes, read: Read, dialect: Dialect = "module") -> Meant:
        """What the compiler says that names mean in a script and in its `mod` files. Raises CheckFailed."""
        response = self._converse(path, text, read, lambda sources: AskMeanings(sources, dialect))
        if not isinstance(response, Meant):
            raise _unexpected(response)
        return response

    def describe_tools(self, tools: tuple[WrittenTool, ...]) -> tuple[dict[str, Any], ...]:
        """What callers are told of tools, a JSON object each, as the host makes it of their attributes."""
        response = self._ask("the descriptions of tools", DescribeTools(tools))
        if not isinstance(response, ToolsDescribed):
            raise _unexpected(response)
        return response.descriptions

    def format(self, path: str, text: bytes, dialect: Dialect = "module", range_: Offsets | None = None) -> Formatted:
        """Lay the text out anew, or no more than what `range_` touches. Raises CheckFailed like `check`."""
        response = self._ask(path, Format(Source(path, text), dialect, range_))
        if not isinstance(response, Formatted):
            raise _unexpected(response)
        return response

    def _ask(self, path: str, request: Request) -> Response:
        try:
            return self._attempt(request)
        except GuestTooSlow as error:
            # The same text would take as long again.
            raise CheckFailed(path, error) from error
        except GuestDied as error:
            logger.warning("The checking guest died on %s and is replaced: %s", path, error)
        try:
            return self._attempt(request)
        except GuestDied as error:
            raise CheckFailed(path, error) from error

    def _attempt(self, request: Request) -> Response:
        """Ask once; an instance that did not answer is not used again, whatever the reason."""
        guest = self._guest
        if guest is None:
            self._known.clear()
            guest = Guest(self._code, MEMORY_BYTES)
            if self._host is not None:
                self._configured = self._configure(guest, self._host)
        self._guest = None
        response = self._call(guest, request)
        self._guest = guest
        return response

    def _send(self, request: Request) -> bytes:
        """Ask the instance that there is, and leave the answer to be read; empty if it died of it, or took too long.

        Somebody waits for the caller's thread meanwhile.
        """
        guest, self._guest = self._guest, None
        assert guest is not None, "somebody has looked"
        try:
            seconds = min(self._watchdog_seconds, EDIT_SECONDS)
            answer = self._stack.call(lambda: guest.send(request), guest.interrupt, seconds)
        except (GuestDied, Overdue) as error:
            logger.warning("The checking guest died of an edit and is replaced: %s", error)
            return b""
        self._guest = guest
        return answer

    def _configure(self, guest: Guest, host: HostSetup) -> Configured:
        """Have a new instance bind what the host does."""
        response = self._call(guest, host.request())
        if not isinstance(response, Configured):
            raise _unexpected(response)
        # What has bound everything does not run again.
        guest.rest()
        return response

    def rest(self) -> None:
        """Take less memory until it is asked again, which takes a millisecond longer."""
        if self._guest is not None:
            self._guest.rest()

    def _call(self, guest: Guest, request: Request) -> Response:
        try:
            return self._stack.call(lambda: guest.ask(request), guest.interrupt, self._watchdog_seconds)
        except Overdue as error:
            raise GuestTooSlow(self._watchdog_seconds) from error

    def _remember(self, path: str, others: tuple[str, ...]) -> None:
        self._modules.pop(path, None)
        if others:
            self._modules[path] = others
        if len(self._modules) > REMEMBERED_SCRIPTS:
            self._modules.popitem(last=False)


def _foreseen(facts: Facts, answer: bytes) -> Facts:
    response = Guest.read(answer)
    if not isinstance(response, Foreseen):
        raise _unexpected(response)
    return facts.foreseen(response.files)


def _unexpected(response: Response) -> GuestError:
    return BadMessage(f"The guest answered `{type(response).__name__}`, which does not fit the request.")
