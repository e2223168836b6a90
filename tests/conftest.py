"""One invented corpus, small enough to search in one's head, and the index made of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from cluster.nodes import Hosts, missing_programs
from cluster.sharing import nodes_of_a_run
from hypothesis import settings

from onrecord import Index, build, open_index

# A test says what is right, and not how long it takes on a busy machine.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CORPUS = Path(__file__).parent / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    return CORPUS


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build(CORPUS, into=folder)
    return folder


@pytest.fixture(scope="session")
def index(index_folder: Path) -> Iterator[Index]:
    with open_index(index_folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def found(index: Index) -> Callable[..., list[str]]:
    """Search, and name the hits by file and paragraph, in the order of these names."""

    def search(text: str, **options: str) -> list[str]:
        results = index.search(text, limit=None, **options)  # type: ignore[arg-type]
        return sorted(f"{Path(hit.source).stem}#{hit.number}" for hit in results)

    return search


@pytest.fixture(scope="session")
def needs_java() -> None:
    """Skip what starts nodes where it cannot; with ``REQUIRE_CLUSTER=1`` that is a failure."""
    missing = missing_programs()
    if missing:
        give_up = pytest.fail if os.environ.get("REQUIRE_CLUSTER") == "1" else pytest.skip
        give_up(f"a cluster needs {', '.join(missing)}, which this machine has not got")


@pytest.fixture(scope="session")
def hosts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """Three nodes of OpenSearch: those of ``ONRECORD_TEST_CLUSTER``, or some that end with the run."""
    if not os.environ.get("ONRECORD_TEST_CLUSTER"):
        request.getfixturevalue("needs_java")
    own = tmp_path_factory.getbasetemp()
    # Of several processes each has a folder in that of the run.
    with nodes_of_a_run((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "cluster") as running:
        yield running


@pytest.fixture(scope="session")
def loaded_address(hosts: Hosts, index_folder: Path) -> Iterator[str]:
    """The address of the index of `index_folder`, loaded into the cluster; nothing is to be written there."""
    from onrecord.search.cluster.loading import load_index

    name = f"t{uuid4().hex[:12]}"
    load_index(index_folder, into=hosts.address(name), shards=3)
    yield hosts.address(name)
    hosts.ask("DELETE", f"/{name}*")


@pytest.fixture
def cluster_name(hosts: Hosts) -> Iterator[str]:
    """A name that no index of the cluster has; what has been made of it goes with the test."""
    name = f"t{uuid4().hex[:12]}"
    yield name
    hosts.ask("DELETE", f"/{name}*")


@pytest.fixture
def cluster_address(hosts: Hosts, cluster_name: str) -> str:
    """The address of an index that is not there yet."""
    return hosts.address(cluster_name)
