"""The members of a value whose type stands in another file of the script, which only that file can read."""

from __future__ import annotations

from collections.abc import Iterator

from .candidates import Candidate, members_of_type
from .flow.inference import Inference
from .flow.lattice import members_of
from .script import ItemPlace
from .types import Named
from .views import Views


def members_of_modules(inference: Inference, receiver: int) -> Iterator[Candidate]:
    """What a value has whose type is a struct or enum of a `mod` file, or of the script if this is one."""
    views = Views(inference.script)
    place = ItemPlace(0, inference.number)
    for file in range(1, len(inference.script.facts.files)):
        if inference.script.text_of(file) is None:
            continue
        kind = views.inferred(place, file).types.get(receiver)
        for each in () if kind is None else members_of(kind):
            if isinstance(each, Named) and each.item is not None and each.item >= 0:
                yield from members_of_type(views.seen_from(file), each)
