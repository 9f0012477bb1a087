//! What stubs declare can be used as the host's own bindings, and answers with samples.

mod fixture;
mod hosts;

use hosts::{run, said_of, text_of, with_host};

const GARDEN: &str = r##"//! crate: garden

/// The number of beds.
pub const BEDS: i64 = 7;
pub const OWNER: String;
pub const DAYS: Vec<String>;
pub const LIMITS: Object{rows};

/// What a plan or a bed is called.
pub type Name = String | i64;

/// Writes a line.
pub macro log(expressions) -> ();
pub macro seeds(tokens) -> Vec<String>;

pub fn read_note(path: String) -> Result<String, PlanError>;
pub async fn water(bed: beds::Bed, minutes: i64) -> bool;
pub fn kinds() -> Vec<"herb" | "fruit">;
pub fn name_of(bed: beds::Bed) -> Name;
pub fn weather() -> Object{rain, degrees?};
pub fn close() -> !;
pub fn counter() -> fn(i64, String) -> i64;
pub fn lines() -> Iterator<i64>;

pub fn pile() -> heaps::Pile<beds::Bed>;
pub fn counts() -> heaps::Pile<i64>;

pub struct PlanError { pub message: String }

pub mod heaps {
    pub struct Pile<T> { pub top: T, pub rest: Vec<T> }
    impl<T> Pile<T> {
        pub fn take(self) -> Option<T>;
        pub async fn pairs(self) -> Vec<Pair<T>>;
        pub const DEEPEST: i64 = 5;
        pub protocol ADD(self, other: Pile<T>) -> Pile<T>;
        pub protocol INDEX_GET(self, at: i64) -> T;
        pub protocol INTO_ITER(self) -> Iterator<T>;
    }
    pub trait Shelf<T> {
        pub fn first(self) -> Option<T>;
        pub fn take(self) -> String;
        pub fn turned(self) -> Self;
        pub fn anyhow(self) -> i64;
    }
    impl<T> Shelf<T> for Pile<T>;
    pub type Pair<T> = (T, T);
}

pub mod beds {
    #[prelude]
    #[alias("Patch")]
    pub struct Bed {
        pub name: String,
        pub type: String,
        #[mut]
        pub rows: i64,
        pub neighbour: Option<Bed>,
        pub state: State,
    }
    pub struct Hose {
        #[mut("+=", "<<=")] pub bends: u64,
        #[mut("=", "/=")] pub length: f64,
        #[mut("+=")] pub maker: String,
    }
    impl Hose { pub fn new() -> Hose; }
    impl Bed {
        pub fn new(name: String) -> Bed;
        pub fn dig(self, depth: i64) -> bool;
        #[consumes]
        pub fn with_rows(self, rows: i64) -> Bed;
    }
    #[prelude]
    pub enum State { Sown(String, i64), Grown { height: f64 }, Empty }
}

#[alias("ripe")]
pub attribute season { name: String } for fn(bed: Bed) -> any;
"##;

fn in_garden<T: Send>(act: impl FnOnce() -> T + Send) -> T {
    with_host(&[("garden.rni", GARDEN)], "core", act)
}

/// Scripts without a word of complaint, and what they answer.
const RIGHT: &[(&str, &str)] = &[
    ("garden::BEDS", "7"),
    ("garden::OWNER", "\"owner\""),
    ("garden::DAYS", "[\"days\"]"),
    ("garden::LIMITS.rows", "\"rows\""),
    ("garden::counter()(3, \"peas\") + 1", "2"),
    (
        "{ let all = 0; for n in garden::lines() { all = all + n; } all + 0 }",
        "1",
    ),
    ("garden::pile().top.rows + 0", "1"),
    ("garden::pile().rest[0].name", "\"name\""),
    ("garden::pile().take()?.rows + 0", "1"),
    // A trait gives what the type has not of its own.
    ("garden::pile().first()?.rows + 0", "1"),
    ("garden::pile().turned().anyhow()", "1"),
    ("garden::heaps::Pile::DEEPEST", "5"),
    ("(garden::counts() + garden::counts()).top + 0", "1"),
    ("garden::counts()[3] + 0", "1"),
    (
        "{ let all = 0; for n in garden::counts() { all = all + n; } all + 0 }",
        "1",
    ),
    ("garden::pile().pairs().await[0].1.name", "\"name\""),
    ("garden::counts().take()? + garden::counts().top", "2"),
    ("garden::read_note(\"a.md\")", "Ok(\"read note\")"),
    ("garden::read_note(\"a.md\")?", "\"read note\""),
    ("garden::kinds()", "[\"herb\"]"),
    (
        "garden::weather()",
        "#{ degrees: \"degrees\", rain: \"rain\" }",
    ),
    ("garden::weather().degrees", "\"degrees\""),
    ("garden::name_of(Bed::new(\"peas\"))", "\"name of\""),
    ("Bed::new(\"peas\").name", "\"name\""),
    ("Bed::new(\"peas\").type", "\"type\""),
    ("Bed::new(\"peas\").neighbour?.neighbour?.name", "\"name\""),
    ("garden::beds::Bed::new(\"peas\").dig(3)", "true"),
    ("Patch::new(\"peas\") is Bed", "true"),
    ("garden::beds::Patch::new(\"peas\").dig(3)", "true"),
    (
        "{ let bed = Bed::new(\"peas\"); bed.rows = 12; bed.rows + 0 }",
        "12",
    ),
    (
        "{ let hose = garden::beds::Hose::new(); hose.bends += 3; hose.bends <<= 2; hose.bends }",
        "16",
    ),
    (
        "{ let hose = garden::beds::Hose::new(); hose.length = 3.0; hose.length /= 2.0; hose.length }",
        "1.5",
    ),
    (
        "{ let hose = garden::beds::Hose::new(); hose.maker += \"s\"; hose.maker }",
        "\"maker\"",
    ),
    (
        "{ let bed = Bed::new(\"peas\"); bed.rows = 12; let bed = bed.with_rows(3); bed.rows + 0 }",
        "12",
    ),
    (
        "{ let Bed { name, type, .. } = Bed::new(\"peas\"); (name, type) }",
        "(\"name\", \"type\")",
    ),
    (
        "match Bed::new(\"peas\").state { State::Sown(what, when) => (what, when), _ => 0 }",
        "(\"Sown\", 1)",
    ),
    (
        "match State::Sown(\"peas\", 4) { State::Sown(what, 4) => what, _ => 0 }",
        "\"peas\"",
    ),
    (
        "match State::Empty { State::Sown(..) => 1, State::Empty => 2, _ => 3 }",
        "2",
    ),
    (
        "match (State::Grown { height: 2.5 }) { State::Grown { height } => height, _ => 0 }",
        "2.5",
    ),
    (
        "[1].iter().map(|n| State::Sown(\"a\", n)).collect::<Vec>()",
        "[State::Sown(\"a\", 1)]",
    ),
    ("garden::water(Bed::new(\"peas\"), 5).await", "true"),
    ("{ garden::log!(1 + 1, \"two\"); 3 }", "3"),
    ("garden::log!()", "()"),
    ("garden::seeds!(any tokens => at { all })", "[\"seeds\"]"),
    (
        "`${Bed::new(\"peas\").state}`",
        "\"State::Sown(\\\"Sown\\\", 1)\"",
    ),
    ("Bed::new(\"peas\") == Bed::new(\"peas\")", "true"),
    (
        "std::any::type_name_of_val(Bed::new(\"peas\"))",
        "\"::garden::beds::Bed\"",
    ),
];

#[test]
fn what_is_declared_can_be_used_as_it_is_declared() {
    in_garden(|| {
        for (expression, expected) in RIGHT {
            let script = format!("pub async fn main() {{ {expression} }}");
            assert_eq!(said_of(&script), [], "{expression}");
            assert_eq!(text_of(&script), *expected, "{expression}");
        }
    });
}

#[test]
fn a_field_is_changed_by_the_operators_that_are_declared_alone() {
    in_garden(|| {
        let wrong = [
            (
                "bends -= 1",
                "`bends` of `Hose` can only be assigned with `+=`, `<<=`",
            ),
            (
                "length += 1.0",
                "`length` of `Hose` can only be assigned with `=`, `/=`",
            ),
            (
                "maker -= \"a\"",
                "`maker` of `Hose` can only be assigned with `+=`",
            ),
        ];
        for (changed, expected) in wrong {
            let script = format!(
                "pub fn main() {{ let hose = garden::beds::Hose::new(); hose.{changed}; }}"
            );
            let error = run(&script).error.expect("Rune refuses it");
            assert!(error.message.ends_with(expected), "{}", error.message);
        }
    });
}

#[test]
fn names_of_the_prelude_need_no_use_in_modules_and_give_way_to_a_script_s_own() {
    in_garden(|| {
        let inner = "mod a { mod b { pub fn bed() { Bed::new(\"peas\").dig(1) } } pub fn bed() { b::bed() } }
            pub fn main() { a::bed() }";
        assert_eq!(text_of(inner), "true");
        let own = "struct Bed; impl Bed { fn new() { 3 } } pub fn main() { Bed::new() }";
        assert_eq!(text_of(own), "3");
        let used = "use garden::{read_note, beds, BEDS}; pub fn main() { garden::log!(BEDS); beds::Bed::new(read_note(\"a\")?).dig(1) }";
        assert_eq!(said_of(used), []);
        assert_eq!(text_of(used), "true");
    });
}

#[test]
fn attributes_of_stubs_and_of_the_bindings_crate_stand_side_by_side() {
    in_garden(|| {
        let script = "#[season(name = \"spring\")] #[handler(event = \"tool:before\")] pub fn sow(bed) { bed }
            #[ripe] pub fn reap(bed) { bed } pub fn main() { sow(reap(1)) }";
        assert_eq!(said_of(script), []);
        assert_eq!(text_of(script), "1");
        // Which attributes of functions mean something, only the host knows; the compiler is not told of them.
        assert_eq!(said_of("#[winter] pub fn sleep() {}"), []);
    });
}

#[test]
fn a_value_of_the_host_that_a_script_writes_itself_is_named() {
    in_garden(|| {
        let script = "pub fn main() { garden::PlanError { message: \"no\" } }";
        assert_eq!(said_of(script), []);
        let error = run(script).error.expect("an error");
        assert_eq!(error.code, "missing-rtti");
        assert_eq!(
            error.message,
            "scripts cannot write a value of `garden::PlanError`: it has no constructor, the host makes its values"
        );
    });
}

#[test]
fn each_binding_that_answered_with_a_sample_is_named_once() {
    in_garden(|| {
        let script = "pub async fn main() {
                for n in 0..3 { garden::read_note(`${n}`)?; }
                garden::log!(Bed::new(\"peas\").with_rows(1).dig(2));
                garden::water(Bed::new(\"peas\"), 1);
            }";
        let warned = run(script).warnings;
        let messages: Vec<&str> = warned.iter().map(|warned| &*warned.message).collect();
        assert_eq!(
            messages,
            [
                "`garden::read_note` answered with a sample: Ok(\"read note\")",
                "`garden::beds::Bed::new` answered with a sample: Bed { name: \"name\", type: \"type\", rows: 1, neighbour: Some(B…",
                "`garden::beds::Bed::with_rows` answered with a sample: Bed { name: \"name\", type: \"type\", rows: 1, neighbour: Some(B…",
                "`garden::beds::Bed::dig` answered with a sample: true",
                "`garden::log!` answered with a sample: ()",
            ]
        );
        assert_eq!(run("pub fn main() { 1 }").warnings, []);
    });
}

#[test]
fn what_never_answers_ends_the_run() {
    in_garden(|| {
        let error = run("pub fn main() { garden::close(); }")
            .error
            .expect("an error");
        assert_eq!(error.message, "`close` does not return");
    });
}

#[test]
fn no_message_names_a_slot() {
    in_garden(|| {
        let wrong = [
            "Bed::sleep()",
            "Bed { nothing: 1 }",
            "State::Asleep",
            "Bed::new(\"a\").sleep()",
            "Bed::new(\"a\").nothing",
            "{ let b = Bed::new(\"a\"); b.name = 1; }",
            "Bed::new(\"a\") + 1",
            "garden::water(1, 2)",
            "Bed(1)",
            "Bed",
            "match 1 { Bed => 1, State::Sown => 2, State::Grown(x) => 3, _ => 4 }",
            "State::Sown(1)",
            "panic!(\"{:?}\", Bed)",
            "Bed::new(\"a\")()",
            "Bed::new(\"a\")[0]",
            "for x in Bed::new(\"a\") {}",
            "!Bed::new(\"a\")",
            "Bed { name: \"x\", type: \"\", rows: 1, neighbour: None, state: 1 }",
            "{ let b = Bed::new(\"a\"); b.with_rows(1); b.with_rows(2) }",
        ];
        for expression in wrong {
            let script = format!("impl Bed {{ fn fail(self) {{ {expression} }} }} pub fn main() {{ Bed::new(\"a\").fail() }}");
            let said = format!("{:?} {:?}", said_of(&script), run(&script));
            assert!(!said.contains("__"), "{expression}: {said}");
        }
    });
}
