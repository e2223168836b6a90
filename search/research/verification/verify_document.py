"""Every quotation of a document, verified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum

from onrecord.indexer.analysis.words import words
from onrecord.indexer.errors import QueryError
from onrecord.search.research.verification.claims import Claims
from onrecord.search.research.verification.quotations import Quotation, Quotes, quotations_in
from onrecord.search.research.verification.verdict import Grade, Verdict
from onrecord.search.research.verification.verify import Verifier

__all__ = ["SHORTEST", "is_too_short", "verify_document"]

#: Words below which a quotation is too short to tell: many statements have any three words that make sense.
#: A character of Chinese or Japanese, which is a word by itself, counts half.
SHORTEST = 4
_FIRST_IDEOGRAPH = "\u2e80"


def verify_document(
    document: str, verifier: Verifier, *, claims: Claims, quotes: Quotes | str, nearest: int
) -> Iterator[Verdict]:
    """Yield a verdict for each quotation, with the line and the column where it begins."""
    for quotation in quotations_in(document, _quotes(quotes)):
        verdict = _verdict(quotation, verifier, claims=claims, nearest=nearest)
        yield replace(verdict, line=quotation.line, column=quotation.column)


def _verdict(quotation: Quotation, verifier: Verifier, *, claims: Claims, nearest: int) -> Verdict:
    if is_too_short(quotation.text):
        return Verdict(quotation.text, Grade.TOO_SHORT)
    return verifier.verdict(quotation.text, claims=claims, address=quotation.address, nearest=nearest)


def is_too_short(text: str) -> bool:
    """Tell whether a text has so few words that finding them says nothing.

    >>> is_too_short("the open sea"), is_too_short("the open, open sea")
    (True, False)
    """
    weight = sum(0.5 if len(word) == 1 and word >= _FIRST_IDEOGRAPH else 1 for word in words(text))
    return weight < SHORTEST


def _quotes(value: Quotes | str) -> Quotes:
    try:
        return Quotes(value.value if isinstance(value, Enum) else value)
    except ValueError as error:
        names = ", ".join(one.value for one in Quotes)
        raise QueryError(
            f'"{value}" says not what is quoted; write one of {names}.', query=str(value)
        ) from error
