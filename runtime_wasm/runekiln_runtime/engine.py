"""How the sandbox is set up: what WebAssembly may do, how deep it may go, and who may interrupt it."""

from __future__ import annotations

import platform
from pathlib import Path

import wasmtime
from wasmtime import Config, Engine

MAX_WASM_STACK = 2 * 1024 * 1024
"""Bytes of native stack for the guest. wasmtime aborts the process if this is above 2 MiB."""


def make_engine() -> Engine:
    """Make an engine with everything off that the guest does not need. Code compiled for one loads in all others."""
    config = Config()
    config.wasm_threads = False
    config.wasm_component_model = False
    config.wasm_gc = False
    config.wasm_function_references = False
    config.wasm_exceptions = False
    config.wasm_memory64 = False
    config.wasm_multi_memory = False
    config.wasm_tail_call = False
    config.wasm_relaxed_simd = False
    config.wasm_stack_switching = False
    config.wasm_wide_arithmetic = False
    config.wasm_custom_page_sizes = False
    config.shared_memory = False
    config.strategy = "cranelift"
    config.cranelift_opt_level = "speed"
    config.max_wasm_stack = MAX_WASM_STACK
    config.epoch_interruption = True
    return Engine(config)


def identity() -> str:
    """Everything that compiled code depends on besides the guest."""
    return "\n".join(("2", str(MAX_WASM_STACK), wasmtime_version(), _processor()))


def wasmtime_version() -> str:
    """Tell the installed version from the folder of its metadata: asking importlib costs every start 40 ms."""
    beside = Path(wasmtime.__file__).parent.parent.glob("wasmtime-*.dist-info")
    found = next(beside, None)
    if found is not None:
        return found.name.removeprefix("wasmtime-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version("wasmtime")


def _processor() -> str:
    """Name the machine's instruction set, with its extensions where the system tells them."""
    listing = Path("/proc/cpuinfo")
    if not listing.exists():
        return f"{platform.machine()} {platform.processor()}"
    with listing.open(encoding="utf-8", errors="replace") as lines:
        flags = next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return f"{platform.machine()} {flags.strip()}"
