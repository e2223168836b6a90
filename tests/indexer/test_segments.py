"""A segment holds what was written into it."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.invented import segment_of, spoken, statement_lists

from onrecord.indexer.analysis.inflection import paragraph_groups
from onrecord.indexer.analysis.words import words
from onrecord.indexer.segments.layout import (
    COLUMNS,
    FIRST_SHELF,
    FORMS_ON_SHELF,
    FORWARD_FORMS,
    NO_DAY,
    RARE,
    SLOT,
)
from onrecord.indexer.segments.records import FoundFact, StatementRecord
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.statement import Finding, Role, Statement

# Each example writes a file, which takes as long as the disk takes.
FEW = settings(max_examples=40, deadline=None)


def texts_of(written: Sequence[Statement]) -> list[str]:
    return [paragraph.text for statement in written for paragraph in statement.paragraphs]


def value(finding: Finding[str] | None) -> str | None:
    return finding.value if finding else None


def words_at(segment: Segment) -> list[list[str]]:
    """Put the words of each paragraph together again from the positions of all forms."""
    placed: list[dict[int, str]] = [{} for _ in range(len(segment))]
    for number, form in enumerate(segment.words.forms):
        positions = segment.words.positions.array(number)
        for paragraph, position in zip(segment.words.paragraphs_of(positions), positions, strict=True):
            placed[paragraph][int(position) - int(segment.paragraphs.starts[paragraph])] = form.decode()
    return [[words[place] for place in range(len(words))] for words in placed]


def groups_at(segment: Segment) -> list[dict[str, int]]:
    """Return the groups of each paragraph and how often they stand there."""
    groups: list[dict[str, int]] = [{} for _ in range(len(segment))]
    for number, group in enumerate(segment.words.groups):
        paragraphs = segment.words.documents.array(number)
        for paragraph, frequency in zip(paragraphs, segment.words.frequencies(number), strict=True):
            groups[paragraph][group.decode()] = int(frequency)
    return groups


@FEW
@given(statement_lists())
def test_positions_spell_out_the_paragraphs(written: list[Statement]) -> None:
    assert words_at(segment_of(written)) == [words(text) for text in texts_of(written)]


@FEW
@given(statement_lists())
def test_groups_are_those_of_the_schema(written: list[Statement]) -> None:
    assert groups_at(segment_of(written)) == [
        Counter(paragraph_groups(paragraph.text, statement.language_of(paragraph)))
        for statement in written
        for paragraph in statement.paragraphs
    ]


@FEW
@given(statement_lists())
def test_counts_of_forms_are_those_of_their_positions(written: list[Statement]) -> None:
    segment = segment_of(written)
    counted: defaultdict[bytes, list[int]] = defaultdict(list)
    for text in texts_of(written):
        for word, times in Counter(words(text)).items():
            counted[word.encode()].append(times)
    counts = zip(segment.words.form_frequency.tolist(), segment.words.form_paragraphs.tolist(), strict=True)
    assert dict(zip(segment.words.forms, counts, strict=True)) == {
        word: (sum(times), len(times)) for word, times in counted.items()
    }


@FEW
@given(statement_lists())
def test_lengths_are_numbers_of_words(written: list[Statement]) -> None:
    assert segment_of(written).paragraphs.lengths.tolist() == [len(words(text)) for text in texts_of(written)]


@FEW
@given(statement_lists(texts=st.text(max_size=20)))
def test_texts_are_kept_as_they_are(written: list[Statement]) -> None:
    segment = segment_of(written)
    assert [segment.paragraphs.texts[paragraph].decode() for paragraph in range(len(segment))] == texts_of(
        written
    )


@FEW
@given(statement_lists())
def test_roles_and_printed_numbers_are_kept(written: list[Statement]) -> None:
    segment = segment_of(written)
    assert [
        (segment.paragraphs.role(at), segment.paragraphs.printed_number(at), segment.number(at))
        for at in range(len(segment))
    ] == [
        (paragraph.role.value, paragraph.printed, paragraph.number)
        for statement in written
        for paragraph in statement.paragraphs
    ]


@FEW
@given(statement_lists())
def test_formal_paragraphs_are_greetings_and_closings(written: list[Statement]) -> None:
    assert segment_of(written).paragraphs.formal.tolist() == [
        paragraph.role in (Role.GREETING, Role.CLOSING)
        for statement in written
        for paragraph in statement.paragraphs
    ]


@FEW
@given(statement_lists())
def test_records_hold_what_is_shown(written: list[Statement]) -> None:
    segment = segment_of(written)
    assert [segment.statements.record(number) for number in range(len(written))] == [
        shown(one) for one in written
    ]


def shown(statement: Statement) -> StatementRecord:
    known = statement.metadata
    speaker = known.speaker.value if known.speaker else None
    return StatementRecord(
        slug=statement.slug,
        speaker=speaker.name if speaker else None,
        printed_speaker=speaker.printed if speaker else None,
        speaker_role=None,
        person=speaker.person if speaker else None,
        post=speaker.post if speaker else None,
        original_language=None,
        source_id=None,
        forum=value(known.forum),
        place=value(known.place),
        title=known.title,
        date=str(known.date.value) if known.date else None,
        language=value(known.language),
        source=statement.source.path,
        found=tuple(
            FoundFact(
                name, finding.confidence.value, finding.kind or statement.source.format, finding.evidence
            )
            for name in ("speaker", "forum", "date", "place", "on_behalf_of", "delivered_by")
            if (finding := getattr(known, name))
        ),
        on_behalf_of=known.on_behalf_of.value.name if known.on_behalf_of else None,
        on_behalf_of_code=known.on_behalf_of.value.code if known.on_behalf_of else None,
        delivered_by=known.delivered_by.value.name if known.delivered_by else None,
        delivered_by_code=known.delivered_by.value.code if known.delivered_by else None,
        unresolved=bool(speaker and not (speaker.delegation or speaker.code or speaker.person)),
    )


@FEW
@given(statement_lists())
def test_paragraphs_are_in_their_language_or_in_that_of_the_statement(written: list[Statement]) -> None:
    segment = segment_of(written)
    assert [segment.paragraphs.language(number) for number in range(len(segment))] == [
        paragraph.language or value(statement.metadata.language)
        for statement in written
        for paragraph in statement.paragraphs
    ]


@FEW
@given(statement_lists())
def test_a_statement_is_found_by_its_slug(written: list[Statement]) -> None:
    segment = segment_of(written)
    assert [segment.statements.named(statement.slug) for statement in written] == [*range(len(written))]


@FEW
@given(statement_lists())
def test_statements_are_ranked_by_slug(written: list[Statement]) -> None:
    ranks = segment_of(written).container["statement.rank"].tolist()
    in_order = sorted(range(len(written)), key=ranks.__getitem__)
    assert [written[number].slug for number in in_order] == sorted(one.slug for one in written)


@FEW
@given(statement_lists())
def test_days_are_the_first_and_the_last_that_a_date_can_mean(written: list[Statement]) -> None:
    container = segment_of(written).container
    dates = [one.metadata.date.value if one.metadata.date else None for one in written]
    assert [container["statement.first"].tolist(), container["statement.last"].tolist()] == [
        [date.first.toordinal() if date else NO_DAY for date in dates],
        [date.last.toordinal() if date else NO_DAY for date in dates],
    ]


@FEW
@given(statement_lists())
def test_columns_of_names_hold_the_names(written: list[Statement]) -> None:
    segment = segment_of(written)
    columns = {name: segment.statements.column(name) for name in COLUMNS}
    values = {name: [(), *column.values] for name, column in columns.items()}
    assert [
        {name: values[name][int(columns[name].of[number])] for name in COLUMNS}
        for number in range(len(written))
    ] == [names(statement) for statement in written]


def names(statement: Statement) -> dict[str, tuple[str, ...]]:
    """Return what a statement has in each column, as the schema names it."""
    known = statement.metadata
    speaker = known.speaker.value if known.speaker else None
    fields: dict[str, str | None] = {
        "forum": value(known.forum),
        "place": value(known.place),
        "title": known.title,
        "delegation": speaker.code if speaker else None,
        "person": speaker.person if speaker else None,
        "post": speaker.post if speaker else None,
    }
    parties = {"behalf": known.on_behalf_of, "delivered": known.delivered_by}
    named = (speaker.name, speaker.printed, speaker.delegation, speaker.person) if speaker else ()
    return {
        "speaker": tuple(dict.fromkeys(name for name in named if name)),
        **{name: (field,) if field else () for name, field in fields.items()},
        **{
            name: tuple(filter(None, (party.value.name, party.value.code))) if party else ()
            for name, party in parties.items()
        },
    }


@FEW
@given(statement_lists(), st.data())
def test_a_phrase_of_a_name_leads_to_the_statements(written: list[Statement], data: st.DataObject) -> None:
    column = data.draw(st.sampled_from(COLUMNS))
    phrase = data.draw(st.sampled_from(["japan", "cote d ivoire", "a", "and a", "b a", "peace mines", "en"]))
    marked = (
        segment_of(written).statements.column(column).statements([word.encode() for word in phrase.split()])
    )
    assert marked.tolist() == [
        any(f" {phrase} " in f" {' '.join(words(name))} " for name in names(statement)[column])
        for statement in written
    ]


@FEW
@given(statement_lists(), st.sets(st.integers(0, 4)))
def test_paragraphs_of_deleted_statements_are_deleted(written: list[Statement], chosen: set[int]) -> None:
    deleted = frozenset(chosen & {*range(len(written))})
    segment = segment_of(written, deleted=deleted)
    owners = [number for number, statement in enumerate(written) for _ in statement.paragraphs]
    assert list(segment.statements.deleted_paragraphs) == [
        at for at, owner in enumerate(owners) if owner in deleted
    ]


@FEW
@given(statement_lists(), st.sets(st.integers(0, 4)))
def test_a_deleted_statement_is_not_found(written: list[Statement], chosen: set[int]) -> None:
    deleted = frozenset(chosen & {*range(len(written))})
    segment = segment_of(written, deleted=deleted)
    assert {
        number for number, one in enumerate(written) if segment.statements.named(one.slug) is None
    } == deleted


@FEW
@given(statement_lists())
def test_the_forward_array_says_which_form_stands_where(written: list[Statement]) -> None:
    segment = segment_of(written)
    expected = np.zeros(len(segment.words.forward), np.uint8)
    for number in range(len(segment.words.forms)):
        expected[segment.words.positions.array(number)] = segment.words.forward_codes.get(number, FIRST_SHELF)
    assert segment.words.forward.whole().tolist() == expected.tolist()


def test_the_forward_array_names_the_commonest_forms() -> None:
    twice = " ".join(f"a{number}" for number in range(FORWARD_FORMS - 1))
    segment = segment_of([spoken("a", f"{twice} {twice} z z z b c d")])
    absent = [form for at, form in enumerate(segment.words.forms) if at not in segment.words.forward_codes]
    assert absent == [b"b", b"c", b"d"]


@FEW
@given(statement_lists())
def test_the_form_at_each_position_is_told(written: list[Statement]) -> None:
    words = segment_of(written).words
    positions = words.positions.all()
    forms = np.repeat(np.arange(len(words.forms)), words.form_frequency)
    assert words.forms_at(positions).tolist() == forms.tolist()
    assert (
        words.count_at(positions[::3]).tolist()
        == np.bincount(forms[::3], minlength=len(words.forms)).tolist()
    )


ON_SHELVES = FORWARD_FORMS + FORMS_ON_SHELF * (RARE - FIRST_SHELF)


@pytest.mark.parametrize(
    "count",
    [
        *(FORWARD_FORMS, FORWARD_FORMS + 1, FORWARD_FORMS + 255, FORWARD_FORMS + 256),
        *(ON_SHELVES - 1, ON_SHELVES, ON_SHELVES + 1, ON_SHELVES + 257),
        *(65_535 + FORWARD_FORMS, 65_537 + FORWARD_FORMS, ON_SHELVES + 65_536, ON_SHELVES + 65_537),
    ],
)
def test_any_number_of_forms_can_be_told(count: int) -> None:
    segment = segment_of([spoken("a", *(" ".join(_numbered(count)[at::7]) for at in range(7)))])
    words = segment.words
    assert len(words.forms) == count
    assert segment.container.kind("forward.rest") == _narrowest(count - 1 if count > FORWARD_FORMS else 0)
    assert segment.container.kind("forward.rare") == _narrowest(max(0, count - 1 - ON_SHELVES))
    positions = words.positions.all()
    assert words.forms_at(positions).tolist() == list(range(count))
    assert words.forms_at(positions[::-1]).tolist() == list(range(count))[::-1]
    assert words.count_at(positions[1:]).tolist() == [0, *(count - 1) * [1]]


def _narrowest(number: int) -> str:
    return "u1" if number < 1 << 8 else "u2" if number < 1 << 16 else "u4"


def _numbered(count: int) -> list[str]:
    return [f"x{number}" for number in range(count)]


def test_a_segment_of_nothing_is_a_segment() -> None:
    segment = segment_of([])
    assert (len(segment), segment.paragraphs.tokens, len(segment.words.forms), len(segment.words.groups)) == (
        0,
        0,
        0,
        0,
    )


def test_a_statement_without_paragraphs_is_kept() -> None:
    segment = segment_of([spoken("a"), spoken("b", "one"), spoken("c")])
    assert (segment.statements.named("c"), segment.paragraphs.statement_of.tolist()) == (2, [1])


@pytest.mark.parametrize("times", [1, 14, 15, 16, 255, 256, 70_000])
def test_any_frequency_is_kept(times: int) -> None:
    segment = segment_of([spoken("a", "other", "mine " * times, "mine")])
    group = segment.words.groups.find(b"en:mine")
    assert group is not None
    assert segment.words.frequencies(group).tolist() == [times, 1]


@pytest.mark.parametrize("length", [0, 1, SLOT - 1, SLOT, SLOT + 1, 5 * SLOT])
def test_no_paragraph_runs_into_the_next(length: int) -> None:
    segment = segment_of([spoken("a", "x " * length, "x", "x " * length)])
    last = segment.paragraphs.starts.astype(int) + segment.paragraphs.lengths.astype(int)
    assert segment.words.forward.whole()[last].tolist() == [0, 0, 0]


@pytest.mark.parametrize("count", [1, 63, 64, 65, 255, 256, 257, 1025, 30_000, 30_001])
def test_a_list_of_any_length_is_kept(count: int) -> None:
    segment = segment_of([spoken("a", *["mine"] * count), spoken("b", "other")])
    form, group = segment.words.forms.find(b"mine"), segment.words.groups.find(b"en:mine")
    assert form is not None
    assert group is not None
    assert [segment.words.positions.array(form).tolist(), segment.words.documents.array(group).tolist()] == [
        [SLOT * paragraph for paragraph in range(count)],
        [*range(count)],
    ]


def test_many_batches_make_one_segment() -> None:
    chance = random.Random(1)
    vocabulary = [f"word{number}" for number in range(90_000)]
    texts = [" ".join(chance.choices(vocabulary, k=700)) for _ in range(900)]
    segment = segment_of([spoken(f"s{number}", text) for number, text in enumerate(texts)])
    assert words_at(segment) == [text.split() for text in texts]
