"""The table of evidence, and the decision between candidates.

``evidence.csv`` holds a row a kind of evidence: of which field, in how many of the labelled openings
it was right and wrong, what share we expected before any was counted, and what the kind is. ``python -m
benchmarks
headings FOLDER --fit`` counts anew. How a finder is added: ``docs/headings.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Generic, TypeVar

from onrecord.indexer.heading.candidate import Candidate
from onrecord.indexer.register.tables import rows
from onrecord.indexer.statement import Confidence

__all__ = ["Choice", "Evidence", "Table", "choose", "measured", "read_table_of_evidence"]

Value = TypeVar("Value")

# What was expected of a kind counts as so many openings.
_EXPECTED_COUNTS_AS = 4
# A value is given as high from this share of right ones on, and so far ahead of the next one (in log-odds).
# Both were chosen so that leaving whole sites out at most one in two hundred of such values was wrong.
SURE, AHEAD = 0.955, 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A kind of evidence: how often what it says of a field was right, and was wrong."""

    field: str
    kind: str
    expected: float  #: the share right that we expected before counting
    right: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        """The share of right values to expect, what was expected before included."""
        counted = self.right + self.wrong + _EXPECTED_COUNTS_AS
        return (self.right + self.expected * _EXPECTED_COUNTS_AS) / counted

    @property
    def weight(self) -> float:
        """The log-odds of being right."""
        return log(self.precision / (1 - self.precision))


Table = Mapping[tuple[str, str], Evidence]


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """The best of some candidates, those that say the same beside it, and the next best of the others."""

    best: Candidate[Value]
    support: tuple[Candidate[Value], ...]
    runner_up: Candidate[Value] | None
    precision: float
    ahead: float

    @property
    def confidence(self) -> Confidence:
        """High where such evidence is right often enough, far enough ahead, and nothing speaks against it."""
        sure = self.precision >= SURE and self.ahead >= AHEAD and not self.best.doubtful
        return Confidence.HIGH if sure else Confidence.LOW


def choose(
    field: str,
    candidates: Sequence[Candidate[Value]],
    *,
    same: Callable[[Value], Iterable[Hashable]],
    table: Table | None = None,
) -> Choice[Value] | None:
    """Decide between candidates by the weight of their evidence; None where there are none.

    ``same`` gives what a value means: two values that share a meaning support each other. Evidence of one
    kind
    counts once for a value. Of candidates that weigh the same, the first wins.
    """
    if not candidates:
        return None
    known = measured() if table is None else table
    weights = {one.kind: known[field, one.kind].weight for one in candidates}
    meanings = [frozenset(same(one.value)) for one in candidates]
    groups: list[list[int]] = []
    for number, meaning in enumerate(meanings):
        group = next((group for group in groups if any(meaning & meanings[other] for other in group)), None)
        if group is None:
            groups.append([number])
        else:
            group.append(number)
    scored = sorted(groups, key=lambda group: -_score(group, candidates, weights))
    leads = [max(group, key=lambda number: (weights[candidates[number].kind], -number)) for group in scored]
    score = _score(scored[0], candidates, weights)
    behind = _score(scored[1], candidates, weights) if len(scored) > 1 else 0.0
    return Choice(
        candidates[leads[0]],
        tuple(candidates[number] for number in scored[0]),
        candidates[leads[1]] if len(leads) > 1 else None,
        1 / (1 + 2.718281828459045**-score),
        score - max(behind, 0.0),
    )


def _score(
    group: Sequence[int], candidates: Sequence[Candidate[Value]], weights: Mapping[str, float]
) -> float:
    """Add up the weights of the kinds in a group, each kind once.

    What is worth nothing takes nothing away.
    """
    kinds = {candidates[number].kind for number in group}
    strongest = max(weights[kind] for kind in kinds)
    return strongest + sum(max(weights[kind], 0.0) for kind in kinds) - max(strongest, 0.0)


@cache
def measured() -> Table:
    """Return the table that lies beside this module."""
    return {
        (row["field"], row["kind"]): Evidence(
            row["field"], row["kind"], float(row["expected"]), int(row["right"]), int(row["wrong"])
        )
        for row in rows("evidence.csv", beside=__file__)
    }


def read_table_of_evidence() -> list[dict[str, str]]:
    """Return the rows of the table as they are written, to be counted anew."""
    return list(rows("evidence.csv", beside=__file__))
