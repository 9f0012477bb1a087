//! Session logs as they really are: odd, mixed and broken.

use runekiln_bindings::{Read, Session};
use serde_json::json;

const FRONT: &str = "---\ntype: session\nsession_id: s\nstarted: t\nstatus: completed\n---\n";

fn markdown(body: &str) -> Read<Session> {
    Session::from_markdown(format!("{FRONT}{body}").as_bytes())
}

fn names(read: &Read<Session>) -> Vec<String> {
    read.value
        .phases
        .iter()
        .map(|phase| phase.name.clone())
        .collect()
}

fn said(read: &Read<Session>) -> Vec<(usize, &str)> {
    read.skipped
        .iter()
        .map(|skipped| (skipped.line, &*skipped.message))
        .collect()
}

#[test]
fn the_frontmatter_fills_the_session() {
    let log = "---\ntype: session\nsession_id: chat-1\nstarted: 2026-03-07T09:02:11Z\nended: null\nstatus: active\n\
        channel: dev\nparticipants:\n  - a@1.0\n  - b\nmodel: llama3.2\ntokens_used: 12\nresume_point: phase-2\n\
        continued_from: chat-0\n---\n\n# Title\n";
    let read = Session::from_markdown(log.as_bytes());
    let session = &read.value;
    assert_eq!(read.skipped, []);
    assert_eq!(
        (&*session.id, &*session.session_type, &*session.started),
        ("chat-1", "chat", "2026-03-07T09:02:11Z")
    );
    assert_eq!(session.title.as_deref(), Some("Title"));
    assert_eq!(session.ended, None);
    assert_eq!(session.participants, ["a@1.0", "b"]);
    assert_eq!((session.tokens_used, session.is_active()), (12, true));
    assert_eq!(session.continued_from.as_deref(), Some("chat-0"));
}

#[test]
fn wrong_frontmatter_is_said_and_the_phases_are_read_all_the_same() {
    let cases: [(&str, &[(usize, &str)]); 5] = [
        (
            "## P\n",
            &[(
                1,
                "frontmatter: there is none; a file begins with it, between two lines `---`",
            )],
        ),
        (
            "---\ntype: session\n\n## P\n",
            &[(1, "frontmatter: no line `---` ends it")],
        ),
        (
            "---\n- a list\n---\n## P\n",
            &[(2, "frontmatter: it should have the form `key: value`")],
        ),
        (
            "---\ntype: note\nsession_id: {a: 1}\nstarted: t\ntokens_used: many\n---\n## P\n",
            &[
                (1, "frontmatter: `status` is missing"),
                (2, "frontmatter: `type` should be `session`"),
                (3, "frontmatter: `session_id` should be a text"),
                (5, "frontmatter: `tokens_used` should be a whole number"),
            ],
        ),
        (
            "---\ntype: session\nsession_id: s\nstarted: t\nstatus: done\n---\n## P\n",
            &[(
                5,
                "frontmatter: `status` should be active, completed, failed or paused",
            )],
        ),
    ];
    for (log, expected) in cases {
        let read = Session::from_markdown(log.as_bytes());
        assert_eq!(said(&read), expected, "{log}");
        assert_eq!(names(&read), ["P"], "{log}");
    }
    let broken = Session::from_markdown(b"---\ntype: \"session\nstatus: x\n---\n## P\n");
    assert_eq!(
        (broken.skipped.len(), names(&broken)),
        (1, vec!["P".to_owned()])
    );
    assert!(broken.skipped[0]
        .message
        .starts_with("frontmatter: it is not YAML"));
}

#[test]
fn headings_in_fences_quotes_lists_and_comments_are_no_phases() {
    let read = markdown(
        "\n## One ##\n\n```md\n## no\n~~~\n```\n\n~~~\n```\n## no\n~~~~\n\n> ## no\n\n- ## no\n\n  ## no\n\n<!--\n\n## no\n-->\n\n\
         ##No space\n\n    ## code\n\nSetext\n------\n\n   ## Two\n",
    );
    assert_eq!(names(&read), ["One", "Two"]);
    assert_eq!(read.skipped, []);
}

#[test]
fn a_body_is_kept_word_for_word_between_its_headings() {
    let read = markdown("\n## One\n\n\n    code\n\ntext  \n\n### Deeper\n\n---\n\n## Two\nbelow\n- - -\n\n## Three\n\n---\n");
    let bodies: Vec<&str> = read.value.phases.iter().map(|phase| &*phase.body).collect();
    assert_eq!(
        bodies,
        ["    code\n\ntext  \n\n### Deeper", "below\n- - -", ""]
    );
}

#[test]
fn line_ends_of_windows_are_line_ends() {
    let log =
        format!("{FRONT}\n# Title\n\n## One @a #c\n\ntext\nmore\n\n> [!note] N\n> x\n\n## Two\n")
            .replace('\n', "\r\n");
    let read = Session::from_markdown(log.as_bytes());
    assert_eq!(
        (read.skipped.len(), names(&read)),
        (0, vec!["One".to_owned(), "Two".to_owned()])
    );
    let phase = &read.value.phases[0];
    assert_eq!(
        (phase.agent.as_deref(), phase.channel.as_deref()),
        (Some("a"), Some("c"))
    );
    assert_eq!(phase.body, "text\nmore\n\n> [!note] N\n> x");
    assert_eq!(
        (
            phase.callouts[0].title.as_deref(),
            &*phase.callouts[0].content
        ),
        (Some("N"), "x")
    );
    assert_eq!(&log[phase.callouts[0].offset as usize..][..9], "> [!note]");
}

#[test]
fn tool_calls_stand_below_their_line() {
    let read = markdown(
        "\n- `before` → is opening\n\n**Tool calls:**\n- `opening` → x\n\n## One\n\n- `no call` → x\n\nThen\n**Tool calls:**\n\n\
         - `grep \"a b\" src/` → 3 matches\n- `open` -> error: not found\n* `next list`\n- ``tick ` arg``\n- no code\n\n- `later`\n\n\
         text\n\n- `not a call`\n",
    );
    let phase = &read.value.phases[0];
    let calls: Vec<_> = phase
        .tool_calls
        .iter()
        .map(|call| {
            (
                &*call.name,
                call.args.clone(),
                call.result.as_deref(),
                call.error.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        calls[0],
        ("grep", json!("\"a b\" src/"), Some("3 matches"), None)
    );
    assert_eq!(calls[1], ("open", json!(""), None, Some("not found")));
    assert_eq!(calls[2], ("next", json!("list"), None, None));
    assert_eq!(calls[3], ("tick", json!("` arg"), None, None));
    assert_eq!(
        said(&read),
        [(
            24,
            "a tool call should have the form - `tool arguments` → result"
        )]
    );
    assert_eq!(read.value.tool_calls()[0].name, "opening");
}

#[test]
fn callouts_are_quotations_with_a_type() {
    let read = markdown("> [!NOTE] before\n\n## One\n\n> [!Decision]\n> a\n>\n> b\n> > [!inner] x\n\n> plain\n\n- x\n\n  > [!in-list] y\n  > z\n");
    let found: Vec<(&str, Option<&str>, &str)> = read.value.phases[0]
        .callouts
        .iter()
        .map(|callout| {
            (
                &*callout.callout_type,
                callout.title.as_deref(),
                &*callout.content,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("decision", None, "a\n\nb\n> [!inner] x"),
            ("in-list", Some("y"), "z")
        ]
    );
    let all: Vec<bool> = read
        .value
        .callouts()
        .iter()
        .map(|callout| callout.is_standard())
        .collect();
    assert_eq!(all, [true, false, false]);
}

#[test]
fn what_runs_to_the_end_of_the_file_is_said_where_it_begins() {
    let read = markdown("\n## One\n\n~~~\n## lost\n~~");
    assert_eq!(
        said(&read),
        [(
            10,
            "the code block that begins here is never closed: it runs to the end of the file"
        )]
    );
    let read = markdown("\n## One\n\n<!-- x\n\n## lost\n");
    assert_eq!(
        said(&read),
        [(
            10,
            "the comment that begins here is never closed: it runs to the end of the file"
        )]
    );
    assert_eq!(names(&read), ["One"]);
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_said() {
    let mut log = FRONT.as_bytes().to_vec();
    log.extend(b"\n## Caf\xe9\n\n\0\n");
    let read = Session::from_markdown(&log);
    assert_eq!(names(&read), ["Caf\u{fffd}"]);
    assert_eq!(
        said(&read),
        [
            (8, "bytes that are not UTF-8 were replaced by U+FFFD"),
            (10, "NUL bytes were replaced by U+FFFD")
        ]
    );
}

#[test]
fn a_message_of_the_user_begins_a_phase_and_the_answers_are_its_body() {
    let log = r#"{"type":"init","ts":"t0","session_id":"chat-7","model":"m"}
{"type":"assistant","ts":"t1","content":"before"}
{"type":"user","ts":"t2","content":"\n  First line  \nsecond"}
{"type":"tool_call","ts":"t3","id":"a","name":"read","args":{"path":"x"}}
{"type":"tool_call","ts":"t3","id":"b","name":"find","args":null}
{"type":"event","event":"tool_result","data":{"call_id":"b","result":{"n":1}},"timestamp":"t4"}
{"type":"tool_result","ts":"t4","id":"a","result":"","error":"no such file"}
{"type":"assistant","ts":"t5","content":"one","tokens":{"in":10,"out":2}}
{"type":"event","event":"message_complete","data":{"full_response":"two\n","total_tokens":30},"timestamp":"t6"}
{"type":"event","event":"user_message","data":{"content":[{"type":"text","text":"Third"}]},"timestamp":"t7"}
"#;
    let meta = br#"{"id":"other","state":"active","title":"T","started_at":"t","agent":{"name":"Helper","model":"n"}}"#;
    let read = Session::from_jsonl(log.as_bytes(), Some(meta));
    let session = &read.value;
    assert_eq!(
        (read.skipped.len(), names(&read)),
        (0, vec!["First line".to_owned(), "Third".to_owned()])
    );
    let phase = &session.phases[0];
    assert_eq!(
        (phase.agent.as_deref(), &*phase.body),
        (Some("Helper"), "one\n\ntwo")
    );
    assert_eq!(phase.tool_calls[0].error.as_deref(), Some("no such file"));
    assert_eq!(
        (
            &phase.tool_calls[0].args,
            phase.tool_calls[0].result.as_deref()
        ),
        (&json!({"path": "x"}), None)
    );
    assert_eq!(phase.tool_calls[1].result.as_deref(), Some("{\"n\":1}"));
    assert_eq!(
        (&*session.id, session.model.as_deref(), session.tokens_used),
        ("chat-7", Some("m"), 42)
    );
    assert_eq!(
        (session.events.len(), &*session.events[9].kind),
        (10, "user_message")
    );
}

#[test]
fn a_name_has_at_most_sixty_characters_and_no_blank_ends() {
    let astral = "🌱".repeat(59);
    for (message, name) in [
        (format!("{astral} b c"), astral.clone()),
        ("x".repeat(61), "x".repeat(60)),
        (" \n\t\n".to_owned(), String::new()),
        ("a\r\nb".to_owned(), "a".to_owned()),
    ] {
        let line = json!({"type": "user", "content": message}).to_string();
        assert_eq!(names(&Session::from_jsonl(line.as_bytes(), None)), [name]);
    }
}

#[test]
fn a_line_that_cannot_be_used_is_skipped_with_its_reason() {
    let mut log = b"\xef\xbb\xbf{\"type\":\"user\",\"content\":\"one\"}\r\n\r\n".to_vec();
    log.extend(b"not json\n[1]\n{\"no\":\"type\"}\n{\"type\":\"wat\"}\n\x1f\x8b\x08\x00\xff\n");
    log.extend(b"{\"type\":\"user\",\"content\":\"tw\xffo\"}\n{\"type\":\"event\"}\n{\"type\":\"event\",\"event\":\"user_message\"}\n");
    log.extend([b'['].repeat(100_000));
    log.extend(b"\n{\"type\":\"thinking\"}\n{\"type\":\"user\",\"content\":\"thr");
    let read = Session::from_jsonl(&log, Some(b"{"));
    assert_eq!(names(&read), ["one", "tw\u{fffd}o"]);
    let lines: Vec<usize> = read.skipped.iter().map(|skipped| skipped.line).collect();
    assert_eq!(lines, [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13]);
    let messages: Vec<&str> = read
        .skipped
        .iter()
        .map(|skipped| &*skipped.message)
        .collect();
    assert!(
        messages[0].starts_with("meta.json: it is not JSON"),
        "{}",
        messages[0]
    );
    assert_eq!(messages[2], "the line should be a JSON object");
    assert_eq!(messages[4], "lines of the type `wat` are unknown");
    assert_eq!(messages[5], "the line is not text");
    assert_eq!(messages[10], "the file ends in the middle of this line");
}

#[test]
fn any_bytes_give_a_session() {
    let mut state: u32 = 7;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize
    };
    let pieces: [&[u8]; 16] = [
        b"---\n",
        b"\n",
        b"## ",
        b"# ",
        b"> ",
        b"- ",
        b"```\n",
        b"~~~",
        b"<!--",
        b"**Tool calls:**\n",
        b"`a` ->",
        b"\xff\xfe",
        b"\0",
        b"{\"type\":\"user\",\"content\":\"",
        b"\"}\n",
        b"[!x] ",
    ];
    for _ in 0..3000 {
        let bytes: Vec<u8> = (0..next() % 60)
            .flat_map(|_| pieces[next() % pieces.len()].to_vec())
            .collect();
        let lines = bytes.split(|byte| *byte == b'\n').count();
        for read in [
            Session::from_markdown(&bytes),
            Session::from_jsonl(&bytes, Some(&bytes)),
        ] {
            assert!(read
                .skipped
                .iter()
                .all(|skipped| (1..=lines).contains(&skipped.line)));
        }
    }
}

#[test]
fn a_log_in_utf_16_is_told_and_read() {
    let utf16 = |text: &str| -> Vec<u8> {
        let marked = format!("\u{feff}{text}");
        marked.encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    let told = [(
        1,
        "the file is UTF-16: save it as UTF-8, which other programs expect",
    )];
    let text = "---\ntype: session\nsession_id: s\nstarted: t\nstatus: active\n---\n\n## Plan\n";
    let markdown = Session::from_markdown(&utf16(text));
    let jsonl = Session::from_jsonl(&utf16("{\"type\":\"user\",\"content\":\"Plan\"}\n"), None);
    for read in [markdown, jsonl] {
        assert_eq!(read.value.phases()[0].name, "Plan");
        let skipped: Vec<_> = read
            .skipped
            .iter()
            .map(|skipped| (skipped.line, &*skipped.message))
            .collect();
        assert_eq!(skipped, told);
    }
}

#[test]
fn an_empty_log_is_told() {
    for bytes in [&b""[..], b" \n\n"] {
        assert_eq!(
            Session::from_jsonl(bytes, None).skipped[0].message,
            "the log is empty"
        );
        assert!(!Session::from_markdown(bytes).skipped.is_empty());
    }
}

#[test]
fn a_problem_of_the_frontmatter_has_one_place() {
    let read = Session::from_markdown(b"---\ntype: session\nsession_id: [1,2\n: :\n---\n");
    let first = &read.skipped[0];
    assert_eq!(first.line, 4);
    assert!(!first.message.contains(" line "), "{}", first.message);
}
