"""A node for statements that are shown under exactly one name."""

# mypy: allow-untyped-calls
# The matchers of Whoosh carry no types.

from __future__ import annotations

from typing import Any

from whoosh import matching, query

from onrecord.indexer.analysis.words import fold
from onrecord.search.query.sieve import Sieve, nothing

__all__ = ["ShownAs"]


class ShownAs(query.Phrase):
    """Match statements that are shown under one name: as it is written, or with case and accents folded.

    A statement bears several names, as it is printed and as the register has it; the one it is shown and
    counted under is the first. Other phrases of names match in any of them.
    """

    def __init__(self, fieldname: str, name: str) -> None:
        super().__init__(fieldname, fold(name).split())
        self.name = name

    def __repr__(self) -> str:
        return f"ShownAs({self.fieldname!r}, {self.name!r})"

    def fits(self, name: str) -> bool:
        """Tell whether a name is the one that is meant.

        >>> ShownAs("speaker", "cote d'ivoire").fits("Côte d'Ivoire")
        True
        """
        return fold(name).split() == self.words

    def normalize(self) -> query.Query:
        """Return the node itself, which holds nothing to merge."""
        return self

    def matcher(self, searcher: Any, context: Any = None) -> matching.Matcher:
        """Match as the words of the name do, where no other name stands before them."""
        terms = [query.Term(self.fieldname, word) for word in self.words]
        child = query.And(terms).matcher(searcher, context)
        return _ShownMatcher(child, self, searcher) if child.is_active() else nothing()


class _ShownMatcher(Sieve):
    def __init__(self, child: matching.Matcher, node: ShownAs, searcher: Any) -> None:
        self._node = node
        self._searcher = searcher
        super().__init__(child)

    def _keeps(self) -> bool:
        shown = self._searcher.stored_fields(self.child.id()).get(self._node.fieldname)
        if shown is not None and self._node.fieldname == "forum":
            from onrecord.indexer.register import forum_names  # its tables are nothing that a search needs

            shown = forum_names(shown)[0]
        return shown is not None and self._node.fits(shown)
