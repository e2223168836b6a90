"""How often a question stands in the cells of a count, in a cluster (`search.engine.atoms`).

A text field there scores how often a word or a phrase stands in a paragraph, and these scores are added up.
Where two atoms meet in a paragraph that may share a word, or one atom with itself, its text is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from whoosh import query

from onrecord.indexer.errors import NeedsLocalIndex
from onrecord.search.cluster.opened import Json, OpenedGeneration
from onrecord.search.cluster.stretches import MOST_READ, Marker, marked_paragraphs
from onrecord.search.cluster.tally import Cell, ClusterCounter
from onrecord.search.engine.atoms import Atom, KnownForms, atoms_of, has_occurrences, that_may_share
from onrecord.search.query import Constant, Quotation
from onrecord.search.query.expansion import Pattern

__all__ = ["ClusterOccurrences"]

# Phrases score a sum of parts, which is nearly a whole number.
_TIMES: Json = {"times": {"sum": {"script": {"source": "Math.round(_score.doubleValue())"}}}}
# Forms of a pattern that are asked for at once: Lucene takes 1,024 clauses, those of the question included.
_FORMS_AT_ONCE = 512


class ClusterOccurrences:
    """Counts the occurrences of a question by the cells of a counter.

    ``scored`` makes of a tree what finds it and scores how often it stands there, ``marker`` what marks it in
    a paragraph, ``known`` knows the forms of the index.
    """

    def __init__(
        self,
        opened: OpenedGeneration,
        counter: ClusterCounter,
        *,
        scored: Callable[[query.Query], Json],
        marker: Callable[[query.Query], Marker],
        known: KnownForms,
    ) -> None:
        self._opened = opened
        self._counter = counter
        self._scored = scored
        self._marker = marker
        self._known = known

    def count(self, tree: query.Query, found: Json) -> Mapping[Cell, int] | None:
        """Count in what a clause finds; None where a question has no places of its own."""
        if not has_occurrences(tree):
            return None
        counted: Counter[Cell] = Counter()
        for together in that_may_share(atoms_of(tree, self._known)):
            self._add(together, found, counted)
        return counted

    def _add(self, together: Sequence[Atom], found: Json, counted: Counter[Cell]) -> None:
        """Count atoms that may share words: by scores where one stands alone, else by the texts."""
        held = [self._held(atom.tree) for atom in together]
        read = [isinstance(atom.tree, Quotation) or atom.may_share(atom) for atom in together]
        doubtful = [clause for clause, is_read in zip(held, read, strict=True) if is_read]
        if len(held) > 1:
            doubtful.append({"bool": {"should": held, "minimum_should_match": 2}})
        for atom, is_read in zip(together, read, strict=True):
            for clause in () if is_read else self._scoring(atom.tree):
                scored = {"bool": {"must": [clause], "filter": [found], "must_not": doubtful}}
                for cell in self._opened.cells(scored, self._counter.sources, sums=_TIMES):
                    counted[self._counter.cell_of(cell["key"])] += int(cell["times"]["value"])
        if doubtful:
            either = {"bool": {"should": doubtful, "minimum_should_match": 1}}
            asked = query.Or([atom.tree for atom in together])
            self._read({"bool": {"filter": [found, either]}}, asked, counted)

    def _held(self, tree: query.Query) -> Json:
        """Return what finds an atom."""
        return self._scored(Constant(tree) if isinstance(tree, Pattern | Quotation) else tree)

    def _scoring(self, tree: query.Query) -> Iterator[Json]:
        """Yield what finds an atom and scores how often it stands; a paragraph has the sum of all."""
        if not isinstance(tree, Pattern):
            yield self._scored(tree)
            return
        forms = iter(self._known.forms_like(tree))
        while some := list(islice(forms, _FORMS_AT_ONCE)):
            yield {"bool": {"should": [self._scored(query.Term("text", form)) for form in some]}}

    def _read(self, clause: Json, asked: query.Query, counted: Counter[Cell]) -> None:
        """Read the paragraphs that a clause finds, and count the stretches that are marked in each."""
        there_are = self._opened.count(clause)
        if there_are > MOST_READ:
            raise NeedsLocalIndex(
                f"counting the places of words that may be one in {there_are:,} paragraphs, of which at most "
                f"{MOST_READ:,} are read"
            )
        mark = self._marker(asked)
        for paragraph, spans in marked_paragraphs(self._opened, clause, mark, columns=self._counter.columns):
            counted[self._counter.cell_in(paragraph)] += len(spans)
