"""Fields and their values, as queries that filter and never score."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from whoosh import query

from onrecord.indexer.analysis.words import fold, words
from onrecord.indexer.dates import DateInterval, PartialDate
from onrecord.indexer.errors import DateError, QueryError
from onrecord.search.language.quotation import runs_of
from onrecord.search.language.shown import displayed
from onrecord.search.language.tokens import FIELDS, Kind, Token, value_token
from onrecord.search.query import Either, Filter, ShownAs, Without
from onrecord.search.query.limits import WORDS

__all__ = ["any_field_query", "any_value", "dated_within", "field_query", "refuse_turned_dates"]

_BOUNDS = frozenset(("since", "until"))
_DATES = _BOUNDS | {"date"}
# Whom a statement is given for, and which state gave a group's, each with what it is called in a sentence.
_PARTIES = {"behalf": "on behalf of", "delivered": "delivered by"}
#: The value of what is not known.
_UNKNOWN = ("unknown",)
#: What stands before a name that is meant to the letter, as the one that a statement is shown under.
_EXACTLY = "="
_CODE_LENGTHS = (2, 3)  # ISO 639-1, and 639-3 where a language has no shorter code


def field_query(field: str, value: Token) -> Filter:
    """Find the statements whose field has this value."""
    if value.within is not None:
        raise value.error(f"{field}: does not take ~; write its value by itself, as in {FIELDS[field]}.")
    if value.words == _UNKNOWN and field not in _BOUNDS:
        return _unknown(field)
    if field in _DATES:
        return _dated(field, value)
    if not value.words:
        raise value.error(f"{field}: has no value; write one directly behind it, as in {FIELDS[field]}.")
    _refuse_signs(field, value)
    if field == "language":
        return Filter(query.Term("language", _language(value)))
    if value.text.startswith(_EXACTLY):
        return _shown_as(field, value.text.removeprefix(_EXACTLY).strip())
    read = _READ.get(field, _named)
    return read(field, value)


def _refuse_list(field: str, value: Token, *, separators: str) -> None:
    """Refuse several names in one word, as in ``speaker:panama,chile``."""
    if value.kind is not Kind.WORD:
        return
    names = [name for name in re.split(f"[{separators}]", value.text) if words(name)]
    if len(names) > 1:
        listed = " OR ".join(map(displayed, names[:3]))
        raise value.error(
            f"{field}: takes one name and this is a list; write {field}:({listed}),"
            f' or {field}:"…" for a name with signs in it.'
        )


def _refuse_signs(field: str, value: Token) -> None:
    """Refuse what names do not have: wildcards, gaps, several names in one."""
    if value.kind is Kind.VALUE:
        return
    refused = {"*", "?", "~"} if value.kind is Kind.WORD else {"*", "?"}
    if not refused.isdisjoint(value.text):
        raise value.error(
            f"{field}: does not take the signs *, ? and ~; write whole words, as in {FIELDS[field]}."
        )
    if value.kind is Kind.PHRASE and len(runs_of(value.text)) > 1:
        raise value.error(f"{field}: does not take a gap; write words that stand side by side.")


def any_field_query(field: str, values: Sequence[Token]) -> Filter | Either:
    """Find the statements whose field has any of these values."""
    filters = [field_query(field, value) for value in values]
    return Either(filters) if len(filters) > 1 else filters[0]


def any_value(field: str, values: str | Sequence[str | None]) -> Filter | Either | None:
    """Find the statements whose field has any of these values; None where there are none.

    None among the values stands for a field that has none.
    """
    listed = [values] if isinstance(values, str) else values
    if len(listed) > WORDS.most:
        raise WORDS.error(field)
    filters = [
        _unknown(field) if value is None else field_query(field, value_token(value)) for value in listed
    ]
    if len(filters) > 1:
        return Either(filters)
    return filters[0] if filters else None


def dated_within(first: date | None, last: date | None) -> Filter:
    """Find the statements that were certainly given in these days, both included."""
    bounds = []
    if first is not None:
        bounds.append(query.NumericRange("first", first.toordinal(), None))
    if last is not None:
        bounds.append(query.NumericRange("last", None, last.toordinal()))
    return Filter(query.And(bounds) if len(bounds) > 1 else bounds[0])


def refuse_turned_dates(tree: query.Query, *, typed: str, tokens: Sequence[Token] = ()) -> None:
    """Raise a `QueryError` where ``since:`` and ``until:`` that must both hold leave no day between them.

    ``tokens`` are those of the question that was typed, where there is one.
    """
    first, last = 0, date.max.toordinal()
    together = [tree]
    for part in together:
        match part:
            case query.And():
                together += part.subqueries
            case query.AndNot():
                together.append(part.a)
            case query.Or():
                for alternative in part.subqueries:
                    refuse_turned_dates(alternative, typed=typed, tokens=tokens)
            case Filter(child=query.NumericRange(fieldname="first", start=int(start))):
                first = max(first, start)
            case Filter(child=query.NumericRange(fieldname="last", end=int(end))):
                last = min(last, end)
    if first > last:
        since, _ = _typed_day("since", first, tokens)
        until, position = _typed_day("until", last, tokens)
        raise QueryError(
            f'"{since}..{until}" ends before it begins; write the earlier date first.',
            query=typed,
            position=position,
        )


def _typed_day(field: str, day: int, tokens: Sequence[Token]) -> tuple[str, int | None]:
    """Return how the first or last day of an interval was typed, and where."""
    for name, value in pairwise(tokens):
        if name.kind is Kind.FIELD and name.text == field and value.kind in (Kind.WORD, Kind.PHRASE):
            when = PartialDate.parse(displayed(value.text))
            if day == (when.first if field == "since" else when.last).toordinal():
                return value.text, value.position
    return date.fromordinal(day).isoformat(), None


def _dated(field: str, value: Token) -> Filter:
    text = displayed(value.text)  # what shows otherwise than it is typed is no date
    try:
        if field == "date":
            interval = DateInterval.parse(text)
            return dated_within(interval.first, interval.last)
        when = PartialDate.parse(text)
    except DateError as error:
        reason = error.reason.removesuffix(".")
        advice = "" if ";" in reason else f"; write one that is, as in {FIELDS[field]}"
        raise value.error(f"{reason}{advice}.") from error
    return dated_within(when.first, None) if field == "since" else dated_within(None, when.last)


def _language(value: Token) -> str:
    _refuse_list("language", value, separators=",;|/+&")
    code = value.words[0]
    if len(value.words) > 1 or not (code.isascii() and code.isalpha() and len(code) in _CODE_LENGTHS):
        raise value.error(
            f'"{displayed(value.text)}" is not the code of a language; write two letters, as in language:fr.'
        )
    return code


def _delegation(field: str, value: Token) -> Filter:
    """Find a delegation by its code or any of its names; any other speaker by the words of the name.

    A name in quotation marks that a delegation has had for a time, beside others, is that name alone.
    """
    from onrecord.indexer.register import delegation_by_code, delegation_named

    delegation = delegation_named(value.text)
    if delegation is None and not _is_quoted(value):
        delegation = delegation_by_code(value.text)
    if delegation is None:
        _refuse_list(field, value, separators=",;|/+&")
        return _named(field, value)
    code = query.Term("delegation", delegation.code)
    named_for_a_time = delegation.since or delegation.until
    if not named_for_a_time or fold(value.text) != fold(delegation.name):
        return Filter(code, described=f"speaker {delegation.name}")
    if _is_quoted(value):
        return _shown_as(field, delegation.name)
    # A successor may have been shown under the name too.
    either = query.Or([code, ShownAs(field, delegation.name)])
    return Filter(either, described=f"speaker {delegation.name}")


def _party(field: str, value: Token) -> Filter:
    """Find a delegation or a group by its code or any of its names; any other by the words of the name."""
    from onrecord.indexer.register import delegation_by_code, delegation_named

    known = delegation_named(value.text)
    if known is None and not _is_quoted(value):
        known = delegation_by_code(value.text)
    if known is None:
        _refuse_list(field, value, separators=",;|/+&")
        return _named(field, value)
    return Filter(query.Term(f"{field}_code", known.code), described=f"{_PARTIES[field]} {known.name}")


def _in_any_order(field: str, value: Token) -> Filter:
    """Find names that have all of some words, in any order; in quotation marks, side by side."""
    if _is_quoted(value):
        return _named(field, value)
    named = list(dict.fromkeys(value.words))
    terms = [query.Term(field, word) for word in named]
    return Filter(query.And(terms) if len(terms) > 1 else terms[0])


def _forum(field: str, value: Token) -> Filter:
    """Find a forum under any of its names; any other by the words of the name."""
    from onrecord.indexer.register import forum_named

    typed, forum = _named(field, value), forum_named(value.text)
    if forum is None:
        _refuse_list(field, value, separators=",;|")
        return typed
    return Filter(query.Or([typed.child, _words(field, words(forum.name))]), described=f"forum {forum.name}")


def _unknown(field: str) -> Filter:
    """Find what has no value in a field."""
    column = "first" if field == "date" else field
    return Filter(Without(query.Every(), query.Every(column)), described=f"{field} unknown")


def _shown_as(field: str, name: str) -> Filter:
    """Find the statements that are shown, and counted, under exactly this name."""
    return Filter(ShownAs(field, name), described=f'{field} shown as "{displayed(name)}"')


def _is_quoted(value: Token) -> bool:
    """Tell whether a value was typed between quotation marks."""
    return value.kind is Kind.PHRASE


def _place(field: str, value: Token) -> Filter:
    """Find a city under any of its names; any other place by the words of the name."""
    from onrecord.indexer.register import place_names

    names = list(dict.fromkeys(tuple(words(name)) for name in place_names(value.text)))
    if not names:
        _refuse_list(field, value, separators=",;|/+&")
        return _named(field, value)
    city = place_names(value.text)[0]
    return Filter(query.Or([_words(field, name) for name in names]), described=f"place {city}")


def _named(field: str, value: Token) -> Filter:
    return Filter(_words(field, value.words))


def _words(field: str, named: Sequence[str]) -> query.Query:
    return query.Term(field, named[0]) if len(named) == 1 else query.Phrase(field, list(named))


# How the value of a field of names is read; words of the name, where nothing is said.
_READ: dict[str, Callable[[str, Token], Filter]] = {
    "speaker": _delegation,
    "person": _in_any_order,
    "post": _in_any_order,
    "behalf": _party,
    "delivered": _party,
    "forum": _forum,
    "place": _place,
}
