"""What a typed word stands for in an index in a cluster, by the tables of its words."""

from __future__ import annotations

from functools import cached_property

from onrecord.search.cluster.opened import OpenedGeneration
from onrecord.search.cluster.words import ClusterWords
from onrecord.search.engine.lexicon import TablesLexicon, not_rare

__all__ = ["ClusterLexicon"]


class ClusterLexicon(TablesLexicon):
    """The lexicon of one generation (a `search.query.lexicon.Lexicon`); the rules are the local engine's."""

    def __init__(self, opened: OpenedGeneration) -> None:
        self.words = ClusterWords(opened)
        super().__init__([self.words])
        self._opened = opened

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the index, also those of a few paragraphs."""
        return tuple(sorted(self._opened.meta["languages"]))

    @cached_property
    def _has_unknown(self) -> bool:
        return bool(self._opened.meta["has_unknown_words"])

    @cached_property
    def _languages(self) -> list[str]:
        return not_rare(self._opened.meta["languages"])

    def forget(self) -> None:
        """Forget what was asked for."""
        self.words.forget()
