"""One invented corpus, small enough to search in one's head, and the index made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
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
