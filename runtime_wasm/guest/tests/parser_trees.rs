//! The tree of each construct, drawn on a line: nodes in parentheses, tokens as their text.

mod parsing;

use parsing::{items, statements};
use runekiln_guest::parser::parse;
use runekiln_guest::tree::draw;

#[test]
fn a_tree_is_drawn_with_a_node_a_line() {
    let text = "/// Adds.\nfn add(a) { a + 1 }";
    let drawn = r#"SourceFile
  FunctionItem
    DocComment "/// Adds."
    FnKeyword "fn"
    Name
      Identifier "add"
    ParameterList
      OpenParenthesis "("
      Parameter
        IdentifierPattern
          Identifier "a"
      CloseParenthesis ")"
    Block
      OpenBrace "{"
      ExpressionStatement
        BinaryExpression
          PathExpression
            Identifier "a"
          Plus "+"
          LiteralExpression
            NumberLiteral "1"
      CloseBrace "}"
"#;
    assert_eq!(draw(&parse(text).tree, text), drawn);
}

fn check(text: &str, tree: &str) {
    assert_eq!(statements(text), tree);
}

fn check_item(text: &str, tree: &str) {
    assert_eq!(items(text), tree);
}

#[test]
fn operators_bind_as_in_rune() {
    check(
        "1 + 2 * 3",
        "(ExpressionStatement (BinaryExpression 1 + (BinaryExpression 2 * 3)))",
    );
    check(
        "(1 + 2) * 3",
        "(ExpressionStatement (BinaryExpression (ParenthesizedExpression ( (BinaryExpression 1 + 2) )) * 3))",
    );
    check(
        "1 - 2 - 3",
        "(ExpressionStatement (BinaryExpression (BinaryExpression 1 - 2) - 3))",
    );
    check(
        "a || b && c == d",
        "(ExpressionStatement (BinaryExpression a || (BinaryExpression b && (BinaryExpression c == d))))",
    );
    check(
        "a & b ^ c | d << 1",
        "(ExpressionStatement (BinaryExpression (BinaryExpression (BinaryExpression a & b) ^ c) | (BinaryExpression d << 1)))",
    );
    check(
        "-a.b * !c",
        "(ExpressionStatement (BinaryExpression (UnaryExpression - (FieldExpression a . b)) * (UnaryExpression ! c)))",
    );
    check(
        "a is String && b is not i64",
        "(ExpressionStatement (BinaryExpression (IsExpression a is String) && (IsExpression b is not i64)))",
    );
    check(
        "a as f64 + 1.0",
        "(ExpressionStatement (BinaryExpression (CastExpression a as f64) + 1.0))",
    );
    check(
        "a += b * 2",
        "(ExpressionStatement (AssignmentExpression a += (BinaryExpression b * 2)))",
    );
    check(
        "a = b = c",
        "(ExpressionStatement (AssignmentExpression a = (AssignmentExpression b = c)))",
    );
    check(
        "1 + a = 2",
        "(ExpressionStatement (BinaryExpression 1 + (AssignmentExpression a = 2)))",
    );
    check(
        "a ..= b + 1",
        "(ExpressionStatement (RangeExpression a ..= (BinaryExpression b + 1)))",
    );
    check("..b", "(ExpressionStatement (RangeExpression .. b))");
    check("a..", "(ExpressionStatement (RangeExpression a ..))");
}

#[test]
fn calls_fields_and_indexes_chain() {
    check(
        "a.b.0.c(1, 2)[3]?.await",
        "(ExpressionStatement (AwaitExpression (TryExpression (IndexExpression (MethodCallExpression (FieldExpression (FieldExpression a . b) . 0) . c (ArgumentList ( 1 , 2 ))) [ 3 ]) ?) . await))",
    );
    check(
        "f(1)(2)",
        "(ExpressionStatement (CallExpression (CallExpression f (ArgumentList ( 1 ))) (ArgumentList ( 2 ))))",
    );
    check(
        "a.collect::<Vec>()",
        "(ExpressionStatement (MethodCallExpression a . collect :: (GenericArguments < Vec >) (ArgumentList ( ))))",
    );
    check(
        r#"String::from("a").len()"#,
        r#"(ExpressionStatement (MethodCallExpression (CallExpression (PathExpression String :: from) (ArgumentList ( "a" ))) . len (ArgumentList ( ))))"#,
    );
    check(
        "f()",
        "(ExpressionStatement (CallExpression f (ArgumentList ( ))))",
    );
}

#[test]
fn a_block_before_parentheses_is_called() {
    check(
        "if c { } (a, b)",
        "(ExpressionStatement (CallExpression (IfExpression if c (Block { })) (ArgumentList ( a , b ))))",
    );
    check(
        "while c { } (a)",
        "(ExpressionStatement (WhileExpression while c (Block { })))
(ExpressionStatement (ParenthesizedExpression ( a )))",
    );
}

#[test]
fn literals() {
    check(
        r#"(true, 'a', b'a', "a\n", b"a", 0xff_u8, 1.5e-3f64)"#,
        r#"(ExpressionStatement (TupleExpression ( true , 'a' , b'a' , "a\n" , b"a" , 0xff_u8 , 1.5e-3f64 )))"#,
    );
    check(
        "[1, (), (2,), (3, 4)]",
        "(ExpressionStatement (VectorExpression [ 1 , (TupleExpression ( )) , (TupleExpression ( 2 , )) , (TupleExpression ( 3 , 4 )) ]))",
    );
    check(
        r#"#{ a: 1, "b c": 2, d }"#,
        r#"(ExpressionStatement (ObjectExpression # { (FieldInitializer a : 1) , (FieldInitializer "b c" : 2) , (FieldInitializer d) }))"#,
    );
    check(
        "Point { x: 1, y }",
        "(ExpressionStatement (StructExpression Point { (FieldInitializer x : 1) , (FieldInitializer y) }))",
    );
    check(
        "std::Point { x: 1 }",
        "(ExpressionStatement (StructExpression (Path std :: Point) { (FieldInitializer x : 1) }))",
    );
}

#[test]
fn templates_nest() {
    check(
        r#"let text = `a ${b + `c ${d} e`} \` f`;"#,
        r#"(LetStatement let text = (TemplateString ` a  (TemplateExpression ${ (BinaryExpression b + (TemplateString ` c  (TemplateExpression ${ d })  e `)) })  \` f `) ;)"#,
    );
    check(
        "`${a}${}`",
        "(ExpressionStatement (TemplateString ` (TemplateExpression ${ a }) (TemplateExpression ${ }) `))",
    );
}

#[test]
fn format_strings_have_captures() {
    check(
        r#"println!("{name:?} of {} is {{{0:>5}}} {self}", 1, name = a.b);"#,
        r#"(ExpressionStatement (MacroCall println ! (MacroArguments ( (FormatString " (FormatCapture { name :? })  of  (FormatPlaceholder { })  is {{ (FormatPlaceholder { 0 :>5 }) }}  (FormatCapture { self }) ") , 1 , (NamedArgument name = (FieldExpression a . b)) ))) ;)"#,
    );
    check(
        r#"assert_eq!(a, b + 1, "not {a}");"#,
        r#"(ExpressionStatement (MacroCall assert_eq ! (MacroArguments ( a , (BinaryExpression b + 1) , (FormatString "not  (FormatCapture { a }) ") ))) ;)"#,
    );
    check(
        "assert!(a);",
        "(ExpressionStatement (MacroCall assert ! (MacroArguments ( a ))) ;)",
    );
    check(
        "dbg!(a, b);",
        "(ExpressionStatement (MacroCall dbg ! (MacroArguments ( a , b ))) ;)",
    );
    check(
        r#"panic!("{}", a)"#,
        r#"(ExpressionStatement (MacroCall panic ! (MacroArguments ( (FormatString " (FormatPlaceholder { }) ") , a ))))"#,
    );
    check(
        "format!(text, a)",
        "(ExpressionStatement (MacroCall format ! (MacroArguments ( text , a ))))",
    );
}

#[test]
fn what_an_assertion_ignores_is_a_token_tree() {
    check(
        r#"assert!(a "is (not) so");"#,
        r#"(ExpressionStatement (MacroCall assert ! (MacroArguments ( a (TokenTree "is (not) so") ))) ;)"#,
    );
    check(
        "assert_eq!(a, b c (d));",
        "(ExpressionStatement (MacroCall assert_eq ! (MacroArguments ( a , b (TokenTree c ( d )) ))) ;)",
    );
}

#[test]
fn other_macros_have_token_trees() {
    check(
        "sql!(select * from (a) { b } where `c ${d}`);",
        "(ExpressionStatement (MacroCall sql ! (TokenTree ( select * from (TokenTree ( a )) (TokenTree { b }) where ` c  (TokenTree ${ d }) ` ))) ;)",
    );
    check(
        "sql! { a b }",
        "(ExpressionStatement (MacroCall sql ! (TokenTree { a b })))",
    );
    check(
        "sql![a]",
        "(ExpressionStatement (MacroCall sql ! (TokenTree [ a ])))",
    );
}

#[test]
fn lets_and_patterns() {
    check("let x = 1;", "(LetStatement let x = 1 ;)");
    check(
        "let (a, _, ..) = b;",
        "(LetStatement let (TuplePattern ( a , (WildcardPattern _) , (RestPattern ..) )) = b ;)",
    );
    check(
        "let [first, .., last] = b;",
        "(LetStatement let (VectorPattern [ first , (RestPattern ..) , last ]) = b ;)",
    );
    check(
        r#"let #{ a, "b": c, d: (e, f), .. } = g;"#,
        r#"(LetStatement let (ObjectPattern # { a , (FieldPattern "b" : c) , (FieldPattern d : (TuplePattern ( e , f ))) , (RestPattern ..) }) = g ;)"#,
    );
    check(
        "let Some(x) = y;",
        "(LetStatement let (TuplePattern Some ( x )) = y ;)",
    );
    check(
        "let std::Point { x, y: [z] } = p;",
        "(LetStatement let (ObjectPattern (Path std :: Point) { x , (FieldPattern y : (VectorPattern [ z ])) }) = p ;)",
    );
}

#[test]
fn control_flow() {
    check(
        "if a { 1 } else if let Some(b) = c { 2 } else { 3 }",
        "(ExpressionStatement (IfExpression if a (Block { (ExpressionStatement 1) }) (ElseBranch else if (LetExpression let (TuplePattern Some ( b )) = c) (Block { (ExpressionStatement 2) })) (ElseBranch else (Block { (ExpressionStatement 3) }))))",
    );
    check(
        "while a == b { break }",
        "(ExpressionStatement (WhileExpression while (BinaryExpression a == b) (Block { (ExpressionStatement (BreakExpression break)) })))",
    );
    check(
        "if { a } { 1 }",
        "(ExpressionStatement (IfExpression if (BlockExpression (Block { (ExpressionStatement a) })) (Block { (ExpressionStatement 1) })))",
    );
    check(
        "while let Some(x) = it.next() { continue; }",
        "(ExpressionStatement (WhileExpression while (LetExpression let (TuplePattern Some ( x )) = (MethodCallExpression it . next (ArgumentList ( )))) (Block { (ExpressionStatement (ContinueExpression continue) ;) })))",
    );
    check(
        "'outer: loop { break 'outer 1; }",
        "(ExpressionStatement (LoopExpression (LabelDeclaration 'outer :) loop (Block { (ExpressionStatement (BreakExpression break 'outer 1) ;) })))",
    );
    check(
        "for (i, x) in 0..10 { f(x) }",
        "(ExpressionStatement (ForExpression for (TuplePattern ( i , x )) in (RangeExpression 0 .. 10) (Block { (ExpressionStatement (CallExpression f (ArgumentList ( x )))) })))",
    );
    check(
        r#"match x { 1 => a, Some(y) if y > 1 => { b } "s" => c, -1 => d, _ => e, }"#,
        r#"(ExpressionStatement (MatchExpression match x (MatchArmList { (MatchArm 1 => a ,) (MatchArm (TuplePattern Some ( y )) (MatchGuard if (BinaryExpression y > 1)) => (BlockExpression (Block { (ExpressionStatement b) }))) (MatchArm "s" => c ,) (MatchArm (LiteralPattern (UnaryExpression - 1)) => d ,) (MatchArm (WildcardPattern _) => e ,) })))"#,
    );
    check(
        "match x { A::B => { } _ => 1 }",
        "(ExpressionStatement (MatchExpression match x (MatchArmList { (MatchArm (PathPattern A :: B) => (BlockExpression (Block { }))) (MatchArm (WildcardPattern _) => 1) })))",
    );
    check(
        "match f(x) { #{ a: 1, .. } => return, [] => yield 1, b'a' => break 'a, _ => () }",
        "(ExpressionStatement (MatchExpression match (CallExpression f (ArgumentList ( x ))) (MatchArmList { (MatchArm (ObjectPattern # { (FieldPattern a : 1) , (RestPattern ..) }) => (ReturnExpression return) ,) (MatchArm (VectorPattern [ ]) => (YieldExpression yield 1) ,) (MatchArm b'a' => (BreakExpression break 'a) ,) (MatchArm (WildcardPattern _) => (TupleExpression ( ))) })))",
    );
    check(
        "select { x = a => 1, Ok(y) = b => { y } default => 3 }",
        "(ExpressionStatement (SelectExpression select (SelectArmList { (SelectArm x = a => 1 ,) (SelectArm (TuplePattern Ok ( y )) = b => (BlockExpression (Block { (ExpressionStatement y) }))) (SelectArm default => 3) })))",
    );
    check(
        "return;",
        "(ExpressionStatement (ReturnExpression return) ;)",
    );
    check(
        "return a + 1",
        "(ExpressionStatement (ReturnExpression return (BinaryExpression a + 1)))",
    );
}

#[test]
fn a_condition_ends_at_a_brace() {
    check(
        "if a == b { c }",
        "(ExpressionStatement (IfExpression if (BinaryExpression a == b) (Block { (ExpressionStatement c) })))",
    );
    check(
        "for x in y { z }",
        "(ExpressionStatement (ForExpression for x in y (Block { (ExpressionStatement z) })))",
    );
    check(
        "match a { b { c } => d }",
        "(ExpressionStatement (MatchExpression match a (MatchArmList { (MatchArm (ObjectPattern b { c }) => d) })))",
    );
}

#[test]
fn blocks_have_modifiers() {
    check(
        "async { a }.await",
        "(ExpressionStatement (AwaitExpression (BlockExpression async (Block { (ExpressionStatement a) })) . await))",
    );
    check(
        "async move { a }",
        "(ExpressionStatement (BlockExpression async move (Block { (ExpressionStatement a) })))",
    );
    check(
        "'a: { 1 }",
        "(ExpressionStatement (BlockExpression (LabelDeclaration 'a :) (Block { (ExpressionStatement 1) })))",
    );
    check(
        "let x = const { 1 };",
        "(LetStatement let x = (BlockExpression const (Block { (ExpressionStatement 1) })) ;)",
    );
    check(
        "{ let a = 1; a }",
        "(ExpressionStatement (BlockExpression (Block { (LetStatement let a = 1 ;) (ExpressionStatement a) })))",
    );
}

#[test]
fn closures() {
    check(
        "|a, (b, c)| a + b",
        "(ExpressionStatement (ClosureExpression (ParameterList | (Parameter a) , (Parameter (TuplePattern ( b , c ))) |) (BinaryExpression a + b)))",
    );
    check(
        "|| 1",
        "(ExpressionStatement (ClosureExpression (ParameterList ||) 1))",
    );
    check(
        "async move |a| { a }",
        "(ExpressionStatement (ClosureExpression async move (ParameterList | (Parameter a) |) (BlockExpression (Block { (ExpressionStatement a) }))))",
    );
    check(
        "|a: i64, b: Vec<A>| -> (A, B) { a }",
        "(ExpressionStatement (ClosureExpression (ParameterList | (Parameter a (TypeAnnotation : i64)) , (Parameter b (TypeAnnotation : (PathType Vec (TypeArguments < A >)))) |) (ReturnType -> (TupleType ( A , B ))) (BlockExpression (Block { (ExpressionStatement a) }))))",
    );
}

#[test]
fn statements_and_items_mix() {
    check(
        "fn f() { 1 } f();",
        "(FunctionItem fn f (ParameterList ( )) (Block { (ExpressionStatement 1) }))
(ExpressionStatement (CallExpression f (ArgumentList ( ))) ;)",
    );
    check(
        "const X = 1; use a::b; X",
        "(ConstItem const X = 1 ;)
(UseItem use (UseTree a :: b) ;)
(ExpressionStatement X)",
    );
    check(
        "struct A; impl A { fn b(self) { } }",
        "(StructItem struct A ;)
(ImplItem impl A (ItemList { (FunctionItem fn b (ParameterList ( (SelfParameter self) )) (Block { })) }))",
    );
}

#[test]
fn functions() {
    check_item(
        "fn f() { }",
        "(FunctionItem fn f (ParameterList ( )) (Block { }))",
    );
    check_item(
        "pub async fn f(self, a, (b, c)) { a }",
        "(FunctionItem (Visibility pub) async fn f (ParameterList ( (SelfParameter self) , (Parameter a) , (Parameter (TuplePattern ( b , c ))) )) (Block { (ExpressionStatement a) }))",
    );
    check_item(
        "pub(crate) const fn f() { 1 }",
        "(FunctionItem (Visibility pub ( crate )) const fn f (ParameterList ( )) (Block { (ExpressionStatement 1) }))",
    );
    check_item(
        r#"#[tool(name = "x", list = [1])] fn f() { }"#,
        r#"(FunctionItem (Attribute # [ tool (TokenTree ( name = "x" , list = (TokenTree [ 1 ]) )) ]) fn f (ParameterList ( )) (Block { }))"#,
    );
}

#[test]
fn annotations() {
    check_item(
        "fn f(a: i64, b: Option<Vec<A::B>>, c: fn(A, B) -> C, d: A | (B, C)) -> ! { }",
        "(FunctionItem fn f (ParameterList ( (Parameter a (TypeAnnotation : i64)) , (Parameter b (TypeAnnotation : (PathType Option (TypeArguments < (PathType Vec (TypeArguments < (PathType A :: B) >)) >)))) , (Parameter c (TypeAnnotation : (FunctionType fn ( A , B ) (ReturnType -> C)))) , (Parameter d (TypeAnnotation : (UnionType A | (TupleType ( B , C ))))) )) (ReturnType -> (NeverType !)) (Block { }))",
    );
    check_item(
        "fn f() -> Result<A, B> | () { let x: Vec<Vec<A>>= 1; let (a, b): (A, B) = c; }",
        "(FunctionItem fn f (ParameterList ( )) (ReturnType -> (UnionType (PathType Result (TypeArguments < A , B >)) | (TupleType ( )))) (Block { (LetStatement let x (TypeAnnotation : (PathType Vec (TypeArguments < (PathType Vec (TypeArguments < A >)) >))) = 1 ;) (LetStatement let (TuplePattern ( a , b )) (TypeAnnotation : (TupleType ( A , B ))) = c ;) }))",
    );
    check_item(
        "struct A { x: i64, pub y: Vec<A> }",
        "(StructItem struct A (FieldList { (Field x (TypeAnnotation : i64)) , (Field (Visibility pub) y (TypeAnnotation : (PathType Vec (TypeArguments < A >)))) }))",
    );
}

#[test]
fn data() {
    check_item("struct A;", "(StructItem struct A ;)");
    check_item(
        "pub struct A(a, b);",
        "(StructItem (Visibility pub) struct A (TupleFieldList ( (Field a) , (Field b) )) ;)",
    );
    check_item(
        "struct A { #[b] c, pub(super) d, }",
        "(StructItem struct A (FieldList { (Field (Attribute # [ b ]) c) , (Field (Visibility pub ( super )) d) , }))",
    );
    check_item(
        "enum A { B, C(d), E { f, g }, }",
        "(EnumItem enum A (VariantList { (Variant B) , (Variant C (TupleFieldList ( (Field d) ))) , (Variant E (FieldList { (Field f) , (Field g) })) , }))",
    );
}

#[test]
fn modules_and_uses() {
    check_item(
        "mod a { use b; mod c; }",
        "(ModuleItem mod a (ItemList { (UseItem use (UseTree b) ;) (ModuleItem mod c ;) }))",
    );
    check_item(
        "use a::b::{c, d::*, e as f, self};",
        "(UseItem use (UseTree a :: b :: (UseTreeList { (UseTree c) , (UseTree d :: *) , (UseTree e (UseAlias as f)) , (UseTree self) })) ;)",
    );
    check_item("use ::std::*;", "(UseItem use (UseTree :: std :: *) ;)");
    check_item(
        "pub(in a::b) use crate::c as d;",
        "(UseItem (Visibility pub ( in (Path a :: b) )) use (UseTree crate :: c (UseAlias as d)) ;)",
    );
    check_item(
        "const A = 1 + 2;",
        "(ConstItem const A = (BinaryExpression 1 + 2) ;)",
    );
    check_item(
        "a::make!(b);",
        "(MacroCall (Path a :: make) ! (TokenTree ( b )) ;)",
    );
}

#[test]
fn attributes_of_the_file() {
    check_item("#!/usr/bin/rune", "");
    check_item(
        "#![reads like a shebang]\nfn f() { }",
        "(FunctionItem fn f (ParameterList ( )) (Block { }))",
    );
    check_item(
        "\n#![a] fn f() { }",
        "(Attribute # ! [ a ])\n(FunctionItem fn f (ParameterList ( )) (Block { }))",
    );
}
