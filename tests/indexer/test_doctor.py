"""The doctor names what is damaged, and a repair always ends in an index that answers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from oracles.invented import spoken

from onrecord import (
    Examination,
    IndexDamaged,
    IndexMissing,
    Remedy,
    Repair,
    SourceError,
    build,
    examine,
    open_index,
    repair,
    update,
)
from onrecord.indexer.segments.records import SourceRecord
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.segments.writing.segment_writer import SegmentWriter
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.indexer.store.store import Store
from onrecord.search.cli import main

Damage = Callable[[Path], object]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    (folder / "africa").mkdir(parents=True)
    write(folder, "panama.txt", "The canal is ours.\n\nThe tolls are low.")
    write(folder, "africa/chad.txt", "The lake is shrinking.")
    return folder


@pytest.fixture
def index(texts: Path, tmp_path: Path) -> Path:
    """Make an index of two generations: an update added Peru."""
    build(texts, into=tmp_path / "index")
    write(texts, "peru.txt", "The guano is gone.")
    update(texts, into=tmp_path / "index")
    return tmp_path / "index"


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")


def held(index: Path) -> list[str]:
    """List the paragraphs of an index; each has the word."""
    with open_index(index) as opened:
        return sorted(hit.text for hit in opened.search("the", mode="exact", limit=None))


OLD = ["The canal is ours.", "The lake is shrinking.", "The tolls are low."]
NEW = sorted([*OLD, "The guano is gone."])


def segments(index: Path) -> tuple[Path, Path]:
    """Return the segment of the first build and that of the update."""
    first, second = (index / entry.name for entry in Store(index).generation().segments)
    return first, second


def flip(path: Path, *, at: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def flip_in_table(index: Path) -> None:
    flip(index / "CURRENT", at=20)


def garble_table(index: Path) -> None:
    (index / "CURRENT").write_bytes(b"\x80garbage")


def lose_table(index: Path) -> None:
    (index / "CURRENT").unlink()


def make_table_a_folder(index: Path) -> None:
    lose_table(index)
    (index / "CURRENT").mkdir()


def make_table_a_pipe(index: Path) -> None:
    lose_table(index)
    os.mkfifo(index / "CURRENT")


def make_table_a_link(index: Path) -> None:
    (index / "CURRENT").rename(index / "elsewhere")
    (index / "CURRENT").symlink_to("elsewhere")


def flip_in_the_update(index: Path) -> None:
    flip(segments(index)[1], at=100)


def lose_the_update(index: Path) -> None:
    segments(index)[1].unlink()


def truncate_the_update(index: Path) -> None:
    os.truncate(segments(index)[1], 1000)


def empty_the_update(index: Path) -> None:
    os.truncate(segments(index)[1], 0)


def flip_in_the_first(index: Path) -> None:
    flip(segments(index)[0], at=100)


def lose_the_first(index: Path) -> None:
    segments(index)[0].unlink()


def truncate_the_first(index: Path) -> None:
    os.truncate(segments(index)[0], 1000)


def damage_both(index: Path) -> None:
    flip_in_the_update(index)
    flip_in_the_first(index)


def leave_segments_only(index: Path) -> None:
    (index / "CURRENT").unlink()
    (index / "PREVIOUS").unlink(missing_ok=True)


def garble_both_tables(index: Path) -> None:
    garble_table(index)
    (index / "PREVIOUS").write_bytes(b"")


GOES_BACK = (
    *(flip_in_table, garble_table, lose_table, make_table_a_folder, make_table_a_pipe, make_table_a_link),
    *(flip_in_the_update, lose_the_update, truncate_the_update, empty_the_update),
)
IS_REBUILT = (
    *(flip_in_the_first, lose_the_first, truncate_the_first, damage_both),
    *(leave_segments_only, garble_both_tables),
)


@pytest.mark.parametrize("damage", [*GOES_BACK, *IS_REBUILT], ids=lambda damage: damage.__name__)
def test_damage_is_found(index: Path, damage: Damage) -> None:
    damage(index)
    assert not examine(index).healthy


@pytest.mark.parametrize("damage", GOES_BACK, ids=lambda damage: damage.__name__)
def test_what_an_update_wrote_is_damaged_and_the_generation_before_answers(
    index: Path, damage: Damage
) -> None:
    damage(index)
    assert (repair(index).remedy, held(index), examine(index).healthy) == (Remedy.WENT_BACK, OLD, True)


@pytest.mark.parametrize("damage", GOES_BACK, ids=lambda damage: damage.__name__)
def test_after_going_back_an_update_brings_the_rest(texts: Path, index: Path, damage: Damage) -> None:
    damage(index)
    repair(index)
    update(into=index)
    assert held(index) == NEW


@pytest.mark.parametrize("damage", IS_REBUILT, ids=lambda damage: damage.__name__)
def test_both_generations_are_damaged_and_the_texts_are_read_again(index: Path, damage: Damage) -> None:
    damage(index)
    assert (repair(index).remedy, held(index), examine(index).healthy) == (Remedy.REBUILT, NEW, True)


@pytest.mark.parametrize("damage", IS_REBUILT, ids=lambda damage: damage.__name__)
def test_a_rebuild_gives_every_paragraph_its_address_again(index: Path, damage: Damage) -> None:
    before = addresses(index)
    damage(index)
    repair(index)
    assert addresses(index) == before


def addresses(index: Path) -> list[str]:
    with open_index(index) as opened:
        return sorted(hit.address for hit in opened.search("the", mode="exact", limit=None))


def test_a_whole_index_has_no_faults(index: Path) -> None:
    assert examine(index) == Examination(str(index), generation=2, segments=2)


def test_a_whole_index_is_kept(index: Path) -> None:
    assert repair(index) == Repair(examine(index), Remedy.KEPT, generation=2)


def test_a_finding_names_the_file_and_what_is_wrong(index: Path) -> None:
    lost = segments(index)[0]
    lost.unlink()
    assert [str(fault) for fault in examine(index).faults] == [f"{lost}: this segment is missing"]


def test_leftovers_are_mentioned_and_swept(index: Path) -> None:
    left = index / "segment-0123456789abcdef.seg"
    left.write_bytes(b"half")
    assert [fault.file for fault in examine(index).faults if fault.harmless] == [str(left)]
    assert (repair(index).swept, left.exists()) == ((str(left),), False)


def test_damage_of_the_generation_before_is_mentioned_and_swept(index: Path) -> None:
    (index / "PREVIOUS").write_bytes(b"")
    assert (examine(index).healthy, len(examine(index).faults)) == (True, 1)
    repair(index)
    assert examine(index).faults == ()


def test_texts_that_changed_or_vanished_are_mentioned_only(texts: Path, index: Path) -> None:
    write(texts, "panama.txt", "The canal is theirs.")
    (texts / "peru.txt").unlink()
    found = examine(index)
    assert (found.healthy, [str(fault) for fault in found.faults]) == (
        True,
        [
            f"{texts / 'panama.txt'}: it has changed since it was indexed",
            f"{texts / 'peru.txt'}: it has vanished since it was indexed",
        ],
    )


def test_a_repair_names_the_files_whose_statements_are_lost(texts: Path, index: Path) -> None:
    (texts / "peru.txt").unlink()
    flip_in_the_first(index)
    assert (repair(index).lost, held(index)) == ((str(texts / "peru.txt"),), OLD)


def test_going_back_names_the_files_that_only_the_damaged_generation_knew(texts: Path, index: Path) -> None:
    flip_in_the_update(index)
    assert repair(index).lost == (str(texts / "peru.txt"),)


def test_texts_that_are_all_gone_are_asked_for(texts: Path, index: Path) -> None:
    shutil.rmtree(texts)
    damage_both(index)
    with pytest.raises(SourceError) as caught:
        repair(index)
    assert str(caught.value) == (
        f"{index}: none of the texts that it was made of is there any longer; "
        "say where they are with onrecord doctor --repair PATH."
    )


def test_texts_that_have_moved_are_given_by_path(texts: Path, index: Path) -> None:
    moved = texts.rename(texts.with_name("moved"))
    damage_both(index)
    assert (repair(index, [moved]).lost, held(index)) == ((), NEW)


def test_a_folder_without_an_index_has_nothing_to_examine(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        examine(tmp_path)
    with pytest.raises(IndexMissing):
        repair(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_an_index_that_is_damaged_says_how_to_mend_it(index: Path) -> None:
    garble_table(index)
    with pytest.raises(IndexDamaged) as caught:
        open_index(index)
    assert str(caught.value) == (
        f"{index / 'CURRENT'}: the table of contents is damaged; "
        "mend the index with onrecord doctor --repair."
    )


def test_the_command_tells_healthy_from_damaged_by_its_exit_code(index: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["doctor", "-i", str(index)]).exit_code == 0
    lose_the_first(index)
    assert run(main, ["doctor", "-i", str(index)]).exit_code == 1
    assert run(main, ["doctor", "--repair", "-i", str(index)]).exit_code == 0
    assert run(main, ["doctor", "-i", str(index)]).exit_code == 0


def test_the_command_prints_a_line_for_each_finding_and_each_thing_done(index: Path) -> None:
    lost = segments(index)[1]
    lost.unlink()
    lines = CliRunner().invoke(main, ["doctor", "--repair", "-i", str(index)]).stdout.splitlines()
    assert lines == [
        f"found: {lost}: this segment is missing",
        "went back to the generation before, now generation 3; onrecord index brings it up to date",
    ]


def test_a_source_about_which_a_stranger_wrote_anything_is_damage(tmp_path: Path) -> None:
    writer = SegmentWriter()
    writer.begin_source("/texts/panama.txt", SourceRecord(7, None, ""))  # type: ignore[arg-type]
    writer.add(spoken("panama", "The canal is ours."))
    writer.write(tmp_path / "segment")
    segment = Segment(tmp_path / "segment")
    with pytest.raises(IndexDamaged, match="sources"):
        Catalogue([segment]).source("/texts/panama.txt")


def test_the_texts_of_an_archive_are_found_in_it_again(texts: Path, index: Path) -> None:
    archive = shutil.make_archive(str(texts.with_name("letters")), "zip", texts)
    shutil.rmtree(texts)
    build(archive, into=index)
    before = addresses(index)
    assert examine(index).faults == ()
    leave_segments_only(index)
    assert (repair(index).lost, addresses(index)) == ((), before)
