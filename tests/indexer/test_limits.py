"""Every limit of reading has a name, holds where it says, and is in the documents."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from onrecord.indexer import limits
from onrecord.indexer.errors import SourceError
from onrecord.indexer.limits import LIMITS, TextLimit
from onrecord.indexer.paths import SourceFile
from onrecord.indexer.reading.hashes import content_hash
from onrecord.indexer.reading.statements import read_statements

DOCUMENT = Path(__file__).parents[2] / "docs" / "limits.md"
LINE = "We agree.\n"
ODT = (
    '<o:document xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'o:mimetype="application/vnd.oasis.opendocument.text"><o:body><o:text>{}</o:text></o:body></o:document>'
)


def read(folder: Path, name: str, content: str | bytes) -> int:
    """Read a file of this content and count the paragraphs in it."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read_statements(SourceFile.alone(path), content_hash="")
    return sum(len(statement.paragraphs) for statement in found or ())


WITHIN = [
    ("a.md", "---\ntitle: " + "a" * 65_528 + "\n---\n" + LINE, "DECLARED_SIZE"),
    ("a.txt", "\n" * 199_999 + "We agree.\n", "LINES"),
    ("a.txt", "a" * 1_000_000, "LINE_LENGTH"),
    ("a.html", "<p>We agree.</p>" + "<!---->" * 499_990, "MARKUP"),
    ("a.html", "<div>" * 148 + "We agree.", "NESTING"),
    ("a.md", "> " * 149 + "We agree.", "NESTING"),
    ("a.md", "---\nother: " + "[" * 148 + "]" * 148 + "\n---\nWe agree.", "NESTING"),
]


BEYOND = [
    ("a.txt", "a" * 10_000_001, "STATEMENT_SIZE"),
    ("a.html", "<p>" + "a" * 10_000_000, "STATEMENT_SIZE"),
    ("a.jsonl", '{"paragraphs": ["' + "a" * 10_000_000 + '"]}', "STATEMENT_SIZE"),
    ("a.md", "---\ntitle: " + "a" * 66_000 + "\n---\nWe agree.", "DECLARED_SIZE"),
    ("a.txt", "\n" * 200_001, "LINES"),
    ("a.md", "\n" * 200_001, "LINES"),
    ("a.html", "\n" * 200_001, "LINES"),
    ("JPN_55_2000.txt", "\n" * 200_001, "LINES"),
    ("a.txt", "a" * 1_000_001, "LINE_LENGTH"),
    ("a.md", "a" * 1_000_001, "LINE_LENGTH"),
    ("a.html", "<p>" + "a" * 1_000_001, "LINE_LENGTH"),
    ("a.html", "<br>" * 500_001, "MARKUP"),
    ("a.md", "*" * 500_001, "MARKUP"),
    ("a.html", "<div>" * 151 + "We agree.", "NESTING"),
    ("a.html", "<div>" * 100_000 + "We agree.", "NESTING"),
    ("a.md", "> " * 151 + "We agree.", "NESTING"),
    ("a.md", "".join(f"{'  ' * depth}- a\n" for depth in range(100)), "NESTING"),
    ("a.md", "---\nother: " + "[" * 30_000 + "\n---\nWe agree.", "NESTING"),
    ("a.jsonl", '{"paragraphs": ' + "[" * 100_000, "NESTING"),
    ("a.json", '[{"speech": ' + "[" * 100_000, "NESTING"),
    (
        "a.csv",
        "country,speech\nJapan,We have cleared the harbour.\nJapan," + "a" * 10_000_001,
        "STATEMENT_SIZE",
    ),
    ("a.rtf", "{\\rtf1 " + "\\b " * 4_000_008, "MARKUP"),
    ("a.rtf", "{\\rtf1 " + "\\par a" * 200_001, "LINES"),
    ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nWe agree.\n" + "\n" * 200_001, "LINES"),
    ("a.eml", "From: a\nSubject: b\n\n" + "\n" * 200_001 + "a", "LINES"),
    (
        "a.fodt",
        ODT.format("<text:section>" * 200 + "<text:p>a</text:p>" + "</text:section>" * 200),
        "NESTING",
    ),
]


@pytest.mark.parametrize(("name", "content", "limit"), WITHIN, ids=lambda value: str(value)[:20])
def test_a_text_within_a_limit_is_read(tmp_path: Path, name: str, content: str, limit: str) -> None:
    assert read(tmp_path, name, content) == 1


@pytest.mark.parametrize(("name", "content", "limit"), BEYOND, ids=lambda value: str(value)[:20])
def test_a_text_beyond_a_limit_is_refused_by_its_name(
    tmp_path: Path, name: str, content: str, limit: str
) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, name, content)
    assert caught.value.limit == limit


def test_a_list_deeper_than_the_parser_looks_by_itself_keeps_its_words(tmp_path: Path) -> None:
    assert read(tmp_path, "a.md", "".join(f"{'  ' * depth}- a\n" for depth in range(60))) == 60


def test_the_sentence_names_the_file_the_line_the_limit_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, "a.txt", "We agree.\n" + "a" * 1_000_001)
    expected = f"{tmp_path / 'a.txt'}, line 2: this line has more than 1,000,000 characters; break it up."
    assert str(caught.value) == expected


def test_a_file_beyond_its_size_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"paragraphs": ["We agree."]}\n' * 3000)
        file.truncate(limits.FILE_SIZE.most + 1)
    with pytest.raises(SourceError) as caught:
        read_statements(SourceFile.alone(path), content_hash="")
    assert caught.value.limit == "FILE_SIZE"


def test_a_sidecar_beyond_its_size_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: " + "a" * 66_000)
    with pytest.raises(SourceError) as caught:
        read(tmp_path, "a.txt", "We agree.")
    assert (caught.value.limit, caught.value.source) == ("DECLARED_SIZE", str(tmp_path / "a.yaml"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", LINE),
        ("a.md", LINE),
        ("a.html", "<p>We agree."),
        ("a.jsonl", '{"paragraphs": ["We agree."]}'),
        ("JPN_55_2000.txt", LINE),
    ],
)
def test_every_reader_looks_at_the_clock(
    tmp_path: Path, name: str, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TIME", TextLimit("TIME", -1, limits.TIME.sentence))
    with pytest.raises(SourceError) as caught:
        read(tmp_path, name, content)
    assert caught.value.limit == "TIME"


def test_the_clock_counts_the_work_of_the_thread_and_not_its_waiting(tmp_path: Path) -> None:
    with limits.reading(tmp_path):
        time.sleep(0.01)
        began = time.thread_time()
        limits.check_time()
    assert time.thread_time() - began < 1


def test_what_a_thread_waits_is_not_taken_off_what_it_may_compute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = {"computed": 0.0, "gone by": 0.0}
    monkeypatch.setattr("onrecord.indexer.limits.time.thread_time", lambda: now["computed"])
    monkeypatch.setattr("onrecord.indexer.limits.time.monotonic", lambda: now["gone by"])
    most = limits.TIME.most
    with limits.reading(tmp_path):
        for computed in range(0, most + 1, 7):  # three times as long goes by as is computed
            now["computed"], now["gone by"] = computed, 3 * computed
            limits.check_time()
        now["computed"], now["gone by"] = most + 1, now["gone by"] + most + 1
        with pytest.raises(SourceError):
            limits.check_time()


def test_each_statement_of_a_file_has_a_time_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 10_000, 40))
    monkeypatch.setattr("onrecord.indexer.limits.time.thread_time", lambda: next(clock))
    assert read(tmp_path, "a.jsonl", '{"paragraphs": ["We agree."]}\n' * 5) == 5


def test_calls_too_deep_for_python_are_a_text_too_deep(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught, limits.reading(tmp_path):
        raise RecursionError
    assert caught.value.limit == "NESTING"


def test_the_hash_tells_files_apart_by_what_is_read_of_them(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_bytes(b"a" * 2_000_000)
    other.write_bytes(b"a" * 1_999_999 + b"b")
    assert content_hash(one) != content_hash(other)


def test_limits_are_called_by_their_names() -> None:
    assert [limit for limit in LIMITS if getattr(limits, limit.name) is not limit] == []


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_the_document_holds_every_limit_and_its_sentence(limit: TextLimit) -> None:
    text = " ".join(DOCUMENT.read_text("utf-8").split())
    assert (f"`{limit.name}`" in text, limit.sentence in text) == (True, True)
