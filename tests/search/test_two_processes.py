"""A long page that two processes write says what one alone would, whatever becomes of the second."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path

import pytest

from onrecord import build, open_index
from onrecord.search.cli.hit_lines import HitLines
from onrecord.search.results import two_processes
from onrecord.search.results.hits import Hit, Results
from onrecord.search.results.share import Share
from onrecord.search.results.two_processes import lines_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    folder = tmp_path_factory.mktemp("long")
    for number in range(30):
        text = "\n\n".join(f"The canal has {number * 100 + row} locks." for row in range(100))
        Path(folder, f"{number}.txt").write_text(f"Statement by Panama\n\n{text}\n", "utf-8")
    build(folder, into=folder / "index")
    with open_index(folder / "index") as index:
        yield index.search("canal", limit=None)


@pytest.fixture(autouse=True)
def forked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let two processes write, and return the second ones."""
    forked, fork = list[int](), os.fork

    def noted_fork() -> int:
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", noted_fork)
    monkeypatch.setattr(two_processes, "_MANY", 1)
    monkeypatch.setattr(two_processes, "_can_share", lambda: True)
    return forked


def written(hit: Hit) -> bytes:
    return HitLines().line(hit)


def has_ended(forked: list[int]) -> bool:
    [process] = forked
    try:
        os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def only_in_the_second(what: Callable[[], None], *, after: int) -> Callable[[Hit], bytes]:
    """Return what writes a hit, and in another process than this does something after so many."""
    own, count = os.getpid(), [0]

    def line(hit: Hit) -> bytes:
        if os.getpid() != own:
            count[0] += 1
            if count[0] > after:
                what()
        return written(hit)

    return line


def gather(lines: Iterator[bytes], got: bytearray) -> None:
    for some in lines:
        got += some


def fail() -> None:
    raise ValueError


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_two_processes_write_what_one_does(results: Results, forked: list[int]) -> None:
    assert results.total > 2_000
    assert b"".join(lines_of(results, written)) == b"".join(map(written, results.stream()))
    assert has_ended(forked)


@pytest.mark.parametrize("what", [fail, die])
@pytest.mark.parametrize("after", [0, 1, 130, 700])
def test_the_first_writes_the_rest_where_the_second_ends(
    results: Results, what: Callable[[], None], after: int, forked: list[int]
) -> None:
    lines = lines_of(results, only_in_the_second(what, after=after))
    assert b"".join(lines) == b"".join(map(written, results.stream()))
    assert has_ended(forked)


def test_a_hit_that_cannot_be_read_is_an_error_behind_those_before_it(
    results: Results, forked: list[int]
) -> None:
    broken = list(results.stream())[1_000].address

    def line(hit: Hit) -> bytes:
        if hit.address == broken:
            raise LookupError(broken)
        return written(hit)

    def written_before(lines: Iterator[bytes]) -> bytes:
        got = bytearray()
        with pytest.raises(LookupError, match=broken):
            gather(lines, got)
        return bytes(got)

    alone = written_before(map(line, results.stream()))
    together = written_before(lines_of(results, line))
    assert together  # of the run in which it stands, the lines before it may be missing
    assert alone.startswith(together)
    assert has_ended(forked)


def test_who_stops_reading_leaves_no_process(results: Results, forked: list[int]) -> None:
    lines = lines_of(results, written)
    assert list(islice(lines, 140))
    lines.close()  # type: ignore[attr-defined]
    assert has_ended(forked)


@pytest.mark.parametrize("share", [2, 3])
def test_shares_are_a_page(results: Results, share: int) -> None:
    page = [hit.address for hit in results.stream()]
    shares = [
        [hit.address for hit in results.stream(Share(place, of=share, run=7))] for place in range(share)
    ]
    assert sorted(chain.from_iterable(shares)) == sorted(page)
    assert shares[1] == [address for number, address in enumerate(page) if number // 7 % share == 1]
