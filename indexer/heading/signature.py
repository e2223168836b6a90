"""What stands below the last words of a text: who signed it, where and when.

A declaration, a message or a letter is often signed and dated at its end, and says neither above. The lines
stay in the text. What they say is asked only where the heading is silent or says less, and is never sure:
below a text may also stand what a site says of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeVar

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Block
from onrecord.indexer.heading.boundary import LONGEST_LINE, Line
from onrecord.indexer.heading.candidate import Candidate
from onrecord.indexer.heading.date_and_place import FAR, find_dates_in, find_places_in
from onrecord.indexer.heading.phrases import phrases
from onrecord.indexer.heading.speaker import find_speakers
from onrecord.indexer.paragraphs.greetings import begins_with_greeting, is_closing
from onrecord.indexer.statement import Speaker

__all__ = ["Signature", "read_signature"]

Value = TypeVar("Value")
# A signature has no more lines, and no line of more words; a sentence has more than a name.
_MOST_LINES, _MOST_WORDS, _FEWEST_OF_SENTENCE = 6, 14, 4
_KIND = "signature"
_OF_SPEAKER = frozenset(("person line", "name above post", "post line", "state alone", "name with letters"))
_OF_DATE = frozenset(("alone", "with a city"))
_OF_PLACE = frozenset(("city beside date",))


@dataclass(frozen=True, slots=True)
class Signature:
    """What the lines below a text propose."""

    speakers: tuple[Candidate[Speaker], ...] = ()
    dates: tuple[Candidate[PartialDate], ...] = ()
    places: tuple[Candidate[str], ...] = ()


def read_signature(body: Sequence[Block]) -> Signature:
    """Read the signature off the last blocks of a text.

    >>> signed = read_signature([Block(("We agree.",)), Block(("Ms. Ana Lima", "Mayor", "3 May 2021"))])
    >>> [str(date.value) for date in signed.dates]
    ['2021-05-03']
    """
    lines = list(_last_lines(body))[::-1]
    said = phrases([Line(line, number) for number, line in enumerate(lines)])
    if not said:
        return Signature()
    return Signature(
        tuple(_signed(find_speakers(said).speakers, _OF_SPEAKER)),
        tuple(_signed(find_dates_in(said), _OF_DATE)),
        tuple(_signed(find_places_in(said), _OF_PLACE)),
    )


def _signed(found: Iterable[Candidate[Value]], kinds: Set[str]) -> Iterator[Candidate[Value]]:
    """Yield what was found by the kinds of evidence that a signature is, as no more than that."""
    for one in found:
        if one.kind in kinds:
            yield replace(one, kind=_KIND, at=FAR, doubtful=True)


def _last_lines(body: Sequence[Block]) -> Iterator[str]:
    """Yield the lines below the last sentence, the last first."""
    seen = 0
    for block in reversed(body[1:]):
        if any(_is_spoken(line) for line in block.lines):
            return
        for line in reversed(block.lines):
            seen += 1
            if seen > _MOST_LINES:
                return
            yield line


def _is_spoken(line: str) -> bool:
    """Tell whether a line is a sentence, a greeting, thanks, or too long for a signature."""
    text = line.strip()
    if len(text) > LONGEST_LINE or len(text.split()) > _MOST_WORDS or is_closing(text):
        return True
    if begins_with_greeting(text):
        return True
    return (
        text.endswith((".", "!", "?", "…", ":", "。", "؟"))
        and text[0].isupper()
        and len(text.split()) >= _FEWEST_OF_SENTENCE
    )
