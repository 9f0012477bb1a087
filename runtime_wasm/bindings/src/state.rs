//! State machines: how an agent behaves, as a graph of states. `state_fire.rs` moves them, `state_graph.rs` checks and
//! draws them, `state_members.rs` registers them.

use rune::alloc::clone::TryClone;
use rune::compile::meta::DocType;
use rune::runtime::{FromValue, Function, MaybeTypeOf, Object, RuntimeError, ToValue};
use rune::{Any, Hash, Value};

use crate::held;
use crate::naming::{function_label, FunctionNames};
use crate::optional::wrong_type;
use crate::recorder::Readable;

/// A graph of states, built by a script, and where it is. The handlers stay the script's functions.
#[derive(Any)]
#[rune(item = ::crucible)]
pub struct StateMachine {
    pub states: Vec<State>,
    pub transitions: Vec<Transition>,
    pub terminal: Vec<String>,
    /// The state that `initial` named.
    named_initial: Option<String>,
    /// Names that `state` was given again, each time.
    pub(crate) repeated: Vec<String>,
    context: Context,
    /// The states that it has entered by events.
    entered: Vec<String>,
    /// While there is one, no event can be fired.
    pub(crate) running: Option<Running>,
}

/// The function of a machine that runs just now.
#[derive(Clone)]
pub(crate) struct Running {
    pub(crate) function: Hash,
    /// What it is to the machine, such as "the handler of `idle`".
    pub(crate) task: String,
}

/// A state, and what the script does on entering it.
pub struct State {
    pub name: String,
    pub handler: Function,
}

/// A way from one state to another.
#[derive(Clone)]
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

/// The object that the functions of a machine share. A copy of the machine has one of its own.
struct Context(Value);

impl StateMachine {
    /// A machine without states, its context empty.
    pub fn new() -> Self {
        // Only the allocator can refuse, and only under a limit that the host set.
        let context = Object::new().to_value().expect("memory for an object");
        StateMachine {
            states: Vec::new(),
            transitions: Vec::new(),
            terminal: Vec::new(),
            named_initial: None,
            repeated: Vec::new(),
            context: Context(context),
            entered: Vec::new(),
            running: None,
        }
    }

    /// Adds a state, or gives another handler to one that is there.
    pub fn state(mut self, name: String, handler: Function) -> Self {
        match self.states.iter_mut().find(|state| state.name == name) {
            Some(state) => {
                state.handler = handler;
                self.repeated.push(name);
            }
            None => self.states.push(State { name, handler }),
        }
        self
    }

    /// Adds a transition. Transitions out of one state are tried in the order in which they were added.
    pub fn transition(mut self, from: String, to: String, on: Trigger) -> Self {
        self.transitions.push(Transition { from, to, on });
        self
    }

    /// Names the state that the machine begins in.
    pub fn initial(mut self, name: String) -> Self {
        self.named_initial = Some(name);
        self
    }

    /// Says that the machine has finished in this state.
    pub fn terminal(mut self, name: String) -> Self {
        if !self.terminal.contains(&name) {
            self.terminal.push(name);
        }
        self
    }

    /// Gives the machine's functions this object in place of the empty one.
    pub fn with_context(mut self, context: Value) -> Result<Self, RuntimeError> {
        if context.borrow_ref::<Object>().is_err() {
            return Err(wrong_type("an Object", &context.type_info()));
        }
        self.context = Context(context);
        Ok(self)
    }

    /// The state that the machine begins in: the one that was named, or else the first.
    pub fn begins_in(&self) -> Option<&str> {
        let first = || self.states.first().map(|state| &*state.name);
        self.named_initial.as_deref().or_else(first)
    }

    /// The state that the machine is in; None if it has none.
    pub fn current(&self) -> Option<&str> {
        let last = self.entered.last().map(String::as_str);
        last.or_else(|| self.begins_in())
    }

    /// All states that it has been in, the one that it is in now being the last.
    pub fn history(&self) -> Vec<String> {
        let first = self.begins_in().map(str::to_owned);
        first.into_iter().chain(self.entered.clone()).collect()
    }

    /// The object that the machine's functions share.
    pub fn context(&self) -> Value {
        self.context.0.clone()
    }

    /// Whether the machine is in a terminal state.
    pub fn is_finished(&self) -> bool {
        self.current().is_some_and(|state| self.is_terminal(state))
    }

    pub(crate) fn is_terminal(&self, state: &str) -> bool {
        self.terminal.iter().any(|name| name == state)
    }

    pub(crate) fn find(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|state| state.name == name)
    }

    pub(crate) fn enter(&mut self, state: String) {
        self.entered.push(state);
    }

    /// Takes the last `enter` back.
    pub(crate) fn leave(&mut self) {
        self.entered.pop();
    }
}

impl Default for StateMachine {
    fn default() -> Self {
        StateMachine::new()
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

/// A function of the script, which goes on using its own.
pub(crate) fn copied(function: &Function) -> Function {
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

impl Clone for Trigger {
    fn clone(&self) -> Self {
        match self {
            Trigger::Event(name) => Trigger::Event(name.clone()),
            Trigger::Function(function) => Trigger::Function(copied(function)),
        }
    }
}

/// A copy is busy with nothing.
impl Clone for StateMachine {
    fn clone(&self) -> Self {
        StateMachine {
            states: self.states.clone(),
            transitions: self.transitions.clone(),
            terminal: self.terminal.clone(),
            named_initial: self.named_initial.clone(),
            repeated: self.repeated.clone(),
            context: self.context.clone(),
            entered: self.entered.clone(),
            running: None,
        }
    }
}

impl Clone for State {
    fn clone(&self) -> Self {
        State {
            name: self.name.clone(),
            handler: copied(&self.handler),
        }
    }
}

impl Clone for Context {
    fn clone(&self) -> Self {
        Context(held::copy(&self.0))
    }
}

impl Readable for StateMachine {
    fn debug(&self) -> String {
        let states: Vec<&str> = self.states.iter().map(|state| &*state.name).collect();
        let way = |way: &Transition| {
            let on = debug_trigger(&way.on);
            format!("{:?} -> {:?} on {on}", way.from, way.to)
        };
        let ways: Vec<String> = self.transitions.iter().map(way).collect();
        format!(
            "StateMachine {{ states: {states:?}, transitions: [{}], terminal: {:?}, current: {:?} }}",
            ways.join(", "),
            self.terminal,
            self.current().unwrap_or_default()
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
        same_states
            && same_ways
            && self.terminal == other.terminal
            && self.history() == other.history()
            && held::equal(&self.context.0, &other.context.0)
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
