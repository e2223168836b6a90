"""What a search returns: values that outlive the index they came from."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, overload

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.fingerprint import fingerprint
from onrecord.indexer.paths import path_of
from onrecord.search.frames.tabular import Tabular
from onrecord.search.results.share import WHOLE, Share

if TYPE_CHECKING:
    from onrecord.search.citation.cite import Format
    from onrecord.search.citation.footnotes import Style
    from onrecord.search.frames.frame import Frame
    from onrecord.search.results.counts import Facets, Folded, Hint, Instead, Missing, Unknown, Variant

__all__ = ["Answer", "Hit", "Results", "Standing", "sample_key"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One paragraph, with what a citation needs.

    ``number`` is the paragraph's place in its statement, counted from 1, and ``printed_number`` the number
    printed before it. ``highlights`` are offsets of the matched words in ``text``, ``snippet`` a cut of the
    text with them between ``**``. ``date`` is as precise as the source (``2021``, ``2021-09``,
    ``2021-09-20``); what the source does not say is None. ``hash`` is the SHA-256 of the text.
    ``speaker`` is a delegation under the name it had then, or a person; ``printed_speaker`` is as printed,
    ``delegation_code`` the delegation's code (ISO 3166-1 alpha-3 for a state), ``person`` and ``post`` are
    who spoke for it, where the text says. ``on_behalf_of`` is the group or state that a statement is given
    for, ``delivered_by`` the state that gave a group's, each with its code. ``speaker_role`` is "chair",
    "delegation", "member", "observer" or "guest", ``original_language`` the language spoken where the text is
    a translation. ``statement_id`` and ``paragraph_id`` are the source's own identifiers, ``page`` is the
    page or column of the source, ``document_symbol`` the symbol under which its record was published.
    ``before`` and ``after`` are the neighbours that were asked for. ``source`` is the path of the file below
    the folder ``root`` that was indexed, and ``path`` opens it; ``sources`` are all files that hold the
    statement, ``source`` first, each
    below its own root. ``also_as`` are the addresses of statements that are nearly the same, where the search
    was folded or one is shown. ``lacks`` are the words that were asked for, any of them, and are not in it;
    words of grammar are not named. ``recognised`` tells that the text was read off pictures by text
    recognition, so that any word of it may be wrong.
    """

    address: str
    statement: str
    number: int
    text: str
    snippet: str
    forum: str | None
    speaker: str | None
    date: str | None
    place: str | None
    language: str | None
    title: str | None
    source: str
    score: float
    printed_number: str | None = None
    printed_speaker: str | None = None
    delegation_code: str | None = None
    person: str | None = None
    post: str | None = None
    on_behalf_of: str | None = None
    on_behalf_of_code: str | None = None
    delivered_by: str | None = None
    delivered_by_code: str | None = None
    speaker_role: str | None = None
    original_language: str | None = None
    statement_id: str | None = None
    paragraph_id: str | None = None
    page: str | None = None
    document_symbol: str | None = None
    role: str = "body"
    hash: str = ""
    highlights: tuple[tuple[int, int], ...] = ()
    before: tuple[Hit, ...] = ()
    after: tuple[Hit, ...] = ()
    sources: tuple[str, ...] = ()
    also_as: tuple[str, ...] = ()
    root: str | None = None
    lacks: tuple[str, ...] = ()
    recognised: bool = False

    @property
    def path(self) -> Path:
        """Where the file lies, whatever bytes its name is made of; in an archive ``b.zip!/letters/a.txt``."""
        return path_of(self.source) if self.root is None else path_of(self.root) / path_of(self.source)

    @property
    def short_address(self) -> str:
        """The address without its readable part."""
        from onrecord.indexer.address import short_address  # most searches print the long one

        return short_address(self.statement, self.number)

    @property
    def fingerprint(self) -> str:
        """Five letters made of the words of the text."""
        return fingerprint(self.text)

    @property
    def lasting_address(self) -> str:
        """The address with the fingerprint of the words: it leads to them wherever they move."""
        return f"{self.address}~{self.fingerprint}"

    def cite(
        self,
        format: Format | str = "footnote",  # noqa: A002  # as people know it
        style: Style | str = "un",
        base_url: str | None = None,
    ) -> str:
        """Cite the paragraph: a footnote in one of five styles, or an entry of a bibliography.

        ``format`` is "footnote", "text", "markdown", "bibtex", "biblatex", "ris", "csl-json" or "csl-yaml",
        ``style`` "un", "chicago", "oscola", "bluebook" or "apa". With a ``base_url`` the lasting address
        stands behind it. What is not known is left out.
        """
        from onrecord.search.citation.cite import cite, facts_of  # no search needs it

        return cite(facts_of([(self, False)], format=format, base_url=base_url), format=format, style=style)

    def as_dict(self) -> dict[str, Any]:
        """Return the hit as plain data, ready for JSON, in the order of the fields."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        for side in ("before", "after"):
            plain[side] = tuple(hit.as_dict() for hit in plain[side])
        return plain

    @property
    def year(self) -> int | None:
        """The year of the statement, None where it has no date."""
        return None if self.date is None else int(self.date[:4])

    @property
    def first_day(self) -> datetime.date | None:
        """The earliest day that the date can mean, None where there is none."""
        return None if self.date is None else PartialDate.parse(self.date).first

    @property
    def last_day(self) -> datetime.date | None:
        """The latest day that the date can mean, None where there is none."""
        return None if self.date is None else PartialDate.parse(self.date).last


class Standing(NamedTuple):
    """A statement in which paragraphs were found: their numbers, and what tells that it says the same.

    Where two are alike in slug and digest, their texts and facts are the same; where the digests differ,
    something may be.
    """

    slug: str
    digest: bytes
    numbers: tuple[int, ...]


def sample_key(address: str, *, seed: int) -> bytes:
    """Return what a sample is drawn by: the same on every machine, and another with another seed."""
    return sha256(f"{seed} {address}".encode()).digest()


class Answer(Protocol):
    """What an engine found, counted and not read yet; it may be asked after the index was closed."""

    @property
    def total(self) -> int:
        """The number of paragraphs that match."""

    @property
    def folded(self) -> Folded | None:
        """What was left out, where folding was asked for."""

    def statements(self) -> int:
        """Count the statements in which a paragraph matched."""

    def hits(self) -> tuple[Hit, ...]:
        """Read the hits of the page."""

    def stream(self, share: Share = WHOLE) -> Iterator[Hit]:
        """Read the hits of the page or of a share of it one after the other, and hold few of them at once."""

    def unmarked(self) -> Answer:
        """Return the same answer, in whose hits nothing is marked."""

    def sample(self, size: int, *, seed: int) -> Answer:
        """Return the same answer with some hits of the page only: those with the smallest `sample_key`.

        Its totals are those of all that was found.
        """

    def among(self, slugs: Collection[str]) -> Answer:
        """Return the same answer with those hits of the page only that stand in some statements.

        Its totals are those of all that was found.
        """

    def standing(self) -> Iterator[Standing]:
        """Yield the statements of all that was found, in order of address; no text is read for it."""

    def facets(self) -> Facets:
        """Count all that matched by name."""

    def unknown(self) -> tuple[Unknown, ...]:
        """Count what the filters leave out because it is not known."""

    def missing(self) -> tuple[Missing, ...]:
        """Say which parts of the question leave nothing, where nothing was found."""

    def instead(self) -> Instead | None:
        """Say what could be asked instead, where no paragraph has all the words."""

    def hints(self) -> tuple[Hint, ...]:
        """Name the words of the question that are also the value of a field."""

    def variants(self) -> tuple[Variant, ...]:
        """Count the forms and spellings of the question's words."""


@dataclass(frozen=True, eq=False)
class Results(Sequence[Hit], Tabular):
    """One page of hits, as a sequence, and exact totals of all there are.

    `total` counts paragraphs, `statements` the statements they stand in; both are
    the same on every page and in every order. ``understood`` says in words what was
    searched for; `folded` what was left out of all this, where folding was asked for.
    Texts are read when the hits are first looked at; they, `statements` and
    `facets` may be asked for after the index was closed. Results are true where anything matched, on a page
    behind the last hit too. They are equal where all that they say is, and can be pickled.
    """

    answer: Answer = field(repr=False)
    understood: str
    limit: int | None
    offset: int

    @property
    def total(self) -> int:
        """The number of paragraphs that match."""
        return self.answer.total

    @property
    def folded(self) -> Folded | None:
        """What was left out for statements nearly the same, where folding was asked for."""
        return self.answer.folded

    @cached_property
    def statements(self) -> int:
        """The number of statements in which a paragraph matched."""
        return self.answer.statements()

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The hits of this page, best first."""
        return self.answer.hits()

    def stream(self, share: Share = WHOLE) -> Iterator[Hit]:
        """Yield the hits of this page one after the other, and keep none: a page may be all there are.

        The first comes as soon as the page is in order, and what is held at once stays small. With a
        ``share`` of it, only the hits of that.
        """
        return self.answer.stream(share)

    def facets(self) -> Facets:
        """Count all matching paragraphs, not only this page's, by their names."""
        return self.answer.facets()

    @cached_property
    def unknown(self) -> tuple[Unknown, ...]:
        """What each filter leaves out because it is not known; nothing where it leaves out nothing."""
        return self.answer.unknown()

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """Where nothing matched, the parts of the question without which something would."""
        return () if self.total else self.answer.missing()

    @cached_property
    def instead(self) -> Instead | None:
        """Where nothing matched all of several words, what they find by themselves, without some, and any."""
        return None if self.total else self.answer.instead()

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """The words of the question that are also a speaker or a year of the index."""
        return self.answer.hints()

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """The forms and spellings of the question's words, and how many of the paragraphs found hold each."""
        return self.answer.variants()

    def as_dict(self) -> dict[str, Any]:
        """Return the page and the totals as plain data, ready for JSON."""
        return {
            "understood": self.understood,
            "total": self.total,
            "statements": self.statements,
            "limit": self.limit,
            "offset": self.offset,
            "folded": self.folded and self.folded.as_dict(),
            "unknown": [one.as_dict() for one in self.unknown],
            "missing": [one.as_dict() for one in self.missing],
            "instead": self.instead and self.instead.as_dict(),
            "hints": [one.as_dict() for one in self.hints],
            "variants": [one.as_dict() for one in self.variants],
            "hits": [hit.as_dict() for hit in self.hits],
        }

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return the hits of this page as plain data, ready for JSON."""
        return [hit.as_dict() for hit in self.hits]

    def _frame(self) -> Frame:
        from onrecord.search.frames.frame import Field, Frame, Kind, fields_of  # no search needs them

        beside = (
            Field("year", Kind.WHOLE, lambda hit: hit.year),
            Field("before", Kind.TEXTS, lambda hit: [one.text for one in hit.before]),
            Field("after", Kind.TEXTS, lambda hit: [one.text for one in hit.after]),
            Field("lasting_address", Kind.TEXT, lambda hit: hit.lasting_address),
        )
        return Frame.of(self.stream(), (*fields_of(Hit), *beside))

    def _repr_html_(self) -> str:
        """Show the first hits in a notebook, what was found marked, below how much there is in all."""
        from onrecord.indexer.numbers import counted
        from onrecord.search.frames.notebook import SHOWN, html_table, marked

        rows = []
        for hit in islice(self.stream(), SHOWN):
            facts = (hit.address, hit.speaker, hit.date, hit.forum)
            rows.append((*(fact or "–" for fact in facts), marked(hit.text, hit.highlights)))
        found = f"{counted(self.total, 'paragraph')} in {counted(self.statements, 'statement')}"
        if len(rows) < self.total:
            first = self.offset + 1
            found += f" (showing {first:,}-{self.offset + len(rows):,})" if rows else " (showing none)"
        names = ("address", "speaker", "date", "forum", "paragraph")
        return html_table(names, rows, caption=f"{found} for {self.understood}")

    @overload
    def __getitem__(self, at: int) -> Hit: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Hit, ...]: ...

    def __getitem__(self, at: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[at]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __bool__(self) -> bool:
        return self.total > 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Results):
            return NotImplemented
        return self._said() == other._said() and self.hits == other.hits

    def __hash__(self) -> int:
        return hash(self._said())

    def _said(self) -> tuple[object, ...]:
        return self.understood, self.limit, self.offset, self.total, self.statements, self.folded

    def __reduce__(self) -> tuple[Any, ...]:
        """Take along what was not read yet, and not the index that it lies in."""
        return Results, (_Kept(self), self.understood, self.limit, self.offset)


class _Kept:
    """An `Answer` of which all was read."""

    def __init__(self, results: Results) -> None:
        self.total = results.total
        self.folded = results.folded
        self._statements = results.statements
        self._hits = results.hits
        self._facets = results.facets()
        self._unknown = results.unknown
        self._missing = results.missing
        self._instead = results.instead
        self._hints = results.hints
        self._variants = results.variants

    def statements(self) -> int:
        return self._statements

    def hits(self) -> tuple[Hit, ...]:
        return self._hits

    def stream(self, share: Share = WHOLE) -> Iterator[Hit]:
        return share.taken(self._hits)

    def unmarked(self) -> Answer:
        return self

    def sample(self, size: int, *, seed: int) -> Answer:
        chosen = nsmallest(size, self._hits, key=lambda hit: sample_key(hit.address, seed=seed))
        addresses = {hit.address for hit in chosen}
        return self._with(tuple(hit for hit in self._hits if hit.address in addresses))

    def among(self, slugs: Collection[str]) -> Answer:
        return self._with(tuple(hit for hit in self._hits if hit.statement in slugs))

    def standing(self) -> Iterator[Standing]:
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for hit in self._hits:
            numbers[hit.statement].append(hit.number)
        for slug in sorted(numbers):
            yield Standing(slug, b"", tuple(sorted(numbers[slug])))

    def _with(self, hits: tuple[Hit, ...]) -> Answer:
        kept = copy(self)
        kept._hits = hits
        return kept

    def facets(self) -> Facets:
        return self._facets

    def unknown(self) -> tuple[Unknown, ...]:
        return self._unknown

    def missing(self) -> tuple[Missing, ...]:
        return self._missing

    def instead(self) -> Instead | None:
        return self._instead

    def hints(self) -> tuple[Hint, ...]:
        return self._hints

    def variants(self) -> tuple[Variant, ...]:
        return self._variants
