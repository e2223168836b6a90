"""What other systems refuse, refused here: to delete what is mapped, to rename onto what is open, modules.

The suite runs on Linux. These tests take from it what Windows has not, or make it answer as Windows does.
"""

from __future__ import annotations

import gc
import ntpath
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from oracles.arriving import paragraphs_of
from program import environment

from onrecord import AlertError, build, open_index, update
from onrecord.indexer import paths
from onrecord.indexer.store.disk import put_in_place
from onrecord.indexer.store.lock import Lock
from onrecord.search.alerts import Saved

# Modules and functions that only systems of POSIX have, and a reader or a writer is not to need.
_BLOCKED = """
import os, sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "resource", "pwd", "grp", "termios", "pty", "tty", "posix_ipc"}:
            raise ModuleNotFoundError(name)
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Blocked())
import signal
for name in ("fork", "forkpty", "register_at_fork", "getuid", "geteuid", "sched_getaffinity", "mkfifo",
             "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "pread", "sysconf", "uname"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("pthread_sigmask", "SIGKILL", "SIGHUP", "SIGALRM", "alarm", "setitimer", "SIGUSR1"):
    if hasattr(signal, name):
        delattr(signal, name)
sys.platform = "other"
# The system's lock has a module of POSIX under it here; of this stand-in the rest of portalocker is used.
from types import ModuleType
stand_in = ModuleType("fcntl")
stand_in.LOCK_EX, stand_in.LOCK_NB, stand_in.LOCK_SH, stand_in.LOCK_UN = 2, 4, 1, 8
stand_in.flock = stand_in.lockf = lambda descriptor, flags: None
sys.modules["fcntl"] = stand_in
import portalocker.portalocker
del sys.modules["fcntl"]
"""
_USED = """
from pathlib import Path
from onrecord import build, open_index, update, remove
from onrecord.indexer.doctor.examine import examine
place = Path(sys.argv[1])
texts, index = place / "texts", place / "index"
build(texts, into=index)
(texts / "b.txt").write_text("Statement by Chad\\n\\nThe lake is ours.", "utf-8")
assert update(texts, into=index).added.statements == 1
with open_index(index) as opened:
    results = opened.search('"is ours"', limit=None)
    print(results.total, sorted(hit.speaker for hit in results))
    print(len([*opened.stream("ours")]), opened.verify("The lake is ours.").grade.value)
    print(opened.count("ours", by="speaker").as_dicts()[0]["paragraphs"])
    opened.export("ours", place / "out.csv")
assert remove(texts / "b.txt", into=index).removed.statements == 1
from onrecord.search.cli import main
main(["search", "canal", "-i", str(index)], standalone_mode=False)
main(["index", str(texts), "-i", str(index), "--rebuild"], standalone_mode=False)
"""


def texts_in(place: Path, *, large: bool = False) -> Path:
    folder = place / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("Statement by Panama\n\nThe canal is ours.", "utf-8")
    if large:  # enough for a second process
        for name in ("c.html", "d.html"):
            page = f"<html><!--{'x' * (5 << 20)}--><h1>Statement by Chile</h1><p>We want peace.</p></html>"
            (folder / name).write_text(page, "utf-8")
    return folder


def test_a_reader_and_a_writer_need_nothing_that_only_posix_has(tmp_path: Path) -> None:
    texts_in(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", _BLOCKED + _USED, tmp_path],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:3] == ["2 ['Chad', 'Panama']", "2 exact", "1"]


def mapped() -> set[str]:
    """Return the files that this process has mapped."""
    lines = Path("/proc/self/maps").read_text("utf-8").splitlines()
    return {line.split(maxsplit=5)[5] for line in lines if line.count(" ") > 5 and "/" in line}


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Refuse to delete and to replace what is mapped, as Windows does; say what was refused."""
    refused: list[str] = []
    unlink, replace = os.unlink, os.replace

    def refuse(path: str | os.PathLike[str]) -> None:
        if os.path.realpath(path) in mapped():
            refused.append(Path(path).name)
            raise in_use(path)

    def careful_unlink(path: str, *, dir_fd: int | None = None) -> None:
        refuse(path)
        unlink(path, dir_fd=dir_fd)

    def careful_replace(source: str, target: str, **options: int) -> None:
        refuse(target)
        replace(source, target, **options)

    monkeypatch.setattr(os, "unlink", careful_unlink)
    monkeypatch.setattr(os, "replace", careful_replace)
    return refused


def in_use(path: str | os.PathLike[str]) -> PermissionError:
    error = PermissionError(13, "The process cannot access the file", str(path))
    error.winerror = 32  # type: ignore[attr-defined]
    return error


def test_what_a_reader_has_mapped_is_deleted_by_a_later_commit(tmp_path: Path, refusing: list[str]) -> None:
    texts, index = texts_in(tmp_path), tmp_path / "index"
    build(texts, into=index)
    reader = open_index(index)
    for number in range(4):
        (texts / "a.txt").write_text(f"Statement by Panama\n\nThe canal is ours, {number}.", "utf-8")
        build(texts, into=index)
        assert [hit.text for hit in reader.search("canal")] == ["The canal is ours."]
    assert refusing
    assert [*paragraphs_of(index).values()] == ["The canal is ours, 3."]
    left = {path.name for path in index.glob("*.seg")}
    reader.close()
    del reader
    gc.collect()
    update(texts, into=index)
    (texts / "b.txt").write_text("Statement by Chad\n\nThe lake.", "utf-8")
    update(texts, into=index)
    standing = {path.name for path in index.glob("*.seg")}
    assert len(left - standing) == len(left) - 1
    assert sorted(paragraphs_of(index).values()) == ["The canal is ours, 3.", "The lake."]


@pytest.mark.parametrize(("times", "comes"), [(0, True), (3, True), (1000, False)])
def test_a_name_that_is_open_elsewhere_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, *, comes: bool
) -> None:
    aside, path = tmp_path / "CURRENT.new", tmp_path / "CURRENT"
    aside.write_bytes(b"new")
    path.write_bytes(b"old")
    asked, replace = iter(range(times)), os.replace
    monkeypatch.setattr("onrecord.indexer.store.disk._DELAY", 0)

    def refuse(source: Path, target: Path) -> None:
        for _ in asked:
            raise in_use(target)
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    if comes:
        put_in_place(aside, path)
    else:
        with pytest.raises(PermissionError):
            put_in_place(aside, path)
    assert path.read_bytes() == (b"new" if comes else b"old")


def test_what_may_not_be_written_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse(source: Path, target: Path) -> None:
        asked.append(target)
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "CURRENT.new", tmp_path / "CURRENT")
    assert len(asked) == 1


def test_the_lock_is_that_of_older_programs(tmp_path: Path) -> None:
    import fcntl

    lock = Lock.take(tmp_path / "LOCK", wait=0)
    assert lock is not None
    descriptor = os.open(tmp_path / "LOCK", os.O_RDWR)
    with pytest.raises(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    lock.release()
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert Lock.take(tmp_path / "LOCK", wait=0.1) is None
    os.close(descriptor)
    again = Lock.take(tmp_path / "LOCK", wait=0)
    assert again is not None
    again.release()


@pytest.fixture
def of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let keys be made of paths as Windows writes them."""
    system = SimpleNamespace(path=ntpath, sep="\\", fsencode=os.fsencode, fsdecode=os.fsdecode)
    monkeypatch.setattr(paths, "os", system)


@pytest.mark.usefixtures("of_windows")
@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        (lambda: paths.key_of("C:\\texts\\2021\\a.txt"), "C:/texts/2021/a.txt"),
        (lambda: paths.key_below("C:/texts", "a.txt"), "C:/texts/a.txt"),
        (lambda: paths.parted_key(paths.key_of("C:\\b.zip!\\in\\a.txt")), ("C:/b.zip!", "in/a.txt")),
        (lambda: paths.is_within(paths.key_of("C:\\b.zip!\\a.txt"), "C:/b.zip"), True),
        (lambda: paths.is_within(paths.key_of("C:\\texts\\a.txt"), paths.key_of("C:\\texts")), True),
        (lambda: paths.parted(paths.key_of("C:\\texts\\a.txt"), {"C:/texts"}), ("C:/texts", "a.txt")),
        (lambda: [*paths.around("C:/b.zip!/a.txt")][-2:], ["C:/b.zip", "C:/b.zip!/a.txt"]),
    ],
)
def test_the_keys_of_a_path_have_slashes_on_every_system(asked: Callable[[], object], holds: object) -> None:
    assert asked() == holds


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "lpt9.feed"])
def test_no_saved_search_has_the_name_of_a_device(name: str) -> None:
    with pytest.raises(AlertError, match="the name of a device on Windows"):
        Saved.of(name, "water")


def test_texts_are_read_and_written_in_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    texts = texts_in(tmp_path, large=True)
    (texts / "é.txt").write_text("Statement by Côte d'Ivoire\n\nNous voilà, 和平.", "utf-8")
    asked = [sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning", "-m", "onrecord"]
    for line in (("index", texts), ("search", "canal"), ("count", "peace", "--by", "speaker")):
        done = subprocess.run(
            [*asked, *line, "-i", tmp_path / "index"],
            env=environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
