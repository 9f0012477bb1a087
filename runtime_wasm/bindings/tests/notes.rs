//! Notes from Markdown: what stands in them, where, and that nothing in a file can go wrong.

#[path = "support/samples.rs"]
mod samples;
mod support;

use std::path::{Path, PathBuf};

use runekiln_bindings::{from_json, note_from, to_json, view, Note};
use samples::NOTE;
use serde_json::json;
use support::call;

fn read(text: &str) -> Note {
    let read = note_from("Note.md", text.as_bytes());
    assert_eq!(read.skipped, []);
    read.value
}

/// All notes of the sample kiln, with their paths in it.
fn garden() -> Vec<(String, Vec<u8>)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    let kiln = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/kilns/garden");
    let mut paths = Vec::new();
    collect(&kiln, &mut paths);
    paths.sort();
    let note = |path: PathBuf| {
        let name = path.strip_prefix(&kiln).expect("a path of the kiln");
        (
            name.display().to_string(),
            std::fs::read(&path).expect("a note"),
        )
    };
    paths.into_iter().map(note).collect()
}

fn garden_note(path: &str) -> Note {
    let (path, bytes) = garden()
        .into_iter()
        .find(|(name, _)| name == path)
        .expect("a note");
    note_from(&path, &bytes).value
}

#[test]
fn a_note_of_the_kiln_is_read_with_all_that_stands_in_it() {
    let note = garden_note("Irrigation plan.md");
    assert_eq!(note.title, "Irrigation plan");
    assert_eq!(note.all_tags(), ["irrigation", "irrigation/plan"]);
    let targets: Vec<&str> = note.wikilinks.iter().map(|link| &*link.target).collect();
    assert_eq!(
        targets,
        [
            "Beds/Salad",
            "Beds/Tomatoes",
            "Beds/Berries",
            "Meetings/2026-02-20"
        ]
    );
    let callouts: Vec<&str> = note
        .callouts
        .iter()
        .map(|callout| &*callout.callout_type)
        .collect();
    assert_eq!(callouts, ["decision", "warning"]);
    let front = note.frontmatter.as_ref().expect("it has one");
    assert_eq!(front.get_date("reviewed").as_deref(), Some("2026-02-20"));
    let kinds: Vec<&str> = note.blocks.iter().map(|block| &*block.block_type).collect();
    let expected = [
        "heading",
        "paragraph",
        "table",
        "paragraph",
        "callout",
        "callout",
        "paragraph",
    ];
    assert_eq!(kinds, expected);
    let table = json!({"rows": 4, "columns": 4, "headers": ["Program", "Beds", "Litres", "Days"]});
    assert_eq!(json!(note.blocks[2].metadata), table);
}

#[test]
fn links_say_where_they_lead() {
    let note = garden_note("Home.md");
    let links: Vec<String> = note.wikilinks.iter().map(|link| link.display()).collect();
    assert_eq!(links.len(), 10);
    assert_eq!(links[3], "this year's rota");
    let key = note
        .wikilinks
        .iter()
        .find(|link| link.heading_ref.is_some())
        .expect("a heading");
    assert_eq!(
        (&*key.target, key.heading_ref.as_deref()),
        ("Key list", Some("Pump house"))
    );
    let shown = note.wikilinks.last().expect("a link");
    assert_eq!(
        (shown.is_embed, shown.block_ref.as_deref()),
        (true, Some("programs"))
    );
}

#[test]
fn tasks_are_found_with_what_they_wait_for() {
    let note = garden_note("Meetings/2026-02-20.md");
    let tasks: Vec<(&str, &str)> = note
        .tasks
        .iter()
        .map(|t| (&*t.content, &*t.status))
        .collect();
    assert_eq!(
        tasks,
        [
            ("Insurance for the open day", "pending"),
            ("New code for the shed", "pending")
        ]
    );
    let nested = read("1. [x] Dig [id:: a]\n   more\n\n   text\n   - [/] Sow [deps:: a, b]\n> - [!] Water\n>   the beds\n");
    let drawn: Vec<String> = nested
        .tasks
        .iter()
        .map(|task| {
            format!(
                "{} {:?} {:?} {:?}",
                task.status, task.content, task.id, task.deps
            )
        })
        .collect();
    let expected = [
        "done \"Dig more\" Some(\"a\") []",
        "in_progress \"Sow\" None [\"a\", \"b\"]",
        "blocked \"Water the beds\" None []",
    ];
    assert_eq!(drawn, expected);
}

#[test]
fn code_html_and_the_places_of_links_hold_no_tags_and_links() {
    let text = "`#a [[a]]` #yes [x](b.md \"t #c\") <!-- #d [[d]] --> <http://x/ #e>\n\n```sh\n#f [[f]]\n```\n\n    #g [[g]]\n\n\
        <div>\n#h [[h]]\n</div>\n\n$$ #i $$\n\n[[Yes|#j]] #yes/too [r]\n\n[r]: http://x \"s #k\"\n";
    let note = read(text);
    assert_eq!(note.all_tags(), ["yes", "e", "yes/too"]);
    let targets: Vec<&str> = note.wikilinks.iter().map(|link| &*link.target).collect();
    assert_eq!(targets, ["Yes"]);
}

#[test]
fn blocks_know_their_places_and_their_headings() {
    let text = "---\na: 1\n---\n# One ^top\n\ntext\n\n## Two {#second}\n- a\n- b\n\n  c\n\n---\n# Three\n\n> quoted\n\n$$x^2$$\n\n[^1]: note\n";
    let note = read(text);
    let drawn: Vec<String> = note
        .blocks
        .iter()
        .map(|block| {
            let source = &text[block.start_offset as usize..block.end_offset as usize];
            format!(
                "{} {} {source:?}",
                block.block_type,
                block.depth.unwrap_or(-1)
            )
        })
        .collect();
    let expected = [
        "heading 0 \"# One ^top\"",
        "paragraph 1 \"text\"",
        "heading 1 \"## Two {#second}\"",
        "list 2 \"- a\\n- b\\n\\n  c\"",
        "horizontal_rule 2 \"---\"",
        "heading 0 \"# Three\"",
        "blockquote 1 \"> quoted\"",
        "latex 1 \"$$x^2$$\"",
        "footnote 1 \"[^1]: note\"",
    ];
    assert_eq!(drawn, expected);
    let headings: Vec<(&str, Option<&str>)> = note
        .headings
        .iter()
        .map(|h| (&*h.text, h.id.as_deref()))
        .collect();
    assert_eq!(
        headings,
        [
            ("One", Some("top")),
            ("Two", Some("second")),
            ("Three", None)
        ]
    );
    assert_eq!(
        note.blocks[3].parent_block_id.as_ref(),
        Some(&note.blocks[2].block_hash)
    );
    assert_eq!(note.blocks[7].content, "x^2");
}

#[test]
fn a_hash_is_of_what_is_written_and_not_of_where_it_stands() {
    let one = read("# A\n\nthe\nsame\n");
    let two = read("text\n\n# A\r\n\r\nthe\r\nsame\r\n");
    assert_eq!(one.blocks[1].block_hash, two.blocks[2].block_hash);
    assert_ne!(one.blocks[0].block_hash, one.blocks[1].block_hash);
    assert_ne!(one.content_hash, two.content_hash);
    // The hash that BLAKE3's authors give for no bytes: hashes stay what they are from release to release.
    let empty = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
    assert_eq!(read("").content_hash, empty);
}

#[test]
fn frontmatter_may_be_yaml_or_toml() {
    let yaml = "---\nn: 1.5\nwhole: 3\nflag: true\nlist: [a, 2, true]\nday: 2026-03-07\nsub: {a: {b: 1}}\nnothing:\n1: x\n---\n";
    let toml = "+++\nn = 1.5\nwhole = 3\nflag = true\nlist = [\"a\", 2, true]\nday = 2026-03-07\nsub.a.b = 1\n1 = \"x\"\n+++\n";
    for (text, format) in [(yaml, "yaml"), (toml, "toml")] {
        let note = read(&format!("{text}# Text\n"));
        let front = note.frontmatter.as_ref().expect("it has one");
        assert_eq!(front.format, format);
        assert_eq!(
            (front.get_number("n"), front.get_number("whole")),
            (Some(1.5), Some(3.0))
        );
        assert_eq!(
            (front.get_bool("flag"), front.get_bool("n")),
            (Some(true), None)
        );
        let list = ["a", "2", "true"].map(str::to_owned).to_vec();
        assert_eq!(
            (front.get_array("list"), front.get_array("n")),
            (Some(list), None)
        );
        assert_eq!(
            front.get_date("day").as_deref(),
            Some("2026-03-07"),
            "{format}"
        );
        assert_eq!(json!(front.get_object("sub")), json!({"a": {"b": 1}}));
        assert_eq!(
            (front.get_string("1").as_deref(), front.get_string("n")),
            (Some("x"), None)
        );
        assert_eq!(front.has("nothing"), format == "yaml");
        assert_eq!((front.get("nothing"), front.get("none")), (None, None));
        assert_eq!(note.content, "# Text\n");
        assert!(text.contains(&front.raw));
    }
}

#[test]
fn frontmatter_that_cannot_be_read_is_said_with_its_line_and_kept() {
    let cases = [
        ("---\na: [\n---\ntext\n", 2, "frontmatter: it is not YAML: "),
        (
            "+++\na = 1\nb = = 2\n+++\ntext\n",
            3,
            "frontmatter: it is not TOML: ",
        ),
        (
            "---\njust a text\n---\ntext\n",
            2,
            "frontmatter: it should have the form `key: value`",
        ),
    ];
    for (text, line, words) in cases {
        let read = note_from("Note.md", text.as_bytes());
        let said: Vec<(usize, &str)> = read
            .skipped
            .iter()
            .map(|skipped| (skipped.line, &*skipped.message))
            .collect();
        assert_eq!(said.len(), 1, "{text}");
        assert!(
            said[0].0 >= line - 1 && said[0].0 <= line + 1 && said[0].1.starts_with(words),
            "{said:?}"
        );
        let front = read.value.frontmatter.as_ref().expect("it is kept");
        assert!(front.fields.is_empty() && text.contains(&front.raw));
        assert_eq!(read.value.content, "text\n");
    }
    let rule = read("---\n\nA note may begin with a rule.\n");
    assert_eq!((rule.frontmatter.as_ref(), rule.blocks.len()), (None, 2));
}

#[test]
fn tags_of_the_frontmatter_have_places_too() {
    let text = "---\ntags: [bed, '#bed/south', 2026, bed]\n---\n#bed\n";
    let note = read(text);
    let places: Vec<&str> = note
        .tags
        .iter()
        .map(|tag| &text[tag.offset as usize..][..4])
        .collect();
    assert_eq!(places, ["bed,", "#bed", "bed/", "#bed"]);
    assert_eq!(note.all_tags(), ["bed", "bed/south"]);
    assert_eq!(read("---\ntags: a, b c\n---\n").all_tags(), ["a", "b", "c"]);
}

#[test]
fn a_note_has_a_title_in_any_case() {
    assert_eq!(read("---\ntitle: Front\n---\n# Heading\n").title, "Front");
    assert_eq!(read("## Two\n\n# The *one*\n").title, "The one");
    assert_eq!(
        note_from("Beds/Salad v1.2.md", b"text").value.title,
        "Salad v1.2"
    );
}

#[test]
fn a_script_can_use_every_part() {
    let script = "
        use crucible::note::{Note, Wikilink, Frontmatter, Block};
        pub fn validate(note) {
            let front = note.frontmatter?;
            let number = match front { Frontmatter { format: \"yaml\", .. } => front.get_number(\"litres\")? };
            let target = match note.wikilinks[0] { Wikilink { target, .. } => target };
            Some([note is Note, number, front.get(\"litres\")?, target, note.blocks[0].metadata.level,
                note.blocks.iter().filter(|b| b.block_type == \"code\").map(|b| b.metadata.language).collect::<Vec>(),
                `${note} ${note.wikilinks[0]} ${note.tags[0]} ${note.headings()[0]} ${note.tasks()[0]} ${note.callouts[0]}`])
        }";
    let found = call(script, "validate", (samples::note(),)).expect("it runs");
    let expected = json!([
        true,
        40.0,
        40,
        "Valve map",
        1,
        ["rune"],
        "Salad the valves #bed Salad beds Straw Brass"
    ]);
    assert_eq!(to_json(&found), expected);
}

#[test]
fn what_a_note_shows_can_be_given_back() {
    let note = samples::note();
    let json = to_json(&rune::to_value(note.clone()).expect("memory"));
    for given in [json, json!({"path": "Beds/Salad.md", "content": NOTE})] {
        let back: Note =
            rune::from_value(from_json(&given, Some("crucible::note::Note")).expect("it fits"))
                .expect("a note");
        assert_eq!(back, note);
    }
    let drawn = view(&rune::to_value(note.clone()).expect("memory"), None);
    assert_eq!(drawn, json!({"kind": "markdown", "text": note.content}));
}

/// Reads a note and looks at all places in it.
fn check_sound(path: &str, bytes: &[u8]) {
    let note = note_from(path, bytes).value;
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        .replace('\0', "\u{fffd}");
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return;
    }
    let mut end = 0;
    for block in &note.blocks {
        let range = block.start_offset as usize..block.end_offset as usize;
        assert!(range.start >= end, "blocks overlap in {text:?}");
        assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
        end = range.end;
    }
    for link in &note.wikilinks {
        let rest = text.get(link.offset as usize..).expect("a place");
        assert!(
            rest.starts_with(if link.is_embed { "![[" } else { "[[" }),
            "{rest:?}"
        );
    }
    for callout in &note.callouts {
        assert!(text
            .get(callout.offset as usize..)
            .expect("a place")
            .starts_with('>'));
    }
    for tag in &note.tags {
        assert!(text.get(tag.offset as usize..).is_some());
    }
    assert!(text.ends_with(&note.content));
}

#[test]
fn no_bytes_break_the_reading() {
    let notes = garden();
    assert!(notes.len() > 20, "the kiln has lost notes");
    let pieces: [&[u8]; 24] = [
        b"[[",
        b"]]",
        b"#",
        b"|",
        b"![[",
        b"\n",
        b"\r\n",
        b"> [!",
        b"```",
        b"$$",
        b"---\n",
        b"+++\n",
        b"- [ ] ",
        b"\t",
        b"\\",
        b"<!--",
        b"\xff",
        b"\xc3",
        b"\0",
        b"\xef\xbb\xbf",
        b"{#",
        b"[^1]: ",
        b"| - |\n",
        b"`",
    ];
    let mut random = 0x5eed_cafe_f00d_u64;
    let mut below = |limit: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % limit.max(1) as u64) as usize
    };
    for (path, bytes) in &notes {
        check_sound(path, bytes);
        for _ in 0..60 {
            let mut mutated = bytes.clone();
            for _ in 0..1 + below(8) {
                let at = below(mutated.len() + 1);
                match below(3) {
                    0 => drop(mutated.splice(at..at, pieces[below(pieces.len())].iter().copied())),
                    1 => mutated.truncate(at),
                    _ => drop(mutated.drain(at..(at + below(40)).min(mutated.len()))),
                }
            }
            check_sound(path, &mutated);
        }
    }
}

#[test]
fn long_notes_of_one_sign_are_read_like_others() {
    // Each would take minutes if the time grew with the square of the length.
    let signs = [
        "[[",
        "#a ",
        "![",
        "> ",
        "- [ ] x\n",
        "- ",
        "`",
        "$$",
        "[[a|",
        "\\",
        "| a ",
        "*a",
        "[x](",
        "<!--",
        "^a ",
        "# a\n",
        "> [!x]\n\n",
        "[k:: ",
        "#a#",
        "[[\n",
    ];
    for sign in signs {
        let text = sign.repeat(100_000 / sign.len());
        let note = note_from("Long.md", text.as_bytes()).value;
        assert_eq!(note.content, text);
    }
}
