"""Which inflection group a word of a paragraph belongs to: its document says so, word for word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.indexer.analysis.words import words

__all__ = ["ParagraphGroups"]


class ParagraphGroups:
    """The groups of the words of one paragraph (a `search.results.paragraph_words.WordGroups`).

    ``written`` are the terms of its groups, in the order of its words, and then those of its compounds.
    """

    def __init__(self, text: str, written: str) -> None:
        self._forms = words(text)
        self._groups = written.split(" ")[: len(self._forms)]

    def forms_of(self, groups: Iterable[str]) -> set[str]:
        """Return the forms that stand for one of some groups in the paragraph."""
        wanted = set(groups)
        pairs = zip(self._forms, self._groups, strict=True)
        return {form for form, group in pairs if group in wanted}

    def of_form(self, form: str, language: str | None) -> Sequence[str]:
        """Return the groups for which a form stands in the paragraph."""
        pairs = zip(self._forms, self._groups, strict=True)
        return list(dict.fromkeys(group for one, group in pairs if one == form))

    def in_text(self, text: str, language: str | None) -> ParagraphGroups:
        """Return what knows the group of each word, the paragraph itself."""
        return self

    def group(self, position: int) -> str:
        """Return the group of the word at a position."""
        return self._groups[position]
