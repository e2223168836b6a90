"""The statements of an index in shares, which one process or several write into a generation of a cluster.

A share is a run of the statements that count, in their order. How many of each are written is noted with the
generation: so a loader goes on where another stopped, however many processes each of them has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.indexer.cluster.bulk import BulkWriter
from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.cluster.documents import Standing, StatementDocuments, living
from onrecord.indexer.segments.segment import Segment

__all__ = ["Share", "ShareWriter", "shares_of"]

# Shares of a large index: a few for each process, so that none waits long for another.
_SHARES = 16
# Statements that are worth a share of their own.
_WORTH_A_SHARE = 50


@dataclass(frozen=True, slots=True)
class Share:
    """Those from ``begin`` to before ``end`` of the statements that count, of which ``done`` are written.

    >>> Share(2, 100, 150, done=30).left
    20
    """

    number: int
    begin: int
    end: int
    done: int = 0

    @property
    def left(self) -> int:
        """How many are to be written."""
        return self.end - self.begin - self.done


def shares_of(statements: int, written: Sequence[int] | None = None) -> list[Share]:
    """Cut so many statements into shares, of which so many are written; as many shares as before, if any.

    >>> [(share.begin, share.end) for share in shares_of(120)]
    [(0, 60), (60, 120)]
    """
    many = len(written) if written else max(1, min(_SHARES, statements // _WORTH_A_SHARE))
    ends = [statements * at // many for at in range(many + 1)]
    done = written or [0] * many
    return [Share(at, ends[at], ends[at + 1], done[at]) for at in range(many)]


class ShareWriter:
    """Writes shares of the statements of some segments by an alias; for ``standing`` see `Standing`."""

    def __init__(
        self,
        segments: Sequence[Segment],
        standing: Callable[[Segment], Standing],
        cluster: Cluster,
        alias: str,
    ) -> None:
        self._segments = segments
        self._standing = standing
        self._cluster = cluster
        self._alias = alias
        # Of the last segment that was written from: what is known of one takes room.
        self._documents: tuple[int, StatementDocuments] | None = None

    def write(self, share: Share, written: Callable[[int], None]) -> None:
        """Write what is left of a share; ``written`` is called with how many of it are (`ClusterError`)."""
        done = share.done
        with BulkWriter(self._cluster, self._alias, written=lambda lots: written(done + lots)) as writer:
            for lines in self._lines(share.begin + done, share.end):
                writer.add(lines)

    def _lines(self, begin: int, end: int) -> Iterator[list[bytes]]:
        """Yield the lines of each of the statements from one to before another."""
        for at, segment in enumerate(self._segments):
            statements = living(segment)
            own = statements[max(0, begin) : max(0, end)]
            begin, end = begin - len(statements), end - len(statements)
            if own:
                yield from self._documents_of(at).lines(own)

    def _documents_of(self, at: int) -> StatementDocuments:
        if self._documents is None or self._documents[0] != at:
            segment = self._segments[at]
            self._documents = at, StatementDocuments(segment, self._standing(segment))
        return self._documents[1]
