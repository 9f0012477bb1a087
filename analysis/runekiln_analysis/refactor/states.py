"""Adds the states that the transitions of a machine name and that it does not have."""

from __future__ import annotations

from collections.abc import Iterator

from runekiln_analysis.facts import Edit
from runekiln_analysis.states.building import machines
from runekiln_analysis.states.machine import Machine, known
from runekiln_analysis.syntax import SyntaxKind as K

from .refactoring import Refactoring
from .selected import Selected

_MARK = "StateMachine"


def missing_states(selected: Selected) -> Iterator[Refactoring]:
    """A `.state(…)` with a handler that does nothing, for each, behind those that are there."""
    if _MARK not in selected.written(0) or K.ERROR in selected.kinds:
        return
    for machine in machines(selected.tree, selected.kinds, selected.resolution):
        missing = [name for name in dict.fromkeys(known(machine.mentions())) if name not in machine.names]
        is_plain = not any(character in name for name in missing for character in '"\\\n')
        if missing and is_plain and machine.has_known_states and _is_here(selected, machine):
            title = f"Add the state `{missing[0]}`" if len(missing) == 1 else f"Add {len(missing)} missing states"
            yield _offer(selected, title, _added(selected, machine, missing))


def _offer(selected: Selected, title: str, edit: Edit) -> Refactoring:
    return Refactoring("missing-states", title, "quickfix", lambda: selected.here(edit))


def _is_here(selected: Selected, machine: Machine) -> bool:
    """Whether the cursor is between where the machine begins and the last thing that is added to it."""
    start, end = machine.span[0], max(each.span[1] for each in machine.mentions())
    return start <= selected.span[0] and selected.span[1] <= end


def _added(selected: Selected, machine: Machine, missing: list[str]) -> Edit:
    text = selected.script.text
    calls = [*(each.call for each in machine.states), *(each.call for each in machine.transitions)]
    # Each call of a chain stands below the one before, or right behind it.
    before = text[: calls[0][0]] if calls else b""
    blanks = before[len(before.rstrip()) :].decode()
    place = machine.states[-1].call[1] if machine.states else machine.span[1]
    written = "".join(f'{blanks}.state("{name}", |context, event| ())' for name in missing)
    return Edit((place, place), written)
