"""Forum, speaker, date and place out of a heading, each with the words it was read from."""

from __future__ import annotations

from onrecord.indexer.heading.reader import Heading, read_heading

__all__ = ["Heading", "read_heading"]
