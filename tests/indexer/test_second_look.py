"""An update opens what may have changed and nothing else: what is believed of a file seen before."""

from __future__ import annotations

import os
import shutil
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from onrecord import Report, open_index, remove, update
from onrecord.indexer.building import second_look
from onrecord.indexer.formats.registry import BINARY_READERS, READERS
from onrecord.indexer.paths import key_below, key_of, parted_key
from onrecord.indexer.sources import files
from onrecord.indexer.sources.beside import corpus_lists, is_corpus_list
from onrecord.indexer.store.seen import SEEN, Seen, SeenFolder, dump_seen, load_seen

SECOND = 1_000_000_000
HOUR = 3600 * SECOND
PANAMA = "Statement by Panama\n\nThe landmines must go.\n"
CHILE = "Statement by Chile\n\nThe water is life.\n"
FIJI = "Statement by Fiji\n\nThe landmines are many.\n"
LISTS = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><listPerson/></TEI>'
_opened: list[Path] = []
_watching: list[Path] = []


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and _watching and isinstance(arguments[0], str | os.PathLike):
        path = Path(arguments[0])
        if path.is_relative_to(_watching[-1]):
            _opened.append(path)


sys.addaudithook(_note)


@contextmanager
def opened_below(folder: Path) -> Iterator[list[str]]:
    """Note which files below a folder this process opens meanwhile."""
    names: list[str] = []
    _opened.clear()
    _watching.append(folder)
    try:
        yield names
    finally:
        _watching.pop()
        names += sorted({path.relative_to(folder).as_posix() for path in _opened})


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the stamps of files be old: a test does not wait for the clock to tick."""
    monkeypatch.setattr(second_look, "_FRESH", -HOUR)
    monkeypatch.setattr(second_look, "_FRESH_IN_SECONDS", -HOUR)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return lay_out(
        tmp_path / "texts",
        {"panama.txt": PANAMA, "letters/chile.txt": CHILE, "letters/table.xls": "\0\1", "empty.txt": "\n"},
    )


def lay_out(folder: Path, contents: dict[str, str]) -> Path:
    for name, text in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def put_into(archive: Path, **members: str) -> None:
    with zipfile.ZipFile(archive, "w") as opened:
        for name, text in members.items():
            opened.writestr(f"{name}.txt", text)


def index_of(texts: Path) -> Path:
    return texts.parent / "index"


def look_again(texts: Path, **options: Any) -> tuple[Report, list[str]]:
    """Update the index, and return which texts were opened for it."""
    with opened_below(texts) as opened:
        report = update(texts, into=index_of(texts), **options)
    return report, opened


def words(index: Path) -> list[str]:
    with open_index(index) as opened:
        return sorted(hit.text for hit in opened.search("the", mode="exact", limit=None))


def rewrite(path: Path, text: str) -> None:
    """Change a text to one of the same size, and give it back the time at which it was written."""
    before = path.stat()
    assert before.st_size == len(text.encode())
    path.write_text(text, "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.usefixtures("settled")
class TestAFileThatWasSeenBefore:
    def test_is_not_opened(self, texts: Path) -> None:
        put_into(texts / "more.zip", fiji=FIJI)
        first, read = look_again(texts)
        again, opened = look_again(texts)
        assert len(read) == 5
        assert (opened, again.written) == ([], False)
        assert (again.unchanged, again.skipped) == (first.added, first.skipped)

    def test_nor_is_a_segment_of_the_index(self, texts: Path) -> None:
        look_again(texts)
        with opened_below(index_of(texts)) as opened:
            update(into=index_of(texts))
        assert opened == ["CURRENT", "LOCK", "PREVIOUS", "SEEN", "UNREAD"]

    @pytest.mark.parametrize("touch", [os.utime, lambda path: path.chmod(0o600)], ids=["time", "mode"])
    def test_alone_is_opened_when_it_may_have_changed(
        self, texts: Path, touch: Callable[[Path], None]
    ) -> None:
        look_again(texts)
        touch(texts / "letters" / "chile.txt")
        assert look_again(texts)[1] == ["letters/chile.txt"]
        assert look_again(texts)[1] == []

    def test_of_the_same_size_and_time_is_found_when_it_was_written_since(self, texts: Path) -> None:
        look_again(texts)
        rewrite(texts / "panama.txt", PANAMA.replace("must", "will"))
        report, opened = look_again(texts)
        assert (opened, report.changed.statements) == (["panama.txt"], 1)
        assert words(index_of(texts)) == ["The landmines will go.", "The water is life."]

    def test_that_nothing_tells_from_what_it_was_is_found_with_check(
        self, texts: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stamps(known: os.stat_result) -> bytes:
            return files.Stamps.pack(known.st_size, known.st_mtime_ns, 0, known.st_ino, known.st_dev)

        monkeypatch.setattr(files, "_stamps", stamps)  # a disk that does not say when a file was changed
        look_again(texts)
        rewrite(texts / "panama.txt", PANAMA.replace("must", "will"))
        assert look_again(texts)[0].written is False
        report, opened = look_again(texts, check=True)
        assert (report.changed.statements, "letters/chile.txt" in opened) == (1, True)
        assert look_again(texts)[1] == []

    def test_is_read_when_another_lies_in_its_place(self, texts: Path) -> None:
        look_again(texts)
        before = (texts / "panama.txt").stat()
        other = texts.parent / "other.txt"
        other.write_text(PANAMA.replace("must", "will"), "utf-8")
        os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
        other.replace(texts / "panama.txt")
        assert look_again(texts)[0].changed.statements == 1


class TestWhatIsNotSureIsOpened:
    def test_a_file_that_was_fresh_when_it_was_seen(
        self, texts: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(second_look, "_FRESH", HOUR)
        look_again(texts)
        assert len(look_again(texts)[1]) == 4

    def test_once_and_then_it_is_believed(self, texts: Path) -> None:
        look_again(texts)
        time.sleep(0.2)
        look_again(texts)
        assert look_again(texts)[1] == []

    def test_a_file_from_the_future(self, texts: Path) -> None:
        os.utime(texts / "panama.txt", ns=(HOUR, time.time_ns() + HOUR))
        time.sleep(0.2)
        for _ in range(3):
            report, opened = look_again(texts)
        assert (opened, report.written) == (["panama.txt"], False)

    @pytest.mark.usefixtures("settled")
    def test_all_when_the_clock_was_put_back(self, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        look_again(texts)
        now = time.time_ns()
        monkeypatch.setattr(time, "time_ns", lambda: now - 5 * SECOND)
        assert len(look_again(texts)[1]) == 4

    @pytest.mark.usefixtures("settled")
    def test_all_when_the_index_was_copied(self, texts: Path) -> None:
        look_again(texts)
        shutil.copytree(index_of(texts), texts.parent / "copied")
        with opened_below(texts) as opened:
            assert update(texts, into=texts.parent / "copied").written is False
        assert len(opened) == 4

    @pytest.mark.usefixtures("settled")
    def test_all_when_another_version_saw_them(self, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        look_again(texts)
        monkeypatch.setattr("onrecord.indexer.building.update_pass.mark_of_program", lambda: "later")
        assert len(look_again(texts)[1]) == 4


@pytest.mark.usefixtures("settled")
class TestWhatWasSeenIsAHint:
    def test_an_index_that_has_none_is_given_one_and_stays_as_it_is(self, texts: Path) -> None:
        look_again(texts)
        (index_of(texts) / SEEN).unlink()
        before = (index_of(texts) / "CURRENT").read_bytes()
        report, opened = look_again(texts)
        assert (report.written, len(opened)) == (False, 4)
        assert (index_of(texts) / "CURRENT").read_bytes() == before
        assert look_again(texts)[1] == []

    def test_one_that_has_not_changed_is_not_written_anew(self, texts: Path) -> None:
        look_again(texts)
        before = (index_of(texts) / SEEN).stat()
        look_again(texts)
        assert (index_of(texts) / SEEN).stat() == before

    def test_damage_to_it_is_no_damage(self, texts: Path) -> None:
        look_again(texts)
        whole = (index_of(texts) / SEEN).read_bytes()
        random = Random(5)
        for _ in range(40):
            at = random.randrange(len(whole))
            damaged = random.choice([whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], b""])
            (index_of(texts) / SEEN).write_bytes(damaged)
            report, opened = look_again(texts)
            assert (report.written, len(opened)) == (False, 4)

    def test_one_of_an_earlier_state_is_not_believed(self, texts: Path) -> None:
        """As a crash leaves it between the commit and the note."""
        look_again(texts)
        before = (index_of(texts) / SEEN).read_bytes()
        lay_out(texts, {"fiji.txt": FIJI})
        look_again(texts)
        (index_of(texts) / SEEN).write_bytes(before)
        report, opened = look_again(texts)
        assert (report.written, len(opened)) == (False, 5)

    def test_a_folder_where_it_cannot_be_written_costs_time_only(self, texts: Path) -> None:
        look_again(texts)
        (index_of(texts) / SEEN).unlink()
        (index_of(texts) / f"{SEEN}.new" / "in the way").mkdir(parents=True)
        report, opened = look_again(texts)
        assert (report.written, len(opened)) == (False, 4)

    def test_what_is_written_is_read(self) -> None:
        folder = SeenFolder(
            "a\0ü\udcff".encode("utf-8", "surrogateescape"), b"fd", bytes(80), b"\2\0", 1, 2, "s", ""
        )
        seen = Seen(
            "state", 5, False, ("why",), {"/texts": folder, "/": SeenFolder(b"", b"", b"", b"", 0, 0, "", "")}
        )
        assert load_seen(b"".join(dump_seen(seen)), state="state") == seen


def sidecar_changes(folder: Path) -> None:
    lay_out(folder, {"panama.yaml": "speaker: Chad\n"})


def correction_changes(folder: Path) -> None:
    lay_out(folder, {"onrecord-overrides.yaml": "letters/chile.txt: {speaker: Chad}\n"})


def correction_above_changes(folder: Path) -> None:
    lay_out(folder.parent, {"onrecord-overrides.yaml": "texts/panama.txt: {speaker: Chad}\n"})


def corpus_changes(folder: Path) -> None:
    lay_out(folder, {"ParlaMint-XX.xml": LISTS.replace("<listPerson/>", "<listOrg/>")})


def archive_changes(folder: Path) -> None:
    put_into(folder / "more.zip", fiji=FIJI.replace("many", "gone"))


def member_goes(folder: Path) -> None:
    put_into(folder / "more.zip", peru=FIJI)


def text_becomes_a_folder(folder: Path) -> None:
    (folder / "panama.txt").unlink()
    lay_out(folder, {"panama.txt/a.txt": PANAMA})


def folder_goes(folder: Path) -> None:
    shutil.rmtree(folder / "letters")


def text_of_a_sidecar_goes(folder: Path) -> None:
    (folder / "letters" / "chile.txt").unlink()


def link_comes(folder: Path) -> None:
    (folder / "a-link.txt").symlink_to(folder / "panama.txt")


def hard_link_comes(folder: Path) -> None:
    (folder / "a-link.txt").hardlink_to(folder / "panama.txt")


def link_leads_elsewhere(folder: Path) -> None:
    (folder / "linked").unlink()
    (folder / "linked").symlink_to(folder.parent / "two")


CHANGES = (
    sidecar_changes,
    correction_changes,
    correction_above_changes,
    corpus_changes,
    archive_changes,
    member_goes,
    text_becomes_a_folder,
    folder_goes,
    text_of_a_sidecar_goes,
    link_comes,
    hard_link_comes,
    link_leads_elsewhere,
)


@pytest.mark.usefixtures("settled")
class TestWhatIsReadWithAFile:
    @pytest.fixture
    def many(self, texts: Path) -> Path:
        lay_out(
            texts,
            {
                "letters/chile.yaml": "place: Geneva\n",
                "ParlaMint-XX.xml": LISTS,
                "ParlaMint-XX_2020.xml": LISTS,
                "2021/ParlaMint-XX_2021.xml": LISTS,
            },
        )
        lay_out(texts.parent / "one", {"z.txt": PANAMA.replace("go", "rust")})
        lay_out(texts.parent / "two", {"z.txt": CHILE.replace("life", "low")})
        (texts / "linked").symlink_to(texts.parent / "one")
        put_into(texts / "more.zip", fiji=FIJI)
        return texts

    @pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
    def test_its_change_is_a_change(self, many: Path, change: Callable[[Path], None]) -> None:
        update(many, into=index_of(many))
        assert look_again(many)[1] == []
        change(many)
        report = update(many, into=index_of(many))
        assert report.written is (change not in (link_comes, corpus_changes))
        assert update(many, into=index_of(many), check=True).written is False

    @pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
    def test_and_so_it_is_when_a_part_was_looked_at_before(
        self, many: Path, change: Callable[[Path], None]
    ) -> None:
        update(many, into=index_of(many))
        change(many)
        if (many / "letters").exists():
            update(many / "letters", into=index_of(many))
        update(into=index_of(many))
        assert update(into=index_of(many), check=True).written is False

    def test_of_a_corpus_its_parts_are_opened_when_its_lists_change(self, many: Path) -> None:
        update(many, into=index_of(many))
        corpus_changes(many)
        _, opened = look_again(many)
        assert {"ParlaMint-XX_2020.xml", "2021/ParlaMint-XX_2021.xml"} <= {*opened}
        assert "panama.txt" not in opened

    def test_a_reader_reads_no_other_files_with_one_than_its_name_tells(self, tmp_path: Path) -> None:
        """The names of `sources.beside` are those that readers go by."""
        random = Random(3)
        parts = ["ParlaMint", "-XX", "-en", "_2020", "-listPerson", "-listOrg", ".ana", ".xml", ".txt", "a"]
        names = {"".join(random.choices(parts, k=random.randint(1, 5))) for _ in range(300)}
        lay_out(tmp_path, dict.fromkeys(names, "") | {f"sub/{name}": "" for name in names})
        found = 0
        for path in [*tmp_path.iterdir(), *(tmp_path / "sub").iterdir()]:
            for reader in (*READERS, *BINARY_READERS):
                for other in reader.beside(path):
                    found += 1
                    assert any(other.name in group for group in corpus_lists(path.name))
                    assert is_corpus_list(other.name)
                    assert other.parent in (path.parent, path.parent.parent)
        assert found


@pytest.mark.usefixtures("settled")
class TestOtherPaths:
    def test_what_was_taken_out_and_named_again_is_read_again(self, texts: Path) -> None:
        update(texts, into=index_of(texts))
        remove(texts / "letters", into=index_of(texts))
        assert look_again(texts)[0].written is False
        update(texts / "letters", into=index_of(texts))
        assert words(index_of(texts)) == ["The landmines must go.", "The water is life."]

    def test_a_folder_that_moves_there_and_back_is_followed(self, texts: Path) -> None:
        moved = texts.parent / "moved"
        update(texts, into=index_of(texts))
        texts.rename(moved)
        update(moved, into=index_of(texts))
        moved.rename(texts)
        report = update(texts, into=index_of(texts))
        assert report.moved.statements == 2
        assert words(index_of(texts)) == ["The landmines must go.", "The water is life."]

    def test_a_second_file_of_one_path_tells_the_first_apart(self, texts: Path) -> None:
        update(texts, into=index_of(texts))
        other = lay_out(texts.parent / "other", {"panama.txt": FIJI})
        update(other, into=index_of(texts))
        update(into=index_of(texts))
        assert update(into=index_of(texts), check=True).written is False
        shutil.rmtree(other)
        lay_out(other, {"else.txt": CHILE})
        update(into=index_of(texts))
        assert update(into=index_of(texts), check=True).written is False

    def test_an_outer_folder_names_all_its_files_anew(self, texts: Path) -> None:
        update(texts / "letters", into=index_of(texts))
        update(texts, into=index_of(texts))
        assert update(into=index_of(texts), check=True).written is False

    @pytest.mark.parametrize("inside", ["", "letters"], ids=["a root", "a folder in it"])
    def test_what_was_kept_of_an_empty_folder_goes_when_others_come(self, texts: Path, inside: str) -> None:
        update(texts, into=index_of(texts))
        shutil.rmtree(texts / inside)
        (texts / inside).mkdir()
        update(texts / inside, into=index_of(texts))
        lay_out(texts / inside, {"fiji.txt": FIJI})
        update(texts, into=index_of(texts))
        left = [] if not inside else ["The landmines must go."]
        assert words(index_of(texts)) == ["The landmines are many.", *left]

    def test_a_path_inside_another_is_counted_once(self, texts: Path) -> None:
        paths = [texts / "letters", texts, texts / "panama.txt"]
        update(paths, into=index_of(texts))
        for check in (False, True):
            assert update(paths, into=index_of(texts), check=check).unchanged.statements == 2


def test_a_key_is_made_of_its_parts_again(tmp_path: Path) -> None:
    for name in ("a.txt", "b\\x41.txt", "ü", "\udcff.txt", "b.zip!/letters/a.txt", "B.ZIP!/a\\"):
        key = key_of(tmp_path / name)
        folder, rest = parted_key(key)
        assert key_below(folder, os.fsdecode(rest.encode())) in (key, key_below(folder, rest))
