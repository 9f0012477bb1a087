"""Pages of compiled code that were needed once, given back to the system: what is needed again it maps again."""

from __future__ import annotations

import ctypes
import mmap
import sys

import wasmtime._ffi as ffi
from wasmtime import Module

_DONT_NEED = 4  # MADV_DONTNEED of Linux


def give_back(module: Module) -> None:
    """Have none of the code of a module count as memory of ours until it runs again.

    The module must have been loaded from a file, of which the system has the pages at hand anyway. It maps 64 KB around
    each place that runs: a start alone makes that most of 36 MB, and an edit needs a third of them. Does nothing but on
    Linux; elsewhere the same call means something else.
    """
    if sys.platform != "linux":
        return
    start, end = ctypes.c_void_p(), ctypes.c_void_p()
    ffi.wasmtime_module_image_range(module.ptr(), ctypes.byref(start), ctypes.byref(end))
    first = -(-(start.value or 0) // mmap.PAGESIZE) * mmap.PAGESIZE
    length = (end.value or 0) - first
    if length > 0:
        advise = ctypes.CDLL(None).madvise
        advise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        advise(first, length // mmap.PAGESIZE * mmap.PAGESIZE, _DONT_NEED)
