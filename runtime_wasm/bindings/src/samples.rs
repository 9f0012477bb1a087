//! Which bindings have answered with a sample since the run began.

use std::cell::RefCell;

/// So many characters of a sample are shown.
const SHOWN: usize = 60;

thread_local! {
    static ANSWERED: RefCell<Vec<Answered>> = const { RefCell::new(Vec::new()) };
}

/// A binding, and how the first of its samples looks.
struct Answered {
    name: String,
    sample: String,
}

/// Forgets the run before.
pub fn start() {
    ANSWERED.set(Vec::new());
}

/// Notes that a binding answered with a sample.
pub fn answered(name: &str, sample: impl FnOnce() -> String) {
    ANSWERED.with_borrow_mut(|all| {
        if all.iter().all(|known| known.name != name) {
            let name = name.to_owned();
            all.push(Answered {
                name,
                sample: shortened(sample()),
            });
        }
    });
}

/// A sentence for each binding that did, in the order in which they did first.
pub fn finish() -> Vec<String> {
    let said = |answered: Answered| {
        format!(
            "`{}` answered with a sample: {}",
            answered.name, answered.sample
        )
    };
    ANSWERED.take().into_iter().map(said).collect()
}

fn shortened(sample: String) -> String {
    match sample.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &sample[..end]),
        None => sample,
    }
}
