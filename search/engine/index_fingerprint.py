"""What tells two indexes apart that say different things: one SHA-256 over all their statements.

Of each statement its slug counts, its texts (by the digest that its segment has of them), its facts with
their evidence, and of its paragraphs the languages, the roles and the printed numbers. Neither the order
in which files were read counts, nor how statements are spread over segments, nor the folder that was indexed.

Nothing of this is stored: it takes 20 microseconds a statement, 0.2 seconds for the General Debate, and is
kept as long as the index is open.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.segment import Segment

__all__ = ["index_fingerprint"]

# Bytes of a name's hash, where paragraphs have names.
_SHORT = 8
# The path as it was typed; what of it counts is in the slug.
_LEFT_OUT = "source"


def index_fingerprint(segments: Iterable[Segment]) -> str:
    """Return the SHA-256 over the sorted digests of all statements that count, in hexadecimal."""
    digests = sorted(digest for segment in segments for digest in _digests(segment))
    return sha256(b"".join(digests)).hexdigest()


def _digests(segment: Segment) -> Iterator[bytes]:
    """Yield a SHA-256 of each statement of a segment that counts."""
    statements, paragraphs = segment.statements, segment.paragraphs
    live = np.flatnonzero(statements.live).tolist()
    said = statements.digests
    languages = _short_hashes([code.encode() for code in paragraphs.languages_known])
    printed = _short_hashes(list(paragraphs.printed_numbers))
    delegations = statements.column("delegation")
    codes = _short_hashes([value[0].encode() for value in delegations.values])
    for statement, record in zip(live, statements.records.several(live), strict=True):
        own = statements.paragraphs(statement)
        rows = slice(own.start, own.stop)
        digest = sha256(_facts(record))
        digest.update(statements.slug(statement))
        digest.update(said[statement].tobytes())
        digest.update(codes[int(delegations.of[statement])].tobytes())
        digest.update(paragraphs.roles[rows].tobytes())
        digest.update(languages.take(paragraphs.languages[rows], axis=0).tobytes())
        digest.update(printed.take(paragraphs.printed[rows], axis=0).tobytes())
        yield digest.digest()


def _facts(record: bytes) -> bytes:
    """Write the facts of a statement the same way, whatever wrote the segment."""
    facts = json.loads(record)
    facts.pop(_LEFT_OUT, None)
    return json.dumps(facts, sort_keys=True).encode()


def _short_hashes(names: Sequence[bytes]) -> npt.NDArray[np.uint8]:
    """Return a row of bytes for each name, behind one of zeros for none."""
    rows = bytes(_SHORT) + b"".join(sha256(name).digest()[:_SHORT] for name in names)
    return np.frombuffer(rows, np.uint8).reshape(-1, _SHORT)
