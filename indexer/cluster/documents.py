"""Statements of a segment as documents of a cluster: lines of JSON, as its bulk interface takes them.

What is known of a statement is written once and put into the line of each of its paragraphs as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from onrecord.indexer.address import letters_of, readable_part
from onrecord.indexer.analysis.words import fold
from onrecord.indexer.cluster.bulk import as_line
from onrecord.indexer.cluster.mapping import COUNTED, NAMES, document_id, index_term, seam_term, sketch_terms
from onrecord.indexer.cluster.word_order import WordOrder
from onrecord.indexer.segments.layout import CODES, COLUMNS, NO_DAY
from onrecord.indexer.segments.segment import Segment

__all__ = ["Standing", "StatementDocuments", "living"]

# Paragraphs whose words are put in order at once.
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Standing:
    """What only a whole index knows of the statements of one segment, by their numbers there.

    ``order`` is the place of each in the order of addresses, ``groups`` the group of those that are nearly
    the same. Of statements that stand behind a copy ``representatives`` has the slug of that; of those with
    copies ``other_sources`` has the files of these. ``edited`` has by slug the generation in which a
    statement's words last changed. ``shown`` has for columns the name under which each value is counted.
    """

    order: Sequence[int]
    groups: Sequence[int]
    representatives: Mapping[int, str] = field(default_factory=dict)
    other_sources: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    edited: Mapping[str, int] = field(default_factory=dict)
    shown: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


def living(segment: Segment) -> list[int]:
    """List the statements of a segment that count, in the order in which they are written."""
    statements: list[int] = np.flatnonzero(segment.statements.live).tolist()
    return statements


class StatementDocuments:
    """The documents of a segment's statements."""

    def __init__(self, segment: Segment, standing: Standing) -> None:
        self._segment = segment
        self._standing = standing
        self._order = WordOrder(segment)

    def lines(self, statements: Sequence[int]) -> Iterator[list[bytes]]:
        """Yield of each of some statements the lines of its documents, two for each: where to, and what."""
        some: list[int] = []
        size = 0
        for statement in statements:
            some.append(statement)
            size += len(self._segment.statements.paragraphs(statement))
            if size >= _AT_ONCE:
                yield from self._lines(some)
                self._segment.container.let_go()
                some, size = [], 0
        if some:
            yield from self._lines(some)
            self._segment.container.let_go()

    def _lines(self, statements: Sequence[int]) -> Iterator[list[bytes]]:
        rows = self._segment.statements.paragraphs
        numbers = [one for statement in statements for one in rows(statement)]
        texts = list(map(self._segment.paragraphs.decoded, self._segment.paragraphs.texts.several(numbers)))
        forms, groups = self._words(numbers, texts)
        at = 0
        for statement in statements:
            slug = self._segment.statements.slug(statement).decode()
            facts = self._facts(statement, slug)
            lines = [_target(slug, slug), self._statement(statement, slug, facts)]
            start, seams = 0, self._seams(forms[at : at + len(rows(statement))])
            for number, paragraph in enumerate(rows(statement), 1):
                lines.append(_target(f"{slug}#{number}", slug))
                place = {"number": number, "start": start, "seam": seams[number - 1]}
                own = self._paragraph(paragraph, texts[at], place, slug=slug)
                start += int(self._segment.paragraphs.lengths[paragraph])
                lines.append(b'{%s,%s,"words":"%s","groups":"%s"}' % (own, facts, forms[at], groups[at]))
                at += 1
            yield lines

    def _words(self, numbers: Sequence[int], texts: Sequence[str]) -> tuple[list[bytes], list[bytes]]:
        """Return the terms of the words of paragraphs, and those of their groups."""
        forms: list[bytes] = []
        groups: list[bytes] = []
        for begin, end in _runs(numbers):
            first, last = numbers[begin], numbers[end - 1] + 1
            forms += (
                b" ".join(map(self._form_terms.__getitem__, own)) for own in self._order.forms(first, last)
            )
            groups += (
                b" ".join(map(self._group_terms.__getitem__, own))
                for own in self._order.groups(first, last, texts[begin:end])
            )
        return forms, groups

    @cached_property
    def _form_terms(self) -> list[bytes]:
        return [_within_text(index_term(form.decode())) for form in self._segment.words.forms]

    @cached_property
    def _group_terms(self) -> list[bytes]:
        return [_within_text(index_term(group.decode())) for group in self._segment.words.groups]

    def _seams(self, forms: Sequence[bytes]) -> list[str | None]:
        """Return of each paragraph of a statement its last word and the first one of those behind it."""
        seams: list[str | None] = [None] * len(forms)
        behind = b""
        for at in range(len(forms) - 1, -1, -1):
            if forms[at]:
                if behind:
                    seams[at] = seam_term(_of_text(forms[at].rpartition(b" ")[2]), _of_text(behind))
                behind = forms[at].partition(b" ")[0]
        return seams

    def _paragraph(self, paragraph: int, text: str, place: Mapping[str, object], *, slug: str) -> bytes:
        """Write what is known of a paragraph alone, without the brackets."""
        table = self._segment.paragraphs
        known = {
            "part": {"name": "paragraph", "parent": document_id(slug)},
            **place,
            "length": int(table.lengths[paragraph]),
            "role": table.role(paragraph),
            "language": table.language(paragraph),
            "printed_number": table.printed_number(paragraph),
            "text": text,
        }
        return _members(known)

    def _statement(self, statement: int, slug: str, facts: bytes) -> bytes:
        """Write the document of a statement."""
        segment, standing = self._segment, self._standing
        root, source = segment.source_of(statement)
        number = int(segment.sources.of_statements[statement])
        known = {
            "part": "statement",
            "length": int(segment.statements.lengths[statement]),
            "paragraphs": len(segment.statements.paragraphs(statement)),
            "group": standing.groups[statement],
            "sketch": self._sketch(statement),
            "letters": letters_of(slug),
            "readable": readable_part(slug),
            "record": segment.statements.records[statement].decode(),
            "digest": segment.statements.digests[statement].tobytes().hex(),
            "sources": [source, *standing.other_sources.get(statement, ())],
            "source_key": segment.sources.keys[number - 1].decode() if number else None,
            "root": root,
            "code": self._value("delegation", statement)[0] if self._value("delegation", statement) else None,
            "edited": standing.edited.get(slug),
            "representative": standing.representatives.get(statement),
        }
        return b"{%s,%s}" % (_members(known), facts)

    def _sketch(self, statement: int) -> list[str]:
        """Write the bins of the sketch of a statement that hold a run, as `sketch_terms` does."""
        statements = self._segment.statements
        at = int(statements.sketched.searchsorted(statement))
        if at == len(statements.sketched) or int(statements.sketched[at]) != statement:
            return []
        return sketch_terms(statements.sketches[at].tolist())

    def _facts(self, statement: int, slug: str) -> bytes:
        """Write what filters and counts ask of a statement, without the brackets."""
        statements = self._segment.statements
        record = statements.record(statement)
        first, last = int(statements.first_days[statement]), int(statements.last_days[statement])
        known = {
            "statement": slug,
            "order": self._standing.order[statement],
            "behind": statement in self._standing.representatives,
            "speaker_role": record.speaker_role,
            "original_language": record.original_language,
            "who": self._who(statement),
            "lacks": self._lacks(statement),
            **_times(first, last),
        }
        for name, (column, at) in CODES.items():
            known[name] = "".join(self._value(column, statement)[at : at + 1]) or None
        columns = [self._names(name, int(statements.column(name).of[statement])) for name in NAMES]
        return b",".join(filter(None, [_members(known), *columns]))

    def _value(self, column: str, statement: int) -> tuple[str, ...]:
        names = self._segment.statements.column(column)
        number = int(names.of[statement])
        return names.values[number - 1] if number else ()

    def _names(self, name: str, value: int) -> bytes:
        """Write the names of a value of a column: their words, and the first of them."""
        written = self._written.get((name, value))
        if written is None:
            names = self._segment.statements.column(name).values[value - 1] if value else ()
            known: dict[str, object] = {
                name: [folded for one in names if (folded := fold(one))],
                f"named_{name}": fold(names[0]) if names else None,
            }
            if name in COUNTED and names:
                known[f"shown_{name}"] = self._shown(name, value)
            written = self._written[name, value] = _members(known)
        return written

    @cached_property
    def _written(self) -> dict[tuple[str, int], bytes]:
        return {}

    def _shown(self, name: str, value: int) -> str:
        """Return the name under which a value is counted."""
        shown = self._standing.shown.get(name, {}).get(value)
        return self._segment.statements.column(name).values[value - 1][0] if shown is None else shown

    def _who(self, statement: int) -> str | None:
        """Name who speaks: a delegation is one under all its names."""
        code = self._value("delegation", statement)
        if code:
            return f"={code[0]}"
        column = self._segment.statements.column("speaker")
        number = int(column.of[statement])
        return self._shown("speaker", number) if number else None

    def _lacks(self, statement: int) -> list[str]:
        """Name the fields in which a statement has no value."""
        statements = self._segment.statements
        dated = int(statements.first_days[statement]) != NO_DAY
        lacking = [name for name in COLUMNS if not int(statements.column(name).of[statement])]
        return lacking if dated else [*lacking, "first"]


def _times(first: int, last: int) -> dict[str, int]:
    """Return the days between which a statement lies, and the times in which it certainly does."""
    if first == NO_DAY:
        return {}
    begin, end = date.fromordinal(first), date.fromordinal(last)
    times = {"first": first, "last": last}
    months = begin.year * 12 + begin.month - 1, end.year * 12 + end.month - 1
    for name, width in (("month", 1), ("year", 12), ("decade", 120)):
        if months[0] // width == months[1] // width:
            times[name] = months[0] // width
    return times


def _target(name: str, slug: str) -> bytes:
    return b'{"index":%s}' % as_line({"_id": document_id(name), "routing": slug})


def _members(known: Mapping[str, object]) -> bytes:
    """Write what is known as the members of an object."""
    return as_line({name: value for name, value in known.items() if value not in (None, "", [])})[1:-1]


def _within_text(term: str) -> bytes:
    """Write a term as it stands within a text of JSON."""
    return as_line(term)[1:-1]


def _of_text(term: bytes) -> str:
    """Return the term that stands within a text of JSON."""
    if b"\\" not in term:
        return term.decode()
    read: str = json.loads(b'"%s"' % term)
    return read


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where numbers that follow each other begin and end."""
    breaks = (np.flatnonzero(np.diff(numbers) != 1) + 1).tolist() if len(numbers) else []
    yield from zip([0, *breaks], [*breaks, len(numbers)], strict=True) if len(numbers) else ()
