//! Problems of files and items, marked in the text that has them: where, and with which code.

mod parsing;

use parsing::{check_problems, parse_whole};
use runekiln_guest::parser::Dialect;

fn check_message(text: &str, message: &str) {
    let problems = parse_whole(text, Dialect::Module).problems;
    let messages: Vec<&str> = problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    assert_eq!(messages, [message]);
}

#[test]
fn messages_say_what_was_expected_and_what_was_found() {
    check_message("fn f() { let x = ; }", "Expected an expression, found `;`");
    check_message(
        "fn f(a, b { a; }",
        "Expected `)` to close the `(` before, found `{`",
    );
    check_message(
        "fn f() { if a { }",
        "This `{` is never closed: expected `}`, found the end of the file",
    );
    check_message(
        "fn f() { a\n b }",
        "Expected `;` after the expression, found `b`",
    );
    check_message(
        "use a::fn;",
        "Expected a name, `*` or `{`, found the keyword `fn`",
    );
    check_message(
        "fn f() { x.match }",
        "`match` is a keyword of Rune: it cannot be the name of a field or method",
    );
    check_message(
        "fn f() { let mut x = 1; }",
        "Every variable of Rune can be changed: there is no `mut`",
    );
    check_message(
        "fn f() { g(\"a\" \"b\") }",
        "Expected `,` or `)`, found a string",
    );
    check_message(
        "fn f() { a_very_long_name another_name_that_is_longer_than_messages }",
        "Expected `;` after the expression, found `another_name_that_is_lon…`",
    );
}

#[test]
fn an_unclosed_parameter_list_keeps_the_function() {
    check_problems(
        r##"
    fn a( {
        //^ unclosed-parenthesis
    }
    fn b(x, y
    { x }
      //^ unclosed-parenthesis
"##,
    );
}

#[test]
fn an_unclosed_block_is_found_by_its_indentation() {
    check_problems(
        r##"
    fn a(x) {
        if x {
           //^ unclosed-brace
            x;

    }

    fn b() { 1 }
"##,
    );
}

#[test]
fn a_missing_brace_in_a_method_does_not_spoil_the_rest() {
    check_problems(
        r##"
    impl A {
        fn a(self) {
            if x {
               //^ unclosed-brace
        }
    }

    fn b() { }
"##,
    );
}

#[test]
fn a_brace_too_many_is_found_by_its_indentation() {
    check_problems(
        r##"
    fn a() {
        x;
        }
      //^ unexpected-closing
        y;
    }
    fn b() { }
"##,
    );
}

#[test]
fn unclosed_blocks_at_the_end_are_all_told() {
    check_problems(
        r##"
    fn a() { if x {
         //^ unclosed-brace
                //^ unclosed-brace
"##,
    );
}

#[test]
fn a_brace_too_many_at_the_end() {
    check_problems(
        r##"
    fn a() { } }
             //^ unexpected-closing
    fn b() { }
"##,
    );
}

#[test]
fn an_unclosed_string_ends_with_its_line() {
    check_problems(
        r##"
    fn a() {
        let s = "abc;
              //^^^^ unterminated-string
        f("x");
        g("y
        //^^ unterminated-string
         //^ unclosed-parenthesis
    }
    fn b() { println!("hello {x}"); }
"##,
    );
}

#[test]
fn an_unclosed_template_ends_with_its_line() {
    check_problems(
        r##"
    fn a() {
        let s = `abc ${x;
              //^^^^^^^^^ unterminated-template
        f(`d);
        //^^ unterminated-template
    }
    fn b() { `${ok}` }
"##,
    );
}

#[test]
fn unclosed_comments_and_characters() {
    check_problems(
        r##"
    fn a() { 'A; }
           //^^ unterminated-character
    fn b() { b'a; }
           //^^^ unterminated-byte
    fn c() { '' }
           //^^ empty-character
"##,
    );
}

#[test]
fn an_unclosed_comment_is_all_the_rest_for_rune() {
    check_problems(
        r##"
    fn a() { let = 1; }
               //^ expected-pattern
    fn d() { /* abc }
           //^^^^^^^^ unterminated-comment
    fn e() { let = 2; 'A; }
"##,
    );
}

#[test]
fn short_block_comments_have_no_end_in_rune() {
    check_problems(
        r##"
    fn a() { /**/ }
           //^^^^ unterminated-comment
    fn b() { /* */ }
           //^^^^^ unterminated-comment
"##,
    );
}

#[test]
fn a_label_needs_something_behind_it() {
    check_problems(
        r##"
    fn a() {
        'a: loop { break 'a
                       //^^ label-at-line-end
        }
    }
"##,
    );
}

#[test]
fn characters_without_use() {
    check_problems(
        r##"
    fn a() { x € ¢; § }
             //^ unexpected-character
               //^ unexpected-character
                  //^ unexpected-character
    fn b() { `costs $5` }
                  //^ expected-template-hole
"##,
    );
}

#[test]
fn functions_of_other_languages() {
    check_problems(
        r##"
    function a() { return 1; }
  //^^^^^^^^ expected-item
    def b(x) { }
    pub fn c(&self, &mut self, mut x) { }
           //^ borrowed-self
                  //^ borrowed-self
                             //^^^ mutable-variable
"##,
    );
}

#[test]
fn items_of_other_languages() {
    check_problems(
        r##"
    trait A { fn a(); }
  //^^^^^ expected-item
    static X = 1;
    type B = C;
    fn ok() { }
"##,
    );
}

#[test]
fn statements_outside_of_functions() {
    check_problems(
        r##"
    let x = 5;
  //^^^ expected-item
    x.a();
    if x { }
    fn f() { }
    y
  //^ expected-item
"##,
    );
}

#[test]
fn headers_that_are_being_typed() {
    check_problems(
        r##"
    fn
   //^ expected-name
    fn a
     //^ expected-parameters
    fn b(
      //^ unclosed-parenthesis
    fn c(x)
        //^ expected-function-body
    fn d() ->
          //^ expected-type
    struct
       //^ expected-name
    enum A
       //^ expected-variants
    mod
    //^ expected-name
    use
    //^ expected-path-segment
    const
      //^ expected-name
    impl
     //^ expected-path
    pub
    //^ expected-item
"##,
    );
}

#[test]
fn keywords_are_no_names() {
    check_problems(
        r##"
    fn match() { }
     //^^^^^ keyword-as-name
    struct A { default, fn }
             //^^^^^^^ keyword-as-name
                      //^^ expected-name
    enum B { if }
           //^^ keyword-as-name
    fn f(self, type, in) { #{ default: 1 } }
                   //^^ expected-pattern
                            //^^^^^^^ keyword-as-name
    fn g(a, match: String, b: i64) { a + b }
          //^^^^^ keyword-as-name
"##,
    );
}

#[test]
fn annotations() {
    check_problems(
        r##"
    fn a() -> { }
            //^ expected-type
    fn b(x: , y: Vec<A) { }
          //^ expected-type
                    //^ unclosed-angle-bracket
    const C: i64 = 1;
         //^ unexpected-annotation
    fn d(x: 5) { let y: = 1; }
          //^ expected-type
                      //^ expected-type
"##,
    );
}

#[test]
fn structs_and_enums() {
    check_problems(
        r##"
    struct A { x: i64 y: String }
                    //^ expected-comma
    struct B { a, b
           //^ unclosed-brace
    struct C(a, b)
               //^ missing-semicolon
    enum D { E = 1, F }
             //^ expected-comma
    struct G
         //^ missing-semicolon
"##,
    );
}

#[test]
fn uses() {
    check_problems(
        r##"
    use a::b
         //^ missing-semicolon
    use c::{d, e
         //^ unclosed-brace
    use f::;
         //^ expected-path-segment
    use g as;
          //^ expected-name
    use h i;
        //^ missing-semicolon
"##,
    );
}

#[test]
fn impls_and_modifiers() {
    check_problems(
        r##"
    impl A { const X = 1; struct B; fn f() { } }
           //^^^^^ expected-function
                        //^^^^^^ expected-function
    impl C for D { fn f() { } }
         //^^^ expected-block
    pub impl E { }
      //^^^^ unexpected-visibility
    const struct F;
  //^^^^^ unexpected-modifier
    pub(x) fn g() { }
      //^ expected-visibility
"##,
    );
}

#[test]
fn attributes() {
    check_problems(
        r##"
    #[test
       //^ unclosed-bracket
    fn a() { }
    #x fn b() { }
  //^ expected-item
    #[c]
     //^ expected-item
"##,
    );
}

#[test]
fn doc_comments_without_a_subject() {
    check_problems(
        r##"
    fn a() {
        1 + /// here
          //^^^^^^^^ misplaced-doc-comment
        2
        /// there
      //^^^^^^^^^ misplaced-doc-comment
    }
    /// and at the end
  //^^^^^^^^^^^^^^^^^^ misplaced-doc-comment
"##,
    );
}

#[test]
fn doc_comments_in_what_an_assertion_ignores() {
    check_problems(
        r##"
    fn a() {
        assert!(1 < 2 /// Rune looks at nothing from here on
            pub fn b() { } > 3);
    }
"##,
    );
}

#[test]
fn what_stands_behind_an_unclosed_literal_is_kept() {
    check_problems(
        r##"
    fn a() {
        let x = `hello ${`;
              //^^^^^^^^^^ unterminated-template
        if x == "abc {
              //^^^^ unterminated-string
            f("x);
            //^^ unterminated-string
        }
    }
"##,
    );
}
