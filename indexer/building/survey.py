"""The survey: what lies below some paths, compared with what is indexed of it. Nothing is changed here.

Contents are compared, not times: a file is unchanged when the hash of what it held is that of what it holds.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.indexer.building.links import names_of_one
from onrecord.indexer.building.moves import find_moved
from onrecord.indexer.building.naming import Naming
from onrecord.indexer.building.roots import is_kept_out
from onrecord.indexer.building.worker import Task
from onrecord.indexer.errors import IndexDamaged, SourceError
from onrecord.indexer.paths import SourceFile, display_path, is_within, key_of, path_of
from onrecord.indexer.reading.drafts import content_hash
from onrecord.indexer.report import Linked, Move, Skipped, Tally
from onrecord.indexer.sources.files import Found, is_present, look_through
from onrecord.indexer.store.catalogue import Catalogue, CataloguedSource

__all__ = ["Scope", "Survey", "survey"]

_TAKEN_OUT = "it was taken out with --remove; name it to take it in again"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: the ``paths`` of this run, and what the index holds besides.

    ``roots`` are the keys of all paths that the index is to hold, ``before`` of those that it held,
    ``removed`` what was taken out below them, ``links`` whether files were reached through links. ``index``
    is the folder of the index itself.
    """

    paths: tuple[Path, ...]
    roots: tuple[str, ...]
    before: tuple[str, ...]
    removed: tuple[str, ...]
    links: bool
    index: Path


@dataclass(slots=True)
class Survey:
    """What was found: files to read, files that are as they were, and keys of files that have vanished."""

    files: list[SourceFile] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)  #: files that are new or have changed
    #: files that are as they were
    standing: list[tuple[SourceFile, CataloguedSource]] = field(default_factory=list)
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


def survey(scope: Scope, catalogue: Catalogue, naming: Naming, *, standing: Catalogue) -> Survey:
    """Look through files and folders, each file once, under the names that it has to have.

    ``catalogue`` is what to compare with, nothing for a rebuild, and ``standing`` what the index holds.
    What lies in a folder that cannot be opened is not known, and has not vanished; nor has what
    lies below a root that is not there, or empty all of a sudden.
    """
    found = Survey(removed=scope.removed, links=scope.links)
    files: dict[str, SourceFile] = {}
    there = []
    for root in scope.paths:
        if _look_below(root, scope, naming, standing, found, files):
            there.append(root)
    names = names_of_one(files, catalogue, links=found.links)
    found.linked = names.linked
    with suppress(IndexDamaged):  # of an index that is built anew: what was in it is not known
        _follow_moves(scope, standing, found, files)
    found.was |= names.was
    kept_out = files.keys() - _without_kept_out(files, scope, found).keys()
    found.skipped += [Skipped(display_path(files.pop(key).path), _TAKEN_OUT, "taken out") for key in kept_out]
    found.files = list(files.values())
    for file in found.files:
        _compare(file, catalogue, found)
    indexed = dict.fromkeys(key for root in there for key in catalogue.paths(within=key_of(root)))
    old = {*found.was.values()}
    found.vanished = [
        key
        for key in dict.fromkeys([*indexed, *names.doubles])
        if key not in files and key not in old and not any(is_within(key, folder) for folder in found.closed)
    ]
    naming.settle(found)
    for _, known in found.standing:
        found.unchanged += known.tally
    return found


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
    for one in look_through(root, index=scope.index):
        if one.error is not None:
            found.failed.append((key_of(one.path), one.error))
            found.closed.append(key_of(one.path))
        elif one.stray is not None:
            found.skipped.append(_skipped(one))
        else:
            sources += 1
            found.links = found.links or one.linked
            files.setdefault(key_of(one.path), naming.file(one.path, root=root))
    if not sources and not found.closed and _holds_any(standing, key_of(root)):
        found.absent[key_of(root)] = _gone(root, "there is nothing in it any more")
        return False
    return True


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
    roots = dict.fromkeys([*scope.roots, *scope.before])
    gone = [root for root in roots if root in found.absent or not is_present(path_of(root))]
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


def _compare(file: SourceFile, catalogue: Catalogue, found: Survey) -> None:
    """Note what is to be done about a file."""
    known = catalogue.source(found.was.get(file.key, file.key))
    if known is None:
        found.tasks.append(Task(file, content_hash=""))
        return
    try:
        digest = content_hash(file.path)
    except SourceError as error:
        found.failed.append((file.key, error))
        return
    as_read = (known.record.content_hash, known.record.relative_path)
    if file.key not in found.was and as_read == (digest, file.relative_path):
        found.standing.append((file, known))
    else:
        found.tasks.append(Task(file, digest))
