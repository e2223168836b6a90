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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

from onrecord.indexer.analysis.common_words import is_common
from onrecord.indexer.limits import LINE_LENGTH, LINES
from onrecord.indexer.sources.encodings import (
    JAPANESE,
    USUAL,
    is_escaped_japanese,
    undeclared_encoding,
    unmarked_utf16,
)

__all__ = [
    "ZERO_WIDTH",
    "GuessedEncoding",
    "clean",
    "compose",
    "decode",
    "hold_lines",
    "is_text",
    "noting_guesses",
]

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
_EVIDENCE_LENGTH = 80
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_BYTES_BEYOND_ASCII = bytes(range(0x80, 0x100))
_UTF8 = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MOSTLY = 0.9
_AS_USUAL = "onrecord-windows-1252"
# What Windows-1252 has where Latin-1 and Unicode have control characters; five are empty there too.
_C1 = {
    code: bytes([code]).decode(USUAL)
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
# A text that has other characters of these has no line ends of a mainframe: U+0085 is three dots there.
_C1_TABLE = {code: _C1.get(code, chr(code)) for code in range(0x80, 0xA0)}
# One that means nothing, between two letters; anywhere else it glues none, and goes.
_GLUING_C1 = re.compile(r"(?<=[^\W_])[\x81\x8d\x8f\x90\x9d](?=[^\W_])")
# A mark such as U+2019 that was written in UTF-8 and read as Windows-1252 before it was written again.
_TWICE = re.compile("\u00e2\u20ac([" + "".join(_C1.get(code, chr(code)) for code in range(0x80, 0xC0)) + "])")
_TWICE_TABLE = {_C1.get(code, chr(code)): bytes((0xE2, 0x80, code)).decode() for code in range(0x80, 0xC0)}
_ANY_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")
# One control character in a hundred: bad OCR leaves one here and there, binary formats a third and more.
_MOST_CONTROLS = 0.01
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_LINE_ENDS = re.compile(r"[\x85\u2028\u2029]")
_PAGE_ENDS = re.compile(r"[\f\v]")
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]"
)
_ZERO_WIDTH_SPACE = "\u200b"
# Between a letter and a figure it parts a word from its note (`paragraphs.note_figures`); elsewhere it goes.
_IDLE_SPACE = re.compile(f"(?<![^\\W\\d_]){_ZERO_WIDTH_SPACE}|{_ZERO_WIDTH_SPACE}(?![0-9])")
# Any of these, as one class, which is looked for ten times as fast as one of several patterns; of texts that
# are not plain ASCII, nineteen in twenty have none. None is printable, which is told in half of the time.
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
# A hyphenation point: what says "broken here" and, unlike a hyphen, nothing else.
_BREAK_HERE = "\u2027"
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
# Marks can pile up only where nothing of ASCII stands between, which is quick to see: of bytes in a third of
# the time that it takes of characters, each of which has two or more.
_UNBROKEN = re.compile(r"[^\x00-\x7f]{100}")
_IS_BEYOND = bytes(code >> 7 for code in range(0x100))
_UNBROKEN_BYTES = b"\x01" * 200


@dataclass(frozen=True, slots=True)
class GuessedEncoding:
    """The encoding that a text was read in which says nothing of it, and words that show how it reads."""

    name: str
    evidence: str


_NOTED: ContextVar[list[GuessedEncoding] | None] = ContextVar("_NOTED", default=None)


@contextmanager
def noting_guesses() -> Iterator[list[GuessedEncoding]]:
    """Collect the encodings that `decode` guesses meanwhile."""
    noted: list[GuessedEncoding] = []
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)


def is_text(data: bytes) -> bool:
    """Tell text in some encoding from a picture, an archive or a document in a binary format."""
    if any(data.startswith(mark) for mark, _ in _BOMS):
        return True
    sample = data[:_SAMPLE]
    if sample.startswith(_FOREIGN):
        return False
    if b"\x00" in sample:
        return unmarked_utf16(sample) is not None
    return len(_CONTROLS.findall(sample)) <= _MOST_CONTROLS * len(sample)


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Decode by byte-order mark, else UTF-8, else the ``declared`` encoding, else the one it looks like.

    UTF-8 goes before what is declared because a text in another encoding is all
    but never valid UTF-8, while pages that declare the wrong one are common.
    A text that is UTF-8 but for a byte here and there has those read as Windows-1252.
    What is guessed is noted (`noting_guesses`), Windows-1252 apart, which is usual, unless it reads oddly.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    shown = _shown_encoding(data)
    if shown:
        return _noted(data.decode(shown, errors="replace"), shown)
    known = declared if declared and _DECLARABLE.fullmatch(declared) else None
    for candidate in filter(None, ("utf-8", known)):
        try:
            return data.decode(candidate)
        except UnicodeDecodeError as error:
            if candidate == "utf-8" and _is_cut_off(data, error):
                return data.decode("utf-8", errors="replace")
        except LookupError:
            continue
    if _is_mostly_utf8(data):
        return _noted(data.decode("utf-8", errors=_AS_USUAL), "utf-8")
    encoding, guessed = undeclared_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        guessed = guessed and encoding == USUAL
        encoding = USUAL
        text = data.decode(encoding, errors=_AS_USUAL)
    return _noted(text, encoding) if guessed else text


def _shown_encoding(data: bytes) -> str | None:
    """Return an encoding that shows without its letters: UTF-16 by its zeros, Japanese by its escapes."""
    if b"\x00" in data[:_SAMPLE]:
        return unmarked_utf16(data[:_SAMPLE])
    return JAPANESE if is_escaped_japanese(data) else None


def _noted(text: str, encoding: str) -> str:
    noted = _NOTED.get()
    if noted is not None:
        beyond = _BEYOND_ASCII.search(text)
        begin = beyond.start() if beyond else 0
        evidence = " ".join(text[begin : begin + _EVIDENCE_LENGTH].split())
        if evidence:
            noted.append(GuessedEncoding(encoding, evidence))
    return text


def _is_cut_off(data: bytes, error: UnicodeDecodeError) -> bool:
    """Tell whether all that is wrong is that the last of several characters is cut, as at a sample's end."""
    if error.end < len(data) or error.reason != "unexpected end of data":
        return False
    return not data[: error.start].isascii()


def _is_mostly_utf8(data: bytes) -> bool:
    """Tell whether nine in ten of the characters beyond ASCII are UTF-8."""
    whole = sum(map(len, _UTF8.findall(data)))
    beyond = len(data) - len(data.translate(None, _BYTES_BEYOND_ASCII))
    return whole >= _MOSTLY * beyond


def _as_usual(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that an encoding has not as Windows-1252 does, and what it leaves empty as Latin-1."""
    assert isinstance(error, UnicodeDecodeError)
    odd = error.object[error.start : error.end]
    return "".join(_C1.get(byte, chr(byte)) for byte in odd), error.end


codecs.register_error(_AS_USUAL, _as_usual)


def clean(text: str, *, breaks: str = "\n") -> str:
    r"""Fold line ends and spaces, drop what has no width, compose letters.

    Control characters that Windows-1252 has punctuation for are that; one that it has nothing for is shown as
    U+FFFD between two letters, which are no one word.

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
    text = _read_once(text)  # which may bring a line end that was written twice
    if _is_printable(text) or not _ODD.search(text):
        return compose(text)
    if _ANY_C1.search(text):
        text = _GLUING_C1.sub("\ufffd", _read_once(text.translate(_C1_TABLE)))
    text = _BROKEN_BY_SOFT_HYPHEN.sub(_BREAK_HERE, _LINE_ENDS.sub("\n", text))
    text = _SPACES.sub(" ", text)
    text = compose(text)
    seen = _IDLE_SPACE.sub("", text) if _ZERO_WIDTH_SPACE in text else text
    seen = _INVISIBLE.sub("", seen)
    # A letter and its mark may have stood on the two sides of what is gone.
    return seen if len(seen) == len(text) else compose(seen)


def _is_printable(text: str) -> bool:
    return text.replace("\n", " ").replace("\t", " ").isprintable()


def _read_once(text: str) -> str:
    """Put right the marks that were written in UTF-8, read as Windows-1252 and written again."""
    return _TWICE.sub(lambda mark: _TWICE_TABLE[mark[1]], text) if "\u20ac" in text else text


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
    beyond = text.encode("utf-8", "surrogatepass").translate(_IS_BEYOND)
    piled = _UNBROKEN_BYTES in beyond and _UNBROKEN.search(text)
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
