"""A word or a phrase as it was typed, as the query that finds it."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from whoosh import query

from onrecord.indexer.analysis.compounds import compounds_in
from onrecord.indexer.analysis.inflection import words_as_written
from onrecord.indexer.analysis.words import words
from onrecord.search.language.elisions import elided
from onrecord.search.language.ideographs import is_run, is_sentence, pairs_of, runs_of_characters
from onrecord.search.language.quotation import runs_of, slots_of
from onrecord.search.language.shown import displayed
from onrecord.search.language.tokens import Token
from onrecord.search.language.wildcards import ALONE, is_pattern
from onrecord.search.query import AnyOf, Compound, Constant, ExactPhrase, Inflected, Near, Quotation
from onrecord.search.query.lexicon import Lexicon, Stands
from onrecord.search.query.quotation import Slot

if TYPE_CHECKING:
    from onrecord.search.lexicon import FieldLexicon

__all__ = ["Match", "Mode", "Reading", "as_written", "phrase_query", "word_query"]

#: Words shorter than this have too many neighbours one letter away to be looked for with ``~``.
SHORTEST_FUZZY = 4
_FUZZY = re.compile(r"(.*?[^\W_])~(.*)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,4}")


class Mode(Enum):
    """How a word outside quotation marks is matched."""

    EXACT = "exact"  #: as it was written, case and accents folded
    NORMAL = "normal"  #: with its inflections
    BROAD = "broad"  #: likewise, and what the lexicon of the field knows under other names under these too


class Match(Enum):
    """What words side by side mean."""

    ALL = "all"  #: all of them
    ANY = "any"  #: any of them, the best first


class Reading(NamedTuple):
    """How the words of a question are read."""

    mode: Mode
    match: Match
    lexicon: Lexicon
    shouted: bool  #: whether it is in capitals throughout, so that these say nothing
    field: FieldLexicon | None = None  #: the lexicon of the field, in broad mode


def word_query(token: Token, reading: Reading, *, alternative: bool = False) -> query.Query:
    """Find a word typed without quotation marks, with its wildcards; ``alternative`` to one beside an OR."""
    if reading.mode is not Mode.EXACT and (parted := elided(token.text)) is not None:
        token = token._replace(text=parted[1], words=tuple(words(parted[1])))
    typed, lexicon = token.text, reading.lexicon
    if is_pattern(typed):
        return _pattern(token)
    if "~" in typed and (fuzzy := _FUZZY.fullmatch(typed)):
        return _fuzzy(token, fuzzy.group(1), fuzzy.group(2))
    if len(token.words) > 1:
        any_will_do = reading.match is Match.ANY or (alternative and is_sentence(token.words))
        if any_will_do and (parts := _any_parts(token, reading)):
            return parts[0] if len(parts) == 1 else AnyOf(parts)
        phrase = ExactPhrase("text", token.words)
        return phrase if reading.mode is Mode.EXACT else _compound(token, phrase, lexicon)
    word = token.words[0]
    if reading.mode is Mode.EXACT:
        return query.Term("text", word)
    written = as_written(typed.lower() if reading.shouted else typed, word)
    groups, stands = lexicon.meaning(written)
    if stands is Stands.WRITTEN and not word.isalpha():
        return query.Term("text", word)
    return Inflected(written if stands is Stands.ACRONYM else word, groups, stands)


def as_written(typed: str, word: str) -> str:
    """Return the word that was typed without the punctuation around it."""
    return typed if typed.isalnum() else (words_as_written(typed) or [word])[0]


def _any_parts(token: Token, reading: Reading) -> list[query.Query]:
    """Part what was typed together where any of it will do; nothing where it is one word all the same.

    A reference with figures (``A/RES/76/47``), letters with signs between (``U.N.``) and what is one word in
    parts (``co-operation``) stay whole.
    """
    runs = runs_of_characters(token.words)
    if not any(map(is_run, runs)):
        letters = all(word.isalpha() and len(word) > 1 for word in token.words)
        if not letters or isinstance(
            _compound(token, ExactPhrase("text", token.words), reading.lexicon), Compound
        ):
            return []
    parts: list[query.Query] = []
    for run in runs:
        parts += [_run(run)] if is_run(run) else [_plain(word, reading) for word in run]
    return parts


def _run(characters: tuple[str, ...]) -> query.Query:
    """Find a run of Chinese: a short one as it is, of a long one any pair of neighbours."""
    if pairs := pairs_of(characters):
        return AnyOf([ExactPhrase("text", pair) for pair in pairs], run="".join(characters))
    return ExactPhrase("text", characters) if len(characters) > 1 else query.Term("text", characters[0])


def _plain(word: str, reading: Reading) -> query.Query:
    """Find one folded word."""
    if reading.mode is Mode.EXACT or not word.isalpha():
        return query.Term("text", word)
    groups, stands = reading.lexicon.meaning(word)
    return Inflected(word, groups, stands)


def _compound(token: Token, phrase: ExactPhrase, lexicon: Lexicon) -> query.Query:
    """Find what was typed in parts, also as the one word that it may be."""
    compounds = list(compounds_in(token.text))
    if len(compounds) == 1 and compounds[0].last - compounds[0].first + 1 == len(token.words):
        meaning = lexicon.joined(compounds[0].text)
        if meaning is not None:
            return Compound(Inflected(displayed(token.text), meaning.groups), phrase)
    return phrase


def phrase_query(token: Token) -> query.Query:
    """Find what stands between quotation marks: in that order, or near each other."""
    if not token.words:
        raise token.error("There is no word between these quotation marks; write one, or take them out.")
    if is_pattern(token.text) or len(runs_of(token.text)) > 1:
        return _quotation(token)
    if token.within is not None:
        return _near(token, token.within)
    if len(token.words) == 1:
        return query.Term("text", token.words[0])
    return ExactPhrase("text", token.words)


def _near(token: Token, within: str) -> Near:
    if not _NUMBER.fullmatch(within):
        raise token.error(
            "A ~ behind a phrase needs a whole number of words up to 9999"
            ' directly behind it, as in "mines victims"~5.'
        )
    if len(token.words) == 1:
        raise token.error(
            'A ~ behind quotation marks needs two words or more between them, as in "mines victims"~5.'
        )
    return Near("text", token.words, int(within))


def _fuzzy(token: Token, typed: str, distance: str) -> Constant:
    if distance not in {"", "1", "2"}:
        raise token.error("A ~ behind a word takes 1, 2 or nothing behind it, as in landmine~1.")
    parts = words(typed)
    if len(parts) != 1 or not parts[0].isalpha() or len(parts[0]) < SHORTEST_FUZZY:
        raise token.error(
            f'"{displayed(token.text)}" cannot be searched with ~, which takes one word of'
            f" {SHORTEST_FUZZY} letters or more and no digits; take the ~ out."
        )
    return Constant(query.FuzzyTerm("text", parts[0], maxdist=int(distance or 1), prefixlength=1))


def _pattern(token: Token) -> Constant:
    """Find words by a pattern; every match scores 1, however many words it stands for."""
    if "~" in token.text:
        raise token.error("A word takes either ~ or the wildcards * and ?; write one of them.")
    slots = slots_of(_without_punctuation(token.text))
    if not any(slots):
        raise token.error(ALONE)
    if len(slots) > 1 or isinstance(slots[0], str) or slots[0] is None:
        raise token.error(
            f'"{displayed(token.text)}" is several words, and * and ? work inside one;'
            " write that word by itself, or put all of it in quotation marks."
        )
    return Constant(slots[0])


def _without_punctuation(typed: str) -> str:
    """Take off the punctuation around a word with wildcards."""
    inside = [place for place, letter in enumerate(typed) if letter in "*?" or words(letter)]
    return typed[inside[0] : inside[-1] + 1]


def _quotation(token: Token) -> query.Query:
    """Find a phrase with wildcards or gaps in it; every match scores 1."""
    runs: list[list[Slot]] = []
    for run in runs_of(token.text):
        slots = [slot for slot in run if slot is not None]
        if len(slots) < len(run):
            raise token.error(
                "A * by itself stands for no word; write … for a gap of any length,"
                ' or "ban use"~1 for one word between.'
            )
        runs.append(slots)
    if token.within is not None:
        raise token.error(
            "Words near each other stand in any order and as they are written; take out ~, or the gaps and"
            " wildcards."
        )
    if len(runs) == 1:
        only = runs[0][0] if len(runs[0]) == 1 else None
        if isinstance(only, str):
            return query.Term("text", only)
        if only is not None:
            return Constant(only)
        if not is_pattern(token.text):
            return ExactPhrase("text", token.words)
    return Constant(Quotation("text", runs))
