"""The manual for those who embed us: every block of it is run, as it stands there."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from docs.examples.fields import described, named, rows
from onrecord import build

TREE = Path(__file__).parent.parent
TEXTS = TREE / "docs" / "examples" / "statements"
MADE_BY_COG = re.compile(r"<!-- \[\[\[cog.*?\]\]\] -->|<!-- \[\[\[end\]\]\] -->", re.DOTALL)
BLOCK = re.compile(r"(?:^`(?P<file>[^`\n]+)`[^\n]*:\n\n)?^```(?P<kind>\w+)\n(?P<code>.*?)^```$", re.M | re.S)
MANUAL = ("embedding.md", "frameworks.md", "http.md", "fields.md")
#: What asks an application that stands in a module, whatever its protocol, and prints what it answers.
ASK = """
import importlib, inspect, json, sys
import httpx
from starlette.testclient import TestClient

module = importlib.import_module(sys.argv[1])
app = getattr(module, "application", None) or module.app
asgi = inspect.iscoroutinefunction(app) or inspect.iscoroutinefunction(type(app).__call__)
if asgi:
    client = TestClient(app, base_url="http://localhost")
else:
    client = httpx.Client(transport=httpx.WSGITransport(app), base_url="http://localhost")
for url in sys.argv[2:]:
    answer = client.get(url)
    print(json.dumps([answer.status_code, answer.text]))
"""


class Block(NamedTuple):
    """A fenced block of a document: its language, what it says, and the file that it is put into."""

    document: str
    kind: str
    code: str
    file: str | None


def blocks(document: str) -> list[Block]:
    """Return the blocks of a document that cog did not write, which are run where they are made."""
    text = (TREE / "docs" / document).read_text("utf-8")
    parts = MADE_BY_COG.split(text)
    return [
        Block(document, found["kind"], found["code"], found["file"])
        for part in parts[::2]
        for found in BLOCK.finditer(part)
    ]


@dataclass(frozen=True)
class Workplace:
    """A folder with the invented statements and an index of them, in which programs are run."""

    folder: Path

    def write(self, block: Block) -> None:
        assert block.file is not None
        path = self.folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.code, "utf-8")

    def run(self, *arguments: object) -> str:
        """Run Python, and return what it prints."""
        command = [sys.executable, "-W", "ignore", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def ask(self, module: str, *urls: str) -> list[tuple[int, str]]:
        """Ask an application for some URLs."""
        lines = self.run("-c", ASK, module, *urls).splitlines()
        return [(status, text) for status, text in map(json.loads, lines)]

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if name != "ONRECORD_INDEX"}
        path = f"{Path(sys.executable).parent}{os.pathsep}{clean['PATH']}"
        return {**clean, "PYTHONPATH": f"{TREE}{os.pathsep}{self.folder}", "PATH": path}


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    folder = tmp_path_factory.mktemp("manual")
    build(TEXTS, into=folder / "index")
    made = Workplace(folder)
    made.run("-m", "django", "startproject", "mysite", folder)
    for block in blocks("frameworks.md"):
        if block.file is not None and block.kind in ("python", "html"):
            made.write(block)
    return made


@pytest.fixture
def empty(tmp_path: Path) -> Workplace:
    """A folder with the statements, and no index."""
    shutil.copytree(TEXTS, tmp_path / "statements")
    return Workplace(tmp_path)


def test_the_python_of_the_manual_is_one_program(empty: Workplace) -> None:
    program = "\n".join(block.code for block in blocks("embedding.md") if block.kind == "python")
    (empty.folder / "program.py").write_text(program, "utf-8")
    printed = empty.run("program.py").splitlines()
    assert printed[0].endswith("statements")
    assert any(line.startswith("This quotation mark is never closed") for line in printed)
    assert 'altered "forty" for "thirty"' in printed


def test_the_notebook_runs(empty: Workplace) -> None:
    shutil.copy(TREE / "docs" / "examples" / "notebook.ipynb", empty.folder)
    empty.run("-m", "jupyter", "execute", "--output=run.ipynb", "notebook.ipynb")
    cells = json.loads((empty.folder / "run.ipynb").read_text("utf-8"))["cells"]
    shown = [output for cell in cells for output in cell.get("outputs", ())]
    assert sum("text/html" in output.get("data", {}) for output in shown) >= 3
    assert "altered" in json.dumps(shown)


def test_every_field_of_an_answer_is_explained() -> None:
    assert [
        (named(kind), name) for kind in described() for name, _, meaning in rows(kind) if not meaning
    ] == []


STATUS, OURS = "/record/status.json", "/record/search.json?q=mines&limit=1"


@pytest.mark.parametrize(
    ("module", "own"),
    [
        ("main", "/"),
        ("mysite.asgi", "/admin/login/"),
        ("mysite.wsgi", "/admin/login/"),
        ("flasksite", "/"),
    ],
)
def test_the_programs_of_the_frameworks_serve_us_and_themselves(
    workplace: Workplace, module: str, own: str
) -> None:
    status, found, host = workplace.ask(module, STATUS, OURS, own)[:3]
    assert (status[0], found[0], host[0]) == (200, 200, 200)
    assert '"statements":16' in status[1]
    assert '"url":"statements/' in found[1]


def test_a_route_of_fastapi_asks_the_index_itself(workplace: Workplace) -> None:
    answered, refused = workplace.ask("asking", '/said?q="unexploded ordnance"', "/said?q=(a")
    assert (answered[0], refused[0]) == (200, 422)
    assert "statement to the First Committee" in answered[1]
    assert "This bracket is never closed" in refused[1]


def servers() -> list[str]:
    return [
        line
        for document in MANUAL
        for block in blocks(document)
        if block.kind == "sh"
        for line in block.code.splitlines()
        if "--port" in line
    ]


@pytest.mark.parametrize("line", servers())
def test_the_lines_that_start_a_server_start_one(workplace: Workplace, line: str) -> None:
    port = free_port()
    command = re.sub(r"--port \d+", f"--port {port}", line).split()
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", *command], cwd=workplace.folder, env=workplace.environment
    ) as server:
        try:
            health = "healthz" if command[0] == "onrecord" else "record/healthz"
            assert b'"status":"ok"' in fetched(f"http://127.0.0.1:{port}/{health}")
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def fetched(url: str) -> bytes:
    """Fetch what a server answers that is starting."""
    for _ in range(600):
        try:
            with urllib.request.urlopen(url) as answer:
                return bytes(answer.read())
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {url}")


def test_every_block_is_of_a_kind_that_is_run() -> None:
    assert {
        (block.document, block.kind, block.code[:60])
        for document in MANUAL
        for block in blocks(document)
        if not is_run(block)
    } == set()


CI = (TREE / ".ci" / "run").read_text("utf-8").replace('"$work/site"', "build/site").splitlines()


def is_installation(line: str) -> bool:
    """Tell whether a line installs us, with extras that there are, or what our tests need as well."""
    named = re.fullmatch(r"pip install '?(?:onrecord|\.)(?:\[(?P<extra>\w+)\])?'?", line)
    return named is not None and (named["extra"] is None or f"\n{named['extra']} =\n" in SETUP)


SETUP = (TREE / "setup.cfg").read_text("utf-8")


def is_run(block: Block) -> bool:
    lines = block.code.splitlines()
    if block.kind == "sh":
        return all("--port" in line or line in CI or is_installation(line) for line in lines)
    return block.kind in ("python", "html") or (block.kind, block.file) == ("nginx", "site.conf")
