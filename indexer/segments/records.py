"""What a segment keeps of a statement and of a source as a record: typed, written, read and checked here.

A record is stored as a JSON object. A fact that is new is a field with a default: it is written where it
is known, and read as unknown from a segment that was made before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Self

from onrecord.indexer.confidence import Confidence
from onrecord.indexer.dates import PartialDate
from onrecord.indexer.errors import DateError

if TYPE_CHECKING:
    from onrecord.indexer.statement import Finding, Metadata, Statement

__all__ = ["FoundFact", "SourceRecord", "StatementRecord", "plain_data"]


class FoundFact(NamedTuple):
    """How a fact was found: its name, how sure it is, the kind of evidence, and the words."""

    fact: str
    confidence: str
    kind: str
    words: str

    @property
    def is_guess(self) -> bool:
        """Whether it is not sure."""
        return self.confidence == Confidence.LOW.value


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """The facts of a statement as they are shown; None is unknown.

    ``paragraph_ids`` and ``pages`` have a value for each paragraph, or none at all where the source
    gives none. ``found`` says of facts how they were read; ``unresolved`` says that neither a delegation
    nor a person is known of the speaker. The order of the fields is that of the stored object.
    """

    slug: str
    speaker: str | None
    printed_speaker: str | None
    forum: str | None
    place: str | None
    title: str | None
    date: str | None
    language: str | None
    source: str
    speaker_role: str | None = None
    original_language: str | None = None
    source_id: str | None = None
    document_symbol: str | None = None
    person: str | None = None
    post: str | None = None
    paragraph_ids: tuple[str | None, ...] = ()
    pages: tuple[str | None, ...] = ()
    found: tuple[FoundFact, ...] = ()
    unresolved: bool = False
    encoding: str | None = None
    recognised: str | None = None
    on_behalf_of: str | None = None
    on_behalf_of_code: str | None = None
    delivered_by: str | None = None
    delivered_by_code: str | None = None

    @classmethod
    def of(cls, statement: Statement) -> Self:
        """Take from a statement what is shown of it."""
        known = statement.metadata
        speaker = known.speaker.value if known.speaker else None
        ids = tuple(paragraph.source_id for paragraph in statement.paragraphs)
        pages = tuple(paragraph.page for paragraph in statement.paragraphs)
        return cls(
            slug=statement.slug,
            speaker=speaker.name if speaker else None,
            printed_speaker=speaker.printed if speaker else None,
            forum=known.forum.value if known.forum else None,
            place=known.place.value if known.place else None,
            title=known.title,
            date=str(known.date.value) if known.date else None,
            language=known.language.value if known.language else None,
            source=statement.source.path,
            speaker_role=known.speaker_role.value if known.speaker_role else None,
            original_language=known.original_language.value if known.original_language else None,
            source_id=statement.source_id,
            document_symbol=known.document_symbol.value if known.document_symbol else None,
            person=speaker.person if speaker else None,
            post=speaker.post if speaker else None,
            paragraph_ids=ids if any(ids) else (),
            pages=pages if any(pages) else (),
            found=tuple(_evidence(known, format_name=statement.source.format)),
            unresolved=speaker is not None and not (speaker.delegation or speaker.code or speaker.person),
            encoding=known.encoding.value if known.encoding else None,
            recognised=known.recognised.value if known.recognised else None,
            on_behalf_of=known.on_behalf_of.value.name if known.on_behalf_of else None,
            on_behalf_of_code=known.on_behalf_of.value.code if known.on_behalf_of else None,
            delivered_by=known.delivered_by.value.name if known.delivered_by else None,
            delivered_by_code=known.delivered_by.value.code if known.delivered_by else None,
        )

    def dump(self) -> bytes:
        """Write the record as it is stored."""
        facts = {name: getattr(self, name) for name in _FACTS}
        return _json({name: value for name, value in facts.items() if value or name not in _LEFT_OUT})

    @classmethod
    def load(cls, raw: bytes | memoryview) -> Self:
        """Read what `dump` wrote, and pass over facts of a later version (`ValueError`, `RecursionError`)."""
        facts = _object(raw)
        slug, source = facts.get("slug"), facts.get("source")
        if not (facts.keys() >= _REQUIRED and isinstance(slug, str) and isinstance(source, str)):
            raise ValueError("a fact of a statement is missing")
        texts = {name: facts.get(name) for name in _TEXTS}
        if not _ARE_TEXTS.issuperset(map(type, texts.values())):
            raise ValueError("a fact is no text")
        if texts["date"] is not None and not _is_date(texts["date"]):
            raise ValueError("the date of a statement is none")
        ids, pages = (_texts(facts.get(name)) for name in ("paragraph_ids", "pages"))
        how = {"found": _read_evidence(facts.get("found")), "unresolved": facts.get("unresolved") is True}
        return cls(slug=slug, source=source, paragraph_ids=ids, pages=pages, **how, **texts)  # type: ignore[arg-type]

    def paragraph_id(self, number: int) -> str | None:
        """Return the source's identifier of a paragraph, counted from 1."""
        return self.paragraph_ids[number - 1] if self.paragraph_ids else None

    def page(self, number: int) -> str | None:
        """Return the page on which a paragraph, counted from 1, begins."""
        return self.pages[number - 1] if self.pages else None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What is known of a source: its path below its root, what tells it apart, and the hash of what it held.

    The names of the stored object are those of the first version of the format.
    """

    relative_path: str
    disambiguator: str
    content_hash: str

    def dump(self) -> bytes:
        """Write the record as it is stored."""
        return _json({"place": self.relative_path, "apart": self.disambiguator, "hash": self.content_hash})

    @classmethod
    def load(cls, raw: bytes | memoryview) -> Self:
        """Read what `dump` wrote (`ValueError`, `RecursionError`)."""
        facts = _object(raw)
        place, apart, held = (_text(facts.get(name)) for name in ("place", "apart", "hash"))
        if place is None or apart is None or held is None:
            raise ValueError("a fact of a source is missing")
        return cls(place, apart, held)


def plain_data(raw: bytes | memoryview) -> object:
    """Read JSON whose texts are all of whole characters (`ValueError`, `RecursionError`).

    >>> plain_data(b'{"a": 1}')
    {'a': 1}
    """
    data: object = json.loads(str(raw, "utf-8"))
    if b"\\u" in bytes(raw):
        # Half a pair of surrogates can be written so, and could be neither printed nor searched for.
        json.dumps(data, ensure_ascii=False).encode()
    return data


def _object(raw: bytes | memoryview) -> dict[str, object]:
    data = plain_data(raw)
    if not isinstance(data, dict):
        raise ValueError("a record is no object")  # noqa: TRY004
    return data


def _json(facts: Mapping[str, object]) -> bytes:
    return json.dumps(facts, ensure_ascii=False).encode()


def _text(value: object) -> str | None:
    if not (value is None or isinstance(value, str)):
        raise ValueError("a fact is no text")
    return value


def _texts(value: object) -> tuple[str | None, ...]:
    """Read a text for each paragraph; nothing where there are none."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ValueError("what is known of paragraphs is no list")  # noqa: TRY004
    return tuple(map(_text, value))


def _read_evidence(value: object) -> tuple[FoundFact, ...]:
    """Read how facts were found, a list of texts each."""
    if not (value is None or isinstance(value, list)):
        raise ValueError("what is known of facts is no list")
    rows = [_texts(row) for row in value or ()]
    if any(
        len(row) != len(FoundFact._fields) or None in row or row[0] not in _WEIGHED or row[1] not in _SURENESS
        for row in rows
    ):
        raise ValueError("how a fact was found is not told")
    return tuple(FoundFact(*map(str, row)) for row in rows)


def _evidence(known: Metadata, *, format_name: str) -> Iterator[FoundFact]:
    """Yield how each fact was found; a language is always told from the words, and is not looked at."""
    for name in _WEIGHED:
        finding: Finding[object] | None = getattr(known, name)
        if finding is not None:
            yield FoundFact(name, finding.confidence.value, finding.kind or format_name, finding.evidence)


@lru_cache(maxsize=1024)
def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except DateError:
        return False
    return True


_FACTS = tuple(fact.name for fact in fields(StatementRecord))
_REQUIRED = {fact.name for fact in fields(StatementRecord) if fact.default is MISSING}
# Facts of which it is kept how they were found.
_WEIGHED = ("speaker", "forum", "date", "place", "encoding", "on_behalf_of", "delivered_by", "recognised")
_SURENESS = frozenset(one.value for one in Confidence)
# What is known of each paragraph: a list, where the source says any of it.
_LISTS = frozenset(fact.name for fact in fields(StatementRecord) if fact.default == ())
# Facts that few statements have; they are written only where they are known.
_LEFT_OUT = _LISTS | {
    *("document_symbol", "person", "post", "unresolved", "encoding", "recognised"),
    *("on_behalf_of", "on_behalf_of_code", "delivered_by", "delivered_by_code"),
}
_ARE_TEXTS = {str, type(None)}
_TEXTS = tuple(name for name in _FACTS if name not in {"slug", "source", "unresolved", *_LISTS})
