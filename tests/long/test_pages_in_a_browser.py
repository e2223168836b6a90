"""Pages before the judges of the web: axe-core in Chromium, a keyboard alone, html-validate, hostile texts.

Run it with::

    apt install chromium
    npm install --prefix FOLDER playwright-core axe-core html-validate
    ONRECORD_NODE_MODULES=FOLDER/node_modules pytest -m long tests/long/test_pages_in_a_browser.py \
        --log-cli-level=INFO

What is missing is skipped with a sentence.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import uvicorn
from oracles.markup import FIELDS, hostile_markup, strange_answer, strange_markup, write_hostile
from starlette.testclient import TestClient

from onrecord import build, open_index
from onrecord.search.web.pages.wording import LANGUAGES
from onrecord.web import create_app

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
TREE = Path(__file__).parents[2]
TEXTS = (TREE / "docs" / "examples" / "statements", TREE / "corpus", TREE / "tests" / "corpus")
MODULES = os.environ.get("ONRECORD_NODE_MODULES", "")
PAGES = (
    "/",
    "/search?q=unexploded+ordnance&context=1",
    "/search?q=peace+zqx+norway&speaker=norway",
    "/statements/{statement}",
    "/statements/{statement}/1",
    "/kwic?q=the",
    "/count?q=ordnance&per=1000-words",
    "/silence?q=ordnance&absent=true&since=2021&until=2021",
    "/compare?a=speaker:norway&b=speaker:japan",
    "/compare?a=speaker:norway&b=speaker:japan&q=ordnance",
    "/verify text=He said “{words}” and “{altered}” and “we never said any such thing at all”.",
    "/help",
    "/problems",
    "/search?q=peace+(war",
    "/search?q=ordnance&lang=ar",
)


@pytest.fixture(scope="module")
def driver() -> Path:
    """Where the modules of node are that the judges need."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    wanted = [Path(MODULES) / name for name in ("playwright-core", "axe-core", "html-validate")]
    if chromium is None or shutil.which("node") is None or not MODULES or not all(map(Path.exists, wanted)):
        pytest.skip("needs chromium, node, and ONRECORD_NODE_MODULES with the modules named above")
    return Path(MODULES)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    build(TEXTS, into=folder)
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile(folder, hostile_markup(18, 400))
    build(folder, into=folder.parent / "hostile-index")
    return folder.parent / "hostile-index"


class Served:
    """The application of an index, on a port of its own."""

    def __init__(self, index: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.base = f"http://127.0.0.1:{free.getsockname()[1]}"
        port = int(self.base.rpartition(":")[2])
        self._server = uvicorn.Server(uvicorn.Config(create_app(index), port=port, log_level="error"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Served:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture(scope="module")
def base(examples: Path) -> Iterator[str]:
    with Served(examples) as served:
        yield served.base


@pytest.fixture(scope="module")
def pages(examples: Path) -> list[str]:
    with open_index(examples) as index:
        hit = index.search("ordnance")[0]
    words = hit.text.split()[:14]
    altered = [*words[:6], "never", *words[7:]]
    named = {"statement": hit.statement, "words": " ".join(words), "altered": " ".join(altered)}
    return [page.format(**named) for page in PAGES]


def driven(driver: Path, task: str, base: str, **spec: Any) -> Any:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    done = subprocess.run(
        [
            "node",
            str(Path(__file__).with_name("pages.cjs")),
            task,
            base,
            str(driver / "axe-core" / "axe.min.js"),
        ],
        input=json.dumps({"chromium": chromium, **spec}).encode(),
        capture_output=True,
        env=os.environ | {"NODE_PATH": str(driver)},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_axe_finds_nothing_in_light_and_dark_on_screens_of_three_sizes(
    driver: Path, base: str, pages: list[str]
) -> None:
    found = driven(driver, "axe", base, pages=pages, widths=[320, 768, 1440])
    log.info("axe-core on %d pages, 6 times each: %d violations", len(pages), len(found))
    assert found == []


def test_a_keyboard_leads_from_a_question_to_a_copied_citation_and_back(
    driver: Path, base: str, examples: Path
) -> None:
    done = driven(driver, "keyboard", base, question='"unexploded ordnance"')
    with open_index(examples) as index:
        hit = index.search('"unexploded ordnance"')[0]
    assert done == {
        "steps": ["Skip to the content", done["steps"][1]],
        "copied": hit.cite(),
        "outlined": "solid",
        "back": True,
    }
    assert hit.speaker is not None
    assert hit.speaker in done["steps"][1]


def test_html_validate_finds_nothing(driver: Path, base: str, pages: list[str], tmp_path: Path) -> None:
    rules = {
        "extends": ["html-validate:recommended", "html-validate:document"],
        # Void elements as HTML has them; ids as the addresses of paragraphs end; lines as long as they are.
        "rules": {
            "void-style": ["error", {"style": "omit"}],
            "require-sri": ["error", {"target": "crossorigin"}],
            "valid-id": ["error", {"relaxed": True}],
            "long-title": "off",
            "no-trailing-whitespace": "off",
        },
    }
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(rules))
    for number, page in enumerate(pages):
        for code in LANGUAGES:
            written = shown(base, page, code)
            (tmp_path / f"{number}-{code}.html").write_bytes(written)
    done = subprocess.run(
        ["node", str(driver / "html-validate" / "bin" / "html-validate.mjs"), "."],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    log.info("html-validate on %d pages in %d languages: %d", len(pages), len(LANGUAGES), done.returncode)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()[-5000:]


logging.getLogger("httpx").setLevel(logging.WARNING)


def shown(base: str, page: str, code: str) -> bytes:
    headers = {"accept": "text/html", "accept-language": code}
    url, _, text = page.partition(" text=")
    if text:
        return httpx.post(base + url, data={"text": text}, headers=headers).content
    return httpx.get(base + url, headers=headers).content


def test_ten_thousand_hostile_strings_are_no_markup(hostile: Path) -> None:
    client = TestClient(create_app(hostile), headers={"accept": "text/html"})
    names = [(url, name) for url, fields in FIELDS for name in fields]
    for number, text in enumerate(hostile_markup(19, 10_000)):
        url, name = names[number % len(names)]
        query = {"q": "peace"} if url == "/search" else {}
        assert strange_answer(client.get(url, params=query | {name: text})) == [], (url, name, text)
        if number % 50 == 0:
            answer = client.post("/verify", data={"text": f"“{text} was said here and there”"})
            assert strange_answer(answer) == [], text
    with open_index(hostile) as index:
        for hit in index.search("peace", limit=None):
            for url in (f"/statements/{hit.statement}", f"/statements/{hit.statement}/{hit.number}"):
                assert strange_answer(client.get(url)) == [], hit.text


def test_no_script_of_a_hostile_text_runs(driver: Path, hostile: Path) -> None:
    with open_index(hostile) as index:
        hits = index.search("peace", limit=None).hits
    pages = [f"/search?q=peace&limit=25&offset={offset}" for offset in range(0, 400, 25)]
    pages += [f"/statements/{quote(hit.statement)}/{hit.number}" for hit in hits[::4]]
    pages += [f"/search?q={quote(text)}&speaker={quote(text)}" for text in hostile_markup(20, 150)]
    pages += [f"/kwic?q=peace&node={quote(text)}" for text in hostile_markup(21, 50)]
    pages += [
        f"/verify text=“{text} was said here”" for text in hostile_markup(22, 100) if "\x00" not in text
    ]
    pages += ["/", "/count?q=peace&by=speaker", "/silence?q=peace&among=persons", "/count?q=peace&by=forum"]
    with Served(hostile) as served:
        failures = driven(driver, "hostile", served.base, pages=pages)
    log.info("%d hostile pages in Chromium: %d scripts or reports", len(pages), len(failures))
    assert failures == []


def test_pages_are_small(base: str, pages: list[str]) -> None:
    sizes = {page: len(shown(base, page, code)) for page in pages for code in LANGUAGES}
    log.info("the largest page has %d bytes", max(sizes.values()))
    assert max(sizes.values()) <= 60_000
    assert not strange_markup(shown(base, pages[0], "en").decode())
