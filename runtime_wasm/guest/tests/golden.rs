//! Messages as they cross the boundary: pairs in `tests/fixtures/golden`, held against the real answers.
//!
//! `GOLDEN=write cargo test --test golden` writes the answers down; read the difference before it is committed.

use std::path::{Path, PathBuf};

use runekiln_guest::protocol::handle_message;
use serde_json::{Map, Value};

/// Names of request fields that hold bytes, which JSON shows as text or as a list of numbers.
const BYTES: [&str; 3] = ["text", "json", "meta"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/golden")
}

#[test]
fn answers_are_the_golden_ones() {
    let mut seen = 0;
    for entry in std::fs::read_dir(folder()).expect("the golden folder") {
        let path = entry.expect("an entry").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            hold(&path);
            seen += 1;
        }
    }
    assert!(seen >= 20, "only {seen} golden messages");
}

fn hold(path: &Path) {
    let golden: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON");
    let answer = answer(&golden);
    if std::env::var("GOLDEN").is_ok_and(|wish| wish == "write") {
        let mut pair = golden;
        pair["response"] = answer;
        let text = serde_json::to_string_pretty(&pair).expect("JSON") + "\n";
        std::fs::write(path, text).expect("the golden folder can be written");
    } else {
        assert_eq!(answer, golden["response"], "{}", path.display());
    }
}

/// What a guest answers that was asked nothing, or what is in `before`.
fn answer(golden: &Value) -> Value {
    let ask = |request: &Value| {
        let message = rmp_serde::to_vec_named(&with_bytes(request)).expect("a message");
        readable(&handle_message(&message))
    };
    let Some(before) = golden.get("before") else {
        return ask(&golden["request"]);
    };
    // The guest remembers for as long as the thread lives.
    std::thread::scope(|scope| {
        let other = scope.spawn(|| {
            ask(before);
            ask(&golden["request"])
        });
        other.join().expect("an answer")
    })
}

/// The request as MessagePack wants it.
fn with_bytes(value: &Value) -> Message {
    match value {
        Value::Object(fields) => Message::Map(
            fields
                .iter()
                .map(|(name, value)| (name.clone(), field(name, value)))
                .collect(),
        ),
        Value::Array(items) => Message::List(items.iter().map(with_bytes).collect()),
        other => Message::Plain(other.clone()),
    }
}

fn field(name: &str, value: &Value) -> Message {
    match value {
        Value::String(text) if BYTES.contains(&name) => {
            Message::Bytes(serde_bytes::ByteBuf::from(text.as_bytes().to_vec()))
        }
        Value::Array(numbers) if BYTES.contains(&name) => {
            let bytes = numbers
                .iter()
                .map(|number| number.as_u64().expect("a byte") as u8);
            Message::Bytes(serde_bytes::ByteBuf::from(bytes.collect::<Vec<u8>>()))
        }
        other => with_bytes(other),
    }
}

#[derive(serde::Serialize)]
#[serde(untagged)]
enum Message {
    Map(std::collections::BTreeMap<String, Message>),
    List(Vec<Message>),
    Bytes(serde_bytes::ByteBuf),
    Plain(Value),
}

/// The response without trees, its bytes as text.
fn readable(message: &[u8]) -> Value {
    let response: runekiln_guest::protocol::Response =
        rmp_serde::from_slice(message).expect("a response");
    simplified(serde_json::to_value(response).expect("JSON"))
}

fn simplified(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(kept(fields)),
        Value::Array(items) => Value::Array(items.into_iter().map(simplified).collect()),
        other => other,
    }
}

fn kept(fields: Map<String, Value>) -> Map<String, Value> {
    let has_bytes = fields
        .get("type")
        .is_some_and(|kind| kind == "stripped" || kind == "formatted");
    let fields = fields.into_iter().filter(|(name, _)| name != "tree");
    fields
        .map(|(name, value)| {
            let value = if has_bytes && name == "text" {
                text_of(&value)
            } else {
                simplified(value)
            };
            (name, value)
        })
        .collect()
}

fn text_of(bytes: &Value) -> Value {
    let numbers = bytes.as_array().into_iter().flatten();
    let bytes: Vec<u8> = numbers
        .map(|number| number.as_u64().expect("a byte") as u8)
        .collect();
    Value::from(String::from_utf8_lossy(&bytes))
}
