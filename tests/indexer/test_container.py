"""A file of the index that is not whole is refused, whatever became of it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from oracles.invented import spoken

from onrecord.indexer.errors import IndexDamaged
from onrecord.indexer.segments.container import Container, write_container
from onrecord.indexer.segments.directory import FORMAT_VERSION
from onrecord.indexer.segments.records import SourceRecord
from onrecord.indexer.segments.writing.segment_writer import SegmentWriter


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a small segment file."""
    path = tmp_path_factory.mktemp("whole") / "segment"
    writer = SegmentWriter()
    writer.begin_source("a.md", SourceRecord("a.md", "", "0"))
    writer.add(spoken("a", "Mines and AIDS", "мины", "mine " * 300, "mine " * 1100))
    writer.write(path)
    return path.read_bytes()


def refused(data: bytes, path: Path) -> bool:
    """Tell whether a file of these bytes is refused on opening or on reading it whole."""
    path.write_bytes(data)
    try:
        return any(Container(path).verify())
    except IndexDamaged:
        return True


def test_a_whole_file_is_not_refused(whole: bytes, tmp_path: Path) -> None:
    assert not refused(whole, tmp_path / "segment")


def test_a_file_that_was_cut_off_is_refused(whole: bytes, tmp_path: Path) -> None:
    lengths = {*range(0, len(whole), 29), *range(len(whole) - 40, len(whole))}
    assert [length for length in lengths if not refused(whole[:length], tmp_path / "segment")] == []


def test_a_file_with_a_changed_byte_is_refused(whole: bytes, tmp_path: Path) -> None:
    chance = random.Random(1)
    places = {*range(80), *range(0, len(whole), 17), *range(len(whole) - 120, len(whole))}

    def changed(place: int) -> bytes:
        return whole[:place] + bytes([whole[place] ^ chance.randint(1, 255)]) + whole[place + 1 :]

    assert [place for place in places if not refused(changed(place), tmp_path / "segment")] == []


@pytest.mark.parametrize(
    "describe",
    [
        lambda known: [],
        lambda known: {},
        lambda known: known | {"version": FORMAT_VERSION + 1},
        lambda known: known | {"arrays": [1]},
        lambda known: known | {"arrays": {"a": 1}},
        lambda known: known | {"arrays": {"a": ["u1", 64]}},
        lambda known: known | {"arrays": {"a": ["O", 64, 4]}},
        lambda known: known | {"arrays": {"a": [["u1"], 64, 4]}},
        lambda known: known | {"arrays": {"a": ["u1", 64.0, 4]}},
        lambda known: known | {"arrays": {"a": ["u1", -64, 4]}},
        lambda known: known | {"arrays": {"a": ["u1", 8, 4]}},
        lambda known: known | {"arrays": {"a": ["u1", 128, 4]}},
        lambda known: known | {"arrays": {"a": ["u1", 64, -4]}},
        lambda known: known | {"arrays": {"a": ["u1", 64, 3]}},
        lambda known: known | {"arrays": {"a": ["u1", 64, 5]}},
        lambda known: known | {"arrays": {"a": ["u4", 64, 3]}},
        lambda known: known | {"arrays": {"a": ["u1", 64, 1 << 70]}},
        lambda known: known | {"arrays": {"a": ["u1", 64, 4], "b": ["u1", 64, 4]}},
    ],
)
def test_a_directory_that_describes_no_arrays_is_refused(
    describe: Callable[[dict[str, object]], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumps = json.dumps
    monkeypatch.setattr(json, "dumps", lambda known: dumps(describe(known)))
    write_container(tmp_path / "segment", {"a": b"1234"}.items())
    with pytest.raises(IndexDamaged):
        Container(tmp_path / "segment")


def test_a_file_that_is_not_there_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged) as error:
        Container(tmp_path / "segment")
    assert str(error.value) == (
        f"{tmp_path / 'segment'}: this file of the index is damaged; "
        "mend the index with onrecord doctor --repair."
    )


def test_an_array_that_is_not_there_is_damage(tmp_path: Path) -> None:
    write_container(tmp_path / "segment", {}.items())
    with pytest.raises(IndexDamaged):
        Container(tmp_path / "segment")["lengths"]


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    write_container(tmp_path / "segment", {}.items())
    with pytest.raises(FileExistsError):
        write_container(tmp_path / "segment", {}.items())
