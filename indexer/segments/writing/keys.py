"""Spellings to keys: a key is a word form in a language, and leads to the form and to its inflection group.

An acronym is a form in no language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.inflection import inflection_group
from onrecord.indexer.segments.layout import Ints, paragraph_starts
from onrecord.indexer.segments.writing.inversion import Run, Stretch, consumed
from onrecord.indexer.segments.writing.vocabulary import Tokens

__all__ = ["KeyedWords", "Shapes", "key_words"]

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class KeyedWords:
    """The words of a segment as keys, stretch by stretch; what each key leads to is at its place."""

    stretches: list[Stretch]
    forms: list[bytes]  #: sorted
    form_of: Ints
    groups: list[bytes]  #: sorted
    group_of: Ints

    def runs_by_form(self) -> list[Run]:
        """Return the positions of each form, stretch by stretch."""
        return [stretch.by_form(self.form_of, count=len(self.forms)) for stretch in self.stretches]

    def runs_by_group(self) -> list[Run]:
        """Return the paragraphs of each group and its frequencies there, stretch by stretch."""
        return [stretch.by_group(self.group_of, count=len(self.groups)) for stretch in self.stretches]


def key_words(read: list[Tokens], spellings: Sequence[bytes], languages: Sequence[str]) -> KeyedWords:
    """Key the words of paragraphs and empty ``read``.

    ``languages`` has an entry for each paragraph, "" where its language is not known.
    """
    cased = [spelling.decode() for spelling in spellings]
    forms, form_of_spelling = _numbered([word.casefold() for word in cased])
    names = ["", *sorted({*languages} - {""})]
    number = {language: at for at, language in enumerate(names)}
    language_of = np.array([number[language] for language in languages], np.uint32)
    shapes = Shapes.of(cased)
    stretches: list[Stretch] = []
    paragraph = position = 0
    for tokens in consumed(read):
        lengths = tokens.counts
        keys = np.repeat(language_of[paragraph : paragraph + len(lengths)], lengths)
        keys[shapes.acronyms(tokens)] = 0
        keys *= np.uint32(len(forms))
        keys += form_of_spelling[tokens.spellings]
        stretches.append(Stretch(keys, lengths, paragraph=paragraph, position=position))
        paragraph += len(lengths)
        position += int(paragraph_starts(lengths)[-1])
    groups, group_of = _groups(stretches, forms, names)
    return KeyedWords(
        stretches=stretches,
        forms=[form.encode() for form in forms],
        form_of=np.tile(np.arange(len(forms), dtype=np.uint32), len(names)),
        groups=[group.encode() for group in groups],
        group_of=group_of,
    )


@dataclass(frozen=True, slots=True)
class Shapes:
    """Of each spelling: whether it may be an acronym, and whether it has a small letter."""

    capital: Flags
    lower: Flags

    @classmethod
    def of(cls, spellings: Sequence[str]) -> Shapes:
        """Look at spellings."""
        return cls(
            capital=np.array([len(word) > 1 and word.isupper() for word in spellings], bool),
            lower=np.array([any(map(str.islower, word)) for word in spellings], bool),
        )

    def acronyms(self, tokens: Tokens) -> npt.NDArray[np.intp]:
        """Return the places of capital words, those of paragraphs in capitals throughout left out."""
        capital = np.flatnonzero(self.capital[tokens.spellings])
        paragraphs = np.repeat(np.arange(len(tokens.counts)), tokens.counts)
        spoken = np.zeros(len(tokens.counts), bool)
        spoken[paragraphs[self.lower[tokens.spellings]]] = True
        return capital[spoken[paragraphs[capital]]]


def _groups(
    stretches: Iterable[Stretch], forms: Sequence[str], languages: Sequence[str | None]
) -> tuple[list[str], Ints]:
    """Name the inflection groups of the keys that occur; return them sorted, and the group of each key."""
    present = np.zeros(len(languages) * len(forms), bool)
    for stretch in stretches:
        present[stretch.keys] = True
    found = np.flatnonzero(present)
    groups, group_of_found = _numbered(
        [inflection_group(forms[key % len(forms)], languages[key // len(forms)]) for key in found.tolist()]
    )
    group_of = np.zeros(len(present), np.uint32)
    group_of[found] = group_of_found
    return groups, group_of


def _numbered(words: Sequence[str]) -> tuple[list[str], Ints]:
    """Sort the different words, and number each of the words by its place among them.

    Code points sort like their bytes in UTF-8.
    """
    different = sorted({*words})
    number = {word: at for at, word in enumerate(different)}
    return different, np.array([number[word] for word in words], np.uint32)
