"""The symbol under which a record was published: read, kept, and shown in hits and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import build, inspect, open_index
from onrecord.search.cli import main

VERBATIM = Path(__file__).parent / "sources" / "verbatim" / "assembly.txt"
SPEECH = """\
Mr. President, we welcome the report on landmines.
{first}
We support the treaty in all its parts.

{second}
We thank you.
"""


def speech(folder: Path, *, first: str, second: str) -> Path:
    path = folder / "JPN_72_2017.txt"
    path.write_text(SPEECH.format(first=first, second=second), "utf-8")
    return path


@pytest.mark.parametrize(
    ("first", "second", "symbol", "why"),
    [
        ("A/72/PV.3", "A/72/PV.3", "A/72/PV.3", "the heads of two pages agree"),
        ("", "20/09/2017 A/72/PV.8", "A/72/PV.8", "a head with its date"),
        ("A/72/PV. 10", "", "A/72/PV.10", "a space in the symbol"),
        ("A/72/PV.3", "A/72/PV.4", None, "heads that disagree tell nothing"),
        ("as we said in A/72/PV.3 and", "", None, "a symbol in running text is a reference"),
        ("", "", None, "no symbol"),
    ],
)
def test_a_speech_of_the_general_debate_has_the_symbol_of_its_pages(
    first: str, second: str, symbol: str | None, why: str, tmp_path: Path
) -> None:
    [found] = inspect(speech(tmp_path, first=first, second=second))
    assert found.as_dict()["document_symbol"] == symbol, why


def test_the_symbol_of_a_verbatim_record_is_in_every_hit(tmp_path: Path) -> None:
    build(VERBATIM, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        hits = index.search("-nothing", limit=None).hits
    assert {hit.document_symbol for hit in hits} == {"A/76/PV.90"}
    assert hits[0].as_dict()["document_symbol"] == "A/76/PV.90"


def test_the_command_line_shows_the_symbol(tmp_path: Path) -> None:
    path = speech(tmp_path, first="A/72/PV.3", second="A/72/PV.3")
    build(path, into=tmp_path / "index")
    run = CliRunner().invoke
    asked = ["search", "landmines", "-i", str(tmp_path / "index")]
    assert "· A/72/PV.3" in run(main, asked).stdout
    assert json.loads(run(main, [*asked, "--json"]).stdout)["document_symbol"] == "A/72/PV.3"
    assert "A/72/PV.3" in run(main, ["inspect", str(path)]).stdout


def test_what_has_no_symbol_says_so(tmp_path: Path) -> None:
    build(speech(tmp_path, first="", second=""), into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.search("landmines").hits[0].document_symbol is None
