"""An update pass: one pass over the texts, and what it does to the index.

The disk is surveyed; files that are new or have changed are read into new segments; then the statements that
they replace, and those of files that have vanished, are deleted. Of what cannot be read the index keeps what
it has: an update lets it stand, a rebuild takes it over from the index that stands.

Most runs find nothing to do. What reads texts, opens segments and follows addresses is loaded when there is
something to read: it would take such a run longer than to look at ten thousand files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.indexer.building.naming import Naming, outermost
from onrecord.indexer.building.program import mark_of_program
from onrecord.indexer.building.roots import merge_roots
from onrecord.indexer.building.second_look import SecondLook, Verdict, kind_of_skipped
from onrecord.indexer.building.survey import Scope, Survey, survey
from onrecord.indexer.building.task import NO_PARAGRAPHS, Outcome, Task
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.not_read import NO_READER, REASONS
from onrecord.indexer.paths import display_path, is_within, key_of, path_of
from onrecord.indexer.reading.doubts import FACTS
from onrecord.indexer.report import Progress, Report, Skipped, Tally
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.indexer.store.former_addresses import KnownAddress
from onrecord.indexer.store.generation import Generation
from onrecord.indexer.store.seen import SKIPPED, STANDS, Seen
from onrecord.indexer.store.store import Store, StoreWriter

__all__ = ["UpdatePass", "state_of"]

# An index has their numbers; whatever is new stands behind the others.
_REASONS = (NO_READER, NO_PARAGRAPHS, *REASONS[1:])


@dataclass(slots=True)
class UpdatePass:
    """One pass over the texts, and what was done so far; ``failed`` has errors with the keys of files."""

    writer: StoreWriter
    progress: Callable[[Progress], None] | None
    memory: int
    added: Tally = field(default_factory=Tally)
    changed: Tally = field(default_factory=Tally)
    removed: Tally = field(default_factory=Tally)
    unchanged: Tally = field(default_factory=Tally)
    moved: Tally = field(default_factory=Tally)
    kept: Tally = field(default_factory=Tally)
    failed: list[tuple[str, SourceError]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    unused_lists: list[str] = field(default_factory=list)
    missing: Counter[str] = field(default_factory=Counter)
    brought: Sequence[KnownAddress] = ()  #: addresses that another index gave
    ocr: bool = False  #: whether pages that are pictures are read
    found: Survey = field(default_factory=Survey)
    catalogue: Catalogue = field(init=False)
    standing: Catalogue = field(init=False)
    naming: Naming = field(init=False)
    _empty: set[str] = field(default_factory=set)  #: files that gave no statements
    _replaced: set[str] = field(default_factory=set)  #: files of which what was indexed is deleted
    _verdicts: dict[str, Verdict] = field(default_factory=dict)  #: what became of files that were looked into

    def __post_init__(self) -> None:
        self.standing = Catalogue(lambda: self.writer.previous.segments)
        self.catalogue = Catalogue(()) if self.writer.fresh else self.standing
        self.naming = Naming(self.catalogue, outermost(self.writer.before.roots))

    def run(self, scope: Scope, *, seen: Seen) -> None:
        """Bring the index up to date with everything below some paths (`SourceError` if none is there).

        ``seen`` is what was seen of them by the run before.
        """
        self.naming = Naming(self.catalogue, outermost(scope.roots))
        found = self.found = survey(
            scope, self.catalogue, self.naming, standing=self.standing, second=SecondLook(seen)
        )
        if self.writer.fresh and len(found.absent) == len(scope.paths):
            raise next(iter(found.absent.values()))
        self._replaced.update(found.vanished)
        self.unchanged += found.unchanged
        self.skipped += found.skipped
        self.failed += found.failed
        self._verdicts |= {file.key: (STANDS, known.tally) for file, known in found.standing}
        self._read(found.tasks, done=found.second.count + len(found.files) - len(found.tasks))
        for key in found.vanished:
            self.drop(key)
        if not self.writer.fresh:
            self._count_kept()
        if found.second.corrected or (found.second.lists and found.tasks):
            self._look_for_unmatched([*(file.path for file in found.files), *found.second.paths()])

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

    def finish(self, roots: tuple[str, ...], *, removed: tuple[str, ...], links: bool = False) -> Report:
        """Commit, if anything was done, and report; parameters are those of a `Generation`."""
        generation = self.writer.before
        texts = (self.added, self.changed, self.removed, self.moved)
        asked = (roots, removed) != (generation.roots, generation.removed)
        done = self.writer.fresh or asked or texts != (Tally(),) * len(texts)
        if done or self.brought:
            from onrecord.indexer.building.successors import addresses_after

            former = addresses_after(self.writer, moved=self._moved_to(), brought=self.brought)
            done = done or former is not None
        if done:
            generation = self.writer.commit(roots, removed=removed, links=links, former=former)
        return Report(
            added=self.added,
            changed=self.changed,
            removed=self.removed,
            unchanged=self.unchanged,
            moved=self.moved,
            kept=self.kept,
            skipped=tuple(sorted(self.skipped, key=lambda skipped: skipped.path)),
            failed=_each_once(error for _, error in self.failed),
            absent=_each_once(self.found.absent.values()),
            lost=tuple(sorted(self.lost)),
            moves=self.found.moves,
            linked=tuple(sorted(self.found.linked, key=lambda linked: linked.path)),
            unmatched=tuple(sorted(self.unmatched)),
            unused_lists=tuple(sorted(self.unused_lists)),
            missing={name: self.missing[name] for name in FACTS if self.missing[name]},
            generation=generation.number,
            written=done,
        )

    def note_seen(self, store: Store) -> None:
        """Remember what was seen of the texts, for the state in which the index is now."""
        generation = store.current_or_none()
        found = self.found
        seen = found.second.seen_now(
            self._verdicts,
            self._tally_before,
            state=state_of(store, generation),
            reasons=_REASONS,
            touched={*self._verdicts, *self._replaced, *found.was.values(), *(key for key, _ in self.failed)},
            roots=generation.roots,
            whole=not (found.closed or found.absent or found.waiting),
        )
        if replace(seen, at=found.second.seen.at) != found.second.seen:
            store.note_seen(seen)

    def _tally_before(self, key: str) -> Tally:
        known = None if key in self.found.reopened else self.catalogue.source(key)
        return known.tally if known is not None else self.found.reopened.get(key, Tally())

    def roots_after(self, known: Iterable[str], named: Sequence[Path]) -> tuple[str, ...]:
        """Return the roots of the index: those known, without those that were left for another place."""
        left = self.found.left
        return merge_roots(
            [root for root in known if root not in left],
            [path for path in named if key_of(path) not in left],
            removed=self.found.removed,
        )

    def _read(self, tasks: list[Task], *, done: int) -> None:
        """Read the files, count what became of them, and read again those whose addresses would clash."""
        shown = {task.file.key: task.file.display_path for task in tasks}
        total = done + len(tasks)
        written = []
        self._tell(done, total)
        if not tasks and not self.writer.fresh:
            self._tell(total, total)
            return
        from onrecord.indexer.building.worker_pool import read_together

        for became in read_together(self._as_asked(tasks), self.writer.folder, memory=self.memory):
            if isinstance(became, Path):
                written.append(became)
                continue
            self._count(became, shown[became.key])
            done += 1
            self._tell(done, total, shown[became.key])
        self._tell(total, total)
        carried = self._carry_over() if self.writer.fresh else []
        again = self._to_read_again(tasks, written, carried)
        for path in written:
            self.writer.add(path, without={task.file.key for task in again})
        for path in carried:
            self.writer.add(path)
        for became in read_together(self._as_asked(again), self.writer.folder, memory=self.memory):
            if isinstance(became, Path):
                self.writer.add(became)
            elif became.key not in shown:
                self.found.second.reopen(became.key)
                self._count(became, became.key)
            elif not became.statements:
                self._verdicts.pop(became.key, None)

    def _as_asked(self, tasks: list[Task]) -> list[Task]:
        """Say with each file how it is to be read."""
        return [replace(task, ocr=True) for task in tasks] if self.ocr else tasks

    def _to_read_again(
        self, tasks: list[Task], written: Sequence[Path], carried: Sequence[Path]
    ) -> list[Task]:
        """Return the tasks that read under another name, after what came of all files."""
        from onrecord.indexer.building.clashes import told_apart
        from onrecord.indexer.segments.segment import Segment

        renamed = {task.file.key: task for task in self.naming.without(self._empty)}
        named = [renamed.get(task.file.key, task) for task in tasks]
        read = [Segment(path) for path in written]
        beside = Catalogue([Segment(path) for path in carried]) if self.writer.fresh else self.catalogue
        clashing = told_apart(named, read, self.naming, beside, gone=self._replaced)
        return list((renamed | {task.file.key: task for task in clashing}).values())

    def _moved_to(self) -> dict[str, str]:
        """Return the keys of files that were found again elsewhere, by those that they had."""
        return {old: new for new, old in self.found.was.items()}

    def _carry_over(self) -> list[Path]:
        """Take what could not be read over from the index that stands."""
        if not (self.failed or self.found.absent):
            return []
        failed = {key for key, _ in self.failed}
        found_again = {*self.found.was.values()}
        gone = (*self.found.closed, *self.found.absent)

        def is_unread(key: str) -> bool:
            lost = key not in found_again and any(is_within(key, path) for path in gone)
            return lost or key in failed

        from onrecord.indexer.segments.segment import Segment

        carried = self.writer.carry(is_unread)
        for path in carried.paths:
            segment = Segment(path)
            self.kept += Tally(len(segment.statements), len(segment))
        self.lost += [
            f"{display_path(path_of(key))}: its statements could not be kept" for key in carried.lost
        ]
        if not carried.whole:
            self.lost.append(
                f"{self.writer.folder}: the index that stood here could not be read in all its parts, "
                "and what it had of texts that cannot be read now may be gone"
            )
        return carried.paths

    def _count_kept(self) -> None:
        """Count what an update lets stand of what could not be read."""
        unread = {*self.found.closed, *self.found.absent, *(key for key, _ in self.failed)}
        keys = {key for path in unread for key in self.catalogue.paths(within=path)}
        for key in keys:
            source = self.catalogue.source(key)
            self.kept += source.tally if source is not None else Tally()

    def _tell(self, done: int, total: int, path: str = "") -> None:
        if self.progress is not None:
            self.progress(Progress(done, total, path))

    def _look_for_unmatched(self, paths: Sequence[Path]) -> None:
        """Note which corrections and lists fit no file; what cannot be read of them has failed already."""
        from onrecord.indexer.formats.speakers_list import lists_of_nothing
        from onrecord.indexer.sources.overrides import unmatched_entries

        lists = self.found.second.lists
        with suppress(SourceError):
            self.unmatched += unmatched_entries(paths) if self.found.second.corrected else []
        with suppress(SourceError):
            self.unused_lists += lists_of_nothing(lists, paths) if lists else []

    def _count(self, became: Outcome, shown: str) -> None:
        was = self.found.was.get(became.key)
        known = self.catalogue.source(was or became.key)
        self.unmatched += became.unmatched
        self.missing.update(became.missing)
        if became.skipped in _REASONS:
            self._verdicts[became.key] = SKIPPED + _REASONS.index(became.skipped), Tally()
        elif became.statements:
            self._verdicts[became.key] = STANDS, became.tally
        if became.statements:
            self._replaced.add(was or became.key)
        elif became.skipped is not None or known is None:
            self._empty.add(became.key)
        if became.failed is not None:
            source = became.failed_in or shown
            error = SourceError(source, became.failed, line=became.line, limit=became.limit)
            self.failed.append((was or became.key, error))
        elif became.skipped is not None:
            self.skipped.append(Skipped(shown, became.skipped, kind_of_skipped(shown, became.skipped)))
            if known is not None:
                self.drop(was or became.key)
        elif known is not None:
            self.writer.delete(known.segment, known.statements)
            if was is None:
                self.changed += became.tally
            else:
                self.moved += became.tally
        else:
            self.added += became.tally


def state_of(store: Store, generation: Generation) -> str:
    """Return what names the state of an index and of this program; "" where it has no name."""
    state = store.state(generation)
    return state and f"{state} {mark_of_program()}"


def _each_once(errors: Iterable[SourceError]) -> tuple[SourceError, ...]:
    """Return errors in order of their files; one that kept several files from being read comes once."""
    different = {(error.source, error.line or 0, error.reason): error for error in errors}
    return tuple(error for _, error in sorted(different.items()))
