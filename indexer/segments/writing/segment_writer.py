"""Statements in, one segment out: tokenised, inverted and packed in bulk.

Of the statements that are gathered nothing is kept but their words as numbers, their
facts and their compressed texts. `SegmentWriter.write` inverts the numbers once by word
form (positions) and once by inflection group (paragraphs and frequencies), and
writes the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from onrecord.indexer.register import forum_names
from onrecord.indexer.segments.columns.names import Value
from onrecord.indexer.segments.container import Array, write_container
from onrecord.indexer.segments.layout import NO_DAY, ROLES
from onrecord.indexer.segments.records import SourceRecord, StatementRecord
from onrecord.indexer.segments.writing.belonging import belonging_arrays
from onrecord.indexer.segments.writing.facts import ParagraphFacts, StatementFacts
from onrecord.indexer.segments.writing.keys import key_words
from onrecord.indexer.segments.writing.postings import form_arrays, group_arrays
from onrecord.indexer.segments.writing.sketcher import Sketcher, digest
from onrecord.indexer.segments.writing.vocabulary import Tokens, Vocabulary
from onrecord.indexer.statement import Finding, Metadata, Party, Statement

__all__ = ["SegmentWriter"]

# Characters of text that are turned into numbers at once, and later inverted at once: enough to fill the
# arrays, few enough to stay in cache.
_CHUNK = 1 << 21
_NUMBER_OF_ROLE = {role: number for number, role in enumerate(ROLES)}


class SegmentWriter:
    """Gathers statements for one segment; ``tokens`` is the number of words read so far."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._read: list[Tokens] = []
        self._waiting: list[str] = []
        self._waiting_size = 0
        self._waiting_statements: list[int] = []
        self._sketcher = Sketcher()
        self._paragraphs = ParagraphFacts()
        self._statements = StatementFacts()
        self._source: str | None = None
        self.tokens = 0

    def __len__(self) -> int:
        """Return the number of paragraphs."""
        return len(self._paragraphs)

    def begin_source(self, key: str, record: SourceRecord) -> None:
        """Say what is known of a source whose statements are added next (`ValueError` if it came before)."""
        self._statements.add_source(key, record.dump())
        self._source = key

    def add(self, statement: Statement) -> None:
        """Add a statement with all its paragraphs."""
        known = statement.metadata
        date = known.date.value if known.date else None
        paragraphs = statement.paragraphs
        texts = [paragraph.text for paragraph in paragraphs]
        own = known.language.value if known.language else ""
        record = StatementRecord.of(statement)
        self._statements.add(
            statement.slug.encode(),
            record=record.dump(),
            paragraphs=len(paragraphs),
            days=(date.first.toordinal(), date.last.toordinal()) if date else (NO_DAY, NO_DAY),
            names=_names(known),
            source=self._source,
            digest=digest(record, texts),
        )
        self._paragraphs.add(
            roles=[_NUMBER_OF_ROLE[paragraph.role] for paragraph in paragraphs],
            printed=[paragraph.printed or "" for paragraph in paragraphs],
            languages=[paragraph.language or own for paragraph in paragraphs],
        )
        self._waiting += texts
        self._waiting_statements.append(len(texts))
        self._waiting_size += sum(map(len, texts))
        if self._waiting_size > _CHUNK:
            self._read_waiting()

    def write(self, path: Path) -> int:
        """Write the segment into a new file and return its size in bytes."""
        return write_container(path, self._arrays())

    def _read_waiting(self) -> None:
        read = self._vocabulary.read(self._waiting)
        self._read.append(read)
        self.tokens += len(read.spellings)
        self._statements.add_sketches(
            self._sketcher.sketch(read, self._vocabulary.spellings, paragraphs=self._waiting_statements)
        )
        self._paragraphs.add_texts(text.encode() for text in self._waiting)
        self._waiting, self._waiting_size, self._waiting_statements = [], 0, []

    def _arrays(self) -> Iterator[tuple[str, Array | bytes]]:
        """Yield all arrays; what has been written is let go of before the next is made."""
        if self._waiting:
            self._read_waiting()
        lengths = np.concatenate([np.zeros(0, np.uint32), *(read.counts for read in self._read)])
        words = key_words(self._read, self._vocabulary, self._paragraphs.languages)
        yield from belonging_arrays(words.groups, words.belonging, forms=len(words.forms)).items()
        yield from group_arrays(words.groups, words.runs_by_group(), lengths).items()
        yield from form_arrays(words.forms, words.runs_by_form(), lengths).items()
        yield from self._paragraphs.arrays().items()
        yield from self._statements.arrays().items()


def _names(known: Metadata) -> dict[str, Value]:
    """Return what a statement has in each column of names."""
    speaker = known.speaker.value if known.speaker else None
    names = (speaker.name, speaker.printed, speaker.delegation, speaker.person) if speaker else ()
    single = {
        "place": known.place and known.place.value,
        "title": known.title,
        "delegation": speaker and speaker.code,
        "person": speaker and speaker.person,
        "post": speaker and speaker.post,
    }
    return {
        "forum": forum_names(known.forum.value) if known.forum else (),
        "speaker": tuple(dict.fromkeys(name for name in names if name)),
        "behalf": _named(known.on_behalf_of),
        "delivered": _named(known.delivered_by),
        **{column: (value,) if value else () for column, value in single.items()},
    }


def _named(party: Finding[Party] | None) -> Value:
    """Return the name and the code of a party, the name alone where it has no code."""
    return tuple(filter(None, (party.value.name, party.value.code))) if party else ()
