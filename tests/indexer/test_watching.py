"""A folder that is watched: what is still is taken in, what is away is waited for; it ends as built anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from faults.disk import fails, is_killed
from oracles.arriving import LAST, Arriving, paragraphs_of

from onrecord import build, open_index
from onrecord.indexer.store.store import Store
from onrecord.indexer.watching.look import look_at, unsettled
from onrecord.indexer.watching.watch import Round, watch


def rounds(
    folder: Path, index: Path, number: int, then: Callable[[Round], object] = lambda done: None
) -> list[Round]:
    """Watch for some rounds without a rest, and let something happen after each."""
    done: list[Round] = []

    def told(one: Round) -> None:
        done.append(one)
        then(one)

    watch([folder], into=index, told=told, is_over=lambda: len(done) >= number, every=0.0)
    return done


def text(folder: Path, name: str, said: str = "The canal is ours.", *, speaker: str = "Panama") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"Statement by {speaker}\n\n{said}\n", "utf-8")
    return path


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    text(folder, "panama.txt")
    return folder


@pytest.mark.parametrize("seed", range(6))
def test_what_arrives_changes_and_goes_ends_as_a_fresh_index(tmp_path: Path, seed: int) -> None:
    draw = Random(seed)
    press = Arriving(tmp_path / "texts", draw)
    index, fresh = tmp_path / "index", tmp_path / "fresh"

    def happens(done: Round) -> None:
        if done.report and done.report.written:
            assert all(LAST in said for said in last_paragraphs(index))
        press.happen(draw.choice((0, 0, 0, 1, 4)))

    for _ in range(2):
        rounds(press.folder, index, 30, happens)
        press.finish()
        is_killed(lambda: rounds(press.folder, index, 3), draw.randint(1, 30))
    press.finish()
    assert rounds(press.folder, index, 4)[-1].report is not None
    build(press.folder, into=fresh)
    assert paragraphs_of(index) == paragraphs_of(fresh)


def last_paragraphs(index: Path) -> list[str]:
    last: dict[str, str] = {}
    for address, said in sorted(paragraphs_of(index).items(), key=lambda one: int(one[0].rpartition("#")[2])):
        last[address.rpartition("#")[0]] = said
    return list(last.values())


def test_a_file_is_taken_in_when_two_looks_agree_on_it(texts: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    first, second = rounds(texts, index, 2)
    assert (first.report, first.waiting) == (None, 1)
    assert second.report is not None
    assert second.report.added.statements == 1


def test_what_arrives_together_is_one_update(texts: Path, tmp_path: Path) -> None:
    coming = iter(range(5))

    def arrive(done: Round) -> None:
        for number in coming:
            text(texts, f"{number}.txt")
            return

    done = rounds(texts, tmp_path / "index", 9, arrive)
    assert [one.report.added.statements for one in done if one.report and one.report.written] == [6]


def test_what_never_comes_to_rest_does_not_hold_up_the_others(texts: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    rounds(texts, index, 2)
    text(texts, "chad.txt", "The lake is dry.", speaker="Chad")

    def write(done: Round) -> None:
        with (texts / "log.txt").open("a") as file:
            file.write("A line without an end.\n")

    write(Round())
    rounds(texts, index, 14, write)
    assert {*paragraphs_of(index).values()} == {"The canal is ours.", "The lake is dry."}


def test_a_text_that_is_being_written_anew_keeps_what_the_index_has(texts: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    text(texts, "log.txt", "The first of many.")
    rounds(texts, index, 2)
    before = paragraphs_of(index)

    def write(done: Round) -> None:
        with (texts / "log.txt").open("a") as file:
            file.write("\n\nAnd one more.\n")

    write(Round())
    done = rounds(texts, index, 14, write)
    assert paragraphs_of(index) == before
    assert [one.report.unchanged.statements for one in done if one.report] == [2]


def test_a_file_that_was_moved_goes_and_comes_in_one_commit(texts: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    text(texts, "chad.txt", speaker="Chad")
    rounds(texts, index, 2)
    before = next(address for address in paragraphs_of(index) if "chad" in address)

    def move(done: Round) -> None:
        if (texts / "chad.txt").exists():
            (texts / "2026").mkdir()
            (texts / "chad.txt").rename(texts / "2026" / "chad.txt")

    done = rounds(texts, index, 5, move)
    (written,) = (one.report for one in done if one.report and one.report.written)
    assert (written.added.statements, written.removed.statements) == (1, 1)
    with open_index(index) as opened:
        assert next(iter(opened.show(before, context=0))).text == "The canal is ours."


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_share_that_is_away_is_named_and_waited_for(texts: Path, tmp_path: Path, how: str) -> None:
    index, elsewhere = tmp_path / "index", tmp_path / "elsewhere"
    text(texts, "chad.txt", speaker="Chad")
    rounds(texts, index, 2)
    before = paragraphs_of(index)
    texts.rename(elsewhere)
    if how == "empty":
        texts.mkdir()
    done = rounds(texts, index, 3)[-1]
    said = done.problem or str(done.report and done.report.absent[0])
    assert str(texts) in said
    assert "what the index has of it is kept" in said
    assert paragraphs_of(index) == before
    if how == "empty":
        texts.rmdir()
    elsewhere.rename(texts)
    text(texts, "japan.txt", "We regret it.", speaker="Japan")
    rounds(texts, index, 3)
    assert len(paragraphs_of(index)) == 3


def test_a_share_inside_a_folder_is_waited_for_where_it_is_named_too(texts: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    share = text(texts, "share/chad.txt", speaker="Chad").parent

    def update(number: int) -> Round:
        done: list[Round] = []
        watch([texts, share], into=index, told=done.append, is_over=lambda: len(done) >= number, every=0.0)
        return done[-1]

    for _ in range(2):
        report = update(2).report
        assert report is not None
        assert not report.absent
    (share / "chad.txt").unlink()
    report = update(3).report
    assert report is not None
    assert [error.source for error in report.absent] == [str(share)]
    assert len(paragraphs_of(index)) == 2


def test_another_writer_is_waited_for_and_told(texts: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    rounds(texts, index, 2)
    text(texts, "chad.txt", speaker="Chad")
    writer = Store(index).writer()
    problems = []

    def told(done: Round) -> None:
        if done.problem:
            problems.append(done.problem)
            writer.close()

    done = rounds(texts, index, 3, told)
    assert problems == [f"{index}: another onrecord index is writing here; it is waited for."]
    assert done[-1].report is not None
    assert len(paragraphs_of(index)) == 2


def test_a_watch_that_is_to_end_does_not_wait_for_another_writer(texts: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    rounds(texts, index, 2)
    with Store(index).writer():
        done = rounds(texts, index, 2)
    assert [one.report for one in done] == [None, None, None]  # the second tells that it waits


def test_a_full_disk_is_a_sentence_and_the_next_round_tries_again(texts: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    done: list[Round] = []
    fails(
        lambda: done.extend(rounds(texts, index, 2)),
        1,
        errno=28,
        names=frozenset({"write"}),
        for_good=True,
    )
    assert done[-1].problem == (
        f"{index}: the index could not be written (no space left on device) and is as whole as before; "
        "make room there and run the command again."
    )
    assert rounds(texts, index, 2)[-1].report is not None
    assert len(paragraphs_of(index)) == 1


def test_nothing_is_read_while_what_it_is_read_with_is_being_written(texts: Path, tmp_path: Path) -> None:
    before = look_at([texts], index=tmp_path)
    (texts / "onrecord-overrides.yaml").write_text("panama.txt: {speaker: Pan", "utf-8")
    assert unsettled(before, look_at([texts], index=tmp_path)) == {str(texts)}


def test_the_number_of_a_file_on_the_disk_says_nothing(texts: Path, tmp_path: Path) -> None:
    before = look_at([texts], index=tmp_path)
    path = texts / "panama.txt"
    known = path.stat()
    content = path.read_bytes()
    path.unlink()
    (texts / "other").write_bytes(b"")
    path.write_bytes(content)
    (texts / "other").unlink()
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert unsettled(before, look_at([texts], index=tmp_path)) == frozenset()
