"""Numbers printed before paragraphs, told from numbers that begin a sentence by chance."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

__all__ = ["printed_numbers", "without_number"]

# "29.", "29.," or "29)" before a space, "29." before a capital, "29" before a tab. Not "2021.".
_NUMBER = re.compile(
    r"""
    \s* (?P<printed> (?P<number>\d{1,3})
        (?: [.,]{1,2}(?=\s) | \)(?=\s) | \.(?=[^\W\d_a-z]) | (?=\t) | (?P<bare>(?=[ ]+["“‘«]?[^\W\d_a-z])) )
    )
    \s* (?P<text>\S.*)?
    """,
    re.VERBOSE,
)
# Scanning loses a number now and then: of 133,500 steps between printed numbers in the
# General Debate, 132,136 are 1, 1,114 are 2 and 73 are 3; then come steps of every size.
_LARGEST_STEP = 3
# A numbered line of fewer characters that ends without a stop is the title of a section.
_LONGEST_TITLE = 80
_ENDS_OPEN = re.compile(r"[^\W_][\"”’»)\]]*$")


def printed_numbers(lines: Sequence[str], *, begins: Sequence[bool]) -> Mapping[int, str]:
    r"""Find the lines that begin with a printed number; line index to number as printed.

    A number counts when it belongs to a rising sequence: a line above it carries
    one up to three lower, or a line below it one up to three higher. ``begins[i]``
    tells that a paragraph begins with line ``i`` for another reason: only there is
    a number without a stop taken, and a line that is a paragraph by itself may be
    the title of a section ("2. Ocean Resources"), which keeps its number.

    >>> text = ["29. We agree.", "39 million people.", "30.\tWe thank you.", "2021. A year."]
    >>> printed_numbers(text, begins=[True] * 4)
    {0: '29.', 2: '30.'}
    """
    ends = [*begins[1:], True]
    found = [
        (index, int(match["number"]), match["printed"])
        for index, line in enumerate(lines)
        if not line[0].isalpha() and (match := _NUMBER.match(line))
        if begins[index] or match["bare"] is None
        if not (begins[index] and ends[index] and _is_title(match["text"]))
    ]
    numbers = [number for _, number, _ in found]
    rising = [
        up or down for up, down in zip(_steps(numbers, 1), reversed(_steps(numbers[::-1], -1)), strict=True)
    ]
    return {index: printed for (index, _, printed), taken in zip(found, rising, strict=True) if taken}


def without_number(line: str) -> str:
    r"""Return the line with the printed number it begins with taken off.

    >>> without_number("29.\tText")
    'Text'
    """
    match = _NUMBER.match(line)
    return line if match is None else match["text"] or ""


def _steps(numbers: Sequence[int], direction: int) -> list[bool]:
    """Tell for each number whether one before it lies a small step behind it in this direction."""
    seen: set[int] = set()
    steps = []
    for number in numbers:
        near = range(number - direction, number - direction * (_LARGEST_STEP + 1), -direction)
        steps.append(not seen.isdisjoint(near))
        seen.add(number)
    return steps


def _is_title(text: str | None) -> bool:
    return text is not None and len(text) < _LONGEST_TITLE and _ENDS_OPEN.search(text) is not None
