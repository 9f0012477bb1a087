//! An event comes, and a machine moves. The functions of the script that are called on the way may use the machine: it
//! is never borrowed while one of them runs.

use std::future::{poll_fn, Future};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use rune::runtime::{self, Function, Object, RuntimeError, VmError, VmResult};
use rune::{Hash, TypeHash, Value};

use crate::event::Event;
use crate::naming::told;
use crate::nesting::{self, MOST_MACHINES};
use crate::show::{debug_text, shortened};
use crate::state::{copied, Running, StateMachine, Transition, Trigger};
use crate::state_error::StateError;

/// The name of the state that was entered.
type Answer = Result<String, StateError>;

/// What becomes of the futures that a script's functions answer with.
#[derive(Clone, Copy)]
enum Futures {
    Refused,
    Awaited,
}

/// Why no state was entered.
enum Stop {
    /// An error in a function of the script; it ends the script, unless the host goes on.
    Script(VmError),
    Refused(StateError),
}

/// Fires `event` at the machine `machine`, which stays where it is if the answer is an error.
pub(crate) fn fire(machine: Value, event: Value) -> VmResult<Answer> {
    let fired = pin!(nested(machine, event, Futures::Refused));
    match fired.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => VmResult::panic("a machine waits, though it refuses to"),
    }
}

/// The same with functions that may be async.
pub(crate) async fn fire_async(machine: Value, event: Value) -> VmResult<Answer> {
    nested(machine, event, Futures::Awaited).await
}

async fn nested(machine: Value, event: Value, futures: Futures) -> VmResult<Answer> {
    let too_deep = match too_deep(&machine, &event) {
        Ok(error) => error,
        Err(error) => return VmResult::err(error),
    };
    let mut too_deep = Some(too_deep);
    let mut fired = pin!(move_on(machine, event, futures));
    // Whoever waits for a future runs it on his own stack, so that each time counts anew.
    let answer = poll_fn(|context| match nesting::machine() {
        Some(_level) => fired.as_mut().poll(context),
        None => Poll::Ready(Err(too_deep.take().map_or_else(never, Stop::Refused))),
    });
    match answer.await {
        Ok(state) => VmResult::Ok(Ok(state)),
        Err(Stop::Refused(error)) => VmResult::Ok(Err(error)),
        Err(Stop::Script(error)) => VmResult::Err(error),
    }
}

fn never() -> Stop {
    Stop::Script(VmError::panic("a machine was asked again after its answer"))
}

fn too_deep(machine: &Value, event: &Value) -> Result<StateError, RuntimeError> {
    let machine = machine.borrow_ref::<StateMachine>()?;
    Ok(StateError {
        message: format!("more than {MOST_MACHINES} machines would be fired within one another"),
        state: machine.current().unwrap_or_default().to_owned(),
        event: event_name(event),
    })
}

/// Tries the transitions out of the present state in order, and takes the first that wants the event.
async fn move_on(machine: Value, event: Value, futures: Futures) -> Result<String, Stop> {
    let mut shot = Shot::begin(machine, event)?;
    for way in std::mem::take(&mut shot.ways) {
        if shot.is_taken(&way, futures).await? {
            return shot.enter(&way, futures).await;
        }
    }
    Err(shot.refused(shot.no_way()))
}

/// One event on its way through a machine, which is busy for as long as this lives.
struct Shot {
    machine: Value,
    event: Value,
    name: Option<String>,
    state: String,
    context: Value,
    ways: Vec<Transition>,
    is_terminal: bool,
}

impl Shot {
    fn begin(machine: Value, event: Value) -> Result<Self, Stop> {
        let name = event_name(&event);
        let borrowed = machine.borrow_ref::<StateMachine>()?;
        let state = borrowed.current().unwrap_or_default().to_owned();
        let hindrance = match &borrowed.running {
            Some(running) => Some(format!(
                "{} still runs: the machine takes the next event when it is done with this one",
                told(running.function, &running.task)
            )),
            None if borrowed.states.is_empty() => Some("the machine has no states".to_owned()),
            None if borrowed.find(&state).is_none() => Some(format!(
                "the machine begins in `{state}`, but it has no such state"
            )),
            None => None,
        };
        if let Some(message) = hindrance {
            return Err(Stop::Refused(StateError {
                message,
                state,
                event: name,
            }));
        }
        let ways = borrowed.transitions.iter();
        let ways = ways.filter(|way| way.from == state).cloned().collect();
        let (context, is_terminal) = (borrowed.context(), borrowed.is_terminal(&state));
        drop(borrowed);
        Ok(Shot {
            machine,
            event,
            name,
            state,
            context,
            ways,
            is_terminal,
        })
    }

    async fn is_taken(&self, way: &Transition, futures: Futures) -> Result<bool, Stop> {
        let function = match &way.on {
            Trigger::Event(name) => return Ok(self.name.as_ref() == Some(name)),
            Trigger::Function(function) => function,
        };
        let task = format!("the `on` of `{} -> {}`", way.from, way.to);
        let answer = self.call(function, &task, futures).await?;
        answer.as_bool().map_err(|_| {
            let answer = shortened(debug_text(&answer), 60);
            let told = told(function.type_hash(), &task);
            self.refused(format!("{told} answered `{answer}`, not true or false"))
        })
    }

    /// Enters the state that `way` leads to, and calls its handler.
    async fn enter(&self, way: &Transition, futures: Futures) -> Result<String, Stop> {
        let mut machine = self.machine.borrow_mut::<StateMachine>()?;
        let Some(state) = machine.find(&way.to) else {
            return Err(self.refused(format!(
                "`{} -> {}` leads to no state of the machine",
                way.from, way.to
            )));
        };
        let handler = copied(&state.handler);
        machine.enter(way.to.clone());
        drop(machine);
        let task = format!("the handler of `{}`", way.to);
        let answer = self.call(&handler, &task, futures).await;
        if let Err(Stop::Refused(error)) = answer {
            // The handler has not begun.
            self.machine.borrow_mut::<StateMachine>()?.leave();
            return Err(Stop::Refused(error));
        }
        answer?;
        Ok(way.to.clone())
    }

    /// Calls a function of the script. One that is refused, for being async or a generator, has not begun.
    async fn call(&self, function: &Function, task: &str, futures: Futures) -> Result<Value, Stop> {
        let hash = function.type_hash();
        self.machine.borrow_mut::<StateMachine>()?.running = Some(Running {
            function: hash,
            task: task.to_owned(),
        });
        let arguments = (self.context.clone(), self.event.clone());
        let answer = function.call::<Value>(arguments).into_result();
        let answer = answer.map_err(|error| Stop::Script(reworded(error, hash, task)))?;
        let answers = answer.type_hash();
        if [runtime::Generator::HASH, runtime::Stream::HASH].contains(&answers) {
            return Err(self.refused(format!(
                "{} has a `yield`, and a machine cannot resume it",
                told(hash, task)
            )));
        }
        if answers != runtime::Future::HASH {
            return Ok(answer);
        }
        match futures {
            Futures::Awaited => Ok(answer.into_future()?.await.into_result()?),
            Futures::Refused => Err(self.refused(format!(
                "{} is async: use `fire_async(event).await` in place of `fire(event)`",
                told(hash, task)
            ))),
        }
    }

    fn no_way(&self) -> String {
        let state = &self.state;
        match &self.name {
            _ if self.is_terminal => format!("the machine has finished: `{state}` is terminal"),
            Some(name) => format!("no transition out of `{state}` is taken for `{name}`"),
            None => format!("no transition out of `{state}` is taken for this event"),
        }
    }

    fn refused(&self, message: String) -> Stop {
        Stop::Refused(StateError {
            message,
            state: self.state.clone(),
            event: self.name.clone(),
        })
    }
}

impl Drop for Shot {
    fn drop(&mut self) {
        // Where a function has used the machine up there is nothing to tell.
        if let Ok(mut machine) = self.machine.borrow_mut::<StateMachine>() {
            machine.running = None;
        }
    }
}

/// A String is its own name, an object's or Event's is its `event_type`.
fn event_name(event: &Value) -> Option<String> {
    if let Ok(name) = event.borrow_string_ref() {
        return Some(name.to_owned());
    }
    if let Ok(event) = event.borrow_ref::<Event>() {
        return Some(event.event_type.clone());
    }
    let object = event.borrow_ref::<Object>().ok()?;
    let name = object.get("event_type")?.borrow_string_ref().ok()?;
    Some(name.to_owned())
}

/// Names the function that takes another number of arguments than two; other errors have their place in the script.
fn reworded(error: VmError, function: Hash, task: &str) -> VmError {
    let is_inside = error.first_location().is_some();
    let message = error.to_string();
    let Some(counts) = message.strip_prefix("Wrong number of arguments ") else {
        return error;
    };
    let counts = counts.split_once(", expected ");
    let counts = counts.and_then(|(given, wanted)| {
        // What a closure has captured counts as an argument.
        let captured = given.parse::<usize>().ok()?.checked_sub(2)?;
        wanted.parse::<usize>().ok()?.checked_sub(captured)
    });
    match counts {
        Some(wanted) if !is_inside => VmError::panic(format!(
            "{} is called with the context and the event, but takes {wanted} {}",
            told(function, task),
            if wanted == 1 { "argument" } else { "arguments" },
        )),
        _ => error,
    }
}

impl From<VmError> for Stop {
    fn from(error: VmError) -> Self {
        Stop::Script(error)
    }
}

impl From<RuntimeError> for Stop {
    fn from(error: RuntimeError) -> Self {
        Stop::Script(VmError::from(error))
    }
}
