"""The fields of a paragraph, as a document of Whoosh.

==========  =======================================================================
text        the words as written, folded, with positions; the paragraph is stored
stem        the inflection group of each word, without positions
speaker     names: printed form, delegation, person; so are place, title, person and post
forum       names: the register's, the printed form, those of the bodies it belongs to
behalf      name and code of whom it is given for; delivered: of who gave a group's
delegation  code of the delegation, one term; so are behalf_code and delivered_code
language    ISO 639-1 code, one term
role        greeting, body, closing or note, one term
first last  day ordinals of the earliest and the latest day the date can mean
address     ``slug#number``, unique; statement is its slug, number its number
==========  =======================================================================

What else a hit shows is stored only. Positions are packed integers: Whoosh's own
formats pickle them.
"""

from __future__ import annotations

import struct
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any

from whoosh import columns, fields, formats
from whoosh.analysis.acore import Token
from whoosh.analysis.tokenizers import Tokenizer

from onrecord.indexer.analysis.words import words, words_with_offsets
from onrecord.indexer.segments.layout import NAME_GAP

__all__ = ["Day", "paragraph_schema"]

_Posting = tuple[bytes, int, float, bytes]  # term, frequency, weight, packed value


class PackedPositions(formats.Positions):
    """Positions of a word in a document as little-endian 32-bit integers."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        """Pack positions in rising order."""
        return struct.pack(f"<{len(poslist)}I", *poslist)

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Unpack what `encode` packed."""
        return list(struct.unpack(f"<{len(valuestring) // 4}I", valuestring))

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return how many positions there are."""
        return len(valuestring) // 4


class WordTokenizer(Tokenizer):
    """`indexer.analysis.words` as a Whoosh tokenizer, for Whoosh's own parser and highlighter."""

    def __call__(self, value: str, *, mode: str = "", **kwargs: Any) -> Iterator[Token]:
        """Yield a token a word, with positions and offsets."""
        token = Token(positions=True, chars=True, mode=mode, **_without(kwargs, "positions", "chars"))
        for position, word in enumerate(words_with_offsets(value)):
            token.text, token.pos = word.text, position
            token.startchar, token.endchar = word.start, word.end
            token.boost = 1.0
            yield token


def _tokenizer() -> Any:
    return WordTokenizer()


class Words(fields.TEXT):
    """Folded words with their positions; a document gives a text, or names as a list."""

    def __init__(self, *, stored: bool = False) -> None:
        super().__init__(analyzer=_tokenizer(), stored=stored)
        self.format: PackedPositions = PackedPositions()

    def index(self, value: str | Sequence[str], **kwargs: Any) -> Generator[_Posting, Any, None]:
        """Yield (word, frequency, weight, packed positions) of each different word."""
        positions: defaultdict[str, list[int]] = defaultdict(list)
        position = 0
        for text in (value,) if isinstance(value, str) else value:
            for word in words(text):
                positions[word].append(position)
                position += 1
            position += NAME_GAP
        for word, places in positions.items():
            yield word.encode(), len(places), float(len(places)), self.format.encode(places)


class Groups(fields.TEXT):
    """Inflection groups and how often each occurs; a document gives them as a list."""

    def __init__(self) -> None:
        super().__init__(analyzer=_tokenizer(), phrase=False)

    def index(self, value: Iterable[str], **kwargs: Any) -> Generator[_Posting, Any, None]:
        """Yield (group, frequency, weight, packed frequency) of each different group."""
        for group, frequency in Counter(value).items():
            yield group.encode(), frequency, float(frequency), struct.pack(">I", frequency)


class Day(fields.NUMERIC):
    """The ordinal of a day, as one term: without the coarser terms that save time in longer ranges."""

    def __init__(self, *, sortable: bool = False) -> None:
        super().__init__(int, shift_step=0, sortable=sortable)


def paragraph_schema() -> fields.Schema:
    """Return the schema of a paragraph document."""
    return fields.Schema(
        address=fields.ID(unique=True, stored=True, sortable=True),
        statement=fields.ID(stored=True, sortable=_one_of_few()),
        number=fields.STORED(),
        printed_number=fields.STORED(),
        hash=fields.STORED(),
        text=Words(stored=True),
        stem=Groups(),
        role=fields.ID(stored=True),
        speaker=Words(stored=True),
        printed_speaker=fields.STORED(),
        delegation=fields.ID(),
        person=Words(stored=True),
        post=Words(stored=True),
        behalf=Words(stored=True),
        behalf_code=fields.ID(),
        delivered=Words(stored=True),
        delivered_code=fields.ID(),
        forum=Words(stored=True),
        place=Words(stored=True),
        title=Words(stored=True),
        date=fields.STORED(),
        first=Day(sortable=True),
        last=Day(),
        language=fields.ID(stored=True),
        source=fields.STORED(),
    )


def _one_of_few() -> Any:
    """Return a column that keeps each different value once."""
    return columns.RefBytesColumn()


def _without(options: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name not in names}
