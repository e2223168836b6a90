"""Words that a page broke or decorated, put right: broken at a line's end, or with a figure glued to them."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files

import numpy as np

from onrecord.indexer.analysis.common_words import is_common
from onrecord.indexer.paragraphs.note_figures import NoteFigures
from onrecord.indexer.paragraphs.word_list import WordList

__all__ = ["BREAKING_SIGNS", "BrokenWords", "are_two_words", "stands_apart"]

#: What a line may end with in the middle of a word: hyphens of every kind, among them those that stand only
#: where a word may be broken. (``clean`` has made U+2027 of U+00AD there.)
BREAKING_SIGNS = "-‐‑¬‧"
# Those that say nothing else, wherever they stand.
_OPTIONAL = "¬‧"
_DIGITS = "0123456789"
_HYPHENS = str.maketrans(dict.fromkeys("‐‑¬‧", "-"))
_NOTHING = str.maketrans(dict.fromkeys(_OPTIONAL))
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TAIL = r"([^\W_]+(?:[-‐‑][^\W_]+)*)"
# What follows the word before a break: the sign, and the part after it with the parts of a compound.
_BREAK = re.compile(rf"([{BREAKING_SIGNS}])(?:[ ]?\n[ \t]*{_TAIL}|(?<=[{_OPTIONAL}])[ ]?([^\W_]+))")
# A hyphen with a space, which may be one of a line end that is gone, or a dash; found by the hyphen, which is
# quick to look for where it is the one of ASCII.
_BESIDE = r"(?:(?<=[^\W\d_].) |(?<=[^\W\d_] .)(?:\n[ \t]*)?)([^\W\d_]{3,})(?![^\W_])"
_LOOSE, _LOOSE_OF_ANY_KIND = re.compile(f"-{_BESIDE}"), re.compile(f"[-‐‑]{_BESIDE}")
# A word that is broken as in a dictionary: ``co‧lo‧ni‧al``.
_SYLLABLES = re.compile(rf"(?<![^\W_])[^\W\d_]++(?:[{_OPTIONAL}][^\W\d_]++){{2,}}")
_LONE = re.compile(rf"(?<!\S)[^\s{_OPTIONAL}]*+[{_OPTIONAL}]\S*+")
_LINE_END = re.compile(rf"[{BREAKING_SIGNS}]\n")
# Where a word or compound begins that is taken whole, and where it ends.
_BEGIN, _END = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)"), re.compile(r"(?!-?[^\W\d_])")
# Small letters in UTF-8, and what may be some.
_SMALL = re.compile(rb"[a-z\x80-\xff]{4}")
# The word before a break, with the parts of a compound: looked for where a word begins and taken whole, so
# that a long word is gone through once.
_HEAD = re.compile(r"(?<![^\W_])(?<![^\W_][-‐‑])[^\W_]++(?:[-‐‑][^\W_]++)*+$")
_LAST_WORD = re.compile(r"(?<![^\W_])[^\W\d_]++$")
_FEW = 50
_SHORTEST = 2  # letters before a loose hyphen; one is an article (``a- new order``)
_LONGEST = 60  # letters; no word that is broken has more before the break
# "medium- and long-term": the hyphen stands for a word that follows later.
_SUSPENDING = frozenset(("and", "or", "to", "nor", "but", "as", "et", "ou", "y", "o", "und", "oder"))


class BrokenWords:
    """Joins the two halves of a word that a line end broke, as the rest of the text writes it.

    The rules, in order:

    1. The hyphen stays next to a digit, and before a capital or another compound:
       ``Theo-Ben``, ``one-size-fits-all``.
    2. Before a conjunction it stays with a space: ``short- and long-term``.
    3. What statements are full of, and is not two words, loses it: a text that has ``interna-tional``
       in the middle of its lines says nothing.
    4. A form that occurs elsewhere in the text decides: with the hyphen, or without.
    5. A half that is usually part of a compound keeps it: ``self-determination``,
       ``decision-making``. ``compounds.csv`` lists them: the halves that, broken at
       a line end in the General Debate, are elsewhere in it hyphenated six times in
       seven or more.
    6. Two halves that both occur as words of the text (of three letters or more) keep it, unless
       statements are full of what they make together: ``with-drawn``.
    7. What the language of the text has as a word loses it: ``disarma-`` and ``ment``. Where no list of
       words can tell, a sign that stands only where a word is broken was the printer's, and a hyphen too.
       What no list has keeps it: ``show-windows``, ``Ban Ki-moon``.

    A sign that only says where a word may be broken is one of these breaks wherever it stands, and leaves
    nothing where the word is known without (``develop¬ment``). A hyphen with a space on one side goes only
    where the two halves are certainly one word and not two: ``coun- tries``, and not ``a well- known fact``;
    none of the 32 in the General Debate that go is a dash.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._sought = 0

    @cached_property
    def _text(self) -> str:
        return "\n".join([*self._lines, ""])

    @cached_property
    def _words(self) -> WordList:
        return WordList(self._lines)

    @cached_property
    def _notes(self) -> NoteFigures:
        return NoteFigures(self._text)

    @cached_property
    def _unbroken(self) -> str:
        """What stands whole in a line, in small letters, with one sign for a hyphen."""
        text = self._text
        first, *others = text.split("-\n") if text.isascii() else _LINE_END.split(text)
        pieces = [first, *(_behind_first_word(piece) for piece in others)]
        pieces[:-1] = map(_before_last_word, pieces[:-1])
        whole = " ".join(pieces).lower()
        if any(sign in whole for sign in _OPTIONAL):
            whole = _LONE.sub("", whole)
        return whole.replace("‐", "-").replace("‑", "-")

    @cached_property
    def _words_and_compounds(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self._unbroken))

    def _knows(self, word: str) -> bool:
        """Tell whether a word or compound in small letters stands whole in a line.

        A few are looked for in the text, 14 microseconds each; to list all of a speech takes 1,000. In the
        General Debate one speech in four asks, and half of these for two words or fewer.
        """
        self._sought += 1
        apart = stands_apart(word, self._unbroken) if self._sought < _FEW else None
        return word in self._words_and_compounds if apart is None else apart

    @cached_property
    def _has_figures(self) -> bool:
        """Whether a figure stands behind four small letters: in one text of fifty.

        The whole text is compared with itself, a letter on, at 1 ns a letter; to look for figures in each
        paragraph takes 7.
        """
        data = self._text.encode("utf-8", "surrogatepass")
        codes = np.frombuffer(data, np.uint8)
        figures = (codes[1:] - np.uint8(ord("1")) < 9) & (codes[:-1] >= ord("a"))
        return any(_SMALL.fullmatch(data, at - 3, at + 1) for at in np.flatnonzero(figures).tolist())

    def join(self, lines: Sequence[str]) -> str:
        r"""Join the lines of a paragraph with spaces, and the words they break without.

        >>> BrokenWords(["We seek disarmament"]).join(["for Mr. Theo-", "Ben, of disarma-", "ment"])
        'for Mr. Theo-Ben, of disarmament'
        >>> lines = ["the im¬plemen¬tation by coun- tries"]
        >>> BrokenWords(lines).join(lines)
        'the implementation by countries'
        """
        text = "\n".join(lines)
        if "-" in text or not text.isascii():
            text = self._with_whole_words(text)
        text = _with_single_spaces(text)
        return self._notes.apart(text) if self._has_figures else text

    def _with_whole_words(self, text: str) -> str:
        unusual = "‐" in text or "‑" in text
        if "-\n" in text or unusual or "¬" in text or "‧" in text:
            text = self._mended(text)
        return self._closed(text, _LOOSE_OF_ANY_KIND if unusual else _LOOSE) if self._lines else text

    def _mended(self, text: str) -> str:
        """Mend the breaks of a text one by one: only the line before each is looked at for its word."""
        if any(sign in text for sign in _OPTIONAL):
            text = _SYLLABLES.sub(self._one_word, text)
        pieces: list[str] = []
        done = 0
        for found in _BREAK.finditer(text):
            if pieces and done == found.start():  # the word was broken twice
                before = pieces.pop()
            else:
                line = max(done, text.rfind("\n", done, found.start()) + 1)
                pieces.append(text[done:line])
                before = text[line : found.start()]
            done = found.start()
            head = _HEAD.search(before)
            if head is None or len(head[0]) > _LONGEST:
                pieces.append(before)
            else:
                whole = self._whole(head[0], found[2] or found[3], sign=found[1])
                pieces += [before[: head.start()], whole]
                done = found.end()
        return "".join([*pieces, text[done:]])

    def _one_word(self, syllables: re.Match[str]) -> str:
        word = syllables[0].translate(_NOTHING)
        return word if is_common(word) or self._knows(word.lower()) else syllables[0]

    def _whole(self, head: str, tail: str, *, sign: str) -> str:
        hyphen = "-" if sign in _OPTIONAL else sign
        if tail.lower() in _SUSPENDING and sign not in _OPTIONAL:
            return f"{head}{hyphen} {tail}"
        return f"{head}{hyphen}{tail}" if self._keeps_hyphen(head, tail, sign) else head + tail

    def _keeps_hyphen(self, head: str, tail: str, sign: str) -> bool:
        if not (head.isascii() and tail.isascii()):
            head, tail = head.translate(_HYPHENS), tail.translate(_HYPHENS)
        if not tail[0].islower() or head[-1].isdigit() or "-" in tail:
            return True
        head, tail = head.lower(), tail.lower()
        last = head.rpartition("-")[2]
        if is_common(head + tail) and not are_two_words(last, tail):
            return False
        joined, hyphenated = self._knows(head + tail), self._knows(f"{head}-{tail}")
        if joined or hyphenated:
            return hyphenated and not (joined and sign in _OPTIONAL)
        if sign in _OPTIONAL and is_common(head + tail):
            return False
        if last in _usual_halves("first") or tail in _usual_halves("second"):
            return True
        if is_common(last + tail):
            return False
        if min(len(last), len(tail)) > 2 and self._knows(last) and self._knows(tail):
            return True
        return sign not in _OPTIONAL and self._words.has(last + tail.rstrip(_DIGITS)) is False

    def _closed(self, text: str, loose: re.Pattern[str]) -> str:
        """Close the hyphens with a space where the halves are one word and never two."""
        pieces: list[str] = []
        done = 0
        for found in loose.finditer(text):
            begin = found.start() - (text[found.start() - 1] == " ")
            head, tail = _LAST_WORD.search(text, max(0, begin - _LONGEST), begin), found[1]
            if head is None or len(head[0]) < _SHORTEST or not tail.islower():
                continue
            if self._is_one_word(head[0].lower(), tail):
                pieces += [text[done:begin], tail]
                done = found.end()
        return "".join([*pieces, text[done:]])

    def _is_one_word(self, head: str, tail: str) -> bool:
        if tail in _SUSPENDING or head in _usual_halves("first") or tail in _usual_halves("second"):
            return False
        one = head + tail
        if is_common(one):
            return not (is_common(head) and is_common(tail))
        return self._knows(one) and not (is_common(head) and is_common(tail))


def are_two_words(first: str, second: str) -> bool:
    """Tell whether two halves in small letters are each a word, or usually part of a compound.

    >>> are_two_words("peace", "building"), are_two_words("interna", "tional")
    (True, False)
    """
    return (first in _usual_halves("first") or is_common(first)) and (
        second in _usual_halves("second") or is_common(second)
    )


def stands_apart(word: str, text: str) -> bool | None:
    """Tell whether a word or compound stands in a text by itself; None where it is part of many longer ones.

    >>> stands_apart("land-mine", "the land-mine ban"), stands_apart("mine", "a land-mine")
    (True, False)
    """
    if _WORD.fullmatch(word) is None:
        return False
    at = -1
    for _ in range(_FEW):
        at = text.find(word, at + 1)
        if at < 0:
            return False
        if _BEGIN.match(text, at) and _END.match(text, at + len(word)):
            return True
    return None


def _behind_first_word(text: str) -> str:
    return "".join(text.split(None, 1)[1:])


def _before_last_word(text: str) -> str:
    return "".join(text.rsplit(None, 1)[:-1])


def _with_single_spaces(text: str) -> str:
    """Part the words of a text by one space each.

    Nothing printable is a white space but the space itself: where there are no two of it in a row, which
    is nearly everywhere, this takes half of the time that it takes to split and join.
    """
    line = text.replace("\n", " ")
    return line.strip() if "  " not in line and line.isprintable() else " ".join(text.split())


@cache
def _usual_halves(half: str) -> frozenset[str]:
    table = files("onrecord.indexer.paragraphs").joinpath("compounds.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in csv.DictReader(table.splitlines()) if row["half"] == half)
