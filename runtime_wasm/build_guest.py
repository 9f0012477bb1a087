"""Builds the guest, the WebAssembly module that compiles and runs scripts, with whatever Rust this machine has.

Beside it go stubs of Rune's own crates, extracted from their source in cargo's registry.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import filecmp
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mended_rune import CannotMend, folders_of_crates, mended_rune

WORKSPACE = Path(__file__).resolve().parent
DEFAULT_OUTPUT = WORKSPACE / "runekiln_runtime" / "guest.wasm"
TARGET = "wasm32-unknown-unknown"
OLDEST_RUST = (1, 88)
DEBIAN_PACKAGES = ["rustc-web", "cargo-web", "rust-web-src"]
# The compiler recurses over the script; 8 MiB lets 1,000 chained calls and 800 nested matches through.
STACK_BYTES = 8 * 1024 * 1024
REFUSAL_SECONDS = 24 * 60 * 60
HEARTBEAT_SECONDS = 20.0
KEPT_GUESTS = 8
STD_CRATES = ("rune", "rune-modules")
# What the guest builds Rune with, and all modules of the other.
STD_FEATURES = "alloc,anyhow,capture-io,disable-io,fmt,full"

WHAT_TO_INSTALL = f"""\
No Rust toolchain here can build WebAssembly. Install one of these, then run this again:
  rustup (https://rustup.rs) with Rust {OLDEST_RUST[0]}.{OLDEST_RUST[1]} or newer:  rustup target add {TARGET}
  Debian or Ubuntu:  sudo apt-get update && sudo apt-get install -y {" ".join(DEBIAN_PACKAGES)} lld"""


class BuildError(Exception):
    """The guest cannot be built; the message says what to do."""


@dataclass(frozen=True)
class Toolchain:
    """A Rust that can build for WebAssembly: `version` is rustc's own line, `arguments` are added to cargo's."""

    cargo: str
    version: str
    folder: str
    environment: dict[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()


class Steps:
    """Says what is being done, one line a step, with the seconds since the start."""

    def __init__(self) -> None:
        self.started = time.monotonic()

    def say(self, text: str) -> None:
        """Print a line with the seconds since the start."""
        print(f"guest {time.monotonic() - self.started:6.1f} s  {text}", file=sys.stderr, flush=True)


def main() -> int:
    """Builds the guest, or copies the cached one, to the path of `-o`; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "-o", "--output", type=Path, default=DEFAULT_OUTPUT, help="where the module goes (default: %(default)s)"
    )
    output: Path = parser.parse_args().output.resolve()
    steps = Steps()
    try:
        cache = cache_folder()
        with locked(cache / "guest.lock", steps):
            build(output, cache, steps)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def build(output: Path, cache: Path, steps: Steps) -> None:
    """Leaves the guest of the present sources at `output`, and the stubs of Rune's crates in a folder beside it."""
    toolchain = find_toolchain(cache, steps)
    cached = cache / "guest" / f"{digest(toolchain)}.wasm"
    stubs = cached.with_suffix(".std")
    if not cached.exists() or not stubs.exists():
        steps.say(f"building with {toolchain.version} (minutes the first time, seconds later)")
        extract_std(toolchain, cache, stubs, steps)
        put(compile_guest(toolchain, cache, steps), cached)
        forget_old_guests(cached.parent)
    for stub in stubs.rglob("*.rni"):
        put(stub, output.parent / "std" / stub.relative_to(stubs))
    if output.exists() and filecmp.cmp(cached, output, shallow=False):
        steps.say(f"{output.name} is up to date")
        return
    put(cached, output)
    steps.say(f"wrote {output} ({output.stat().st_size / 1e6:.1f} MB)")


def cache_folder() -> Path:
    """The user's cache: RUNEKILN_CACHE, or `runekiln` below XDG_CACHE_HOME, or below ~/.cache."""
    own = os.environ.get("RUNEKILN_CACHE")
    shared = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    cache = Path(own) if own else Path(shared) / "runekiln"
    cache.mkdir(parents=True, exist_ok=True)
    return cache


@contextlib.contextmanager
def locked(path: Path, steps: Steps) -> Iterator[None]:
    """Holds the lock file, so that two builds never write one folder at a time."""
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            steps.say("waiting for another build of the guest")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest(toolchain: Toolchain) -> str:
    """Names what the guest depends on: sources, manifests, lock, these scripts, the toolchain."""
    total = hashlib.sha256(f"{toolchain.version}\n{toolchain.arguments}\n".encode())
    for path in sorted(sources()):
        content = path.read_bytes()
        total.update(f"{path.relative_to(WORKSPACE).as_posix()} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()[:32]


def sources() -> Iterator[Path]:
    """Every file that cargo reads for the guest."""
    yield from (WORKSPACE / name for name in ("build_guest.py", "mended_rune.py", "Cargo.toml", "Cargo.lock"))
    for member in ("bindings", "extract", "gauge", "guest"):
        yield WORKSPACE / member / "Cargo.toml"
        yield from (path for path in (WORKSPACE / member / "src").rglob("*") if path.is_file())


def find_toolchain(cache: Path, steps: Steps) -> Toolchain:
    """The first Rust that can build for WebAssembly, installed if this user may; BuildError if there is none."""
    toolchain = ready_toolchain() or rustup_toolchain(cache, steps) or debian_toolchain()
    if toolchain is None and install_debian_packages(steps):
        toolchain = debian_toolchain()
    if toolchain is None:
        raise BuildError(WHAT_TO_INSTALL)
    return toolchain


def ready_toolchain() -> Toolchain | None:
    """The `rustc` on the path, if its standard library for WebAssembly is there."""
    cargo, version = shutil.which("cargo"), first_line("rustc", "--version")
    sysroot = first_line("rustc", "--print", "sysroot")
    if not cargo or not new_enough(version) or not (Path(sysroot) / "lib" / "rustlib" / TARGET / "lib").is_dir():
        return None
    return Toolchain(cargo, version, "target")


def rustup_toolchain(cache: Path, steps: Steps) -> Toolchain | None:
    """The `rustc` on the path after rustup added the target; a refusal is remembered for a day."""
    refusal = cache / "rustup-target-refused"
    if not shutil.which("rustup") or not new_enough(first_line("rustc", "--version")):
        return None
    if refusal.exists() and time.time() - refusal.stat().st_mtime < REFUSAL_SECONDS:
        return None
    steps.say(f"rustup target add {TARGET}")
    if succeeds("rustup", "target", "add", TARGET, seconds=120):
        return ready_toolchain()
    steps.say("rustup could not add it; not asked again for a day")
    refusal.touch()
    return None


def debian_toolchain() -> Toolchain | None:
    """Debian's Rust with the sources of std, which is then built for WebAssembly along with the guest."""
    rustc, cargo = "/usr/bin/rustc", "/usr/bin/cargo"
    version, linker = first_line(rustc, "--version"), find_linker()
    library = Path("/usr/lib/rustlib/src/rust/library/std")
    if not new_enough(version) or not Path(cargo).exists() or not library.exists() or linker is None:
        return None
    environment = {"RUSTC": rustc, "RUSTC_BOOTSTRAP": "1", "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER": linker}
    return Toolchain(cargo, version, "target-wasm", environment, ("-Zbuild-std=std,panic_abort",))


def find_linker() -> str | None:
    """A linker for WebAssembly: rustup's own, or LLVM's."""
    for rustc in ("rustc", "/usr/bin/rustc"):
        for found in sorted(
            (Path(first_line(rustc, "--print", "sysroot") or "/nowhere") / "lib" / "rustlib").glob("*/bin/rust-lld")
        ):
            return str(found)
    named = shutil.which("wasm-ld") or shutil.which("rust-lld")
    versioned = sorted(Path("/usr/bin").glob("wasm-ld-*"))
    return named or (str(versioned[-1]) if versioned else None)


def install_debian_packages(steps: Steps) -> bool:
    """Installs Debian's Rust for WebAssembly at a version that suffices, if this is Debian and this user may."""
    if not shutil.which("apt-get"):
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if root and not (shutil.which("sudo") and succeeds("sudo", "-n", "true")):
        return False
    steps.say("apt-get update")
    succeeds(*root, "apt-get", "update", seconds=300)
    packages = [f"{name}={version}" for name in DEBIAN_PACKAGES if (version := debian_version(name))]
    if len(packages) < len(DEBIAN_PACKAGES):
        return False
    if find_linker() is None:
        packages.append("lld")
    steps.say(f"apt-get install {' '.join(packages)}")
    return succeeds(*root, "apt-get", "install", "-y", "--no-install-recommends", *packages, seconds=900)


def debian_version(package: str) -> str | None:
    """The newest version that suffices: Debian carries two, and the older one cannot compile the guest."""
    listed = subprocess.run(["apt-cache", "madison", package], capture_output=True, text=True, check=False).stdout
    versions = [row.split("|")[1].strip() for row in listed.splitlines() if row.count("|") >= 2]
    return next((version for version in versions if new_enough(version)), None)


def compile_guest(toolchain: Toolchain, cache: Path, steps: Steps) -> Path:
    """Runs cargo, with the lock file as it stands where it suffices; returns the path of the module."""
    folder = cache / toolchain.folder
    arguments = ["build", "--release", "--package", "runekiln-guest", "--target", TARGET, *toolchain.arguments]
    environment = os.environ | toolchain.environment | {"CARGO_TARGET_DIR": str(folder), "CARGO_TERM_COLOR": "never"}
    environment["CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS"] = " ".join(
        [f"-Clink-arg=-zstack-size={STACK_BYTES}", f"--remap-path-prefix={Path.home()}=~"]
    )
    try:
        mended = mended_rune(toolchain.cargo, WORKSPACE, cache, environment)
    except CannotMend as error:
        raise BuildError(f"{error}\nThe guest could not be built: Rune could not be made fit for 32 bits.") from error
    arguments += ["--config", f"paths={json.dumps([str(mended)])}"]
    forget_other_checkouts(folder)
    output = run_cargo([toolchain.cargo, *arguments, "--locked"], environment, steps)
    if output is not None and "--locked" in output:
        steps.say("Cargo.lock does not suffice; cargo completes it")
        output = run_cargo([toolchain.cargo, *arguments], environment, steps)
    if output is not None:
        raise BuildError(f"{output}\nThe guest could not be built: cargo says why above.")
    return folder / TARGET / "release" / "runekiln_guest.wasm"


def extract_std(toolchain: Toolchain, cache: Path, target: Path, steps: Steps) -> None:
    """Extracts what Rune's crates bind: `std.rni`, and one stub for each of the modules that a host may install."""
    steps.say("extracting Rune's own functions")
    folder = cache / "target"
    environment = os.environ | toolchain.environment | {"CARGO_TARGET_DIR": str(folder), "CARGO_TERM_COLOR": "never"}
    command = [toolchain.cargo, "build", "--package", "runekiln-extract", "--locked"]
    if (output := run_cargo(command, environment, steps)) is not None:
        raise BuildError(f"{output}\nThe extractor of stubs could not be built: cargo says why above.")
    try:
        crates = folders_of_crates(toolchain.cargo, WORKSPACE, environment, STD_CRATES)
    except CannotMend as error:
        raise BuildError(f"{error}\nThe source of Rune's crates is not there.") from error
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    extractor = [str(folder / "debug" / "runekiln-extract"), *map(str, crates)]
    # What it cannot decide it says; a test of the extractor holds that nothing of Rune's own list is among that.
    subprocess.run([*extractor, "--features", STD_FEATURES, "-o", str(partial)], check=True, capture_output=True)
    for stub in [path for path in partial.glob("*.rni") if path.name != "std.rni"]:
        (partial / "rune-modules").mkdir(exist_ok=True)
        stub.replace(partial / "rune-modules" / stub.name)
    shutil.rmtree(target, ignore_errors=True)
    partial.replace(target)


def forget_other_checkouts(folder: Path) -> None:
    """Has cargo link the module anew after a build of other sources: it gives those of all checkouts one name."""
    marker = folder / "checkout"
    if marker.exists() and marker.read_text("utf-8") == str(WORKSPACE):
        return
    for fingerprint in (folder / TARGET / "release" / ".fingerprint").glob("runekiln-guest-*"):
        shutil.rmtree(fingerprint)
    folder.mkdir(parents=True, exist_ok=True)
    marker.write_text(str(WORKSPACE), "utf-8")


def run_cargo(command: list[str], environment: dict[str, str], steps: Steps) -> str | None:
    """None if cargo succeeded, else what it wrote; says now and then what is being compiled."""
    lines: list[str] = []
    process = subprocess.Popen(
        command, cwd=WORKSPACE, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    finished = threading.Event()

    def heartbeat() -> None:
        while not finished.wait(HEARTBEAT_SECONDS):
            steps.say(lines[-1].strip() if lines else "cargo is starting")

    threading.Thread(target=heartbeat, daemon=True).start()
    assert process.stderr is not None
    for line in process.stderr:
        lines.append(line.rstrip("\n"))
    finished.set()
    return None if process.wait() == 0 else "\n".join(lines)


def put(source: Path, target: Path) -> None:
    """Copies so that nobody ever sees half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    shutil.copyfile(source, partial)
    partial.replace(target)


def forget_old_guests(folder: Path) -> None:
    """Keeps the newest few guests of the cache."""
    newest_first = sorted(folder.glob("*.wasm"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[KEPT_GUESTS:]:
        path.unlink(missing_ok=True)
        shutil.rmtree(path.with_suffix(".std"), ignore_errors=True)


def first_line(*command: str) -> str:
    """The first line that the command prints, or nothing if it cannot be run."""
    try:
        output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""
    return output.splitlines()[0] if output else ""


def succeeds(*command: str, seconds: float = 60) -> bool:
    """Whether the command ends well within the time."""
    try:
        return (
            subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=seconds, check=False
            ).returncode
            == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def new_enough(version: str) -> bool:
    """Whether a version line such as `rustc 1.96.0 (…)` is at least the oldest Rust that compiles the guest."""
    numbers = re.search(r"(\d+)\.(\d+)", version)
    return numbers is not None and (int(numbers[1]), int(numbers[2])) >= OLDEST_RUST


if __name__ == "__main__":
    sys.exit(main())
