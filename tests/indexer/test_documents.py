"""Documents of other programs: what no sample file beside its expected result can show."""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import inspect
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.documents import old_word
from onrecord.indexer.formats.documents.subtitles import is_subtitles

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def texts(path: Path) -> list[str]:
    return [paragraph.text for one in inspect(path) for paragraph in one.statement.paragraphs]


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.fixture(autouse=True)
def _programs_are_looked_for_anew() -> Iterator[None]:
    old_word.can_read_old_word.cache_clear()
    yield
    old_word.can_read_old_word.cache_clear()


def program(folder: Path, name: str, does: str) -> None:
    """Put a program into a folder that is all there is to look for programs in."""
    path = written(folder, name, f"#!/bin/sh\n{does}\n".encode())
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_an_old_word_document_without_a_program_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        SourceError, match="an old Word document; install antiword or LibreOffice, or save it as DOCX"
    ):
        inspect(written(tmp_path, "a.doc", OLD_WORD))


def test_an_old_word_document_is_what_the_program_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "antiword", "echo 'Mr. President,'; echo; echo 'The canal is ours.'")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert texts(written(tmp_path, "a.doc", OLD_WORD)) == ["Mr. President,", "The canal is ours."]


@pytest.mark.parametrize("name", ["antiword", "soffice"])
def test_an_old_word_document_reads_alike_by_either_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    program(tmp_path, name, f'PATH={os.environ["PATH"]} exec {found} "$@"')
    monkeypatch.setenv("PATH", str(tmp_path))
    (read,) = inspect(Path(__file__).parent / "sources" / "documents" / "statement.doc")
    known = read.statement.metadata
    assert known.speaker is not None
    assert (known.speaker.value.name, str(known.date and known.date.value)) == ("Panama", "2004-10-12")
    assert [paragraph.text for paragraph in read.statement.paragraphs] == [
        "Mr. Chairman,",
        "Panama thanks you, and asks for the disarmament of the militias: “now”, and not later.",
        "1. The canal is ours, and open to all.",
        "Article 2(4) of the Charter is no decoration – it is an obligation.",
        "Year | Mines",
        "2003 | 1,250",
        "I thank you.",
    ]


def test_what_no_program_can_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "antiword", "exit 1")
    program(tmp_path, "soffice", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match=r"this old Word document could not be read; save it as DOCX\.$"):
        inspect(written(tmp_path, "a.doc", OLD_WORD))


def test_a_document_named_as_an_old_one_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert texts(written(tmp_path, "a.doc", rb"{\rtf1 The canal is ours.\par}")) == ["The canal is ours."]
    assert texts(written(tmp_path, "b.doc", b"<html><p>The canal is ours.</p></html>")) == [
        "The canal is ours."
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.srt", "a"])
def test_subtitles_are_known_by_their_times(tmp_path: Path, name: str) -> None:
    content = b"1\n00:00:01,000 --> 00:00:02,000\nThe canal\n\n2\n00:00:02,000 --> 00:00:03,000\nis ours.\n"
    assert texts(written(tmp_path, name, content)) == ["The canal is ours."]


def test_captions_that_roll_say_each_line_once(tmp_path: Path) -> None:
    cues = [("The canal",), ("The canal", "is ours,"), ("is ours,", "and open.")]
    content = "WEBVTT\n\n" + "".join(
        f"00:0{at}.000 --> 00:0{at + 1}.000\n" + "\n".join(lines) + "\n\n" for at, lines in enumerate(cues)
    )
    assert texts(written(tmp_path, "a.vtt", content.encode())) == ["The canal is ours, and open."]


def test_captions_that_roll_word_by_word_say_each_line_once(tmp_path: Path) -> None:
    """B: each line came word by word, each with its time, and as a whole once more."""
    lines = ["the canal is", "ours and it", "is open"]
    shown, content = "", "WEBVTT\nKind: captions\n\n"
    for at, line in enumerate(lines):
        first, *rest = line.split()
        timed = first + "".join(f"<00:00:0{at}.500><c> {word}</c>" for word in rest)
        content += f"00:00:0{at}.000 --> 00:00:0{at}.900\n{shown or ' '}\n{timed}\n\n"
        content += f"00:00:0{at}.900 --> 00:00:0{at}.910\n{line}\n \n\n"
        shown = line
    assert texts(written(tmp_path, "a.vtt", content.encode())) == ["the canal is ours and it is open"]


def test_the_same_words_of_another_voice_are_kept(tmp_path: Path) -> None:
    cues = "".join(
        f"00:0{at}.000 --> 00:0{at}.900\n<v {who}>Yes.\n\n" for at, who in enumerate(("Ann", "Kofi"))
    )
    assert texts(written(tmp_path, "a.vtt", f"WEBVTT\n\n{cues}".encode())) == ["Yes.", "Yes."]


@pytest.mark.parametrize("sign", ["", ">> ", "- "])
@pytest.mark.parametrize("names", [("CHAIR", "MS. LIND", "MR. SILVA"), ("Chair", "Ms. Lind", "Mr. Silva")])
def test_captions_with_names_before_colons_are_parted_as_text_is(
    tmp_path: Path, names: tuple[str, str, str], sign: str
) -> None:
    """B: the same words in a text file were four turns, and in captions one statement."""
    chair, lind, silva = names
    said = [
        (chair, "Good morning to you.", "We begin."),
        (lind, "We have seen the", "harbour, and I like it."),
        (silva, "I saw it too,", "and we agree."),
        (chair, "We thank you both.", "We end here."),
    ]
    content = "".join(
        f"{at + 1}\n00:00:0{at},000 --> 00:00:0{at + 1},000\n{sign}{name}: {first}\n{second}\n\n"
        for at, (name, first, second) in enumerate(said)
    )
    found = [one.statement for one in inspect(written(tmp_path, "a.srt", content.encode()))]
    assert [one.metadata.speaker and one.metadata.speaker.value.printed for one in found] == [
        name for name, _, _ in said
    ]
    assert [one.paragraphs[0].text for one in found] == [f"{first} {second}" for _, first, second in said]
    assert [one.paragraphs[0].page for one in found] == [f"00:00:0{at}" for at in range(4)]


def test_captions_of_one_with_a_colon_in_them_are_one_statement(tmp_path: Path) -> None:
    cues = b"1\n00:00:01,000 --> 00:00:02,000\nWe came for two things.\n\n2\n00:00:02,000 --> 00:00:03,000\n"
    content = cues + b"Port Merrow: it is ours.\n"
    assert len(inspect(written(tmp_path, "a.srt", content))) == 1


def test_groups_too_deep_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="its groups stand in each other too deep"):
        inspect(written(tmp_path, "a.rtf", b"{\\rtf1 " + b"{" * 5000 + b"We agree."))


def test_a_book_that_is_locked_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("META-INF/container.xml", '<container><rootfile full-path="a.opf"/></container>')
        book.writestr("META-INF/encryption.xml", "<encryption/>")
        book.writestr(
            "a.opf",
            '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
        )
        book.writestr("a.xhtml", bytes(range(64, 255)) * 9)
    with pytest.raises(SourceError, match="the book is locked by its seller; get one that is not"):
        inspect(path)


@pytest.mark.parametrize(("name", "member"), [("a.odt", "content.xml"), ("a.epub", "META-INF/container.xml")])
def test_a_package_that_unpacks_without_bounds_is_refused(tmp_path: Path, name: str, member: str) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(member, b" " * 5_000_000)
    with pytest.raises(SourceError) as caught:
        inspect(path)
    assert caught.value.limit == "ARCHIVE_RATIO"


def test_blanks_and_nothing_else_are_told_from_subtitles_at_once() -> None:
    """A pattern that parted them in every way took ten seconds for a screen of empty lines."""
    assert not any(is_subtitles(blank * 16_384) for blank in (b"\n", b" ", b"1\n", b"WEBVTT\n"))


SAID = (
    "Mr. President,\n\nOur harbours are open to all who come in peace, by day and by night.\n\nI thank you."
)
READ = [
    "Mr. President,",
    "Our harbours are open to all who come in peace, by day and by night.",
    "I thank you.",
]


def message(tmp_path: Path, text: str) -> list[str]:
    header = (
        "From: a@example.org\nSubject: Fwd: Statement by Ghana\nContent-Type: text/plain; charset=utf-8\n\n"
    )
    return texts(written(tmp_path, "a.eml", f"{header}{text}\n".encode()))


@pytest.mark.parametrize(
    ("line", "headers"),
    [
        (
            "---------- Forwarded message ---------",
            "From: Mission <m@example.org>\nDate: Mon, 16 May\nSubject: It\nTo: A",
        ),
        (
            "-----Ursprüngliche Nachricht-----",
            "Von: Mission\nGesendet: Montag, 16. Mai\nAn: A\nBetreff: Rede",
        ),
        ("Début du message réexpédié :", "\nDe: Mission <m@example.org>\nObjet: Texte\nÀ: A"),
    ],
)
def test_headers_of_what_is_passed_on_and_a_short_note_above_are_no_words(
    line: str, headers: str, tmp_path: Path
) -> None:
    assert message(tmp_path, f"Dear all,\n\nsee below.\n\nA\n\n{line}\n{headers}\n\n{SAID}") == READ


def test_a_long_text_above_what_is_passed_on_is_kept(tmp_path: Path) -> None:
    passed = "---- Original Message ----\nFrom: B\nTo: A\nSubject: It\n\nPlease send it."
    assert message(tmp_path, f"{SAID}\n\n{passed}")[:3] == READ


def test_a_colon_that_introduces_a_list_is_no_header(tmp_path: Path) -> None:
    listed = (
        "Here are the votes:\nGhana: yes\nNorway: no\nPeru: yes\n\nThese were all of them, by day and night."
    )
    assert "Ghana: yes" in " ".join(message(tmp_path, listed))


def test_the_marks_of_what_a_message_quotes_are_no_words(tmp_path: Path) -> None:
    assert message(tmp_path, "\n".join(f"> {line}".rstrip() for line in SAID.split("\n"))) == READ
    assert message(tmp_path, "Our harbours are open to\n> 3 ships a day.")[-1] == "> 3 ships a day."


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.odt"])
def test_a_document_that_is_none_by_its_content_says_so(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="by its name it is a document, and by its content it is none"):
        inspect(written(tmp_path, name, b"Not found"))


@pytest.mark.parametrize("name", ["a.eml", "a.mhtml"])
def test_a_message_with_a_header_without_end_is_refused(name: str, tmp_path: Path) -> None:
    """Python's parser takes the time of its square: three minutes for a header of 100 KB."""
    header = b'Content-Type: text/html; a="' + b'";' * 50_000
    with pytest.raises(SourceError, match="a header of this message has more than 10,000 characters"):
        inspect(written(tmp_path, name, b"From: a\nSubject: b\n" + header + b"\n\n<p>We agree.</p>"))


def test_a_letter_and_its_mark_around_a_tag_of_subtitles_are_composed(tmp_path: Path) -> None:
    cue = "1\n00:00:01,000 --> 00:00:02,000\nThe cafe{\\an8}\u0301 is open.\n"
    assert texts(written(tmp_path, "a.srt", cue.encode())) == ["The caf\u00e9 is open."]
