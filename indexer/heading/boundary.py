"""Where a heading ends: at the greeting, at the first spoken sentence, or before it began."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.indexer.draft import Block
from onrecord.indexer.heading.wording import (
    NOTICE,
    SPOKEN,
    STATEMENT,
    is_statement_word,
    says_something,
)
from onrecord.indexer.paragraphs.greetings import begins_with_greeting, is_greeting, is_invocation
from onrecord.indexer.register.written_dates import find_dates

__all__ = ["Line", "cut_heading"]

# No heading met in the samples has more lines, one word a line and letterhead included.
_LONGEST_HEADING = 40
# Nor more characters, in a line or in all. Some of the patterns of a heading take the time of the square of
# what they are put to, so that these keep the reading of a text of any size in proportion to it.
_LONGEST_LINE, _MOST_CHARACTERS = 1000, 4000
# Blocks of fewer words are never taken for a spoken paragraph by their wording alone.
_SHORTEST_PROSE = 8
# A block of more words that is no title is a paragraph, whatever it says.
_LONGEST_BLOCK = 60

# A transcript names who takes the floor: "THE PRESIDENT:  Good morning."
_TURN = re.compile(r"\W*(?:the|le|la|el|mrs?\.?|ms\.?|m\.|mme)\s[^:]{2,60}:\s+\S", re.IGNORECASE)
# Words of a sentence in which someone speaks; a heading has none of them, or one inside a theme.
_SPOKEN = re.compile(
    rf"""\b(?:(?-i:I)|we|our|my|us|me|is|are|was|were|has|have|had|will|would|must|can|it|this|that|these|
    they|let|allow |
    je|j|nous|notre|nos|est|sont|ont|cette|ces|ici|il|qui|que|avons|suis |
    yo|mi|me|nos|nuestr[oa]s?|está|están|ha|han|hoy|hemos|quiero|quisiera|este|esta|que|es |
    {SPOKEN})\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Someone begins to speak; a title such as "We the peoples" is shorter.
_SHORTEST_FIRST_PERSON = 5
_FIRST_PERSON = re.compile(
    r"\W*(?:(?-i:I)|we|je|nous|ich|wir|jag|eu|nós|io|noi|yo|nosotros|я|мы)\s|\W*j['’]", re.IGNORECASE
)
# A line that announces a statement may quote a theme that says "we".
_ANNOUNCES = re.compile(rf"(?:\S+\s+){{0,4}}{STATEMENT}\b", re.IGNORECASE)
_NOTICE_LINE = re.compile(rf"\W*{NOTICE}", re.IGNORECASE)
_NOTICE_SENTENCE = re.compile(rf"\b{NOTICE}[^.]*", re.IGNORECASE)
# A full stop after a whole word, and a quotation mark perhaps.
_STOPPED = re.compile(r"[^\W\d_]{3}[.!?…]{1,9}[”\"']?$")
_LONGEST_STOP = 13
# A sentence that is none of a heading has this many words.
_FEWEST_WORDS = 4
# Signs are no words that could be counted; their full stop ends a sentence, and headings have none.
_IDEOGRAPHIC_SENTENCE = re.compile(r"[\u3400-\u9fff]{6}.*。")
# The end of a sentence of whole words, which "H.E. Mr." and "Hon. A. B." are not.
_SENTENCE_END = re.compile(r"[^\W\d_]{4,}[.!?]+(?=\s+[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the heading, and the block it stands in, counted from 0."""

    text: str
    block: int
    title: bool = False


def cut_heading(blocks: Sequence[Block]) -> tuple[tuple[Line, ...], tuple[Block, ...]]:
    """Cut a text into the lines of its heading and the blocks that were spoken.

    A text that begins with its first sentence, or with lines that say nothing a
    heading says, has no heading: all of it is spoken.
    """
    lines = list(_lines_before_speech(blocks))
    if _greets_after(blocks, count=len(lines)):
        lines = lines[: _round_of_protocol(lines)]
    told = [number for number, line in enumerate(lines, 1) if line.title or says_something(line.text)]
    if not told:
        return (), tuple(blocks)
    greeted = _greets_after(blocks, count=len(lines))
    keep = len(lines) if greeted else told[-1]
    return tuple(lines[:keep]), tuple(_without(blocks, count=keep))


def is_spoken(text: str) -> bool:
    """Tell whether a run of lines is a paragraph of speech rather than part of a heading."""
    if len(text) > _MOST_CHARACTERS:
        return True
    count = len(text.split())
    if count >= _SHORTEST_FIRST_PERSON and _FIRST_PERSON.match(text) and not is_statement_word(text):
        return True
    if (
        count > _LONGEST_BLOCK
        or _TURN.match(text)
        or _is_sentence(text)
        or _IDEOGRAPHIC_SENTENCE.search(text)
    ):
        return True
    if count < _SHORTEST_PROSE:
        return False
    spoken = len(_SPOKEN.findall(text))
    if spoken:  # "talet är på engelska" says what was spoken and was not
        spoken = len(_SPOKEN.findall(_NOTICE_SENTENCE.sub("", text)))
    sentences = len(_SENTENCE_END.findall(text))
    ends = text.rstrip().endswith((".", "!", "?", "…", ":"))
    return spoken >= 2 or (spoken == 1 and ends and not _ANNOUNCES.match(text)) or sentences >= 3


def _is_sentence(text: str) -> bool:
    """Tell whether a text is a plain sentence: it ends like one and announces no statement, day or notice."""
    words = text.split()
    stopped = len(words) >= _FEWEST_WORDS and _STOPPED.search(words[-1][-_LONGEST_STOP:]) is not None
    return stopped and not (_ANNOUNCES.match(text) or _NOTICE_LINE.match(text) or find_dates(text))


def _lines_before_speech(blocks: Sequence[Block]) -> Iterator[Line]:
    """Yield lines until a greeting, a spoken paragraph or the longest heading there is."""
    seen = length = 0
    previous = ""
    for number, block in enumerate(blocks):
        invoked = number == 0 and len(blocks) > 1 and is_invocation(block.lines[0])
        unsaid = block.lines if invoked else _before_greeting(block, previous=previous)
        greets = len(unsaid) < len(block.lines)
        if not block.title and _is_speech(" ".join(unsaid[:_LONGEST_HEADING]), greets=greets):
            return
        for line in unsaid:
            seen, length = seen + 1, length + len(line)
            if seen > _LONGEST_HEADING or len(line) > _LONGEST_LINE or length > _MOST_CHARACTERS:
                return
            previous = line
            yield Line(line, number, block.title)
        if greets:
            return


def _is_speech(text: str, *, greets: bool) -> bool:
    """Tell whether lines are speech; before a greeting in the same block one spoken word shows it."""
    return is_spoken(text) or (greets and _SPOKEN.search(text) is not None)


def _before_greeting(block: Block, *, previous: str) -> tuple[str, ...]:
    """Return the lines of a block that stand before its greeting: all of them where it has none."""
    if block.title:
        return block.lines
    for number, line in enumerate(block.lines[:_LONGEST_HEADING]):
        before = block.lines[number - 1] if number else previous
        following = " ".join(block.lines[number : number + 2])
        if not _hangs(before) and (begins_with_greeting(line) or begins_with_greeting(following)):
            return block.lines[:number]
    return block.lines


# Longer than "delivered by" with its spaces.
_LONGEST_HANGING = 20
_HANGING = re.compile(
    r"(?:\b(?:by|of|from|de|du|par|por|del|at|the|and|et|y|delivered by)|:)\s*$", re.IGNORECASE
)


def _hangs(line: str) -> bool:
    """Tell whether a line waits for the next one, which then greets nobody."""
    return _HANGING.search(line[-_LONGEST_HANGING:]) is not None


def _round_of_protocol(lines: Sequence[Line]) -> int:
    """Return where those begin who are called by name right above the greeting.

    A name below a line that waits for it, with "by" or a comma, is the speaker's.
    """
    begin = len(lines)
    while begin and not lines[begin - 1].title and is_greeting(lines[begin - 1].text):
        begin -= 1
    above = lines[begin - 1].text if begin else ""
    return len(lines) if _hangs(above) or above.endswith(",") else begin


def _greets_after(blocks: Sequence[Block], *, count: int) -> bool:
    """Tell whether the line after the first ``count`` lines is a greeting."""
    rest = next(iter(_without(blocks, count=count)), None)
    return rest is not None and (
        begins_with_greeting(rest.lines[0]) or begins_with_greeting(" ".join(rest.lines[:2]))
    )


def _without(blocks: Sequence[Block], *, count: int) -> Iterator[Block]:
    """Yield the blocks without their first ``count`` lines, cutting one in two where need be."""
    for block in blocks:
        if count >= len(block.lines):
            count -= len(block.lines)
        elif count:
            line = block.line + count if block.stacked else block.line
            yield replace(block, lines=block.lines[count:], line=line, title=False)
            count = 0
        else:
            yield block
