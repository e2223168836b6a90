"""Whatever happens to a writer, the index is exactly the old one or exactly the new one.

A shorter run of what `tests/long/test_kills.py` does at every call.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.commits import SCENARIOS, Scene, held, lay_out, scan
from faults.disk import calls_of, fails, is_killed

from onrecord import IndexDamaged, StoreError, build, open_index, update
from onrecord.indexer.store.store import Store

WRITING = frozenset({"open", "write", "flush", "fsync", "mkdir"})
EVERYTHING = WRITING | {"replace", "unlink"}
# Of the many writes of a segment every hundredth is struck here.
STEP = 100


@pytest.fixture(scope="module", params=list(SCENARIOS))
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return SCENARIOS[request.param](tmp_path_factory.mktemp(request.param))


def points(scene: Scene, index: Path) -> Iterator[int]:
    """Yield the numbers of the calls to strike: all but writes, and some of these."""
    scene.standing(index)
    calls = calls_of(lambda: scene.operation(index))
    assert Counter(calls)["write"] > 0
    for number, name in enumerate(calls, 1):
        if name not in {"write", "flush"} or number % STEP == 0:
            yield number


def test_a_killed_writer_leaves_the_old_index_or_the_new(scene: Scene, tmp_path: Path) -> None:
    index = tmp_path / "index"
    for number in points(scene, index):
        scene.standing(index)
        assert is_killed(lambda: scene.operation(index), number)
        assert scene.fault_of(index) is None, number


@pytest.mark.parametrize(
    ("code", "names", "for_good"),
    [
        pytest.param(errno.ENOSPC, WRITING, True, id="full"),
        pytest.param(errno.EIO, EVERYTHING, False, id="failing once"),
    ],
)
def test_a_disk_that_refuses_leaves_the_old_index_or_the_new(
    scene: Scene, tmp_path: Path, *, code: int, names: frozenset[str], for_good: bool
) -> None:
    index = tmp_path / "index"
    for number in points(scene, index):
        scene.standing(index)
        error = fails(lambda: scene.operation(index), number, errno=code, names=names, for_good=for_good)
        assert error is None or os.strerror(code).lower() in str(error)
        assert scene.fault_of(index) is None, number


def test_a_full_disk_leaves_nothing_behind(scene: Scene, tmp_path: Path) -> None:
    index = scene.standing(tmp_path / "index")
    before = {path.name for path in index.iterdir()} if index.exists() else set()
    fails(lambda: scene.operation(index), 5, errno=errno.ENOSPC, names=WRITING, for_good=True)
    assert {path.name for path in index.iterdir()} - before <= {"LOCK"}


def test_a_folder_that_is_read_only_is_one_sentence(scene: Scene, tmp_path: Path) -> None:
    index = scene.standing(tmp_path / "index")
    error = fails(lambda: scene.operation(index), 1, errno=errno.EROFS, names=EVERYTHING, for_good=True)
    assert str(error) == (
        f"{index}: the index could not be written (read-only file system) and is as whole as before; "
        "see that you may write there and run the command again."
    )
    assert held(index) == scene.old


FILE_LIMIT = """
import resource, sys
from onrecord.indexer.building import worker_pool
from onrecord import StoreError, build
worker_pool._WORTH_A_PROCESS = 1
worker_pool.os.cpu_count = lambda: 2
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    build(sys.argv[1], into=sys.argv[2])
except StoreError as error:
    print(error)
"""


def test_what_the_disk_refuses_a_worker_is_the_same_sentence(tmp_path: Path) -> None:
    texts = lay_out({f"text-{n}.txt": f"The text {n}. " * 999 for n in range(4)}, tmp_path / "texts")
    index = tmp_path / "index"
    told = subprocess.run(
        [sys.executable, "-c", FILE_LIMIT, str(texts), str(index)], capture_output=True, text=True, check=True
    )
    assert (told.stdout, told.stderr) == (
        f"{index}: the index could not be written (file too large) and is as whole as before; "
        "allow larger files and run the command again.\n",
        "",
    )
    assert [path.name for path in index.iterdir()] == ["LOCK"]


def program(code: str, *args: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> str:
    """Wait for a program and return what it complained of."""
    return process.communicate()[1]


def test_eight_writers_at_once_leave_every_text_in_the_index_once(tmp_path: Path) -> None:
    every = {f"text-{number}.txt": f"The text {number}." for number in range(32)}
    folders = [
        lay_out({name: every[name] for name in list(every)[first : first + 4]}, tmp_path / f"texts-{first}")
        for first in range(0, 32, 4)
    ]
    code = "import sys; from onrecord import update; update(sys.argv[1], into=sys.argv[2])"
    writers = [program(code, folder, tmp_path / "index") for folder in folders]
    assert [ended(writer) for writer in writers] == [""] * 8
    assert held(tmp_path / "index") == scan(every)


WRITER = """
import sys
from pathlib import Path
from onrecord import build, update
texts, index = map(Path, sys.argv[1:])
for number in range(1, 26):
    (texts / f"text-{number}.txt").write_text(f"The text {number}.", "utf-8")
    (build if number % 5 == 0 else update)(texts, into=index)
"""


def test_a_reader_sees_no_error_and_no_wrong_answer_while_twenty_updates_and_five_rebuilds_go_on(
    tmp_path: Path,
) -> None:
    texts = lay_out({"text-0.txt": "The text 0."}, tmp_path / "texts")
    build(texts, into=tmp_path / "index")
    writer = program(WRITER, texts, tmp_path / "index")
    seen = [0]
    with open_index(tmp_path / "index") as index:
        while writer.poll() is None or index.refresh():
            index.refresh()
            found = sorted(hit.text for hit in index.search("text", limit=None))
            assert found == sorted(f"The text {number}." for number in range(len(found)))
            seen.append(len(found))
            time.sleep(0.02)
    assert (ended(writer), seen == sorted(seen), seen[-1]) == ("", True, 26)


def test_a_reader_that_opens_anew_each_time_is_never_told_of_damage(tmp_path: Path) -> None:
    texts = lay_out({"text-0.txt": "The text 0."}, tmp_path / "texts")
    build(texts, into=tmp_path / "index")
    stop = threading.Event()
    trouble = []

    def read() -> None:
        while not stop.is_set():
            try:
                Store(tmp_path / "index").open()
            except StoreError as error:
                trouble.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(10):
        build(texts, into=tmp_path / "index")
    stop.set()
    reader.join()
    assert trouble == []


def test_the_lock_of_a_dead_writer_does_not_block(scene: Scene, tmp_path: Path) -> None:
    index = scene.standing(tmp_path / "index")
    assert is_killed(lambda: scene.operation(index), 5)
    Store(index).writer(wait=0).close()


def test_an_update_keeps_the_generation_before(tmp_path: Path) -> None:
    texts = lay_out({"a.txt": "The a."}, tmp_path / "texts")
    build(texts, into=tmp_path / "index")
    before = Store(tmp_path / "index").generation()
    lay_out({"a.txt": "The a.", "b.txt": "The b."}, texts)
    update(texts, into=tmp_path / "index")
    assert Store(tmp_path / "index").read_generation("PREVIOUS") == before


def test_a_rebuild_keeps_one_generation_only(tmp_path: Path) -> None:
    texts = lay_out({"a.txt": "The a."}, tmp_path / "texts")
    for _ in range(3):
        build(texts, into=tmp_path / "index")
    files = {path.suffix or path.name for path in (tmp_path / "index").iterdir()}
    assert (files, len(list((tmp_path / "index").glob("*.seg")))) == (
        {"CURRENT", "PREVIOUS", "SEEN", "LOCK", ".seg"},
        1,
    )


def test_refreshing_maps_anew_only_what_is_new(tmp_path: Path) -> None:
    texts = lay_out({"a.txt": "The a."}, tmp_path / "texts")
    build(texts, into=tmp_path / "index")
    store = Store(tmp_path / "index")
    before = store.open()
    lay_out({"a.txt": "The a.", "b.txt": "The b."}, texts)
    update(texts, into=tmp_path / "index")
    assert store.open(after=before).segments[0] is before.segments[0]


def test_a_lost_table_beside_the_one_before_is_damage_and_no_new_index(tmp_path: Path) -> None:
    scene = SCENARIOS["update"](tmp_path / "scene")
    index = scene.standing(tmp_path / "index")
    (index / "CURRENT").unlink()
    with pytest.raises(IndexDamaged, match="the table of contents is missing"):
        scene.operation(index)


def test_a_commit_flushes_files_and_folder_before_its_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rename that outlives a power cut must not name what did not."""
    texts, index = lay_out({"a.txt": "The a."}, tmp_path / "texts"), tmp_path / "index"
    build(texts, into=index)
    lay_out({"b.txt": "The b."}, texts)
    order: list[str] = []
    fsync, replace = os.fsync, os.replace

    def flushed(descriptor: int) -> None:
        order.append(f"flush {Path(f'/proc/self/fd/{descriptor}').readlink().name}")
        fsync(descriptor)

    def renamed(source: Path, target: Path) -> None:
        order.append(f"rename {Path(source).name}")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    update(texts, into=index)
    [segment] = [name for name in order if name.startswith("flush segment-")]
    [addresses] = [name for name in order if name.startswith("flush addresses-")]
    assert order == [
        segment,
        addresses,
        "flush CURRENT.new",
        "flush PREVIOUS.new",
        "flush index",
        "rename CURRENT.new",
        "rename PREVIOUS.new",
        "flush index",
        "rename SEEN.new",  # a hint: what a power cut leaves of it is told by its checksum
    ]
