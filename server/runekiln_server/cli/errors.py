"""What a user got wrong: the command line ends with exit code 2 and this message."""

from __future__ import annotations


class UsageError(Exception):
    """The arguments or the settings make no sense; the message says what to do."""
