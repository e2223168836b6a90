"""A local index loaded into a cluster: whole or not at all, and the same however often its loader died."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cluster.nodes import Hosts
from oracles.our_trees import write_statements
from program import environment

from onrecord import ClusterError, Progress, build, remove, update
from onrecord.indexer.cluster import bulk
from onrecord.indexer.cluster.address import parse_cluster_address
from onrecord.indexer.cluster.connection import Cluster
from onrecord.indexer.cluster.generations import current_generation, meta_of
from onrecord.indexer.cluster.mapping import index_term
from onrecord.search.cli import main
from onrecord.search.cluster import loading
from onrecord.search.cluster.loading import load_index
from onrecord.search.engine.local import open_local

Json = dict[str, Any]
Small = Callable[[int], None]


@pytest.fixture
def staging(tmp_path: Path, corpus: Path) -> Path:
    """A local index of its own."""
    build(corpus, into=tmp_path / "staging")
    return tmp_path / "staging"


@pytest.fixture
def in_small_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send documents some at a time, as a large index is sent."""
    monkeypatch.setattr(bulk, "_SIZE", 4_000)


def held(hosts: Hosts, index: str) -> list[Json]:
    """Return all documents of an index: what is given back of each, and what it is found by."""
    fields = ["speaker_role", "first", "last", "year", "month", "decade", "lacks", "who", "behind", "order"]
    columns = ["shown_speaker", "shown_forum", "delegation", "behalf_code", "groups", "forms", "lemmas"]
    body = {"size": 10_000, "docvalue_fields": [*fields, *columns[:-3]], "query": {"match_all": {}}}
    hosts.ask("POST", f"/{index}/_refresh")
    hits = hosts.ask("POST", f"/{index}/_search", body)["hits"]["hits"]
    kept = ("_id", "_routing", "_source", "fields")
    return sorted(({name: hit.get(name) for name in kept} for hit in hits), key=lambda hit: hit["_id"])


def both(hosts: Hosts, name: str, number: int = 1) -> list[Json]:
    """Return all documents of a generation but for the one that says what it is."""
    words = held(hosts, f"{name}-{number:06}-words")
    return [*held(hosts, f"{name}-{number:06}"), *(one for one in words if one["_id"] != "index")]


def indexes(hosts: Hosts, name: str) -> set[str]:
    return {index for index in hosts.ask("GET", "/_alias") if index.startswith(name)}


def dying_after(requests: int) -> Callable[[Progress], None]:
    """Return what ends a loader when it has written some requests."""
    seen: list[Progress] = []

    def die(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == requests:
            raise KeyboardInterrupt

    return die


def test_every_paragraph_and_statement_is_there_with_its_words(
    hosts: Hosts, cluster_name: str, cluster_address: str, index_folder: Path
) -> None:
    loaded = load_index(index_folder, into=cluster_address)
    sources = {one["_id"]: one["_source"] for one in held(hosts, loaded.generation.paragraphs)}
    local = open_local(index_folder)
    hits = [hit for known in local.addresses() for hit in local.show(known.address, context=0).hits]
    assert {hit.address: (hit.text, hit.language, hit.role) for hit in hits} == {
        address: (source["text"], source.get("language"), source["role"])
        for address, source in sources.items()
        if "text" in source
    }
    assert {hit.statement for hit in hits} == {key for key, one in sources.items() if "record" in one}
    meta = meta_of(Cluster(parse_cluster_address(cluster_address)), loaded.generation)
    assert meta is not None
    assert (meta["complete"], meta["fingerprint"]) == (True, local.fingerprint())
    assert (meta["generation"], meta["version"]) == (local.generation, local.version)


def test_a_load_of_the_same_state_writes_nothing(hosts: Hosts, cluster_address: str, staging: Path) -> None:
    first = load_index(staging, into=cluster_address)
    assert (first.written, load_index(staging, into=cluster_address)) == (
        len({hit["_routing"] for hit in held(hosts, first.generation.paragraphs)}),
        type(first)(first.generation, None),
    )


@pytest.mark.parametrize("requests", [1, 4])
@pytest.mark.usefixtures("in_small_requests")
def test_a_loader_that_dies_leaves_the_index_that_stands_and_the_next_ends_in_the_same(
    hosts: Hosts, cluster_name: str, staging: Path, requests: int
) -> None:
    name, other = cluster_name, f"{cluster_name}x"
    with pytest.raises(KeyboardInterrupt):
        load_index(staging, into=hosts.address(name), progress=dying_after(requests))
    assert hosts.ask("GET", f"/{name}/_search") is None
    resumed = load_index(staging, into=hosts.address(name))
    whole = load_index(staging, into=hosts.address(other))
    assert resumed.written is not None
    assert whole.written is not None
    assert resumed.written < whole.written
    assert resumed.generation.number == whole.generation.number == 1
    assert both(hosts, name) == both(hosts, other)


_LOADER = """
import sys
from onrecord.indexer.cluster import bulk
from onrecord.search.cli import main
from onrecord.search.cluster import loading
from onrecord.search.cluster.loading import load_index
from onrecord.search.engine.local import open_local
bulk._SIZE = 4_000
load_index(sys.argv[1], into=sys.argv[2], progress=lambda progress: print(progress.done, flush=True))
"""


def test_a_loader_that_is_killed_leaves_what_the_next_one_finishes(
    hosts: Hosts, cluster_name: str, staging: Path
) -> None:
    command = [sys.executable, "-c", _LOADER, str(staging), hosts.address(cluster_name)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as loader:
        assert loader.stdout is not None
        loader.stdout.readline()
        os.kill(loader.pid, signal.SIGKILL)
    load_index(staging, into=hosts.address(cluster_name))
    load_index(staging, into=hosts.address(f"{cluster_name}x"))
    assert both(hosts, cluster_name) == both(hosts, f"{cluster_name}x")


@pytest.mark.usefixtures("in_small_requests")
def test_what_is_lost_on_the_way_is_never_put_in_place(
    hosts: Hosts, cluster_name: str, cluster_address: str, staging: Path
) -> None:
    index, lost = f"{cluster_name}-000001", []

    def lose(progress: Progress) -> None:
        if progress.done == progress.total:
            hosts.ask("POST", f"/{index}/_refresh")
            one = hosts.ask("GET", f"/{index}/_search")["hits"]["hits"][0]
            path = f"/{index}/_doc/{one['_id'].replace('#', '%23')}?routing={one['_routing']}"
            lost.append(hosts.ask("DELETE", path)["result"])

    with pytest.raises(ClusterError, match="lost some of what was written to it"):
        load_index(staging, into=cluster_address, progress=lose)
    assert lost == ["deleted"]
    assert hosts.ask("GET", f"/{cluster_name}/_search") is None
    assert load_index(staging, into=cluster_address).generation.number == 1
    load_index(staging, into=hosts.address(f"{cluster_name}x"))
    assert both(hosts, cluster_name) == both(hosts, f"{cluster_name}x")


@pytest.mark.usefixtures("in_small_requests")
def test_a_generation_that_is_swept_away_is_not_written_to(
    hosts: Hosts, cluster_name: str, cluster_address: str, staging: Path
) -> None:
    def sweep(_: Progress) -> None:
        hosts.ask("DELETE", f"/{cluster_name}-000001")

    with pytest.raises(ClusterError):
        load_index(staging, into=cluster_address, progress=sweep)
    assert f"{cluster_name}-000001" not in indexes(hosts, cluster_name)


def test_a_new_generation_takes_the_place_at_once_and_one_back_is_kept(
    hosts: Hosts, cluster_name: str, cluster_address: str, staging: Path, tmp_path: Path
) -> None:
    texts = tmp_path / "more"
    texts.mkdir()
    for number in (1, 2, 3):
        if number > 1:
            (texts / f"{number}.md").write_text(f"Statement by Chile\n\nMines number {number}.", "utf-8")
            update(texts, into=staging)
        assert load_index(staging, into=cluster_address).generation.number == number
        cluster = Cluster(parse_cluster_address(cluster_address))
        assert current_generation(cluster).number == number
    assert indexes(hosts, cluster_name) == {
        f"{cluster_name}-{number:06}{what}" for number in (2, 3) for what in ("", "-words")
    }
    assert len(held(hosts, f"{cluster_name}-000002")) < len(held(hosts, f"{cluster_name}-000003"))


def test_a_generation_that_counts_is_written_to_no_more(
    hosts: Hosts, cluster_name: str, cluster_address: str, staging: Path
) -> None:
    load_index(staging, into=cluster_address)
    assert hosts.ask("PUT", f"/{cluster_name}-000001/_doc/new", {"number": 1}) is None
    assert hosts.ask("PUT", f"/{cluster_name}-000001-words/_doc/index", {"kind": "index"}) is None


def test_a_word_longer_than_a_term_may_be_is_loaded(
    hosts: Hosts, cluster_name: str, cluster_address: str, tmp_path: Path
) -> None:
    (tmp_path / "long.md").write_text(f"Statement by Chile\n\nThe word is {'x' * 40_000} here.", "utf-8")
    build(tmp_path / "long.md", into=tmp_path / "index")
    load_index(tmp_path / "index", into=cluster_address)
    asked = {"query": {"term": {"words": index_term("x" * 40_000)}}}
    assert hosts.ask("POST", f"/{cluster_name}/_search", asked)["hits"]["total"]["value"] == 1


def test_a_copy_stands_behind_and_names_what_stands_for_it(
    hosts: Hosts, cluster_name: str, cluster_address: str, tmp_path: Path
) -> None:
    text = "Speaker: Chile\nDate: 2020-02-03\n\n" + "The mines of the north are many and old. " * 12
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.md").write_text(text, "utf-8")
    build([tmp_path / "a", tmp_path / "b"], into=tmp_path / "index")
    load_index(tmp_path / "index", into=cluster_address)
    statements = [
        one["_source"] for one in held(hosts, f"{cluster_name}-000001") if "record" in one["_source"]
    ]
    shown, behind = sorted(statements, key=lambda one: one["behind"])
    assert (shown["behind"], behind["behind"]) == (False, True)
    assert behind["representative"] == shown["statement"]
    assert sorted(shown["sources"]) == sorted(behind["sources"]) == ["a.md", "b.md"]


def test_the_doors_make_an_index_of_a_cluster_by_way_of_a_folder(
    hosts: Hosts, cluster_name: str, cluster_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("one", "two"):
        (texts / f"{name}.md").write_text(f"Statement by Chile\n\nThe mines of {name}.", "utf-8")
    first = update(texts, into=cluster_address)
    assert first.loaded is not None
    assert (first.loaded.generation, first.loaded.statements) == (f"{cluster_name}-000001", 2)
    assert (tmp_path / f".onrecord-{cluster_name}").is_dir()
    again = update(into=cluster_address)
    assert again.loaded is not None
    assert again.loaded.statements is None
    gone = remove(texts / "one.md", into=cluster_address)
    assert gone.loaded is not None
    assert (gone.loaded.generation, gone.loaded.statements) == (f"{cluster_name}-000002", 1)
    anew = build(texts, into=cluster_address, staging=tmp_path / "elsewhere")
    assert anew.loaded is not None
    assert (anew.loaded.generation, anew.loaded.statements) == (f"{cluster_name}-000003", 2)


def test_a_cluster_that_was_loaded_from_elsewhere_is_not_emptied_by_mistake(
    hosts: Hosts, cluster_address: str, staging: Path, tmp_path: Path, corpus: Path
) -> None:
    load_index(staging, into=cluster_address)
    other = tmp_path / "other"
    with pytest.raises(ClusterError) as refused:
        update(corpus, into=cluster_address, staging=other)
    assert str(refused.value) == (
        f"{cluster_address} was loaded from the index in {staging}, and there is none in {other}; "
        "name the folder with --staging DIR, or build the index anew with --rebuild."
    )
    assert not other.exists()


def test_the_command_loads_a_cluster_and_says_so(
    cluster_name: str, cluster_address: str, corpus: Path, tmp_path: Path
) -> None:
    asked = ["index", str(corpus), "-i", cluster_address, "--staging", str(tmp_path / "staging")]
    done = [CliRunner().invoke(main, asked) for _ in range(2)]
    assert [result.exit_code for result in done] == [0, 0]
    assert done[0].stderr.splitlines()[1] == (
        f"loaded 9 statements into {cluster_address}, as {cluster_name}-000001"
    )
    assert (
        done[1].stderr.splitlines()[1] == f"{cluster_address} has all of it already, as {cluster_name}-000001"
    )


def test_the_command_takes_staging_with_a_cluster_alone(corpus: Path, tmp_path: Path) -> None:
    folder = str(tmp_path / "index")
    refused = CliRunner().invoke(main, ["index", str(corpus), "-i", folder, "--staging", folder])
    assert refused.exit_code == 2
    assert "--staging goes with the address of an index in a cluster." in refused.stderr


def test_staging_goes_with_a_cluster_alone(tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(ValueError, match="only an index of a cluster"):
        build(corpus, into=tmp_path / "index", staging=tmp_path / "staging")


@pytest.fixture
def larger(tmp_path: Path) -> Path:
    """A local index whose statements are written in several shares."""
    write_statements(tmp_path / "made", 230, seed=18)
    build(tmp_path / "made", into=tmp_path / "larger")
    return tmp_path / "larger"


def test_several_processes_write_what_one_writes(hosts: Hosts, cluster_name: str, larger: Path) -> None:
    name, other = cluster_name, f"{cluster_name}x"
    told: list[Progress] = []
    every = load_index(larger, into=hosts.address(name), processes=1).written
    loaded = load_index(larger, into=hosts.address(other), processes=3, progress=told.append)
    assert both(hosts, other) == both(hosts, name)
    assert (told[-1].done, told[-1].total, loaded.written) == (every, every, every)


@pytest.mark.parametrize("processes", [1, 4])
def test_what_several_processes_left_another_number_of_them_ends(
    hosts: Hosts, cluster_name: str, larger: Path, processes: int
) -> None:
    name, other = cluster_name, f"{cluster_name}x"
    every = load_index(larger, into=hosts.address(name), processes=1).written
    with pytest.raises(KeyboardInterrupt):
        load_index(larger, into=hosts.address(other), processes=2, progress=dying_after(1))
    left = load_index(larger, into=hosts.address(other), processes=processes).written
    assert left is not None
    assert every is not None
    assert left < every
    assert both(hosts, other) == both(hosts, name)


def test_a_process_that_dies_is_an_error_and_the_next_loader_goes_on(
    hosts: Hosts, cluster_name: str, larger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = hosts.address(cluster_name)
    with monkeypatch.context() as patched:
        patched.setattr(loading, "_PROGRAM", "onrecord.no_such_program")
        with pytest.raises(ClusterError, match="stopped with code"):
            load_index(larger, into=address, processes=2)
    assert load_index(larger, into=address, processes=2).written


def test_what_a_process_is_refused_is_the_sentence_of_all(
    hosts: Hosts, cluster_name: str, larger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = loading.whole_index

    def of_another_state(*given: Any) -> Any:
        return replace(whole(*given), version="another")

    monkeypatch.setattr(loading, "whole_index", of_another_state)
    with pytest.raises(ClusterError, match="the index has changed while it was loaded; load it again"):
        load_index(larger, into=hosts.address(cluster_name), processes=2)


def test_the_number_of_loaders_goes_with_a_cluster_alone(corpus: Path, tmp_path: Path) -> None:
    refused = CliRunner().invoke(
        main, ["index", str(corpus), "--loaders", "2", "-i", str(tmp_path / "index")]
    )
    assert (refused.exit_code, "--loaders goes with the address" in refused.output) == (2, True)
    with pytest.raises(ValueError, match="leave staging and loaders out"):
        build(corpus, into=tmp_path / "index", loaders=2)
