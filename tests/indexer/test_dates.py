"""Dates: how precise they are, and how they are found in running text."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.indexer.dates import DateInterval, PartialDate
from onrecord.indexer.errors import DateError
from onrecord.indexer.register.written_dates import find_dates


def found(text: str, *, day_first: bool | None = None) -> list[str]:
    return [str(date.date) for date in find_dates(text, day_first=day_first)]


@pytest.mark.parametrize(
    "text",
    [
        "20 September 2021",
        "September 20, 2021",
        "20th of September 2021",
        "Monday 20th September, 2021",
        "le 20 septembre 2021",
        "20 de septiembre de 2021",
        "20 SEPTEMBER 2021",
        "Sept. 20, 2021",
        "2021-09-20",
        "20.09.2021",
        "9/20/2021",
        "20/09/2021",
        "20\nSeptember\n2021",
        "20th day of September 2021",
    ],
)
def test_a_day_is_found_in_every_usual_order(text: str) -> None:
    assert found(text) == ["2021-09-20"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("le 1er octobre 2019", "2019-10-01"),
        ("1º de mayo de 2020", "2020-05-01"),
        ("den 17 september 2024", "2024-09-17"),
        ("3. März 2020", "2020-03-03"),
        ("27'\" September, 2024", "2024-09-27"),
        ("28 Februrary 2022", "2022-02-28"),
    ],
)
def test_ordinals_languages_and_slips_are_read(text: str, date: str) -> None:
    assert found(text) == [date]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Paris, 5.IV.2022", ["2022-04-05"]),
        ("le 5 IV 2022", ["2022-04-05"]),
        ("3. VI. 2022", ["2022-06-03"]),
        ("31-XII-2021", ["2021-12-31"]),
        ("5.IV 2022", []),
        ("5.IIII.2022", []),
        ("31.II.2022", []),
        ("Chapter IV 2022", []),
    ],
)
def test_a_month_in_roman_figures_stands_between_two_like_signs(text: str, dates: list[str]) -> None:
    assert found(text) == dates


@pytest.mark.parametrize(("text", "date"), [("septembre 2021", "2021-09"), ("mayo de 2021", "2021-05")])
def test_a_month_stays_a_month(text: str, date: str) -> None:
    assert found(text) == [date]


@pytest.mark.parametrize("text", ["(2021)", "Geneva, 2021", "2021", "Statement\n2021\nGeneva"])
def test_a_year_set_apart_is_a_date(text: str) -> None:
    assert found(text) == ["2021"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2020 Review Conference", "a year in a forum's name"),
        ("A/RES/76/47", "a document"),
        ("the 2030 Agenda", "a programme"),
        ("4/5/2021", "either order"),
        ("12-13 April 2018", "several days"),
        ("du 20 au 28 septembre 2024", "several days"),
        ("from 20 September to 3 October 2021", "several days"),
        ("April 12-13, 2018", "several days"),
        ("20 September", "no year"),
        ("79 sessions 2021 times", "no month"),
    ],
)
def test_what_is_no_date_for_certain_is_left_alone(text: str, why: str) -> None:
    assert found(text) == [], why


def test_the_caller_settles_the_order_of_figures() -> None:
    assert found("4/5/2021", day_first=True) == ["2021-05-04"]
    assert found("4/5/2021", day_first=False) == ["2021-04-05"]


def test_dates_come_in_the_order_of_the_text() -> None:
    assert found("May 2020, then 2021-09-20") == ["2020-05", "2021-09-20"]


@given(st.text(alphabet="0123456789/-., ()MayJune\n", max_size=40))
def test_evidence_is_the_text_at_its_offsets(text: str) -> None:
    assert all(date.evidence == text[date.start : date.end] for date in find_dates(text))


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_written_out_is_found_again(day: datetime.date) -> None:
    assert found(f"{day.day} {day:%B} {day.year}") == [day.isoformat()]


@pytest.mark.parametrize("text", ["2021", "2021-09", "2021-09-20"])
def test_a_date_keeps_its_precision(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize("text", ["2021-13", "2021-02-30", "yesterday", ""])
def test_what_is_not_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", datetime.date(2021, 1, 1), datetime.date(2021, 12, 31)),
        ("2021-09", datetime.date(2021, 9, 1), datetime.date(2021, 9, 30)),
        ("2021-12", datetime.date(2021, 12, 1), datetime.date(2021, 12, 31)),
        ("2020-02", datetime.date(2020, 2, 1), datetime.date(2020, 2, 29)),
        ("2021-02", datetime.date(2021, 2, 1), datetime.date(2021, 2, 28)),
        ("2021-09-20", datetime.date(2021, 9, 20), datetime.date(2021, 9, 20)),
    ],
)
def test_a_date_means_the_days_from_its_first_to_its_last(
    text: str, first: datetime.date, last: datetime.date
) -> None:
    parsed = PartialDate.parse(text)
    assert (parsed.first, parsed.last) == (first, last)


def test_a_year_is_not_inside_one_of_its_months() -> None:
    assert not DateInterval.parse("2021-09").holds(PartialDate(2021))


def test_an_open_interval_holds_all_that_comes_after() -> None:
    assert DateInterval.parse("2019..").holds(PartialDate(2026, 1, 1))


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(DateError, match=r"ends before it begins; write the earlier date first\."):
        DateInterval.parse("2021..2019")
