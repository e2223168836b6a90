r"""Bytes into clean text: encodings, line ends, odd spaces, composed letters.

Every line end (``\r\n``, ``\r``, the line and paragraph separators of Unicode, a
page break) becomes ``\n``, so that lines are counted alike wherever a text came
from. Spaces of every width become a space, marks without a width disappear, and
letters come out composed (NFC). A mark without a width that stands between two whole words
was their space, and becomes one.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from functools import cache

from onrecord.indexer.analysis.common_words import is_common
from onrecord.indexer.limits import LINE_LENGTH, LINES

__all__ = ["ZERO_WIDTH", "clean", "compose", "decode", "hold_lines", "is_text"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Files that look like text for a while and are not: PDF, RTF, PostScript.
_FOREIGN = (b"%PDF-", b"{\\rtf", b"%!PS")
_SAMPLE = 8192
# One control character in a hundred: bad OCR leaves one here and there, binary formats a third and more.
_MOST_CONTROLS = 0.01
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_LINE_ENDS = re.compile(r"[\x85\u2028\u2029]")
_PAGE_ENDS = re.compile(r"[\f\v]")
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]"
)
# Control characters that no text uses: what stands there are the signs that Windows-1252 has in their place,
# of a text that was taken for Latin-1. Alone, U+0085 is the line end that Unicode makes of it.
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")
_WINDOWS = {
    code: bytes([code]).decode("windows-1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_ZERO_WIDTH_SPACE = "\u200b"
# Between a letter and a figure it parts a word from its note (`paragraphs.note_figures`); elsewhere it goes.
_IDLE_SPACE = re.compile(f"(?<![^\\W\\d_]){_ZERO_WIDTH_SPACE}|{_ZERO_WIDTH_SPACE}(?![0-9])")
# Any of these, as one class, which is looked for ten times as fast as one of several patterns; of texts that
# are not plain ASCII, nineteen in twenty have none.
_ODD = re.compile(
    f"[{''.join(one.pattern[1:-1] for one in (_LINE_ENDS, _SPACES, _INVISIBLE))}{_ZERO_WIDTH_SPACE}]"
)
_INVISIBLE_ASCII = bytes(code for code in range(0x80) if _INVISIBLE.match(chr(code)))
#: Marks that take no room: a space, a non-joiner and a joiner, two that forbid a break.
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_TOUCHING = re.compile(rf"(?<![^\W_])[^\W_]++(?:[{ZERO_WIDTH}]++[^\W_]++)+")
# Whether there is any of these: found by the mark, not word by word.
_BETWEEN = re.compile(rf"[{ZERO_WIDTH}](?<=[^\W_].)[{ZERO_WIDTH}]*(?=[^\W_])")
_WHOLE_WORD = re.compile(rf"(?<![\w{ZERO_WIDTH}])[^\W\d_]+(?![\w{ZERO_WIDTH}])")
_JOINT = re.compile(f"([{ZERO_WIDTH}]+)")
_JOINERS = re.compile("[\u200c\u200d]+")
# Scripts before this one need no joiner; those of the others that have spaces between words.
_FIRST_JOINED = "\u0590"
_SPACED = re.compile("[\u0000-\u0dff\u1e00-\u1fff\uac00-\ud7a3]+")
_BROKEN_BY_SOFT_HYPHEN = re.compile("\u00ad[ \t]*$", re.MULTILINE)
# Encodings that a page may declare: those that pages come in. Others that Python knows do other things than
# decode text (unicode_escape, punycode), or take time in proportion to the square of its length.
_DECLARABLE = re.compile(
    r"(?:us-)?ascii|utf-?(?:8|16|32)(?:[-_]?[lb]e)?|latin-?\d+|iso[-_]?8859[-_]\d+|iso-2022-[a-z]+(?:-\d)?"
    r"|(?:windows|cp|x-cp|ibm)-?\d+|koi8-[rtu]|kz1048|mac-?(?:roman|cyrillic|greek|turkish|iceland|latin2)"
    r"|gb(?:k|2312|18030)|big5(?:-?hkscs)?|hz|euc[-_](?:jp|kr)|shift[-_]jis|sjis|x-sjis|ks_c_5601-1987|tis-620|viscii",
    re.IGNORECASE,
)
# Marks on one letter beyond which letters are composed piece by piece: to sort n marks into their order takes
# the time of n * n, and no writing puts more than a few on a letter (UAX 15 names 30 as the most to expect).
_MOST_MARKS = 30
_LAST_MARK = 0x1E94A
# Marks can pile up only where nothing of ASCII stands between, which is quick to see.
_UNBROKEN = re.compile(r"[^\x00-\x7f]{100}")


def is_text(data: bytes) -> bool:
    """Tell text in some encoding from a picture, an archive or a document in a binary format."""
    if any(data.startswith(mark) for mark, _ in _BOMS):
        return True
    sample = data[:_SAMPLE]
    if sample.startswith(_FOREIGN) or b"\x00" in sample:
        return False
    return len(_CONTROLS.findall(sample)) <= _MOST_CONTROLS * len(sample)


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Decode by byte-order mark, else UTF-8, else the ``declared`` encoding, else Windows-1252.

    UTF-8 goes before what is declared because a text in another encoding is all
    but never valid UTF-8, while pages that declare the wrong one are common.
    Bytes that Windows-1252 leaves empty are read as Latin-1.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    known = declared if declared and _DECLARABLE.fullmatch(declared) else None
    for candidate in filter(None, ("utf-8", known, "windows-1252")):
        try:
            return data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def clean(text: str, *, breaks: str = "\n") -> str:
    r"""Fold line ends and spaces, drop what has no width, compose letters.

    ``breaks`` takes the place of form feeds, which break a line and end none that an editor counts.

    >>> clean("Co\u0302te d\u2019Ivoire:\u00a0peace\r\n")
    'Côte d’Ivoire: peace\n'
    """
    plain = text.isascii()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\f" in text or "\v" in text:
        text = _PAGE_ENDS.sub(breaks, text)
    if plain:  # with bytes it takes a tenth of the time
        return text.encode("ascii").translate(None, _INVISIBLE_ASCII).decode("ascii")
    if not _ODD.search(text):
        return compose(text)
    if _C1.search(text):
        text = text.translate(_WINDOWS)
    text = _BROKEN_BY_SOFT_HYPHEN.sub("-", _LINE_ENDS.sub("\n", text))
    text = _SPACES.sub(" ", text)
    text = compose(text)
    if _ZERO_WIDTH_SPACE in text:
        text = _IDLE_SPACE.sub("", text)
    return _INVISIBLE.sub("", text)


def hold_lines(text: str) -> None:
    """Raise the `SourceError` of a text that has too many lines, or too long a line."""
    LINES.check(text.count("\n"))
    if len(text) > LINE_LENGTH.most:
        for number, line in enumerate(text.split("\n"), start=1):
            LINE_LENGTH.check(len(line), line=number)


def compose(text: str) -> str:
    r"""Compose letters (NFC), in time proportional to the text whatever marks it piles up.

    >>> compose("e\u0301")
    'é'
    """
    if text.isascii():
        return text
    piled = len(text.encode("utf-8", "surrogatepass")) > len(text) + _MOST_MARKS and _UNBROKEN.search(text)
    parts = _piled_marks().split(text) if piled else [text]
    composed = "".join(unicodedata.normalize("NFC", part) for part in parts)
    marked = any(mark in composed for mark in ZERO_WIDTH)
    return _parted(composed) if marked and _BETWEEN.search(composed) else composed


def _parted(text: str) -> str:
    r"""Make a space or nothing of each mark without a width that stands in a word.

    >>> _parted("nuclear\u200bweapons and dis\u200barmament")
    'nuclear weapons and disarmament'
    """
    known: frozenset[str] | None = None

    def is_word(word: str) -> bool:
        nonlocal known
        if is_common(word):
            return True
        if known is None:
            known = frozenset(_WHOLE_WORD.findall(text.lower()))
        return len(word) > 1 and word.lower() in known

    return _TOUCHING.sub(lambda found: _apart(found[0], is_word), text)


def _apart(touching: str, is_word: Callable[[str], bool]) -> str:
    """Part what touches into its words; what is one word together, or has a piece that is none, is one."""
    pieces = _JOINT.split(touching)
    one = is_word("".join(pieces[::2]))
    done = pieces[0]
    for before, mark, after in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
        if _JOINERS.fullmatch(mark) and max(before[-1], after[0]) >= _FIRST_JOINED:
            done += mark
        elif after[0].isdecimal() and not before[-1].isdecimal():
            done += "\u200b" if "\u200b" in mark else ""
        elif not one and _SPACED.fullmatch(before + after) and is_word(before) and is_word(after):
            done += " "
        done += after
    return done


@cache
def _piled_marks() -> re.Pattern[str]:
    """Match marks that stand on one letter, where they are too many to be sorted together."""
    marks = "".join(chr(code) for code in range(0x300, _LAST_MARK + 1) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{{_MOST_MARKS}}})")
