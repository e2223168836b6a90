"""What a cluster refuses of a question for its size, said as what it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.indexer.errors import ClusterError, NeedsLocalIndex

__all__ = ["within_limits"]

# How Lucene says that a query has more clauses than it takes, 1,024 unless the cluster is told otherwise.
_TOO_MANY_CLAUSES = "maxclausecount"


@contextmanager
def within_limits() -> Iterator[None]:
    """Turn the refusal of a question that has too many words and forms into a `NeedsLocalIndex`."""
    try:
        yield
    except ClusterError as error:
        if _TOO_MANY_CLAUSES not in str(error).lower():
            raise
        raise NeedsLocalIndex("a question whose words stand for more forms than it takes at once") from error
