"""Names of an index that begin as someone has begun to type them.

They are read from the files of the index alone: a key was pressed, and someone waits. Where nothing was
deleted the names of a field are read without NumPy, which takes as long to load as all the rest. What cannot
be read gives no names, and no error.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.errors import StoreError
from onrecord.indexer.segments.directory import UNREADABLE, read_bytes
from onrecord.indexer.store.store import Store

if TYPE_CHECKING:
    from onrecord.indexer.segments.statement_table import StatementTable

__all__ = ["STEM", "addresses", "names"]

#: How the beginning of several addresses ends, which is offered where they are too many.
STEM = "-"
# What is offered at once: more nobody reads, and shells ask before they print them.
_OFFERED = 200
# Values of these are a name as printed, as the register has it, and its code.
_WITH_CODES = frozenset(("speaker", "behalf", "delivered"))


def names(index: Path, field: str, typed: str) -> list[str]:
    """Return the names in a field that begin with what was typed, whatever its case and accents.

    Where none does, those of which a word does. A name of the register is offered for those that are printed.
    """
    every = sorted(set(_names(index, field)), key=fold)
    wanted = fold(typed).strip()
    first = [name for name in every if fold(name).startswith(wanted)]
    return first or [name for name in every if f" {wanted}" in f" {fold(name)}"]


def addresses(index: Path, typed: str) -> list[str]:
    """Return the addresses of statements that begin with what was typed; behind a ``#`` those of paragraphs.

    Where there are too many, what they begin with up to the next hyphen.
    """
    slug, mark, number = typed.partition("#")
    if mark:
        return [f"{slug}#{one}" for one in _numbers(index, slug) if one.startswith(number)]
    found = sorted(_slugs(index, typed))
    return found if len(found) <= _OFFERED else _stems(found, typed)


def _names(index: Path, field: str) -> Iterator[str]:
    plain = None if field == "language" else _plain_names(index, field)
    if plain is not None:
        yield from plain
        return
    for statements, languages in _tables(index):
        try:
            yield from languages if field == "language" else _of_column(statements, field)
        except StoreError:
            continue


def _plain_names(index: Path, field: str) -> list[str] | None:
    """Return the names of a field as its values stand in the files; None where that does not tell."""
    try:
        segments = Store(index).generation().segments
        if any(segment.deleted for segment in segments):
            return None
        stored = [read_bytes(index / segment.name, f"{field}.values") for segment in segments]
        if any(b"\\u" in one for one in stored):
            return None
        names = [_shown(value, field) for one in stored for value in json.loads(one)]
        return names if all(isinstance(name, str) for name in names) else None
    except (StoreError, *UNREADABLE):
        return None


def _shown(value: Sequence[str], field: str) -> str:
    """Return the name that is offered for a value."""
    return value[-2] if field in _WITH_CODES and len(value) > 1 else value[0]


def _of_column(statements: StatementTable, field: str) -> Iterator[str]:
    column = statements.column(field)
    values = column.values
    used: Iterable[int] = range(1, len(values) + 1)
    if statements.deleted:
        used = sorted(set(column.of[statements.live].tolist()))
    for number in used:
        if number:
            yield _shown(values[number - 1], field)


def _slugs(index: Path, typed: str) -> set[str]:
    found: set[str] = set()
    for statements, _ in _tables(index):
        try:
            for number in statements.slugs.beginning_with(typed.encode()):
                if int(statements.slug_statements[number]) not in statements.deleted:
                    found.add(statements.slugs[number].decode())
        except StoreError:
            continue
    return found


def _numbers(index: Path, slug: str) -> Iterator[str]:
    for statements, _ in _tables(index):
        try:
            number = statements.slugs.find(slug.encode())
            if number is None:
                continue
            one = int(statements.slug_statements[number])
            if one not in statements.deleted:
                first, end = statements.first_paragraphs[one : one + 2].tolist()
                yield from map(str, range(1, end - first + 1))
        except StoreError:
            continue


def _tables(index: Path) -> Iterator[tuple[StatementTable, tuple[str, ...]]]:
    try:
        segments = Store(index).open().segments
    except (StoreError, OSError):
        return
    for segment in segments:
        yield segment.statements, segment.paragraphs.languages_known


def _stems(slugs: Iterable[str], typed: str) -> list[str]:
    """Return what slugs begin with, up to the hyphen behind what was typed at which they part."""
    length = len(typed)
    while True:
        stems = {slug[: slug.index(STEM, length) + 1] if STEM in slug[length:] else slug for slug in slugs}
        if len(stems) != 1:
            return sorted(stems)
        (only,) = stems
        length = len(only)
