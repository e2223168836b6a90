"""Files into drafts of statements: one reader a format, one registry that picks it.

A *source* is a file that a reader takes. A *sidecar* is ``NAME.yaml`` beside it,
which says what the text itself does not (see `indexer.sources.declared`).
"""

from __future__ import annotations

from indexer.sources.files import (
    content_hash,
    find_closed,
    find_sources,
    find_strays,
    format_of,
    read_source,
)

__all__ = ["content_hash", "find_closed", "find_sources", "find_strays", "format_of", "read_source"]
