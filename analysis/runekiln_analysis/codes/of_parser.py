"""The codes of what our parser and formatter say, a line each: the code, how severe it is, what it is about."""

from __future__ import annotations

OF_PARSER = """\
expected-comma error a list without a `,` between two elements
expected-space error `>>` where two `>` are meant
expected-name error a declaration without a name
expected-parameters error a function without its parameters
expected-function-body error a function without its block
borrowed-self error `&self` or `mut self`
value-needs-parentheses error a value that Rune only reads in parentheses
expected-template-close error `${` without its `}`
expected-template-hole error `$` in a template without `{`
unterminated-template error a template that is not closed
keyword-as-name error a word of the language in the place of a name
expected-field error a `.` without a field or method
expected-path-segment error a `::` without a name
expected-macro-call error a macro without `!`
expected-arguments error a macro without the arguments that it needs
expected-type error an annotation without a type
expected-variants error an enum without its variants
expected-attribute error a `#` without `[`
expected-attribute-name error an attribute without a name
expected-path error a missing path
expected-visibility error `pub(…)` without a place
unclosed-parenthesis error a `(` that is not closed
unclosed-bracket error a `[` that is not closed
unclosed-brace error a `{` that is not closed
unclosed-parameters error a closure whose `|` is not closed
unclosed-angle-bracket error a `<` that is not closed
unexpected-closing error a parenthesis that closes nothing
expected-expression error a missing expression
expected-block error a missing block
expected-colon error a label without its `:`
expected-in error a `for` without `in`
expected-condition error an `if` or `while` without a condition
expected-equal error a missing `=`
expected-arms error a `match` without arms
expected-fat-arrow error an arm without `=>`
expected-closure error a closure that goes on as none does
unexpected-semicolon error a `;` that ends nothing
expected-item error something where only declarations can stand
expected-object error a `#` without `{`
expected-pattern error a missing pattern
expected-function error a missing function
expected-key error an object without a key
misplaced-doc-comment error a doc comment of nothing
unexpected-modifier error `async` or `const` where it is not possible
unexpected-visibility error `pub` where it is not possible
unexpected-annotation error an annotation where there can be none
too-deeply-nested error more levels than can be read
label-at-line-end error a label at the end of a line, which Rune does not see
empty-character error `''` without a character
not-utf8 error a byte that is not UTF-8
byte-order-mark hint a byte order mark, which other Rune hosts refuse
ignored-arguments warning arguments of an assertion that Rune does not read
too-many-problems info the compiler was asked often enough; more may follow
cannot-format error a text that the formatter leaves as it is
"""
