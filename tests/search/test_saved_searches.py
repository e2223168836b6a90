"""Questions with names, in a file that people edit by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import AlertError, DateError, QueryError
from onrecord.search.alerts import Saved, SavedSearches

BY_HAND = """\
# What we watch. Do not touch the sea!
landmines:
  query: '"anti-personnel mines" OR APMBC'   # both treaties
  forum: [conference on disarmament, general debate]
  since: -30d
  grammar: 2

climate: '"climate change"'
# behind
sea: {query: sea, mode: exact, fold: true, speaker: ~}
"""
TODAY = date(2026, 11, 29)


def read(folder: Path, text: str) -> SavedSearches:
    (folder / "onrecord-saved.yaml").write_text(text, "utf-8")
    return SavedSearches.beside(folder / ".onrecord")


def test_a_file_by_hand_is_read_as_it_is_meant(tmp_path: Path) -> None:
    saved = read(tmp_path, BY_HAND)
    assert saved.left_out == ()
    assert [one.as_dict() for one in saved.searches] == [
        {
            "name": "landmines",
            "query": '"anti-personnel mines" OR APMBC',
            "forum": ["conference on disarmament", "general debate"],
            "since": "-30d",
            "grammar": 2,
        },
        {"name": "climate", "query": '"climate change"'},
        {"name": "sea", "query": "sea", "speaker": [None], "mode": "exact", "fold": True},
    ]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (
            'bad: "anti-personnel mines" OR APMBC',
            "this is no YAML; put a question with signs in it between single quotation marks",
        ),
        ("bad: [a, b]", "bad is a list; write name: question, or query: and filters below the name"),
        ("bad:", "bad has no question; write one behind query:"),
        ("bad:\n  mode: exact", "bad has no question; write one behind query:"),
        ("bad: {query: a, fold: perhaps}", "fold is true or false; write one of these"),
        (
            "bad: {query: a, mode: loose}",
            '"loose" is not a mode; write exact or normal or broad',
        ),
        (
            "bad: {query: a, grammar: 99}",
            "bad is written in version 99 of the query language, and this is version 2; update On Record",
        ),
        ("bad: {query: a, since: -9999y}", '"-9999y" is before all dates; write fewer days'),
        ("climate: sea", 'another one has the name "climate"; give it its own'),
        ("CLIMATE: sea", 'another one has the name "CLIMATE"; give it its own'),
        ("just words", "an entry is a name with a question behind it; write name: question"),
        ("bad: &a [*a]", "bad is a list; write name: question, or query: and filters below the name"),
        (
            "../up: sea",
            '"../up" is no name for a saved search; '
            "write up to 64 letters, digits, dots and hyphens, a letter or a digit first",
        ),
    ],
)
def test_a_bad_entry_is_named_and_the_rest_goes_on(tmp_path: Path, entry: str, reason: str) -> None:
    saved = read(tmp_path, f"climate: '\"climate change\"'\n{entry}\nlast: sea\n")
    assert [one.name for one in saved.searches] == ["climate", "last"]
    assert saved.left_out == (f"onrecord-saved.yaml, line 2, is left out: {reason}.",)


def test_an_entry_of_an_unknown_part_is_left_out(tmp_path: Path) -> None:
    saved = read(tmp_path, "bad: {query: sea, speeker: Japan}\nlast: sea\n")
    assert [one.name for one in saved.searches] == ["last"]
    assert '"speeker" is no part of bad' in saved.left_out[0]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("-30d", "2026-10-30"),
        ("-2w", "2026-11-15"),
        ("-1m", "2026-10-29"),
        ("-9m", "2026-02-28"),
        ("-1y", "2025-11-29"),
        ("today", "2026-11-29"),
        ("2015", "2015"),
        ("2015-09", "2015-09"),
    ],
)
def test_relative_dates_stay_relative(written: str, day: str) -> None:
    saved = Saved.of("x", "mines", since=written)
    assert saved.as_dict()["since"] == written
    assert saved.request(TODAY).since == day


def test_what_is_no_question_is_not_saved() -> None:
    with pytest.raises(QueryError):
        Saved.of("x", "mines", mode="loose")
    with pytest.raises(DateError):
        Saved.of("x", "mines", until="-99999y")
    with pytest.raises(AlertError, match="no name for a saved search"):
        Saved.of("a/b", "mines")


def test_adding_and_removing_leave_all_else_as_it_is_written(tmp_path: Path) -> None:
    saved = read(tmp_path, BY_HAND)
    new = Saved.of("new", '\'tis OR "a b"', speaker=["Japan", None], since="-2w")
    longer = read(tmp_path, saved.with_more(new))
    assert longer.text.startswith(BY_HAND)
    assert longer.searches == (*saved.searches, new)
    assert longer.without("new") == BY_HAND
    assert read(tmp_path, longer.without("climate")).text == longer.text.replace(
        "climate: '\"climate change\"'\n", ""
    )


def test_a_bad_entry_stays_where_it_is(tmp_path: Path) -> None:
    text = 'bad: "a" b\n\nfine: sea\n'
    saved = read(tmp_path, text)
    assert saved.with_more(Saved.of("new", "mines")).startswith(text)
    assert saved.without("fine") == 'bad: "a" b\n'


def test_a_name_is_saved_once(tmp_path: Path) -> None:
    saved = read(tmp_path, BY_HAND)
    with pytest.raises(AlertError, match='There is a saved search "sea" already'):
        saved.with_more(Saved.of("sea", "ocean"))
    with pytest.raises(AlertError, match="there are landmines, climate, sea"):
        saved.without("ocean")


@given(
    st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text.strip()),
    st.lists(st.text(st.characters(codec="utf-8"), min_size=1), max_size=3),
)
def test_what_is_written_reads_back(
    tmp_path_factory: pytest.TempPathFactory, query: str, speakers: list[str]
) -> None:
    saved = Saved.of("x", query, speaker=speakers)
    folder = tmp_path_factory.mktemp("saved")
    assert read(folder, SavedSearches(folder).with_more(saved)).searches == (saved,)


@given(st.text())
def test_no_text_is_more_than_named(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("saved")
    (folder / "onrecord-saved.yaml").write_bytes(text.encode("utf-8", "replace"))
    saved = SavedSearches.beside(folder / "index")
    assert all(" is left out: " in fault for fault in saved.left_out)
