"""Seeds for tests: one that is the same each time, and one that is not."""

from __future__ import annotations

import os
from random import SystemRandom

VARIABLE = "RUNEKILN_SOAK_SEED"


def seeds(same: int, others: int = 1) -> list[int]:
    """`same` numbers from 0 and some that nobody has tried; or the one that the environment names, to see it again.

    Where they are the parameters of a test, its name tells them.
    """
    wanted = os.environ.get(VARIABLE)
    if wanted is not None:
        return [int(wanted)]
    return [*range(same), *(SystemRandom().randrange(1 << 31) for _ in range(others))]
