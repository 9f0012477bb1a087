"""Settings from the editor, in the three ways in which editors send them, and from the kilns' files."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from runekiln_server.kiln import Kiln
from runekiln_server.kiln_stubs import read_stubs
from runekiln_server.lsp.transport import Json
from runekiln_server.lsp.uris import key_of_path
from runekiln_server.settings import Mistake, Settings, resolve
from runekiln_server.world import Stub

logger = logging.getLogger(__name__)

SECTION = "runekiln"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The settings of each kiln, the stubs that they name, and what was passed over in reading them."""

    settings: Mapping[Path | None, Settings]
    stubs: Mapping[Path, tuple[Stub, ...]]
    mistakes: tuple[Mistake, ...]


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

    def resolve(self, kilns: set[Path | None]) -> Resolution:
        """Read the settings and the stubs of each of those kilns."""
        settings: dict[Path | None, Settings] = {}
        stubs: dict[Path, tuple[Stub, ...]] = {}
        mistakes: dict[Mistake, None] = {}
        for kiln in sorted(kilns, key=str):
            resolved = resolve(Kiln(kiln).settings_file if kiln else None, self._editor_of(kiln))
            settings[kiln] = resolved.settings
            mistakes.update(dict.fromkeys(resolved.mistakes))
            if kiln is not None:
                read = read_stubs(kiln, resolved.settings)
                stubs[kiln] = tuple(Stub(key_of_path(source.path), source) for source in read)
        return Resolution(settings, stubs, tuple(mistakes))

    def _editor_of(self, kiln: Path | None) -> Mapping[str, object]:
        return _over(self._editor, self._of_kiln[kiln]) if kiln in self._of_kiln else self._editor


def _over(below: Mapping[str, object], above: Mapping[str, object]) -> Mapping[str, object]:
    """Both, and what `above` says where both say something; a null there takes a setting back."""
    merged = dict(below)
    for key, value in above.items():
        before = merged.get(key)
        merged[key] = _over(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return merged
