"""Read paragraphs out of segments as hits: text, facts, highlights, neighbours."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from whoosh.query import Query

from onrecord.indexer.segments.segment import Segment
from onrecord.search.duplicates.copies import Copies
from onrecord.search.results.hits import Hit
from onrecord.search.results.snippet import highlights, snippet

__all__ = ["read_hit", "read_statement"]


def read_hit(
    segment: Segment,
    paragraph: int,
    *,
    copies: Copies,
    score: float = 0.0,
    tree: Query | None = None,
    context: int = 0,
) -> Hit:
    """Read a paragraph, its matches of ``tree`` marked, with ``context`` neighbours on each side."""
    statement = segment.statement_of(paragraph)
    record = segment.statements.record(statement)
    text = segment.paragraphs.text(paragraph)
    language = segment.paragraphs.language(paragraph)
    spans = () if tree is None else highlights(tree, text, language=language)
    number = segment.number(paragraph)
    root, source = segment.source_of(statement)
    hit = Hit(
        address=f"{record.slug}#{number}",
        statement=record.slug,
        number=number,
        text=text,
        snippet=snippet(text, spans),
        forum=record.forum,
        speaker=record.speaker,
        date=record.date,
        place=record.place,
        language=language,
        title=record.title,
        source=source,
        score=score,
        printed_number=segment.paragraphs.printed_number(paragraph),
        printed_speaker=record.printed_speaker,
        speaker_role=record.speaker_role,
        original_language=record.original_language,
        statement_id=record.source_id,
        paragraph_id=record.paragraph_id(number),
        page=record.page(number),
        document_symbol=record.document_symbol,
        role=segment.paragraphs.role(paragraph),
        hash=sha256(text.encode()).hexdigest(),
        highlights=spans,
        sources=copies.sources(segment, statement),
        root=root,
    )
    if not context:
        return hit
    own = segment.statements.paragraphs(statement)
    return replace(
        hit,
        before=tuple(
            read_hit(segment, neighbour, copies=copies)
            for neighbour in range(max(own.start, paragraph - context), paragraph)
        ),
        after=tuple(
            read_hit(segment, neighbour, copies=copies)
            for neighbour in range(paragraph + 1, min(own.stop, paragraph + context + 1))
        ),
    )


def read_statement(segment: Segment, statement: int, *, copies: Copies) -> tuple[Hit, ...]:
    """Read all paragraphs of a statement, in their order."""
    paragraphs = segment.statements.paragraphs(statement)
    return tuple(read_hit(segment, paragraph, copies=copies) for paragraph in paragraphs)
