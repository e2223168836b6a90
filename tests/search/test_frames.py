"""What was found as a table for pandas, Polars and Arrow, and as a notebook shows it."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import Index, NotInstalled, build, open_index
from onrecord.search.frames.notebook import marked
from onrecord.search.frames.tabular import Tabular

STATEMENTS = {
    "japan": (
        "speaker: Japan\ndate: 2019-09-24",
        "Mines kill. We clear mines.\n\nMines <b>must</b> go & stay.",
    ),
    "chile": ("speaker: Chile\ndate: 2019", "No mines here."),
    "old": ("speaker: Peru\ndate: 1648-10-24", "No mines then."),
    "span": ("speaker: Fiji\ndate: 2020", "The sea, and mines in it."),
    "nobody": ("title: Of nobody", "Mines, said nobody."),
    "egypt": ("speaker: Egypt\ndate: 2021-03\nlanguage: ar", "الألغام تقتل mines الأطفال"),
    "silent": ("speaker: Kenya\ndate: 2019-01-02", "A word of thanks."),
}
LIBRARIES = ("pandas", "polars", "pyarrow")
ASKED: dict[str, Callable[[Index], Any]] = {
    "results": lambda index: index.search("mines", limit=None, sort="address", context=1),
    "counts": lambda index: index.count("mines", by=("year", "speaker"), per="statement"),
    "months": lambda index: index.count("mines", by=("month",)),
    "concordance": lambda index: index.kwic("mines", limit=None),
    "collocates": lambda index: index.near("mines", minimum=1, limit=None),
    "silence": lambda index: index.silence("mines"),
    "rates": lambda index: index.compare("speaker:japan", "speaker:chile", "mines"),
    "key words": lambda index: index.compare("speaker:japan", "-speaker:japan", minimum=1),
    "verdicts": lambda index: index.verify_text(
        "“Mines kill, we keep mines”, “No mines here now”, “the sea”"
    ),
    "nothing": lambda index: index.search("zebra"),
    "no lines": lambda index: index.kwic("zebra"),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("frames")
    for name, (head, text) in STATEMENTS.items():
        (folder / f"{name}.md").write_text(f"---\n{head}\n---\n\n{text}\n", "utf-8")
    build(folder, into=folder / ".index")
    with open_index(folder / ".index") as opened:
        yield opened


def frame(found: Any, library: str) -> Any:
    pytest.importorskip(library)
    return {"pandas": found.to_pandas, "polars": found.to_polars, "pyarrow": found.to_arrow}[library]()


def rows(frame: Any, library: str) -> list[dict[str, Any]]:
    """Return the rows of a frame as that library gives them, whatever it has for what is missing as None."""
    if library != "pandas":
        return list(frame.to_pylist() if library == "pyarrow" else frame.to_dicts())
    import pandas

    def value(held: Any) -> Any:
        if not isinstance(held, list) and pandas.isna(held):
            return None
        return held.date() if isinstance(held, pandas.Timestamp) else held

    return [{name: value(held) for name, held in row.items()} for row in frame.to_dict("records")]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", ASKED)
def test_a_frame_says_what_the_dictionaries_say(index: Index, name: str, library: str) -> None:
    found = ASKED[name](index)
    made = rows(frame(found, library), library)
    said = found.as_dicts()
    assert len(made) == len(said)
    for row, one in zip(made, said, strict=True):
        for column, value in one.items():
            if isinstance(value, (tuple, list)) and not all(isinstance(each, str) for each in value):
                continue  # objects: neighbours, edits, stretches
            plain: Any = list(value) if isinstance(value, tuple) else value
            if column == "year" and plain is not None:
                plain = int(plain) if plain.isdecimal() else None
            if column in row or column not in ("highlights", "nearest"):
                assert row[column] == (pytest.approx(plain) if isinstance(plain, float) else plain), column


@pytest.mark.parametrize("library", LIBRARIES)
def test_all_rows_are_numbered_and_all_columns_are_there_where_there_are_none(
    index: Index, library: str
) -> None:
    full, empty = (frame(ASKED[name](index), library) for name in ("results", "nothing"))
    columns = "column_names" if library == "pyarrow" else "columns"
    assert list(getattr(full, columns)) == list(getattr(empty, columns))
    if library == "pandas":
        assert list(full.index) == list(range(len(full)))
        assert list(full.dtypes) == list(empty.dtypes)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_date_stays_as_precise_as_it_is_and_has_its_days_beside_it(index: Index, library: str) -> None:
    made = rows(frame(index.search("mines", limit=None), library), library)
    dated = {(row["date"], row["first_day"], row["last_day"], row["year"]) for row in made}
    day = datetime.date
    assert dated == {
        ("2019-09-24", day(2019, 9, 24), day(2019, 9, 24), 2019),
        ("2019", day(2019, 1, 1), day(2019, 12, 31), 2019),
        ("1648-10-24", day(1648, 10, 24), day(1648, 10, 24), 1648),
        ("2020", day(2020, 1, 1), day(2020, 12, 31), 2020),
        ("2021-03", day(2021, 3, 1), day(2021, 3, 31), 2021),
        (None, None, None, None),
    }


def test_days_and_numbers_are_what_pandas_counts_with(index: Index) -> None:
    pandas = pytest.importorskip("pandas")
    found = frame(index.search("mines", limit=None), "pandas")
    since = found[found.first_day >= pandas.Timestamp("2019-06-01")]
    assert sorted(since.speaker) == ["Egypt", "Fiji", "Japan", "Japan"]
    counts = frame(index.count("mines", by="year"), "pandas")
    assert counts[counts.year >= 2019].paragraphs.sum() == 5
    assert counts.set_index("year_shown").paragraphs["not known"] == 1


def test_days_and_numbers_are_what_polars_counts_with(index: Index) -> None:
    polars = pytest.importorskip("polars")
    found = frame(index.search("mines", limit=None), "polars")
    since = found.filter(polars.col("first_day") >= datetime.date(2019, 6, 1))
    assert sorted(since["speaker"]) == ["Egypt", "Fiji", "Japan", "Japan"]
    assert found.schema["score"] == polars.Float64


def test_whoever_reads_arrow_is_given_it(index: Index) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    found = index.kwic("mines", limit=None)
    read = pyarrow.RecordBatchReader.from_stream(found).read_all()
    assert read.column("match").to_pylist() == [line.match for line in found]
    assert read.schema.field("first_day").type == pyarrow.date32()


@pytest.mark.parametrize("name", ["results", "concordance"])
def test_a_frame_may_be_made_when_the_index_is_closed(index: Index, tmp_path: Path, name: str) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "a.txt").write_text("Statement by Fiji\n\nMines in the sea.", "utf-8")
    build(tmp_path, into=tmp_path / ".index")
    with open_index(tmp_path / ".index") as opened:
        found = ASKED[name](opened)
    assert found.to_arrow().num_rows == 1


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", ASKED)
def test_a_library_that_is_not_there_is_named_in_a_sentence(
    index: Index, monkeypatch: pytest.MonkeyPatch, name: str, library: str
) -> None:
    found = ASKED[name](index)
    assert isinstance(found, Tabular)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(NotInstalled) as refused:
        {"pandas": found.to_pandas, "polars": found.to_polars, "pyarrow": found.to_arrow}[library]()
    assert str(refused.value) == f"{library} is not installed; pip install {library}, or take as_dicts()."


class Page(HTMLParser):
    """A page as a reader aloud goes through it: rows of cells, what is marked, the caption, all tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.marks: list[str] = []
        self.tags: set[str] = set()
        self.caption = ""
        self.undirected = 0
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        self.tags.add(tag)
        self.undirected += tag in ("td", "caption") and ("dir", "auto") not in attrs
        if tag == "td":
            self.cells.append("")
        if tag == "mark":
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "td" in self._open:
            self.cells[-1] += data
        if "mark" in self._open:
            self.marks[-1] += data
        if "caption" in self._open:
            self.caption += data


TAGS = {"table", "caption", "thead", "tbody", "tr", "th", "td", "mark"}


@pytest.mark.parametrize("name", ASKED)
def test_a_notebook_shows_a_table_that_is_escaped_and_says_what_there_is(index: Index, name: str) -> None:
    page = Page(ASKED[name](index)._repr_html_())
    assert page.tags <= TAGS
    assert page.caption
    assert page.undirected == 0


def test_a_notebook_marks_what_was_found_and_keeps_every_letter(index: Index) -> None:
    results = index.search("mines", speaker="Japan", sort="address")
    page = Page(results._repr_html_())
    assert page.caption == (f"2 paragraphs in 1 statement for {results.understood}")
    assert page.cells[4::5] == [hit.text for hit in results]
    assert page.cells[::5] == [hit.address for hit in results]
    assert [mark.lower() for mark in page.marks] == ["mines", "mines", "mines"]


def test_a_notebook_has_lines_from_right_to_left_mirrored(index: Index) -> None:
    (line,) = index.kwic("mines", speaker="Egypt")
    cells = Page(index.kwic("mines", speaker="Egypt")._repr_html_()).cells
    assert cells[:3] == [line.after, line.match, line.before]


def test_a_notebook_marks_what_a_quotation_has_otherwise(index: Index) -> None:
    page = Page(ASKED["verdicts"](index)._repr_html_())
    assert page.caption == "3 quotations: 2 altered, 1 too short"
    assert page.marks == ["keep", "now"]


def test_a_notebook_shows_the_first_of_many(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.search.frames.notebook.SHOWN", 2)
    page = Page(index.search("mines", limit=None)._repr_html_())
    assert len(page.cells) == 2 * 5
    assert "(showing 1-2)" in page.caption


@given(
    st.text(alphabet="ab <&*… ", max_size=1500),
    st.lists(st.integers(0, 1500), max_size=8, unique=True).map(sorted),
)
def test_what_is_marked_is_a_stretch_of_the_text(text: str, places: list[int]) -> None:
    spans = [(a, b) for a, b in zip(places[::2], places[1::2], strict=False) if b <= len(text)]
    page = Page(f"<td dir='auto'>{marked(text, spans)}</td>")
    (shown,) = page.cells
    assert len(shown) <= 602
    assert shown == text or shown.removeprefix("…").removesuffix("…") in text
    assert all(text[a:b].startswith(mark) for mark, (a, b) in zip(page.marks, spans, strict=False))
    assert bool(page.marks) == bool(spans)
