"""The sentence on stderr that says what was found."""

from __future__ import annotations

from onrecord.indexer.numbers import counted
from onrecord.search.results.hits import Results

__all__ = ["what_was_found"]


def what_was_found(results: Results) -> str:
    """Say how many there are, which of them are shown, and how the query was understood."""
    first, last = results.offset + 1, results.offset + len(results.hits)
    total = f"{counted(results.total, 'paragraph')} in {counted(results.statements, 'statement')}"
    if results.folded is not None:
        folded = counted(results.folded.statements, "near-identical statement")
        total += f", {counted(results.folded.paragraphs, 'paragraph')} in {folded} folded"
    if results.hits:
        total += f" (showing {first:,}-{last:,})"
    elif results.total:
        total += f" (none after the first {results.offset:,})"
    return f"{total} for {results.understood}"
