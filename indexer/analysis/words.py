"""Words out of text: what counts as a word, where it stands, and what it is folded to.

The rules, which an index and a query share:

- Every run of letters, digits and their marks is a word at its own position.
  There are no stop words; single letters and digits count.
- Everything else is a boundary, so ``A/RES/76/47`` is four words in that order,
  ``COVID-19`` two and ``d'Ivoire`` two. So is an apostrophe that Unicode counts among
  the letters: ``Nukuʻalofa`` is ``Nuku'alofa``.
- Signs that only say where a word may be broken are nothing: the soft hyphen, ``¬``, ``‧``.
- A fraction, a raised or a circled number in one character is a word by itself, so that a
  footnote mark leaves its word alone (``1½``, ``mines²``); a lowered one is not (``CO₂``).
  So is a sign that stands for several letters (``№5``, ``Convention™``).
- Ideographs, kana and the letters of scripts written without spaces are a word
  each, so that a phrase in them is exact.
- Case and accents are folded: ``Côte`` is ``cote``, ``Ł`` is ``l``, Arabic-Indic
  digits are digits. Marks that make another letter rather than an accent stay
  (``й``, the voicing of kana, the nukta and virama of India).
- Arabic letters that are written one for the other are one: ``ى`` and ``ي``, ``ة`` and ``ه``
  (as Lucene's ArabicNormalizer has them), and the yeh and kaf of Persian.
The folding is a table from one character to its folded form, filled as
characters turn up, so that ``str.translate`` does the work. Texts and queries come
composed (NFC): a mark that makes another letter is part of that letter. Only kana of half
width come in pieces all the same, and are put together first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["FOLD_TABLE", "Word", "fold", "folded", "words", "words_with_offsets", "written"]

# Letters that Unicode does not decompose, written as people type them without an accent key.
_PLAIN = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"}
# Hyphens beyond that of ASCII.
_HYPHENS = frozenset("‐‑")
# Letters that are written one for the other, or look the same.
_PLAIN |= {"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك"}
# Letters whose mark is no accent: the short i of Cyrillic is another letter than и.
_WHOLE = frozenset("йЙ")
# Combining classes of marks that make another letter: 0 vowel signs, 7 nukta, 8 kana voicing, 9 virama.
_KEPT_MARKS = frozenset((0, 7, 8, 9))
# Blocks of scripts written without spaces between words; each letter is a word.
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # ideographic iteration mark, closing mark, zero
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x9FFF),  # CJK ideographs and extension A
    (0xF900, 0xFAFF),  # CJK compatibility ideographs
    (0x20000, 0x3FFFF),  # the further ideographs
)
# Apostrophes that are letters: half rings, okina and their like; the double one; the saltillo.
_APOSTROPHES = frozenset(map(chr, (*range(0x2B9, 0x2C0), 0x2EE, 0xA78B, 0xA78C)))
# Where a word may be broken: the soft hyphen of old code pages, and that of dictionaries.
_OPTIONAL_HYPHENS = frozenset("¬‧")
# Raised letters that end a word: ``Nº5`` is two.
_ORDINALS = frozenset("ªº")
# Kana of half width and the voicing mark behind it; looked for by the marks, which takes no time.
_VOICING = "ﾞﾟ"
_HALF_WIDTH = re.compile(f"[ｦ-ﾝ][{_VOICING}]")
_ZERO_WIDTH_SPACE = "\u200b"  # marks a word boundary in scripts without spaces
_TATWEEL = "\u0640"  # stretches a line of Arabic, says nothing
# Most texts hold few letters beyond ASCII; the tables are asked for these alone, a run at a time.
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# A word in a text that was folded.
_UNPARTED = re.compile("[^ ]+")


class _FoldTable(dict[int, str]):
    """From a code point to what becomes of it, case kept; a space where words end."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        parts = character if character in _WHOLE else unicodedata.normalize("NFKC", character)
        folded = unicodedata.normalize("NFC", "".join(map(_fold_letter, parts)))
        if _stands_apart(character, parts):
            folded = f" {folded} "
        self[code] = f"{folded} " if character in _ORDINALS else folded
        return self[code]


def _stands_apart(character: str, parts: str) -> bool:
    """Tell whether one character is a word by itself: ½, ² and №, but not the ₂ of CO₂."""
    category = unicodedata.category(character)
    if category == "No":
        return not unicodedata.decomposition(character).startswith("<sub>")
    return category[0] == "S" and sum(map(str.isalnum, parts)) > 1


def _fold_letter(letter: str) -> str:
    """Fold one character: set a letter of an unspaced script apart, take the marks off any other."""
    if any(first <= ord(letter) <= last for first, last in _UNSPACED) and letter.isalnum():
        return f" {letter} "
    parts = letter if letter in _WHOLE else unicodedata.normalize("NFKD", letter)
    return "".join(map(_fold_part, parts))


def _fold_part(part: str) -> str:
    """Fold one character of a decomposition."""
    category = unicodedata.category(part)
    if category[0] == "M":
        return part if unicodedata.combining(part) in _KEPT_MARKS else ""
    if category == "Cf" or part == _TATWEEL or part in _OPTIONAL_HYPHENS:
        return " " if part == _ZERO_WIDTH_SPACE else ""
    if part in _APOSTROPHES:
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(part))
    if category[0] not in "LN":
        return " "
    plain = _PLAIN.get(part.lower())
    if plain is None:
        return part
    return plain.upper() if part.isupper() else plain


FOLD_TABLE = _FoldTable()


class _WrittenTable(dict[int, str]):
    """From a code point to what becomes of it in a word as written: letters keep their accents."""

    def __missing__(self, code: int) -> str:
        character, plain = chr(code), FOLD_TABLE[code]
        if character in _HYPHENS:
            self[code] = "-"
        else:
            keeps = bool(plain) and " " not in plain and unicodedata.category(character)[0] == "L"
            whole = keeps and unicodedata.normalize("NFKC", character) == character
            self[code] = character if whole else plain
        return self[code]


_WRITTEN_TABLE = _WrittenTable()


def folded(text: str) -> str:
    """Fold a text, case kept, with a space wherever words end.

    >>> folded("Convention№5").split()
    ['Convention', 'No', '5']
    """
    if _VOICING[0] in text or _VOICING[1] in text:
        text = _HALF_WIDTH.sub(lambda kana: unicodedata.normalize("NFKC", kana[0]), text)
    return text.translate(FOLD_TABLE)


def written(text: str) -> str:
    """Fold a text but for case, accents, hyphens and the signs of ASCII.

    Its runs of letters and digits are the words as they are written: folded, they are those of `words`.

    >>> written("l’armée’s re‑use")
    'l armée s re-use'
    """
    if _VOICING[0] in text or _VOICING[1] in text:
        text = _HALF_WIDTH.sub(lambda kana: unicodedata.normalize("NFKC", kana[0]), text)
    return text if text.isascii() else _BEYOND_ASCII.sub(_as_written, text)


def _as_written(run: re.Match[str]) -> str:
    return run[0].translate(_WRITTEN_TABLE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its place: its folded form, and its offsets in the text."""

    text: str
    start: int  #: in characters, counted from 0
    end: int  #: the first character after it


def words(text: str) -> list[str]:
    """Split text into folded words; a word's index in the list is its position.

    >>> words("A/RES/76/47 on Côte d’Ivoire")
    ['a', 'res', '76', '47', 'on', 'cote', 'd', 'ivoire']
    """
    return folded(text).casefold().split()


def fold(word: str) -> str:
    """Fold what was typed as one name or value into words with one space between.

    >>> fold("Türkiye, Republic of")
    'turkiye republic of'
    """
    return " ".join(words(word))


def words_with_offsets(text: str) -> list[Word]:
    """Split text as `words` does, with the offsets that a highlight needs."""
    places = _same_places(text) if _keeps_places(text) else _moved_places(text)
    return [Word(word.casefold(), start, end) for word, start, end in places]


def _keeps_places(text: str) -> bool:
    """Tell whether folding turns every character into one; three paragraphs in four are of ASCII alone."""
    return text.isascii() or all(len(FOLD_TABLE[ord(character)]) == 1 for character in set(text))


def _same_places(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield unfolded words with their offsets, where folded text has the offsets of the text."""
    for found in _UNPARTED.finditer(text.translate(FOLD_TABLE)):
        yield found[0], found.start(), found.end()


def _moved_places(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield unfolded words with their offsets, character by character: one may fold to none or to several."""
    letters: list[str] = []
    start = end = 0
    for offset, written in _units(f"{text} "):
        for part in FOLD_TABLE[ord(written)] if len(written) == 1 else folded(written):
            if part != " ":
                start = start if letters else offset
                letters.append(part)
                end = offset + len(written)
            elif letters:
                yield "".join(letters), start, end
                letters.clear()


def _units(text: str) -> Iterator[tuple[int, str]]:
    """Yield what folds by itself, with its offset: a character, or a kana with its voicing."""
    if _VOICING[0] not in text and _VOICING[1] not in text:
        yield from enumerate(text)
        return
    offset = 0
    for piece in re.split(f"({_HALF_WIDTH.pattern})", text):
        units = [piece] if _HALF_WIDTH.fullmatch(piece) else piece
        for unit in units:
            yield offset, unit
            offset += len(unit)
