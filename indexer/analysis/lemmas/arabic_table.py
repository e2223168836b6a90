"""The table of Arabic: its lemmas with their forms, and what readings cost.

Costs are hundredths of natural logarithms: what is a hundred dearer is e times less likely. A row is
``=``, a kind, a name and a cost; or ``@``, the number of a place and what it takes; or a lemma, its cost, and by
the number of the place the forms.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import NamedTuple

from onrecord.indexer.analysis.lemmas.arabic_clitics import Article, Place
from onrecord.indexer.analysis.lemmas.arabic_words import Meanings

__all__ = ["ArabicTable", "read", "rows"]

_COST, _PLACE = "=", "@"
# What never occurred where the costs were estimated.
_DEAREST = 1_150


class ArabicTable(NamedTuple):
    """The forms and their costs."""

    forms: dict[str, Meanings]
    lemmas: dict[str, int]
    """By lemma, what it costs to believe that it is meant."""
    rest: dict[tuple[str, str], int]
    """The same of places, clitics and slips, by kind and name."""

    def costs(self, key: tuple[str, str]) -> int:
        """Return what a place, a clitic or a slip costs."""
        return self.rest.get(key, _DEAREST)


def rows(
    paradigms: Mapping[str, Mapping[Place, Iterable[str]]],
    lemmas: Mapping[str, int],
    rest: Mapping[tuple[str, str], int],
) -> Iterator[str]:
    """Yield the rows of a table, as `read` reads them."""
    for (kind, name), cost in sorted(rest.items()):
        yield f"{_COST}\t{kind}\t{name}\t{cost}"
    places = sorted({place for paradigm in paradigms.values() for place in paradigm})
    numbers = {place: str(number) for number, place in enumerate(places)}
    for place in places:
        yield "\t".join((_PLACE, place.kind, place.name, "f" * place.free + "e" * place.enclitic, place.article))
    for lemma, paradigm in sorted(paradigms.items()):
        cells = (" ".join((numbers[place], *forms)) for place, forms in sorted(paradigm.items()))
        yield "\t".join((lemma, str(lemmas[lemma]), *cells))


def read(language: str) -> ArabicTable:
    """Read the table of a language."""
    packed = files(__package__).joinpath("tables", f"{language}.tsv.xz").read_bytes()
    return _read(lzma.decompress(packed).decode().splitlines())


def _read(lines: Iterable[str]) -> ArabicTable:
    table = ArabicTable({}, {}, {})
    places: list[Place] = []
    for line in lines:
        first, *cells = line.split("\t")
        if first == _COST:
            table.rest[cells[0], cells[1]] = int(cells[2])
        elif first == _PLACE:
            kind, name, takes, article = cells
            places.append(Place(kind, name, "f" in takes, "e" in takes, Article(article)))
        else:
            _add(table, places, first, cells)
    return table


def _add(table: ArabicTable, places: list[Place], lemma: str, cells: list[str]) -> None:
    table.lemmas[lemma] = int(cells[0])
    known = table.forms
    for cell in cells[1:]:
        number, *forms = cell.split(" ")
        meaning = ((lemma, places[int(number)]),)
        for form in forms:
            others = known.get(form)
            known[form] = others + meaning if others else meaning
