"""The survey: what lies below some paths, compared with what is indexed of it. Nothing is changed here.

Contents are compared, not times: a file is unchanged when the hash of what it held is that of what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.indexer.building.naming import Naming
from onrecord.indexer.building.worker import Task
from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import SourceFile, display_path, is_within, key_of
from onrecord.indexer.reading.drafts import content_hash
from onrecord.indexer.report import Skipped, Tally
from onrecord.indexer.sources.files import find_closed, find_sources, find_strays
from onrecord.indexer.store.catalogue import Catalogue, CataloguedSource

__all__ = ["Survey", "survey"]


@dataclass(slots=True)
class Survey:
    """What was found: files to read, files that are as they were, and keys of files that have vanished."""

    files: list[SourceFile] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)  #: files that are new or have changed
    #: files that are as they were
    standing: list[tuple[SourceFile, CataloguedSource]] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    unchanged: Tally = field(default_factory=Tally)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[SourceError] = field(default_factory=list)


def survey(roots: Iterable[Path], catalogue: Catalogue, naming: Naming) -> Survey:
    """Look through files and folders, each file once, under the names that it has to have.

    What lies in a folder that cannot be opened is not known, and has not vanished.
    """
    roots = list(roots)
    found = Survey()
    files: dict[str, SourceFile] = {}
    closed: list[str] = []
    for root in roots:
        for path in find_sources(root):
            files.setdefault(key_of(path), naming.file(path, root=root))
        found.skipped += [Skipped(display_path(path), "hidden, or no file") for path in find_strays(root)]
        for error in find_closed(root):
            found.failed.append(error)
            closed.append(key_of(error.source))
    found.files = list(files.values())
    for file in found.files:
        _compare(file, catalogue, found)
    indexed = dict.fromkeys(key for root in roots for key in catalogue.paths(within=key_of(root)))
    found.vanished = [
        key for key in indexed if key not in files and not any(is_within(key, folder) for folder in closed)
    ]
    naming.settle(found)
    for _, known in found.standing:
        found.unchanged += known.tally
    return found


def _compare(file: SourceFile, catalogue: Catalogue, found: Survey) -> None:
    """Note what is to be done about a file."""
    known = catalogue.source(file.key)
    if known is None:
        found.tasks.append(Task(file, content_hash=""))
        return
    try:
        digest = content_hash(file.path)
    except SourceError as error:
        found.failed.append(error)
        return
    if (known.record.content_hash, known.record.relative_path) == (digest, file.relative_path):
        found.standing.append((file, known))
    else:
        found.tasks.append(Task(file, digest))
