"""The doors of the language: a typed question, a query tree, and filters given by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from whoosh import query

from onrecord.indexer.dates import DateInterval, PartialDate
from onrecord.indexer.errors import QueryError
from onrecord.indexer.numbers import counted
from onrecord.search.language.elisions import APOSTROPHES, elided
from onrecord.search.language.fields import any_value, dated_within, refuse_turned_dates
from onrecord.search.language.grammar import build_query
from onrecord.search.language.operands import Match, Mode, Reading
from onrecord.search.language.tokens import Kind, Token, read_tokens
from onrecord.search.language.weights import weigh
from onrecord.search.query import Filter
from onrecord.search.query.describe import describe
from onrecord.search.query.lexicon import Dictionaries, Lexicon
from onrecord.search.query.limits import check_limits

if TYPE_CHECKING:
    from onrecord.search.lexicon import FieldLexicon

__all__ = ["Question", "read_filters", "read_query", "read_tree"]

# Words from which on a question in capitals is no row of acronyms.
_SHOUTED = 3
_OPERATORS = frozenset((Kind.AND, Kind.OR, Kind.NOT, Kind.FIELD))


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was typed, as it will be evaluated, and how it was understood."""

    typed: str
    query: query.Query
    understood: str  #: one readable line


def read_query(
    text: str,
    *,
    mode: Mode = Mode.NORMAL,
    match: Match = Match.ALL,
    lexicon: Lexicon | None = None,
    field: FieldLexicon | None = None,
) -> Question:
    """Read a typed question; raises `QueryError`, and nothing else, for any text.

    ``lexicon`` knows the words of the index; without one each stands for itself alone. ``match`` says whether
    all of the words side by side are wanted, or any. ``field`` is the lexicon that broad mode asks, without
    one that which comes with the program.

    >>> english = Dictionaries(["en"])
    >>> read_query('"unexploded ordnance" since:2015 -landmine', lexicon=english).understood
    'the phrase "unexploded ordnance"; dated 2015-01-01 or later; not landmine (any form or spelling)'
    """
    tokens, notes = read_tokens(text)
    known = lexicon or Dictionaries(())
    inflected = mode is not Mode.EXACT
    reading = Reading(
        mode,
        match,
        known,
        shouted=inflected and text.isupper() and _is_shouted(tokens),
        field=_field_lexicon(field) if mode is Mode.BROAD else None,
    )
    tree = build_query(tokens, reading)
    check_limits(tree, typed=text)
    light = weigh(tree, known)
    if reading.shouted or reading.field is not None or (inflected and not APOSTROPHES.isdisjoint(text)):
        notes += _notes(tokens, reading)
    if match is Match.ANY and light:
        notes.append(f"words of grammar weigh a quarter: {', '.join(light)}")
    if ":" in text:
        refuse_turned_dates(tree, typed=text, tokens=tokens)
    return Question(text, tree, "; ".join((describe(tree), *notes)))


def _field_lexicon(field: FieldLexicon | None) -> FieldLexicon:
    if field is not None:
        return field
    from onrecord.search.lexicon import read_lexicon  # other modes do without it

    return read_lexicon()


def _is_shouted(tokens: Sequence[Token]) -> bool:
    """Tell whether a question of several words is in capitals throughout: then these say nothing.

    Whoever writes operators, which are in capitals, knows what capitals mean.
    """
    if any(token.kind in _OPERATORS for token in tokens):
        return False
    typed = [token.text for token in tokens if token.kind is Kind.WORD]
    cased = [word for word in typed if word.lower() != word.upper()]
    return len(cased) >= _SHOUTED and all(word == word.upper() for word in cased)


def _notes(tokens: Sequence[Token], reading: Reading) -> list[str]:
    """Say what of a question is read otherwise than it is written."""
    bare = [token.text for token in tokens if token.kind is Kind.WORD and not token.text.isalpha()]
    small = dict.fromkeys(parted[0] for word in bare if (parted := elided(word)) is not None)
    notes = [f"left out before a word: {' '.join(small)}"] if small else []
    if reading.shouted:
        notes.append("capitals throughout say nothing")
    if reading.field is not None and reading.field.left_out:
        rows = counted(len(reading.field.left_out), "row")
        notes.append(f"{rows} of your lexicon left out (onrecord lexicon says why)")
    return notes


def read_tree(tree: query.Query) -> Question:
    """Take a tree of Whoosh's query classes for a question; raises `QueryError` for one beyond a limit.

    >>> read_tree(query.Term("text", "mines")).understood
    'the word "mines"'
    """
    kind = type(tree).__name__
    try:
        check_limits(tree, typed=kind)
        for node in tree.leaves():
            _refuse_what_is_no_question(node)
        return Question(str(tree), tree, describe(tree))
    except NotImplementedError as error:
        raise QueryError(f"A {kind} cannot be searched for; ask with other nodes.", query=kind) from error


def _refuse_what_is_no_question(node: query.Query) -> None:
    """Refuse a leaf that asks for what is no text, or cannot be written down, or weighs it by no number."""
    kind = type(node).__name__
    if isinstance(node, query.ColumnQuery):  # known to one distribution of Whoosh and not to the other
        raise QueryError(f"A {kind} cannot be searched for; ask with other nodes.", query=kind)
    asked = [getattr(node, "text", ""), *getattr(node, "words", ())]
    if not all(map(_is_writable, asked)):
        raise QueryError(f"A {kind} asks for what is no text; give it strings.", query=kind)
    if not isfinite(getattr(node, "boost", 1.0)):
        raise QueryError(f"A {kind} has a boost that is no number; give it one.", query=kind)


def _is_writable(text: object) -> bool:
    try:
        return isinstance(text, str) and text.encode() is not None
    except UnicodeEncodeError:
        return False


def read_filters(
    *,
    speaker: str | Sequence[str | None] | None = None,
    person: str | Sequence[str | None] | None = None,
    post: str | Sequence[str | None] | None = None,
    behalf: str | Sequence[str | None] | None = None,
    delivered: str | Sequence[str | None] | None = None,
    forum: str | Sequence[str | None] | None = None,
    place: str | Sequence[str | None] | None = None,
    language: str | Sequence[str | None] | None = None,
    since: str | None = None,
    until: str | None = None,
) -> tuple[query.Query | None, str]:
    """Read filters given by name: one query that adds nothing to a score, and its words.

    Of several values of one filter any may match. Raises `DateError` for what is
    no date and `QueryError` for what is no value.

    >>> read_filters(language=["en", "fr"], until="2021-09")[1]
    '(language en or language fr); dated 2021-09-30 or earlier'
    """
    named = {
        "speaker": speaker,
        "person": person,
        "post": post,
        "behalf": behalf,
        "delivered": delivered,
        "forum": forum,
        "place": place,
        "language": language,
    }
    values = [any_value(field, given) for field, given in named.items() if given is not None]
    filters = [one for one in (*values, _dates(since, until)) if one is not None]
    if not filters:
        return None, ""
    tree = query.And(filters) if len(filters) > 1 else filters[0]
    return tree, describe(tree)


def _dates(since: str | None, until: str | None) -> Filter | None:
    first = None if since is None else PartialDate.parse(since).first
    last = None if until is None else PartialDate.parse(until).last
    if first is None and last is None:
        return None
    if first is not None and last is not None:
        DateInterval.parse(f"{since}..{until}")  # refuses an end before the beginning
    return dated_within(first, last)
