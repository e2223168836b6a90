"""Identical statements of several files are one; what may be another statement is never swallowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles.speeches import LONG, SHORT, Files, Speech, write

from onrecord import build, open_index, remove, update


def shown(index: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Return each paragraph that a search finds, with its files."""
    with open_index(index) as opened:
        hits = opened.search("here OR also", limit=None)
        return sorted((hit.address, tuple(Path(one).stem for one in hit.sources)) for hit in hits)


def files_of_hits(tmp_path: Path, files: Files) -> list[list[str]]:
    build(write(tmp_path / "texts", files), into=tmp_path / "index")
    return sorted(sorted(sources) for _, sources in shown(tmp_path / "index"))


def test_the_same_statement_of_two_files_is_one_and_names_both(tmp_path: Path) -> None:
    assert files_of_hits(tmp_path, {"a": (Speech(),), "b": (Speech(),)}) == [["a", "b"]]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (Speech(), Speech(date="2021-09-21"), "another day"),
        (Speech(), Speech(date=None), "a day that is not known is no day that is"),
        (Speech(), Speech(speaker="Chad"), "another speaker"),
        (Speech(), Speech(speaker=None), "a speaker who is not known"),
        (Speech(), Speech(forum=None), "another forum"),
        (Speech(), Speech(place="Vienna"), "another place"),
        (Speech(), Speech(language="fr"), "another language"),
        (Speech(), Speech(text=f"{LONG}\nalso this"), "more words"),
        (Speech(text=f"{LONG} also"), Speech(text=f"{LONG}\nalso"), "other paragraphs"),
        (Speech(SHORT, date=None), Speech(SHORT, date=None), "so few words, of no known day"),
        (Speech(SHORT, date="2021"), Speech(SHORT, date="2021"), "so few words, on no known day of the year"),
    ],
)
def test_what_may_be_another_statement_stays(tmp_path: Path, one: Speech, other: Speech, why: str) -> None:
    hits = files_of_hits(tmp_path, {"a": (one,), "b": (other,)})
    assert ["a", "b"] not in hits, why


def test_a_chair_who_thanks_in_every_part_of_a_record_does_so_each_time(tmp_path: Path) -> None:
    thanks = Speech(SHORT)
    files = {"a": (thanks, Speech("here one"), thanks), "b": (thanks, Speech("here two"))}
    assert len(files_of_hits(tmp_path, files)) == 5


def test_a_copy_of_a_whole_record_is_one_even_in_its_thanks(tmp_path: Path) -> None:
    record = (Speech(SHORT), Speech("here one"), Speech(SHORT))
    assert files_of_hits(tmp_path, {"a": record, "b": record}) == [["a", "b"]] * 3


def test_a_long_statement_without_a_date_is_a_copy_where_whole_files_are(tmp_path: Path) -> None:
    undated = Speech(date=None)
    files = {"a": (undated,), "b": (undated,), "c": (undated, Speech("here one"))}
    assert files_of_hits(tmp_path, files) == [["a", "b"], ["c"], ["c"]]


def test_what_is_said_twice_in_a_file_is_two(tmp_path: Path) -> None:
    assert files_of_hits(tmp_path, {"a": (Speech(), Speech())}) == [["a"], ["a"]]


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """Index one statement of two files beside another."""
    write(
        tmp_path / "texts", {"a": (Speech(),), "b": (Speech(),), "c": (Speech("here one", speaker="Chad"),)}
    )
    build(tmp_path / "texts", into=tmp_path / "index")
    return tmp_path / "index"


def test_totals_statements_and_facets_count_copies_once(twice: Path) -> None:
    with open_index(twice) as index:
        results = index.search("here")
        speakers = {count.name: (count.statements, count.paragraphs) for count in results.facets().speakers}
        assert (results.total, results.statements, speakers) == (2, 2, {"Japan": (1, 1), "Chad": (1, 1)})


def test_everything_but_a_word_leaves_copies_out(twice: Path) -> None:
    with open_index(twice) as index:
        assert index.search("NOT nowhere").total == 2


def test_the_status_counts_files_and_statements_once_each(twice: Path) -> None:
    with open_index(twice) as index:
        status = index.status()
        assert (status.sources, status.statements, status.paragraphs) == (3, 2, 2)


def test_a_copy_keeps_its_address_and_says_which_is_shown(twice: Path) -> None:
    ((address, files), *_) = [one for one in shown(twice) if len(one[1]) == 2]
    remove(twice.parent / "texts" / f"{files[0]}.jsonl", into=twice)
    ((behind, _), *_) = [one for one in shown(twice) if one[1] == (files[1],)]
    update(twice.parent / "texts" / f"{files[0]}.jsonl", into=twice)
    with open_index(twice) as index:
        hit = index.show(behind).hits[0]
    assert (hit.address, hit.also_as) == (behind, (address.partition("#")[0],))


@pytest.mark.parametrize("gone", ["a", "b"])
def test_where_the_file_that_is_shown_goes_the_other_steps_forward(twice: Path, gone: str) -> None:
    remove(twice.parent / "texts" / f"{gone}.jsonl", into=twice)
    (left,) = {"a", "b"} - {gone}
    assert sorted(sources for _, sources in shown(twice)) == [(left,), ("c",)]


def test_a_copy_that_is_changed_is_a_statement_of_its_own(twice: Path) -> None:
    update(write(twice.parent / "texts", {"b": (Speech(f"{LONG} also"),)}), into=twice)
    assert sorted(sources for _, sources in shown(twice)) == [("a",), ("b",), ("c",)]


TEXTS = (LONG, f"{LONG} also", f"{LONG}\nalso", SHORT, "here")
speeches = st.builds(
    Speech,
    text=st.sampled_from(TEXTS),
    speaker=st.sampled_from(["Japan", None]),
    date=st.sampled_from(["2021-09-20", "2021-09-20", "2021", None]),
)
records = st.lists(speeches, min_size=1, max_size=3).map(tuple)
changes = st.dictionaries(st.sampled_from("abcd"), records | st.none(), min_size=1, max_size=4)


@settings(max_examples=30, deadline=None)
@given(st.lists(changes, min_size=1, max_size=4))
def test_any_updates_come_to_what_a_build_gives_and_a_scan_says(steps: Sequence[Files]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        texts = write(folder / "texts", {})
        (texts / "other.bin").write_bytes(b"\0")  # a folder that is empty all of a sudden keeps what it had
        standing: Files = {}
        for step in steps:
            for gone in [one for one, speeches in step.items() if speeches is None]:
                (texts / f"{gone}.jsonl").unlink(missing_ok=True)
                standing.pop(gone, None)
            standing |= {one: speeches for one, speeches in step.items() if speeches is not None}
            write(texts, standing)
            update(texts, into=folder / "index")
        build(texts, into=folder / "anew")
        updated = shown(folder / "index")
        assert updated == shown(folder / "anew")
        assert sorted(sorted(sources) for _, sources in updated) == scanned(standing)


def scanned(files: Files) -> list[list[str]]:
    """Say of each paragraph that is to be shown which files hold it, by comparing all with all."""
    holders: defaultdict[object, list[str]] = defaultdict(list)
    for name, spoken in files.items():
        for at, speech in enumerate(spoken):
            key: tuple[object, ...] = (speech, spoken[:at].count(speech))
            dated = speech.date is not None and len(speech.date) == len("2021-09-20")
            if not (dated and speech.words >= 50):
                whole = dated or sum(one.words for one in spoken) >= 50
                key = (*key, spoken) if whole else (*key, name, at)
            holders[key].append(name)
    return sorted(
        sorted(names)
        for key, names in holders.items()
        for _ in key[0].text.split("\n")  # type: ignore[index]
    )
