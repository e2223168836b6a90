"""A brief laid out: a section a topic, the notes of its quotations, and at the end how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onrecord.indexer.numbers import counted
from onrecord.search.brief.document import (
    Block,
    Code,
    Document,
    Heading,
    Items,
    Paragraph,
    Quoted,
    Rows,
    Span,
    Words,
    plain,
)
from onrecord.search.brief.values import Made, Quotation, TopicBrief
from onrecord.search.research.silence import Presence
from onrecord.search.research.tables import shown

__all__ = ["laid_out"]

_NONE = Words("–")


def laid_out(title: str, topics: Sequence[TopicBrief], made: Made) -> Document:
    """Lay out a brief."""
    layout = _Layout(made)
    return Document(title, tuple(layout.blocks(title, topics)), tuple(layout.notes))


class _Layout:
    """Gathers the notes while it lays out."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.notes: list[str] = []

    def blocks(self, title: str, topics: Sequence[TopicBrief]) -> Iterator[Block]:
        """Yield the whole document."""
        yield Heading(1, (plain(title),))
        for topic in topics:
            yield Heading(2, (plain(topic.name),))
            yield from self._topic(topic)
        yield Heading(2, (Words("How this brief was made"),))
        yield from _how(self.made)

    def _topic(self, topic: TopicBrief) -> Iterator[Block]:
        yield from _question(topic)
        yield from _figures(topic)
        silence = topic.silence
        if silence.spoke:
            yield Heading(3, (Words("On it"),))
            yield _spoke(topic, silence.spoke)
        if topic.quotations:
            yield Heading(3, (Words("In their words"),))
            yield Items(tuple(self._quoted(topic.quotations)))
        if topic.not_quoted:
            told = "Not quoted, since no sentence that was spoken reads back the same: "
            yield Paragraph((Words(f"{told}{', '.join(topic.not_quoted)}."),))
        if self.made.silence:
            yield Heading(3, (Words("Spoke, and not on it"),))
            yield _given(topic, silence.silent) if silence.silent else Paragraph((Words("Nobody."),))
        if self.made.absent:
            yield Heading(3, (Words("Did not speak"),))
            yield _missing(silence.absent) if silence.absent else Paragraph((Words("Nobody."),))
        for note in silence.notes:
            yield Paragraph((plain(note),))

    def _quoted(self, quotations: Sequence[Quotation]) -> Iterator[tuple[Span, ...]]:
        for one in quotations:
            self.notes.append(one.citation)
            name = plain(one.speaker, strong=True)
            doubt = (Words(" (read by text recognition: any word may be wrong)"),) if one.recognised else ()
            yield (name, Words(": "), Quoted(one.text, len(self.notes), one.language), *doubt)


def _question(topic: TopicBrief) -> Iterator[Block]:
    if topic.query is not None:
        yield Paragraph((Words("Asked: "), Code(" ".join(topic.query.split()))))
    yield Paragraph((Words("Understood as: "), Code(topic.understood)))


def _figures(topic: TopicBrief) -> Iterator[Block]:
    """Yield the figures, each with the command behind it."""
    silence = topic.silence
    speakers = f"{counted(len(silence.spoke), 'speaker')} on it, {len(silence.silent):,} spoke and not on it"
    if silence.absent:
        speakers += f", {len(silence.absent):,} did not speak"
    found = f"{counted(topic.paragraphs, 'paragraph')} in {counted(topic.statements, 'statement')} on it"
    there = f"of {topic.of_paragraphs:,} in {topic.of_statements:,}"
    items = ((speakers, "silence"), (f"{found}, {there}", "count"))
    yield Items(
        tuple(
            (Words(text), Words(": "), Code(topic.found_by[name]))
            if name in topic.found_by
            else (Words(text),)
            for text, name in items
        )
    )


def _spoke(topic: TopicBrief, some: Sequence[Presence]) -> Rows:
    names = ("delegation", "statements", "of", "paragraphs", "first", "found by")
    rows = (
        (
            _name(one),
            *map(_number, (one.statements, one.of_statements, one.paragraphs)),
            *(plain(str(one.first)), _field(topic, one)),
        )
        for one in some
    )
    return Rows(names, frozenset((1, 2, 3)), tuple(rows))


def _given(topic: TopicBrief, some: Sequence[Presence]) -> Rows:
    covered = any(one.covered_by for one in some)
    rows = (
        (
            *(_name(one), _number(one.of_statements), plain(str(one.statement)), _field(topic, one)),
            *((_covered(one),) if covered else ()),
        )
        for one in some
    )
    names = ("delegation", "statements", "first", "found by", *(("covered by",) if covered else ()))
    return Rows(names, frozenset((1,)), tuple(rows))


def _missing(some: Sequence[Presence]) -> Block:
    if not any(one.covered_by for one in some):
        return Paragraph((plain("; ".join(one.name for one in some) + "."),))
    rows = tuple((_name(one), _covered(one)) for one in some)
    return Rows(("delegation", "covered by"), frozenset(), rows)


def _name(one: Presence) -> Span:
    return plain(one.name)


def _number(number: int) -> Span:
    return Words(shown(number))


def _field(topic: TopicBrief, one: Presence) -> Span:
    field = topic.field_of(one)
    return Code(field) if field else _NONE


def _covered(one: Presence) -> Span:
    return plain(", ".join(one.covered_by)) if one.covered_by else _NONE


def _how(made: Made) -> Iterator[Block]:
    yield Paragraph(
        (
            Words("What a row counts is found by its field before the question, asked with the filters. "),
            Words("A mention is evidence, not support. "),
            Words("The same questions to the same index give the same brief."),
        )
    )
    rows: list[tuple[Span, ...]] = [
        (plain(name), Code(value)) for name, value in _flat(made.as_dict()) if value
    ]
    yield Rows(("fact", "value"), frozenset(), tuple(rows))


def _flat(facts: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield each fact by its name; those that are not known have an empty value."""
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name} ")
        elif isinstance(value, list | tuple):
            yield f"{above}{name}", ", ".join(map(str, value))
        elif isinstance(value, bool):
            yield f"{above}{name}", "yes" if value else "no"
        else:
            yield f"{above}{name}", "" if value is None else str(value)
