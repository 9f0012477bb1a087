"""The least that a language server on pygls can be: what Runekiln's start is measured against."""

from __future__ import annotations

from pygls.lsp.server import LanguageServer

LanguageServer("empty", "0").start_io()
