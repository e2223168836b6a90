"""From an address as someone typed it to the words that it means, or to what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from onrecord.indexer.address import Address, letters_of, parse_address
from onrecord.indexer.errors import AddressError
from onrecord.indexer.store.former_addresses import Former, FormerAddresses
from onrecord.search.results.hits import Hit
from onrecord.search.results.passage import Passage

__all__ = ["AddressedStatements", "show_passage"]

# How many addresses to offer when one is not found.
_NEAR_ADDRESSES = 3


class AddressedStatements(Protocol):
    """The statements of one generation, as addresses lead to them."""

    def is_live(self, slug: str) -> bool:
        """Tell whether a statement has a slug today, one that stands behind its copy too."""

    def with_letters(self, letters: str) -> Sequence[str]:
        """List the live statements that have the letters of an address, in order."""

    def with_readable_part(self, typed: str) -> Sequence[str]:
        """List the statements that are shown whose slugs less the letters are what was typed, in order."""

    def alike(self, typed: str, most: int) -> Sequence[str]:
        """List so many of the statements that are shown whose slugs are most like what was typed."""

    def former(self, slug: str) -> FormerAddresses:
        """Return what became of a slug and of those that have its letters; it may hold others."""

    def edited(self, slug: str) -> int | None:
        """Return the generation in which the words of a statement last changed, None where they never did."""

    def read(self, slug: str) -> tuple[Hit, ...]:
        """Read the paragraphs of a live statement."""


def show_passage(typed: str, *, context: int, statements: AddressedStatements) -> Passage:
    """Return a paragraph with its neighbours, or a whole statement (`AddressError`)."""
    address = parse_address(typed)
    meant = _meant(address, statements)
    if address.number is None:
        hits = statements.read(meant.slugs[0])
        return Passage(meant.slugs[0], hits, note=_joined(*meant.notes, meant.edited(meant.slugs[0])))
    if address.fingerprint is None:
        return _paragraph(address, meant, context=context)
    return _paragraph_of_words(address, meant, context=context)


@dataclass(slots=True)
class _Meant:
    """The statements that an address may mean, the likeliest first, and what is to be said of it."""

    statements: AddressedStatements
    slugs: list[str]
    notes: list[str] = field(default_factory=list)

    def edited(self, slug: str) -> str | None:
        """Say that a statement was edited, where it was."""
        generation = self.statements.edited(slug)
        if generation is None:
            return None
        return (
            f"{slug} was edited in generation {generation:,}, after it was first indexed; "
            "what was cited from it before may have been other words."
        )


def _meant(address: Address, statements: AddressedStatements) -> _Meant:
    """Find the statements that are meant (`AddressError` with the nearest, or with what became of it)."""
    typed = address.statement
    remembered, letters = statements.former(typed), letters_of(typed)
    is_live = statements.is_live(typed)
    ends = remembered.of(typed)
    if not is_live and not ends:
        alike = statements.with_letters(letters) if letters else ()
        if not alike:
            given = _former_with_letters(letters, remembered)
            ends = tuple(end for slug in given for end in remembered.of(slug))
        alike = alike or (() if ends else _by_readable_part(typed, statements))
        if alike:
            return _Meant(statements, [_only(alike, typed)])
    slugs = [typed] if is_live else []
    lasts = [remembered.last(end) for end in ends]
    now = [last.now for last in lasts if last.now and statements.is_live(last.now)]
    slugs = list(dict.fromkeys([*slugs, *now]))
    if not slugs:
        alike = statements.with_letters(letters) if letters else ()
        if len(alike) != 1:
            raise _gone(address, lasts[-1])
        notes = [_what_became(typed, lasts[-1]), f"What has its letters is {alike[0]}."]
        return _Meant(statements, list(alike), notes)
    if not is_live and address.fingerprint is None:
        _only(slugs, typed)
    notes = [
        f"Until generation {end.generation:,} {typed} was the address of "
        + (f"what is {last.now} now." if last.now in slugs else "a statement that was taken out.")
        for end, last in zip(ends, lasts, strict=True)
        if is_live and last.now != typed
    ]
    if not is_live:
        notes = [f"{typed} is {slugs[0]} now."]
    return _Meant(statements, slugs, notes)


def _paragraph(address: Address, meant: _Meant, *, context: int) -> Passage:
    """Return the paragraph that has a number today."""
    slug = meant.slugs[0]
    hits = meant.statements.read(slug)
    note = _joined(*meant.notes, meant.edited(slug))
    return _around(hits, _numbered(hits, address, note=note), context=context, note=note)


def _paragraph_of_words(address: Address, meant: _Meant, *, context: int) -> Passage:
    """Return the paragraph whose words an address names, wherever it has moved to."""
    assert address.number is not None
    for slug in meant.slugs:
        hits = meant.statements.read(slug)
        same = [hit for hit in hits if hit.fingerprint == address.fingerprint]
        if same:
            hit = min(same, key=lambda hit: (abs(hit.number - address.number), hit.number))  # type: ignore[operator]
            moved = hit.number != address.number or hit.statement != address.statement
            cited = f"{address.statement}#{address.number}"
            note = f"The words of {cited} are {hit.address} now." if moved else None
            return _around(hits, hit, context=context, note=note)
    hits = meant.statements.read(meant.slugs[0])
    note = _joined(
        f"The words that {address} cites are no longer there; this is what stands there now.",
        *meant.notes,
        meant.edited(meant.slugs[0]),
    )
    hit = _numbered(hits, address, note=note)
    return replace(_around(hits, hit, context=context, note=note), words_found=False)


def _numbered(hits: Sequence[Hit], address: Address, *, note: str | None) -> Hit:
    number, slug = address.number or 0, hits[0].statement
    if number > len(hits):
        raise AddressError(
            _joined(
                f"{slug} has {len(hits)} paragraphs and none has the number {number}; "
                f"onrecord show {slug} shows them all.",
                note,
            )
            or "",
            address=str(address),
        )
    return hits[number - 1]


def _around(hits: Sequence[Hit], hit: Hit, *, context: int, note: str | None) -> Passage:
    return Passage(
        hit.address, tuple(hits[max(0, hit.number - 1 - context) : hit.number + context]), note=note
    )


def _joined(*sentences: str | None) -> str | None:
    return " ".join(filter(None, sentences)) or None


def _only(slugs: Sequence[str], typed: str) -> str:
    """Return the one statement that is meant (`AddressError` that names several)."""
    if len(slugs) > 1:
        raise AddressError(
            f"No statement has the address {typed}; {len(slugs)} may be meant: "
            f"{', '.join(slugs[:_NEAR_ADDRESSES])}.",
            address=typed,
            near=tuple(slugs),
        )
    return slugs[0]


def _gone(address: Address, last: Former) -> AddressError:
    what = _what_became(address.statement, last)
    return AddressError(f"{what[:-1]}; index that file again to have it back.", address=str(address))


def _what_became(typed: str, last: Former) -> str:
    if last.generation == 0:
        return (
            f"{typed} is an address of another index; its statement, from {last.source}, is not in this one."
        )
    return (
        f"{typed} was taken out of the index in generation {last.generation:,}; it came from {last.source}."
    )


def _by_readable_part(typed: str, statements: AddressedStatements) -> Sequence[str]:
    """Find the one statement whose letters were left out (`AddressError` with the nearest addresses)."""
    meant = statements.with_readable_part(typed)
    if len(meant) == 1:
        return meant
    if meant:
        advice = f"{len(meant)} statements begin so: {', '.join(meant[:_NEAR_ADDRESSES])}."
    else:
        meant = statements.alike(typed, _NEAR_ADDRESSES)
        advice = f"the nearest are {', '.join(meant)}." if meant else "search prints the addresses there are."
    raise AddressError(f"No statement has the address {typed}; {advice}", address=typed, near=tuple(meant))


def _former_with_letters(letters: str | None, former: FormerAddresses) -> list[str]:
    return [slug for slug in former.slugs if letters and slug.endswith(f"-{letters}")]
