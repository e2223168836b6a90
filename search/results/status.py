"""Count what is in an index, from its catalogue."""

from __future__ import annotations

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.paths import display_path, path_of
from onrecord.indexer.sources.files import is_present
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.indexer.store.store import Snapshot, Store
from onrecord.search.duplicates.copies import Copies
from onrecord.search.results.counts import Facets, Status

__all__ = ["take_status"]


def take_status(snapshot: Snapshot, copies: Copies, *, counts: Facets) -> Status:
    """Count the statements of a generation, copies once; ``counts`` are those of all its paragraphs."""
    catalogue = Catalogue(snapshot.segments)
    store = Store(snapshot.path)
    unread = store.unread()
    empty = {entry.key for entry in unread if entry.is_root}
    generation = snapshot.generation
    entries = list(catalogue.entries(without=copies.hidden))
    dates = [PartialDate.parse(entry.record.date) for entry in entries if entry.record.date]
    return Status(
        path=str(snapshot.path),
        generation=snapshot.generation.number,
        size=snapshot.size,
        sources=len(list(catalogue.paths())),
        statements=len(entries),
        paragraphs=sum(entry.paragraphs for entry in entries),
        first_date=str(min(dates, key=lambda date: date.first)) if dates else None,
        last_date=str(max(dates, key=lambda date: date.last)) if dates else None,
        languages=counts.languages,
        speakers=counts.speakers,
        forums=counts.forums,
        delegations=counts.delegations,
        roots=tuple(_shown(root) for root in generation.roots),
        absent=tuple(
            _shown(root) for root in generation.roots if root in empty or not is_present(path_of(root))
        ),
        removed=tuple(_shown(path) for path in generation.removed),
        failed=tuple(dict.fromkeys(entry.source for entry in unread if not entry.is_root)),
    )


def _shown(key: str) -> str:
    return display_path(path_of(key))
