"""A quotation taken apart: its words, where some were left out, and where the writer put in their own.

Its words are those of `indexer.analysis.words`, as for every text. ``…``, ``...`` and ``[…]`` are gaps, and
so are words in square brackets; brackets in a word (``[W]e``, ``state[s]``) may hold a letter of it or none.
A word that a line end broke may be one word or two, as a reader of files may have taken it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain, islice, product

from onrecord.indexer.analysis.words import Word, words, words_with_offsets
from onrecord.indexer.sources.decoding import clean

__all__ = ["Gap", "QuotedWords", "Reading"]

# Ways of reading a quotation that are tried: five words that a line end broke have 32.
_MOST_READINGS = 32
_DOTS = r"(?:…|\.[ ]?\.[ ]?\.(?:[ ]?\.)?)"
_LETTER = r"[^\W_]"
_PARTS = re.compile(
    rf"(?P<gap>[\[(<⟨]\s*{_DOTS}\s*[\])>⟩]|{_DOTS})"
    rf"|(?P<partial>{_LETTER}+(?:\[{_LETTER}*\]{_LETTER}*)+|(?:\[{_LETTER}*\]{_LETTER}+)(?:\[{_LETTER}*\]{_LETTER}*)*)"
    r"|(?P<bracket>\[[^\[\]]*\])"
    rf"|(?P<broken>{_LETTER}+[-‐‑¬‧][ ]?\s+[>*]?[ ]?{_LETTER}+)"
)
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_BREAK = re.compile(r"[-‐‑¬‧]\s+[>*]?[ ]?")


class Gap(Enum):
    """What the writer says of a place where their words are not the speaker's."""

    ELISION = "elision"  #: words were left out
    BRACKET = "bracket"  #: words of the writer stand there


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a quotation: pieces of words that follow each other, and the gaps between them."""

    pieces: tuple[tuple[Word, ...], ...]
    gaps: tuple[Gap, ...] = ()
    is_literal: bool = False  #: whether signs of the writer were taken for the speaker's

    @property
    def is_bracketed(self) -> bool:
        """Whether words in brackets were taken for the writer's."""
        return Gap.BRACKET in self.gaps

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of all pieces."""
        return tuple(word for piece in self.pieces for word in piece)

    @property
    def breaks(self) -> frozenset[int]:
        """The words before which there is a gap."""
        ends, so_far = [], 0
        for piece in self.pieces[:-1]:
            so_far += len(piece)
            ends.append(so_far)
        return frozenset(ends)


#: A word or words, or a gap.
_Option = tuple[Word, ...] | Gap


class QuotedWords:
    """A quotation as it was typed, cleaned as texts are (``text``), and the ways to read it.

    >>> [[word.text for word in piece] for piece in QuotedWords("We […] must [all] act").literal().pieces]
    [['we', 'must', 'all', 'act']]
    >>> [[word.text for word in piece] for piece in next(QuotedWords("We … must act").readings()).pieces]
    [['we'], ['must', 'act']]
    """

    def __init__(self, typed: str) -> None:
        self.text = clean(typed).strip()
        self._slots = list(self._read())

    @property
    def has_partial(self) -> bool:
        """Whether the writer put a part of a word in square brackets."""
        return any(found.lastgroup == "partial" for found in _PARTS.finditer(self.text))

    @property
    def has_brackets(self) -> bool:
        """Whether the writer put something in square brackets, and no dots."""
        return any(not re.search(_DOTS, found[0]) for found in _BRACKETED.finditer(self.text))

    @property
    def in_brackets(self) -> tuple[str, ...]:
        """The folded words that the writer put in square brackets, not in a word."""
        return tuple(
            word
            for found in _PARTS.finditer(self.text)
            if found.lastgroup == "bracket"
            for word in words(found[0])
        )

    def literal(self) -> Reading:
        """Return all words as one piece, those in brackets with the others."""
        return Reading((tuple(words_with_offsets(self.text)),), is_literal=True)

    def readings(self) -> Iterator[Reading]:
        """Yield the ways to read it, the likeliest first: brackets are the statement's, or the writer's."""
        as_spoken = [slot[:-1] or slot if slot[-1] is Gap.BRACKET else slot for slot in self._slots]
        as_written = [slot[-1:] if slot[-1] is Gap.BRACKET else slot for slot in self._slots]
        ways = [islice(product(*slots), _MOST_READINGS) for slots in (as_spoken, as_written, self._slots)]
        for options in dict.fromkeys(chain(*ways)):
            reading = _reading(options)
            if reading.pieces:
                yield reading

    def likeliest(self, is_known: Callable[[str], object]) -> Reading:
        """Return the reading whose words are known, as far as any is, with brackets for the writer's."""

        def choice(slot: tuple[_Option, ...]) -> _Option:
            known = (
                option
                for option in slot
                if isinstance(option, Gap) or all(is_known(word.text) for word in option)
            )
            return slot[-1] if slot[-1] is Gap.BRACKET else next(known, slot[-1])

        return _reading(tuple(map(choice, self._slots)))

    def _read(self) -> Iterator[tuple[_Option, ...]]:
        """Yield what stands there piece by piece, each with the ways to read it."""
        last = 0
        for found in _PARTS.finditer(self.text):
            yield (self._plain(last, found.start()),)
            last = found.end()
            match found.lastgroup:
                case "gap":
                    yield (Gap.ELISION,)
                case "bracket":
                    yield (self._plain(*found.span()), Gap.BRACKET)
                case "partial":
                    whole = found[0].replace("[", "").replace("]", "")
                    yield self._options(found, whole, _BRACKETED.sub("", found[0]))
                case _:
                    yield self._options(found, _BREAK.sub("", found[0]), _BREAK.sub(" ", found[0]))
        yield (self._plain(last, len(self.text)),)

    def _plain(self, start: int, end: int) -> tuple[Word, ...]:
        return tuple(
            Word(word.text, word.start + start, word.end + start)
            for word in words_with_offsets(self.text[start:end])
        )

    def _options(self, found: re.Match[str], *written: str) -> tuple[_Option, ...]:
        options = (tuple(words(one)) for one in written)
        return tuple(
            tuple(Word(word, found.start(), found.end()) for word in option)
            for option in dict.fromkeys(options)
        )


def _reading(options: tuple[_Option, ...]) -> Reading:
    """Put the pieces together; a gap at either end is none."""
    pieces: list[list[Word]] = [[]]
    gaps: list[Gap] = []
    for option in options:
        if not isinstance(option, Gap):
            pieces[-1].extend(option)
        elif pieces[-1]:
            pieces.append([])
            gaps.append(option)
        elif gaps and option is Gap.ELISION:  # "… [they] …": words may have been left out all the same
            gaps[-1] = option
    if not pieces[-1]:
        pieces.pop()
        del gaps[len(pieces) - 1 if pieces else 0 :]
    return Reading(tuple(map(tuple, pieces)), tuple(gaps))
