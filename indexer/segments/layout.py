"""What a segment's writer and its readers agree on: constants, and where paragraphs stand.

Every paragraph begins a slot of `SLOT` positions and leaves its last position free,
so that no phrase runs from one into the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from onrecord.indexer.roles import Role

__all__ = [
    "BINS",
    "CODES",
    "COLUMNS",
    "DIGEST_SIZE",
    "FIRST_SHELF",
    "FORMS_ON_SHELF",
    "FORWARD_FORMS",
    "FREE",
    "LONGEST_HALVED_POSITIONS",
    "LONGEST_PLAIN_DOCUMENTS",
    "LONGEST_PLAIN_POSITIONS",
    "NAME_GAP",
    "NO_DAY",
    "RARE",
    "ROLES",
    "SEVERAL",
    "SHORTEST_SKETCHED",
    "SLOT",
    "paragraph_starts",
    "pieces_of",
    "slots_taken",
    "starts_of",
]

Ints = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]

#: Positions in a slot. Larger ones waste positions, smaller ones make the table of slots outgrow the cache.
SLOT = 32
#: What the forward array says of a position at which no word stands.
FREE = 0
#: Word forms that it names by a number of their own, a byte; the others it sends to a shelf, the commonest of
#: them to the first, and a second array has their place there. With 32 shelves the further bytes are fewest
#: (general debate: 6.1 MB a segment; with 16 7.0).
FORWARD_FORMS = 222
FIRST_SHELF = FORWARD_FORMS + 1
FORMS_ON_SHELF = 255
#: What both say of the forms that find no room on a shelf: which these are is told by a third array.
RARE = 255
#: The longest list of positions, and of paragraphs, that is kept plain and needs no decoding.
LONGEST_PLAIN_POSITIONS = 256
LONGEST_PLAIN_DOCUMENTS = 64
#: The longest list of positions that is kept as halves: two bytes a number, and one for each stretch of
#: 65,536 in the segment. It is read as an array five times as soon as a bitmap of the same size (8,000
#: positions: 9 microseconds for 50); longer ones are met as bitmaps where two of them make a phrase.
LONGEST_HALVED_POSITIONS = 30_000
#: The day of a statement whose date is unknown; day ordinals begin at 1.
NO_DAY = 0
#: A paragraph's role is stored as its place here.
ROLES = (Role.BODY, Role.GREETING, Role.CLOSING, Role.NOTE)
#: What is known of a statement as names. In ``behalf`` and ``delivered`` the code stands behind the name.
COLUMNS = ("speaker", "forum", "place", "title", "delegation", "person", "post", "behalf", "delivered")
#: The columns whose values may be several names: as printed, as the register has it, its code.
SEVERAL = ("speaker", "forum", "behalf", "delivered")
#: Where the codes of delegations stand that one asks for: the column, and the place in its values.
CODES = {"delegation": ("delegation", 0), "behalf_code": ("behalf", 1), "delivered_code": ("delivered", 1)}

#: Between two names of one field, so that no phrase runs from one into the other.
NAME_GAP = 1
#: Bytes of a digest: with 16 no two different statements meet in one.
DIGEST_SIZE = 16
#: Bytes of a sketch; 0 is a bin without a run.
BINS = 64
#: Words of the shortest statement that has a sketch: below, courtesies and motions are all alike.
SHORTEST_SKETCHED = 50

# Values that are worked on at once where lists are worked on stretch by stretch.
_PIECE = 1 << 20


def starts_of(lengths: Ints) -> Offsets:
    """Return where lists of these lengths begin when they follow each other, and where the last one ends."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def pieces_of(starts: Offsets) -> Iterator[tuple[int, int]]:
    """Part lists that begin at ``starts`` into stretches of about `_PIECE` values: first list, and last + 1.

    No list is parted. What work on a stretch takes beside it stays small, and in cache.
    """
    cuts = np.unique(np.searchsorted(starts, np.arange(0, starts[-1], _PIECE)))
    return pairwise([*cuts.tolist(), len(starts) - 1])


def slots_taken(lengths: Ints) -> Ints:
    """Return how many slots paragraphs of so many words take."""
    return lengths // np.uint32(SLOT) + np.uint32(1)


def paragraph_starts(lengths: Ints) -> Offsets:
    """Return the first position of each paragraph, and the first after them all."""
    return starts_of(slots_taken(lengths)) * SLOT
