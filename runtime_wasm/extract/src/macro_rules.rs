//! The arms of a `macro_rules!`: which of them fits, and what it makes.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Block, Expr, Item};

/// One arm of a macro.
pub struct Rule {
    pattern: Vec<Part>,
    template: Vec<Part>,
}

/// A piece of a pattern or of a template.
enum Part {
    Token(TokenTree),
    Group(Delimiter, Vec<Part>),
    /// `$name:kind`, in a template without a kind.
    Variable(String, String),
    /// `$( … ),*`, with what stands between two, and `*`, `+` or `?`.
    Repeated(Vec<Part>, Option<TokenTree>, char),
}

/// What a variable stands for: tokens, or in a repetition one of these for each turn.
#[derive(Clone)]
enum Bound {
    One(TokenStream),
    Many(Vec<Bound>),
}

type Variables = HashMap<String, Bound>;

/// What the first arm that fits makes of what is given. The tokens of its own get the place, if there is one.
pub fn call(rules: &[Rule], given: &TokenStream, place: Option<Span>) -> Option<TokenStream> {
    let given: Vec<TokenTree> = given.clone().into_iter().collect();
    rules.iter().find_map(|rule| {
        let mut variables = Variables::new();
        let taken = fit(&rule.pattern, &given, &mut variables)?;
        (taken == given.len()).then(|| fill(&rule.template, &variables, place))?
    })
}

/// The arms of a macro.
pub fn read(tokens: TokenStream) -> Option<Vec<Rule>> {
    let mut rules = Vec::new();
    let mut tokens = tokens.into_iter();
    loop {
        let Some(TokenTree::Group(pattern)) = tokens.next() else {
            return Some(rules).filter(|rules| !rules.is_empty());
        };
        let arrow = (tokens.next()?, tokens.next()?);
        let (TokenTree::Punct(first), TokenTree::Punct(second)) = arrow else {
            return None;
        };
        let Some(TokenTree::Group(template)) = tokens.next() else {
            return None;
        };
        if (first.as_char(), second.as_char()) != ('=', '>') {
            return None;
        }
        rules.push(Rule {
            pattern: parts(pattern.stream(), true)?,
            template: parts(template.stream(), false)?,
        });
        // `;` between two.
        tokens.next();
    }
}

fn parts(tokens: TokenStream, is_pattern: bool) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let inner = self::parts(group.stream(), is_pattern)?;
                parts.push(Part::Group(group.delimiter(), inner));
            }
            TokenTree::Punct(punct) if punct.as_char() == '$' => match tokens.next()? {
                TokenTree::Ident(name) if name == "crate" => {
                    parts.push(Part::Token(TokenTree::Ident(Ident::new(
                        "crate",
                        name.span(),
                    ))));
                }
                TokenTree::Ident(name) => {
                    let mut kind = String::new();
                    if is_pattern {
                        tokens.next()?;
                        kind = tokens.next()?.to_string();
                    }
                    parts.push(Part::Variable(name.to_string(), kind));
                }
                TokenTree::Group(group) => {
                    let inner = self::parts(group.stream(), is_pattern)?;
                    let first = tokens.next()?;
                    let (between, turns) = match turns(&first) {
                        Some(turns) => (None, turns),
                        None => (Some(first), self::turns(&tokens.next()?)?),
                    };
                    parts.push(Part::Repeated(inner, between, turns));
                }
                _ => return None,
            },
            other => parts.push(Part::Token(other)),
        }
    }
    Some(parts)
}

fn turns(token: &TokenTree) -> Option<char> {
    match token {
        TokenTree::Punct(punct) => Some(punct.as_char()).filter(|found| "*+?".contains(*found)),
        _ => None,
    }
}

/// How many tokens the pattern takes from the beginning of those that are given; none if it does not fit.
fn fit(pattern: &[Part], given: &[TokenTree], variables: &mut Variables) -> Option<usize> {
    let mut at = 0;
    for part in pattern {
        at += match part {
            Part::Token(token) => same(token, given.get(at)?).then_some(1)?,
            Part::Group(delimiter, inner) => {
                let TokenTree::Group(group) = given.get(at)? else {
                    return None;
                };
                let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                let fits = group.delimiter() == *delimiter
                    && fit(inner, &tokens, variables)? == tokens.len();
                fits.then_some(1)?
            }
            Part::Variable(name, kind) => {
                let (tokens, taken) = fragment(kind, &given[at..])?;
                variables.insert(name.clone(), Bound::One(tokens));
                taken
            }
            Part::Repeated(inner, between, turns) => {
                repeated(inner, between.as_ref(), *turns, &given[at..], variables)?
            }
        };
    }
    Some(at)
}

fn repeated(
    inner: &[Part],
    between: Option<&TokenTree>,
    turns: char,
    given: &[TokenTree],
    variables: &mut Variables,
) -> Option<usize> {
    let mut names = Vec::new();
    names_in(inner, &mut names);
    let mut found: HashMap<String, Vec<Bound>> =
        names.into_iter().map(|name| (name, Vec::new())).collect();
    let (mut at, mut count) = (0, 0);
    while at < given.len() && (turns != '?' || count == 0) {
        let mut begin = at;
        if let (Some(between), true) = (between, count > 0) {
            if !same(between, &given[at]) {
                break;
            }
            begin += 1;
        }
        let mut turn = Variables::new();
        let Some(taken) = fit(inner, &given[begin..], &mut turn) else {
            break;
        };
        if begin + taken == at {
            break;
        }
        for (name, bound) in turn {
            found.entry(name).or_default().push(bound);
        }
        at = begin + taken;
        count += 1;
    }
    let many = found.into_iter();
    variables.extend(many.map(|(name, bound)| (name, Bound::Many(bound))));
    (turns != '+' || count > 0).then_some(at)
}

fn names_in(parts: &[Part], names: &mut Vec<String>) {
    for part in parts {
        match part {
            Part::Variable(name, _) => names.push(name.clone()),
            Part::Group(_, inner) | Part::Repeated(inner, ..) => names_in(inner, names),
            Part::Token(_) => {}
        }
    }
}

/// The tokens at the beginning that are a type, an expression and so on, and how many.
fn fragment(kind: &str, given: &[TokenTree]) -> Option<(TokenStream, usize)> {
    let first = given.first();
    match kind {
        "tt" => return Some((first?.clone().into(), 1)),
        "ident" => {
            let is_name = matches!(first?, TokenTree::Ident(_));
            return is_name.then(|| (first.cloned().into_iter().collect(), 1));
        }
        _ => {}
    }
    let all: TokenStream = given.iter().cloned().collect();
    let rest = |input: ParseStream<'_>| {
        match kind {
            "ty" => input.parse::<syn::Type>().map(drop),
            "expr" => input.parse::<Expr>().map(drop),
            "path" => input.parse::<syn::Path>().map(drop),
            "literal" => input.parse::<syn::Lit>().map(drop),
            "block" => input.parse::<Block>().map(drop),
            "item" => input.parse::<Item>().map(drop),
            "vis" => input.parse::<syn::Visibility>().map(drop),
            "lifetime" => input.parse::<syn::Lifetime>().map(drop),
            "meta" => input.parse::<syn::Meta>().map(drop),
            "pat" | "pat_param" => syn::Pat::parse_single(input).map(drop),
            _ => Err(input.error("another kind of fragment")),
        }?;
        input.parse::<TokenStream>()
    };
    let left = rest.parse2(all).ok()?.into_iter().count();
    let taken = given.len().checked_sub(left)?;
    Some((given[..taken].iter().cloned().collect(), taken))
}

fn same(one: &TokenTree, other: &TokenTree) -> bool {
    match (one, other) {
        (TokenTree::Punct(one), TokenTree::Punct(other)) => one.as_char() == other.as_char(),
        (TokenTree::Group(_), _) | (_, TokenTree::Group(_)) => false,
        _ => one.to_string() == other.to_string(),
    }
}

/// The template with tokens in the places of its variables.
fn fill(template: &[Part], variables: &Variables, place: Option<Span>) -> Option<TokenStream> {
    let mut made = TokenStream::new();
    for part in template {
        match part {
            Part::Token(token) => {
                let mut token = token.clone();
                if let Some(place) = place {
                    token.set_span(place);
                }
                made.extend([token]);
            }
            Part::Group(delimiter, inner) => {
                let inner = fill(inner, variables, place)?;
                let mut group = Group::new(*delimiter, inner);
                if let Some(place) = place {
                    group.set_span(place);
                }
                made.extend([TokenTree::Group(group)]);
            }
            Part::Variable(name, _) => match variables.get(name) {
                Some(Bound::One(tokens)) => made.extend(tokens.clone()),
                Some(Bound::Many(_)) => return None,
                // A `$name` of a macro that is defined in here.
                None => {
                    let dollar = TokenTree::Punct(Punct::new('$', Spacing::Alone));
                    let name = TokenTree::Ident(Ident::new(name, Span::call_site()));
                    made.extend([dollar, name]);
                }
            },
            Part::Repeated(inner, between, _) => {
                let mut names = Vec::new();
                names_in(inner, &mut names);
                let counts = names.iter().filter_map(|name| match variables.get(name) {
                    Some(Bound::Many(bound)) => Some(bound.len()),
                    _ => None,
                });
                for turn in 0..counts.max()? {
                    if let (Some(between), true) = (between, turn > 0) {
                        made.extend([between.clone()]);
                    }
                    let variables = turn_of(variables, &names, turn)?;
                    made.extend(fill(inner, &variables, place)?);
                }
            }
        }
    }
    Some(made)
}

/// The variables in one turn of a repetition.
fn turn_of(variables: &Variables, names: &[String], turn: usize) -> Option<Variables> {
    let mut inner = variables.clone();
    for name in names {
        if let Some(Bound::Many(bound)) = variables.get(name) {
            inner.insert(name.clone(), bound.get(turn)?.clone());
        }
    }
    Some(inner)
}
