"""Statements that another program has split: JSON lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Role, SourceError, build, inspect, open_index

LINES = """\
{"speaker": "Japan", "forum": "First Committee", "date": "2019-10", "language": "en", \
"paragraphs": ["Mr. Chair,", {"text": "Mines\\n kill.", "printed": "2."}, " ", \
{"text": "Thanks.", "role": "closing"}]}

{"speaker": {"person": "Ada Moyo", "post": "Observer"}, "paragraphs": ["The e\u0301lite is silent."]}
"""


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "statements.jsonl"
    path.write_text(LINES, "utf-8")
    return path


def test_each_line_is_a_statement(lines: Path) -> None:
    assert [str(one.as_dict()["speaker"]) for one in inspect(lines)] == ["Japan", "Ada Moyo"]


def test_paragraphs_are_taken_as_they_are_split(lines: Path) -> None:
    paragraphs = inspect(lines)[0].statement.paragraphs
    assert [(one.number, one.printed, one.role, one.text) for one in paragraphs] == [
        (1, None, Role.BODY, "Mr. Chair,"),
        (2, "2.", Role.BODY, "Mines kill."),
        (3, None, Role.CLOSING, "Thanks."),
    ]


def test_the_text_is_composed(lines: Path) -> None:
    assert inspect(lines)[1].statement.paragraphs[0].text == "The élite is silent."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (" Mines kill. ", "Mines kill."),
        ("Mines  kill.", "Mines kill."),
        (r"Mines\tkill.", "Mines kill."),
        (r"Mines\u000bkill.", "Mines kill."),
        ("Mines\u00a0kill.", "Mines kill."),
        ("Mines\u2028kill.", "Mines kill."),
        (r"\"Mines\" kill.", '"Mines" kill.'),
        (r"Mines\\", "Mines\\"),
        ("\u00ab e\u0301lite \u00bb", "\u00ab \u00e9lite \u00bb"),
    ],
)
def test_one_space_is_left_between_words(lines: Path, written: str, read: str) -> None:
    lines.write_text(f'{{"paragraphs": ["{written}"]}}', "utf-8")
    assert [one.text for one in inspect(lines)[0].statement.paragraphs] == [read]


def test_the_statements_of_one_file_have_addresses_of_their_own(lines: Path, tmp_path: Path) -> None:
    build(lines, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.search("speaker:japan").statements == index.search("speaker:moyo").statements == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "this line is not a statement in JSON."),
        ('{"speaker": "Japan"}', "this line is not a statement in JSON."),
        ('["paragraphs"]', "this line is not a statement in JSON."),
        ('{"paragraphs": [7]}', "this line is not a statement in JSON."),
        ('{"paragraphs": ["x"], "date": "2019-13"}', "2019-13 is not a date in the calendar."),
    ],
)
def test_a_line_that_is_no_statement_is_named(lines: Path, line: str, reason: str) -> None:
    lines.write_text(LINES + line, "utf-8")
    with pytest.raises(SourceError) as caught:
        inspect(lines)
    assert str(caught.value) == f"{lines}, line 4: {reason}"


@pytest.mark.parametrize(
    "where",
    [
        '"paragraphs": ["a \\ud800 b"]',
        '"speaker": "\\udc00", "paragraphs": ["a"]',
        '"speaker": {"printed": "a", "post": "\\udc00"}, "paragraphs": ["a"]',
        '"paragraphs": [{"text": "a", "printed": "\\ud800"}]',
    ],
)
def test_half_a_character_is_refused(lines: Path, where: str) -> None:
    lines.write_text("{" + where + "}", "utf-8")
    with pytest.raises(SourceError, match="half a character"):
        inspect(lines)
