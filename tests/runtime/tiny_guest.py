"""Small WebAssembly modules with the guest's exports: what the host does is the same, compiling them takes no time."""

from __future__ import annotations

from pathlib import Path

import msgspec
from wasmtime import wat2wasm

# The cell lies at 16; what it points at lies at 0, such as the gauge: fuel, instruction 0, and whether it is spent.
EXPORTS = """
    (memory (export "memory") 2)
    (func (export "runekiln_abi_2"))
    (func (export "running_span") (result i32) i32.const 16)
    (func (export "alloc") (param i32) (result i32) i32.const 4096)
"""


def refusing(message: str) -> str:
    """A guest that refuses everything with these words."""
    return answering({"type": "refused", "message": message})


def answering(response: object) -> str:
    """A guest that answers everything with this one response."""
    packed = msgspec.msgpack.encode(response)
    data = "".join(f"\\{byte:02x}" for byte in packed)
    return f"""(module {EXPORTS}
        (data (i32.const 98304) "{data}")
        (func (export "call") (result i64)
            (i64.or (i64.shl (i64.const 98304) (i64.const 32)) (i64.const {len(packed)}))))"""


def doing(body: str) -> str:
    """A guest whose `call` does this."""
    return f"""(module {EXPORTS}
        (func $again (param i64) (result i64)
            (i64.add (call $again (i64.add (local.get 0) (i64.const 1))) (i64.const 1)))
        (func (export "call") (result i64) {body} (i64.const 0)))"""


def build(folder: Path, text: str, name: str = "guest.wasm") -> Path:
    """Write a module of that text; returns its file."""
    path = folder / name
    path.write_bytes(wat2wasm(text))
    return path
