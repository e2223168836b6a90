"""The doors of an index of a cluster: `open_index`, and each command, by its address."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from onrecord import Index, NeedsLocalIndex, open_index
from onrecord.indexer.errors import ClusterError, IndexMissing
from onrecord.search.alerts.ledger import ledger_beside
from onrecord.search.alerts.saved_file import SavedSearches
from onrecord.search.cli import main
from onrecord.search.completion.line import folder_of
from onrecord.search.mcp.desk import Desk, Refused
from onrecord.search.web.application import create_app
from onrecord.search.web.problems import problem_of

NOWHERE = "opensearch+http://localhost:1/debates"
QUESTIONS = ('"unexploded ordnance"', "mines", "peace OR security", "speaker:japan")


def run(*words: str, **environ: str) -> Result:
    return CliRunner().invoke(main, [*words], env={"ONRECORD_INDEX": None, **environ}, prog_name="onrecord")


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_index_opens_by_its_address(loaded_address: str, index: Index, question: str) -> None:
    with open_index(loaded_address) as opened:
        found, right = opened.search(question), index.search(question)
        assert (found.total, found.statements) == (right.total, right.statements)
        assert [hit.address for hit in found] == [hit.address for hit in right]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_command_is_given_it_as_an_option_or_by_the_environment(
    loaded_address: str, index_folder: Path, question: str
) -> None:
    here = run("search", question, "--json", "-i", str(index_folder))
    assert here.exit_code == 0
    for there in (
        run("search", question, "--json", "-i", loaded_address),
        run("search", question, "--json", ONRECORD_INDEX=loaded_address),
        run("search", question, "--json", "-i", loaded_address, ONRECORD_INDEX=NOWHERE),
    ):
        assert (there.exit_code, there.stderr) == (0, here.stderr)
        assert list(map(json.loads, there.stdout.splitlines())) == list(
            map(json.loads, here.stdout.splitlines())
        )


@pytest.mark.parametrize(
    "words",
    [
        ("search", "the", "--limit", "all", "--sort", "newest"),
        ("search", "peace", "--fold", "--context", "1"),
        ("search", "secur* OR minez~", "--mode", "broad"),
        ("search", "mines", "--since", "1990", "--speaker", "Japan", "--full"),
        ("search", "zzz", "--json"),
        ("show", "{hit}"),
        ("show", "{statement}", "--no-pager"),
        ("kwic", "the", "--limit", "all"),
        ("near", "the", "--min", "1"),
        ("count", "peace", "--by", "year"),
        ("count", "peace", "--by", "speaker", "--json"),
        ("silence", "mines"),
        ("compare", "speaker:japan", "-speaker:japan", "mines"),
        ("compare", "speaker:japan", "-speaker:japan", "--min", "1"),
        ("cite", "{hit}", "--quote"),
        ("verify", "{file}"),
        ("export", "the", "-o", "-", "--format", "csv"),
        ("brief", "disarmament"),
    ],
    ids=" ".join,
)
def test_a_command_says_the_same_of_a_cluster(
    loaded_address: str, index_folder: Path, index: Index, tmp_path: Path, words: tuple[str, ...]
) -> None:
    hit = index.search("the")[0]
    text = tmp_path / "quoted.md"
    text.write_text(f"It was said: “{hit.text}” And: “nobody ever said these very words here”.\n", "utf-8")
    asked = [word.format(hit=hit.address, statement=hit.statement, file=text) for word in words]
    here, there = (run(*asked, "-i", str(place)) for place in (index_folder, loaded_address))
    assert here.exit_code in (0, 3), here.stderr
    assert (there.exit_code, there.stdout, there.stderr) == (here.exit_code, here.stdout, here.stderr)


def test_the_addresses_of_a_cluster_are_those_of_the_folder(loaded_address: str, index_folder: Path) -> None:
    here, there = (run("addresses", "-i", str(place)) for place in (index_folder, loaded_address))
    assert there.exit_code == here.exit_code == 0
    assert sorted(there.stdout.splitlines()) == sorted(here.stdout.splitlines())


def test_where_nothing_was_loaded_there_is_no_index(cluster_address: str) -> None:
    with pytest.raises(IndexMissing):
        open_index(cluster_address)


def test_a_cluster_that_does_not_answer_is_one_sentence() -> None:
    with pytest.raises(ClusterError) as error:
        open_index(NOWHERE)
    sentence = f"No node of {NOWHERE} answers (connection refused); see whether the cluster runs."
    assert str(error.value) == sentence
    done = run("search", "mines", "-i", NOWHERE)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"onrecord: {sentence}\n")


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("opensearch+http://search.example.org/debates", "would go over the network unencrypted"),
        ("https://search.example.org/debates", "write opensearch+https://HOST,HOST/NAME"),
        ("opensearch+https://me:secret@search.example.org/debates", "holds no password"),
    ],
)
def test_an_address_that_is_none_is_one_sentence(place: str, sentence: str) -> None:
    with pytest.raises(ClusterError, match=re.escape(sentence)):
        open_index(place)
    for done in (run("search", "mines", "-i", place), run("list", ONRECORD_INDEX=place)):
        assert done.exit_code == 1
        assert (done.stdout, done.stderr.count("\n")) == ("", 1)
        assert sentence in done.stderr
        assert "secret" not in done.stderr


@pytest.mark.parametrize("words", [("list",), ("doctor",), ("watch", ".")], ids=" ".join)
def test_what_needs_a_folder_says_so_before_anything_is_asked(words: tuple[str, ...]) -> None:
    done = run(*words, "-i", NOWHERE)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("onrecord: An index of a cluster cannot do this: ")
    assert done.stderr.endswith("; ask an index in a folder instead.\n")


def test_a_file_is_inspected_without_its_address(corpus: Path) -> None:
    file = str(next(corpus.glob("*.md")))
    done = run("inspect", file, "--json", "-i", NOWHERE)
    assert done.exit_code == 0
    assert str(NeedsLocalIndex("name the address of a file")) in done.stderr
    assert json.loads(done.stdout)["paragraphs"]


def test_the_lexicon_of_a_cluster_is_that_of_the_program(loaded_address: str) -> None:
    assert (
        run("lexicon", "NPT", "--json", "-i", loaded_address).stdout == run("lexicon", "NPT", "--json").stdout
    )


def test_what_is_saved_for_a_cluster_lies_in_the_folder_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded_address: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert SavedSearches.beside(NOWHERE).path == tmp_path / "onrecord-saved.yaml"
    assert ledger_beside(NOWHERE) == tmp_path / "debates.alerts"
    assert run("saved", "add", "mines", "mines", "-i", loaded_address).exit_code == 0
    assert run("saved", "list", "-i", loaded_address).stdout.startswith("mines ")
    assert [path.name for path in tmp_path.iterdir()] == ["onrecord-saved.yaml"]


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (NeedsLocalIndex("count every word"), 501, "needs-folder"),
        (ClusterError("debates is away", path="debates"), 503, "unavailable"),
    ],
)
def test_what_a_browser_and_a_model_are_told_names_no_host(
    index: Index, error: ClusterError, status: int, kind: str
) -> None:
    problem, _ = problem_of(error)
    assert (problem["status"], problem["type"].partition("#")[2]) == (status, kind)

    def fail(_: Index) -> None:
        raise error

    with pytest.raises(Refused) as refused:
        Desk(index)._answered(fail)
    said = {problem["detail"], str(refused.value)}
    assert not any("debates" in one for one in said)
    assert error.path or said == {str(error)}


def test_a_cluster_is_served(loaded_address: str, index_folder: Path) -> None:
    asked = "/search.json?q=mines&limit=5"
    there, here = (
        TestClient(create_app(place)).get(asked).json() for place in (loaded_address, index_folder)
    )
    assert there == here
    assert here["paragraphs"] > 0


@pytest.mark.parametrize("words", [["-i", NOWHERE], [f"-i{NOWHERE}"], [f"--index={NOWHERE}"]], ids=" ".join)
def test_names_of_a_cluster_are_not_completed(words: list[str]) -> None:
    assert folder_of(["search", *words]) is None
