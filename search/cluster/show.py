"""The statements of a cluster as addresses lead to them, and every address there ever was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import groupby

from onrecord.indexer.address import letters_of
from onrecord.indexer.fingerprint import words_hash
from onrecord.indexer.store.former_addresses import Former, FormerAddresses, KnownAddress
from onrecord.search.cluster.facts import PARAGRAPH_FIELDS, ClusterFacts, ClusterFactsReader, hit_of
from onrecord.search.cluster.nearly_same import resembling
from onrecord.search.cluster.opened import OF_PARAGRAPHS, OF_STATEMENTS, Json, OpenedGeneration, damaged
from onrecord.search.results.hits import Hit

__all__ = ["ClusterStatements", "known_addresses", "shown_as"]

# Slugs among which those are looked for that are like one; of more, only those that begin as it does.
_MOST_COMPARED = 50_000
_SAME_BEGINNING = 4
# Slugs of which it is asked at once what became of them.
_AT_ONCE = 1_000
_OF_FORMER = ("slug", "now", "source", "generation", "words", "edited")
_SHOWN: Json = {"term": {"behind": False}}


class ClusterStatements:
    """The statements of a generation (a `search.results.addressing.AddressedStatements`)."""

    def __init__(self, opened: OpenedGeneration, facts: ClusterFactsReader) -> None:
        self._opened = opened
        self._facts = facts

    def is_live(self, slug: str) -> bool:
        """Tell whether a statement has a slug today."""
        return slug in self._facts.of([slug])

    def with_letters(self, letters: str) -> list[str]:
        """List the statements that have the letters of an address, whatever stands before them."""
        return self._slugs([{"term": {"letters": letters}}])

    def with_readable_part(self, typed: str) -> list[str]:
        """List the statements that are shown whose slugs less the letters are what was typed."""
        return self._slugs([_SHOWN, {"term": {"readable": typed}}])

    def alike(self, typed: str, most: int) -> list[str]:
        """List so many of the statements that are shown whose slugs are most like what was typed."""
        among: list[Json] = [_SHOWN, OF_STATEMENTS]
        if self._opened.count({"bool": {"filter": among}}) > _MOST_COMPARED:
            among.append({"prefix": {"statement": typed[:_SAME_BEGINNING]}})
        return get_close_matches(typed, self._slugs(among), n=most)

    def former(self, slug: str) -> FormerAddresses:
        """Return what became of a slug, of those that have its letters, and of those that they led to."""
        letters = letters_of(slug)
        return _what_became(self._opened, [slug], letters=[letters] if letters else [])

    def edited(self, slug: str) -> int | None:
        """Return the generation in which the words of a statement last changed."""
        return self._facts.of([slug])[slug].edited

    def read(self, slug: str) -> tuple[Hit, ...]:
        """Read the paragraphs of a live statement."""
        facts = self._facts.of([slug])[slug]
        also_as = self._also_as(facts)
        own = {"bool": {"filter": [OF_PARAGRAPHS, {"term": {"statement": slug}}]}}
        paragraphs = self._opened.documents(own, fields=PARAGRAPH_FIELDS, sort=["number"])
        hits = tuple(hit_of(paragraph, facts, also_as=also_as) for paragraph in paragraphs)
        if len(hits) != facts.paragraphs:
            raise damaged(self._opened, f"{slug} has {len(hits)} of {facts.paragraphs} paragraphs")
        return hits

    def _also_as(self, facts: ClusterFacts) -> list[str]:
        """List the slugs of statements that are nearly the same; first the one that it stands behind."""
        shown = (
            self._facts.of([facts.representative])[facts.representative] if facts.representative else facts
        )
        behind = [shown.record.slug] if facts.representative else []
        return [*behind, *(one.record.slug for one in resembling(shown, self._facts))]

    def _slugs(self, clauses: Sequence[Json]) -> list[str]:
        clause = {"bool": {"filter": [OF_STATEMENTS, *clauses]}}
        found = self._opened.documents(clause, fields=["statement"], sort=["statement"])
        return [one["statement"] for one in found]


def known_addresses(opened: OpenedGeneration, facts: ClusterFactsReader) -> Iterator[KnownAddress]:
    """Yield every address that was ever given: the live ones, then the former ones."""
    generation = int(opened.meta["generation"])
    slugs: set[str] = set()
    paragraphs = opened.documents(OF_PARAGRAPHS, fields=["statement", "text"], sort=["statement", "number"])
    texts = groupby(paragraphs, key=lambda paragraph: paragraph["statement"])
    of_texts = next(texts, None)
    for one in facts.found_by({"match_all": {}}):
        slug = one.record.slug
        slugs.add(slug)
        own: list[str] = []
        if of_texts is not None and of_texts[0] == slug:
            own = [paragraph["text"] for paragraph in of_texts[1]]
            of_texts = next(texts, None)
        if len(own) != one.paragraphs:
            raise damaged(opened, f"{slug} has {len(own)} of {one.paragraphs} paragraphs")
        yield KnownAddress(slug, slug, one.source_key, generation, words_hash(own), one.edited)
    former = FormerAddresses(tuple(_former(opened, {"match_all": {}})))
    for end in former.former:
        last = former.last(end)
        now = last.now if last.now in slugs else None
        yield KnownAddress(end.slug, now, end.source, last.generation, last.words, last.edited or None)


def shown_as(
    slugs: Iterable[str], opened: OpenedGeneration, facts: ClusterFactsReader
) -> dict[str, tuple[str, ...]]:
    """Return under which slugs the statements are found today that once had some slugs."""
    wanted = list(dict.fromkeys(slugs))
    former = _what_became(opened, wanted)
    led = {slug: [slug, *(former.last(end).now for end in former.of(slug))] for slug in wanted}
    live = facts.of(now for some in led.values() for now in some if now is not None)
    return {
        slug: tuple(
            dict.fromkeys(live[now].representative or now for now in some if now is not None and now in live)
        )
        for slug, some in led.items()
    }


def _what_became(
    opened: OpenedGeneration, slugs: Sequence[str], *, letters: Sequence[str] = ()
) -> FormerAddresses:
    """Return the ends of some slugs, of those with some letters, and of all that these led to."""
    ends: list[Former] = []
    known, asked = set(slugs), list(slugs)
    alike: list[Json] = [{"terms": {"letters": list(letters)}}] if letters else []
    while asked or alike:
        some, asked = asked[:_AT_ONCE], asked[_AT_ONCE:]
        named: Json = {"bool": {"should": [{"terms": {"slug": some}}, *alike]}}
        new, alike = list(_former(opened, named)), []
        ends += new
        further = sorted({end.now for end in new if end.now is not None} - known)
        known.update(further)
        asked += further
    ends = sorted(dict.fromkeys(ends), key=lambda end: end.generation)
    return FormerAddresses(tuple(ends))


def _former(opened: OpenedGeneration, clause: Json) -> Iterator[Former]:
    """Yield the former addresses that a clause finds, in the order in which an index has them."""
    both = {"bool": {"filter": [{"term": {"kind": "former"}}, clause]}}
    documents = opened.documents(both, fields=_OF_FORMER, sort=["number"], words=True)
    for one in documents:
        yield Former(
            one["slug"],
            one.get("now"),
            one.get("source", ""),
            one["generation"],
            one.get("words", ""),
            one.get("edited", 0),
        )
