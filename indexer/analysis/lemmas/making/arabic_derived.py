"""Verbal nouns and participles of Arabic verbs: words of their own, which rules give.

A verb of three letters may be of the first form or of the second, which are written alike, so that both have
theirs here; who asks keeps what is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.indexer.analysis.lemmas.making.arabic_guesses import Entry
from onrecord.indexer.analysis.lemmas.making.arabic_verbs import is_hollow, passive_stem

__all__ = ["derived"]

_HAMZA = "أئؤء"


def derived(past: str, imperfect: str, *, doubled: bool) -> Iterator[Entry]:
    """Yield the verbal nouns and the participles that a verb may have.

    >>> [entry.word for entry in derived("استخدم", "يستخدم", doubled=False)]
    ['مستخدم', 'استخدام']
    """
    stem = imperfect[1:]
    if len(past) < 3:
        return
    participles = [f"م{stem}", f"م{passive_stem(past, stem)}"]
    if _is_of_the_first_form(past, stem):
        participles += [*_of_the_first_form(past, stem, doubled=doubled)]
    for word in dict.fromkeys(participles):
        yield Entry(word, "adjective", ())
    for word in dict.fromkeys(_verbal_nouns(past, stem, doubled=doubled)):
        yield Entry(word, "noun", ("ات",))


def _is_of_the_first_form(past: str, stem: str) -> bool:
    """Tell a verb of the first or second form; ``أعد`` and ``آمن`` are of the fourth, which puts أ before."""
    return len(past) == 3 and past[0] != "آ" and (past[0] != "أ" or stem[0] in "أؤ")


def _of_the_first_form(past: str, stem: str, *, doubled: bool) -> Iterator[str]:
    first, middle, last = past[0], past[1], past[2]
    if doubled:
        yield from (f"{first}ا{middle}", f"م{first}{middle}و{middle}")
    elif is_hollow(past):
        yield from (f"{first}ائ{last}", f"م{first}{stem[1:2]}{last}")
    else:
        weak = last in "اىي"
        before = f"آ{middle}" if first == "أ" else f"{first}ا{'ئ' if middle in _HAMZA else middle}"
        yield before + ("ي" if weak else "ئ" if last in _HAMZA else last)
        if weak:
            yield f"م{first}{middle}{'و' if stem[-1] == 'و' else 'ي'}"
        else:
            yield f"م{first}{middle}و{'ء' if last in _HAMZA else last}"


def _verbal_nouns(past: str, stem: str, *, doubled: bool) -> Iterator[str]:
    if _is_of_the_first_form(past, stem):
        if not doubled and not is_hollow(past):
            yield _of_the_second_form(past)
    elif past[0] in "أآ":
        yield _of_the_fourth_form(past, doubled=doubled)
    elif past[0] == "ا":
        yield _of_alef(past, doubled=doubled)
    elif past[0] == "ت":
        yield {"ى": f"{past[:-1]}ي", "أ": f"{past[:-1]}ؤ"}.get(past[-1], past)
        if len(past) == 4:
            # Four consonants, none of them put before.
            yield f"{past}ة"
    elif past[1] == "ا":
        yield f"م{past[:-1]}اة" if past[-1] == "ى" else f"م{past}ة"
    else:
        yield f"{past}ة"


def _of_the_second_form(past: str) -> str:
    first, middle, last = past[0], past[1], past[2]
    if last in "اىي":
        return f"ت{first}{middle}ية"
    return f"ت{first}{middle}ئة" if last in _HAMZA else f"ت{first}{middle}ي{last}"


def _of_the_fourth_form(past: str, *, doubled: bool) -> str:
    rest = past[1:]
    if past[0] == "آ":
        return f"إي{rest[:-1]}ا{_closed(rest[-1])}"
    if is_hollow(past) and len(past) == 4:
        return f"إ{rest}ة"
    start = f"إ{'ي' if rest[0] == 'و' else rest[0]}{rest[1:-1]}"
    return f"{start}{rest[-1]}ا{rest[-1]}" if doubled else f"{start}ا{_closed(rest[-1])}"


def _of_alef(past: str, *, doubled: bool) -> str:
    if past.startswith("است") and len(past) > 5:
        if is_hollow(past):
            return f"{past}ة"
        if past[3] == "و":
            past = f"استي{past[4:]}"
    elif is_hollow(past):
        return f"{past[:-2]}يا{past[-1]}"
    return f"{past}ا{past[-1]}" if doubled else f"{past[:-1]}ا{_closed(past[-1])}"


def _closed(last: str) -> str:
    return "ء" if last in "اىيأ" else last
