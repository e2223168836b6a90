"""What a person who checks is shown: evidence, runner-up, what is unsure, and a sample of what is sure.

The texts are invented. "Wrong speakers at high are in no report" was the finding; each is now in the sample's
population, and kinds of evidence are told apart.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from onrecord import build, inspect, update
from onrecord.indexer.reading.evidence_lines import EvidenceLines
from onrecord.indexer.reading.kinds import kind_in_words
from onrecord.indexer.reading.sample import CHECKED, Sample
from onrecord.indexer.report import Report
from onrecord.indexer.segments.records import FoundFact, StatementRecord
from onrecord.search.cli.program import main

GROUP = """Statement by Finland
on behalf of the European Union
First Committee
New York, 12 October 2021

Mr. Chair,

We thank you for your words.
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "texts" / "a.txt"
    path.parent.mkdir()
    path.write_text(GROUP, "utf-8")
    return path


def findings(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = inspect(path)[0].as_dict()["findings"]
    return told


def test_each_value_has_its_kind_of_evidence_and_the_line(text: Path) -> None:
    told = findings(text)
    assert {name: (one["what"], one["line"]) for name, one in told.items() if name != "language"} == {
        "speaker": ('who is named behind "on behalf of" in the heading', 1),
        "forum": ("a phrase that begins with a forum", 3),
        "date": ("a date beside a city and nothing else", 4),
        "place": ("a registered city beside the date", 4),
        "on_behalf_of": ('who is named behind "on behalf of" in the heading', 1),
        "delivered_by": ('who is named behind "by" further on in the phrase', 1),
    }


def test_the_runner_up_is_told_with_its_own_evidence(text: Path) -> None:
    told = findings(text)["speaker"]
    assert (told["value"], told["runner_up"]["value"], told["runner_up"]["kind"]) == (
        "European Union",
        "Finland",
        "statement by",
    )


def test_what_is_declared_has_what_the_heading_says_behind_it(text: Path) -> None:
    text.with_suffix(".yaml").write_text("place: Geneva\ndate: 2021-10-12\n", "utf-8")
    told = findings(text)
    assert told["place"]["runner_up"]["value"] == "New York"
    assert (told["place"]["kind"], told["place"]["line"]) == ("sidecar", 1)
    assert told["date"]["runner_up"] is None  # the same day twice


def test_what_a_correction_makes_unknown_says_what_came_nearest(text: Path) -> None:
    (text.parent / "onrecord-overrides.yaml").write_text("a.txt: {speaker: ~}\n", "utf-8")
    told = findings(text)["speaker"]
    assert (told["value"], told["nearest"]["value"]) == (None, "European Union")


def test_words_that_are_nobodys_say_whose_they_nearly_were(tmp_path: Path) -> None:
    said = (Path(__file__).parent / "turns" / "nobody-s.txt").read_text("utf-8")
    path = tmp_path / "a.txt"
    path.write_text(f"Remarks by Mr. Lukas Hahn, Minister of Trade of Austria\n\n{said}", "utf-8")
    told = findings(path)["speaker"]
    assert (told["value"], told["nearest"]["kind"]) == (None, "by, later")
    assert "nearest: Austria (" in CliRunner().invoke(main, ["inspect", str(path)]).stdout


def test_the_command_shows_both(text: Path) -> None:
    shown = CliRunner().invoke(main, ["inspect", str(text)]).stdout
    assert 'line 1: who is named behind "on behalf of" in the heading' in shown
    assert 'runner-up: Finland (from "Statement by Finland on behalf of the European Union"' in shown


LINES = st.lists(st.text("ab cd", min_size=1, max_size=12), min_size=1, max_size=8)


@given(lines=LINES, data=st.data())
def test_words_are_found_in_the_first_line_that_has_the_most_of_them(
    lines: list[str], data: st.DataObject
) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_text("\n".join(lines), "utf-8")
        known = EvidenceLines(path)
        wanted = data.draw(st.sampled_from(lines))
        at = known.line_of(wanted)
        if at is not None:
            assert wanted.split()[0] in lines[at - 1].split()
        said = " ".join(wanted.split())
        if len(said.split()) >= 2:
            # The first line that has all of the words side by side.
            first = next(n for n, line in enumerate(lines, 1) if f" {said} " in f" {' '.join(line.split())} ")
            assert at == first


# The report


HEADINGS = {
    "a": "Statement by Panama\n\nGeneva, 3 May 2021\n\nMr. President,\n\nThe canal is ours.",
    "b": "Statement by Chile\n\n2021\n\nMr. President,\n\nThe coast is long.",
    "c": "Norwegian statement\n\nMr. President,\n\nThe sea is cold.",
}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, said in HEADINGS.items():
        (folder / f"{name}.txt").write_text(said, "utf-8")
    return folder


def report_of(texts: Path, **options: Any) -> Report:
    return build(texts, into=texts.parent / "index", doubts=True, **options)


def test_what_is_unsure_is_counted_by_kind_of_evidence(texts: Path) -> None:
    assert report_of(texts).unsure == {"speaker": {"adjective": 1}, "date": {"year alone": 1}}


def test_the_sample_holds_what_is_sure_and_nothing_else(texts: Path) -> None:
    sample = report_of(texts).sample
    assert sorted((one.fact, one.kind, one.value) for one in sample) == [
        ("date", "with a city", "2021-05-03"),
        ("place", "city beside date", "Geneva"),
        ("speaker", "statement by", "Chile"),
        ("speaker", "statement by", "Panama"),
    ]
    assert {one.of for one in sample if one.fact == "speaker"} == {2}


@pytest.mark.parametrize("size", [0, 1, 3, 100])
def test_the_sample_is_as_large_as_was_asked(texts: Path, size: int) -> None:
    assert len(report_of(texts, sample=size).sample) == min(size, 4)


def test_the_sample_is_the_same_by_an_update_that_finds_nothing(texts: Path) -> None:
    before = report_of(texts, sample=2).sample
    assert update(texts, into=texts.parent / "index", doubts=True, sample=2).sample == before


def record(slug: str, *found: tuple[str, str, str]) -> StatementRecord:
    facts = tuple(FoundFact(fact, confidence, kind, "words") for fact, confidence, kind in found)
    return StatementRecord(slug, None, None, None, None, None, None, None, source="a", found=facts)


KINDS = st.sampled_from(["common", "common", "common", "rare", "rarer"])
SURENESS = st.sampled_from(["certain", "high", "low"])
FOUND = st.lists(st.tuples(st.sampled_from([*CHECKED, "encoding"]), SURENESS, KINDS), max_size=4)
RECORDS = st.dictionaries(st.text("abc", min_size=1), FOUND, max_size=30)


@given(records=RECORDS, size=st.integers(0, 20), seed=st.integers(0, 3), data=st.data())
def test_a_sample_is_of_the_lowest_hashes_and_shared_out_evenly(
    records: dict[str, list[tuple[str, str, str]]], size: int, seed: int, data: st.DataObject
) -> None:
    slugs = data.draw(st.permutations(list(records)))
    sample = Sample(size, seed=seed)
    for slug in slugs:
        sample.see(record(slug, *records[slug]), path="a")
    drawn = sample.drawn()
    all_sure = [
        (fact, kind, slug)
        for slug, found in records.items()
        for fact, confidence, kind in found
        if fact in CHECKED and confidence != "low"
    ]
    assert len(drawn) == min(size, len(all_sure))
    counts = Counter((one.fact, one.kind) for one in drawn)
    strata = Counter((fact, kind) for fact, kind, _ in all_sure)
    most = max(counts.values(), default=0)
    # No kind has more than one beyond another that has some left.
    assert all(counts[kind] >= min(number, most - 1) for kind, number in strata.items())
    for fact, kind in counts:
        ranked = sorted(
            (slug for f, k, slug in all_sure if (f, k) == (fact, kind)),
            key=lambda slug: sha256(f"{seed} {slug}".encode()).digest(),
        )
        own = [one for one in drawn if (one.fact, one.kind) == (fact, kind)]
        assert [one.address for one in own] == ranked[: len(own)]
        assert {one.of for one in own} == {strata[fact, kind]}


def written(texts: Path, name: str, *more: str) -> str:
    asked = ["index", str(texts), "-i", str(texts.parent / "index"), "--report", str(texts.parent / name)]
    result = CliRunner().invoke(main, [*asked, *more])
    assert result.exit_code == 0, result.output
    return (texts.parent / name).read_text("utf-8-sig")


def test_a_csv_report_is_a_table_to_tick(texts: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(written(texts, "r.csv"))))
    assert [(row["list"], row["fact"], row["value"]) for row in rows] == [
        ("unsure", "speaker", "Norway (Norwegian)"),
        ("unsure", "date", "2021"),
        *[("sample", "speaker", row["value"]) for row in rows[2:4]],
        ("sample", "date", "2021-05-03"),
        ("sample", "place", "Geneva"),
    ]
    assert {(row["right"], row["should be"]) for row in rows} == {("", "")}


def test_a_cell_is_no_formula(texts: Path) -> None:
    (texts / "d.txt").write_text("Statement by =SUM(1) of Panama\n\nMr. President,\n\nYes.", "utf-8")
    cells = [cell for row in csv.reader(io.StringIO(written(texts, "r.csv"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_markdown_report_has_a_table_a_kind(texts: Path) -> None:
    told = written(texts, "r.md", "--sample", "3", "--seed", "5")
    assert "### speaker: a state's adjective before the statement word (1 of 1)" in told
    assert told.count("| ☐ |") == 5


def test_any_other_report_is_json_as_before(texts: Path) -> None:
    told = json.loads(written(texts, "r.txt", "--sample", "1"))
    assert (told["version"], len(told["statements"]), len(told["sample"])) == (1, 3, 1)
    assert told["unsure"]["speaker"] == [
        {"kind": "adjective", "what": "a state's adjective before the statement word", "statements": 1}
    ]


def test_a_sample_goes_with_a_report(texts: Path) -> None:
    result = CliRunner().invoke(main, ["index", str(texts), "--sample", "5"])
    assert (result.exit_code, "--sample and --seed go with --report FILE." in result.output) == (2, True)


def test_every_format_has_a_kind_in_words() -> None:
    from onrecord.indexer.formats.registry import BINARY_READERS, READERS

    readers = {reader.name for reader in (*READERS, *BINARY_READERS)}
    read_from_headings = {"text", "markdown", "pdf", "rtf", "docx", "doc", "zip"}
    silent = {name for name in readers if kind_in_words("speaker", name).startswith("what the file says")}
    assert silent <= read_from_headings
