"""A folder that is published into again: only what changed is touched, and nothing that is of others."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import Index, build, open_index, update
from onrecord.indexer.errors import ExportError
from onrecord.search.publishing.publish import publish
from onrecord.search.publishing.published_folder import MANIFEST, PublishedFolder


def put(folder: Path, **files: str) -> PublishedFolder:
    published = PublishedFolder(folder)
    for name, text in files.items():
        published.put(name.replace("__", "/"), text.encode())
    published.finish()
    return published


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    assert put(tmp_path, a="1", b__c="2").written == 2
    before = (tmp_path / "a").stat().st_mtime_ns
    again = put(tmp_path, a="1", b__c="3")
    assert (again.written, again.removed) == (1, 0)
    assert (tmp_path / "a").stat().st_mtime_ns == before


def test_what_is_gone_is_taken_away_with_its_folder(tmp_path: Path) -> None:
    put(tmp_path, a="1", b__c="2")
    assert put(tmp_path, a="1").removed == 1
    assert not (tmp_path / "b").exists()


def test_a_file_of_others_is_neither_written_over_nor_deleted(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("a", "b/theirs"):
        (tmp_path / name).write_text("theirs")
    published = put(tmp_path, a="1", b__c="2")
    assert published.left == {"a": "was not written by onrecord publish"}
    put(tmp_path)
    assert tree(tmp_path).keys() == {"a", "b/theirs", MANIFEST}
    assert (tmp_path / "a").read_text() == "theirs"


def test_a_file_of_ours_that_somebody_changed_is_not_deleted(tmp_path: Path) -> None:
    put(tmp_path, a="1")
    (tmp_path / "a").write_text("changed by hand")
    assert put(tmp_path).left == {
        "a": "was changed since onrecord publish wrote it, and is no longer published"
    }
    assert (tmp_path / "a").read_text() == "changed by hand"


def test_nothing_is_written_or_deleted_behind_a_link(tmp_path: Path) -> None:
    elsewhere, site = tmp_path / "elsewhere", tmp_path / "site"
    elsewhere.mkdir()
    site.mkdir()
    (site / "b").symlink_to(elsewhere)
    (site / "a").symlink_to(elsewhere / "theirs")
    published = put(site, a="1", b__c="2")
    assert set(published.left) == {"a", "b/c"}
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../theirs", "/theirs", "b/../../theirs", "", ".", "b\\..\\theirs", "a\0b", "link/theirs"]
)
def test_a_list_from_a_stranger_deletes_nothing_outside(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "theirs").write_text("theirs")
    (site / "link").symlink_to(tmp_path)
    digest = sha256(b"theirs").hexdigest()
    (site / MANIFEST).write_text(json.dumps({"onrecord": 1, "files": {name: digest}}))
    put(site, a="1")
    assert (tmp_path / "theirs").read_text() == "theirs"


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"onrecord": 2, "files": {}}', '{"onrecord": 1, "files": []}', "\0"]
)
def test_a_list_that_is_none_is_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content)
    with pytest.raises(ExportError, match="does not say which files are of onrecord publish"):
        PublishedFolder(tmp_path)


FILES = st.dictionaries(st.sampled_from(["a", "b/c", "b/d", "e/f/g", "e/h"]), st.text(max_size=3), max_size=5)


@given(st.lists(st.tuples(FILES, st.integers(0, 6)), min_size=1, max_size=5), FILES)
def test_after_runs_that_were_stopped_a_whole_one_leaves_what_a_fresh_one_does(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[dict[str, str], int]], last: dict[str, str]
) -> None:
    folder, fresh = tmp_path_factory.mktemp("often"), tmp_path_factory.mktemp("once")
    for files, stop in runs:
        published = PublishedFolder(folder)
        for name in list(files)[:stop]:
            published.put(name, files[name].encode())
        if stop > len(files):
            published.finish()
        published.close()
    for target in (folder, fresh):
        published = PublishedFolder(target)
        for name, text in last.items():
            published.put(name, text.encode())
        published.finish()
        assert published.left == {}
    assert tree(folder) == tree(fresh)
    assert not any(path.is_dir() and not any(path.iterdir()) for path in folder.rglob("*"))


def test_a_statement_that_is_gone_is_taken_off_the_pages(tmp_path: Path, corpus: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("Statement by Panama\n\nThe canal is ours.", "utf-8")
    (texts / "b.txt").write_text("Statement by Norway\n\nThe fjord is ours.", "utf-8")
    build(texts, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        publish(index, tmp_path / "site")
        (texts / "b.txt").unlink()
        update(texts, into=tmp_path / "index")
        index.refresh()
        done = publish(index, tmp_path / "site")
        publish(index, tmp_path / "fresh")
    assert done.removed >= 4
    assert tree(tmp_path / "site") == tree(tmp_path / "fresh")


def test_a_second_run_writes_nothing(index: Index, tmp_path: Path) -> None:
    publish(index, tmp_path)
    again = publish(index, tmp_path)
    assert (again.written, again.removed, again.left) == (0, 0, ())
