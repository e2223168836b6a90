"""A line of a heading without what is no word of it: marks of typesetting, letters set apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.indexer.draft import Block
from onrecord.indexer.heading.wording import POST, STATEMENT

__all__ = ["columns", "tidy_blocks", "tidy_line"]

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


def tidy_blocks(blocks: Sequence[Block], *, lines: int) -> list[Block]:
    """Return blocks as a heading is read, so many lines of each; one that begins with ``#`` is a title."""
    apart = any(_APART.search(line) for block in blocks for line in block.lines[:lines])
    return [_tidy_block(block, lines=lines, apart=apart) for block in blocks]


def _tidy_block(block: Block, *, lines: int, apart: bool) -> Block:
    tidied = (*(tidy_line(line, apart=apart) for line in block.lines[:lines]), *block.lines[lines:])
    title = block.title or (len(block.lines) == 1 and _TITLE.match(block.lines[0].lstrip()) is not None)
    same = tidied == block.lines and title == block.title
    return block if same else replace(block, lines=tidied, title=title)


def tidy_line(line: str, *, apart: bool = False) -> str:
    """Take marks off a line; where letters are set ``apart``, close them up. A line of nothing else stays.

    >>> tidy_line(" **Statement by Malta**"), tidy_line("P R I M E  M I N I S T E R", apart=True)
    ('Statement by Malta', 'PRIME MINISTER')
    >>> tidy_line("3 M a y 2 0 0 4", apart=True)
    '3 May 2004'
    """
    bare = _TITLE.sub("", line.strip(), count=1)
    bare = _GLUED.sub(" ", _without_marks(bare))
    if apart:
        closed = _APART.sub(lambda match: _TWO_KINDS.sub(" ", match[0].replace(" ", "")), bare)
        bare = _PIECES.sub(_one_word, re.sub(r" {2,}", " ", closed) if closed != bare else bare)
    return bare.strip() or line


def _without_marks(line: str) -> str:
    r"""Take marks off a line, but those before a combining mark, which would meet another letter.

    >>> _without_marks("*Peace*"), _without_marks("e*\u0301") == "e*\u0301"
    ('Peace', True)
    """
    return _MARKS.sub(lambda match: match[0] if _combines(line[match.end() :][:1]) else "", line)


def _combines(sign: str) -> bool:
    return sign != "" and unicodedata.category(sign).startswith("M")


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
