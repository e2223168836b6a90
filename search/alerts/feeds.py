"""Feeds of a saved search: Atom (RFC 4287) and JSON Feed 1.1, each a file.

A feed keeps the entries that it has, as they are; one that is in it already is not written again, so that a
run after a crash changes nothing. It keeps its last entries up to a number, and those of the last run in any
case: no news is lost because there was much of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from lxml import etree

from onrecord.indexer.errors import AlertError
from onrecord.search.alerts.news import Entry, News
from onrecord.search.alerts.wording import as_html, shown, title

__all__ = ["KEPT", "atom_feed", "json_feed"]

#: Entries that a feed keeps: those of a week of a busy search.
KEPT = 500

_ATOM = "http://www.w3.org/2005/Atom"
_DEFAULT: Any = {None: _ATOM}  # the one that needs no prefix
_NAME = "On Record"
_JSON_FEED = "https://jsonfeed.org/version/1.1"
_OURS = "_onrecord"
_FACTS = ("speaker", "forum", "date", "place", "hash")


def atom_feed(
    before: bytes | None, news: News, *, at: datetime, keep: int = KEPT, base_url: str | None = None
) -> bytes:
    """Return the feed with the news in it; ``before`` is the file that there is (`AlertError` if it is none).

    ``at`` is when the news was found. With a ``base_url`` each entry leads to its paragraph there.
    """
    root = _new_atom(news, at) if before is None else _read_atom(before)
    held = root.findall(f"{{{_ATOM}}}entry")
    entries = {str(one.findtext(f"{{{_ATOM}}}id")): one for one in held}
    told = list(news.entries())
    fresh = {entry.id: _atom_entry(entry, at, base_url) for entry in told if entry.id not in entries}
    if before is not None and not fresh:
        return before
    for one in held:
        root.remove(one)
    every = {**fresh, **entries}
    root.extend(every[id] for id in _kept(every, told, keep))  # noqa: A001
    updated = root.find(f"{{{_ATOM}}}updated")
    assert updated is not None
    updated.text = _written(at)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def json_feed(
    before: bytes | None, news: News, *, at: datetime, keep: int = KEPT, base_url: str | None = None
) -> bytes:
    """Return the same feed as JSON."""
    feed = _new_json(news) if before is None else _read_json(before)
    items: dict[str, Any] = {str(item["id"]): item for item in feed["items"]}
    told = list(news.entries())
    fresh = {entry.id: _json_item(entry, at, base_url) for entry in told if entry.id not in items}
    if before is not None and not fresh:
        return before
    every = {**fresh, **items}
    feed["items"] = [every[id] for id in _kept(every, told, keep)]  # noqa: A001
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"


def _kept(ids: Iterable[str], told: Sequence[Entry], keep: int) -> list[str]:
    """Choose the entries that stay, in their order: those of this run, and others up to a number."""
    own = {entry.id for entry in told}
    room = max(0, keep - len(own))
    kept = []
    for id in ids:  # noqa: A001
        if id in own:
            kept.append(id)
        elif room:
            kept.append(id)
            room -= 1
    return kept


def _new_atom(news: News, at: datetime) -> etree._Element:
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap=_DEFAULT)
    _add(root, "id", uuid4().urn)
    _add(root, "title", news.saved.name)
    _add(root, "subtitle", shown(news.understood))
    _add(root, "updated", _written(at))
    _add(_add(root, "author"), "name", _NAME)
    _add(root, "generator", _NAME)
    return root


def _read_atom(before: bytes) -> etree._Element:
    """Read a feed of ours; nothing that it names is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_blank_text=True, remove_pis=True
    )
    try:
        root = etree.fromstring(before, parser)
    except etree.XMLSyntaxError as error:
        raise AlertError("it is no Atom feed; take it away") from error
    if root.tag != f"{{{_ATOM}}}feed" or root.findtext(f"{{{_ATOM}}}generator") != _NAME:
        raise AlertError("it is not a feed that On Record wrote; name another folder")
    if root.find(f"{{{_ATOM}}}updated") is None:
        raise AlertError("it is no whole feed; take it away")
    return root


def _atom_entry(entry: Entry, at: datetime, base_url: str | None) -> etree._Element:
    one = etree.Element(f"{{{_ATOM}}}entry", nsmap=_DEFAULT)
    _add(one, "id", entry.id)
    _add(one, "title", title(entry))
    _add(one, "updated", _written(at))
    if entry.hit is not None and entry.hit.speaker:
        _add(_add(one, "author"), "name", shown(entry.hit.speaker))
    if base_url is not None:
        _add(one, "link", rel="alternate", href=_url(base_url, entry))
    _add(one, "category", term=entry.kind.value)
    _add(one, "content", as_html(entry), type="html")
    return one


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attrib=attributes)
    child.text = text
    return child


def _new_json(news: News) -> dict[str, Any]:
    return {
        "version": _JSON_FEED,
        "title": news.saved.name,
        "description": shown(news.understood),
        "authors": [{"name": _NAME}],
        _OURS: {"query": news.saved.query},
        "items": [],
    }


def _read_json(before: bytes) -> dict[str, Any]:
    try:
        feed = json.loads(before)
    except (ValueError, RecursionError) as error:
        raise AlertError("it is no JSON feed; take it away") from error
    if not isinstance(feed, dict) or feed.get("version") != _JSON_FEED or _OURS not in feed:
        raise AlertError("it is not a feed that On Record wrote; name another folder")
    items = feed.get("items")
    if not isinstance(items, list) or not all(isinstance(one, dict) and "id" in one for one in items):
        raise AlertError("it is no whole feed; take it away")
    return feed


def _json_item(entry: Entry, at: datetime, base_url: str | None) -> dict[str, Any]:
    hit = entry.hit
    item: dict[str, Any] = {"id": entry.id}
    if base_url is not None:
        item["url"] = _url(base_url, entry)
    item |= {
        "title": title(entry),
        "content_html": as_html(entry),
        "date_published": _written(at),
        "tags": [entry.kind.value],
    }
    if hit is not None and hit.speaker:
        item["authors"] = [{"name": shown(hit.speaker)}]
    if hit is not None and hit.language:
        item["language"] = hit.language
    facts = (
        {name: getattr(hit, name) for name in ("speaker", "forum", "date", "place", "hash")} if hit else {}
    )
    item[_OURS] = {"kind": entry.kind.value, "address": entry.address, **facts}
    return item


def _url(base_url: str, entry: Entry) -> str:
    address = entry.address if entry.hit is None else entry.hit.lasting_address
    return f"{base_url.rstrip('/')}/{address}"


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
