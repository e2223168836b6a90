"""A million mutated inputs for each reader, the query language and the opening of an index.

Run it with::

    pytest -m long tests/long/test_mutated_inputs.py -s --log-cli-level=INFO

``ONRECORD_INPUTS`` says how many inputs a target gets, ``ONRECORD_MINUTES`` how long it may take at most,
``ONRECORD_SEED`` (a number) which inputs they are, and ``ONRECORD_PROCESSES`` how many at once; ``-k html``
picks a target. ``python -m faults`` does the same from the command line, and keeps what it finds.
"""

from __future__ import annotations

import logging
import os

import pytest
from faults.campaign import run_campaign
from faults.fuzzing import TARGETS, Target

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
#: What a process may come to hold, in MiB. The readers take 60 with all their parsers.
MOST_MEMORY = 600


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_mutated_inputs_raise_errors_of_ours_alone(target: Target) -> None:
    if target.missing():
        pytest.skip(target.missing() or "")
    campaign = run_campaign(
        target,
        seed=int(os.environ.get("ONRECORD_SEED", "1")),
        numbers=range(int(os.environ.get("ONRECORD_INPUTS", "1000000"))),
        processes=int(os.environ.get("ONRECORD_PROCESSES", "1")),
        minutes=float(os.environ.get("ONRECORD_MINUTES", "inf")),
    )
    log.info("%s", campaign)
    assert (list(campaign.finds.values()), campaign.memory <= MOST_MEMORY) == ([], True)
