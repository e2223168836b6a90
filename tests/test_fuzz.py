"""A few hundred mutated inputs for every reader and the query language.

``tests/long/test_mutated_inputs.py`` runs a million each, and opens damaged indexes too.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzzing import TARGETS, Fuzzer, Target

INPUTS = 250
SEED = 20_211_125
TAKING_TEXT = [target for target in TARGETS if target.takes_text]


@pytest.mark.parametrize("target", TAKING_TEXT, ids=lambda target: target.name)
def test_mutated_inputs_raise_errors_of_ours_alone(target: Target, tmp_path: Path) -> None:
    fuzzer = Fuzzer(target, tmp_path, seed=SEED)
    finds = (fuzzer.step() for _ in range(INPUTS))
    assert [find for find in finds if find] == []
