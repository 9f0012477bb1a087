//! Each mistake is said once, and everything beside it is still checked.

mod fixture;
use fixture::{check, check_as};
use runekiln_guest::protocol::Dialect;

#[test]
fn a_broken_header_keeps_its_name_known_and_the_rest_checked() {
    check(
        r#"
pub fn sow(seeds { seeds }
                       //^ error[unclosed-parenthesis]
pub fn main() { sow(1); absent(); }
                      //^^^^^^ error[missing-item]
"#,
    );
}

#[test]
fn a_syntax_error_in_a_body_hides_nothing_elsewhere() {
    check(
        r#"
pub fn sow() { let = 1; absent_here() }
                 //^ error[expected-pattern]
                      //^^^^^^^^^^^ error[missing-item]
pub fn main() { sow(); absent(); }
                     //^^^^^^ error[missing-item]
"#,
    );
}

#[test]
fn errors_of_all_three_passes_are_found_together() {
    check(
        r#"
pub fn one() { let mut bed = 1; bed }
                 //^^^ error[mutable-variable]
pub fn two(x) { x.await; }
              //^^^^^^^ error[await-outside-async]
pub fn three() { nonsense!(1); }
               //^^^^^^^^ error[missing-macro]: There is no macro `nonsense`
pub fn four() { println!("{} {}", 1); }
                       //^^^^^^^ error[format-arguments]
pub fn five() { absent(); break; }
              //^^^^^^ error[missing-item]
                        //^^^^^ error[break-outside-loop]
"#,
    );
}

#[test]
fn several_errors_of_one_function_are_all_found() {
    check(
        r#"
pub fn main() {
    let first = absent_one();
              //^^^^^^^^^^ error[missing-item]
    let second = #{ a: absent_two, b: [absent_three] };
                     //^^^^^^^^^^ error[missing-local]
                                     //^^^^^^^^^^^^ error[missing-local]
    1 = first;
  //^^^^^^^^^ error[unsupported-assignment]
    match second { Absent::Three => 1, _ => 2 }
                 //^^^^^^^^^^^^^ error[bad-binding-pattern]
}
"#,
    );
}

#[test]
fn a_broken_constant_is_one_mistake() {
    check(
        r#"
const SEEDS = absent();
            //^^^^^^ error[missing-item]
const BEDS = SEEDS + 1;
pub fn main() { let n = SEEDS + BEDS; match n { SEEDS => absent_too(), _ => 1 } }
                                                       //^^^^^^^^^^ error[missing-item]
"#,
    );
}

#[test]
fn a_broken_constant_at_the_end_of_a_chain_is_one_mistake() {
    check(
        r#"
pub const BEDS = ROWS + 1;
pub const ROWS = SEEDS + 1;
pub const SEEDS = BAGS + 1;
pub const BAGS = absent();
               //^^^^^^ error[missing-item]
pub fn main() { BEDS + ROWS; absent_too() }
                           //^^^^^^^^^^ error[missing-item]
"#,
    );
}

#[test]
fn a_broken_constant_function_is_one_mistake() {
    check(
        r#"
const fn rows() { absent() }
                //^^^^^^ error[missing-item]
const BEDS = rows() + 1;
pub fn main() { BEDS + rows() }
"#,
    );
}

#[test]
fn a_block_that_is_computed_from_a_broken_constant_is_none() {
    check(
        r#"
const SEEDS = absent();
            //^^^^^^ error[missing-item]
const BEDS = SEEDS + 1;
const fn third(of:) { of / 3 }
                //^ error[expected-type]
const ROWS = third(9);
pub fn main() { const_of(const { BEDS + 1 }, const { SEEDS + ROWS }, const { ROWS }) }
fn const_of(beds, seeds, rows) { beds + seeds + rows + const { absent_too() } }
                                                             //^^^^^^^^^^ error[missing-item]
"#,
    );
}

#[test]
fn a_constant_that_cannot_be_read_does_not_turn_patterns_into_bindings_with_errors() {
    check(
        r#"
const SEEDS = ;
            //^ error[expected-expression]
pub fn main() { match 1 { SEEDS => 1, _ => 2 } }
"#,
    );
}

#[test]
fn a_name_that_is_defined_twice_is_said_once_and_both_bodies_are_checked() {
    check(
        r#"
pub fn sow() { absent_one() }
             //^^^^^^^^^^ error[missing-item]
pub fn sow() { absent_two() }
     //^^^ error[ambiguous-item]: `sow` is defined more than once
             //^^^^^^^^^^ error[missing-item]
pub fn main() { sow() }
"#,
    );
}

#[test]
fn docs_at_the_end_of_a_file_do_not_stay_without_their_item() {
    check(
        r#"
pub fn main() {}
/// What follows is broken.
pub fn sow( { }
          //^ error[unclosed-parenthesis]
"#,
    );
}

#[test]
fn what_is_used_in_broken_code_only_is_not_called_unused() {
    check(
        r#"
fn helper() { 1 }
fn lonely() { 2 }
 //^^^^^^ warning[not-used]
pub fn main() { let x = helper(; }
                             //^ error[unclosed-parenthesis]
"#,
    );
}

#[test]
fn a_missing_type_of_an_impl_is_one_mistake() {
    check(
        r#"
impl Bed { fn dig(self) { 1 } }
   //^^^ error[missing-item]
pub fn main() { 1 }
"#,
    );
}

#[test]
fn a_broken_import_is_one_mistake() {
    check(
        r#"
use garden::sow;
  //^^^^^^^^^^^ error[missing-import]
use std::iter::nothing;
  //^^^^^^^^^^^^^^^^^^ error[missing-import]
pub fn main() { sow(1) }
"#,
    );
}

#[test]
fn a_variable_whose_statement_is_broken_stays_known() {
    check(
        r#"
pub fn main() {
    let Absent { bed } = 1;
      //^^^^^^ error[missing-item]
    bed
}
"#,
    );
}

#[test]
fn function_bodies_are_checked_too() {
    check_as(
        r#"
let bed = absent();
        //^^^^^^ error[missing-item]
let seeds = absent_too;
          //^^^^^^^^^^ error[missing-local]
bed + seeds
"#,
        Dialect::FunctionBody,
    );
}

#[test]
fn warnings_of_functions_without_errors_are_said_once_beside_errors() {
    check(
        r#"
fn lonely() { 1 }
 //^^^^^^ warning[not-used]
fn helper() { return 1; 2 }
                      //^ warning[unreachable-code]
pub fn main() { absent(); helper(); return 1; 3 }
              //^^^^^^ error[missing-item]
                                            //^ warning[unreachable-code]
"#,
    );
}

#[test]
fn mistakes_outside_of_functions_do_not_hide_those_in_them() {
    check(
        r#"
use nowhere::*;
           //^ error[missing-import]: There is no `nowhere`
impl Absent { fn dig(self) { 1 } }
   //^^^^^^ error[missing-item]
pub fn main() { absent_two() }
              //^^^^^^^^^^ error[missing-item]
pub fn other() { absent_three() }
               //^^^^^^^^^^^^ error[missing-item]
"#,
    );
}

#[test]
fn where_reading_stops_early_no_type_of_an_impl_seems_missing() {
    check(
        r#"
/// How much a bed drinks.
enum Thirst {
}
impl Thirst {
    fn litres(self) {
        match self {
        }
    }
}
struct Bed {
}
impl Bed {
    fn new(name, thirst) {
     //^^^ warning[not-used]
    }
}
pub fn main() {
    let beds = [
    ];
    nonsense!(1);
  //^^^^^^^^ error[missing-macro]
    'days: for day in DAYS {
                    //^^^^ error[missing-item]
        if day == "Thursday" {
        }
    }
}
"#,
    );
}

#[test]
fn what_is_left_of_a_broken_attribute_does_not_hide_its_function() {
    check(
        r#"
/// Opens it a little.
#[hook}event = "tool:after", pattern = "valve*", priority = 20)]
    //^ error[unclosed-bracket]
                                                            //^ error[unexpected-closing]
                                                             //^ error[unexpected-closing]
pub fn slow_valve(context, event) { absent(event) }
                                  //^^^^^^ error[missing-item]
pub fn main() { slow_valve(1, 2); absent_too() }
                                //^^^^^^^^^^ error[missing-item]
"#,
    );
}

#[test]
fn an_import_that_is_lost_makes_nothing_doubtful_but_its_own_name() {
    check(
        r#"
fn beds() {
    #[test]
  //^^^^^^^ error[nested-test]
    fn rows() {
        use std::slice::Iter;
    }
}
pub fn main() {
    Vec::it(seeds);
  //^^^^^^^ error[missing-item]
          //^^^^^ error[missing-local]
}
"#,
    );
}

#[test]
fn a_broken_import_makes_nothing_doubtful_that_it_leads_through() {
    check(
        r#"
pub fn beds() {
    use std::ops::{Range} rows();
                        //^^^^ error[missing-semicolon]
}
pub fn main() {
    Vec::assert_eq!(1, 1);
  //^^^^^^^^^^^^^^ error[missing-macro]
}
"#,
    );
}

#[test]
fn what_stands_for_something_that_was_taken_out_is_not_told_of() {
    check(
        "
async fn sow(n) {ß absent();
                  //^^^^^^ error[missing-semicolon]
    n
}
",
    );
}
