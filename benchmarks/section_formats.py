"""Formats: how fast the same statements are read from each, and with how much memory.

``python -m benchmarks formats FILE...`` measures any files beside them, and needs no corpus.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.bench import Bench, Finding, say
from benchmarks.formats import FORMATS
from benchmarks.processes import work
from benchmarks.speech import Speech
from benchmarks.table import Table, megabytes

__all__ = ["main", "measure_formats"]

# Letters of text in each file: a long day of a parliament.
_LETTERS, _FEW_LETTERS = 2_000_000, 2_000
# A process for each takes a second or two; a quick run has every so many.
_QUICK_STEP = 8
_HEAD = ("file", "format", "statements", "paragraphs", "MB", "seconds a MB", "MB of text a second", "peak MB")
_NOTE = (
    "From the file to statements, on one processor, computing time. Peak memory is that of the process, less "
    "what it took after it had read a small file of the same format."
)


def measure_formats(bench: Bench) -> Finding:
    """Write some of the corpus in every format and read it again, each in a process of its own."""
    speeches = list(_speeches(bench.lines(bench.scale), _FEW_LETTERS if bench.quick else _LETTERS))
    folder = bench.work / "formats"
    folder.mkdir(exist_ok=True)
    names = list(FORMATS)[:: _QUICK_STEP if bench.quick else 1]
    rows = tuple(_in_formats(names, speeches, folder))
    return Finding([Table("Reading formats", _HEAD, rows, note=f"The same paragraphs in each. {_NOTE}")])


def main(arguments: Sequence[str]) -> None:
    """Measure the same speeches in every format, and files that are named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks formats", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="files of any format, or folders of them")
    parser.add_argument("--texts", type=Path, help="a folder of texts, whose words the formats are given")
    parser.add_argument("--letters", type=int, default=_LETTERS, help="how many (two million)")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as work_folder:
        speeches = list(_speeches_of(asked.texts, asked.letters) if asked.texts else _invented(asked.letters))
        made = tuple(_in_formats(FORMATS, speeches, Path(work_folder)))
        _print(Table("Reading formats", _HEAD, made, note=f"The same paragraphs in each. {_NOTE}"))
        if asked.files:
            smallest = {row[1]: Path(work_folder, "first", row[0]) for row in made}
            rows = tuple(_row(path, smallest=smallest) for path in _files_in(asked.files))
            _print(Table("Reading files", _HEAD, rows, note=_NOTE))


def _print(table: Table) -> None:
    sys.stdout.write(f"{table.render()}\n\n")
    sys.stdout.flush()


def _in_formats(names: Iterable[str], speeches: Sequence[Speech], folder: Path) -> Iterator[tuple[str, ...]]:
    first = folder / "first"
    first.mkdir(exist_ok=True)
    for name in names:
        say(f"reading {name}")
        write = FORMATS[name]
        (folder / name).write_bytes(write(speeches))
        (first / name).write_bytes(write(speeches[:2]))
        yield _told(folder / name, work("read_file", path=folder / name, first=first / name))


def _row(path: Path, *, smallest: dict[str, Path]) -> tuple[str, ...]:
    """Measure a file, after a small one of its format where there is one."""
    say(f"reading {path.name}")
    read = work("read_file", path=path)
    first = smallest.get(str(read["format"]))
    return _told(path, work("read_file", path=path, first=first) if first else read)


def _told(path: Path, read: dict[str, Any]) -> tuple[str, ...]:
    size = path.stat().st_size
    return (
        path.name,
        str(read["format"]),
        f"{read['statements']:,}",
        f"{read['paragraphs']:,}",
        megabytes(size),
        f"{read['seconds'] / size * 1e6:.2f}",
        f"{read['letters'] / max(read['seconds'], 1e-9) / 1e6:.2f}",
        megabytes(max(read["peak"], 0)),
    )


def _files_in(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]


def _speeches_of(folder: Path, letters: int) -> Iterator[Speech]:
    """Yield statements of text files until they hold so many letters."""
    for path in sorted(folder.rglob("*.txt")):
        lines = path.read_text("utf-8", "replace").split("\n")
        paragraphs = tuple(filter(None, map(str.strip, lines)))
        yield Speech(path.name.partition("_")[0], paragraphs)
        letters -= sum(map(len, paragraphs))
        if letters <= 0:
            return


def _invented(letters: int) -> Iterator[Speech]:
    """Yield speeches of a few sentences over and over, no two paragraphs the same."""
    said = "We have cleared harbour number {0} of mines, and ask every State to keep the sea open. " * 6
    for number in range(letters // len(said) // 8 + 1):
        yield Speech("Japan", tuple(said.format(8 * number + place).strip() for place in range(8)))


def _speeches(folder: Path, letters: int) -> Iterator[Speech]:
    """Yield statements of the corpus until they hold so many letters."""
    for part in sorted(folder.glob("*.jsonl")):
        for line in part.read_text("utf-8").splitlines():
            statement = json.loads(line)
            paragraphs = tuple(_words(given) for given in statement["paragraphs"])
            yield Speech(_name(statement.get("speaker")), paragraphs)
            letters -= sum(map(len, paragraphs))
            if letters <= 0:
                return


def _words(given: str | dict[str, str]) -> str:
    return given if isinstance(given, str) else given["text"]


def _name(given: str | dict[str, str] | None) -> str:
    name = given.get("printed") if isinstance(given, dict) else given
    return (name or "Someone").replace('"', "")
