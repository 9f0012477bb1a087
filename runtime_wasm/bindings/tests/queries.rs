//! `oq`: filters of jq's language over texts whose format is found out.

mod support;

use runekiln_bindings::to_json;
use serde_json::{json, Value as Json};
use support::call;

const SCRIPT: &str = "pub fn main(input, filter) { oq::query(input, filter) }";

/// What a filter gives; the error is its message.
fn query(input: &str, filter: &str) -> Result<Json, String> {
    let value = call(SCRIPT, "main", (input, filter)).expect("it does not panic");
    match to_json(&value) {
        Json::Object(mut fields) if fields.contains_key("Ok") => Ok(fields["Ok"].take()),
        Json::Object(fields) => Err(fields["Err"]["message"].as_str().expect("text").to_owned()),
        other => panic!("no Result: {other}"),
    }
}

fn parse(input: &str) -> Json {
    query(input, ".").unwrap_or_else(|error| panic!("{input}: {error}"))
}

const GARDEN: &str =
    r#"{"beds": [{"name": "salad", "litres": 40}, {"name": "beans", "litres": 25}], "open": null}"#;

#[test]
fn a_filter_gives_nothing_one_value_or_several() {
    for (filter, expected) in [
        (".beds[] | select(.litres > 90)", Json::Null),
        (".beds[0].name", json!("salad")),
        (".beds[].litres", json!([40, 25])),
        ("[.beds[].litres] | add / length", json!(32.5)),
        (
            ".beds | map({(.name): .litres}) | add",
            json!({"salad": 40, "beans": 25}),
        ),
        (".beds | sort_by(.litres) | .[0].name", json!("beans")),
        (".open // \"shut\"", json!("shut")),
        ("[.beds[0] | .[]]", json!(["salad", 40])),
        (
            ".beds | group_by(.litres > 30) | map(length)",
            json!([1, 1]),
        ),
        ("reduce .beds[] as $bed (0; . + $bed.litres)", json!(65)),
        ("def twice: . * 2; .beds[0].litres | twice", json!(80)),
        ("[paths(type == \"number\")] | length", json!(2)),
        (
            ".beds[0] | to_entries | map(.key)",
            json!(["name", "litres"]),
        ),
        ("\"\\(.beds | length) beds\"", json!("2 beds")),
        ("[limit(3; repeat(1))]", json!([1, 1, 1])),
        ("try error(\"no\") catch .", json!("no")),
    ] {
        assert_eq!(query(GARDEN, filter), Ok(expected), "{filter}");
    }
}

#[test]
fn texts_numbers_and_encodings_have_jq_s_filters() {
    for (input, filter, expected) in [
        (
            "\"bed 12, bed 7\"",
            "[scan(\"\\\\d+\")]",
            json!(["12", "7"]),
        ),
        (
            "\"Bed 12\"",
            "test(\"bed\"), test(\"bed\"; \"i\")",
            json!([false, true]),
        ),
        (
            "\"Bed 12\"",
            "capture(\"(?<word>\\\\w+) (?<number>\\\\d+)\")",
            json!({"word": "Bed", "number": "12"}),
        ),
        (
            "\"é12\"",
            "match(\"\\\\d\") | [.offset, .length, .string, .captures]",
            json!([1, 1, "1", []]),
        ),
        ("\"é12\"", "[match(\"\\\\d\"; \"g\").offset]", json!([1, 2])),
        (
            "\"ab\"",
            "match(\"(x)?a\").captures[0]",
            json!({"offset": -1, "length": 0, "string": null}),
        ),
        ("\"a1b22c\"", "[splits(\"\\\\d+\")]", json!(["a", "b", "c"])),
        (
            "\"a1b2\"",
            "sub(\"\\\\d\"; \"-\"), gsub(\"(?<n>\\\\d)\"; \"<\\(.n)>\")",
            json!(["a-b2", "a<1>b<2>"]),
        ),
        (
            "9",
            "sqrt, pow(.; 2), (. / 2 | floor)",
            json!([3.0, 81.0, 4]),
        ),
        (
            "\"a b<&\\\"\"",
            "@html, @uri, @base64, @json",
            json!([
                "a b&lt;&amp;&quot;",
                "a%20b%3C%26%22",
                "YSBiPCYi",
                "\"a b<&\\\"\""
            ]),
        ),
        ("\"YSBiPCYi\"", "@base64d", json!("a b<&\"")),
        ("\"a%20b%\"", "@urid", json!("a b%")),
        ("[1, \"a,b\"]", "@csv, @sh", json!(["1,\"a,b\"", "1 'a,b'"])),
        (
            "[true, null, \"say \\\"a\\\"\"]",
            "@csv",
            json!("true,,\"say \"\"a\"\"\""),
        ),
        (
            "[2.5, \"a\\tb\\\\c\\nd\"]",
            "@tsv",
            json!("2.5\ta\\tb\\\\c\\nd"),
        ),
    ] {
        assert_eq!(query(input, filter), Ok(expected), "{filter}");
    }
}

#[test]
fn the_format_of_a_text_is_found_out() {
    let beds = json!({"beds": ["salad", "beans"], "litres": 40});
    for text in [
        "{\"beds\": [\"salad\", \"beans\"], \"litres\": 40}",
        "beds:\n  - salad\n  - beans\nlitres: 40\n",
        "{beds: [salad, beans], litres: 40}",
        "litres = 40\nbeds = ['salad', 'beans']\n",
        "beds[2]: salad,beans\nlitres: 40",
    ] {
        assert_eq!(parse(text), beds, "{text}");
    }
    assert_eq!(
        parse("[bed]\nlitres = 40\n"),
        json!({"bed": {"litres": 40}})
    );
    assert_eq!(
        parse("[2]{name,litres}:\n  salad,40\n  beans,25"),
        json!([{"name": "salad", "litres": 40}, {"name": "beans", "litres": 25}])
    );
    assert_eq!(parse("day = 2026-03-07"), json!({"day": "2026-03-07"}));
    assert_eq!(parse("salad"), json!("salad"));
    assert_eq!(
        parse("1: one\ntrue: two"),
        json!({"1": "one", "true": "two"})
    );
}

#[test]
fn large_numbers_stay_whole() {
    let largest = r#"[9223372036854775807, -9223372036854775808, 18446744073709551615]"#;
    assert_eq!(parse(largest), json!([i64::MAX, i64::MIN, u64::MAX]));
    assert_eq!(
        query("9007199254740993", ". + 1"),
        Ok(json!(9007199254740994i64))
    );
}

#[test]
fn a_filter_that_is_wrong_says_where() {
    for (filter, said) in [
        (
            ".[",
            "the filter cannot be read: line 1, column 3: expected closing bracket, found its end",
        ),
        (".a |\n  | .b", "line 2, column 3: expected term, found `|"),
        (
            ".a | now",
            "line 1, column 6: there is no filter `now` with 0 arguments",
        ),
        ("input", "there is no filter `input`"),
        ("env", "there is no filter `env`"),
        (
            "$nobody",
            "line 1, column 1: there is no variable `$nobody`",
        ),
        ("include \"x\"; .", "module loading not supported"),
        (".beds.name", "the filter failed: cannot index"),
        ("error(\"no water\")", "the filter failed: no water"),
        ("error({a: 1})", "the filter failed: {\"a\":1}"),
        ("halt", "the filter stopped itself with `halt`"),
        (
            "test(\"(\")",
            "the pattern `(` is no regular expression: unclosed group",
        ),
        ("test(\"a\"; \"q\")", "there is no flag `q`"),
        ("\"*\" | @base64d", "`*` is no sign of base64"),
    ] {
        let told = query(GARDEN, filter).expect_err(filter);
        let input = query("\"x\"", filter).err().unwrap_or_default();
        assert!(
            told.contains(said) || input.contains(said),
            "{filter}: {told}"
        );
    }
}

#[test]
fn a_filter_has_bounds() {
    for (filter, said) in [
        ("repeat(1)".to_owned(), "more than 100000 results"),
        (
            format!("{}.{}", "[".repeat(101), "]".repeat(101)),
            "the filter is too large",
        ),
        (
            format!(".{}", " ".repeat(20_000)),
            "the filter is too large",
        ),
        (
            "reduce range(200) as $i (0; [.])".to_owned(),
            "nested deeper than 128 levels",
        ),
    ] {
        let told = query("1", &filter).expect_err(&filter);
        assert!(told.contains(said), "{filter}: {told}");
    }
    let deepest = query("1", "reduce range(128) as $i (0; [.]) | tojson | length");
    assert_eq!(deepest, Ok(json!(257)));
}

#[test]
fn a_text_that_cannot_be_read_says_where() {
    for (text, said) in [
        ("{\"a\": [1, 2}", "the text is no JSON"),
        ("a: [1", "the text is no YAML"),
        (
            "a[2]: 1",
            "the text is no TOON: line 1: the array should have 2 items, and has 1",
        ),
    ] {
        let told = query(text, ".").expect_err(text);
        assert!(told.starts_with(said), "{text}: {told}");
    }
}
