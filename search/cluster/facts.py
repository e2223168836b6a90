"""What the paragraphs of a statement have in common when they are shown, and a paragraph as a hit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from onrecord.indexer.segments.records import StatementRecord
from onrecord.search.bounded_cache import BoundedCache
from onrecord.search.cluster.opened import OF_STATEMENTS, Json, OpenedGeneration, damaged
from onrecord.search.results.hits import Hit
from onrecord.search.results.snippet import Span, snippet

__all__ = ["PARAGRAPH_FIELDS", "ClusterFacts", "ClusterFactsReader", "hit_of"]

#: What a hit takes from the document of its paragraph.
PARAGRAPH_FIELDS = ("statement", "number", "text", "language", "role", "printed_number")

_STATEMENT_FIELDS = (
    *("statement", "record", "code", "root", "sources", "paragraphs", "group", "behind", "order"),
    *("source_key", "edited", "representative"),
)
# Bytes of facts that are kept, and what they take; statements that are asked for at once.
_ROOM = 24 << 20
_BYTES, _BYTES_OF_A_SKETCH = 1500, 4000
_BYTES_OF_A_PAGE = 64
_AT_ONCE = 1_000


class ClusterFacts(NamedTuple):
    """What is known of a statement."""

    record: StatementRecord
    code: str | None  #: of its delegation
    root: str | None  #: the folder that was indexed
    sources: tuple[str, ...]  #: the paths of all files that hold it, its own first
    source_key: str  #: its own as an index knows it
    paragraphs: int
    order: int  #: its place in the order of addresses
    sketch: frozenset[str]  #: its bins (`indexer.cluster.mapping.sketch_terms`), where they were read
    group: int  #: of statements that are nearly the same; 0 for none
    representative: str | None  #: the slug of the copy that it stands behind
    edited: int | None  #: the generation in which its words last changed


class ClusterFactsReader:
    """Reads the facts of statements, many at once; for any number of threads. Some need no sketches."""

    def __init__(self, opened: OpenedGeneration, *, sketched: bool = False) -> None:
        self._opened = opened
        self._fields = (*_STATEMENT_FIELDS, "sketch") if sketched else _STATEMENT_FIELDS
        self._bytes = _BYTES + _BYTES_OF_A_SKETCH * sketched
        self._kept = BoundedCache(_ROOM)

    def of(self, slugs: Iterable[str]) -> dict[str, ClusterFacts]:
        """Return the facts of some statements; slugs that none has are left out."""
        wanted = dict.fromkeys(slugs)
        found = {slug: facts for slug in wanted if (facts := self._kept.get(slug)) is not None}
        lacking = [slug for slug in wanted if slug not in found]
        for begin in range(0, len(lacking), _AT_ONCE):
            terms = {"terms": {"statement": lacking[begin : begin + _AT_ONCE]}}
            for facts in self.found_by(terms):
                found[facts.record.slug] = facts
                more = len(facts.record.pages) + len(facts.record.paragraph_ids)
                self._kept.keep(facts.record.slug, facts, self._bytes + _BYTES_OF_A_PAGE * more)
        return found

    def found_by(self, clause: Json) -> Iterator[ClusterFacts]:
        """Yield the facts of the statements that a clause finds, in the order of their slugs."""
        both = {"bool": {"filter": [OF_STATEMENTS, clause]}}
        documents = self._opened.documents(both, fields=self._fields, sort=["statement"])
        return (self._read(document) for document in documents)

    def forget(self) -> None:
        """Forget what was read."""
        self._kept.clear()

    def _read(self, document: Mapping[str, Any]) -> ClusterFacts:
        try:
            record = StatementRecord.load(document["record"].encode())
        except (KeyError, ValueError, RecursionError) as error:
            raise damaged(self._opened, "the record of a statement cannot be read") from error
        return ClusterFacts(
            record=record,
            code=document.get("code"),
            root=document.get("root"),
            sources=tuple(document["sources"]),
            source_key=document.get("source_key", ""),
            paragraphs=document["paragraphs"],
            order=document["order"],
            sketch=frozenset(document.get("sketch", ())),
            group=document.get("group", 0),
            representative=document.get("representative"),
            edited=document.get("edited"),
        )


def hit_of(
    paragraph: Mapping[str, Any],
    facts: ClusterFacts,
    *,
    score: float = 0.0,
    highlights: tuple[Span, ...] = (),
    lacks: tuple[str, ...] = (),
    before: Sequence[Hit] = (),
    after: Sequence[Hit] = (),
    also_as: Sequence[str] = (),
) -> Hit:
    """Make a hit of the document of a paragraph and the facts of its statement."""
    record, number, text = facts.record, paragraph["number"], paragraph["text"]
    return Hit(
        address=f"{record.slug}#{number}",
        statement=record.slug,
        number=number,
        text=text,
        snippet=snippet(text, highlights),
        forum=record.forum,
        speaker=record.speaker,
        date=record.date,
        place=record.place,
        language=paragraph.get("language"),
        title=record.title,
        source=facts.sources[0],
        score=score,
        printed_number=paragraph.get("printed_number"),
        printed_speaker=record.printed_speaker,
        delegation_code=facts.code,
        person=record.person,
        post=record.post,
        on_behalf_of=record.on_behalf_of,
        on_behalf_of_code=record.on_behalf_of_code,
        delivered_by=record.delivered_by,
        delivered_by_code=record.delivered_by_code,
        speaker_role=record.speaker_role,
        original_language=record.original_language,
        statement_id=record.source_id,
        paragraph_id=record.paragraph_id(number),
        page=record.page(number),
        document_symbol=record.document_symbol,
        role=paragraph["role"],
        hash=sha256(text.encode()).hexdigest(),
        highlights=highlights,
        before=tuple(before),
        after=tuple(after),
        sources=facts.sources,
        also_as=tuple(also_as),
        root=facts.root,
        lacks=lacks,
        recognised=record.recognised is not None,
    )
