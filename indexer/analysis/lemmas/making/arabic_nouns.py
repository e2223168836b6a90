"""The forms of Arabic nouns, adjectives, names and particles, as they are written without vowel signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.indexer.analysis.lemmas.arabic_forms.clitics import Article, Place
from onrecord.indexer.analysis.lemmas.making.arabic_spelling import before_enclitic, joined
from onrecord.indexer.analysis.lemmas.making.hand import rows

__all__ = ["NounForm", "noun_forms"]

#: A form and its place in the paradigm.
NounForm = tuple[Place, str]

# Feminines that no rule gives: of colours and the like, and of elatives.
_COLOURS = {
    "أحمر": "حمراء", "أسود": "سوداء", "أبيض": "بيضاء", "أخضر": "خضراء", "أزرق": "زرقاء", "أصفر": "صفراء",
    "أعمى": "عمياء", "أصم": "صماء", "أسمر": "سمراء", "أشقر": "شقراء", "أحمق": "حمقاء", "أعزل": "عزلاء",
    "أعرج": "عرجاء", "أخرس": "خرساء", "أبكم": "بكماء", "أهوج": "هوجاء", "أجوف": "جوفاء", "أملس": "ملساء",
    "أرعن": "رعناء", "أصلع": "صلعاء",
}  # fmt: skip
_FEMININES = _COLOURS | {
    "أول": "أولى", "آخر": "أخرى", "أكبر": "كبرى", "أعظم": "عظمى", "أصغر": "صغرى", "أدنى": "دنيا",
    "أقصى": "قصوى", "أعلى": "عليا", "أوسط": "وسطى",
}  # fmt: skip


def noun_forms(word: str, kind: str, plurals: Sequence[str]) -> Iterator[NounForm]:
    """Yield the forms of an entry with their places.

    >>> forms = {form for _, form in noun_forms("حكومة", "noun", ["ات"])}
    >>> {"حكومة", "حكومت", "حكومتان", "حكومتي", "حكومات"} <= forms
    True
    """
    if kind == "name":
        yield from _name(word)
    elif kind == "particle":
        for form in (word, *plurals):
            yield from _particle(form)
    else:
        # "More", "greater": adjectives without a feminine, and mostly without an article.
        yield from _inflected(word, "elative" if kind == "adjective" and _is_elative(word) else kind, plurals)


def _is_elative(word: str) -> bool:
    is_short = word[0] == "أ" and 2 < len(word) < 5 and word not in _COLOURS
    return is_short and not {"ي", "و"} & {word[-1], word[-2]}


def _particle(form: str) -> Iterator[NounForm]:
    name = "particle" if form in _particles("preposition before") else "bare particle"
    if len(form) > 1:
        yield Place("particle", name), form
    if form in _particles("pronoun behind"):
        bound = f"{form[:-1]}ي" if form[-1] == "ى" else form
        yield Place("particle", name, free=False, enclitic=True), bound


@cache
def _particles(taking: str) -> frozenset[str]:
    """Return the particles that take something: few do."""
    return frozenset(row["particle"] for row in rows("arabic_particles.csv") if row[taking])


def _name(word: str) -> Iterator[NounForm]:
    if word.startswith("ال") and len(word) > 4:
        yield Place("name", "name", article=Article.ALWAYS), word[2:]
    else:
        yield Place("name", "name"), word
    if word == "الله":
        yield Place("name", "name"), "لله"


def _inflected(word: str, kind: str, plurals: Sequence[str]) -> Iterator[NounForm]:
    yield from _stem(word, kind, "singular")
    yield from _dual(word, kind)
    if kind in ("adjective", "elative"):
        yield from _adjective(word, kind)
    for plural in plurals:
        if plural == "ات":
            yield from _women(word, kind)
        elif plural == "ون":
            yield from _men(word, kind)
        elif plural == "ة":
            yield from _feminine(word, kind)
        else:
            yield from _stem(plural, kind, "broken plural")
    if kind == "noun":
        if not plurals:
            yield from _women(word, kind, name="unlisted plural")
        if _has_feminine(word, plurals):
            yield from _feminine(word, kind)


def _has_feminine(word: str, plurals: Sequence[str]) -> bool:
    """Tell whether a noun means a person, who may be a woman."""
    is_agent = len(word) == 4 and word[1] == "ا"
    return word[-1] not in "ةىاء" and "ة" not in plurals and (is_agent or "ون" in plurals)


def _adjective(word: str, kind: str) -> Iterator[NounForm]:
    if word in _FEMININES:
        yield from _stem(_FEMININES[word], kind, "feminine")
    yield from _men(word, kind)
    if word[-1] not in "ةىا" and kind != "elative":
        yield from _feminine(word, kind)


def _feminine(word: str, kind: str) -> Iterator[NounForm]:
    for stem in joined(word, "ة") if word[-1] in "أء" else (f"{word}ة",):
        yield from _stem(stem, kind, "feminine")
    yield from _dual(f"{word}ة", kind, name="feminine dual")
    yield from _women(word, kind, name="feminine plural")


def _stem(word: str, kind: str, name: str) -> Iterator[NounForm]:
    """Yield a form that cases leave as it is, but for the accusative's ا."""
    yield Place(kind, name, article=Article.MAY), word
    for form in before_enclitic(word):
        yield Place(kind, name, free=False, enclitic=True), form
    if word[-1] not in "ةىاأ" and not word.endswith("اء"):
        for form in joined(word, "ا"):
            yield Place(kind, f"{name} accusative"), form


def _dual(word: str, kind: str, *, name: str = "dual") -> Iterator[NounForm]:
    stem = f"{word[:-1]}{'ت' if word[-1] == 'ة' else 'ي'}" if word[-1] in "ةى" else word
    for ending in ("ان", "ين"):
        for form in joined(stem, ending):
            yield Place(kind, name, article=Article.MAY), form
        for form in joined(stem, ending[0]):
            yield Place(kind, f"{name} construct", enclitic=True), form


def _men(word: str, kind: str) -> Iterator[NounForm]:
    for stem in _before_men(word):
        for ending in ("ون", "ين"):
            for form in joined(stem, ending):
                yield Place(kind, "sound plural", article=Article.MAY), form
            for form in joined(stem, ending[0]):
                yield Place(kind, "sound plural construct", enclitic=True), form


def _before_men(word: str) -> Iterator[str]:
    if word[-1] == "ى":
        yield word[:-1]
    elif word[-1] == "ي" and len(word) > 4 and (word[0] == "م" or word[1] == "ا"):
        yield from (word, word[:-1])
    else:
        yield word


def _women(word: str, kind: str, *, name: str = "sound plural") -> Iterator[NounForm]:
    for form in _women_forms(word):
        yield Place(kind, name, article=Article.MAY, enclitic=True), form


def _women_forms(word: str) -> Iterator[str]:
    stem = word.removesuffix("ة")
    if stem[-1] == "ا":
        yield from (f"{stem[:-1]}وات", f"{stem[:-1]}يات")
    elif stem[-1] == "ى":
        yield f"{stem[:-1]}يات"
    else:
        yield from joined(stem, "ات")
        if stem.endswith("اء"):
            yield f"{stem[:-1]}وات"
