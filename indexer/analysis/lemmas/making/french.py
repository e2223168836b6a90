"""French: feminines and plurals that the dictionary takes for words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["further"]

# Ending of the feminine, ending of the masculine. Left out are those that nouns have as well
# ("-ette", "-onne", "-ine", "-ure"): the adjectives among them are in irregular.csv.
_FEMININES = (
    "ente:ent ante:ant elle:el ielle:iel ive:if euse:eux euse:eur ieure:ieur ée:é trice:teur oise:ois"
    " aise:ais ienne:ien aine:ain ère:er"
    " ète:et anche:anc onde:ond ale:al euve:euf arde:ard ande:and aude:aud ite:it"
    " ouse:oux ousse:oux ouce:oux aîche:ais"
    " èche:ec ongue:ong ouve:ouf"
)
_PAIRS = tuple(
    (re.compile(f"(.{{2,}}){a}s?$"), b) for a, _, b in (pair.partition(":") for pair in _FEMININES.split())
)
_NO_PLURAL = re.compile("(us|as|is|os|ès|ss|ens|ours|ais|ois)$")
_VERB = re.compile("(er|ir|re)$")
_FORMS_OF_A_VERB = 5


def further(word: str, words: WordList) -> Iterator[str]:
    """Yield the masculine or the singular of a word that the dictionary has for its own lemma."""
    if words.lemma.get(word) in (word, word.removesuffix("s")):
        for feminine, masculine in _PAIRS:
            found = feminine.match(word)
            if found and words.is_lemma(lemma := found[1] + masculine) and not _is_verb(lemma, words):
                yield lemma
    if not _NO_PLURAL.search(word):
        yield from words.singular(word)


def _is_verb(lemma: str, words: WordList) -> bool:
    return _VERB.search(lemma) is not None and words.forms[lemma] >= _FORMS_OF_A_VERB
