"""Which word forms of a segment a prefix, a wildcard or a fuzzy word stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from whoosh import query
from whoosh.support.levenshtein import levenshtein

from indexer.codec.terms import TermList

__all__ = ["forms_like"]


def forms_like(tree: query.Query, forms: TermList) -> Iterable[int]:
    """Return the numbers of the forms that a pattern stands for."""
    match tree:
        case query.Prefix():
            return forms.beginning_with(tree.text.encode())
        case query.Wildcard():
            return _fitting_wildcard(tree.text, forms)
        case query.FuzzyTerm():
            return _within_distance(tree.text, tree.maxdist, tree.prefixlength, forms)
    raise TypeError(f"{type(tree).__name__} stands for no forms")


def _fitting_wildcard(pattern: str, forms: TermList) -> list[int]:
    literal = re.split(r"[*?]", pattern, maxsplit=1)[0]
    fits = re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")).fullmatch
    return [number for number in forms.beginning_with(literal.encode()) if fits(forms[number].decode())]


def _within_distance(word: str, distance: int, prefix: int, forms: TermList) -> list[int]:
    """Return the forms at most so many letters put in, left out or exchanged from a word."""
    found = []
    for number in forms.beginning_with(word[:prefix].encode()):
        form = forms[number].decode()
        if abs(len(form) - len(word)) <= distance and levenshtein(form, word, distance) <= distance:
            found.append(number)
    return found
