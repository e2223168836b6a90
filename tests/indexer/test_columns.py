"""Lists, frequencies, records and terms are read as they were packed, each in a file of its own."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.indexer.errors import IndexDamaged
from onrecord.indexer.segments.columns import frequencies
from onrecord.indexer.segments.columns.blocks import BLOCK, GATHERED, BlockReader, BlockWriter
from onrecord.indexer.segments.columns.lists import ListReader, list_arrays
from onrecord.indexer.segments.columns.terms import TermList, term_arrays
from onrecord.indexer.segments.container import Container, write_container
from onrecord.indexer.segments.layout import starts_of

# Each example writes a file, which takes as long as the disk takes.
FEW = settings(max_examples=60, deadline=None)
LISTS = st.lists(st.sets(st.integers(0, 1 << 20), min_size=0, max_size=9).map(sorted))


def read_lists(lists: Sequence[Sequence[int]], folder: Path) -> ListReader:
    lengths = np.array([len(values) for values in lists], np.uint32)
    values = np.array([value for values in lists for value in values], np.uint32)
    path = folder / "lists"
    write_container(path, list_arrays("lists", values, starts_of(lengths), longest_plain=4).items())
    return ListReader.of(Container(path), "lists", lengths=lengths, longest_plain=4, bound=1 << 21)


@FEW
@given(LISTS)
def test_lists_are_read_as_arrays_as_bitmaps_and_all_at_once(lists: list[list[int]]) -> None:
    with TemporaryDirectory() as folder:
        reader = read_lists(lists, Path(folder))
        numbers = range(len(lists))
        assert [
            [reader.array(number).tolist() for number in numbers],
            [list(reader.bitmap(number)) for number in numbers],
            reader.all().tolist(),
        ] == [lists, lists, [value for values in lists for value in values]]


STRETCH = 1 << 16
# Spread over stretches, crowded into one, and of every length from plain to bitmap.
SPREAD = st.sets(st.integers(0, 5 * STRETCH - 1), max_size=30).map(sorted)
CROWDED = st.builds(
    lambda first, count: [*range(first, first + count)], st.integers(0, 4 * STRETCH), st.integers(0, 300)
)
HALVED = st.lists(SPREAD | CROWDED)


def read_halved(lists: Sequence[Sequence[int]], folder: Path, *, bound: int = 5 * STRETCH) -> ListReader:
    lengths = np.array([len(values) for values in lists], np.uint32)
    values = np.array([value for values in lists for value in values], np.uint32)
    kinds = {"longest_plain": 4, "longest_halved": 280, "bound": bound}
    write_container(folder / "lists", list_arrays("lists", values, starts_of(lengths), **kinds).items())
    return ListReader.of(Container(folder / "lists"), "lists", lengths=lengths, **kinds)


@FEW
@given(HALVED)
def test_lists_of_middle_length_are_read_as_they_were(lists: list[list[int]]) -> None:
    with TemporaryDirectory() as folder:
        reader = read_halved(lists, Path(folder))
        numbers = range(len(lists))
        assert [
            [reader.array(number).tolist() for number in numbers],
            [list(reader.bitmap(number)) for number in numbers],
            reader.all().tolist(),
        ] == [lists, lists, [value for values in lists for value in values]]


def test_a_list_that_crowds_a_stretch_is_a_bitmap_of_other_room_than_halves(tmp_path: Path) -> None:
    # Where there are forty stretches it would be of the same room.
    crowded = [*range(0, 512, 2), *(STRETCH * at for at in (1, 2, 3))]
    rooms = set()
    for stretches in range(4, 80):
        folder = tmp_path / str(stretches)
        folder.mkdir()
        reader = read_halved([crowded], folder, bound=stretches * STRETCH)
        assert reader.array(0).tolist() == crowded
        rooms.add(int(reader.at[1]))
    assert len(rooms) == 2


def _half(place: int, value: int) -> Callable[[np.ndarray], None]:
    return lambda data: data.view("<u2").__setitem__(place, value)


def _count(place: int, value: int) -> Callable[[np.ndarray], None]:
    return lambda data: data.view("u1").__setitem__(2 * 8 + place, value)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_half(2, 1), id="halves that fall"),
        pytest.param(_half(7, 900), id="a position outside"),
        pytest.param(_count(0, 9), id="more than there are"),
        pytest.param(_count(0, 0), id="fewer than there are"),
    ],
)
def test_halves_that_are_none_are_damage(change: Callable[[np.ndarray], None], tmp_path: Path) -> None:
    values = [1, 5, 9, STRETCH, STRETCH + 1, STRETCH + 2, 2 * STRETCH + 1, 2 * STRETCH + 7]
    bound = 2 * STRETCH + 800
    kinds = {"longest_plain": 4, "longest_halved": 280, "bound": bound}
    lengths = np.array([len(values)], np.uint32)
    arrays = list_arrays("lists", np.array(values, np.uint32), starts_of(lengths), **kinds)
    changed = {name: np.array(array) for name, array in arrays.items()}
    change(changed["lists"])
    write_container(tmp_path / "lists", changed.items())
    reader = ListReader.of(Container(tmp_path / "lists"), "lists", lengths=lengths, **kinds)
    with pytest.raises(IndexDamaged):
        reader.array(0)
    with pytest.raises(IndexDamaged):
        reader.all()


SIZE = 9
LARGE = st.integers(1, 20) | st.sampled_from([255, 256, 1 << 31])
HELD = st.dictionaries(st.integers(0, SIZE - 1), LARGE, min_size=1)


@FEW
@given(st.lists(HELD), st.sets(st.integers(0, SIZE - 1)))
def test_frequencies_are_read_as_lists_as_rows_and_in_some_paragraphs(
    groups: list[dict[int, int]], asked: set[int]
) -> None:
    # A byte for one or two, a row for three of nine and more.
    held = [sorted(group.items()) for group in groups]
    flat = np.array([pair for group in held for pair in group], np.uint32).reshape(-1, 2)
    counts = np.array([len(group) for group in held], np.uint32)
    some = np.array(sorted(asked), np.uint32)
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(frequencies, "LONGEST_BYTES", 2)
        patch.setattr(frequencies, "ROW_SHARE", 3)
        arrays = frequencies.frequency_arrays("f", flat[:, 1], flat[:, 0], starts_of(counts), size=SIZE)
        write_container(Path(folder) / "f", arrays.items())
        reader = frequencies.FrequencyReader.of(Container(Path(folder) / "f"), "f", counts=counts, size=SIZE)
        for number, group in enumerate(groups):
            if reader.has_row(number):
                row = [group.get(paragraph, 0) for paragraph in range(SIZE)]
                assert reader.row(number).tolist() == row
                assert reader.at_paragraphs(number, some).tolist() == [row[one] for one in sorted(asked)]
            else:
                assert reader.listed(number).tolist() == [times for _, times in held[number]]


def read_records(records: Sequence[bytes], folder: Path) -> BlockReader:
    writer = BlockWriter()
    writer.add(records)
    write_container(folder / "records", writer.arrays("records").items())
    return BlockReader(Container(folder / "records"), "records")


@FEW
@given(st.lists(st.binary(max_size=40) | st.integers(0, 3 * BLOCK).map(bytes), max_size=30))
def test_records_of_any_length_are_kept(records: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        reader = read_records(records, Path(folder))
        assert [list(reader.all()), [reader[at] for at in range(len(reader))]] == [records, records]


@FEW
@given(st.lists(st.binary(max_size=40) | st.integers(0, 2 * BLOCK).map(bytes), max_size=30), st.data())
def test_several_records_are_read_together_as_each_by_itself(
    records: list[bytes], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        reader = read_records(records, Path(folder))
        some = data.draw(st.lists(st.sampled_from(range(len(records))))) if records else []
        assert list(reader.several(some)) == [records[at] for at in some]
        assert list(reader.several(sorted(some))) == [records[at] for at in sorted(some)]


def test_records_beyond_the_sample_are_kept(tmp_path: Path) -> None:
    records = [random.Random(number).randbytes(4000) for number in range(5 * GATHERED // 4 // 4000)]
    reader = read_records(records, tmp_path)
    assert list(reader.all()) == records
    some = random.Random(1).choices(range(len(records)), k=1000)
    assert [reader[number] for number in some] == [records[number] for number in some]


@FEW
@given(st.sets(st.text(max_size=4)), st.text(max_size=3))
def test_terms_are_found_by_name_and_by_beginning(terms: set[str], sought: str) -> None:
    in_order = sorted(term.encode() for term in terms)
    with TemporaryDirectory() as folder:
        write_container(Path(folder) / "terms", term_arrays("terms", in_order).items())
        listed = TermList(Container(Path(folder) / "terms"), "terms")
        assert [list(listed), [listed.find(term) for term in in_order], listed.find(sought.encode())] == [
            in_order,
            [*range(len(terms))],
            in_order.index(sought.encode()) if sought in terms else None,
        ]
        assert [listed[number] for number in listed.beginning_with(sought.encode())] == [
            term for term in in_order if term.startswith(sought.encode())
        ]
