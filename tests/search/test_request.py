"""A question as one value: written down, read again, and asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query import Term

from onrecord import Index, Mode, QueryError, Request, Sort

NAMES = st.lists(st.text(max_size=5), max_size=3).map(tuple)
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
    ("data", "sentence"),
    [
        ({"text": "mines", "mode": "any"}, '"any" is not a mode; write exact or normal.'),
        ({"text": "mines", "sort": "best"}, '"best" is not a sort; write relevance or newest or oldest.'),
        ({"text": "mines", "offset": -1}, "Limit, offset and context are numbers from 0 up."),
        ({}, "A question has a text; give it one."),
        (
            {"text": "mines", "speakers": "Japan"},
            '"speakers" is no part of a question; write context, fold, forum, language, limit, mode, offset, '
            "place, since, sort, speaker, text, until.",
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
