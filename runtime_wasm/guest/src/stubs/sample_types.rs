//! The types that stubs write, as far as a sample must know them.

/// A type of a stub.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `any`, `fn(…)`, and whatever is not understood.
    Any,
    /// `!`: nothing is ever answered.
    Never,
    /// A name or path, and what stands in its `<…>`.
    Named(String, Vec<Type>),
    /// Without members this is `()`.
    Tuple(Vec<Type>),
    Union(Vec<Type>),
    /// A text of a closed vocabulary, such as `"note"`.
    Literal(String),
    /// The keys that an object has, with the types of their values.
    Object(Vec<(String, Type)>),
    /// How many parameters a function has, and what it returns.
    Function(usize, Box<Type>),
}

/// Types do not nest deeper, in stubs that people write.
const DEEPEST: usize = 32;

impl Type {
    /// The type that a text means; `Any` if it is none.
    pub fn parse(text: &str) -> Type {
        let mut parser = Parser { rest: text };
        let found = parser.union(0);
        match found {
            Some(found) if parser.rest.trim().is_empty() => found,
            _ => Type::Any,
        }
    }
}

impl Type {
    /// The same with other types in the place of some names, those within them too.
    pub fn with(&self, instead: &impl Fn(&str, &[Type]) -> Option<Type>) -> Type {
        let all = |types: &[Type]| {
            types
                .iter()
                .map(|each| each.with(instead))
                .collect::<Vec<_>>()
        };
        match self {
            Type::Named(name, arguments) => {
                let arguments = all(arguments);
                let found = instead(name, &arguments);
                found.unwrap_or_else(|| Type::Named(name.clone(), arguments))
            }
            Type::Tuple(members) => Type::Tuple(all(members)),
            Type::Union(members) => Type::Union(all(members)),
            Type::Object(keys) => {
                let keys = keys.iter();
                Type::Object(
                    keys.map(|(key, value)| (key.clone(), value.with(instead)))
                        .collect(),
                )
            }
            Type::Function(count, returns) => {
                Type::Function(*count, Box::new(returns.with(instead)))
            }
            Type::Any | Type::Never | Type::Literal(_) => self.clone(),
        }
    }

    /// The same with the types that are given for type parameters, in their order.
    pub fn given(&self, parameters: &[String], types: &[Type]) -> Type {
        if types.is_empty() {
            return self.clone();
        }
        self.with(&|name, _| {
            let index = parameters.iter().position(|parameter| parameter == name)?;
            types.get(index).cloned()
        })
    }
}

struct Parser<'t> {
    rest: &'t str,
}

impl<'t> Parser<'t> {
    fn union(&mut self, depth: usize) -> Option<Type> {
        let mut members = vec![self.single(depth)?];
        while self.take("|") {
            members.push(self.single(depth)?);
        }
        match members.len() {
            1 => members.pop(),
            _ => Some(Type::Union(members)),
        }
    }

    fn single(&mut self, depth: usize) -> Option<Type> {
        if depth > DEEPEST {
            return None;
        }
        if self.take("!") {
            return Some(Type::Never);
        }
        if self.take("\"") {
            return self.literal();
        }
        if self.take("(") {
            let (mut members, ends_with_comma) = self.list(")", depth)?;
            return match members.len() {
                1 if !ends_with_comma => members.pop(),
                _ => Some(Type::Tuple(members)),
            };
        }
        self.take("::");
        let name = self.word()?;
        if name == "fn" && self.take("(") {
            let count = self.list(")", depth)?.0.len();
            let returns = if self.take("->") {
                self.union(depth + 1)?
            } else {
                Type::Tuple(Vec::new())
            };
            return Some(Type::Function(count, Box::new(returns)));
        }
        if name == "Object" && self.take("{") {
            return self.object(depth);
        }
        self.path(name, depth)
    }

    fn path(&mut self, first: &str, depth: usize) -> Option<Type> {
        let mut path = first.to_owned();
        let mut arguments = Vec::new();
        loop {
            if self.take("<") {
                arguments = self.list(">", depth)?.0;
                break;
            }
            if !self.take("::") {
                break;
            }
            if !self.rest.trim_start().starts_with('<') {
                path.push_str("::");
                path.push_str(self.word()?);
            }
        }
        match path.as_str() {
            "any" | "Value" => Some(Type::Any),
            _ => Some(Type::Named(path, arguments)),
        }
    }

    fn literal(&mut self) -> Option<Type> {
        let (text, rest) = self.rest.split_once('"')?;
        self.rest = rest;
        Some(Type::Literal(text.to_owned()))
    }

    fn object(&mut self, depth: usize) -> Option<Type> {
        let mut keys = Vec::new();
        while !self.take("}") {
            let key = self.word()?.to_owned();
            self.take("?");
            let value = if self.take(":") {
                self.union(depth + 1)?
            } else {
                Type::Any
            };
            keys.push((key, value));
            if !self.take(",") {
                self.rest.trim_start().starts_with('}').then_some(())?;
            }
        }
        Some(Type::Object(keys))
    }

    /// The types up to the closing mark, and whether a comma came last.
    fn list(&mut self, close: &str, depth: usize) -> Option<(Vec<Type>, bool)> {
        let mut members = Vec::new();
        let mut ends_with_comma = false;
        while !self.take(close) {
            (members.is_empty() || ends_with_comma).then_some(())?;
            members.push(self.union(depth + 1)?);
            ends_with_comma = self.take(",");
        }
        Some((members, ends_with_comma))
    }

    fn take(&mut self, wanted: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn word(&mut self) -> Option<&'t str> {
        let rest = self.rest.trim_start();
        let end = rest
            .find(|character: char| !character.is_alphanumeric() && character != '_')
            .unwrap_or(rest.len());
        let (word, rest) = rest.split_at(end);
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::Type::{self, *};

    fn named(name: &str) -> Type {
        Named(name.to_owned(), Vec::new())
    }

    #[test]
    fn types_are_read_as_stubs_write_them() {
        let phases = Named("Vec".to_owned(), vec![named("session::Phase")]);
        let object = Object(vec![
            ("folder".to_owned(), Any),
            ("limit".to_owned(), named("i64")),
        ]);
        let cases = [
            ("Vec<session::Phase>", phases),
            ("String | i64", Union(vec![named("String"), named("i64")])),
            ("\"note\"", Literal("note".to_owned())),
            ("()", Tuple(vec![])),
            ("(i64)", named("i64")),
            ("(i64,)", Tuple(vec![named("i64")])),
            (
                "fn(Event, any) -> bool",
                Function(2, Box::new(named("bool"))),
            ),
            ("fn()", Function(0, Box::new(Tuple(vec![])))),
            ("Object{folder?, limit?: i64}", object),
            ("any", Any),
            ("!", Never),
            ("Vec<", Any),
            ("i64 i64", Any),
        ];
        for (text, expected) in cases {
            assert_eq!(Type::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn types_without_end_are_given_up() {
        assert_eq!(Type::parse(&"Vec<".repeat(100_000)), Any);
    }
}
