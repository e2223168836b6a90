"""A byte that has changed is an error that names the file, or changes nothing; never another answer."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from faults.suspect import answers, flip, flipped, make_index, segments

# Bytes of each file that are changed, one at a time; tests/long changes more.
PLACES = 40


@pytest.fixture(scope="module")
def index_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("suspect"))


def test_a_changed_byte_is_refused_or_changes_nothing(index_of_all: Path, tmp_path: Path) -> None:
    whole = answers(index_of_all)
    folder = shutil.copytree(index_of_all, tmp_path / "flipped")
    chance = random.Random(1)
    outcomes = [
        flipped(path, whole, place=chance.randrange(path.stat().st_size), bits=chance.randint(1, 255))
        for path in segments(folder)
        for _ in range(PLACES)
    ]
    assert set(outcomes) == {"refused", "the same"}


def test_a_byte_that_was_changed_and_changed_back_is_believed(index_of_all: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(index_of_all, tmp_path / "flipped")
    for _ in range(2):
        flip(segments(folder)[0], place=5000, bits=1)
    assert answers(folder) == answers(index_of_all)
