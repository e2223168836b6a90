"""Nothing that is typed, and nothing that stands in a text, its facts or the name of its file, is markup."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from oracles.markup import FIELDS, hostile_markup, strange_answer, strange_markup, write_hostile
from starlette.testclient import TestClient

from onrecord import build, open_index
from onrecord.web import create_app

STRINGS = list(hostile_markup(17, 110))
HEADERS = {"accept": "text/html"}


@pytest.fixture(scope="module")
def hostile_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile(folder, STRINGS)
    build(folder, into=folder.parent / "hostile-index")
    return folder.parent / "hostile-index"


@pytest.fixture(scope="module")
def client(hostile_index: Path) -> TestClient:
    return TestClient(create_app(hostile_index))


def looked_at(client: TestClient, url: str, **query: str) -> list[str]:
    return strange_answer(client.get(url, params=query, headers=HEADERS))


def test_what_a_page_may_be_made_of_leaves_out_what_an_attack_is_made_of() -> None:
    for attack in (
        "<img src=x>",
        "<p onclick=x>",
        "<a href='javascript:x'>",
        "<script>x</script>",
        "<!-- x -->",
    ):
        assert strange_markup(attack), attack


@pytest.mark.parametrize(("url", "fields"), FIELDS)
def test_nothing_typed_is_markup(client: TestClient, url: str, fields: tuple[str, ...]) -> None:
    for number, text in enumerate(STRINGS):
        name = fields[number % len(fields)]
        query = {"q": "peace", "a": "peace", "b": "more"} if url != "/verify" else {}
        query = {key: value for key, value in query.items() if key in fields}
        assert looked_at(client, url, **(query | {name: text})) == [], (name, text)


def test_nothing_of_a_path_is_markup(client: TestClient) -> None:
    for text in STRINGS[:40]:
        for url in ("/statements/{}", "/statements/{}/1", "/{}"):
            assert looked_at(client, url.format(quote(text, safe=""))) == [], text


def test_nothing_of_a_text_or_its_facts_is_markup(client: TestClient, hostile_index: Path) -> None:
    with open_index(hostile_index) as index:
        hits = index.search("peace", limit=None).hits
        assert len({hit.statement for hit in hits}) > len(STRINGS) * 0.9
        for hit in hits:
            for url in (f"/statements/{hit.statement}", f"/statements/{hit.statement}/{hit.number}"):
                assert looked_at(client, url) == [], hit.text
    for offset in range(0, len(STRINGS), 25):
        query = {"q": "peace", "limit": "25", "offset": str(offset), "context": "1"}
        assert looked_at(client, "/search", **query) == []
    for url in (
        "/",
        "/kwic?q=peace",
        "/count?q=peace&by=speaker",
        "/count?q=peace&by=forum",
        "/silence?q=peace",
    ):
        assert looked_at(client, url) == []


def test_no_quotation_is_markup(client: TestClient) -> None:
    for text in STRINGS:
        answer = client.post("/verify", data={"text": f"“{text} was said here and there”"}, headers=HEADERS)
        assert answer.status_code == 200
        assert strange_markup(answer.text) == [], text


def test_what_is_typed_stands_in_the_form_as_it_was(client: TestClient) -> None:
    html = client.get("/search", params={"q": '"a{{7*7}}" <b>'}, headers=HEADERS).text
    assert 'value="&#34;a{{7*7}}&#34; &lt;b&gt;"' in html
