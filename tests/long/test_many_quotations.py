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
from oracles.quotations import KINDS, Altered, Text, altered, brute_force, drawn, words

from onrecord import Index, open_index
from onrecord.search.research.verification.verdict import Grade, Verdict

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
SEED = 16
REAL, ALTERED = 1_000, 3_000
STATEMENTS = 2_000
# Quotations that are held against each of some statements word by word.
COMPARED, AMONG, SHORT = 200, 20, 8


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
        right = verdict.grade is Grade.SEVERAL or (verdict.grade is Grade.EXACT and verdict.verbatim)
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


def test_no_passage_of_some_statements_is_nearer_than_the_one_that_is_named(
    index: Index, texts: list[Text]
) -> None:
    random, farther = Random(SEED + 3), []
    for _ in range(COMPARED):
        some = random.sample(texts, AMONG)
        pieces = drawn(some, random).quotation.split()[: random.randint(SHORT, 30)]
        for _ in range(random.randint(1, max(1, len(pieces) // 4))):
            pieces[random.randrange(len(pieces))] = random.choice(("not", "peace", "the", "seven", ""))
        quotation = " ".join(pieces)
        quoted = words(quotation)
        if len(quoted) < SHORT:
            continue
        least = min(brute_force(quoted, words(" ".join(text.paragraphs))) for text in some)
        if 3 * least >= 8 * len(quoted):
            continue  # beyond a third of the words nothing is promised
        spoken = index.verify(quotation).spoken
        if spoken is None or brute_force(quoted, words(spoken)) > least:
            farther.append((quotation, least, spoken))
    log.info("%d of %d are not the nearest: %s", len(farther), COMPARED, farther)
    assert len(farther) <= 0.01 * COMPARED


def test_sixty_words_take_a_moment(index: Index, texts: list[Text]) -> None:
    random, times = Random(SEED + 1), []
    index.verify("what is loaded once is no part of the time of each")
    for number in range(300):
        while len(pieces := drawn(texts, random).quotation.split()) < 60:
            pass
        pieces = pieces[:60]
        for _ in range((0, 1, 2, 6, 12)[number % 5]):
            pieces[random.randrange(len(pieces))] = random.choice(("not", "treaty", "of", ""))
        times.append(timed(index, " ".join(pieces))[1])
    log.info("sixty words: median %.1f ms, worst %.1f ms", statistics.median(times), max(times))


def test_three_hundred_quotations_of_a_brief(index: Index, texts: list[Text]) -> None:
    random = Random(SEED + 2)
    brief = "\n\n".join(
        f"They said “{drawn(texts, random, marks=False).quotation}” then." for _ in range(300)
    )
    begun = time.process_time()
    verdicts = index.verify_text(brief)
    log.info("300 quotations of a brief: %.2f s", time.process_time() - begun)
    log.info("%s", Counter(verdict.grade for verdict in verdicts))
