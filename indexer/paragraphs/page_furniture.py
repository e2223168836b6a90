"""Page furniture: what the printer put on the page and nobody said.

Only what is certain goes: rules and ornaments, the running heads of United
Nations records, and a page number that interrupts the text.
"""

from __future__ import annotations

import re
from string import ascii_letters

__all__ = ["is_ornament", "is_page_mark", "is_page_number", "is_running_head", "may_be_furniture"]

# "04-51231 8", "23/54 15-29562": job number and page. "A/70/PV.19 30/09/2015": symbol of the record and date.
_RUNNING_HEAD = re.compile(
    r"""
    (?: \d{1,3}(?:/\d{1,3})?[ ]+ )? \d\d-\d{5}[A-Z]? (?: [ ]+\d{1,3}(?:/\d{1,3})? )?
    | (?: \d\d/\d\d/\d{4}[ ]+ )? [AS]/(?:\d+/)?PV\.[ ]?\d+ (?: [ ]+\d\d/\d\d/\d{4} )?
    | General[ ]Assembly[ ]\d+(?:st|nd|rd|th)[ ](?:plenary[ ])?meeting
    | (?:\d{1,3}[ ])?General[ ]Assembly[ ][-–—][ ][A-Z][a-z]+(?:-[a-z]+)?[ ][Ss]ession
      (?:[ ][-–—][ ]Plenary[ ]Meetings)?
    | Digitized[ ]by[ ]Dag[ ]Hammarskj[oö]ld[ ]Library
    """,
    re.VERBOSE,
)
# What the printer of the American government puts at the foot of each page.
_IMPRINT = "VerDate "
_LONG_HEAD = re.compile(rf"{_IMPRINT}.{{1,60}}?\sJkt\s+\d{{4,8}}\s+PO\s+\d{{5}}\s.{{0,160}}")
_PAGE_NUMBER = re.compile(r"\d{1,3}|[-–—] ?\d{1,3} ?[-–—]|[Pp]age \d{1,3}(?: of \d{1,3})?")
_PAGE_MARK = re.compile(
    r"\[{1,2}(?:Pages?|Seite|P[áa]gina|Sid[ae]|Стр(?:аница|\.)|صفحة|第)\s?[A-Z]{0,3}\d{1,6}\s?页?\]{1,2}",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(r"[\W_]+")
# "148 General Assembly - Forty-seventh session - Plenary Meetings" is the longest; others need not be tried.
_LONGEST = 68
# What a running head or a page number never begins with, and nine in ten of the other lines do.
_OF_TEXT = frozenset(ascii_letters) - frozenset("ADGSPVp")


def may_be_furniture(line: str) -> bool:
    """Tell by its length and its first letter whether a line may be a running head or a page number.

    >>> may_be_furniture("15-29562 23/54"), may_be_furniture("very worrying.")
    (True, False)
    """
    return line[0] not in _OF_TEXT and (len(line) <= _LONGEST or line.startswith(_IMPRINT))


def is_running_head(line: str) -> bool:
    """Recognise the job number or the symbol of a United Nations record, or an imprint, on its own line.

    >>> is_running_head("15-29562 23/54"), is_running_head("(see A/70/PV.19)")
    (True, False)
    """
    if line.startswith(_IMPRINT):
        return _LONG_HEAD.fullmatch(line.strip()) is not None
    return len(line) <= _LONGEST and _RUNNING_HEAD.fullmatch(line.strip()) is not None


def is_page_number(line: str) -> bool:
    """Recognise a line that may be a page number; whether it is one depends on what stands around it.

    >>> is_page_number("- 12 -"), is_page_number("2001")
    (True, False)
    """
    return len(line) <= _LONGEST and _PAGE_NUMBER.fullmatch(line.strip()) is not None


def is_page_mark(line: str) -> bool:
    """Recognise the brackets that say where a printed page begins; nothing else looks like them.

    >>> is_page_mark("[[Page S1204]]"), is_page_mark("[Seite 12]"), is_page_mark("Page 12")
    (True, True, False)
    """
    return line[:1] == "[" and len(line) <= _LONGEST and _PAGE_MARK.fullmatch(line.strip()) is not None


def is_ornament(text: str) -> bool:
    """Recognise a text without a letter or a digit: ``* * *``, ``____``.

    >>> is_ornament("* * *"), is_ornament("P5+1")
    (True, False)
    """
    return _ORNAMENT.fullmatch(text) is not None
