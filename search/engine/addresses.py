"""The statements of an engine's segments as addresses lead to them, and every address there ever was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cached_property

from onrecord.indexer.address import readable_part
from onrecord.indexer.fingerprint import words_hash
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.indexer.store.former_addresses import FormerAddresses, KnownAddress
from onrecord.search.engine.engine import Engine
from onrecord.search.results.hit_reader import read_statement
from onrecord.search.results.hits import Hit

__all__ = ["SegmentStatements", "known_addresses"]


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


class SegmentStatements:
    """The statements of segments (a `search.results.addressing.AddressedStatements`)."""

    def __init__(self, engine: Engine, former: Callable[[], FormerAddresses]) -> None:
        self._engine = engine
        self._former = former

    def is_live(self, slug: str) -> bool:
        """Tell whether a statement has a slug today."""
        return self._named(slug) is not None

    def with_letters(self, letters: str) -> list[str]:
        """List the live statements that have the letters of an address, whatever stands before them."""
        ending = f"-{letters}".encode()
        segments = self._engine.segments
        slugs = (slug.decode() for one in segments for slug in one.statements.slugs if slug.endswith(ending))
        return sorted({slug for slug in slugs if self.is_live(slug)})

    def with_readable_part(self, typed: str) -> list[str]:
        """List the statements that are shown whose slugs less the letters are what was typed."""
        return [slug for slug in self._shown if readable_part(slug) == typed]

    def alike(self, typed: str, most: int) -> list[str]:
        """List so many of the statements that are shown whose slugs are most like what was typed."""
        return get_close_matches(typed, self._shown, n=most)

    def former(self, _: str) -> FormerAddresses:
        """Return what became of all former slugs."""
        return self._former()

    def edited(self, slug: str) -> int | None:
        """Return the generation in which the words of a statement last changed."""
        return self._former().edited.get(slug)

    def read(self, slug: str) -> tuple[Hit, ...]:
        """Read the paragraphs of a live statement."""
        found = self._named(slug)
        assert found is not None
        return read_statement(*found, facts=self._engine.facts, also_as=self._engine.also_as)

    def _named(self, slug: str) -> tuple[Segment, int] | None:
        for segment in self._engine.segments:
            statement = segment.statements.named(slug)
            if statement is not None:
                return segment, statement
        return None

    @cached_property
    def _shown(self) -> list[str]:
        """The slugs of all statements that are shown, sorted."""
        catalogue = Catalogue(self._engine.segments)
        return sorted(entry.record.slug for entry in catalogue.entries(without=self._engine.copies.hidden))
