"""One generation of an index as it is served, and what of it is counted once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from whoosh.query import Every

from onrecord.indexer.analysis.words import fold
from onrecord.search.index import Index, open_index

__all__ = ["NAMED", "ServedIndex", "Site", "View"]

Value = TypeVar("Value")
#: The fields whose names can be asked for, and by which key of a count.
NAMED = {"speaker": "speaker", "forum": "forum", "place": "place", "person": "person", "language": "language"}
# Seconds for which an index is taken for the newest: a look takes 30 microseconds, and each request has one.
_FRESH = 0.25


@dataclass(frozen=True, slots=True)
class Site:
    """What whoever serves an index decides: `search.web.application.create_app` says what each means."""

    title: str = "On Record"
    base_url: str | None = None
    max_limit: int = 200
    embed_from: tuple[str, ...] = ()
    indexed: bool = True
    page: bool = True
    api: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One generation, whatever is committed meanwhile: all of an answer is asked of one view."""

    index: Index
    site: Site
    version: str
    generation: int
    _names: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    _kept: dict[str, Any] = field(default_factory=dict)

    def kept(self, name: str, make: Callable[[], Value]) -> Value:
        """Return a value that a generation has once, made when it is first asked for."""
        if name not in self._kept:
            self._kept[name] = make()  # two threads may make it, and make the same
        value: Value = self._kept[name]
        return value

    def names(self, field: str) -> tuple[tuple[str, int], ...]:
        """List the names of a field, each with its paragraphs, those with the most first."""
        known = self._names.get(field)
        if known is None:
            counts = self.index.count(Every(), by=NAMED[field], fill=False)
            named = [(row.keys[0], row.paragraphs) for row in counts if row.keys[0] is not None]
            known = tuple(sorted(named, key=lambda one: (-one[1], one[0])))
            self._names[field] = known  # two threads may count it, and count the same
        return known

    def names_with(self, field: str, prefix: str, *, most: int) -> list[str]:
        """List the names of a field of which a word begins so, in any case and without accents."""
        wanted = fold(prefix.strip())
        every = (name for name, _ in self.names(field))
        found = [name for name in every if f" {wanted}" in f" {fold(name)}"]
        return found[:most]


class ServedIndex:
    """An index that is opened when it is first asked for, and followed as it is committed to."""

    def __init__(self, index: Index | Path | str, site: Site) -> None:
        self._given = index
        self._site = site
        self._view: View | None = None
        self._looked = 0.0
        self._opening = Lock()
        self._index: Index | None = index if isinstance(index, Index) else None

    @property
    def fresh(self) -> View | None:
        """The view, where it was looked just now whether it is the newest."""
        return self._view if time.monotonic() - self._looked < _FRESH else None

    def view(self) -> View:
        """Return a view of the newest generation (`StoreError`)."""
        view = self.fresh
        if view is not None:
            return view
        with self._opening:
            return self.fresh or self._look()

    def _look(self) -> View:
        if self._index is None:
            assert not isinstance(self._given, Index)
            self._index = open_index(self._given)
        else:
            self._index.refresh()
        pinned = self._index.pinned()
        if self._view is None or self._view.version != pinned.version:
            self._view = View(pinned, self._site, pinned.version, pinned.generation)
        self._looked = time.monotonic()
        return self._view
