"""Build, update and remove: what happens to an index when texts come in, change or go."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.building.failures import told_before, unread_of, unread_still
from onrecord.indexer.building.roots import merge_roots, still_removed
from onrecord.indexer.building.survey import Scope
from onrecord.indexer.building.update_pass import UpdatePass, state_of
from onrecord.indexer.errors import IndexDamaged, IndexMissing, IndexOutdated, SourceError
from onrecord.indexer.paths import display_path, is_within, key_of, path_of
from onrecord.indexer.reading.doubts import FACTS, doubt_of, is_listed, listed_twice
from onrecord.indexer.reading.sample import Sample
from onrecord.indexer.report import Doubt, Progress, Report
from onrecord.indexer.sources.files import find_sources, is_present
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.indexer.store.former_addresses import KnownAddress, read_addresses
from onrecord.indexer.store.seen import Seen
from onrecord.indexer.store.store import Store, StoreWriter

if TYPE_CHECKING:
    from onrecord.indexer.segments.records import StatementRecord

__all__ = ["SAMPLE", "build", "remove", "update"]

Paths = Path | str | Sequence[Path | str]
#: How long a writer waits for another one, in seconds.
WAIT = 60.0
#: Memory that a build may take, all processes together, in MiB.
MEMORY = 1024
#: How many sure values are drawn for a person to check.
SAMPLE = 100


def build(
    paths: Paths = (),
    *,
    into: Path | str,
    progress: Callable[[Progress], None] | None = None,
    wait: float = WAIT,
    memory: int = MEMORY,
    doubts: bool = False,
    sample: int = SAMPLE,
    seed: int = 0,
    addresses: Path | str | None = None,
    ocr: bool = False,
) -> Report:
    r"""Build a fresh index from files and folders, and put it in the place of the one that stands.

    Without ``paths`` the index is built from those it was given before. Readers
    keep the old index until the new one is whole. Of a file that cannot be read, or a path that is gone or
    empty all of a sudden, what the old one has is taken over, and `Report.needs_eyes` is true. ``progress``
    is called before each file. Raises `SourceError` where none of the paths is there, `IndexLocked`
    when another writer holds the index for longer than ``wait`` seconds. ``memory``
    is what all processes of the build may take together, in MiB: with less, there are
    more and smaller segments. With ``doubts`` the report lists what was not understood of any statement, and
    has a ``sample`` of so many of the values that are sure, drawn by ``seed``.
    ``addresses`` is a file of addresses that another index gave (``onrecord addresses``): they lead to the
    same words here, or are known to be gone. With ``ocr`` pages of PDFs that are pictures are read by text
    recognition, and their statements say so (`NotInstalled` where it is not there).

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     text = Path(folder, "panama.txt")
    ...     _ = text.write_text("Statement by Panama\n\nThe canal is ours.", "utf-8")
    ...     build(text, into=Path(folder, "index")).added
    Tally(statements=1, paragraphs=1)
    """
    return _revise(
        paths,
        into=into,
        fresh=True,
        progress=progress,
        wait=wait,
        memory=memory,
        listed=_Listed(sample, seed) if doubts else None,
        addresses=addresses,
        ocr=ocr,
    )


def update(
    paths: Paths = (),
    *,
    into: Path | str,
    progress: Callable[[Progress], None] | None = None,
    wait: float = WAIT,
    memory: int = MEMORY,
    doubts: bool = False,
    sample: int = SAMPLE,
    seed: int = 0,
    addresses: Path | str | None = None,
    check: bool = False,
    ocr: bool = False,
    waiting: Collection[Path | str] = (),
) -> Report:
    """Bring an index up to date with files and folders; make it where there is none.

    New files are added, changed ones replaced, those that have vanished from the
    folders dropped, all others left alone. A file has changed when what it holds has, whatever its times say;
    it is opened where its size, its times or its number on the disk are others than they were, or tell
    nothing yet, and with ``check`` always. A folder that was
    indexed and is found again elsewhere has moved. An index that an older version wrote is built anew, where
    its texts are there (else `IndexOutdated`). ``waiting`` are files and folders that are still being
    written, or have only just gone: they stay as the index has them. Other parameters and errors are those
    of `build`.
    """
    return _revise(
        paths,
        into=into,
        fresh=False,
        progress=progress,
        wait=wait,
        memory=memory,
        listed=_Listed(sample, seed) if doubts else None,
        addresses=addresses,
        check=check,
        ocr=ocr,
        waiting=waiting,
    )


def remove(paths: Paths, *, into: Path | str, wait: float = WAIT) -> Report:
    """Take files, or all files of folders, out of the index; the files themselves stay.

    What lies below a path that is indexed stays out of later updates and rebuilds, until it is
    named to one of them. Raises `SourceError` for a path of which nothing is indexed, `IndexMissing`
    where there is no index.
    """
    began = time.monotonic()
    store = Store(into)
    store.generation()  # before the folder of an index that is not there is made for the lock
    with store.writer(wait=wait) as writer:
        update_pass = UpdatePass(writer, None, MEMORY)
        before = writer.before
        roots, removed = list(before.roots), list(before.removed)
        dropped: list[str] = []
        for path in _as_list(paths):
            key = key_of(path)
            within = list(update_pass.catalogue.paths(within=key))
            below = any(is_within(key, root) and key != root for root in roots)
            if not (within or key in roots or (below and is_present(path))):
                raise SourceError(path, "nothing of it is in the index; onrecord status lists what is.")
            for one in within:
                update_pass.drop(one)
            dropped += within
            roots = [root for root in roots if not is_within(root, key)]
            removed = [one for one in removed if not is_within(one, key)]
            if below:
                removed.append(key)
        update_pass.name_again(dropped)
        report = update_pass.finish(tuple(roots), removed=tuple(removed), links=before.links)
        gone = map(key_of, _as_list(paths))
        store.note_unread(unread_still(store.unread(), looked_through=gone))
        return replace(report, seconds=time.monotonic() - began)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is to be listed of all statements beside doubts: how many sure values, drawn by which seed."""

    sample: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a run was asked for, with the parameters of `build`."""

    named: list[Path]
    nowhere: list[SourceError]  #: of paths that were named, and are not there
    fresh: bool
    progress: Callable[[Progress], None] | None
    memory: int
    listed: _Listed | None  #: what is to be listed of all statements
    brought: Sequence[KnownAddress]  #: addresses that another index gave
    check: bool
    ocr: bool
    waiting: frozenset[str]  #: keys of what is still being written


def _revise(
    paths: Paths,
    *,
    into: Path | str,
    fresh: bool,
    progress: Callable[[Progress], None] | None,
    wait: float,
    memory: int,
    listed: _Listed | None,
    addresses: Path | str | None,
    check: bool = False,
    ocr: bool,
    waiting: Collection[Path | str] = (),
) -> Report:
    if ocr:
        from onrecord.indexer.formats.pdf.recognition import require_recognition

        require_recognition()
    began = time.monotonic()
    store = Store(into)
    brought = [] if addresses is None else read_addresses(addresses)
    named, nowhere = _sorted_out(_as_list(paths), store)
    written = frozenset(map(key_of, waiting))
    wanted = _Wanted(named, nowhere, fresh, progress, memory, listed, brought, check, ocr, written)
    if not named:
        _check_known(store)
    try:
        with store.writer(fresh=fresh, wait=wait) as writer:
            report = _revised(wanted, store, writer)
    except IndexOutdated as error:
        roots = _texts_of_outdated(error, wanted, store)
        with store.writer(fresh=True, wait=wait) as writer:
            report = replace(_revised(replace(wanted, named=roots), store, writer), outdated=True)
    return replace(report, seconds=time.monotonic() - began)


def _revised(wanted: _Wanted, store: Store, writer: StoreWriter) -> Report:
    """Do one pass and report it."""
    before = writer.before
    known = () if writer.fresh and wanted.named else before.roots
    # What is gone and was indexed is looked for all the same: what the index has of it is kept.
    gone = [error for error in wanted.nowhere if key_of(error.source) in before.roots]
    paths = [*wanted.named, *(Path(error.source) for error in gone)] or [path_of(root) for root in known]
    if not paths:
        raise _no_texts(store)
    removed = still_removed(before.removed, wanted.named)
    scope = Scope(
        paths=tuple(paths),
        roots=merge_roots(known, paths, removed=removed),
        before=before.roots,
        removed=removed,
        links=before.links,
        index=store.path,
        waiting=wanted.waiting,
    )
    update_pass = UpdatePass(writer, wanted.progress, wanted.memory, brought=wanted.brought, ocr=wanted.ocr)
    update_pass.run(scope, seen=_seen_before(wanted, store, writer))
    found = update_pass.found
    report = update_pass.finish(
        update_pass.roots_after(known, paths), removed=found.removed, links=found.links
    )
    update_pass.note_seen(store)
    nowhere = [error for error in wanted.nowhere if error not in gone]
    report = replace(report, absent=(*report.absent, *nowhere))
    now = unread_of(update_pass.failed, found.absent)
    unread = store.unread()
    store.note_unread([*unread_still(unread, looked_through=map(key_of, paths)), *now])
    told = told_before([*report.failed, *report.absent], before=unread, now=now)
    report = replace(report, told=told)
    return report if wanted.listed is None else _with_doubts(report, store, wanted.listed)


def _seen_before(wanted: _Wanted, store: Store, writer: StoreWriter) -> Seen:
    """Return what may be believed of what was seen; of what lies in the future, by the clock, nothing."""
    if writer.fresh or wanted.check:
        return Seen()
    seen = store.seen(state_of(store, writer.before))
    return seen if seen.at <= time.time_ns() else Seen()


def _with_doubts(report: Report, store: Store, listed: _Listed) -> Report:
    """List what is not understood of any statement of the index, and draw some of what is sure."""
    doubts: dict[str, tuple[str, Doubt]] = {}
    from_list: list[tuple[StatementRecord, str]] = []
    sample = Sample(listed.sample, seed=listed.seed)
    for entry in Catalogue(store.open().segments).entries():
        key = entry.key or ""
        path = display_path(path_of(key)) if key else entry.record.source
        sample.see(entry.record, path=path)
        doubt = doubt_of(entry.record, path=path)
        if doubt is not None:
            doubts[entry.record.slug] = key, doubt
        if is_listed(entry.record):
            from_list.append((entry.record, path))
    for record, path in listed_twice(from_list):
        doubt = doubt_of(record, path=path, twice=True)
        if doubt is not None:
            doubts[record.slug] = path, doubt
    missing = Counter(name for _, doubt in doubts.values() for name in doubt.missing)
    return replace(
        report,
        doubts=tuple(doubt for _, doubt in sorted(doubts.values(), key=lambda found: found[0])),
        missing={name: missing[name] for name in FACTS if missing[name]},
        sample=sample.drawn(),
    )


def _sorted_out(paths: list[Path], store: Store) -> tuple[list[Path], list[SourceError]]:
    """Part the paths that are there from those that are not, for which there is an error."""
    there, nowhere = [], []
    for path in paths:
        if is_present(path):
            there.append(path)
        else:
            advice = "to take it out of the index use onrecord index --remove."
            nowhere.append(SourceError(path, f"there is no such file or folder; {advice}"))
        if is_within(key_of(path), key_of(store.path)):
            raise SourceError(path, "this is the index itself; name the files or the folder of the texts.")
    if nowhere and not there:
        raise nowhere[0]
    return there, nowhere


def _check_known(store: Store) -> None:
    """Refuse to look for texts where no index is, before a folder is made for one."""
    try:
        store.generation()
    except IndexMissing as error:
        raise _no_texts(store) from error
    except IndexDamaged:
        return  # the writer sees what can be made of it


def _no_texts(store: Store) -> SourceError:
    return SourceError(store.path, "no texts are known to this index; name a file or a folder of them.")


def _texts_of_outdated(error: IndexOutdated, wanted: _Wanted, store: Store) -> list[Path]:
    """Return what to build an index anew from that an older version wrote (the error, where texts lack)."""
    known = store.asked_for().roots
    texts = [path for path in map(path_of, known) if is_present(path) and any(find_sources(path))]
    if error.newer or len(texts) < len(known) or not (known or wanted.named):
        raise error
    return [*texts, *wanted.named]


def _as_list(paths: Paths) -> list[Path]:
    return [Path(paths)] if isinstance(paths, Path | str) else [Path(path) for path in paths]
