"""An open index may be asked by any number of threads, and by processes that were forked off (S1-0, S1-3)."""

from __future__ import annotations

import os
import random
import threading
from pathlib import Path

import pytest
from faults.threads import ask_everything, hammer, in_threads, lay_out_many

from onrecord import Index, IndexClosed, build, open_index, update
from onrecord.indexer.store.store import Store
from onrecord.search.bounded_cache import BoundedCache


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return lay_out_many(tmp_path / "texts", files=24, paragraphs=60)


@pytest.fixture
def folder(texts: Path, tmp_path: Path) -> Path:
    build(texts, into=tmp_path / "index")
    return tmp_path / "index"


def test_threads_are_told_what_one_thread_is_told(
    folder: Path, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.indexer.segments.columns.blocks._KEPT", 1)  # so that all is fought for
    monkeypatch.setattr("onrecord.search.engine.engine.CACHE_SIZE", 1 << 16)
    told = hammer(folder, texts, threads=8, seconds=3, updates=6)
    assert told.wrong == []
    assert told.right > 0


def test_texts_are_read_right_by_many_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compressed texts are opened outside of the interpreter's lock: here threads truly meet."""
    build(lay_out_many(tmp_path / "texts", files=40, paragraphs=100), into=tmp_path / "index")
    monkeypatch.setattr("onrecord.indexer.segments.columns.blocks._KEPT", 1)
    [segment] = Store(tmp_path / "index").open().segments
    texts = [segment.paragraphs.text(number) for number in range(len(segment))]

    def read(chance: random.Random) -> str | None:
        number = chance.randrange(len(texts))
        return None if segment.paragraphs.text(number) == texts[number] else f"paragraph {number} is another"

    told = in_threads(read, threads=8, seconds=2)
    assert told.wrong == []
    assert told.right > 0


def test_a_cache_keeps_its_bounds_under_many_threads() -> None:
    cache = BoundedCache(1000)

    def use(chance: random.Random) -> str | None:
        key, size = chance.randrange(50), chance.randrange(1, 400)
        kept = cache.get(key)
        cache.keep(key, key, size)
        if chance.random() < 0.001:
            cache.clear()
        return None if kept in (None, key) else f"{kept} is kept under {key}"

    told = in_threads(use, threads=8, seconds=1)
    assert told.wrong == []
    cache.clear()
    for key in range(50):
        cache.keep(key, key, 100)
    kept = [key for key in range(50) if cache.get(key) is not None]
    assert kept == list(range(50 - len(kept), 50))
    assert 8 <= len(kept) <= 10


def test_a_forked_process_goes_on_asking(folder: Path) -> None:
    with open_index(folder) as index:
        expected = ask_everything(index)
        busy, done = threading.Event(), threading.Event()

        def refresh_all_the_time() -> None:
            while not done.is_set():
                index.refresh()
                busy.set()

        thread = threading.Thread(target=refresh_all_the_time)
        thread.start()
        busy.wait()
        children = [_forked(index, expected) for _ in range(4)]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        done.set()
        thread.join()
    assert codes == [0, 0, 0, 0]


def _forked(index: Index, expected: list[object]) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        index.refresh()
        code = 0 if ask_everything(index) == expected else 2
    finally:
        os._exit(code)


def test_a_snapshot_stays_as_it_is(folder: Path, texts: Path) -> None:
    with open_index(folder) as index:
        before = index.pinned()
        (texts / "new.txt").write_text("The zebra.", "utf-8")
        update(texts, into=folder)
        assert index.refresh()
        assert (before.generation, before.search("zebra").total) == (1, 0)
        assert (index.generation, index.search("zebra").total) == (2, 1)
        before.close()
        assert index.search("zebra").total == 1


def test_a_refresh_swaps_to_a_whole_new_view(folder: Path, texts: Path) -> None:
    with open_index(folder) as index:
        before = index.search("zebra")
        (texts / "new.txt").write_text("The zebra.", "utf-8")
        update(texts, into=folder)
        assert index.search("zebra").total == 0
        assert (index.refresh(), index.search("zebra").total, before.total) == (True, 1, 0)
        assert index.refresh() is False


@pytest.mark.parametrize(
    "ask",
    [
        lambda index: index.search("mines"),
        lambda index: index.show("a#1"),
        lambda index: index.status(),
        lambda index: index.refresh(),
        lambda index: index.whoosh_searcher(),
        lambda index: index.forget(),
    ],
)
def test_a_closed_index_says_that_it_was_closed(ask: object, folder: Path) -> None:
    with open_index(folder) as index:
        results = index.search("mines")
    with pytest.raises(IndexClosed, match=r"^This index was closed; open it again with open_index\.$"):
        ask(index)  # type: ignore[operator]
    index.close()
    assert (results.total > 0, len(results.hits)) == (True, 10)
