"""The doctor: what is wrong with an index, and how it is made whole again.

A repair takes the first of these that can be had: the generation that stands, the one
before it, a new one from the texts that the index remembers.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from onrecord.indexer.building.build import MEMORY, WAIT, build
from onrecord.indexer.doctor.findings import Examination, Fault, Remedy, Repair
from onrecord.indexer.doctor.segment_examination import examine_segment
from onrecord.indexer.errors import IndexDamaged, IndexMissing, SourceError, StoreError
from onrecord.indexer.report import Progress
from onrecord.indexer.segments.records import SourceRecord
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.store.catalogue import Catalogue, is_within
from onrecord.indexer.store.disk import is_there, refusals_told
from onrecord.indexer.store.generation import Generation, SegmentEntry
from onrecord.indexer.store.store import CURRENT, LOCK, PREVIOUS, Store

__all__ = ["examine", "repair"]

# A commit during an examination takes files away; it is then begun anew.
_TRIES = 5


def examine(index: Path | str) -> Examination:
    """Read every byte of an index and say what is wrong with it.

    Nothing is changed, and no writer is kept waiting. Raises `IndexMissing` where there is
    no trace of an index.
    """
    store = Store(index)
    found = _look(store)
    for _ in range(_TRIES):
        if found.current is None or found.current == _table(store, CURRENT):
            break
        found = _look(store)
    sources = _source_faults(store, found) if found.current is not None else ()
    return found.examination(store, more=sources)


def repair(
    index: Path | str,
    paths: Sequence[Path | str] = (),
    *,
    progress: Callable[[Progress], None] | None = None,
    wait: float = WAIT,
    memory: int = MEMORY,
) -> Repair:
    """Make an index whole: keep it, go back to the generation before, or build it from the texts.

    It is built from what it remembers, and from ``paths`` besides. Raises `SourceError`
    where none of the texts is left; `IndexMissing`, `IndexLocked` and the other
    parameters are those of `indexer.building.build`.
    """
    store = Store(index)
    _look(store)  # before a folder is made for the lock
    with refusals_told(store.path):
        _clear_the_way(store)
    with store.locked(wait=wait):
        found = _look(store)
        before = found.examination(store)
        recorded = _recorded(store, found)
        if found.current is not None and before.healthy:
            return Repair(before, Remedy.KEPT, found.current.number, swept=_sweep(store, found))
        if found.previous is not None and not found.previous_faults:
            return _go_back(store, found, before, recorded)
    roots = _roots(paths, found, recorded)
    if not roots:
        raise SourceError(
            index,
            "none of the texts that it was made of is there any longer; "
            "say where they are with onrecord doctor --repair PATH.",
        )
    left = {file.name for file in store.path.iterdir()}
    report = build(roots, into=store.path, progress=progress, wait=wait, memory=memory)
    gone = left - {file.name for file in store.path.iterdir()}
    swept = tuple(str(store.path / name) for name in sorted(gone))
    lost = _lost(store, recorded)
    return Repair(before, Remedy.REBUILT, report.generation, swept=swept, lost=lost, report=report)


@dataclass(slots=True)
class _Found:
    """The tables that can be read, and what is wrong with each of the generations."""

    current: Generation | None = None
    previous: Generation | None = None
    faults: list[Fault] = field(default_factory=list)
    previous_faults: list[Fault] = field(default_factory=list)

    def examination(self, store: Store, *, more: Sequence[Fault] = ()) -> Examination:
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


def _look(store: Store) -> _Found:
    found = _Found()
    try:
        found.current = store.generation()
    except IndexMissing:
        if not list(_segment_files(store)):
            raise
        found.faults.append(Fault(str(store.path / CURRENT), "the table of contents is missing"))
    except IndexDamaged as error:
        found.faults.append(_fault(error))
    try:
        found.previous = store.table(PREVIOUS)
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


def _leftover_faults(store: Store) -> Iterator[Fault]:
    with suppress(StoreError):
        for file in store.leftovers():
            yield Fault(str(file), "a writer that died left it; the next one sweeps it away", harmless=True)


def _source_faults(store: Store, found: _Found) -> list[Fault]:
    """Compare the texts with what was read of them."""
    # The readers bring their parsers with them; a search needs none of those.
    from onrecord.indexer.sources import content_hash

    faults = []
    for key, known in _recorded(store, found).items():
        if not _is_there(key):
            faults.append(Fault(key, "it has vanished since it was indexed", harmless=True))
            continue
        with suppress(SourceError):
            if content_hash(Path(key)) != known.content_hash:
                faults.append(Fault(key, "it has changed since it was indexed", harmless=True))
    return faults


def _recorded(store: Store, found: _Found) -> dict[str, SourceRecord]:
    """Read what was indexed from the segments that count, or from all where no table can be read."""
    generation = found.current or found.previous
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


def _roots(paths: Sequence[Path | str], found: _Found, recorded: dict[str, SourceRecord]) -> list[Path]:
    """Return what to build the index from: the paths given, those recorded, files recorded beside them."""
    generations = [generation for generation in (found.current, found.previous) if generation]
    known = chain.from_iterable(generation.roots for generation in generations[:1])
    roots = [str(Path(path).absolute()) for path in paths] + [root for root in known if is_there(root)]
    for key, source in recorded.items():
        if _is_there(key) and not any(is_within(key, root) for root in roots):
            roots.append(_root_of(key, source.relative_path))
    return [Path(root) for root in dict.fromkeys(roots)]


def _is_there(key: str) -> bool:
    """Tell whether a text can still be found; not in an archive that cannot be opened."""
    # Loaded when it is needed: it brings the readers and their parsers.
    from onrecord.indexer.sources.archives import exists

    with suppress(SourceError):
        return exists(Path(key))
    return False


def _root_of(key: str, place: str) -> str:
    """Return what was indexed when a file was: addresses are made of its path below that, and shall stay."""
    from onrecord.indexer.sources.archives import parts_of

    parts = parts_of(Path(key))
    file, place = (str(parts[0]), place.partition("!/")[0]) if parts else (key, place)
    return file.removesuffix(f"/{place}") if "/" in place else file


def _lost(store: Store, recorded: dict[str, SourceRecord]) -> tuple[str, ...]:
    """Return the files that were in the index and neither are by their path nor by what they held."""
    catalogue = Catalogue(store.open().segments)
    keys = set(catalogue.paths())
    held = {source.record.content_hash for key in keys if (source := catalogue.source(key))}
    return tuple(
        sorted(key for key, known in recorded.items() if key not in keys and known.content_hash not in held)
    )


def _go_back(store: Store, found: _Found, before: Examination, recorded: dict[str, SourceRecord]) -> Repair:
    assert found.previous is not None
    number = max(found.previous.number + 1, found.current.number if found.current else 0) + 1
    generation = replace(found.previous, number=number)
    store.put(generation, keep=None)
    swept = tuple(map(str, store.sweep()))
    return Repair(before, Remedy.WENT_BACK, number, swept=swept, lost=_lost(store, recorded))


def _sweep(store: Store, found: _Found) -> tuple[str, ...]:
    swept = [*store.sweep()]
    if found.previous_faults:
        with refusals_told(store.path):
            (store.path / PREVIOUS).unlink(missing_ok=True)
        swept += [store.path / PREVIOUS, *store.sweep()]
    return tuple(map(str, swept))


def _clear_the_way(store: Store) -> None:
    """Take away what stands where a file of ours is to be written: a link, a pipe; a folder is renamed."""
    for name in (LOCK, CURRENT, PREVIOUS, f"{CURRENT}.new", f"{PREVIOUS}.new"):
        path = store.path / name
        if path.is_dir() and not path.is_symlink():
            path.rename(path.with_name(f"{name}.aside-{secrets.token_hex(4)}"))
        elif path.is_symlink() or (path.exists() and not path.is_file()):
            path.unlink()


def _segment_files(store: Store) -> Iterator[Path]:
    if store.path.is_dir():
        yield from sorted(store.path.glob("segment-*.seg"))


def _table(store: Store, name: str) -> Generation | None:
    try:
        return store.table(name)
    except StoreError:
        return None


def _fault(error: IndexDamaged) -> Fault:
    what = str(error).removeprefix(f"{error.path}: ").partition(";")[0]
    return Fault(error.path, what)
