"""Broad mode: words of a question that are an entry of the lexicon, as what finds the entry in any form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from whoosh import query

from onrecord.indexer.analysis.capitals import LONG, is_acronym_plural, is_in_capitals
from onrecord.indexer.analysis.inflection import acronym_group
from onrecord.indexer.analysis.words import words
from onrecord.search.language.elisions import elided
from onrecord.search.language.fields import dated_within
from onrecord.search.language.operands import Match, Reading, as_written, word_query
from onrecord.search.language.tokens import Kind, Token
from onrecord.search.language.wildcards import is_pattern
from onrecord.search.lexicon import Entry, FieldLexicon, is_acronym, is_short, written_forms
from onrecord.search.query import AlsoAs, AnyOf, Apart, ExactPhrase, Guarded, Inflected, OtherForms
from onrecord.search.query.lexicon import Lexicon, Stands

__all__ = ["Broadened", "broadened"]

# Words among which the longest form is looked for; the longest of the lexicon has 25.
_LONGEST = 40


class Broadened(NamedTuple):
    """What finds an entry, and how many of the tokens it stands for."""

    tree: query.Query
    tokens: int


def broadened(
    tokens: Sequence[Token], reading: Reading, field: FieldLexicon, *, most: int
) -> Broadened | None:
    """Read the entry with the longest form that the first ``most`` tokens begin with; None for none."""
    run = [token.words for token in tokens[: _plain(tokens[:most])]]
    if not run:
        return None
    parted = elided(tokens[0].text)  # l'OTAN, but not l'Union of a name that has the article in it
    readings = [run] if parted is None else [run, [tuple(words(parted[1])), *run[1:]]]
    for reading_of_first in readings:
        found = _longest(reading_of_first, tokens, reading, field)
        if found is not None:
            return found
    return None


def _longest(
    run: Sequence[tuple[str, ...]], tokens: Sequence[Token], reading: Reading, field: FieldLexicon
) -> Broadened | None:
    """Read the longest entry that ends where a token does."""
    folded = [word for some in run for word in some][:_LONGEST]
    ends = dict(zip(accumulate(map(len, run)), range(1, len(run) + 1), strict=True))
    for meant in field.meant(folded, _capitals(tokens[0], reading)):
        if meant.length in ends:
            taken = tokens[: ends[meant.length]]
            return Broadened(_found(meant.entry, taken, folded[: meant.length], reading, field), len(taken))
    return None


def _plain(tokens: Sequence[Token]) -> int:
    """Count the tokens up to the first that is no plain word."""
    for number, token in enumerate(tokens):
        if token.kind is not Kind.WORD or is_pattern(token.text) or "~" in token.text:
            return number
    return len(tokens)


def _capitals(token: Token, reading: Reading) -> str:
    """Return a word as it was typed, where that was in capitals and capitals say something."""
    if reading.shouted:
        return ""
    parted = elided(token.text)
    text = token.text if parted is None else parted[1]
    found = words(text)
    if len(found) > 1:
        return ""
    written = as_written(text, found[0])
    return written if is_in_capitals(written) or is_acronym_plural(written) else ""


def _found(
    entry: Entry, tokens: Sequence[Token], folded: Sequence[str], reading: Reading, field: FieldLexicon
) -> query.Query:
    """Find an entry as it was typed, and in its other forms."""
    acronym = _capitals(tokens[0], reading) if len(tokens) == 1 else ""
    typed = [_typed(entry, token, reading) for token in tokens]
    whole = typed[0] if len(typed) == 1 else ExactPhrase("text", list(folded))
    said = acronym_group(acronym) if acronym else ""
    forms = _Forms(entry, reading.lexicon, field).others(tuple(folded), said)
    if not forms:
        return typed[0] if len(typed) == 1 else _together(typed, reading)
    nodes = [node for _, some in forms for node in some]
    if len(tokens) > 1 and any(_capitals(token, reading) for token in tokens):
        nodes.append(whole)  # the capitals of a name need not be those of an acronym: START II
    others = OtherForms(nodes, names=[name for name, _ in forms], typed=whole)
    parts = [part for one in typed for part in _alternatives(one)]
    if reading.match is Match.ANY and len(parts) > 1:
        return AnyOf([*parts, others])
    return AlsoAs(_together(typed, reading), others, name=" ".join(token.text for token in tokens))


def _typed(entry: Entry, token: Token, reading: Reading) -> query.Query:
    """Find a word as normal mode does; an acronym of the entry is one also where the index has it not.

    Not so a word of five letters or more, whose capitals say nothing: `indexer.analysis.capitals` takes it
    for a word that was stressed. One that is no other word is looked for in any letters.
    """
    written = _capitals(token, reading)
    if len(written) >= LONG and written not in entry.guard.capitals:
        return word_query(token._replace(text=token.text.lower()), reading)
    own = [acronym_group(form) for _, form in entry.forms if is_acronym(form)]
    if written and len(written) < LONG and acronym_group(written) in own:
        groups, stands = reading.lexicon.meaning(written)
        found = groups if stands is Stands.ACRONYM else (acronym_group(written),)
        return Inflected(written, found, Stands.ACRONYM)
    return word_query(token, reading)


def _together(typed: Sequence[query.Query], reading: Reading) -> query.Query:
    if len(typed) == 1:
        return typed[0]
    return AnyOf(list(typed)) if reading.match is Match.ANY else query.And(list(typed))


def _alternatives(typed: query.Query) -> Sequence[query.Query]:
    return list(typed) if isinstance(typed, AnyOf) and typed.run is None else [typed]


class _Forms:
    """The forms of an entry as what finds them."""

    def __init__(self, entry: Entry, lexicon: Lexicon, field: FieldLexicon) -> None:
        self._entry = entry
        self._lexicon = lexicon
        self._field = field
        self._languages = frozenset(lexicon.languages)

    def others(self, typed: tuple[str, ...], said: str) -> list[tuple[str, list[query.Query]]]:
        """List the forms beside the one that was typed, those first that say most to a reader.

        ``said`` is the group of what was typed, if that was an acronym.
        """
        found: dict[object, tuple[str, list[query.Query]]] = {}
        for language, form in self._in_order():
            key: object = acronym_group(form) if is_acronym(form) else tuple(words(form))
            if key in (typed, said) or tuple(words(form)) == typed or key in found:
                continue
            if language in self._languages and (nodes := self._nodes(form, language)):
                found[key] = form, nodes
        return list(found.values())

    def _in_order(self) -> list[tuple[str, str]]:
        """List the forms: the full name, the acronyms, and then all others."""
        name = self._entry.name
        return sorted(self._entry.forms, key=lambda one: (one[1] != name, not is_acronym(one[1])))

    def _nodes(self, form: str, language: str) -> list[query.Query]:
        """Return what finds a form; nothing for an acronym that the index has not.

        One of five letters or more is looked for in any letters, where these make no word: ``Unesco``.
        """
        if not is_short(form):
            return [self._phrase(written) for written in written_forms(form, language)]
        any_letters = len(form) >= LONG and form not in self._entry.guard.capitals
        groups, stands = self._lexicon.meaning(form.lower() if any_letters else form)
        if is_acronym(form) and stands is not Stands.ACRONYM and not any_letters:
            return []
        return [self._guarded(form, Inflected(form, groups, stands))]

    def _phrase(self, form: tuple[str, ...]) -> query.Query:
        longer = self._field.longer(form)
        return Apart("text", form, longer) if longer else ExactPhrase("text", form)

    def _guarded(self, form: str, node: query.Query) -> query.Query:
        """Lay the guards over a short form; one that is not English too is for its languages alone."""
        guard = self._entry.guard
        languages = self._entry.languages_of(form)
        languages = () if "en" in languages else languages
        not_in = tuple(code for code in guard.not_in if code in self._languages and not languages)
        dated = None
        if guard.since or guard.until:
            dated = dated_within(
                date(guard.since, 1, 1) if guard.since else None,
                date(guard.until, 12, 31) if guard.until else None,
            )
        if not (languages or not_in or guard.beside or dated is not None):
            return node
        beside = [Inflected(word, *self._lexicon.meaning(word)) for word in guard.beside]
        return Guarded(node, languages=languages, not_in=not_in, beside=beside, dated=dated)
