//! Which parts of a crate are compiled: its features, and what a `cfg` asks for.

use std::collections::{BTreeMap, HashSet};

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Token};

/// What of a crate's `Cargo.toml` says how its source is to be read.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Manifest {
    package: Option<Named>,
    #[serde(default)]
    features: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
    lib: Option<Library>,
}

#[derive(Debug, serde::Deserialize)]
struct Library {
    name: Option<String>,
    path: Option<String>,
}

#[derive(Debug, serde::Deserialize)]
struct Named {
    name: Option<String>,
}

/// The features that a caller chooses, as cargo's options do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chosen {
    pub features: Vec<String>,
    pub without_default: bool,
}

impl Chosen {
    /// A feature that none of the crates has.
    pub fn unknown(&self, manifests: &[Manifest]) -> Option<&str> {
        let mut chosen = self.features.iter();
        let unknown = chosen.find(|name| !manifests.iter().any(|manifest| manifest.has(name)));
        unknown.map(String::as_str)
    }
}

impl Manifest {
    pub fn read(text: &str) -> Result<Manifest, String> {
        toml::from_str(text).map_err(|error| error.message().to_owned())
    }

    /// What paths of Rust call the crate; without a name it is that of its folder.
    pub fn name(&self, folder: &str) -> String {
        let library = self.lib.as_ref().and_then(|library| library.name.as_ref());
        let package = self.package.as_ref();
        let name = library.or_else(|| package?.name.as_ref());
        let folder = folder.rsplit('/').next().unwrap_or(folder);
        name.map_or(folder, String::as_str).replace('-', "_")
    }

    /// The file that the crate begins with, if the manifest says it.
    pub fn root(&self) -> Option<&str> {
        self.lib.as_ref()?.path.as_deref()
    }

    /// The features that are on: those that were chosen of its own, the default ones, and what they ask for in turn.
    pub fn features(&self, chosen: &Chosen) -> Features {
        let mut on = HashSet::new();
        let own = chosen.features.iter().filter(|name| self.has(name));
        let mut open: Vec<String> = own.cloned().collect();
        if !chosen.without_default {
            open.push("default".to_owned());
        }
        while let Some(name) = open.pop() {
            // `dep:name`, `name/feature` and `name?/feature` are about dependencies, which are features by their names.
            let own = name.trim_start_matches("dep:");
            let own = own.split(['/', '?']).next().unwrap_or(own);
            if on.insert(own.to_owned()) {
                open.extend(self.features.get(own).into_iter().flatten().cloned());
            }
        }
        Features(on)
    }

    fn has(&self, name: &str) -> bool {
        self.features.contains_key(name) || self.dependencies.contains_key(name)
    }
}

/// The features that are on.
#[derive(Debug, Default)]
pub struct Features(HashSet<String>);

impl Features {
    /// Whether something with these attributes is compiled; none if that depends on more than features.
    pub fn compile(&self, attributes: &[Attribute]) -> Option<bool> {
        let mut is_certain = true;
        for attribute in attributes {
            if attribute.path().is_ident("test") {
                return Some(false);
            }
            if !attribute.path().is_ident("cfg") {
                continue;
            }
            let asked = attribute.parse_args::<Asked>().ok();
            match asked.and_then(|asked| self.are(&asked)) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => is_certain = false,
            }
        }
        is_certain.then_some(true)
    }

    /// Whether what `cfg!` asks for holds; none if that depends on more than features.
    pub fn holds(&self, asked: &proc_macro2::TokenStream) -> Option<bool> {
        self.are(&syn::parse2(asked.clone()).ok()?)
    }

    fn are(&self, asked: &Asked) -> Option<bool> {
        match asked {
            Asked::Feature(name) => Some(self.0.contains(name)),
            // Nobody binds anything for a test, or for an interpreter of Rust.
            Asked::Word(word) if word == "test" || word == "miri" => Some(false),
            Asked::Word(_) => None,
            Asked::Not(inner) => self.are(inner).map(|is| !is),
            Asked::All(parts) => self.every(parts, true),
            Asked::Any(parts) => self.every(parts, false).map(|none| !none),
        }
    }

    /// Whether each part is as wanted; one that surely is not decides.
    fn every(&self, parts: &[Asked], wanted: bool) -> Option<bool> {
        let mut is_certain = true;
        for part in parts {
            match self.are(part) {
                Some(is) if is == wanted => {}
                Some(_) => return Some(false),
                None => is_certain = false,
            }
        }
        is_certain.then_some(true)
    }
}

/// What stands between the parentheses of a `cfg`.
enum Asked {
    Feature(String),
    /// `unix`, `target_os = "linux"` and the like.
    Word(String),
    Not(Box<Asked>),
    All(Vec<Asked>),
    Any(Vec<Asked>),
}

impl Parse for Asked {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let word: Ident = input.parse()?;
        if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            let value: LitStr = input.parse()?;
            return Ok(match &*word.to_string() {
                "feature" => Asked::Feature(value.value()),
                other => Asked::Word(other.to_owned()),
            });
        }
        if !input.peek(syn::token::Paren) {
            return Ok(Asked::Word(word.to_string()));
        }
        let inside;
        syn::parenthesized!(inside in input);
        let parts = Punctuated::<Asked, Token![,]>::parse_terminated(&inside)?;
        let mut parts: Vec<Asked> = parts.into_iter().collect();
        match (&*word.to_string(), parts.len()) {
            ("all", _) => Ok(Asked::All(parts)),
            ("any", _) => Ok(Asked::Any(parts)),
            ("not", 1) => Ok(Asked::Not(Box::new(parts.remove(0)))),
            _ => Err(syn::Error::new(
                word.span(),
                "this is no condition of a `cfg`",
            )),
        }
    }
}

/// The attributes of a statement's expression that decide whether it is compiled.
pub fn attributes_of_expression(expression: &syn::Expr) -> &[Attribute] {
    use syn::Expr;
    match expression {
        Expr::Block(inner) => &inner.attrs,
        Expr::Call(inner) => &inner.attrs,
        Expr::MethodCall(inner) => &inner.attrs,
        // The attribute of a statement goes to what is at its beginning.
        Expr::Try(inner) if inner.attrs.is_empty() => attributes_of_expression(&inner.expr),
        Expr::Try(inner) => &inner.attrs,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"
        [lib]
        path = "lib.rs"
        [features]
        default = ["std"]
        std = ["alloc", "serde?/std"]
        alloc = []
        time = ["dep:chrono"]
        [dependencies]
        chrono = { version = "1", optional = true }
    "#;

    fn features(chosen: &[&str], without_default: bool) -> Features {
        let features = chosen.iter().map(|name| (*name).to_owned()).collect();
        let manifest = Manifest::read(MANIFEST).expect("it can be read");
        manifest.features(&Chosen {
            features,
            without_default,
        })
    }

    fn compile(features: &Features, condition: &str) -> Option<bool> {
        let function: syn::ItemFn =
            syn::parse_str(&format!("{condition} fn f() {{}}")).expect("it is Rust");
        features.compile(&function.attrs)
    }

    #[test]
    fn features_ask_for_others() {
        let plain = features(&[], false);
        assert_eq!(compile(&plain, "#[cfg(feature = \"alloc\")]"), Some(true));
        assert_eq!(compile(&plain, "#[cfg(feature = \"time\")]"), Some(false));
        let bare = features(&["time"], true);
        assert_eq!(compile(&bare, "#[cfg(feature = \"alloc\")]"), Some(false));
        assert_eq!(
            compile(
                &bare,
                "#[cfg(all(feature = \"time\", feature = \"chrono\"))]"
            ),
            Some(true)
        );
    }

    #[test]
    fn what_features_do_not_say_is_undecided_unless_the_rest_decides() {
        let plain = features(&[], false);
        assert_eq!(compile(&plain, ""), Some(true));
        assert_eq!(compile(&plain, "#[cfg(unix)]"), None);
        assert_eq!(compile(&plain, "#[cfg(target_os = \"linux\")]"), None);
        assert_eq!(
            compile(&plain, "#[cfg(any(unix, feature = \"std\"))]"),
            Some(true)
        );
        assert_eq!(
            compile(&plain, "#[cfg(all(unix, feature = \"time\"))]"),
            Some(false)
        );
        assert_eq!(
            compile(&plain, "#[cfg(not(any(unix, feature = \"time\")))]"),
            None
        );
    }

    #[test]
    fn tests_are_not_compiled() {
        let plain = features(&[], false);
        assert_eq!(compile(&plain, "#[test]"), Some(false));
        assert_eq!(compile(&plain, "#[cfg(test)]"), Some(false));
        assert_eq!(compile(&plain, "#[cfg(all(test, not(miri)))]"), Some(false));
        assert_eq!(compile(&plain, "#[cfg(not(test))]"), Some(true));
    }

    #[test]
    fn a_feature_that_there_is_not_is_told() {
        let manifest = Manifest::read(MANIFEST).expect("it can be read");
        let chosen = Chosen {
            features: vec!["tme".to_owned()],
            without_default: false,
        };
        let named = Manifest::read("[package]\nname = \"my-shed\"\n[features]\ntme = []");
        let named = named.expect("it can be read");
        assert_eq!(named.name("folder"), "my_shed");
        assert_eq!(manifest.name("in/folder"), "folder");
        assert_eq!(manifest.root(), Some("lib.rs"));
        let both = [manifest, named];
        assert_eq!(chosen.unknown(&both[..1]), Some("tme"));
        assert_eq!(chosen.unknown(&both), None);
    }
}
