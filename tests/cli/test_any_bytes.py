"""Files of any bytes: what is said of them fits them, and `fmt` leaves alone what it cannot read."""

from __future__ import annotations

import json
from random import Random

import pytest

from tests.soak.corpus import any_text
from tests.soak.seeds import seeds

from .conftest import Shell

FILES = 150
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


def any_bytes(random: Random) -> bytes:
    """The content of a file, from good to hopeless."""
    text = any_text(random)
    encoded = text.encode()
    place = random.randint(0, len(encoded))
    match random.randrange(12):
        case 0:
            return random.randbytes(random.randrange(400))
        case 1:
            return encoded[:place]
        case 2:
            return encoded[:place] + random.randbytes(random.randint(1, 4)) + encoded[place:]
        case 3:
            return encoded[:place] + b"\0" * random.randint(1, 3) + encoded[place:]
        case 4:
            return random.choice(BYTE_ORDER_MARKS) + encoded
        case 5:
            return text.encode(random.choice(("utf-16", "utf-16-be", "utf-32", "utf-7")))
        case 6:
            return encoded.replace(b"\n", b"\r")
        case 7:
            return encoded.replace(b"\n", b"\r\n" if random.random() < 0.5 else b" ")
        case 8:
            return encoded[:place] + random.choice(("é", "🦀", "\u2028", "\ufeff")).encode()[: random.randint(1, 4)]
        case 9:
            return b"pub fn main() { " + b"let row = [1, 2]; " * random.choice((10, 500, 3_000)) + b"}"
        case 10:
            return random.choice((b"", b"\n", b"\r", b"\xef\xbb\xbf", b"\0", b"/*", b'"', b"`", b"#!"))
        case _:
            return encoded


@pytest.fixture(params=seeds(1))
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    random = Random(request.param)
    return {f"{number:03}.rn": any_bytes(random) for number in range(FILES)}


def test_check_says_of_any_file_what_fits_it(shell: Shell, files: dict[str, bytes]) -> None:
    shell.write(files)
    ended = shell.run("check", "--format", "json", ".")
    assert (ended.code, ended.stderr) == (1, "")
    report = {file["path"]: file["problems"] for file in json.loads(ended.stdout)["files"]}
    assert report.keys() == files.keys()
    for path, content in files.items():
        codes = [problem["code"] for problem in report[path]]
        assert ("not-utf8" in codes) == (not is_text(content)), path
        for problem in report[path]:
            start, end = problem["range"]["start"], problem["range"]["end"]
            assert 0 <= start["byte"] <= end["byte"] <= len(content), (path, problem)
            assert (1, 1) <= (start["line"], start["column"]) <= (end["line"], end["column"])


@pytest.mark.parametrize("shape", ["full", "concise", "sarif", "github"])
def test_every_format_can_show_any_file(shell: Shell, files: dict[str, bytes], shape: str) -> None:
    shell.write(files)
    ended = shell.run("check", "--format", shape, ".")
    assert (ended.code, ended.stderr) == (1, "")
    assert ended.stdout


def test_fmt_changes_only_what_it_can_read(shell: Shell, files: dict[str, bytes]) -> None:
    shell.write(files)
    looked_at = shell.run("fmt", "--check", ".")
    formatted = shell.run("fmt", ".")
    assert (looked_at.code, formatted.code) == (1, 1)
    assert "Traceback" not in looked_at.stderr + formatted.stderr
    named = {line.removeprefix("would format ") for line in looked_at.stdout.splitlines()}
    assert {line.removeprefix("formatted ") for line in formatted.stdout.splitlines()} == named
    after = {path: (shell.folder / path).read_bytes() for path in files}
    assert {path for path in files if after[path] != files[path]} == named
    assert all(is_text(files[path]) and is_text(after[path]) for path in named)
    assert shell.run("fmt", "--check", ".").stdout == ""


def is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
