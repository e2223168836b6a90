"""Exports for other programs: a workbook, a Word document, a database, Parquet, tables to read."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from program import command, environment

from onrecord import ExportError, Hit, Index, build, open_index
from onrecord.indexer.errors import NotInstalled
from onrecord.search.exports import workbook
from onrecord.search.exports.arrow_arrays import arrow_array
from onrecord.search.exports.columns import Kind, plain_cell, read_columns
from onrecord.search.exports.formats import Format
from onrecord.search.exports.text_lines import layout_of
from onrecord.search.results.shown_text import printable

FORMS = [form.value for form in Format]
HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2 mines",
    "http://example.org/ is no link",
    "_x0041_ is no letter",
    "بيان السيد الرئيس: الأسلحة النووية",
    "הצהרה על מוקשים",
    "mines \u202egnihton\u202c turned",
    "a bell\x07 and an escape\x1b[31m of mines",
    '<script>alert("mines")</script> & <b>bold</b>',
    "*stars* _lines_ `ticks` [a](b) | bars \\ ~~gone~~ mines",
    "emoji \U0001f4a3 mines",
    "'quoted' \"twice\"; mines",
)
LONG = "We clear mines of all kinds. " * 3_500


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("hostile")
    rows = "\n\n".join(f"{text} mines." for text in HOSTILE)
    Path(folder, "texts").mkdir()
    Path(folder, "texts", "hostile.txt").write_text(f"Statement by Panama\n\n{rows}\n", "utf-8")
    Path(folder, "texts", "long.txt").write_text(f"Statement by Egypt\n\n{LONG}\n", "utf-8")
    build(folder / "texts", into=folder / "index")
    with open_index(folder / "index") as opened:
        yield opened


def written(index: Index, path: Path, query: str = "mines", **options: Any) -> Path:
    index.export(query, path, **options)
    return path


def hits_of(index: Index, query: str = "mines") -> list[Hit]:
    return list(index.stream(query, sort="address"))


def in_workbook(path: Path) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(path).active
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def without_controls(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers(index: Index, tmp_path: Path) -> None:
    path = written(index, tmp_path / "out.xlsx", "the", columns="address,number,text,year,score")
    rows = [(row["address"], row["number"], row["text"], row["year"]) for row in in_workbook(path)]
    assert rows == [(hit.address, hit.number, hit.text, hit.year) for hit in hits_of(index, "the")]


def test_nothing_hostile_in_a_workbook_is_worked_out(hostile: Index, tmp_path: Path) -> None:
    path = written(hostile, tmp_path / "out.xlsx", "mines speaker:panama", columns="text")
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    texts = re.findall(r"<is><t[^>]*>(.*?)</t></is>", sheet, re.DOTALL)
    shown = [BeautifulSoup(text, "html.parser").get_text().replace("_x005F_", "_") for text in texts[1:]]
    assert shown == [without_controls(hit.text) for hit in hits_of(hostile, "mines speaker:panama")]


def test_a_text_that_no_cell_holds_is_cut_and_told(hostile: Index, tmp_path: Path) -> None:
    run = hostile.export("mines speaker:egypt", tmp_path / "out.xlsx", columns="address,text")
    (row,) = in_workbook(tmp_path / "out.xlsx")
    (hit,) = hits_of(hostile, "mines speaker:egypt")
    kept, said = re.fullmatch(r"(.*) \[cut: ([\d,]+) more characters\]", row["text"], re.DOTALL).groups()  # type: ignore[union-attr]
    assert hit.text == kept + hit.text[-int(said.replace(",", "")) :]
    assert run.notes == (
        f"{hit.address}, text: a cell holds 32,767 characters, and this has {len(hit.text):,};"
        f" it is cut after {len(kept):,}, and whole in csv.",
    )
    program = command("export", "mines", "-o", tmp_path / "o.xlsx", "-i", hostile.status().path)
    done = subprocess.run(program, env=environment(), capture_output=True, check=False)
    assert (done.returncode, "it is cut after" in done.stderr.decode()) == (3, True)


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.integers(30_000, 32_800))
def test_a_cell_never_holds_more_than_it_can(text: str, times: int) -> None:
    notes: list[str] = []
    value = workbook._fitted((text + "\U0001f4a3") * (times // (len(text) + 1)), "here", notes)
    assert isinstance(value, str)
    assert len(value.encode("utf-16-le")) <= 2 * 32_767
    assert bool(notes) == ("[cut: " in value)


def test_more_rows_than_a_sheet_holds_are_refused(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_ROWS", 2)
    with pytest.raises(ExportError) as caught:
        index.export("the", tmp_path / "out.xlsx")
    total = index.search("the").total
    assert str(caught.value) == (
        f"A sheet holds 1 rows below its heading, and there are {total:,};"
        " export csv or sqlite, or narrow the question."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_database_is_whole_and_has_what_a_search_finds(hostile: Index, tmp_path: Path) -> None:
    path = written(hostile, tmp_path / "out.sqlite")
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = database.execute("SELECT address, text FROM paragraphs ORDER BY id").fetchall()
        statements = database.execute("SELECT count(*) FROM statements").fetchone()[0]
        (made,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'paragraphs_fts'").fetchone()
    assert rows == [(hit.address, hit.text) for hit in hits_of(hostile)]
    assert statements == 2
    assert 'content="paragraphs"' in made  # how Datasette knows which table is searched


@pytest.mark.parametrize("word", ["canal", "the", "nations", "peace", "of", "paix"])
def test_the_words_of_a_database_find_as_many_as_ours(index: Index, tmp_path: Path, word: str) -> None:
    path = written(index, tmp_path / "out.sqlite", "the OR la OR of")
    found = "SELECT count(*) FROM paragraphs_fts WHERE paragraphs_fts MATCH ?"
    with closing(sqlite3.connect(path)) as database:
        total = database.execute(found, (f'"{word}"',)).fetchone()[0]
    assert total == index.search(f"(the OR la OR of) {word}", mode="exact").total


@given(st.lists(st.none() | st.text(st.characters(codec="utf-8"))))
def test_texts_for_parquet_are_those_that_pyarrow_makes(texts: list[str | None]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    assert arrow_array(texts, Kind.TEXT).equals(pyarrow.array(texts, pyarrow.string()))


@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1)), st.lists(st.booleans()))
def test_numbers_for_parquet_are_those_that_pyarrow_makes(
    numbers: list[int | None], truths: list[bool]
) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    assert arrow_array(numbers, Kind.WHOLE).equals(pyarrow.array(numbers, pyarrow.int64()))
    assert arrow_array(truths, Kind.TRUTH).equals(pyarrow.array(truths, pyarrow.bool_()))


@given(st.lists(st.lists(st.text("aé", max_size=3)).map(tuple)))
def test_lists_for_parquet_are_those_that_pyarrow_makes(lists: list[tuple[str, ...]]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    expected = pyarrow.array(lists, pyarrow.list_(pyarrow.string()))
    assert arrow_array(lists, Kind.TEXTS).equals(expected)


def test_parquet_loads_no_pandas(index_folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    told = (
        "import sys; from onrecord import open_index; index = open_index(sys.argv[1]);"
        "index.export('the', sys.argv[2]); print('pandas' in sys.modules)"
    )
    arguments = [sys.executable, "-c", told, str(index_folder), str(tmp_path / "out.parquet")]
    done = subprocess.run(arguments, capture_output=True, check=True, env=environment())
    assert done.stdout.strip() == b"False"


def test_parquet_keeps_types(index: Index, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = written(index, tmp_path / "out.parquet", "the", columns="all", context=1)
    rows = parquet.read_table(path).to_pylist()
    columns = read_columns("all", context=1)
    for hit, row in zip(index.stream("the", sort="address", context=1), rows, strict=True):
        values = {column.name: column.value(hit) for column in columns}
        assert row == {name: list(one) if isinstance(one, tuple) else one for name, one in values.items()}


def test_a_word_document_has_every_text(hostile: Index, tmp_path: Path) -> None:
    path = written(hostile, tmp_path / "out.docx")
    document = docx.Document(str(path))
    texts = [one.text for one in document.paragraphs]
    for hit in hits_of(hostile):
        at = texts.index(hit.address)
        assert texts[at + 2] == printable(hit.text)
    right_to_left = [one.text for one in document.paragraphs if one._p.xpath("./w:pPr/w:bidi")]
    assert any("الأسلحة" in text for text in right_to_left)


def test_a_page_shows_every_text(hostile: Index, tmp_path: Path) -> None:
    page = BeautifulSoup(written(hostile, tmp_path / "out.html").read_text("utf-8"), "html.parser")
    assert [cell.get_text() for cell in page.select("td.text")] == [
        printable(hit.text) for hit in hits_of(hostile)
    ]
    assert page.find("script") is None


def test_a_table_in_markdown_shows_every_text(hostile: Index, tmp_path: Path) -> None:
    path = written(hostile, tmp_path / "out.md", columns="address,text")
    page = BeautifulSoup(MarkdownIt().enable("table").render(path.read_text("utf-8")), "html.parser")
    shown = [[cell.get_text() for cell in row.find_all("td")] for row in page.select("tbody tr")]
    assert shown == [[hit.address, " ".join(printable(hit.text).split())] for hit in hits_of(hostile)]


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    columns = read_columns("text", context=0)
    layout = layout_of(Format.MD, columns, raw=False, title="")
    row = f"{layout.before}{layout.cell(columns[0], text)}{layout.after}"
    page = BeautifulSoup(MarkdownIt().enable("table").render(layout.head + row), "html.parser")
    (cell,) = page.find_all("td")
    assert cell.get_text() == " ".join(printable(text).split())


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_come_out_in_every_form(hostile: Index, tmp_path: Path, form: str) -> None:
    run = hostile.export("mines", tmp_path / "first", form=form, columns="all", context=1)
    again = hostile.replay(run, tmp_path / "second")
    assert (again.same, again.differs) == (True, ())
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_what_is_not_installed_is_said(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package, form, sentence in (
        ("xlsxwriter", "xlsx", "XLSX is written by XlsxWriter, which is not installed;"),
        ("pyarrow", "parquet", "Parquet is written by pyarrow, which is not installed;"),
    ):
        monkeypatch.setitem(__import__("sys").modules, package, None)
        with pytest.raises(NotInstalled) as caught:
            index.export("the", tmp_path / f"out.{form}")
        assert str(caught.value).startswith(sentence)
    assert list(tmp_path.iterdir()) == []


def test_a_cell_of_several_texts_has_them_on_lines() -> None:
    assert plain_cell(("a", "b")) == "a\nb"
