"""Statements under addresses of their own: ``onrecord://statement/SLUG`` and ``onrecord://statement/SLUG/NUMBER``."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from onrecord.indexer.errors import AddressError
from onrecord.search.index import Index
from onrecord.search.mcp.tools.read_statement import READ_STATEMENT

__all__ = ["TEMPLATES", "Template", "read_resource"]

_URI = re.compile(r"onrecord://statement/([^/?#]+)(?:(?:/|%23|#)([^/?#]+))?/?")
_LONGEST_URI = 2_000


class Template(NamedTuple):
    """Resources of one kind."""

    uri: str
    name: str
    title: str
    description: str


#: The resources there are.
TEMPLATES = (
    Template(
        "onrecord://statement/{slug}",
        "statement",
        "A statement",
        "A whole statement, its paragraphs quoted with their citations; of a long one the beginning.",
    ),
    Template(
        "onrecord://statement/{slug}/{n}",
        "paragraph",
        "A paragraph",
        "One paragraph of a statement by its number, quoted with its citation.",
    ),
)


def read_resource(uri: str, index: Index, *, base_url: str | None = None) -> str:
    """Return the text of a resource (`AddressError`)."""
    found = _URI.fullmatch(uri[:_LONGEST_URI])
    if found is None:
        shown = uri if len(uri) < 100 else f"{uri[:100]}…"
        raise AddressError(
            f"{shown} is no resource; read onrecord://statement/SLUG or onrecord://statement/SLUG/NUMBER.",
            address=shown,
        )
    slug, number = unquote(found[1]), unquote(found[2]) if found[2] else None
    sent = {"address": slug if number is None else f"{slug}#{number}", "context": 0}
    return READ_STATEMENT.ask(index, sent, base_url=base_url).text
