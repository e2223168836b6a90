"""The heads of the pages of a document, which may say who speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.indexer.draft import Block

__all__ = ["each_once"]


def each_once(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of a letterhead without those that say again what one before them says.

    A document has a head for its first page, and for pages on the left and on the right, often the same.

    >>> [block.lines for block in each_once([Block(("Mission",)), Block(("Mission",)), Block(("Geneva",))])]
    [('Mission',), ('Geneva',)]
    """
    seen: set[tuple[str, ...]] = set()
    for block in blocks:
        if block.lines not in seen:
            seen.add(block.lines)
            yield block
