"""The codes of what Rune's compiler says, a line each: the code, how severe it is, what it is about."""

from __future__ import annotations

OF_COMPILER = """\
missing-import error a `use` of what is not there
missing-item error a name that means nothing here
missing-item-hash error an item that the compiler has lost
missing-local error a variable that is not there
missing-macro error a macro that is not there
missing-self error `self` where there is none
missing-module-item error a module that the compiler has lost
missing-module error `mod name;` without a file for it
duplicate-module error a module that is declared twice
missing-function-hash error `pub use` of what cannot be handed on
missing-function error a call of a function that Rune has left out
missing-label error `break` or `continue` with a label that no loop around has
ambiguous-item error a name that is declared twice
ambiguous-context-item error a name that several things of the host have
not-visible error an item that is not `pub`, used from outside of its module
module-not-visible error a module that is not `pub`, used from outside
import-cycle error a `use` that leads back to itself
import-too-deep error a `use` that leads through too many others
empty-use error a `use` that names nothing
missing-last-name error a path that ends without a name
bad-use error something behind `*` or a group in a `use`
bad-use-alias error `as` behind `*` or a group
misplaced-path-keyword error `crate`, `self` or `super` in the middle of a path
global-path error a path that begins with `::`
misplaced-self error `self` where it cannot stand
misplaced-self-type error `Self` outside of `impl` blocks
super-of-root error `super` at the root
super-of-self-type error `super` behind `Self`
path-after-generics error a path that goes on behind `<…>`
unsupported-generics error `<…>` where nothing takes it
conflicting-item error a name that is taken already
conflicting-function error a second function of one name
conflicting-function-hash error a second function of one name, as Rune counts them
conflicting-reexport error a `pub use` of a name that is taken
conflicting-constant error a second constant of one name
conflicting-variant error a second variant of one name
conflicting-type error a second type of one name
variable-moved error a variable that was moved away before
wrong-argument-count error a call with another number of arguments than what is called has
too-many-parameters error a function with more parameters than Rune counts
not-a-struct error `Name { … }` of what has no named fields
missing-field error a literal of a struct without one of its fields
unknown-field error a field that the struct does not have
missing-field-in-pattern error a pattern that leaves out fields without `..`
duplicate-key error a key that stands twice in an object
self-outside-impl error `self` as a parameter outside of `impl` blocks
bad-field-access error what cannot be a field, behind a `.`
bad-tuple-index error what cannot be the number of a field
unexpected-item error a name that means something of another kind than is needed here
unsupported-item error a name of something that cannot stand here
unsupported-unary-operator error an operator before a value that has none such
unsupported-operator error an operator between values that have none such
unsupported-operator-assignment error `+=` and its like to what cannot be assigned to so
unsupported-assignment error an assignment to what cannot be assigned to
unsupported-reference error `&`, which Rune does not have
mutable-variable error `mut`, which Rune does not have
bad-pattern error what cannot be a pattern
bad-binding-pattern error a pattern with a name that is no variant or type
bad-rest-pattern error `..` where it cannot stand
missing-semicolon error a statement without its `;`
expected-parentheses error operators of which it is not clear what belongs together
break-outside-loop error `break` outside of loops
break-outside-loop-in-const error `break` outside of loops in a constant
break-with-value error a value for a loop that can give none
continue-outside-loop error `continue` outside of loops
continue-block error `continue` of a labelled block
duplicate-label error two labels at one loop
duplicate-default error two `default`s in a `select`
repeated-default error two `default`s in a `select`, as the compiler sees them later
await-outside-async error `.await` outside of `async`
bad-closure error a closure that is not possible
not-const error a constant that cannot be computed while compiling
const-cycle error a constant that needs itself
const-error error a constant whose value cannot be computed
const-too-long error a constant that takes too long
missing-index-in-const error an element that the value in a constant does not have
missing-field-in-const error a field that the value in a constant does not have
wrong-argument-count-in-const error a call in a constant with another number of arguments
const-async error a function that is both `const` and `async`
const-async-block error a block that is both `const` and `async`
yield-in-const error `yield` in a `const fn`
await-in-const error `.await` in a constant
closure-in-const error a closure in a constant
async-block-in-const error an `async` block in a constant
duplicate-attribute error an attribute that stands twice
nested-test error `#[test]` inside of a function
nested-bench error `#[bench]` inside of a function
missing-built-in-macro error a built-in macro that is not there
macro-recursion error macros that call each other without an end
unsupported-visibility error `pub` where it is not possible
unexpected-syntax error something else than Rune expects here
unsupported error something that Rune does not support
expected-end error something behind the end of the script
unexpected-end error a file that ends in the middle of something
bad-lexer-mode error a template that Rune's lexer loses track of
expected-escape error a `\\` without a character to escape
bad-escape error an escape that does not exist
unterminated-string error a string that is not closed
unterminated-byte-string error a string of bytes that is not closed
unterminated-character error a character that is not closed
unterminated-byte error a byte that is not closed
unclosed-character error a character without its last `'`
expected-character error a `'` without a character or a label
unclosed-byte error a byte without its last `'`
unexpected-character error a character that means nothing in Rune
unclosed-macro-call error a macro call that is not closed
unterminated-comment error a comment that is not closed
bad-character error what is no character
bad-byte error what is no byte
bad-number error what is no number
number-out-of-range error a whole number that is too large
unsigned-number-out-of-range error a number without a sign that is too large
bad-number-suffix error a suffix that numbers do not have
expected-syntax error something else than Rune expects here
expected-syntax-inside error something else than Rune expects inside of this
expected-end-of-syntax error something behind what should have ended
unexpected-end-of-syntax error something that ends too early
unexpected-end-of-part error a part that ends too early
expected-one error exactly one is needed here
expected-at-most-one error one at most is possible here
expected-at-least-one error one at least is needed here
unsupported-delimiter error parentheses of a kind that cannot stand here
unreadable-file error a file that cannot be read
module-without-path error `mod name;` where a module can have no file
unsupported-module-root error a module next to a script that has no place
unsupported-module-item error a module whose file cannot be found
compiler-alloc-error error trouble of Rune's own compiler: alloc error
compiler-access-error error trouble of Rune's own compiler: access error
compiler-vm-error error trouble of Rune's own compiler: vm error
compiler-encode-error error trouble of Rune's own compiler: encode error
compiler-guard-mismatch error trouble of Rune's own compiler: guard mismatch
compiler-missing-scope error trouble of Rune's own compiler: missing scope
compiler-pop-error error trouble of Rune's own compiler: pop error
compiler-syntree error trouble of Rune's own compiler: syntree
compiler-format-error error trouble of Rune's own compiler: format error
compiler-static-string-missing error trouble of Rune's own compiler: static string missing
compiler-static-bytes-missing error trouble of Rune's own compiler: static bytes missing
compiler-static-string-hash-conflict error trouble of Rune's own compiler: static string hash conflict
compiler-static-bytes-hash-conflict error trouble of Rune's own compiler: static bytes hash conflict
compiler-static-object-keys-missing error trouble of Rune's own compiler: static object keys missing
compiler-static-object-keys-hash-conflict error trouble of Rune's own compiler: static object keys hash conflict
compiler-missing-label-location error trouble of Rune's own compiler: missing label location
compiler-missing-source-id error trouble of Rune's own compiler: missing source id
compiler-bad-slice error trouble of Rune's own compiler: bad slice
compiler-bad-synthetic-id error trouble of Rune's own compiler: bad synthetic id
compiler-arena-write-slice-out-of-bounds error trouble of Rune's own compiler: arena write slice out of bounds
compiler-arena-alloc-error error trouble of Rune's own compiler: arena alloc error
compiler-bad-span error trouble of Rune's own compiler: bad span
compiler-bad-indent error trouble of Rune's own compiler: bad indent
compiler-internal error trouble of Rune's own compiler: internal
not-used warning a value or an import that nothing uses
unreachable-code warning code that is never reached
let-pattern-might-panic hint a `let` whose pattern may not fit the value
needless-template warning a template without `${…}`
needless-parentheses warning parentheses that are not needed
needless-semicolon warning a `;` that is not needed
deprecated warning something that will not always be there
format-arguments error arguments that do not fit the format
bad-format-string error a format that does not exist
unsupported-attribute error an attribute where Rune has none
unsupported-annotation error an annotation that Rune does not have
call-in-const error a call that a constant cannot make
expression-in-const error an expression that a constant cannot have
async-in-const error `async` in a constant
bad-constant-pattern error a constant in a pattern whose value cannot be matched
module-in-function error a module in a function
break-with-value-in-const error `break` with a value in a constant
unused-semicolons error a row of `;` that end nothing
bad-range error a range that does not exist
compile-error error what the compiler says in words of its own
"""
