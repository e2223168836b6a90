"""The words of grammar of a language, which say little of what a text is about: the, of, und, les.

``function_words.tsv`` has a line a language, made by `make_table` of the stop lists that Whoosh brings
(`whoosh.lang.stopwords`, most of them of the Snowball project), with the words folded.
Whoosh's own module takes twelve milliseconds to load, this half of one. The line for Arabic is ours.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["function_words", "make_table"]


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the words of grammar of a language (ISO 639-1), folded; none where it has no list.

    >>> "the" in function_words("en"), "mines" in function_words("en")
    (True, False)
    """
    _, found, rest = _table().partition(f"\n{language}\t")
    return frozenset(rest.partition("\n")[0].split()) if found else frozenset()


def make_table() -> str:
    """Return the table as it is to be stored: the lists of Whoosh, and ours of languages that it has not."""
    from whoosh.lang.stopwords import stoplists

    from onrecord.indexer.analysis.words import words

    lists = {
        language: sorted({part for word in listed for part in words(word)})
        for language, listed in stoplists.items()
    }
    ours = {language: sorted(function_words(language)) for language in ("ar",)}
    return "".join(f"{language}\t{' '.join(some)}\n" for language, some in sorted({**lists, **ours}.items()))


@cache
def _table() -> str:
    """Return the table as it is stored, with a line end before each line; most searches need one of them."""
    stored = Path(__file__).with_name("function_words.tsv")  # `importlib.resources` takes longer to load
    return "\n" + stored.read_text(encoding="utf-8")
