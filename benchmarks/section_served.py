"""The web application under load: beside Datasette, in two processes, light questions beside dear ones.

``python -m benchmarks served INDEX [--datasette PROGRAM]`` starts ``onrecord serve`` on an index and asks it
over the network of this machine. Datasette gets the same paragraphs in one table with FTS5 and is asked for
the same phrases; both have one process, and are asked in turn. Of Datasette's answers those are taken that
cost it least: no facets are suggested, nothing is counted beyond what it counts by itself.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from whoosh.query import Every

from benchmarks.machine import describe_machine
from benchmarks.table import ABSENT, Table
from onrecord import open_index

__all__ = ["main"]

_RARE = ('"cluster munitions"', '"unexploded ordnance"', '"ozone layer"', '"seabed authority"')
_COMMON = ('"united nations"', '"general assembly"', '"security council"', '"international community"')
_LIGHT = (*_RARE, "landmines", "ozone", "fisheries", '"human security"')
_CLIENTS = 4
_ROUNDS = 3
_PERCENTILE = 0.99
# Seconds between the questions of someone who reads the answers.
_PAUSE = 0.01
_NOT_CHANGED = 304
_OK = 200


class Load:
    """Clients that ask one question after the other, and how long each answer took, in seconds."""

    def __init__(self, port: int, paths: Sequence[str], *, clients: int, pause: float = 0.0) -> None:
        self._port = port
        self._paths = paths
        self._clients = clients
        self._pause = pause
        self.times: list[float] = []
        self.failed = 0

    def run(self, seconds: float) -> Load:
        """Ask for so many seconds."""
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._ask, args=(at, end)) for at in range(self._clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self

    def _ask(self, first: int, end: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        number = first
        while time.monotonic() < end:
            began = time.perf_counter()
            connection.request("GET", self._paths[number % len(self._paths)])
            answer = connection.getresponse()
            answer.read()
            self.times.append(time.perf_counter() - began)
            self.failed += answer.status != _OK
            number += 1
            time.sleep(self._pause)

    def a_second(self, seconds: float) -> float:
        """Return how many answers came in a second."""
        return len(self.times) / seconds

    def percentile(self) -> float:
        """Return the time in which 99 of 100 answers came."""
        return sorted(self.times)[int(len(self.times) * _PERCENTILE)]


def main(arguments: Sequence[str]) -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks served", description=__doc__)
    parser.add_argument("index", type=Path, help="the index of the UN General Debate corpus")
    parser.add_argument("--datasette", help="the program; without it, it is left out")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each is asked")
    parser.add_argument("--load", help="wrk, which takes less of the cores than clients in Python")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        tables = [
            _beside_datasette(asked, Path(folder)),
            _two_processes(asked),
            _beside_dear(asked),
            _small(asked),
        ]
    print(f"{describe_machine()}\n")  # noqa: T201
    print("\n\n".join(table.render() for table in tables))  # noqa: T201


def _beside_datasette(asked: argparse.Namespace, work: Path) -> Table:
    rows = []
    with ExitStack() as stack:
        ours = stack.enter_context(_served(asked.index))
        theirs = None
        if asked.datasette:
            database = _database(asked.index, work / "paragraphs.db")
            theirs = stack.enter_context(_datasette(asked.datasette, database))
        for name, phrases in (("rare phrases", _RARE), ("common phrases", _COMMON)):
            figures: dict[str, list[float]] = {"ours": [], "theirs": []}
            for _ in range(_ROUNDS):
                figures["ours"].append(_answers(asked, ours, list(map(_ours, phrases))))
                if theirs is not None:
                    figures["theirs"].append(_answers(asked, theirs, list(map(_theirs, phrases))))
            own = median(figures["ours"])
            other = median(figures["theirs"]) if figures["theirs"] else None
            rows.append(
                (
                    name,
                    f"{own:,.0f}",
                    ABSENT if other is None else f"{other:,.1f}",
                    ABSENT if other is None else f"{own / other:,.1f}",
                )
            )
    note = f"Answers a second, {_CLIENTS} clients, one process each, the median of {_ROUNDS} turns."
    return Table("Beside Datasette", ("asked", "On Record", "Datasette", "ratio"), tuple(rows), note)


def _two_processes(asked: argparse.Namespace) -> Table:
    paths = list(map(_ours, _LIGHT))
    figures: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(_ROUNDS):
        for workers, found in figures.items():
            with _served(asked.index, "--workers", str(workers)) as port:
                Load(port, paths, clients=2 * _CLIENTS).run(1)
                found.append(_answers(asked, port, paths, clients=2 * _CLIENTS))
    one, two = median(figures[1]), median(figures[2])
    row = (f"{one:,.0f}", f"{two:,.0f}", f"{two / one:.2f}")
    return Table("Two processes", ("one", "two", "ratio"), (row,), "Answers a second.")


def _beside_dear(asked: argparse.Namespace) -> Table:
    """Ask light questions while one client asks the dearest of `docs/limits.md`, one after the other."""
    light, rows = list(map(_ours, _LIGHT)), []
    with _served(asked.index) as port:
        Load(port, light, clients=1).run(1)
        alone = Load(port, light, clients=1, pause=_PAUSE).run(2 * asked.seconds)
        dear = Load(port, list(map(_ours, _dear(asked.index))), clients=1)
        heavy = threading.Thread(target=dear.run, args=(4 * asked.seconds,))
        heavy.start()
        time.sleep(0.5)
        beside = Load(port, light, clients=1, pause=_PAUSE).run(3 * asked.seconds)
        heavy.join()
    for name, load in (("alone", alone), ("beside", beside)):
        middle, most = median(load.times) * 1e3, load.percentile() * 1e3
        rows.append((name, f"{middle:.1f}", f"{most:.1f}", f"{most / middle:.1f}", str(load.failed)))
    slowest = f"{len(dear.times)} dear answers, {max(dear.times):.1f} s the longest, {dear.failed} failed."
    return Table(
        "Light questions beside dear ones",
        ("", "median, ms", "99 of 100, ms", "ratio", "failed"),
        tuple(rows),
        slowest,
    )


def _small(asked: argparse.Namespace) -> Table:
    """Time what is answered without work."""
    with _served(asked.index) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", _ours("peace"))
        first = connection.getresponse()
        first.read()
        times = []
        for _ in range(2_000):
            began = time.perf_counter()
            connection.request("GET", _ours("peace"), headers={"If-None-Match": first.headers["ETag"]})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == _NOT_CHANGED
            times.append((time.perf_counter() - began) * 1e3)
    return Table("Not changed", ("median, ms",), ((f"{median(times):.2f}",),), "A 304, client and all.")


def _answers(asked: argparse.Namespace, port: int, paths: Sequence[str], *, clients: int = _CLIENTS) -> float:
    """Return how many answers a second come, asked by wrk where it is named."""
    if not asked.load:
        return Load(port, paths, clients=clients).run(asked.seconds).a_second(asked.seconds)
    listed = ",".join(json.dumps(path) for path in paths)
    script = (
        f"local p={{{listed}}} local i=0\nrequest=function() i=i+1 return wrk.format('GET',p[i%#p+1]) end\n"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = [asked.load, "-t1", f"-c{clients}", f"-d{asked.seconds:.0f}s", "-s", file.name]
        told = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], check=True, capture_output=True, text=True
        )
    if "Non-2xx" in told.stdout:
        sys.exit(f"some were not answered:\n{told.stdout}")
    return float(told.stdout.partition("Requests/sec:")[2].split()[0])


def _ours(question: str) -> str:
    return "/search.json?" + urlencode({"q": question})


def _theirs(question: str) -> str:
    parts = {"_search": question, "_size": 10, "_shape": "objects", "_nosuggest": 1, "_nofacet": 1}
    return "/paragraphs/paragraphs.json?" + urlencode(parts)


def _dear(index: Path) -> list[str]:
    """Write the dearest questions that are let through, of the commonest short words."""
    with open_index(index) as opened:
        hits = opened.search("the", limit=3_000)
        words = [word for hit in hits for word in hit.text.lower().split() if word.isalpha()]
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    common = [word for word in sorted(counts, key=lambda one: -counts[one]) if 1 < len(word) < 7]
    return [
        " OR ".join(common[:950])[:9_990].rpartition(" OR ")[0],
        " OR ".join(f'"{word}"' for word in common[:900])[:9_990].rpartition(" OR ")[0],
        " OR ".join(f"{word}~2" for word in common[100:150]),
        "*a* OR *e* OR *i* OR *o* OR *n*",
        '"the of and"~9999',
        '"the of"~9999',
    ]


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


@contextmanager
def _served(index: Path, *options: str) -> Iterator[int]:
    port = _free_port()
    command = [sys.executable, "-m", "onrecord", "serve", "-i", str(index), "--port", str(port), *options]
    with _running(command, port, "/healthz"):
        yield port


@contextmanager
def _datasette(program: str, database: Path) -> Iterator[int]:
    port = _free_port()
    with _running([program, "-i", str(database), "-p", str(port)], port, "/-/versions.json"):
        yield port


@contextmanager
def _running(command: Sequence[str], port: int, path: str) -> Iterator[None]:
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, process_group=0)
    try:
        _wait_for(port, path)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait_for(port: int, path: str) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status == _OK:
                return
        except OSError:
            pass
        time.sleep(0.2)
    sys.exit("a server did not start")


def _database(index: Path, path: Path) -> Path:
    """Put the paragraphs of an index into one table of SQLite, with FTS5 beside it."""
    columns = ("address", "speaker", "date", "forum", "language", "source", "text")
    database = sqlite3.connect(path)
    database.execute(f"create table paragraphs (id integer primary key, {', '.join(columns)})")
    with open_index(index) as opened:
        rows = (tuple(getattr(hit, name) for name in columns) for hit in opened.stream(Every()))
        marks = ", ".join("?" * len(columns))
        database.executemany(f"insert into paragraphs ({', '.join(columns)}) values ({marks})", rows)
    database.execute(
        "create virtual table paragraphs_fts using"
        " fts5(text, content=paragraphs, content_rowid=id, tokenize='porter unicode61')"
    )
    database.execute("insert into paragraphs_fts(paragraphs_fts) values('rebuild')")
    database.commit()
    database.close()
    return path
