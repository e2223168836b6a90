"""Whether a paragraph comes first because a word stands in capitals in it.

Each of the commonest words is asked by itself. Its first hit is *first for its capitals* where

1. it has the word in capitals, as an acronym has them (`=trade`, where another has `en:trade`), and
2. some other hit of the page of ten, which has not, is above it by BM25 of the word in whatever form, one
   term for all forms.

The second is worked out here from the texts: how often the word stands there, and how long they are. An
engine that weighs a rare form of a word as a rare word has such hits: ours had 34 of 2,000 on the General
Debate when it did. One that gives a word one rarity has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.corpus import Record, records

__all__ = ["WORDS", "Occurrence", "count_first_for_capitals", "first_for_capitals"]

#: How many of the commonest words are asked.
WORDS = 2000
_PAGE = 10
_K1, _B = 1.2, 0.75
# What the other hit must have more: an index may count the words of a compound otherwise than a text does.
_MARGIN = 1.05


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A word in a paragraph: how often in any form, whether also in capitals, among how many words."""

    count: int
    in_capitals: bool
    length: int

    def weight(self, average: float) -> float:
        """Return what BM25 makes of it, but for the rarity of the word.

        >>> round(Occurrence(1, False, 100).weight(100.0), 3)
        0.455
        """
        return self.count / (self.count + _K1 * (1 - _B + _B * self.length / average))


def first_for_capitals(page: Sequence[Occurrence], average: float) -> bool:
    """Tell whether the first hit of a page is so; ``average`` is the mean length of a paragraph.

    >>> shouted, plain = Occurrence(1, True, 100), Occurrence(3, False, 100)
    >>> first_for_capitals([shouted, plain], 100.0), first_for_capitals([plain, shouted], 100.0)
    (True, False)
    """
    first, others = page[0], page[1:]
    least = _MARGIN * first.weight(average)
    return first.in_capitals and any(
        other.weight(average) > least for other in others if not other.in_capitals
    )


def count_first_for_capitals(index: Path, lines: Path, *, asked: int = WORDS) -> dict[str, Any]:
    """Ask an index the commonest words of its corpus; return how many, and which have such a first hit."""
    from onrecord import open_index

    common, average = _commonest(records(lines), asked)
    with open_index(index) as opened:
        first = [word for word in common if _is_so(opened, word, average)]
    return {"asked": len(common), "first": first}


def _is_so(index: Any, word: str, average: float) -> bool:
    page = list(index.search(word, limit=_PAGE))
    lemmas = _lemmas(index._backend.lexicon.meaning(word).groups)
    occurrences = [_occurrence(hit.text, hit.language, lemmas) for hit in page]
    return bool(occurrences) and first_for_capitals(occurrences, average)


def _occurrence(text: str, language: str | None, lemmas: frozenset[str]) -> Occurrence:
    from onrecord.indexer.analysis.inflection import paragraph_groups
    from onrecord.indexer.analysis.words import words

    found = [group for group in paragraph_groups(text, language) if not lemmas.isdisjoint(_lemmas([group]))]
    return Occurrence(len(found), any(group[0] == "=" for group in found), len(words(text)))


def _lemmas(groups: Iterable[str]) -> frozenset[str]:
    from onrecord.indexer.analysis.inflection import lemmas_of

    return frozenset(lemma for group in groups for lemma in lemmas_of(group))


def _commonest(paragraphs: Iterable[Record], count: int) -> tuple[list[str], float]:
    """Return the commonest words of letters alone, and the mean length of a paragraph in words."""
    from onrecord.indexer.analysis.words import words

    counted: Counter[str] = Counter()
    read = 0
    for paragraph in paragraphs:
        counted.update(words(paragraph.text))
        read += 1
    of_letters = (word for word, _ in counted.most_common() if word.isalpha())
    return list(islice(of_letters, count)), counted.total() / max(1, read)
