"""Calls of the guest's functions, made ready once: wasmtime's own look up their types at each call, in fifty steps."""

from __future__ import annotations

import ctypes

import wasmtime._ffi as ffi
from wasmtime import Func, FuncType, Store, Trap, ValType, WasmtimeError

from runekiln_runtime import held
from runekiln_runtime.errors import BadMessage

_RESULTS: tuple[list[str], ...] = ([], ["i32"], ["i64"])


class Export:
    """A function of an instance that takes so many 32-bit numbers, and gives no more than one number."""

    def __init__(self, store: Store, function: Func, takes: int = 0, *, is_brief: bool = False) -> None:
        """Other threads wait while a function runs that `is_brief`.

        Raises BadMessage if it takes or gives something else: a call does not look at that any more.
        """
        kind = function.type(store)
        takes_them = kind.params == [ValType.i32()] * takes
        if not takes_them or [str(given) for given in kind.results] not in _RESULTS:
            raise BadMessage(f"The guest exports a function of a type that was not promised: {_shown(kind)}.")
        # Both are kept alive: what is below points into them.
        self._store, self._function = store, function
        self._call = held.call_unchecked if is_brief else ffi.wasmtime_func_call_unchecked
        self._context = store._context()
        self._address = ctypes.byref(function._func)
        self._cells = (ffi.wasmtime_val_raw * max(takes, 1))()

    def __call__(self, *numbers: int) -> int:
        """The 64 bits that it gives; those above the first 32 may be anything if it gives no more.

        Raises Trap, or WasmtimeError.
        """
        cells = self._cells
        for place, number in enumerate(numbers):
            cells[place].i32 = number
        trap = ctypes.POINTER(ffi.wasm_trap_t)()
        error = self._call(self._context, self._address, cells, len(cells), ctypes.byref(trap))
        if error:
            raise WasmtimeError._from_ptr(error)
        if trap:
            raise Trap._from_ptr(trap)
        result: int = cells[0].i64
        return result


def _shown(kind: FuncType) -> str:
    takes, gives = (", ".join(map(str, types)) for types in (kind.params, kind.results))
    return f"({takes}) -> ({gives})"
