"""What the web application answers is what the index says, in every form, and nothing of the machine."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path
from urllib.parse import urljoin

import pytest
from starlette.testclient import TestClient

from onrecord import Index, build, open_index, update
from onrecord.web import create_app


@pytest.fixture(scope="module")
def client(index_folder: Path) -> TestClient:
    return TestClient(create_app(index_folder, page=False))


def test_totals_and_hits_are_those_of_the_index(client: TestClient, index: Index) -> None:
    answer = client.get("/search.json", params={"q": "the", "limit": 3}).json()
    results = index.search("the", limit=3)
    assert (answer["paragraphs"], answer["statements"]) == (results.total, results.statements)
    assert [hit["address"] for hit in answer["hits"]] == [hit.address for hit in results]
    assert answer["understood"] == results.understood


def test_pages_follow_each_other_to_the_last_hit(client: TestClient, index: Index) -> None:
    url, found = "/search.json?q=the&limit=4", []
    while url:
        answer = client.get(url).json()
        found += [hit["address"] for hit in answer["hits"]]
        url = answer["next"] and urljoin(url, answer["next"])
    assert found == [hit.address for hit in index.search("the", limit=None)]


def test_lines_are_all_hits_in_one_stream(client: TestClient, index: Index) -> None:
    lines = client.get("/search.jsonl", params={"q": "the"}).text.splitlines()
    assert [json.loads(line)["address"] for line in lines] == [
        hit.address for hit in index.search("the", limit=None)
    ]


def test_a_table_is_all_hits(client: TestClient, index: Index) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv", params={"q": "the"}).text)))
    assert [row["address"] for row in rows] == [hit.address for hit in index.search("the", limit=None)]


def test_a_paragraph_is_read_where_its_hit_says(client: TestClient) -> None:
    hit = client.get("/search.json", params={"q": "the", "limit": 1}).json()["hits"][0]
    answer = client.get(f"/{hit['url']}.json").json()
    assert answer["paragraph"]["text"] == hit["text"]
    assert hit["lasting_address"] in answer["citation"]


def test_no_answer_names_a_folder_of_the_server(client: TestClient, index_folder: Path, corpus: Path) -> None:
    asked = ["/search.json?q=the&limit=200", "/status.json", "/search.jsonl?q=the", "/search.csv?q=the"]
    for url in asked:
        text = client.get(url).text
        assert str(corpus.parent) not in text, url
        assert str(index_folder) not in text, url


def test_an_index_that_is_not_there_is_unavailable_and_not_named(tmp_path: Path) -> None:
    answer = TestClient(create_app(tmp_path / "none", page=False)).get("/search.json?q=peace")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json()["detail"] == "The index cannot be read at the moment; try again later."


@pytest.mark.parametrize(
    ("url", "status", "kind", "detail"),
    [
        (
            "/search.json",
            400,
            "parameter",
            '"q" is missing: the question, in the query language of On Record.',
        ),
        ("/search.json?q=a&limit=-1", 400, "parameter", '"limit" is a number from 0 to 200 and not "-1".'),
        ("/search.json?q=a&limit=201", 400, "parameter", '"limit" is a number from 0 to 200 and not "201".'),
        ("/search.json?q=a&q=b", 400, "parameter", '"q" is given 2 times; give it once.'),
        ("/search.json?q=a&fold=perhaps", 400, "parameter", '"fold" is true or false and not "perhaps".'),
        (
            "/search.json?q=a&sort=best",
            400,
            "parameter",
            '"best" is no sort; write one of relevance, statement, newest, oldest, address.',
        ),
        ("/search.json?q=a&since=soon", 400, "date", None),
        ("/search.json?q=(a", 400, "query", None),
        ("/search.json?q=a&at=b", 409, "moved-on", None),
        ("/statements/nowhere.json", 404, "address", None),
        ("/nothing", 404, "not-found", None),
    ],
)
def test_what_cannot_be_answered_is_a_problem(
    client: TestClient, url: str, status: int, kind: str, detail: str | None
) -> None:
    answer = client.get(url)
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (status, status)
    assert problem["type"].endswith(f"problems#{kind}")
    assert detail is None or problem["detail"] == detail


def test_a_method_that_is_none_is_refused_with_those_there_are(client: TestClient) -> None:
    answer = client.post("/search.json")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/search.json?q=peace")
    again = client.get("/search.json?q=peace", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_asked_again_is_answered_the_same_until_the_index_moves_on(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "fiji.txt").write_text("Statement by Fiji\n\nThe sea rises.", "utf-8")
    build(texts, into=tmp_path / "index")
    client = TestClient(create_app(tmp_path / "index"))
    asked = "/search?q=sea"
    json_form, page = {"accept": "application/json"}, {"accept": "text/html"}
    first = client.get(asked, headers=json_form)
    assert client.get(asked, headers=json_form).content == first.content
    assert first.json()["paragraphs"] == 1
    in_french = client.get(asked, headers={**page, "accept-language": "fr"}).text
    assert client.get(asked, headers={**page, "accept-language": "fr"}).text == in_french
    assert client.get(asked, headers=page).text != in_french
    (texts / "tonga.txt").write_text("Statement by Tonga\n\nThe sea is warm.", "utf-8")
    update(texts, into=tmp_path / "index")
    again = first
    until = time.monotonic() + 20
    while again.headers["etag"] == first.headers["etag"] and time.monotonic() < until:
        time.sleep(0.05)
        again = client.get(asked, headers=json_form)
    assert again.json()["paragraphs"] == 2


def test_an_open_index_may_be_given(index_folder: Path) -> None:
    with open_index(index_folder) as index:
        client = TestClient(create_app(index, page=False))
        assert client.get("/healthz").json()["status"] == "ok"


def test_a_client_may_ask_so_often(index_folder: Path) -> None:
    client = TestClient(create_app(index_folder, page=False, rate="2/min"))
    assert [client.get("/healthz").status_code for _ in range(3)] == [200, 200, 429]
