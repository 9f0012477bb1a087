//! Reads the Rust source of hosts, for whoever has no Rust to build the extractor with.

use std::collections::BTreeMap;

use runekiln_extract::{extract_from, stubs, Chosen, Files};
use serde_bytes::ByteBuf;

use crate::protocol::{ExtractRequest, Response, Source};

/// Answers an `extract`. Files that are no text are as good as absent.
pub fn answer(request: ExtractRequest) -> Response {
    let texts = request.files.into_iter().filter_map(|file| {
        let text = String::from_utf8(file.text?.into_vec()).ok()?;
        Some((file.path, text))
    });
    let files = Files::of(texts.collect::<BTreeMap<String, String>>());
    let folders: Vec<&str> = request.folders.iter().map(String::as_str).collect();
    let chosen = Chosen {
        features: request.features,
        without_default: request.without_default_features,
    };
    match extract_from(&files, &folders, &chosen) {
        Ok(extraction) => Response::Extracted {
            stubs: stubs(&extraction.bindings)
                .into_iter()
                .map(|(name, text)| Source {
                    path: format!("{name}.rni"),
                    text: Some(ByteBuf::from(text.into_bytes())),
                })
                .collect(),
            bindings: extraction.bindings,
            undecided: extraction.undecided,
        },
        Err(message) => Response::Refused { message },
    }
}
