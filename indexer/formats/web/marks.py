"""What stands before words and between them and is no word itself: bullets and numbers, figures, marks.

A page sets them with elements, styles and pictures; in a line of text they need a sign or a space.
"""

from __future__ import annotations

import re
from collections import Counter

from bs4 import Tag
from bs4.element import NavigableString

from onrecord.indexer.paragraphs.note_figures import as_power, is_measure

__all__ = [
    "FIGURES",
    "NUMBER_ALONE",
    "figures_behind",
    "label_beside",
    "letter_of_picture",
    "list_mark",
    "list_sign",
    "place_in",
    "runs_on",
    "spaces_around",
    "words_of",
]

# Where a list begins to count. Longer numbers are no numbers of items, and Python reads none of 4,300 digits.
_LIST_START = re.compile(r"[0-9]{1,9}")
# The figures of notes: "3", "3, 4". In what is raised or a link these are no part of the word before.
FIGURES = re.compile(r"[0-9]{1,3}(?:\s*[,;–-]\s*[0-9]{1,3})*")
# The mark of a column, a page or a time of the source: "301", "Column 302", "[p. 12]", "00:03:12".
_PLACE = re.compile(r"[(\[]?(?:(?P<word>[^\W\d_]{1,10}\.?\s)?\d{1,4}|(?P<time>\d{1,2}(?::\d\d){1,2}))[)\]]?")
_STOPS = frozenset(".,;:!?")
# Signs behind which a figure would be read with them, or a number: "since 2021.5".
_BEHIND = _STOPS | frozenset("…\"'”’»)]%。，")
_BOUNDARY = "\u200b"
# A number that stands alone beside the paragraph that it numbers.
NUMBER_ALONE = re.compile(r"\(?\d{1,3}[.)]")
_HOLDS_LABEL = frozenset(("div", "dt", "td", "th"))
_LABELLED = frozenset(("dd", "div", "p", "td"))
# "Delivered on:" in a list of terms, and the day, with no label of its own, and what may stand behind it.
_LONGEST_LABEL, _LONGEST_DAY = 40, 120
_DAY = re.compile(r"[^:]{0,40}(?<!\d)\d{4}(?!\d)")
# What Word sets before an item of a list: in a style of its own, or as a sign of a font and spaces.
_LIST_SIGN = re.compile(r"mso-list\s*:\s*ignore\b", re.IGNORECASE)
_SIGN_OF_FONT = re.compile(
    r"font-family\s*:\s*[\"']?(?:symbol|wingdings|(?P<typed>courier new))\b", re.IGNORECASE
)


def words_of(element: Tag) -> str:
    """Return all words inside an element, single-spaced."""
    return " ".join(element.get_text().split())


def list_mark(item: Tag, items: Counter[int]) -> str:
    """Return the bullet or the number of an item; ``items`` counts those of each list so far."""
    parent = item.parent
    if parent is None or parent.name != "ol":
        return "• "
    first = str(parent.get("start", "1"))
    items[id(parent)] += 1
    return f"{int(first) + items[id(parent)] - 1}. " if _LIST_START.fullmatch(first) else "• "


def list_sign(tag: Tag) -> str:
    """Return what stands before an item of a list: its number, or a bullet for any sign of a font."""
    style = str(tag.attrs["style"])
    if _LIST_SIGN.search(style) and (words := words_of(tag)):
        return "• " if len(words) == 1 and not words.isdecimal() else f"{words} "
    font = _SIGN_OF_FONT.search(style)
    text = tag.get_text() if font is not None else ""
    sign = text.strip()
    if font is None or len(sign) != 1 or sign == text.rstrip("\n") or (font["typed"] and sign != "o"):
        return ""
    return "• "


def letter_of_picture(picture: Tag) -> str:
    """Return the letter that a picture stands for at the beginning of a word."""
    letter, behind = str(picture.attrs.get("alt", "")), picture.next_sibling
    begins_word = isinstance(behind, NavigableString) and behind[:1].islower()
    return letter if begins_word and len(letter) == 1 and letter.isupper() else ""


def label_beside(tag: Tag, name: str) -> str:
    """Return the number, or the label of a day, that an element holds for the words in the one behind it."""
    if name not in _HOLDS_LABEL:
        return ""
    text = words_of(tag) if name == "dt" else (tag.string or "").strip()
    number = NUMBER_ALONE.fullmatch(text) is not None
    label = name == "dt" and 0 < len(text) <= _LONGEST_LABEL
    behind = tag.find_next_sibling() if number or label else None
    if behind is None or behind.name not in _LABELLED:
        return ""
    words = words_of(behind)
    belongs = any(map(str.isalpha, words)) if number else len(words) <= _LONGEST_DAY and _DAY.match(words)
    return f"{text} " if belongs else ""


def figures_behind(end: str, figures: str, tag: Tag) -> str:
    """Set the figures of a note, or of a power, so that they are no part of how the text before ends."""
    before = end[-1:]
    raised = tag.name == "sup" or tag.find("sup") is not None
    if before.isalpha() and not is_measure(end):
        return _BOUNDARY + figures
    leads_down = str(tag.get("href", "")).startswith("#")
    if (raised and before in _BEHIND) or (before.isalnum() and (raised or leads_down)):
        return as_power(figures)
    return figures


def runs_on(end: str) -> bool:
    """Tell whether words would run together with the text that ends so."""
    return end[-1:].isalnum() or end[-1:] in _STOPS


def place_in(tag: Tag) -> re.Match[str] | None:
    """Return the mark of a column, a page or a time of the source, if an element holds one alone."""
    return _PLACE.fullmatch((tag.string or "").strip())


def spaces_around(place: re.Match[str], end: str, tag: Tag) -> tuple[str, str]:
    """Return the spaces that keep a mark of the source apart from the words between which it stands."""
    behind = tag.next_sibling.get_text() if tag.next_sibling is not None else ""
    if place["word"] or place["time"]:
        meets = behind[:1].isalpha()
    else:
        # "301Peace", and neither "1st", "3D" nor "CO2".
        meets = not end[-1:].strip() and behind[:1].isupper() and behind[1:2].islower()
    return " " if place["word"] and runs_on(end) else "", " " if meets else ""
