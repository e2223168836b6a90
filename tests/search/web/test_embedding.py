"""What the application gives to pages of others: elements, and quotations by oEmbed 1.0."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord import Hit, Index
from onrecord.search.web.resources.embedding import LARGEST, script
from onrecord.web import create_app

BASE = "https://host.example/record"


@pytest.fixture(scope="module")
def client(index_folder: Path) -> TestClient:
    return TestClient(create_app(index_folder, page=False, base_url=BASE))


@pytest.fixture(scope="module")
def hit(index: Index) -> Hit:
    return index.search("the", limit=1)[0]


def asked(client: TestClient, url: str, **more: Any) -> dict[str, Any]:
    answer = client.get("/oembed.json", params={"url": url, **more})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_the_element_is_small() -> None:
    assert len(script()) <= LARGEST == 8192


def test_the_element_makes_no_markup_of_texts() -> None:
    sinks = r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|DOMParser|\.style\b"
    assert re.search(sinks, script().decode()) is None


def test_the_element_is_for_pages_of_any_origin(client: TestClient) -> None:
    answer = client.get("/embed.js", headers={"Origin": "https://paper.example"})
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.content == script()


def test_the_element_is_not_sent_again_while_it_is_the_same(client: TestClient) -> None:
    tag = client.get("/embed.js").headers["etag"]
    assert tag != client.get("/status.json").headers["etag"]
    assert client.get("/embed.js", headers={"If-None-Match": tag}).status_code == 304


def test_a_quotation_has_what_the_standard_wants(client: TestClient, hit: Hit) -> None:
    told = asked(client, f"{BASE}/statements/{hit.statement}/{hit.number}")
    assert {"type": "rich", "version": "1.0"}.items() <= told.items()
    assert told["provider_url"] == BASE
    assert hit.lasting_address in told["title"]
    assert f'href="{BASE}/statements/{hit.statement}/{hit.number}"' in told["html"]
    assert "<script" not in told["html"]


def test_a_quotation_is_no_larger_than_there_is_room(client: TestClient, hit: Hit) -> None:
    url = f"{BASE}/statements/{hit.statement}/{hit.number}"
    told = asked(client, url, maxwidth=320, maxheight=200)
    assert (told["width"], told["height"]) == (320, 200)
    told = asked(client, url, maxwidth=5000, maxheight=5000)
    assert (told["width"], told["height"]) == (600, 300)


@pytest.mark.parametrize("form", ["{slug}", "{slug}/", "{slug}.html"])
def test_the_url_of_a_statement_gives_its_first_paragraph_of_substance(
    client: TestClient, index: Index, hit: Hit, form: str
) -> None:
    told = asked(client, f"{BASE}/statements/{form.format(slug=hit.statement)}")
    body = next(one for one in index.show(hit.statement) if one.role == "body")
    assert body.lasting_address in told["title"]


def test_a_url_as_it_is_cited_gives_its_paragraph(client: TestClient, hit: Hit) -> None:
    assert hit.lasting_address in asked(client, f"{BASE}/statements/{hit.lasting_address}")["title"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:/statements/{slug}/1",
        "data:text/html,/statements/{slug}/1",
        "https://elsewhere.example/record/statements/{slug}/1",
        "https://host.example/recordings/statements/{slug}/1",
        "https://host.example/record@evil.example/statements/{slug}/1",
        "//host.example/record/statements/{slug}/1",
        "https://host.example/record/search",
        "https://host.example/record/statements/nowhere-abcde/1",
        "https://[host/statements/{slug}/1",
        "https://host.example/record/statements/{slug}/one",
        "",
    ],
)
def test_a_url_that_is_not_ours_is_not_found(client: TestClient, hit: Hit, url: str) -> None:
    answer = client.get("/oembed.json", params={"url": url.format(slug=hit.statement) or "x"})
    assert answer.status_code == 404, url


@pytest.mark.parametrize("url", ["javascript:/statements/{slug}/1", "javascript://host/statements/{slug}/1"])
def test_without_a_url_of_its_own_it_leads_to_the_web_alone(index_folder: Path, hit: Hit, url: str) -> None:
    client = TestClient(create_app(index_folder, page=False))
    assert client.get("/oembed.json", params={"url": url.format(slug=hit.statement)}).status_code == 404
    there = client.get(
        "/oembed.json", params={"url": f"https://a.example/b/statements/{hit.statement}/1?c=d"}
    )
    assert f'"https://a.example/b/statements/{hit.statement}/1"' in there.json()["html"]


def test_xml_is_not_implemented_and_said_so(client: TestClient, hit: Hit) -> None:
    url = f"{BASE}/statements/{hit.statement}/{hit.number}"
    assert client.get("/oembed.json", params={"url": url, "format": "xml"}).status_code == 501
