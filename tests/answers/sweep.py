"""Asks everything at every place, and keeps what went wrong and how long each answer took."""

from __future__ import annotations

import collections
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from .direct import Direct, Json
from .requests import WAITS, Request, Spot, followers, requests, things

REFUSED = -32803
"""`RequestFailed`: a refusal with its reason, such as of a name that cannot be another one."""


@dataclass(frozen=True, slots=True)
class Mishap:
    """A request that was answered with an error."""

    request: str
    params: Json
    error: Json


class Sweep:
    """One sweep: `mishaps` and `times`, in milliseconds by method."""

    def __init__(self, client: Direct, random: Random) -> None:
        self.mishaps: list[Mishap] = []
        self.times: dict[str, list[tuple[float, Json]]] = collections.defaultdict(list)
        self._client = client
        self._random = random

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
                await self._with_followers(request, request.at(spot, spot.uri))

    async def _with_followers(self, request: Request, params: Json) -> None:
        result = await self._ask(request.method, params)
        for follower in followers(request):
            for thing in things(result, self._random):
                await self._with_followers(follower, follower.about(thing))

    async def _ask(self, method: str, params: Json) -> Json:
        message, milliseconds = await self._client.ask(method, params)
        if method not in WAITS:
            self.times[method].append((milliseconds, params))
        error = message.get("error")
        if error is not None and error["code"] != REFUSED:
            self.mishaps.append(Mishap(method, params, error))
        return message.get("result")


def percentile(times: Iterable[float], part: float) -> float:
    """The time within which that part of them lies."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def drawn(sweep: Sweep) -> Iterator[str]:
    """A line for each request: how often it was asked, and its times."""
    yield f"{'milliseconds':44}{'asked':>8}{'p50':>8}{'p99':>8}{'max':>8}"
    for method, taken in sorted(sweep.times.items()):
        times = [each for each, _ in taken]
        middle, high, most = statistics.median(times), percentile(times, 0.99), max(times)
        yield f"{method:44}{len(times):8}{middle:8.2f}{high:8.2f}{most:8.1f}"
