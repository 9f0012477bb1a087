//! The scripts that Rune's tests in Rust evaluate: `rune! { … }`, `rune_assert! { … }` and `eval("…")`.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::LitStr;

use super::is_name;
use crate::parsing::{files, upstream};

/// The scripts, each the body of a function, with the names of their files. Those that a macro puts together are left out.
pub fn evaluated() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (path, rust) in files(upstream().join("src/tests"), ".rs") {
        let tokens: TokenStream = rust.parse().expect("a Rust file");
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let scripts = scripts_in(tokens).into_iter();
        found.extend(scripts.map(|script| (name.clone(), script)));
    }
    found
}

fn scripts_in(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let before = |distance: usize| index.checked_sub(distance).map(|index| &tokens[index]);
        let is_macro =
            before(2).is_some_and(|name| is_name(name, "rune") || is_name(name, "rune_assert"));
        let is_call = group.delimiter() == Delimiter::Parenthesis
            && before(1).is_some_and(|name| is_name(name, "eval"));
        if is_macro && !is_template(&group.stream()) {
            found.push(group.stream().to_string());
        } else if let Some(text) = syn::parse2::<LitStr>(group.stream())
            .ok()
            .filter(|_| is_call)
        {
            found.push(text.value());
        } else {
            found.extend(scripts_in(group.stream()));
        }
    }
    found
}

/// Whether the tokens have parameters of a `macro_rules!` in them.
fn is_template(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    tokens.any(|token| match token {
        TokenTree::Punct(mark) => mark.as_char() == '$',
        TokenTree::Group(group) => is_template(&group.stream()),
        _ => false,
    })
}
