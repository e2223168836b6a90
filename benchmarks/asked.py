"""What one engine made of one question, in times of several kinds."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.timing import Spread

__all__ = ["Asked"]


@dataclass(slots=True)
class Asked:
    """What one engine made of one class; the times of a kind are pooled over the rounds.

    ``cached`` and ``empty`` say what was kept from the asking before, ``read`` has ten
    hits read, ``page`` has them as plain data, with facts and snippets, ``parse`` does no more than
    parse, ``plain`` is the question of the facets without them. ``names`` are those that the facets counted.
    """

    total: int
    names: int = 0
    times: dict[str, list[float]] = field(default_factory=dict)

    def spread(self, kind: str) -> Spread | None:
        """Return the spread of a kind of times; None where none were taken."""
        times = self.times.get(kind)
        return Spread.of(times) if times else None

    def median(self, kind: str) -> float | None:
        """Return the median of a kind of times; None where none were taken."""
        spread = self.spread(kind)
        return None if spread is None else spread.median
