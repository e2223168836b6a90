"""Writers are killed and disks fail, at every call and at random moments: the index is old or new.

Run it with::

    pytest -m long tests/long/test_kills.py --log-cli-level=INFO

It needs no texts of others. ``ONRECORD_KILLS`` is the number of kills at random moments,
``ONRECORD_SEED`` draws other moments. A folder that is read-only is a disk that answers
every call with EROFS, since the permissions of a folder do not stop root.
"""

from __future__ import annotations

import errno
import logging
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from faults.commits import SCENARIOS, Scene
from faults.disk import calls_of, dies_while, fails, is_killed

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
RANDOM_KILLS = int(os.environ.get("ONRECORD_KILLS", "500"))
SEED = int(os.environ.get("ONRECORD_SEED", "1945"))
WRITING = frozenset({"open", "write", "flush", "fsync", "mkdir"})
EVERYTHING = WRITING | {"replace", "unlink"}
DISKS = {
    "full (ENOSPC)": (errno.ENOSPC, WRITING, True),
    "failing flush (EIO)": (errno.EIO, frozenset({"flush", "fsync"}), False),
    "failing once (EIO)": (errno.EIO, EVERYTHING, False),
    "read-only (EROFS)": (errno.EROFS, EVERYTHING, True),
}


@pytest.fixture(scope="module", params=list(SCENARIOS))
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return SCENARIOS[request.param](tmp_path_factory.mktemp(request.param))


def calls(scene: Scene, index: Path) -> list[str]:
    scene.standing(index)
    return calls_of(lambda: scene.operation(index))


def test_a_writer_killed_at_every_call_leaves_the_old_index_or_the_new(scene: Scene, tmp_path: Path) -> None:
    index = tmp_path / "index"
    asked = calls(scene, index)
    for number in range(1, len(asked) + 1):
        scene.standing(index)
        assert is_killed(lambda: scene.operation(index), number)
        assert scene.fault_of(index) is None, number
    log.info("%s: killed at each of %d calls %s", scene.name, len(asked), dict(Counter(asked)))


def test_a_writer_killed_at_random_moments_leaves_the_old_index_or_the_new(
    scene: Scene, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    draw = random.Random(SEED)
    calls(scene, index)  # loads what a first run loads
    scene.standing(index)
    began = time.monotonic()
    # In a process of its own, as those that will be killed: its first steps are slower.
    assert not dies_while(lambda: scene.operation(index), lambda process: None)
    longest = time.monotonic() - began

    def kill(process: int) -> None:
        time.sleep(draw.uniform(0, longest))
        os.kill(process, signal.SIGKILL)

    died = 0
    kills = -(-RANDOM_KILLS // len(SCENARIOS))
    for _ in range(kills):
        scene.standing(index)
        died += dies_while(lambda: scene.operation(index), kill)
        assert scene.fault_of(index) is None
    log.info("%s: %d kills within %.0f ms, %d before the end", scene.name, kills, 1000 * longest, died)


@pytest.mark.parametrize("disk", list(DISKS))
def test_a_disk_that_refuses_leaves_the_old_index_or_the_new(scene: Scene, tmp_path: Path, disk: str) -> None:
    code, names, for_good = DISKS[disk]
    index = tmp_path / "index"
    asked = calls(scene, index)
    told = 0
    struck = [number for number, name in enumerate(asked, 1) if name in names]
    for number in struck:
        scene.standing(index)
        error = fails(lambda: scene.operation(index), number, errno=code, names=names, for_good=for_good)
        told += error is not None
        assert scene.fault_of(index) is None, number
    log.info("%s, disk %s: struck at %d calls, %d errors told", scene.name, disk, len(struck), told)
