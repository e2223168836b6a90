"""What each engine answered, asked in a process of its own; the runs of peers are kept."""

from __future__ import annotations

import hashlib
import importlib
import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench import say
from benchmarks.engine import OURS
from benchmarks.processes import work
from benchmarks.relevance import collection as reading
from benchmarks.relevance.collection import Collection
from benchmarks.relevance.ranker import RANKERS, Runs, load_ranker

__all__ = ["RunStore"]


@dataclass(frozen=True, slots=True)
class RunStore:
    """A folder of runs. A peer's is good while documents, topics, its code and its library are the same."""

    folder: Path

    def runs(self, engine: str, collection: Collection) -> Runs:
        """Return the runs of an engine over a collection, asked for now unless a good one is kept."""
        if engine == OURS:
            return self._asked(collection, OURS, "rank", {"engine": OURS})
        key = _key(engine, collection)
        kept = self.folder / collection.name / f"{engine}.key"
        if not (kept.exists() and kept.read_text("utf-8") == key):
            kept.unlink(missing_ok=True)
            runs = self._asked(collection, engine, "rank", {"engine": engine})
            kept.write_text(key, "utf-8")
            return runs
        return _read(kept.with_suffix(".json"))

    def runs_of_index(self, index: Path, collection: Collection, *, name: str, sort: str) -> Runs:
        """Return our runs over an index of ours in an order, in which the hash of a paragraph is its name."""
        return self._asked(collection, name, "rank_index", {"index": index, "sort": sort})

    def _asked(self, collection: Collection, engine: str, task: str, arguments: dict[str, object]) -> Runs:
        say(f"{engine} ranks {collection.name}")
        into = self.folder / collection.name / f"{engine}.json"
        into.parent.mkdir(parents=True, exist_ok=True)
        work(task, collection=collection.folder, into=into, **arguments)
        return _read(into)


def _read(path: Path) -> Runs:
    runs: Runs = json.loads(path.read_text("utf-8"))
    return runs


def _key(engine: str, collection: Collection) -> str:
    code = importlib.import_module(RANKERS[engine].partition(":")[0]).__file__
    parts = [Path(file).read_bytes() for file in (code, reading.__file__) if file is not None]
    told = "\n".join([collection.digest(), load_ranker(engine).settings()])
    return hashlib.sha256(b"\n".join([*parts, told.encode()])).hexdigest()
