"""Paragraphs as a model is given them: the words, who said them, and the citation to put under them.

The words are those of the index, letter for letter, but for signs that cannot be seen. A paragraph that is
too long for an answer is given in pieces, each of which ends where a sentence ends, or a word; each is
verified at the address of the paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from onrecord.indexer.analysis.words import words_with_offsets
from onrecord.search.mcp.answer import cut, written_length
from onrecord.search.mcp.fence import visible
from onrecord.search.research.concordances.sentences import sentence_starts
from onrecord.search.results.hits import Hit
from onrecord.search.results.shown_text import printable

__all__ = ["Piece", "Quoted", "pieces", "quoted"]

#: Characters of a piece, as JSON has them: both forms of it leave room for what stands beside it.
LONGEST_PIECE = 4_000
# Characters of a name, and of a citation.
_LONGEST_NAME = 300
_LONGEST_CITATION = 1_500
_SPACES = re.compile(r"\s+")


class Piece(NamedTuple):
    """Words of a paragraph that follow each other: the part ``number`` of so many."""

    text: str
    number: int = 1
    of: int = 1

    @property
    def named(self) -> str | None:
        """Which part it is; None where it is all."""
        return f"part {self.number} of {self.of} of the paragraph" if self.of > 1 else None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A paragraph beside a passage, of the same statement: no more than is needed to quote it too."""

    address: str
    quotation: str
    sha256: str
    part: str | None = None

    @classmethod
    def of(cls, hit: Hit, piece: Piece) -> Self:
        """Take a piece of a paragraph."""
        return cls(hit.address, visible(piece.text), hit.hash, piece.named)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data; what it has none of is left out."""
        plain = {"address": self.address, "quotation": self.quotation, "sha256": self.sha256}
        return plain if self.part is None else {**plain, "part": self.part}

    def lines(self, label: str) -> list[str]:
        """Return it as text: quotation in quotation marks, address under it."""
        return [_labelled(label, self.part), f"“{printable(self.quotation)}”", f"— [{self.address}]"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage in an answer; ``as_dict`` is what the tools call a passage.

    ``sha256`` is that of the whole paragraph. ``before`` and ``after`` are its neighbours.
    """

    address: str
    quotation: str
    speaker: str | None
    printed_speaker: str | None
    date: str | None
    forum: str | None
    citation: str
    sha256: str
    url: str | None = None
    part: str | None = None
    before: tuple[Neighbour, ...] = ()
    after: tuple[Neighbour, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the passage as plain data; what it has none of is left out."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in _ALWAYS}
        plain |= {name: value for name in ("url", "part") if (value := getattr(self, name)) is not None}
        for side in ("before", "after"):
            if neighbours := getattr(self, side):
                plain[side] = [one.as_dict() for one in neighbours]
        return plain

    def lines(self, label: str) -> list[str]:
        """Return the passage as text: quotation in quotation marks, citation under it."""
        own = [_labelled(label, self.part), f"“{printable(self.quotation)}”", f"— {self.citation}"]
        before = [line for one in self.before for line in one.lines(f"{label} before it:")]
        after = [line for one in self.after for line in one.lines(f"{label} after it:")]
        return [*before, *own, *after]


_ALWAYS = (*("address", "quotation", "speaker", "printed_speaker", "date", "forum", "citation", "sha256"),)


def _labelled(label: str, part: str | None) -> str:
    return label if part is None else f"{label} ({part})"


def quoted(
    hit: Hit,
    piece: Piece | None = None,
    *,
    base_url: str | None = None,
    before: Sequence[Hit] = (),
    after: Sequence[Hit] = (),
) -> Quoted:
    """Quote a paragraph, or a piece of it, with some of its neighbours.

    Without a piece it is the one in which the first word stands that was found.
    """
    piece = piece or _piece_found(hit)
    return Quoted(
        address=hit.address,
        quotation=visible(piece.text),
        speaker=_named(hit.speaker),
        printed_speaker=_named(hit.printed_speaker),
        date=hit.date,
        forum=_named(hit.forum),
        citation=cut(hit.cite(base_url=base_url), _LONGEST_CITATION),
        sha256=hit.hash,
        url=f"{base_url.rstrip('/')}/{hit.lasting_address}" if base_url else None,
        part=piece.named,
        before=tuple(Neighbour.of(one, pieces(one.text)[-1]) for one in before),
        after=tuple(Neighbour.of(one, pieces(one.text)[0]) for one in after),
    )


def pieces(text: str) -> list[Piece]:
    """Return a text as the pieces in which it is given: most are one.

    >>> pieces("The canal is ours.")
    [Piece(text='The canal is ours.', number=1, of=1)]
    """
    if _fits(text):
        return [Piece(text)]
    parts = list(_parts(text)) or [""]
    return [Piece(part, number, len(parts)) for number, part in enumerate(parts, 1)]


def _piece_found(hit: Hit) -> Piece:
    some = pieces(hit.text)
    begin = hit.highlights[0][0] if hit.highlights else 0
    reached = 0
    for piece in some:
        reached = hit.text.index(piece.text, reached) + len(piece.text)
        if begin < reached:
            return piece
    return some[-1]


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of a long text, cut where a sentence begins, else at a space, else between words."""
    cuts = (
        sentence_starts(text),
        [space.start() for space in _SPACES.finditer(text)],
        [word.end for word in words_with_offsets(text)],
    )
    begin = 0
    while begin < len(text):
        within = len(text) if _fits(text[begin:]) else _reach(text, begin)
        end = within if within == len(text) else _end(cuts, begin, within)
        if part := text[begin:end].strip():
            yield part
        begin = end


def _end(cuts: Sequence[Sequence[int]], begin: int, within: int) -> int:
    """Return the last place up to ``within`` at which a part may end, of the first kind that there is."""
    for places in cuts:
        at = bisect_right(places, within) - 1
        if at >= 0 and places[at] > begin:
            return places[at]
    return within


def _reach(text: str, begin: int) -> int:
    """Return how far a piece may go at most that begins at a place."""
    end = min(len(text), begin + LONGEST_PIECE)
    while not _fits(text[begin:end]):
        end = begin + (end - begin) * 3 // 4
    return max(end, begin + 1)


def _fits(text: str) -> bool:
    return len(text) <= LONGEST_PIECE and written_length(text) <= LONGEST_PIECE


def _named(name: str | None) -> str | None:
    return None if name is None else cut(name, _LONGEST_NAME)
