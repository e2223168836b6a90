"""Which word forms a prefix, a wildcard or a fuzzy word stands for: one rule for searches and highlights."""

from __future__ import annotations

import re
from collections.abc import Callable

from whoosh import query
from whoosh.support.levenshtein import levenshtein

from onrecord.indexer.segments.columns.terms import TermList

__all__ = ["Pattern", "beginning_of", "fits", "forms_like"]

Pattern = query.Prefix | query.Wildcard | query.FuzzyTerm


def fits(tree: query.Query) -> Callable[[str], object]:
    """Return the test that a form must pass to be one that a pattern stands for.

    >>> bool(fits(query.Wildcard("text", "m?ne*"))("miners"))
    True
    """
    match tree:
        case query.Prefix():
            return lambda form: form.startswith(tree.text)
        case query.Wildcard():
            return _form_of(tree.text).fullmatch
        case query.FuzzyTerm():
            return lambda form: _is_near(form, tree)
    raise TypeError(f"{type(tree).__name__} stands for no forms")


def forms_like(tree: Pattern, forms: TermList) -> list[int]:
    """Return the numbers of the forms that a pattern stands for."""
    test = fits(tree)
    among = forms.beginning_with(beginning_of(tree).encode())
    if isinstance(tree, query.Prefix):
        return list(among)
    return [number for number in among if test(forms[number].decode())]


def _form_of(wildcards: str) -> re.Pattern[str]:
    """Compile a word with wildcards.

    What stands between two stars is taken where it stands first and then left alone, as
    `fnmatch` does, so that a word of hundreds of stars takes no longer than its length.
    """
    first, *others = (re.escape(piece).replace(r"\?", ".") for piece in re.split(r"\*+", wildcards))
    if not others:
        return re.compile(first)
    *inner, last = others
    return re.compile(first + "".join(f"(?>.*?{piece})" for piece in inner) + ".*" + last)


def beginning_of(tree: Pattern) -> str:
    """Return what every form that fits begins with."""
    if isinstance(tree, query.FuzzyTerm):
        return str(tree.text[: tree.prefixlength])
    return re.split(r"[*?]", str(tree.text), maxsplit=1)[0]


def _is_near(form: str, tree: query.FuzzyTerm) -> bool:
    """Tell whether so many letters put in, left out or exchanged make the word of a form."""
    if abs(len(form) - len(tree.text)) > tree.maxdist or not form.startswith(beginning_of(tree)):
        return False
    return bool(levenshtein(form, tree.text, tree.maxdist) <= tree.maxdist)
