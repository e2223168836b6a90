"""A text as a segment of its own, to play questions over."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord import Mode
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.segments.word_groups import SegmentGroups
from onrecord.indexer.segments.writing.segment_writer import SegmentWriter
from onrecord.indexer.statement import Metadata, Paragraph, Source, Statement
from onrecord.search.collection import Collection
from onrecord.search.engine.lexicon import CollectionLexicon
from onrecord.search.language import read_query
from onrecord.search.results.paragraph_words import WordsAsked
from onrecord.search.results.snippet import Span, highlights

__all__ = ["asked_of", "marked", "segment_of"]


@lru_cache(maxsize=256)
def segment_of(text: str, language: str | None) -> Segment:
    """Write a text into a segment, as the only paragraph."""
    writer = SegmentWriter()
    paragraph = Paragraph(number=1, text=text, language=language)
    writer.add(Statement("a", Metadata(), (paragraph,), Source("a.txt", "text", "")))
    with TemporaryDirectory() as folder:
        writer.write(Path(folder) / "segment")
        return Segment(Path(folder) / "segment")


def asked_of(typed: str, text: str, *, language: str | None, mode: Mode = Mode.NORMAL) -> WordsAsked:
    """Read a question put to an index that has this text alone."""
    segment = segment_of(text, language)
    tree = read_query(typed, mode=mode, lexicon=CollectionLexicon(Collection([segment]))).query
    return WordsAsked(tree, SegmentGroups(segment.words.belonging))


def marked(typed: str, text: str, *, language: str | None, mode: Mode = Mode.NORMAL) -> tuple[Span, ...]:
    """Find what a question marks in a text."""
    asked = asked_of(typed, text, language=language, mode=mode)
    return highlights(text, language=language, asked=asked)
