"""The words of a collection: what a typed word stands for in it, from its tables.

A word that the collection has needs no dictionary: the segments say which groups it belongs to, and which
groups share a lemma with these. For a word that it has not, the dictionaries of its languages are asked.

Where it has texts whose language is not known, a word stands in them for all the forms that the collection
has of it, each as it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from onrecord.indexer.analysis.compounds import parts_of
from onrecord.indexer.analysis.function_words import function_words
from onrecord.indexer.analysis.inflection import (
    acronym_group,
    form_of,
    is_acronym_shaped,
    is_of_language,
    is_surely_one_word,
    lemmas_of,
    spelling_of,
)
from onrecord.indexer.segments.segment import Segment
from onrecord.search.collection import Collection, Ints
from onrecord.search.query.lexicon import Dictionaries, Meaning, Stands

__all__ = ["CollectionLexicon", "TablesLexicon", "WordTables", "not_rare"]

# Meanings that are kept; a long list of words is asked a few times over.
_KEPT = 1 << 12
# A language of fewer paragraphs than one in so many of the commonest's is not asked about strange words.
_RARE = 100


class WordTables(Protocol):
    """What some texts say of their words."""

    def of_form(self, form: bytes) -> Iterable[str]:
        """Return the groups for which a form stands."""

    def forms_of(self, groups: Sequence[str]) -> Iterable[bytes]:
        """Return the forms that stand for one of some groups."""

    def sharing(self, lemmas: Iterable[bytes]) -> Iterable[str]:
        """Return the groups that have one of some lemmas."""

    def holders(self, group: str) -> int:
        """Count the paragraphs of a group, deleted ones included."""


class TablesLexicon:
    """The lexicon of some tables of words (a `search.query.lexicon.Lexicon`), for any number of threads."""

    def __init__(self, words: Sequence[WordTables]) -> None:
        self._words = words
        self._meanings: dict[str, Meaning] = {}
        self._grammatical: dict[tuple[str, tuple[str, ...]], bool] = {}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the texts, also those of a few paragraphs."""
        raise NotImplementedError

    @cached_property
    def _has_unknown(self) -> bool:
        """Whether there are words in texts whose language is not known."""
        raise NotImplementedError

    @cached_property
    def _languages(self) -> list[str]:
        """The languages that strange words are looked up in: those that are not rare."""
        raise NotImplementedError

    def meaning(self, word: str) -> Meaning:
        """Return what one word, as it was typed, stands for."""
        meaning = self._meanings.get(word)
        if meaning is None:
            meaning = self._look_up(word)
            if len(self._meanings) >= _KEPT:
                self._meanings.clear()
            self._meanings[word] = meaning
        return meaning

    def joined(self, compound: str) -> Meaning | None:
        """Return what a compound stands for as one word, where the collection has it or that word."""
        named: Iterable[str] = self._sharing([f"~{spelling_of(compound)}"])
        named = named or self._of_form(form_of("".join(parts_of(compound)[1])))
        if not named and is_surely_one_word(compound):
            meaning = Dictionaries(self._languages).joined(compound)
            named = [] if meaning is None else meaning.groups
        return self._standing_for(named) if named else None

    def is_grammatical(self, word: str, groups: tuple[str, ...]) -> bool:
        """Tell whether a word is one of grammar in languages of most of the paragraphs that hold it."""
        known = self._grammatical.get((word, groups))
        if known is None:
            if len(self._grammatical) >= _KEPT:
                self._grammatical.clear()
            known = self._grammatical[word, groups] = self._is_grammatical(word, groups)
        return known

    def _is_grammatical(self, word: str, groups: tuple[str, ...]) -> bool:
        holders = light = 0
        for group in groups:
            language = group.partition(":")[0]
            paragraphs = sum(words.holders(group) for words in self._words)
            holders += paragraphs
            light += paragraphs if word in function_words(language) else 0
        return 2 * light > holders

    def _look_up(self, word: str) -> Meaning:
        if is_acronym_shaped(word):
            acronym = self._sharing([acronym_group(word)])
            if acronym:
                return Meaning(acronym, Stands.ACRONYM)
        form = form_of(word)
        own = self._of_form(form)
        if not any(group[0] != "?" for group in own):
            own = {*own, *self._strange(word, form)}
        return self._standing_for(own) if own else Meaning((f"={form}",), Stands.WRITTEN)

    def _strange(self, word: str, form: str) -> list[str]:
        """Name what a word that the collection has not may be: an acronym, its plural, a form of others."""
        if not word.isalpha():
            return [f"={form}"]
        plural = [f"={form[:-1]}"] if form.endswith("s") else []
        of_languages = Dictionaries(self._languages).groups(word)
        return [*of_languages, f"={form}", *plural] if of_languages else [f"?{form}", f"={form}", *plural]

    def _standing_for(self, groups: Iterable[str]) -> Meaning:
        """Return all groups that share a lemma with some."""
        lemmas = {lemma for group in groups for lemma in lemmas_of(group)}
        sharing = self._sharing(lemmas)
        if self._has_unknown and any(map(is_of_language, sharing)):
            sharing = tuple(sorted({*sharing, *self._unknown_forms(sharing)}))
        groups = sharing or tuple(sorted(lemmas))
        return Meaning(groups, Stands.FORMS if any(map(_has_forms, groups)) else Stands.WRITTEN)

    def _of_form(self, form: str) -> set[str]:
        return {group for words in self._words for group in words.of_form(form.encode())}

    def _sharing(self, lemmas: Iterable[str]) -> tuple[str, ...]:
        named = [lemma.encode() for lemma in lemmas]
        return tuple(sorted({group for words in self._words for group in words.sharing(named)}))

    def _unknown_forms(self, groups: Sequence[str]) -> tuple[str, ...]:
        """Name the forms of some groups as words of no known language, as far as there are such."""
        forms = {form.decode() for words in self._words for form in words.forms_of(groups)}
        return self._sharing([f"?{form}" for form in forms])


class CollectionLexicon(TablesLexicon):
    """The lexicon of a collection."""

    def __init__(self, collection: Collection) -> None:
        super().__init__([_Words(segment) for segment in collection.segments])
        self._collection = collection

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the collection, also those of a few paragraphs."""
        codes = {code.decode() for one in self._collection.segments for code in one.paragraphs.language_codes}
        return tuple(sorted(filter(None, codes)))

    @cached_property
    def _has_unknown(self) -> bool:
        return any(segment.words.groups.beginning_with(b"?") for segment in self._collection.segments)

    @cached_property
    def _languages(self) -> list[str]:
        codes = {code.decode() for one in self._collection.segments for code in one.paragraphs.language_codes}
        live = self._collection.live
        return not_rare({code: len(self._collection.in_language(code) & live) for code in codes})


def not_rare(sizes: Mapping[str, int]) -> list[str]:
    """Return the languages that strange words are looked up in, of languages with their paragraphs."""
    most = max(sizes.values(), default=0)
    return sorted(code for code, size in sizes.items() if size and size * _RARE >= most)


class _Words:
    """What a segment says of its words, deleted statements left out."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self.table = segment.words.belonging

    def of_form(self, form: bytes) -> Iterable[str]:
        """Return the groups for which a form stands."""
        groups = self.table.of_form(form)
        if not groups or not self._segment.statements.deleted:
            return groups
        words = self._segment.words
        number = words.forms.find(form)
        assert number is not None
        if len(groups) == 1 and self._is_common(int(words.form_paragraphs[number])):
            return groups
        paragraphs = self._live(words.paragraphs_of(words.positions.array(number)))
        return [group for group in groups if paragraphs & set(self._documents(group))]

    def forms_of(self, groups: Sequence[str]) -> Iterable[bytes]:
        """Return the forms that stand for one of some groups."""
        forms = self.table.forms_of(groups)
        if not self._segment.statements.deleted:
            return forms
        return [form for form in forms if not set(groups).isdisjoint(self.of_form(form))]

    def sharing(self, lemmas: Iterable[bytes]) -> Iterable[str]:
        """Return the groups that have one of some lemmas."""
        groups = {group for lemma in lemmas for group in self.table.of_lemma(lemma)}
        if not self._segment.statements.deleted:
            return groups
        return [
            group
            for group in groups
            if self._is_common(len(documents := self._documents(group))) or self._live(documents)
        ]

    def holders(self, group: str) -> int:
        """Count the paragraphs of a group, deleted ones included."""
        words = self._segment.words
        number = words.groups.find(group.encode())
        return 0 if number is None else int(words.group_paragraphs[number])

    def _is_common(self, paragraphs: int) -> bool:
        """Tell whether what stands in so many paragraphs stands in one that is not deleted."""
        return paragraphs > len(self._segment.statements.deleted_paragraphs)

    def _live(self, paragraphs: Ints) -> set[int]:
        return set(paragraphs.tolist()).difference(self._segment.statements.deleted_paragraphs)

    def _documents(self, group: str) -> Ints:
        words = self._segment.words
        number = words.groups.find(group.encode())
        assert number is not None
        return words.documents.array(number)


def _has_forms(group: str) -> bool:
    """Tell whether a group is of several words: any but a word with a digit, and one in no known language."""
    return group[0] != "?" and (group[0] != "=" or group[1:].isalpha() or "~" in group)
