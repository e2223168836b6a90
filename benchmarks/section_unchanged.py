"""Unchanged: an update that finds nothing to do, on the texts and on very many small files, beside git's."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench import Bench, Finding, say
from benchmarks.processes import environment, onrecord
from benchmarks.table import ABSENT, Table, megabytes, ratio, seconds
from benchmarks.timing import Spread

__all__ = ["measure_unchanged"]

_MANY, _FEW = 200_000, 200
_IN_A_FOLDER = 1_000
_RUNS = 7


@dataclass(frozen=True, slots=True)
class _Looked:
    """Seconds of each run of a command, and the most memory it held, in bytes."""

    times: Spread
    peak: int


def measure_unchanged(bench: Bench) -> Finding:
    """Look through texts that are as they were, as a nightly run does."""
    place = bench.work / "unchanged"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    many = _small_files(place / "many", _FEW if bench.quick else _MANY)
    runs = 1 if bench.quick else _RUNS
    rows: list[tuple[str, ...]] = []
    figures: dict[str, float] = {}
    folders = (
        {"small files": many} if bench.texts is None else {"the texts": bench.texts, "small files": many}
    )
    for name, texts in folders.items():
        say(f"looking through {name} again")
        ours, checked, git = _of(texts, place / name.replace(" ", "-"), runs)
        count = sum(len(names) for _, _, names in os.walk(texts))
        rows.append(
            (
                f"{name}, {count:,}",
                seconds(ours.times),
                megabytes(ours.peak),
                seconds(checked.times),
                seconds(git.times) if git else ABSENT,
                ratio(ours.times.median, git.times.median) if git else ABSENT,
            )
        )
        figures |= {f"unchanged {name}": ours.times.median, f"unchanged {name} peak": float(ours.peak)}
    shutil.rmtree(place)
    table = Table(
        "Nothing to do (s)",
        ("files", "onrecord index", "peak MB", "with --check", "git status", "ours / git"),
        tuple(rows),
        note="The whole command, pages in memory, on an index that has looked through the files twice; "
        "`git status` in a repository that holds the same.",
    )
    return Finding([table], figures)


def _of(texts: Path, place: Path, runs: int) -> tuple[_Looked, _Looked, _Looked | None]:
    index = place / "index"
    command = onrecord("index", "--quiet", "--index", str(index), str(texts))
    for _ in range(2):
        _run(command)
    ours = _time(command, runs)
    checked = _time([*command, "--check"], min(runs, 2))
    return ours, checked, _git(texts, place / "git", runs)


def _git(texts: Path, repository: Path, runs: int) -> _Looked | None:
    """Time git on the same files; None where there is no git."""
    if shutil.which("git") is None:
        return None
    git = ["git", f"--git-dir={repository}", f"--work-tree={texts}"]
    subprocess.run(["git", "init", "--quiet", "--bare", str(repository)], check=True)
    _run([*git, "add", "--all", "--force", "."], folder=texts)
    _run([*git, "status", "--short"], folder=texts)
    return _time([*git, "status", "--short"], runs, folder=texts)


def _time(command: Sequence[str], runs: int, *, folder: Path | None = None) -> _Looked:
    done = [_run(command, folder=folder) for _ in range(runs)]
    return _Looked(Spread.of([took for took, _ in done]), max(peak for _, peak in done))


def _run(command: Sequence[str], *, folder: Path | None = None) -> tuple[float, int]:
    """Run a command; return its seconds, and the most memory it held."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, env=environment()
    )
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed with {process.returncode}")
    return took, used.ru_maxrss << 10


def _small_files(folder: Path, count: int) -> Path:
    for number in range(count):
        inside = folder / f"{number // _IN_A_FOLDER:04}"
        if number % _IN_A_FOLDER == 0:
            inside.mkdir(parents=True)
        text = f"Statement by Panama\n\nThe canal is open to ship {number}, and the lake is low.\n"
        (inside / f"{number:06}.txt").write_text(text, "utf-8")
    return folder
