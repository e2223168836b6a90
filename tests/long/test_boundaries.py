"""Forty speeches of the General Debate split by hand, and how near our paragraphs come to that.

``boundaries.csv`` has the first lines of the paragraphs of each, as a person set them who saw the text and
not what is read of it, up to the line that ``lines`` names; at the lines in ``unsure`` the page does not show
whether a paragraph begins. Run it with::

    ONRECORD_TEXTS=~/TXT pytest -m long tests/long/test_boundaries.py --log-cli-level=INFO
"""

from __future__ import annotations

import csv
import logging
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import inspect

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
LABELS = Path(__file__).with_name("boundaries.csv")
LEAST = 0.98


def numbers(cell: str) -> Iterator[int]:
    """Yield the numbers of a cell: "1 3-5" is 1, 3, 4 and 5."""
    for part in cell.split():
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def f1(counts: Counter[str]) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * counts["both"] / (counts["set"] + counts["found"])


def test_paragraphs_begin_where_a_person_begins_them() -> None:
    folder = os.environ.get("ONRECORD_TEXTS")
    if not folder:
        pytest.skip("ONRECORD_TEXTS does not name the folder of the UN General Debate corpus")
    by_layout: dict[str, Counter[str]] = {}
    with LABELS.open(encoding="utf-8") as file:
        labels = list(csv.DictReader(file))
    for label in labels:
        [path] = Path(folder).rglob(label["file"])
        left_out = set(numbers(label["unsure"]))
        wanted = set(numbers(label["starts"]))
        lines = (paragraph.line for paragraph in inspect(path)[0].statement.paragraphs)
        found = {line for line in lines if line and line <= int(label["lines"])} - left_out
        counts = by_layout.setdefault(label["layout"], Counter())
        counts.update(both=len(found & wanted), set=len(wanted), found=len(found))
        if found != wanted:
            log.info("%s: missing %s, wrong %s", path.name, sorted(wanted - found), sorted(found - wanted))
    for layout, counts in by_layout.items():
        log.info("%s: %d boundaries, F1 %.4f", layout, counts["set"], f1(counts))
    total = sum(by_layout.values(), Counter[str]())
    log.info("all: %d boundaries, F1 %.4f", total["set"], f1(total))
    assert (len(labels), f1(total) >= LEAST) == (40, True)
