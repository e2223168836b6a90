"""Which language a text is in, as far as its script and its commonest words tell."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["guess_language"]

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


def guess_language(text: str) -> str | None:
    """Guess the language of a text from its first few thousand characters: ISO 639-1, or None when unsure.

    >>> guess_language("We thank the President for the report of the Committee.")
    'en'
    >>> guess_language("Geneva 2021") is None
    True
    """
    text = text[:_LOOK_AT]
    return _by_script(text) or _by_words(text)


def _by_script(text: str) -> str | None:
    """Name the language whose script most letters are in, where the script is one language's for certain."""
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
    counts = Counter(_WORD.findall(text.casefold()))
    scores = {language: sum(counts[word] for word in words) for language, words in _CLAIMED.items()}
    best, second = sorted(scores, key=lambda name: scores[name], reverse=True)[:2]
    if scores[best] < max(_FEWEST_WORDS, _SMALLEST_SHARE * counts.total()):
        return None
    if scores[best] * (1 - _SURE_SHARE) < scores[second] * _SURE_SHARE:
        return None
    return best
