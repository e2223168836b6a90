"""A command whose library is not installed says in one sentence what to install; all others go without it."""

from __future__ import annotations

import os
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from program import PROJECT, environment

from onrecord.search.cli import main

# What is not there, as where the base alone is installed.
_WITHOUT = "import sys\nfor name in sys.argv.pop(1).split(): sys.modules[name] = None\n"
_RUN = "from onrecord.search.cli import main\nmain(prog_name='onrecord')\n"
_OF_EXTRAS = "pyarrow xlsxwriter tesserocr watchfiles starlette uvicorn jinja2 msgspec mcp redis opensearchpy"
EXTRAS = ConfigParser()
EXTRAS.read(PROJECT / "setup.cfg", "utf-8")


def run(*args: object, **variables: str) -> subprocess.CompletedProcess[str]:
    asked = [sys.executable, "-c", _WITHOUT + _RUN, _OF_EXTRAS, *map(str, args)]
    return subprocess.run(asked, env=environment(**variables), capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("asked", "extra"),
    [
        (("export", "cluster", "-o", "out.parquet"), "parquet"),
        (("export", "cluster", "-o", "out.xlsx"), "spreadsheets"),
        (("index", "--ocr", "."), "ocr"),
        (("serve", "--port", "0"), "web"),
        (("mcp",), "mcp"),
        (("search", "mines", "--index=opensearch+http://localhost/debates"), "cluster"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_missing_is_one_sentence(
    index_folder: Path, tmp_path: Path, asked: tuple[str, ...], extra: str
) -> None:
    if asked[0] not in main.list_commands(None):  # type: ignore[arg-type]
        pytest.skip(f"there is no command {asked[0]} yet")
    index = tmp_path / "new" if asked[0] == "index" else index_folder
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        done = run(*asked, ONRECORD_INDEX=str(index))
    finally:
        os.chdir(before)
    assert done.returncode == 1, done.stderr
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("onrecord: ")
    assert f"pip install 'onrecord[{extra}]'" in sentence
    assert EXTRAS.has_option("options.extras_require", extra)
    assert [path.name for path in tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    "asked",
    [
        ("search", "cluster"),
        ("count", "cluster", "--by", "year"),
        ("kwic", "cluster"),
        ("export", "cluster", "-o", "out.csv"),
        ("export", "cluster", "-o", "out.docx"),
        ("status",),
        ("completion", "bash"),
        ("watch", "--help"),
    ],
    ids=" ".join,
)
def test_all_others_need_no_extra(index_folder: Path, tmp_path: Path, asked: tuple[str, ...]) -> None:
    asked = tuple(str(tmp_path / word) if word.startswith("out.") else word for word in asked)
    done = run(*asked, ONRECORD_INDEX=str(index_folder))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_all_holds_every_extra_of_a_command_but_scans() -> None:
    extras = dict(EXTRAS.items("options.extras_require", raw=True))
    last = [line.strip() for line in extras["all"].splitlines() if line.strip() and "#" not in line]
    (held,) = last
    named = {name.strip() for name in held.removeprefix("onrecord[").removesuffix("]").split(",")}
    for_work = {"test", "judges", "dev", "bench", "pages", "ranking", "docs"}
    assert extras.keys() - for_work - {"all", "ocr", "xlsx"} <= named
