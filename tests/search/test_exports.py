"""What was found, as files: read back by other programs, whole or not there, and written again."""

from __future__ import annotations

import csv
import io
import json
import random
import signal
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from program import command, environment, on_a_terminal
from whoosh.query import Term

from onrecord import ExportError, Index, OnRecordError, QueryError, build, open_index, remove, update
from onrecord.search.cli import main
from onrecord.search.exports.columns import all_columns, read_columns
from onrecord.search.exports.formats import Format
from onrecord.search.exports.run_record import read_record
from onrecord.search.exports.text_lines import layout_of

EVERYTHING = "the OR *a* OR *o* OR *e* OR *i* OR *u*"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def statement(speaker: str, *paragraphs: str) -> str:
    return "\n\n".join((f"Statement by {speaker}", *paragraphs)) + "\n"


def index_of(folder: Path, **texts: str) -> Path:
    (folder / "texts").mkdir(parents=True)
    for name, text in texts.items():
        Path(folder, "texts", f"{name}.txt").write_text(text, "utf-8")
    build(folder / "texts", into=folder / "index")
    return folder / "index"


@pytest.mark.parametrize("columns", [None, "all"])
def test_csv_reads_back_to_what_a_search_finds(index: Index, tmp_path: Path, columns: str | None) -> None:
    index.export("the", tmp_path / "out.csv", columns=columns)
    written = [(row["address"], row["text"], row["date"] or None) for row in rows_of(tmp_path / "out.csv")]
    assert written == [(hit.address, hit.text, hit.date) for hit in index.stream("the", sort="address")]


def test_json_lines_hold_values_as_they_are(index: Index, tmp_path: Path) -> None:
    index.export("the", tmp_path / "out.jsonl", columns="all", context=1)
    hits = list(index.stream("the", sort="address", context=1))
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().split(b"\n")[:-1]]
    for hit, row in zip(hits, rows, strict=True):
        plain = json.loads(json.dumps(hit.as_dict()))
        for name in row.keys() & plain.keys() - {"before", "after", "highlights"}:
            assert row[name] == plain[name]
        assert row["before"] == [one.text for one in hit.before]
        assert row["highlights"] == [f"{start}-{end}" for start, end in hit.highlights]


def test_values_between_tabs_are_one_line_a_row(index: Index, tmp_path: Path) -> None:
    index.export("the", tmp_path / "out.tsv")
    lines = (tmp_path / "out.tsv").read_text("utf-8").splitlines()
    assert len(lines) == index.search("the").total + 1
    assert len({line.count("\t") for line in lines}) == 1


@pytest.mark.parametrize("order", ["address", "newest", "oldest", "relevance"])
def test_rows_are_in_the_order_that_is_asked_for(index: Index, tmp_path: Path, order: str) -> None:
    index.export("the", tmp_path / "out.csv", sort=order)
    found = [hit.address for hit in index.stream("the", sort=order)]
    assert [row["address"] for row in rows_of(tmp_path / "out.csv")] == found


def test_a_search_in_the_order_of_addresses_is_that_of_the_export_on_every_page(
    index: Index, index_folder: Path, tmp_path: Path
) -> None:
    index.export("the", tmp_path / "out.csv")
    exported = [row["address"] for row in rows_of(tmp_path / "out.csv")]
    asked = ["search", "the", "--sort", "address", "--json", "-i", str(index_folder)]
    printed = CliRunner().invoke(main, [*asked, "--limit", "all"]).stdout.splitlines()
    assert [json.loads(line)["address"] for line in printed] == exported
    pages = [index.search("the", sort="address", limit=3, offset=at) for at in range(0, len(exported), 3)]
    assert [hit.address for page in pages for hit in page] == exported
    places = [(address.partition("#")[0], int(address.partition("#")[2])) for address in exported]
    assert places == sorted(places)


def test_a_sample_is_the_smallest_hashes_of_seed_and_address(index: Index, tmp_path: Path) -> None:
    every = [hit.address for hit in index.stream("the", sort="address")]
    for seed in (0, 7):
        run = index.export("the", tmp_path / "out.csv", sample=3, seed=seed)
        by_hash = sorted(every, key=lambda one: sha256(f"{seed} {one}".encode()).hexdigest())
        expected = [address for address in every if address in by_hash[:3]]
        assert [row["address"] for row in rows_of(tmp_path / "out.csv")] == expected
        assert (run.rows, run.paragraphs) == (3, len(every))


def test_the_record_has_no_clock_and_tells_the_file(index: Index, tmp_path: Path) -> None:
    run = index.export("the", tmp_path / "out.csv")
    first = (tmp_path / "out.csv.record.json").read_bytes()
    assert run.sha256 == sha256((tmp_path / "out.csv").read_bytes()).hexdigest()
    assert read_record(tmp_path / "out.csv.record.json") == run
    index.export("the", tmp_path / "out.csv")
    assert (tmp_path / "out.csv.record.json").read_bytes() == first
    assert str(tmp_path) not in first.decode()


def test_an_index_built_elsewhere_from_shuffled_files_writes_the_same_bytes(
    corpus: Path, index: Index, tmp_path: Path
) -> None:
    texts = tmp_path / "elsewhere" / "texts"
    texts.mkdir(parents=True)
    files = [file for file in corpus.rglob("*") if file.is_file()]
    random.Random(5).shuffle(files)
    for file in files:
        target = texts / file.relative_to(corpus)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
        update(texts, into=tmp_path / "elsewhere" / "index")
    run = index.export("the", tmp_path / "out.csv", context=1)
    with open_index(tmp_path / "elsewhere" / "index") as other:
        again = other.replay(tmp_path / "out.csv.record.json", tmp_path / "again.csv")
    assert (again.same, again.differs, again.record) == (True, (), run)
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()


def test_a_replay_of_other_texts_says_so_and_writes_nothing(tmp_path: Path) -> None:
    folder = index_of(tmp_path, a=statement("Panama", "The canal."), b=statement("Egypt", "A canal."))
    with open_index(folder) as index:
        run = index.export("canal", tmp_path / "out.csv")
    remove(tmp_path / "texts" / "b.txt", into=folder)
    (tmp_path / "again.csv").write_text("mine")
    with open_index(folder) as index:
        again = index.replay(run, tmp_path / "again.csv")
    assert not again.same
    assert again.differs == (
        "the index: it says other things than that of the record (1 paragraph matches, then 2 did).",
    )
    assert (tmp_path / "again.csv").read_text() == "mine"


PAYLOADS = [
    f"{blank}{sign}{call}"
    for blank in ("", " ", "\n")
    for sign in ("=", "+", "-", "@", "\t=", "\r=", "＝", "＋")
    for call in (
        "1+1",
        "cmd|' /C calc'!A0",
        'HYPERLINK("http://example.org","x")',
        "SUM(1,2)",
        "IMPORTXML(A1)",
        "WEBSERVICE(A1)",
        "DDE(1)",
        "2-1",
        "A1&B1",
    )
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_a_csv_begins_as_a_formula_does(payload: str) -> None:
    assert len(PAYLOADS) >= 200
    columns = read_columns("text", context=0)
    guarded = layout_of(Format.CSV, columns, raw=False, title="").cell(columns[0], payload)
    raw = layout_of(Format.CSV, columns, raw=True, title="").cell(columns[0], payload)
    assert next(csv.reader(io.StringIO(guarded, newline="")), [""]) == [f"'{payload}"]
    assert next(csv.reader(io.StringIO(raw, newline=""))) == [payload]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=4))
def test_csv_and_json_read_back_to_any_text(texts: list[str]) -> None:
    columns = read_columns(all_columns()[: len(texts)], context=0)
    for form in (Format.CSV, Format.JSONL):
        layout = layout_of(form, columns, raw=True, title="")
        cells = (layout.cell(column, text) for column, text in zip(columns, texts, strict=True))
        line = f"{layout.before}{layout.between.join(cells)}{layout.after}"
        if form is Format.CSV:
            assert list(csv.reader(io.StringIO(line, newline=""), strict=True)) == [texts]
        else:
            assert list(json.loads(line).values()) == texts


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"to": "out.pdf"}, "out.pdf: the ending says no form of export; name the form, or end it in one of"),
        ({"to": "out", "form": "pdf"}, '"pdf" is no form of export; write one of csv, tsv'),
        (
            {"to": "out.csv", "columns": "text,words"},
            '"words" is no column; write some of address, statement',
        ),
        ({"to": "out.csv", "columns": "text,text"}, 'The column "text" is named twice; name it once.'),
    ],
)
def test_what_cannot_be_written_is_a_sentence(
    index: Index, options: dict[str, Any], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ExportError) as caught:
        index.export("the", **options)
    assert str(caught.value).startswith(sentence)
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_fails_leaves_the_file_as_it_was(index: Index, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")

    def fail(_: object) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        index.export("the", tmp_path / "out.csv", progress=fail)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"out.csv": "mine"}


def test_an_export_that_is_killed_leaves_no_half_file(index_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")
    stopped = (
        "import os, sys, signal\n"
        "from onrecord import open_index\n"
        "with open_index(sys.argv[1]) as index:\n"
        "    index.export('the', sys.argv[2], progress=lambda _: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    program = [*command()[:1], "-c", stopped, str(index_folder), str(tmp_path / "out.csv")]
    done = subprocess.run(program, env=environment(), check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "out.csv").read_text() == "mine"
    assert not (tmp_path / "out.csv.record.json").exists()


def run_program(*args: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(*args), env=environment(), capture_output=True, check=False)


def test_the_command_writes_to_a_file_to_stdout_and_again(index_folder: Path, tmp_path: Path) -> None:
    out, at = tmp_path / "out.csv", ("-i", index_folder)
    assert run_program("export", "the", "-o", out, *at).returncode == 0
    assert run_program("export", "the", "-o", "-", *at).stdout == out.read_bytes()
    again = run_program("replay", tmp_path / "out.csv.record.json", "-o", "-", *at)
    assert (again.returncode, again.stdout) == (0, out.read_bytes())
    assert run_program("replay", out, *at).stderr.decode() == (
        f"onrecord: {out}: this is no run record of this version; give one that onrecord export wrote.\n"
    )


def test_pandas_reads_what_was_written(index: Index, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    index.export("the", tmp_path / "out.csv")
    table = pandas.read_csv(tmp_path / "out.csv", dtype=str, keep_default_na=False)
    assert list(table["text"]) == [hit.text for hit in index.stream("the", sort="address")]


def test_a_query_tree_is_exported_without_a_record_alone(index: Index, tmp_path: Path) -> None:
    tree = Term("text", "canal")
    with pytest.raises(QueryError, match="A query tree cannot be saved"):
        index.export(tree, tmp_path / "out.csv")
    run = index.export(tree, tmp_path / "out.csv", record=False)
    assert run.rows == index.search(tree).total
    with pytest.raises(ExportError, match="which no record keeps"):
        index.replay(run)


def test_a_folder_that_is_not_there_is_said(index: Index, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        index.export("the", tmp_path / "none" / "out.csv", record=False)
    assert str(caught.value).endswith(f"there is no folder {tmp_path / 'none'}; make it first.")


@pytest.mark.parametrize("columns", ["address", "address,number,speaker,date"])
def test_two_processes_export_what_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    texts = {f"t{at}": statement("Panama", *[f"The canal {at} {n}." for n in range(60)]) for at in range(30)}
    with open_index(index_of(tmp_path, **texts)) as index:
        alone = index.export("canal", tmp_path / "alone.csv", columns=columns)
        monkeypatch.setattr("onrecord.search.results.two_processes._MANY", 1)
        monkeypatch.setattr("onrecord.search.results.two_processes._can_share", lambda: True)
        done: list[int] = []
        both = index.export(
            "canal", tmp_path / "both.csv", columns=columns, progress=lambda at: done.append(at.done)
        )
    assert both == alone
    assert done == sorted(done)
    assert done[-1] <= alone.rows


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (statement("Panama", "The canal."), statement("Egypt", "The canal."), "a fact"),
        (statement("Panama", "The canal."), statement("Panama", "A canal."), "a word"),
        (
            statement("Panama", "1. The canal.", "2. Ours."),
            statement("Panama", "3. The canal.", "4. Ours."),
            "a number",
        ),
        (statement("Panama", "The canal.", "Ours."), statement("Panama", "The canal. Ours."), "a border"),
    ],
)
def test_what_a_statement_says_tells_indexes_apart(tmp_path: Path, before: str, after: str, why: str) -> None:
    prints = set()
    for name, text in (("before", before), ("after", after)):
        with open_index(index_of(tmp_path / name, text=text)) as index:
            prints.add(index.export("canal", tmp_path / f"{name}.csv").fingerprint)
    assert len(prints) == 2, why


def test_what_came_and_went_tells_no_indexes_apart(tmp_path: Path) -> None:
    folder = index_of(tmp_path, a=statement("Panama", "The canal."))
    with open_index(folder) as index:
        first = index.export("canal", tmp_path / "out.csv").fingerprint
        (tmp_path / "texts" / "b.txt").write_text(statement("Egypt", "A canal."), "utf-8")
        update(tmp_path / "texts", into=folder)
        assert index.refresh()
        assert index.export("canal", tmp_path / "out.csv").fingerprint != first
        (tmp_path / "texts" / "b.txt").unlink()
        update(tmp_path / "texts", into=folder)
        assert index.refresh()
        assert index.export("canal", tmp_path / "out.csv").fingerprint == first


def test_a_terminal_is_given_no_codes(tmp_path: Path) -> None:
    folder = index_of(tmp_path, a=statement("Panama", "The canal \x9b31m of \u202eours."))
    asked = ("export", "canal", "-i", folder, "-o", "-")
    shown = on_a_terminal(*asked, "--columns", "text,number", "--format", "tsv")
    assert "canal" in shown
    assert "\x9b31m" not in shown
    assert "\u202e" not in shown
    assert "nothing for a terminal" in on_a_terminal(*asked, "--format", "xlsx")


@pytest.mark.parametrize(
    "written", [b"", b"{}", b"[]", b'{"record": 2}', b"\xff", b"[" * 100_000, b'{"record": 1, "counts": 5}']
)
def test_what_is_no_record_is_a_sentence(index: Index, tmp_path: Path, written: bytes) -> None:
    (tmp_path / "r.json").write_bytes(written)
    with pytest.raises(ExportError, match="this is no run record of this version"):
        index.replay(tmp_path / "r.json")


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("format", "pdf"),
        ("columns", ["words"]),
        ("request", {"text": "the", "mode": "odd"}),
        ("request", {"text": "the", "other": 1}),
        ("sample", -1),
    ],
)
def test_a_record_that_was_changed_by_hand_is_refused(
    index: Index, tmp_path: Path, part: str, value: object
) -> None:
    run = index.export("the", tmp_path / "out.csv")
    (tmp_path / "r.json").write_text(json.dumps({**run.as_dict(), part: value}))
    with pytest.raises(OnRecordError):
        index.replay(tmp_path / "r.json", tmp_path / "again.csv")
    assert not (tmp_path / "again.csv").exists()


def test_no_record_is_left_of_a_file_that_was_replaced(index: Index, tmp_path: Path) -> None:
    index.export("the", tmp_path / "out.csv")
    index.export("canal", tmp_path / "out.csv", record=False)
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]
    (tmp_path / "out.csv.record.json").write_text("mine")
    index.export("canal", tmp_path / "out.csv", record=False)
    assert (tmp_path / "out.csv.record.json").read_text() == "mine"
