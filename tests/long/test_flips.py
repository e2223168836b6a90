"""Very many changed bytes, and very many forged numbers: refused by name, or no harm done.

Run it with ``pytest -m long tests/long/test_flips.py --log-cli-level=INFO``; it takes about an
hour, and logs how many were refused. ``ONRECORD_FLIPS`` is how many bytes, and how many numbers, are
changed.
"""

from __future__ import annotations

import logging
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from faults.forged import forgeries, names_another
from faults.suspect import Arrays, answers, flipped, forge, make_index, segments
from hypothesis import HealthCheck, given, settings

pytestmark = pytest.mark.long

FLIPS = int(os.environ.get("ONRECORD_FLIPS", "20000"))
_EVERY = 1000


def test_very_many_changed_bytes_are_refused_or_change_nothing(tmp_path: Path) -> None:
    folder = make_index(tmp_path / "whole")
    whole = answers(folder)
    folder = shutil.copytree(folder, tmp_path / "flipped")
    chance = random.Random(2)
    outcomes: Counter[str] = Counter()
    # The files by turns, however small one is.
    for number in range(FLIPS):
        path = segments(folder)[number % len(segments(folder))]
        place, bits = chance.randrange(path.stat().st_size), chance.randint(1, 255)
        outcomes[flipped(path, whole, place=place, bits=bits)] += 1
        if number % _EVERY == _EVERY - 1:
            logging.getLogger(__name__).info("%d bytes changed: %s", number + 1, dict(outcomes))
    assert {*outcomes} <= {"refused", "the same"}


@pytest.mark.parametrize("name", ["CURRENT", "PREVIOUS"])
def test_every_byte_of_a_table_of_contents_that_changes_is_refused_or_changes_nothing(
    tmp_path: Path, name: str
) -> None:
    folder = make_index(tmp_path / "whole")
    whole = answers(folder)
    chance = random.Random(3)
    outcomes = Counter(
        flipped(folder / name, whole, place=place, bits=chance.randint(1, 255))
        for place in range((folder / name).stat().st_size)
    )
    logging.getLogger(__name__).info("every byte of %s changed: %s", name, dict(outcomes))
    assert {*outcomes} <= {"refused", "the same"}


@pytest.fixture(scope="module")
def index_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("suspect"))


@settings(max_examples=FLIPS, deadline=None, suppress_health_check=list(HealthCheck))
@given(forgery=forgeries())
def test_very_many_forged_segments_are_refused_or_answer(
    index_of_all: Path, tmp_path: Path, forgery: Callable[[Arrays], object]
) -> None:
    assert not names_another(forge(index_of_all, tmp_path / "forged", forgery))
