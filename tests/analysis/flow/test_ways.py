"""Ways through a function: where they meet, and where none leads on."""

from __future__ import annotations

from .marks import check_types


def test_types_join_where_ways_meet() -> None:
    check_types("""
fn choose(flag) {
    let value = 1;
    if flag { value = "a"; }
    let either = value;
      //^^^^^^ i64 | String
    let chosen = if flag { 1 } else { 2 };
      //^^^^^^ i64
    let mixed = if flag { 1 } else if !flag { "a" } else { 1.5 };
      //^^^^^ i64 | String | f64
    let perhaps = if flag { 1 };
      //^^^^^^^ i64 | ()
    let many = if flag { 1 } else if flag { "" } else if flag { 'a' } else if flag { 1.5 } else { true };
      //^^^^ ?
}
pub fn main() { choose(true); choose(false); }
""")


def test_a_way_that_leaves_says_nothing_behind() -> None:
    check_types("""
fn leave(flag) {
    let value = if flag { return 1 } else { "a" };
      //^^^^^ String
    let other = match flag { true => panic!("no"), _ => 1.5 };
      //^^^^^ f64
    if flag { panic!("never") } else { return (); }
    let lost = 1;
  //^^^^^^^^^^^^^ unreachable
}
fn fails() { panic!("always") }
fn calls() {
    let given = leave(false);
      //^^^^^ i64 | ()
    fails();
    1
  //^ unreachable
}
pub fn main() { leave(false); leave(true); }
""")


def test_question_marks_leave_with_what_is_missing() -> None:
    check_types("""
fn halve(number) { if number % 2 == 0 { Ok(number / 2) } else { Err("odd") } }
fn quarter(number) {
    let half = halve(number)?;
      //^^^^ ?
    let fixed = Ok(1)?;
      //^^^^^ i64
    Ok("done")
}
fn first(list) {
    let found = Some(1)?;
      //^^^^^ i64
    None?;
    Some("a")
}
pub fn main() {
    let given = quarter(3);
      //^^^^^ Result<String, String>
    let other = first([]);
      //^^^^^ Option<String>
}""")


def test_loops_are_gone_through_until_nothing_more_comes() -> None:
    check_types("""
pub fn main() {
    let value = 1;
    let seen = ();
    for number in 0..3 {
        let before = value;
          //^^^^^^ i64 | String
        let last = seen;
          //^^^^ () | i64 | String
        seen = value;
        value = "a";
    }
    let count = 0;
    while count < 3 { count += 1; }
    let counted = count;
      //^^^^^^^ i64
    let list = [];
    for number in 0..3 { list.push(number); list.push("a"); }
    let filled = list;
      //^^^^^^ Vec
    list
  //^^^^ Vec
}""")


def test_break_and_continue_take_their_states_along() -> None:
    check_types("""
pub fn main() {
    let value = 1;
    let given = loop {
      //^^^^^ String | i64
        if value is String { break "a"; }
        value = "b";
        if value == "c" { continue; }
        break 2;
    };
    let after = value;
      //^^^^^ String
    let found = 'outer: loop {
      //^^^^^ char
        loop { break 'outer 'a'; }
    };
    let nothing = for number in 0..2 { if number == 1 { break; } };
      //^^^^^^^ ()
}""")


def test_an_endless_loop_leads_nowhere() -> None:
    check_types("""
fn spin() {
    loop { }
    1
  //^ unreachable
}""")


def test_nested_loops_are_given_up_in_time() -> None:
    depth = 60
    opened = "for i in 0..2 { let b = a; a = [b]; " * depth
    check_types(f"""
fn deep(a) {{
    {opened} {"}" * depth}
    let behind = 1;
      //^^^^^^ i64
    let given = a;
      //^^^^^ ?
}}""")
