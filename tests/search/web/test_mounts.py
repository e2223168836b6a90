"""Mounted under any framework, at any prefix, behind any proxy: links lead on, and the host stays itself."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from hosts import HOSTS, NOT_FOUND, OWN, PROXIES, WENT_WRONG, visitor
from lxml import etree
from starlette.applications import Starlette

from onrecord.web import create_app

PREFIXES = ("", "/a", "/a/b", "/search")
# Every prefix as it is, and one of them behind every proxy.
PLACES = (
    *((prefix, "no proxy") for prefix in PREFIXES),
    *(("/a", proxy) for proxy in PROXIES if PROXIES[proxy][0]),
)
# Where a visitor begins; whatever else there is, links lead to.
ENTRANCES = (
    *(
        "search.json?q=the&limit=2&context=1",
        "search.json?q=the&limit=1&offset=1&facets=3",
        "search.atom?q=the",
    ),
    *("search.feed.json?q=the", "search.jsonl?q=sea", "kwic.json?q=the&limit=2", "count.json?q=the"),
    *(
        "count.svg?q=the",
        "silence.json?q=sea",
        "suggest.json",
        "status.json",
        "opensearch.xml",
        "openapi.json",
    ),
    "healthz",
)
# Keys of answers in JSON whose value is a URL; `type` is that of a problem.
LINKING = {"url", "next", "previous", "feed_url", "home_page_url", "next_url", "type"}
AS_A_BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
OF_A_KIND = 2  # URLs that differ in their names and values alone, and that one visit follows
MOST = 70


@pytest.fixture(scope="module")
def ours(index_folder: Path) -> Starlette:
    return create_app(index_folder)


def has_pages(ours: Starlette) -> bool:
    return any(getattr(route, "path", "") == "/problems" for route in ours.routes)


class Links(HTMLParser):
    """The URLs of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        here = dict(attrs)
        posted = tag == "form" and (here.get("method") or "get").lower() == "post"
        if not posted and here.get("rel") != "preconnect":
            self.found += [url for name in ("href", "src") if (url := here.get(name))]


def links_of(answer: Any, *, pages: bool) -> Iterator[str]:
    """Yield the URLs that an answer names."""
    media = answer.headers["content-type"].partition(";")[0]
    for header in answer.headers.get_list("link"):
        yield from re.findall(r"<([^>]*)>", header)
    if media.endswith("json") and media != "application/x-ndjson":
        yield from (url for url in urls_of(json.loads(answer.text)) if pages or "/problems#" not in f"/{url}")
    elif media == "application/x-ndjson":
        for line in answer.text.splitlines():
            yield from urls_of(json.loads(line))
    elif media.endswith("atom+xml"):
        for link in etree.fromstring(answer.content).iter("{http://www.w3.org/2005/Atom}link"):
            yield str(link.get("href"))
    elif media == "application/opensearchdescription+xml":
        for template in re.findall(r'template="([^"]*)"', answer.text):
            yield template.replace("{searchTerms}", "sea")
    elif media == "text/html":
        page = Links()
        page.feed(answer.text)
        yield from page.found


def urls_of(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from urls_of(one)
    elif isinstance(value, dict) and "openapi" not in value and value.get("type") != "rich":
        for key, one in value.items():
            if key in LINKING and isinstance(one, str):
                yield one
            elif key != "schemas":
                yield from urls_of(one)


def visit(client: Any, root: str, *, pages: bool) -> list[tuple[str, int]]:
    """Follow every link from the entrances on, as far as a visit goes, and return where each led."""
    waiting = [root + entrance for entrance in ENTRANCES]
    if pages:
        waiting.insert(0, root)
    seen, kinds = set(waiting), Counter[str]()
    led: list[tuple[str, int]] = []
    while waiting and len(led) < MOST:
        url = waiting.pop(0)
        answer = client.get(url, headers=AS_A_BROWSER, follow_redirects=True)
        led.append((url, answer.status_code))
        if answer.status_code != 200:
            continue
        for link in links_of(answer, pages=pages):
            target = urldefrag(urljoin(str(answer.url), link)).url
            kind = kind_of(target.removeprefix(root))
            if urlsplit(target).netloc == "testserver" and target not in seen and kinds[kind] < OF_A_KIND:
                kinds[kind] += 1
                seen.add(target)
                waiting.append(target)
    return led


def kind_of(url: str) -> str:
    """Name what URLs have in common that differ in their names and values."""
    parts = urlsplit(url)
    first, *rest = parts.path.split("/")
    names = sorted({name for name, _ in parse_qsl(parts.query)})
    return f"{first} {len(rest)} {Path(parts.path).suffix} {names}"


@pytest.mark.parametrize(("prefix", "proxy"), PLACES)
@pytest.mark.parametrize("host", HOSTS)
def test_every_link_leads_on_wherever_it_is_mounted(
    host: str, prefix: str, proxy: str, ours: Starlette
) -> None:
    root = f"http://testserver{PROXIES[proxy][0]}{prefix}/"
    with_pages = has_pages(ours)
    led = visit(visitor(host, ours, prefix=prefix, proxy=proxy), root, pages=with_pages)
    assert [where for where in led if where[1] != 200] == []
    assert [url for url, _ in led if not url.startswith(root)] == []
    assert {"statements", "search"} <= {kind_of(url.removeprefix(root)).split()[0] for url, _ in led}


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("host", HOSTS)
def test_a_host_keeps_its_pages_and_its_words_for_what_goes_wrong(
    host: str, prefix: str, ours: Starlette
) -> None:
    client = visitor(host, ours, prefix=prefix, proxy="no proxy")
    assert client.get("/own/page").text == OWN
    failed = client.get("/own/broken")
    assert (failed.status_code, failed.text) == (500, WENT_WRONG)
    if prefix:  # else there is nowhere that is not ours
        missing = client.get("/nowhere")
        assert (missing.status_code, missing.text) == (404, NOT_FOUND)


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("host", HOSTS)
def test_what_is_refused_is_a_problem_of_ours_whatever_the_host(
    host: str, prefix: str, ours: Starlette
) -> None:
    client = visitor(host, ours, prefix=prefix, proxy="no proxy")
    for url, status in (("nothing.json", 404), ("search.json?q=(a", 400), ("statements/none/1.json", 404)):
        answer = client.get(f"{prefix}/{url}", headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["status"]) == (status, status)
        where = urljoin(str(answer.url), answer.json()["type"])
        assert urlsplit(where).path == f"{prefix}/problems"


@pytest.mark.parametrize("host", HOSTS)
def test_a_body_is_read_and_a_stream_comes_whole(host: str, ours: Starlette) -> None:
    client = visitor(host, ours, prefix="/a", proxy="no proxy")
    verdicts = client.post("/a/verify.json", json={"quotations": ["the sea"]}).json()["verdicts"]
    total = client.get("/a/search.json?q=the").json()["paragraphs"]
    assert len(verdicts) == 1
    assert len(client.get("/a/search.jsonl?q=the").text.splitlines()) == total
