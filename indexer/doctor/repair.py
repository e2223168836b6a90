"""The doctor: what is wrong with an index, and how it is made whole again.

A repair takes the first of these that can be had: the generation that stands, the one
before it, a new one from the texts that the index remembers.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.indexer.building.build import MEMORY, WAIT, build
from onrecord.indexer.building.roots import is_kept_out
from onrecord.indexer.doctor.examine import Generations, look, recorded_sources, source_is_there
from onrecord.indexer.doctor.findings import Examination, Remedy, Repair
from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import is_there, is_within, key_of, member_parts, parted, path_of
from onrecord.indexer.report import Progress
from onrecord.indexer.segments.records import SourceRecord
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.indexer.store.disk import disk_errors_as_store_errors
from onrecord.indexer.store.generation import Generation, SegmentEntry
from onrecord.indexer.store.store import CURRENT, LOCK, PREVIOUS, Store

__all__ = ["repair"]


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
    look(store)  # before a folder is made for the lock
    with disk_errors_as_store_errors(store.path):
        _clear_the_way(store)
    with store.locked(wait=wait):
        found = look(store)
        before = found.examination(store)
        recorded = recorded_sources(store, found)
        if found.current is not None and before.healthy:
            return Repair(before, Remedy.KEPT, found.current.number, swept=_sweep(store, found))
        if found.previous is not None and found.previous.number and not found.previous_faults:
            return _go_back(store, found, before, recorded)
    asked = store.asked_for()
    roots = _roots(paths, asked, recorded)
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


def _roots(paths: Sequence[Path | str], asked: Generation, recorded: dict[str, SourceRecord]) -> list[Path]:
    """Return what to build the index from: the paths given, those known, files recorded beside them.

    None where none of them is there; else those that are not are among them, so that they stay known.
    """
    roots = [*map(key_of, paths), *(root for root in asked.roots if is_there(path_of(root)))]
    for key, source in recorded.items():
        if source_is_there(key) and not any(is_within(key, root) for root in roots):
            roots.append(_root_of(key, source.relative_path))
    missing = [root for root in asked.roots if not is_there(path_of(root))] if roots else []
    return [path_of(root) for root in dict.fromkeys([*roots, *missing])]


def _root_of(key: str, place: str) -> str:
    """Return what was indexed when a file was: addresses are made of its path below that, and shall stay."""
    parts = member_parts(Path(key))
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


def _go_back(
    store: Store, found: Generations, before: Examination, recorded: dict[str, SourceRecord]
) -> Repair:
    assert found.previous is not None
    number = max(found.previous.number + 1, found.current.number if found.current else 0) + 1
    # What was asked for is not gone back from: the table that can be read has it as it was at last.
    asked = found.current or found.previous
    segments = tuple(_without_what_was_taken_out(store, entry, asked) for entry in found.previous.segments)
    generation = replace(asked, number=number, segments=segments, addresses=found.previous.addresses)
    store.put(generation, keep=None)
    swept = tuple(map(str, store.sweep()))
    return Repair(before, Remedy.WENT_BACK, number, swept=swept, lost=_lost(store, recorded))


def _without_what_was_taken_out(store: Store, entry: SegmentEntry, asked: Generation) -> SegmentEntry:
    """Delete in a segment what was taken out of the index since."""
    sources = store.segment(entry).sources
    gone = {
        statement
        for key in sources.live_keys()
        if parted(key, asked.roots) is None or is_kept_out(key, roots=asked.roots, removed=asked.removed)
        for statement in sources.statements(key)
    }
    return replace(entry, deleted=tuple(sorted({*entry.deleted, *gone})))


def _sweep(store: Store, found: Generations) -> tuple[str, ...]:
    swept = [*store.sweep()]
    if found.previous_faults:
        with disk_errors_as_store_errors(store.path):
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
