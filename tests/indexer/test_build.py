"""What an index does when texts come in, change and go."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from onrecord import (
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    SourceError,
    StoreError,
    Tally,
    build,
    open_index,
    remove,
    update,
)
from onrecord.indexer.store.merge_policy import FAN_IN
from onrecord.indexer.store.store import Store


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    write(folder, "panama.txt", "The canal is ours.\n\nThe tolls are low.")
    write(folder, "chad.txt", "The lake is shrinking.")
    return folder


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def total(folder: Path, typed: str) -> int:
    with open_index(folder) as index:
        return index.search(typed).total


def addresses(folder: Path) -> list[str]:
    with open_index(folder) as index:
        return sorted(hit.address for hit in index.search("the", mode="exact", limit=None))


def fingerprint(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_first_update_makes_the_index(texts: Path, tmp_path: Path) -> None:
    assert update(texts, into=tmp_path / "index").added == Tally(2, 3)


def test_an_update_without_changes_writes_nothing(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    before = fingerprint(tmp_path / "index")
    report = update(texts, into=tmp_path / "index")
    after = fingerprint(tmp_path / "index")
    # The stamps of files that were too fresh to trust are written once they are old enough.
    assert before.pop("SEEN")
    assert after.pop("SEEN")
    assert (report.written, report.unchanged, after) == (False, Tally(2, 3), before)


def test_an_edit_touches_its_own_statement_only(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    write(texts, "chad.txt", "The lake is growing.")
    report = update(texts, into=tmp_path / "index")
    assert (report.changed, report.unchanged, report.added) == (Tally(1, 1), Tally(1, 2), Tally())


def test_an_edit_is_found_and_what_it_replaced_is_not(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    write(texts, "chad.txt", "The lake is growing.")
    update(texts, into=tmp_path / "index")
    assert (total(tmp_path / "index", "growing"), total(tmp_path / "index", "shrinking")) == (1, 0)


def test_an_edit_leaves_every_address_as_it_was(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    before = addresses(tmp_path / "index")
    write(texts, "chad.txt", "The lake is growing.")
    update(texts, into=tmp_path / "index")
    assert addresses(tmp_path / "index") == before


def test_a_vanished_file_is_dropped(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    (texts / "panama.txt").unlink()
    assert update(texts, into=tmp_path / "index").removed == Tally(1, 2)


def test_an_update_of_one_folder_leaves_the_others_alone(texts: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(other, "peru.txt", "The guano is gone.")
    build([texts, other], into=tmp_path / "index")
    (texts / "chad.txt").unlink()
    update(texts, into=tmp_path / "index")
    assert total(tmp_path / "index", "guano") == 1


def test_an_update_without_paths_reads_those_of_before(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    write(texts, "peru.txt", "The guano is gone.")
    assert update(into=tmp_path / "index").added == Tally(1, 1)


def test_the_order_of_reading_does_not_change_an_address(texts: Path, tmp_path: Path) -> None:
    build([texts / "chad.txt", texts / "panama.txt"], into=tmp_path / "one")
    build([texts / "panama.txt", texts / "chad.txt"], into=tmp_path / "two")
    build(texts, into=tmp_path / "three")
    assert addresses(tmp_path / "one") == addresses(tmp_path / "two") == addresses(tmp_path / "three")


def test_equal_names_in_two_folders_have_addresses_of_their_own(texts: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(texts, other)
    build([texts, other], into=tmp_path / "index")
    found = addresses(tmp_path / "index")
    assert len(found) == len(set(found)) == 6


def test_remove_takes_a_file_out_and_leaves_it_on_disk(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    report = remove(texts / "chad.txt", into=tmp_path / "index")
    assert (report.removed, (texts / "chad.txt").exists()) == (Tally(1, 1), True)


def test_remove_names_a_path_that_is_not_indexed(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    with pytest.raises(SourceError, match="nothing of it is in the index"):
        remove(tmp_path / "elsewhere", into=tmp_path / "index")


def test_a_file_that_can_no_longer_be_read_keeps_what_was_indexed(texts: Path, tmp_path: Path) -> None:
    sidecar = write(texts, "chad.yaml", "date: 2019")
    build(texts, into=tmp_path / "index")
    sidecar.write_text("date: no such day", "utf-8")
    report = update(texts, into=tmp_path / "index")
    assert (len(report.failed), total(tmp_path / "index", "shrinking")) == (1, 1)


@pytest.mark.parametrize("name", ["nowhere", "longer than any file's name" * 10])
def test_a_path_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="no such file or folder"):
        update(tmp_path / name, into=tmp_path / "index")


def test_a_rebuild_equals_the_updates_that_led_to_it(texts: Path, tmp_path: Path) -> None:
    update(texts / "chad.txt", into=tmp_path / "index")
    update(texts, into=tmp_path / "index")
    before = addresses(tmp_path / "index")
    build(into=tmp_path / "index")
    assert addresses(tmp_path / "index") == before


def test_a_reader_keeps_its_generation_through_a_rebuild(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        write(texts, "chad.txt", "The lake is growing.")
        build(texts, into=tmp_path / "index")
        assert [hit.text for hit in index.search("lake")] == ["The lake is shrinking."]


def test_refresh_goes_on_with_the_newest_generation(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        write(texts, "chad.txt", "The lake is growing.")
        update(texts, into=tmp_path / "index")
        assert (index.refresh(), index.search("growing").total, index.refresh()) == (True, 1, False)


def test_a_second_writer_waits_and_then_gives_up(texts: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "index").writer(), pytest.raises(IndexLocked) as caught:
        update(texts, into=tmp_path / "index", wait=0.2)
    assert str(caught.value) == (
        f"{tmp_path / 'index'}: another onrecord index has been writing here for 0.2 seconds; "
        "try again when it has finished."
    )


@pytest.mark.parametrize("name", ["nowhere", "longer than any file's name" * 10, "."])
def test_a_folder_without_an_index_says_how_to_make_one(tmp_path: Path, name: str) -> None:
    with pytest.raises(IndexMissing) as caught:
        open_index(tmp_path / name)
    assert (
        str(caught.value) == f"{tmp_path / name}: there is no index here; make one with onrecord index PATH."
    )


HOSTILE = (
    b'{"version": 2, "number": 1, "roots": [], "segments": '
    b'[{"name": "../x", "statements": 1, "paragraphs": 1, "deleted": []}]}'
)


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", HOSTILE, b"\xff"])
def test_a_damaged_table_of_contents_is_named_and_a_rebuild_mends_it(
    texts: Path, tmp_path: Path, damage: bytes
) -> None:
    build(texts, into=tmp_path / "index")
    (tmp_path / "index" / "CURRENT").write_bytes(damage)
    with pytest.raises(IndexDamaged, match=r"CURRENT: .* doctor --repair"):
        open_index(tmp_path / "index")
    build(texts, into=tmp_path / "index")
    assert total(tmp_path / "index", "lake") == 1


def test_remove_makes_no_index(texts: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        remove(texts, into=tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_many_small_updates_leave_few_segments(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    for number in range(30):
        update(write(texts, f"extra-{number}.txt", f"The extra text {number}."), into=tmp_path / "index")
    assert len(list((tmp_path / "index").glob("*.seg"))) < 2 * FAN_IN
    assert len(addresses(tmp_path / "index")) == 33


def test_a_text_that_changes_again_and_again_is_there_once(texts: Path, tmp_path: Path) -> None:
    for number in range(12):
        write(texts, "chad.txt", f"The lake is {number} metres deep.")
        update(texts, into=tmp_path / "index")
    assert (total(tmp_path / "index", "lake"), total(tmp_path / "index", "11")) == (1, 1)


def test_the_segments_of_a_dead_writer_are_swept_away(texts: Path, tmp_path: Path) -> None:
    build(texts, into=tmp_path / "index")
    left = tmp_path / "index" / "segment-00000000deadbeef.seg"
    left.write_bytes(b"half a segment")
    update(texts, into=tmp_path / "index")
    assert not left.exists()


def test_files_with_names_that_are_no_text_are_indexed(texts: Path, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(texts) + b"/caf\xe9.txt")).write_text("The coffee is cold.", "utf-8")
    update(texts, into=tmp_path / "index")
    assert (total(tmp_path / "index", "coffee"), update(texts, into=tmp_path / "index").written) == (1, False)


def test_two_processes_make_the_index_that_one_makes(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(texts, into=tmp_path / "one")
    monkeypatch.setattr("onrecord.indexer.building.worker_pool._WORTH_A_PROCESS", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    report = build(texts, into=tmp_path / "two")
    assert (report.added, addresses(tmp_path / "two")) == (Tally(2, 3), addresses(tmp_path / "one"))


def test_a_process_that_dies_leaves_the_index_of_before(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(texts, into=tmp_path / "index")
    monkeypatch.setattr("onrecord.indexer.building.worker_pool._WORTH_A_PROCESS", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr("sys.executable", "false")
    with pytest.raises(StoreError, match="stopped with code 1; the index is as it was"):
        build(texts, into=tmp_path / "index")
    assert len(addresses(tmp_path / "index")) == 3


def test_less_memory_makes_more_segments(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.indexer.building.worker_pool._FEWEST_WORDS", 1)
    monkeypatch.setattr("onrecord.indexer.segments.writing.segment_writer._CHUNK", 0)
    build(texts, into=tmp_path / "little", memory=80)
    build(texts, into=tmp_path / "much")
    assert [len(list((tmp_path / name).glob("*.seg"))) for name in ("little", "much")] == [2, 1]
    assert addresses(tmp_path / "little") == addresses(tmp_path / "much")
