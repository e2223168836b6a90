"""How often a question stands in each paragraph that matches it (`search.engine.atoms`).

Where two atoms meet in a paragraph that may share a word, its text is read and its stretches are counted: 0.2
milliseconds a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from whoosh import query

from onrecord.indexer.segments.word_groups import SegmentGroups
from onrecord.search.collection import Ints
from onrecord.search.engine.atoms import atoms_of, has_occurrences, that_may_share
from onrecord.search.engine.engine import Engine
from onrecord.search.engine.paragraph_set import ParagraphSet
from onrecord.search.engine.postings import Candidates
from onrecord.search.query.expansion import Pattern, forms_like
from onrecord.search.results.paragraph_words import WordsAsked
from onrecord.search.results.snippet import highlights
from onrecord.search.results.tally import Numbers

__all__ = ["occurrences"]


def occurrences(engine: Engine, tree: query.Query, found: ParagraphSet) -> Numbers | None:
    """Count the occurrences of a question in each paragraph of those that match; None where it has none."""
    if not has_occurrences(tree):
        return None
    candidates = Candidates(found.array, engine.collection)
    counted = np.zeros(found.count, np.int64)
    for together in that_may_share(atoms_of(tree, _Forms(engine))):
        every = [engine.postings(atom.tree).frequencies(candidates).astype(np.int64) for atom in together]
        times = np.stack(every)
        counted += times.sum(axis=0)
        doubtful = (times > 0).sum(axis=0) > 1
        for atom, own in zip(together, every, strict=True):
            if atom.may_share(atom):
                doubtful |= own > 1
        at = np.flatnonzero(doubtful)
        if len(at):
            asked = query.Or([atom.tree for atom in together])
            counted[at] += np.array(_marked(engine, asked, found.array[at])) - times[:, at].sum(axis=0)
    return counted


class _Forms:
    """The word forms of an engine's segments (a `search.engine.atoms.KnownForms`)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def forms_of(self, groups: Sequence[str]) -> Iterator[str]:
        """Yield the forms that may belong to some groups."""
        for segment in self._engine.segments:
            yield from map(bytes.decode, segment.words.belonging.forms_of(groups))

    def forms_like(self, pattern: Pattern) -> Iterator[str]:
        """Yield the forms that a pattern stands for."""
        for segment in self._engine.segments:
            forms = segment.words.forms
            yield from (forms[number].decode() for number in forms_like(pattern, forms))


def _marked(engine: Engine, tree: query.Query, paragraphs: Ints) -> list[int]:
    """Read some rising paragraphs, and count the stretches that a question marks in each."""
    counts: list[int] = []
    for _, segment, some in engine.collection.split(paragraphs):
        table = segment.paragraphs
        asked = WordsAsked(tree, SegmentGroups(segment.words.belonging))
        codes = (None, *table.languages_known)
        languages = table.languages.take(some).tolist()
        for stored, language in zip(table.texts.several(some.tolist()), languages, strict=True):
            marked = highlights(table.decoded(stored), language=codes[language], asked=asked)
            counts.append(len(marked))
    return counts
