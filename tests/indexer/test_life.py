"""The life of an index: what becomes of texts that move, vanish, are linked, taken out or unreadable."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from program import environment

from onrecord import (
    IndexOutdated,
    Report,
    SourceError,
    Tally,
    build,
    examine,
    open_index,
    remove,
    repair,
    update,
)
from onrecord.indexer.store.store import Store
from onrecord.search.cli import main

PANAMA = "Statement by Panama\n\nThe landmines must go.\n"
CHILE = "Statement by Chile\n\nThe water is life.\n"


@pytest.fixture
def c(tmp_path: Path) -> Path:
    """A folder of two texts that are too short to pass for copies."""
    return folder(tmp_path / "c", **{"x.txt": PANAMA, "sub/y.txt": CHILE})


def folder(path: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, "utf-8")
    return path


def held(index: Path) -> list[tuple[str, str]]:
    """List the paragraphs of an index with their addresses; each has the word."""
    with open_index(index) as opened:
        return sorted((hit.address, hit.text) for hit in opened.search("the", mode="exact", limit=None))


def texts_in(index: Path) -> list[str]:
    return sorted(text for _, text in held(index))


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], env={"ONRECORD_INDEX": ""})


BOTH = ["The landmines must go.", "The water is life."]


class TestAFileUnderTwoNames:
    """S1-5, the second row."""

    @pytest.mark.parametrize("order", [("c", "link"), ("link", "c")])
    def test_a_folder_and_a_link_to_it_are_one(self, c: Path, tmp_path: Path, order: tuple[str, str]) -> None:
        (tmp_path / "link").symlink_to(c)
        for name in order:
            report = update(tmp_path / name, into=tmp_path / "index")
        assert (texts_in(tmp_path / "index"), len(report.linked)) == (BOTH, 2)
        assert update(into=tmp_path / "index").written is False

    @pytest.mark.parametrize("make", [os.symlink, os.link], ids=["soft", "hard"])
    def test_a_link_in_the_folder_is_one(
        self, c: Path, tmp_path: Path, make: Callable[[Path, Path], None]
    ) -> None:
        make(c / "x.txt", c / "a.txt")
        report = update(c, into=tmp_path / "index")
        assert (report.added, texts_in(tmp_path / "index")) == (Tally(2, 2), BOTH)
        assert len(report.as_dict()["linked"]) == 1

    @pytest.mark.parametrize("order", [("c", "e"), ("e", "c")])
    @pytest.mark.parametrize("make", [os.symlink, os.link], ids=["soft", "hard"])
    def test_a_link_into_another_folder_is_one(
        self, c: Path, tmp_path: Path, order: tuple[str, str], make: Callable[[Path, Path], None]
    ) -> None:
        e = folder(tmp_path / "e", **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        make(e / "z.txt", c / "linked.txt")
        for name in order:
            update(tmp_path / name, into=tmp_path / "index")
        found = held(tmp_path / "index")
        assert sorted(text for _, text in found) == sorted([*BOTH, "The guano is gone."])
        assert update(into=tmp_path / "index").written is False
        build(into=tmp_path / "other", paths=[c, e])
        assert texts_in(tmp_path / "other") == texts_in(tmp_path / "index")

    def test_it_is_said_in_one_line(self, c: Path, tmp_path: Path) -> None:
        (c / "a.txt").symlink_to(c / "x.txt")
        told = run("index", c, "-i", tmp_path / "index").stderr
        line = f"linked: 1 file under another name, read once ({c / 'a.txt'} is {c / 'x.txt'})"
        assert line in told.splitlines()

    def test_a_folder_is_found_by_its_own_name_before_that_of_a_link(self, c: Path, tmp_path: Path) -> None:
        (c / "a").symlink_to(c / "sub")
        update(c, into=tmp_path / "index")
        with open_index(tmp_path / "index") as index:
            assert {hit.source for hit in index.search("water")} == {"sub/y.txt"}


class TestAFolderThatHasMoved:
    """S1-1c and S1-5, the first row."""

    def test_has_the_same_statements_as_before(self, c: Path, tmp_path: Path) -> None:
        update(c, into=tmp_path / "index")
        before = held(tmp_path / "index")
        c.rename(tmp_path / "d")
        report = update(tmp_path / "d", into=tmp_path / "index")
        assert (report.moved, report.added, held(tmp_path / "index")) == (Tally(2, 2), Tally(), before)
        assert update(into=tmp_path / "index").written is False

    def test_is_told_in_one_line(self, c: Path, tmp_path: Path) -> None:
        update(c, into=tmp_path / "index")
        c.rename(tmp_path / "d")
        done = run("index", tmp_path / "d", "-i", tmp_path / "index")
        line = f"moved: {c} is {tmp_path / 'd'} now; its statements are the same as before"
        assert (done.exit_code, done.stderr.splitlines()[1:]) == (0, [line, *done.stderr.splitlines()[2:]])

    def test_is_found_inside_another_folder_and_after_an_edit(self, c: Path, tmp_path: Path) -> None:
        folder(c, **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        update(c, into=tmp_path / "index")
        (tmp_path / "e").mkdir()
        c.rename(tmp_path / "e" / "c")
        folder(tmp_path / "e" / "c", **{"x.txt": "Statement by Panama\n\nThe landmines went.\n"})
        report = update(tmp_path / "e", into=tmp_path / "index")
        assert (report.moved.statements, report.absent) == (3, ())
        assert "The landmines went." in texts_in(tmp_path / "index")
        assert len(held(tmp_path / "index")) == 3

    def test_keeps_what_was_not_found_again(self, c: Path, tmp_path: Path) -> None:
        folder(c, **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        update(c, into=tmp_path / "index")
        c.rename(tmp_path / "d")
        (tmp_path / "d" / "z.txt").unlink()
        report = update(tmp_path / "d", into=tmp_path / "index")
        assert (report.moved.statements, len(report.absent), len(held(tmp_path / "index"))) == (2, 1, 3)
        assert "only a part of it was found again" in str(report.absent[0])

    def test_one_copy_of_a_text_elsewhere_is_no_move_of_the_folder(self, tmp_path: Path) -> None:
        many = folder(tmp_path / "c", **{f"{n}.txt": f"The text {n}." for n in range(9)})
        update(many, into=tmp_path / "index")
        folder(tmp_path / "d", **{"1.txt": "The text 1."})
        shutil.rmtree(many)
        update(tmp_path / "d", into=tmp_path / "index")
        assert len(held(tmp_path / "index")) == 9

    @pytest.mark.parametrize("run_again", [update, build])
    def test_keeps_out_what_was_taken_out_of_it(
        self, c: Path, tmp_path: Path, run_again: Callable[..., Report]
    ) -> None:
        folder(c, **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        update(c, into=tmp_path / "index")
        remove(c / "z.txt", into=tmp_path / "index")
        c.rename(tmp_path / "d")
        run_again(tmp_path / "d", into=tmp_path / "index")
        assert texts_in(tmp_path / "index") == BOTH
        update(tmp_path / "d", into=tmp_path / "index")
        assert texts_in(tmp_path / "index") == BOTH

    @pytest.mark.parametrize("run_again", [update, build])
    @pytest.mark.parametrize("out", ["x.txt", "y.txt", "z.txt"])
    def test_keeps_out_of_files_that_hold_the_same_those_that_were_taken_out(
        self, tmp_path: Path, out: str, run_again: Callable[..., Report]
    ) -> None:
        c = folder(tmp_path / "c", **{"x.txt": PANAMA, "y.txt": PANAMA, "z.txt": PANAMA})
        update(c, into=tmp_path / "index")
        remove(c / out, into=tmp_path / "index")
        before = held(tmp_path / "index")
        c.rename(tmp_path / "d")
        run_again(tmp_path / "d", into=tmp_path / "index")
        assert held(tmp_path / "index") == before

    def test_is_not_found_again_in_a_file_that_was_taken_out(self, c: Path, tmp_path: Path) -> None:
        lone = folder(tmp_path / "e", **{"y.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        update([c, lone], into=tmp_path / "index")
        remove(c / "sub" / "y.txt", into=tmp_path / "index")
        before = held(tmp_path / "index")
        (lone / "y.txt").replace(c / "sub" / "y.txt")
        report = update([c, lone], into=tmp_path / "index")
        assert [error.source for error in report.absent] == [str(lone)]
        assert held(tmp_path / "index") == before
        remove(lone, into=tmp_path / "index")
        assert texts_in(tmp_path / "index") == ["The landmines must go."]


class TestAFolderThatIsGoneOrEmpty:
    """S1-5, the third and the fourth row."""

    @pytest.mark.parametrize("then", ["gone", "empty"])
    @pytest.mark.parametrize("args", [(), ("--rebuild",)])
    def test_keeps_what_is_indexed_of_it_and_the_others_go_on(
        self, c: Path, tmp_path: Path, then: str, args: tuple[str, ...]
    ) -> None:
        b = folder(tmp_path / "b", **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        update([c, b], into=tmp_path / "index")
        before = held(tmp_path / "index")
        c.rename(tmp_path / "away")
        if then == "empty":
            c.mkdir()
        folder(b, **{"new.txt": "Statement by Fiji\n\nThe reef is ours.\n"})
        done = run("index", "-i", tmp_path / "index", *args)
        what = {"gone": "it is not there any more", "empty": "there is nothing in it any more"}[then]
        assert (done.exit_code, done.stderr.splitlines()[0]) == (
            3,
            f"missing: {c}: {what}, and what the index has of it is kept; if it has moved, index its new "
            f"place, and if it is to go, take it out with onrecord index --remove {c}.",
        )
        assert {*before} < {*held(tmp_path / "index")}
        assert "The reef is ours." in texts_in(tmp_path / "index")
        shutil.rmtree(c, ignore_errors=True)
        (tmp_path / "away").rename(c)
        assert run("index", "-i", tmp_path / "index").exit_code == 0
        assert {*before} < {*held(tmp_path / "index")}

    @pytest.mark.parametrize("run_again", [update, build])
    def test_is_no_matter_where_its_files_lie_in_other_folders_now(
        self, c: Path, tmp_path: Path, run_again: Callable[..., Report]
    ) -> None:
        b = folder(tmp_path / "b", **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        update([c, b], into=tmp_path / "index")
        (b / "z.txt").rename(c / "guano.txt")
        report = run_again([c, b], into=tmp_path / "index")
        assert (report.absent, report.kept) == ((), Tally())
        assert texts_in(tmp_path / "index") == ["The guano is gone.", *BOTH]

    def test_goes_when_it_is_taken_out(self, c: Path, tmp_path: Path) -> None:
        b = folder(tmp_path / "b", **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        update([c, b], into=tmp_path / "index")
        shutil.rmtree(c)
        assert run("index", "--remove", c, "-i", tmp_path / "index").exit_code == 0
        assert run("index", "-i", tmp_path / "index").exit_code == 0
        assert texts_in(tmp_path / "index") == ["The guano is gone."]

    def test_one_of_several_that_are_named_does_not_stop_the_others(self, c: Path, tmp_path: Path) -> None:
        done = run("index", tmp_path / "nowhere", c, "-i", tmp_path / "index")
        assert (done.exit_code, texts_in(tmp_path / "index")) == (3, BOTH)
        assert f"missing: {tmp_path / 'nowhere'}: there is no such file or folder" in done.stderr

    def test_a_rebuild_of_nothing_that_is_there_leaves_the_index_alone(self, c: Path, tmp_path: Path) -> None:
        update(c, into=tmp_path / "index")
        shutil.rmtree(c)
        with pytest.raises(SourceError):
            build(into=tmp_path / "index")
        assert texts_in(tmp_path / "index") == BOTH

    def test_is_told_once_by_a_quiet_run_and_every_time_by_status(self, c: Path, tmp_path: Path) -> None:
        b = folder(tmp_path / "b", **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        update([c, b], into=tmp_path / "index")
        shutil.rmtree(c)
        nights = [run("index", "-q", "-i", tmp_path / "index") for _ in range(2)]
        assert [(night.exit_code, len(night.stderr.splitlines())) for night in nights] == [(3, 1), (3, 0)]
        assert f"missing     {c}" in run("status", "-i", tmp_path / "index").stdout


class TestWhatWasTakenOut:
    """S1-5, the fifth row."""

    @pytest.mark.parametrize("path", ["x.txt", "."])
    def test_stays_out_until_it_is_named(self, c: Path, tmp_path: Path, path: str) -> None:
        above = folder(tmp_path / "all", **{"c/x.txt": PANAMA, "c/sub/z.txt": PANAMA, "y.txt": CHILE})
        out = Path(os.path.normpath(above / "c" / path))
        update(above, into=tmp_path / "index")
        remove(out, into=tmp_path / "index")
        left = held(tmp_path / "index")
        update(into=tmp_path / "index")
        update(above, into=tmp_path / "index")
        build(into=tmp_path / "index")
        assert held(tmp_path / "index") == left
        update(out, into=tmp_path / "index")
        assert len(held(tmp_path / "index")) == 3
        assert update(into=tmp_path / "index").written is False

    @pytest.mark.parametrize("run_again", [update, build])
    def test_stays_out_whatever_file_comes_to_its_path(
        self, c: Path, tmp_path: Path, run_again: Callable[..., Report]
    ) -> None:
        update(c, into=tmp_path / "index")
        (c / "x.txt").unlink()
        remove(c / "x.txt", into=tmp_path / "index")
        folder(c, **{"x.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        report = run_again(c, into=tmp_path / "index")
        assert [skipped.kind for skipped in report.skipped] == ["taken out"]
        assert texts_in(tmp_path / "index") == ["The water is life."]
        update(c / "x.txt", into=tmp_path / "index")
        assert texts_in(tmp_path / "index") == ["The guano is gone.", "The water is life."]

    def test_a_file_of_a_folder_that_was_taken_out_may_be_named_alone(self, c: Path, tmp_path: Path) -> None:
        update(c, into=tmp_path / "index")
        folder(c, **{"sub/z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        remove(c / "sub", into=tmp_path / "index")
        update(c / "sub" / "z.txt", into=tmp_path / "index")
        update(into=tmp_path / "index")
        build(into=tmp_path / "index")
        assert texts_in(tmp_path / "index") == ["The guano is gone.", "The landmines must go."]

    def test_a_member_of_an_archive_may_be_taken_out_and_named_again(self, c: Path, tmp_path: Path) -> None:
        archive = shutil.make_archive(str(tmp_path / "texts" / "b"), "zip", c)
        update(tmp_path / "texts", into=tmp_path / "index")
        before = held(tmp_path / "index")
        remove(f"{archive}!/x.txt", into=tmp_path / "index")
        build(into=tmp_path / "index")
        assert texts_in(tmp_path / "index") == ["The water is life."]
        update(f"{archive}!/x.txt", into=tmp_path / "index")
        assert texts_in(tmp_path / "index") == sorted(text for _, text in before)

    def test_the_answer_says_so_and_the_next_run_counts_it(self, c: Path, tmp_path: Path) -> None:
        update(c, into=tmp_path / "index")
        told = run("index", "--remove", c / "x.txt", "-i", tmp_path / "index").stderr.splitlines()
        assert told[1] == f"{c / 'x.txt'}: stays out until onrecord index names it again"
        assert "skipped 1 file (taken out 1)" in run("index", "-i", tmp_path / "index").stderr


class TestTheIndexItself:
    """S1-5, the sixth row, and S2-6."""

    def test_is_not_indexed_wherever_it_lies(self, c: Path) -> None:
        reports = [update(c, into=c / "idx") for _ in range(3)]
        assert [report.written for report in reports] == [True, False, False]
        assert (texts_in(c / "idx"), reports[0].skipped_kinds) == (BOTH, {"an index": 1})

    def test_nor_is_another_one(self, c: Path, tmp_path: Path) -> None:
        build(c, into=c / "other")
        assert build(c, into=tmp_path / "index").added == Tally(2, 2)

    def test_is_no_text_to_name(self, c: Path) -> None:
        update(c, into=c / "idx")
        with pytest.raises(SourceError, match="this is the index itself; name the files"):
            update(c / "idx", into=c / "idx")

    @pytest.mark.parametrize("fresh", [build, update])
    def test_without_texts_no_folder_is_made(self, tmp_path: Path, fresh: Callable[..., Report]) -> None:
        with pytest.raises(SourceError, match="no texts are known to this index"):
            fresh(into=tmp_path / "index")
        assert not (tmp_path / "index").exists()

    def test_a_reader_left_behind_goes_on_from_anywhere(
        self, c: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """S2-3."""
        monkeypatch.chdir(tmp_path)
        update(c, into="index")
        with open_index("index") as index:
            size = index.status().size
            folder(c, **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
            monkeypatch.chdir("/")
            build(into=tmp_path / "index")
            assert (index.status().size, index.search("the", mode="exact").total) == (size, 2)
            assert (index.refresh(), index.search("the", mode="exact").total) == (True, 3)


class TestAFileThatCannotBeRead:
    """S1-5, the last row."""

    @pytest.fixture
    def broken(self, c: Path, tmp_path: Path) -> Path:
        update(c, into=tmp_path / "index")
        return folder(c, **{"x.txt": "---\nspeaker: [Tuvalu\n---\n\nThe sea."}) / "x.txt"

    @pytest.mark.parametrize("args", [(), ("--rebuild",)])
    def test_keeps_its_statements(self, broken: Path, tmp_path: Path, args: tuple[str, ...]) -> None:
        before = held(tmp_path / "index")
        done = run("index", "-i", tmp_path / "index", *args)
        assert (done.exit_code, held(tmp_path / "index")) == (3, before)
        assert "failed 1; kept 1 statement of what could not be read" in done.stderr
        assert run("index", "-i", tmp_path / "index", "--rebuild").exit_code == 3
        assert held(tmp_path / "index") == before
        broken.write_text(PANAMA, "utf-8")
        assert run("index", "-i", tmp_path / "index").exit_code == 0
        assert held(tmp_path / "index") == before

    def test_keeps_its_address_from_a_file_of_the_same_name(self, tmp_path: Path) -> None:
        a = folder(tmp_path / "a", **{"x.txt": PANAMA})
        update(a, into=tmp_path / "index")
        before = held(tmp_path / "index")
        (a / "x.txt").write_text("---\nspeaker: [Tuvalu\n---\n\nThe sea.", "utf-8")
        b = folder(tmp_path / "b", **{"x.txt": "Statement by Panama\n\nThe canal is ours.\n"})
        build([a, b], into=tmp_path / "index")
        assert (len(held(tmp_path / "index")), {*before} < {*held(tmp_path / "index")}) == (2, True)

    def test_is_told_once_by_a_quiet_run_until_it_changes(self, broken: Path, tmp_path: Path) -> None:
        lines = [len(run("index", "-q", "-i", tmp_path / "index").stderr.splitlines()) for _ in range(2)]
        broken.write_text("---\nspeaker: [Tonga\n---\n\nThe sea is high.", "utf-8")
        lines.append(len(run("index", "-q", "-i", tmp_path / "index").stderr.splitlines()))
        assert lines == [1, 0, 1]
        assert f"failed      {broken}" in run("status", "-i", tmp_path / "index").stdout

    def test_is_told_as_lost_where_the_index_is_damaged_too(self, broken: Path, tmp_path: Path) -> None:
        [segment] = (tmp_path / "index").glob("*.seg")
        segment.write_bytes(b"nothing")
        done = run("index", "--rebuild", "-i", tmp_path / "index")
        assert (done.exit_code, texts_in(tmp_path / "index")) == (3, ["The water is life."])
        assert f"lost: {tmp_path / 'index'}: the index that stood here could not be read" in done.stderr

    def test_nothing_is_said_to_be_lost_where_every_text_is_read(self, c: Path, tmp_path: Path) -> None:
        update(c, into=tmp_path / "index")
        (tmp_path / "index" / "CURRENT").write_bytes(b"")
        assert build(into=tmp_path / "index").lost == ()


def test_skipped_kinds_are_named(c: Path, tmp_path: Path) -> None:
    for name in ("a.doc", "b.DOC", "c.rtf", "noending"):
        (c / name).write_bytes(b"\xd0\xcf\x11\xe0\0\0\1\2")
    folder(c, **{".hidden": "x", "empty.txt": ""})
    done = run("index", c, "-i", tmp_path / "index", "--json")
    kinds = ".doc 2, .rtf 1, hidden 1, without an ending 1, without text 1"
    assert f"skipped 6 files ({kinds})" in done.stderr
    assert json.loads(done.stdout)["skipped_kinds"][".doc"] == 2


def test_the_report_is_of_the_whole_index(c: Path, tmp_path: Path) -> None:
    listed = []
    for args in ((c,), (), ("--rebuild",)):
        run("index", *args, "-i", tmp_path / "index", "--report", tmp_path / "report.json")
        listed.append(json.loads((tmp_path / "report.json").read_text("utf-8"))["statements"])
    assert listed[0] == listed[1] == listed[2]
    assert [Path(one["path"]).name for one in listed[0]] == ["y.txt", "x.txt"]


class TestAnIndexOfAnotherVersion:
    def aged(self, index: Path, version: int) -> None:
        """Let the tables be of another version, with members that this one does not know."""
        for name in ("CURRENT", "PREVIOUS"):
            table = json.loads((index / name).read_bytes().splitlines()[0]) | {"version": version, "more": 1}
            line = json.dumps(table).encode()
            (index / name).write_bytes(b"%s\n%08x\n" % (line, zlib.crc32(line)))

    def test_is_made_anew_from_its_texts(self, c: Path, tmp_path: Path) -> None:
        b = folder(tmp_path / "b", **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        update([c, b], into=tmp_path / "index")
        remove(c / "x.txt", into=tmp_path / "index")
        before = held(tmp_path / "index")
        self.aged(tmp_path / "index", 3)
        assert "an older version of On Record" in run("search", "the", "-i", tmp_path / "index").stderr
        done = run("index", "-i", tmp_path / "index")
        assert (done.exit_code, held(tmp_path / "index")) == (0, before)
        assert "an older version of On Record had written the index" in done.stderr

    def test_is_kept_where_a_text_is_gone(self, c: Path, tmp_path: Path) -> None:
        b = folder(tmp_path / "b", **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        update([c, b], into=tmp_path / "index")
        self.aged(tmp_path / "index", 3)
        shutil.rmtree(b)
        with pytest.raises(IndexOutdated):
            update(into=tmp_path / "index")
        assert update([c], into=tmp_path / "other").written

    def test_is_kept_where_it_is_newer(self, c: Path, tmp_path: Path) -> None:
        update(c, into=tmp_path / "index")
        self.aged(tmp_path / "index", 99)
        before = (tmp_path / "index" / "CURRENT").read_bytes()
        done = run("index", "-i", tmp_path / "index")
        assert (done.exit_code, "update On Record" in done.stderr) == (1, True)
        assert (tmp_path / "index" / "CURRENT").read_bytes() == before

    def test_of_its_segments_is_made_anew_too(
        self, c: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        update(c, into=tmp_path / "index")
        before = held(tmp_path / "index")
        for room in ("directory", "container"):
            monkeypatch.setattr(f"onrecord.indexer.segments.{room}.FORMAT_VERSION", 99)
        monkeypatch.setattr("onrecord.indexer.building.update_pass.mark_of_program", lambda: "later")
        with pytest.raises(IndexOutdated):
            open_index(tmp_path / "index")
        assert (update(into=tmp_path / "index").outdated, held(tmp_path / "index")) == (True, before)

    def test_is_mended_by_the_doctor(self, c: Path, tmp_path: Path) -> None:
        update(c, into=tmp_path / "index")
        self.aged(tmp_path / "index", 3)
        [current, _] = examine(tmp_path / "index").faults
        assert current.what == "an older version of On Record wrote this index"
        assert (repair(tmp_path / "index").lost, texts_in(tmp_path / "index")) == ((), BOTH)


class TestARepair:
    @pytest.mark.parametrize("damaged", ["CURRENT", "segment"])
    def test_loses_no_root_and_nothing_that_was_taken_out(
        self, c: Path, tmp_path: Path, damaged: str
    ) -> None:
        b = folder(tmp_path / "b", **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        index = tmp_path / "index"
        update(c, into=index)
        remove(c / "x.txt", into=index)
        update(b, into=index)
        after = held(index)
        newest = Store(index).generation().segments[-1].name
        (index / ("CURRENT" if damaged == "CURRENT" else newest)).write_bytes(b"")
        repair(index)
        assert "The landmines must go." not in texts_in(index)
        update(into=index)
        assert held(index) == after

    def test_keeps_a_root_that_is_not_there(self, c: Path, tmp_path: Path) -> None:
        b = folder(tmp_path / "b", **{"z.txt": "Statement by Peru\n\nThe guano is gone.\n"})
        index = tmp_path / "index"
        build([c, b], into=index)
        after = held(index)
        (index / Store(index).generation().segments[0].name).write_bytes(b"")
        b.rename(tmp_path / "away")
        assert run("doctor", "--repair", "-i", index).exit_code == 3
        (tmp_path / "away").rename(b)
        update(into=index)
        assert held(index) == after


class TestTheSourceOfAHit:
    """S2-7."""

    def test_is_its_path_below_the_root_however_it_was_typed(
        self, c: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        update("c", into="index")
        folder(c, **{"sub/y.txt": "Statement by Chile\n\nThe water is life, we said.\n"})
        update(into="index")
        with open_index("index") as index:
            found = {(hit.source, hit.root, hit.path) for hit in index.search("the", mode="exact")}
            assert index.status().roots == (str(c),)
        assert found == {("x.txt", str(c), c / "x.txt"), ("sub/y.txt", str(c), c / "sub" / "y.txt")}

    def test_follows_when_a_folder_around_it_is_indexed(self, c: Path, tmp_path: Path) -> None:
        update(c / "sub" / "y.txt", into=tmp_path / "index")
        update(c, into=tmp_path / "index")
        with open_index(tmp_path / "index") as index:
            assert [hit.source for hit in index.search("water")] == ["sub/y.txt"]

    @pytest.mark.parametrize("name", [b"caf\xe9.txt", rb"caf\xe9.txt", rb"a\\x5cb.txt"])
    def test_opens_a_file_whose_name_is_no_text(self, tmp_path: Path, name: bytes) -> None:
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/texts/" + name))
        path.parent.mkdir()
        path.write_text("The coffee is cold.", "utf-8")
        update(tmp_path / "texts", into=tmp_path / "index")
        with open_index(tmp_path / "index") as index:
            [hit] = index.search("coffee")
        assert (hit.path, hit.path.read_text("utf-8")) == (path, "The coffee is cold.")

    def test_two_names_that_differ_in_a_byte_are_two_files(self, tmp_path: Path) -> None:
        """S3: a byte 0xff and the four characters that stand for it."""
        for name, text in ((b"\xff.txt", "The one."), (rb"\xff.txt", "The other.")):
            Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(text, "utf-8")
        assert update(tmp_path, into=tmp_path / "index").added == Tally(2, 2)


class TestInspect:
    def test_prints_the_address_that_the_index_has(self, c: Path, tmp_path: Path) -> None:
        update(c, into=tmp_path / "index")
        [address] = [one.partition("#")[0] for one, text in held(tmp_path / "index") if "water" in text]
        asked = ("inspect", c / "sub" / "y.txt", "--json", "-i")
        assert json.loads(run(*asked, tmp_path / "index").stdout)["address"] == address
        assert json.loads(run(*asked, tmp_path / "none").stdout)["address"] != address
        folder(c, **{"sub/y.txt": "Statement by Chile\n\nThe water is ours.\n"})
        assert json.loads(run(*asked, tmp_path / "index").stdout)["address"] == address


class TestList:
    @pytest.fixture
    def index(self, c: Path, tmp_path: Path) -> Path:
        update(c, into=tmp_path / "index")
        return tmp_path / "index"

    def listed(self, index: Path, *args: object) -> list[dict[str, object]]:
        return [json.loads(line) for line in run("list", "-i", index, "--json", *args).stdout.splitlines()]

    def test_has_every_statement_in_the_order_of_addresses(self, index: Path) -> None:
        addresses = [address.partition("#")[0] for address, _ in held(index)]
        assert [one["statement"] for one in self.listed(index)] == addresses
        told = run("list", "-i", index)
        assert told.stderr == "2 statements\n"
        assert told.stdout.splitlines()[0] == f"{addresses[0]}  Chile  sub/y.txt  1 paragraph"

    def test_is_narrowed_by_speaker_under_any_name(self, index: Path) -> None:
        found = self.listed(index, "--speaker", "República de Panamá")
        assert [one["speaker"] for one in found] == ["Panama"]
        assert self.listed(index, "--forum", "none such") == []

    def test_has_the_files_and_those_that_failed(self, c: Path, index: Path) -> None:
        folder(c, **{"broken.md": "---\nspeaker: [Tuvalu\n---\n\nThe sea."})
        update(into=index)
        listed = self.listed(index, "--files")
        assert [(one["source"], one["statements"], bool(one["error"])) for one in listed] == [
            ("broken.md", 0, True),
            ("sub/y.txt", 1, False),
            ("x.txt", 1, False),
        ]

    def test_has_the_roots_and_what_was_taken_out(self, c: Path, index: Path) -> None:
        remove(c / "x.txt", into=index)
        assert [(one["path"], one["state"]) for one in self.listed(index, "--roots")] == [
            (str(c), "there"),
            (str(c / "x.txt"), "taken out"),
        ]

    def test_a_filter_is_one_of_statements(self, index: Path) -> None:
        assert run("list", "--files", "--speaker", "Panama", "-i", index).exit_code == 2


INTERRUPTED = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored where tests run in the background
from onrecord.indexer import programs
from onrecord.indexer.building import worker, worker_pool
worker_pool._WORTH_A_PROCESS = 1
worker_pool.os.cpu_count = lambda: 2
started = programs._start
def start(*args):
    process = started(*args)
    print("started", flush=True)
    return process
programs._start = start
from onrecord.search.cli import main
main()
"""


def test_ctrl_c_is_one_line_with_several_processes_too(tmp_path: Path) -> None:
    many = folder(tmp_path / "c", **{f"{n}.txt": f"The text {n}. " * 20_000 for n in range(40)})
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, "index", str(many), "-i", str(tmp_path / "index")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == ["started\n"] * 2
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate()[1]
    assert (process.returncode, told) == (130, "onrecord: stopped before the end.\n")
    assert not Store(tmp_path / "index").path.joinpath("CURRENT").exists()
