"""What a search gives back: a sequence, a value, a stream, and nothing hidden."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from whoosh.query import Term

from onrecord import Hit, Index, build, open_index, update
from onrecord.indexer.register.delegations import _delegations
from onrecord.search.cli.hit_lines import HitLines
from onrecord.search.cli.terminal import json_line
from onrecord.search.engine import local
from onrecord.search.language import read_query
from onrecord.search.results import hit_reader
from onrecord.search.results.counts import Missing, Unknown
from onrecord.search.results.keys import asked_by_code

WORDS = ("canal", "the", "arms", "small", "river", "grain", "ship", "peace", "mines", "WHO", "é", "nowhere")
word = st.sampled_from(WORDS)
questions = st.one_of(
    word,
    st.tuples(word, word).map(" ".join),
    st.tuples(word, word).map(" OR ".join),
    st.tuples(word, word).map(" -".join),
    st.tuples(word, word).map('"{0[0]} {0[1]}"~4'.format),
    st.sampled_from(
        ["NOT canal", '"the canal"', "s*", "the speaker:panama", "speaker:unknown", "language:fr"]
    ),
)
options = st.fixed_dictionaries(
    {},
    optional={
        "sort": st.sampled_from(["relevance", "statement", "newest", "oldest"]),
        "offset": st.integers(0, 5),
        "context": st.integers(0, 2),
        "mode": st.sampled_from(["exact", "normal", "broad"]),
        "fold": st.booleans(),
        "limit": st.none() | st.integers(0, 40),
    },
)


HIT = Hit(
    address="a#1",
    statement="a",
    number=1,
    text="Peace.",
    snippet="**Peace**.",
    forum=None,
    speaker=None,
    date=None,
    place=None,
    language="en",
    title=None,
    source="a.txt",
    score=0.25,
    highlights=((0, 5),),
    hash="ab",
)


def said(tmp_path: Path, **texts: str) -> Path:
    """Index texts by their names."""
    for name, text in texts.items():
        path = tmp_path / "texts" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    build(tmp_path / "texts", into=tmp_path / "index")
    return tmp_path / "index"


class TestAStream:
    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(typed=questions, asked=options, lot=st.integers(1, 5))
    def test_gives_the_hits_of_a_search_in_their_order(
        self, index: Index, typed: str, asked: dict[str, Any], lot: int
    ) -> None:
        asked = {"limit": None, **asked}
        with pytest.MonkeyPatch.context() as patch:
            everything = index.search(typed, **asked).hits
            for small in ("_FEW", "_MOST", "_MOST_IN_ORDER", "_LET_GO"):
                patch.setattr(hit_reader, small, lot)
            patch.setattr(local, "_LONG", lot)
            assert list(index.stream(typed, **asked)) == list(everything)

    def test_marks_what_lies_in_a_segment_that_only_its_last_few_hits_are_from(self, tmp_path: Path) -> None:
        said(
            tmp_path, new="Statement by Peru\n(5 May 2021)\n\n" + "We have found a mine in the field.\n\n" * 7
        )
        old = tmp_path / "texts" / "old.txt"
        old.write_text(
            "Statement by Peru\n(5 May 2001)\n\nWe shall clear the mines of all our fields.", "utf-8"
        )
        update(tmp_path / "texts", into=tmp_path / "index")
        with open_index(tmp_path / "index") as index, pytest.MonkeyPatch.context() as patch:
            everything = index.search("mine", sort="newest", limit=None).hits
            for name, size in (("_FEW", 6), ("_MOST", 6)):
                patch.setattr(hit_reader, name, size)
            assert list(index.stream("mine", sort="newest")) == list(everything)
        assert everything[-1].snippet == "We shall clear the **mines** of all our fields."

    def test_is_of_all_hits_unless_a_limit_is_given(self, index: Index) -> None:
        assert len(list(index.stream("the"))) == index.search("the").total
        assert len(list(index.stream("the", limit=2))) == 2

    def test_goes_on_after_the_index_was_closed(self, index_folder: Path) -> None:
        with open_index(index_folder) as index:
            stream = index.stream("canal")
            first = next(stream)
        assert [first, *stream] == list(open_index(index_folder).search("canal", limit=None))

    @given(st.text(max_size=30), st.text(max_size=30))
    @example("a\x9b\u202e100 % \ud83d", "\x7f%s")
    def test_is_written_as_json_line_by_line_as_json_line_writes_it(self, text: str, title: str) -> None:
        hit = replace(HIT, text=text, snippet=f"{text}…", title=title)
        around = replace(
            hit, number=3, text=title, snippet=title, before=(hit, hit), also_as=("b",), printed_number=text
        )
        lines = HitLines()
        for one in (hit, around, hit):
            assert lines.line(one) == json_line(one.as_dict()) + b"\n"


class TestResults:
    def test_are_a_sequence_of_hits(self, index: Index) -> None:
        results = index.search("canal")
        assert (len(results), results[0], results[1:], results[-1] in results) == (
            3,
            results.hits[0],
            results.hits[1:],
            True,
        )

    def test_are_true_where_anything_matched_on_a_page_behind_the_last_hit_too(self, index: Index) -> None:
        assert index.search("canal", offset=100)
        assert not index.search("zebra")

    def test_are_equal_where_all_that_they_say_is(self, index: Index) -> None:
        assert index.search("canal") == index.search("canal")
        assert index.search("arms") != index.search("arms", sort="newest")

    @pytest.mark.parametrize("typed", ["canal", "zebra", "the speaker:panama since:1973-03"])
    def test_are_the_same_behind_a_pickle_without_the_index(self, index_folder: Path, typed: str) -> None:
        """S2-6."""
        with open_index(index_folder) as index:
            results = index.search(typed)
            written = pickle.dumps(results)
        read = pickle.loads(written)
        assert (read, read.facets(), read.as_dict()) == (results, results.facets(), results.as_dict())
        assert list(read.stream()) == list(results)

    def test_and_every_value_in_them_are_plain_data_when_asked(self, index: Index) -> None:
        results = index.search("canal", context=1)
        values: list[Any] = [results, results.facets(), index.show(results[0].address), index.status()]
        assert [json.loads(json.dumps(value.as_dict())) for value in values]


class TestAHit:
    def test_knows_the_days_that_its_date_can_mean(self, index: Index) -> None:
        hit = index.search("canal")[0]
        assert (hit.date, hit.year, hit.first_day, hit.last_day) == (
            "1973-03-15",
            1973,
            date(1973, 3, 15),
            date(1973, 3, 15),
        )

    def test_names_the_delegation_by_its_code(self, index: Index) -> None:
        assert {hit.delegation_code for hit in index.search("canal")} == {"PAN"}

    def test_names_the_person_and_the_post_where_they_are_known(self, tmp_path: Path) -> None:
        folder = said(
            tmp_path, a="---\nspeaker: {delegation: Panama, person: Ada Rey, post: Minister}\n---\n\nPeace."
        )
        (hit,) = open_index(folder).search("peace")
        assert (hit.speaker, hit.delegation_code, hit.person, hit.post) == (
            "Panama",
            "PAN",
            "Ada Rey",
            "Minister",
        )


class TestNothingIsHidden:
    @pytest.fixture
    def index(self, tmp_path: Path) -> Index:
        """Index two paragraphs that are Panama's, and one whose speaker and date nobody knows."""
        folder = said(
            tmp_path,
            known="Statement by Panama\n(3 March 2011)\n\nLandmines must go from here.\n\nLandmines kill.",
            month="Statement by Chile\nMarch 2011\n\nLandmines were laid there in the war.",
            nobody="Landmines must be cleared by those who laid them in the past.",
        )
        return open_index(folder)

    def test_what_a_filter_cannot_tell_is_counted_with_the_way_to_see_it(self, index: Index) -> None:
        results = index.search("landmines", speaker="Panama")
        assert results.unknown == (Unknown("speaker", 1, 1, "speaker:unknown"),)
        assert index.search(f"landmines {results.unknown[0].query}").total == 1

    def test_so_is_a_date_that_is_not_known_or_not_precise_enough(self, index: Index) -> None:
        assert index.search("landmines", since="2011-03-02").unknown == (
            Unknown("date", 1, 1, "date:unknown"),
            Unknown("day", 1, 1, "date:2011.."),
        )

    def test_and_each_beside_the_other_filters(self, index: Index) -> None:
        assert [one.filter for one in index.search("landmines speaker:panama since:2011").unknown] == []
        assert index.search("landmines", speaker=["Chile", None], since=2011).unknown == (
            Unknown("date", 1, 1, "date:unknown"),
        )

    def test_nothing_is_told_where_nothing_is_left_out(self, index: Index) -> None:
        assert index.search("landmines").unknown == ()
        assert index.search("landmines", speaker=None, since=None).unknown == ()

    def test_none_among_names_is_what_nobody_knows(self, index: Index) -> None:
        """S2-6."""
        assert index.search("landmines", speaker=["Panama", None]).total == 3
        assert (
            index.search("landmines", language=[None]).total + index.search("landmines language:en").total
            == 4
        )

    def test_a_word_that_is_nowhere_is_named_with_words_like_it(self, index: Index) -> None:
        (missing,) = index.search("landmine laid landmynes").missing
        assert (missing.paragraphs, missing.rest, missing.near[0]) == (0, 2, "landmines")

    def test_so_is_a_name(self, index: Index) -> None:
        (missing,) = index.search("landmines", speaker="Panma").missing
        assert missing == Missing('speaker named "panma"', 0, 4, ("Panama",))

    def test_a_part_that_leaves_nothing_of_the_others_is_named_with_what_they_find(
        self, index: Index
    ) -> None:
        missing = index.search("landmines must speaker:chile").missing
        assert [(one.part, one.rest) for one in missing] == [
            ("must (any form or spelling)", 1),
            ("speaker Chile", 2),
        ]

    def test_several_that_only_together_leave_nothing_are_named_together(self, index: Index) -> None:
        (missing,) = index.search("kill war past landmines").missing
        assert (missing.part, missing.rest) == ("war (any form or spelling); past (any form or spelling)", 1)

    def test_of_what_is_found_nothing_is_missing(self, index: Index) -> None:
        assert index.search("landmines").missing == ()


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("counts")
    return open_index(
        said(
            folder,
            SCG="Statement by Serbia and Montenegro\n(5 May 2005)\n\nWe support a ban of all mines here.",
            YUG_60_2005="The ban on mines must be total, and all of us must see to it in all the world.",
            RUS_50_1995="The ban on mines is in the interest of all, and of us.",
            RUS_20_1965="The ban on mines is what the people of the world demand.",
            mixed="Statement by Panama\n(3 March 2011)\n\n"
            "We call upon all of the States to agree that there must be a ban on mines in all the world."
            "\n\nNous appelons tous les États à interdire les mines dans le monde entier, et à aider "
            "celles et ceux qui en sont les victimes.",
            nam="Statement by Namibia\n(3 March 2011)\n\nWe too call for a ban on mines in the world.",
        )
    )


class TestCounts:
    """S1-4: what is shown can be searched for, and a count is that of its filter."""

    @pytest.mark.parametrize("name", ["speakers", "forums", "years", "delegations", "languages"])
    def test_each_is_what_its_query_finds(self, counted: Index, name: str) -> None:
        counts = getattr(counted.search("mines").facets(), name)
        assert counts
        for count in counts:
            found = counted.search(f"mines {count.query}")
            assert (count, found.total, found.statements) == (count, count.paragraphs, count.statements)

    @pytest.mark.parametrize("name", ["speakers", "forums", "delegations", "languages"])
    def test_those_of_the_status_too(self, counted: Index, name: str) -> None:
        for count in getattr(counted.status(), name):
            found = counted.search(count.query)
            assert (count, found.total, found.statements) == (count, count.paragraphs, count.statements)

    @pytest.mark.parametrize(
        ("typed", "total", "why"),
        [
            ('speaker:"Serbia and Montenegro"', 2, "the name that is shown, of whichever code"),
            ('speaker:"Russian Federation"', 1, "a name in quotation marks, without what came before it"),
            ("speaker:rus", 2, "a code, with all its names"),
            ("speaker:russia", 2, "another name, with all of them"),
            ('speaker:"=russian federation"', 1, "a name to the letter"),
            ("language:fr", 1, "a paragraph has its own language"),
        ],
    )
    def test_a_field_finds(self, counted: Index, typed: str, total: int, why: str) -> None:
        assert counted.search(typed).total == total, why

    def test_a_name_from_outside_finds_the_delegation_under_all_its_names(self, counted: Index) -> None:
        assert counted.search("mines", speaker="Russian Federation").total == 2
        assert counted.search("mines", speaker="Serbia and Montenegro").total == 2

    def test_every_delegation_can_be_asked_for_by_what_its_count_says(self) -> None:
        for code in {delegation.code for delegation in _delegations()}:
            found = list(read_query(asked_by_code(code)).query.leaves())
            assert found == [Term("delegation", code)]


@pytest.mark.parametrize(
    "around", ["{}", " {} ", "{}.", "({}),", "“{}”", "[{}]:", "<https://on.example/show/{}>", "'{}'"]
)
@pytest.mark.parametrize("hash_sign", ["#", "%23"])
def test_an_address_is_understood_as_it_stands_in_a_sentence_or_a_link(
    index: Index, around: str, hash_sign: str
) -> None:
    """S2-6."""
    address = index.search("grain")[0].address
    shown = index.show(around.format(address.replace("#", hash_sign)), context=0)
    assert shown.address == address
    assert len(shown) == 1
