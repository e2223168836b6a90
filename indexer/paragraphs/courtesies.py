"""The words of courtesy in eleven languages, each kind as one expression.

``courtesies.csv`` holds them by kind and language, as regular expressions in which a
space stands for any white space:

title       "Mr": greets with an office; with a name it may as well tell who speaks
honorific   "His Excellency": stands before a name
office      "President": greets with a title
esteem      "distinguished": greets before those present
present     "delegates"
greeting    "Excellencies": greets whatever stands before or after it
alone       "Chair": greets where nothing else stands on the line
invocation  "In the name of God"
blessing    "May God bless": closes with nothing behind it but whom
thanks      "Thank you": opens a statement, or closes it
closing     "I am obliged": closes it

An expression is matched from the beginning of a text; marks before the words are passed over.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

__all__ = ["address", "alone", "any_of", "person"]

# Signs, and a bullet, which a scan may read as "e".
_MARK = r"[\W_]*(?:[e•]\s+)?"
# The number of a note, or a mark of emphasis, may follow.
_WORD_END = r"(?![^\W\d_])"
_ARTICLE = r"(?:(?:the|le|la|el)\s+)?"
# The officer with whom rounds of protocol begin, in the third person too.
_OF_THE_ASSEMBLY = (
    r"pr[ée]sident\w*\s+(?:of|de|del)\s+(?:the\s+|la\s+)?(?:.{0,25}\b(?:of|de)\s+(?:the\s+|la\s+)?)?"
    r"(?:l['’])?(?:UN\s+|United\s+Nations\s+)?"
    r"(?:(?:General|National)\s+Assembly|Assembl[ée]e\s+G\w*|Asamblea\s+G\w*)"
)


@cache
def address() -> re.Pattern[str]:
    """Compile what greets those present whatever it goes on to say.

    >>> [bool(address().match(text)) for text in ("Mr. President, we", "Ladies & gentlemen", "Mr. Vega,")]
    [True, True, False]
    """
    whose = "|".join(_words("title", "esteem", "honorific"))
    assembly = rf"(?:the\s+|(?:{whose}).{{0,60}}?\b)?{_OF_THE_ASSEMBLY}"
    return _compile([*_phrases(), *_words("greeting", "invocation"), assembly])


@cache
def alone() -> re.Pattern[str]:
    """Compile what greets where nothing else stands on the line: "Chair", "Delegates,"."""
    called = rf"(?:{'|'.join(_words('present'))})\s*[,;!…]"
    return _compile([rf"(?:{'|'.join(_words('alone'))}|{called})\s*[,.:;!…]*\s*$"])


@cache
def person() -> re.Pattern[str]:
    """Compile what begins the name or the office of someone, who may be called or only told of."""
    return _compile(
        [rf"{_ARTICLE}(?:{'|'.join(_words('title', 'honorific', 'office', 'esteem', 'present'))})"]
    )


@cache
def any_of(*kinds: str) -> re.Pattern[str]:
    """Compile the words of some kinds.

    >>> bool(any_of("thanks").match("Vielen Dank, Herr Präsident"))
    True
    """
    return _compile(_words(*kinds))


def _phrases() -> Iterator[str]:
    """Yield a title before an office, and esteem before those present, in each language."""
    courtesies = _courtesies()
    for language in dict.fromkeys(language for _, language in courtesies):
        title, office, esteem, present = (
            courtesies.get((kind, language)) for kind in ("title", "office", "esteem", "present")
        )
        if title and office:
            yield rf"{title}\.?\s+{_ARTICLE}{office}{_WORD_END}"
        if esteem and present:
            yield rf"{esteem}\.?\s+(?:\w+\s+(?:and\s+)?)?{present}{_WORD_END}"


def _words(*kinds: str) -> Iterator[str]:
    """Yield the expressions of some kinds; those of scripts without spaces need no word end."""
    for (kind, language), words in _courtesies().items():
        if kind in kinds:
            yield words if language == "zh" else rf"{words}{_WORD_END}"


@cache
def _courtesies() -> dict[tuple[str, str], str]:
    """Read the table: the words of each kind in each language, one expression."""
    table = files("onrecord.indexer.paragraphs").joinpath("courtesies.csv").read_text(encoding="utf-8")
    return {
        (row["kind"], row["language"]): f"(?:{_spaced(row['words'])})"
        for row in csv.DictReader(table.splitlines())
    }


def _spaced(words: str) -> str:
    """Let any white space stand where an expression has a space."""
    return words.replace(" ?", r"\s*").replace(" ", r"\s+")


def _compile(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"{_MARK}(?:{'|'.join(forms)})", re.IGNORECASE)
