"""MHTML: a page that a browser saved in one file, with its pictures, as a message of several parts."""

from __future__ import annotations

from email import policy
from pathlib import Path

from onrecord.indexer.draft import Draft
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.web.page import read_web_page
from onrecord.indexer.limits import LINES, NESTING
from onrecord.indexer.sources.messages import parse_message

__all__ = ["read_saved_page"]

_PAGES = ("text/html", "application/xhtml+xml")


def read_saved_page(path: Path, data: bytes) -> list[Draft]:
    """Read the page in a saved message, the first of several; pictures and frames are left.

    Raises `SourceError` where there is no page in it.
    """
    LINES.check(len(data.splitlines()))
    NESTING.check(data.lower().count(b"multipart/"))
    message = parse_message(path, data, policy=policy.compat32)
    for part in message.walk():
        content = part.get_payload(decode=True) if part.get_content_type() in _PAGES else None
        if isinstance(content, bytes):
            return read_web_page(path, content, charset=part.get_content_charset())
    raise SourceError(path, "there is no web page in it; save the page again, as HTML.")
