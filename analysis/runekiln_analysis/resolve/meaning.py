"""What a name can mean besides a local variable: an item of the script, or something that the host binds."""

from __future__ import annotations

import msgspec

from runekiln_analysis.script import ItemPlace
from runekiln_analysis.stubs import Alias, Constant, Function, HostType, Macro, Module, Variant

Path = tuple[str | int, ...]
"""Where an item is: the names from the root of the script down to it, `""` before those of a crate.

A number stands for a block with items of its own: it is the block's node in the tree of the function around.
"""


class OwnItem(msgspec.Struct, frozen=True):
    """An item of the script or of its `mod` files."""

    place: ItemPlace


class OwnVariant(msgspec.Struct, frozen=True):
    """A variant of an enum of the script, by its name."""

    enum: ItemPlace
    name: str


class InnerItem(msgspec.Struct, frozen=True):
    """An item inside a function, or a variant of one, by the node of its name in the function's tree."""

    node: int


class OwnField(msgspec.Struct, frozen=True):
    """A field of a struct or variant of the script, where a literal or a pattern names it."""

    owner: OwnItem | OwnVariant | InnerItem
    name: str


class HostTypeMeaning(msgspec.Struct, frozen=True):
    """A type of the host."""

    type: HostType


class HostFunctionMeaning(msgspec.Struct, frozen=True):
    """A function of a host type."""

    type: HostType
    function: Function


class HostConstant(msgspec.Struct, frozen=True):
    """A constant of a host type."""

    type: HostType
    constant: Constant


class HostModule(msgspec.Struct, frozen=True):
    """A crate or module of the host, by its path."""

    path: str


class HostVariant(msgspec.Struct, frozen=True):
    """A variant of an enum of the host."""

    type: HostType
    variant: Variant


class ModuleFunction(msgspec.Struct, frozen=True):
    """A function of a module of the host."""

    module: Module
    function: Function


class ModuleMember(msgspec.Struct, frozen=True):
    """Whatever else a module of the host holds besides types."""

    module: Module
    member: Constant | Macro | Alias


Meaning = (
    OwnItem
    | OwnVariant
    | InnerItem
    | HostTypeMeaning
    | HostFunctionMeaning
    | HostConstant
    | HostVariant
    | HostModule
    | ModuleFunction
    | ModuleMember
)


class Found(msgspec.Struct, frozen=True):
    """What stands at a path: `meaning` is `None` if that is not known.

    A `constant` is matched where it stands alone in a pattern: a constant, or a struct or variant without fields.
    Any other name binds a variable there. `None`: that is not known either.
    """

    meaning: Meaning | None = None
    constant: bool | None = False


NOTHING = Found()
"""There is nothing of the name."""

UNKNOWN = Found(None, None)
