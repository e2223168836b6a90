"""Build, update and remove: what happens to an index when texts come in, change or go."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.indexer.building.naming import outermost
from onrecord.indexer.building.update_pass import UpdatePass
from onrecord.indexer.errors import SourceError
from onrecord.indexer.paths import is_there, is_within, key_of
from onrecord.indexer.report import Progress, Report
from onrecord.indexer.store.former_addresses import read_addresses
from onrecord.indexer.store.store import Store

__all__ = ["build", "remove", "update"]

Paths = Path | str | Sequence[Path | str]
#: How long a writer waits for another one, in seconds.
WAIT = 60.0
#: Memory that a build may take, all processes together, in MiB.
MEMORY = 1024


def build(
    paths: Paths = (),
    *,
    into: Path | str,
    progress: Callable[[Progress], None] | None = None,
    wait: float = WAIT,
    memory: int = MEMORY,
    doubts: bool = False,
    addresses: Path | str | None = None,
) -> Report:
    r"""Build a fresh index from files and folders, and put it in the place of the one that stands.

    Without ``paths`` the index is built from those it was given before. Readers
    keep the old index until the new one is whole. ``progress`` is called before
    each file. Raises `SourceError` for a path that is not there, `IndexLocked`
    when another writer holds the index for longer than ``wait`` seconds. ``memory``
    is what all processes of the build may take together, in MiB: with less, there are
    more and smaller segments. With ``doubts`` the report lists what was not understood.
    ``addresses`` is a file of addresses that another index gave (``onrecord addresses``): they lead to the
    same words here, or are known to be gone.

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
        doubts=doubts,
        addresses=addresses,
    )


def update(
    paths: Paths = (),
    *,
    into: Path | str,
    progress: Callable[[Progress], None] | None = None,
    wait: float = WAIT,
    memory: int = MEMORY,
    doubts: bool = False,
    addresses: Path | str | None = None,
) -> Report:
    """Bring an index up to date with files and folders; make it where there is none.

    New files are added, changed ones replaced, those that have vanished from the
    folders dropped, all others left alone; contents are compared, not times.
    Parameters and errors are those of `build`.
    """
    return _revise(
        paths,
        into=into,
        fresh=False,
        progress=progress,
        wait=wait,
        memory=memory,
        doubts=doubts,
        addresses=addresses,
    )


def remove(paths: Paths, *, into: Path | str, wait: float = WAIT) -> Report:
    """Take files, or all files of folders, out of the index; the files themselves stay.

    Raises `SourceError` for a path of which nothing is indexed, `IndexMissing` where
    there is no index.
    """
    began = time.monotonic()
    store = Store(into)
    store.generation()  # before the folder of an index that is not there is made for the lock
    with store.writer(wait=wait) as writer:
        update_pass = UpdatePass(writer, None, MEMORY)
        roots = list(writer.previous.generation.roots)
        dropped: list[str] = []
        for path in _as_list(paths):
            within = list(update_pass.catalogue.paths(within=key_of(path)))
            if not within:
                raise SourceError(path, "nothing of it is in the index; onrecord status lists what is.")
            for key in within:
                update_pass.drop(key)
            dropped += within
            roots = [root for root in roots if not is_within(root, key_of(path))]
        update_pass.name_again(dropped)
        return replace(update_pass.finish(tuple(roots)), seconds=time.monotonic() - began)


def _revise(
    paths: Paths,
    *,
    into: Path | str,
    fresh: bool,
    progress: Callable[[Progress], None] | None,
    wait: float,
    memory: int,
    doubts: bool,
    addresses: Path | str | None,
) -> Report:
    began = time.monotonic()
    brought = [] if addresses is None else read_addresses(addresses)
    given = [_existing(path) for path in _as_list(paths)]
    with Store(into).writer(fresh=fresh, wait=wait) as writer:
        before = writer.previous.generation.roots
        roots = given or [_existing(path) for path in before]
        if not roots:
            raise SourceError(into, "no texts are known to this index; name a file or a folder of them.")
        update_pass = UpdatePass(writer, progress, memory, doubted=doubts, brought=brought)
        update_pass.run(roots)
        known = () if writer.fresh else before
        return replace(update_pass.finish(outermost([*known, *roots])), seconds=time.monotonic() - began)


def _as_list(paths: Paths) -> list[Path]:
    return [Path(paths)] if isinstance(paths, Path | str) else [Path(path) for path in paths]


def _existing(path: Path | str) -> Path:
    if not is_there(path):
        raise SourceError(
            path, "there is no such file or folder; to take it out of the index use onrecord index --remove."
        )
    return Path(path)
