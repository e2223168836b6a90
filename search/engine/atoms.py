"""A question taken apart into what can be counted: the words and phrases whose places are its own.

An *occurrence* is a stretch of words that the question marks: a word, or the words of a phrase. Stretches
that share a word are one, as where "climate" and "climate change" are asked for. Of words and phrases, and
of alternatives of these, occurrences are counted; what asks for several things at once (AND, words near each
other, a gap) has paragraphs and no places of its own.

A question is taken apart into *atoms*, each of which can say how often it stands in a paragraph. The numbers
of atoms add up, unless one's words could be another's, as those of "climate" are. Where two such meet in a
paragraph, only its text tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from whoosh import query

from onrecord.indexer.analysis.inflection import compound_of
from onrecord.indexer.analysis.words import fold
from onrecord.search.engine.filters import is_filter
from onrecord.search.query import Constant, ExactPhrase, Inflected, Quotation
from onrecord.search.query.expansion import Pattern
from onrecord.search.query.quotation import Slot

__all__ = ["Atom", "KnownForms", "atoms_of", "has_occurrences", "that_may_share"]


class KnownForms(Protocol):
    """What knows the word forms of an index."""

    def forms_of(self, groups: Sequence[str]) -> Iterable[str]:
        """Yield the forms that may belong to some inflection groups."""

    def forms_like(self, pattern: Pattern) -> Iterable[str]:
        """Yield the forms that a pattern stands for."""


@dataclass(frozen=True, eq=False)
class Atom:
    """A part of a question whose places are counted."""

    tree: query.Query
    known: KnownForms

    @cached_property
    def slots(self) -> tuple[frozenset[str], ...]:
        """The forms that may stand in each of its words."""
        tree = self.tree
        match tree:
            case Inflected():
                words = _words_of(tree.groups[0])  # those of all its groups
                return tuple(frozenset([word]) for word in words) or (
                    frozenset(self.known.forms_of(tree.groups)),
                )
            case Quotation():
                return tuple(frozenset(self._like(slot)) for slot in tree.runs[0])
            case query.Phrase():
                return tuple(frozenset([word]) for word in tree.words)
            case query.Term():
                return (frozenset([tree.text]),)
        return (frozenset(self._like(tree)),)

    def _like(self, slot: Slot | query.Query) -> Iterable[str]:
        """Yield a word, or all that a pattern stands for."""
        if isinstance(slot, str):
            return (slot,)
        return self.known.forms_like(slot) if isinstance(slot, Pattern) else ()

    def may_share(self, other: Atom) -> bool:
        """Tell whether a word may belong to a place of one and to another place of the other."""
        if other is self and not isinstance(self.tree, query.Phrase | Quotation | Inflected):
            return False  # of one word
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


def atoms_of(tree: query.Query, known: KnownForms) -> list[Atom]:
    """Return the atoms of a question that has places, each once.

    Words in any form are one atom, but for compounds: the places of these are those of their words side by
    side.
    """
    groups: dict[str, None] = {}
    others: list[Atom] = []
    for leaf in _leaves(tree):
        if isinstance(leaf, Inflected):
            groups |= dict.fromkeys(leaf.groups)
        elif isinstance(leaf, query.Term) and leaf.fieldname == "stem":
            groups[leaf.text] = None
        else:
            others.append(Atom(leaf, known))
    words = [Atom(node, known) for node in _words(groups)]
    if len(words) + len(others) == 1:
        return [*words, *others]
    different = {atom.slots: atom for atom in others}
    parted = {atom.slots: atom for atom in words if atom.slots not in different}
    return [*parted.values(), *different.values()]


def that_may_share(atoms: Iterable[Atom]) -> list[list[Atom]]:
    """Put atoms together that may share a word, directly or through others."""
    groups: list[list[Atom]] = []
    for atom in atoms:
        apart = [members for members in groups if not any(atom.may_share(one) for one in members)]
        meeting = [one for members in groups if members not in apart for one in members]
        groups = [*apart, [*meeting, atom]]
    return groups


def _words(groups: Iterable[str]) -> Iterator[Inflected]:
    """Yield what words in any form are asked for as: all plain words as one, compounds by their words.

    A plain word has one group, so that no place is counted twice.
    """
    by_words: dict[tuple[str, ...], list[str]] = {}
    for group in groups:
        by_words.setdefault(_words_of(group), []).append(group)
    return (Inflected("", some) for some in by_words.values())


def _words_of(group: str) -> tuple[str, ...]:
    """Return the words of a compound, none of a plain word."""
    return tuple(fold(compound_of(group)).split())


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
