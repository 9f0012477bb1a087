//! Checks of scripts that are being edited: the last check of each is remembered, and only what changed is looked at.

mod alone;
mod difference;
mod edit;
mod known;
mod reduced;
mod script;

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::check::{check_files, refusal};
use crate::facts::facts;
use crate::files::gather;
use crate::host::Host;
use crate::protocol::{
    Dialect, FileChange, ForeseeRequest, RecheckRequest, Response, SettleRequest, Source,
};
use crate::report::Names;
use script::Remembered;

/// So many scripts, and so many bytes of them, are remembered; those that were not checked for longest are forgotten.
const SCRIPTS: usize = 256;
const BYTES: usize = 16 << 20;

thread_local! {
    static SHELF: RefCell<Shelf> = RefCell::new(Shelf::default());
}

/// Answers a `recheck`.
pub fn answer(request: RecheckRequest) -> Response {
    if let Some(refusal) = refusal(&request.sources) {
        return refusal;
    }
    SHELF.with_borrow_mut(|shelf| shelf.answer(&request))
}

/// Answers a `foresee`.
pub fn foresee(request: &ForeseeRequest) -> Response {
    let files = SHELF.with_borrow_mut(|shelf| shelf.foresee(request));
    files.map_or(Response::Beyond, |files| Response::Foreseen { files })
}

/// Answers a `settle`.
pub fn settle(request: &SettleRequest) -> Response {
    let settled = SHELF.with_borrow_mut(|shelf| shelf.settle(&request.path));
    settled.unwrap_or(Response::Beyond)
}

/// The scripts that are remembered, the newest last.
#[derive(Default)]
struct Shelf {
    scripts: VecDeque<Kept>,
    revisions: u64,
}

struct Kept {
    path: String,
    revision: u64,
    bytes: usize,
    script: Remembered,
}

impl Shelf {
    fn answer(&mut self, request: &RecheckRequest) -> Response {
        if request.dialect == Dialect::Stub {
            self.revisions += 1;
            let files = crate::stubs::read::check(&request.sources);
            let revision = self.revisions;
            return Response::Remembered { revision, files };
        }
        let context = &Host::shared().context;
        let path = &request.sources[0].path;
        let kept = self.take(path);
        self.revisions += 1;
        let revision = self.revisions;
        if let Some(mut kept) = kept.filter(|kept| Some(kept.revision) == request.known) {
            let is_module = request.dialect == Dialect::Module;
            let change = is_module.then(|| kept.script.follow(context, &request.sources));
            if let Some(files) = change.flatten() {
                self.keep(&request.sources, revision, kept.script);
                return Response::Changed { revision, files };
            }
        }
        let files = match gather(&request.sources, request.dialect) {
            Ok(files) => files,
            Err(needs) => return Response::NeedSources { needs },
        };
        let ended = check_files(context, files, request.dialect, Names::default());
        let files = ended.files.iter().map(facts).collect();
        if request.dialect == Dialect::Module {
            if let Some(script) = Remembered::after(&request.sources, ended) {
                self.keep(&request.sources, revision, script);
            }
        }
        Response::Remembered { revision, files }
    }

    fn foresee(&mut self, request: &ForeseeRequest) -> Option<Vec<FileChange>> {
        let mut kept = self.scripts.iter_mut();
        let kept = kept.find(|kept| kept.path == request.path && kept.revision == request.known)?;
        kept.script
            .foresee(&request.edited, request.span, &request.text)
    }

    fn settle(&mut self, path: &str) -> Option<Response> {
        let mut kept = self.take(path)?;
        let files = kept.script.settle(&Host::shared().context)?;
        self.revisions += 1;
        let revision = self.revisions;
        self.push(Kept {
            revision,
            bytes: kept.script.bytes(),
            ..kept
        });
        Some(Response::Changed { revision, files })
    }

    fn take(&mut self, path: &str) -> Option<Kept> {
        let at = self.scripts.iter().position(|kept| kept.path == path)?;
        self.scripts.remove(at)
    }

    fn keep(&mut self, sources: &[Source], revision: u64, script: Remembered) {
        let texts = sources.iter().filter_map(|source| source.text.as_ref());
        self.push(Kept {
            path: sources[0].path.clone(),
            revision,
            bytes: texts.map(|text| text.len()).sum(),
            script,
        });
    }

    fn push(&mut self, kept: Kept) {
        self.scripts.push_back(kept);
        while self.scripts.len() > SCRIPTS || self.bytes() > BYTES {
            self.scripts.pop_front();
        }
    }

    fn bytes(&self) -> usize {
        self.scripts.iter().map(|kept| kept.bytes).sum()
    }
}
