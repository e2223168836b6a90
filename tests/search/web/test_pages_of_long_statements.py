"""However long a text is, its page is small, and each paragraph is reached by its anchor without a script."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord import Hit, build, open_index
from onrecord.search.web.pages.excerpts import excerpt
from onrecord.web import create_app

SMALL = 60_000
PARAGRAPHS = 520


@pytest.fixture(scope="module")
def long_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    said = "\n\n".join(
        f"Point {number} is on the canal, {'and the sea, ' * (number % 40)}</script> and is made."
        for number in range(PARAGRAPHS)
    )
    (folder / "long.md").write_text(f"---\nspeaker: Panama\ndate: 1973\n---\n\n{said}\n")
    build(folder, into=folder.parent / "long-index")
    return folder.parent / "long-index"


@pytest.fixture(scope="module")
def client(long_index: Path) -> TestClient:
    return TestClient(create_app(long_index), headers={"accept": "text/html"})


def test_each_part_has_every_anchor_and_leads_to_the_part_of_each(
    client: TestClient, long_index: Path
) -> None:
    with open_index(long_index) as index:
        slug = index.search("canal")[0].statement
        numbers = {str(hit.number) for hit in index.show(slug)}
    assert len(numbers) == PARAGRAPHS
    first = client.get(f"/statements/{slug}").text
    parts = sorted({int(start) for start in re.findall(r'href="\?from=(\d+)', first)})
    shown: list[str] = []
    for start in (1, *parts):
        html = client.get(f"/statements/{slug}?from={start}").text
        assert len(html.encode()) <= SMALL
        assert set(re.findall(r' id="(\d+)"', html)) == numbers
        shown += re.findall(r'<div class="paragraph[^"]*" id="(\d+)"', html)
    assert sorted(shown, key=int) == sorted(numbers, key=int)


@pytest.mark.parametrize("query", ["limit=200", "limit=200&context=2", "limit=200&context=10", "limit=25"])
def test_a_page_of_hits_is_small_whatever_is_asked(client: TestClient, query: str) -> None:
    assert len(client.get(f"/search?q=the&{query}").content) <= SMALL
    assert len(client.get("/kwic?q=the&limit=200&window=50").content) <= SMALL


def test_what_programs_read_of_a_paragraph_is_its_text(client: TestClient, long_index: Path) -> None:
    with open_index(long_index) as index:
        hit = index.search('"point 7"')[0]
    html = client.get(f"/statements/{hit.statement}/{hit.number}").text
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    quotation = json.loads(data)
    assert (quotation["@type"], quotation["text"]) == ("Quotation", hit.text)
    assert quotation["identifier"] == hit.lasting_address
    (selector,) = re.findall(r"<pre[^>]*>(.*?)</pre>", html, re.DOTALL)
    assert json.loads(unescape(selector))["exact"] == hit.text


@given(st.text("ab 水", min_size=1, max_size=300).filter(str.strip), st.integers(5, 80), st.integers(0, 299))
def test_an_excerpt_is_a_stretch_of_the_text_around_what_was_found(text: str, length: int, at: int) -> None:
    start = min(at, len(text) - 1)
    hit = replace(_HIT, text=text, highlights=((start, start + 1),))
    html = str(excerpt(hit, length))
    shown = unescape(re.sub(r"</?mark>", "", html)).removeprefix("… ").removesuffix(" …")
    assert shown in text
    assert f"<mark>{text[start]}</mark>" in html


_HIT = Hit("a#1", "a", 1, "", "", None, None, None, None, None, None, "a.md", 0.0)
