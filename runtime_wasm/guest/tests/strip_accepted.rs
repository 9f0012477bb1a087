//! What `strip` writes is accepted by Rune's own compiler, which knows no annotations.

mod parsing;

use std::path::{Path, PathBuf};

use rune::{Context, Diagnostics, Source, Sources};
use runekiln_guest::handle::handle;
use runekiln_guest::protocol::{Request, Response, StripRequest};
use serde_bytes::ByteBuf;

const ANNOTATED: &str = "\
struct Bed { name: String, plants: Vec<String> }

/// How many plants a bed may hold.
const ROOM = 12;

pub fn room_in(bed: Bed, reserved: i64 | ()) -> i64 {
    let planted: u64 = bed.plants.len();
    let left = |taken: i64| ROOM - taken - 1;
    println!(\"{}\", (|n: i64| n + 1)(1));
    left(planted as i64)
}

pub async fn main() -> Result<i64, String> {
    Ok(room_in(Bed { name: `north`, plants: [] }, ()))
}
";

#[test]
fn an_annotated_script_is_accepted_once_stripped() {
    let plain = Context::with_default_modules().unwrap();
    assert!(errors(&plain, Path::new("beds.rn"), ANNOTATED).is_some());
    assert_eq!(
        errors(&plain, Path::new("beds.rn"), &stripped(ANNOTATED)),
        None
    );
}

#[test]
fn words_around_a_broken_annotation_stay_two() {
    let source = runekiln_guest::protocol::Source {
        path: "script.rn".to_owned(),
        text: Some(ByteBuf::from(b"const VALUE:1 = 2;".to_vec())),
    };
    let Response::Stripped { text, .. } = handle(Request::Strip(StripRequest { source })) else {
        panic!("it is not stripped");
    };
    assert_eq!(text, b"const VALUE 1 = 2;");
}

#[test]
fn the_sample_kiln_is_accepted_by_a_host_with_the_same_types() {
    let mut host = Context::with_default_modules().unwrap();
    runekiln_bindings::install(&mut host).unwrap();
    // Written out as `runekiln strip -o` does it, so that a script finds its stripped `mod` files.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stripped");
    std::fs::create_dir_all(&folder).unwrap();
    let scripts = sample_scripts();
    for (path, text) in &scripts {
        std::fs::write(folder.join(path.file_name().unwrap()), stripped(text)).unwrap();
    }
    let mut annotated = 0;
    for (path, text) in &scripts {
        annotated += usize::from(errors(&host, path, text).is_some());
        let written = folder.join(path.file_name().unwrap());
        let left = errors(&host, &written, &std::fs::read_to_string(&written).unwrap());
        assert_eq!(left, None, "{}", path.display());
    }
    assert!(
        annotated >= 10,
        "only {annotated} of {} scripts had annotations",
        scripts.len()
    );
}

/// The scripts that are meant to be correct.
fn sample_scripts() -> Vec<(PathBuf, String)> {
    let kiln =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/kilns/garden/.crucible/scripts");
    let mut scripts = parsing::files(kiln, ".rn");
    scripts.retain(|(path, _)| !path.components().any(|part| part.as_os_str() == "drafts"));
    scripts
}

fn stripped(text: &str) -> String {
    let source = runekiln_guest::protocol::Source {
        path: "script.rn".to_owned(),
        text: Some(ByteBuf::from(text.as_bytes().to_vec())),
    };
    match handle(Request::Strip(StripRequest { source })) {
        Response::Stripped { text, problems } if problems.is_empty() => {
            String::from_utf8(text.into_vec()).unwrap()
        }
        other => panic!("{other:?}"),
    }
}

/// What Rune itself says of a script, if it refuses it; `mod` files are read beside it.
fn errors(context: &Context, path: &Path, text: &str) -> Option<String> {
    let mut sources = Sources::new();
    sources
        .insert(Source::with_path("script", text, path).unwrap())
        .unwrap();
    let mut diagnostics = Diagnostics::new();
    let built = rune::prepare(&mut sources)
        .with_context(context)
        .with_diagnostics(&mut diagnostics)
        .build();
    let mut out = rune::termcolor::Buffer::no_color();
    diagnostics.emit(&mut out, &sources).unwrap();
    built
        .err()
        .map(|_| String::from_utf8_lossy(out.as_slice()).into_owned())
}
