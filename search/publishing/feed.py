"""The newest statements as an Atom feed (RFC 4287), the same for the same index.

An entry bears the day of its statement: when a text came into the index is nothing that a stranger can check.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import islice
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from onrecord.search.citation.facts import without_controls
from onrecord.search.publishing.entries import Entry
from onrecord.search.publishing.site import Site

__all__ = ["ENTRIES", "feed"]

#: Statements that the feed holds.
ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
_DEFAULT: Any = {None: _ATOM}  # the one that needs no prefix
# The time of a feed without entries, which has to have one.
_NO_DAY = datetime.date.min


def feed(site: Site, entries: Sequence[Entry]) -> bytes:
    """Write the feed of some statements, the newest first; those without a date are left out."""
    dated = list(islice((entry for entry in entries if entry.day is not None), ENTRIES))
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap=_DEFAULT)
    _add(root, "id", _id(site, ""))
    _add(root, "title", without_controls(site.title))
    _add(root, "updated", _time(dated[0].day if dated else None))
    _add(_add(root, "author"), "name", without_controls(site.title))
    _add(root, "generator", "On Record")
    _add(root, "link", rel="self", type="application/atom+xml", href=site.absolute("feed.xml"))
    _add(root, "link", rel="alternate", type="text/html", href=site.absolute("") or "./")
    for entry in dated:
        one = _add(root, "entry")
        _add(one, "id", _id(site, entry.slug))
        _add(one, "title", without_controls(entry.name) or entry.slug)
        _add(one, "updated", _time(entry.day))
        _add(one, "link", rel="alternate", type="text/html", href=site.absolute(entry.path))
        _add(_add(one, "author"), "name", without_controls(entry.speaker or "not known"))
        said = ", ".join(filter(None, (entry.speaker, entry.forum, entry.date)))
        _add(one, "summary", without_controls(said))
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attrib=attributes)
    child.text = text
    return child


def _id(site: Site, slug: str) -> str:
    return uuid5(NAMESPACE_URL, f"{site.root or 'onrecord:'}/statements/{slug}").urn


def _time(day: datetime.date | None) -> str:
    return f"{(day or _NO_DAY).isoformat()}T00:00:00Z"
