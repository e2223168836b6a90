"""Formats: how fast the same statements are read from each, and with how much memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench import Bench, Finding, say
from benchmarks.formats import FORMATS, Speech
from benchmarks.processes import work
from benchmarks.table import Table, megabytes

__all__ = ["measure_formats"]

# Letters of text in each file: a long day of a parliament.
_LETTERS, _FEW_LETTERS = 2_000_000, 2_000


def measure_formats(bench: Bench) -> Finding:
    """Write some of the corpus in every format and read it again, each in a process of its own."""
    speeches = list(_speeches(bench.lines(bench.scale), _FEW_LETTERS if bench.quick else _LETTERS))
    folder = bench.work / "formats"
    folder.mkdir(exist_ok=True)
    rows = []
    for name, write in FORMATS.items():
        say(f"reading {name}")
        path = folder / name
        path.write_bytes(write(speeches))
        read = work("read_file", path=path)
        size = path.stat().st_size
        rows.append(
            (
                name,
                f"{read['statements']:,}",
                f"{read['paragraphs']:,}",
                megabytes(size),
                f"{read['letters'] / read['seconds'] / 1e6:.2f}",
                megabytes(max(read["peak"], 0)),
            )
        )
    table = Table(
        "Reading formats",
        ("file", "statements", "paragraphs", "MB", "MB of text a second", "peak MB"),
        tuple(rows),
        note="The same paragraphs in each: from the file to statements, on one processor, computing time. "
        "Peak memory is that of the process, less what it took before it read.",
    )
    return Finding([table])


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
