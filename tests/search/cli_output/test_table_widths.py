"""Tables as people see them: whole where there is room, and what gives way where there is none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.search.cli.formats import aligned
from onrecord.search.cli.screen import Screen, cells
from onrecord.search.research.tables import Column, Table

TABLE = Table(
    (
        Column("name"),
        Column("paragraphs", number=True),
        Column("of_paragraphs", number=True),
        Column("address"),
    ),
    (
        ("Japan", 1200, 3000, "2021-10-05-japan-first-committee-le5px#2"),
        ("United Kingdom", 7, 9, "2022-10-07-united-kingdom-first-committee-dwxkl"),
        ("Chile", None, 0, None),
    ),
)


def test_a_table_has_room_in_a_pipe() -> None:
    assert list(aligned(TABLE, Screen())) == [
        "name            paragraphs  of paragraphs  address",
        "Japan                1,200          3,000  2021-10-05-japan-first-committee-le5px#2",
        "United Kingdom           7              9  2022-10-07-united-kingdom-first-committee-dwxkl",
        "Chile                    –              0  –",
    ]


def test_addresses_become_short_first_where_there_is_no_room() -> None:
    assert list(aligned(TABLE, Screen(width=60))) == [
        "name            paragraphs  of paragraphs  address",
        "Japan                1,200          3,000  le5px#2",
        "United Kingdom           7              9  dwxkl",
        "Chile                    –              0  –",
    ]


def test_then_heads_of_numbers_take_two_lines() -> None:
    assert list(aligned(TABLE, Screen(width=48))) == [
        "                                    of",
        "name            paragraphs  paragraphs  address",
        "Japan                1,200       3,000  le5px#2",
        "United Kingdom           7           9  dwxkl",
        "Chile                    –           0  –",
    ]


def test_then_names_are_cut() -> None:
    assert list(aligned(TABLE, Screen(width=44)))[3:] == [
        "United Kin…           7           9  dwxkl",
        "Chile                 –           0  –",
    ]


@given(
    st.integers(1, 120),
    st.lists(
        st.tuples(st.text(alphabet="ab 中é", max_size=30), st.none() | st.integers(0, 10**6)), max_size=5
    ),
)
def test_no_number_is_ever_cut(width: int, rows: list[tuple[str, int | None]]) -> None:
    table = Table((Column("name"), Column("of_statements", number=True)), tuple(rows))
    lines = list(aligned(table, Screen(width=width)))
    for line, (_, number) in zip(lines[-len(rows) :] if rows else [], rows, strict=True):
        assert line.endswith("–" if number is None else f"{number:,}")
    if width >= 8 + 2 + 10:
        assert max(map(cells, lines)) <= width
