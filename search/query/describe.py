"""A query tree in words: what will be looked for, on one line.

It reads the tree and not the typed text, so that it shows what is evaluated.
"""

from __future__ import annotations

from datetime import date

from whoosh import query

from onrecord.search.query import (
    AlsoAs,
    AnyOf,
    Compound,
    Constant,
    Either,
    Filter,
    Inflected,
    Near,
    OtherForms,
    Quotation,
)

__all__ = ["describe", "named"]

_NAMED = {
    "speaker": "speaker named",
    "forum": "forum named",
    "place": "place named",
    "title": "title with",
    "person": "person named",
    "post": "post with",
    "behalf": "on behalf of one named",
    "delivered": "delivered by one named",
}

# Forms of an entry that are named; an entry has thirty at most.
_NAMES = 5
_SIGNS = {"…": "… is a gap of any length", "?": "? is one letter", "*": "* is any number of letters"}


def describe(tree: query.Query) -> str:
    """Say in plain words what a query finds.

    >>> describe(query.Phrase("text", ["unexploded", "ordnance"]))
    'the phrase "unexploded ordnance"'
    """
    if isinstance(tree, AnyOf | AlsoAs | OtherForms):
        return _part(tree)
    return " or ".join(map(_part, tree)) if isinstance(tree, Either) else "; ".join(_clauses(tree))


def named(tree: query.Query) -> str:
    """Name a part of a question as briefly as it was typed.

    >>> named(query.Phrase("text", ["unexploded", "ordnance"]))
    'the phrase "unexploded ordnance"'
    """
    match tree:
        case AlsoAs():
            return tree.name
        case Inflected():
            return tree.word
        case Compound():
            return tree.word.word
        case AnyOf() if tree.run is not None:
            return tree.run
        case query.Term():
            return str(tree.text)
    return describe(tree)


def _clauses(tree: query.Query) -> list[str]:
    """Name all that must hold, one by one."""
    if isinstance(tree, query.AndNot):
        left_out = tree.b if isinstance(tree.b, Either) else [tree.b]
        return [*_clauses(tree.a), *(f"not {_part(part)}" for part in left_out)]
    return list(map(_part, tree)) if isinstance(tree, query.And) else [_part(tree)]


def _part(tree: query.Query) -> str:
    """Name one part, in brackets where it has parts itself."""
    if isinstance(tree, AnyOf):
        return _any_of(tree)
    if isinstance(tree, AlsoAs):
        return f"{_part(tree.typed)}, {_part(tree.others)}"
    if isinstance(tree, OtherForms):
        return f"also as {', '.join(tree.names[:_NAMES])}{' …' if len(tree.names) > _NAMES else ''}"
    if isinstance(tree, Either):
        return f"({' or '.join(map(_part, tree))})"
    if isinstance(tree, query.And | query.AndNot):
        return f"({' and '.join(_clauses(tree))})"
    return _leaf(tree)


def _any_of(tree: AnyOf) -> str:
    if tree.run is not None:
        return f'any two neighbours of "{tree.run}"'
    return f"any of: {', '.join(map(_part, tree))}"


def _leaf(tree: query.Query) -> str:
    match tree:
        case Inflected():
            return f"{tree.word} ({tree.stands.value})"
        case Filter():
            return tree.described or _filter(tree.child)
        case Constant():
            return _pattern(tree.child)
        case Near():
            others = "1 other" if tree.within == 1 else f"{tree.within} others"
            return f'the words "{" ".join(tree.words)}" in any order, at most {others} among them'
        case query.Phrase():
            return f'the phrase "{" ".join(tree.words)}"'
        case query.Term():
            return f'the word "{tree.text}"'
        case query.Every():
            return "every paragraph"
    return _pattern(tree)


def _pattern(tree: query.Query) -> str:
    match tree:
        case query.Prefix():
            return f'words beginning with "{tree.text}"'
        case query.Wildcard():
            return f'words of the form "{tree.text}" (? is one letter, * any number)'
        case query.FuzzyTerm():
            letters = "1 letter" if tree.maxdist == 1 else f"{tree.maxdist} letters"
            return f'words at most {letters} away from "{tree.text}"'
        case Quotation():
            signs = [meaning for sign, meaning in _SIGNS.items() if sign in tree.text]
            return f'the phrase "{tree.text}" ({", ".join(signs)})'
    return str(tree)


def _filter(tree: query.Query) -> str:
    match tree:
        case query.Term(fieldname="language"):
            return f"language {tree.text}"
        case query.Term() if tree.fieldname in _NAMED:
            return f'{_NAMED[tree.fieldname]} "{tree.text}"'
        case query.Phrase() if tree.fieldname in _NAMED:
            return f'{_NAMED[tree.fieldname]} "{" ".join(tree.words)}"'
        case query.And(subqueries=[query.Term(fieldname=field), *_]) if field in _NAMED:
            words = [term.text for term in tree.subqueries if isinstance(term, query.Term)]
            return f'{_NAMED[field]} "{" ".join(words)}", in any order'
        case query.NumericRange(fieldname="first"):
            return f"dated {_day(tree.start)} or later"
        case query.NumericRange(fieldname="last"):
            return f"dated {_day(tree.end)} or earlier"
        case query.And(subqueries=[query.NumericRange() as first, query.NumericRange() as last]):
            return f"dated {_day(first.start)} to {_day(last.end)}"
    return str(tree)


def _day(ordinal: float | None) -> str:
    return date.fromordinal(int(ordinal or 1)).isoformat()
