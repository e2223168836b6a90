"""A question as one value: written down, read again, and asked."""

from __future__ import annotations

import datetime
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query import Term

from onrecord import AddressError, Index, Mode, OnRecordError, PartialDate, QueryError, Request, Sort

NAMES = st.lists(st.none() | st.text(max_size=5), max_size=3).map(tuple)
REQUESTS = st.builds(
    Request,
    text=st.text(max_size=10),
    speaker=NAMES,
    forum=NAMES,
    place=NAMES,
    language=NAMES,
    since=st.none() | st.just("2019"),
    until=st.none() | st.just("2021-09"),
    mode=st.sampled_from(Mode),
    sort=st.sampled_from(Sort),
    limit=st.none() | st.integers(0, 10),
    offset=st.integers(0, 10),
    context=st.integers(0, 3),
    fold=st.booleans(),
)


@given(REQUESTS)
def test_a_request_comes_back_from_json(request_: Request) -> None:
    assert Request.from_dict(json.loads(json.dumps(request_.as_dict()))) == request_


def test_what_is_left_out_is_as_if_it_had_not_been_said() -> None:
    assert Request.from_dict({"text": "mines"}) == Request("mines") == Request.of("mines")


def test_a_request_is_answered_as_a_search_with_its_options(index: Index) -> None:
    searched = index.search("canal", speaker="Panama", sort="newest", limit=1, context=1)
    asked = index.ask(Request("canal", speaker=("Panama",), sort=Sort.NEWEST, limit=1, context=1))
    assert (asked.hits, asked.total, asked.understood) == (searched.hits, searched.total, searched.understood)


@pytest.mark.parametrize(
    ("given_", "means", "why"),
    [
        ({"since": datetime.date(2011, 1, 1)}, {"since": "2011-01-01"}, "a day (S2-6)"),
        ({"since": datetime.datetime(2011, 1, 1, 12, 30)}, {"since": "2011-01-01"}, "a moment of it"),
        ({"until": 2011}, {"until": "2011"}, "a year (S2-6)"),
        ({"until": np.int64(2011)}, {"until": "2011"}, "a year out of a table"),
        ({"since": PartialDate(2011, 5)}, {"since": "2011-05"}, "a month"),
        ({"speaker": "Panama"}, {"speaker": ("Panama",)}, "one name"),
        ({"speaker": (name for name in ("Panama", "Chad"))}, {"speaker": ("Panama", "Chad")}, "a generator"),
        ({"forum": ["CCM", None]}, {"forum": ("CCM", None)}, "a name, or nothing known (S2-6)"),
        ({"speaker": None, "since": None, "mode": None, "sort": None}, {}, "nothing said"),
        ({"limit": None}, {"limit": None}, "all hits"),
        ({"limit": np.int32(3)}, {"limit": 3}, "a number of another kind"),
        ({"mode": "exact", "sort": "oldest"}, {"mode": Mode.EXACT, "sort": Sort.OLDEST}, "by their names"),
    ],
)
def test_values_are_taken_for_what_they_mean(given_: dict[str, Any], means: dict[str, Any], why: str) -> None:
    meant = Request.of("mines", **given_)
    assert meant == Request("mines", **means), why
    assert Request.from_dict(meant.as_dict()) == meant


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"limit": "5"}, 'Limit is a number from 0 up, or None for all, and not "5".'),
        ({"limit": True}, "Limit is a number from 0 up, or None for all, and not True."),
        ({"offset": None}, "Offset is a number from 0 up and not None."),
        ({"context": 1.5}, "Context is a number from 0 up and not 1.5."),
        ({"context": -1}, "Limit, offset and context are numbers from 0 up."),
        ({"speaker": 5}, "Speaker takes a name, or a list of names and None, and not 5."),
        ({"place": ["Geneva", 5]}, "Place takes a name, or a list of names and None, and not 5."),
        ({"forum": b"CCM"}, "Forum takes a name, or a list of names and None, and not b'CCM'."),
        (
            {"forum": {"name": "CCM"}},
            "Forum takes a name, or a list of names and None, and not {'name': 'CCM'}.",
        ),
        ({"since": 3.5}, "Since takes a date and not 3.5; write 2021 or 2021-09-20."),
        ({"until": True}, "Until takes a date and not True; write 2021 or 2021-09-20."),
        ({"fold": "no"}, 'Fold is True or False, and not "no".'),
        ({"mode": 5}, '"5" is not a mode; write exact or normal or broad.'),
        (
            {"speakers": "Japan"},
            '"speakers" is no part of a question; write behalf, context, delivered, fold, forum, language, '
            "limit, match, mode, offset, "
            "person, place, post, since, sort, speaker, text, until.",
        ),
    ],
)
def test_what_is_no_value_is_answered_with_what_to_write(given_: dict[str, Any], sentence: str) -> None:
    """S2-6."""
    with pytest.raises(OnRecordError) as caught:
        Request.of("mines", **given_)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("text", [None, 5, b"mines", ["mines"]])
def test_what_is_no_question_is_refused_in_a_sentence(index: Index, text: Any) -> None:
    """S2-6."""
    with pytest.raises(QueryError, match=r"^A question is a text or a query tree, and not "):
        index.search(text)


@pytest.mark.parametrize("context", [-1, "2", None])
def test_so_is_a_number_of_neighbours_that_is_none(index: Index, context: Any) -> None:
    """S2-6."""
    with pytest.raises(QueryError, match="number"):
        index.show(index.search("grain")[0].address, context=context)


@pytest.mark.parametrize("address", [None, 5, b"a#1"])
def test_so_is_an_address_that_is_none(index: Index, address: Any) -> None:
    with pytest.raises(AddressError, match=" is not an address; write "):
        index.show(address)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"text": "mines", "mode": "any"}, '"any" is not a mode; write exact or normal or broad.'),
        (
            {"text": "mines", "sort": "best"},
            '"best" is not a sort; write relevance or statement or newest or oldest or address.',
        ),
        ({"text": "mines", "offset": -1}, "Limit, offset and context are numbers from 0 up."),
        ({}, "A question has a text; give it one."),
        (
            {"text": "mines", "speakers": "Japan"},
            '"speakers" is no part of a question; write behalf, context, delivered, fold, forum, language, '
            "limit, match, mode, offset, "
            "person, place, post, since, sort, speaker, text, until.",
        ),
    ],
)
def test_what_is_no_request_is_answered_with_what_to_write(data: dict[str, Any], sentence: str) -> None:
    with pytest.raises(QueryError) as caught:
        Request.from_dict(data)
    assert str(caught.value) == sentence


def test_a_tree_cannot_be_written_down() -> None:
    with pytest.raises(QueryError, match="cannot be saved"):
        Request(Term("text", "mines")).as_dict()


def test_an_option_and_a_field_that_leave_no_day_between_them_are_refused(index: Index) -> None:
    """S2-1: --since 2015 'peace until:2010'."""
    with pytest.raises(QueryError, match=r"ends before it begins"):
        index.search("peace until:2010", since="2015")
