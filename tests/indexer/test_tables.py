"""Tables of speeches: which column holds what, how cells are told apart, and what is no table of speeches."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onrecord import build, inspect, open_index, update
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.not_read import why_not_read
from onrecord.indexer.formats.tables.columns import columns_of
from onrecord.indexer.formats.tables.delimited import read_delimited
from onrecord.indexer.formats.tables.objects import read_objects
from onrecord.indexer.reading.drafts import read_source

SPEECH = "We have cleared the harbour, and it took ten years of work."
ROWS = [("Japan", "2021-09-20", SPEECH), ("Panama", "2021-09-21", f"{SPEECH} Thank you.")]
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=20)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def table(*names: str, rows: Any = ROWS, **form: Any) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", **form).writerows([names, *rows])
    return out.getvalue()


def understood(path: Path) -> list[tuple[Any, ...]]:
    return [(one["speaker"], one["date"], len(one["paragraphs"])) for one in map(as_dict, inspect(path))]


def as_dict(one: Any) -> dict[str, Any]:
    return dict(one.as_dict())


@pytest.mark.parametrize(
    "names",
    [
        ("country", "date", "text"),
        ("Land", "Datum", "Wortlaut"),
        ("Pays", "Date", "Discours"),
        ("País", "Fecha", "Intervención"),
        ("Страна", "Дата", "Выступление"),
        ("الدولة", "التاريخ", "الخطاب"),
        ("国家", "日期", "发言内容"),
        ("delegationName", "speech_date", "SPEECH_TEXT"),
        ("x1", "x2", "speech"),
    ],
)
def test_columns_are_known_by_their_names_in_many_languages(tmp_path: Path, names: tuple[str, ...]) -> None:
    found = understood(written(tmp_path, "a.csv", table(*names)))
    assert found == [("Japan", "2021-09-20", 1), ("Panama", "2021-09-21", 1)]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_signs_and_encodings_read_alike(tmp_path: Path, sign: str, encoding: str) -> None:
    rows = [("Japan", "2021-09-20", f'Où? "Là", {SPEECH}\n\nMerci; voilà | à tous.')]
    path = written(
        tmp_path, "a.csv", table("pays", "date", "discours", rows=rows, delimiter=sign).encode(encoding)
    )
    (found,) = inspect(path)
    said = [paragraph.text for paragraph in found.statement.paragraphs]
    assert said == [f'Où? "Là", {SPEECH}', "Merci; voilà | à tous."]


def test_quotation_marks_behind_a_backslash_are_in_the_cell(tmp_path: Path) -> None:
    content = 'country,speech\nJapan,"We said \\"yes\\", and we meant it, all of us."\n'
    (found,) = inspect(written(tmp_path, "a.csv", content))
    assert found.statement.paragraphs[0].text == 'We said "yes", and we meant it, all of us.'


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_cells_come_back_as_the_standard_library_wrote_them(rows: list[list[str]], sign: str) -> None:
    assume(any(map(any, rows)) and not any("\\" in cell for cells in rows for cell in cells))
    out = io.StringIO()
    names = ["country", "date", "speech"]
    csv.writer(out, delimiter=sign, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([names, *rows])
    found = read_delimited(out.getvalue())
    assert found is not None
    kept = [cells for cells in rows if any(cells)]
    assert [list(row.cells.values()) for row in found.rows] == kept


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), CELLS, min_size=1), min_size=1, max_size=5))
def test_objects_are_read_one_by_one_as_if_at_once(objects: list[dict[str, str]]) -> None:
    found = read_objects(json.dumps(objects, indent=1), Path("a.json"))
    assert found is not None
    assert [dict(row.cells) for row in found.rows] == objects


def test_what_stands_around_an_array_holds_for_its_rows(tmp_path: Path) -> None:
    around = {
        "header": {"date": "1997-01-28", "chamber": "Senate"},
        "count": 2,
        "speeches": [
            {"id": 7, "speaker": {"name": "Mr. VEGA"}, "text": ["Mr. President, I rise.", SPEECH]},
            {"id": 8, "speaker": {"name": "The PRESIDING OFFICER"}, "text": SPEECH, "votes": [1, 2]},
        ],
    }
    found = [as_dict(one) for one in inspect(written(tmp_path, "a.json", json.dumps(around)))]
    assert [(one["speaker"], one["speaker_role"], one["forum"], one["date"]) for one in found] == [
        ("Mr. VEGA", None, "Senate", "1997-01-28"),
        ("The PRESIDING OFFICER", "chair", "Senate", "1997-01-28"),
    ]
    assert [one["source_id"] for one in found] == ["7", "8"]


def test_paragraphs_in_a_list_are_the_text_of_a_speech(tmp_path: Path) -> None:
    speeches = [
        {"speaker": {"name": "Ada Berg", "country": "Norway"}, "paragraphs": ["We agree.", "We thank you."]},
        {"speaker": {"name": "Kofi Osei", "country": "Ghana"}, "paragraphs": ["So do we, and we say why."]},
    ]
    content = json.dumps({"date": "2016-11-15", "speeches": speeches})
    found = inspect(written(tmp_path, "a.json", content))
    said = [[paragraph.text for paragraph in one.statement.paragraphs] for one in found]
    assert said == [["We agree.", "We thank you."], ["So do we, and we say why."]]


def test_one_object_is_one_statement_and_its_tags_are_taken_off(tmp_path: Path) -> None:
    one = {
        "speaker": "Ana Vega",
        "date": "20 September 2021",
        "transcript": f"<p>{SPEECH}</p><p>Thank&nbsp;<b>you</b>.</p>",
    }
    path = written(tmp_path, "a.json", json.dumps(one))
    assert understood(path) == [("Ana Vega", "2021-09-20", 2)]


def test_the_country_of_a_whole_parliament_speaks_in_no_row(tmp_path: Path) -> None:
    rows = [(f"Member {letter}", "Panama", SPEECH) for letter in "ABCDEFGHIJ"]
    found = understood(written(tmp_path, "a.csv", table("speaker", "country", "speech", rows=rows)))
    assert found[0][0] == "Member A"


def test_a_table_without_names_is_known_by_its_cells(tmp_path: Path) -> None:
    long = f"{SPEECH} {SPEECH} {SPEECH}"
    columns = columns_of(
        ("1", "2", "3"),
        [{"1": "Japan", "2": "2021-09-20", "3": long}, {"1": "Peru", "2": "2021-09-21", "3": long}],
        {},
    )
    assert columns is None  # nothing says that these are speeches
    path = written(tmp_path, "a.csv", table(*ROWS[0][:2], long, rows=[("Panama", "2021-09-21", long)]))
    written(tmp_path, "a.yaml", "columns: {text: 3}\n")
    assert [one["speaker"] for one in map(as_dict, inspect(path))] == ["Japan", "Panama"]


def test_what_is_guessed_from_cells_alone_is_low(tmp_path: Path) -> None:
    (found, _) = inspect(written(tmp_path, "a.csv", table("x1", "date", "speech")))
    assert {
        name: level for name, level in as_dict(found)["confidence"].items() if name in ("speaker", "date")
    } == {
        "speaker": "low",
        "date": "high",
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "a,b\n1,2\n3,4\n"),
        ("prices.csv", table("country", "date", "price", rows=[("Japan", "2021-09-20", "12.5")] * 3)),
        ("meta.tsv", "ID\tSpeaker_name\tDate\nu1\tVega, Ana\t2021-09-20\nu2\tDiop, Awa\t2021-09-20\n"),
        ("shop.csv", table("name", "country", "description", rows=[("Lamp", "Japan", f"{SPEECH} " * 4)] * 3)),
        ("a.json", '{"type": "FeatureCollection", "features": [{"type": "Feature", "name": "Tokyo"}]}'),
        (
            "package.json",
            '{"name": "a", "version": "1", "description": "A program that does one thing well."}',
        ),
    ],
)
def test_a_table_of_other_things_is_skipped_with_a_reason(tmp_path: Path, name: str, content: str) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    path = written(texts, name, content)
    assert read_source(path) is None
    report = build(texts, into=tmp_path / "index")
    assert [one.reason for one in report.skipped] == [why_not_read(path, b"")]
    assert "it is a table, and no column is known to hold speeches" in report.skipped[0].reason
    again = update(texts, into=tmp_path / "index")
    assert [one.reason for one in again.skipped] == [report.skipped[0].reason]


def test_a_sidecar_says_which_column_holds_what(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "a.csv",
        table("state", "when", "what", rows=[("Japan", "2021", "Yes."), ("Peru", "2022", "No.")]),
    )
    assert read_source(path) is None
    written(tmp_path, "a.yaml", "forum: Assembly of Harbours\ncolumns: {text: what, date: WHEN}\n")
    (first, _) = map(as_dict, inspect(path))
    assert (first["speaker"], first["date"], first["forum"]) == ("Japan", "2021", "Assembly of Harbours")
    assert first["confidence"]["date"] == "certain"


def test_a_changed_sidecar_is_a_change_of_the_table(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    written(texts, "a.csv", table("country", "date", "speech"))
    build(texts, into=tmp_path / "index")
    written(texts, "a.yaml", "columns: {delegation: ~, speaker: country}\n")
    assert update(texts, into=tmp_path / "index").changed.statements == 2


@pytest.mark.parametrize(
    ("sidecar", "said"),
    [
        ("columns: {text: words}", 'line 1: no column is called "words"; there are country, date, speech.'),
        ("columns: {height: date}", 'line 1: "height" is nothing that a column can hold; write one of text,'),
        ("columns: [a]", "metadata must be keys and values"),
    ],
)
def test_a_column_that_cannot_be_meant_is_named(tmp_path: Path, sidecar: str, said: str) -> None:
    path = written(tmp_path, "a.csv", table("country", "date", "speech"))
    written(tmp_path, "a.yaml", sidecar)
    with pytest.raises(SourceError, match=said.replace('"', r"\"")):
        inspect(path)


def test_the_columns_are_shown_as_a_sidecar_says_them(tmp_path: Path) -> None:
    columns = inspect(written(tmp_path, "a.csv", table("country", "date", "speech")))[0].columns
    assert columns is not None
    assert columns.as_dict() == {
        "columns": {"text": "speech", "delegation": "country", "date": "date"},
        "told": [],
        "unused": [],
    }


def test_each_row_is_found_with_its_facts(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    written(texts, "a.csv", table("country", "date", "speech"))
    build(texts, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        (hit,) = index.search('"cleared the harbour" speaker:panama').hits
    assert (hit.speaker, str(hit.date)) == ("Panama", "2021-09-21")


def test_a_row_cut_off_at_the_end_of_what_is_looked_at_does_no_harm(tmp_path: Path) -> None:
    long = f"{SPEECH} " * 3000
    content = table("country", "date", "speech", rows=[("Japan", "2021-09-20", long)] * 2)
    assert len(inspect(written(tmp_path, "a.csv", content))) == 2
    objects = [{"country": "Japan", "speech": long}] * 2
    assert len(inspect(written(tmp_path, "a.json", json.dumps(objects)))) == 2


def test_parquet_without_pyarrow_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.indexer.formats.registry.can_read_parquet", lambda: False)
    with pytest.raises(
        SourceError, match=r"it is Parquet; install pyarrow \(pip install 'onrecord\[parquet\]'\)"
    ):
        inspect(written(tmp_path, "a.parquet", b"PAR1\x00\x00PAR1"))


def test_half_a_character_in_an_identifier_is_refused(tmp_path: Path) -> None:
    speech = {"id": "\ud800", "speaker": "Ann Vega", "speech": "We have cleared the harbour of mines."}
    with pytest.raises(SourceError, match="half a character"):
        inspect(written(tmp_path, "a.json", json.dumps([speech]).encode()))


def test_parquet_with_a_day_beyond_the_calendar_is_refused(tmp_path: Path) -> None:
    pyarrow, path = pytest.importorskip("pyarrow"), tmp_path / "a.parquet"
    days = pyarrow.array([10_000_000], pyarrow.int32()).cast(pyarrow.date32())
    table = pyarrow.table({"country": ["Panama"], "date": days, "speech": ["The canal is ours, and open."]})
    pytest.importorskip("pyarrow.parquet").write_table(table, path)
    with pytest.raises(SourceError, match="the Parquet file is damaged"):
        inspect(path)


def test_parquet_is_read_where_pyarrow_is(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    names, path = ("country", "date", "speech"), tmp_path / "a.parquet"
    parquet.write_table(
        pyarrow.table(dict(zip(names, map(list, zip(*ROWS, strict=True)), strict=True))), path
    )
    assert understood(path) == [("Japan", "2021-09-20", 1), ("Panama", "2021-09-21", 1)]
    assert "pyarrow" in sys.modules
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SourceError, match="the Parquet file is damaged"):
        inspect(path)


def test_a_parquet_file_of_other_things_is_passed_over(tmp_path: Path) -> None:
    """It counted as one that could not be read."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    texts = tmp_path / "texts"
    texts.mkdir()
    other = pyarrow.table({"harbour": ["Genoa", "Oslo"] * 20, "ships": list(range(40))})
    parquet.write_table(other, texts / "ships.parquet")
    written(texts, "a.csv", table("country", "date", "speech"))
    report = build(texts, into=tmp_path / "index")
    assert (report.added.statements, report.failed) == (2, ())
    [passed_over] = report.skipped
    assert "it is a table, and no column is known to hold speeches" in passed_over.reason
    assert update(texts, into=tmp_path / "index").skipped == (passed_over,)
    with pytest.raises(SourceError, match=r"no column of this table is known to hold speeches; name it in"):
        inspect(texts / "ships.parquet")


def test_a_parquet_file_whose_columns_are_told_and_are_not_there_is_a_failure(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.table({"harbour": ["Genoa"], "ships": [1]}), tmp_path / "ships.parquet")
    written(tmp_path, "ships.yaml", "columns:\n  speaker: harbour\n")
    assert build(tmp_path, into=tmp_path / "index").failed
