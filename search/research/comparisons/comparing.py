"""Two sides of an index compared: `Index.compare`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from whoosh.query import And, Query

from onrecord.search.backend import Backend
from onrecord.search.request import Options, Request, checked_number, chosen
from onrecord.search.research.comparisons.comparison import Comparison, KeyWord, Rate, Side
from onrecord.search.research.comparisons.keyness import (
    Measure,
    chi_squared,
    log_likelihood,
    log_ratio,
    ratio_of_rates,
)
from onrecord.search.results.tally import Tally
from onrecord.search.results.word_counts import WordCounts

__all__ = ["compare"]


def compare(
    backend: Backend,
    sides: tuple[str, str],
    text: str | Query | None,
    *,
    words: int,
    minimum: int,
    measure: Measure | str,
    options: Options,
) -> Comparison:
    """Compare what two questions find (`Index.compare`)."""
    by = chosen(Measure, measure, otherwise="no measure of words")
    words, minimum = checked_number("words", words), checked_number("minimum", minimum)
    requests = [Request.of(side, **options) for side in sides]
    read = [request.read(backend) for request in requests]
    tallies = [
        backend.tally(one.question, within=one.within, request=request, by=())
        for one, request in zip(read, requests, strict=True)
    ]
    a, b = (_side(side, one.in_words, tally) for side, one, tally in zip(sides, read, tallies, strict=True))
    trees = [_both(one.question, one.within) for one in read]
    shared = backend.tally(read[0].question, within=_both(trees[0], trees[1]), request=requests[0], by=())
    both = int(shared.whole_found.paragraphs[0])
    if text is None:
        counts = backend.word_counts([(one.question, one.within) for one in read], request=requests[0])
        marking = _key_words(counts, words=words, minimum=minimum, measure=by)
        return Comparison(a, b, both, None, (), marking, minimum, by)
    asked = Request.of(text, **options)
    question = asked.read(backend)
    found = [backend.tally(question.question, within=tree, request=asked, by=()) for tree in trees]
    rates = tuple(_rates(found[0], found[1], a, b))
    return Comparison(a, b, both, question.in_words, rates, (), minimum, by)


def _both(one: Query, other: Query | None) -> Query:
    return one if other is None else And([one, other])


def _side(query: str, understood: str, tally: Tally) -> Side:
    found = tally.whole_found
    return Side(
        query,
        understood,
        words=int(found.words[0]),
        paragraphs=int(found.paragraphs[0]),
        statements=int(found.statements[0]),
    )


def _rates(one: Tally, other: Tally, a: Side, b: Side) -> Iterator[Rate]:
    """Yield the rates by each unit."""
    if one.whole_occurrences is not None and other.whole_occurrences is not None:
        yield _rate(
            "occurrences", int(one.whole_occurrences[0]), int(other.whole_occurrences[0]), a.words, b.words
        )
    mine, theirs = one.whole_found, other.whole_found
    yield _rate("paragraphs", int(mine.paragraphs[0]), int(theirs.paragraphs[0]), a.paragraphs, b.paragraphs)
    yield _rate("statements", int(mine.statements[0]), int(theirs.statements[0]), a.statements, b.statements)


def _rate(unit: str, a: int, b: int, of_a: int, of_b: int) -> Rate:
    ratio = ratio_of_rates(a, b, of_a, of_b)
    return Rate(unit, a, of_a, b, of_b, ratio.ratio, ratio.low, ratio.high)


def _key_words(counted: WordCounts, *, words: int, minimum: int, measure: Measure) -> tuple[KeyWord, ...]:
    """Return the words that mark the first side most, and then those that mark the second."""
    of_a, of_b = counted.counts.sum(axis=1).tolist()
    if not of_a or not of_b:
        return ()
    often = np.flatnonzero(counted.counts.sum(axis=0) >= max(minimum, 1))
    a, b = counted.counts[:, often]
    likelihood = log_likelihood(a, b, of_a, of_b)
    ratio = log_ratio(a, b, of_a, of_b)
    chi2 = chi_squared(a, b, of_a, of_b)
    size = {Measure.LOG_RATIO: abs(ratio), Measure.CHI_SQUARED: chi2}.get(measure, likelihood)
    order = np.lexsort([often, -likelihood, -size])
    of_first = (a * of_b >= b * of_a)[order]
    marking: list[KeyWord] = []
    for side, own in (("a", order[of_first]), ("b", order[~of_first])):
        chosen = own[:words]
        columns = (column[chosen].tolist() for column in (a, b, likelihood, ratio, chi2))
        names = counted.names(often[chosen].tolist())
        marking += [KeyWord(side, *row) for row in zip(names, *columns, strict=True)]
    return tuple(marking)
