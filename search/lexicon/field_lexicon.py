"""Which entry of the lexicon stands at a place of a question, and what is asked for beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from onrecord.indexer.analysis.capitals import is_acronym_plural
from onrecord.indexer.analysis.inflection import acronym_group
from onrecord.indexer.analysis.words import words
from onrecord.search.lexicon.entry import Entry, form_key, is_acronym

__all__ = ["LEXICON_VERSION", "FieldLexicon", "Meant"]

#: Rises when what an entry or a guard means changes; which entries there are is told by the hash.
LEXICON_VERSION = 1

Words = tuple[str, ...]

# Words of grammar behind which a name stands for itself, folded.
_BEFORE_NAMES = frozenset(
    (
        *("the", "of", "on", "in", "to", "for", "by", "from"),
        *("la", "le", "les", "l", "de", "des", "du", "d", "a", "au", "aux", "sur", "pour", "en"),
        *("el", "los", "las", "del", "sobre", "para", "в", "по", "о", "на"),
    )
)


class Meant(NamedTuple):
    """An entry that stands at a place, and how many words it takes there."""

    entry: Entry
    length: int


class FieldLexicon:
    """Some entries, found by their forms; of two that share a form the first is meant.

    ``left_out`` says which rows of a user's file are none.
    """

    def __init__(self, entries: Sequence[Entry], left_out: tuple[str, ...] = ()) -> None:
        self.entries = tuple(entries)
        self.left_out = left_out

    @property
    def version(self) -> int:
        """The version of the rules by which entries are read."""
        return LEXICON_VERSION

    @cached_property
    def hash(self) -> str:
        """SHA-256 over all that the entries say, in hexadecimal; their order does not count."""
        told = sorted((entry.as_dict() for entry in self.entries), key=lambda one: str(one["code"]))
        canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def named(self, typed: str) -> list[Entry]:
        """List the entries that have a code or a form, or the words in one of their forms, as was typed.

        >>> [entry.code for entry in FieldLexicon(_SOME).named("npt")]
        ['NPT']
        """
        wanted = words(typed)
        exact = [
            entry
            for entry in self.entries
            if entry.code.casefold() == typed.casefold()
            or any(words(form) == wanted for _, form in entry.forms)
        ]
        if exact or not wanted:
            return exact
        return [
            entry for entry in self.entries if any(_holds(words(form), wanted) for _, form in entry.forms)
        ]

    def meant(self, folded: Sequence[str], capitals: str) -> Iterator[Meant]:
        """Yield the entries of which a form stands where words begin, those with the longest form first.

        ``capitals`` is the first of the words as it was typed, if that was in capitals, else "".
        """
        for length in self._lengths.get(folded[0], ()):
            for entry in self._meanings.get(tuple(folded[:length]), ()):
                if length > 1 or self._may_be_typed(entry, folded[0], capitals):
                    yield Meant(entry, length)
        if capitals:  # the plural of an acronym, or an acronym that is known by its plural
            for entry in self._acronyms.get(acronym_group(capitals), ()):
                yield Meant(entry, 1)

    def longer(self, form: Words) -> tuple[Words, ...]:
        """Return the forms of all entries that end with one: where these stand, it is not meant.

        Behind an article or a preposition it is: "Charter of the United Nations" names the United Nations.

        >>> FieldLexicon(_SOME).longer(("nuclear", "weapon", "states"))
        (('non', 'nuclear', 'weapon', 'states'),)
        """
        return tuple(
            sorted(
                other
                for other in self._by_end.get(form[-2:], ())
                if len(other) > len(form)
                and other[-len(form) :] == form
                and other[-len(form) - 1] not in _BEFORE_NAMES
            )
        )

    def _may_be_typed(self, entry: Entry, folded: str, capitals: str) -> bool:
        """Tell whether one word as typed means an entry."""
        if capitals:
            return True
        guarded = {word.casefold() for acronym in entry.guard.capitals for word in (acronym, acronym[:-1])}
        return folded not in guarded or any(form.casefold() == folded for form in _names(entry))

    @cached_property
    def _meanings(self) -> dict[Words, list[Entry]]:
        found: dict[Words, list[Entry]] = {}
        for form, entry in self._all():
            holders = found.setdefault(form, [])
            if entry not in holders:
                holders.append(entry)
        return found

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """The numbers of words of the forms that begin with a word, the most first."""
        found: dict[str, set[int]] = {}
        for form in self._meanings:
            found.setdefault(form[0], set()).add(len(form))
        return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}

    @cached_property
    def _acronyms(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for _, form in entry.forms:
                if is_acronym(form):
                    found.setdefault(form_key(form), []).append(entry)
        return found

    @cached_property
    def _by_end(self) -> dict[Words, list[Words]]:
        """The forms of two words and more by their last two."""
        found: dict[Words, list[Words]] = {}
        for form in self._meanings:
            if len(form) > 1:
                found.setdefault(form[-2:], []).append(form)
        return found

    def _all(self) -> Iterator[tuple[Words, Entry]]:
        for entry in self.entries:
            for _, form in entry.forms:
                yield tuple(words(form)), entry
                if is_acronym_plural(form):
                    yield tuple(words(form[:-1])), entry


def _names(entry: Entry) -> Iterator[str]:
    """Yield the forms that are no acronyms."""
    return (form for _, form in entry.forms if not is_acronym(form))


def _holds(form: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether words stand side by side in a form."""
    return any(form[start : start + len(wanted)] == wanted for start in range(len(form) - len(wanted) + 1))


_SOME = (
    Entry("NPT", "treaty", (("en", "NPT"), ("en", "Non-Proliferation Treaty"))),
    Entry("NWS", "term", (("en", "NWS"), ("en", "nuclear-weapon States"))),
    Entry("NNWS", "term", (("en", "NNWS"), ("en", "non-nuclear-weapon States"))),
)
