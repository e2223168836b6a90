"""Which reader takes which file.

The first reader in `READERS` that takes a file reads it; the order is from the
narrowest scheme to the widest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.layout import Draft
from indexer.limits import FILE_SIZE, STATEMENT_SIZE, Limit
from indexer.sources.decoding import is_text
from indexer.sources.general_debate import is_general_debate, read_general_debate
from indexer.sources.markdown import read_markdown
from indexer.sources.plain_text import read_plain_text
from indexer.sources.ready_split import read_ready_split
from indexer.sources.web_page import looks_like_web_page, read_web_page

__all__ = ["READERS", "Reader", "reader_for"]

# An ending names a format only when it looks like one: "speech.2021" and "Statement by Mr. Abe" have none.
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}|\.markdown|\.ndjson|\.xhtml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, the files it takes (by name and how they begin), how it reads them, how large."""

    name: str
    takes: Callable[[Path, bytes], bool]
    read: Callable[[Path, bytes], list[Draft]]
    size: Limit = STATEMENT_SIZE


def reader_for(path: Path, data: bytes) -> Reader | None:
    """Return the reader that takes a file of this name that begins so; None when none does."""
    if not is_text(data):
        return None
    return next((reader for reader in READERS if reader.takes(path, data)), None)


def _suffix(path: Path) -> str:
    return path.suffix.lower() if _SUFFIX.fullmatch(path.suffix) else ""


def _takes_web_page(path: Path, data: bytes) -> bool:
    return _suffix(path) in (".html", ".htm", ".xhtml") or (_suffix(path) == "" and looks_like_web_page(data))


READERS = (
    Reader("general-debate", lambda path, _: is_general_debate(path), read_general_debate),
    Reader("html", _takes_web_page, read_web_page),
    Reader("json-lines", lambda path, _: _suffix(path) in (".jsonl", ".ndjson"), read_ready_split, FILE_SIZE),
    Reader("markdown", lambda path, _: _suffix(path) in (".md", ".markdown"), read_markdown),
    Reader("text", lambda path, _: _suffix(path) in (".txt", ".text", ""), read_plain_text),
)
