//! `runekiln-extract CRATE_DIR… [-o DIR] [--format rni|json] [--features NAMES] [--no-default-features]`: stubs of what crates bind for Rune scripts.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use runekiln_extract::{extract_from, on_disk, stubs, Chosen, Extraction, Files};

const USAGE: &str =
    "usage: runekiln-extract CRATE_DIR… [-o DIR] [--format rni|json] [--features NAMES] [--no-default-features]";

fn main() -> ExitCode {
    let done = Options::read(std::env::args().skip(1)).and_then(|options| run(&options));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

struct Options {
    folders: Vec<String>,
    output: Option<PathBuf>,
    as_json: bool,
    chosen: Chosen,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut folders, mut output, mut as_json) = (Vec::new(), None, false);
        let mut chosen = Chosen::default();
        while let Some(argument) = arguments.next() {
            let mut value = || {
                arguments
                    .next()
                    .ok_or(format!("{argument} needs a value\n{USAGE}"))
            };
            match &*argument {
                "-o" | "--output" => output = Some(PathBuf::from(value()?)),
                "--format" => as_json = is_json(&value()?)?,
                "--features" => {
                    let names = value()?;
                    let names = names.split([',', ' ']).filter(|name| !name.is_empty());
                    chosen.features.extend(names.map(str::to_owned));
                }
                "--no-default-features" => chosen.without_default = true,
                _ if argument.starts_with('-') => {
                    return Err(format!("{argument} is not understood\n{USAGE}"));
                }
                _ => folders.push(argument.replace('\\', "/")),
            }
        }
        if folders.is_empty() {
            return Err(USAGE.to_owned());
        }
        Ok(Options {
            folders,
            output,
            as_json,
            chosen,
        })
    }
}

fn is_json(format: &str) -> Result<bool, String> {
    match format {
        "json" => Ok(true),
        "rni" => Ok(false),
        other => Err(format!("there is no format {other}\n{USAGE}")),
    }
}

fn run(options: &Options) -> Result<(), String> {
    let folders: Vec<&str> = options.folders.iter().map(String::as_str).collect();
    let disk = on_disk();
    let progress = Progress::new();
    let files = Files::new(|path| {
        let text = disk.read(path);
        progress.tell(text.is_ok());
        text
    });
    let extraction = extract_from(&files, &folders, &options.chosen)?;
    let around = Path::new(&extraction.folder);
    for undecided in &extraction.undecided {
        let path = around.join(&undecided.path);
        eprintln!(
            "{}:{}: {}",
            path.display(),
            undecided.line,
            undecided.reason
        );
    }
    let files = written(&extraction, options.as_json)?;
    match &options.output {
        Some(folder) => {
            let failed = |error| format!("{} cannot be written: {error}", folder.display());
            std::fs::create_dir_all(folder).map_err(failed)?;
            files.iter().try_for_each(|(name, text)| {
                std::fs::write(folder.join(name), text).map_err(failed)
            })
        }
        None => match &*files {
            [(_, text)] => {
                print!("{text}");
                Ok(())
            }
            [] => Err(format!(
                "{}: nothing that is bound could be found",
                options.folders.join(", ")
            )),
            several => Err(format!(
                "{} stubs are too many for standard output: use -o DIR",
                several.len()
            )),
        },
    }
}

/// Says how many files have been read, once reading takes so long that somebody may wonder.
struct Progress {
    read: Cell<usize>,
    told: Cell<Instant>,
}

impl Progress {
    const EVERY: Duration = Duration::from_secs(1);

    fn new() -> Self {
        Progress {
            read: Cell::new(0),
            told: Cell::new(Instant::now()),
        }
    }

    fn tell(&self, is_read: bool) {
        self.read.set(self.read.get() + usize::from(is_read));
        if self.told.get().elapsed() >= Self::EVERY {
            self.told.set(Instant::now());
            eprintln!("{} files read", self.read.get());
        }
    }
}

/// The names and texts of what is written.
fn written(extraction: &Extraction, as_json: bool) -> Result<Vec<(String, String)>, String> {
    if as_json {
        let json = serde_json::to_string_pretty(&extraction.bindings)
            .map_err(|error| error.to_string())?;
        return Ok(vec![("bindings.json".to_owned(), json + "\n")]);
    }
    let stubs = stubs(&extraction.bindings).into_iter();
    Ok(stubs
        .map(|(name, text)| (format!("{name}.rni"), text))
        .collect())
}
