//! Problems inside of functions, marked in the text that has them: where, and with which code.

mod parsing;

use parsing::{check_problems, check_problems_of};
use runekiln_guest::parser::Dialect;

#[test]
fn a_member_that_is_being_typed() {
    check_problems(
        r##"
    fn a() { session. }
                    //^ expected-field
    fn b() {
        session.
             //^ expected-field
        let x = 1;
    }
    fn c() { x.default(); y.match; }
             //^^^^^^^ keyword-as-name
                          //^^^^^ keyword-as-name
"##,
    );
}

#[test]
fn unclosed_lists() {
    check_problems(
        r##"
    fn a() {
        f(1, 2;
            //^ unclosed-parenthesis
        let x = [1, 2;
                   //^ unclosed-bracket
        g(
       //^ unclosed-parenthesis
        let y = x[1;
                 //^ unclosed-bracket
        #{ a: 1;
       //^ unclosed-brace
    }
"##,
    );
}

#[test]
fn a_path_that_is_being_typed() {
    check_problems(
        r##"
    fn a() {
        let x = String::
                     //^ expected-path-segment
        let y = a::;
                 //^ expected-path-segment
        y
    }
"##,
    );
}

#[test]
fn lets() {
    check_problems(
        r##"
    fn a() {
        let x = ;
              //^ expected-expression
        let = 5;
          //^ expected-pattern
        let y
          //^ expected-equal
        let mut z = 1;
          //^^^ mutable-variable
        let type = 1;
        let match = 2;
          //^^^^^ keyword-as-name
        let a = 1 let b = 2;
                //^^^ missing-semicolon
        let c = 3
              //^ missing-semicolon
    }
"##,
    );
}

#[test]
fn missing_semicolons() {
    check_problems(
        r##"
    fn a() {
        f()
        //^ missing-semicolon
        g()
        //^ missing-semicolon
        x y;
        //^ missing-semicolon
        1 +
        //^ expected-expression
    }
"##,
    );
}

#[test]
fn semicolons_without_use() {
    check_problems(
        r##"
    fn a() { ; f();; }
           //^ unexpected-semicolon
                 //^ unexpected-semicolon
"##,
    );
}

#[test]
fn loops() {
    check_problems(
        r##"
    fn a() {
        for in x { }
          //^^ expected-pattern
        for x of y { }
            //^^ expected-in
        while { }
            //^ expected-condition
        loop x;
           //^ expected-block
        'a: if x { }
          //^^ expected-block
    }
"##,
    );
}

#[test]
fn conditions_and_blocks() {
    check_problems(
        r##"
    fn a() {
        if { }
         //^ expected-condition
        if x y;
           //^ expected-block
        let z = if y { 1 } else;
                             //^ expected-block
        if x { } else y { }
                    //^ expected-block
    }
"##,
    );
}

#[test]
fn match_arms() {
    check_problems(
        r##"
    fn a() {
        match x { 1 -> 2, 3 => 4 5 => 6, }
                  //^^ expected-fat-arrow
                               //^ expected-comma
        match x { => 1, 2 => , 3 }
                //^^ expected-pattern
                           //^ expected-expression
                               //^ expected-fat-arrow
        match x { A => { } (a, b) => 1 }
                                //^^ expected-comma
        match x { if => 1 }
                //^^ keyword-as-name
        match x 1 { }
              //^ expected-arms
                //^ missing-semicolon
        match x { 1 => 2
              //^ unclosed-brace
    }
"##,
    );
}

#[test]
fn select_arms() {
    check_problems(
        r##"
    fn a() {
        select { x => 1, default => 2 }
                 //^^ expected-equal
        select { x = f 1 }
                     //^ expected-fat-arrow
    }
"##,
    );
}

#[test]
fn operators() {
    check_problems(
        r##"
    fn a() {
        a == b == c;
      //^^^^^^ expected-parentheses
        a is b is c;
      //^^^^^^ expected-parentheses
        x++;
        //^ expected-expression
        a &&;
          //^ expected-expression
        not x;
      //^^^ expected-expression
        a = ;
          //^ expected-expression
    }
"##,
    );
}

#[test]
fn values_that_rune_overlooks() {
    check_problems(
        r##"
    fn a() {
        return match x { };
             //^^^^^ value-needs-parentheses
        return `x`;
             //^ value-needs-parentheses
        break Self::A;
            //^^^^ value-needs-parentheses
        0..crate::N
         //^^^^^ value-needs-parentheses
    }
"##,
    );
}

#[test]
fn closures_and_functions_without_name() {
    check_problems(
        r##"
    fn a() {
        let f = fn(x) { x };
              //^^ expected-closure
        let g = |a, b { c };
                         //^ unclosed-parameters
        let h = async 1;
                    //^ expected-block
        |x: | x
          //^ expected-type
    }
"##,
    );
}

#[test]
fn macros() {
    check_problems(
        r##"
    fn a() { println!("a" }
                        //^ unclosed-parenthesis
    fn b() { println!(); assert!() }
                    //^ expected-arguments
                               //^ expected-arguments
    fn c() { println!("{x}" x, y = 1 2) }
                          //^ expected-comma
    fn d() { stringify!( }
                       //^ unclosed-parenthesis
    fn e() { x! }
              //^ expected-arguments
"##,
    );
}

#[test]
fn delimiters_that_do_not_match() {
    check_problems(
        r##"
    fn a() { f(1]; }
              //^ unclosed-parenthesis
    fn b() { [1) }
             //^ unclosed-bracket
    fn c() { stringify!([a)]; }
                         //^ unclosed-parenthesis
"##,
    );
}

#[test]
fn patterns() {
    check_problems(
        r##"
    fn a() {
        let 1..2 = x;
           //^^ expected-equal
        let fn = x;
          //^^ keyword-as-name
        let #a = x;
           //^ expected-object
        let -x = y;
          //^ expected-pattern
        let (a b) = y;
             //^ expected-comma
        match x { A | B => 1 }
                  //^ expected-fat-arrow
    }
"##,
    );
}

#[test]
fn templates() {
    check_problems(
        r##"
    fn a() { `${1 2} ${} ${let} ${x} ${f(} ${y}` }
                //^ expected-template-close
                            //^ expected-pattern
                                       //^ unclosed-parenthesis
"##,
    );
}

#[test]
fn generic_arguments() {
    check_problems(
        r##"
    fn a() { a::<B::<C>>(); a::<B + C>() }
                    //^^ expected-space
                                //^ expected-comma
"##,
    );
}

#[test]
fn objects() {
    check_problems(
        r##"
    fn a() {
        #{ a: 1, b = 2, 3: 4 };
                 //^ expected-comma
                      //^ expected-key
        A { a: 1 b: 2 };
               //^ expected-comma
        # ;
        //^ expected-object
    }
"##,
    );
}

#[test]
fn a_function_body_is_a_file_too() {
    check_problems_of(
        r##"
    let x = 1
          //^ missing-semicolon
    x
    )
  //^ unexpected-closing
    y }
    //^ unexpected-closing
    z
"##,
        Dialect::FunctionBody,
    );
}

#[test]
fn arguments_of_standard_macros() {
    check_problems(
        r##"
    fn a() {
        println!();
               //^ expected-arguments
        assert_eq!(a, );
                    //^ expected-arguments
        assert!(a,);
        dbg!();
    }
"##,
    );
}
