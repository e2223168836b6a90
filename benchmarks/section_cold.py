"""Cold: a new process a question, the command line beside grep, opening, and what each import costs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from benchmarks.bench import Bench, Finding, say
from benchmarks.engine import OURS
from benchmarks.processes import environment, onrecord, time_command, work
from benchmarks.questions import CLASSES, COLD
from benchmarks.table import Table, milliseconds, ratio
from benchmarks.timing import Spread, once

__all__ = ["imports_of", "measure_cold"]

_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)")
# Packages that take less are one row together.
_SHOWN_MILLISECONDS = 2.0


def measure_cold(bench: Bench) -> Finding:
    """Measure what someone waits for who asks one question."""
    opening = _opening(bench)
    commands = _commands(bench)
    figures = {"open": opening[OURS].median, "cold command": commands[0][1].median}
    return Finding(
        [_processes(bench), _open_table(opening), _command_table(commands), _imports(bench)], figures
    )


def _processes(bench: Bench) -> Table:
    engines = bench.queried()
    runs = 1 if bench.quick else 5
    asked = CLASSES[:1] if bench.quick else CLASSES
    rows = []
    for question in asked:
        say(f"asking in new processes: {question.name}")
        took = {engine: _ask_in_processes(bench, engine, question.as_plain(), runs) for engine in engines}
        rows.append(
            (
                question.name,
                milliseconds(took[OURS]),
                *(
                    cell
                    for engine in engines
                    if engine != OURS
                    for cell in (milliseconds(took[engine]), ratio(took[OURS].median, took[engine].median))
                ),
            )
        )
    bare = Spread.of([once(lambda: work("nothing")) for _ in range(runs)])
    return Table(
        "Queries, cold process (ms)",
        ("class", "ours", *(head for engine in engines if engine != OURS for head in (engine, "ours / it"))),
        tuple(rows),
        note="A new Python process that imports the library, opens the index and asks once, from start to "
        f"exit; pages in memory. A process that does nothing takes {milliseconds(bare)}.",
    )


def _ask_in_processes(bench: Bench, engine: str, question: dict[str, object], runs: int) -> Spread:
    index = bench.index(engine, bench.scale)
    return Spread.of(
        [once(lambda: work("answer", engine=engine, index=index, question=question)) for _ in range(runs)]
    )


def _opening(bench: Bench) -> dict[str, Spread]:
    return {
        engine: Spread.of(
            work("open_index", engine=engine, index=bench.index(engine, bench.scale), seconds=bench.seconds)
        )
        for engine in bench.queried()
    }


def _open_table(opening: dict[str, Spread]) -> Table:
    ours = opening[OURS].median
    rows = [(engine, milliseconds(one), ratio(ours, one.median)) for engine, one in opening.items()]
    return Table(
        "Opening an index (ms)",
        ("engine", "ms", "ours / it"),
        tuple(rows),
        note="Library loaded, pages in memory, opened and closed again and again.",
    )


def _commands(bench: Bench) -> list[tuple[str, Spread]]:
    """Time our command line, and a search of the raw files for the same words."""
    phrase = " ".join(COLD.phrase)
    runs = 1 if bench.quick else 7
    index = bench.index(OURS, bench.scale)
    ours = onrecord("search", f'"{phrase}"', "--index", str(index))
    seekers = {"rg": ["rg", "-ci", phrase], "grep": ["grep", "-rci", phrase]}
    commands: list[tuple[str, list[str], Path | None]] = [
        (f"onrecord search '\"{phrase}\"'", ours, None),
        ("the same, index not in memory", ours, index),
    ]
    for name, command in seekers.items():
        if shutil.which(name):
            seek = [*command, str(bench.texts)]
            commands += [
                (" ".join(command), seek, None),
                ("the same, texts not in memory", seek, bench.texts),
            ]
    return [
        (shown, Spread.of(time_command(command, runs=runs, cold=cold))) for shown, command, cold in commands
    ]


def _command_table(commands: list[tuple[str, Spread]]) -> Table:
    ours = commands[0][1].median
    rows = [(shown, milliseconds(one), ratio(ours, one.median)) for shown, one in commands]
    return Table(
        "The command line (ms)",
        ("command", "ms", "ours / it"),
        tuple(rows),
        note="From start to exit. The others read all raw files, line by line, and miss what a line end "
        "parts.",
    )


def _imports(bench: Bench) -> Table:
    phrase = " ".join(COLD.phrase)
    index = bench.index(OURS, bench.scale)
    costs = imports_of(["search", f'"{phrase}"', "--index", str(index)])
    shown = {name: cost for name, cost in costs.most_common() if cost >= _SHOWN_MILLISECONDS}
    rows = [(name, f"{cost:.1f}") for name, cost in shown.items()]
    rows.append(("all others", f"{costs.total() - sum(shown.values()):.1f}"))
    rows.append(("together", f"{costs.total():.1f}"))
    return Table(
        "What a cold search imports (ms)",
        ("package", "ms"),
        tuple(rows),
        note="The modules that `onrecord search` loads, by package: their own time under "
        "`python -X importtime`, which slows them.",
    )


def imports_of(arguments: list[str]) -> Counter[str]:
    """Run ``onrecord`` with some arguments; return the milliseconds that each package took to import."""
    script = (
        f"import sys; sys.argv = ['onrecord', *{arguments!r}]; from onrecord.search.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    costs: Counter[str] = Counter()
    for microseconds, module in _IMPORT.findall(done.stderr):
        costs[_package(module)] += int(microseconds) / 1000  # type: ignore[assignment]
    return costs


def _package(module: str) -> str:
    name = module.partition(".")[0]
    return "(standard library)" if name in sys.stdlib_module_names else name
