"""The addresses that citations use: ``2021-09-20-japan-second-review-conference-k3f9x#5``.

Date, speaker and forum make the slug readable. Its last five letters tell apart
statements that share all three. They come from the path of the file below the
indexed folder, so that an address neither depends on the order in which files
are read nor changes when a text is corrected or another text comes in. A speech in
a record of many has eight, from the path and what names it there.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from hashlib import sha256

from onrecord.indexer.analysis.words import words
from onrecord.indexer.errors import AddressError
from onrecord.indexer.statement import Metadata

__all__ = ["make_slug", "parse_address", "readable_part"]

# The longest forum in a slug, in letters; longer ones are cut at a word.
_LONGEST_PART = 72
_SUFFIX_LENGTH = 5
# A chair speaks hundreds of times a day: five letters would let two of 800 such speeches meet in one
# record of a hundred, eight in one of three million.
_SUFFIX_LENGTH_OF_MANY = 8
# Bytes of the digest that eight letters of five bits hold.
_DIGEST_USED = 5
# No statement has more paragraphs than nine digits count.
_NUMBER = re.compile(r"0*[1-9][0-9]{0,8}")


def make_slug(
    metadata: Metadata,
    *,
    relative_path: str,
    ordinal: int = 0,
    key: str | None = None,
    disambiguator: str = "",
) -> str:
    """Make the slug of a statement.

    ``relative_path`` is the path of its file below the indexed folder, with ``/``;
    ``ordinal`` its number in that file, counted from 0, ``key`` what names it there in the
    place of a number, ``disambiguator`` what tells it from another one that would have the same slug.

    >>> make_slug(Metadata(), relative_path="letters/Note verbale.txt")
    'letters-note-verbale-frib2'
    """
    parts = [
        str(metadata.date.value) if metadata.date else "",
        _readable(metadata.speaker.value.name) if metadata.speaker else "",
        _readable(metadata.forum.value) if metadata.forum else "",
    ]
    readable = (
        "-".join(filter(None, parts))
        or _readable(relative_path.rpartition(".")[0] or relative_path)
        or "statement"
    )
    own = str(ordinal) if key is None else key
    digest = sha256(f"{relative_path}\0{own}{disambiguator}".encode(errors="surrogateescape")).digest()
    length = _SUFFIX_LENGTH if key is None else _SUFFIX_LENGTH_OF_MANY
    letters = base64.b32encode(digest[:_DIGEST_USED]).decode().lower()
    return f"{readable}-{letters[:length]}"


def readable_part(slug: str) -> str:
    """Return a slug without its last letters, as someone may type it from memory."""
    return slug.rpartition("-")[0]


def parse_address(address: str) -> tuple[str, int | None]:
    """Split an address into its slug and the number of the paragraph, None for a whole statement.

    >>> parse_address("1973-panama-security-council-abcde#2")
    ('1973-panama-security-council-abcde', 2)
    """
    slug, mark, number = address.strip().partition("#")
    if not slug or (mark and not _NUMBER.fullmatch(number)):
        raise AddressError(
            f'"{address}" is not an address; write STATEMENT#NUMBER or STATEMENT as a search prints it.',
            address=address,
        )
    return slug, int(number) if mark else None


@lru_cache(maxsize=1024)
def _readable(text: str) -> str:
    kept = ""
    for word in words(text):
        longer = f"{kept}-{word}" if kept else word
        if kept and len(longer) > _LONGEST_PART:
            break
        kept = longer
    return kept[: 2 * _LONGEST_PART]
