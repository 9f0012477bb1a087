//! What script authors can do with a state machine.

use rune::runtime::{Function, Ref, RuntimeError, VmResult};
use rune::Value;

use crate::recorder::{associated_function, method, Recorder, Result, TypeName, TypeRecorder};
use crate::state::{copied, StateMachine, Trigger};
use crate::state_fire::{fire, fire_async};

/// Registers state machines.
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
        @profile core

        It is built in one chain; each call takes the machine and gives it back. Then events are fired at it, by the host
        or by the script, and it moves. Its functions are called with the machine's context, one object that all of them
        share, and the event.

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
        |types| {
            building(types)?;
            firing(types)?;
            asking(types)
        },
    )
}

fn building(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        StateMachine,
        "new() -> StateMachine",
        "A machine without states. Unless `initial` says otherwise, the state that is added first is the one it begins in.",
        StateMachine::new
    );
    method!(
        types,
        "state(self, name: String, handler: Function) -> StateMachine",
        "
        Adds a state. `handler` is called with the machine's context and the event when an event leads to the state; what
        it answers is not looked at. For the state that the machine begins in that is not before an event leads back to it.

        The machine that it is called on cannot be used afterwards: go on with the one that it returns.

        ```rune
        let machine = StateMachine::new().state(\"idle\", |context, event| println!(\"resting\"));
        ```
        ",
        |machine: StateMachine, name: Ref<str>, handler: Ref<Function>| machine
            .state(name.to_owned(), copied(&handler))
    );
    method!(
        types,
        "transition(self, from: String, to: String, on: Function | String) -> StateMachine",
        "
        Adds a way from one state to another. `on` is the name of the event that it is taken for, or a function that is
        called with the machine's context and the event and answers true or false. The ways out of a state are tried in
        the order in which they were added.

        The machine that it is called on cannot be used afterwards: go on with the one that it returns.

        ```rune
        let machine = StateMachine::new()
            .state(\"idle\", |context, event| ())
            .state(\"working\", |context, event| ())
            .transition(\"idle\", \"working\", \"task\");
        ```
        ",
        |machine: StateMachine, from: Ref<str>, to: Ref<str>, on: Trigger| machine
            .transition(from.to_owned(), to.to_owned(), on)
    );
    method!(
        types,
        "initial(self, name: String) -> StateMachine",
        "
        Says which state the machine begins in, if not the one that was added first.

        The machine that it is called on cannot be used afterwards: go on with the one that it returns.
        ",
        |machine: StateMachine, name: Ref<str>| machine.initial(name.to_owned())
    );
    method!(
        types,
        "terminal(self, name: String) -> StateMachine",
        "
        Says that the machine has finished when it is in this state. There may be several such states.

        The machine that it is called on cannot be used afterwards: go on with the one that it returns.

        ```rune
        let machine = StateMachine::new()
            .state(\"open\", |context, event| ())
            .state(\"closed\", |context, event| ())
            .transition(\"open\", \"closed\", \"close\")
            .terminal(\"closed\");
        machine.fire(\"close\").unwrap();
        assert!(machine.is_finished());
        ```
        ",
        |machine: StateMachine, name: Ref<str>| machine.terminal(name.to_owned())
    );
    method!(
        types,
        "with_context(self, context: Object) -> StateMachine",
        "
        Gives the machine's functions this object, in place of an empty one. It is not copied: the script and the
        functions see one another's changes.

        The machine that it is called on cannot be used afterwards: go on with the one that it returns.

        ```rune
        let machine = StateMachine::new()
            .state(\"counting\", |context, event| context.rounds += 1)
            .transition(\"counting\", \"counting\", \"again\")
            .with_context(#{ rounds: 0 });
        machine.fire(\"again\").unwrap();
        assert_eq!(machine.context().rounds, 1);
        ```
        ",
        |machine: StateMachine, context: Value| vm_result(machine.with_context(context))
    );
    Ok(())
}

fn vm_result(machine: std::result::Result<StateMachine, RuntimeError>) -> VmResult<StateMachine> {
    match machine {
        Ok(machine) => VmResult::Ok(machine),
        Err(error) => VmResult::err(error),
    }
}

fn firing(types: &mut TypeRecorder) -> Result<()> {
    associated_function!(
        types,
        StateMachine,
        "fire(&mut self, event: any) -> Result<String, StateError>",
        "
        Tells the machine of an event. Of the ways out of the present state the first is taken whose `on` answers true or
        is the event's name; then the handler of the new state runs. A String is its own name; that of an object or an
        `Event` is its `event_type`.

        The answer is the name of the new state. It is a `StateError`, and the machine stays where it is, if no way is
        taken, if an `on` answers something other than true or false, if a function is async, and if the machine is busy
        with another event: its own functions cannot fire at it.

        ```rune
        let machine = StateMachine::new()
            .state(\"dry\", |context, event| ())
            .state(\"wet\", |context, event| context.litres = event.litres)
            .transition(\"dry\", \"wet\", |context, event| event.event_type == \"rain\" && event.litres > 5);
        assert!(machine.fire(#{ event_type: \"rain\", litres: 2 }).is_err());
        assert_eq!(machine.fire(#{ event_type: \"rain\", litres: 8 }), Ok(\"wet\"));
        ```
        ",
        fire
    );
    associated_function!(
        types,
        StateMachine,
        "async fire_async(&mut self, event: any) -> Result<String, StateError>",
        "
        What `fire` does, for machines whose functions may be async. Until it has ended the machine is busy.

        ```rune
        async fn fetch(context, event) {
            context.fetched = event;
        }

        pub async fn main() {
            let machine = StateMachine::new()
                .state(\"idle\", |context, event| ())
                .state(\"fetching\", fetch)
                .transition(\"idle\", \"fetching\", \"go\");
            machine.fire_async(\"go\").await?;
            Ok(machine.context().fetched)
        }
        ```
        ",
        fire_async
    );
    Ok(())
}

fn asking(types: &mut TypeRecorder) -> Result<()> {
    method!(
        types,
        "current(&self) -> String",
        "The state that the machine is in; empty for a machine without states.",
        |machine: &StateMachine| machine.current().unwrap_or_default().to_owned()
    );
    method!(
        types,
        "states(&self) -> Vec<String>",
        "The names of all states, in the order in which they were added.",
        |machine: &StateMachine| machine
            .states
            .iter()
            .map(|state| state.name.clone())
            .collect::<Vec<_>>()
    );
    method!(
        types,
        "history(&self) -> Vec<String>",
        "The states that the machine has been in, from the one that it began in to the one that it is in.",
        StateMachine::history
    );
    method!(
        types,
        "context(&self) -> Object",
        "The object that the machine's functions share. It is the object itself: what is changed in it, they see.",
        StateMachine::context
    );
    method!(
        types,
        "is_finished(&self) -> bool",
        "Whether the machine is in a state that `terminal` named.",
        StateMachine::is_finished
    );
    method!(
        types,
        "validate(&self) -> Vec<String>",
        "
        What is wrong with the machine, in words; empty if nothing is. It tells of states that transitions name and that
        do not exist, that are added twice, that cannot be reached or cannot be left, of a machine that begins nowhere,
        and of transitions that an earlier one for the same event hides.

        ```rune
        let machine = StateMachine::new()
            .state(\"idle\", |context, event| ())
            .transition(\"idle\", \"busy\", \"task\");
        assert_eq!(machine.validate()[0], \"`idle -> busy` names `busy`, which is no state\");
        ```
        ",
        StateMachine::validate
    );
    method!(
        types,
        "to_mermaid(&self) -> String",
        "The machine as a state diagram in the language of Mermaid, which a note shows in a fence of ```` ```mermaid ````.",
        StateMachine::to_mermaid
    );
    method!(
        types,
        "to_dot(&self) -> String",
        "The machine as a graph in the language of Graphviz.",
        StateMachine::to_dot
    );
    Ok(())
}
