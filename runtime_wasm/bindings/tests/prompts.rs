//! Questions, panels and popups, built by scripts in the real VM and read by the host, and the answers to them.

mod support;

use rune::Value;
use runekiln_bindings::{
    debug_text, explain, from_json, to_json, AskBatch, AskBatchResponse, Panel, PopupRequest,
};
use serde_json::{json, Value as Json};
use support::{call, eval};

fn made(body: &str) -> Value {
    let script = format!("pub fn main() {{ {body} }}");
    call(&script, "main", ()).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(body: &str) -> String {
    explain(&eval(body).expect_err("it is refused"))
}

fn native(json: Json, host_type: &str) -> Value {
    from_json(&json, Some(host_type)).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_batch_holds_its_questions_with_their_choices() {
    let batch = made(
        "use crucible::ask;
        let water = ask::question(\"Water\", \"Which beds?\").choice(\"Salad\").choice(\"Berries\").multi_select();
        assert_eq!((water.header(), water.question_text(), water.choice_count()), (\"Water\", \"Which beds?\", 2));
        assert_eq!(`${water}`, \"Water: Which beds?\");
        let batch = ask::batch().question(water).question(ask::AskQuestion::new(\"When\", \"At what hour?\"));
        assert_eq!(batch.question_count(), 2);
        batch",
    );
    let expected = json!({"questions": [
        {"header": "Water", "question": "Which beds?", "choices": ["Salad", "Berries"], "multi_select": true},
        {"header": "When", "question": "At what hour?", "choices": [], "multi_select": false}]});
    assert_eq!(to_json(&batch), expected);
    assert_eq!(
        debug_text(&native(expected, "AskBatch")),
        debug_text(&batch)
    );
}

#[test]
fn the_id_of_a_batch_is_that_of_its_questions_and_looks_like_a_uuid() {
    let id = |body: &str| {
        let batch = made(body);
        let batch = batch.borrow_ref::<AskBatch>().expect("a batch");
        batch.id()
    };
    let one =
        "crucible::ask::AskBatch::new().question(crucible::ask::question(\"a\", \"b\").choice(\"c\"))";
    assert_eq!(id(one), id(one));
    assert_ne!(id(one), id("crucible::ask::AskBatch::new()"));
    let id = id(one);
    let parts: Vec<usize> = id.split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12], "{id}");
    assert!(id.chars().all(|c| c == '-' || c.is_ascii_hexdigit()));
    assert_eq!(&id[14..15], "8", "the version for bits of one's own");
}

#[test]
fn a_script_reads_what_was_answered() {
    let response = native(
        json!({"id": "x", "answers": [{"selected": [1, 0]}, {"other": "at nine"}]}),
        "AskBatchResponse",
    );
    let read = call(
        "pub fn main(response) {
            let first = response.get_answer(0)?;
            let second = response.get_answer(1)?;
            Some((response.id(), response.is_cancelled(), response.answer_count(), first.selected_indices(),
                first.has_other(), second.has_other(), second.other_text(), response.get_answer(2)))
        }",
        "main",
        (response,),
    );
    assert_eq!(
        debug_text(&read.expect("it runs")),
        "Some((\"x\", false, 2, [1, 0], false, true, Some(\"at nine\"), None))"
    );
    let cancelled = native(json!({"id": "x", "cancelled": true}), "AskBatchResponse");
    let cancelled = cancelled
        .borrow_ref::<AskBatchResponse>()
        .expect("a response");
    assert!(cancelled.cancelled && cancelled.answers.is_empty());
}

#[test]
fn a_panel_holds_items_and_hints() {
    let panel = made(
        "use crucible::panel; use crucible::panel::{Panel, PanelHints, PanelItem};
        let item = PanelItem::new(\"Salad\").with_description(\"dry\").with_data(2.5);
        assert_eq!((item.label(), item.description()), (\"Salad\", Some(\"dry\")));
        let hints = PanelHints::new().filterable().multi_select().allow_other();
        let hints = hints.initial_selection([0, 1]).initial_filter(\"dry\");
        let panel = Panel::new(\"Beds\").item(item).item(panel::item(\"Berries\", None)).hints(hints);
        assert_eq!((panel.header(), panel.items().len(), panel.items()[1].description()), (\"Beds\", 2, None));
        panel",
    );
    let expected = json!({"header": "Beds",
        "items": [
            {"label": "Salad", "description": "dry", "data": 2.5},
            {"label": "Berries", "description": null, "data": null}],
        "hints": {"filterable": true, "multi_select": true, "allow_other": true, "initial_selection": [0, 1],
            "initial_filter": "dry"}});
    assert_eq!(to_json(&panel), expected);
    assert_eq!(debug_text(&native(expected, "Panel")), debug_text(&panel));
}

#[test]
fn panels_are_made_of_texts_too() {
    let labels = |body: &str| {
        let panel = made(&format!("crucible::panel::{body}"));
        let panel = panel.borrow_ref::<Panel>().expect("a panel");
        let labels: Vec<String> = panel.items.iter().map(|item| item.label.clone()).collect();
        (panel.header.clone(), labels, panel.hints.multi_select)
    };
    let of = |header: &str, items: [&str; 2], several: bool| {
        (
            header.to_owned(),
            items.map(str::to_owned).to_vec(),
            several,
        )
    };
    assert_eq!(
        labels("confirm(\"Sure?\")"),
        of("Sure?", ["Yes", "No"], false)
    );
    assert_eq!(
        labels("choose(\"Bed\", [\"a\", \"b\"])"),
        of("Bed", ["a", "b"], false)
    );
    assert_eq!(
        labels("multi_select(\"Beds\", [\"a\", \"b\"])"),
        of("Beds", ["a", "b"], true)
    );
    let items = "[crucible::panel::item(\"a\", None), crucible::panel::item(\"b\", Some(\"c\"))]";
    assert_eq!(
        labels(&format!("panel(\"Bed\", {items})")),
        of("Bed", ["a", "b"], false)
    );
}

#[test]
fn a_script_reads_what_was_chosen() {
    let read = |made: &str| {
        eval(&format!(
            "use crucible::panel::PanelResult; let chosen = PanelResult::{made};
            (chosen.is_cancelled(), chosen.selected_indices(), chosen.other_text())"
        ))
    };
    assert_eq!(
        read("selected([2, 0])").as_deref(),
        Ok("(false, [2, 0], None)")
    );
    assert_eq!(read("cancelled()").as_deref(), Ok("(true, [], None)"));
    assert_eq!(
        read("other(\"x\")").as_deref(),
        Ok("(false, [], Some(\"x\"))")
    );
}

#[test]
fn a_popup_holds_entries_with_any_data() {
    let popup = made(
        "use crucible::popup; use crucible::popup::{PopupEntry, PopupRequest};
        let plain = PopupEntry::new(\"Salad\").with_description(\"dry\");
        assert_eq!((plain.label(), plain.description(), plain.has_data()), (\"Salad\", Some(\"dry\"), false));
        let kept = popup::entry(\"Berries\", None).with_data(#{ valves: [6, -1], open: false, who: None, flow: 0.5 });
        assert!(kept.has_data());
        let popup = PopupRequest::new(\"Bed\").entry(plain).entry(kept).allow_other();
        assert_eq!((popup.title(), popup.entry_count(), popup.entries()[1].label()), (\"Bed\", 2, \"Berries\"));
        popup",
    );
    let popup = popup.borrow_ref::<PopupRequest>().expect("a popup");
    let data = popup.entries[1].data.as_ref().expect("data");
    assert_eq!(
        data.0,
        json!({"valves": [6, -1], "open": false, "who": null, "flow": 0.5})
    );
    assert!(popup.allow_other);
    let counted = "crucible::popup::request(\"Bed\", [crucible::popup::entry(\"a\", Some(\"b\"))]).entry_count()";
    assert_eq!(eval(counted).as_deref(), Ok("1"));
}

#[test]
fn a_builder_that_was_used_up_is_told_in_words() {
    for body in [
        "let q = crucible::ask::question(\"a\", \"b\"); q.choice(\"c\"); q.choice_count()",
        "let b = crucible::ask::batch(); b.question(crucible::ask::question(\"a\", \"b\")); b.id()",
        "let p = crucible::panel::Panel::new(\"a\"); p.item(crucible::panel::item(\"b\", None)); p.header()",
        "let h = crucible::panel::PanelHints::new(); h.filterable(); h.multi_select()",
        "let e = crucible::popup::entry(\"a\", None); e.with_data(1); e.label()",
    ] {
        let words = refused(body);
        assert!(words.contains("an earlier call has used it up"), "{body}: {words}");
        assert!(words.contains("Go on with what it returned"), "{words}");
    }
}

#[test]
fn what_is_added_can_be_used_again() {
    let body = "let item = crucible::panel::item(\"a\", None);
        let panel = crucible::panel::Panel::new(\"b\").item(item).item(item);
        (panel.items().len(), item.label())";
    assert_eq!(eval(body).as_deref(), Ok("(2, \"a\")"));
}

#[test]
fn what_cannot_be_kept_is_refused_in_words() {
    let cases = [
        (
            "crucible::panel::item(\"a\", None).with_data([1])",
            "panicked: expected a String, a number, true or false, found Vec",
        ),
        (
            "crucible::popup::entry(\"a\", None).with_data(#{ f: || 1 })",
            "panicked: JSON cannot hold a value of Function",
        ),
        (
            "let list = []; list.push(list); crucible::popup::entry(\"a\", None).with_data(list)",
            "panicked: JSON cannot hold a value that is nested deeper than 128 levels",
        ),
        (
            "crucible::panel::panel(\"a\", [\"b\"])",
            "expected PanelItem, found String",
        ),
        (
            "crucible::panel::choose(\"a\", [1])",
            "expected String, found i64",
        ),
        (
            "crucible::panel::item(\"a\", \"b\")",
            "expected Option, found String",
        ),
    ];
    for (body, words) in cases {
        assert_eq!(refused(body), words, "{body}");
    }
}
