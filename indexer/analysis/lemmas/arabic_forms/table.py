"""The table of Arabic: its forms with their lemmas and places, and what readings cost.

Costs are hundredths of natural logarithms: what is a hundred dearer is e times less likely. Forms are kept in
strings, by their first letters: 300,000 forms as keys of a dictionary would take a second to load and
100 MB. Rows of the table, by their first letter:

- ``=``, a kind, a name and a cost: of a place in a paradigm, a clitic, a slip of the pen;
- ``@``, a kind, a name and what it takes: a place, numbered as it comes;
- ``#``, a lemma and its cost, numbered as it comes;
- the first letters of forms, and their remaining letters, each with the numbers of its lemmas and places.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

from onrecord.indexer.analysis.lemmas.arabic_forms.clitics import Article, Place
from onrecord.indexer.analysis.lemmas.arabic_forms.readings import Meanings

__all__ = ["ArabicTable", "rows"]

# Where the tables of all languages lie.
_TABLES = "onrecord.indexer.analysis.lemmas"
_COST, _PLACE, _LEMMA = "=", "@", "#"
# So many first letters leave some forty forms together.
_TOGETHER = 3
# What never occurred where the costs were estimated.
_DEAREST = 1_150


class ArabicTable:
    """Forms with their meanings, and what it costs to believe in them."""

    __slots__ = ("_costs", "_endings", "_lemmas", "_places", "_words")

    def __init__(self, lines: Iterable[str]) -> None:
        self._costs: dict[tuple[str, str], int] = {}
        self._places: list[Place] = []
        self._words: list[str] = []
        self._lemmas: dict[str, int] = {}
        self._endings: dict[str, str] = {}
        for line in lines:
            first, _, rest = line.partition("\t")
            self._add(first, rest)

    def _add(self, first: str, rest: str) -> None:
        if first == _LEMMA:
            lemma, cost = rest.split("\t")
            self._words.append(lemma)
            self._lemmas[lemma] = int(cost)
        elif first == _COST:
            kind, name, cost = rest.split("\t")
            self._costs[kind, name] = int(cost)
        elif first == _PLACE:
            kind, name, takes, article = rest.split("\t")
            self._places.append(Place(kind, name, "f" in takes, "e" in takes, Article(article)))
        else:
            self._endings[first] = rest

    @classmethod
    def load(cls, language: str) -> ArabicTable:
        """Read the table of a language."""
        packed = files(_TABLES).joinpath("tables", f"{language}.tsv.xz").read_bytes()
        return cls(lzma.decompress(packed).decode().splitlines())

    def meanings(self, form: str) -> Meanings:
        """Return what a form may be."""
        together = self._endings.get(form[:_TOGETHER])
        if together is None:
            return ()
        ending = f" {form[_TOGETHER:]}:"
        found = together.find(ending)
        if found < 0:
            return ()
        start = found + len(ending)
        return tuple(map(self._meaning, together[start : together.index(" ", start)].split(",")))

    def _meaning(self, numbers: str) -> tuple[str, Place]:
        lemma, _, place = numbers.partition(".")
        return self._words[int(lemma)], self._places[int(place)]

    def cost(self, lemma: str, kinds: Iterable[tuple[str, str]]) -> int:
        """Return what it costs to believe in a lemma and in what a reading has beside it."""
        return self._lemmas[lemma] + sum(self._costs.get(kind, _DEAREST) for kind in kinds)


def rows(
    forms: Mapping[str, Meanings], lemmas: Mapping[str, int], costs: Mapping[tuple[str, str], int]
) -> Iterator[str]:
    """Yield the rows of a table."""
    yield from (f"{_COST}\t{kind}\t{name}\t{cost}" for (kind, name), cost in sorted(costs.items()))
    places = sorted({place for meanings in forms.values() for _, place in meanings})
    for kind, name, free, enclitic, article in places:
        yield f"{_PLACE}\t{kind}\t{name}\t{'f' * free}{'e' * enclitic}\t{article}"
    yield from (f"{_LEMMA}\t{lemma}\t{cost}" for lemma, cost in sorted(lemmas.items()))
    number = {lemma: number for number, lemma in enumerate(sorted(lemmas))}
    together: dict[str, list[str]] = defaultdict(list)
    for form, meanings in sorted(forms.items()):
        numbers = ",".join(f"{number[lemma]}.{places.index(place)}" for lemma, place in meanings)
        together[form[:_TOGETHER]].append(f"{form[_TOGETHER:]}:{numbers}")
    yield from (f"{first}\t {' '.join(endings)} " for first, endings in together.items())
