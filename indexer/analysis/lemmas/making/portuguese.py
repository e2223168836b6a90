"""Portuguese: plurals that the dictionary lacks, and adjectives that it has in one form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.indexer.analysis.lemmas.making.romance import masculine
from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["further", "is_refused"]

_ADJECTIVE = re.compile("(.+(?:[ií]an|rican|an|os|iv|ári|ic|esc|izad|lógic))[ao]s?$")
_PLURALS = tuple(
    (re.compile(f"(..+){plural}$"), singular)
    for plural, singular in (
        ("ões", "ão"), ("ães", "ão"), ("ais", "al"), ("éis", "el"), ("eis", "il"), ("óis", "ol"), ("ns", "m"),
        ("res", "r"), ("zes", "z"),
    )
)  # fmt: skip
# Diminutives, augmentatives and superlatives.
_DERIVED = re.compile("(inh[oa]|zit[oa]|ão|ões|ona|íssim[oa])s?$")
_ITSELF = re.compile("(inh|zit|ão$|ona$|r$|íssim)")


def further(word: str, words: WordList) -> Iterator[str]:
    """Yield the lemmas that the endings of a word give, where the dictionary has them."""
    yield from masculine(word, words, ("a", "as", "os"))
    yield from words.singular(word)
    found = _ADJECTIVE.match(word) if len(word) >= 7 else None
    if found and words.is_inflected(f"{found[1]}o"):
        yield f"{found[1]}o"
    if words.lemma.get(word, word) == word:
        for plural, singular in _PLURALS:
            found = plural.match(word)
            if found and (words.is_lemma(lemma := found[1] + singular) or lemma in words.frequency):
                yield lemma


def is_refused(word: str, lemma: str, words: WordList) -> bool:
    """Tell whether a lemma is another word: that of a diminutive or a superlative, or an error.

    "Olha" is of the verb alone, not of ``olho``; "virá" is the future of ``vir``, not of "virar".
    """
    if _DERIVED.search(word) and not _ITSELF.search(lemma):
        return True
    if word.endswith("á") and len(word) > 3 and lemma == f"{word[:-1]}ar" and lemma != "estar":
        return True
    stem = lemma[:-1]
    feminine = lemma.endswith("o") and word in (f"{stem}a", f"{stem}as")
    return feminine and words.is_inflected(f"{stem}ar") and f"{stem}amente" not in words.lemma
