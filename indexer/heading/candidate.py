"""What a finder proposes: a value, the kind of evidence for it, and the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Candidate"]

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Value]):
    """A value that a heading may mean.

    ``kind`` names a row of ``evidence.csv``, which says how often such evidence is right; ``at`` is the
    number of the phrase that it stands in. A candidate that is ``doubtful`` is never given as sure, however
    good its kind: another state stands in the same phrase, a name fails the test of names.
    """

    value: Value
    kind: str
    evidence: str
    at: int = 0
    doubtful: bool = False
