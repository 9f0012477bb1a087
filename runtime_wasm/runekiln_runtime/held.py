"""Functions of wasmtime that are done in no time, called without letting go of the interpreter.

ctypes lets other threads go on during each call. One that waits for its turn takes it then, and does not give it back
before it is done: that is for calls that take longer than a turn.
"""

from __future__ import annotations

import ctypes
from typing import Any

import wasmtime._bindings as bindings
import wasmtime._ffi as ffi

_LIBRARY = ctypes.PyDLL(None, handle=ffi.dll._handle)


def held(name: str) -> Any:  # noqa: ANN401
    """The function of that name, which gives and takes what the one of `wasmtime` does."""
    function, declared = getattr(_LIBRARY, name), getattr(bindings, f"_{name}")
    function.restype, function.argtypes = declared.restype, declared.argtypes
    return function


call_unchecked = held("wasmtime_func_call_unchecked")
memory_data = held("wasmtime_memory_data")
memory_data_size = held("wasmtime_memory_data_size")
copy = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)(
    ctypes.cast(ctypes.memmove, ctypes.c_void_p).value or 0
)
