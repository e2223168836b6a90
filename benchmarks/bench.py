"""One run: its texts, its work folder, its engines, and the indexes it has built so far."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.asked import Asked
from benchmarks.engine import OURS, load_engine
from benchmarks.processes import watch_memory, work
from benchmarks.table import Table

__all__ = ["Bench", "Built", "Finding", "say", "size_of"]

# A build that takes longer is done once.
_CHEAP_SECONDS = 40.0


@dataclass(frozen=True, slots=True)
class Built:
    """What building an index took: seconds of each build, peak memory and size on disk in bytes.

    ``kept`` is True where the index was built by an earlier run.
    """

    seconds: tuple[float, ...]
    peak: int
    size: int
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a section found: tables to print, and figures by name to hold against the goals."""

    tables: list[Table]
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Bench:
    """The settings of a run, and what it has made so far in its work folder."""

    texts: Path | None
    work: Path
    engines: Sequence[str]
    scales: Sequence[float]
    rebuild: bool
    quick: bool
    judged: Path | None = None  #: a folder of judged collections
    runs: Path | None = None  #: where the peers' runs of them are kept
    without: Sequence[str] = ()
    built: dict[tuple[str, float], Built] = field(default_factory=dict)
    paragraphs: dict[float, int] = field(default_factory=dict)
    answers: dict[tuple[str, float], dict[str, Asked]] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """The scale at which engines are compared: the corpus itself, or the most of it that is asked for."""
        return max((scale for scale in self.scales if scale <= 1), default=min(self.scales))

    @property
    def cache(self) -> Path:
        """The folder of what engines answered to judged topics."""
        return self.runs or self.work / "runs"

    @property
    def rounds(self) -> int:
        """How many processes measure the same thing, one after another, the engines taking turns."""
        return 1 if self.quick else 3

    @property
    def seconds(self) -> float:
        """How long one measurement is repeated in one process."""
        return 0.001 if self.quick else 0.3

    def queried(self, *, slow: bool = True) -> list[str]:
        """Return the engines that are asked questions, with or without the slow."""
        asked = {name: load_engine(name) for name in self.engines}
        return [name for name, engine in asked.items() if engine.queried and (slow or not engine.slow)]

    def lines(self, scale: float) -> Path:
        """Return the folder of JSON lines of the corpus at a scale; the texts are read once."""
        folder, counted = self.work / f"corpus-{scale:g}", self.work / f"corpus-{scale:g}.count"
        if not counted.exists():
            whole = self._corpus()
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            counted.write_text(str(work("rescale", corpus=whole, into=folder, scale=scale)))
        self.paragraphs[scale] = int(counted.read_text())
        return folder

    def index(self, engine: str, scale: float) -> Path:
        """Return an index, built in this run or, a peer's, kept by an earlier one unless ``rebuild``."""
        folder, record = self._places(engine, scale)
        if (engine, scale) in self.built:
            return folder
        reusable = load_engine(engine).slow or not (self.rebuild or engine == OURS)
        if reusable and record.exists():
            self.built[engine, scale] = Built(**json.loads(record.read_text()) | {"kept": True})
        else:
            record.unlink(missing_ok=True)
            self.built[engine, scale] = self._build(engine, scale, folder)
            record.write_text(json.dumps(asdict(self.built[engine, scale])))
        return folder

    def copy_of(self, engine: str, scale: float) -> Path:
        """Return a copy of an index that may be changed, the only one of its kind."""
        copy = self.work / "changed" / "index"
        shutil.rmtree(copy.parent, ignore_errors=True)
        shutil.copytree(self.index(engine, scale), copy)
        return copy

    def measure(self, build: Callable[[], float]) -> tuple[tuple[float, ...], int]:
        """Build once under watch, then, where that is cheap, for the time alone: seconds, and peak bytes."""
        with watch_memory() as peak:
            times = [build()]
        again = 0 if self.quick or times[0] > _CHEAP_SECONDS else 2
        # Watching costs a little, so the watched build counts only where it is the only one.
        return tuple([build() for _ in range(again)] or times), peak.bytes

    def _corpus(self) -> Path:
        whole = self.work / "corpus.jsonl"
        if not whole.exists():
            if self.texts is None:
                raise ValueError("this run was given no texts")
            say(f"reading {self.texts}")
            work("read_corpus", texts=self.texts, into=whole.with_suffix(".new"))
            whole.with_suffix(".new").rename(whole)
        return whole

    def _places(self, engine: str, scale: float) -> tuple[Path, Path]:
        name = f"{engine}-{scale:g}"
        return self.work / name, self.work / f"{name}.json"

    def _build(self, engine: str, scale: float, folder: Path) -> Built:
        lines = self.lines(scale)
        say(f"building {engine} at scale {scale:g}")
        times, peak = self.measure(lambda: self._build_once(engine, lines, folder))
        return Built(times, peak, size_of(folder))

    def _build_once(self, engine: str, lines: Path, folder: Path) -> float:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return float(work("build", engine=engine, lines=lines, into=folder))


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def say(what: str) -> None:
    """Tell on stderr what a run is at."""
    print(what, file=sys.stderr, flush=True)  # noqa: T201
