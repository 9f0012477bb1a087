//! State machines: how an agent behaves, as a graph of states.

use rune::alloc::clone::TryClone;
use rune::compile::meta::DocType;
use rune::runtime::{FromValue, Function, MaybeTypeOf, Ref, RuntimeError};
use rune::{Any, Hash, Value};

use crate::optional::wrong_type;
use crate::recorder::{
    associated_function, method, Readable, Recorder, Result, TypeName, TypeRecorder,
};

/// A graph of states, built by a script. The handlers stay the script's functions.
#[derive(Any, Default)]
#[rune(item = ::crucible)]
pub struct StateMachine {
    pub states: Vec<State>,
    pub transitions: Vec<Transition>,
}

/// A state, and what the script does on entering it.
pub struct State {
    pub name: String,
    pub handler: Function,
}

/// A way from one state to another.
pub struct Transition {
    pub from: String,
    pub to: String,
    pub on: Trigger,
}

/// When a transition is taken.
pub enum Trigger {
    /// An event of this name comes.
    Event(String),
    /// This function of the script answers `true`.
    Function(Function),
}

/// What a function is called in a drawing; the host knows the names of a script's functions by their hashes.
pub type FunctionNames<'n> = &'n dyn Fn(Hash) -> Option<String>;

impl StateMachine {
    /// A machine without states.
    pub fn new() -> Self {
        StateMachine::default()
    }

    /// Adds a state, or gives another handler to one that is there.
    pub fn state(mut self, name: String, handler: Function) -> Self {
        match self.states.iter_mut().find(|state| state.name == name) {
            Some(state) => state.handler = handler,
            None => self.states.push(State { name, handler }),
        }
        self
    }

    /// Adds a transition. Transitions out of one state are tried in the order in which they were added.
    pub fn transition(mut self, from: String, to: String, on: Trigger) -> Self {
        self.transitions.push(Transition { from, to, on });
        self
    }

    /// The state that a machine begins in: the first.
    pub fn initial(&self) -> Option<&str> {
        self.states.first().map(|state| &*state.name)
    }
}

impl Trigger {
    /// The event's or function's name, as a drawing shows it.
    pub fn label(&self, names: Option<FunctionNames<'_>>) -> String {
        match self {
            Trigger::Event(name) => name.clone(),
            Trigger::Function(function) => function_label(function, names),
        }
    }

    fn equals(&self, other: &Trigger) -> bool {
        match (self, other) {
            (Trigger::Event(one), Trigger::Event(other)) => one == other,
            (Trigger::Function(one), Trigger::Function(other)) => {
                one.type_hash() == other.type_hash()
            }
            _ => false,
        }
    }
}

/// A function's name if it is known, else what kind of function it is. Never an address.
pub(crate) fn function_label(function: &Function, names: Option<FunctionNames<'_>>) -> String {
    if let Some(name) = names.and_then(|names| names(function.type_hash())) {
        // Rune numbers what has no name: `agent_behavior::$0::$1`.
        return match name.split_once("::$") {
            Some((outer, _)) => format!("closure in {outer}"),
            None => name,
        };
    }
    let debug = format!("{function:?}");
    let kind = debug.split(" (").next().unwrap_or("function");
    kind.strip_prefix("immediate ").unwrap_or(kind).to_owned()
}

/// A function of the script, which goes on using its own.
fn copied(function: &Function) -> Function {
    // Only the allocator can refuse, and only under a limit that the host set.
    function
        .try_clone()
        .expect("memory for a copy of a function")
}

impl FromValue for Trigger {
    fn from_value(value: Value) -> std::result::Result<Self, RuntimeError> {
        if let Ok(name) = value.borrow_string_ref() {
            return Ok(Trigger::Event(name.to_owned()));
        }
        match value.borrow_ref::<Function>() {
            Ok(function) => Ok(Trigger::Function(copied(&function))),
            Err(_) => Err(wrong_type("a String or a function", &value.type_info())),
        }
    }
}

impl MaybeTypeOf for Trigger {
    fn maybe_type_of() -> rune::alloc::Result<DocType> {
        <Value as MaybeTypeOf>::maybe_type_of()
    }
}

impl Clone for StateMachine {
    fn clone(&self) -> Self {
        let trigger = |on: &Trigger| match on {
            Trigger::Event(name) => Trigger::Event(name.clone()),
            Trigger::Function(function) => Trigger::Function(copied(function)),
        };
        let state = |state: &State| State {
            name: state.name.clone(),
            handler: copied(&state.handler),
        };
        let transition = |t: &Transition| Transition {
            from: t.from.clone(),
            to: t.to.clone(),
            on: trigger(&t.on),
        };
        StateMachine {
            states: self.states.iter().map(state).collect(),
            transitions: self.transitions.iter().map(transition).collect(),
        }
    }
}

impl Readable for StateMachine {
    fn debug(&self) -> String {
        let states: Vec<&str> = self.states.iter().map(|state| &*state.name).collect();
        let ways: Vec<String> = self
            .transitions
            .iter()
            .map(|way| {
                format!(
                    "{:?} -> {:?} on {}",
                    way.from,
                    way.to,
                    debug_trigger(&way.on)
                )
            })
            .collect();
        format!(
            "StateMachine {{ states: {states:?}, transitions: [{}] }}",
            ways.join(", ")
        )
    }

    fn equals(&self, other: &Self) -> bool {
        let same_states = self.states.len() == other.states.len()
            && self.states.iter().zip(&other.states).all(|(one, other)| {
                one.name == other.name && one.handler.type_hash() == other.handler.type_hash()
            });
        let same_ways = self.transitions.len() == other.transitions.len()
            && self
                .transitions
                .iter()
                .zip(&other.transitions)
                .all(|(one, other)| {
                    (&one.from, &one.to) == (&other.from, &other.to) && one.on.equals(&other.on)
                });
        same_states && same_ways
    }

    const DISPLAY: Option<fn(&Self) -> String> = Some(display);
}

/// A line for each transition, `idle -> working: task`, and one for each state without any.
fn display(machine: &StateMachine) -> String {
    let ways = machine.transitions.iter();
    let ways = ways.map(|way| format!("{} -> {}: {}", way.from, way.to, way.on.label(None)));
    let moves = |name: &String| {
        let mut ways = machine.transitions.iter();
        ways.any(|way| way.from == *name || way.to == *name)
    };
    let alone = machine.states.iter().map(|state| &state.name);
    let alone = alone.filter(|name| !moves(name)).cloned();
    ways.chain(alone).collect::<Vec<_>>().join("\n")
}

fn debug_trigger(trigger: &Trigger) -> String {
    match trigger {
        Trigger::Event(name) => format!("{name:?}"),
        Trigger::Function(function) => format!("<{}>", function_label(function, None)),
    }
}

/// Registers the type of this file.
pub(crate) fn record(recorder: &mut Recorder) -> Result<()> {
    recorder.record::<StateMachine>(
        TypeName {
            module: &["crucible"],
            name: "StateMachine",
            aliases: &[],
            prelude: true,
        },
        "
        How an agent behaves: states, and the ways between them.

        It is built in one chain; each call takes the machine and gives it back.

        ```rune
        pub fn agent_behavior() {
            StateMachine::new()
                .state(\"idle\", |context, event| ())
                .state(\"working\", |context, event| ())
                .transition(\"idle\", \"working\", \"task\")
                .transition(\"working\", \"idle\", |context, event| event == \"done\")
        }
        ```
        ",
        members,
    )
}

fn members(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        StateMachine,
        "new() -> StateMachine",
        "A machine without states. The state that is added first is the one it begins in.",
        StateMachine::new
    );
    method!(
        types,
        "state(self, name: String, handler: Function) -> StateMachine",
        "
        Adds a state. `handler` is called with the machine's context and the event when the state is entered.

        The machine that it is called on cannot be used afterwards: go on with the one that it returns.

        ```rune
        let machine = StateMachine::new().state(\"idle\", |context, event| println!(\"resting\"));
        ```
        ",
        |machine: StateMachine, name: Ref<str>, handler: Ref<Function>| machine.state(name.to_owned(), copied(&handler))
    );
    method!(
        types,
        "transition(self, from: String, to: String, on: Function | String) -> StateMachine",
        "
        Adds a way from one state to another. `on` is the name of the event that it is taken for, or a function that is
        called with the machine's context and the event and answers true or false.

        The machine that it is called on cannot be used afterwards: go on with the one that it returns.

        ```rune
        let machine = StateMachine::new()
            .state(\"idle\", |context, event| ())
            .state(\"working\", |context, event| ())
            .transition(\"idle\", \"working\", \"task\");
        ```
        ",
        |machine: StateMachine, from: Ref<str>, to: Ref<str>, on: Trigger| machine.transition(from.to_owned(), to.to_owned(), on)
    );
    Ok(())
}
