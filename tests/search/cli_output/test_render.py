"""Hits, statements, counts and reports as people see them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from onrecord.indexer.errors import SourceError
from onrecord.indexer.reading.inspection import Inspection
from onrecord.indexer.report import Report, Skipped, Tally
from onrecord.indexer.statement import Metadata, Paragraph, Role, Source, Statement
from onrecord.search.cli.render import hit_block, passage_block, statement_block, status_block
from onrecord.search.cli.run_summary import failures, what_was_done
from onrecord.search.cli.screen import Screen
from onrecord.search.cli.summary import what_was_found
from onrecord.search.results.counts import (
    Count,
    Facets,
    Folded,
    Hint,
    Instead,
    Missing,
    Status,
    Unknown,
    Variant,
)
from onrecord.search.results.hits import Hit, Results, Standing
from onrecord.search.results.passage import Passage
from onrecord.search.results.share import WHOLE, Share

HIT = Hit(
    address="panama-1973#2",
    statement="panama-1973",
    number=2,
    text="Free navigation through the canal belongs to every ship.",
    snippet="…through the **canal** belongs…",
    highlights=((28, 33),),
    forum="Security Council",
    speaker="Panama",
    date="1973-03-15",
    place="Panama City",
    language="en",
    title="The canal",
    source="texts/panama.md",
    score=1.0,
)
GREETING = replace(HIT, address="panama-1973#1", number=1, text="Mr. President,", highlights=())
NUMBERED = replace(
    HIT, address="panama-1973#3", number=3, text="Grain passes.", printed_number="29.", highlights=()
)


@dataclass(frozen=True, slots=True)
class Found:
    """An answer that was found by hand."""

    total: int = 1
    in_statements: int = 1
    page: tuple[Hit, ...] = (HIT,)
    folded: Folded | None = None
    left_out: tuple[Unknown, ...] = ()
    lacking: tuple[Missing, ...] = ()

    def statements(self) -> int:
        return self.in_statements

    def hits(self) -> tuple[Hit, ...]:
        return self.page

    def stream(self, share: Share = WHOLE) -> Iterator[Hit]:
        return share.taken(self.page)

    def unmarked(self) -> Found:
        return self

    def sample(self, size: int, *, seed: int) -> Found:
        return replace(self, page=self.page[:size])

    def among(self, slugs: Collection[str]) -> Found:
        return replace(self, page=tuple(hit for hit in self.page if hit.statement in slugs))

    def standing(self) -> Iterator[Standing]:
        return (Standing(hit.statement, b"", (hit.number,)) for hit in self.page)

    def facets(self) -> Facets:
        return Facets((), (), ())

    def unknown(self) -> tuple[Unknown, ...]:
        return self.left_out

    def missing(self) -> tuple[Missing, ...]:
        return self.lacking

    def instead(self) -> Instead | None:
        return None

    def hints(self) -> tuple[Hint, ...]:
        return ()

    def variants(self) -> tuple[Variant, ...]:
        return ()


def results(answer: Found, *, offset: int = 0) -> Results:
    return Results(answer=answer, understood="canal", limit=10, offset=offset)


STATUS = Status(
    path=".onrecord",
    generation=3,
    size=1_250_000,
    sources=2,
    statements=2,
    paragraphs=1234,
    first_date="1973-03-15",
    last_date="2021",
    languages=(Count("en", 2, 1234),),
    speakers=(),
    forums=tuple(Count(f"Forum {number}", 1, 1) for number in range(12)),
)


class TestHit:
    def test_is_its_address_its_facts_and_its_snippet(self) -> None:
        assert hit_block(HIT, Screen()).splitlines() == [
            "panama-1973#2",
            "Panama · Security Council · 1973-03-15 · Panama City",
            "  …through the **canal** belongs…",
        ]

    def test_names_who_spoke_for_a_delegation(self) -> None:
        hit = replace(HIT, person="Ada Rey", post="Minister", speaker_role="chair")
        line = "Panama (Ada Rey, Minister, chair) · Security Council · 1973-03-15 · Panama City"
        assert hit_block(hit, Screen()).splitlines()[1] == line

    def test_says_no_name_twice(self) -> None:
        hit = replace(HIT, speaker="Ada Rey", person="Ada Rey", forum=None, date=None, place=None)
        assert hit_block(hit, Screen()).splitlines()[1] == "Ada Rey"

    def test_leaves_out_the_facts_that_are_unknown(self) -> None:
        hit = replace(HIT, speaker=None, forum=None, place=None)
        assert hit_block(hit, Screen()).splitlines()[1] == "1973-03-15"

    def test_has_no_line_for_facts_where_none_is_known(self) -> None:
        hit = replace(HIT, speaker=None, forum=None, place=None, date=None)
        assert len(hit_block(hit, Screen()).splitlines()) == 2

    def test_stands_whole_between_its_neighbours(self) -> None:
        hit = replace(HIT, before=(GREETING,), after=(NUMBERED,))
        assert hit_block(hit, Screen()).splitlines()[2:] == [
            "    #1  Mr. President,",
            "  Free navigation through the **canal** belongs to every ship.",
            "    #3  29. Grain passes.",
        ]

    def test_has_dim_neighbours_on_a_terminal(self) -> None:
        block = hit_block(replace(HIT, before=(GREETING,)), Screen(width=80, styled=True))
        assert "\x1b[2m    #1  Mr. President,\x1b[0m" in block

    @pytest.mark.parametrize("field", ["address", "speaker", "forum", "place", "snippet"])
    def test_carries_no_control_characters(self, field: str) -> None:
        hostile: dict[str, Any] = {field: "a\x1b[2Jb\u202e"}
        block = hit_block(replace(HIT, **hostile), Screen())
        assert ("a[2Jb" in block, "\x1b" in block, "\u202e" in block) == (True, False, False)


class TestPassage:
    def test_is_a_head_and_its_paragraphs_with_a_mark_at_the_one_asked_for(self) -> None:
        passage = Passage("panama-1973#2", (GREETING, HIT, NUMBERED))
        assert passage_block(passage, Screen()).splitlines() == [
            "panama-1973",
            "Panama · Security Council · 1973-03-15 · Panama City",
            "The canal",
            "texts/panama.md",
            "",
            "  #1  Mr. President,",
            "",
            "> #2  Free navigation through the canal belongs to every ship.",
            "",
            "  #3  29. Grain passes.",
        ]

    def test_aligns_numbers_of_different_length(self) -> None:
        passage = Passage("panama-1973", (GREETING, replace(HIT, number=10)))
        assert "\n  #1   Mr." in passage_block(passage, Screen())


class TestStatement:
    def test_is_its_facts_and_its_paragraphs(self) -> None:
        statement = Statement(
            "tuvalu",
            Metadata(title="The sea"),
            (
                Paragraph(1, "Mr. President,", role=Role.GREETING, line=3),
                Paragraph(2, "It rises.", printed="1."),
            ),
            Source("tuvalu.txt", "text", "0"),
        )
        assert statement_block(Inspection(statement, "sha256:0"), Screen()).splitlines() == [
            "tuvalu",
            "source      tuvalu.txt (text)",
            "file        sha256:0",
            "title       The sea",
            "speaker     unknown",
            "forum       unknown",
            "date        unknown",
            "place       unknown",
            "language    unknown",
            "",
            "#1 greeting, line 3",
            "  Mr. President,",
            "#2 body",
            "  1. It rises.",
        ]


class TestStatus:
    def test_is_counts_and_tables(self) -> None:
        assert status_block(STATUS, Screen()).splitlines()[:9] == [
            "index       .onrecord, generation 3, 1.2 MB",
            "files       2",
            "statements  2",
            "paragraphs  1,234",
            "dates       1973-03-15 to 2021",
            "",
            "languages   statements   paragraphs",
            "  en                 2        1,234",
            "",
        ]

    def test_shows_ten_names_and_counts_the_others(self) -> None:
        assert status_block(STATUS, Screen()).splitlines()[-1] == "  and 2 more"

    def test_names_no_dates_where_there_are_none(self) -> None:
        undated = replace(STATUS, first_date=None, last_date=None)
        assert "dates       unknown" in status_block(undated, Screen()).splitlines()

    def test_cuts_long_names_on_a_terminal_alone(self) -> None:
        status = replace(STATUS, languages=(), forums=(Count("F" * 50, 1, 1),))
        assert [
            len(status_block(status, page).splitlines()[-1]) for page in (Screen(width=60), Screen())
        ] == [
            60,
            78,
        ]


class TestWhatWasFound:
    @pytest.mark.parametrize(
        ("found", "sentence"),
        [
            (results(Found()), "1 paragraph in 1 statement (showing 1-1) for canal"),
            (
                results(Found(total=1200, in_statements=2), offset=1000),
                "1,200 paragraphs in 2 statements (showing 1,001-1,010) for canal",
            ),
            (
                results(Found(total=0, in_statements=0, page=())),
                "0 paragraphs in 0 statements for canal",
            ),
            (
                results(Found(page=()), offset=5),
                "1 paragraph in 1 statement (none after the first 5) for canal",
            ),
        ],
    )
    def test_is_both_totals_the_page_and_the_query(self, found: Results, sentence: str) -> None:
        assert what_was_found(found) == sentence


class TestWhatWasDone:
    DONE = Report(
        added=Tally(1, 9),
        skipped=(Skipped("a", "no text"), Skipped("b", "no text")),
        generation=1,
        written=True,
        seconds=0.1,
    )

    @pytest.mark.parametrize(
        ("report", "sentence"),
        [
            (
                DONE,
                "added 1 statement (9 paragraphs); unchanged 0; "
                "skipped 2 files; failed 0; generation 1; 0.1 s",
            ),
            (
                Report(
                    changed=Tally(1, 2),
                    removed=Tally(2, 3),
                    unchanged=Tally(4, 5),
                    generation=2,
                    written=True,
                ),
                "changed 1 statement (2 paragraphs); removed 2 statements (3 paragraphs); "
                "unchanged 4; skipped 0 files; failed 0; generation 2; 0.0 s",
            ),
            (Report(unchanged=Tally(12, 90)), "nothing to do: 12 statements unchanged"),
            (
                Report(unchanged=Tally(12, 90), failed=(SourceError("a", "it is empty."),)),
                "nothing to do: 12 statements unchanged; skipped 0 files; failed 1",
            ),
        ],
    )
    def test_names_what_changed_and_what_was_left(self, report: Report, sentence: str) -> None:
        assert what_was_done(report) == sentence


class TestFailures:
    def test_are_twenty_lines_and_a_count_of_the_others(self) -> None:
        report = Report(
            failed=tuple(SourceError(f"{number}.md", "it is broken.", line=1) for number in range(25))
        )
        lines = list(failures(report))
        assert (len(lines), lines[0], lines[-1]) == (
            21,
            "failed: 0.md, line 1: it is broken.",
            "failed: 5 more; --json lists every one.",
        )
