"""The edges of statements and segments: what stands first is found, and neighbours are of one statement."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Index, build, open_index

FIRST = "Alpha beta gamma beta beta gamma.\n\nThe beta and the gamma."


@pytest.fixture
def two_statements(tmp_path: Path) -> Path:
    (tmp_path / "a-chad.txt").write_text(
        "Statement by Chad\n\nThe lake is ours.\n\nWe threaten war.", "utf-8"
    )
    panama = "Statement by Panama\n\nThe canal is ours.\n\nWe offer peace."
    (tmp_path / "b-panama.txt").write_text(panama, "utf-8")
    build(tmp_path, into=tmp_path / ".index")
    return tmp_path / ".index"


def around(index: Index, typed: str) -> tuple[list[str], list[str]]:
    [hit] = index.search(typed, context=5)
    return [one.text for one in hit.before], [one.text for one in hit.after]


@pytest.mark.parametrize(
    ("typed", "before", "after"),
    [
        ('"canal is ours"', [], ["We offer peace."]),
        ('"offer peace"', ["The canal is ours."], []),
        ('"lake is ours"', [], ["We threaten war."]),
        ('"threaten war"', ["The lake is ours."], []),
    ],
)
def test_context_ends_with_the_statement(
    typed: str, before: list[str], after: list[str], two_statements: Path
) -> None:
    with open_index(two_statements) as index:
        assert around(index, typed) == (before, after)


@pytest.mark.parametrize(
    "typed",
    [
        "alpha",
        '"alpha beta"',
        '"alpha beta gamma"',
        '"alpha beta gamma beta beta gamma"',
        '"beta gamma alpha"~2',
        '"alpha beta gamma"~0',
        '"alph* beta"',
        '"al*a b?ta gamma"',
        '"alpha … gamma"',
        '"a* … beta gamma"',
    ],
)
def test_what_begins_at_the_first_position_of_a_segment_is_found(typed: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST, "utf-8")
    build(tmp_path / "a.txt", into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert [hit.number for hit in index.search(typed)] == [1]


def test_a_phrase_is_found_wherever_its_rarest_word_stands_in_it(tmp_path: Path) -> None:
    words = ["beta", "gamma", "delta"]
    for rare, name in enumerate("abc"):
        phrase = [word if at != rare else f"rare{name}" for at, word in enumerate(words)]
        text = " ".join(phrase) + ".\n\n" + " ".join(words * 3) + "."
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        build(tmp_path / f"{name}.txt", into=tmp_path / name)
        with open_index(tmp_path / name) as index:
            assert [hit.number for hit in index.search(f'"{" ".join(phrase)}"')] == [1]
