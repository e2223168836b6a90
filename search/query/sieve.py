"""A matcher that lets through some of the documents of another, every one looked at."""

# mypy: allow-untyped-calls
# The matchers of Whoosh carry no types.

from __future__ import annotations

from collections.abc import Iterator

from whoosh import matching

__all__ = ["Sieve", "nothing"]


def nothing() -> matching.Matcher:
    """Return a matcher of nothing."""
    matcher: matching.Matcher = matching.NullMatcher()
    return matcher


class Sieve(matching.WrappingMatcher):
    """Passes over the documents of its child that it does not keep."""

    def __init__(self, child: matching.Matcher, boost: float = 1.0) -> None:
        super().__init__(child, boost=boost)
        self._find()

    def _keeps(self) -> bool:
        raise NotImplementedError

    def _find(self) -> None:
        while self.child.is_active() and not self._keeps():
            self.child.next()

    def replace(self, minquality: float = 0) -> matching.Matcher:
        """Return the matcher, or one of nothing at its end."""
        return self if self.is_active() else nothing()

    def reset(self) -> None:
        """Go back to the first document that is kept."""
        self.child.reset()
        self._find()

    def next(self) -> None:
        """Go on to the next document that is kept."""
        self.child.next()
        self._find()

    def skip_to(self, id: int) -> None:  # noqa: A002 - the name Whoosh gave it
        """Go on to a document, or the first one after it that is kept."""
        self.child.skip_to(id)
        self._find()

    def all_ids(self) -> Iterator[int]:
        """Yield what is kept, by walking."""
        return matching.Matcher.all_ids(self)

    def supports_block_quality(self) -> bool:
        """Say that nothing may be passed over unseen."""
        return False
