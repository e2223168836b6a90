"""XML read piece by piece: an element at a time, and what is done with is let go of.

Nothing is fetched and no file is opened for a document: entities that it defines
itself are filled in, external ones are refused, and libxml2's own limits stop
those that would grow without bounds. An entity may stand for letters and never for
elements: where such a one breaks off, libxml2 frees elements that lxml (6.1) has already
handed out, and no record needs one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.indexer.errors import SourceError
from onrecord.indexer.limits import check_time
from onrecord.indexer.sources.decoding import clean, decode

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "attribute",
    "events",
    "forget",
    "line_of",
    "local_name",
    "root_name",
    "text_without",
    "xml_attribute",
]

# Fed to the parser at once: as much as it takes to make a call cheap.
_CHUNK = 1 << 16
# A document type with the entities of a language takes two or three thousand characters before the root.
_PROLOG_SIZE = 1 << 15
_BOM = 4
_PROLOG_PART = re.compile(r"\s+|\ufeff|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
# Where a word was broken at the end of a line, or before an element that is one.
_SOFT_HYPHEN = "\u00ad"
_BROKEN = re.compile(f"{_SOFT_HYPHEN}\\s*")
_INTERNAL: Any = "internal"
_XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"


def root_name(data: bytes) -> str | None:
    """Return the name of the outermost element without its namespace, None where the text is no XML.

    >>> root_name(b'<?xml version="1.0"?><!-- a debate --><akn:akomaNtoso xmlns:akn="x">')
    'akomaNtoso'
    """
    return _root_name(data[:_PROLOG_SIZE])


@lru_cache(maxsize=1)  # one reader after the other asks it of the same file
def _root_name(beginning: bytes) -> str | None:
    text = decode(beginning)
    at = 0
    while (part := _PROLOG_PART.match(text, at)) is not None:
        at = part.end()
    root = _ROOT.match(text, at)
    return root[1] if root else None


def events(
    data: bytes, *, path: Path, ends: Iterable[str], starts: Iterable[str] = ()
) -> Iterator[tuple[bool, _Element]]:
    """Yield elements of these local names, with True where one begins and False where it has ended.

    An element that begins has its attributes and nothing else. XML that is not well
    formed is a `SourceError` with the line.
    """
    from lxml.etree import XMLPullParser, XMLSyntaxError

    begun, ended = frozenset(starts), frozenset(ends)
    # The type stubs of lxml are older than filling in internal entities alone.
    parser: Any = XMLPullParser(
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in begun | ended],
        resolve_entities=_INTERNAL,
        no_network=True,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    element: _Element | None = None
    try:
        if any("<" in letters for letters in _entities(data)):
            raise SourceError(path, "its document type puts markup into entities; write it out in the text.")
        for at in range(0, len(data), _CHUNK):
            check_time()
            parser.feed(data[at : at + _CHUNK])
            for event, element in parser.read_events():
                if local_name(element) in (begun if event == "start" else ended):
                    yield event == "start", element
        parser.close()
    except XMLSyntaxError as error:
        reason = " ".join((error.msg or "it breaks off").split())
        raise SourceError(
            path, f"this XML cannot be read ({reason}); get the file again or correct it.", line=error.lineno
        ) from error
    finally:
        # Parser and tree refer to each other: where nobody collects such rings, the tree would stay.
        if element is not None:
            element.getroottree().getroot().clear()


def _entities(data: bytes) -> list[str]:
    """Return what the entities that a document defines stand for; nothing after its root begins is read."""
    from lxml.etree import XMLPullParser

    parser: Any = XMLPullParser(events=("start",), resolve_entities=False, no_network=True)
    # The parser looks at the first four bytes for the encoding, and goes on to what it is fed.
    parser.feed(data[:_BOM])
    for at in range(_BOM, min(len(data), _PROLOG_SIZE)):
        parser.feed(data[at : at + 1])
        for _, root in parser.read_events():
            declared = root.getroottree().docinfo.internalDTD
            return [entity.content or "" for entity in declared.entities()] if declared is not None else []
    return []


def forget(element: _Element) -> None:
    """Let go of an element that has been read, and of all that stands before it in its parent."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def local_name(element: _Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: _Element, name: str) -> str | None:
    """Return the value of an attribute, clean and single-spaced; None where there is none, or a blank one.

    XML lets line ends, tabs and letters taken apart stand in it, and what is read from it is quoted.
    """
    value = element.get(name)
    if not value or (value.isascii() and value.isprintable() and " " not in value):
        return str(value) if value else None
    return " ".join(clean(str(value)).split()) or None


def xml_attribute(element: _Element, name: str) -> str | None:
    """Return ``xml:id`` or ``xml:lang``."""
    return attribute(element, _XML_NAMESPACE + name)


def line_of(element: _Element) -> int | None:
    """Return the line on which an element begins."""
    line: Any = element.sourceline
    return int(line) if line else None


def text_without(element: _Element, *, unspoken: frozenset[str], spaced: frozenset[str] = frozenset()) -> str:
    """Return the words of an element without those of some elements inside it, single-spaced.

    Words on the two sides of an element of a name in ``spaced`` (a line break) stand apart, unless its
    ``break`` is "no".
    """
    text = "".join(_pieces(element, unspoken, spaced))
    if _SOFT_HYPHEN in text:
        text = _BROKEN.sub("", text)
    return " ".join(clean(text).split())


def _pieces(element: _Element, unspoken: frozenset[str], spaced: frozenset[str]) -> Iterator[str]:
    """Yield the texts of an element: not by calls within calls, each of which would cost its depth."""
    yield element.text or ""
    open_ones: list[tuple[Iterator[_Element], str]] = [(iter(element), "")]
    while open_ones:
        children, behind = open_ones[-1]
        child = next(children, None)
        if child is None:
            yield behind
            open_ones.pop()
            continue
        name = local_name(child)
        tail = child.tail or ""
        if name in unspoken:
            yield tail
            continue
        space = " " if name in spaced else ""
        if space and child.get("break") == "no":  # a page or a line that ends in the midst of a word
            space = _SOFT_HYPHEN
        yield space + (child.text or "")
        open_ones.append((iter(child), space + tail))
