"""A few hundred mutated inputs for every reader, the query language and the opening of an index.

``tests/long/test_mutated_inputs.py`` runs a million each.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from faults.fuzzing import TARGETS, Fuzzer, Target

INPUTS = 250
SEED = 20_211_125
# An index is copied for each input that damages it.
FEWER = {"opener": 60, "arrays": 60}


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_mutated_inputs_raise_errors_of_ours_alone(target: Target, tmp_path: Path) -> None:
    fuzzer = Fuzzer(target, tmp_path, seed=SEED)
    finds = (fuzzer.step() for _ in range(FEWER.get(target.name, INPUTS)))
    assert [find for find in finds if find] == []
