"""Files into drafts of statements: one reader a format, one registry that picks it.

A *source* is a file that a reader takes. A *sidecar* is ``NAME.yaml`` beside it,
which says what the text itself does not (see `indexer.sources.declared`); an *overrides*
file above it says what is right (see `indexer.sources.overrides`).
"""

from __future__ import annotations

from onrecord.indexer.sources.files import (
    content_hash,
    find_closed,
    find_sources,
    find_strays,
    read_source,
)
from onrecord.indexer.sources.overrides import hash_of, override_for, unmatched_entries, unmatched_statements

__all__ = [
    "content_hash",
    "find_closed",
    "find_sources",
    "find_strays",
    "hash_of",
    "override_for",
    "read_source",
    "unmatched_entries",
    "unmatched_statements",
]
