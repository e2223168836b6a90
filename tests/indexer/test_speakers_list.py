"""The corpus's own list of speakers beside the speeches of the General Debate; all names are made up."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from onrecord import SourceError, build, inspect, open_index, update
from onrecord.indexer.formats.tables.spreadsheet import sheets
from onrecord.search.cli.program import main

Cell = str | int | float | None
LIST = "Speakers_by_session.xlsx"
HEAD = ("Year", "Session", "ISO Code", "Country", "Name of Person Speaking", "Post")
ROWS = (
    (1970, 25, "ALB", "Albania", "Mr. Ilir Prifti", "Minister for Foreign Affairs"),
    (1970, 25, "FJI", "Fiji", "Ms. Mere Vula", "Prime Minister"),
    (1971, 26, "ALB", "Albania", "Ms. Drita Hoxhaj", None),
    (1971, 26, "FJI", "Fiji", None, None),
)
SPEECH = "Mr. President, we wish you well.\n\nThe harbours of our country are open."
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def column(number: int) -> str:
    letters = ""
    while number >= 0:
        letters, number = chr(ord("A") + number % 26) + letters, number // 26 - 1
    return letters


def spreadsheet(*sheets_: Sequence[Sequence[Cell]], shared: bool = True, places: bool = True) -> bytes:
    """Write rows as Excel does (texts shared, each cell with its place) or as other programs do."""
    texts: list[str] = []
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}"/>')
        for number, rows in enumerate(sheets_, 1):
            written = "".join(_row(at, row, texts, shared, places) for at, row in enumerate(rows, 1))
            package.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>{written}</sheetData></worksheet>',
            )
        items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
        package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')
    return out.getvalue()


def _row(at: int, row: Sequence[Cell], texts: list[str], shared: bool, places: bool) -> str:
    cells = []
    for number, value in enumerate(row):
        place = f' r="{column(number)}{at}"' if places else ""
        if value is None:
            cells.append("" if places else "<c/>")
        elif not isinstance(value, str):
            cells.append(f"<c{place}><v>{value}</v></c>")
        elif shared:
            texts.append(value)
            cells.append(f'<c{place} t="s"><v>{len(texts) - 1}</v></c>')
        else:
            cells.append(f'<c{place} t="inlineStr"><is><t>{escape(value)}</t></is></c>')
    return f"<row{f' r={chr(34)}{at}{chr(34)}' if places else ''}>{''.join(cells)}</row>"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Lay out speeches as the corpus does: a folder a session, the list at the root."""
    for name in ("ALB_25_1970", "FJI_25_1970", "ALB_26_1971", "FJI_26_1971"):
        folder = tmp_path / "corpus" / "TXT" / f"Session {name[4:6]} - {name[-4:]}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.txt").write_text(SPEECH, "utf-8")
    (tmp_path / "corpus" / LIST).write_bytes(spreadsheet([HEAD, *ROWS]))
    return tmp_path / "corpus"


def text(corpus: Path, name: str) -> Path:
    return next(corpus.rglob(f"{name}.txt"))


def told(path: Path) -> dict[str, Any]:
    return inspect(path)[0].as_dict()


def test_the_list_says_who_spoke_and_as_what(corpus: Path) -> None:
    found = told(text(corpus, "ALB_25_1970"))
    names = ("speaker", "delegation_code", "person", "post")
    assert [found[name] for name in names] == [
        *("Albania (ALB)", "ALB", "Mr. Ilir Prifti", "Minister for Foreign Affairs"),
    ]
    how = found["findings"]["speaker"]
    assert (how["confidence"], how["what"], how["line"]) == (
        *("certain", "the corpus's own list, Speakers_by_session.xlsx", 2),
    )
    assert how["evidence"] == (
        "ALB_25_1970.txt; Speakers_by_session.xlsx, row 2: Mr. Ilir Prifti, Minister for Foreign Affairs"
    )


@pytest.mark.parametrize(
    ("name", "person", "post"),
    [
        ("FJI_25_1970", "Ms. Mere Vula", "Prime Minister"),
        ("ALB_26_1971", "Ms. Drita Hoxhaj", None),
        ("FJI_26_1971", None, None),
    ],
)
def test_each_speech_has_its_own_row(corpus: Path, name: str, person: str | None, post: str | None) -> None:
    found = told(text(corpus, name))
    assert (found["person"], found["post"]) == (person, post)


SHAPES = {
    "as other programs write it": spreadsheet([HEAD, *ROWS], shared=False, places=False),
    "below a title": spreadsheet([("Speakers of the General Debate",), (), HEAD, *ROWS]),
    "on the second sheet": spreadsheet([("Read me", "first")], [HEAD, *ROWS]),
    "without the year": spreadsheet([row[1:] for row in (HEAD, *ROWS)]),
    "without the session": spreadsheet([(row[0], *row[2:]) for row in (HEAD, *ROWS)]),
    "with figures as texts": spreadsheet([HEAD, *[(f"{row[0]}.0", f"{row[1]}.0", *row[2:]) for row in ROWS]]),
    "by country alone": spreadsheet([(*row[:2], *row[3:]) for row in (HEAD, *ROWS)]),
    "with other names": spreadsheet(
        [("YEAR", "session", "iso_code", "country", "Speaker", "Position"), *ROWS]
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_list_is_read_in_any_shape(corpus: Path, shape: str) -> None:
    (corpus / LIST).write_bytes(SHAPES[shape])
    found = told(text(corpus, "FJI_25_1970"))
    assert (found["person"], found["post"]) == ("Ms. Mere Vula", "Prime Minister"), shape


def test_the_nearest_list_counts(corpus: Path) -> None:
    speech = text(corpus, "ALB_25_1970")
    own = (1970, 25, "ALB", "Albania", "Mr. Besnik Dervishi", "Ambassador")
    (speech.parent / LIST).write_bytes(spreadsheet([HEAD, own]))
    assert told(speech)["person"] == "Mr. Besnik Dervishi"


def test_two_rows_that_disagree_are_a_doubt(corpus: Path) -> None:
    other = (1970, 25, "ALB", "Albania", "Mr. Besnik Dervishi", "Ambassador")
    (corpus / LIST).write_bytes(spreadsheet([HEAD, *ROWS, other, ROWS[0]]))
    how = told(text(corpus, "ALB_25_1970"))["findings"]["speaker"]
    assert (how["confidence"], how["runner_up"]["value"]) == ("low", "Mr. Besnik Dervishi")


def test_a_row_that_fits_two_files_is_a_doubt_of_both(corpus: Path) -> None:
    twin = corpus / "more" / "ALB_25_1970.txt"
    twin.parent.mkdir()
    twin.write_text(f"{SPEECH} They will stay so.", "utf-8")
    report = build(corpus, into=corpus.parent / "index", doubts=True)
    doubted = [doubt.path for doubt in report.doubts if "speaker" in doubt.doubtful]
    assert doubted == [str(text(corpus / "TXT", "ALB_25_1970")), str(twin)]


def test_a_corpus_that_was_copied_whole_is_no_doubt(corpus: Path) -> None:
    copy = corpus.parent / "copy"
    for path in [path for path in corpus.rglob("*") if path.is_file()]:
        target = copy / path.relative_to(corpus)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    report = build([corpus, copy], into=corpus.parent / "index", doubts=True)
    assert [doubt for doubt in report.doubts if "speaker" in doubt.doubtful] == []


def test_a_person_of_the_list_is_searched_for(corpus: Path) -> None:
    build(corpus, into=corpus.parent / "index")
    with open_index(corpus.parent / "index") as index:
        assert {hit.person for hit in index.search("harbours person:drita")} == {"Ms. Drita Hoxhaj"}
        assert {hit.delegation_code for hit in index.search('harbours post:"prime minister"')} == {"FJI"}


def test_a_changed_row_is_a_changed_speech_and_no_other(corpus: Path) -> None:
    build(corpus, into=corpus.parent / "index")
    rows = [(*ROWS[0][:4], "Ms. Teuta Leka", "Ambassador"), *ROWS[1:]]
    (corpus / LIST).write_bytes(spreadsheet([HEAD, *rows]))
    report = update(corpus, into=corpus.parent / "index")
    assert (report.changed.statements, report.unchanged.statements) == (1, 3)
    with open_index(corpus.parent / "index") as index:
        assert index.search("person:teuta").statements == 1
        assert index.search("person:ilir").statements == 0


@pytest.mark.parametrize("where", [".", "TXT", "TXT/Session 25 - 1970"])
def test_a_list_that_comes_or_goes_is_seen(corpus: Path, where: str) -> None:
    data = (corpus / LIST).read_bytes()
    (corpus / LIST).unlink()
    build(corpus / "TXT", into=corpus.parent / "index")
    (corpus / where / LIST).write_bytes(data)
    came = update(corpus / "TXT", into=corpus.parent / "index")
    assert came.changed.statements == (3 if where != "TXT/Session 25 - 1970" else 2)
    assert update(corpus / "TXT", into=corpus.parent / "index").written is False
    (corpus / where / LIST).unlink()
    went = update(corpus / "TXT", into=corpus.parent / "index")
    assert went.changed == came.changed
    assert update(corpus / "TXT", into=corpus.parent / "index", check=True).written is False


def test_the_list_is_no_source_of_its_own(corpus: Path) -> None:
    report = build(corpus, into=corpus.parent / "index")
    assert (report.added.statements, report.skipped, report.unused_lists) == (4, (), ())


def test_a_list_that_fits_no_text_is_named(corpus: Path) -> None:
    (corpus / LIST).write_bytes(spreadsheet([HEAD, (1999, 54, "ALB", "Albania", "Ms. Nobody", None)]))
    index = corpus.parent / "index"
    result = CliRunner().invoke(main, ["index", str(corpus), "-i", str(index), "--json"])
    assert json.loads(result.stdout)["unused_lists"] == [str(corpus / LIST)]
    assert f"a list of speakers that fits no text: {corpus / LIST}" in result.stderr


def test_a_list_beside_other_texts_is_named_too(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(f"Statement by Fiji\n\n{SPEECH}", "utf-8")
    (tmp_path / "texts" / LIST).write_bytes(spreadsheet([HEAD, *ROWS]))
    report = build(tmp_path / "texts", into=tmp_path / "index")
    assert (report.added.statements, report.unused_lists) == (1, (str(tmp_path / "texts" / LIST),))


def test_in_an_archive_the_list_holds_too(corpus: Path) -> None:
    archive = corpus.parent / "texts" / "corpus.zip"
    archive.parent.mkdir()
    with ZipFile(archive, "w") as package:
        for path in sorted(corpus.rglob("*")):
            if path.is_file():
                package.write(path, str(path.relative_to(corpus)))
    build(archive.parent, into=corpus.parent / "index")
    with open_index(corpus.parent / "index") as index:
        assert index.search("person:drita").statements == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (spreadsheet([("a", "b")]), "it has no columns for the code, the session or year"),
        (b"no spreadsheet", "it has no columns for the code, the session or year"),
        (b"PK\x03\x04 broken", "the archive is damaged"),
    ],
)
def test_a_list_that_cannot_be_read_is_told_and_what_was_indexed_stays(
    corpus: Path, data: bytes, reason: str
) -> None:
    build(corpus, into=corpus.parent / "index")
    (corpus / LIST).write_bytes(data)
    with pytest.raises(SourceError, match=reason):
        inspect(text(corpus, "ALB_25_1970"))
    report = update(corpus, into=corpus.parent / "index")
    assert [Path(error.source).name for error in report.failed] == [LIST]
    with open_index(corpus.parent / "index") as index:
        assert index.search("person:drita").statements == 1


CELLS = (
    st.none()
    | st.integers(0, 9999)
    | st.text("ab &<é漢 ", min_size=1).filter(lambda text: text.strip() != "")
)


@given(
    rows=st.lists(st.lists(CELLS, max_size=30), max_size=5),
    shared=st.booleans(),
    places=st.booleans(),
)
def test_cells_are_where_they_were_written(rows: list[list[Cell]], shared: bool, places: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.xlsx")
        [read] = sheets(path, spreadsheet(rows, shared=shared, places=places))
    assert {row.number: row.cells for row in read} == {
        number: cells
        for number, row in enumerate(rows, 1)
        if (cells := {at: " ".join(str(cell).split()) for at, cell in enumerate(row) if cell is not None})
    }


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=30), max_size=5))
def test_what_another_program_writes_is_read_as_it_says(rows: list[list[Cell]]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    [read] = sheets(Path("a.xlsx"), out.getvalue())
    assert {row.number: row.cells for row in read} == {
        number: cells
        for number, row in enumerate(rows, 1)
        if (cells := {at: " ".join(str(cell).split()) for at, cell in enumerate(row) if cell is not None})
    }
