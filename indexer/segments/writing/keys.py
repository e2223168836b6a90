"""Spellings to keys: a key is a word as written in a language, and leads to its form and to its group.

An acronym is a spelling in no language. Compounds have keys of their own, which lead to groups alone. Each
word and compound is looked up once, and one language after the other, so that one dictionary is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.capitals import (
    LONG,
    has_small_letter,
    is_acronym_plural,
    is_in_capitals,
    stressed,
)
from onrecord.indexer.analysis.inflection import acronym_group, compound_group, form_of, word_group
from onrecord.indexer.analysis.lemmas import dictionary
from onrecord.indexer.segments.layout import Ints, paragraph_starts
from onrecord.indexer.segments.writing.belonging import Belonging
from onrecord.indexer.segments.writing.inversion import NO_GROUP, Run, Stretch, consumed
from onrecord.indexer.segments.writing.vocabulary import Tokens, Vocabulary

__all__ = ["KeyedWords", "key_words"]

Flags = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.int64]

# The number of no language: that of acronyms.
_ACRONYM = 0


@dataclass(frozen=True, slots=True)
class KeyedWords:
    """The words of a segment as keys, stretch by stretch; what each key leads to is at its place."""

    stretches: list[Stretch]
    forms: list[bytes]  #: sorted
    form_of: Ints
    groups: list[bytes]  #: sorted
    group_of: Ints
    group_of_compound: Ints
    belonging: Belonging

    def runs_by_form(self) -> list[Run]:
        """Return the positions of each form, stretch by stretch."""
        return [stretch.by_form(self.form_of, count=len(self.forms)) for stretch in self.stretches]

    def runs_by_group(self) -> list[Run]:
        """Return the paragraphs of each group and its frequencies there, stretch by stretch."""
        return [
            stretch.by_group(self.group_of, self.group_of_compound, count=len(self.groups))
            for stretch in self.stretches
        ]


def key_words(read: list[Tokens], vocabulary: Vocabulary, languages: Sequence[str]) -> KeyedWords:
    """Key the words of paragraphs and empty ``read``.

    ``languages`` has an entry for each paragraph, "" where its language is not known.
    """
    looked_up = _LookedUp.of(read, vocabulary, languages)
    stretches: list[Stretch] = []
    paragraph = position = 0
    for tokens in consumed(read):
        lengths = tokens.counts
        stretches.append(
            Stretch(
                looked_up.keys(tokens, first=paragraph),
                lengths,
                compounds=looked_up.compound_keys(tokens, first=paragraph),
                compound_paragraphs=tokens.compound_paragraphs,
                paragraph=paragraph,
                position=position,
            )
        )
        paragraph += len(lengths)
        position += int(paragraph_starts(lengths)[-1])
    return looked_up.keyed(stretches)


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """What the dictionaries say of every spelling and every compound, in each language in which it stands.

    A key is the number of a language, times how many spellings or compounds there are, and the number of one.
    """

    spellings: list[str]
    capital: Flags  #: of each spelling
    plural: Flags  #: whether it is the plural of an acronym
    small: Flags  #: whether it has a small letter
    long: Flags
    languages: list[str]  #: that of acronyms first
    language_of: Ints  #: of each paragraph
    names: dict[int, str]  #: of each key, the group
    known: Flags  #: of each key in capitals, whether the dictionary has the word
    compounds: int
    names_of_compounds: dict[int, str]

    @classmethod
    def of(cls, read: Sequence[Tokens], vocabulary: Vocabulary, languages: Sequence[str]) -> _LookedUp:
        """Look everything up."""
        spellings = [spelling.decode() for spelling in vocabulary.spellings]
        compounds = [compound.decode() for compound in vocabulary.compounds]
        different = ["", *sorted({*languages})]
        number = {language: at for at, language in enumerate(different[1:], 1)}
        language_of = np.array([number[language] for language in languages], np.uint32)
        capital = np.array([is_in_capitals(word) for word in spellings], bool)
        looked_up = cls(
            spellings=spellings,
            capital=capital,
            plural=np.array([is_acronym_plural(word) for word in spellings], bool),
            small=np.array([has_small_letter(word) for word in spellings], bool),
            long=np.array([len(word) >= LONG for word in spellings], bool),
            languages=different,
            language_of=language_of,
            names={number: acronym_group(spellings[number]) for number in np.flatnonzero(capital).tolist()},
            known=np.zeros(len(different) * len(spellings), bool),
            compounds=len(compounds),
            names_of_compounds={},
        )
        words, joined = looked_up._occurring(read)
        for language in range(1, len(different)):
            looked_up._look_up(language, words, joined, compounds)
        return looked_up

    def _occurring(self, read: Sequence[Tokens]) -> tuple[Keys, Keys]:
        """Return the keys of spellings and those of compounds that occur, rising."""
        words = np.zeros(len(self.known), bool)
        joined = np.zeros(len(self.languages) * self.compounds, bool)
        paragraph = 0
        for tokens in read:
            own = self.language_of[paragraph : paragraph + len(tokens.counts)]
            words[np.repeat(own, tokens.counts) * np.uint32(len(self.spellings)) + tokens.spellings] = True
            joined[self.compound_keys(tokens, first=paragraph)] = True
            paragraph += len(tokens.counts)
        return np.flatnonzero(words), np.flatnonzero(joined)

    def _look_up(self, language: int, words: Keys, joined: Keys, compounds: Sequence[str]) -> None:
        """Look up what occurs in one language, and let its dictionary go where there are many."""
        name, spellings = self.languages[language], self.spellings
        has_dictionary = name in dictionary.LANGUAGES
        for key in _of_language(language, words, len(spellings)):
            word = spellings[key % len(spellings)]
            self.names[key] = word_group(word, name)
            if has_dictionary and self.capital[key % len(spellings)]:
                self.known[key] = dictionary.is_word(word, name)
        for key in _of_language(language, joined, self.compounds):
            group = compound_group(compounds[key % self.compounds], name)
            if group is not None:
                self.names_of_compounds[key] = group
        dictionary.keep_latest()

    def keys(self, tokens: Tokens, *, first: int) -> Ints:
        """Return the keys of the words of paragraphs, ``first`` the first of them."""
        keys = np.repeat(self.language_of[first : first + len(tokens.counts)], tokens.counts)
        keys *= np.uint32(len(self.spellings))
        keys += tokens.spellings
        acronyms = self._acronyms(tokens, keys)
        keys[acronyms] = _ACRONYM * len(self.spellings) + tokens.spellings[acronyms]
        return keys

    def _acronyms(self, tokens: Tokens, keys: Ints) -> Keys:
        """Return the places of the acronyms in paragraphs: none in one that is in capitals throughout."""
        paragraphs = np.repeat(np.arange(len(tokens.counts)), tokens.counts)
        small = self.small[tokens.spellings]
        spoken = np.zeros(len(tokens.counts), bool)
        spoken[paragraphs[small & ~self.plural[tokens.spellings]]] = True
        large = np.flatnonzero(~small)
        large = large[spoken[paragraphs[large]]]
        spellings, capital = tokens.spellings[large], self.capital[tokens.spellings[large]]
        words = stressed(
            large,
            paragraphs[large],
            capital=capital,
            known=self.known[keys[large]],
            long=self.long[spellings],
        )
        acronyms: Keys = large[capital & ~words]
        return acronyms

    def compound_keys(self, tokens: Tokens, *, first: int) -> Ints:
        """Return the keys of the compounds of paragraphs, ``first`` the first of them."""
        languages = self.language_of[first + tokens.compound_paragraphs]
        return languages * np.uint32(self.compounds) + tokens.compounds

    def keyed(self, stretches: list[Stretch]) -> KeyedWords:
        """Give numbers to what the keys lead to."""
        forms, form_of_spelling = _numbered([form_of(word) for word in self.spellings])
        occurring = _present([stretch.keys for stretch in stretches], len(self.known))
        named = {key: self.names[key] for key in occurring.tolist()}
        groups = sorted({*named.values(), *self.names_of_compounds.values()})
        number = {name: at for at, name in enumerate(groups)}
        group_of = _spread({key: number[name] for key, name in named.items()}, len(self.known))
        group_of_compound = _spread(
            {key: number[name] for key, name in self.names_of_compounds.items()},
            len(self.languages) * self.compounds,
        )
        form_of_key = np.tile(form_of_spelling, len(self.languages))
        pairs = np.unique(form_of_key[occurring].astype(np.uint64) << np.uint64(32) | group_of[occurring])
        return KeyedWords(
            stretches=stretches,
            forms=[form.encode() for form in forms],
            form_of=form_of_key,
            groups=[group.encode() for group in groups],
            group_of=group_of,
            group_of_compound=group_of_compound,
            belonging=Belonging(pairs, self._written(occurring, form_of_key, group_of)),
        )

    def _written(self, occurring: Keys, form_of: Ints, group_of: Ints) -> dict[bytes, int]:
        """Return the group of each word as written whose form does not tell it (`belonging`)."""
        keys = occurring[occurring >= len(self.spellings)]
        several = _several(
            keys // len(self.spellings) * (int(form_of.max(initial=0)) + 1) + form_of[keys], group_of[keys]
        )
        written = {}
        for key, ambiguous in zip(keys.tolist(), several.tolist(), strict=True):
            if not ambiguous and not self.known[key]:
                continue
            language, spelling = divmod(key, len(self.spellings))
            name = f"{self.spellings[spelling]}\0{self.languages[language]}"
            if ambiguous:
                written[name.encode()] = int(group_of[key])
            if self.known[key]:
                written[f"{name}\0".encode()] = int(group_of[key])
        return written


def _several(forms: Keys, groups: Ints) -> Flags:
    """Tell of each form whether it stands beside different groups."""
    different, at = np.unique(forms, return_inverse=True)
    least = np.full(len(different), NO_GROUP, np.uint32)
    most = np.zeros(len(different), np.uint32)
    np.minimum.at(least, at, groups)
    np.maximum.at(most, at, groups)
    answer: Flags = (least != most)[at]
    return answer


def _of_language(language: int, keys: Keys, count: int) -> list[int]:
    """Return those of some rising keys that are of one language."""
    first, last = np.searchsorted(keys, [language * count, (language + 1) * count])
    found: list[int] = keys[first:last].tolist()
    return found


def _present(keys: Iterable[Ints], count: int) -> Keys:
    """Return the different ones of keys below ``count``, rising."""
    present = np.zeros(count, bool)
    for some in keys:
        present[some] = True
    return np.flatnonzero(present)


def _spread(numbers: dict[int, int], count: int) -> Ints:
    """Put the number of each key at its place."""
    spread = np.full(count, NO_GROUP, np.uint32)
    spread[list(numbers)] = list(numbers.values())
    return spread


def _numbered(words: Sequence[str]) -> tuple[list[str], Ints]:
    """Sort the different words, and number each of the words by its place among them.

    Code points sort like their bytes in UTF-8.
    """
    different = sorted({*words})
    number = {word: at for at, word in enumerate(different)}
    return different, np.array([number[word] for word in words], np.uint32)
