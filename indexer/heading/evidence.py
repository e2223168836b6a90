"""The table of evidence, and the decision between candidates.

``evidence.csv`` holds a row a kind of evidence: of which field, in how many of the labelled openings
it was right and wrong, what share we expected before any was counted, and what the kind is.
``python -m benchmarks headings FOLDER --fit`` counts anew. How a finder is added: ``docs/headings.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import Generic, TypeVar

from onrecord.indexer.heading.candidate import Candidate
from onrecord.indexer.register.tables import rows
from onrecord.indexer.statement import Confidence, RunnerUp

__all__ = ["Choice", "Evidence", "Table", "as_runner_up", "choose", "measured", "read_table_of_evidence"]

Value = TypeVar("Value")

# What was expected of a kind counts as so many openings.
_EXPECTED_COUNTS_AS = 4
# A value is given as high from this share of right ones on, and so far ahead of the next one (in log-odds).
# Both were chosen so that leaving whole sites out at most one in two hundred of such values was wrong.
SURE, AHEAD = 0.955, 1.0
# So much less, in log-odds, weighs a candidate against which something speaks.
_DOUBT = 1.0


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

    @property
    def behind(self) -> RunnerUp | None:
        """The next best as it is shown, None where there was nothing else."""
        return as_runner_up(self.runner_up)


def as_runner_up(candidate: Candidate[Value] | None) -> RunnerUp | None:
    """Return a candidate that was not taken as it is shown."""
    return None if candidate is None else RunnerUp(str(candidate.value), candidate.kind, candidate.evidence)


def choose(
    field: str,
    candidates: Sequence[Candidate[Value]],
    *,
    same: Callable[[Value], Iterable[Hashable]],
    table: Table | None = None,
) -> Choice[Value] | None:
    """Decide between candidates by the weight of their evidence; None where there are none.

    ``same`` gives what a value means: two values that share a meaning support each other. Evidence of one
    kind counts once for a value. Of candidates that weigh the same, the first wins.
    """
    if not candidates:
        return None
    known = measured() if table is None else table
    weights = [known[field, one.kind].weight - _DOUBT * one.doubtful for one in candidates]
    groups = _by_meaning([frozenset(same(one.value)) for one in candidates])
    scores = {id(group): _score(group, candidates, weights) for group in groups}
    ranked = sorted(groups, key=lambda group: -scores[id(group)])
    leads = [candidates[max(group, key=lambda number: (weights[number], -number))] for group in ranked]
    score = scores[id(ranked[0])]
    behind = scores[id(ranked[1])] if len(ranked) > 1 else 0.0
    return Choice(
        best=leads[0],
        support=tuple(candidates[number] for number in ranked[0]),
        runner_up=leads[1] if len(leads) > 1 else None,
        precision=1 / (1 + exp(-score)),
        ahead=score - max(behind, 0.0),
    )


def _by_meaning(meanings: Sequence[frozenset[Hashable]]) -> list[list[int]]:
    """Group the numbers of candidates that share a meaning with one of the group."""
    groups: list[list[int]] = []
    for number, meaning in enumerate(meanings):
        group = next((group for group in groups if any(meaning & meanings[other] for other in group)), None)
        if group is None:
            groups.append([number])
        else:
            group.append(number)
    return groups


def _score(group: Sequence[int], candidates: Sequence[Candidate[Value]], weights: Sequence[float]) -> float:
    """Add up the weights in a group, the best of each kind once; what is worth nothing takes nothing away.

    Kinds overlap: "statement by" and "by, later" see the same words. So what supports the best counts half.
    """
    by_kind: dict[str, float] = {}
    for number in group:
        kind = candidates[number].kind
        by_kind[kind] = max(weights[number], by_kind.get(kind, weights[number]))
    strongest = max(by_kind.values())
    others = sum(max(weight, 0.0) for weight in by_kind.values()) - max(strongest, 0.0)
    return strongest + others / 2


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
