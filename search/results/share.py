"""A page of hits that is read by several processes, each its share of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

__all__ = ["WHOLE", "Share"]

Item = TypeVar("Item")


class Share(NamedTuple):
    """Of each ``of`` runs of hits that follow each other on a page, the one at ``place``, counted from 0."""

    place: int
    of: int
    run: int = 128  #: hits

    def taken(self, items: Iterable[Item]) -> Iterator[Item]:
        """Take the share of something.

        >>> "".join(Share(1, of=2, run=3).taken("abcdefghijk"))
        'defjk'
        """
        if self.of == 1:
            return iter(items)
        return (item for number, item in enumerate(items) if number // self.run % self.of == self.place)


#: All of a page.
WHOLE = Share(0, of=1)
