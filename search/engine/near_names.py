"""Words and names of an index that are like one it does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches

from onrecord.indexer.analysis.words import fold, words
from onrecord.indexer.segments.columns.terms import TermList
from onrecord.indexer.segments.segment import Segment

__all__ = ["COMPARED", "about_as_long", "likest_names", "likest_words", "near_names", "near_words"]

# How many are named, and how like they are (`difflib`): "munitons" is 0.94 like "munitions".
_NAMED = 3
_LIKENESS = 0.75
#: Words and names that are compared at most: 6,000 take a tenth of a second.
COMPARED = 6000
# A word of another length than this much is not like it.
_LONGER = 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def near_words(word: str, segments: Sequence[Segment]) -> tuple[str, ...]:
    """Name the words of an index that are nearest to one that it has not, the likest and commonest first.

    A letter too many, too few, wrong or exchanged with its neighbour is found wherever it is; what differs in
    more is looked for among the words of the same beginning.
    """
    return likest_words(
        word,
        holders=lambda forms: {form: _holders(form, segments) for form in forms},
        others=lambda: _of_one_beginning(word, segments),
    )


def likest_words(
    word: str, *, holders: Callable[[Iterable[str]], Mapping[str, int]], others: Callable[[], Sequence[str]]
) -> tuple[str, ...]:
    """Name the words that are nearest to one, as `near_words` does, by what is known of an index.

    ``holders`` counts the paragraphs of some forms, ``others`` are words of the same beginning.
    """
    if len(word) < 2:  # any letter would be like one
        return ()
    slips = [(form, held) for form, held in holders(_slips(word)).items() if held]
    slips.sort(key=lambda slip: -slip[1])
    like = get_close_matches(word, others(), _NAMED, _LIKENESS)
    return tuple(dict.fromkeys([*(form for form, _ in slips), *like]))[:_NAMED]


def near_names(name: str, field: str, segments: Sequence[Segment]) -> tuple[str, ...]:
    """Return the names that statements of an index bear in a field and that are nearest to one.

    Where none is like all of it, those that have a word like each of its words: "guterrez" is like none of
    "António Guterres", and like a word of it.
    """
    names: dict[str, str] = {}
    for segment in segments:
        for value in segment.statements.column(field).values:
            if len(names) >= COMPARED:
                break
            names.setdefault(fold(value[0]), value[0])
    return likest_names(name, names)


def likest_names(name: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names that are nearest to one, as `near_names` does, of some names by what they fold to."""
    like = get_close_matches(fold(name), names, _NAMED, _LIKENESS)
    return tuple(names[one] for one in like or _of_near_words(words(name), names))


def _of_near_words(wanted: Sequence[str], names: Iterable[str]) -> list[str]:
    """Return the first names that have a word like each of some words."""
    parted = {name: set(words(name)) for name in names}
    every = sorted({word for parts in parted.values() for word in parts})
    near = [set(get_close_matches(word, every, _NAMED, _LIKENESS)) for word in wanted]
    return [name for name, parts in parted.items() if near and all(parts & some for some in near)][:_NAMED]


def _slips(word: str) -> set[str]:
    """Return what a word may be with one letter put in, left out, exchanged or moved by one place."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = {*_LETTERS, *word}
    return {
        *(head + tail[1:] for head, tail in parts if tail),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1),
        *(head + letter + tail[1:] for head, tail in parts if tail for letter in letters),
        *(head + letter + tail for head, tail in parts for letter in letters),
    } - {word, ""}


def _holders(form: str, segments: Iterable[Segment]) -> int:
    holders = 0
    for segment in segments:
        number = segment.words.forms.find(form.encode())
        holders += 0 if number is None else int(segment.words.form_paragraphs[number])
    return holders


def _of_one_beginning(word: str, segments: Iterable[Segment]) -> list[str]:
    """Return words that begin with the same two letters, or one, and are about as long."""
    found: set[str] = set()
    for segment in segments:
        for beginning in (word[:2], word[:1]):
            some = list(_about_as_long(word, beginning, segment.words.forms))
            if len(some) <= COMPARED:
                break
        found.update(some[:COMPARED])
    return sorted(found - {word})


def _about_as_long(word: str, beginning: str, forms: TermList) -> Iterable[str]:
    some = (forms[number].decode() for number in forms.beginning_with(beginning.encode()))
    return filter(about_as_long(word), some)


def about_as_long(word: str) -> Callable[[str], bool]:
    """Return the test that a form must pass to be about as long as a word."""
    return lambda form: abs(len(form) - len(word)) <= _LONGER
