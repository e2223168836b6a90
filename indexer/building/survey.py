"""The survey: what lies below some paths, compared with what is indexed of it. Nothing is changed here.

A file is unchanged when the hash of what it held is that of what it holds. It is not hashed where it was seen
before, and nothing about it says that it may have changed since (`indexer.building.second_look`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.indexer.building.links import names_of_one
from onrecord.indexer.building.moves import find_moved
from onrecord.indexer.building.naming import Naming
from onrecord.indexer.building.roots import is_kept_out
from onrecord.indexer.building.second_look import SecondLook
from onrecord.indexer.building.task import Task
from onrecord.indexer.errors import IndexDamaged, SourceError
from onrecord.indexer.paths import SourceFile, around, display_path, is_within, key_of, path_of
from onrecord.indexer.report import Linked, Move, Skipped, Tally
from onrecord.indexer.sources.files import Found, Listing, is_present, listings
from onrecord.indexer.store.catalogue import Catalogue, CataloguedSource

__all__ = ["Scope", "Survey", "survey"]

_TAKEN_OUT = "it was taken out with --remove; name it to take it in again"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: the ``paths`` of this run, and what the index holds besides.

    ``roots`` are the keys of all paths that the index is to hold, ``before`` of those that it held,
    ``removed`` what was taken out below them, ``links`` whether files were reached through links. ``index``
    is the folder of the index itself. ``waiting`` has the keys of files and folders that are still being
    written: whatever became of them stays as the index has it.
    """

    paths: tuple[Path, ...]
    roots: tuple[str, ...]
    before: tuple[str, ...]
    removed: tuple[str, ...]
    links: bool
    index: Path
    waiting: frozenset[str] = frozenset()

    def is_waiting(self, key: str) -> bool:
        """Tell whether a file, or a folder around it, is still being written."""
        return bool(self.waiting) and not self.waiting.isdisjoint(around(key))


@dataclass(slots=True)
class Survey:
    """What was found: files to read, files that are as they were, and keys of files that have vanished."""

    files: list[SourceFile] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)  #: files that are new or have changed
    #: files that are as they were
    standing: list[tuple[SourceFile, CataloguedSource]] = field(default_factory=list)
    #: files that the index keeps as it has them, since they are still being written
    waiting: dict[str, CataloguedSource] = field(default_factory=dict)
    was: dict[str, str] = field(default_factory=dict)  #: the keys that known files had before
    vanished: list[str] = field(default_factory=list)
    unchanged: Tally = field(default_factory=Tally)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[tuple[str, SourceError]] = field(default_factory=list)  #: with the key of each
    closed: list[str] = field(default_factory=list)  #: keys of folders that cannot be opened
    absent: dict[str, SourceError] = field(default_factory=dict)  #: roots that are gone or empty
    moves: tuple[Move, ...] = ()
    left: list[str] = field(default_factory=list)  #: roots that were moved with all that they held
    removed: tuple[str, ...] = ()  #: what stays taken out, at the place to which it was moved
    linked: list[Linked] = field(default_factory=list)
    links: bool = False
    second: SecondLook = field(default_factory=SecondLook)  #: what stands without having been opened
    reopened: dict[str, Tally] = field(
        default_factory=dict
    )  #: what the index has of files that stood till now


def survey(
    scope: Scope,
    catalogue: Catalogue,
    naming: Naming,
    *,
    standing: Catalogue,
    second: SecondLook,
) -> Survey:
    """Look through files and folders, each file once, under the names that it has to have.

    ``catalogue`` is what to compare with, nothing for a rebuild, and ``standing`` what the index holds.
    ``second`` knows what was seen before.
    What lies in a folder that cannot be opened is not known, and has not vanished; nor has what
    lies below a root that is not there, or empty all of a sudden.
    """
    found = Survey(removed=scope.removed, links=scope.links, second=second)
    files: dict[str, SourceFile] = {}
    there = []
    for root in scope.paths:
        if _look_below(root, scope, naming, standing, found, files):
            there.append(root)
    for key in second.alone:
        second.reopen(key)
    _leave_what_is_written(scope, files, catalogue, found)
    found.links = found.links or second.links
    names = names_of_one(files, catalogue, links=found.links)
    found.linked = names.linked
    with suppress(IndexDamaged):  # of an index that is built anew: what was in it is not known
        _follow_moves(scope, standing, found, files)
    found.was |= names.was
    for key in (*names.was.values(), *names.doubles):
        second.reopen(key)
    kept_out = files.keys() - _without_kept_out(files, scope, found).keys()
    found.skipped += [Skipped(display_path(files.pop(key).path), _TAKEN_OUT, "taken out") for key in kept_out]
    found.files = list(files.values())
    _compare(catalogue, found)
    old = {*found.was.values()}
    unknown = (*found.closed, *found.absent)
    found.vanished = [
        key
        for key in dict.fromkeys([*_indexed(there, catalogue, second), *names.doubles])
        if key not in files and key not in old and not any(is_within(key, folder) for folder in unknown)
    ]
    _keep(filter(scope.is_waiting, found.vanished), catalogue, found)
    found.vanished = [key for key in found.vanished if key not in found.waiting]
    naming.settle(found)
    for task in found.tasks:
        if task.file.key not in files:
            second.reopen(task.file.key)
    found.skipped += second.skipped
    _count_unchanged(catalogue, found)
    return found


def _leave_what_is_written(
    scope: Scope, files: dict[str, SourceFile], catalogue: Catalogue, found: Survey
) -> None:
    """Take out of the files those that are still being written; what the index has of them stays."""
    waiting = [key for key in files if scope.is_waiting(key)]
    for key in waiting:
        del files[key]
    _keep(waiting, catalogue, found)


def _keep(keys: Iterable[str], catalogue: Catalogue, found: Survey) -> None:
    """Note of which files the index keeps what it has."""
    for key in keys:
        known = catalogue.source(key)
        if known is not None:
            found.waiting[key] = known


def _indexed(there: Sequence[Path], catalogue: Catalogue, second: SecondLook) -> Iterator[str]:
    """Yield what is indexed below some paths and does not stand; nothing where nothing can have vanished."""
    if second.has_lost:
        standing = {*second.standing()}
        for root in there:
            yield from (key for key in catalogue.paths(within=key_of(root)) if key not in standing)


def _count_unchanged(catalogue: Catalogue, found: Survey) -> None:
    found.unchanged = found.second.tally()
    for key in found.second.reopened():
        known = catalogue.source(key)
        found.reopened[key] = known.tally if known is not None else Tally()
        found.unchanged -= found.reopened[key]
    for known in (*(known for _, known in found.standing), *found.waiting.values()):
        found.unchanged += known.tally


def _look_below(
    root: Path,
    scope: Scope,
    naming: Naming,
    standing: Catalogue,
    found: Survey,
    files: dict[str, SourceFile],
) -> bool:
    """Note what lies below a root; False where nothing does, and the index has something of it."""
    if not is_present(root):
        found.absent[key_of(root)] = _gone(root, "it is not there any more")
        return False
    found.links = found.links or os.path.realpath(root) != os.path.abspath(root)  # noqa: PTH100
    sources = 0
    before = found.second.count
    found.second.begin(root, outer=naming.around(root))
    for one in _found_below(root, scope, found.second):
        if one.error is not None:
            found.failed.append((key_of(one.path), one.error))
            found.closed.append(key_of(one.path))
        elif one.stray is not None:
            found.skipped.append(_skipped(one))
        else:
            sources += 1
            found.links = found.links or one.linked
            files.setdefault(key_of(one.path), naming.file(one.path, root=root))
    if (
        not sources
        and found.second.count == before
        and not found.closed
        and _holds_any(standing, key_of(root))
        and not _was_looked_through(key_of(root), found.second, files)
    ):
        found.absent[key_of(root)] = _gone(root, "there is nothing in it any more")
        return False
    return True


def _was_looked_through(root: str, second: SecondLook, files: Mapping[str, SourceFile]) -> bool:
    """Tell whether texts of a path were found already, since a folder around it was named before it."""
    return second.has_texts(root) or any(is_within(key, root) for key in files)


def _found_below(root: Path, scope: Scope, second: SecondLook) -> Iterator[Found]:
    """Yield what there is to look into, and what is passed over."""
    for one in listings(root, index=scope.index):
        if isinstance(one, Listing):
            yield from second.look(one)
        else:
            if one.is_source:
                second.alone.append(key_of(one.path))
            yield one


def _gone(root: Path, what: str) -> SourceError:
    return SourceError(
        root,
        f"{what}, and what the index has of it is kept; if it has moved, index its new place, "
        f"and if it is to go, take it out with onrecord index --remove {display_path(root)}.",
    )


def _holds_any(catalogue: Catalogue, root: str) -> bool:
    try:
        return any(True for _ in catalogue.paths(within=root))
    except IndexDamaged:
        return False


def _skipped(one: Found) -> Skipped:
    assert one.stray is not None
    return Skipped(display_path(one.path), one.stray.value, one.stray.value)


def _follow_moves(scope: Scope, standing: Catalogue, found: Survey, files: dict[str, SourceFile]) -> None:
    """Find again what lay below roots that are gone, also where a rebuild names them no longer."""
    roots = dict.fromkeys([*scope.roots, *scope.before, *found.absent])
    gone = [root for root in roots if root in found.absent or not is_present(path_of(root))]
    if not gone:
        return
    moved = find_moved(_without_kept_out(files, scope, found), gone, standing)
    found.moves = moved.roots
    for move in moved.roots:
        found.removed = tuple(_at_its_new_place(path, move) for path in found.removed)
    may_stand = _without_kept_out(files, scope, found)
    found.was |= {key: old for key, old in moved.files.items() if key in may_stand}
    again = {*found.was.values()}
    for root in gone:
        lost = [*standing.paths(within=root)]
        if lost and again.issuperset(lost) and is_present(path_of(root)):
            found.absent.pop(root, None)  # it is empty, since its files lie in other folders now
    for move in moved.roots:
        if move.old not in scope.roots:
            continue
        if all(key in again for key in standing.paths(within=move.old)):
            found.absent.pop(move.old, None)
            found.left.append(move.old)
        else:
            found.absent[move.old] = _gone(path_of(move.old), "only a part of it was found again")


def _without_kept_out(
    files: Mapping[str, SourceFile], scope: Scope, found: Survey
) -> Mapping[str, SourceFile]:
    if not found.removed:
        return files
    return {
        key: file
        for key, file in files.items()
        if not is_kept_out(key, roots=scope.roots, removed=found.removed)
    }


def _at_its_new_place(path: str, move: Move) -> str:
    return move.new + path.removeprefix(move.old) if is_within(path, move.old) else path


def _compare(catalogue: Catalogue, found: Survey) -> None:
    """Note what is to be done about the files that were opened."""
    before: list[tuple[SourceFile, CataloguedSource]] = []
    for file in found.files:
        known = catalogue.source(found.was.get(file.key, file.key))
        if known is None:
            found.tasks.append(Task(file, content_hash=""))
        else:
            before.append((file, known))
    if not before:
        return
    from onrecord.indexer.building.hashing import hash_together  # loaded where there is a file to hash

    hashes = hash_together([file.path for file, _ in before])
    for (file, known), held in zip(before, hashes, strict=True):
        if isinstance(held, SourceError):
            found.failed.append((file.key, held))
        elif file.key in found.was or (held, file.relative_path) != _as_read(known):
            found.tasks.append(Task(file, held))
        else:
            found.standing.append((file, known))


def _as_read(known: CataloguedSource) -> tuple[str, str]:
    return known.record.content_hash, known.record.relative_path
