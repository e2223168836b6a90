"""What Arabic writes before and behind a word as one with it, and which words take what."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

__all__ = ["ENCLITICS", "PROCLITICS", "Article", "Place", "Proclitic", "cuts", "takes", "without_proclitics"]


class Article(StrEnum):
    """Whether a form takes the article."""

    NEVER = "never"
    MAY = "may"
    ALWAYS = "always"


class Place(NamedTuple):
    """Where a form stands in the paradigm of a word, and what may be put to it."""

    kind: str
    """noun, adjective, elative, name, particle or verb."""
    name: str
    free: bool = True
    """Whether it is written so without an enclitic."""
    enclitic: bool = False
    article: Article = Article.NEVER


class Proclitic(NamedTuple):
    """A sequence of what is put before a word."""

    written: str
    conjunction: str
    particle: str
    """With, like, for (``ب ك ل``), or the sign of the future (``س``)."""
    article: bool


def _proclitics() -> Iterator[Proclitic]:
    for conjunction in ("", "و", "ف"):
        for particle in ("", "ب", "ك", "ل", "س"):
            yield Proclitic(conjunction + particle, conjunction, particle, False)
            if particle != "س":
                article = "لل" if particle == "ل" else f"{particle}ال"
                yield Proclitic(conjunction + article, conjunction, particle, True)


PROCLITICS = tuple(_proclitics())
ENCLITICS = ("ه", "ها", "هم", "هما", "هن", "ك", "كم", "كما", "كن", "نا", "ني", "ي")
_BY_FIRST = {
    letter: tuple(p for p in PROCLITICS if p.written[:1] == letter)
    for letter in {p.written[:1] for p in PROCLITICS if p.written}
}
_BY_LAST = {letter: tuple(e for e in ENCLITICS if e[-1] == letter) for letter in {e[-1] for e in ENCLITICS}}
_NOTHING = PROCLITICS[0]
# "Me" is -ni behind a verb, "my" is -i behind a noun.
_NOT_BEHIND = {"verb": ("ي",), "noun": ("ني",), "adjective": ("ني",), "elative": ("ني",)}


def cuts(word: str) -> Iterator[tuple[Proclitic, str, str]]:
    """Yield the ways to take a word apart: what is before it, the rest, what is behind it."""
    for before, rest in without_proclitics(word):
        yield before, rest, ""
        if not before.article:
            for behind in _BY_LAST.get(word[-1], ()):
                if len(rest) > len(behind) and rest.endswith(behind):
                    yield before, rest[: -len(behind)], behind


def without_proclitics(word: str) -> Iterator[tuple[Proclitic, str]]:
    """Yield what may be before a word, nothing first, and the rest, which is something."""
    if word:
        yield _NOTHING, word
    for before in _BY_FIRST.get(word[:1], ()):
        if word.startswith(before.written) and len(word) > len(before.written):
            yield before, word[len(before.written) :]


def takes(place: Place, before: Proclitic, behind: str) -> bool:
    """Tell whether a form at a place takes what is put before and behind it."""
    fits = _takes_pronoun(place, behind) if behind else place.free
    if before.article:
        return fits and place.article is not Article.NEVER
    return fits and place.article is not Article.ALWAYS and _takes_particle(place, before.particle)


def _takes_pronoun(place: Place, pronoun: str) -> bool:
    return place.enclitic and pronoun not in _NOT_BEHIND.get(place.kind, ())


def _takes_particle(place: Place, particle: str) -> bool:
    if place.name == "bare particle":
        return not particle
    if place.kind != "verb" or not particle:
        return particle != "س"
    mood = place.name.removeprefix("passive ").split(" ")[0]
    return mood in {"س": ("imperfect",), "ل": ("imperfect", "jussive", "past")}.get(particle, ())
