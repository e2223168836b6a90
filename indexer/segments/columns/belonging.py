"""Which groups the forms of a segment belong to (`indexer.segments.writing.belonging`), for reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from onrecord.indexer.segments.columns.terms import TermList
from onrecord.indexer.segments.container import Array, Container
from onrecord.indexer.segments.validation import are_offsets, checked_below

__all__ = ["BelongingReader"]

# Groups whose forms are kept, and forms whose groups are: to find those, all are looked through.
_KEPT = 1 << 12


class BelongingReader:
    """The groups of forms, of lemmas and of words as written (`IndexDamaged`)."""

    def __init__(self, container: Container, *, forms: TermList, groups: TermList) -> None:
        self._forms, self._groups = forms, groups
        self.lemmas = TermList(container, "lemmas")  #: those that share a group, and compounds behind a ``~``
        self.written = TermList(container, "written")
        self.of_forms, self.forms_at = _lists(container, "forms", groups=len(groups))
        self._groups_of: dict[bytes, tuple[str, ...]] = {}
        self._forms_of: dict[str, tuple[bytes, ...]] = {}
        self._of_lemmas, self._lemmas_at = _lists(container, "lemmas", groups=len(groups))
        self.of_written: Array = checked_below(container, "written.groups", len(groups))

    def of_form(self, form: bytes) -> tuple[str, ...]:
        """Return the groups for which a form stands, none where the segment has it not."""
        groups = self._groups_of.get(form)
        if groups is None:
            number = self._forms.find(form)
            if number is None:
                return ()
            if len(self._groups_of) >= _KEPT:
                self._groups_of.clear()
            named = self._named(self.of_forms[self.forms_at[number] : self.forms_at[number + 1]])
            groups = self._groups_of[form] = tuple(named)
        return groups

    def of_lemma(self, lemma: bytes) -> Iterator[str]:
        """Yield the groups of a lemma, named as `lemmas_of` does, or of a compound behind ``~``."""
        if self._groups.find(lemma) is not None:
            yield lemma.decode()
        number = self.lemmas.find(lemma)
        if number is not None:
            yield from self._named(self._of_lemmas[self._lemmas_at[number] : self._lemmas_at[number + 1]])

    def group_as_written(self, word: str, language: str) -> str | None:
        """Return the group of a word as written, where its form does not tell it."""
        number = self.written.find(f"{word}\0{language}".encode())
        return None if number is None else self._groups[int(self.of_written[number])].decode()

    def is_listed(self, word: str, language: str) -> bool:
        """Tell whether a word in capitals that is stressed somewhere is in the dictionary."""
        return self.written.find(f"{word}\0{language}\0".encode()) is not None

    def forms_of(self, groups: Iterable[str]) -> list[bytes]:
        """Return the forms that stand for one of some groups."""
        return list(dict.fromkeys(form for group in groups for form in self._forms_of_group(group)))

    def _forms_of_group(self, group: str) -> tuple[bytes, ...]:
        forms = self._forms_of.get(group)
        if forms is None:
            if len(self._forms_of) >= _KEPT:
                self._forms_of.clear()
            forms = self._forms_of[group] = tuple(self._look_for_forms(group))
        return forms

    def _look_for_forms(self, group: str) -> Iterator[bytes]:
        number = self._groups.find(group.encode())
        if number is not None:
            rows = np.flatnonzero(self.of_forms == number).astype(self.forms_at.dtype)
            for form in (self.forms_at.searchsorted(rows, "right") - 1).tolist():
                yield self._forms[form]

    def _named(self, numbers: Array) -> Iterator[str]:
        for number in numbers.tolist():
            yield self._groups[number].decode()


def _lists(container: Container, name: str, *, groups: int) -> tuple[Array, Array]:
    """Return lists of groups, and where each begins."""
    values, at = checked_below(container, f"{name}.groups", groups), container[f"{name}.groups.at"]
    if not are_offsets(at, len(values)):
        raise container.damaged(f"{name}.groups.at")
    return values, at
