"""The codes of the rules, a line each: the code, how severe it is, what it is about.

`python -m tests.analysis.rule_pages` writes this, of the pages in `docs/rules`.
"""

from __future__ import annotations

OF_RULES = """\
accidental-tool warning a file among the plugins that becomes a tool
ambiguous-transition warning a transition whose event takes an earlier one
attribute-not-adjacent warning something between an attribute and its function
attribute-order warning `#[param]` before `#[tool]`
await-not-future error `.await` behind what is no future
bare-attribute warning `#[tool]` and its like without parentheses
consumed-builder error a value that is used after a call has used it up
cyclic-debug warning writing out a value that holds itself
deprecated hint a call of what the host will not always have
duplicate-plugin warning two plugins of one name
duplicate-state warning a state that is added to a machine twice
duplicate-tool warning two tools of one name
label-break-value warning a labelled block that every way leaves by `break`
leaving-terminal-state hint a terminal state that transitions lead out of
let-mut error `mut`, which Rune does not have
lost-tail-value warning a block that drops the value it gives
malformed-allow warning a comment that is nearly one that allows something
malformed-plugin-tool warning an entry in `tools` that the host drops
missing-attribute-key warning an attribute without a key that it needs
missing-await error a future whose value is used, or that is dropped
missing-initial warning a state machine that begins nowhere
missing-permission error a call that needs a permission nobody has given
module-in-plugin warning `mod name;` in a plugin
native-recursion info a function that calls itself through `map` or its like
non-exhaustive-match warning a `match` without an arm for some values
not-callable error calling a value that is no function
not-cancellable warning cancelling an event that happens anyway
not-iterable error a `for` over what it cannot go through
not-public warning a function for the host that is not `pub`
number-is-integer info the type `number`, which means whole numbers
param-without-parameter warning a `#[param]` for a parameter that does not exist
parameter-without-param warning a parameter of a tool that nobody is told of
parenthesis-in-attribute warning a `)` in an attribute's text
plugin-cycle error plugins that want each other
plugin-shape warning a plugin that does not answer to what the host calls
read-only-field error assigning to a field that the host only gives
reordered-fields warning fields of a literal in another order than declared
repeated-attribute-key warning a key that stands twice in an attribute
required-after-optional warning a required parameter behind an optional one
spread-operator error `...x`, which is a field of a range
statement-call warning a line that goes on with the statement before
too-many-parameters warning a tool with more than four parameters
trapping-state hint a state that no event leads out of, and that is not terminal
type-mismatch error an operator, index, argument, condition or annotation that does not fit a value
unallowable warning a comment that allows what does not compile
unavailable-in-profile error what the script's loader lacks and others have, also in annotations
undefined-handler error a state machine that is given something else than a function
undispatched-tool warning a tool of a plugin that `dispatch` does not know
unknown-attribute warning an attribute that is nearly one of the host's
unknown-attribute-key warning a key that an attribute does not have
unknown-code warning a comment that allows a code that does not exist
unknown-event warning a handler for an event that does not exist
unknown-field error a field or key that the value before the dot does not have
unknown-method error a method that the value before the dot does not have
unknown-option warning an option that a function of the host does not have
unknown-param-type warning a type that `#[param]` does not know
unknown-permission warning a permission that does not exist
unknown-plugin error a plugin that wants another which is not there
unknown-state warning a machine that names a state which it does not have
unlisted-attribute-value hint a value of the kiln's own that is much like a known one
unreachable-code warning what no run comes to
unreachable-state hint a state that no event leads to
unused-allow hint a comment that allows nothing
unused-function hint a private method that nothing calls
unused-import hint an import that nothing uses
unused-permission hint a permission that the script does not need
unused-type hint a private struct or enum that nothing names
unused-variable hint a variable that nothing reads
wrong-arity error a call with another number of arguments than the function takes
wrong-attribute-value warning a key with a value that is not its kind
wrong-glob warning a pattern that matches nothing
wrong-handler-result warning a function that gives the host what it does not take
wrong-handler-signature warning a function that the host cannot call with what it gives
"""
