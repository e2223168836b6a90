"""Markup that is changed element by element, so that most of it stays well formed and is read to its end."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Markup", "markup_of"]

_TAG = re.compile(rb"<(/?)([A-Za-z][^\s<>/]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_VALUE = re.compile(rb"=\s*([\"'])(.*?)\1", re.DOTALL)
#: Longer ones are changed as bytes.
_LONGEST = 20_000
_SEPARATE = re.compile(rb"[<&>]")
_DEEP = (1, 1, 1, 2, 12, 200)
_VALUES = (
    b"",
    b"0",
    b"-1",
    b"9" * 30,
    b"2021-13-45",
    b"a b",
    b"#",
    b"\xc3\xa9",
    b"x" * 300,
    b"&#10;",
    b"&lt;p>",
)
_TEXTS = (
    b"",
    b" ",
    b"\n\n",
    b"A",
    b"&#8203;",
    b"&#173;",
    b"&amp;lt;",
    b"\xe2\x80\xa8",
    b"e\xcc\x81",
    b"x" * 2000,
)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Markup:
    """Where the elements of a text stand, the words between its tags, and the values of its attributes."""

    elements: tuple[Span, ...]
    texts: tuple[Span, ...]
    values: tuple[Span, ...]
    names: tuple[tuple[Span, Span], ...]

    def changed(self, data: bytes, chance: random.Random, *, times: int, pieces: Sequence[bytes]) -> bytes:
        """Change elements, words and values in some places, from the last to the first."""
        changes: list[tuple[Span, bytes]] = []
        for _ in range(times):
            changes += chance.choice(_WAYS)(self, data, chance, pieces)
        end = len(data)
        for (begin, behind), new in sorted(changes, reverse=True):
            if behind <= end:
                data = data[:begin] + new + data[behind:]
                end = begin
        return data


@lru_cache(maxsize=512)
def markup_of(data: bytes) -> Markup | None:
    """Find the elements of a text; None where it is no markup, or too long."""
    if len(data) > _LONGEST or not data.lstrip().startswith((b"<", b"{\\")) or b"</" not in data:
        return None
    elements: list[Span] = []
    names: list[tuple[Span, Span]] = []
    values: list[Span] = []
    texts: list[Span] = []
    opened: list[tuple[bytes, int, Span]] = []
    last = 0
    for tag in _TAG.finditer(data):
        if data[last : tag.start()].strip() and last:
            texts.append((last, tag.start()))
        last = tag.end()
        values += ((value.start(2), value.end(2)) for value in _VALUE.finditer(data, *tag.span()))
        if tag[4]:
            elements.append(tag.span())
        elif not tag[1]:
            opened.append((tag[2], tag.start(), tag.span(2)))
        elif any(name == tag[2] for name, _, _ in opened):
            while opened:
                name, begin, named = opened.pop()
                if name == tag[2]:
                    elements.append((begin, tag.end()))
                    names.append((named, tag.span(2)))
                    break
    if not elements:
        return None
    return Markup(tuple(elements), tuple(texts), tuple(values), tuple(names))


Changes = list[tuple[Span, bytes]]


def _drop(markup: Markup, data: bytes, chance: random.Random, pieces: Sequence[bytes]) -> Changes:
    return [(chance.choice(markup.elements), b"")]


def _twice(markup: Markup, data: bytes, chance: random.Random, pieces: Sequence[bytes]) -> Changes:
    begin, end = chance.choice(markup.elements)
    return [((end, end), data[begin:end] * chance.choice((1, 1, 2, 9)))]


def _other(markup: Markup, data: bytes, chance: random.Random, pieces: Sequence[bytes]) -> Changes:
    """Put an element in the place of another, or before it."""
    begin, end = chance.choice(markup.elements)
    place = chance.choice(markup.elements)
    return [(place if chance.random() < 0.5 else (place[0], place[0]), data[begin:end])]


def _unwrap(markup: Markup, data: bytes, chance: random.Random, pieces: Sequence[bytes]) -> Changes:
    """Leave the words of an element without their tags."""
    begin, end = chance.choice(markup.elements)
    return [((begin, end), _TAG.sub(b"", data[begin:end]))]


def _wrap(markup: Markup, data: bytes, chance: random.Random, pieces: Sequence[bytes]) -> Changes:
    if not markup.names:
        return []
    (at, end), _ = chance.choice(markup.names)
    name, deep = data[at:end], chance.choice(_DEEP)
    begin, behind = chance.choice(markup.texts or markup.elements)
    return [((begin, begin), b"<%b>" % name * deep), ((behind, behind), b"</%b>" % name * deep)]


def _rename(markup: Markup, data: bytes, chance: random.Random, pieces: Sequence[bytes]) -> Changes:
    if not markup.names:
        return []
    first, last = chance.choice(markup.names)
    (at, end), _ = chance.choice(markup.names)
    name = data[at:end] if chance.random() < 0.8 else b"unknown"
    return [(first, name), (last, name)]


def _value(markup: Markup, data: bytes, chance: random.Random, pieces: Sequence[bytes]) -> Changes:
    if not markup.values:
        return []
    begin, end = chance.choice(markup.values)
    new = data[begin:end] if chance.random() < 0.5 else chance.choice(_VALUES)
    return [(chance.choice(markup.values), new)]


def _words(markup: Markup, data: bytes, chance: random.Random, pieces: Sequence[bytes]) -> Changes:
    if not markup.texts:
        return []
    begin, end = chance.choice(markup.texts)
    way = chance.random()
    if way < 0.3:
        return [((begin, end), chance.choice(_TEXTS))]
    if way < 0.6:
        at, behind = chance.choice(markup.texts)
        return [((begin, end), data[at:behind])]
    at = chance.randint(begin, end)
    piece = _SEPARATE.sub(b" ", chance.choice(pieces))
    return [((at, at), piece if way < 0.9 else piece * 50)]


Way = Callable[[Markup, bytes, random.Random, Sequence[bytes]], Changes]
_WAYS: tuple[Way, ...] = (
    _drop,
    _twice,
    _other,
    _other,
    _unwrap,
    _wrap,
    _rename,
    _value,
    _value,
    _words,
    _words,
    _words,
)
