"""Running heads: printed at the head or foot of page after page, alone on a line or glued to the text.

Two kinds are known:

- the job number with the page of a United Nations record: nobody says ``16-29667 3/58``;
- a line with a date or the symbol of a document, which stands the same on three pages or more but for the
  number of the page: ``27 June 2016``, ``Dáil Éireann 27 June 2016 14``.

A head of the second kind is taken off a line of the text only where it is at its end and no word before it
asks for a date ("on 27 June 2016"), or at its beginning in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from onrecord.indexer.paragraphs.open_ends import is_open
from onrecord.indexer.paragraphs.page_furniture import is_running_head
from onrecord.indexer.paragraphs.sentences import ends_sentence

__all__ = ["RunningHeads"]

_PAGE = r"\d{1,3}(?:/\d{1,3})?"
_JOB = re.compile(
    rf"(?P<begin>\s*(?:{_PAGE}\s+\d\d-\d{{5}}|\d\d-\d{{5}}\s+{_PAGE})\s+(?=\S))"
    rf"|\s+(?:\d{{1,3}}/\d{{1,3}}\s+\d\d-\d{{5}}|\d\d-\d{{5}}\s+\d{{1,3}}/\d{{1,3}})\s*$"
)
_JOB_NUMBER = re.compile(r"(?<!\S)\d\d-\d{5}(?!\S)")
# Its end begins with a sign that can be looked for, which takes a fiftieth of the time of the whole.
_END_OF_JOB_NUMBER = re.compile(r"-\d{5}(?!\S)")
_YEAR = r"(?:1[89]|20)\d\d"
_DATE = (
    rf"\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|of\s+)?[^\W\d_]{{3,10}}\.?,?\s+(?:de\s+)?{_YEAR}"
    rf"|[^\W\d_]{{3,10}}\.?\s+\d{{1,2}},?\s+{_YEAR}|\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR}|{_YEAR}-\d\d-\d\d"
)
_DATED = re.compile(rf"(?<!\w)(?:{_DATE}|[A-Z]+(?:/[A-Z0-9.]+){{2,}})(?!\w)")
_NUMBER_BESIDE = re.compile(r"^\s*(?:\|\s*)?\d{1,4}\s+(?=\D)|\s+(?:\|\s*)?\d{1,4}\s*$")
_LONGEST = 60
# On so many pages, each at least so many lines behind the one before.
_PAGES, _LINES_OF_A_PAGE = 3, 8
_LAST_WORD = re.compile(r"([^\W\d_]+),?$")
# What a date may follow in a sentence, beside the words that no sentence ends with.
_BEFORE_DATES = frozenset(
    (
        "dated",
        "day",
        "tuesday",
        "monday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "vom",
        "am",
    )
)


class RunningHeads:
    """The running heads of one text."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    def is_head(self, line: str) -> bool:
        """Tell whether a line is a running head and nothing else.

        >>> page = ["27 June 2016", *["We agree."] * 8]
        >>> RunningHeads(page * 3).is_head("27 June 2016"), RunningHeads(page).is_head("27 June 2016")
        (True, False)
        """
        if is_running_head(line):
            return True
        return len(line) <= _LONGEST and bool(self._repeated) and _without_page(line) in self._repeated

    @cached_property
    def may_be_glued(self) -> bool:
        """Whether the text has heads that a line of it may begin or end with."""
        return bool(self._has_job_numbers or self._repeated)

    def taken_off(self, line: str, *, above: str) -> tuple[str, bool, bool]:
        """Take the heads off both ends of a line; tell whether one stood before the text, and one behind it.

        >>> RunningHeads(["16-29667 3/58 very worrying."]).taken_off("16-29667 3/58 very worrying.", above="")
        ('very worrying.', True, False)
        """
        before = behind = False
        if self._has_job_numbers and _END_OF_JOB_NUMBER.search(line):
            begin = _JOB.match(line)
            if begin and begin["begin"]:
                line, before = line[begin.end() :], True
            end = _JOB.search(line)
            if end and not end["begin"]:
                line, behind = line[: end.start()], True
        for head in self._repeated:
            if line.endswith(head) and self._is_glued(line[: -len(head)]):
                line, behind = line[: -len(head)].rstrip(), True
            elif line.startswith(f"{head} ") and not ends_sentence(above) and not _asks_for_date(above):
                line, before = line[len(head) :].lstrip(), True
        return line, before, behind

    def _is_glued(self, text: str) -> bool:
        return bool(text.strip()) and text[-1].isspace() and not _asks_for_date(text.rstrip())

    @cached_property
    def _has_job_numbers(self) -> bool:
        text = "\n".join(self._lines)
        ends = (found.start() for found in _END_OF_JOB_NUMBER.finditer(text))
        return any(end >= 2 and _JOB_NUMBER.match(text, end - 2) for end in ends)

    @cached_property
    def _repeated(self) -> tuple[str, ...]:
        """Lines with a date or a symbol that stand on several pages, without their page numbers."""
        places: dict[str, list[int]] = {}
        for place, line in self._short():
            if _DATED.search(line) and not ends_sentence(line):
                seen = places.setdefault(_without_page(line), [])
                if not seen or place - seen[-1] >= _LINES_OF_A_PAGE:
                    seen.append(place)
        return tuple(head for head, seen in places.items() if len(seen) >= _PAGES)

    def _short(self) -> Iterable[tuple[int, str]]:
        return (
            (place, line.strip())
            for place, line in enumerate(self._lines)
            if len(line) <= _LONGEST and (line[-1].isdigit() or line[0].isdigit() or "/" in line)
        )


def _without_page(line: str) -> str:
    """Return a line without the number of a page at one of its ends; a date keeps its own numbers."""
    line = line.strip()
    for number in _numbers_beside(line):
        rest = (line[: number.start()] + line[number.end() :]).strip()
        dated = _DATED.search(rest)
        if dated:
            return rest
    return line


def _numbers_beside(line: str) -> Iterator[re.Match[str]]:
    return _NUMBER_BESIDE.finditer(line)


def _asks_for_date(text: str) -> bool:
    """Tell whether a date that follows belongs to the sentence."""
    word = _LAST_WORD.search(text, max(0, len(text) - _LONGEST))
    return word is not None and (is_open(word[1]) or word[1].lower() in _BEFORE_DATES)
