"""How often a question stands in each paragraph that matches it.

An *occurrence* is a stretch of words that the question marks: a word, or the words of a phrase. Stretches
that share a word are one, as where "climate" and "climate change" are asked for. Of words and phrases, and
of alternatives of these, occurrences are counted; what asks for several things at once (AND, words near each
other, a gap) has paragraphs and no places of its own.

A question is taken apart into *atoms*, each of which can say how often it stands in a paragraph. The numbers
of atoms add up, unless one's words could be another's, as those of "climate" are. Where two such meet in a
paragraph, its text is read and its stretches are counted: 0.2 milliseconds a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from whoosh import query

from onrecord.indexer.analysis.inflection import compound_of
from onrecord.indexer.analysis.words import fold
from onrecord.indexer.segments.word_groups import SegmentGroups
from onrecord.search.collection import Ints
from onrecord.search.engine.engine import Engine
from onrecord.search.engine.filters import is_filter
from onrecord.search.engine.paragraph_set import ParagraphSet
from onrecord.search.engine.postings import Candidates
from onrecord.search.query import Constant, ExactPhrase, Inflected, Quotation
from onrecord.search.query.expansion import Pattern, forms_like
from onrecord.search.query.quotation import Slot
from onrecord.search.results.paragraph_words import WordsAsked
from onrecord.search.results.snippet import highlights
from onrecord.search.results.tally import Numbers

__all__ = ["has_occurrences", "occurrences"]


@dataclass(frozen=True, slots=True, eq=False)
class _Atom:
    """A part of a question whose places are counted.

    ``times`` is how often it stands in each paragraph that was found, ``slots`` are the forms that may stand
    in each of its words.
    """

    tree: query.Query
    times: Numbers
    slots: tuple[frozenset[str], ...]

    def may_share(self, other: _Atom) -> bool:
        """Tell whether a word may belong to a place of one and to another place of the other."""
        mine, theirs = self.slots, other.slots
        return any(
            all(mine[at + offset] & theirs[at] for at in range(len(theirs)) if 0 <= at + offset < len(mine))
            for offset in range(1 - len(theirs), len(mine))
            if offset or self is not other
        )


class _Nowhere(Exception):
    """A question that has no places of its own."""


def has_occurrences(tree: query.Query) -> bool:
    """Tell whether a question has places that can be counted."""
    try:
        return bool(list(_leaves(tree)))
    except _Nowhere:
        return False


def occurrences(engine: Engine, tree: query.Query, found: ParagraphSet) -> Numbers | None:
    """Count the occurrences of a question in each paragraph of those that match; None where it has none."""
    if not has_occurrences(tree):
        return None
    counted = np.zeros(found.count, np.int64)
    for together in _that_may_share(_atoms(engine, tree, found)):
        times = np.stack([atom.times for atom in together])
        counted += times.sum(axis=0)
        doubtful = (times > 0).sum(axis=0) > 1
        for atom in together:
            if atom.may_share(atom):
                doubtful |= atom.times > 1
        at = np.flatnonzero(doubtful)
        if len(at):
            asked = query.Or([atom.tree for atom in together])
            counted[at] += np.array(_marked(engine, asked, found.array[at])) - times[:, at].sum(axis=0)
    return counted


def _leaves(tree: query.Query) -> Iterator[query.Query]:
    """Yield the words and phrases of which any is asked for."""
    match tree:
        case Inflected():
            yield tree
        case query.Term(fieldname="stem" | "text"):
            yield tree
        case Constant():
            yield from _pattern(tree.child)
        case ExactPhrase(fieldname="text"):
            yield tree
        case query.AndNot():
            yield from _leaves(tree.a)
        case query.And():
            wanted = [part for part in tree.subqueries if not is_filter(part)]
            if len(wanted) != 1:
                raise _Nowhere
            yield from _leaves(wanted[0])
        case query.Or() if tree.subqueries and not is_filter(tree):
            for part in tree.subqueries:
                yield from _leaves(part)
        case _:
            raise _Nowhere


def _pattern(tree: query.Query) -> Iterator[query.Query]:
    if isinstance(tree, Quotation):
        if len(tree.runs) != 1 or tree.fieldname != "text":
            raise _Nowhere
    elif not isinstance(tree, Pattern) or tree.fieldname != "text":
        raise _Nowhere
    yield tree


def _atoms(engine: Engine, tree: query.Query, found: ParagraphSet) -> Iterator[_Atom]:
    """Yield the atoms of a question, each once."""
    candidates = Candidates(found.array, engine.collection)
    groups: dict[str, None] = {}
    others: dict[tuple[frozenset[str], ...], query.Query] = {}
    for leaf in _leaves(tree):
        if isinstance(leaf, Inflected):
            groups |= dict.fromkeys(leaf.groups)
        elif isinstance(leaf, query.Term) and leaf.fieldname == "stem":
            groups[leaf.text] = None
        else:
            others[_slots(engine, leaf)] = leaf
    # The places of a compound are those of its words side by side.
    parted = {slots: node for slots, node in _words(engine, groups) if slots not in others}
    for slots, node in (*parted.items(), *others.items()):
        times = engine.postings(node).frequencies(candidates).astype(np.int64)
        yield _Atom(node, times, slots)


def _words(engine: Engine, groups: Iterable[str]) -> Iterator[tuple[tuple[frozenset[str], ...], Inflected]]:
    """Yield what words in any form are asked for as: all plain words as one, compounds by their words.

    A plain word has one group, so that no place is counted twice.
    """
    by_words: dict[tuple[str, ...], list[str]] = {}
    for group in groups:
        by_words.setdefault(tuple(fold(compound_of(group)).split()), []).append(group)
    for words, some in by_words.items():
        node = Inflected("", some)
        yield tuple(frozenset([word]) for word in words) or (frozenset(_forms_of(engine, some)),), node


def _forms_of(engine: Engine, groups: Sequence[str]) -> Iterator[str]:
    """Yield the forms that may belong to some groups."""
    for segment in engine.segments:
        yield from map(bytes.decode, segment.words.belonging.forms_of(groups))


def _slots(engine: Engine, leaf: query.Query) -> tuple[frozenset[str], ...]:
    """Return the forms that may stand in each word of a leaf."""
    match leaf:
        case Quotation():
            return tuple(frozenset(_like(engine, slot)) for slot in leaf.runs[0])
        case query.Phrase():
            return tuple(frozenset([word]) for word in leaf.words)
        case query.Term():
            return (frozenset([leaf.text]),)
    return (frozenset(_like(engine, leaf)),)


def _like(engine: Engine, slot: Slot | query.Query) -> Iterator[str]:
    """Yield a word, or all that a pattern stands for."""
    if isinstance(slot, str):
        yield slot
    elif isinstance(slot, Pattern):
        for segment in engine.segments:
            forms = segment.words.forms
            yield from (forms[number].decode() for number in forms_like(slot, forms))


def _that_may_share(atoms: Iterable[_Atom]) -> list[list[_Atom]]:
    """Put atoms together that may share a word, directly or through others."""
    groups: list[list[_Atom]] = []
    for atom in atoms:
        apart = [members for members in groups if not any(atom.may_share(one) for one in members)]
        meeting = [one for members in groups if members not in apart for one in members]
        groups = [*apart, [*meeting, atom]]
    return groups


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
