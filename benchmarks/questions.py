"""What is asked, once for all engines; each engine puts it into its own language.

The words of the classes were chosen from the UN General Debate corpus, so that a
class finds what its name says: a rare word some 340 of its 336,584 paragraphs, a
common one 88,000 and more, "of the" 236,206.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["CLASSES", "COLD", "FACETS", "UPDATE_WORD", "Question"]

#: A word that is in no text; each statement that an update adds begins with it and a number.
UPDATE_WORD = "zzyzx"


@dataclass(frozen=True, slots=True)
class Question:
    """One query: all these words, or any of some, or a phrase, or a prefix; the rest narrows it.

    ``distance`` turns the phrase into words in any order with at most so many other
    words among them. Words and phrases are folded: small letters, no accents.
    """

    name: str
    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    distance: int | None = None
    prefix: str | None = None
    speaker: str | None = None
    since: int | None = None
    until: int | None = None

    def as_plain(self) -> dict[str, Any]:
        """Return the question as plain data, for another process."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Question:
        """Make a question of its plain data, through JSON or not."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()
        }
        return cls(**values)

    def words(self) -> tuple[str, ...]:
        """Return the words that stand for their inflections: all but those of a phrase."""
        return self.every + self.some + self.none


CLASSES = (
    Question("rare word", every=("satellite",)),
    Question("AND of 2", every=("verification", "inspection")),
    Question("AND of 3 common", every=("nations", "peace", "world")),
    Question("OR of 3 common", some=("nations", "peace", "world")),
    Question("OR, one rare + 2 common", some=("satellite", "nations", "peace")),
    Question("rare phrase", phrase=("cluster", "munitions")),
    Question('"united nations"', phrase=("united", "nations")),
    Question(
        "8-word phrase",
        phrase=("for", "the", "maintenance", "of", "international", "peace", "and", "security"),
    ),
    Question("4-word common phrase", phrase=("in", "the", "field", "of")),
    Question('"of the"', phrase=("of", "the")),
    Question("near, 5 words", phrase=("nuclear", "weapons"), distance=5),
    Question("AND with NOT", every=("nuclear", "weapons"), none=("disarmament",)),
    Question("prefix disarm*", prefix="disarm"),
    Question("AND + speaker + dates", every=("nuclear", "weapons"), speaker="Japan", since=1990, until=2010),
)
#: Facets are counted over the paragraphs of this question.
FACETS = Question("facets", every=("countries",))
#: What the cold command line is asked, and what is looked for beside it in the raw files.
COLD = Question("rare phrase", phrase=("cluster", "munitions"))
