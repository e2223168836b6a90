"""A piece of news in words and in HTML, as feeds and digests show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from onrecord.search.alerts.news import Changed, Entry, Kind, Withdrawn
from onrecord.search.results.hits import Hit
from onrecord.search.results.shown_text import printable

__all__ = ["as_html", "cut", "marked", "shown", "summary", "title"]

# What no XML may hold, beside what `printable` takes out.
_NO_XML = re.compile("[\ufffe\uffff]")
_MARKS = {"left out": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
_TAGS = {"left out": "del", "added": "ins"}


def shown(text: str) -> str:
    """Return a text as it may be shown and stand in XML."""
    return _NO_XML.sub("", printable(text))


def title(entry: Entry) -> str:
    """Say who said it, before whom and when; of what was withdrawn the address tells."""
    hit = entry.hit
    facts = (hit.speaker, hit.forum, hit.date) if hit else ()
    said = shown(", ".join(filter(None, facts))) or entry.address
    return said if entry.kind is Kind.NEW else f"{entry.kind.value}: {said}"


def summary(entry: Entry) -> str | None:
    """Say what became of a paragraph that is not new, in a sentence; None of one that is."""
    item = entry.item
    if isinstance(item, Changed):
        moved = "" if item.former_address == item.hit.address else f" It was {item.former_address}."
        return ("Its words have changed" + ("." if item.found else ", and it is found no longer.")) + moved
    if isinstance(item, Withdrawn):
        if item.stands:
            return "Its words still stand there, and the search does not find them any more."
        return "It is no longer in the index."
    return None


def marked(entry: Entry, *, bold: str = "**") -> str:
    """Return the words of a paragraph, matches between ``bold``, changes as ``[-…-]`` and ``{+…+}``."""
    if isinstance(entry.item, Changed):
        pieces = (f"{_MARKS[kind][0]}{text}{_MARKS[kind][1]}" for kind, text in entry.item.difference)
        return shown("".join(pieces))
    if isinstance(entry.item, Withdrawn):
        return shown(entry.text)
    return shown("".join(f"{bold}{text}{bold}" if is_match else text for text, is_match in cut(entry.item)))


def as_html(entry: Entry) -> str:
    """Write the words of a paragraph as HTML, with what became of it below."""
    if isinstance(entry.item, Changed):
        words = "".join(
            f"<{tag}>{escape(shown(text))}</{tag}>" if (tag := _TAGS.get(kind)) else escape(shown(text))
            for kind, text in entry.item.difference
        )
    elif isinstance(entry.item, Withdrawn):
        words = f"<del>{escape(shown(entry.text))}</del>"
    else:
        words = "".join(
            f"<b>{escape(shown(text))}</b>" if is_match else escape(shown(text))
            for text, is_match in cut(entry.item)
        )
    said = summary(entry)
    below = f"<p>{escape(said)}</p>" if said else ""
    return f'<p dir="auto">{words}</p>{below}'


def cut(hit: Hit) -> Iterator[tuple[str, bool]]:
    """Cut a text where what was asked for begins and ends."""
    end = 0
    for start, stop in hit.highlights:
        yield hit.text[end:start], False
        yield hit.text[start:stop], True
        end = stop
    yield hit.text[end:], False
