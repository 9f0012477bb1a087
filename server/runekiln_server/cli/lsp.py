"""`runekiln lsp`: the language server, for editors."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare nothing: what clients add, such as `--stdio`, is for the server to understand."""
    parser.epilog = "Further arguments, such as --stdio, are accepted from editors."


def run(options: argparse.Namespace) -> int:
    """Serve until the client says `exit`."""
    # Only this command may import the protocol of editors: it costs a quarter of a second.
    from runekiln_server.lsp.app import main

    return main(options.rest)
