"""What the scan knows of words: which are acronyms, which are one word in parts, which are forms of another.

It asks the dictionaries what the lemmas of a word are, also without its accents, and nothing else of the
indexer: what a lemma is for is worked out here word by word, over the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from onrecord.indexer.analysis.inflection import meant_words
from onrecord.indexer.analysis.joined_words import is_joined_word
from onrecord.indexer.analysis.lemmas import dictionary

__all__ = ["Vocabulary", "names", "words_as_written"]

# Letters, numbers and signs in their order; what folds to several letters is not used with the scan.
_WORD = r"(?:[^\W_]\u0306?)+"
_IDEOGRAPH = re.compile("([\u3400-\u9fff])")
_HYPHENED = re.compile(rf"(?<![\w\u3400-\u9fff-]){_WORD}(?:-{_WORD})+(?![\w-])")
_INITIALS = re.compile(r"(?<![\w.])[A-Z](?:\.[A-Z])+(?!\w)")
_THOUSANDS = re.compile(r"(?<![\w,])[0-9]{1,3}(?:,[0-9]{3})+(?!\w|,[0-9])")
_APART = re.compile(rf"(?<![\w-])(co|non|anti|pre|multi|sub|inter) ({_WORD})(?![\w -]*-)", re.IGNORECASE)
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h", "Ħ": "H"}
    | {"ı": "i", "þ": "th", "Þ": "TH", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
)
_ACCENT = re.compile("(?<![иИ])\u0306|[\u0300-\u0305\u0307-\u036f]")
_PREFIXES = (
    "co",
    "non",
    "anti",
    "pre",
    "multi",
    "sub",
    "inter",
    "socio",
    "macro",
    "micro",
    "semi",
    "neo",
    "counter",
    "cyber",
    "post",
)
_LONG = 5


def fold(word: str) -> str:
    """Fold a word: no accents, small letters."""
    plain = _ACCENT.sub("", unicodedata.normalize("NFKD", word.translate(_PLAIN_LETTERS)))
    return unicodedata.normalize("NFC", plain).casefold()


def words_as_written(text: str, language: str | None) -> list[str]:
    """Return the words of a text with their accents, stressed ones in small letters, then the compounds."""
    text = unicodedata.normalize("NFC", text).replace("\u2010", "-").replace("\u2011", "-")
    text = re.sub("[\u00ad\u200c-\u200f\u202a-\u202e\u2060\ufeff]", "", text)
    words = re.findall(_WORD, _IDEOGRAPH.sub(r" \1 ", text))
    stressed = set(_stressed(words, language))
    plain = [word.lower() if place in stressed else word for place, word in enumerate(words)]
    found = [found[0] for sign in (_HYPHENED, _INITIALS, _THOUSANDS) for found in sign.finditer(text)]
    if language == "en":
        found += [found[0] for found in _APART.finditer(text)]
    return [*plain, *(one for one in found if _joined(one, language) is not None)]


def _stressed(words: list[str], language: str | None) -> Iterator[int]:
    """Yield the places of words in capitals that are no acronyms."""
    small = [any(map(str.islower, word)) and not _is_plural(word) for word in words]
    if not any(small):
        yield from range(len(words))
        return
    row: list[int] = []
    for place, word in enumerate([*words, "x"]):
        if not any(map(str.islower, word)):
            row.append(place)
            continue
        capital = [at for at in row if len(words[at]) > 1 and words[at].isupper()]
        known = [
            at
            for at in capital
            if language in dictionary.LANGUAGES and dictionary.is_word(words[at], language)
        ]
        long = [at for at in known if len(words[at]) >= _LONG]
        yield from known if long and 2 * len(known) > len(capital) else long
        row = []


def _is_plural(word: str) -> bool:
    return re.fullmatch(r"[^\W\d_]{2,}s", word) is not None and word[:-1].isupper()


def _joined(compound: str, language: str | None) -> str | None:
    """Return the one word that a compound is, None where it is none."""
    parts = re.split("[-., ]", compound)
    if "-" not in compound and " " not in compound:
        return "".join(parts)
    if language not in dictionary.LANGUAGES or len(parts) > 4 or all(part[0].isdigit() for part in parts):
        return None
    joined = "".join(parts)
    if not joined.isupper():
        joined = parts[0] + "".join(parts[1:]).lower()
    prefixed = parts[0].lower() in _PREFIXES and not joined[-1].isdigit()
    return joined if prefixed or is_joined_word(joined) or dictionary.is_word(joined, language) else None


@lru_cache(maxsize=1 << 20)
def names(word: str, language: str | None) -> frozenset[str]:
    """Name what a word or a compound, as `words_as_written` has it, is a form of."""
    if re.search("[-., ]", word):
        word = _joined(word, language) or word
        if not word.isalpha() or len(word) < 2 or (word.isupper() and language is None):
            return frozenset((f"={fold(word)}",))
    if len(word) > 1 and (word.isupper() or _is_plural(word)):
        return frozenset((f"={fold(word[:-1] if _is_plural(word) else word)}",))
    if not word.isalpha():
        return frozenset((f"={fold(word)}",))
    if not language:
        return frozenset((f"?{fold(word)}",))
    if language not in dictionary.LANGUAGES:
        return frozenset((f"{language}:{fold(word)}",))
    return frozenset(f"{language}:{lemma}" for lemma in dictionary.lemmas(word, language))


class Vocabulary:
    """All words of some paragraphs, each with its language, and what a typed word means among them."""

    def __init__(self, occurring: Iterable[tuple[str, str | None]]) -> None:
        self.occurring = set(occurring)
        self.languages = {language for _, language in self.occurring if language}
        self._names: dict[str, set[str]] = {}
        for word, language in self.occurring:
            if not re.search("[-., ]", word):
                self._names.setdefault(fold(word), set()).update(names(word, language))

    def matching(self, typed: str) -> set[tuple[str, str | None]]:
        """Return the words that a typed word stands for."""
        return self._found(self._asked(typed))

    def _found(self, asked: set[str]) -> set[tuple[str, str | None]]:
        found = {pair for pair in self.occurring if names(*pair) & asked}
        if any(name[0] not in "=?" for pair in found for name in names(*pair)):
            forms = {fold(word) for word, _ in found}
            found |= {pair for pair in self.occurring if names(*pair) <= {f"?{form}" for form in forms}}
        return found

    def matching_compound(self, typed: str) -> set[tuple[str, str | None]]:
        """Return the words that a compound stands for, typed as texts have it or as one word of theirs."""
        typed = typed.rstrip(".")
        if re.search("[-., ]", typed) is None or not re.fullmatch(
            f"{_WORD}(?:([-., ]){_WORD})(?:\\1{_WORD})*", typed
        ):
            return set()
        asked: set[str] = set()
        for word, language in self.occurring:
            if re.search("[-., ]", word) and fold(word) == fold(typed):
                asked |= names(word, language)
        asked = asked or self._names.get(fold("".join(re.split("[-., ]", typed))), set())
        if not asked and typed.partition("-")[0].lower() in _PREFIXES:
            for language in self.languages:
                if (joined := _joined(typed, language)) is not None:
                    asked |= names(joined, language)
        return self._found(asked) if asked else set()

    def _asked(self, typed: str) -> set[str]:
        if len(typed) > 1 and (typed.isupper() or _is_plural(typed)):
            acronym = names(typed, None)
            if any(names(*pair) & acronym for pair in self.occurring):
                return set(acronym)
        form = fold(typed)
        asked = set(self._names.get(form, ()))
        if all(name[0] == "?" for name in asked):
            if not typed.isalpha():
                return asked | {f"={form}"}
            asked |= {f"={form}", *([f"={form[:-1]}"] if form.endswith("s") else [])}
            written = typed.lower() if typed.isupper() else typed  # no acronym of the corpus
            for language in self.languages:
                for meant in meant_words(written, language):
                    asked |= names(meant, language)
        return asked
