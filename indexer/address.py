"""The addresses that citations use: ``2021-09-20-japan-second-review-conference-k3f9x#5``.

Date, speaker and forum make the slug readable; its last five letters say which statement is meant.
They come from the path of the file below the indexed folder, so that an address neither depends on the
order in which files are read nor changes when a text is corrected. A speech in a record of many has eight,
from the path and what names it there. Behind a tilde may stand the fingerprint of the paragraph's words:
``…-k3f9x#5~q2w7a``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from urllib.parse import unquote

from onrecord.indexer.analysis.words import words
from onrecord.indexer.errors import AddressError
from onrecord.indexer.fingerprint import FINGERPRINT_LENGTH, LETTERS, letters_of_digest
from onrecord.indexer.statement import Metadata

__all__ = ["Address", "letters_of", "make_slug", "parse_address", "readable_part", "short_address"]

# The longest forum in a slug, in letters; longer ones are cut at a word.
_LONGEST_PART = 72
_SUFFIX_LENGTH = 5
# A chair speaks hundreds of times a day: five letters would let two of 800 such speeches meet in one
# record of a hundred, eight in one of three million.
_SUFFIX_LENGTH_OF_MANY = 8
# No statement has more paragraphs than nine digits count.
_NUMBER = re.compile(r"0*[1-9][0-9]{0,8}")
_FINGERPRINT = re.compile(f"[{LETTERS}]{{{FINGERPRINT_LENGTH}}}")
_SLUG_LETTERS = re.compile(f"[{LETTERS}]{{{_SUFFIX_LENGTH}}}|[{LETTERS}]{{{_SUFFIX_LENGTH_OF_MANY}}}")
# What parts a URL, and what a page puts into an address: dashes that look like ours, marks that cannot be
# seen, a line end behind a hyphen.
_PARTS_OF_URL = re.compile(r"[\s/?=&]+")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BROKEN = re.compile(r"(?<=-)\s+|\s+(?=[#~])|(?<=[#~])\s+")


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart; ``number`` is None for a whole statement, ``fingerprint`` if none is given."""

    statement: str
    number: int | None = None
    fingerprint: str | None = None

    def __str__(self) -> str:
        number = "" if self.number is None else f"#{self.number}"
        words = "" if self.fingerprint is None else f"~{self.fingerprint}"
        return f"{self.statement}{number}{words}"


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
    return f"{readable}-{letters_of_digest(digest)[:length]}"


def readable_part(slug: str) -> str:
    """Return a slug without its last letters, as someone may type it from memory."""
    return slug.rpartition("-")[0]


def letters_of(slug: str) -> str | None:
    """Return the letters at the end of a slug, None where it ends in none.

    >>> letters_of("1973-panama-abcde"), letters_of("abcde"), letters_of("1973")
    ('abcde', 'abcde', None)
    """
    letters = slug.rpartition("-")[2]
    return letters if _SLUG_LETTERS.fullmatch(letters) else None


def short_address(slug: str, number: int | None = None) -> str:
    """Return the letters of a slug, which say the same as the whole of it, and the number.

    >>> short_address("1973-panama-abcde", 2)
    'abcde#2'
    """
    return str(Address(letters_of(slug) or slug, number))


def parse_address(address: str) -> Address:
    """Take an address apart, as it is printed or as it stands in a sentence, in brackets or in a URL.

    >>> parse_address("1973-panama-security-council-abcde#2")
    Address(statement='1973-panama-security-council-abcde', number=2, fingerprint=None)
    >>> str(parse_address("(https://example.org/show/1973-panama-abcde%232~k3f7x)."))
    '1973-panama-abcde#2~k3f7x'
    """
    slug, mark, rest = _without_surroundings(address).partition("#")
    number, tilde, words = rest.partition("~")
    if (
        not slug
        or "~" in slug
        or (mark and not _NUMBER.fullmatch(number))
        or (tilde and not _FINGERPRINT.fullmatch(words))
    ):
        raise AddressError(
            f'"{address}" is not an address; write STATEMENT#NUMBER or STATEMENT as a search prints it.',
            address=address,
        )
    return Address(slug, int(number) if mark else None, words or None)


def _without_surroundings(typed: str) -> str:
    """Return an address without the sentence or the URL that it stood in."""
    joined = _BROKEN.sub("", _DASHES.sub("-", _UNSEEN.sub("", unquote(typed)))).strip()
    parts = _PARTS_OF_URL.split(joined)
    numbered = [part for part in parts if "#" in part[1:]]
    if len(numbered) == 1:
        joined = numbered[0]
    elif "/" in joined:
        joined = next((part for part in reversed(parts) if any(map(str.isalnum, part))), joined)
    begin, end = 0, len(joined)
    while begin < end and not _is_of_address(joined[begin]):
        begin += 1
    while end > begin and not _is_of_address(joined[end - 1]):
        end -= 1
    return joined[begin:end].lower()


def _is_of_address(character: str) -> bool:
    return character.isalnum() or character == "#"


@lru_cache(maxsize=1024)
def _readable(text: str) -> str:
    kept = ""
    for word in words(text):
        longer = f"{kept}-{word}" if kept else word
        if kept and len(longer) > _LONGEST_PART:
            break
        kept = longer
    return kept[: 2 * _LONGEST_PART]
