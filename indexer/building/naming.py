"""Naming: by which path below which folder addresses know a file, and what tells it from another.

Addresses shall follow from the files alone, whatever was indexed first and from where. So the path of a file
is taken below the outermost folder that the index knows, and where files of several folders have one path,
each of them is told apart by what it holds. When that changes (a second file arrives, one goes, an outer
folder is indexed), the files are read again under their new names.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from onrecord.indexer.building.task import Task
from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import SLASH, SourceFile, key_of, member_parts, path_of
from onrecord.indexer.sources.archives import exists
from onrecord.indexer.store.catalogue import Catalogue, CataloguedSource

__all__ = ["BY_SLUG", "Naming", "Surveyed", "outermost", "under"]

#: What tells a file from one of another path that has the same letters by chance; it keeps that.
BY_SLUG = " by slug"


def outermost(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of some paths in order, leaving out what lies within another."""
    every = dict.fromkeys(keys)
    return tuple(key for key in every if not any(above in every for above in _above(key)))


class Surveyed(Protocol):
    """What a survey found, as far as names are settled by it."""

    tasks: list[Task]
    vanished: list[str]
    standing: list[tuple[SourceFile, CataloguedSource]]  #: files that hold what is indexed of them
    was: dict[str, str]  #: the keys that files had before they were found again elsewhere


@dataclass(slots=True)
class _Member:
    """One of the files that have the same path below their folders.

    ``task`` is how it is to be read, None where it stands, ``again`` how it would be read again then;
    ``held`` is the hash of what it holds, empty where nobody has looked into it.
    """

    key: str
    known: CataloguedSource | None
    held: str
    file: SourceFile | None = None  #: where it was looked through
    task: Task | None = None
    again: Task | None = None

    @property
    def stands_under(self) -> str | None:
        """What tells it apart as it stands; None of a file that is to be read anyway."""
        if self.known is None or self.task is not None:
            return None
        return self.known.record.disambiguator.replace(BY_SLUG, "")


@dataclass(slots=True)
class Naming:
    """Names for the files of one update; ``roots`` are all paths of the index as keys, none in another."""

    catalogue: Catalogue
    roots: Sequence[str]
    _around: dict[Path, str | None] = field(default_factory=dict)
    _shared: list[list[_Member]] = field(default_factory=list)  #: the files of each path that several have

    def around(self, root: Path) -> str:
        """Return the outermost path of the index around a path that was named; "" where there is none."""
        if root not in self._around:
            key = key_of(root)
            self._around[root] = next((one for one in (key, *_above(key)) if one in self.roots), None)
        return self._around[root] or ""

    def file(self, path: Path, *, root: Path) -> SourceFile:
        """Name a file that was found at or below a path, by its path below the outermost one."""
        file = SourceFile.below(root, path)
        outer = self.around(root) or None
        return file if outer is None else replace(file, relative_path=_below(outer, file.key))

    def settle(self, found: Surveyed) -> None:
        """Tell apart the files to read, and have those read again that stand under another name."""
        by_path: defaultdict[str, list[_Member]] = defaultdict(list)
        for file, known in found.standing:
            if len(self.roots) < 2 and not known.record.disambiguator:
                continue  # below one path no two files have the same, and a million are not asked for it
            member = _Member(file.key, known, known.record.content_hash, file=file)
            by_path[file.relative_path].append(member)
        for task in found.tasks:
            before = self.catalogue.source(found.was.get(task.file.key, task.file.key))
            member = _Member(task.file.key, before, task.content_hash, file=task.file, task=task)
            by_path[task.file.relative_path].append(member)
        looked_through = {member.key for members in by_path.values() for member in members}
        looked_through.update(found.vanished, found.was.values())
        for path in self._left(found):
            by_path[path] += []
        tasks = {task.file.key: task for task in found.tasks}
        for path, members in by_path.items():
            members += self._elsewhere(path, without=looked_through)
            for member in self._to_read(members):
                if member.task is not None:
                    tasks[member.key] = member.task
        found.tasks[:] = tasks.values()
        found.standing[:] = [one for one in found.standing if one[0].key not in tasks]

    def again(self, key: str) -> Task | None:
        """Return the task that reads a file of the index again; None where it can be read no longer."""
        known = self.catalogue.source(key)
        if known is None:
            return None
        member = _Member(key, known, known.record.content_hash)
        self._look_again(member)
        return member.again and under(member.again, known.record.disambiguator)

    def without(self, keys: Collection[str]) -> list[Task]:
        """Return what is to be read under another name, since some files gave no statements after all."""
        again = []
        for members in self._shared:
            left = [member for member in members if member.key not in keys]
            if len(left) < len(members):
                told = _told(left)
                again += [
                    under(member.task, told[member.key])
                    for member in left
                    if member.task and member.task.file.disambiguator != told[member.key]
                ]
        return again

    def _left(self, found: Surveyed) -> Iterator[str]:
        """Yield paths that a file had and has no longer: another that had the same may be alone now."""
        renamed = {
            found.was.get(task.file.key, task.file.key): task.file.relative_path for task in found.tasks
        }
        for key in [*found.vanished, *renamed] if len(self.roots) > 1 else found.vanished:
            left = self.catalogue.source(key)
            if left is not None and left.record.relative_path != renamed.get(key):
                yield left.record.relative_path

    def _to_read(self, members: list[_Member]) -> list[_Member]:
        """Return those of the files of one path that are to be read, with the tasks that name them."""
        if len(members) > 1:
            for member in members:
                self._look_into(member)
            members = [member for member in members if member.held]
            told = _told(members)
            if any(member.stands_under not in (None, told[member.key]) for member in members):
                for member in members:
                    self._look_again(member)
                told = _told(members, looked_again=True)
            self._shared.append(members)
        else:
            told = _told(members)
        return [member for member in members if self._takes_name(member, told[member.key])]

    def _takes_name(self, member: _Member, told_by: str) -> bool:
        """Give a file the task that reads it under its name; False where it stands under that, or has to."""
        if member.task is None:
            if member.stands_under == told_by:
                return False
            self._look_again(member)
            if member.again is None:
                return False
            member.task = member.again
        member.task = under(member.task, told_by)
        return True

    def _look_into(self, member: _Member) -> None:
        """Learn what a file holds that is to be read; where that fails, reading it will say why."""
        if member.task is not None and not member.held:
            from onrecord.indexer.reading.hashes import content_hash  # loaded where there is a file to hash

            with suppress(SourceError):
                member.held = content_hash(member.task.file.path)
                member.task = replace(member.task, content_hash=member.held)

    def _look_again(self, member: _Member) -> None:
        """Learn what a file holds now that stands, and may have to be read again."""
        if member.task is None and member.again is None and member.known is not None:
            from onrecord.indexer.reading.hashes import content_hash

            file = member.file or self._file_of(member.key, member.known)
            with suppress(SourceError):
                if exists(file.path):
                    member.held = content_hash(file.path)
                    member.again = Task(file, member.held)

    def _file_of(self, key: str, known: CataloguedSource) -> SourceFile:
        return SourceFile(path_of(key), key, known.record.relative_path, self.catalogue.shown(known))

    def _elsewhere(self, path: str, *, without: Collection[str]) -> Iterator[_Member]:
        """Yield the files of other roots that are indexed under a path.

        They are looked up by what their keys would be, so that an update of one file in an index of very
        many asks for a few.
        """
        if len(self.roots) < 2:
            return
        for key in dict.fromkeys(self._keys_for(path)):
            if key not in without:
                known = self.catalogue.source(key)
                if known is not None and known.record.relative_path == path:
                    yield _Member(key, known, known.record.content_hash)

    def _keys_for(self, path: str) -> Iterator[str]:
        first = path.partition("!/")[0]
        for root in self.roots:
            yield f"{root.rstrip(SLASH)}{SLASH}{path}"
            folder, name = os.path.split(root)
            if name == first:
                yield f"{folder.rstrip(SLASH)}{SLASH}{path}"


def _told(members: Sequence[_Member], *, looked_again: bool = False) -> dict[str, str]:
    """Return what tells each file of one path: what it holds, counted where they hold the same.

    One that stands and can be read no longer keeps its name, and no other takes it.
    """
    if len(members) < 2:
        return {member.key: "" for member in members}
    told: dict[str, str] = {}
    for member in members:
        if looked_again and member.stands_under is not None and member.again is None:
            told[member.key] = member.stands_under
    same: Counter[str] = Counter()
    for member in sorted(members, key=lambda member: member.key):
        while member.key not in told:
            same[member.held] += 1
            name = f"{member.held} {same[member.held]}"
            if name not in told.values():
                told[member.key] = name
    return told


def under(task: Task, disambiguator: str) -> Task:
    """Return a task that reads its file under another disambiguator."""
    return replace(task, file=replace(task.file, disambiguator=disambiguator))


def _above(key: str) -> Iterator[str]:
    """Yield all that a path lies within: folders, and archives."""
    while (folder := os.path.dirname(key)) != key:  # noqa: PTH120  (a key is a text)
        if folder.endswith("!"):
            yield folder.removesuffix("!")
        yield folder
        key = folder


def _below(root: str, key: str) -> str:
    """Return the path of a file below a root, both as keys; an archive and a file keep their own name."""
    folder = root.rstrip(SLASH) + SLASH
    if key.startswith(folder) and member_parts(Path(root)) is None:
        return key.removeprefix(folder)
    parts = member_parts(Path(key))
    return f"{parts[0].name}!/{parts[1]}" if parts else os.path.basename(key)  # noqa: PTH119
