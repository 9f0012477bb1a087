"""What the exit codes of the command mean."""

from __future__ import annotations

FINE = 0
PROBLEMS = 1
"""Problems were found, or the script failed."""
USAGE = 2
"""The arguments or the settings make no sense."""
OUR_FAULT = 101
INTERRUPTED = 130
BROKEN_PIPE = 141
