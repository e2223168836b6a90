"""Read paragraphs out of segments as hits: text, facts, highlights, neighbours.

Hits that follow each other on a page lie scattered over the blocks in which texts are compressed. They are
read some thousands at a time: first the texts of all, in the order in which they lie, so that a block is
opened once and a statement's facts are read once; then one hit after the other is made of them. The first
few are read alone, since someone waits for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from whoosh.query import Query

from onrecord.indexer.segments.layout import ROLES
from onrecord.indexer.segments.records import StatementRecord
from onrecord.indexer.segments.segment import Segment
from onrecord.search.duplicates.copies import Copies
from onrecord.search.results.hits import Hit
from onrecord.search.results.paragraph_words import WordsAsked
from onrecord.search.results.snippet import highlights, snippet
from onrecord.search.results.word_groups import SegmentGroups

__all__ = ["HitReader", "Place", "read_statement"]

#: The slugs of statements that are nearly the same as one of a segment.
AlsoAs = Callable[[Segment, int], tuple[str, ...]]

# Paragraphs that are read at once: at first, and at most. "the" on the General Debate has 331,244 hits in
# 5,500 blocks. Best first, lots of 2,048 open 270,000 blocks, half of all the time; lots of 65,536 open
# 30,000, a ninth, and hold 40 MB of text.
_FEW = 64
_GROWTH = 8
_MOST = 1 << 16
# Statements whose facts are kept, some 2 KB each.
_KEPT = 1 << 14
# Paragraphs after which the parts of the file that were read are given back.
_LET_GO = 1 << 12
_ROLES = tuple(role.value for role in ROLES)


class Place(NamedTuple):
    """A paragraph to read: its segment, its number there, and its score."""

    segment: Segment
    paragraph: int
    score: float = 0.0


class HitReader:
    """Reads paragraphs as hits, the matches of ``tree`` marked, with ``context`` neighbours on each side.

    ``also_as`` names the statements that are nearly the same as one, where that is to be told.
    """

    def __init__(
        self,
        copies: Copies,
        *,
        tree: Query | None = None,
        context: int = 0,
        also_as: AlsoAs | None = None,
    ) -> None:
        self._copies = copies
        self._also_as = also_as
        self._tree = tree
        self._asked: dict[Segment, WordsAsked] = {}
        self._context = context
        self._facts: dict[tuple[Segment, int], _Facts] = {}

    def read(self, places: Iterable[Place]) -> Iterator[Hit]:
        """Yield a hit for each place, in their order; no more of them are held than are read at once."""
        rest, size = iter(places), _FEW
        most = max(1, _MOST // (1 + 2 * self._context))
        while some := list(islice(rest, min(size, most))):
            yield from self._read_together(some)
            size *= _GROWTH

    def _read_together(self, places: Sequence[Place]) -> Iterator[Hit]:
        wanted: defaultdict[Segment, set[int]] = defaultdict(set)
        for segment, paragraph, _ in places:
            if self._context:
                wanted[segment].update(self._with_neighbours(segment, paragraph))
            else:
                wanted[segment].add(paragraph)
        if len(self._facts) > _KEPT:
            self._facts.clear()
        lots = {
            segment: _Lot(segment, sorted(paragraphs), self._facts_of, self._also_as)
            for segment, paragraphs in wanted.items()
        }
        for segment, paragraph, score in places:
            yield self._hit(lots[segment], paragraph, score)

    def _facts_of(self, segment: Segment, statement: int) -> _Facts:
        facts = self._facts.get((segment, statement))
        if facts is None:
            facts = self._facts[segment, statement] = _Facts.of(segment, statement, self._copies)
        return facts

    def _asked_of(self, segment: Segment, tree: Query) -> WordsAsked:
        """Return the words that are asked for in a segment."""
        asked = self._asked.get(segment)
        if asked is None:
            asked = self._asked[segment] = WordsAsked(tree, SegmentGroups(segment.words.belonging))
        return asked

    def _with_neighbours(self, segment: Segment, paragraph: int) -> range:
        own = segment.statements.paragraphs(segment.statement_of(paragraph))
        return range(max(own.start, paragraph - self._context), min(own.stop, paragraph + self._context + 1))

    def _hit(self, lot: _Lot, paragraph: int, score: float) -> Hit:
        text = lot.text(paragraph)
        spans: tuple[tuple[int, int], ...] = ()
        if self._tree is not None:
            asked = self._asked_of(lot.segment, self._tree)
            spans = highlights(text, language=lot.language(paragraph), asked=asked)
        if not self._context:
            return lot.hit(paragraph, text, found=True, score=score, highlights=spans)
        near = self._with_neighbours(lot.segment, paragraph)
        return lot.hit(
            paragraph,
            text,
            found=True,
            score=score,
            highlights=spans,
            before=tuple(lot.hit(other, lot.text(other)) for other in range(near.start, paragraph)),
            after=tuple(lot.hit(other, lot.text(other)) for other in range(paragraph + 1, near.stop)),
        )


class _Lot:
    """What is read of a segment at once: rising paragraphs, and the facts of their statements."""

    def __init__(
        self, segment: Segment, paragraphs: Sequence[int], facts_of: FactsOf, also_as: AlsoAs | None
    ) -> None:
        self.segment = segment
        table = segment.paragraphs
        self._at = {paragraph: at for at, paragraph in enumerate(paragraphs)}
        self._stored = list(self._read_texts(paragraphs))
        self._languages: list[int] = table.languages[paragraphs].tolist()
        self._printed = table.printed[paragraphs].tolist()
        self._roles = table.roles[paragraphs].tolist()
        self._owners = table.statement_of[paragraphs].tolist()
        self._facts = {owner: facts_of(segment, owner) for owner in sorted(set(self._owners))}
        self._also_as = {owner: also_as(segment, owner) for owner in self._facts} if also_as else {}
        self._codes: list[str | None] = [None, *map(bytes.decode, table.language_codes)]

    def _read_texts(self, paragraphs: Sequence[int]) -> Iterator[bytes]:
        """Yield the texts as they are stored, which takes less memory; of the file no more stays in it."""
        for number, stored in enumerate(self.segment.paragraphs.texts.several(paragraphs), 1):
            yield stored
            if not number % _LET_GO:
                self.segment.container.let_go()

    def text(self, paragraph: int) -> str:
        """Return the text of a paragraph."""
        return self.segment.paragraphs.decoded(self._stored[self._at[paragraph]])

    def language(self, paragraph: int) -> str | None:
        """Return the language of a paragraph."""
        return self._codes[self._languages[self._at[paragraph]]]

    def hit(
        self,
        paragraph: int,
        text: str,
        *,
        score: float = 0.0,
        highlights: tuple[tuple[int, int], ...] = (),
        before: tuple[Hit, ...] = (),
        after: tuple[Hit, ...] = (),
        found: bool = False,
    ) -> Hit:
        """Make a hit of a paragraph with its text: one that was ``found``, or a neighbour of one."""
        at = self._at[paragraph]
        owner, printed = self._owners[at], self._printed[at]
        record, first, code, root, sources = self._facts[owner]
        number = paragraph - first + 1
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
            language=self._codes[self._languages[at]],
            title=record.title,
            source=sources[0],
            score=score,
            printed_number=self.segment.paragraphs.printed_numbers[printed - 1].decode() if printed else None,
            printed_speaker=record.printed_speaker,
            delegation_code=code,
            person=record.person,
            post=record.post,
            speaker_role=record.speaker_role,
            original_language=record.original_language,
            statement_id=record.source_id,
            paragraph_id=record.paragraph_id(number),
            page=record.page(number),
            document_symbol=record.document_symbol,
            role=_ROLES[self._roles[at]],
            hash=sha256(self._stored[at]).hexdigest(),
            highlights=highlights,
            before=before,
            after=after,
            sources=sources,
            also_as=self._also_as.get(owner, ()) if found else (),
            root=root,
        )


class _Facts(NamedTuple):
    """What the paragraphs of a statement have in common."""

    record: StatementRecord
    first_paragraph: int
    delegation_code: str | None
    root: str | None
    sources: tuple[str, ...]

    @classmethod
    def of(cls, segment: Segment, statement: int, copies: Copies) -> _Facts:
        """Read the facts of a statement."""
        column = segment.statements.column("delegation")
        value = int(column.of[statement])
        root, source = segment.source_of(statement)
        return cls(
            record=segment.statements.record(statement),
            first_paragraph=int(segment.statements.first_paragraphs[statement]),
            delegation_code=column.values[value - 1][0] if value else None,
            root=root,
            sources=(source, *copies.other_sources(segment, statement)),
        )


#: What returns the facts of a segment's statement.
FactsOf = Callable[[Segment, int], _Facts]


def read_statement(
    segment: Segment, statement: int, *, copies: Copies, also_as: AlsoAs | None = None
) -> tuple[Hit, ...]:
    """Read all paragraphs of a statement, in their order."""
    places = (Place(segment, paragraph) for paragraph in segment.statements.paragraphs(statement))
    return tuple(HitReader(copies, also_as=also_as).read(places))
