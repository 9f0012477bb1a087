"""The names of the commands, as `initialize` declares them and as lenses call them."""

from __future__ import annotations

RUN = "runekiln.run"
PIN = "runekiln.pin"
UNPIN = "runekiln.unpin"
STOP = "runekiln.stop"
SESSIONS = "runekiln.sessions"
DOCTOR = "runekiln.doctor"
SHOW_REFERENCES = "runekiln.showReferences"

COMMANDS = (RUN, PIN, UNPIN, STOP, SESSIONS, DOCTOR, SHOW_REFERENCES)
