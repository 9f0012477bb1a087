//! `runekiln-extract CRATE_DIR… -o DIR [--features NAMES]`: stubs of what crates bind for Rune scripts. The build of the guest runs it
//! before there is a guest; everybody else asks that, by `runekiln stubs extract`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use runekiln_extract::{extract_from, on_disk, stubs, Chosen};

const USAGE: &str = "usage: runekiln-extract CRATE_DIR… -o DIR [--features NAMES]";

fn main() -> ExitCode {
    match read(std::env::args().skip(1)).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

struct Options {
    folders: Vec<String>,
    output: PathBuf,
    chosen: Chosen,
}

fn read(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let (mut folders, mut output) = (Vec::new(), None);
    let mut chosen = Chosen::default();
    while let Some(argument) = arguments.next() {
        match &*argument {
            "-o" => output = arguments.next().map(PathBuf::from),
            "--features" => {
                let names = arguments.next().ok_or(USAGE)?;
                chosen.features.extend(names.split(',').map(str::to_owned));
            }
            _ if argument.starts_with('-') => {
                return Err(format!("{argument} is not understood\n{USAGE}"))
            }
            _ => folders.push(argument.replace('\\', "/")),
        }
    }
    let output = output.filter(|_| !folders.is_empty()).ok_or(USAGE)?;
    Ok(Options {
        folders,
        output,
        chosen,
    })
}

fn run(options: Options) -> Result<(), String> {
    let folders: Vec<&str> = options.folders.iter().map(String::as_str).collect();
    let extraction = extract_from(&on_disk(), &folders, &options.chosen)?;
    for undecided in &extraction.undecided {
        let path = Path::new(&extraction.folder).join(&undecided.path);
        eprintln!(
            "{}:{}: {}",
            path.display(),
            undecided.line,
            undecided.reason
        );
    }
    let failed = |error| format!("{} cannot be written: {error}", options.output.display());
    std::fs::create_dir_all(&options.output).map_err(failed)?;
    stubs(&extraction.bindings)
        .into_iter()
        .try_for_each(|(name, text)| {
            std::fs::write(options.output.join(format!("{name}.rni")), text)
        })
        .map_err(failed)
}
