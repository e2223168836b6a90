"""What tells copies of a statement: a digest of what it says, and a sketch of how it says it.

The digest is equal where statements say the same words in the same paragraphs, and agree in the
facts: it is taken by a cryptographic hash, so that no text need be read again to be sure.

The sketch tells how alike the wording of two statements is. Their resemblance is the part of the runs of
`RUN` words in either that is in both (Broder, "On the resemblance and containment of
documents", 1997). Runs are shared out among `BINS` bins by their hashes, and a byte of the smallest in
each bin is kept: two statements have it in common with the probability of their
resemblance (one permutation hashing: Li, Owen and Zhang 2012; a byte of each: Li and König, "b-Bit minwise
hashing", 2010). So 64 bytes estimate it to within 0.06 two times out of three.

Only runs whose first word has an even hash are counted. That halves what a sketch takes to make, to
1 % of a build, and tells the same. Runs go on over the ends of paragraphs,
which stand elsewhere when the same text is posted again.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from zlib import crc32

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.inflection import form_of
from onrecord.indexer.segments.columns.sketches import Sketches, is_sketched, words_in
from onrecord.indexer.segments.layout import BINS, DIGEST_SIZE, Ints, starts_of
from onrecord.indexer.segments.records import StatementRecord
from onrecord.indexer.segments.writing.vocabulary import Tokens

__all__ = [
    "RUN",
    "Sketcher",
    "digest",
    "digest_array",
    "sketch_array",
]

#: Words of a run.
RUN = 4
# The facts in which identical statements agree. Two speeches of a record have two identifiers, if any.
_FACTS = (
    *("speaker", "speaker_role", "forum", "date", "place", "language", "original_language", "source_id"),
    *("person", "post", "on_behalf_of", "delivered_by"),
)

# Odd multipliers of the finaliser of MurmurHash3 (Appleby 2011), and of a polynomial in the words of a run.
_MULTIPLIERS = (np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35))
_POWER = np.uint32(0x9E3779B1)
_BIN_BITS = np.uint32(BINS.bit_length() - 1)
_NO_RUN = np.uint32(0xFFFFFFFF)
_EVEN = np.uint32(1)


def digest(record: StatementRecord, texts: Sequence[str]) -> bytes:
    """Return what identical statements have in common: their texts, and who says them, where and when."""
    known = [getattr(record, name) for name in _FACTS]
    # SHA-256 has instructions of its own on processors of today, and is the fastest of its strength there.
    said = sha256(repr((known, [*map(len, texts)])).encode())
    said.update("".join(texts).encode())
    return said.digest()[:DIGEST_SIZE]


def digest_array(digests: Sequence[bytes]) -> Sketches:
    """Put digests into an array."""
    return np.frombuffer(b"".join(digests), np.uint8)


def sketch_array(sketches: Sequence[Sketches]) -> Sketches:
    """Put rows of sketches into an array."""
    return np.concatenate([np.zeros(0, np.uint8), *(rows.ravel() for rows in sketches)])


class Sketcher:
    """Sketches statements whose words are numbers of a growing vocabulary."""

    def __init__(self) -> None:
        self._hashes = np.zeros(0, np.uint32)

    def sketch(self, tokens: Tokens, spellings: Sequence[bytes], *, paragraphs: Sequence[int]) -> Sketches:
        """Return the sketches of those statements that have one; ``paragraphs`` says how many each has."""
        self._learn(spellings)
        first = starts_of(np.array(paragraphs, np.uint32)).astype(np.uint32)
        words = words_in(tokens.counts, first)
        sketched = is_sketched(words)
        rows = np.where(sketched, np.cumsum(sketched) - 1, -1).astype(np.int32)
        smallest = np.full((int(sketched.sum()), BINS), _NO_RUN, np.uint32)
        runs, row_of = self._runs(tokens.spellings, np.repeat(rows, words))
        bins = row_of * BINS + (runs >> np.uint32(32 - _BIN_BITS)).astype(np.int32)
        np.minimum.at(smallest.ravel(), bins, runs << _BIN_BITS)
        kept = ((smallest >> np.uint32(8)) * _MULTIPLIERS[0] >> np.uint32(24)).astype(np.uint8)
        kept[kept == 0] = 1
        kept[smallest == _NO_RUN] = 0
        return kept

    def _learn(self, spellings: Sequence[bytes]) -> None:
        """Hash the spellings that are new, folded."""
        new = [crc32(form_of(word.decode()).encode()) for word in spellings[len(self._hashes) :]]
        self._hashes = np.concatenate([self._hashes, _mixed(np.array(new, np.uint32))])

    def _runs(self, words: Ints, rows: npt.NDArray[np.int32]) -> tuple[Ints, npt.NDArray[np.int32]]:
        """Return the hashes of the runs that count, each with the row of its statement."""
        hashes = self._hashes[words]
        last = max(len(words) - RUN + 1, 0)
        begins = np.flatnonzero(hashes[:last] & _EVEN == 0)
        begins = begins[(rows[begins] == rows[begins + RUN - 1]) & (rows[begins] >= 0)]
        runs = hashes[begins]
        for further in range(1, RUN):
            runs *= _POWER
            runs += hashes[begins + further]
        return _mixed(runs), rows[begins]


def _mixed(values: Ints) -> Ints:
    """Spread 32-bit numbers over all of them."""
    mixed = values ^ (values >> np.uint32(16))
    mixed *= _MULTIPLIERS[0]
    mixed ^= mixed >> np.uint32(13)
    mixed *= _MULTIPLIERS[1]
    mixed ^= mixed >> np.uint32(16)
    return mixed
