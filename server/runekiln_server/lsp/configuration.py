"""Settings from the editor, in the three ways in which editors send them, and from the kilns' files."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from runekiln_server.kiln import Kiln
from runekiln_server.lsp.transport import Json
from runekiln_server.settings import Mistake, Settings, resolve

logger = logging.getLogger(__name__)

SECTION = "runekiln"


class Configuration:
    """The editor's layer of the settings; later words of the editor are laid over earlier ones.

    Over that lies what the editor says of one kiln alone, as those who open several folders may have it.
    """

    def __init__(self) -> None:
        self._editor: Mapping[str, object] = {}
        self._of_kiln: dict[Path, Mapping[str, object]] = {}

    def take(self, sent: Json) -> None:
        """Take settings that the editor sent: the section itself, or an object that has it under its name."""
        if isinstance(sent, dict) and SECTION in sent:
            sent = sent[SECTION]
        if isinstance(sent, dict):
            self._editor = _over(self._editor, sent)

    def take_of(self, kiln: Path, sent: Json) -> None:
        """Take all that the editor says of that kiln."""
        self._of_kiln[kiln] = sent if isinstance(sent, dict) else {}

    def resolve(self, kilns: set[Path | None]) -> tuple[Mapping[Path | None, Settings], tuple[Mistake, ...]]:
        """The settings of each of those kilns, and what was passed over in reading them."""
        settings: dict[Path | None, Settings] = {}
        mistakes: dict[Mistake, None] = {}
        for kiln in sorted(kilns, key=str):
            resolved = resolve(Kiln(kiln).settings_file if kiln else None, self._editor_of(kiln))
            settings[kiln] = resolved.settings
            mistakes.update(dict.fromkeys(resolved.mistakes))
        return settings, tuple(mistakes)

    def _editor_of(self, kiln: Path | None) -> Mapping[str, object]:
        return _over(self._editor, self._of_kiln[kiln]) if kiln in self._of_kiln else self._editor


def _over(below: Mapping[str, object], above: Mapping[str, object]) -> Mapping[str, object]:
    """Both, and what `above` says where both say something; a null there takes a setting back."""
    merged = dict(below)
    for key, value in above.items():
        before = merged.get(key)
        merged[key] = _over(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return merged
