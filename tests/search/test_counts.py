"""Counts by keys: rows, rates, names, forms of the table, drawings."""

from __future__ import annotations

import csv
import io
import json
import pickle
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from program import on_a_terminal

from onrecord import Index, QueryError, build, open_index
from onrecord.search.cli import main
from onrecord.search.research.counts.counts import Counts
from onrecord.search.research.drawing import Bar, drawn
from onrecord.search.research.topics import SHIPPED, Topic, read_topics

TEXTS = {
    "a.md": ("Japan", "2010-03-01", "Mines, mines and bombs.\n\nThe sea is calm."),
    "b.md": ("Japan", "2010-05-02", "Bombs."),
    "c.md": ("Chile", "2012", "Mines were laid.\n\nA mine was cleared."),
    "d.md": ("=cmd", "2013-01", "The sea is calm."),
    "e.md": ("Ada Lind", None, "No mines."),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("counts")
    (folder / "texts").mkdir()
    for name, (speaker, date, text) in TEXTS.items():
        known = [f"speaker: '{speaker}'", "language: en", *([f"date: {date}"] if date else [])]
        (folder / "texts" / name).write_text("\n".join(["---", *known, "---", "", text, ""]), "utf-8")
    build(folder / "texts", into=folder / "index")
    return folder / "index"


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    with open_index(folder) as opened:
        yield opened


@pytest.fixture
def run(folder: Path) -> Callable[..., Result]:
    def run(*args: str) -> Result:
        return CliRunner().invoke(main, ["count", *args, "-i", str(folder)])

    return run


def paragraphs(counts: Counts) -> dict[tuple[str | None, ...], tuple[int, int]]:
    return {row.keys: (row.paragraphs, row.of_paragraphs) for row in counts}


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        (
            "year",
            {("2010",): (1, 3), ("2011",): (0, 0), ("2012",): (2, 2), ("2013",): (0, 1), (None,): (1, 1)},
        ),
        ("decade", {("2010s",): (3, 6), (None,): (1, 1)}),
        (
            "month",
            {
                ("2010-03",): (1, 2),
                ("2010-05",): (0, 1),
                ("2013-01",): (0, 1),
                ("date not certain",): (2, 2),
                (None,): (1, 1),
            },
        ),
        ("speaker", {("Ada Lind",): (1, 1), ("Chile",): (2, 2), ("=cmd",): (0, 1), ("Japan",): (1, 3)}),
        ("delegation", {("Chile",): (2, 2), ("Japan",): (1, 3), (None,): (1, 2)}),
        ("role", {("body",): (4, 7)}),
        ("language", {("en",): (4, 7)}),
    ],
)
def test_every_cell_is_a_row_and_what_is_not_known_the_last(
    index: Index, by: str, rows: dict[tuple[str | None, ...], tuple[int, int]]
) -> None:
    counts = index.count("mines", by=by)
    assert paragraphs(counts) == rows
    assert [row.keys for row in counts] == list(rows)


def test_rows_in_which_nothing_was_found_may_be_left_out(index: Index) -> None:
    assert list(paragraphs(index.count("mines", by="year", fill=False))) == [("2010",), ("2012",), (None,)]


def test_all_units_stand_side_by_side(index: Index) -> None:
    row = index.count("mines", by="speaker").rows[-1]
    assert (row.occurrences, row.paragraphs, row.statements, row.speakers, row.words) == (2, 1, 1, 1, 4)
    assert (row.of_paragraphs, row.of_statements, row.of_speakers, row.of_words) == (3, 2, 1, 9)


@pytest.mark.parametrize(
    ("of", "per", "rate"),
    [
        ("occurrences", "1000-words", 2 * 1000 / 9),
        ("paragraphs", "paragraph", 1 / 3),
        ("statements", "statement", 1 / 2),
        ("statements", "100-statements", 50.0),
        ("speakers", "speaker", 1.0),
    ],
)
def test_a_rate_is_a_count_by_what_there_is(index: Index, of: str, per: str, rate: float) -> None:
    assert index.count("mines", by="speaker", of=of, per=per).rows[-1].rate == pytest.approx(rate)


def test_where_there_is_nothing_there_is_no_rate(index: Index) -> None:
    assert index.count("mines", by="year", per="statement").rows[1].rate is None


@pytest.mark.parametrize("asked", ["mines bombs", '"mines bombs"~5', '"mines … bombs"'])
def test_what_asks_for_several_things_at_once_has_no_occurrences(index: Index, asked: str) -> None:
    counts = index.count(asked, by="year")
    assert counts.total.occurrences is None
    assert counts.rows[0].occurrences is None
    assert "paragraphs only" in counts.notes[0]
    assert index.count("mines", by="year").notes == ()


@pytest.mark.parametrize(
    ("asked", "occurrences"),
    [
        ("mine OR mines", 5),
        ('"mines were" OR mines', 5),
        ('"mines and" OR "and bombs"', 1),
        ("mine* OR bombs", 7),
        ('"m* and"', 1),
        ("mines speaker:chile", 2),
        ("mines -bombs", 3),
    ],
)
def test_stretches_that_share_a_word_are_one_occurrence(index: Index, asked: str, occurrences: int) -> None:
    assert index.count(asked, by=()).total.occurrences == occurrences


@pytest.mark.parametrize(
    ("asked", "there_is"),
    [("mines", 7), ("mines speaker:japan", 3), ("mines -speaker:japan", 4), ("mines since:2012", 3)],
)
def test_what_there_is_passes_the_fields_of_the_question(index: Index, asked: str, there_is: int) -> None:
    assert index.count(asked, by=()).total.of_paragraphs == there_is


def test_people_read_that_something_is_not_known(run: Callable[..., Result]) -> None:
    assert run("mines", "--by", "year").stdout.splitlines()[-1].startswith("not known")
    assert run("mines", "--by", "year", "--format", "tsv").stdout.splitlines()[-1].startswith("\t")
    assert json.loads(run("mines", "--by", "year", "--json").stdout.splitlines()[-1])["year"] is None


def test_several_questions_are_told_apart_by_their_names(index: Index) -> None:
    counts = index.count({"m": "mines", "b": Topic("bombs", "exact")}, by="year,topic")
    assert counts.by == ("year", "topic")
    assert [row.keys for row in counts][:4] == [("2010", "m"), ("2010", "b"), ("2011", "m"), ("2011", "b")]
    assert index.count({"m": "mines", "b": "bombs"}, by="year").by == ("topic", "year")
    assert counts.understood[1] == 'b: the word "bombs"'


def test_rows_may_be_put_in_another_order(index: Index) -> None:
    counts = index.count("mines", by="speaker", of="occurrences", per="1000-words")
    assert [row.keys[0] for row in counts.sorted_by("count", top=2)] == ["Chile", "Japan"]
    assert [row.keys[0] for row in counts.sorted_by("rate", top=1)] == ["Ada Lind"]
    assert counts.sorted_by("count", top=2).total == counts.total


def test_a_question_in_capitals_leads_to_what_it_counts(index: Index) -> None:
    [*_, row] = index.count("THE SEA IS", by="speaker").rows
    assert row.query is not None
    assert index.search(row.query).total == row.paragraphs == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"by": "colour"}, '"colour" is not a key of counts; write year or month or decade or speaker or'),
        ({"of": "letters"}, '"letters" is not a unit of counts; write occurrences or paragraphs or'),
        ({"per": "page"}, '"page" is not a denominator of counts; write statement or paragraph or'),
    ],
)
def test_what_is_no_name_is_refused(index: Index, options: dict[str, str], sentence: str) -> None:
    with pytest.raises(QueryError) as refused:
        index.count("mines", **options)  # type: ignore[arg-type]
    assert str(refused.value).startswith(sentence)


def test_counts_are_plain_data_and_outlive_the_index(folder: Path) -> None:
    with open_index(folder) as opened:
        counts = opened.count("mines", by=("year", "speaker"))
    assert pickle.loads(pickle.dumps(counts)) == counts
    assert json.loads(json.dumps(counts.as_dict()))["by"] == ["year", "speaker"]
    assert counts.as_dicts()[0]["of_words"] == 4 + 4 + 1


def test_a_notebook_shows_a_table(index: Index) -> None:
    html = index.count("mines", by="speaker")._repr_html_()
    assert "for mines (any form or spelling)</caption>" in html
    assert '<th scope="col">speaker</th>' in html


def test_a_notebook_shows_the_first_rows_of_many(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.search.research.tables.SHOWN", 1)
    html = index.count("mines", by="speaker")._repr_html_()
    assert "(3 more rows)" in html
    assert html.count("<tr>") == 2


def test_csv_is_safe_for_spreadsheets_and_other_forms_are_not_changed(run: Callable[..., Result]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("mines", "--by", "speaker", "--format", "csv").stdout)))
    assert [row["speaker"] for row in rows] == ["Ada Lind", "Chile", "'=cmd", "Japan"]
    assert rows[-1]["query"] == 'speaker:"=Japan" mines'
    tsv = run("mines", "--by", "speaker", "--format", "tsv").stdout.splitlines()
    assert [line.split("\t")[0] for line in tsv] == ["speaker", "Ada Lind", "Chile", "=cmd", "Japan"]
    lines = run("mines", "--by", "speaker", "--json").stdout.splitlines()
    assert json.loads(lines[2])["speaker"] == "=cmd"
    assert run("mines", "--by", "speaker", "--format", "md").stdout.startswith("| speaker | occurrences |")


def test_the_command_says_what_it_counted(run: Callable[..., Result]) -> None:
    done = run("mines", "--by", "year", "--top", "2")
    assert done.stderr.splitlines() == [
        "5 occurrences in 4 paragraphs in 3 statements, of 7 in 5 statements,"
        " for mines (any form or spelling)",
        "2 of 5 rows shown.",
    ]
    assert done.stdout.splitlines()[1].split() == ["2010", "2", "1", "3", "1", "2", "1", "9"]


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ([], "There is nothing to count; write a query, --query NAME=QUERY or --topics."),
        (["mines", "--topics", "lancet"], "A question by itself goes without --query and --topics"),
        (["--query", "mines"], '"mines" has no name and question; write --query NAME=QUERY.'),
        (
            ["--topics", "nowhere.yaml"],
            "nowhere.yaml cannot be read as a file of topics; give a file of YAML",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(run: Callable[..., Result], args: list[str], sentence: str) -> None:
    done = run(*args)
    assert done.exit_code in (1, 2)
    assert sentence in done.stderr


def test_bars_fit_the_width_of_a_terminal(folder: Path) -> None:
    shown = on_a_terminal("count", "mines", "--by", "speaker", "--plot", "-i", folder)
    bars = [line for line in shown.splitlines() if "█" in line]
    assert [line.split()[0] for line in bars] == ["Ada", "Chile", "Japan"]
    assert max(map(len, bars)) == 60


def test_a_file_behind_plot_is_drawn_into_and_a_word_is_none(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    path = tmp_path / "a b.svg"
    done = run("--plot", str(path), "mines", "--by", "speaker")
    assert done.exit_code == 0
    assert path.read_text("utf-8").startswith("<svg ")
    assert done.stdout.startswith("speaker")
    assert "█" in run("--plot", "mines", "--by", "speaker").stdout


def test_a_drawing_holds_the_numbers_of_the_rows_twice_the_same(index: Index) -> None:
    counts = index.count("mines", by="year")
    svg = counts.svg()
    assert svg == index.count("mines", by="year").svg()
    assert table_of(svg) == [(bar.label, str(bar.number)) for bar in counts.bars()]


def test_a_drawing_has_what_a_screen_reader_reads() -> None:
    svg = drawn([Bar("a & <b>", 1200), Bar("c\x00d", None)], title='"mines"', measure="paragraphs")
    assert table_of(svg) == [("a & <b>", "1,200"), ("c d", "–")]
    root = ET.fromstring(svg)
    assert [child.tag.partition("}")[2] for child in root][:2] == ["title", "desc"]
    assert root[0].text == '"mines"'
    assert root[1].text == "Bars of paragraphs, 2 in all; the longest is a & <b> with 1,200."


def luminance(colour: str) -> float:
    """Compute the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_texts_and_bars_stand_out_on_paper_and_on_light_and_dark_pages() -> None:
    style = drawn([Bar("a", 1)], title="a", measure="b")
    for some in re.split("@media", style):
        colours = dict(re.findall(r"(text|\.bar|\.ground) \{[^}]*fill: (#[0-9a-f]{6})", some))
        ground = luminance(colours[".ground"])
        for part, least in (("text", 4.5), (".bar", 3.0)):
            lighter, darker = sorted((luminance(colours[part]), ground), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= least


def table_of(svg: str) -> list[tuple[str, str]]:
    """Read a drawing as a screen reader does: by its roles."""
    rows = [one for one in ET.fromstring(svg).iter() if one.get("role") == "row"]
    cells = [{one.get("role"): one.text or "" for one in row} for row in rows]
    return [(cell["rowheader"], cell["cell"]) for cell in cells if "cell" in cell]


@pytest.mark.parametrize("name", ["lancet", "disarmament", "topics/lancet.yaml"])
def test_the_topics_that_come_along_can_all_be_asked(index: Index, name: str) -> None:
    topics = read_topics(name)
    assert len(topics) == (40 if name == "disarmament" else 2)
    assert len(index.count(topics, by=()).rows) == len(topics)


def test_a_file_of_ones_own_goes_before_one_that_comes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lancet.yaml").write_text("no: 'mines'\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_topics("lancet.yaml") == {"no": Topic("mines")}
    assert len(list(SHIPPED.glob("*.yaml"))) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('a: "mines" OR bombs\n', "line 1: this is no YAML; put a question with signs between"),
        ("- mines\n", "line 1: topics are names with a question behind each; write name: question."),
        ("a: mines\na: bombs\n", "line 2: a topic has a name that no other has; give it one."),
        ("a:\n", "line 1: a topic is a question, or a query with a mode; write one of these."),
        ("a: {mode: exact}\n", "line 1: a topic is a question, or a query with a mode; write one of these."),
    ],
)
def test_a_file_that_is_none_of_topics_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(QueryError) as refused:
        read_topics(path)
    assert str(refused.value).startswith(f"{path}, {reason}")
