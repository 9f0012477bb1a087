"""The pages in `docs/reference`: written from the stubs that come with Runekiln, all of each page."""

from __future__ import annotations

from pathlib import Path

from runekiln_analysis.host_items import host_items
from runekiln_analysis.reference_pages import reference_pages
from runekiln_runtime.binding import bound
from runekiln_runtime.code_cache import load_code
from runekiln_runtime.paths import GUEST_FILE
from runekiln_runtime.stub_files import HostSetup

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def pages() -> dict[str, str]:
    """Each page as it is to be now, by the name of its file. Of Rune's own declarations Rune has the documentation."""
    return reference_pages(host_items(bound(load_code(GUEST_FILE), HostSetup().request().stubs).bindings))


def main() -> None:
    """Write all pages anew, and take those away that there are no more."""
    REFERENCE.mkdir(exist_ok=True)
    wanted = pages()
    before = {page.name: page.read_text(encoding="utf-8") for page in REFERENCE.glob("*.md")}
    for name in sorted(wanted.keys() | before.keys()):
        if name not in wanted:
            (REFERENCE / name).unlink()
            print(f"removed docs/reference/{name}")
        elif before.get(name) != wanted[name]:
            (REFERENCE / name).write_text(wanted[name], encoding="utf-8")
            print(f"wrote docs/reference/{name}")


if __name__ == "__main__":
    main()
