"""The benchmarks still run: next to nothing is measured, and no time is claimed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.formats import FORMATS
from benchmarks.speech import Speech
from onrecord.indexer.paths import SourceFile
from onrecord.indexer.reading.statements import read_statements

ROOT = Path(__file__).parent.parent
SECTIONS = (
    "Build",
    "Reading formats",
    "Queries, warm",
    "A page, warm",
    "Totals of the random queries",
    "The command line",
    "Streams",
    "Adding",
    "Nothing to do",
    "Growth",
    "Relevance: first for capitals",
)
WORDS = (
    "the of and in for united nations peace world nuclear weapons disarmament verification inspection "
    "satellite cluster munitions countries field maintenance international security"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("benchmarks")
    texts, out = folder / "texts", folder / "results.md"
    texts.mkdir()
    for number in range(12):
        write_statement(texts / f"statement-{number}.txt", chance=random.Random(number), year=1990 + number)
    peers_left_out = ("--without", "Whoosh,tantivy-one-field")
    run("benchmarks", str(texts), "--quick", "--scale", "1", *peers_left_out, "--out", str(out))
    return out.read_text("utf-8")


def write_statement(path: Path, *, chance: random.Random, year: int) -> None:
    paragraphs = [" ".join(chance.choices(WORDS.split(), k=30)).capitalize() + "." for _ in range(4)]
    path.write_text("\n\n".join(["Statement by Japan", str(year), *paragraphs]), "utf-8")


def run(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout


@pytest.mark.parametrize("title", SECTIONS)
def test_every_section_writes_its_table(page: str, title: str) -> None:
    assert f"\n## {title}" in page


def test_every_total_is_that_of_a_scan(page: str) -> None:
    assert "NOT CONFIRMED" not in page


def test_the_facets_count_the_same_names(page: str) -> None:
    assert "NOT EQUAL" not in page


def test_every_added_statement_is_found(page: str) -> None:
    assert "FAILED" not in page


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_the_same_paragraphs(name: str, tmp_path: Path) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    said = [f"We have cleared harbour {n} of mines, and ask others to do the same. " * 3 for n in range(6)]
    speeches = [
        Speech("Japan", tuple(map(str.strip, said[:3]))),
        Speech("Panama", tuple(map(str.strip, said[3:]))),
    ]
    (tmp_path / name).write_bytes(FORMATS[name](speeches))
    read = read_statements(SourceFile.alone(tmp_path / name), content_hash="") or []
    words = " ".join(paragraph.text for one in read for paragraph in one.paragraphs)
    assert all(" ".join(text.split()) in words for text in said)


def test_what_is_taken_of_judged_pages_is_scored(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    prose = "We thank the Secretariat for its report, and we ask for more of this kind."
    judged = []
    for name in ("a/1.html", "a/2.html"):
        page = f"<nav>Home</nav><article><h1>Peace</h1><p>{prose}</p><p>Print</p></article>"
        (tmp_path / "pages" / name.replace("/", "_")).write_text(page)
        judged.append({"file": name, "with": ["thank the  Secretariat"], "without": ["Home", "Print"]})
    (tmp_path / "judgements.json").write_text(json.dumps(judged))
    table = run("benchmarks", "pages", str(tmp_path)).splitlines()
    ours = next(line for line in table if line.startswith("| ours"))
    assert [cell.strip() for cell in ours.split("|")][2:7] == ["all", "1.000", "1.000", "1.000", "0"]


@pytest.mark.parametrize(
    "file",
    [
        *("section_pages.py", "table.py", "timing.py", "relevance/measures.py", "relevance/randomisation.py"),
        *("relevance/collection.py", "relevance/capitals.py"),
    ],
)
def test_the_examples_in_docstrings_hold(file: str) -> None:
    assert run("doctest", f"benchmarks/{file}") == ""
