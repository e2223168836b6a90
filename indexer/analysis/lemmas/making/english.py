"""English: plurals, comparatives and endings of verbs that the dictionary takes for words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.indexer.analysis.lemmas.making.hand import irregular
from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["further", "is_verb_of"]

_NO_PLURAL = re.compile("(ss|us|is|ics|news)$")
_HISSING = re.compile("..(ss|x|zz|ch|sh)es$")
# Rarer than this, a word that the dictionary has for a lemma is an error of it ("thanke").
_RARE = 2e-7


def further(word: str, words: WordList) -> Iterator[str]:
    """Yield the lemmas that the endings of a word give, where the dictionary has them."""
    if not _NO_PLURAL.search(word):
        yield from words.singular(word)
    if _HISSING.search(word) and words.is_lemma(word[:-2]):
        yield word[:-2]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield from (stem for stem in _stems(word[: -len(ending)]) if is_verb_of(stem, word, words))
    for ending in ("er", "est"):
        if word.endswith(ending) and words.lemma.get(word, word) == word:
            yield from (stem for stem in _stems(word[: -len(ending)]) if _is_compared(stem, words))


def _stems(rest: str) -> tuple[str, ...]:
    """Return what an ending may have been put to: "hop" and "hope" of ``hopp``, ``hop``."""
    doubled = (rest[:-1],) if len(rest) > 2 and rest[-1] == rest[-2] else ()
    silent = (f"{rest[:-1]}y",) if rest.endswith("i") else ()
    return (rest, f"{rest}e", *doubled, *silent)


def is_verb_of(lemma: str, word: str, words: WordList) -> bool:
    """Tell whether another form of the lemma is a verb's too: "united" is of "unite", for so is "uniting"."""
    if not words.is_inflected(lemma):
        return False
    others = {
        f"{stem}{ending}" for stem in (lemma, lemma[:-1], lemma + lemma[-1]) for ending in ("ing", "ed")
    }
    others.add(f"{lemma}d")
    own = words.lemma.get(word, word)
    return (
        own == lemma
        or any(words.lemma.get(other) == lemma for other in others - {word})
        or (own == word and lemma in _irregular_verbs())
        or (own != word and words.share(own) < _RARE)
    )


@cache
def _irregular_verbs() -> frozenset[str]:
    return frozenset(lemma for lemmas in irregular("en").values() for lemma in lemmas)


def _is_compared(adjective: str, words: WordList) -> bool:
    """Tell whether a word is an adjective with both degrees, and frequent enough for them to be its own."""
    rest = adjective.removesuffix("e")
    rest = f"{rest[:-1]}i" if rest.endswith("y") else rest
    for stem in (rest, rest + rest[-1:]):
        degrees = (f"{stem}er", f"{stem}est")
        if all(degree in words.frequency for degree in degrees):
            return words.is_lemma(adjective) and words.share(adjective) > max(map(words.share, degrees))
    return False
