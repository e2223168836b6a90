"""Merged segments are the segment that the surviving statements would have made."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.invented import spoken, statement_lists

from onrecord.indexer.analysis.inflection import word_group
from onrecord.indexer.segments.container import Container
from onrecord.indexer.segments.records import SourceRecord
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.segments.word_groups import SegmentGroups
from onrecord.indexer.segments.writing.merge import merge_segments
from onrecord.indexer.segments.writing.segment_writer import SegmentWriter
from onrecord.indexer.statement import Statement


@dataclass(frozen=True, slots=True)
class Written:
    """What a segment is made of: sources with their statements, and what of them is deleted."""

    sources: dict[str, list[Statement]]
    deleted: frozenset[int] = frozenset()

    def surviving(self) -> dict[str, list[Statement]]:
        """Return what is not deleted."""
        numbers = count()
        sources = {
            key: [statement for statement in statements if next(numbers) not in self.deleted]
            for key, statements in self.sources.items()
        }
        return {key: statements for key, statements in sources.items() if statements}


@st.composite
def several_written(draw: st.DrawFn) -> list[Written]:
    """Invent segments whose sources have different keys."""
    return [draw(written(number)) for number in range(draw(st.integers(0, 3)))]


@st.composite
def written(draw: st.DrawFn, number: int) -> Written:
    statements = draw(statement_lists())
    cuts = sorted(draw(st.lists(st.integers(0, len(statements)), max_size=3)))
    keys = draw(st.permutations([f"{letter}{number}.md" for letter in "béac"]))
    pieces = pairwise([0, *cuts, len(statements)])
    sources = {key: statements[begin:end] for key, (begin, end) in zip(keys, pieces, strict=False)}
    return Written(
        sources,
        draw(st.frozensets(st.sampled_from(range(len(statements))))) if statements else frozenset(),
    )


def write(sources: dict[str, list[Statement]], path: Path) -> None:
    writer = SegmentWriter()
    for key, statements in sources.items():
        writer.begin_source(key, SourceRecord(f"{key}.txt", "", key))
        for statement in statements:
            writer.add(statement)
    writer.write(path)


def segment(made_of: Written, path: Path) -> Segment:
    write(made_of.sources, path)
    return Segment(path, made_of.deleted)


def arrays(path: Path) -> dict[str, bytes]:
    container = Container(path)
    return {name: container[name].tobytes() for name in container.names()}


@settings(max_examples=60, deadline=None)  # each example writes several files
@given(several_written())
def test_a_merge_is_what_would_have_been_written_anew(several: list[Written]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        merge_segments(
            [segment(one, folder / f"part-{at}") for at, one in enumerate(several)], folder / "merged"
        )
        write({key: found for one in several for key, found in one.surviving().items()}, folder / "anew")
        merged, anew = arrays(folder / "merged"), arrays(folder / "anew")
        names = merged.keys() - SPELLINGS
        assert {name: merged[name] for name in names} == {name: anew[name] for name in names}
        for word, group in spellings(folder / "anew").items():
            assert told(folder / "merged", word) == group


# Which spellings of a form survive only the texts tell, and a merge does not read them: one that stood in
# deleted statements alone stays known, and is in no text; those of two segments that had one group of a form
# each are told by the dictionary.
SPELLINGS = {"written", "written.at", "written.slots", "written.groups"}


def spellings(path: Path) -> dict[bytes, str]:
    """Return the words as written that a segment knows, each with its group."""
    words = Segment(path).words
    groups = words.belonging.of_written.tolist()
    return {word: words.groups[at].decode() for word, at in zip(words.belonging.written, groups, strict=True)}


def told(path: Path, word: bytes) -> str:
    """Return the group that a reader takes a word as written for; it is one that the dictionary has."""
    written, language, *listed = word.decode().split("\0")
    words = SegmentGroups(Segment(path).words.belonging)
    assert not listed or words.is_listed(written, language)
    return words.group(written, language)


def test_spellings_that_each_segment_had_alone_are_told_apart_in_the_merged_one(tmp_path: Path) -> None:
    with_noun = spoken("s", "Die Macht der Reden war gross.", languages=["de"])
    with_verb = spoken("t", "Wir reden heute nicht von der macht.", languages=["de"])
    parts = [
        segment(Written({f"{at}.md": [one]}), tmp_path / f"{at}")
        for at, one in enumerate((with_noun, with_verb))
    ]
    merge_segments(parts, tmp_path / "merged")
    for word in ("Reden", "reden", "Macht", "macht"):
        assert told(tmp_path / "merged", f"{word}\0de".encode()) == word_group(word, "de")


def test_lists_of_every_kind_are_merged(tmp_path: Path) -> None:
    chance = random.Random(1)
    vocabulary = [f"word{number}" for number in range(3000)]
    likelihood = [1 / rank for rank in range(1, 3001)]
    texts = [" ".join(chance.choices(vocabulary, likelihood, k=90)) for _ in range(2700)]
    speeches = [spoken(f"s{at}", *texts[30 * at : 30 * at + 30]) for at in range(90)]
    sources = {f"{at}.md": speeches[3 * at : 3 * at + 3] for at in range(30)}
    parts = [dict(list(sources.items())[begin : begin + 10]) for begin in (0, 10, 20)]
    deleted = frozenset(range(0, 30, 7))
    several = [Written(part, deleted) for part in parts]
    merge_segments(
        [segment(one, tmp_path / f"part-{at}") for at, one in enumerate(several)], tmp_path / "merged"
    )
    write({key: found for one in several for key, found in one.surviving().items()}, tmp_path / "anew")
    assert arrays(tmp_path / "merged") == arrays(tmp_path / "anew")


def test_a_merged_segment_says_how_large_it_is(tmp_path: Path) -> None:
    size = merge_segments([segment(Written({"a": [spoken("s", "one")]}), tmp_path / "part")], tmp_path / "m")
    assert size == (tmp_path / "m").stat().st_size


def test_a_statement_without_a_source_keeps_none(tmp_path: Path) -> None:
    writer = SegmentWriter()
    writer.add(spoken("loose", "one"))
    writer.write(tmp_path / "loose")
    bound = segment(Written({"a": [spoken("s", "two")]}), tmp_path / "bound")
    merge_segments([bound, Segment(tmp_path / "loose")], tmp_path / "merged")
    assert Segment(tmp_path / "merged").sources.of_statements.tolist() == [1, 0]


def test_a_source_in_two_segments_is_refused(tmp_path: Path) -> None:
    one, two = (segment(Written({"a": [spoken(slug, "x")]}), tmp_path / slug) for slug in ("one", "two"))
    with pytest.raises(ValueError, match="a: a source is added once"):
        merge_segments([one, two], tmp_path / "merged")


def test_a_source_that_was_replaced_is_merged(tmp_path: Path) -> None:
    old = segment(Written({"a": [spoken("s", "old")]}, deleted=frozenset({0})), tmp_path / "old")
    new = segment(Written({"a": [spoken("s", "new")]}), tmp_path / "new")
    merge_segments([old, new], tmp_path / "merged")
    assert [text.decode() for text in Segment(tmp_path / "merged").paragraphs.texts.all()] == ["new"]


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., Segment]:
    """Open a segment of the sources b (two statements), é (none) and a (one), with some of it deleted."""

    def opened(*, deleted: set[int]) -> Segment:
        statements = [spoken(slug, f"{slug} said") for slug in ("one", "two", "three")]
        sources = {"b": statements[:2], "é": [], "a": statements[2:]}
        return segment(Written(sources, frozenset(deleted)), tmp_path / "s")

    return opened


def test_sources_are_listed_by_key(files: Callable[..., Segment]) -> None:
    sources = files(deleted=set()).sources
    assert (list(sources.keys), list(sources.live_keys())) == ([b"a", b"b", "é".encode()], ["a", "b"])


def test_a_source_has_its_record(files: Callable[..., Segment]) -> None:
    opened = files(deleted=set())
    assert [opened.sources.find(key) for key in ("b", "absent")] == [SourceRecord("b.txt", "", "b"), None]


def test_a_source_has_its_statements(files: Callable[..., Segment]) -> None:
    opened = files(deleted=set())
    assert [opened.sources.statements(key) for key in ("b", "é", "a", "absent")] == [
        range(2),
        range(0),
        range(2, 3),
        range(0),
    ]


def test_a_source_goes_with_its_last_statement(files: Callable[..., Segment]) -> None:
    assert list(files(deleted={0, 2}).sources.live_keys()) == ["b"]


def test_a_deleted_source_has_neither_record_nor_statements(files: Callable[..., Segment]) -> None:
    opened = files(deleted={2})
    assert (opened.sources.find("a"), opened.sources.statements("a")) == (None, range(0))
