"""States that transitions name and a machine does not have."""

from __future__ import annotations

import pytest

from .shown import done, offered


def test_each_gets_a_handler_that_does_nothing() -> None:
    assert done(
        """
pub fn agent_behavior() {
    StateMachine::new()
        .state("dry", |context, event| ())
        .transition("dry", "wet", "rai$0n")
        .transition("wet", "flooded", "rain")
}
""",
        "Add 2 missing states",
    ) == (
        """
pub fn agent_behavior() {
    StateMachine::new()
        .state("dry", |context, event| ())
        .state("wet", |context, event| ())
        .state("flooded", |context, event| ())
        .transition("dry", "wet", "rain")
        .transition("wet", "flooded", "rain")
}
"""
    )


def test_a_machine_without_states_gets_all() -> None:
    assert done('pub fn main() {\n    StateMachine::ne$0w().initial("dry")\n}\n', "Add the state `dry`") == (
        'pub fn main() {\n    StateMachine::new().state("dry", |context, event| ()).initial("dry")\n}\n'
    )


@pytest.mark.parametrize(
    "body",
    [
        'StateMachine::ne$0w().state("dry", |c, e| ()).initial("dry")',
        'let other = 1$0; StateMachine::new().initial("dry")',
        'StateMachine::ne$0w().state(name, |c, e| ()).initial("dry")',  # Perhaps that one.
        'let machine = StateMachine::ne$0w().initial("dry"); finish(machine)',  # Who may add it.
    ],
)
def test_nothing_is_offered_where_none_is_missing_for_sure(body: str) -> None:
    assert not [title for title in offered(f"pub fn main(name) {{ {body} }} fn finish(m) {{}}") if "state" in title]
