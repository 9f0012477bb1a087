"""The command `runekiln`: finds the command that is meant, and makes one line of whatever goes wrong."""

from __future__ import annotations

import argparse
import errno
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from runekiln_server import __version__
from runekiln_server.cli import exit_codes
from runekiln_server.cli.errors import UsageError

DESCRIPTION = "Check, run and edit Rune scripts of a Crucible kiln."
EPILOG = """\
exit codes: 0 fine, 1 problems or a failed script, 2 wrong usage or settings, 101 a fault of runekiln itself
"""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
COMMANDS = {
    "check": "report all problems of scripts, and mend them",
    "explain": "say what the code of a problem is about, or list all codes",
    "list": "show what the scripts of a kiln register, and what would not register and why",
    "run": "run an entry of a script in the sandbox",
    "types": "show what is known of the types in a script",
    "strip": "write scripts without type annotations, as other Rune hosts accept them",
    "fmt": "format scripts in place",
    "stubs": "show, write or compare stubs, which say what a host gives to scripts",
    "lsp": "serve an editor over standard input and output",
    "doctor": "say what is installed, what is missing and what to do about it",
}


class Command(Protocol):
    """What each command's module has."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do what the command does; returns the exit code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    _open_streams()
    _speak_utf8()
    try:
        code = _dispatch(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except UsageError as error:
        print(f"runekiln: {error}", file=sys.stderr)
        return exit_codes.USAGE
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _discard_output()
        return exit_codes.BROKEN_PIPE
    except Exception as error:
        return _fail(error)
    return code


def _dispatch(arguments: list[str]) -> int:
    """Only the module of the command that is meant is imported: `check` must not wait for the language server."""
    parser = argparse.ArgumentParser(
        "runekiln", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    meant = next((argument for argument in arguments if not argument.startswith("-")), None)
    module: Command | None = None
    chosen = parser
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name == meant:
            module, chosen = _load(name), command
            module.configure(command)
    options, rest = parser.parse_known_args(arguments)
    if options.version:
        print(f"runekiln {__version__}")
        return exit_codes.FINE
    if module is None:
        parser.print_help(sys.stderr)
        return exit_codes.USAGE
    if rest and options.command != "lsp":
        # argparse gives up on the others once an option has come between them: `check a.rn --format json b.rn`.
        options, rest = chosen.parse_known_intermixed_args(arguments[arguments.index(options.command) + 1 :])
        if rest:
            chosen.error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    return module.run(options)


def _load(name: str) -> Command:
    # A module is no class, so that nothing but this table can say that it has both functions.
    return cast(Command, importlib.import_module(f"runekiln_server.cli.{name}"))


def _speak_utf8() -> None:
    """Write UTF-8 with plain line ends whatever the locale says; paths that are no Unicode are escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _open_streams() -> None:
    """Give every stream that the caller has closed something to read from or write to."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _discard_output() -> None:
    """Python must not complain that it cannot flush at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(error: Exception) -> int:
    """Say what went wrong that is neither the user's nor the script's fault; returns the exit code."""
    # A file that we opened ourselves has a name.
    if isinstance(error, OSError) and error.errno in NO_ROOM and error.filename is None:
        _discard_output()
        print(f"runekiln: the output cannot be written: {error.strerror}.", file=sys.stderr)
        return exit_codes.USAGE
    from runekiln_server.cli.crash_log import confession

    print(confession(error), file=sys.stderr)
    return exit_codes.OUR_FAULT
