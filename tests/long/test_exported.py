"""Exports, opened by the programs that people open them with: LibreOffice, Datasette, pandas, polars.

Run it with::

    pip install '.[test,judges]'    # Datasette, pandas, polars
    apt install libreoffice-calc-nogui libreoffice-writer-nogui
    pytest -m long tests/long/test_exported.py --log-cli-level=INFO

What is missing is skipped with a sentence. ``ONRECORD_LONG_INDEX`` may name the index of a corpus; then it is
asked too, and the export of all that has "united nations", and of all that has "the", is measured, by
processor time and peak of memory.
"""

from __future__ import annotations

import csv
import json
import logging
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import docx
import openpyxl
import pytest
from oracles.formulas import formulas
from program import environment

from onrecord import Hit, Index, build, open_index

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
FORMULAS = 360
OTHERS = (
    "mines \u202egnihton\u202c turned",
    "الأسلحة النووية mines",
    "核武器 mines",
    "'quoted' \"twice\"; mines",
    "a, b; c\td mines",
    "_x0041_ mines &amp; <b>",
    "\U0001f4a3 mines",
    "e\u0301 mines\u00ad",
    "007 mines",
    "1e5 mines",
)
COLUMNS = "address,number,date,speaker,text"
QUESTION = "mines"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("exported")
    for number, some in enumerate((formulas(FORMULAS), OTHERS)):
        lines = [f"{text} mines" for text in some]
        statement = {"speaker": "Panama", "date": f"2021-09-2{number}", "paragraphs": lines}
        Path(folder, f"texts{number}.jsonl").write_text(json.dumps(statement) + "\n", "utf-8")
    build(folder, into=folder / "index")
    with open_index(folder / "index") as opened:
        yield opened


@pytest.fixture(scope="module")
def hits(index: Index) -> list[Hit]:
    found = list(index.stream(QUESTION, sort="address"))
    assert len(found) >= FORMULAS
    return found


# How LibreOffice is told that a CSV is UTF-8, with commas and quotation marks: what its dialogue asks for.
_AS_CSV = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"


def converted(path: Path, to: str, folder: Path) -> Path:
    """Let LibreOffice open a file and save it in another form."""
    if not shutil.which("soffice"):
        pytest.skip(
            "LibreOffice is not installed; apt install libreoffice-calc-nogui libreoffice-writer-nogui"
        )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", to, "--outdir", str(folder / "out")]
    command += [_AS_CSV, str(path)] if path.suffix == ".csv" else [str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / "out" / f"{path.stem}.{to.partition(':')[0]}"


def words(text: object) -> list[str]:
    """Return the words of a cell; what no XML holds, and marks that stand for a formula, are none."""
    return re.findall(r"\w+", str(text))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_libreoffice_reads_the_same_words_and_works_nothing_out(
    index: Index, hits: list[Hit], form: str, tmp_path: Path
) -> None:
    exported = tmp_path / f"out.{form}"
    index.export(QUESTION, exported, columns=COLUMNS)
    saved = converted(exported, "fods", tmp_path).read_text("utf-8")
    assert "table:formula" not in saved
    assert "xlink:href" not in saved
    sheet = openpyxl.load_workbook(converted(exported, "xlsx:Calc MS Excel 2007 XML", tmp_path)).active
    head, *rows = sheet.iter_rows()
    assert [cell.value for cell in head] == COLUMNS.split(",")
    assert len(rows) == len(hits)
    for row, hit in zip(rows, hits, strict=True):
        assert words(row[0].value) == words(hit.address)
        assert row[4].data_type == "s"
        assert words(row[4].value) == words(hit.text)
    log.info("%s through LibreOffice: %d rows, no formula", form, len(rows))


def test_libreoffice_reads_the_same_words_in_a_document(
    index: Index, hits: list[Hit], tmp_path: Path
) -> None:
    exported = tmp_path / "out.docx"
    index.export(QUESTION, exported, columns="address,text")
    (tmp_path / "again").mkdir()
    text = converted(exported, "txt:Text (encoded):UTF8", tmp_path).read_text("utf-8-sig")
    again = docx.Document(str(converted(exported, "docx", tmp_path)))
    expected = words(QUESTION) + [word for hit in hits for word in (*words(hit.address), *words(hit.text))]
    assert words(text) == expected
    saved = "\n".join(paragraph.text for paragraph in again.paragraphs)
    assert words(saved.replace("_x005F_", "_")) == expected  # how it writes an underscore that begins a code


def test_csv_is_read_back_the_same_by_csv_and_pandas(index: Index, hits: list[Hit], tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed; pip install '.[judges]'")
    path = tmp_path / "out.csv"
    index.export(QUESTION, path, columns=COLUMNS, raw=True)
    expected = [[hit.address, str(hit.number), hit.date, hit.speaker, hit.text] for hit in hits]
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1:] == expected
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
    assert frame.to_numpy().tolist() == expected


def test_parquet_is_read_back_the_same_by_pyarrow_pandas_and_polars(
    index: Index, hits: list[Hit], tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    pandas = pytest.importorskip("pandas", reason="pandas is not installed; pip install '.[judges]'")
    polars = pytest.importorskip("polars", reason="polars is not installed; pip install '.[judges]'")
    path = tmp_path / "out.parquet"
    index.export(QUESTION, path, columns=f"{COLUMNS},highlights,recognised,score,year")
    rows = polars.read_parquet(path).to_dicts()
    assert parquet.read_table(path).to_pylist() == rows
    assert pandas.read_parquet(path)["text"].tolist() == [row["text"] for row in rows]
    for row, hit in zip(rows, hits, strict=True):
        assert (row["address"], row["number"], row["text"], row["year"]) == (
            hit.address,
            hit.number,
            hit.text,
            hit.year,
        )
        assert row["highlights"] == [f"{start}-{end}" for start, end in hit.highlights]


@contextmanager
def served(path: Path) -> Iterator[Callable[[str], Any]]:
    """Let Datasette serve a database on this machine alone, and ask it for JSON."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "datasette",
        "serve",
        "-i",
        str(path),
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:

        def ask(address: str) -> Any:
            with urlopen(f"http://127.0.0.1:{port}{address}", timeout=60) as answer:
                return json.load(answer)

        try:
            for _ in range(200):
                try:
                    ask("/-/versions.json")
                    break
                except OSError:
                    assert server.poll() is None
                    time.sleep(0.2)
            yield ask
        finally:
            server.terminate()


def test_datasette_finds_as_many_as_we_do(index: Index, tmp_path: Path) -> None:
    """Plain words and phrases, in what was exported in exact mode."""
    pytest.importorskip("datasette", reason="Datasette is not installed; pip install '.[judges]'")
    asked = {QUESTION: ("mines", "sum", "核武器", "النووية", '"2021 09 20"', "1e5", "x", "nothere")}
    if folder := os.environ.get("ONRECORD_LONG_INDEX"):
        more = ("landmines", "nuclear", "peace", "cote", "malnutrition", '"security council"', "1945", "not")
        with open_index(folder) as corpus:
            _same_totals(corpus, '"unexploded ordnance" OR landmines OR "nuclear weapons"', more, tmp_path)
    for question, questions in asked.items():
        _same_totals(index, question, questions, tmp_path)


def _same_totals(index: Index, question: str, asked: tuple[str, ...], folder: Path) -> None:
    path = folder / "out.sqlite"
    index.export(question, path, mode="exact")
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    with served(path) as ask:
        tables = {table["name"]: table for table in ask("/out.json")["tables"]}
        assert tables["paragraphs"]["fts_table"] == "paragraphs_fts"
        for words_ in asked:
            theirs = ask(f"/out/paragraphs.json?_size=0&_search={quote(words_)}")["filtered_table_rows_count"]
            ours = index.search(f"({question}) {words_}", mode="exact", limit=0).total
            exactly = index.search(f'({question}) "{words_.strip(chr(34))}"', mode="exact", limit=0).total
            log.info("datasette %s: %d, ours %d", words_, theirs, exactly)
            assert theirs == (ours if " " not in words_ else exactly), words_


# What a process does of itself: search ten, then export, and say what that took.
_MEASURED = """
import json, os, sys
from onrecord import open_index
def peak():
    lines = open("/proc/self/status")
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
folder, path, question = sys.argv[1:]
with open_index(folder) as index:
    list(index.search(question, limit=10))
    before, begun = peak(), sum(os.times()[:4])
    rows = index.export(question, path).rows
    print(json.dumps([rows, sum(os.times()[:4]) - begun, before, peak()]))
"""


@pytest.mark.parametrize("question", ['"united nations"', "the"])
@pytest.mark.parametrize("form", ["csv", "jsonl", "sqlite", "docx", "xlsx", "parquet"])
def test_what_an_export_of_a_corpus_takes(form: str, question: str, tmp_path: Path) -> None:
    """Say how fast it is and what it holds, and judge nothing: a machine may be busy."""
    folder = os.environ.get("ONRECORD_LONG_INDEX")
    if not folder:
        pytest.skip("ONRECORD_LONG_INDEX does not name the folder of an index")
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not tell the peak of memory")
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, folder, tmp_path / f"out.{form}", question],
        capture_output=True,
        check=False,
        env=environment(),
    )
    if form == "xlsx" and b"A sheet holds" in done.stderr:
        pytest.skip("more rows than a sheet has")
    done.check_returncode()
    rows, seconds, before, peak = json.loads(done.stdout)
    message = "%s, %s: %s rows in %.1f s of CPU, %s a second; %d MB, %d more than a search of ten"
    log.info(message, form, question, f"{rows:,}", seconds, f"{rows / seconds:,.0f}", peak, peak - before)
    assert rows > 0
