"""Drawings in SVG, before the judges of the web: xmllint, and axe-core in Chromium, on light and dark pages.

Run it with::

    apt install chromium libxml2-utils
    npm install --prefix FOLDER axe-core
    ONRECORD_NODE_MODULES=FOLDER/node_modules pytest -m long tests/long/test_drawn.py --log-cli-level=INFO

What is missing is skipped with a sentence. A concordance has no form in HTML that could be judged here.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

import pytest
from oracles.cited import hostile_text
from program import command, environment

from onrecord.search.research.drawing import Bar, drawn

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
COUNTED = [
    ["the", "--by", "year"],
    ["the", "--by", "speaker", "--of", "occurrences", "--per", "1000-words"],
    ["--query", "a=canal", "--query", "b=peace OR the", "--by", "topic,language"],
    ["zqxzqx", "--by", "year"],
]


def plotted(index_folder: Path, file: Path, *args: str) -> tuple[str, list[dict[str, Any]]]:
    """Let the command draw into a file and print what it drew."""
    program = command("count", *args, "--plot", file, "--json", "-i", index_folder)
    done = subprocess.run(program, env=environment(), capture_output=True, check=True)
    return file.read_text("utf-8"), [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def drawings(index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Draw what is counted, and bars with all that may stand in a name."""
    folder, chance = tmp_path_factory.mktemp("drawn"), Random(16)
    counted = [plotted(index_folder, folder / f"{at}.svg", *args)[0] for at, args in enumerate(COUNTED)]
    numbers = (0.0, 1.0, 3.5, None, 1e6)
    bars = [Bar(hostile_text(chance), chance.choice(numbers)) for _ in range(40)]
    hostile = drawn(bars, title=hostile_text(chance), measure="</style><script>")
    return [*counted, hostile, drawn([], title="nothing", measure="paragraphs")]


@pytest.mark.parametrize("args", COUNTED, ids=" ".join)
def test_numbers_are_those_of_json_and_bytes_the_same(
    index_folder: Path, tmp_path: Path, args: list[str]
) -> None:
    svg, rows = plotted(index_folder, tmp_path / "a.svg", *args)
    again, _ = plotted(index_folder, tmp_path / "b.svg", *args)
    assert svg == again
    cells = [unescape(cell) for cell in re.findall(r'<text role="cell"[^>]*>([^<]*)</text>', svg)]
    measure = "rate" if "--per" in args else "occurrences" if "--of" in args else "paragraphs"
    expected = [row[measure] for row in rows]
    assert len(cells) == len(rows)
    for cell, number in zip(cells, expected, strict=True):
        if number is None:
            assert cell == "–"
        else:  # a rate is shown with three figures
            assert float(cell.replace(",", "")) == pytest.approx(number, rel=0.005)
    log.info("%s: %d numbers", " ".join(args), len(cells))


def test_xmllint_finds_all_well_formed(drawings: list[str], tmp_path: Path) -> None:
    if not shutil.which("xmllint"):
        pytest.skip("xmllint is not installed; apt install libxml2-utils")
    for number, svg in enumerate(drawings):
        file = tmp_path / f"{number}.svg"
        file.write_text(svg, "utf-8")
        done = subprocess.run(["xmllint", "--noout", file], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


# A page with all drawings in it; axe-core says what it finds in the title, which Chromium prints.
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>drawings</title>
<style>html {{ background: {ground} }}</style><main><h1 style="color: {ink}">Drawings</h1>{drawings}</main>
<pre id="found"></pre><script>{axe}</script><script>
axe.run({{ resultTypes: ["violations", "incomplete"] }}).then(found => {{
  const short = some => some.map(({{ id, nodes }}) => [id, nodes.map(one => one.html.slice(0, 200))]);
  const text = JSON.stringify({{ violations: short(found.violations), incomplete: short(found.incomplete),
    passes: found.passes.map(({{ id }}) => id), dark: matchMedia("(prefers-color-scheme: dark)").matches }});
  document.getElementById("found").textContent = "FOUND" + btoa(unescape(encodeURIComponent(text))) + "END";
}});
</script></html>
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_of(drawings: list[str], tmp_path: Path, scheme: str) -> None:
    axe = Path(os.environ.get("ONRECORD_NODE_MODULES", ""), "axe-core", "axe.min.js")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not axe.is_file() or not chromium:
        pytest.skip("ONRECORD_NODE_MODULES names no folder with axe-core in it, or there is no Chromium")
    ground, ink = ("#161616", "#f2f2f2") if scheme == "dark" else ("#ffffff", "#1b1b1b")
    page = tmp_path / "page.html"
    page.write_text(
        _PAGE.format(drawings="\n".join(drawings), axe=axe.read_text("utf-8"), ground=ground, ink=ink),
        "utf-8",
    )
    done = subprocess.run(
        [
            chromium,
            *("--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"),
            *("--virtual-time-budget=60000", "--dump-dom", "--window-size=1000,800"),
            f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    said = re.search("FOUND([A-Za-z0-9+/=]+)END", done.stdout)
    assert said is not None, done.stdout[-2000:] + done.stderr[-2000:]
    found = json.loads(base64.b64decode(said[1]))
    log.info("axe, %s: passed %s; not told %s", scheme, found["passes"], found["incomplete"])
    assert found["dark"] == (scheme == "dark")
    assert found["violations"] == []
