"""The words of an index as documents of a cluster, and the addresses that it gave once.

A form has the groups for which it stands, a group its lemmas and its forms; both have how many paragraphs
hold them, as the local index counts these: deleted ones too, until their segment is merged. What stands in
deleted paragraphs alone is left out, as the local index leaves it out when a word is looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from onrecord.indexer.address import letters_of
from onrecord.indexer.analysis.inflection import compound_of, lemmas_of
from onrecord.indexer.cluster.bulk import as_line
from onrecord.indexer.cluster.mapping import document_id, whole_term
from onrecord.indexer.segments.columns.terms import TermList
from onrecord.indexer.segments.layout import Ints
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.store.former_addresses import Former

__all__ = ["former_lines", "word_lines"]

Marks = npt.NDArray[np.bool_]
#: A term, the number of the segment that has it, and its number there.
_Placed = tuple[bytes, int, int]


def word_lines(segments: Sequence[Segment]) -> Iterator[list[bytes]]:
    """Yield the lines of every form and every group, two for each."""
    words = [_SegmentWords(segment) for segment in segments]
    for form, places in _together([one.forms for one in words]):
        groups = {group for at, number in places for group in words[at].groups_of(number)}
        if groups:
            known = {
                "groups": _terms(groups),
                "paragraphs": sum(words[at].holders_of_form(number) for at, number in places),
                "times": sum(words[at].times_of_form(number) for at, number in places),
            }
            yield _lines("form", form, known)
    for group, places in _together([one.groups for one in words]):
        living = [(at, number) for at, number in places if words[at].live_groups[number]]
        if living:
            forms = {form for at, number in living for form in words[at].forms_of(number)}
            compound = compound_of(group)
            lemmas = [*lemmas_of(group), *([f"~{compound}"] if compound else ())]
            known = {
                "lemmas": _terms(lemmas),
                "forms": _terms(forms),
                "paragraphs": sum(words[at].holders_of_group(number) for at, number in places),
            }
            yield _lines("group", group, known)


def former_lines(former: Sequence[Former]) -> Iterator[list[bytes]]:
    """Yield the lines of the addresses that were given and are given no longer, two for each."""
    for number, one in enumerate(former):
        known = {
            "kind": "former",
            "number": number,
            "slug": one.slug,
            "letters": letters_of(one.slug),
            "now": one.now,
            "source": one.source,
            "generation": one.generation,
            "words": one.words,
            "edited": one.edited,
        }
        written = {name: value for name, value in known.items() if value is not None}
        yield [as_line({"index": {"_id": f"former:{number}"}}), as_line(written)]


class _SegmentWords:
    """What a segment says of its words, what stands in deleted statements alone left out."""

    def __init__(self, segment: Segment) -> None:
        self._words = segment.words
        deleted = np.zeros(len(segment), bool)
        deleted[list(segment.statements.deleted_paragraphs)] = True
        self._deleted = deleted if deleted.any() else None
        self.forms, self.groups = segment.words.forms, segment.words.groups
        self.live_groups = self._live_groups()
        self._of_forms, self._forms_at, self._of_groups, self._groups_at = self._pairs()

    def groups_of(self, form: int) -> Iterator[str]:
        """Yield the groups for which a form stands."""
        numbers = self._of_forms[self._forms_at[form] : self._forms_at[form + 1]]
        return (self.groups[number].decode() for number in numbers.tolist())

    def forms_of(self, group: int) -> Iterator[str]:
        """Yield the forms that stand for a group."""
        numbers = self._of_groups[self._groups_at[group] : self._groups_at[group + 1]]
        return (self.forms[number].decode() for number in numbers.tolist())

    def holders_of_form(self, form: int) -> int:
        """Count the paragraphs of a form."""
        return int(self._words.form_paragraphs[form])

    def times_of_form(self, form: int) -> int:
        """Count how often a form stands anywhere."""
        return int(self._words.form_frequency[form])

    def holders_of_group(self, group: int) -> int:
        """Count the paragraphs of a group."""
        return int(self._words.group_paragraphs[group])

    def _live_groups(self) -> Marks:
        """Mark the groups that stand in a paragraph that is not deleted."""
        if self._deleted is None:
            return np.ones(len(self.groups), bool)
        documents = map(self._words.documents.array, range(len(self.groups)))
        return np.array([not self._deleted[paragraphs].all() for paragraphs in documents], bool)

    def _pairs(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Return the groups of each form and the forms of each group: lists, and where each begins."""
        table = self._words.belonging
        forms = np.repeat(np.arange(len(self.forms), dtype=np.uint32), np.diff(table.forms_at))
        groups = table.of_forms.astype(np.uint32)
        if self._deleted is not None:
            living = np.array([*map(self._stands, forms.tolist(), groups.tolist())], bool)
            forms, groups = forms[living], groups[living]
        by_group = np.argsort(groups, kind="stable")
        return groups, _begins(forms, len(self.forms)), forms[by_group], _begins(groups, len(self.groups))

    def _stands(self, form: int, group: int) -> bool:
        """Tell whether a form stands in a paragraph of a group that is not deleted."""
        assert self._deleted is not None
        paragraphs = np.unique(self._words.paragraphs_of(self._words.positions.array(form)))
        paragraphs = paragraphs[~self._deleted[paragraphs]]
        return bool(np.isin(paragraphs, self._words.documents.array(group), assume_unique=True).any())


def _begins(values: Ints, count: int) -> Ints:
    """Return where the list of each value below ``count`` begins, when all are sorted by it."""
    counts = np.bincount(values, minlength=count)
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]).astype(np.uint32)


def _together(terms: Sequence[TermList]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield each different term of some sorted lists, with the lists that have it and its numbers there."""
    placed = merge(*(_placed(one, at) for at, one in enumerate(terms)))
    for term, places in groupby(placed, key=itemgetter(0)):
        yield term.decode(), [(at, number) for _, at, number in places]


def _placed(terms: TermList, at: int) -> Iterator[_Placed]:
    return ((term, at, number) for number, term in enumerate(terms))


def _terms(names: Iterable[str]) -> list[str]:
    return sorted(map(whole_term, names))


def _lines(kind: str, name: str, known: Mapping[str, object]) -> list[bytes]:
    target = {"index": {"_id": document_id(f"{kind}:{name}")}}
    return [as_line(target), as_line({"kind": kind, kind: whole_term(name), **known})]
