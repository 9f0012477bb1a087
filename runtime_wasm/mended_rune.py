"""Mends, in a copy of Rune's crate that cargo builds in its stead, what only goes wrong where a `usize` has 32 bits."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CRATE = "rune"


class CannotMend(Exception):
    """Rune's crate is not there, or not as the mends expect it."""


@dataclass(frozen=True)
class Mend:
    """Something in a file of Rune: the first `before` behind `anchor` becomes `after`."""

    file: str
    anchor: str
    before: str
    after: str


# An open range such as `0..` says that it has at least `u64::MAX` elements. Adapters such as `take` ask for that as two
# `usize`, and fail with "Failed to convert value" where those are smaller. A lower bound may be lower than it could be.
MENDS = (
    Mend(
        "src/runtime/value.rs",
        "fn protocol_size_hint",
        "FromValue::from_value(value)",
        "<(u64, Option<u64>)>::from_value(value).map(|(least, most)| "
        "(usize::try_from(least).unwrap_or(usize::MAX), most.and_then(|most| usize::try_from(most).ok())))",
    ),
)


def mended_rune(cargo: str, workspace: Path, cache: Path, environment: dict[str, str]) -> Path:
    """The folder of the mended crate, made if it is not there yet. Raises CannotMend."""
    (original,) = folders_of_crates(cargo, workspace, environment, (CRATE,))
    wanted = hashlib.sha256(f"{original.name}\n{MENDS}".encode()).hexdigest()[:16]
    mended = cache / f"{original.name}-mended-{wanted}"
    if not mended.exists():
        partial = mended.with_name(f"{mended.name}.{os.getpid()}.partial")
        shutil.copytree(original, partial)
        for mend in MENDS:
            _apply(mend, partial)
        partial.replace(mended)
    return mended


def _apply(mend: Mend, crate: Path) -> None:
    path = crate / mend.file
    text = path.read_text("utf-8")
    before, anchor, behind = text.partition(mend.anchor)
    if not anchor or mend.before not in behind:
        raise CannotMend(f"{mend.file} of {CRATE} has no `{mend.before}` behind `{mend.anchor}`")
    path.write_text(before + anchor + behind.replace(mend.before, mend.after, 1), "utf-8")


def folders_of_crates(
    cargo: str, workspace: Path, environment: dict[str, str], names: Sequence[str]
) -> tuple[Path, ...]:
    """Where cargo keeps the sources of crates that the workspace depends on. Raises CannotMend."""
    command = [cargo, "metadata", "--format-version", "1"]
    for attempt in ([*command, "--locked"], command):
        printed = subprocess.run(attempt, cwd=workspace, env=environment, capture_output=True, text=True, check=False)
        if printed.returncode == 0:
            packages = json.loads(printed.stdout)["packages"]
            manifests = {package["name"]: Path(package["manifest_path"]) for package in packages}
            return tuple(manifests[name].parent for name in names)
    raise CannotMend(printed.stderr)
