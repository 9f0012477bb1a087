//! What the functions of a script are called. Rune knows them by hashes; a host that has the debug information of the
//! script knows their names.

use std::cell::RefCell;
use std::rc::Rc;

use rune::runtime::Function;
use rune::Hash;

/// What a function is called in a drawing, by its hash.
pub type FunctionNames<'n> = &'n dyn Fn(Hash) -> Option<String>;

type SharedNames = Rc<dyn Fn(Hash) -> Option<String>>;

thread_local! {
    static NAMES: RefCell<Option<SharedNames>> = const { RefCell::new(None) };
}

/// The names that are known for as long as this lives.
#[must_use = "the names are forgotten when it is dropped"]
pub struct Naming {
    before: Option<SharedNames>,
}

/// Lets texts and errors on this thread name a script's functions, for as long as the answer lives. Without it they are
/// told by what they do.
pub fn name_functions(names: impl Fn(Hash) -> Option<String> + 'static) -> Naming {
    let before = NAMES.with_borrow_mut(|known| known.replace(Rc::new(names)));
    Naming { before }
}

impl Drop for Naming {
    fn drop(&mut self) {
        NAMES.with_borrow_mut(|known| *known = self.before.take());
    }
}

/// A function's name if it is known, else what kind of function it is. Never an address.
pub(crate) fn function_label(function: &Function, names: Option<FunctionNames<'_>>) -> String {
    match known_name(function.type_hash(), names) {
        Some(Name::Own(name)) => name,
        Some(Name::ClosureIn(outer)) => format!("closure in {outer}"),
        None => kind(function),
    }
}

/// A function in the middle of a sentence, with what it does: "`on_rain`, the `on` of `dry -> wet`,".
pub(crate) fn told(function: Hash, task: &str) -> String {
    match known_name(function, None) {
        Some(Name::Own(name)) => format!("`{name}`, {task},"),
        Some(Name::ClosureIn(outer)) => format!("a closure in `{outer}`, {task},"),
        None => task.to_owned(),
    }
}

enum Name {
    Own(String),
    ClosureIn(String),
}

fn known_name(hash: Hash, names: Option<FunctionNames<'_>>) -> Option<Name> {
    let name = match names {
        Some(names) => names(hash),
        None => {
            let known = NAMES.with_borrow(Clone::clone);
            known.and_then(|names| names(hash))
        }
    }?;
    // Rune numbers what has no name: `agent_behavior::$0::$1`. In a script that is a function's body, nothing is around it.
    if name.starts_with('$') {
        return None;
    }
    Some(match name.split_once("::$") {
        Some((outer, _)) => Name::ClosureIn(outer.to_owned()),
        None => Name::Own(name),
    })
}

fn kind(function: &Function) -> String {
    let debug = format!("{function:?}");
    let kind = debug.split(" (").next().unwrap_or("function");
    kind.strip_prefix("immediate ").unwrap_or(kind).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{name_functions, told};
    use rune::Hash;

    #[test]
    fn a_closure_is_told_by_what_is_around_it_if_anything_is() {
        for (name, expected) in [
            ("idle", "`idle`, a guard,"),
            ("behaviour::$0::$1", "a closure in `behaviour`, a guard,"),
            ("$0", "a guard"),
            ("$0::$1", "a guard"),
        ] {
            let _naming = name_functions(move |_| Some(name.to_owned()));
            assert_eq!(told(Hash::EMPTY, "a guard"), expected, "{name}");
        }
    }
}
