"""Which column of a table holds what: guessed from names and cells, or told in a sidecar.

``columns.csv`` has the names that columns bear, by kind and language; a name counts where the cells
bear it out. Running text, dates and delegations are known by the cells alone too.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.formats.tables.cells import FITS, day_first, fits, is_prose
from onrecord.indexer.sources.beside import sidecar_of
from onrecord.indexer.sources.declared import DeclaredValue, read_columns

__all__ = ["KINDS", "Columns", "columns_of", "told_columns"]

#: What a column may hold; the order is that in which columns are shown.
KINDS = tuple(FITS)
# Who spoke, in any of these; a table of speeches has one.
_WHO = frozenset({"speaker", "person", "last name", "delegation"})
_WHEN_OR_WHERE = frozenset({"date", "year", "forum", "title", "session"})
# How well a name fits: it is one of the table's, it ends or begins with one, or holds one.
_IS, _ENDS, _HOLDS = 3.0, 2.0, 1.0
_BY_CELLS_ALONE = 0.5
# Cells that are the same all through say where a table is from, and not who speaks in a row.
_FEW_ROWS = 8
_LONGEST_NAME = 80
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold: the name of a column by what it holds.

    ``names`` are all columns, ``told`` the kinds that a sidecar gave, ``day_first`` how dates in figures
    are written, None where no cell tells. ``unsure`` are the kinds that the name of a column does not tell.
    """

    names: tuple[str, ...]
    of: Mapping[str, str]
    told: frozenset[str] = field(default_factory=frozenset)
    unsure: frozenset[str] = field(default_factory=frozenset)
    day_first: bool | None = None

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns of which nothing is read."""
        used = set(self.of.values())
        return tuple(name for name in self.names if name not in used)

    def as_dict(self) -> dict[str, object]:
        """Return the columns as plain data, ready for JSON."""
        return {
            "columns": dict(self.of),
            "told": sorted(self.told),
            "unused": list(self.unused),
        }


def told_columns(path: Path) -> dict[str, DeclaredValue]:
    """Return what the sidecar of a table says of its columns."""
    sidecar = sidecar_of(path)
    return read_columns(sidecar) if sidecar else {}


def columns_of(
    names: Sequence[str], rows: Sequence[Mapping[str, str]], told: Mapping[str, DeclaredValue]
) -> Columns | None:
    """Settle what the columns of a table hold; None where it is no table of speeches.

    ``rows`` are some of its rows. What is told goes before any guess; a `SourceError` names the line of
    what cannot be meant.
    """
    cells = {name: [cell for row in rows if (cell := row.get(name, "").strip())] for name in names}
    given = {kind: name for kind, entry in told.items() if (name := _named(entry, kind, names)) is not None}
    of = dict(given)
    unsure = set()
    for score, kind, name in _guesses(names, cells):
        if kind not in of and kind not in told and name not in of.values():
            of[kind] = name
            if score < _ENDS:
                unsure.add(kind)
    _set_apart(of, cells, told=told, rows=len(rows))
    if "text" not in of or not ("text" in given or _is_of_speeches(of)):
        return None
    dates = cells.get(of.get("date", ""), [])
    in_order = {kind: of[kind] for kind in KINDS if kind in of}
    return Columns(tuple(names), in_order, frozenset(given), frozenset(unsure), day_first(dates))


def _named(entry: DeclaredValue, kind: str, names: Sequence[str]) -> str | None:
    """Return the column that a sidecar means; ``~`` is none."""
    if kind not in KINDS:
        raise entry.error(f'"{kind}" is nothing that a column can hold; write one of {", ".join(KINDS)}.')
    typed = entry.text()
    if typed is None:
        return None
    same = [name for name in names if name == typed] or [n for n in names if fold(n) == fold(typed)]
    if not same:
        raise entry.error(f'no column is called "{typed}"; there are {", ".join(names)}.')
    return same[0]


def _guesses(names: Sequence[str], cells: Mapping[str, Sequence[str]]) -> list[tuple[float, str, str]]:
    """Return how well names fit, kinds with columns that may be of them, the best guesses first."""
    found: list[tuple[float, float, int, str, str]] = []
    for place, name in enumerate(names):
        words = _parted(name)
        length = sum(map(len, cells[name])) / max(1, len(cells[name]))
        for kind in KINDS:
            score = _score(words, kind)
            if (
                not score
                and kind in ("text", "date", "delegation", "url")
                and _tells_itself(kind, cells[name])
            ):
                score = _BY_CELLS_ALONE
            if score and fits(kind, cells[name]):
                # Of two texts the longer one is the speech, the other its summary.
                found.append((-score, -length if kind == "text" else 0.0, place, kind, name))
    found.sort(key=lambda one: (one[3] != "text", *one[:3]))
    return [(-worse, kind, name) for worse, _, _, kind, name in found]


def _tells_itself(kind: str, cells: Sequence[str]) -> bool:
    """Tell whether cells are of a kind whatever their column is called: nearly all, and not few."""
    if kind == "text":
        return is_prose(cells)
    return len(set(cells)) > 1 and fits(kind, cells)


def _set_apart(
    of: dict[str, str], cells: Mapping[str, Sequence[str]], *, told: Mapping[str, DeclaredValue], rows: int
) -> None:
    """Take back guesses that others rule out: the country of a whole parliament speaks in no row."""
    country = of.get("delegation")
    named = of.get("speaker") or of.get("person") or of.get("last name")
    if country is None or named is None or "delegation" in told:
        return
    if rows >= _FEW_ROWS and len(set(cells[country])) == 1 and len(set(cells[named])) > 2:
        del of["delegation"]


def _is_of_speeches(of: Mapping[str, str]) -> bool:
    """Tell whether a guess is good enough: someone speaks, or the text is called a speech."""
    text = _parted(of["text"])
    if _score(text, "spoken") >= _ENDS and (of.keys() & (_WHO | _WHEN_OR_WHERE)):
        return True
    if not _score(text, "text"):
        return "speaker" in of
    return "speaker" in of or bool(of.keys() & _WHO and of.keys() & _WHEN_OR_WHERE)


def _score(words: str, kind: str) -> float:
    """Say how well a name fits a kind: a longer name of the table fits better than a part of it."""
    if words in _known(kind):
        return _IS
    parts = words.split() if len(words) <= _LONGEST_NAME else []
    for size in range(len(parts) - 1, 0, -1):
        if " ".join(parts[-size:]) in _known(kind):
            return _ENDS + size / 10
        if " ".join(parts[:size]) in _known(kind):
            return _HOLDS + size / 10
    return 0.0


def _parted(name: str) -> str:
    """Write the name of a column as words: ``speakerName``, ``SPEAKER_NAME`` and ``speaker.name`` are one.

    >>> _parted("speakerName"), _parted("SPEECH_TEXT")
    ('speaker name', 'speech text')
    """
    return fold(_CAMEL.sub(" ", name[: 2 * _LONGEST_NAME]).replace("_", " "))


@cache
def _known(kind: str) -> frozenset[str]:
    table = files(__package__).joinpath("columns.csv").read_text("utf-8")
    return frozenset(
        fold(word)
        for row in csv.DictReader(table.splitlines())
        if row["kind"] == kind
        for word in row["words"].split("|")
    )
