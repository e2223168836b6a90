"""Elements and published pages in a real browser: a host of another origin, a strict policy, hostile texts.

Run it with::

    npm install --prefix FOLDER playwright-core axe-core html-validate
    ONRECORD_NODE_MODULES=FOLDER/node_modules pytest -m long tests/long/test_embedded.py --log-cli-level=INFO

It needs Chromium (`chromium` on the path). What is missing is skipped with a sentence.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from onrecord import Index, build, open_index, publish
from onrecord.indexer.analysis.words import words
from onrecord.search.results.shown_text import printable
from onrecord.web import create_app

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
STRINGS = 1_200
IN_A_FILE = 20
# Hits that the pages of the browser's own search are turned for.
_WALKED = 60
MODULES = os.environ.get("ONRECORD_NODE_MODULES")
CHROMIUM = shutil.which("chromium")
PAYLOADS = (
    "<script>ran=1</script>",
    "<img src=x onerror=ran=1>",
    '"><svg onload=ran=1>',
    "' onfocus=ran=1 autofocus='",
    "</blockquote></p></script><script>ran=1</script>",
    "<iframe srcdoc='<script>parent.ran=1</script>'>",
    "javascript:ran=1",
    "<a href=javascript:ran=1>press</a>",
    "<style>@import 'https://elsewhere.example'</style>",
    "<!--<script>ran=1</script>",
    "<template><script>ran=1</script></template>",
    "{{constructor.constructor('ran=1')()}}",
    "${ran=1}",
    "\\u003cscript\\u003eran=1\\u003c/script\\u003e",
    "&lt;script&gt;ran=1&lt;/script&gt;",
    "<math><mtext><style><img src=x onerror=ran=1>",
    "\u202e<b>turned\u202c",
    "\U0001f54a\U0001d518 beyond the first plane \U0001f54a",
    "]]><script>ran=1</script>",
    "%3Cscript%3Eran=1%3C/script%3E",
)
STRICT = "default-src 'none'; script-src {host}; connect-src {host}; require-trusted-types-for 'script'"
QUESTIONS = (
    "needle",
    "NEEDLE zero",
    "côte",
    "cote",
    "script ran",
    "turned",
    "nothingofthekind",
    "حظر",
    "武器",
)


class Served(NamedTuple):
    """What is served where."""

    opened: Index
    folder: Path
    server: str
    host: str
    site: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not MODULES or not Path(MODULES, "playwright-core").is_dir():
        pytest.skip("ONRECORD_NODE_MODULES names no folder with playwright-core and axe-core")
    if CHROMIUM is None:
        pytest.skip("there is no chromium")
    folder = tmp_path_factory.mktemp("embedded")
    write_texts(folder / "texts")
    build(folder / "texts", into=folder / "index")
    pages: dict[str, tuple[str, str]] = {}
    with (
        open_index(folder / "index") as index,
        served_pages(pages) as host,
        served_application(index, cors=host) as server,
        served_files(folder / "site") as site,
    ):
        publish(index, folder / "site", base_url=site, title="Hostile <b>texts</b>")
        policy = STRICT.format(host=server.rsplit("/", 2)[0])
        first = index.search("needle", limit=1)[0]
        pages |= {
            "/search": (policy, host_page(f'<onrecord-search src="{server}" q="needle" limit="200">')),
            "/open": (policy, host_page(f'<onrecord-search src="{server}" q="needle">')),
            "/arabic": (policy, host_page(f'<onrecord-search lang="ar" src="{server}" q="حظر">')),
            "/quotation": (
                policy,
                host_page(
                    *(
                        f'<onrecord-quotation src="{server}" address="{address}">'
                        for address in (
                            first.lasting_address,
                            f"{first.address}~aaaaa",
                            "nowhere-abcde#1",
                        )
                    )
                ),
            ),
        }
        yield Served(index, folder, server, host, site)


def write_texts(folder: Path) -> None:
    folder.mkdir()
    strings = [f"{PAYLOADS[n % len(PAYLOADS)]} needle {n}" for n in range(STRINGS)]
    strings[0] += " zero"
    for at in range(0, STRINGS, IN_A_FILE):
        payload = PAYLOADS[at // IN_A_FILE % len(PAYLOADS)]
        facts = {
            "title": f"{payload} {at}",
            "speaker": payload,
            "forum": f"Forum of {payload}",
            "date": "2021",
        }
        head = "\n".join(f"{name}: {json.dumps(value)}" for name, value in facts.items())
        name = re.sub(r"[/\0]", "_", payload)[:60]
        text = "\n\n".join(strings[at : at + IN_A_FILE])
        (folder / f"{at} {name}.txt").write_text(f"---\n{head}\n---\n\n{text}\n", "utf-8")
    plain = {
        "egypt": "تدعو مصر إلى حظر الأسلحة العنقودية.",
        "china": "中国支持禁止集束武器。",
        "ivory": "La Côte d’Ivoire a signé.\n\nThe coast, la COTE.",
    }
    for name, text in plain.items():
        (folder / f"{name}.txt").write_text(f"Statement by Norway\n\n{text}\n", "utf-8")


def host_page(*elements: str) -> str:
    names = [element[1:].partition(" ")[0] for element in elements]
    inside = "\n".join(f"{one}</{name}>" for one, name in zip(elements, names, strict=True))
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A paper</title>'
        '<meta name="color-scheme" content="light dark">'
        '<script src="SCRIPT" type="module"></script></head>'
        f"<body><main><h1>A paper</h1>{inside}</main></body></html>"
    )


@contextmanager
def served_application(index: Index, *, cors: str) -> Iterator[str]:
    app = Starlette(routes=[Mount("/record", create_app(index, page=False, cors=[cors]))])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/record/"
    server.should_exit = True
    thread.join()


@contextmanager
def in_a_thread(handler: Any) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def served_pages(pages: dict[str, tuple[str, str]]) -> Iterator[str]:
    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            policy, page = pages.get(self.path, ("default-src 'none'", ""))
            host = policy.partition("script-src ")[2].partition(";")[0]
            self.send_response(200 if page else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(page.replace("SCRIPT", f"{host}/record/embed.js").encode())

        def log_message(self, *_: object) -> None:
            pass

    with in_a_thread(Pages) as url:
        yield url


@contextmanager
def served_files(folder: Path) -> Iterator[str]:
    class Files(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with in_a_thread(partial(Files, directory=str(folder))) as url:
        yield url


def browsed(**steps: dict[str, Any]) -> dict[str, Any]:
    asked = {
        "modules": MODULES,
        "chromium": CHROMIUM,
        "steps": steps,
        "pictures": os.environ.get("ONRECORD_PICTURES"),
    }
    script = Path(__file__).with_name("embedded.mjs")
    done = subprocess.run(
        ["node", str(script), json.dumps(asked)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_the_element_shows_what_was_found_and_runs_nothing(served: Served) -> None:
    results = served.opened.search("needle", limit=None)
    assert results.total >= 1_000
    seen = browsed(element={"url": f"{served.host}/search", "hits": results.total})["element"]
    assert seen["wrong"] == []
    assert seen["said"] == f"Paragraphs: {results.total:,} · Statements: {results.statements:,}"
    assert seen["texts"] == [shown(hit.text) for hit in results]
    assert [name for name, _ in seen["links"]] == [hit.lasting_address for hit in results]
    assert all(unquote(url).startswith(f"{served.server}statements/") for _, url in seen["links"])
    assert set(seen["marks"]) == {"needle"}
    assert set(seen["tags"]) <= {
        *("div", "form", "label", "input", "button", "p", "ol", "li", "blockquote", "mark", "a")
    }
    log.info("%s hostile paragraphs shown, no script, no report", f"{len(seen['texts']):,}")


def shown(text: str) -> str:
    """Return a text without what the element takes out, as it does: a space each."""
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb]", " ", text)


def test_a_citation_is_reached_by_keyboard(served: Served) -> None:
    seen = browsed(keyboard={"url": f"{served.host}/open"})["keyboard"]
    hit = served.opened.search("needle zero")[0]
    assert seen["way"] == ["input", "button", "a", "button"]
    assert seen["citation"].startswith(printable(hit.cite())[:40])
    assert hit.lasting_address in seen["citation"]
    assert seen["wrong"] == []


def test_a_quotation_says_what_became_of_it(served: Served) -> None:
    seen = browsed(quotation={"url": f"{served.host}/quotation"})["quotation"]
    same, changed, gone = seen["told"]
    hit = served.opened.search("needle", limit=1)[0]
    assert (same["text"], same["note"], same["changed"]) == (shown(hit.text), "", False)
    assert (changed["changed"], bool(changed["note"])) == (True, True)
    assert "nowhere-abcde" in gone["note"]
    log.info("changed: %s; gone: %s", changed["note"], gone["note"])


def test_pages_are_accessible_in_both_colours_and_widths(served: Served) -> None:
    statement = served.opened.search("needle", limit=1)[0].statement
    paths = ("", f"statements/{statement}/", "forums/", "years/2021/", "404.html")
    looked = browsed(looks={"urls": [f"{served.site}/{path}" for path in paths]})["looks"]
    assert [one for one in looked if one["violations"] or one["beyond"] > 0 or one["wrong"]] == []
    log.info("axe: %s looks at %s pages, no violation", len(looked), len(paths))


def test_elements_are_accessible_in_both_colours_and_widths(served: Served) -> None:
    names = ("quotation", "arabic", "open")
    looked = browsed(looks={"urls": [f"{served.host}/{name}" for name in names]})["looks"]
    assert [one for one in looked if one["violations"] or one["beyond"] > 0] == []
    assert [one["wrong"] for one in looked if one["wrong"] and "quotation" not in one["url"]] == []
    log.info("axe: %s looks at %s pages with elements, no violation", len(looked), len(names))


def test_a_browser_alone_finds_what_holds_all_the_words(served: Served) -> None:
    found = browsed(words={"url": f"{served.site}/", "questions": QUESTIONS})["words"]
    every = {
        hit.lasting_address: hit for hit in served.opened.stream("needle OR norway OR cote OR حظر OR 武")
    }
    for one in found:
        wanted = set(words(one["question"]))
        hits = {address for address, hit in every.items() if wanted <= set(words(hit.text))}
        statements = len({address.partition("#")[0] for address in hits})
        assert one["wrong"] == [], one["question"]
        assert one["said"] == (
            f"{len(hits):,} paragraph{'s' * (len(hits) != 1)} in"
            f" {statements:,} statement{'s' * (statements != 1)}, the newest first"
        )
        shown = {url.partition("/statements/")[2].replace("/#", "#") for url, _ in one["hits"]}
        assert shown == hits if len(hits) <= _WALKED else shown < hits
        assert {mark for marks in one["marks"] for mark in words(marks)} <= wanted
    log.info("%s", "; ".join(f"{one['question']}: {one['said']}" for one in found))


def test_pages_are_valid(served: Served) -> None:
    assert MODULES is not None
    if not Path(MODULES, "html-validate").is_dir():
        pytest.skip("ONRECORD_NODE_MODULES has no html-validate")
    config = served.folder / "validate.json"
    rules = {"valid-id": ["error", {"relaxed": True}]}  # HTML lets an id begin with a digit, as ours do
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:recommended"], "rules": rules}))
    pages = sorted(map(str, (served.folder / "site").rglob("*.html")))
    command = [f"{MODULES}/.bin/html-validate", "--config", str(config), *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    log.info("html-validate: %s pages clean", len(pages))
