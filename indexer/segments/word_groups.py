"""Which inflection group a word of a text belongs to: the segment that holds the text knows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.indexer.analysis.capitals import acronyms, is_acronym_plural
from onrecord.indexer.analysis.inflection import acronym_group, form_of, word_group, words_as_written
from onrecord.indexer.segments.columns.belonging import BelongingReader

__all__ = ["SegmentGroups", "TextGroups"]


class SegmentGroups:
    """The groups of the words of a segment's texts."""

    def __init__(self, belonging: BelongingReader) -> None:
        self._belonging = belonging

    def forms_of(self, groups: Iterable[str]) -> set[str]:
        """Return the forms that stand for one of some groups somewhere in the segment."""
        return set(map(bytes.decode, self._belonging.forms_of(groups)))

    def of_form(self, form: str, language: str | None) -> Sequence[str]:
        """Return the groups for which a form stands in a language somewhere in the segment, acronyms too."""
        own = ("=", f"{language}:" if language else "?")
        return [group for group in self._belonging.of_form(form.encode()) if group.startswith(own)]

    def group(self, word: str, language: str | None) -> str:
        """Return the group of a word as written that is no acronym."""
        if is_acronym_plural(word):
            return acronym_group(word)
        group = self._belonging.group_as_written(word, language) if language else None
        if group is not None:
            return group
        # What is left is told by the form alone; it may stand for an acronym elsewhere.
        groups = [one for one in self.of_form(form_of(word), language) if one[0] != "="]
        if len(groups) > 1:
            # Segments that had one group each were merged, and neither had kept its spellings: the dictionary
            # tells, as it did when the text was indexed.
            return word_group(word, language)
        return groups[0] if groups else f"={form_of(word)}"

    def is_listed(self, word: str, language: str | None) -> bool:
        """Tell whether the dictionary has a word in capitals that is stressed somewhere in the segment."""
        return bool(language) and self._belonging.is_listed(word, language or "")

    def in_text(self, text: str, language: str | None) -> TextGroups:
        """Return what knows the group of each word of a text of the segment."""
        return TextGroups(text, language, self)


class TextGroups:
    """The group of each word of one text, by its position."""

    def __init__(self, text: str, language: str | None, words: SegmentGroups) -> None:
        self._language = language
        self._words = words
        self._written = words_as_written(text)
        self._acronyms = acronyms(self._written, lambda word: words.is_listed(word, language))

    def group(self, position: int) -> str:
        """Return the group of the word at a position."""
        word = self._written[position]
        return acronym_group(word) if position in self._acronyms else self._words.group(word, self._language)
