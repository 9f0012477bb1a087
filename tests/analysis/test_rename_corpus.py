"""Names of Rune's own tests, its documentation and our sample kiln, renamed at random: the meaning stays the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import pytest
from runekiln_analysis.rename import rename
from runekiln_analysis.renamed_script import edited
from runekiln_analysis.renaming import Refused
from runekiln_analysis.script import Script, module_in
from runekiln_analysis.snapshot import Snapshot
from runekiln_analysis.stubs import Bindings
from runekiln_analysis.syntax import SyntaxKind as K
from runekiln_analysis.text import LineIndex

from tests.analysis.fixtures import checker
from tests.analysis.resolve.corpus import Sample, samples
from tests.analysis.resolve.renaming import outline_of
from tests.analysis.resolve.scripts import resolved
from tests.analysis.resolve.told import wrong
from tests.analysis.std import with_std

PATH = "main.rn"
INNER = "inner.rn"
FRESH = "freshname"
NAMES_OF_A_SCRIPT = 4


@cache
def bindings() -> Bindings:
    return with_std(checker().configured().bindings)


def snapshot_of_text(text: bytes) -> Snapshot:
    facts = checker().check(PATH, text, lambda _: None)
    return Snapshot(PATH, text, LineIndex(text), facts, bindings())


def some_names(snapshot: Snapshot, seed: int) -> list[tuple[int, str]]:
    """Places of names, each with the name."""
    script = snapshot.script
    found: list[tuple[int, str]] = []
    for number in range(len(script.main.items)):
        tree = script.tree(number)
        tokens = (node for node in range(len(tree)) if tree.kind(node) in (K.IDENTIFIER, K.LABEL))
        found += ((tree.start(node), tree.content(node)) for node in tokens)
    return random.Random(seed).sample(found, min(NAMES_OF_A_SCRIPT, len(found)))


def renamed_texts(sample: Sample, names: list[tuple[int, str, str]]) -> Iterator[tuple[bytes, str]]:
    """What comes of the script with each of those names that can be given, and what was done."""
    snapshot = snapshot_of_text(sample.text)
    for offset, before, after in names:
        found = rename(snapshot, offset, after)
        if not isinstance(found, Refused) and found.edits:
            yield edited(sample.text, found.edits[PATH]), f"{sample.name}: {before} at {offset} to {after}"


def differs(sample: Sample, text: bytes) -> bool:
    """Whether the compiler says something else of the new text, or not what the resolver says of it."""
    meant = checker().meanings(PATH, text, lambda _: None)
    found = resolved({PATH: text}, bindings())
    before = resolved({PATH: sample.text}, bindings())
    said = [*wrong(found, meant)]
    return not meant.compiles or said != [] or outline_of(found, meant) != outline_of(before, sample.meant)


@pytest.mark.parametrize("part", range(4))
def test_a_fresh_name_changes_no_meaning(part: int) -> None:
    renamed = 0
    for seed, sample in enumerate(samples()[part::4]):
        names = some_names(snapshot_of_text(sample.text), seed)
        for text, done in renamed_texts(sample, [(*name, FRESH) for name in names]):
            assert not differs(sample, text), done
            renamed += 1
    assert renamed > 150


@pytest.mark.parametrize("part", range(4))
def test_a_name_that_is_in_the_script_changes_no_meaning_or_is_refused(part: int) -> None:
    renamed = 0
    for seed, sample in enumerate(samples()[part::4]):
        names = some_names(snapshot_of_text(sample.text), seed)
        others = [name for _, name in names[1:]] + [names[0][1]] if names else []
        wanted = [(*name, other) for name, other in zip(names, others, strict=True) if name[1] != other]
        for text, done in renamed_texts(sample, wanted):
            assert not differs(sample, text), done
            renamed += 1
    assert renamed > 20


@pytest.mark.parametrize("part", range(4))
def test_the_way_back_leads_to_the_text_before(part: int) -> None:
    """Apart from short forms, which are written out: of the long form nobody knows that it was a short one."""
    for seed, sample in enumerate(samples()[part::4]):
        for offset, name in some_names(snapshot_of_text(sample.text), seed)[:1]:
            there = rename(snapshot_of_text(sample.text), offset, FRESH)
            if isinstance(there, Refused) or any(":" in edit.text for edit in there.edits.get(PATH, ())):
                continue
            text = edited(sample.text, there.edits[PATH])
            before = sum(edit.span[0] < offset for edit in there.edits[PATH])
            place = offset + before * (len(there.edits[PATH][0].text) - len(name))
            back = rename(snapshot_of_text(text), place, name)
            assert not isinstance(back, Refused), f"{sample.name}: {back.reason}"
            assert edited(text, back.edits[PATH]) == sample.text, sample.name


def test_names_of_a_module_in_a_file_of_its_own() -> None:
    """Each sample as a `mod` file, renamed in from there: the script around it compiles as before."""
    renamed = 0
    for seed, sample in enumerate(samples()[::3]):
        files = {PATH: b"mod inner;\n", INNER: sample.text}
        before = checker().meanings(PATH, files[PATH], files.get)
        if not before.compiles:
            # What begins at `crate` is elsewhere now.
            continue
        for offset, name in some_names(snapshot_of_text(sample.text), seed):
            found = rename(module_of(files), offset, FRESH)
            if isinstance(found, Refused):
                continue
            after = {path: edited(text, found.edits.get(path, ())) for path, text in files.items()}
            meant = checker().meanings(PATH, after[PATH], after.get)
            done = f"{sample.name}: {name} at {offset}"
            assert meant.compiles, done
            assert [*wrong(resolved(after, bindings()), meant)] == [], done
            assert [len(file.items) for file in meant.files] == [len(file.items) for file in before.files], done
            renamed += 1
    assert renamed > 200


def module_of(files: dict[str, bytes]) -> Snapshot:
    """The `mod` file of a script, as an editor has it open."""
    facts = checker().check(PATH, files[PATH], files.get)
    script = module_in(Script(facts, files[PATH], bindings(), files), INNER)
    return Snapshot(INNER, script.text, LineIndex(script.text), script.facts, bindings(), script.modules, PATH)
