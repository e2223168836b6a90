"""The examination of an index: every byte of it is read, and what is wrong is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.indexer.doctor.findings import Examination, Fault
from onrecord.indexer.doctor.segment_examination import examine_segment
from onrecord.indexer.errors import IndexDamaged, IndexMissing, SourceError, StoreError
from onrecord.indexer.paths import path_of
from onrecord.indexer.reading.hashes import content_hash
from onrecord.indexer.segments.records import SourceRecord
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.sources.archives import exists
from onrecord.indexer.store.generation import Generation, SegmentEntry
from onrecord.indexer.store.store import CURRENT, PREVIOUS, Store

__all__ = ["Generations", "examine", "look", "recorded_sources", "source_is_there"]

# A commit during an examination takes files away; it is then begun anew.
_TRIES = 5


def examine(index: Path | str) -> Examination:
    """Read every byte of an index and say what is wrong with it.

    Nothing is changed, and no writer is kept waiting. Raises `IndexMissing` where there is
    no trace of an index.
    """
    store = Store(index)
    found = look(store)
    for _ in range(_TRIES):
        if found.current is None or found.current == _generation_or_none(store, CURRENT):
            break
        found = look(store)
    sources = _source_faults(store, found) if found.current is not None else ()
    return found.examination(store, more=sources)


@dataclass(slots=True)
class Generations:
    """The generations that can be read, and what is wrong with each."""

    current: Generation | None = None
    previous: Generation | None = None
    faults: list[Fault] = field(default_factory=list)
    previous_faults: list[Fault] = field(default_factory=list)

    def examination(self, store: Store, *, more: Sequence[Fault] = ()) -> Examination:
        """Say what is wrong, each file once; what is wrong with the generation before alone is harmless."""
        harmless = [replace(fault, harmless=True) for fault in self.previous_faults]
        every = dict.fromkeys([*self.faults, *harmless, *_leftover_faults(store), *more])
        # What is damaged in both generations is said once.
        known = {fault.file for fault in self.faults}
        return Examination(
            path=str(store.path),
            generation=self.current.number if self.current else 0,
            segments=len(self.current.segments) if self.current else 0,
            faults=tuple(fault for fault in every if not fault.harmless or fault.file not in known),
        )


def look(store: Store) -> Generations:
    """Read both generations, and every segment that either names (`IndexMissing`)."""
    found = Generations()
    try:
        found.current = store.generation()
    except IndexMissing:
        if not list(_segment_files(store)):
            raise
        found.faults.append(Fault(str(store.path / CURRENT), "the table of contents is missing"))
    except IndexDamaged as error:
        found.faults.append(_fault(error))
    try:
        found.previous = store.read_generation(PREVIOUS)
    except IndexMissing:
        found.previous = None
    except IndexDamaged as error:
        found.previous_faults.append(_fault(error))
    checked: dict[SegmentEntry, list[Fault]] = {}
    for generation, faults in (
        (found.current, found.faults),
        (found.previous, found.previous_faults),
    ):
        for entry in generation.segments if generation else ():
            if entry not in checked:
                checked[entry] = list(_segment_faults(store, entry))
            faults += checked[entry]
        faults += _addresses_faults(store, generation) if generation else ()
    return found


def _segment_faults(store: Store, entry: SegmentEntry) -> Iterator[Fault]:
    """Read a whole segment."""
    path = store.path / entry.name
    if not path.exists():
        yield Fault(str(path), "this segment is missing")
        return
    try:
        for sentence in examine_segment(store.segment(entry)):
            yield Fault(str(path), sentence.removeprefix(f"{path}: ").removesuffix("."))
    except IndexDamaged as error:
        yield _fault(error)


def _addresses_faults(store: Store, generation: Generation) -> Iterator[Fault]:
    """Read the former addresses of a generation."""
    try:
        store.read_former_addresses(generation)
    except IndexDamaged as error:
        yield _fault(error)


def _leftover_faults(store: Store) -> Iterator[Fault]:
    with suppress(StoreError):
        for file in store.leftovers():
            yield Fault(str(file), "a writer that died left it; the next one sweeps it away", harmless=True)


def _source_faults(store: Store, found: Generations) -> list[Fault]:
    """Compare the texts with what was read of them."""
    faults = []
    for key, known in recorded_sources(store, found).items():
        if not source_is_there(key):
            faults.append(Fault(key, "it has vanished since it was indexed", harmless=True))
            continue
        with suppress(SourceError):
            if content_hash(path_of(key)) != known.content_hash:
                faults.append(Fault(key, "it has changed since it was indexed", harmless=True))
    return faults


def recorded_sources(store: Store, found: Generations) -> dict[str, SourceRecord]:
    """Read what was indexed from the segments that count, or from all where no generation can be read."""
    generation = found.current or (found.previous if found.previous and found.previous.number else None)
    recorded: dict[str, SourceRecord] = {}
    files: list[tuple[Path, frozenset[int]]]
    if generation is not None:
        files = [(store.path / entry.name, frozenset(entry.deleted)) for entry in generation.segments]
    else:
        files = [(path, frozenset()) for path in _segment_files(store)]
    for path, deleted in files:
        with suppress(IndexDamaged):
            segment = Segment(path, deleted)
            for key in segment.sources.live_keys():
                with suppress(IndexDamaged):  # of one source; the others may still be whole
                    known = segment.sources.find(key)
                    if known is not None:
                        recorded[key] = known
    return recorded


def source_is_there(key: str) -> bool:
    """Tell whether a text can still be found; not in an archive that cannot be opened."""
    with suppress(SourceError):
        return exists(path_of(key))
    return False


def _segment_files(store: Store) -> Iterator[Path]:
    if store.path.is_dir():
        yield from sorted(store.path.glob("segment-*.seg"))


def _generation_or_none(store: Store, name: str) -> Generation | None:
    try:
        return store.read_generation(name)
    except StoreError:
        return None


def _fault(error: IndexDamaged) -> Fault:
    what = str(error).removeprefix(f"{error.path}: ").partition(";")[0]
    return Fault(error.path, what)
