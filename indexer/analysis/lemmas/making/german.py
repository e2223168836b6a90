"""German: participles, declined or not, and the past of strong verbs, with and without a prefix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from onrecord.indexer.analysis.lemmas.making.hand import rows
from onrecord.indexer.analysis.lemmas.making.word_list import WordList

__all__ = ["further"]

_SEPARABLE = (
    "ab|an|auf|aus|bei|durch|ein|fest|fort|her|hin|los|mit|nach|nieder|statt|teil|um|unter|vor|weg|weiter|wieder|zu|zurück"
    "|zusammen|über|voran|voraus|vorbei|heraus|hinaus|hervor|herbei|dar|frei|gegenüber|bereit|bekannt|hoch|klar|sicher"
)
_INSEPARABLE = "be|ver|er|ent|emp|zer|miss|über|unter|wider|hinter|voll|um|durch|wieder"
_DECLINED = re.compile("(e[rnms]?)$")
_PARTICIPLE = re.compile(f"({_SEPARABLE})?ge(.{{2,}}?)(e?t)$")
_PARTICIPLE_WITHOUT_GE = re.compile(f"(.*?(?:{_INSEPARABLE}|ge).{{2,}}?)(e?t)$")
_INSEPARABLE_BEFORE = re.compile(f"(.*)({_INSEPARABLE})$")


class _Strong(NamedTuple):
    infinitive: str
    past: re.Pattern[str]
    participle: str


def further(word: str, words: WordList) -> Iterator[str]:
    """Yield the verbs that a word in small letters may be a participle or a strong past of."""
    if not word[:1].isupper():
        yield from (verb for verb in _verbs(word) if words.is_inflected(verb))


def _verbs(word: str) -> Iterator[str]:
    for core in {word, _DECLINED.sub("", word)}:
        if core.endswith("nd") and len(core) > 5:
            yield core[:-1]
        if found := _PARTICIPLE.match(core):
            yield f"{found[1] or ''}{found[2]}en"
            yield f"{found[1] or ''}{found[2]}n"
        if found := _PARTICIPLE_WITHOUT_GE.match(core):
            yield f"{found[1]}en"
            yield f"{found[1]}n"
        if core.endswith("iert"):
            yield f"{core[:-1]}en"
        yield from _strong(core)
    for verb in _strong_verbs():
        if found := verb.past.match(word):
            yield f"{found[1]}{verb.infinitive}"


def _strong(core: str) -> Iterator[str]:
    for verb in _strong_verbs():
        if core.endswith(verb.participle):
            yield core.removesuffix(verb.participle) + verb.infinitive
        bare = verb.participle.removeprefix("ge")
        if (
            bare != verb.participle
            and core.endswith(bare)
            and _INSEPARABLE_BEFORE.match(core.removesuffix(bare))
        ):
            yield core.removesuffix(bare) + verb.infinitive


@cache
def _strong_verbs() -> tuple[_Strong, ...]:
    verbs = (
        _Strong(row["infinitive"], re.compile(f"(.*){row['past']}(e?st|e?n|e?t)?$"), row["participle"])
        for row in rows("strong_verbs.csv")
    )
    return tuple(sorted(verbs, key=lambda verb: -len(verb.past.pattern)))
