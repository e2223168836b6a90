"""What is to be exported, and what it found: values that every form of export is written from."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.search.exports.columns import Column
from onrecord.search.exports.formats import Format
from onrecord.search.request import Request
from onrecord.search.results.hits import Results

__all__ = ["Found", "Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """A question, and how what it finds is to be written."""

    request: Request
    form: Format
    columns: tuple[Column, ...]
    raw: bool = False
    sample: int | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a plan found: the hits to write, how many, and how many there are in all."""

    plan: Plan
    results: Results  #: of those to write
    rows: int
    statements: int  #: of all that was found

    @property
    def title(self) -> str:
        """What was asked for, as it was typed."""
        return str(self.plan.request.text)
