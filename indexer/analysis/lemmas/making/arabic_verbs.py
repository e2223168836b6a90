"""The forms of Arabic verbs, as they are written without vowel signs.

A verb is given by its past and its imperfect, third person masculine singular. Both together tell
its class: hollow (``قال`` ``يقول``), defective (``دعا`` ``يدعو``), assimilated (``وصل`` ``يصل``);
doubled ones (``مد`` ``يمد``) are marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onrecord.indexer.analysis.lemmas.making.arabic_spelling import joined

__all__ = ["VerbForm", "is_hollow", "passive_stem", "verb_forms"]

_WEAK = "اىيو"
# Second and first persons, and the women's plural: endings that begin with a consonant.
_CONSONANT_ENDINGS = {"ت": "ت", "نا": "نا", "تم": "تم", "تما": "تما", "تن": "تن", "ن": "ن"}
_VOWEL_ENDINGS = ("", "ت", "وا", "ا", "تا")
# What the persons put before the stem, and what each may put behind it.
_IMPERFECT_ENDINGS = {
    "ي": ("", "ون", "وا", "ان", "ا", "ن"),
    "ت": ("", "ون", "وا", "ان", "ا", "ين", "ي", "ن"),
    "أ": ("",),
    "ن": ("",),
}
_IMPERATIVE_ENDINGS = ("", "وا", "ي", "ا")
# Imperatives that lose the hamza.
_SHORT_IMPERATIVES = {"أخذ": "خذ", "أكل": "كل"}


class VerbForm(NamedTuple):
    """A form of a verb and its place in the paradigm."""

    place: str
    form: str


def verb_forms(
    past: str, imperfect: str, *, doubled: bool = False, transitive: bool = True
) -> Iterator[VerbForm]:
    """Yield the forms of a verb, some of them more than once.

    >>> forms = {form for _, form in verb_forms("قال", "يقول")}
    >>> {"قالت", "قلنا", "يقولون", "نقول", "يقل", "قيل", "يقال"} <= forms
    True
    """
    yield from _past(past, doubled=doubled)
    yield from _imperfect(imperfect[1:], past, doubled=doubled)
    yield from _imperative(past, imperfect[1:], doubled=doubled)
    passive = _passive_past(past)
    if passive != past and transitive:
        yield from _prefixed("passive ", _past(passive, doubled=doubled))
    stem = passive_stem(past, imperfect[1:])
    if stem != imperfect[1:] and transitive:
        yield from _prefixed("passive ", _imperfect(stem, past, doubled=doubled))


def _prefixed(name: str, forms: Iterator[VerbForm]) -> Iterator[VerbForm]:
    for place, form in forms:
        yield VerbForm(name + place, form)


def is_hollow(past: str) -> bool:
    """Tell whether a verb has a long vowel for its second consonant."""
    return len(past) > 2 and past[-2] == "ا" and past[-1] not in _WEAK


def _past(past: str, *, doubled: bool) -> Iterator[VerbForm]:
    for ending in _VOWEL_ENDINGS:
        for form in _past_before_vowel(past, ending):
            yield VerbForm(f"past {ending}", form)
    stem = _past_before_consonant(past, doubled=doubled)
    for ending in _CONSONANT_ENDINGS:
        yield VerbForm(f"past +{ending}", _with_n(stem, ending))


def _with_n(stem: str, ending: str) -> str:
    """Write an ending behind a stem; two of one letter are one in writing: ``كانا`` "we were" is ``كنا``."""
    return stem + ending[1:] if ending[0] == stem[-1] and ending[0] in "نت" else stem + ending


def _past_before_consonant(past: str, *, doubled: bool) -> str:
    if doubled:
        return past + past[-1]
    if is_hollow(past):
        before = past[:-2]
        return before + {"جاء": "ئ", "شاء": "ئ"}.get(past, "أ") if past[-1] == "ء" else before + past[-1]
    if past[-1] == "ى" or past.endswith("يا"):
        return past[:-1] + "ي"
    if past[-1] == "ا":
        return past[:-1] + "و"
    return past


def _past_before_vowel(past: str, ending: str) -> Iterator[str]:
    if not ending:
        yield past
    elif past[-1] in "اى":
        stem = past[:-1]
        middle = "ي" if past[-1] == "ى" or past.endswith("يا") else "و"
        yield stem + (middle if ending == "ا" else "") + ending
    elif past[-1] == "ي" and ending == "وا":
        yield past[:-1] + ending
    else:
        yield from joined(past, ending)


def _imperfect(stem: str, past: str, *, doubled: bool) -> Iterator[VerbForm]:
    for prefix, endings in _IMPERFECT_ENDINGS.items():
        for ending in endings:
            for form in _imperfect_stems(stem, ending, past, doubled=doubled):
                yield VerbForm(f"imperfect {prefix}{ending}", _with_prefix(prefix, form))
        for form in _jussives(stem, past, doubled=doubled):
            yield VerbForm(f"jussive {prefix}", _with_prefix(prefix, form))


def _with_prefix(prefix: str, stem: str) -> str:
    return f"آ{stem[1:]}" if prefix == "أ" and stem[0] == "أ" else prefix + stem


def _imperfect_stems(stem: str, ending: str, past: str, *, doubled: bool) -> Iterator[str]:
    if not ending:
        yield stem
    elif ending == "ن":
        yield _before_women(stem, past, doubled=doubled)
    elif stem[-1] in "يوى" or stem.endswith("يا"):
        yield _defective(stem, ending)
    else:
        yield from joined(stem, ending)


def _defective(stem: str, ending: str) -> str:
    if ending[0] == "ا":
        return stem[:-1] + ("و" if stem[-1] == "و" else "ي") + ending
    return stem[:-1] + ending


def _before_women(stem: str, past: str, *, doubled: bool) -> str:
    if doubled:
        return f"{stem}{stem[-1]}ن"
    if stem[-1] == "ى":
        return stem[:-1] + "ين"
    if stem[-1] in "يو":
        return stem + "ن"
    return _with_n(next(_jussives(stem, past, doubled=False), stem), "ن")


def _jussives(stem: str, past: str, *, doubled: bool) -> Iterator[str]:
    """Yield the stem without its long vowel, where it has one: ``لم يقل``, ``لم يدع``."""
    if doubled:
        yield stem + stem[-1]
    elif stem[-1] in "يوى" or stem.endswith("يا"):
        yield stem[:-1]
    elif is_hollow(past) and stem[-2] in "اوي":
        yield stem[:-2] + _final_hamza(stem[-2]) if stem[-1] == "ء" else stem[:-2] + stem[-1]


def _final_hamza(vowel: str) -> str:
    return {"ا": "أ", "و": "ؤ", "ي": "ئ"}[vowel]


def _passive_past(past: str) -> str:
    if past[0] == "آ":
        past = f"أو{past[1:]}"
    if is_hollow(past):
        return f"{past[:-2]}ي{past[-1]}"
    head, last = past[:-1], past[-1]
    if last in "اى":
        last = "ي"
    elif last == "أ" and len(past) > 2:
        last = "ئ"
    for place in (1, 2):
        if len(head) > place and head[place] == "ا" and (place == 1 or head[0] == "ت"):
            head = f"{head[:place]}و{head[place + 1 :]}"
    if len(head) == 2 and head[1] == "أ":
        head = f"{head[0]}ئ"
    return head + last


def passive_stem(past: str, stem: str) -> str:
    """Return the stem of the imperfect in the passive."""
    if stem[-1] in "يو":
        return stem[:-1] + "ى" if len(stem) > 1 else stem
    if stem[-1] == "ئ":
        stem = stem[:-1] + "أ"
    if len(past) == 3 and past[0] == "و" and stem[0] != "و":
        return f"و{stem}"
    if len(past) == 3 and past[0] == "أ" and stem[0] == "أ":
        return f"ؤ{stem[1:]}"
    if is_hollow(past) and stem[-2] in "وي":
        return f"{stem[:-2]}ا{stem[-1]}"
    return stem


def _imperative(past: str, stem: str, *, doubled: bool) -> Iterator[VerbForm]:
    for ending in _IMPERATIVE_ENDINGS:
        stems = (
            _imperfect_stems(stem, ending, past, doubled=doubled)
            if ending
            else ([*_jussives(stem, past, doubled=False)] or [stem])
        )
        for whole in stems:
            yield VerbForm(f"imperative {ending}", _commanded(past, whole, stem))
            if ending and len(past) == 3 and past[0] != "أ":
                # Of the second form, which is written as the first.
                yield VerbForm(f"imperative {ending}", whole)


def _commanded(past: str, form: str, stem: str) -> str:
    if past in _SHORT_IMPERATIVES:
        return form[1:]
    if past[0] == "أ" and (len(past) > 3 or stem[0] != "أ"):
        return f"أ{form}"
    if past[0] == "ا":
        return f"ا{form}"
    is_long = len(past) > 3 or len(stem) < 3 or is_hollow(past)
    return form if is_long else f"ا{form}"
