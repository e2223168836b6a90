"""Cells that hold the source of a page: its words, a line for each of its blocks."""

from __future__ import annotations

import re
from html import unescape

__all__ = ["without_markup"]

# Tags that no prose holds by chance.
_TELLING = re.compile(r"</(?:p|div|span|b|i|em|strong|a|li|br)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE)
_DROPPED = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|tr|table|h[1-6]|blockquote|section|article)\b[^<>]*>", re.IGNORECASE
)
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)


def without_markup(cell: str) -> str:
    r"""Take the tags off a cell that has any; other cells stay as they are.

    >>> without_markup("<p>We <b>agree</b>.</p><p>Thank&nbsp;you.</p>")
    '\n\nWe agree.\n\n\n\nThank\xa0you.\n\n'
    >>> without_markup("a < b, and b > c")
    'a < b, and b > c'
    """
    if not _TELLING.search(cell):
        return cell
    text = " ".join(_DROPPED.sub(" ", cell).split())
    text = _BREAK.sub("\n", _BLOCK.sub("\n\n", text))
    return unescape(_TAG.sub("", text))
