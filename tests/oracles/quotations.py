"""Quotations drawn from texts by a seed, and altered in fourteen ways; what must be found of each.

It knows nothing of how a quotation is verified: it cuts texts at their spaces, and looks for words with a
regular expression of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from oracles.scan import read_words

__all__ = ["KINDS", "Altered", "Text", "altered", "brute_force", "drawn", "words"]

SHORTEST, LONGEST = 8, 120
_NEGATION = re.compile(r"\b(not|no|never|without|cannot|nor)\b", re.IGNORECASE)
# A quotation inside another one is tried by hand; in a brief it would end the outer one.
_MARKS = re.compile('["“”„«»]')
_NUMBER = re.compile(r"\b\d+\b")
_CYRILLIC = str.maketrans("aeopcx", "аеорсх")
_LIGATURES = {"ffi": "ﬃ", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ"}


@dataclass(frozen=True)
class Text:
    """A statement: its paragraphs, the address of each, and who spoke."""

    paragraphs: tuple[str, ...]
    addresses: tuple[str, ...]
    speaker: str | None


@dataclass(frozen=True)
class Drawn:
    """A quotation as it stands in a text, and the address of the paragraph in which it begins."""

    quotation: str
    address: str
    speaker: str | None


@dataclass(frozen=True)
class Altered:
    """A quotation that was changed, and what has to be said of it.

    ``stays`` says that the words are the same, ``flag`` names what has to be flagged, ``found`` says that its
    paragraph has to be named, ``option`` is the speaker that is claimed.
    """

    kind: str
    quotation: str
    address: str
    stays: bool = False
    flag: str | None = None
    found: bool = True
    option: str | None = None


def words(text: str) -> list[str]:
    """Return the folded words of a text, as the scan reads them."""
    return [word.casefold() for word in read_words(text)]


def drawn(texts: Sequence[Text], random: Random, *, marks: bool = True) -> Drawn:
    """Draw a quotation of 8 to 120 words, one in four over the end of a paragraph where that can be."""
    while True:
        text = random.choice(texts)
        at = random.randrange(len(text.paragraphs))
        paragraph = text.paragraphs[at].split()
        length = random.choice((8, 12, 20, 40, 60, 80, LONGEST, random.randint(SHORTEST, LONGEST)))
        start = random.randrange(max(1, len(paragraph)))
        if random.random() < 0.25 and at + 1 < len(text.paragraphs):
            written = "\n\n".join(text.paragraphs[at : at + 3])
        else:
            written = text.paragraphs[at]
        pieces = re.findall(r"\S+\s*", written)[start : start + length]
        quotation = "".join(pieces).strip()
        whole = len(words(quotation)) >= SHORTEST and words(pieces[0])
        if whole and (marks or not _MARKS.search(quotation)):
            return Drawn(quotation, text.addresses[at], text.speaker)


def _letter(one: Drawn, random: Random, _: Sequence[Text]) -> Altered | None:
    spots = list(re.finditer(r"[a-z]{5,}", one.quotation))
    if not spots:
        return None
    spot = random.choice(spots)
    at = random.randrange(spot.start() + 1, spot.end() - 1)
    other = random.choice([letter for letter in "abcdefghij" if letter != one.quotation[at]])
    return Altered("letter", one.quotation[:at] + other + one.quotation[at + 1 :], one.address)


def _number(one: Drawn, random: Random, _: Sequence[Text]) -> Altered | None:
    spots = list(_NUMBER.finditer(one.quotation))
    if not spots:
        return None
    spot = random.choice(spots)
    other = str(int(spot[0]) + random.choice((1, 10, 100)))
    changed = one.quotation[: spot.start()] + other + one.quotation[spot.end() :]
    return Altered("number", changed, one.address, flag="number")


def _negation(one: Drawn, random: Random, _: Sequence[Text]) -> Altered | None:
    pieces = one.quotation.split()
    spots = [at for at, piece in enumerate(pieces) if _NEGATION.fullmatch(piece) and 0 < at < len(pieces) - 1]
    if spots:
        del pieces[random.choice(spots)]
    else:
        pieces.insert(random.randrange(1, len(pieces)), random.choice(("not", "never", "no")))
    return Altered("negation", " ".join(pieces), one.address, flag="negation")


def _order(one: Drawn, random: Random, _: Sequence[Text]) -> Altered | None:
    pieces = one.quotation.split()
    at = random.randrange(len(pieces) - 1)
    if words(pieces[at]) == words(pieces[at + 1]) or not words(pieces[at]) or not words(pieces[at + 1]):
        return None
    pieces[at], pieces[at + 1] = pieces[at + 1], pieces[at]
    return Altered("order", " ".join(pieces), one.address)


def _homoglyph(one: Drawn, random: Random, _: Sequence[Text]) -> Altered | None:
    spots = [found for found in re.finditer(r"[a-z]+", one.quotation) if set(found[0]) & set("aeopcx")]
    if not spots:
        return None
    spot = random.choice(spots)
    changed = one.quotation[: spot.start()] + spot[0].translate(_CYRILLIC) + one.quotation[spot.end() :]
    return Altered("homoglyph", changed, one.address, flag="homoglyph")


def _ligature(one: Drawn, random: Random, _: Sequence[Text]) -> Altered | None:
    for letters, sign in _LIGATURES.items():
        if letters in one.quotation:
            return Altered("ligature", one.quotation.replace(letters, sign), one.address, stays=True)
    return None


def _broken(one: Drawn, random: Random, _: Sequence[Text]) -> Altered | None:
    spots = list(re.finditer(r"(?<![\w-])[a-z]{6,}(?![\w-])", one.quotation))
    if not spots:
        return None
    spot = random.choice(spots)
    at = random.randrange(spot.start() + 3, spot.end() - 2)
    return Altered("broken", f"{one.quotation[:at]}-\n{one.quotation[at:]}", one.address, stays=True)


def _curly(one: Drawn, random: Random, _: Sequence[Text]) -> Altered | None:
    table = str.maketrans({"'": "’", "’": "'", '"': "”", "“": '"', "”": '"'})
    changed = one.quotation.translate(table)
    return Altered("curly", changed, one.address, stays=True) if changed != one.quotation else None


def _spaces(one: Drawn, random: Random, _: Sequence[Text]) -> Altered | None:
    spaces = ("\u00a0", "\u202f", "  ", "\n")
    changed = re.sub(" ", lambda _: random.choice(spaces), one.quotation)
    return Altered("spaces", changed, one.address, stays=True)


def _hidden(one: Drawn, random: Random, _: Sequence[Text]) -> Altered | None:
    """Put dots where a negation stood."""
    spots = list(_NEGATION.finditer(one.quotation))
    spots = [spot for spot in spots if 20 < spot.start() < len(one.quotation) - 20]
    if not spots:
        return None
    spot = random.choice(spots)
    changed = one.quotation[: spot.start()] + random.choice(("…", "[…]", "...")) + one.quotation[spot.end() :]
    return Altered("hidden", changed, one.address, flag="negation")


def _stitched(one: Drawn, random: Random, texts: Sequence[Text]) -> Altered | None:
    other = drawn(texts, random)
    half, second = len(one.quotation.split()) // 2, other.quotation.split()
    joined = [*one.quotation.split()[:half], *second[len(second) // 2 :]]
    return Altered(
        "stitched",
        random.choice((" ", " … ")).join([" ".join(joined[:half]), " ".join(joined[half:])]),
        one.address,
        found=False,
    )


def _speaker(one: Drawn, random: Random, texts: Sequence[Text]) -> Altered | None:
    other = random.choice(texts).speaker
    if one.speaker is None or other is None or other == one.speaker:
        return None
    return Altered("speaker", one.quotation, one.address, option=other, found=False)


def _edition(one: Drawn, random: Random, _: Sequence[Text]) -> Altered | None:
    """Leave out a row of words, as a delegation that corrects its statement does."""
    pieces = one.quotation.split()
    if len(pieces) < 20:
        return None
    most = len(pieces) // 10
    at = random.randrange(2, len(pieces) - most - 2)
    return Altered("edition", " ".join(pieces[:at] + pieces[at + random.randint(1, most) :]), one.address)


def _replaced(one: Drawn, random: Random, texts: Sequence[Text]) -> Altered | None:
    """Replace up to a tenth of the words by words of other texts."""
    pieces = one.quotation.split()
    other = words(" ".join(random.choice(texts).paragraphs))
    if not other:
        return None
    for at in random.sample(range(len(pieces)), max(1, len(pieces) // 10)):
        pieces[at] = random.choice(other)
    return Altered("replaced", " ".join(pieces), one.address)


KINDS: tuple[Callable[[Drawn, Random, Sequence[Text]], Altered | None], ...] = (
    _letter,
    _number,
    _negation,
    _order,
    _homoglyph,
    _ligature,
    _broken,
    _curly,
    _spaces,
    _hidden,
    _stitched,
    _speaker,
    _edition,
    _replaced,
)


def altered(
    kind: Callable[[Drawn, Random, Sequence[Text]], Altered | None], texts: Sequence[Text], random: Random
) -> Altered:
    """Draw a quotation that can be altered in a way, and alter it; what became the same is drawn anew."""
    while True:
        one = drawn(texts, random)
        changed = kind(one, random, texts)
        if changed is None:
            continue
        if changed.stays or changed.option or words(changed.quotation) != words(one.quotation):
            return changed


def brute_force(quoted: Sequence[str], spoken: Sequence[str]) -> int:
    """Return what it costs at least to make a quotation of any part of a text, in eighths of an edit.

    A word replaced or added costs eight; words left out side by side cost eight and one for each further one.
    Word by word, with a row for each of the three ways in which a word of the text may have been met.
    """
    far = 8 * (len(quoted) + len(spoken) + 1)
    met, skipped = [0] * (len(spoken) + 1), [far] * (len(spoken) + 1)
    for at, word in enumerate(quoted):
        above = [min(pair) for pair in zip(met, skipped, strict=True)]
        met, skipped = [8 * (at + 1)], [far]
        for column, other in enumerate(spoken):
            skipped.append(min(met[column] + 8, skipped[column] + 1))
            met.append(min(above[column] + (0 if word == other else 8), above[column + 1] + 8))
    return min(met)
