"""A line of a heading without what is no word of it: marks of typesetting, letters set apart."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.indexer.draft import Block
from onrecord.indexer.heading.wording import POST, STATEMENT

__all__ = ["columns", "tidy_block", "tidy_line"]

_TITLE = re.compile(r"#{1,6}\s+(?=\S)")
# "**Statement**", "`Mr. Hill`", "_Geneva_": a run of marks beside a word.
_MARKS = re.compile(
    r"(?<![\w*])[*`]{1,3}(?=[^\s*`])|(?<=[^\s*`])[*`]{1,3}(?![\w*])|(?<!\w)_(?=\w)|(?<=[\w.,)])_(?!\w)"
)
# "Mr.President", "September2021".
_GLUED = re.compile(r"(?<=\bMr\.|\bMs\.|\bDr\.)(?=[A-Z][a-z])|(?<=[a-z]{3})(?=(?:19|20)\d\d\b)")
# "P R I M E  M I N I S T E R", "3 M a y 2 0 0 4": at least three signs in a row that stand alone.
_APART = re.compile(r"(?<!\S)[^\W_](?: [^\W_](?!\S)){2,}")
_TWO_KINDS = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_PIECES = re.compile(r"(?<!\S)(?P<first>[^\W\d_]{2,5}) (?P<second>[^\W\d_]{2,12})(?!\S)")
# A wide gap before a capital parts the columns of a letterhead.
_GAP = re.compile(r"(?<=\S)(?:\s{2,}|\t)(?=[^\W_a-zà-ÿ]|[“\"‘'(\[])")
_MOST_WORDS = 40


def tidy_block(block: Block) -> Block:
    """Return a block as a heading is read.

    The same lines, without marks; one that begins with ``#`` is a title.
    """
    lines = tuple(tidy_line(line) for line in block.lines)
    title = block.title or (len(block.lines) == 1 and _TITLE.match(block.lines[0].lstrip()) is not None)
    return (
        block if lines == block.lines and title == block.title else replace(block, lines=lines, title=title)
    )


def tidy_line(line: str) -> str:
    """Take marks off a line and close up letters that are set apart; a line of nothing else stays as it is.

    >>> tidy_line(" **Statement by Malta**"), tidy_line("P R I M E  M I N I S T E R")
    ('Statement by Malta', 'PRIME MINISTER')
    >>> tidy_line("3 M a y 2 0 0 4")
    '3 May 2004'
    """
    bare = _TITLE.sub("", line.strip(), count=1)
    bare = _GLUED.sub(" ", _MARKS.sub("", bare))
    if _APART.search(bare):
        bare = _APART.sub(lambda match: _TWO_KINDS.sub(" ", match[0].replace(" ", "")), bare)
        bare = _PIECES.sub(_one_word, re.sub(r" {2,}", " ", bare))
    elif " " in bare:
        bare = _PIECES.sub(_one_word, bare)
    return bare.strip() or line


def columns(line: str) -> list[str]:
    """Split a line at wide gaps where it is no running text.

    >>> columns("LEADER OF THE OPPOSITION   THE HON. ANN ROE MP")
    ['LEADER OF THE OPPOSITION', 'THE HON. ANN ROE MP']
    """
    parts = [part for part in _GAP.split(line) if part.strip()]
    running = len(line.split()) > _MOST_WORDS and len(parts) < 2
    return [line] if running or not parts else parts


def _one_word(match: re.Match[str]) -> str:
    """Join two pieces that are a word of headings together and none apart: "Pr esident"."""
    joined = match["first"] + match["second"]
    word = _words_of_headings()
    apart = word.fullmatch(match["first"]) or word.fullmatch(match["second"])
    return joined if word.fullmatch(joined) and not apart and not match["second"][0].isupper() else match[0]


@cache
def _words_of_headings() -> re.Pattern[str]:
    return re.compile(rf"(?:{STATEMENT}|{POST})", re.IGNORECASE)
