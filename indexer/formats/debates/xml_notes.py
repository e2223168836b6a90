"""Footnotes inside a speech in XML: what the printed record says below the line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.indexer.draft import Note
from onrecord.indexer.formats.debates.xml_stream import line_of, local_name, text_without

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["elements_inside", "note_of", "texts_of_note"]

_PARAGRAPHS = frozenset({"p", "block", "ab"})
# What a note says of its mark, and what is no words of it.
_MARKS = ("marker", "n", "nr", "zeichen", "label")
_UNSPOKEN = frozenset({"num", "img", "ref", "noteRef"})


def elements_inside(
    speech: _Element, names: frozenset[str], *, apart: frozenset[str] = frozenset()
) -> Iterator[_Element]:
    """Yield the elements of these names in a speech in their order, without those in what is ``apart``."""
    for child in speech:
        name = local_name(child) if isinstance(child.tag, str) else ""
        if name in names:
            yield child
        elif name and name not in apart:
            yield from elements_inside(child, names, apart=apart)


def note_of(element: _Element, *, texts: tuple[str, ...] | None = None) -> Note | None:
    """Read a note, or what stands for one that says ``texts``; None for one without words."""
    mark = next((found for name in _MARKS if (found := (element.get(name) or "").strip("()[]. "))), None)
    texts = texts_of_note(element) if texts is None else texts
    return Note(texts, mark, line_of(element) or 1) if texts else None


def texts_of_note(element: _Element) -> tuple[str, ...]:
    """Return the paragraphs of a note."""
    inside = [one for one in element.iter("{*}p", "{*}block", "{*}ab") if one is not element]
    outermost = [
        one for one in inside if not any(local_name(up) in _PARAGRAPHS for up in _between(one, element))
    ]
    texts = (text_without(one, unspoken=_UNSPOKEN) for one in outermost or [element])
    return tuple(filter(None, texts))


def _between(inner: _Element, outer: _Element) -> Iterator[_Element]:
    for one in inner.iterancestors():
        if one is outer:
            return
        yield one
