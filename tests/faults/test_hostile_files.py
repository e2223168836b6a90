"""A folder of hostile files: each is reported for what it is, and the good ones among them are indexed."""

from __future__ import annotations

import gzip
import io
import os
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import Report, build, open_index, update
from onrecord.indexer.paths import SourceFile
from onrecord.indexer.reading.statements import read_statements

GOOD = "Statement by Panama\n\nThe canal is ours.\n"
NOT_READ = "no reader takes this kind of file"
NO_FILE = "no plain file"


def archive() -> bytes:
    """A small archive that unpacks to a large file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("bomb.txt", b"\0" * 5_000_000)
    return packed.getvalue()


def aliases() -> str:
    """Front matter whose aliases stand for a thousand million values, one of them in the place of a key."""
    bomb = "".join(f"k{level}: &k{level} [{', '.join([f'*k{level - 1}'] * 9)}]\n" for level in range(1, 10))
    return f"---\nk0: &k0 [a]\n{bomb}? *k9\n: b\n---\nThe canal is ours.\n"


ENTITIES = (
    '<!DOCTYPE html [<!ENTITY a "'
    + "lol" * 100
    + '"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
)

#: Files with the words that their report must hold; None where they are read after all, as what they are.
FILES: list[tuple[str, str | bytes, str | None]] = [
    ("archive.txt", archive(), NOT_READ),
    ("archive.zip", archive(), "unpacks to more than 200 times its size"),
    ("packed.md", gzip.compress(b"The canal is ours." * 1000), NOT_READ),
    ("document.pdf", b"%PDF-1.7 The canal is ours.", "the PDF is damaged"),
    ("document.docx", archive(), "this is no Word document"),
    ("zeros.txt", b"\0" * 100_000, NOT_READ),
    ("bomb.xml", f"{ENTITIES}<a>&b;</a>", NOT_READ),
    ("entities.html", f"{ENTITIES}<p>The canal &b; &x; is ours.</p>", None),
    ("fetched.html", '<!DOCTYPE html SYSTEM "http://192.0.2.1/a.dtd"><p>The canal is ours.</p>', None),
    ("aliases.md", aliases(), None),
    ("flow.md", "---\na: " + "[" * 20_000 + "\n---\nWe agree.", "more than 150 deep"),
    ("escape.md", '---\ntitle: "\\UFFFFFFFF"\n---\nWe agree.', "this is not YAML"),
    ("deep.html", "<div>" * 20_000 + "We agree.", "more than 150 deep"),
    ("deep.md", "> " * 20_000 + "We agree.", "more than 150 deep"),
    ("deep.jsonl", '{"paragraphs": ' + "[" * 100_000, "more than 150 deep"),
    ("number.jsonl", '{"paragraphs": [' + "9" * 5_000 + "]}", "not a statement in JSON"),
    ("nobody.jsonl", '{"paragraphs": ["a"], "speaker": {}}', "not a statement in JSON"),
    ("half.jsonl", '{"paragraphs": ["\\ud800"]}', "half a character"),
    ("line.txt", "a" * 1_000_001, "more than 1,000,000 characters"),
    ("lines.md", "a\n" * 200_001, "more than 200,000 lines"),
    ("large.txt", "We agree.\n" * 1_000_001, "more than 10 MB"),
    ("tags.html", "<b>" * 500_001, "more than 500,000 marks or tags"),
    ("codec.html", '<meta charset="undefined"><p>Le canal est \xe0 nous.'.encode("latin-1"), None),
    ("escapes.html", b'<meta charset="unicode_escape"><p>The canal is ours \\q \\ud800 \xff.', None),
    ("comments", "<!---->" * 9_000 + "The canal is ours.", None),
    ("declared.html", "<?xml" + " " * 100_000 + "x", "there are no paragraphs in it"),
    ("marks.txt", "The canal is ours." + "\u0323\u0301" * 200_000, None),
    ("brackets.md", "![" * 20_000 + "The canal is ours.", None),
    ("line\nend\x1b[31m.txt", GOOD, None),
]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, content, _ in FILES:
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "good.txt").write_text(GOOD)
    (Path(os.fsdecode(os.fsencode(folder) + b"/bytes\xff\xfe.txt"))).write_text(GOOD)
    os.mkfifo(folder / "pipe.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "loop").symlink_to(folder)
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket has room for 107 bytes
        listening.bind("socket.txt")
        os.chdir(here)
        yield folder


@pytest.fixture
def report(folder: Path, tmp_path: Path) -> Report:
    return build(folder, into=tmp_path / "index")


def said(report: Report) -> dict[str, str]:
    """What is reported of each file or of what is in it, by the end of its path."""
    return {Path(error.source.partition("!/")[0]).name: error.reason for error in report.failed} | {
        Path(skipped.path).name: skipped.reason for skipped in report.skipped
    }


def test_each_hostile_file_is_reported_for_what_it_is(report: Report) -> None:
    reported = said(report)
    expected = {name: words for name, _, words in FILES if words} | dict.fromkeys(
        ("pipe.txt", "device.txt", "itself.txt", "socket.txt"), NO_FILE
    )
    assert {name: words in reported.get(name, "") for name, words in expected.items()} == dict.fromkeys(
        expected, True
    )


def test_the_good_files_among_them_are_indexed(report: Report, tmp_path: Path) -> None:
    with open_index(tmp_path / "index") as index:
        found = {Path(hit.source).name for hit in index.search("canal", limit=None)}
    assert found == {name for name, _, words in FILES if words is None} | {"good.txt", r"bytes\xff\xfe.txt"}


def test_nothing_outside_the_file_is_read_for_it(report: Report, tmp_path: Path) -> None:
    with open_index(tmp_path / "index") as index:
        assert index.search("root").total == 0


@pytest.mark.parametrize("name", ["pipe.txt", "device.txt", "socket.txt"])
def test_a_special_file_that_is_named_itself_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    [error] = build(folder / name, into=tmp_path / "index").failed
    assert error.reason.startswith(("is no regular file", "cannot be read (No such device or address)"))


def test_folders_may_be_deeper_than_functions_may_call_each_other(tmp_path: Path) -> None:
    here = Path.cwd()
    deep = tmp_path / "texts"
    deep.mkdir()
    depth = 1_500
    try:
        os.chdir(deep)
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("good.txt").write_text(GOOD)
        inmost = os.open(".", os.O_RDONLY)
        os.chdir(here)
        assert build(deep, into=tmp_path / "index").added.statements == 1
        # Removed from the inside: what tidies up behind tests calls itself once a folder.
        os.fchdir(inmost)
        os.close(inmost)
        Path("good.txt").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()
    finally:
        os.chdir(here)


def test_a_folder_that_cannot_be_opened_is_reported_and_keeps_what_was_indexed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("open", "closed"):
        (tmp_path / "texts" / name).mkdir(parents=True)
        (tmp_path / "texts" / name / "good.txt").write_text(GOOD)
    build(tmp_path / "texts", into=tmp_path / "index")
    scan = os.scandir

    def refuse(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = update(tmp_path / "texts", into=tmp_path / "index")
    assert (str(report.failed[0]), report.unchanged.statements, report.removed.statements) == (
        f"{tmp_path / 'texts' / 'closed'}: cannot be opened (Permission denied); check its permissions.",
        1,
        0,
    )


def test_no_reader_connects_to_anything(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)
    for name in ("fetched.html", "entities.html"):
        assert read_statements(SourceFile.alone(folder / name), content_hash="")
