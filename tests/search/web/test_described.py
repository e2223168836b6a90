"""The description of the web application is a valid one, and every answer is as it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from onrecord.web import create_app

QUESTIONS = ("the", '"the canal"', "peace", "nothingatall", "speaker:panama", "mines OR peace", "(", "*")


@pytest.fixture(scope="module")
def client(index_folder: Path) -> TestClient:
    return TestClient(create_app(index_folder, page=False))


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    described: dict[str, Any] = client.get("/openapi.json").json()
    return described


def wrong_in(description: dict[str, Any], path: str, answer: Any) -> list[str]:
    """Say in what an answer is not as it is described."""
    (operation,) = description["paths"][path].values()
    described = operation["responses"][str(answer.status_code)]["content"]
    media = answer.headers["content-type"].partition(";")[0]
    if media not in described:
        return [f"{media} is not described"]
    if "json" not in media or media == "application/x-ndjson":
        return []
    schema = {**described[media]["schema"], "components": description["components"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(answer.json())]


def test_the_description_is_one(description: dict[str, Any]) -> None:
    validate(description)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/search.json", "&facets=5&context=1&fold=true"),
        ("/search.feed.json", ""),
        ("/kwic.json", ""),
        ("/count.json", "&by=speaker,year&per=1000-words"),
        ("/count.json", "&by=forum&found_only=true&top=2"),
        ("/silence.json", "&absent=true"),
        ("/compare.json", "&a=speaker:panama&b=speaker:china"),
    ],
)
def test_every_answer_is_as_it_is_described(
    client: TestClient, description: dict[str, Any], path: str, more: str, question: str
) -> None:
    answer = client.get(f"{path}?q={question}{more}")
    assert wrong_in(description, path, answer) == []


@pytest.mark.parametrize(
    "url", ["/status.json", "/healthz", "/suggest.json?prefix=p", "/suggest.json?field=lexicon"]
)
def test_answers_on_the_index_are_as_described(
    client: TestClient, description: dict[str, Any], url: str
) -> None:
    assert wrong_in(description, url.partition("?")[0], client.get(url)) == []


def test_statements_and_paragraphs_are_as_described(client: TestClient, description: dict[str, Any]) -> None:
    for hit in client.get("/search.json?q=the&limit=20").json()["hits"]:
        whole = client.get(f"/statements/{hit['statement']}.json")
        assert wrong_in(description, "/statements/{slug}.json", whole) == []
        one = client.get(f"/{hit['url']}.json?context=2")
        assert wrong_in(description, "/statements/{slug}/{number}.json", one) == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["q", "speaker", "since", "mode", "limit", "offset", "at", "sort", "x\r\ny"]),
    value=st.text(max_size=60),
    path=st.sampled_from(["/search.json", "/kwic.json", "/count.json", "/silence.json", "/suggest.json"]),
)
def test_whatever_is_asked_is_answered_as_described(
    client: TestClient, description: dict[str, Any], path: str, name: str, value: str
) -> None:
    asked = {"q": "peace", name: value} if path != "/suggest.json" else {name: value}
    answer = client.get(path, params=asked)
    assert answer.status_code < 500
    assert wrong_in(description, path, answer) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quotations=st.lists(st.text(max_size=80), max_size=4), nearest=st.integers(-1, 12))
def test_whatever_is_verified_is_answered_as_described(
    client: TestClient, description: dict[str, Any], quotations: list[str], nearest: int
) -> None:
    answer = client.post("/verify.json", json={"quotations": quotations, "nearest": nearest})
    assert answer.status_code == (200 if 0 <= nearest <= 10 else 400)
    assert wrong_in(description, "/verify.json", answer) == []
