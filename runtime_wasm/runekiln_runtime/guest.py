"""One instance of the guest: a message in, a message out, and what is left to read after it died."""

from __future__ import annotations

import ctypes
import struct
from dataclasses import dataclass
from typing import NoReturn, TypeVar

import msgspec
from wasmtime import Func, Instance, Memory, Store, Trap, TrapCode, WasmtimeError

from runekiln_runtime import held
from runekiln_runtime.code_cache import Code
from runekiln_runtime.engine import make_engine
from runekiln_runtime.errors import BadMessage, GuestDied, GuestRefused, TrapKind
from runekiln_runtime.export import Export
from runekiln_runtime.protocol import Configure, Refused, Request, Response
from runekiln_runtime.resident import give_back

CELL = struct.Struct("<8I")
GAUGE = struct.Struct("<QII")
ROW = struct.Struct("<3I")
FLAG_OUT_OF_MEMORY = 1
FLAG_PANIC = 2
FLAG_OUTPUT_LIMIT = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """What the guest was doing: where in its sources (numbered as in the request), and what it had printed.

    `end` is 0 if it was at no place of theirs. `fuel` is how many instructions the script may still begin.
    """

    source: int
    start: int
    end: int
    fuel: int
    is_spent: bool
    flags: int
    output: bytes
    message: str


class Guest:
    """An instance of the guest with its memory; one thread uses it at a time.

    After `GuestDied` nothing but `cell` and `memory_bytes` may be asked of it.
    """

    def __init__(self, code: Code, memory_bytes: int, fuel: int | None = None) -> None:
        self._engine = make_engine()
        self._loaded = code.load(self._engine)
        self._store = Store(self._engine)
        self._store.set_limits(memory_size=memory_bytes, instances=1, memories=1)
        self._store.set_epoch_deadline(1)
        try:
            exports = Instance(self._store, self._loaded.module, []).exports(self._store)
        except WasmtimeError as error:
            raise GuestDied("out-of-memory", f"{memory_bytes} bytes are too few to start with: {error}") from error
        self._memory = _expect(exports["memory"], Memory)
        self._context, self._data = self._store._context(), ctypes.byref(self._memory._memory)
        self._alloc = Export(self._store, _expect(exports["alloc"], Func), takes=1, is_brief=True)
        self._call = Export(self._store, _expect(exports["call"], Func))
        self._cell_address = _address(Export(self._store, _expect(exports["running_span"], Func), is_brief=True)())
        if fuel is not None:
            self._fill(fuel)

    def ask(self, request: Request) -> Response:
        """Send a request and wait for the answer.

        Raises GuestDied if the guest traps, GuestRefused if it says so, BadMessage if the answer makes no sense.
        """
        return self.read(self.send(request))

    def send(self, request: Request) -> bytes:
        """Send a request and wait for the answer, which is not read yet. Raises GuestDied."""
        return self.call(_ENCODER.encode(request))

    @staticmethod
    def read(answer: bytes) -> Response:
        """Read an answer. Raises GuestRefused if it says so, BadMessage if it makes no sense."""
        try:
            response = _DECODER.decode(answer)
        except msgspec.DecodeError as error:
            raise BadMessage(f"The guest's answer cannot be decoded: {error}") from error
        if isinstance(response, Refused):
            raise GuestRefused(response.message)
        return response

    def bind(self, request: Configure) -> None:
        """Have it bind what a host does, and look at nothing of what it tells of that. Raises as `ask` does."""
        answer = self.call(_ENCODER.encode(request))
        try:
            response = _BOUND_DECODER.decode(answer)
        except msgspec.DecodeError as error:
            raise BadMessage(f"The guest's answer cannot be decoded: {error}") from error
        if isinstance(response, Refused):
            raise GuestRefused(response.message)

    def call(self, message: bytes) -> bytes:
        """Send the bytes of a request; returns the bytes of the response. Raises GuestDied."""
        try:
            address = _address(self._alloc(len(message)))
            if address == 0:
                raise GuestDied("out-of-memory", "there is no room for the request")
            self._write(address, message)
            packed = self._call() & 0xFFFF_FFFF_FFFF_FFFF
        except (Trap, WasmtimeError, IndexError) as error:
            self._die(error)
        return self._read(packed >> 32, packed & 0xFFFF_FFFF)

    def interrupt(self) -> None:
        """Make a call that is under way, or the next one, end at once as `interrupted`; any thread may ask for it."""
        self._engine.increment_epoch()

    def rest(self) -> None:
        """Give back the memory that its code takes, when something else than before is going to be asked."""
        if self._loaded.is_mapped:
            give_back(self._loaded.module)

    def cell(self) -> Cell:
        """Read what the guest was doing. What it says of addresses is not trusted: reads are clipped to its memory."""
        cell = self._unpack(CELL, self._cell_address)
        gauge, rows, rows_length, flags, output, output_length, message, message_length = cell
        fuel, instruction, is_spent = self._unpack(GAUGE, gauge)
        row = self._unpack(ROW, rows + instruction * ROW.size) if instruction < rows_length else (0, 0, 0)
        source, start, end = row
        return Cell(
            source,
            start,
            end,
            fuel,
            bool(is_spent),
            flags,
            self._read(output, output_length),
            self._read(message, message_length).decode("utf-8", "replace"),
        )

    def memory_bytes(self) -> int:
        """How much memory the instance has taken; it never gives any back."""
        length: int = held.memory_data_size(self._context, self._data)
        return length

    def _fill(self, fuel: int) -> None:
        """Say how many instructions the script may begin: the gauge's first field."""
        gauge = self._unpack(CELL, self._cell_address)[0]
        try:
            self._write(gauge, struct.pack("<Q", fuel))
        except IndexError as error:
            raise BadMessage(f"The guest's gauge cannot be at {gauge:#x}.") from error

    def _unpack(self, kind: struct.Struct, address: int) -> tuple[int, ...]:
        return kind.unpack(self._read(address, kind.size).ljust(kind.size, b"\0"))

    # `Memory.read` and `write` make a new type of array for each length, which costs more than the copy.

    def _read(self, start: int, length: int) -> bytes:
        """The bytes that lie there, as far as they are the guest's."""
        size = self.memory_bytes()
        start = min(start, size)
        return ctypes.string_at(self._base() + start, min(length, size - start))

    def _write(self, start: int, content: bytes) -> None:
        """Put bytes there. Raises IndexError if that is not, or not all, the guest's memory."""
        if start < 0 or start + len(content) > self.memory_bytes():
            raise IndexError(f"{len(content)} bytes at {start:#x} are not the guest's")
        held.copy(self._base() + start, content, len(content))

    def _base(self) -> int:
        """Where the memory lies in ours, until it grows."""
        return ctypes.addressof(held.memory_data(self._context, self._data).contents)

    def _die(self, error: Exception) -> NoReturn:
        cell = self.cell()
        # wasmtime puts the backtrace first and the reason last.
        reason = next(iter(reversed(str(error).splitlines())), type(error).__name__).strip()
        raise GuestDied(_kind(error, cell), cell.message or reason) from error


class _Bound(msgspec.Struct, frozen=True, tag="configured"):
    """`Configured` without what it says, which a run has no use for."""


_ENCODER = msgspec.msgpack.Encoder()
_BOUND_DECODER: msgspec.msgpack.Decoder[_Bound | Refused] = msgspec.msgpack.Decoder(_Bound | Refused)
_DECODER: msgspec.msgpack.Decoder[Response] = msgspec.msgpack.Decoder(Response)


Exported = TypeVar("Exported", Func, Memory)


def _address(number: int) -> int:
    """The address in the lower half of what an export gave."""
    return number & 0xFFFF_FFFF


def _expect(export: object, kind: type[Exported]) -> Exported:
    if not isinstance(export, kind):
        raise BadMessage(f"The guest exports a {type(export).__name__} where a {kind.__name__} was promised.")
    return export


def _kind(error: Exception, cell: Cell) -> TrapKind:
    code = error.trap_code if isinstance(error, Trap) else None
    if code == TrapCode.INTERRUPT:
        return "interrupted"
    if cell.is_spent:
        return "out-of-fuel"
    # What is dropped for want of memory may be nested so deeply that the stack overflows over it.
    if cell.flags & FLAG_OUT_OF_MEMORY:
        return "out-of-memory"
    if code == TrapCode.STACK_OVERFLOW:
        return "stack-overflow"
    return "panic" if cell.flags & FLAG_PANIC else "trap"
