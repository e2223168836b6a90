"""What a path is to an index: the file it opens, the key that identifies it, the names it goes by.

A member of a zip archive is a file like any other: ``letters/a.txt`` in ``b.zip`` has the path
``b.zip!/letters/a.txt``. Paths may be made of any bytes; the texts made of them here can be stored and
printed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

__all__ = [
    "SLASH",
    "SourceFile",
    "around",
    "display_path",
    "is_there",
    "is_within",
    "key_below",
    "key_of",
    "member_parts",
    "member_path",
    "parted",
    "parted_key",
    "path_of",
    "relative_path",
]

#: What parts the names in a key, on every system.
SLASH = "/"
_MARK = re.compile(r"\.zip(?P<mark>!/)", re.IGNORECASE)
# A byte as text where a path is none; and a backslash of the path itself, where it would be taken for one.
_ESCAPE = re.compile(rb"\\x([0-9a-f]{2})")
_LIKE_AN_ESCAPE = re.compile(rb"\\(?=x[0-9a-f]{2})")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, under all its names.

    ``key`` is its absolute path and identifies it in the index, ``relative_path`` its path below the
    indexed folder, of which addresses are made, ``display_path`` the path as the user knows it.
    ``disambiguator`` tells it from a file of the same relative path below another folder; it is empty where
    there is none.
    """

    path: Path
    key: str
    relative_path: str
    display_path: str
    disambiguator: str = ""

    @classmethod
    def below(cls, root: Path, path: Path) -> Self:
        """Name a file that was found at or below an indexed path."""
        return cls(path, key_of(path), _storable(relative_path(path, root)), display_path(path))

    @classmethod
    def alone(cls, path: Path) -> Self:
        """Name a file that is indexed by its own path."""
        return cls.below(path, path)


def is_there(path: Path | str) -> bool:
    """Tell whether there is such a file or folder; under a name that no file can have there is none.

    (`Path.exists` raises where the name is too long.)
    """
    return os.path.exists(path)  # noqa: PTH110


def key_of(path: Path | str) -> str:
    """Return what identifies a file in an index: its absolute path with slashes, as text to be stored."""
    absolute = os.path.abspath(path)  # noqa: PTH100  (Path.resolve would follow the links in a folder of links)
    return _storable(absolute.replace(os.sep, SLASH))


def key_below(folder: str, name: str) -> str:
    """Return the key of an entry of a folder, or of a member of an archive (``b.zip!``), by its name.

    >>> key_below("/texts", "a.txt")
    '/texts/a.txt'
    """
    return f"{folder.rstrip(SLASH)}{SLASH}{_storable(name)}"


def parted_key(key: str) -> tuple[str, str]:
    """Part the key of a file into that of its folder, or of the archive that it is a member of, and the rest.

    >>> parted_key("/texts/a.txt"), parted_key("/texts/b.zip!/letters/a.txt")
    (('/texts', 'a.txt'), ('/texts/b.zip!', 'letters/a.txt'))
    """
    found = _MARK.search(key)
    if found:
        return key[: found.end("mark") - 1], key[found.end("mark") :]
    folder, name = os.path.split(key)
    return folder, name


def path_of(key: str) -> Path:
    """Return the path that has a key, whatever bytes it is made of: the path that opens the file.

    >>> path_of(key_of("/texts/a.txt"))
    PosixPath('/texts/a.txt')
    """
    return Path(os.fsdecode(_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), key.encode())))


def around(key: str) -> Iterator[str]:
    """Yield the keys of the folders around a file from the outermost on, the archive, and its own.

    >>> list(around("/texts/b.zip!/a.txt"))
    ['/', '/texts', '/texts/b.zip', '/texts/b.zip!/a.txt']
    """
    yield SLASH
    at = key.find(SLASH, 1)
    while at >= 0:
        yield key[: at - 1] if key[at - 1] == "!" else key[:at]
        at = key.find(SLASH, at + 1)
    yield key


def parted(key: str, roots: Container[str]) -> tuple[str, str] | None:
    """Part the key of a file into the folder that was indexed and the path below it; None outside of all.

    A file or an archive that was indexed by its own path lies in its folder; of several roots the outermost
    counts.

    >>> parted("/texts/2021/a.txt", {"/texts/2021", "/texts"})
    ('/texts', '2021/a.txt')
    >>> parted("/texts/b.zip!/a.txt", {"/texts/b.zip"})
    ('/texts', 'b.zip!/a.txt')
    """
    root = next((folder for folder in around(key) if folder in roots), None)
    if root is None:
        return None
    folder = root.rstrip(SLASH)
    if not key.startswith(folder + SLASH):
        folder = os.path.dirname(root).rstrip(SLASH)  # noqa: PTH120  (a key, and no path)
    return folder or SLASH, key[len(folder) + 1 :]


def is_within(key: str, root: str) -> bool:
    """Tell whether a file lies at or below a path, or in the archive that the path names, both as keys."""
    return key == root or key.startswith((root.rstrip(SLASH) + SLASH, f"{root}!/"))


def relative_path(path: Path, root: Path) -> str:
    """Return the path of a file below what was indexed: a folder, an archive, or the file itself."""
    if os.path.isdir(root):  # noqa: PTH112  (any name may come here, and a long one is none)
        return path.relative_to(root).as_posix()
    parts = member_parts(path)
    return f"{parts[0].name}!/{parts[1]}" if parts else path.name


def display_path(path: Path) -> str:
    """Return a path that can be printed and stored, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def member_parts(path: Path) -> tuple[Path, str] | None:
    """Part a member's path into the archive and the name in it; None where it is none of an archive.

    >>> member_parts(Path("texts/b.zip!/letters/a.txt"))
    (PosixPath('texts/b.zip'), 'letters/a.txt')
    """
    text = path.as_posix()
    found = _MARK.search(text)
    return (Path(text[: found.start("mark")]), text[found.end("mark") :]) if found else None


def member_path(archive: Path, name: str) -> Path:
    """Return the path of a member of an archive; `member_parts` parts it again."""
    return Path(f"{archive.as_posix()}!/{name}")


def _storable(path: str) -> str:
    """Return a path as text, whatever bytes it is made of; different paths stay different."""
    if path.isascii() and "\\" not in path:
        return path
    return _LIKE_AN_ESCAPE.sub(rb"\\x5c", os.fsencode(path)).decode("utf-8", "backslashreplace")
