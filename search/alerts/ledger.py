"""The ledger: what of each saved search was delivered, paragraph by paragraph, in a file beside the index.

Of a paragraph its address and its words are kept, the words once for all searches: their hash follows from
them, and what has changed can be shown word by word after the index has long forgotten it. The file is one
line that says what it is, with the CRC-32 of the rest, and JSON, compressed. It is written beside and
renamed: whoever looks finds the old one or the new one. It may be a stranger's, so only what `Ledger.dump`
writes is accepted.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import zstandard

from onrecord.indexer.cluster.address import path_beside
from onrecord.indexer.errors import AlertError
from onrecord.indexer.store.disk import read_bounded, sync_folder, write_aside
from onrecord.indexer.store.lock import Lock

__all__ = ["Delivered", "Ledger", "Paragraphs", "hash_of", "ledger_beside", "one_run_at_a_time"]

_VERSION = 1
_HEAD = re.compile(rb"onrecord ledger ([0-9]{1,9}) ([0-9a-f]{8})\n")
_LONGEST_HEAD = 64
# Bytes above which a ledger is not read: those of ten million paragraphs.
_LARGEST = 1 << 31
# What it may unpack to: so many bytes in any case, and so many times its size. Statements take four times.
_ROOM = 1 << 26
_RATIO = 200
_LARGEST_NUMBER = 1 << 31
_LEVEL = 3
#: Seconds that one run waits for another.
_WAIT = 10.0


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs of a statement that were delivered: the words of each by its number.

    ``digest`` tells that the statement still says the same (`search.results.hits.Standing`).
    """

    digest: bytes
    texts: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was delivered of a saved search, by the slugs of statements.

    ``question`` is the saved search as plain data. ``before`` says how often paragraphs were delivered that
    are no longer, or have another address, by the hash of their words: so each piece of news has a name of
    its own.
    """

    question: Mapping[str, Any]
    statements: Mapping[str, Paragraphs] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)

    @property
    def paragraphs(self) -> int:
        """How many paragraphs were delivered."""
        return sum(len(one.texts) for one in self.statements.values())


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was delivered of each saved search, by its name; ``runs`` counts the runs that delivered some."""

    searches: Mapping[str, Delivered] = field(default_factory=dict)
    runs: int = 0

    def of(self, name: str) -> Delivered | None:
        """Return what was delivered of a saved search, None where it never was."""
        return self.searches.get(name)

    def with_delivered(self, name: str, delivered: Delivered) -> Ledger:
        """Return the ledger once the news of a search were delivered."""
        return replace(self, searches={**self.searches, name: delivered})

    def without(self, name: str) -> Ledger:
        """Return the ledger without a search."""
        return replace(self, searches={one: self.searches[one] for one in self.searches if one != name})

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """Read the file, which may not be there yet; a damaged one is an `AlertError`."""
        try:
            return cls.load(read_bounded(path, _LARGEST))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError) as error:
            reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
            raise AlertError(
                f"{path}: the ledger of what was delivered is damaged ({reason}); put back a copy of it, or "
                "take it away and run onrecord alerts --since-first, which takes all there is for delivered.",
                path=path,
            ) from error

    def write(self, path: Path) -> None:
        """Put the ledger in the place of the file, whole or not at all (`AlertError`)."""
        try:
            write_aside(path, self.dump()).replace(path)
            sync_folder(path.parent)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise AlertError(
                f"{path}: what was delivered could not be noted ({reason}), so that the next run delivers it "
                "again, under the same names; see that there is room and that you may write there.",
                path=path,
            ) from error

    def dump(self) -> bytes:
        """Write the file: the same ledger gives the same bytes."""
        texts: dict[str, int] = {}
        searches = {}
        for name in sorted(self.searches):
            one = self.searches[name]
            statements = {}
            for slug in sorted(one.statements):
                held = one.statements[slug]
                numbers = sorted(held.texts)
                at = [texts.setdefault(held.texts[number], len(texts)) for number in numbers]
                statements[slug] = [held.digest.hex(), numbers, at]
            searches[name] = {
                "question": dict(one.question),
                "statements": statements,
                "before": {key: one.before[key] for key in sorted(one.before)},
            }
        data = {"runs": self.runs, "searches": searches, "texts": list(texts)}
        written = json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode()
        packed = zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True).compress(written)
        return b"onrecord ledger %d %08x\n%b" % (_VERSION, zlib.crc32(packed), packed)

    @classmethod
    def load(cls, data: bytes) -> Ledger:
        """Read what `dump` wrote; anything else is a `ValueError`."""
        head = _HEAD.match(data[:_LONGEST_HEAD])
        if head is None:
            raise ValueError("it is no ledger")
        if int(head[1]) != _VERSION:
            raise ValueError("another version of on record wrote it")
        packed = memoryview(data)[head.end() :]
        if b"%08x" % zlib.crc32(packed) != head[2]:
            raise ValueError("its checksum is another")
        try:
            return _ledger(json.loads(_unpacked(packed)))
        except (zstandard.ZstdError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError("it says what no ledger says") from error


def hash_of(text: str) -> str:
    """Return the SHA-256 of a paragraph's text, as `Hit.hash` has it."""
    return sha256(text.encode()).hexdigest()


def ledger_beside(index: Path | str) -> Path:
    """Return the file for an index: it has the name of its folder, and lies beside it.

    >>> ledger_beside("/texts/.onrecord").name
    '.onrecord.alerts'
    """
    folder = Path(os.path.abspath(path_beside(index)))  # noqa: PTH100  # without dots, links as they are
    return folder.with_name(f"{folder.name}.alerts")


@contextmanager
def one_run_at_a_time(path: Path, *, wait: float = _WAIT) -> Iterator[None]:
    """Hold the lock of a ledger, waiting a while for another run (`AlertError`)."""
    file = path.with_name(f"{path.name}.lock")
    try:
        lock = Lock.take(file, wait=wait)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise AlertError(
            f"{file}: the ledger cannot be locked ({reason}); see that you may write there.", path=file
        ) from error
    if lock is None:
        raise AlertError(
            f"{path}: another run of onrecord alerts is delivering; run this one when it is done.", path=path
        )
    try:
        yield
    finally:
        lock.release()


def _unpacked(packed: memoryview) -> bytes:
    size = zstandard.frame_content_size(packed)
    if not 0 <= size <= max(_ROOM, _RATIO * len(packed)):
        raise ValueError("it is larger than any ledger")
    return zstandard.ZstdDecompressor().decompress(packed)


def _ledger(data: Any) -> Ledger:
    if set(data) != {"runs", "searches", "texts"}:
        raise ValueError("it says what no ledger says")
    texts = [_text(one) for one in data["texts"]]
    searches = {_text(name): _delivered(one, texts) for name, one in data["searches"].items()}
    return Ledger(searches, _number(data["runs"]))


def _delivered(data: Any, texts: list[str]) -> Delivered:
    statements = {
        slug: _paragraphs(digest, numbers, at, texts)
        for slug, (digest, numbers, at) in data["statements"].items()
    }
    before = {key: _number(times) for key, times in data["before"].items()}
    question = data["question"]
    if not isinstance(question, dict):
        raise TypeError("a question is none")
    return Delivered(question, statements, before)


def _paragraphs(digest: Any, numbers: Any, at: Any, texts: list[str]) -> Paragraphs:
    held = {
        _number(number): texts[_number(place, below=len(texts))]
        for number, place in zip(numbers, at, strict=True)
    }
    return Paragraphs(bytes.fromhex(digest), held)


def _number(value: Any, *, below: int = _LARGEST_NUMBER) -> int:
    if type(value) is not int or not 0 <= value < below:
        raise ValueError("a number is none")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is none")
    value.encode()  # half a character can be spelled, and could not be written: a `ValueError`
    return value
