"""Fields and their values, as queries that filter and never score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from whoosh import query

from onrecord.indexer.analysis.words import words
from onrecord.indexer.dates import DateInterval, PartialDate
from onrecord.indexer.errors import DateError
from onrecord.search.language.tokens import FIELDS, Kind, Token, displayed, value_token
from onrecord.search.query import Either, Filter
from onrecord.search.query.limits import WORDS

__all__ = ["any_value", "dated_within", "field_query"]

_DATES = frozenset(("date", "since", "until"))
_CODE_LENGTHS = (2, 3)  # ISO 639-1, and 639-3 where a language has no shorter code


def field_query(field: str, value: Token) -> Filter:
    """Find the statements whose field has this value."""
    if value.within is not None:
        raise value.error(f"{field}: does not take ~; write its value by itself, as in {FIELDS[field]}.")
    if field in _DATES:
        return _dated(field, value)
    if not value.words:
        raise value.error(f"{field}: has no value; write one directly behind it, as in {FIELDS[field]}.")
    if value.kind is Kind.WORD and not {"*", "?", "~"}.isdisjoint(value.text):
        raise value.error(
            f"{field}: does not take the signs *, ? and ~; write whole words, as in {FIELDS[field]}."
        )
    if field == "language":
        return Filter(query.Term("language", _language(value)))
    if field == "speaker":
        return _delegation(value)
    return _forum(value) if field == "forum" else _named(field, value)


def any_value(field: str, values: str | Sequence[str]) -> Filter | Either | None:
    """Find the statements whose field has any of these values; None where there are none."""
    listed = [values] if isinstance(values, str) else values
    if len(listed) > WORDS.most:
        raise WORDS.error(field)
    filters = [field_query(field, value_token(value)) for value in listed]
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
    code = value.words[0]
    if len(value.words) > 1 or not (code.isascii() and code.isalpha() and len(code) in _CODE_LENGTHS):
        raise value.error(
            f'"{displayed(value.text)}" is not the code of a language; write two letters, as in language:fr.'
        )
    return code


def _delegation(value: Token) -> Filter:
    """Find a delegation under any of its names; any other speaker by the words of the name."""
    from onrecord.indexer.register import delegation_named

    delegation = delegation_named(value.text)
    if delegation is None:
        return _named("speaker", value)
    return Filter(query.Term("delegation", delegation.code), described=f"speaker {delegation.name}")


def _forum(value: Token) -> Filter:
    """Find a forum under any of its names; any other by the words of the name."""
    from onrecord.indexer.register import forum_named

    typed, forum = _named("forum", value), forum_named(value.text)
    if forum is None:
        return typed
    return Filter(
        query.Or([typed.child, _words("forum", words(forum.name))]), described=f"forum {forum.name}"
    )


def _named(field: str, value: Token) -> Filter:
    return Filter(_words(field, value.words))


def _words(field: str, named: Sequence[str]) -> query.Query:
    return query.Term(field, named[0]) if len(named) == 1 else query.Phrase(field, list(named))
