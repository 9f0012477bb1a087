"""Local names: where each is declared, and how far it is known."""

from __future__ import annotations

from .marks import check_meanings, check_refused


def test_a_let_is_known_behind_itself_and_hides_what_was_before() -> None:
    check_meanings("""
pub fn main(bed) {
          //^^^ parameter, declared here
    let bed = bed + 1;
            //^^^ parameter, line 2
      //^^^ let, declared here
    bed
  //^^^ let, line 4
}""")


def test_a_block_ends_what_is_declared_in_it() -> None:
    check_meanings("""
pub fn main() {
    let n = 1;
    { let n = 2; drop(n); }
                    //^ let, line 4
    n
  //^ let, line 3
}""")


def test_assignments_write_and_some_read_too() -> None:
    check_meanings("""
pub fn main() {
    let n = 1;
    n = 2;
  //^ let, line 3; written
    n += n;
  //^ let, line 3; read and written
       //^ let, line 3
    let list = [];
    list.last = n;
  //^^^^ let, line 9
}""")


def test_parameters_are_patterns() -> None:
    check_meanings("""
pub fn main((left, [right, ..]), #{ key, other: name }) {
           //^^^^ parameter, declared here
                                  //^^^ parameter, declared here
    left + right + key + name
         //^^^^^ parameter, line 2
                 //^^^ parameter, line 2
                       //^^^^ parameter, line 2
}""")


def test_a_for_is_known_in_its_block_alone() -> None:
    check_meanings("""
pub fn main(bed) {
    for bed in [bed] { bed; }
              //^^^ parameter, line 2
                     //^^^ loop, line 3
    bed
  //^^^ parameter, line 2
}""")


def test_an_arm_is_known_in_its_guard_and_body() -> None:
    check_meanings("""
pub fn main(n) {
    match n {
        Some(n) if n > 1 => n,
                 //^ pattern, line 4
                          //^ pattern, line 4
        _ => n,
           //^ parameter, line 2
    }
}""")


def test_a_condition_is_known_in_its_block_and_not_behind_else() -> None:
    check_meanings("""
pub fn main(n, m) {
    if let Some(n) = m { n } else { n }
                       //^ pattern, line 3
                                  //^ parameter, line 2
}

pub fn others(n, m) {
    if m == 1 { 0 } else if let [n] = m { n } else { n }
                                        //^ pattern, line 9
                                                   //^ parameter, line 8
}

pub fn loops(n, m) {
    while let Some(n) = m.pop() { n; }
                                //^ pattern, line 15
    n
  //^ parameter, line 14
}""")


def test_a_condition_with_its_own_name_in_it_is_refused() -> None:
    """Rune looks for the name among the new ones, which have no value yet; later releases look outside, as we do."""
    check_refused("""
pub fn main(n) {
    if let Some(n) = n { n } else { 0 }
                   //^ parameter, line 2
                       //^ pattern, line 3
}""")


def test_an_arm_of_select_waits_for_something_outside() -> None:
    check_meanings("""
pub async fn main(first) {
    let second = async { 2 };
    select {
        first = first => first,
              //^^^^^ parameter, line 2
                       //^^^^^ pattern, line 5
        n = second => n,
          //^^^^^^ let, line 3
        default => 0,
    }
}""")


def test_a_closure_takes_along_what_it_names() -> None:
    check_meanings("""
pub fn main(n) {
    let add = |m, (a, b)| n + m + a;
                        //^ parameter, line 2
                            //^ closure-parameter, line 3
                                //^ closure-parameter, line 3
    let nested = |x| |y| { let z = x + y + n; z };
                                 //^ closure-parameter, line 7
                                         //^ parameter, line 2
                                            //^ let, line 7
    async move { add; n }
               //^^^ let, line 3
}""")


def test_self_is_a_variable() -> None:
    check_meanings("""
struct Bed { size }
impl Bed {
    fn grow(self) {
          //^^^^ parameter, declared here
        let by = |n| self.size + n;
                   //^^^^ parameter, line 4
        by(self.size)
      //^^ let, line 6
    }
}
pub fn main() { Bed { size: 1 }.grow() }""")


def test_labels_are_names_of_loops() -> None:
    check_meanings("""
pub fn main() {
    'outer: for x in [1] {
  //^^^^^^ label, declared here
        'inner: loop {
            if x == 1 { break 'outer; }
                            //^^^^^^ label, line 3
            continue 'inner;
                   //^^^^^^ label, line 5
        }
    }
    'outer: while true { break 'outer; }
                             //^^^^^^ label, line 12
}""")


def test_a_label_that_is_not_there() -> None:
    check_refused("""
pub fn main() {
    loop { break 'outer; }
               //^^^^^^ unknown
}""")


def test_what_stands_behind_is_and_as_is_a_type() -> None:
    check_meanings("""
pub fn main(x) {
    let i64 = 3;
    if x is i64 { return i64; }
          //^^^ ::std::i64
                       //^^^ let, line 3
    if x is not i64 { return x as i64; }
              //^^^ ::std::i64
                                //^^^ ::std::i64
    i64
  //^^^ let, line 3
}""")


def test_constants_see_no_variables() -> None:
    check_meanings("""
const LIMIT = { let n = 3; n };
                         //^ let, line 2
pub fn main(n) {
    let c = const { let n = 2; n + LIMIT };
                             //^ let, line 5
                                 //^^^^^ crate::LIMIT
    c + n
      //^ parameter, line 4
}""")
