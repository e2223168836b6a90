"""A campaign of mutated inputs against a target: in several processes, each input by its number.

An input that ends its process, or keeps it for more than a minute of computing, is a find like any other:
the processes write down on which number they are, and one that is gone is followed by another, which
begins behind it.
"""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from faults.fuzzing import Fuzzer, Outcome, Target, held

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["Campaign", "Find", "bounded", "run_campaign", "scratch"]

#: Beyond this an input is given up, in seconds of computing.
LONGEST_INPUT = 60
#: What a process may ask the system for, in bytes; files that are mapped count as well.
MOST_SPACE = 4 << 30
#: More finds than these tell nothing new.
MOST_FINDS = 40
_PER_LOOK = 200
_OUTCOMES = tuple(Outcome)


@dataclass(frozen=True, slots=True)
class Find:
    """What is wrong with the input of a number."""

    number: int
    what: str
    data: bytes

    @property
    def kind(self) -> str:
        """What finds of one cause have in common: what was raised, and where."""
        error, _, place = self.what.rpartition(" in ")
        return place if error else self.what.partition(": ")[2].partition(":")[0] or self.what


@dataclass(slots=True)
class Campaign:
    """How far a campaign has come: outcomes, finds by their kind, seconds of computing, memory in MiB."""

    name: str
    seed: int
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    finds: dict[str, Find] = field(default_factory=dict)
    seconds: float = 0.0
    memory: int = 0

    @property
    def done(self) -> int:
        """How many inputs were put to the target."""
        return self.outcomes.total()

    def __str__(self) -> str:
        told = ", ".join(f"{self.outcomes[one]:,} {one.value}" for one in _OUTCOMES)
        speed = self.done / self.seconds if self.seconds else 0
        return (
            f"{self.name}: {self.done:,} inputs (seed {self.seed}), {speed:,.0f} a second of computing: "
            f"{told}, of {len(self.finds)} kinds; {self.memory} MiB at most"
        )

    def take_stock(self, workers: Sequence[_Worker]) -> None:
        """Sum up how far the processes are."""
        self.outcomes = sum((worker.outcomes for worker in workers), Counter())
        self.seconds = sum(worker.seconds for worker in workers)
        self.memory = max(worker.memory for worker in workers)

    def add(self, find: Find) -> None:
        """Note a find; the shortest input of each kind is kept."""
        known = self.finds.get(find.kind)
        if known is None or len(find.data) < len(known.data):
            self.finds[find.kind] = find


def run_campaign(
    target: Target,
    *,
    seed: int,
    numbers: range,
    processes: int = 1,
    minutes: float = float("inf"),
    told: Callable[[Campaign], object] = lambda _: None,
) -> Campaign:
    """Put the inputs of some numbers to a target; ``told`` hears of how far it has come."""
    campaign = Campaign(target.name, seed)
    until = time.monotonic() + 60 * minutes
    # In one folder of ours: a process that is ended cannot tidy up behind itself.
    with scratch() as folder:
        workers = [
            _Worker(target, seed, numbers[at::processes], until, folder / str(at)) for at in range(processes)
        ]
        _run(workers, campaign, told)
    return campaign


def _run(workers: Sequence[_Worker], campaign: Campaign, told: Callable[[Campaign], object]) -> None:
    for worker in workers:
        worker.start()
    while any(worker.running for worker in workers) and len(campaign.finds) < MOST_FINDS:
        heard = wait([worker.heard for worker in workers if worker.running], timeout=1.0)
        for worker in workers:
            if worker.running and worker.heard in heard:
                worker.hear(campaign)
        campaign.take_stock(workers)
        told(campaign)
    for worker in workers:
        worker.stop()
    campaign.take_stock(workers)


class _Worker:
    """A process that goes through numbers, and what is heard of it."""

    def __init__(self, target: Target, seed: int, numbers: range, until: float, folder: Path) -> None:
        self._target, self._seed, self._numbers, self._until = target, seed, numbers, until
        self._folder = folder
        self._context = multiprocessing.get_context("spawn")
        # What a process has come to stays known when it ends by a crash.
        self._at = self._context.RawValue("q", -1)
        self._counts = self._context.RawArray("q", len(_OUTCOMES))
        self._used = self._context.RawArray("d", 2)
        self._seconds_before = 0.0
        self.running = False

    def start(self) -> None:
        """Begin, with what numbers are left."""
        self.running = bool(self._numbers)
        if self.running:
            self._at.value = -1
            self.heard, tells = self._context.Pipe(duplex=False)
            minutes = self._until - time.monotonic()
            shared = (self._at, self._counts, self._used)
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir()
            told = (self._target, self._seed, self._numbers, self._folder, minutes, *shared, tells)
            self._process = self._context.Process(target=_work, args=told, daemon=True)
            self._process.start()
            tells.close()

    def hear(self, campaign: Campaign) -> None:
        """Take what the process says: a find, or that it has ended."""
        try:
            campaign.add(self.heard.recv())
        except EOFError:
            self._ended(campaign)

    @property
    def outcomes(self) -> Counter[Outcome]:
        """What became of the inputs so far."""
        return Counter(dict(zip(_OUTCOMES, self._counts, strict=True)))

    @property
    def seconds(self) -> float:
        """How long it has computed."""
        return self._seconds_before + float(self._used[0])

    @property
    def memory(self) -> int:
        """What it held at most, in MiB."""
        return int(self._used[1])

    def stop(self) -> None:
        """End the process."""
        if self.running:
            self._process.kill()
            self._process.join()

    def _ended(self, campaign: Campaign) -> None:
        """Note the input that ended the process, and go on behind it."""
        self._process.join()
        code, number = self._process.exitcode, int(self._at.value)
        if code == 0:
            self.running = False
            return
        if code is None or code > 0:
            raise RuntimeError(f"{self._target.name} is not put to the test: the process says why.")
        campaign.add(Find(number, _end_of(code), _input(self._target, self._seed, number)))
        self._counts[_OUTCOMES.index(Outcome.FOUND)] += 1
        self._seconds_before, self._used[0] = self.seconds, 0.0
        self._numbers = self._numbers[self._numbers.index(number) + 1 :]
        self.start()


def _end_of(code: int) -> str:
    if code == -signal.SIGXCPU:
        return f"the end of the process: more than {LONGEST_INPUT} seconds of computing"
    return f"the end of the process: {signal.Signals(-code).name}"


def _input(target: Target, seed: int, number: int) -> bytes:
    """Make an input without reading it."""
    with scratch() as folder:
        return Fuzzer(target, folder, seed=seed).make(number)


def _work(
    target: Target,
    seed: int,
    numbers: range,
    folder: Path,
    seconds: float,
    at: Any,
    counts: Any,
    used: Any,
    tells: Connection,
) -> None:
    """Go through numbers; finds are told, and how far it is stands in memory that is shared."""
    until = time.monotonic() + seconds
    with bounded():
        fuzzer = Fuzzer(target, folder, seed=seed)
        began = time.process_time()
        for place, number in enumerate(numbers):
            at.value = number
            if place % _PER_LOOK == 0:
                if time.monotonic() > until:
                    break
                _may_compute(LONGEST_INPUT)
            found = fuzzer.step(number)
            counts[_OUTCOMES.index(fuzzer.outcome)] += 1
            used[:] = time.process_time() - began, held()
            if found:
                tells.send(Find(number, found, fuzzer.data))


def _may_compute(seconds: int) -> None:
    """Let the process compute so many seconds from now on; then the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + seconds + _PER_LOOK // 10
    resource.setrlimit(resource.RLIMIT_CPU, (soft, most))


@contextmanager
def bounded() -> Iterator[None]:
    """Let the process take no more than `MOST_SPACE`: what asks for more is a find, and harms nobody."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_SPACE, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def scratch() -> Iterator[Path]:
    """Make a folder for inputs, in memory where the system has one for that."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(prefix="onrecord-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)
