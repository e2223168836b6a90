"""How often a question stands in the cells of a count, in a cluster (`search.engine.atoms`).

A text field there scores how often a word or a phrase stands in a paragraph, and these scores are added up.
Where two atoms meet in a paragraph that may share a word, or one atom with itself, its text is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from whoosh import query

from onrecord.indexer.errors import NeedsLocalIndex
from onrecord.search.cluster.asked import Asked
from onrecord.search.cluster.opened import Json, OpenedGeneration
from onrecord.search.cluster.stretches import MOST_READ, marked_paragraphs, marker
from onrecord.search.cluster.tally import Cell, ClusterCounter
from onrecord.search.cluster.words import ClusterWords
from onrecord.search.engine.atoms import Atom, atoms_of, has_occurrences, that_may_share
from onrecord.search.query import Constant, Quotation
from onrecord.search.query.expansion import Pattern, beginning_of, fits

__all__ = ["occurrences"]

# Phrases score a sum of parts, which is nearly a whole number.
_TIMES: Json = {"times": {"sum": {"script": {"source": "Math.round(_score.doubleValue())"}}}}
# Forms of a pattern that are asked for at once: Lucene takes 1,024 clauses, those of the question included.
_FORMS_AT_ONCE = 512


def occurrences(
    opened: OpenedGeneration, words: ClusterWords, counter: ClusterCounter, tree: query.Query, found: Json
) -> Mapping[Cell, int] | None:
    """Count the occurrences of a question in what a clause finds; None where it has no places of its own."""
    if not has_occurrences(tree):
        return None
    counting = _Counting(opened, words, counter, found)
    for together in that_may_share(atoms_of(tree, _Forms(words))):
        counting.add(together)
    return counting.counted


class _Forms:
    """The word forms of a generation (a `search.engine.atoms.KnownForms`)."""

    def __init__(self, words: ClusterWords) -> None:
        self._words = words

    def forms_of(self, groups: Sequence[str]) -> Iterator[str]:
        """Yield the forms that may belong to some groups."""
        return map(bytes.decode, self._words.forms_of(groups))

    def forms_like(self, pattern: Pattern) -> Iterator[str]:
        """Yield the forms that a pattern stands for."""
        test = fits(pattern)
        return filter(test, self._words.beginning_with(beginning_of(pattern)))


class _Counting:
    """Counts atoms in what a clause finds, by the cells of a counter."""

    def __init__(
        self, opened: OpenedGeneration, words: ClusterWords, counter: ClusterCounter, found: Json
    ) -> None:
        self._opened = opened
        self._words = words
        self._counter = counter
        self._found = found
        self.counted: Counter[Cell] = Counter()

    def add(self, together: Sequence[Atom]) -> None:
        """Count atoms that may share words: by scores where one stands alone, else by the texts."""
        held = [self._held(atom.tree) for atom in together]
        read = [isinstance(atom.tree, Quotation) or atom.may_share(atom) for atom in together]
        doubtful = [clause for clause, is_read in zip(held, read, strict=True) if is_read]
        if len(held) > 1:
            doubtful.append({"bool": {"should": held, "minimum_should_match": 2}})
        for atom, is_read in zip(together, read, strict=True):
            for clause in () if is_read else self._scoring(atom.tree):
                scored = {"bool": {"must": [clause], "filter": [self._found], "must_not": doubtful}}
                for cell in self._opened.cells(scored, self._counter.sources, sums=_TIMES):
                    self.counted[self._counter.cell_of(cell["key"])] += int(cell["times"]["value"])
        if doubtful:
            either = {"bool": {"should": doubtful, "minimum_should_match": 1}}
            asked = query.Or([atom.tree for atom in together])
            self._read({"bool": {"filter": [self._found, either]}}, asked)

    def _scored(self, tree: query.Query) -> Json:
        """Return what finds a word or a phrase, and scores how often it stands there."""
        return Asked(self._opened, self._words, tree).counted

    def _held(self, tree: query.Query) -> Json:
        """Return what finds an atom."""
        return self._scored(Constant(tree) if isinstance(tree, Pattern | Quotation) else tree)

    def _scoring(self, tree: query.Query) -> Iterator[Json]:
        """Yield what finds an atom and scores how often it stands; a paragraph has the sum of all."""
        if not isinstance(tree, Pattern):
            yield self._scored(tree)
            return
        forms = _Forms(self._words).forms_like(tree)
        while some := list(islice(forms, _FORMS_AT_ONCE)):
            yield {"bool": {"should": [self._scored(query.Term("text", form)) for form in some]}}

    def _read(self, clause: Json, asked: query.Query) -> None:
        """Read the paragraphs that a clause finds, and count the stretches that are marked in each."""
        there_are = self._opened.count(clause)
        if there_are > MOST_READ:
            raise NeedsLocalIndex(
                f"counting the places of words that may be one in {there_are:,} paragraphs, of which at most "
                f"{MOST_READ:,} are read"
            )
        mark = marker(asked)
        for paragraph, spans in marked_paragraphs(self._opened, clause, mark, columns=self._counter.columns):
            self.counted[self._counter.cell_in(paragraph)] += len(spans)
