"""The codes of what is wrong in stubs, a line each: the code, how severe it is, what it is about."""

from __future__ import annotations

OF_STUBS = """\
unexpected-body error a body in a stub
unexpected-use error a `use` in a stub
expected-event-name error an event without its name as a string
expected-macro-arguments error a macro that does not say what it takes
not-bound error a declaration that cannot be bound
unknown-protocol error a protocol that does not exist
bad-parameter error a parameter that is no name
declared-twice error a name that is declared twice
host-without-permission error a function of the host that needs no permission
unknown-scope error a permission over a parameter that is not there
missing-crate error a stub that does not say its crate
bad-crate-name error what cannot be the name of a crate
bad-constant error a constant whose value is not written out
circular-alias error a type that is another name of itself
bad-event-name error an event whose name has an unknown escape
unnamed-fields error a struct whose fields have no names
missing-type error a declaration without a type
unknown-type error a type that does not exist
ambiguous-type error a name that several types have
wrong-type-arguments error a type with another number of `<…>`
unknown-trait error a trait that does not exist
unknown-impl-type error an `impl` of no declared type
repeated-stub-attribute error an attribute of stubs that stands twice
unknown-stub-attribute error an attribute that stubs do not have
misplaced-stub-attribute error an attribute of stubs where it says nothing
bad-stub-attribute error an attribute of stubs that is not written so
unknown-stub-attribute-key error a key that an attribute of stubs does not have
unknown-profile error a profile that does not exist
"""
