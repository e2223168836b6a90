"""The statement that the index was commissioned for."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Index, build, inspect, open_index

CORPUS = Path(__file__).parent.parent / "corpus"
STATEMENT = CORPUS / "2021-09-20-japan-cluster-munitions.md"


@pytest.fixture(scope="module")
def japan(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("japan")
    build(CORPUS, into=folder)
    return open_index(folder)


def test_its_heading_is_understood() -> None:
    known = inspect(STATEMENT)[0].statement.metadata
    found = [known.speaker, known.forum, known.date, known.place]
    assert [str(finding.value) for finding in found if finding] == [
        "Japan (Government of Japan)",
        "Second Review Conference of the Convention on Cluster Munitions",
        "2021-09-20",
        "Geneva",
    ]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ('"unexploded ordnance"', [4, 5, 6]),
        ('speaker:japan date:2021-09 "US$39 million"', [6]),
        ('"cluster munitions"', [2, 3, 4, 8]),
        ('"unexploded ordnance worldwide"', [6]),
        ('"unexploded worldwide"', []),
        ('"Thank you, Mr. President"', [9]),
    ],
)
def test_its_paragraphs_are_found(japan: Index, typed: str, numbers: list[int]) -> None:
    assert sorted(hit.number for hit in japan.search(typed, limit=None)) == numbers


def test_a_paragraph_is_as_it_was_printed(japan: Index) -> None:
    [hit] = japan.search('"US$39 million"')
    assert hit.text == (
        "In 2020, Japan provided a total of approximately US$39 million to 21 countries and regions, "
        "including support for anti-personnel landmine measures. We will continue to promote measures to "
        "combat anti-personnel mines and unexploded ordnance worldwide."
    )
