"""Scripts without a mistake, to break: the sample kiln, examples of what is bound, generated ones, Rune's own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from runekiln_analysis.diagnostics import Diagnostic, diagnostics
from runekiln_analysis.judgement import judge
from runekiln_analysis.script import Script
from runekiln_analysis.stubs import Attribute, Bindings, HostType

from tests.analysis.fixtures import checker_for
from tests.analysis.std import with_std
from tests.runtime.test_surface_examples import EXAMPLE, documented, script_of
from tests.runtime.upstream import scripts

KILN = Path(__file__).parents[1] / "kilns" / "garden"
PROFILE = "all"
MACHINES = 12


@cache
def bindings() -> Bindings:
    """All that Crucible binds for any of its loaders, and Rune itself."""
    return with_std(checker_for(PROFILE).configured().bindings)


def checked(path: str, text: bytes) -> Script:
    """What the real compiler says of a script; its `mod` files lie beside it."""
    facts = checker_for(PROFILE).check(path, text, read)
    modules = {file.path: content for file in facts.files[1:] if (content := read(file.path)) is not None}
    return Script(facts, text, bindings(), modules)


def shown(script: Script) -> tuple[Diagnostic, ...]:
    """All that is shown of it."""
    return diagnostics(script.main, {}, judge(script, modules=script.modules))


def read(path: str) -> bytes | None:
    """The text of a file, if there is one."""
    return Path(path).read_bytes() if Path(path).is_file() else None


def valid(path: str, text: str) -> Iterator[Script]:
    """The script, if nothing is wrong with it."""
    script = checked(path, text.encode())
    if not any(each.severity in ("error", "warning") for each in shown(script)):
        yield script


def of_kiln() -> Iterator[Script]:
    """The scripts of the sample kiln; a draft is broken on purpose."""
    for path in sorted(each for each in KILN.rglob("*.rn") if each.parent.name != "drafts"):
        yield from valid(str(path), path.read_text("utf-8"))


def of_surface() -> Iterator[Script]:
    """The examples in the documentation of what is bound."""
    for path, docs in documented(bindings()):
        for number, example in enumerate(EXAMPLE.findall(docs)):
            yield from valid(f"{path}-{number}.rn", script_of(example))


def of_rune() -> Iterator[Script]:
    """Rune's own tests."""
    for script in scripts():
        yield from valid(script.name, script.text)


def generated(choose: random.Random) -> Iterator[Script]:
    """Scripts with every member of the host's types, every key and event, machines, and functions that call others."""
    for kind in bindings().types:
        yield from valid(f"{kind.name}.rn", _members(kind))
    for attribute in bindings().attributes:
        yield from valid(f"{attribute.name}.rn", _attributed(attribute))
    for event in bindings().events:
        text = f'#[handler(event = "{event.name}")]\npub fn tell(context, event) {{\n    event\n}}\n'
        yield from valid(f"{event.name}.rn", text)
    for number in range(MACHINES):
        yield from valid(f"machine-{number}.rn", _machine(choose))
        yield from valid(f"calls-{number}.rn", _calls(choose))


def _members(kind: HostType) -> str:
    """A function for each member of a type, which takes a value of it."""
    written = [f"pub fn field_{row.name}(value: {kind.path}) {{\n    value.{row.name}\n}}\n" for row in kind.fields]
    for row in kind.functions:
        if row.kind == "method":
            names = [f"argument_{place}" for place in range(len(row.parameters))]
            takes = ", ".join((f"value: {kind.path}", *names))
            written.append(f"pub fn method_{row.name}({takes}) {{\n    value.{row.name}({', '.join(names)})\n}}\n")
    return "\n".join(written)


def _attributed(attribute: Attribute) -> str:
    """A function with an attribute that sets each key whose type has a plain value."""
    values = {"String": '"a"', "bool": "true", "i64": "1", "Vec<String>": '["a"]'}
    kinds = {key.name: key.type.removeprefix("Option<").removesuffix(">") for key in attribute.keys}
    kinds = {name: "Vec<String>" if "Vec" in kind else kind for name, kind in kinds.items()}
    keys = [f"{name} = {values[kind]}" for name, kind in kinds.items() if kind in values]
    takes = ", ".join(parameter.name for parameter in attribute.parameters or ())
    return f"#[{attribute.name}({', '.join(keys)})]\npub fn made({takes}) {{\n    ({takes})\n}}\n"


def _machine(choose: random.Random) -> str:
    """A behaviour whose states lead from one to the next, and back."""
    names = choose.sample(("asleep", "digging", "idle", "raking", "resting", "sowing", "watering", "waiting"), 4)
    calls = [f'.state("{name}", |context, event| context.last = event)' for name in names]
    ways = [*pairwise(names), (names[-1], names[0])]
    calls += [f'.transition("{source}", "{target}", "{choose.choice("abc")}")' for source, target in ways]
    calls.append(f'.initial("{choose.choice(names)}")')
    if choose.random() < 0.5:
        body = "    StateMachine::new()\n" + "".join(f"        {call}\n" for call in calls)
    else:
        steps = "".join(f"    machine = machine{call};\n" for call in calls)
        body = f"    let machine = StateMachine::new();\n{steps}    machine\n"
    return f"pub fn agent_behavior() {{\n{body}}}\n"


def _calls(choose: random.Random) -> str:
    """Functions at the root, in a module and of a type, each of which another calls."""
    counts = [choose.randrange(4) for _ in range(3)]
    takes = [", ".join("abc"[:count]) for count in counts]
    given = [", ".join("123"[:count]) for count in counts]
    return (
        f"pub fn main() {{\n    (dig({given[0]}), beds::rake({given[1]}), Bed::sow({given[2]}))\n}}\n\n"
        f"fn dig({takes[0]}) {{\n    ({takes[0]})\n}}\n\n"
        f"mod beds {{\n    pub fn rake({takes[1]}) {{\n        ({takes[1]})\n    }}\n}}\n\n"
        f"struct Bed;\n\nimpl Bed {{\n    fn sow({takes[2]}) {{\n        ({takes[2]})\n    }}\n}}\n"
    )
