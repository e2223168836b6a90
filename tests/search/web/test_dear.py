"""Dear questions are answered in a process beside the server, with the same answer, and cannot hold it up."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord import RequestError, open_index
from onrecord.search.web.dear import is_dear
from onrecord.search.web.resource import Asked
from onrecord.search.web.side_process import SideProcess
from onrecord.search.web.view import Site
from onrecord.web import create_app

DEAR = ("*e*", "a* OR b* OR c*", '"the of"~9999', " OR ".join(["peace"] * 50))


@pytest.mark.parametrize("question", DEAR)
def test_what_is_dear_is_told_by_its_letters(question: str) -> None:
    assert is_dear({"q": question})


@pytest.mark.parametrize(
    "question", ["peace", '"cluster munitions"', "mine*", 'speaker:japan "a b"~5 NOT war']
)
def test_what_people_ask_is_not_dear(question: str) -> None:
    assert not is_dear({"q": question})


@pytest.mark.parametrize("question", DEAR)
def test_the_answer_is_the_same_from_there(index_folder: Path, question: str) -> None:
    with open_index(index_folder) as index:
        here = TestClient(create_app(index, page=False)).get("/search.json", params={"q": question})
        there = TestClient(create_app(index_folder, page=False)).get("/search.json", params={"q": question})
    assert there.json() == here.json()
    assert there.headers["etag"] == here.headers["etag"]


def test_a_problem_comes_back_as_one(index_folder: Path) -> None:
    answer = TestClient(create_app(index_folder, page=False)).get("/search.json", params={"q": "*e* ("})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_what_takes_too_long_is_ended_and_the_next_is_answered(index_folder: Path) -> None:
    site, asked = Site(page=False), Asked(values={"q": "*e*"})
    hurried = SideProcess(site, str(index_folder), seconds=0.001)
    with pytest.raises(RequestError, match="takes longer than"):
        hurried.ask("search", "json", asked)
    hurried._seconds = 60
    assert hurried.ask("search", "json", asked).reply.status == 200
    hurried.close()
