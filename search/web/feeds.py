"""What a question finds, newest first, as a feed: Atom (RFC 4287) and JSON Feed 1.1.

An entry bears the day of its statement: when a text came into the index is nothing that a stranger can check.
The same state of the index gives the same feed, whoever asks and whenever.
"""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from markupsafe import Markup, escape

from onrecord.search.results.hits import Hit, Results
from onrecord.search.results.shown_text import printable
from onrecord.search.web.hit_answers import paragraph_url
from onrecord.search.web.marking import marked
from onrecord.search.web.resource import Asked
from onrecord.search.web.view import View

__all__ = ["atom_feed", "json_feed"]

_ATOM = "http://www.w3.org/2005/Atom"
_DEFAULT: Any = {None: _ATOM}  # the one that needs no prefix
_JSON_FEED = "https://jsonfeed.org/version/1.1"
# The time of an entry without a date, which has to have one: the beginning of the calendar.
_NO_DAY = "0001-01-01T00:00:00Z"


def atom_feed(view: View, asked: Asked, results: Results) -> bytes:
    """Write the hits as Atom."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap=_DEFAULT)
    _add(root, "id", _id(asked.link("search"), asked))
    _add(root, "title", _title(view, results))
    _add(root, "updated", max((_day(hit) for hit in results.hits), default=_NO_DAY))
    _add(_add(root, "author"), "name", printable(view.site.title))
    _add(root, "generator", "On Record")
    _add(root, "link", rel="self", type="application/atom+xml", href=_url(asked.link("search.atom"), asked))
    _add(root, "link", rel="alternate", type="text/html", href=_url(asked.link("search"), asked))
    for hit in results.hits:
        entry = _add(root, "entry")
        _add(entry, "id", _id(hit.lasting_address, asked))
        _add(entry, "title", _said_where(hit))
        _add(entry, "updated", _day(hit))
        _add(entry, "link", rel="alternate", type="text/html", href=_url(paragraph_url(hit, ""), asked))
        _add(_add(entry, "author"), "name", printable(hit.speaker or "not known"))
        _add(entry, "content", _words(hit), type="html")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def json_feed(view: View, asked: Asked, results: Results) -> dict[str, Any]:
    """Return the same feed as plain data."""
    return {
        "version": _JSON_FEED,
        "title": _title(view, results),
        "home_page_url": _url(asked.link("search"), asked),
        "feed_url": _url(asked.link("search.feed.json"), asked),
        "items": [_item(hit, asked) for hit in results.hits],
    }


def _item(hit: Hit, asked: Asked) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": _id(hit.lasting_address, asked),
        "url": _url(paragraph_url(hit, ""), asked),
        "title": _said_where(hit),
        "content_html": _words(hit),
    }
    if hit.first_day is not None:
        item["date_published"] = _day(hit)
    if hit.speaker:
        item["authors"] = [{"name": printable(hit.speaker)}]
    if hit.language:
        item["language"] = hit.language
    return item


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attrib=attributes)
    child.text = text
    return child


def _url(relative: str, asked: Asked) -> str:
    """Return an absolute URL where the application knows its own, else one relative to the feed."""
    return relative if asked.base is None else f"{asked.base}/{relative}"


def _id(name: str, asked: Asked) -> str:
    return uuid5(NAMESPACE_URL, f"{asked.base or 'onrecord:'}/{name}").urn


def _title(view: View, results: Results) -> str:
    return printable(f"{view.site.title}: {results.understood}")


def _said_where(hit: Hit) -> str:
    return printable(", ".join(filter(None, (hit.speaker, hit.forum, hit.date)))) or hit.address


def _day(hit: Hit) -> str:
    day = hit.first_day
    return _NO_DAY if day is None else f"{day.isoformat()}T00:00:00Z"


def _words(hit: Hit) -> str:
    return str(
        Markup('<p dir="auto">{}</p>').format(marked(hit))
        + Markup("<p>{}</p>").format(escape(printable(hit.cite())))
    )
