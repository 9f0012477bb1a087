"""What semantic tokens can be: told to an editor before anything else, so that it imports nothing."""

from __future__ import annotations

TYPES = (
    "namespace",
    "type",
    "struct",
    "enum",
    "enumMember",
    "parameter",
    "variable",
    "property",
    "function",
    "method",
    "macro",
    "decorator",
    "label",
    "event",
    "keyword",
    "string",
    "number",
    "comment",
)
"""In the order of their numbers."""

MODIFIERS = ("declaration", "readonly", "deprecated", "async", "modification", "defaultLibrary")
"""In the order of their bits."""
