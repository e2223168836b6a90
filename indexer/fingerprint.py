"""The words of a text as a fingerprint keeps them, and the fingerprints of paragraphs and statements.

A fingerprint stands in citations for longer than any version of ours, so it rests on Unicode alone and not
on what a search takes for a word: letters, digits and the marks upon them, in one case, set apart by single
spaces. Punctuation, quotation marks and line ends may change, and the words stay the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from unicodedata import category, normalize

__all__ = ["FINGERPRINT_LENGTH", "LETTERS", "fingerprint", "letters_of_digest", "words_hash", "words_of"]

#: The letters of fingerprints and of the ends of slugs: those of base 32 (RFC 4648), small.
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
#: Letters of a paragraph's fingerprint: two of a statement's paragraphs share one once in 33 million.
FINGERPRINT_LENGTH = 5
# Bytes of a digest that are written as letters of five bits.
_DIGEST_USED = 5
# Hexadecimal digits of a statement's hash: no two statements of one index share as many by chance.
_HASH_LENGTH = 32


def fingerprint(text: str) -> str:
    """Return five letters made of the words of a paragraph.

    >>> fingerprint("We never agreed to this.") == fingerprint("“We  never agreed to this!”")
    True
    >>> fingerprint("5.5 million") == fingerprint("55 million")
    False
    """
    digest = sha256(" ".join(words_of(text)).encode(errors="surrogatepass")).digest()
    return letters_of_digest(digest)[:FINGERPRINT_LENGTH]


def letters_of_digest(digest: bytes) -> str:
    """Write the first five bytes of a digest as eight letters.

    >>> letters_of_digest(b"fooba")
    'mzxw6ytb'
    """
    number = int.from_bytes(digest[:_DIGEST_USED], "big")
    return "".join([LETTERS[number >> place & 31] for place in range(35, -1, -5)])


def words_hash(texts: Iterable[str]) -> str:
    """Return a hash of the words of a statement, paragraph by paragraph, hexadecimal."""
    digest = sha256()
    for text in texts:
        digest.update(" ".join(words_of(text)).encode(errors="surrogatepass") + b"\n")
    return digest.hexdigest()[:_HASH_LENGTH]


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order.

    >>> words_of("“We  never agreed to this!”")
    ['we', 'never', 'agreed', 'to', 'this']
    """
    return normalize("NFKC", text).casefold().translate(_KEPT).split()


class _Kept(dict[int, int]):
    """What becomes of a character: it is kept, or a space takes its place."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        kept = character.isalnum() or category(character).startswith("M")
        self[code] = code if kept else ord(" ")
        return self[code]


_KEPT = _Kept()
