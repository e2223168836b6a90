"""A quotation: words in this order, some of them patterns, with gaps of any length between runs of them."""

# mypy: allow-untyped-calls
# The matchers of Whoosh carry no types.

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from whoosh import matching, query

from onrecord.search.query.expansion import fits

__all__ = ["Quotation", "Slot", "in_order"]

#: One word of a quotation: as it is written, or any that a pattern stands for.
Slot: TypeAlias = str | query.Prefix | query.Wildcard


class Quotation(query.Query):
    """Match runs of words, one behind another: the words of a run side by side, any words between two runs.

    Stock Whoosh evaluates it by looking at every place of every word; give it a score with
    `search.query.Constant`.
    """

    def __init__(self, fieldname: str, runs: Sequence[Sequence[Slot]], boost: float = 1.0) -> None:
        self.fieldname = fieldname
        self.runs = tuple(map(tuple, runs))
        self.boost = boost

    def __repr__(self) -> str:
        return f"Quotation({self.fieldname!r}, {self.runs!r})"

    def __str__(self) -> str:
        return f'{self.fieldname}:"{self.text}"'

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quotation) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        return self.fieldname, repr(self.runs), self.boost

    @property
    def text(self) -> str:
        """The quotation as it is typed."""
        return " … ".join(" ".join(map(_typed, run)) for run in self.runs)

    @property
    def words(self) -> list[str]:
        """The words of all runs, patterns as they are typed."""
        return [_typed(slot) for run in self.runs for slot in run]

    @property
    def patterns(self) -> list[query.Prefix | query.Wildcard]:
        """The patterns among the words."""
        return [slot for run in self.runs for slot in run if not isinstance(slot, str)]

    def has_terms(self) -> bool:
        """Tell Whoosh that `terms` names something."""
        return True

    def terms(self, phrases: bool = False) -> Iterator[tuple[str, str]]:
        """Yield field and word of each word without wildcards, where those of phrases are asked for."""
        plain = (slot for run in self.runs for slot in run if isinstance(slot, str))
        return ((self.fieldname, word) for word in plain if phrases)

    def estimate_size(self, reader: Any) -> int:
        """Count the documents of the rarest word."""
        sizes = [query.Term(*term).estimate_size(reader) for term in self.terms(phrases=True)]
        return min(sizes, default=int(reader.doc_count()))

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match documents in which the runs stand in order."""
        starts = [_starts([_places(slot, self.fieldname, searcher) for slot in run]) for run in self.runs]
        lengths = [len(run) for run in self.runs]
        shared = set.intersection(*map(set, starts))
        found = [one for one in sorted(shared) if all(in_order([run[one] for run in starts], lengths))]
        matcher: matching.Matcher = matching.ListMatcher(found) if found else matching.NullMatcher()
        return matcher


def in_order(runs: Sequence[Sequence[int]], lengths: Sequence[int]) -> list[list[int]]:
    """Keep of the places where each run begins those that take part in all runs, one behind another.

    Places rise. Where the runs do not all stand so, nothing is kept of any.

    >>> in_order([[1, 7], [0, 3, 9]], [2, 1]), in_order([[3], [0, 4]], [2, 1])
    ([[1, 7], [3, 9]], [[], []])
    """
    kept: list[list[int]] = []
    earliest = 0
    for starts, length in zip(runs, lengths, strict=True):
        behind = [start for start in starts if start >= earliest]
        if not behind:
            return [[] for _ in runs]
        kept.append(behind)
        earliest = behind[0] + length
    latest = kept[-1][-1] + lengths[-1]
    for number in range(len(kept) - 1, -1, -1):
        kept[number] = [start for start in kept[number] if start + lengths[number] <= latest]
        latest = kept[number][-1]
    return kept


def _places(slot: Slot, fieldname: str, searcher: Any) -> dict[int, set[int]]:
    """Return where a word, or any that a pattern stands for, is in each document."""
    reader = searcher.reader()
    forms = [slot]
    if not isinstance(slot, str):
        fit = fits(slot)
        forms = [form for name in reader.lexicon(fieldname) if fit(form := name.decode())]
    places: dict[int, set[int]] = {}
    for form in forms:
        matcher = query.Term(fieldname, form).matcher(searcher, searcher.boolean_context())
        while matcher.is_active():
            places.setdefault(matcher.id(), set()).update(matcher.value_as("positions"))
            matcher.next()
    return places


def _starts(slots: Sequence[dict[int, set[int]]]) -> dict[int, list[int]]:
    """Return where words stand side by side in each document."""
    found: dict[int, list[int]] = {}
    for document in set.intersection(*map(set, slots)):
        moved = [{place - offset for place in slot[document]} for offset, slot in enumerate(slots)]
        if starts := sorted(set.intersection(*moved)):
            found[document] = starts
    return found


def _typed(slot: Slot) -> str:
    if isinstance(slot, query.Prefix):
        return f"{slot.text}*"
    return slot if isinstance(slot, str) else str(slot.text)
