"""An update pass: one pass over the texts, and what it does to the index.

The disk is surveyed; files that are new or have changed are read into new segments; then the statements that
they replace, and those of files that have vanished, are deleted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.indexer.building.clashes import told_apart
from onrecord.indexer.building.naming import Naming, outermost
from onrecord.indexer.building.successors import addresses_after
from onrecord.indexer.building.survey import Survey, survey
from onrecord.indexer.building.worker import Outcome, Task
from onrecord.indexer.building.worker_pool import read_together
from onrecord.indexer.errors import SourceError
from onrecord.indexer.reading.doubts import FACTS
from onrecord.indexer.report import Doubt, Progress, Report, Skipped, Tally
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.sources.overrides import unmatched_entries
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.indexer.store.former_addresses import KnownAddress
from onrecord.indexer.store.store import StoreWriter

__all__ = ["UpdatePass"]


@dataclass(slots=True)
class UpdatePass:
    """One pass over the texts, and what was done so far."""

    writer: StoreWriter
    progress: Callable[[Progress], None] | None
    memory: int
    doubted: bool = False  #: whether to keep what was not understood, a few hundred bytes a statement
    added: Tally = field(default_factory=Tally)
    changed: Tally = field(default_factory=Tally)
    removed: Tally = field(default_factory=Tally)
    unchanged: Tally = field(default_factory=Tally)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[SourceError] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    doubts: dict[str, tuple[Doubt, ...]] = field(default_factory=dict)
    missing: Counter[str] = field(default_factory=Counter)
    brought: Sequence[KnownAddress] = ()  #: addresses that another index gave
    catalogue: Catalogue = field(init=False)
    naming: Naming = field(init=False)
    _empty: set[str] = field(default_factory=set)  #: files that gave no statements
    _replaced: set[str] = field(default_factory=set)  #: files of which what was indexed is deleted

    def __post_init__(self) -> None:
        self.catalogue = Catalogue(() if self.writer.fresh else self.writer.previous.segments)
        self.naming = Naming(self.catalogue, self._known_roots())

    def run(self, roots: list[Path]) -> None:
        """Bring the index up to date with everything below some paths."""
        self.naming = Naming(self.catalogue, outermost([*self._known_roots(), *roots]))
        found = survey(roots, self.catalogue, self.naming)
        self._replaced.update(found.vanished)
        self.unchanged += found.unchanged
        self.skipped += found.skipped
        self.failed += found.failed
        self._read(found.tasks, done=len(found.files) - len(found.tasks))
        for key in found.vanished:
            self.drop(key)
        self._look_for_unmatched([file.path for file in found.files])

    def drop(self, key: str) -> None:
        """Take a file out of the index."""
        source = self.catalogue.source(key)
        if source is not None:
            self._replaced.add(key)
            self.writer.delete(source.segment, source.statements)
            self.removed += source.tally

    def name_again(self, dropped: Sequence[str]) -> None:
        """Read the files again whose names are others since some were dropped."""
        found = Survey(vanished=list(dropped))
        self.naming.settle(found)
        self._read(found.tasks, done=0)

    def finish(self, roots: tuple[str, ...]) -> Report:
        """Commit, if anything was done, and report."""
        generation = self.writer.previous.generation
        done = self.writer.fresh or (self.added, self.changed, self.removed) != (Tally(), Tally(), Tally())
        if done or self.brought:
            former = addresses_after(self.writer, brought=self.brought)
            done = done or former is not None
        if done:
            generation = self.writer.commit(roots, former=former)
        return Report(
            added=self.added,
            changed=self.changed,
            removed=self.removed,
            unchanged=self.unchanged,
            skipped=tuple(sorted(self.skipped, key=lambda skipped: skipped.path)),
            failed=_each_once(self.failed),
            unmatched=tuple(sorted(self.unmatched)),
            missing={name: self.missing[name] for name in FACTS if self.missing[name]},
            doubts=tuple(doubt for _, doubts in sorted(self.doubts.items()) for doubt in doubts),
            generation=generation.number,
            written=done,
        )

    def _read(self, tasks: list[Task], *, done: int) -> None:
        """Read the files, count what became of them, and read again those whose addresses would clash."""
        shown = {task.file.key: task.file.display_path for task in tasks}
        total = done + len(tasks)
        written = []
        self._tell(done, total)
        for became in read_together(tasks, self.writer.folder, memory=self.memory):
            if isinstance(became, Path):
                written.append(became)
                continue
            self._count(became, shown[became.key])
            done += 1
            self._tell(done, total, shown[became.key])
        self._tell(total, total)
        again = self._to_read_again(tasks, written)
        for path in written:
            self.writer.add(path, without={task.file.key for task in again})
        for became in read_together(again, self.writer.folder, memory=self.memory):
            if isinstance(became, Path):
                self.writer.add(became)
            elif became.key not in shown:
                self._count(became, became.key)

    def _to_read_again(self, tasks: list[Task], written: Sequence[Path]) -> list[Task]:
        """Return the tasks that read under another name, after what came of all files."""
        renamed = {task.file.key: task for task in self.naming.without(self._empty)}
        named = [renamed.get(task.file.key, task) for task in tasks]
        clashing = told_apart(named, [Segment(path) for path in written], self.naming, gone=self._replaced)
        return list((renamed | {task.file.key: task for task in clashing}).values())

    def _known_roots(self) -> tuple[str, ...]:
        return () if self.writer.fresh else self.writer.previous.generation.roots

    def _tell(self, done: int, total: int, path: str = "") -> None:
        if self.progress is not None:
            self.progress(Progress(done, total, path))

    def _look_for_unmatched(self, paths: Sequence[Path]) -> None:
        """Note which corrections fit no file; what cannot be read of them has failed already."""
        with suppress(SourceError):
            self.unmatched += unmatched_entries(paths)

    def _count(self, became: Outcome, shown: str) -> None:
        known = self.catalogue.source(became.key)
        self.unmatched += became.unmatched
        self.missing.update(name for doubt in became.doubts for name in doubt.missing)
        if self.doubted and became.doubts:
            self.doubts[shown] = became.doubts
        if became.statements:
            self._replaced.add(became.key)
        elif became.skipped is not None or known is None:
            self._empty.add(became.key)
        if became.failed is not None:
            source = became.failed_in or shown
            self.failed.append(SourceError(source, became.failed, line=became.line, limit=became.limit))
        elif became.skipped is not None:
            self.skipped.append(Skipped(shown, became.skipped))
            if known is not None:
                self.drop(became.key)
        elif known is not None:
            self.writer.delete(known.segment, known.statements)
            self.changed += became.tally
        else:
            self.added += became.tally


def _each_once(errors: Iterable[SourceError]) -> tuple[SourceError, ...]:
    """Return errors in order of their files; one that kept several files from being read comes once."""
    different = {(error.source, error.line or 0, error.reason): error for error in errors}
    return tuple(error for _, error in sorted(different.items()))
