"""The tables in `docs/specs`: written from what is bound, between a mark that names the table and one that ends it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from runekiln_analysis import reference
from runekiln_analysis.stubs import Bindings
from runekiln_runtime.checker import Checker

DOCS = Path(__file__).parents[2] / "docs" / "specs"
MARKED = re.compile(r"(<!-- table: (?P<kind>[a-z]+)(?: (?P<name>[\w:]+))? -->\n).*?(<!-- end -->)", re.DOTALL)

TABLES: Mapping[str, Callable[[Bindings, str], str]] = {
    "types": reference.types_table,
    "members": reference.members_table,
    "functions": reference.functions_table,
    "entries": lambda bindings, _: reference.entries_table(bindings),
    "attributes": lambda bindings, _: reference.attributes_table(bindings),
    "events": lambda bindings, _: reference.events_table(bindings),
}


def with_tables(text: str, bindings: Bindings) -> str:
    """The text of a page with its tables as they are to be now. Raises KeyError for a table that there is not."""

    def written(mark: re.Match[str]) -> str:
        return f"{mark[1]}{TABLES[mark['kind']](bindings, mark['name'] or '')}{mark[4]}"

    return MARKED.sub(written, text)


def main() -> None:
    """Write all tables anew."""
    bindings = Checker.load().configured().bindings
    for page in sorted(DOCS.glob("*.md")):
        before = page.read_text(encoding="utf-8")
        after = with_tables(before, bindings)
        if after != before:
            page.write_text(after, encoding="utf-8")
            print(f"wrote {page.relative_to(DOCS.parents[1])}")


if __name__ == "__main__":
    main()
