"""A few hundred mutated inputs for every reader, the query language and the opening of an index.

``python -m faults`` runs a million each, and ``tests/long/test_mutated_inputs.py`` too.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults.campaign import run_campaign
from faults.fuzzing import LOADS_ON, TARGETS, Broken, Fuzzer, Reader, Run, Target

from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.registry import BINARY_READERS, READERS
from onrecord.indexer.paths import SourceFile
from onrecord.indexer.reading.statements import read_statements

INPUTS = 250
SEED = 20_211_125
# An index is copied for each input that damages it.
FEWER = {"opener": 60, "arrays": 60}


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_mutated_inputs_raise_errors_of_ours_alone(target: Target, tmp_path: Path) -> None:
    if target.missing():
        pytest.skip(target.missing() or "")
    fuzzer = Fuzzer(target, tmp_path, seed=SEED)
    finds = (fuzzer.step(number) for number in range(FEWER.get(target.name, INPUTS)))
    assert [find for find in finds if find] == []


def test_an_input_is_the_same_for_its_seed_and_number(tmp_path: Path) -> None:
    for target in TARGETS:
        if target.missing() or not isinstance(target.open, Reader) or target.name == "parquet":
            continue
        one, other = (Fuzzer(target, tmp_path, seed=7) for _ in range(2))
        one.make(3)
        assert (target.name, one.make(5)) == (target.name, other.make(5))


def test_every_format_has_a_target_whose_inputs_it_reads(tmp_path: Path) -> None:
    """What stands in the registry is put to the test: a new format cannot be forgotten."""
    formats = {reader.name for reader in (*READERS, *BINARY_READERS)}
    read = {"zip"}  # what is read is read from the texts in it
    for target in TARGETS:
        if not isinstance(target.open, Reader):
            continue
        if target.missing():
            read.add("doc")
            continue
        fuzzer = Fuzzer(target, tmp_path, seed=SEED)
        path = tmp_path / target.open.names[0]
        # Of a hundred old Word documents antiword gives up on all but six.
        for number in range(400 if target.name == "old-word" else 40):
            path.write_bytes(fuzzer.make(number))
            try:
                read |= {
                    one.source.format
                    for one in read_statements(SourceFile.alone(path), content_hash="") or ()
                }
            except SourceError:
                continue
    assert formats - read == set()


@dataclass(frozen=True)
class Planted:
    """Goes wrong on one input in ten, in some way, once it has loaded what it loads."""

    goes_wrong: Callable[[], object]

    def __call__(self, folder: Path) -> Run:
        before = iter(range(LOADS_ON))

        def run(_: bytes, chance: random.Random) -> bool:
            if next(before, None) is None and chance.random() < 0.1:
                self.goes_wrong()
            return True

        return run


def raises() -> None:
    raise KeyError("planted")


def breaks_a_promise() -> None:
    raise Broken("a paragraph that is empty: ''")


def crashes() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def computes_on() -> None:
    os.kill(os.getpid(), signal.SIGXCPU)


def takes_memory() -> None:
    bytes(b"a" * (400 << 20))


@pytest.mark.parametrize(
    ("goes_wrong", "what"),
    [
        (raises, "KeyError: 'planted' in the interpreter"),
        (breaks_a_promise, "Broken: a paragraph that is empty: ''"),
        (takes_memory, "MiB more of memory"),
    ],
)
def test_what_goes_wrong_is_found(goes_wrong: Callable[[], object], what: str, tmp_path: Path) -> None:
    fuzzer = Fuzzer(Target("planted", (), Planted(goes_wrong), made=one_sample), tmp_path, seed=1)
    finds = [find for number in range(3 * LOADS_ON) if (find := fuzzer.step(number))]
    assert len(finds) >= 1
    assert what in finds[0]


@pytest.mark.parametrize(
    ("goes_wrong", "what"),
    [
        (crashes, "the end of the process: SIGSEGV"),
        (computes_on, "the end of the process: more than 60 seconds of computing"),
    ],
)
def test_what_ends_the_process_is_found_and_the_others_go_on(
    goes_wrong: Callable[[], object], what: str
) -> None:
    target = Target("planted", (), Planted(goes_wrong), made=one_sample)
    campaign = run_campaign(target, seed=1, numbers=range(LOADS_ON + 20))
    assert campaign.done == LOADS_ON + 20
    assert [find.what for find in campaign.finds.values()] == [what]


def one_sample() -> list[bytes]:
    """Return a sample; what is handed to another process needs a name."""
    return [b"We agree."]
