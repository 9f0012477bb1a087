"""Each place where Crucible calls scripts, with a script of the sample kiln: what is typed, and what comes of it."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass

import pytest

from .conftest import Shell

SCRIPTS = {
    ".crucible/scripts/codify.rn": {("codifier", "codify_session")},
    ".crucible/scripts/session_digest.rn": {("session-handler", "process_session")},
    ".crucible/scripts/tighten.rn": set(),
    ".crucible/scripts/behaviour.rn": {("behaviour", "agent_behavior")},
    ".crucible/scripts/night_round.rn": {("behaviour", "agent_behavior"), ("main", "main")},
    "plugins/programs.rn": {("tool", "rune_programs_on")},
    ".crucible/scripts/zones.rn": {("syntax", "zones"), ("main", "main")},
    ".crucible/scripts/callouts.rn": {("callout-handler", "handle_callout")},
    ".crucible/scripts/seed_list.rn": {("callout", "variety")},
    ".crucible/scripts/front_matter.rn": {("frontmatter", "agent-card"), ("frontmatter", "workflow")},
    "plugins/valves.rn": {
        ("plugin", "valves"),
        ("tool", "valve_place"),
        ("tool", "valves_of_bed"),
        ("tool", "rune_minutes_open"),
    },
    ".crucible/scripts/slow_valves.rn": {("hook", "tool:after")},
    ".crucible/scripts/bed_sheets.rn": {("handler", "note:modified"), ("handler", "custom")},
    "plugins/recipe_discovered/pump_recipes.rn": {("event-handler", "on_recipe_discovered"), ("tool", "pump_recipes")},
    ".crucible/scripts/open_tasks.rn": {("main", "main")},
    ".crucible/scripts/valve_menu.rn": {("main", "main")},
    ".crucible/scripts/failed_tools.rn": set(),
}
"""Each script with what it registers, by kind and name. An optimiser is known by nothing: somebody calls it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A command as it is typed in the kiln's folder, what it prints, and what it says on standard error."""

    point: str
    command: str
    prints: str
    says: str = ""


EXAMPLES = (
    Example(
        "workflow codification",
        "runekiln run .crucible/scripts/codify.rn --session .crucible/sessions/chat-20260411-0915-b7d2/session.jsonl",
        """\
---
type: workflow
---

## Which valves did not close last night? @irrigation-helper

## Draw up a repair plan for both @irrigation-helper

## Try again @irrigation-helper

## Put the plan on the board for Saturday @irrigation-helper
""",
    ),
    Example(
        "session handler",
        """runekiln run .crucible/scripts/session_digest.rn \\
        --session .crucible/sessions/2026-03-07-spring-valves/session.md""",
        """\
# Spring start of the drip lines

Decided:

- Brass, not plastic

Did not work:

- `read_note Log/2025-11-02.md`: note not found
""",
    ),
    Example(
        "session handler, a chat",
        """runekiln run .crucible/scripts/session_digest.rn process_session \\
        --session .crucible/sessions/chat-20260411-0915-b7d2/session.jsonl""",
        """\
# Dripping valves

Decided:

- nothing

Did not work:

- `search_notes {"limit": 3, "query": "valve membrane"}`: search index is being rebuilt
""",
    ),
    Example(
        "optimiser",
        "runekiln run .crucible/scripts/tighten.rn --arg @.crucible/workflows/spring-start.md",
        """\
---
type: workflow
title: Spring start
description: From the closed main tap to the first night round.
---

> [!gate] No frost below -2 °C in the ten-day forecast
> Ask Tomasz; he has the better weather service.

## Look at every valve @planner -> valve_list [season:: spring]

Use [[Valve map]]. A valve that sticks goes onto the list even if it opens in
the end.

## & Repair

> [!gate] Spare parts are in the blue box

### & Membranes + Filters @gardener -> filters_done

#### Manifold

#### Rain tank [critical:: true]

## Fill the lines @gardener [channel:: watering] [litres:: 400]

- [ ] Main tap open by a quarter
- [ ] End caps off, thirty seconds each
- [ ] End caps on

## First night round [agent:: night watch] [critical:: true]

The numbers go into [[Log/2026-03-15]].

> [!gate] Two people stay until the first program has ended
""",
        """\
- merged step 2.2 `Filters` into step 2.1
- left alone step 2 `Repair`: nobody is named who does it
- did not mark step 1 `Look at every valve` as parallel: step 2 has a gate
- did not mark step 3 `Fill the lines` as parallel: step 2 has a gate
- did not mark step 4 `First night round` as parallel: somebody has to agree before the work goes on
- left alone step 2.1.1 `Manifold`, step 2.1.2 `Rain tank`: nobody is named who does it
4 steps before, 4 now
""",
    ),
    Example(
        "optimiser, a step that nobody has filled in",
        """runekiln run .crucible/scripts/tighten.rn \\
        --arg '{"steps": [{"title": "Mow", "level": 2, "agent": "gardener"}, {"title": " ", "level": 2}]}'""",
        """\
---
type: workflow
---

## Mow @gardener
""",
        """\
- dropped step 2: it is empty
2 steps before, 1 now
""",
    ),
    Example(
        "agent behaviour, as the host gets it",
        "runekiln run .crucible/scripts/behaviour.rn",
        'StateMachine { states: ["idle", "working", "waiting"], transitions: ["idle" -> "working" on <on_task>, '
        '"working" -> "idle" on <on_complete>], terminal: [], current: "idle" }\n',
    ),
    Example(
        "agent behaviour, a night of it",
        "runekiln run .crucible/scripts/night_round.rn",
        """\
watering: pump on
still watering: no transition out of `watering` is taken for `pressure`
resting: pump off
watering: pump on
pump phone: 0.2 bar at the manifold
waiting: pump off
resting: pump off
skipping: pump off
resting: pump off
winter: pump off
#{ over: true, skipped: ["C"], tank: 50, way: ["resting", "watering", "resting", "watering", "waiting", "resting", \
"skipping", "resting", "winter"] }
""",
    ),
    Example(
        "agent behaviour, drawn",
        "runekiln run .crucible/scripts/night_round.rn diagram",
        """\
stateDiagram-v2
    state "resting" as s0
    state "watering" as s1
    state "skipping" as s2
    state "waiting" as s3
    state "winter" as s4
    [*] --> s0
    s0 --> s1 : is_enough
    s0 --> s2 : program
    s0 --> s4 : frost
    s2 --> s0 : minute
    s1 --> s3 : is_burst
    s1 --> s0 : done
    s3 --> s0 : person
    s4 --> [*]
""",
    ),
    Example(
        "tool",
        """runekiln run plugins/programs.rn --arg '"2026-05-09"' --arg 130""",
        'Ok([#{ bed: "Salad", litres: 40, program: "A" }, #{ bed: "Berries", litres: 90, program: "C" }])\n',
    ),
    Example(
        "tool, a tank that is too low for the last program",
        """runekiln run plugins/programs.rn --arg '"2026-05-11"' --arg 99""",
        'Ok([#{ bed: "Salad", litres: 40, program: "A" }])\n',
    ),
    Example(
        "tool, before the berries' season",
        """runekiln run plugins/programs.rn --arg '"2026-05-02"' --arg 400""",
        'Ok([#{ bed: "Salad", litres: 40, program: "A" }])\n',
    ),
    Example(
        "tool, a Sunday",
        """runekiln run plugins/programs.rn --arg '"2026-05-10"' --arg 400""",
        "Ok([])\n",
    ),
    Example(
        "tool, called with nonsense",
        """runekiln run plugins/programs.rn --arg '"soon"' --arg 400""",
        'Err("\\"soon\\" is no day, such as 2026-05-09")\n',
    ),
    Example(
        "syntax handler",
        "runekiln run .crucible/scripts/zones.rn --arg '@Projects/Readable configuration.md'",
        'Ok(["| Zone | Valves | When |\\n|---|---|---|\\n| salad | 1, 2, 3 | every day at 21:00 for 10 min |\\n"])\n',
    ),
    Example(
        "syntax handler, one block",
        """runekiln run .crucible/scripts/zones.rn zones \\
        --arg '"zone salad\\n  valves 1 2 3\\n  every day at 21:00 for 10 min\\n"' \\
        --arg '@Projects/Readable configuration.md'""",
        """\
| Zone | Valves | When |
|---|---|---|
| salad | 1, 2, 3 | every day at 21:00 for 10 min |
""",
    ),
    Example(
        "syntax handler, a block with a mistake",
        """runekiln run .crucible/scripts/zones.rn zones \\
        --arg '"zone salad\\n  at noon\\n"' --arg '{"path": "Projects/Readable configuration.md", "content": ""}'""",
        'Err("Projects/Readable configuration.md: the controller does not understand \\"at noon\\"")\n',
    ),
    Example(
        "callout processor",
        """runekiln run .crucible/scripts/seed_list.rn variety \\
        --arg '{"type": "variety", "title": "Ruthje", "content": "Sweet, early. Seeds from [[Beds/Tomatoes]]."}'""",
        "- Ruthje: Sweet, early. ([[Beds/Tomatoes]])\n",
    ),
    Example(
        "callout processor, all callouts of a note",
        "runekiln run .crucible/scripts/seed_list.rn seed_list --arg @Beds/Tomatoes.md",
        '["- Ruthje: Sweet, early, splits after heavy rain. ([[Meetings/2026-02-20#Seed swap]])"]\n',
    ),
    Example(
        "callout processor, of every type",
        """runekiln run .crucible/scripts/callouts.rn \\
        --arg '{"type": "decision", "title": "Brass valves", "content": "Seven for, one abstention."}'""",
        "decided: Brass valves\n",
    ),
    Example(
        "front matter validator",
        "runekiln run .crucible/scripts/front_matter.rn agent_card --arg @Agents/Gardener.md",
        "Ok(())\n",
    ),
    Example(
        "front matter validator, of plans",
        "runekiln run .crucible/scripts/front_matter.rn plan --arg @.crucible/workflows/open-day.md",
        'Err("a plan needs `description`")\n',
    ),
    Example(
        "front matter validator, an agent that opens valves by itself",
        """runekiln run .crucible/scripts/front_matter.rn agent_card \\
        --arg '{"fields": {"version": "2.1.1", "tools": {"flow": true, "valve": true}}}'""",
        'Err("`valve` moves water: say `ask` or `deny`")\n',
    ),
    Example(
        "front matter validator, a version of two numbers",
        """runekiln run .crucible/scripts/front_matter.rn agent_card --arg '{"fields": {"version": "2.1"}}'""",
        'Err("a version has three numbers, such as 1.0.0, not \\"2.1\\"")\n',
    ),
    Example(
        "plugin",
        "runekiln run plugins/valves.rn rehearse --arg '@Beds/Valve map.md'",
        'Ok(#{ drawn_anew: Err("there is no valve 9 on the map"), missing: Err("there is no valve 99 on the map"), '
        'nine: "[[Tomatoes]]; *sticks*, see [[Controller]]", salad: [1, 2, 3], '
        'tools: ["valve_place", "valves_of_bed"] })\n',
        'warning: `crucible::read_note` answered with a sample: Ok(Note { path: "sample.md", title: "A sample note", '
        "tags: […\n",
    ),
    Example(
        "plugin, a tool beside it",
        "runekiln run plugins/valves.rn minutes_open --arg 60 --arg 10.8",
        "6\n",
    ),
    Example(
        "hook",
        """runekiln run .crucible/scripts/slow_valves.rn --arg '{"values": {"valve_close": 1}}' \\
        --arg '{"event_type": "tool:after", "identifier": "valve_close", "payload": {"duration_ms": 4100}}'""",
        """\
pump phone: valve_close was slow 2 times
Event { event_type: "tool:after", identifier: "valve_close", payload: #{ content: "slow: 4100 ms", \
duration_ms: 4100 }, timestamp_ms: 0, cancelled: false, source: None }
""",
    ),
    Example(
        "hook, a valve that is quick enough",
        """runekiln run .crucible/scripts/slow_valves.rn --arg '{}' \\
        --arg '{"event_type": "tool:after", "identifier": "valve_close", "payload": {"duration_ms": 3000}}'""",
        'Event { event_type: "tool:after", identifier: "valve_close", payload: #{ duration_ms: 3000 }, '
        "timestamp_ms: 0, cancelled: false, source: None }\n",
    ),
    Example(
        "event handler, the second bed of two",
        """runekiln run .crucible/scripts/bed_sheets.rn rehearse \\
        --arg '{"values": {"beds": ["Beds/Salad.md"]}}' --arg '[
  {"event_type": "note:modified", "identifier": "Beds/Salad.md", "payload": {"change_type": "both"}},
  {"event_type": "note:modified", "identifier": "Beds/Berries.md", "payload": {"change_type": "frontmatter"}},
  {"event_type": "note:modified", "identifier": "Beds/Tomatoes.md", "payload": {"change_type": "content"}}]'""",
        'EventContext { values: #{"beds": ["Beds/Salad.md", "Beds/Tomatoes.md"]}, emitted: [] }\n',
    ),
    Example(
        "event handler, the third bed",
        """runekiln run .crucible/scripts/bed_sheets.rn rehearse \\
        --arg '{"values": {"beds": ["Beds/Salad.md", "Beds/Tomatoes.md"]}}' \\
        --arg '[{
  "event_type": "note:modified", "identifier": "Beds/Berries.md", "payload": {"change_type": "both"}}]'""",
        'EventContext { values: #{}, emitted: [Event { event_type: "custom", identifier: "print-sheets", payload: '
        '#{ beds: ["Beds/Salad.md", "Beds/Tomatoes.md", "Beds/Berries.md"] }, timestamp_ms: 0, cancelled: false, '
        'source: Some("rune") }] }\n',
    ),
    Example(
        "event handler, of an event of the script's own",
        """runekiln run .crucible/scripts/bed_sheets.rn print_sheets --arg '{}' \\
        --arg '{"event_type": "custom", "identifier": "print-sheets", "payload": {"beds": ["Beds/Salad.md"]}}'""",
        'to laminate: ["Beds/Salad.md"]\n'
        'Event { event_type: "custom", identifier: "print-sheets", payload: #{ beds: ["Beds/Salad.md"] }, '
        "timestamp_ms: 0, cancelled: false, source: None }\n",
    ),
    Example(
        "recipe, one that opens a valve by itself",
        """runekiln run plugins/recipe_discovered/pump_recipes.rn \\
        --arg '{"name": "open-valve", "doc": null, "private": false, "parameters": [{"name": "number"}]}'""",
        '#{ category: Some("other"), hidden: true, priority: Some(10), tags: ["irrigation", "by-hand"] }\n',
    ),
    Example(
        "recipe, one that agents may have",
        """runekiln run plugins/recipe_discovered/pump_recipes.rn --arg '{"name": "test-pump", "private": false}'""",
        '#{ category: Some("testing"), hidden: false, priority: Some(50), tags: [] }\n',
    ),
    Example(
        "recipe, one that nothing is said of",
        """runekiln run plugins/recipe_discovered/pump_recipes.rn --arg '{"name": "_wait", "private": true}'""",
        "",
    ),
    Example(
        "questions, as the host gets them",
        "runekiln run .crucible/scripts/open_tasks.rn --arg @Meetings/2026-02-20.md",
        'AskBatch { questions: [AskQuestion { header: "Who does it?", question: "Insurance for the open day", '
        'choices: ["Mira", "Tomasz", "Ravi", "Ayşe"], multi_select: false }, AskQuestion { header: "Who does it?", '
        'question: "New code for the shed", choices: ["Mira", "Tomasz", "Ravi", "Ayşe"], multi_select: false }] }\n',
    ),
    Example(
        "questions, with a choice and other words for an answer",
        """runekiln run .crucible/scripts/open_tasks.rn minutes --arg @Meetings/2026-02-20.md \\
        --arg '{"answers": [{"selected": [1]}, {"other": "the Okafors"}]}'""",
        '["- Insurance for the open day: Tomasz", "- New code for the shed: the Okafors"]\n',
    ),
    Example(
        "questions, one of them without an answer",
        """runekiln run .crucible/scripts/open_tasks.rn minutes --arg @Meetings/2026-02-20.md \\
        --arg '{"answers": [{"selected": [3]}]}'""",
        '["- Insurance for the open day: Ayşe", "- New code for the shed: nobody"]\n',
    ),
    Example(
        "questions, cancelled",
        """runekiln run .crucible/scripts/open_tasks.rn minutes --arg @Meetings/2026-02-20.md \\
        --arg '{"cancelled": true}'""",
        '["- open until the next meeting"]\n',
    ),
    Example(
        "popup, as the host gets it",
        "runekiln run .crucible/scripts/valve_menu.rn --arg '@Beds/Valve map.md'",
        'PopupRequest { title: "Which bed?", entries: ['
        'PopupEntry { label: "Salad", description: None, data: Some("1 to 3") }, '
        'PopupEntry { label: "greenhouse", description: None, data: Some("4, 5") }, '
        'PopupEntry { label: "Berries", description: Some("sticks"), data: Some("6") }, '
        'PopupEntry { label: "beans", description: None, data: Some("7, 8") }, '
        'PopupEntry { label: "Tomatoes", description: Some("sticks"), data: Some("9") }, '
        'PopupEntry { label: "see the drawing", description: None, data: Some("10 to 18") }], allow_other: true }\n',
    ),
    Example(
        "panel, as the host gets it",
        "runekiln run .crucible/scripts/valve_menu.rn to_oil --arg '@Beds/Valve map.md'",
        'Panel { header: "Which valves get oil?", items: ['
        'PanelItem { label: "Berries", description: Some("valve 6"), data: None }, '
        'PanelItem { label: "Tomatoes", description: Some("valve 9"), data: None }], '
        "hints: PanelHints { filterable: true, multi_select: true, allow_other: false, initial_selection: [0, 1], "
        "initial_filter: None } }\n",
    ),
    Example(
        "panel, when somebody has chosen",
        """runekiln run .crucible/scripts/valve_menu.rn oil_list --arg '@Beds/Valve map.md' \\
        --arg '{"selected": [1]}'""",
        "- valve 9\n",
    ),
    Example(
        "session events, of a log with a tool that failed",
        """runekiln run .crucible/scripts/failed_tools.rn replay --arg '{}' \\
        --session .crucible/sessions/2026-03-07-spring-valves/session.md""",
        'RuneEventContext { metadata: {"failed": 1}, emitted: [RuneSessionEvent { event_type: "custom", '
        'name: "tool-failed", payload: {"tool":"read_note","why":"note not found"} }] }\n',
    ),
    Example(
        "session events, the third that failed",
        """runekiln run .crucible/scripts/failed_tools.rn watch --arg '{"metadata": {"failed": 2}}' \\
        --arg '{"type": "tool_completed", "name": "valve_close", "result": "", "error": "no answer"}'""",
        'RuneEventContext { metadata: {"failed": 3}, emitted: [RuneSessionEvent { event_type: "custom", '
        'name: "tool-failed", payload: {"tool":"valve_close","why":"no answer"} }, RuneSessionEvent { event_type: '
        '"message_received", content: "Somebody should look.", participant_id: "pump-house" }] }\n',
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.point)
def test_what_is_typed_gives_what_is_shown(garden: Shell, example: Example) -> None:
    program, *arguments = shlex.split(example.command.replace("\\\n", " "))
    assert program == "runekiln"
    ended = garden.run(*arguments)
    assert (ended.stdout, ended.stderr, ended.code) == (example.prints, example.says, 0)


def test_each_script_is_run_and_no_other() -> None:
    assert {shlex.split(example.command)[2] for example in EXAMPLES} == SCRIPTS.keys()


@pytest.mark.parametrize("script", SCRIPTS)
def test_nothing_is_wrong_with_it(garden: Shell, script: str) -> None:
    """The behaviour of the design has a state that no event leads to, as `validate` says of it, too."""
    shown = garden.run("check", "--format", "concise", script).stdout
    hints = ["hint[unreachable-state]"] if script.endswith("behaviour.rn") else []
    assert re.findall(r"(?:error|warning|info|hint)\[[a-z-]+\]", shown) == hints


def test_all_are_written_as_they_are_formatted(garden: Shell) -> None:
    design = {".crucible/scripts/behaviour.rn", ".crucible/scripts/callouts.rn", ".crucible/scripts/codify.rn"}
    ended = garden.run("fmt", "--check", *sorted(SCRIPTS.keys() - design))
    assert (ended.stdout, ended.stderr, ended.code) == ("", "", 0)


def test_each_is_listed_under_its_kind(garden: Shell) -> None:
    ended = garden.run("list", "--format", "json", environment={"XDG_CONFIG_HOME": str(garden.folder / "nobody")})
    listed: dict[str, set[tuple[str, str]]] = {script: set() for script in SCRIPTS}
    for each in json.loads(ended.stdout)["registrations"]:
        if each["status"] == "registered" and each["path"] in listed:
            listed[each["path"]].add((each["kind"], each["name"]))
    assert listed == SCRIPTS


def test_only_the_draft_would_not_register(garden: Shell) -> None:
    ended = garden.run("list", "--format", "json", environment={"XDG_CONFIG_HOME": str(garden.folder / "nobody")})
    refused = {each["path"] for each in json.loads(ended.stdout)["registrations"] if each["status"] != "registered"}
    assert (refused, ended.code) == ({".crucible/scripts/drafts/broken.rn"}, 1)
