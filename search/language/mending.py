r"""Words of a typed question that a page broke or decorated, mended as those of texts are.

Who pastes a quotation pastes its line breaks, its hyphens and the figures of its notes.
Where a text would decide by how it writes the word elsewhere, the question asks for both::

    "complete implement-\nation of the treaty"    "complete implementation of the treaty"
    "for peace-\nbuilding now"                    ("for peace-building now" OR "for peacebuilding now")

How it was understood shows it, so that nothing is rewritten unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

from onrecord.search.language.quotation_marks import QUOTES, closing_mark

__all__ = ["mended"]

_SIGNS = "-‐‑¬‧\u00ad"
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_SOLID = rf"[^\s(){QUOTES}]"
_LETTER = r"[^\W\d_]"
# Where one word was broken in two, or two touch with nothing to be seen between them.
_JOINT = rf"(?:[{_SIGNS}][ \t]*[\r\n]+[ \t]*|[¬‧]|[{_ZERO_WIDTH}]+)"
_BROKEN = rf"[^\W_]+(?:{_JOINT}[^\W_]+)+"
# A hyphen with a space on one side, in a quotation alone: outside of it, it is a minus, or a sign left out.
_LOOSE = rf"(?<![^\W_]){_LETTER}{{2,}}(?:[-‐‑] | [-‐‑](?:[\r\n]+)?){_LETTER}{{3,}}(?![^\W_])"
_GLUED = rf"(?<![^\W_]){_LETTER}{{4,}}[1-9][0-9]?(?![^\W_]|[-.,:/][0-9])"
_MENDABLE = re.compile(f"(?P<broken>{_BROKEN})|(?P<loose>{_LOOSE})|(?P<glued>{_GLUED})")
_MENDABLE_BARE = re.compile(f"(?P<broken>{_BROKEN})|(?P<glued>{_GLUED})")
_SPLIT = re.compile(f"({_JOINT})")
# What stands between spaces outside of quotation marks, and goes on behind a break; and how near words stand.
_BARE = re.compile(rf"(?P<minus>-?)(?P<bare>{_SOLID}+(?:(?<=[^\W_][{_SIGNS}])[ \t]*[\r\n]+[ \t]*{_SOLID}+)*)")
_NEAR = re.compile(rf"(?:~{_SOLID}*)?")
# An acronym has the sign before its last letter, or before an ending that was put behind it.
_GERSHAYIM = re.compile('(?<=[א-ת])"(?=[א-ת](?![א-ת]))|(?<=[א-ת]{2})"(?=[א-ת]{2,3}(?![א-ת"]))')
# Scripts before this one need no joiner.
_FIRST_JOINED = "\u0590"
# Readings of one piece; more are asked for all one way or all the other.
_MOST_READINGS = 8


def mended(typed: str) -> str:
    r"""Mend the words of a question that a page broke or decorated.

    >>> mended('"full implement-\nation" develop¬ment')
    '"full implementation" development'
    >>> mended('clear landmines3')
    'clear (landmines3 OR "landmines 3")'
    """
    if '"' in typed and not typed.isascii():
        typed = _GERSHAYIM.sub("״", typed)
    return "".join(_pieces(typed)) if _MENDABLE.search(typed) else typed


def _pieces(typed: str) -> Iterator[str]:
    """Yield a question piece by piece, each quotation and each word mended."""
    at = 0
    while at < len(typed):
        end = closing_mark(typed, at) if typed[at] in QUOTES else None
        if end is not None:
            near = _NEAR.match(typed, end + 1)
            after = near.end() if near else end + 1
            yield _quoted(typed[at], typed[at + 1 : end], typed[end:after], value=typed[:at].endswith(":"))
            at = after
        elif (bare := _BARE.match(typed, at)) is not None:
            yield _bare(bare["minus"], bare["bare"])
            at = bare.end()
        else:
            yield typed[at]
            at += 1


def _quoted(before: str, inside: str, after: str, *, value: bool) -> str:
    readings = [f"{before}{reading}{after}" for reading in _readings(inside, _MENDABLE)]
    return readings[0] if value or len(readings) == 1 else f"({' OR '.join(readings)})"


def _bare(minus: str, word: str) -> str:
    readings = [f'"{one}"' if " " in one else one for one in _readings(word, _MENDABLE_BARE)]
    # A field takes one value, and a pattern is of one word.
    single = len(readings) == 1 or not {":", "*", "?", "~"}.isdisjoint(word)
    return minus + (readings[0] if single else f"({' OR '.join(readings)})")


def _readings(text: str, mendable: re.Pattern[str]) -> Iterator[str]:
    """Yield what a piece may have been before the page came between."""
    kept: list[str] = []
    choices: list[list[str]] = []
    done = 0
    for found in mendable.finditer(text):
        kept.append(text[done : found.start()])
        choices.append(_choices(found[0], kind=found.lastgroup))
        done = found.end()
    rest = text[done:]
    for chosen in _chosen(choices):
        yield "".join(part for pair in zip(kept, chosen, strict=True) for part in pair) + rest


def _chosen(choices: list[list[str]]) -> Iterator[tuple[str, ...]]:
    if 2 ** sum(len(choice) > 1 for choice in choices) <= _MOST_READINGS:
        yield from islice(product(*choices), _MOST_READINGS)
    else:
        yield tuple(choice[0] for choice in choices)
        yield tuple(choice[-1] for choice in choices)


def _choices(written: str, *, kind: str | None) -> list[str]:
    """Return the ways to read what is broken or decorated; the likelier first."""
    if kind == "glued":
        return _glued(written)
    if kind == "loose":
        return _loose(written)
    pieces = _SPLIT.split(written)
    if all(mark.strip(_ZERO_WIDTH) == "" for mark in pieces[1::2]):
        return _touching(pieces[::2], written)
    return _broken(pieces[::2], written)


def _glued(written: str) -> list[str]:
    from onrecord.indexer.analysis.common_words import is_common

    word = written.rstrip("0123456789")
    return [written, f"{word} {written[len(word) :]}"] if word.islower() and is_common(word) else [written]


def _loose(written: str) -> list[str]:
    from onrecord.indexer.paragraphs.broken_words import BrokenWords

    return list(dict.fromkeys((BrokenWords([written]).join([written]), written)))


def _touching(words: list[str], written: str) -> list[str]:
    from onrecord.indexer.analysis.common_words import is_common

    one, several = "".join(words), " ".join(words)
    if max(one) >= _FIRST_JOINED or (one.isalnum() and not one.isalpha()):
        return [written]  # joiners belong there, spaces are not written, or a figure stands apart
    if is_common(one):
        return [one]
    return [several] if all(map(is_common, words)) else [one, several]


def _broken(halves: list[str], written: str) -> list[str]:
    from onrecord.indexer.analysis.common_words import is_common
    from onrecord.indexer.paragraphs.broken_words import BrokenWords, are_two_words

    whole = BrokenWords(()).join(written.replace("\u00ad", "-").splitlines())
    one, several = "".join(halves), "-".join(halves)
    if " " in whole or not one.isalpha() or not halves[-1].islower():
        return [whole]  # before a conjunction, a figure or a capital the hyphen stays
    if is_common(one) and not are_two_words(halves[0].lower(), halves[-1]):
        return [one]
    return list(dict.fromkeys((whole, one, several)))[:2]
