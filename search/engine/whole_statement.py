"""Paragraphs scored with their statements: what the rest of a statement says counts too.

A paragraph that says only a part of what was asked may stand in a statement that is about it. Such a
paragraph scores its own score, and a share of what its statement would score as one long paragraph.
"""

from __future__ import annotations

import numpy as np

from onrecord.search.collection import Collection, Floats
from onrecord.search.engine.postings import Candidates
from onrecord.search.engine.scorers import Scorer

__all__ = ["STATEMENT_WEIGHT", "WithStatement"]

#: What the score of the statement counts beside that of the paragraph. nDCG@10 of 24 questions to the General
#: Debate, and of a collection of long documents cut into paragraphs: 0.836 and 0.600 without, 0.859 and 0.636
#: with a quarter, 0.876 and 0.649 with a half, 0.780 and 0.654 with all of it (``docs/queries.md``).
STATEMENT_WEIGHT = 0.5


class WithStatement:
    """The paragraphs that a part of a question matches, each scored with its statement (a `Scorer`)."""

    zero_elsewhere = False

    def __init__(self, part: Scorer, collection: Collection) -> None:
        self.found = part.found
        self._part = part
        self._collection = collection

    def scores(self, candidates: Candidates) -> Floats:
        """Add to each score its share of what the statement scores."""
        if not len(candidates):
            return np.zeros(0, np.float32)
        statements = self._part.in_statements(self._collection) * np.float32(STATEMENT_WEIGHT)
        owners = self._collection.statement_of.take(candidates.at)
        scored: Floats = self._part.scores(candidates) + statements.take(owners)
        return scored

    def in_statements(self, collection: Collection) -> Floats:
        """Score statements as the part does."""
        return self._part.in_statements(collection)
