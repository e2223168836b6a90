"""From an address as someone typed it to the words that it means, or to what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from onrecord.indexer.address import Address, letters_of, parse_address, readable_part
from onrecord.indexer.errors import AddressError
from onrecord.indexer.fingerprint import words_hash
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.indexer.store.former_addresses import Former, FormerAddresses, KnownAddress
from onrecord.search.engine.engine import Engine
from onrecord.search.results.hit_reader import read_statement
from onrecord.search.results.hits import Hit
from onrecord.search.results.passage import Passage

__all__ = ["known_addresses", "show_passage"]

# How many addresses to offer when one is not found.
_NEAR_ADDRESSES = 3


def show_passage(
    typed: str, *, context: int, engine: Engine, former: Callable[[], FormerAddresses]
) -> Passage:
    """Return a paragraph with its neighbours, or a whole statement (`AddressError`)."""
    address = parse_address(typed)
    meant = _meant(address, engine, former)
    if address.number is None:
        hits = _read(meant.slugs[0], engine)
        return Passage(meant.slugs[0], hits, note=_joined(*meant.notes, meant.edited(meant.slugs[0])))
    if address.fingerprint is None:
        return _paragraph(address, meant, engine, context=context)
    return _paragraph_of_words(address, meant, engine, context=context)


def known_addresses(engine: Engine, former: FormerAddresses, *, generation: int) -> Iterator[KnownAddress]:
    """Yield every address that was ever given: the live ones, then the former ones."""
    slugs: set[str] = set()
    for segment in engine.segments:
        for statement in segment.statements.live.nonzero()[0].tolist():
            slug = segment.statements.slug(statement).decode()
            source = int(segment.sources.of_statements[statement])
            texts = (segment.paragraphs.text(one) for one in segment.statements.paragraphs(statement))
            slugs.add(slug)
            yield KnownAddress(
                slug,
                slug,
                segment.sources.keys[source - 1].decode() if source else "",
                generation,
                words_hash(texts),
                former.edited.get(slug),
            )
    for one in former.former:
        last = former.last(one)
        now = last.now if last.now in slugs else None
        yield KnownAddress(one.slug, now, one.source, last.generation, last.words, last.edited or None)


@dataclass(slots=True)
class _Meant:
    """The statements that an address may mean, the likeliest first, and what is to be said of it."""

    former: FormerAddresses
    slugs: list[str]
    notes: list[str] = field(default_factory=list)

    def edited(self, slug: str) -> str | None:
        """Say that a statement was edited, where it was."""
        generation = self.former.edited.get(slug)
        if generation is None:
            return None
        return (
            f"{slug} was edited in generation {generation:,}, after it was first indexed; "
            "what was cited from it before may have been other words."
        )


def _meant(address: Address, engine: Engine, former: Callable[[], FormerAddresses]) -> _Meant:
    """Find the statements that are meant (`AddressError` with the nearest, or with what became of it)."""
    typed, remembered = address.statement, former()
    is_live = _named(typed, engine.segments) is not None
    ends = remembered.of(typed)
    if not is_live and not ends:
        alike = _with_letters(typed, engine.segments)
        if not alike:
            given = _former_with_letters(typed, remembered)
            ends = tuple(end for slug in given for end in remembered.of(slug))
        alike = alike or ([] if ends else _by_readable_part(typed, engine))
        if alike:
            return _Meant(remembered, [_only(alike, typed)])
    slugs = [typed] if is_live else []
    lasts = [remembered.last(end) for end in ends]
    now = [last.now for last in lasts if last.now and _named(last.now, engine.segments) is not None]
    slugs = list(dict.fromkeys([*slugs, *now]))
    if not slugs:
        alike = _with_letters(typed, engine.segments)
        if len(alike) != 1:
            raise _gone(address, lasts[-1])
        return _Meant(
            remembered, alike, [_what_became(typed, lasts[-1]), f"What has its letters is {alike[0]}."]
        )
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
    return _Meant(remembered, slugs, notes)


def _paragraph(address: Address, meant: _Meant, engine: Engine, *, context: int) -> Passage:
    """Return the paragraph that has a number today."""
    slug = meant.slugs[0]
    hits = _read(slug, engine)
    note = _joined(*meant.notes, meant.edited(slug))
    return _around(hits, _numbered(hits, address, note=note), context=context, note=note)


def _paragraph_of_words(address: Address, meant: _Meant, engine: Engine, *, context: int) -> Passage:
    """Return the paragraph whose words an address names, wherever it has moved to."""
    assert address.number is not None
    for slug in meant.slugs:
        hits = _read(slug, engine)
        same = [hit for hit in hits if hit.fingerprint == address.fingerprint]
        if same:
            hit = min(same, key=lambda hit: (abs(hit.number - address.number), hit.number))  # type: ignore[operator]
            moved = hit.number != address.number or hit.statement != address.statement
            cited = f"{address.statement}#{address.number}"
            note = f"The words of {cited} are {hit.address} now." if moved else None
            return _around(hits, hit, context=context, note=note)
    hits = _read(meant.slugs[0], engine)
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


def _read(slug: str, engine: Engine) -> tuple[Hit, ...]:
    found = _named(slug, engine.segments)
    assert found is not None
    segment, statement = found
    return read_statement(segment, statement, facts=engine.facts, also_as=engine.also_as)


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


def _by_readable_part(typed: str, engine: Engine) -> list[str]:
    """Find the one statement whose letters were left out (`AddressError` with the nearest addresses)."""
    slugs = _slugs_shown(engine)
    meant = [slug for slug in slugs if readable_part(slug) == typed]
    if len(meant) == 1:
        return meant
    if meant:
        advice = f"{len(meant)} statements begin so: {', '.join(meant[:_NEAR_ADDRESSES])}."
    else:
        meant = get_close_matches(typed, slugs, n=_NEAR_ADDRESSES)
        advice = f"the nearest are {', '.join(meant)}." if meant else "search prints the addresses there are."
    raise AddressError(f"No statement has the address {typed}; {advice}", address=typed, near=tuple(meant))


def _slugs_shown(engine: Engine) -> list[str]:
    """List the slugs of all statements that are shown, sorted."""
    return sorted(
        entry.record.slug for entry in Catalogue(engine.segments).entries(without=engine.copies.hidden)
    )


def _with_letters(typed: str, segments: Sequence[Segment]) -> list[str]:
    """List the live statements that have the letters of an address, whatever stands before them."""
    letters = letters_of(typed)
    if letters is None:
        return []
    ending = f"-{letters}".encode()
    slugs = (slug.decode() for one in segments for slug in one.statements.slugs if slug.endswith(ending))
    return sorted({slug for slug in slugs if _named(slug, segments) is not None})


def _former_with_letters(typed: str, former: FormerAddresses) -> list[str]:
    letters = letters_of(typed)
    return [slug for slug in former.slugs if letters and slug.endswith(f"-{letters}")]


def _named(slug: str, segments: Sequence[Segment]) -> tuple[Segment, int] | None:
    for segment in segments:
        statement = segment.statements.named(slug)
        if statement is not None:
            return segment, statement
    return None
