"""Asks everything at every place, and keeps what went wrong and how long each answer took."""

from __future__ import annotations

import collections
import json
import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from runekiln_runtime.stub_files import STUBS_FOLDER
from runekiln_server.lsp.shipped_stubs import uri_of_shipped

from tests.bench.table import percentile

from .direct import Direct, Json
from .places import spots
from .requests import WAITS, Request, Spot, followers, requests, things

_STUB = uri_of_shipped((STUBS_FOLDER / "fs.rni").as_posix()) or ""
"""A document that only the server has."""

REFUSED = -32803
"""`RequestFailed`: a refusal with its reason, such as of a name that cannot be another one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A request, and the message that answered it: its `result`, or its `error`."""

    method: str
    params: Json
    said: Json


class Sweep:
    """One sweep: the methods `asked`, the `mishaps`, and the `times` in milliseconds by method."""

    def __init__(self, client: Direct, random: Random, hear: Callable[[Answer], None] = lambda answer: None) -> None:
        """`hear` is called with each answer."""
        self.asked: set[str] = set()
        self.mishaps: list[Answer] = []
        self.times: dict[str, list[float]] = collections.defaultdict(list)
        self.slowest: dict[str, tuple[float, Json]] = {}
        self._client = client
        self._random = random
        self._hear = hear

    async def script(self, path: Path, places: int | None = None) -> None:
        """Open a script, ask everything, at all of its tokens or at so many of them, and close it."""
        text = path.read_bytes().decode("utf-8", "replace")
        self._client.open(path.as_uri(), text)
        found = list(spots(path.as_uri(), text, self._client.server["positionEncoding"]))
        chosen = found if places is None else self._random.sample(found, min(places, len(found)))
        await self.document(chosen[0])
        await self.workspace(chosen[0])
        await self.places(chosen)
        self._client.close(path.as_uri())

    async def places(self, spots: Iterable[Spot]) -> None:
        """Ask all that can be asked of a place at each of them."""
        for spot in spots:
            for request in requests():
                if request.is_of_a_place:
                    await self._with_followers(request, request.at(spot))

    async def document(self, spot: Spot) -> None:
        """Ask all that can be asked of the document around a place."""
        for request in requests():
            if request.is_of_a_document:
                await self._with_followers(request, request.at(spot))

    async def workspace(self, spot: Spot) -> None:
        """Ask what is about no document, or about some file."""
        for request in requests():
            if not (request.is_of_a_place or request.is_of_a_document or request.follows):
                await self._with_followers(request, request.at(spot, _STUB))

    async def _with_followers(self, request: Request, params: Json) -> None:
        result = await self._ask(request.method, params)
        for follower in followers(request):
            for thing in things(result, self._random):
                await self._with_followers(follower, follower.about(thing))

    async def _ask(self, method: str, params: Json) -> Json:
        message, milliseconds = await self._client.ask(method, params)
        self.asked.add(method)
        if method not in WAITS:
            self.times[method].append(milliseconds)
            self.slowest[method] = max(self.slowest.get(method, (0.0, None)), (milliseconds, params), key=_time)
        answer = Answer(method, params, {name: message[name] for name in ("result", "error") if name in message})
        self._hear(answer)
        if "error" in message and message["error"]["code"] != REFUSED:
            self.mishaps.append(answer)
        return message.get("result")


def drawn(sweep: Sweep) -> Iterator[str]:
    """A line for each request: how often it was asked, its times, and where it took longest."""
    yield f"{'milliseconds':44}{'asked':>8}{'p50':>8}{'p99':>8}{'most':>8}"
    for method, times in sorted(sweep.times.items()):
        most, params = sweep.slowest[method]
        row = f"{method:44}{len(times):8}{statistics.median(times):8.2f}{percentile(times, 0.99):8.2f}{most:8.1f}"
        yield f"{row}  {json.dumps(params)[:200]}"


def _time(taken: tuple[float, Json]) -> float:
    return taken[0]
