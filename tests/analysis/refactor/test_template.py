"""Templates in place of sums and `format!`."""

from __future__ import annotations

import pytest

from .shown import done, offered

TITLE = "Convert to a template"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"a" +$0 name', "`a${name}`"),
        ('name + $0": " + name.to_uppercase() + "!"', "`${name}: ${name.to_uppercase()}!`"),
        ('"`\\n\\"$" +$0 name', '`\\`\\n"\\$${name}`'),
        ('form$0at!("{} of {}", 1 + 2, bed)', "`${1 + 2} of ${bed}`"),
        ('form$0at!("{bed} {{{n}}}", n = bed.width())', "`${bed} {${bed.width()}}`"),
        ('[$0format!("{}", bed)]', "[`${bed}`]"),
    ],
)
def test_what_is_put_together_becomes_one_template(before: str, after: str) -> None:
    script = 'pub fn main(bed) {{\n    let name = "north";\n    {}\n}}\n'
    assert done(script.format(before), TITLE) == script.format(after)


@pytest.mark.parametrize(
    "body",
    [
        '"a" +$0 bed',  # Perhaps no text.
        '"a" +$0 "b"',
        "1 +$0 2",
        'form$0at!("{:>3}", bed)',
        'form$0at!("{1} {0}", bed, 1)',
        'form$0at!("{a} {b}", b = bed, a = 1)',
        'form$0at!("plain")',
        'form$0at!("{}", /* why */ bed)',
        'print$0ln!("{}", bed)',
    ],
)
def test_what_a_template_could_not_say_is_left_alone(body: str) -> None:
    assert TITLE not in offered(f"pub fn main(bed) {{ {body} }}")
