"""What is said of a binding besides its type and documentation, in words: permission, profile, age."""

from __future__ import annotations

from .documentation import prose
from .stubs import About


def with_notes(docs: str, about: About) -> str:
    """The documentation of a binding as Markdown, with a line for each thing that is said of it."""
    return "\n\n".join(part for part in (_deprecated(about), prose(docs), notes(about)) if part)


def notes(about: About) -> str:
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


def _deprecated(about: About) -> str:
    if about.deprecated is None:
        return ""
    return f"**Deprecated**: {about.deprecated}" if about.deprecated else "**Deprecated**"
