//! From an error of the virtual machine to its code and the calls that led there.

use std::fmt::{self, Write};

use rune::runtime::debug::{DebugArgs, DebugSignature};
use rune::runtime::{DebugInfo, VmError};
use rune::Unit;

use crate::cascade::clip;
use crate::codes::{run_time_code, UNAVAILABLE};
use crate::compile::kind_name;
use crate::protocol::{Frame, RunError};
use crate::run::Program;
use crate::stubs::readable;
use crate::tree::Span;
use crate::words::{message, unavailable, Place};

/// Calls of an endless recursion look all the same.
const FRAMES_SHOWN: usize = 100;

/// What the host is told of an error.
pub fn run_error(error: &VmError, program: &Program) -> RunError {
    let kind = format!("{:?}", error.at());
    let kind = kind_name(&kind);
    let frames = frames(error, program);
    let place = place(error, frames.first(), program);
    let said = error.to_string();
    let said = readable(&said);
    let (code, message) = match unavailable(&said, kind, &place) {
        Some(message) => (UNAVAILABLE.to_owned(), message),
        None => (run_time_code(kind), message(&said, kind, &place)),
    };
    RunError {
        code,
        message,
        frames,
    }
}

/// The innermost call or operation of an error.
fn place<'p>(error: &VmError, innermost: Option<&Frame>, program: &'p Program) -> Place<'p> {
    let Some(debug_info) = program.debug_info() else {
        return Place::default();
    };
    let instruction = instruction_pointers(error)
        .first()
        .and_then(|ip| debug_info.instruction_at(*ip));
    let text = innermost.and_then(|frame| {
        let mut files = program.files.iter();
        let file = files.find(|file| file.path == frame.path)?;
        file.text
            .get(frame.span[0] as usize..frame.span[1] as usize)
    });
    Place {
        text: text.unwrap_or_default(),
        comment: instruction
            .and_then(|instruction| instruction.comment.as_deref())
            .unwrap_or_default(),
        methods: debug_info.functions.values().filter_map(method).collect(),
    }
}

/// Name and number of parameters of a function that takes `self`.
fn method(signature: &DebugSignature) -> Option<(String, usize)> {
    let DebugArgs::Named(names) = &signature.args else {
        return None;
    };
    let (receiver, parameters) = names.split_first()?;
    let path = signature.path.to_string();
    let name = path.rsplit("::").next().unwrap_or(&path).to_owned();
    (&**receiver == "self").then_some((name, parameters.len()))
}

/// The calls, the innermost first.
fn frames(error: &VmError, program: &Program) -> Vec<Frame> {
    let Some(debug_info) = program.debug_info() else {
        return Vec::new();
    };
    let mut frames: Vec<Frame> = Vec::new();
    for ip in instruction_pointers(error) {
        let Some(frame) = frame(ip, debug_info, program) else {
            continue;
        };
        // A call that a native function makes is seen from both machines.
        if frames.last() != Some(&frame) {
            frames.push(frame);
        }
    }
    frames
}

fn frame(ip: usize, debug_info: &DebugInfo, program: &Program) -> Option<Frame> {
    let instruction = debug_info.instruction_at(ip)?;
    let index = *program.sources.get(instruction.source_id.into_index())?;
    let range = instruction.span.range();
    let file = &program.files[index];
    let span = Span::new(range.start as u32, range.end as u32);
    let span = clip(span, &file.text)?;
    Some(Frame {
        path: file.path.clone(),
        span: [span.start, span.end],
        function: function(ip, debug_info),
    })
}

/// The name of the function that an instruction is in: the one that begins last before it.
fn function(ip: usize, debug_info: &DebugInfo) -> String {
    let start = debug_info
        .functions_rev
        .keys()
        .filter(|start| **start <= ip)
        .max();
    let signature = start.and_then(|start| debug_info.function_at(*start));
    let path = signature.map_or(String::new(), |(_, signature)| signature.path.to_string());
    let path = readable(&path);
    let path = path.trim_start_matches("{root}").trim_start_matches("::");
    match path.split_once("::$") {
        Some((outer, _)) => format!("closure in {outer}"),
        None if path.starts_with('$') => "closure".to_owned(),
        None => path.to_owned(),
    }
}

/// Where each machine stopped, and the calls within it, the innermost first. Return addresses lie behind their calls.
fn instruction_pointers(error: &VmError) -> Vec<usize> {
    let mut filter = StackFilter::default();
    // Only the first machine is public; the debug form tells of the others, along with megabytes of their units.
    let written = write!(filter, "{error:?}");
    let mut pointers = filter.finish();
    if (written.is_err() || pointers.is_empty()) && error.first_location().is_some() {
        pointers = error
            .first_location()
            .map(|first| vec![first.ip])
            .unwrap_or_default();
    }
    pointers.truncate(FRAMES_SHOWN);
    pointers
}

/// Takes the instruction pointers out of the debug form of an error while it is written.
#[derive(Default)]
struct StackFilter {
    text: String,
    pointers: Vec<usize>,
}

const MACHINE: &str = ", ip: ";
const CALLS: &str = ", frames: [";
const CALL: &str = "CallFrame { ip: ";
/// Between this and twice as much of the text is held at a time.
const WINDOW: usize = 64 * 1024;

impl Write for StackFilter {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.text.push_str(part);
        if self.text.len() > 2 * WINDOW {
            self.take();
        }
        Ok(())
    }
}

impl StackFilter {
    fn finish(mut self) -> Vec<usize> {
        while self.take_one() {}
        self.pointers
    }

    fn take(&mut self) {
        while self.pointers.len() < FRAMES_SHOWN && self.take_one() {}
        let cut = self.text.len().saturating_sub(WINDOW);
        let cut = (0..=cut)
            .rev()
            .find(|&cut| self.text.is_char_boundary(cut))
            .unwrap_or(0);
        // A machine that has begun but not ended stays.
        let begun = self.text.rfind(CALLS).filter(|begun| *begun > WINDOW / 2);
        self.text
            .drain(..begun.map_or(cut, |begun| cut.min(begun.saturating_sub(64))));
    }

    /// Takes one whole machine out of the text. False if there is none.
    fn take_one(&mut self) -> bool {
        let Some(calls) = self.text.find(CALLS) else {
            return false;
        };
        let Some(end) = self.text[calls..].find(']').map(|end| calls + end) else {
            return false;
        };
        let before = &self.text[..calls];
        let own = before
            .rfind(MACHINE)
            .and_then(|at| before[at + MACHINE.len()..].parse().ok());
        if let Some(own) = own {
            self.pointers.push(own);
            let calls = self.text[calls..end].split(CALL).skip(1);
            let returns: Vec<usize> = calls
                .filter_map(|call| call.split(',').next()?.parse().ok())
                .collect();
            self.pointers
                .extend(returns.iter().rev().map(|ip: &usize| ip.saturating_sub(1)));
        }
        self.text.drain(..end);
        true
    }
}

/// The debug information of a unit that was compiled for a run.
pub fn debug_info(unit: &Unit) -> Option<&DebugInfo> {
    unit.debug_info()
}
