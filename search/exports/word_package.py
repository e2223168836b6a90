"""What all Word documents (DOCX) that are written here share: names of XML, entries without a clock."""

from __future__ import annotations

from unicodedata import bidirectional
from zipfile import ZIP_DEFLATED, ZipInfo

__all__ = ["HEAD", "KIND", "OFFICE", "PACKAGE", "WORDS", "entry", "is_right_to_left"]

#: What an XML part begins with.
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: The namespaces of packages, of the relations of their parts, and of text documents.
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: What the kinds of parts of a text document are called by.
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# The earliest that a zip archive can say: the same words are the same bytes.
_MADE = (1980, 1, 1, 0, 0, 0)
# Letters that run from right to left, and letters that run from left to right.
_RIGHT_TO_LEFT = ("R", "AL")


def entry(name: str) -> ZipInfo:
    """Return an entry of an archive that says nothing of when it was made."""
    made = ZipInfo(name, _MADE)
    made.compress_type = ZIP_DEFLATED
    return made


def is_right_to_left(text: str) -> bool:
    """Tell whether a text runs from right to left, as its first letter does.

    >>> is_right_to_left("\u0633\u0644\u0627\u0645 peace"), is_right_to_left("1 peace")
    (True, False)
    """
    if text.isascii():
        return False
    first = next((kind for kind in map(bidirectional, text) if kind in ("L", *_RIGHT_TO_LEFT)), "L")
    return first in _RIGHT_TO_LEFT
