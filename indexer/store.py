"""The index on disk: the one room that knows files, generations and the lock.

::

    .onrecord/
        CURRENT              which folder counts; replaced by one rename
        LOCK                 held by the one writer
        words-000001/        a Whoosh index, a fresh one for every rebuild
            catalogue-1.json one for each commit of that Whoosh index

A reader takes a `Snapshot`: it keeps the generation it was opened on, whatever
is written meanwhile. A writer holds the lock; until `StoreWriter.commit` returns
nothing that it did can be seen, and a writer that dies leaves the old index.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from whoosh import index as whoosh_index
from whoosh.util.filelock import FileLock, try_for

from indexer.catalogue import Catalogue, CataloguedSource
from indexer.errors import IndexDamaged, IndexLocked, IndexMissing
from indexer.schema import document, paragraph_schema
from indexer.statement import Statement

__all__ = ["Snapshot", "Store", "StoreWriter"]

FORMAT_VERSION = 1
_FOLDER = re.compile(r"words-(\d{6})")
_CATALOGUE = re.compile(r"catalogue-(\d+)\.json")
# A rebuild may delete the folder between reading CURRENT and opening it; each try reads CURRENT again.
_OPEN_TRIES = 5
# Megabytes of postings that Whoosh gathers before it spills them to a file.
_POSTING_BUFFER = 256
# Seconds between two tries to take the lock.
_LOCK_DELAY = 0.1


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One generation, open for reading: a Whoosh reader and where its catalogue lies."""

    reader: Any
    folder: Path
    whoosh_generation: int

    def catalogue(self) -> Catalogue:
        """Read the catalogue of this generation."""
        return _read_catalogue(self.folder, self.whoosh_generation)

    def close(self) -> None:
        """Let go of the files; `Store.open` gives the next snapshot."""
        self.reader.close()


class Store:
    """The folder of an index. Making one touches nothing."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def exists(self) -> bool:
        """Tell whether there is an index to open."""
        return (self.path / "CURRENT").exists()

    def open(self) -> Snapshot:
        """Open the current generation (`IndexMissing`, `IndexDamaged`)."""
        for remaining in reversed(range(_OPEN_TRIES)):
            folder = self.current_folder()
            try:
                opened: Any = whoosh_index.open_dir(str(folder))
                reader = opened.reader()
                return Snapshot(reader, folder, reader.generation())
            except Exception as error:
                if not remaining:
                    raise IndexDamaged(
                        f"{self.path}: the index cannot be read; make it anew with onrecord index --rebuild.",
                        path=self.path,
                    ) from error
        raise AssertionError("unreachable")

    def current_folder(self) -> Path:
        """Return the folder that CURRENT names (`IndexMissing`, `IndexDamaged`)."""
        try:
            pointer = json.loads((self.path / "CURRENT").read_text("utf-8"))
            version, name = pointer["version"], pointer["folder"]
        except (FileNotFoundError, NotADirectoryError) as error:
            raise IndexMissing(
                f"{self.path}: there is no index here; make one with onrecord index PATH.", path=self.path
            ) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(
                f"{self.path}: the file CURRENT cannot be read; make it anew with onrecord index --rebuild.",
                path=self.path,
            ) from error
        if version != FORMAT_VERSION or not _FOLDER.fullmatch(str(name)):
            raise IndexDamaged(
                f"{self.path}: the index was written by another version of On Record; "
                "make it anew with onrecord index --rebuild.",
                path=self.path,
            )
        return self.path / str(name)

    def writer(self, *, fresh: bool = False, wait: float = 60.0) -> StoreWriter:
        """Take the lock and return a writer.

        ``fresh`` begins an empty index beside the one that stands, which is
        left readable until the commit. Another writer is waited for, at most
        ``wait`` seconds (`IndexLocked`).
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise IndexMissing(
                f"{self.path}: this is a file; name a folder for the index with --index DIR.", path=self.path
            ) from error
        lock = FileLock(str(self.path / "LOCK"))
        if not try_for(lock.acquire, timeout=wait, delay=_LOCK_DELAY):
            raise IndexLocked(
                f"{self.path}: another onrecord index has been writing here for {wait:g} seconds; "
                "try again when it has finished.",
                path=self.path,
            )
        try:
            return StoreWriter(self, lock, fresh=fresh or not self.exists())
        except BaseException:
            lock.release()
            raise


class StoreWriter:
    """Adds and removes statements; a context manager that discards what was not committed."""

    def __init__(self, store: Store, lock: Any, *, fresh: bool) -> None:
        self._store = store
        self._lock = lock
        self.fresh = fresh
        self._writer: Any = None
        current = self._standing_folder()
        if current is not None:
            _sweep(store.path, keep=current.name)
        self.previous = self._standing_catalogue(current)
        self._folder = _next_folder(store.path) if current is None or fresh else current

    def add(self, statement: Statement) -> None:
        """Add every paragraph of a statement."""
        writer = self._whoosh()
        for paragraph in statement.paragraphs:
            writer.add_document(**document(statement, paragraph))

    def remove(self, slug: str) -> None:
        """Remove every paragraph of a statement."""
        self._whoosh().delete_by_term("statement", slug)

    def commit(self, *, roots: tuple[str, ...], sources: dict[str, CataloguedSource]) -> Catalogue:
        """Make all of it the next generation, with this catalogue, and return the catalogue."""
        writer = self._whoosh()
        catalogue = Catalogue(self.previous.generation + 1, roots, sources)
        _write_durably(self._folder / f"catalogue-{writer.generation}.json", catalogue.dump())
        self._writer = None
        writer.commit()
        if self.fresh:
            pointer = {"version": FORMAT_VERSION, "folder": self._folder.name}
            _write_durably(self._store.path / "CURRENT", json.dumps(pointer))
            _sweep(self._store.path, keep=self._folder.name)
        _drop_old_catalogues(self._folder, keep=writer.generation)
        return catalogue

    def close(self) -> None:
        """Discard what was not committed and release the lock."""
        try:
            if self._writer is not None:
                self._writer.cancel()
                if self.fresh:
                    shutil.rmtree(self._folder, ignore_errors=True)
        finally:
            self._writer = None
            self._lock.release()

    def __enter__(self) -> StoreWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _whoosh(self) -> Any:
        """Open the Whoosh writer at the first change, so that no change writes nothing."""
        if self._writer is None:
            if self.fresh:
                self._folder.mkdir()
                opened = whoosh_index.create_in(str(self._folder), paragraph_schema())
            else:
                opened = whoosh_index.open_dir(str(self._folder))
            self._writer = opened.writer(limitmb=_POSTING_BUFFER)
        return self._writer

    def _standing_folder(self) -> Path | None:
        """Find the folder that stands; a rebuild goes on over a damaged pointer."""
        try:
            return self._store.current_folder()
        except IndexMissing:
            return None
        except IndexDamaged:
            if self.fresh:
                return None
            raise

    def _standing_catalogue(self, folder: Path | None) -> Catalogue:
        """Read the catalogue that stands; a rebuild goes on without one that is damaged."""
        if folder is None:
            return Catalogue()
        try:
            opened: Any = whoosh_index.open_dir(str(folder))
            return _read_catalogue(folder, opened.latest_generation())
        except Exception as error:
            if self.fresh:
                return Catalogue()
            raise IndexDamaged(
                f"{self._store.path}: the index cannot be read; make it anew with onrecord index --rebuild.",
                path=self._store.path,
            ) from error


def _next_folder(path: Path) -> Path:
    """Name the folder of a rebuild: after every folder that is there."""
    numbers = [
        int(found[1]) for found in (_FOLDER.fullmatch(folder.name) for folder in path.iterdir()) if found
    ]
    return path / f"words-{max(numbers, default=0) + 1:06}"


def _sweep(path: Path, *, keep: str) -> None:
    """Delete the folders of words but one: a dead writer's, or the index before a rebuild."""
    for folder in path.iterdir():
        if _FOLDER.fullmatch(folder.name) and folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)


def _read_catalogue(folder: Path, generation: int) -> Catalogue:
    path = folder / f"catalogue-{generation}.json"
    try:
        return Catalogue.load(path.read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(
            f"{path}: the catalogue cannot be read; make the index anew with onrecord index --rebuild.",
            path=folder.parent,
        ) from error


def _drop_old_catalogues(folder: Path, *, keep: int) -> None:
    """Delete the catalogues of generations that no new reader can open; the last but one stays."""
    for path in _catalogues(folder):
        if int(path.stem.removeprefix("catalogue-")) < keep - 1:
            with contextlib.suppress(OSError):
                path.unlink()


def _catalogues(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if _CATALOGUE.fullmatch(path.name))


def _write_durably(path: Path, text: str) -> None:
    """Replace a file by one rename, after its bytes have reached the disk."""
    aside = path.with_name(path.name + ".new")
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
