//! Macros of Rune's tests that assert the same of several operations: `error_test!(1 / 0 = DivideByZero)`.

use proc_macro2::{TokenStream, TokenTree};

use super::regrouped;

/// The values of `$name`.
pub type Values = Vec<(&'static str, TokenStream)>;

/// `$lhs $op $rhs = $error`, where a number may have a sign and the operator may be of several characters.
pub fn operation(arguments: TokenStream) -> Values {
    let tokens: Vec<TokenTree> = arguments.into_iter().collect();
    let is_literal = |token: &TokenTree| matches!(token, TokenTree::Literal(_));
    let left = tokens.iter().position(is_literal).expect("a left side") + 1;
    let right = tokens.iter().rposition(is_literal).expect("a right side");
    let part = |from: usize, to: usize| tokens[from..to].iter().cloned().collect();
    vec![
        ("lhs", part(0, left)),
        ("op", part(left, right)),
        ("rhs", part(right, right + 1)),
        ("error", part(right + 2, tokens.len())),
    ]
}

/// The tokens with values in the places of their names.
pub fn filled(template: TokenStream, values: &Values) -> TokenStream {
    let mut filled = Vec::new();
    let mut tokens = template.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let name = match (&token, tokens.peek()) {
            (TokenTree::Punct(dollar), Some(TokenTree::Ident(name))) if dollar.as_char() == '$' => {
                name.to_string()
            }
            _ => String::new(),
        };
        if let Some((_, value)) = values.iter().find(|(of, _)| *of == name) {
            tokens.next();
            filled.extend(value.clone());
        } else if let TokenTree::Group(group) = &token {
            let inner = self::filled(group.stream(), values);
            filled.push(regrouped(group, inner));
        } else {
            filled.push(token);
        }
    }
    filled.into_iter().collect()
}
