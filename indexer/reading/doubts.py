"""What was not understood of a statement, so that a person sees what to correct."""

from __future__ import annotations

from onrecord.indexer.report import Doubt, Guess
from onrecord.indexer.statement import Confidence, Statement

__all__ = ["FACTS", "doubts_of"]

#: The facts that a statement should have.
FACTS = ("speaker", "forum", "date", "place", "language")


def doubts_of(statement: Statement) -> Doubt | None:
    """Return what is missing or unsure of a statement, None where nothing is.

    A language is always told from the words, and is no doubt.
    """
    known = statement.metadata
    missing = tuple(name for name in FACTS if getattr(known, name) is None)
    doubtful = {
        name: Guess(str(finding.value), finding.evidence)
        for name in FACTS
        if (finding := getattr(known, name)) is not None
        and finding.confidence is Confidence.LOW
        and name != "language"
    }
    speaker = known.speaker.value if known.speaker else None
    stranger = speaker is not None and not (speaker.delegation or speaker.code or speaker.person)
    if not (missing or doubtful or stranger):
        return None
    return Doubt(
        path=statement.source.path,
        address=statement.slug,
        source_id=statement.source_id,
        missing=missing,
        doubtful=doubtful,
        unresolved=speaker.printed if stranger and speaker else None,
    )
