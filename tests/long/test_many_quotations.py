"""Real quotations and altered ones, held against a large index.

Run it with::

    ONRECORD_LONG_INDEX=index pytest -m long tests/long/test_many_quotations.py --log-cli-level=INFO

``ONRECORD_LONG_INDEX`` names the folder of an index, such as that of the General Debate. It takes some
minutes. Times are processor time.
"""

from __future__ import annotations

import logging
import os
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from random import Random

import pytest
from oracles.quotations import KINDS, Altered, Text, altered, drawn

from onrecord import Index, open_index
from onrecord.search.research.verdict import Grade, Verdict

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
SEED = 16
REAL, ALTERED = 1_000, 3_000
STATEMENTS = 2_000


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    folder = os.environ.get("ONRECORD_LONG_INDEX")
    if not folder:
        pytest.skip("ONRECORD_LONG_INDEX does not name the folder of an index")
    with open_index(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def texts(index: Index) -> list[Text]:
    slugs = sorted(known.now for known in index.addresses() if known.now)
    texts = []
    for slug in Random(SEED).sample(slugs, min(STATEMENTS, len(slugs))):
        hits = index.show(slug).hits
        texts.append(
            Text(tuple(hit.text for hit in hits), tuple(hit.address for hit in hits), hits[0].speaker)
        )
    return texts


def named(verdict: Verdict) -> set[str]:
    """Return the addresses that a verdict names."""
    return {str(verdict.address), *verdict.also}


def timed(index: Index, quotation: str, **options: str) -> tuple[Verdict, float]:
    begun = time.process_time()
    verdict = index.verify(quotation, **options)  # type: ignore[arg-type]
    return verdict, 1000 * (time.process_time() - begun)


def test_real_quotations_are_exact_with_the_right_address(index: Index, texts: list[Text]) -> None:
    random, wrong, times = Random(SEED), [], []
    for _ in range(REAL):
        one = drawn(texts, random)
        verdict, taken = timed(index, one.quotation)
        times.append(taken)
        right = verdict.grade in (Grade.EXACT, Grade.SEVERAL) and verdict.verbatim
        if not right or one.address not in named(verdict):
            wrong.append((one, verdict.grade, verdict.address))
    log.info("real: median %.1f ms, worst %.1f ms", statistics.median(times), max(times))
    assert wrong == []


def test_altered_quotations_are_found_flagged_and_never_exact(index: Index, texts: list[Text]) -> None:
    random = Random(SEED)
    asked, failed, times = (
        Counter[str](),
        defaultdict[str, list[tuple[Altered, Verdict]]](list),
        list[float](),
    )
    for number in range(ALTERED):
        changed = altered(KINDS[number % len(KINDS)], texts, random)
        verdict, taken = timed(
            index, changed.quotation, **({"speaker": changed.option} if changed.option else {})
        )
        asked[changed.kind] += 1
        times.append(taken)
        for fault in faults(changed, verdict):
            failed[f"{changed.kind}: {fault}"].append((changed, verdict))
    slowest = sorted(times)[-5:]
    log.info("slowest: %s", [(round(times[at]), at) for at in map(times.index, slowest)])
    log.info("altered: median %.1f ms, worst %.1f ms", statistics.median(times), max(times))
    log.info("asked %s; failed %s", dict(asked), {kind: len(some) for kind, some in failed.items()})
    for kind, some in failed.items():
        for changed, verdict in some[:5]:
            log.info("%s: %s\n%s\n%s", kind, changed.address, changed.quotation, verdict)
    lost = sum(len(some) for kind, some in failed.items() if kind.endswith(": not found"))
    assert {kind for kind in failed if not kind.endswith(": not found")} == set()
    assert lost <= 0.01 * ALTERED


def faults(changed: Altered, verdict: Verdict) -> Iterator[str]:
    """Yield what is wrong with a verdict."""
    if changed.stays:
        if verdict.grade not in (Grade.EXACT, Grade.SEVERAL):
            yield "no longer exact"
    elif verdict.grade.is_exact and not verdict.flags and not changed.option:
        yield "exact"
    elif changed.option and verdict.grade not in (Grade.MISATTRIBUTED, Grade.EXACT, Grade.SEVERAL):
        yield "not misattributed"
    if changed.found and changed.address not in named(verdict):
        yield "not found"
    elif changed.flag and changed.flag not in {flag.value for flag in verdict.flags}:
        yield "not flagged"


def test_sixty_words_take_a_moment(index: Index, texts: list[Text]) -> None:
    random, times = Random(SEED + 1), []
    for number in range(300):
        while len(words := drawn(texts, random).quotation.split()) < 60:
            pass
        words = words[:60]
        if number % 3:
            words[random.randrange(60)] = "not"
        times.append(timed(index, " ".join(words))[1])
    log.info("sixty words: median %.1f ms, worst %.1f ms", statistics.median(times), max(times))


def test_three_hundred_quotations_of_a_brief(index: Index, texts: list[Text]) -> None:
    random = Random(SEED + 2)
    brief = "\n\n".join(f"They said “{drawn(texts, random).quotation}” then." for _ in range(300))
    begun = time.process_time()
    verdicts = index.verify_text(brief)
    log.info("300 quotations of a brief: %.2f s", time.process_time() - begun)
    log.info("%s", Counter(verdict.grade for verdict in verdicts))
