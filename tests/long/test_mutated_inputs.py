"""A million mutated inputs for each reader, the query language and the opening of an index.

Run it with::

    pytest -m long tests/long/test_mutated_inputs.py -s --log-cli-level=INFO

``ONRECORD_INPUTS`` says how many inputs a target gets, ``ONRECORD_MINUTES`` how long it may take at most, and
``ONRECORD_SEED`` (a number) which inputs they are; ``-k html`` picks a target. An input that ends the
interpreter, or keeps it for more than a minute, leaves a traceback of where it was.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.fuzzing import TARGETS, Fuzzer, Target

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
LONGEST_INPUT = 60.0
MOST_FINDS = 20
#: What the process may come to hold, in MiB. The readers take 60 with all their parsers.
MOST_MEMORY = 600
#: What it may ask the system for, in bytes; files that are mapped count as well.
MOST_SPACE = 4 << 30


@pytest.fixture(autouse=True)
def _bounded_memory() -> Iterator[None]:
    """Let the process take no more than `MOST_SPACE`: what asks for more is a find, and harms nobody."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_SPACE, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_mutated_inputs_raise_errors_of_ours_alone(target: Target, tmp_path: Path) -> None:
    inputs = int(os.environ.get("ONRECORD_INPUTS", "1000000"))
    minutes = float(os.environ.get("ONRECORD_MINUTES", "inf"))
    fuzzer = Fuzzer(target, tmp_path, seed=int(os.environ.get("ONRECORD_SEED", "1")))
    finds: dict[str, str] = {}
    began, done = time.monotonic(), 0
    while done < inputs and time.monotonic() - began < 60 * minutes and len(finds) < MOST_FINDS:
        faulthandler.dump_traceback_later(LONGEST_INPUT, exit=True)
        found = fuzzer.step()
        done += 1
        if found:
            log.warning("input %d: %s", done, found[:400])
            finds.setdefault(found.partition(" on ")[0].rpartition(" in ")[2], found)
    faulthandler.cancel_dump_traceback_later()
    seconds = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    log.info(
        "%s: %s inputs, %.0f a second, %d kinds of finds, %d MiB at most",
        target.name,
        f"{done:,}",
        done / seconds,
        len(finds),
        memory,
    )
    assert (list(finds.values()), memory <= MOST_MEMORY) == ([], True)
