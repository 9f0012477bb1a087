"""What is said of a binding besides its type and documentation, in words: permission, profile, age."""

from __future__ import annotations

from typing import Protocol

from .documentation import prose
from .stubs import Permission


class Noted(Protocol):
    """What is said of a declaration: `About`, or an item that has the same."""

    @property
    def permission(self) -> Permission | None:
        """What a script must have been granted."""

    @property
    def profiles(self) -> tuple[str, ...]:
        """Those that have it; none means all."""

    @property
    def deprecated(self) -> str | None:
        """What to use in its place."""

    @property
    def since(self) -> str | None:
        """The release of the host that it came with."""


def with_notes(docs: str, about: Noted) -> str:
    """The documentation of a binding as Markdown, with a line for each thing that is said of it."""
    return "\n\n".join(part for part in (_deprecated(about), prose(docs), notes(about)) if part)


def notes(about: Noted) -> str:
    """A list of what a script needs to use a binding, and since when there is one; perhaps empty."""
    lines = []
    if about.permission is not None:
        scope = f", for the value of `{about.permission.scope}`" if about.permission.scope else ""
        lines.append(f"- Needs the permission `{about.permission.name}`{scope}.")
    if about.profiles:
        named = " or ".join(f"`{profile}`" for profile in about.profiles)
        lines.append(f"- Only in the profile {named}.")
    if about.since is not None:
        lines.append(f"- Since {about.since}.")
    return "\n".join(lines)


def _deprecated(about: Noted) -> str:
    if about.deprecated is None:
        return ""
    return f"**Deprecated**: {about.deprecated}" if about.deprecated else "**Deprecated**"
