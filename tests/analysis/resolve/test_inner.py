"""Items inside functions: known in their block, before and behind where they stand."""

from __future__ import annotations

from .marks import check_meanings, check_refused


def test_a_block_knows_its_items_everywhere_in_it() -> None:
    check_meanings("""
fn h() { 0 }
pub fn main() {
    g();
  //^ inner g, line 6
    fn g() { h() }
           //^ crate::h
    {
        h();
      //^ inner h, line 11
        fn h() { g() }
               //^ inner g, line 6
    }
    h()
  //^ crate::h
}""")


def test_a_function_inside_sees_no_variables() -> None:
    check_refused("""
pub fn main(n) {
    fn g(m) { n + m }
            //^ unknown
                //^ parameter, line 3
    g(n)
    //^ parameter, line 2
}""")


def test_types_and_constants_inside() -> None:
    check_meanings("""
pub fn main(x) {
    struct Frost;
    enum Sky { Clear, Rain(mm) }
    const LIMIT = 3;
    impl Sky {
        fn new() { Clear }
                 //^^^^^ inner Clear, line 4
        fn wet(self) { self.wet(); LIMIT }
                     //^^^^ parameter, line 9
                                 //^^^^^ inner LIMIT, line 5
    }
    match x {
        Frost => 1,
      //^^^^^ inner Frost, line 3
        LIMIT => 2,
      //^^^^^ inner LIMIT, line 5
        Sky::Rain(mm) => mm,
           //^^^^ inner Rain, line 4
        _ => Sky::new(),
                //^^^ inner new, line 7
    }
}""")


def test_imports_inside() -> None:
    check_meanings("""
mod shed { pub fn rake() {} pub fn hoe() {} }
fn rake() {}
pub fn main() {
    rake();
  //^^^^ crate::shed::rake
    use shed::rake;
      //^^^^ crate::shed
            //^^^^ crate::shed::rake
    let cut = { use shed::*; hoe() };
                           //^^^ crate::shed::hoe
    cut
}
pub fn other() { rake() }
               //^^^^ crate::rake
""")


def test_a_module_inside() -> None:
    """Rune finds what is in it, and refuses to go there, since it takes the function for a module that is missing."""
    check_refused("""
pub fn main() {
    mod shed {
        pub fn rake() { hoe() }
                      //^^^ inner hoe, line 6
        fn hoe() { 1 }
    }
    shed::rake()
  //^^^^ inner shed, line 3
        //^^^^ inner rake, line 4
}""")
