"""Several statements in one text: each is one of its own, and one in two languages stays one."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import build, inspect, open_index, update

NORWAY = """Statement by Norway in the First Committee
New York, 16 October 2023

Mr. Chair,

We thank the teams that clear the land, and those who pay for their work.

I thank you."""
CHILE = """Statement by Chile in the First Committee
New York, 17 October 2023

Mr. Chair,

We ask all States to join the Convention without delay.

Thank you, Mr. Chair."""


def read(folder: Path, text: str, name: str = "meeting.txt") -> list[tuple[str | None, str | None, str]]:
    """Return speaker, date and the last paragraph of each statement of a file."""
    path = folder / name
    path.write_text(text, "utf-8")
    found = [one.as_dict() for one in inspect(path)]
    return [(one["speaker"], one["date"], one["paragraphs"][-1]["text"]) for one in found]


def as_page(text: str) -> str:
    """Set a text as a page, its headings as headings."""
    parts = text.replace("\n", "\n\n").split("\n\n")
    tags = ["h2" if part.startswith("Statement") else "p" for part in parts if part]
    return "".join(f"<{tag}>{part}</{tag}>" for tag, part in zip(tags, filter(None, parts), strict=True))


@pytest.mark.parametrize("name", ["meeting.txt", "meeting.md", "meeting.html"])
def test_each_of_several_statements_has_its_own_speaker_and_day(tmp_path: Path, name: str) -> None:
    text = f"{NORWAY}\n\n{CHILE}\n\n{NORWAY.replace('Norway', 'Ghana').replace('16', '18')}\n"
    text = f"<html><body>{as_page(text)}</body></html>" if name.endswith("html") else text
    assert read(tmp_path, text, name) == [
        ("Norway", "2023-10-16", "I thank you."),
        ("Chile", "2023-10-17", "Thank you, Mr. Chair."),
        ("Ghana", "2023-10-18", "I thank you."),
    ]


def test_two_statements_of_one_state_on_two_days_are_two(tmp_path: Path) -> None:
    again = NORWAY.replace("16 October", "19 October")
    assert [day for _, day, _ in read(tmp_path, f"{NORWAY}\n\n{again}\n")] == ["2023-10-16", "2023-10-19"]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(
            "Déclaration de la Norvège à la Première Commission\nNew York, 16 octobre 2023\n\n"
            "Monsieur le Président,\n\nNous remercions les équipes.\n\nJe vous remercie.",
            id="the same in another language",
        ),
        pytest.param(CHILE.replace("Mr. Chair,\n\n", ""), id="a heading that nobody is greeted below"),
        pytest.param("Mr. Chair,\n\nChile has asked us to say more, and we shall.", id="a greeting alone"),
        pytest.param(
            "Annex\n\nMr. Chair,\n\nWe add what Chile said to us.\n\nI thank you.",
            id="a title that names nobody",
        ),
    ],
)
def test_one_statement_stays_one(tmp_path: Path, below: str) -> None:
    found = read(tmp_path, f"{NORWAY}\n\n{below}\n")
    assert [speaker for speaker, _, _ in found] == ["Norway"]


def test_a_heading_in_the_middle_of_a_speech_begins_none(tmp_path: Path) -> None:
    """No closing stands before it."""
    text = NORWAY.replace("\n\nI thank you.", "") + f"\n\n{CHILE}\n"
    assert [speaker for speaker, _, _ in read(tmp_path, text)] == ["Norway"]


def test_what_a_file_says_of_itself_is_of_one_statement(tmp_path: Path) -> None:
    text = f"---\nspeaker: Sweden\n---\n{NORWAY}\n\n{CHILE}\n"
    assert [speaker for speaker, _, _ in read(tmp_path, text, "declared.md")] == ["Sweden"]


def test_a_statement_that_is_added_leaves_the_address_of_the_first(tmp_path: Path) -> None:
    texts, index = tmp_path / "texts", tmp_path / "index"
    texts.mkdir()
    (texts / "meeting.txt").write_text(NORWAY + "\n", "utf-8")
    build(texts, into=index)
    with open_index(index) as found:
        before = [hit.statement for hit in found.search("teams")]
    (texts / "meeting.txt").write_text(f"{NORWAY}\n\n{CHILE}\n", "utf-8")
    update(texts, into=index)
    with open_index(index) as found:
        assert [hit.statement for hit in found.search("teams")] == before
        assert [hit.speaker for hit in found.search("Convention")] == ["Chile"]
