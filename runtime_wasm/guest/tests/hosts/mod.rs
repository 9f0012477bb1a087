//! Instances that are configured with stubs, each in a thread of its own as its memory is in the sandbox.
#![allow(dead_code)]

use std::rc::Rc;

use runekiln_guest::handle::handle;
use runekiln_guest::protocol::*;

use crate::fixture::{absolute, source};

/// Does something in an instance that binds these stubs.
pub fn with_host<T: Send>(
    stubs: &[(&str, &str)],
    profile: &str,
    act: impl FnOnce() -> T + Send,
) -> T {
    std::thread::scope(|scope| {
        let instance = scope.spawn(|| {
            configured(stubs, profile);
            act()
        });
        instance
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Configures the instance of this thread, whose stubs must be without problems.
pub fn configured(stubs: &[(&str, &str)], profile: &str) -> runekiln_bindings::Bindings {
    match configure(stubs, profile) {
        Response::Configured { bindings, files } => {
            let problems = files.iter().flat_map(|file| &file.problems);
            let problems: Vec<&Problem> = problems.collect();
            assert!(problems.is_empty(), "{problems:?}");
            Rc::unwrap_or_clone(bindings)
        }
        other => panic!("not configured: {other:?}"),
    }
}

pub fn configure(stubs: &[(&str, &str)], profile: &str) -> Response {
    handle(Request::Configure(ConfigureRequest {
        stubs: stubs
            .iter()
            .map(|(path, text)| source(path, text))
            .collect(),
        profile: profile.to_owned(),
    }))
}

/// What is said of a script: the text at the place, the code and the message.
pub fn said_of(script: &str) -> Vec<(String, String, String)> {
    let response = handle(Request::Check(CheckRequest {
        sources: vec![source("main.rn", script)],
        dialect: Dialect::Module,
    }));
    let Response::Checked { files } = response else {
        panic!("not checked: {response:?}");
    };
    let problems = files[0].problems.iter();
    let problems = problems.filter(|problem| problem.severity != Severity::Hint);
    problems
        .map(|problem| {
            let (start, end) = absolute(&files[0], problem);
            let text = script[start..end].to_owned();
            (text, problem.code.clone(), problem.message.clone())
        })
        .collect()
}

/// The run of `main`.
pub fn run(script: &str) -> Ran {
    let response = handle(Request::Run(RunRequest {
        sources: vec![source("main.rn", script)],
        dialect: Dialect::Module,
        entry: "main".to_owned(),
        arguments: Vec::new(),
        output_limit: 10_000,
    }));
    match response {
        Response::Ran(ran) => ran,
        other => panic!("not run: {other:?}"),
    }
}

/// The result of `main` as text; what went wrong instead, if it did.
pub fn text_of(script: &str) -> String {
    let ran = run(script);
    let failure = || {
        let problems = ran.files.iter().flat_map(|file| &file.problems);
        let problems: Vec<&str> = problems.map(|problem| &*problem.message).collect();
        format!("{:?} {problems:?}", ran.error)
    };
    ran.value
        .as_ref()
        .map_or_else(failure, |value| value.text.clone())
}
