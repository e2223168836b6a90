"""A folder in which pages of ours stand beside files of others: only what changed is written or taken away.

A list of what was written (`MANIFEST`) says which files are ours. A file that is not in it is never written
over and never deleted, and one of ours that somebody has changed since is not deleted either. Each file is
written under another name and then renamed, so that whoever looks finds the old one or the new one. What a
run that was stopped had written is known from its journal.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TextIO

from onrecord.indexer.errors import ExportError

__all__ = ["MANIFEST", "PublishedFolder"]

#: The list of the files of ours, with the SHA-256 of each.
MANIFEST = ".onrecord-published.json"
# Where a run writes before it renames: gone when it is done.
_WORK, _JOURNAL, _PART = ".onrecord-publishing", "journal", "part"
_VERSION = 1


class PublishedFolder:
    """Puts files into a folder; `finish` takes away those of ours that were not put this time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = 0
        self.removed = 0
        #: Files that are in the way and not ours to change, with what is the matter with each.
        self.left: dict[str, str] = {}
        folder.mkdir(parents=True, exist_ok=True)
        self._real = folder.resolve()
        self._known = _read_manifest(folder / MANIFEST)
        self._put: dict[str, str] = {}
        self._inside: dict[Path, bool] = {}
        self._work = folder / _WORK
        if self._work.is_symlink():
            raise ExportError(f"{self._work}: a link is in the way; take it away.", path=self._work)
        self._work.mkdir(exist_ok=True)
        for path, digest in _read_journal(self._work / _JOURNAL):
            self._known.setdefault(path, set()).add(digest)
        self._journal: TextIO = (self._work / _JOURNAL).open("a", encoding="utf-8", buffering=1)

    @property
    def files(self) -> int:
        """How many files of ours are in the folder."""
        return len(self._put)

    def put(self, path: str, content: bytes) -> None:
        """Write a file, by its path below the folder with ``/``, unless it is there as it should be."""
        target = self.folder / path
        if path in self._put:
            raise ValueError(f"{path} is written twice")
        if not self._is_inside(target.parent):
            self.left[path] = "lies behind a link or a file that is not of onrecord publish"
            return
        there = _content(target)
        digest = sha256(content).hexdigest()
        if there != content:
            if path not in self._known and os.path.lexists(target):
                self.left[path] = "was not written by onrecord publish"
                return
            if target.is_dir() and not target.is_symlink():
                self.left[path] = "is a folder"
                return
            self._journal.write(json.dumps([path, digest]) + "\n")
            self._write(target, content)
            self.written += 1
        self._put[path] = digest

    def finish(self) -> None:
        """Take away what is no longer published, and write down what is there."""
        for path in sorted(self._known.keys() - self._put.keys() - self.left.keys()):
            self._remove(path)
        listed = {"onrecord": _VERSION, "files": dict(sorted(self._put.items()))}
        written = json.dumps(listed, indent=0, ensure_ascii=False).encode(errors="surrogatepass") + b"\n"
        if _content(self.folder / MANIFEST) != written:
            self._write(self.folder / MANIFEST, written)
        self.close()
        for name in (_JOURNAL, _PART):
            (self._work / name).unlink(missing_ok=True)
        self._work.rmdir()

    def close(self) -> None:
        """Let go of the journal, which a run that was stopped leaves for the next one."""
        self._journal.close()

    def _write(self, target: Path, content: bytes) -> None:
        part = self._work / _PART
        part.write_bytes(content)
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)

    def _remove(self, path: str) -> None:
        target = self.folder / path
        if not self._is_inside(target.parent) or target.is_symlink() or not target.is_file():
            return
        content = _content(target)
        if content is None or sha256(content).hexdigest() not in self._known[path]:
            self.left[path] = "was changed since onrecord publish wrote it, and is no longer published"
            return
        target.unlink()
        self.removed += 1
        self._remove_empty(target.parent)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.folder:
            try:
                folder.rmdir()
            except OSError:  # something else is in it
                return
            folder = folder.parent

    def _is_inside(self, folder: Path) -> bool:
        """Tell whether a folder lies where its path says, or can be made there: behind no link, no file."""
        known = self._inside.get(folder)
        if known is None:
            nearest = next(one for one in (folder, *folder.parents) if os.path.lexists(one))
            relative = nearest.relative_to(self.folder) if nearest != self.folder else Path()
            known = nearest.is_dir() and nearest.resolve() == self._real / relative
            self._inside[folder] = known
        return known


def _content(path: Path) -> bytes | None:
    """Return what is in a file, None where there is none."""
    if path.is_symlink() or not path.is_file():
        return None
    return path.read_bytes()


def _read_manifest(path: Path) -> dict[str, set[str]]:
    content = _content(path)
    if content is None:
        return {}
    error: Exception | None = None
    try:
        listed = json.loads(content)
        files: Mapping[str, str] = listed["files"]
        if listed["onrecord"] == _VERSION:
            return {name: {str(digest)} for name, digest in files.items() if _is_below(name)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as caught:
        error = caught
    raise ExportError(
        f"{path}: it does not say which files are of onrecord publish; publish into another folder.",
        path=path,
    ) from error


def _read_journal(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the files that a stopped run wrote, or was about to; its last line may be cut."""
    content = _content(path)
    for line in (content or b"").splitlines():
        try:
            name, digest = json.loads(line)
        except (ValueError, TypeError):
            continue
        if isinstance(name, str) and isinstance(digest, str) and _is_below(name):
            yield name, digest


def _is_below(name: str) -> bool:
    """Tell whether a name leads nowhere but below the folder: a list may come from anyone."""
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and not name.startswith("/")
        and ".." not in parts
        and "\0" not in name
        and "\\" not in name
    )
