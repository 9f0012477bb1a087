"""Keys and fields, and the names in strings and in the arguments of macros."""

from __future__ import annotations

from tests.analysis.stub_bindings import HOST

from .marks import check_host_meanings, check_meanings, check_refused


def test_the_short_form_of_a_key_names_a_variable() -> None:
    check_meanings("""
struct Bed { size, name }
pub fn main(size) {
    let name = "n";
    #{ size, name: size, "other": name };
     //^^^^ parameter, line 3
           //^^^^ nothing
                 //^^^^ parameter, line 3
                                //^^^^ let, line 4
    Bed { size, name: name }
        //^^^^ parameter, line 3; field of Bed
              //^^^^ field of Bed
                    //^^^^ let, line 4
}""")


def test_the_short_form_never_names_an_item() -> None:
    check_refused("""
const LIMIT = 1;
pub fn main() { #{ LIMIT } }
                 //^^^^^ unknown
""")


def test_templates_hold_expressions() -> None:
    check_meanings("""
const LIMIT = 3;
pub fn main(n) { `${n} of ${LIMIT + |n| { n }} and ${`${n}`}` }
                  //^ parameter, line 3
                          //^^^^^ crate::LIMIT
                                        //^ closure-parameter, line 3
                                                      //^ parameter, line 3
""")


def test_format_strings_name_variables_and_constants() -> None:
    check_meanings("""
const LIMIT = 3;
pub fn main(n) {
    println!("{n} of {LIMIT:>5} {}", n);
  //^^^^^^^ ::std::io::println
             //^ parameter, line 3
                    //^^^^^ crate::LIMIT
                                   //^ parameter, line 3
}""")


def test_arguments_with_names_go_before_variables() -> None:
    check_meanings("""
pub fn main(n, m) {
    format!("{n} {m} {n}", n = m);
            //^ format-argument, line 3
                //^ parameter, line 2
                         //^ format-argument, declared here
                             //^ parameter, line 2
    format!("{n} {}", format!("{n}", n = 2));
            //^ parameter, line 2
                              //^ format-argument, line 8
}""")


def test_a_macro_of_unknown_grammar_may_mean_anything() -> None:
    check_meanings("""
pub fn main(n) {
    stringify!(n + other)
             //^ opaque
                 //^^^^^ opaque
}""")


def test_a_macro_of_the_host_whose_arguments_are_expressions() -> None:
    """What the guest reads as expressions, a stub says; a macro is called by its whole path."""
    check_host_meanings(
        """
pub fn main(n) { crucible::log!(n); crucible::read(n) }
               //^^^^^^^^ ::crucible
                         //^^^ ::crucible::log
                                  //^^^^^^^^ ::crucible
                                            //^^^^ ::crucible::read
""",
        HOST,
    )


def test_attributes_are_for_the_host() -> None:
    check_meanings("""
#[tool(name = "main", description = "d")]
#[test]
fn probe() { main(1) }
           //^^^^ crate::main
pub fn main(tool) { tool }
                  //^^^^ parameter, line 6
""")
