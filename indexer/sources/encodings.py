"""Which encoding a text is in that says nothing of it.

UTF-16 shows by where its zeros stand, ISO-2022-JP by its escape sequences. Of other texts chardet is asked,
the detector that did best on cuts of 100 to 4,000 bytes out of the translations of programs, in 27
languages and their old encodings: 1,498 of 1,498 came out letter for letter, where cchardet had 1,427 and
charset-normalizer 1,192. (The cuts share sentences, so they count for fewer than they are.) It takes 0.2
seconds and 37 MB to load, and is loaded for the first text that is neither UTF-8 nor declared.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.indexer.sources.western import western_encoding

__all__ = ["JAPANESE", "USUAL", "is_escaped_japanese", "undeclared_encoding", "unmarked_utf16"]

#: What Western texts are in that say nothing; also what is left where nothing can be told.
USUAL: Final = "windows-1252"
#: Japanese in the characters of ASCII, as mail has it.
JAPANESE: Final = "iso-2022-jp"
# What old texts come in. DOS and Macintosh encodings of the West are left out, since to a detector their few
# letters beyond ASCII look like those of Windows-1252; where these stand is looked at afterwards (`western`).
_CANDIDATES = (
    *(f"cp{number}" for number in range(1250, 1259)),
    *(f"iso8859-{part}" for part in (1, 2, 5, 6, 7, 8, 9)),
    *("koi8-r", "koi8-u", "cp866", "gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949", "cp874"),
)
# Encodings that have all that another has, by the names that chardet gives.
_WIDER = {
    "ascii": USUAL,
    "iso-8859-1": USUAL,
    "iso-8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "tis-620": "cp874",
}
# Lines with anything beyond ASCII are enough, and all that tells.
_TELLING = re.compile(rb"[^\n]{0,400}[\x80-\xff][^\n]{0,400}")
_ENOUGH = 40_000
# A tenth of the characters of a text are spaces and line ends, whose one half is zero in UTF-16, and in
# texts without spaces one in a hundred; binary formats have zeros in both halves, Korean some (``가``).
_FEWEST_ZEROS = 0.005
_TIMES_MORE = 3
_LARGEST_SHARE_AMISS = 0.01
_PLAUSIBLE = re.compile(
    "[\t\n\r\x20-\x7e\xa0-\u052f\u0590-\u06ff\u1e00-\u1fff\u2010-\u2027\u2030-\u203a\u20ac\u3000-\u30ff"
    "\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]"
)
# Japanese begins and ends with escape sequences there, of characters that ASCII has.
_TO_JAPANESE, _FROM_JAPANESE = re.compile(rb"\x1b\$[@B]"), re.compile(rb"\x1b\([BJ]")
# Windows-1251 has the small letters of Mac Cyrillic where they stand, but for the last, a capital there.
_LAST_AS_CAPITAL, _LAST_LETTER = re.compile("[а-ю]Я"), re.compile("[а-ю]я")
_FEWEST_LETTERS = 2
# Letters of Greek, Cyrillic, Hebrew and Arabic, and those that touch Latin ones.
_OTHER_SCRIPTS = re.compile("[\u0370-\u06ff]")
_WITHIN_LATIN = re.compile("(?<=[A-Za-z])[\u0370-\u06ff]|[\u0370-\u06ff](?=[A-Za-z])")


def undeclared_encoding(data: bytes) -> tuple[str, bool]:
    """Guess the encoding of a text that is neither UTF-8 nor declared; tell whether it is a guess.

    It is the name of a codec of Python. What looks like Windows-1252 is no guess, unless its letters stand
    where that has none.

    >>> undeclared_encoding("Уважаемый господин Председатель, мы благодарим Вас.".encode("koi8-r"))
    ('koi8-r', True)
    """
    telling = _telling(data)
    name = _detected(telling)
    text = telling.decode(name, errors="replace")
    if name == USUAL or _mixes_scripts(text):
        name, doubtful = western_encoding(telling)
        return name, doubtful or name != USUAL
    return "mac-cyrillic" if name == "windows-1251" and _is_macintosh(text) else name, True


def _mixes_scripts(text: str) -> bool:
    """Tell whether letters of another script stand within Latin words, as in no text that is read right."""
    return 2 * len(_WITHIN_LATIN.findall(text)) > len(_OTHER_SCRIPTS.findall(text)) > 0


def _is_macintosh(text: str) -> bool:
    """Tell by the last letter of the alphabet whether Cyrillic in Windows-1251 was written on a Macintosh."""
    capitals = len(_LAST_AS_CAPITAL.findall(text))
    return capitals >= _FEWEST_LETTERS and capitals > len(_LAST_LETTER.findall(text))


def is_escaped_japanese(data: bytes) -> bool:
    """Tell Japanese with escape sequences (ISO-2022-JP), which is valid ASCII.

    >>> is_escaped_japanese("議長".encode("iso-2022-jp")), is_escaped_japanese(b"We agree.")
    (True, False)
    """
    if b"\x1b$" not in data or not _TO_JAPANESE.search(data) or not _FROM_JAPANESE.search(data):
        return False
    try:
        data.decode(JAPANESE)
    except UnicodeDecodeError:
        return False
    return True


def _detected(telling: bytes) -> str:
    """Return what the detector says of the lines that tell."""
    import chardet

    told = chardet.detect(telling, include_encodings=_CANDIDATES, no_match_encoding="cp1252")["encoding"]
    name = (told or USUAL).lower()
    return _WIDER.get(name, name)


def unmarked_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark, ``data`` being the beginning of a text; None where it is none.

    >>> unmarked_utf16("Mr. President".encode("utf-16-be")), unmarked_utf16(b"Mr. President")
    ('utf-16-be', None)
    """
    if b"\x00" not in data:
        return None
    data = data[: len(data) // 2 * 2]
    zeros = {"utf-16-be": data[0::2].count(0), "utf-16-le": data[1::2].count(0)}
    encoding = max(zeros, key=zeros.__getitem__)
    if zeros[encoding] < _FEWEST_ZEROS * len(data) or _TIMES_MORE * min(zeros.values()) > zeros[encoding]:
        return None
    text = data.decode(encoding, errors="replace")
    amiss = len(text) - len(_PLAUSIBLE.findall(text))
    return encoding if amiss <= max(1, _LARGEST_SHARE_AMISS * len(text)) else None


def _telling(data: bytes) -> bytes:
    """Return the lines of a text that hold more than ASCII, up to what a detector needs."""
    lines: list[bytes] = []
    size = 0
    for line in _TELLING.finditer(data):
        lines.append(line[0])
        size += len(line[0])
        if size >= _ENOUGH:
            break
    return b"\n".join(lines)
