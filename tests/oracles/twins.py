"""The same statements twice: in an index of stock Whoosh, and in segments of our own.

Paragraphs and names are of ten words at most: stock Whoosh rounds longer lengths.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.index import create_in
from whoosh.searching import Searcher

from onrecord.indexer.analysis.inflection import paragraph_groups
from onrecord.indexer.dates import PartialDate
from onrecord.indexer.register import forum_names
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.segments.writing.segment_writer import SegmentWriter
from onrecord.indexer.statement import Finding, Metadata, Paragraph, Party, Role, Source, Speaker, Statement
from onrecord.indexer.whoosh.reader import open_reader
from onrecord.indexer.whoosh.schema import paragraph_schema

WORDS = [
    *("mine", "mines", "mined", "mining", "field", "fields", "Peace", "war", "éléphant", "elephants"),
    *("AIDS", "aids", "résolution", "Nations", "nation", "united", "United", "weapon", "weapons"),
    *("47", "not", "мир", "мира", "of", "the", "The"),
]
SPEAKERS = (
    Speaker("Japan", delegation="Japan", code="JPN"),
    Speaker("Government of Japan", delegation="Japan", code="JPN"),
    Speaker(
        "Mr. KOH (Republic of Korea)", delegation="Republic of Korea", code="KOR", person="KOH", post="Judge"
    ),
    Speaker("Ms. Peace", person="Ms. Peace"),
)
PARTIES = (Party("African Group", "AFRICAN-GROUP"), Party("Japan", "JPN"), Party("Friends of mines"))
FORUMS = ("Conference on Disarmament", "First Committee", "Conference of the Parties")
TITLES = ("Peace and mines", "Mines, mines and war", "On peace", "—")
DATES = ("2019", "2020-02", "2021-09-20", "2021-09-21")


@dataclass(frozen=True, slots=True)
class Twins:
    """Searchers over the same paragraphs, in the same segments."""

    stock: Any
    ours: Any


def statements(seed: int, count: int) -> list[Statement]:
    """Invent statements."""
    chance = random.Random(seed)
    return [
        _statement(chance, f"{chance.choice(['a', 'ab', 'b'])}-{seed}-{number}") for number in range(count)
    ]


def _statement(chance: random.Random, slug: str) -> Statement:
    def maybe(values: Sequence[Any]) -> Any:
        return chance.choice([None, *values])

    def found(value: Any) -> Any:
        return Finding(value, evidence="") if value else None

    date = maybe(DATES)
    paragraphs = [
        Paragraph(
            number,
            _text(chance),
            role=chance.choice([Role.BODY, Role.BODY, Role.GREETING, Role.CLOSING]),
            printed=maybe(["1.", "29."]),
            language=chance.choice([None, None, None, "en", "fr"]),
        )
        for number in range(1, chance.randint(2, 13))
    ]
    metadata = Metadata(
        title=maybe(TITLES),
        speaker=found(maybe(SPEAKERS)),
        forum=found(maybe(FORUMS)),
        date=found(PartialDate.parse(date) if date else None),
        place=found(maybe(["Geneva", "New York"])),
        language=found(maybe(["en", "fr", "ru"])),
        on_behalf_of=found(maybe(PARTIES)),
        delivered_by=found(maybe(PARTIES)),
    )
    return Statement(slug, metadata, tuple(paragraphs), Source(f"{slug}.txt", "text", "0" * 64))


def _text(chance: random.Random) -> str:
    return chance.choice([" ", ", "]).join(chance.choices(WORDS, k=chance.randint(1, 10))) + "."


@contextmanager
def twins(folder: Path, segments: Sequence[Sequence[Statement]], deleted: Set[str]) -> Iterator[Twins]:
    """Index statements, a segment each list, twice; delete some, by slug; and search both."""
    (folder / "stock").mkdir()
    index = create_in(str(folder / "stock"), paragraph_schema())
    for segment in segments:
        writer = index.writer()
        for statement in segment:
            for paragraph in statement.paragraphs:
                writer.add_document(**document(statement, paragraph))
        writer.commit(merge=False)
    writer = index.writer()
    for slug in sorted(deleted):
        writer.delete_by_term("statement", slug)
    writer.commit(merge=False)
    with index.searcher() as stock, our_searcher(folder, segments, deleted) as ours:
        yield Twins(stock, ours)


def our_searcher(folder: Path, segments: Sequence[Sequence[Statement]], deleted: Set[str]) -> Any:
    """Open segments of our own, which are written where they are not there yet."""
    opened = []
    for number, segment in enumerate(segments):
        path = folder / f"{number}.segment"
        if not path.exists():
            writer = SegmentWriter()
            for statement in segment:
                writer.add(statement)
            writer.write(path)
        gone = {place for place, statement in enumerate(segment) if statement.slug in deleted}
        opened.append(Segment(path, deleted=frozenset(gone)))
    return Searcher(open_reader(opened))


def document(statement: Statement, paragraph: Paragraph) -> dict[str, object]:
    """Return the fields of one paragraph, by name, as Whoosh's ``add_document`` takes them."""
    known = statement.metadata
    language = statement.language_of(paragraph)
    fields_of_it: dict[str, object] = {
        "address": statement.address(paragraph),
        "statement": statement.slug,
        "number": paragraph.number,
        "printed_number": paragraph.printed,
        "hash": paragraph.content_hash,
        "text": paragraph.text,
        "stem": paragraph_groups(paragraph.text, language),
        "role": paragraph.role.value,
        "title": known.title,
        "forum": list(forum_names(known.forum.value)) if known.forum else None,
        "_stored_forum": known.forum and known.forum.value,
        "place": known.place and known.place.value,
        "language": language,
        "source": statement.source.path,
    }
    if known.speaker:
        speaker = known.speaker.value
        names = (speaker.name, speaker.printed, speaker.delegation, speaker.person)
        fields_of_it |= {
            "speaker": list(dict.fromkeys(filter(None, names))),
            "_stored_speaker": speaker.name,
            "printed_speaker": speaker.printed,
            "delegation": speaker.code,
            "person": speaker.person,
            "post": speaker.post,
        }
    for field, party in (("behalf", known.on_behalf_of), ("delivered", known.delivered_by)):
        if party:
            fields_of_it |= {
                field: list(filter(None, (party.value.name, party.value.code))),
                f"_stored_{field}": party.value.name,
                f"{field}_code": party.value.code,
            }
    if known.date:
        date = known.date.value
        fields_of_it |= {"date": str(date), "first": date.first.toordinal(), "last": date.last.toordinal()}
    return fields_of_it
