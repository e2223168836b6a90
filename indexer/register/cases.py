"""The cases of Russian names, which ``generate.py`` writes beside the lexicon: a search loads no dictionary.

Whoever speaks of a treaty declines it: ``государства соблюдают Договор``, ``в рамках Договора``. Only the
noun at the beginning of a name changes, with the adjectives before it, and behind a comma one that goes
with it; the rest stands already as it must.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from onrecord.indexer.register.tables import listed, rows

__all__ = ["cases_of_beginnings"]

_AGREEING = ("ADJF", "PRTF")
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_NUMBERS = ("sing", "plur")
# "и" is the name of a letter, and a noun.
_SHORTEST = 3


def cases_of_beginnings() -> Iterator[tuple[str, str]]:
    """Yield what Russian names of the lexicon begin with, and its other cases in both numbers."""
    named = (name for row in rows("lexicon.csv") for name in listed(row["ru"]) if " " in name)
    found = dict(one for name in named if (one := _declined(name)) is not None)
    for beginning in sorted(found):
        yield beginning, "|".join(found[beginning])


def _declined(name: str) -> tuple[str, list[str]] | None:
    """Return the words that decline at the beginning of a name, with their forms; None for none."""
    words = name.split()
    parsed = [_nominative(word.rstrip(",")) for word in words]
    at = next((at for at, one in enumerate(parsed) if one is None or one.tag.POS == "NOUN"), None)
    if at is None or parsed[at] is None:
        return None
    noun = parsed[at]
    behind = parsed[at + 1] if words[at].endswith(",") and at + 1 < len(words) else None
    count = at + 1 + (behind is not None and behind.tag.POS in _AGREEING)
    beginning = " ".join(words[:count])
    # A treaty there is once, a term of several things as well.
    numbers = _NUMBERS if words[0].islower() else (noun.tag.number,)
    forms = [
        " ".join(_inflected(*pair, noun, case, number) for pair in zip(words[:count], parsed, strict=False))
        for number in numbers
        for case in _CASES
    ]
    return beginning, [form for form in dict.fromkeys(forms) if form != beginning.lower()]


def _nominative(word: str) -> Any:
    """Parse a word as the nominative of a noun or of what agrees with one; None where it is none."""
    if len(word) < _SHORTEST or not word.replace("-", "").isalpha():
        return None
    parses = [parse for parse in _analyser().parse(word.lower()) if "nomn" in parse.tag]
    return next((parse for parse in parses if parse.tag.POS in ("NOUN", *_AGREEING)), None)


def _inflected(word: str, parse: Any, noun: Any, case: str, number: str) -> str:
    """Put a word into a case and a number, what is no noun as it agrees with one."""
    wanted = {case, number}
    if parse.tag.POS in _AGREEING:
        if number == "sing":
            wanted |= {noun.tag.gender}
        if case == "accs" and (number, noun.tag.gender) not in (("sing", "femn"), ("sing", "neut")):
            wanted |= {noun.tag.animacy}
    inflected = parse.inflect(wanted) or parse.inflect({case, number})
    return f"{inflected.word if inflected else word.rstrip(',').lower()}{',' if word.endswith(',') else ''}"


@cache
def _analyser() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
