"""Which language a text is in, and which of its paragraphs are in another.

The script and the commonest words of a language tell the ten of the register at once. For what they
leave open, py3langid is asked (Lui and Baldwin, "langid.py", 2012; a model of 4 MB, 0.2 ms a paragraph).
It takes half a second and 95 MB to load, so that a text in one known language should not load it. A
wrong language is worse than none: what two witnesses do not agree on is left unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from onrecord.indexer.analysis.common_words import is_common

__all__ = ["guess_language", "language_of", "language_of_few_words", "languages_apart"]

# Enough running text for the commonest words to show, little enough to cost under a millisecond.
_LOOK_AT = 4000
# The best language must have this share of the words that any language claims; close relatives
# such as Spanish and Portuguese stay apart by it.
_SURE_SHARE = 0.6
# Fewer known words than this say nothing.
_FEWEST_WORDS = 3
# The commonest words of a language are three in ten of a text in it, one in seven of a short heading; in a
# text in a language that is not listed here (measured on Malay) chance puts one in ten at most among them.
_SMALLEST_SHARE = 0.12

_SCRIPTS = {
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
}
# Letters that Arabic or Russian does not have, so that a neighbour's text is not called by its name.
_OTHER_LETTERS = re.compile(
    r"[\u067e\u0686\u06a9\u06af\u06cc\u06d2\u0456\u0457\u0454\u0491\u045e\u0458\u045b\u0452]"
)
_WORDS = {
    "en": "the of and to in that is for we our with on are this by from it have be as i not was will",
    "fr": "le la les de des du et à en que qui une dans pour sur est nous notre ce au avec par pas sont",
    "es": "el la los las de del y en que una para con por es nos nuestro se al su como no más lo",
    "pt": "o a os as de do da dos das e em que uma para com por é nós nosso não se ao no na são",
    "de": "der die das und in zu den von mit für ist wir unser auf nicht eine dem des sich auch wird",
    "it": "il la gli le di del della e in che una per con è noi nostro non si al dei nel sono",
    "sv": "och att det som en ett är för på med av vi vår till den har inte om från de i",
}
_WORD = re.compile(r"[^\W\d_]+")
_CLAIMED = {language: frozenset(words.split()) for language, words in _WORDS.items()}
# The languages that claim a word.
_CLAIMANTS = {
    word: [language for language, words in _CLAIMED.items() if word in words]
    for word in frozenset().union(*_CLAIMED.values())
}


# Words that hardly a paragraph of a language lacks, and no other of the ten has.
_TELLTALES = {
    "en": re.compile(
        r"\b(?:the|of|and|to|for|that|with|which|have|has|been|be|are|this|their|its|should|we|our)\b"
    ),
    "fr": re.compile(r"\b(?:les|des|une|est|et|dans|pour|nous|aux)\b"),
    "es": re.compile(r"\b(?:los|las|y|el|del|una|con)\b"),
    "pt": re.compile(r"\b(?:os|dos|das|não|uma|um|em|ao|são)\b"),
    "de": re.compile(r"\b(?:der|die|und|das|zu|wir|nicht)\b"),
    "it": re.compile(r"\b(?:di|che|il|della|gli|nel|sono)\b"),
    "sv": re.compile(r"\b(?:och|att|det|som|vi)\b"),
}
# The one that most paragraphs have: to look for it first takes a tenth of the time.
_USUAL = {
    "en": " the ",
    "fr": " les ",
    "es": " los ",
    "pt": " dos ",
    "de": " die ",
    "it": " che ",
    "sv": " att ",
}
# Different ones that a paragraph must have to be in another language than its statement. With fewer, two of
# the 336,584 of the General Debate, all in English, would have the detector loaded.
_FEWEST_APART = 4
# A shorter paragraph stays in the language of its statement unless it is plain English, in characters.
_LONG_ENOUGH = 80
# Words of a text that is too short to be told otherwise, and the part of them that must be common English.
_FEW_WORDS = 4
_MOSTLY = 0.8
# Endings with which words are the same in English, French and their neighbours: "questions", "instrument".
_SHARED_ENDING = re.compile("(?:[st]ion|ment|[ae]nce|[ae]nt|[ai]ble|al|ure)s?$")
# Characters of which the detector alone is believed, if it says of both halves the same, and how sure it is.
_ENOUGH_ALONE = 240
_SURE = 0.9


def language_of(paragraphs: Sequence[str]) -> str | None:
    """Guess the language of most of a statement: ISO 639-1, or None when unsure."""
    text = "\n".join(paragraphs)
    language = guess_language(text)
    if language is not None:
        return language
    letters: Counter[str | None] = Counter()
    for paragraph in paragraphs:
        letters[guess_language(paragraph)] += len(paragraph)
    language, most = letters.most_common(1)[0] if letters else (None, 0)
    if language is not None and 2 * most > letters.total():
        return language
    return _agreed(text[:_LOOK_AT])


def language_of_few_words(text: str) -> str | None:
    """Guess the language of a text of a few words, with its heading; None where any doubt is left.

    Either words that one language alone claims stand in it, two or more, or most of it are common words of
    English, and no other language claims one.

    >>> language_of_few_words("Landmines must be cleared."), language_of_few_words("Les mines du ciel")
    ('en', 'fr')
    """
    words = _WORD.findall(text.casefold())
    claims = Counter(language for word in words for language in _CLAIMANTS.get(word, ()))
    if len(claims) == 1:
        language, count = claims.most_common(1)[0]
        if count > 1 and language != "en":
            return language
    return "en" if _is_plain_english(words) else None


def _is_plain_english(words: Sequence[str]) -> bool:
    """Tell whether some words are mostly common ones of English, and no other language claims one alone."""
    telling = [word for word in words if len(word) > 2 or word in _CLAIMANTS]  # the list has no shorter ones
    if len(telling) < _FEW_WORDS or any("en" not in _CLAIMANTS.get(word, "en") for word in telling):
        return False
    common = sum(is_common(word) or word in _CLAIMED["en"] for word in telling)
    return common >= _MOSTLY * len(telling)


def languages_apart(paragraphs: Sequence[str], language: str | None) -> dict[int, str]:
    """Return which paragraphs of a statement in ``language`` are in another, by their place, and in which.

    >>> english = "We thank the delegation of France for the statement which it made at the last meeting."
    >>> languages_apart(["Le rapport est bon.", english], "fr")
    {1: 'en'}
    """
    tell = _TELLTALES.get(language or "")
    usual = _USUAL.get(language or "", "\0")
    apart = {}
    for place, text in enumerate(paragraphs):
        if usual in text or (tell is not None and tell.search(text)):
            continue
        if len(text) >= _LONG_ENOUGH:
            other = _other_language(text, language)
        else:
            other = _plain_english(text, language)
        if other is not None:
            apart[place] = other
    return apart


def _plain_english(text: str, language: str | None) -> str | None:
    """Return English for a short paragraph of plain English in a statement in another language."""
    if language not in _CLAIMED or language == "en":
        return None
    words = _WORD.findall(text.casefold())
    own = [word for word in words if not _SHARED_ENDING.search(word)]
    return "en" if _is_plain_english(words) and _is_plain_english(own) else None


def _other_language(text: str, language: str | None) -> str | None:
    """Return the language of a paragraph that may not be in that of its statement, None where it may."""
    guess = _by_script(text)
    if guess is None and _by_words(text) != language and not _shares_script(text, language):
        guess = _agreed(text, fewest=_FEWEST_APART)
    return None if guess == language else guess


def _agreed(text: str, *, fewest: int = 1) -> str | None:
    """Return the language that common words and the detector agree on, or that it is sure of twice."""
    likely = _likely(text, fewest=fewest) if len(text) >= _LONG_ENOUGH else []
    if likely and (detected := _detected(text)[0]) in likely:
        return detected
    return _detected_twice(text)


def _shares_script(text: str, language: str | None) -> bool:
    """Tell whether a text has letters of the script that is a language's own, so that it may be in it."""
    script = _SCRIPTS.get(language or "")
    return script is not None and script.search(text) is not None


def _detected_twice(text: str) -> str | None:
    """Return what the detector is sure of for each half of a long text."""
    if len(text) < _ENOUGH_ALONE:
        return None
    half = len(text) // 2
    (one, sure), (other, as_sure) = _detected(text[:half]), _detected(text[half:])
    return one if one == other and min(sure, as_sure) >= _SURE else None


def _detected(text: str) -> tuple[str, float]:
    """Ask the detector for a language and how sure it is of it, from 0 to 1."""
    language, sure = _detector().classify(text)
    return str(language), float(sure)


@cache
def _detector() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def guess_language(text: str) -> str | None:
    """Guess the language of a text from its first few thousand characters: ISO 639-1, or None when unsure.

    >>> guess_language("We thank the President for the report of the Committee.")
    'en'
    >>> guess_language("Geneva 2021") is None
    True
    """
    return _guess(text[:_LOOK_AT])


# Of one text it is asked where its lines go on, and again where its broken words are joined.
@lru_cache(maxsize=4)
def _guess(text: str) -> str | None:
    return _by_script(text) or _by_words(text)


def _by_script(text: str) -> str | None:
    """Name the language whose script most letters are in, where the script is one language's for certain."""
    if text.isascii():
        return None
    letters = sum(map(str.isalpha, text))
    shares = {language: len(script.findall(text)) for language, script in _SCRIPTS.items()}
    if shares["ja"] and shares["ja"] + shares["zh"] > letters / 2:
        return "ja"
    language = max(shares, key=lambda name: shares[name])
    if shares[language] <= letters / 2 or _OTHER_LETTERS.search(text):
        return None
    return language


def _by_words(text: str) -> str | None:
    """Name the language whose commonest words are the most, if no other comes near."""
    likely = _likely(text)
    return likely[0] if len(likely) == 1 else None


def _likely(text: str, *, fewest: int = 1) -> list[str]:
    """Name the language whose commonest words are the most, and behind it the next if that comes near.

    ``fewest`` is how many different ones of them there must be.
    """
    counts = Counter(_WORD.findall(text.casefold()))
    scores = dict.fromkeys(_CLAIMED, 0)
    for word in counts.keys() & _CLAIMANTS.keys():
        for language in _CLAIMANTS[word]:
            scores[language] += counts[word]
    best, second = sorted(scores, key=lambda name: scores[name], reverse=True)[:2]
    if sum(word in counts for word in _CLAIMED[best]) < fewest:
        return []
    if scores[best] < max(_FEWEST_WORDS, _SMALLEST_SHARE * counts.total()):
        return []
    near = scores[best] * (1 - _SURE_SHARE) < scores[second] * _SURE_SHARE
    return [best, second] if near else [best]
