"""A revision of an index: one pass over the texts, and what it does to the index.

First the files are compared with what is indexed; then those that are new or have
changed are harvested into new segments; then the statements that they replace, and
those of files that have vanished, are deleted.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from onrecord.indexer.building.worker import Outcome, Task
from onrecord.indexer.building.worker_pool import harvest_together
from onrecord.indexer.errors import SourceError
from onrecord.indexer.reading.doubts import FACTS
from onrecord.indexer.report import Progress, Report, Skipped, Tally
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.sources import content_hash, find_closed, find_sources, find_strays, unmatched_entries
from onrecord.indexer.sources.archives import below
from onrecord.indexer.store.catalogue import Catalogue, is_within
from onrecord.indexer.store.store import StoreWriter

__all__ = ["Revision", "key_of"]


@dataclass(slots=True)
class Revision:
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
    doubts: dict[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)
    missing: Counter[str] = field(default_factory=Counter)
    catalogue: Catalogue = field(init=False)
    _seen: set[str] = field(default_factory=set)
    _closed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.catalogue = Catalogue(() if self.writer.fresh else self.writer.previous.segments)

    def run(self, roots: list[Path]) -> None:
        """Bring the index up to date with everything below some paths."""
        tasks = []
        files = self._look(roots)
        for path, place in files:
            task = self._compare(path, place)
            if task is not None:
                tasks.append(task)
        self._harvest(tasks, done=len(files) - len(tasks))
        self._drop_vanished(roots)
        self._look_for_unmatched([path for path, _ in files])

    def drop(self, key: str) -> None:
        """Take a file out of the index."""
        source = self.catalogue.source(key)
        if source is not None:
            self.writer.delete(source.segment, source.statements)
            self.removed += source.tally

    def finish(self, roots: tuple[str, ...]) -> Report:
        """Commit, if anything was done, and report."""
        generation = self.writer.previous.generation
        done = self.writer.fresh or (self.added, self.changed, self.removed) != (Tally(), Tally(), Tally())
        if done:
            generation = self.writer.commit(roots)
        return Report(
            added=self.added,
            changed=self.changed,
            removed=self.removed,
            unchanged=self.unchanged,
            skipped=tuple(sorted(self.skipped, key=lambda skipped: skipped.path)),
            failed=_each_once(self.failed),
            unmatched=tuple(sorted(self.unmatched)),
            missing={name: self.missing[name] for name in FACTS if self.missing[name]},
            doubts=tuple(
                {"path": path, **doubt} for path, doubts in sorted(self.doubts.items()) for doubt in doubts
            ),
            generation=generation.number,
            written=done,
        )

    def _look(self, roots: Iterable[Path]) -> list[tuple[Path, str]]:
        """List the files to read, each once, with its place below its root."""
        found: dict[str, tuple[Path, str]] = {}
        for root in roots:
            for path in find_sources(root):
                place = below(path, root)
                found.setdefault(key_of(path), (path, _storable(place)))
            self.skipped += [Skipped(_shown(path), "hidden, or no file") for path in find_strays(root)]
            for error in find_closed(root):
                self.failed.append(error)
                self._closed.append(key_of(error.source))
        return list(found.values())

    def _compare(self, path: Path, place: str) -> Task | None:
        """Return what is to be done about a file, None where it is as it was."""
        key = key_of(path)
        self._seen.add(key)
        known = self.catalogue.source(key)
        if known is None:
            return Task(key, str(path), _shown(path), place, content_hash="")
        try:
            digest = content_hash(path)
        except SourceError as error:
            self.failed.append(error)
            return None
        if known.record.content_hash == digest:
            self.unchanged += known.tally
            return None
        return Task(
            key, str(path), _shown(path), known.record.relative_path, digest, apart=known.record.disambiguator
        )

    def _harvest(self, tasks: list[Task], *, done: int) -> None:
        """Harvest, count what became of the files, and set apart those whose addresses would clash."""
        shown = {task.key: task.shown for task in tasks}
        total = done + len(tasks)
        written = []
        self._tell(done, total)
        for became in harvest_together(tasks, self.writer.folder, memory=self.memory):
            if isinstance(became, Path):
                written.append(became)
                continue
            self._count(became, shown[became.key])
            done += 1
            self._tell(done, total, shown[became.key])
        self._tell(total, total)
        again = self._clashing(tasks, [Segment(path) for path in written])
        for path in written:
            self.writer.add(path, without={task.key for task in again})
        for became in harvest_together(again, self.writer.folder, memory=self.memory):
            if isinstance(became, Path):
                self.writer.add(became)

    def _tell(self, done: int, total: int, path: str = "") -> None:
        if self.progress is not None:
            self.progress(Progress(done, total, path))

    def _clashing(self, tasks: Sequence[Task], segments: Sequence[Segment]) -> list[Task]:
        """Return the files that need another slug: one that is taken, or that two of them have."""
        claims: defaultdict[str, list[str]] = defaultdict(list)
        for segment in segments:
            for slug, key in segment.slugs_of_sources():
                claims[slug].append(key)
        clashing = {
            key
            for slug, claimed in claims.items()
            for key in claimed
            if len(claimed) > 1 or self._taken(slug, key)
        }
        hashes = {
            key: record.content_hash
            for segment in segments
            for key in clashing
            if (record := segment.sources.find(key)) is not None
        }
        same: Counter[tuple[str, str]] = Counter()
        again = []
        for task in sorted((task for task in tasks if task.key in clashing), key=lambda task: task.key):
            digest = hashes[task.key]
            same[task.place, digest] += 1
            again.append(replace(task, apart=f"{digest} {same[task.place, digest]}"))
        return again

    def _taken(self, slug: str, key: str) -> bool:
        """Tell whether a slug belongs to another file than this one."""
        standing = self.catalogue.statement_named(slug)
        if standing is None:
            return False
        known = self.catalogue.source(key)
        return known is None or not known.holds(standing)

    def _look_for_unmatched(self, paths: Sequence[Path]) -> None:
        """Note which corrections fit no file; what cannot be read of them has failed already."""
        with suppress(SourceError):
            self.unmatched += unmatched_entries(paths)

    def _count(self, became: Outcome, shown: str) -> None:
        known = self.catalogue.source(became.key)
        self.unmatched += became.unmatched
        self.missing.update(name for doubt in became.doubts for name in doubt["missing"])
        if self.doubted and became.doubts:
            self.doubts[shown] = became.doubts
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

    def _drop_vanished(self, roots: Iterable[Path]) -> None:
        """Drop what was indexed from these folders and is there no longer."""
        for root in roots:
            for key in list(self.catalogue.paths(within=key_of(root))):
                if key not in self._seen and not any(is_within(key, closed) for closed in self._closed):
                    self._seen.add(key)
                    self.drop(key)


def _each_once(errors: Iterable[SourceError]) -> tuple[SourceError, ...]:
    """Return errors in order of their files; one that kept several files from being read comes once."""
    different = {(error.source, error.line or 0, error.reason): error for error in errors}
    return tuple(error for _, error in sorted(different.items()))


def key_of(path: Path | str) -> str:
    """Return what identifies a file in the catalogue: its absolute path, as text that can be stored."""
    absolute = os.path.abspath(path)  # noqa: PTH100  (Path.resolve would follow the links in a folder of links)
    return _storable(absolute)


def _storable(path: str) -> str:
    """Return a path as text, whatever bytes it is made of; different paths stay different."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _shown(path: Path) -> str:
    """Return a path that can be printed and stored, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "replace")
