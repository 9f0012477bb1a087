//! Reads the Rust source of hosts, for whoever has no Rust to build the extractor with.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use runekiln_extract::{extract_from, stubs, Chosen, Files};

use crate::protocol::{ExtractRequest, Response, WrittenStub};

/// Answers an `extract`. Files that are no text are as good as absent.
pub fn answer(request: ExtractRequest) -> Response {
    let texts = request.files.into_iter().filter_map(|file| {
        let text = String::from_utf8(file.text?.into_vec()).ok()?;
        Some((file.path, text))
    });
    let texts: BTreeMap<String, String> = texts.collect();
    let looked_for: RefCell<BTreeSet<String>> = RefCell::default();
    let files = Files::new(|path| match texts.get(path) {
        Some(text) => Ok(text.clone()),
        None => {
            looked_for.borrow_mut().insert(path.to_owned());
            Err("there is no such file".to_owned())
        }
    });
    let folders: Vec<&str> = request.folders.iter().map(String::as_str).collect();
    let chosen = Chosen {
        features: request.features,
        without_default: request.without_default_features,
    };
    let extraction = match extract_from(&files, &folders, &chosen) {
        Ok(extraction) => extraction,
        Err(message) => return Response::Refused { message },
    };
    drop(files);
    let stubs = stubs(&extraction.bindings).into_iter();
    Response::Extracted {
        stubs: stubs
            .map(|(name, text)| WrittenStub {
                path: format!("{name}.rni"),
                text,
            })
            .collect(),
        bindings: extraction.bindings,
        undecided: extraction.undecided,
        folder: extraction.folder,
        looked_for: looked_for.into_inner().into_iter().collect(),
    }
}
