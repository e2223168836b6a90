"""The UN General Debate in a folder and in a cluster: what is answered to drawn questions is the same.

Run it with::

    ONRECORD_LONG_INDEX=INDEX ONRECORD_TEST_CLUSTER=ADDRESS \
        pytest -m long tests/long/test_folder_and_cluster.py --log-cli-level=INFO

``INDEX`` is an index of the corpus, ``ADDRESS`` one of nodes (``PYTHONPATH=tests python -m cluster.nodes``
starts some); without it the test starts its own. ``ONRECORD_QUESTIONS`` says how many questions are drawn,
a thousand by itself, and ``ONRECORD_SEED`` which.
"""

from __future__ import annotations

import logging
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from cluster.nodes import Hosts
from oracles.questions import drawn
from whoosh.query import Every

from onrecord import Hit, Index, QueryError, Request, open_index
from onrecord.search.cluster.loading import load_index

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
QUESTIONS = int(os.environ.get("ONRECORD_QUESTIONS", "1000"))
SEED = int(os.environ.get("ONRECORD_SEED", "1945"))
#: Paragraphs that questions are drawn from.
PARAGRAPHS = 5000
#: Seconds between two lines that say how far it is.
BETWEEN = 60.0


@pytest.fixture(scope="module")
def folder() -> Path:
    named = os.environ.get("ONRECORD_LONG_INDEX")
    if not named:
        pytest.skip("ONRECORD_LONG_INDEX does not name the folder of an index of the UN General Debate")
    return Path(named).expanduser()


@pytest.fixture(scope="module")
def both(folder: Path, hosts: Hosts) -> Iterator[tuple[Index, Index]]:
    """The index in the folder, and in the cluster."""
    address = hosts.address(f"t{uuid4().hex[:12]}")
    load_index(folder, into=address)
    with open_index(folder) as local, open_index(address) as remote:
        yield local, remote
    hosts.ask("DELETE", f"/{address.rpartition('/')[2]}*")


def some(index: Index) -> list[Hit]:
    """Draw the paragraphs that questions are made of."""
    chosen = set(random.Random(SEED).sample(range(index.status().paragraphs), PARAGRAPHS))
    return [hit for at, hit in enumerate(index.stream(Every())) if at in chosen]


def page(index: Index, request: Request) -> object:
    """Return the first page with its totals and scores, or the sentence that refuses the question."""
    try:
        return index.ask(request).as_dict()
    except QueryError as error:
        return str(error)


def test_pages_and_addresses_are_the_same(both: tuple[Index, Index]) -> None:
    local, remote = both
    addresses = refused = 0
    told = began = time.monotonic()
    for number, request in enumerate(drawn(some(local), QUESTIONS, seed=SEED), 1):
        expected = page(local, request)
        assert page(remote, request) == expected, request
        if isinstance(expected, str):
            refused += 1
            continue
        standing = list(local.ask(request).answer.standing())
        assert list(remote.ask(request).answer.standing()) == standing, request
        addresses += sum(len(one.numbers) for one in standing)
        if time.monotonic() - told > BETWEEN:
            told = time.monotonic()
            log.info("%d questions, %s addresses", number, f"{addresses:,}")
    log.info(
        "%d questions, of which %d are refused by both, %s addresses, %.0f s",
        QUESTIONS,
        refused,
        f"{addresses:,}",
        time.monotonic() - began,
    )
    assert addresses
