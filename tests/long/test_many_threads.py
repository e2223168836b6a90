"""Sixteen threads at one index for ten minutes, and a writer that commits 200 times beside them.

    pytest -m long tests/long/test_many_threads.py --log-cli-level=INFO

``ONRECORD_SECONDS`` sets how long.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from faults.threads import hammer, lay_out_many

from onrecord import build

pytestmark = pytest.mark.long
log = logging.getLogger(__name__)


def test_threads_are_told_what_one_thread_is_told(tmp_path: Path) -> None:
    texts = lay_out_many(tmp_path / "texts", files=200, paragraphs=100)
    build(texts, into=tmp_path / "index")
    seconds = float(os.environ.get("ONRECORD_SECONDS", "600"))
    told = hammer(tmp_path / "index", texts, threads=16, seconds=seconds, updates=200)
    log.info("%d rounds of questions, %d wrong, %.0f s", told.right, len(told.wrong), seconds)
    assert told.wrong == []
