r"""Corrections by a person, kept in a file beside the texts, where every rebuild finds them again.

``onrecord-overrides.yaml`` lies in the folder of a text or in any folder above it. It names files, by
their path below its folder, by a pattern of such paths (``*`` stands for any characters, ``?`` for one) or by
the SHA-256 of their bytes (so that a correction follows a file that is renamed), and says what is right. Of a
file of many statements it may name one, by the identifier that the source gives it or by its number as
``onrecord inspect`` counts::

    letters/*: {forum: General Assembly}
    letters/panama.txt:
      speaker: Panama
      date: ~
    sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08:
      forum: Security Council
    debates/2011-02-03.xml:
      statements:
        uk.org.publicwhip/debate/2011-02-03a.1.3: {speaker_role: chair}

What it says goes before front matter, sidecars and headings; ``~`` makes a value unknown. The nearest
file that names a text by its path or its hash is the one that counts; what that leaves open is
taken from patterns, of the nearest file first, and in a file of the one with the most letters of its own.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from hashlib import sha256
from pathlib import Path

from onrecord.indexer.limits import FILE_SIZE
from onrecord.indexer.sources.archives import Stamp, exists, stamp_of
from onrecord.indexer.sources.beside import OVERRIDES, files_above
from onrecord.indexer.sources.contents import chunks_of
from onrecord.indexer.sources.declared import FACTS, DeclaredValue, metadata_of, read_entries
from onrecord.indexer.statement import Finding, Metadata

__all__ = ["Override", "hash_of", "override_for", "unmatched_entries", "unmatched_statements"]

_STATEMENTS = "statements"
_BY_HASH = "sha256:"


@dataclass(frozen=True, slots=True)
class Override:
    """What a person says of one file or one statement: the values given, and the names of those not known.

    ``statements`` are the overrides of single statements, by identifier or number.
    """

    given: Metadata = field(default_factory=Metadata)
    unknown: frozenset[str] = frozenset()
    statements: Mapping[str, Override] = field(default_factory=dict)

    def laid_over(self, metadata: Metadata, *, number: int, source_id: str | None) -> Metadata:
        """Correct what was understood of the statement with this number and identifier in its file."""
        corrected = self.given.over(metadata).without(*self.unknown)
        for key in (str(number), source_id):
            own = self.statements.get(key) if key is not None else None
            if own is not None:
                corrected = own.laid_over(corrected, number=number, source_id=source_id)
        return corrected

    def over(self, wider: Override) -> Override:
        """Lay what is said of a text over what is said of more texts."""
        own = self.unknown | {name for name in FACTS if _given(self.given, name) is not None}
        others = {name: getattr(wider.given, name) for name in FACTS if name not in own}
        statements = {**wider.statements, **self.statements}
        for key in wider.statements.keys() & self.statements.keys():
            statements[key] = self.statements[key].over(wider.statements[key])
        return Override(replace(self.given, **others), self.unknown | (wider.unknown - own), statements)

    def stamp(self) -> bytes:
        """Return what changes when the override says something else."""
        said = {name: finding.value for name in FACTS if (finding := _given(self.given, name)) is not None}
        parts = [repr(sorted(said.items())), repr(sorted(self.unknown))]
        parts += [f"{key} {one.stamp()!r}" for key, one in sorted(self.statements.items())]
        return "\n".join(parts).encode("utf-8", "backslashreplace")


def override_for(path: Path) -> Override | None:
    """Return what overrides files say of a file; None where none names it.

    An overrides file that cannot be meant is a `SourceError` with the line to correct.
    """
    named = None
    wider: list[Override] = []
    for file, entries in _above(path):
        below = _below(path, file)
        if named is None:
            named = entries.by_name.get(below)
            if named is None and any(key.startswith(_BY_HASH) for key in entries.by_name):
                named = entries.by_name.get(hash_of(path))
        wider += [entry.override for entry in entries.patterns if entry.fits(below)]
    every = wider if named is None else [named.override, *wider]
    return reduce(Override.over, every) if every else None


def unmatched_entries(paths: Sequence[Path]) -> list[str]:
    """Name the entries above some files that fit no file, each with its place; `SourceError` as above."""
    folders = {path.parent: path for path in paths}
    files = {file: entries for path in folders.values() for file, entries in _above(path)}
    hashed = any(key.startswith(_BY_HASH) for entries in files.values() for key in entries.by_name)
    hashes = {hash_of(path) for path in paths} if hashed else set()
    unmatched = []
    for file, entries in sorted(files.items()):
        for entry in entries.by_name.values():
            if entry.key.startswith(_BY_HASH):
                fits = entry.key in hashes
            else:
                fits = exists(file.parent / entry.key) or _fits_any(entry, file, paths)
            if not fits:
                unmatched.append(f"{file}, line {entry.line}: {entry.key}")
    return unmatched


def _fits_any(entry: _Entry, file: Path, paths: Sequence[Path]) -> bool:
    """Tell whether a pattern fits any of some files, or else any on the disk that they are a part of."""
    if not entry.is_pattern or "\0" in entry.key:
        return False
    folder = f"{os.path.abspath(file.parent).rstrip(os.sep)}{os.sep}"  # noqa: PTH100
    known = (os.path.abspath(path) for path in paths)  # noqa: PTH100
    if any(entry.fits(Path(path[len(folder) :]).as_posix()) for path in known if path.startswith(folder)):
        return True
    first = os.path.abspath(file.parent / re.split(r"[*?]", entry.key)[0].rpartition("/")[0])  # noqa: PTH100
    return f"{first}{os.sep}".startswith(folder) and any(
        entry.fits(_below(Path(above, name), file))
        for above, _, names in os.walk(first)
        for name in names
        if name != OVERRIDES
    )


def unmatched_statements(path: Path, source_ids: Sequence[str | None]) -> list[str]:
    """Name the statements that an override of a file corrects and that are none of those read from it."""
    override = override_for(path)
    if override is None:
        return []
    read = {*map(str, range(1, len(source_ids) + 1)), *source_ids}
    return [f"{path}: {key}" for key in override.statements if key not in read]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an overrides file says under one key, with the line of it."""

    key: str
    override: Override
    line: int
    pattern: re.Pattern[str] | None = None

    @property
    def is_pattern(self) -> bool:
        """Whether it may fit several files."""
        return self.pattern is not None

    def fits(self, below: str) -> bool:
        """Tell whether it is a pattern that fits a path below the folder of its file."""
        return self.pattern is not None and self.pattern.match(below) is not None


@dataclass(frozen=True, slots=True)
class _Entries:
    """The entries of an overrides file by their keys, and those that are patterns, the narrowest first."""

    by_name: dict[str, _Entry]
    patterns: tuple[_Entry, ...]


def _above(path: Path) -> Iterator[tuple[Path, _Entries]]:
    """Yield the overrides files in the folders above a file, the nearest first, with what they say."""
    for file in files_above(path, OVERRIDES, there=os.path.isfile):
        yield file, _read(file, stamp_of(file))


def _below(path: Path, file: Path) -> str:
    return Path(os.path.abspath(path)).relative_to(file.parent).as_posix()  # noqa: PTH100


def hash_of(path: Path) -> str:
    """Return what names a file by its bytes: ``sha256:`` and its hash, hexadecimal."""
    digest = sha256()
    for chunk in chunks_of(path, most=FILE_SIZE.most):
        digest.update(chunk)
    return _BY_HASH + digest.hexdigest()


@lru_cache(maxsize=16)
def _read(file: Path, stamp: Stamp) -> _Entries:
    """Read an overrides file, each entry with its line; ``stamp`` tells it from what it was before."""
    entries = {
        key: _Entry(key, _override(entry), entry.line, _pattern(key))
        for key, entry in read_entries(file).items()
    }
    # Of two with as many letters of their own the later one counts.
    patterns = sorted(
        (entry for entry in entries.values() if entry.is_pattern),
        key=lambda entry: (len(re.sub(r"[*?]", "", entry.key)), entry.line),
        reverse=True,
    )
    return _Entries(entries, tuple(patterns))


def _pattern(key: str) -> re.Pattern[str] | None:
    """Read a key with ``*`` or ``?`` in it; brackets are letters, as they often are in names of files."""
    if key.startswith(_BY_HASH) or not {"*", "?"} & {*key}:
        return None
    # It looks no way back, so that no path takes it long, however many stars there are.
    return re.compile(fnmatch.translate(key.replace("[", "[[]")))


def _override(entry: DeclaredValue, *, of_one: bool = False) -> Override:
    facts = entry.mapping()
    given = metadata_of({key: value for key, value in facts.items() if key != _STATEMENTS}, kind="correction")
    named = set(facts) - {_STATEMENTS}
    known = FACTS if of_one else (*FACTS, _STATEMENTS)
    for key, value in facts.items():
        if key not in known:
            raise value.error(f'"{key}" is nothing to correct; write one of {", ".join(known)}.')
    statements = facts[_STATEMENTS].mapping() if _STATEMENTS in facts else {}
    return Override(
        _placed(given, facts),
        frozenset(name for name in named if _given(given, name) is None),
        {key: _override(value, of_one=True) for key, value in statements.items()},
    )


def _placed(given: Metadata, facts: Mapping[str, DeclaredValue]) -> Metadata:
    """Say of each value in which line of which file it was given."""
    findings = {name: getattr(given, name) for name in facts if name in FACTS and name != "title"}
    return replace(
        given,
        **{
            name: replace(
                finding, evidence=f"{facts[name].path.name}, line {facts[name].line}: {finding.evidence}"
            )
            for name, finding in findings.items()
            if finding is not None
        },
    )


def _given(metadata: Metadata, name: str) -> Finding[object] | None:
    """Return a value of metadata; of the title, which has no evidence, as a finding without any."""
    value = getattr(metadata, name)
    return Finding(value, "") if isinstance(value, str) else value
