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
from itertools import islice, pairwise
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from whoosh.query import Query

from onrecord.indexer.segments.layout import ROLES
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.segments.word_groups import SegmentGroups
from onrecord.indexer.thawed import thawed
from onrecord.search.results.hits import Hit
from onrecord.search.results.paragraph_words import WordsAsked
from onrecord.search.results.snippet import highlights, lacking, snippet
from onrecord.search.results.statement_facts import FactsReader

__all__ = ["HitReader", "Place", "read_statement"]

Item = TypeVar("Item")
#: The slugs of statements that are nearly the same as one of a segment.
AlsoAs = Callable[[Segment, int], tuple[str, ...]]

# Paragraphs that are read at once: at first, and at most. "the" on the General Debate has 331,244 hits in
# 5,500 blocks. Best first, lots of 2,048 open 270,000 blocks, half of all the time; lots of 65,536 open
# 30,000, a ninth, and hold 40 MB of text.
_FEW = 64
_GROWTH = 8
_MOST = 1 << 16
# And where they mostly follow each other as they lie, as in order of address: lots of 4,096 take 10 MB, and
# are read as fast as lots of 8,192 (20 MB) and faster than lots of 65,536 (80 MB).
_MOST_IN_ORDER = 1 << 12
_IN_ORDER = 0.9
# Paragraphs after which the parts of the file that were read are given back.
_LET_GO = 1 << 11
_ROLES = tuple(role.value for role in ROLES)
_Thawed = thawed(Hit)


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
        facts: FactsReader,
        *,
        tree: Query | None = None,
        context: int = 0,
        also_as: AlsoAs | None = None,
    ) -> None:
        self._facts = facts
        self._also_as = also_as
        self._tree = tree
        self._asked: dict[Segment, WordsAsked] = {}
        self._context = context

    def read(self, places: Iterable[Place], *, readers: int = 1) -> Iterator[Hit]:
        """Yield a hit for each place, in their order; no more of them are held than are read at once.

        ``readers`` is how many read at the same time, and share the room for that.
        """
        rest, size = iter(places), _FEW
        most = max(1, _MOST // (1 + 2 * self._context) // readers)
        while some := list(islice(rest, min(size, most))):
            in_order = _lie_in_order(some)
            # A stream in order comes by each statement once: what it has read of one nobody asks for again.
            yield from self._read_together(some, keep=not in_order or len(some) <= _FEW)
            size *= _GROWTH
            if in_order:
                size = min(size, _MOST_IN_ORDER)

    def _read_together(self, places: Sequence[Place], *, keep: bool) -> Iterator[Hit]:
        wanted: defaultdict[Segment, set[int]] = defaultdict(set)
        for segment, paragraph, _ in places:
            if self._context:
                wanted[segment].update(self._with_neighbours(segment, paragraph))
            else:
                wanted[segment].add(paragraph)
        lots = {
            segment: _Lot(segment, sorted(paragraphs), self._facts, self._also_as, keep=keep)
            for segment, paragraphs in wanted.items()
        }
        for segment, paragraph, score in places:
            yield self._hit(lots[segment], paragraph, score)

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
        lacks: tuple[str, ...] = ()
        if self._tree is not None:
            asked = self._asked_of(lot.segment, self._tree)
            language = lot.language(paragraph)
            spans = highlights(text, language=language, asked=asked)
            if asked.alternatives:
                lacks = lacking(text, language=language, asked=asked)
        if not self._context:
            return lot.hit(paragraph, text, found=True, score=score, highlights=spans, lacks=lacks)
        near = self._with_neighbours(lot.segment, paragraph)
        return lot.hit(
            paragraph,
            text,
            found=True,
            score=score,
            highlights=spans,
            lacks=lacks,
            before=tuple(lot.hit(other, lot.text(other)) for other in range(near.start, paragraph)),
            after=tuple(lot.hit(other, lot.text(other)) for other in range(paragraph + 1, near.stop)),
        )


def _lie_in_order(places: Sequence[Place]) -> bool:
    """Tell whether nearly all places lie behind the one before, so that few blocks are opened again."""
    behind = sum(
        one.segment is two.segment and one.paragraph < two.paragraph for one, two in pairwise(places)
    )
    return behind >= _IN_ORDER * (len(places) - 1)


class _Lot:
    """What is read of a segment at once: rising paragraphs, and the facts of their statements."""

    def __init__(
        self,
        segment: Segment,
        paragraphs: Sequence[int],
        facts: FactsReader,
        also_as: AlsoAs | None,
        *,
        keep: bool,
    ) -> None:
        self.segment = segment
        table = segment.paragraphs
        self._at = {paragraph: at for at, paragraph in enumerate(paragraphs)}
        # As they are stored, which takes less memory.
        self._stored = list(self._letting_go(table.texts.several(paragraphs)))
        rows = np.array(paragraphs, np.intp)
        self._languages: list[int] = table.languages[rows].tolist()
        self._printed = table.printed[rows].tolist()
        self._roles = table.roles[rows].tolist()
        self._owners = table.statement_of[rows].tolist()
        self._facts = {
            owner: facts.of(segment, owner, keep=keep)
            for owner in self._letting_go(sorted(set(self._owners)))
        }
        self._also_as = {owner: also_as(segment, owner) for owner in self._facts} if also_as else {}
        self._codes: list[str | None] = [None, *table.languages_known]

    def _letting_go(self, items: Iterable[Item]) -> Iterator[Item]:
        """Hand on what is read for each, and let go of what many have read of the file."""
        number = 0
        for number, item in enumerate(items, 1):
            yield item
            if not number % _LET_GO:
                self.segment.container.let_go()
        if number > _FEW:
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
        lacks: tuple[str, ...] = (),
        before: tuple[Hit, ...] = (),
        after: tuple[Hit, ...] = (),
        found: bool = False,
    ) -> Hit:
        """Make a hit of a paragraph with its text: one that was ``found``, or a neighbour of one."""
        at = self._at[paragraph]
        owner, printed = self._owners[at], self._printed[at]
        record, first, code, root, sources = self._facts[owner]
        number = paragraph - first + 1
        hit: Any = _Thawed()
        hit.address = f"{record.slug}#{number}"
        hit.statement = record.slug
        hit.number = number
        hit.text = text
        hit.snippet = snippet(text, highlights)
        hit.forum = record.forum
        hit.speaker = record.speaker
        hit.date = record.date
        hit.place = record.place
        hit.language = self._codes[self._languages[at]]
        hit.title = record.title
        hit.source = sources[0]
        hit.score = score
        hit.printed_number = (
            self.segment.paragraphs.printed_numbers[printed - 1].decode() if printed else None
        )
        hit.printed_speaker = record.printed_speaker
        hit.delegation_code = code
        hit.person = record.person
        hit.post = record.post
        hit.on_behalf_of = record.on_behalf_of
        hit.on_behalf_of_code = record.on_behalf_of_code
        hit.delivered_by = record.delivered_by
        hit.delivered_by_code = record.delivered_by_code
        hit.speaker_role = record.speaker_role
        hit.original_language = record.original_language
        hit.statement_id = record.source_id
        hit.paragraph_id = record.paragraph_id(number)
        hit.page = record.page(number)
        hit.document_symbol = record.document_symbol
        hit.role = _ROLES[self._roles[at]]
        hit.hash = sha256(self._stored[at]).hexdigest()
        hit.highlights = highlights
        hit.before = before
        hit.after = after
        hit.sources = sources
        hit.also_as = self._also_as.get(owner, ()) if found else ()
        hit.root = root
        hit.lacks = lacks
        hit.recognised = record.recognised is not None
        hit.__class__ = Hit
        return cast(Hit, hit)


def read_statement(
    segment: Segment, statement: int, *, facts: FactsReader, also_as: AlsoAs | None = None
) -> tuple[Hit, ...]:
    """Read all paragraphs of a statement, in their order."""
    places = (Place(segment, paragraph) for paragraph in segment.statements.paragraphs(statement))
    return tuple(HitReader(facts, also_as=also_as).read(places))
