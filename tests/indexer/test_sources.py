"""What each reader makes of a file: every sample in ``sources/`` beside what is expected of it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.errors import SourceError
from onrecord.indexer.reading.drafts import read_source as read_lazily
from onrecord.indexer.reading.hashes import content_hash
from onrecord.indexer.register import delegation_by_code
from onrecord.indexer.sources.beside import looking_once, sidecar_of
from onrecord.indexer.sources.files import find_sources, find_strays
from onrecord.indexer.statement import Finding, Metadata, Paragraph

SAMPLES = Path(__file__).parent / "sources"
GOOD = sorted(SAMPLES.rglob("*.json"))
BROKEN = sorted(SAMPLES.rglob("*.error"))


def read_source(path: Path) -> list[Draft] | None:
    read = read_lazily(path)
    return None if read is None else list(read[1])


def sample(expected: Path) -> Path:
    """Find the file that an expectation (``NAME.txt.json``) stands beside."""
    return expected.with_name(expected.stem)


def plain(draft: Draft) -> dict[str, Any]:
    """Write a draft as the samples do: only what is there."""
    facts = declared(draft.declared)
    notes = {"notes": [[one.mark, f"line {one.behind}", *one.texts] for one in draft.notes]}
    below = notes if draft.notes else {}
    if draft.paragraphs is not None:
        said = [*map(paragraph, draft.paragraphs)]
        return {"id": draft.source_id, "declared": facts, "paragraphs": said, **below}
    return {"declared": facts, "blocks": [block(found) for found in draft.blocks], **below}


def declared(metadata: Metadata) -> dict[str, str]:
    found = {name: getattr(metadata, name) for name in Metadata.__slots__}
    return {
        name: f"{value.value} < {value.evidence}" if isinstance(value, Finding) else value
        for name, value in found.items()
        if value
    }


def paragraph(found: Paragraph) -> list[str]:
    marks = (f"line {found.line}", found.source_id, found.page, found.printed, found.role.value)
    return [", ".join(mark for mark in marks if mark), found.text]


def block(found: Block) -> list[str]:
    return [f"{'title ' if found.title else ''}{found.line}", *found.lines]


@pytest.mark.parametrize("expected", GOOD, ids=lambda path: path.stem)
def test_a_sample_reads_as_expected(expected: Path) -> None:
    assert [plain(draft) for draft in read_source(sample(expected)) or []] == json.loads(expected.read_text())


@pytest.mark.parametrize("expected", BROKEN, ids=lambda path: path.stem)
def test_a_broken_sample_says_what_to_do(expected: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read_source(sample(expected))
    assert str(caught.value).removeprefix(f"{SAMPLES}/") == expected.read_text().rstrip("\n")


def written(folder: Path, name: str, content: bytes | str = "Mr. President,\n") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "reader"),
    [
        ("a.md", "Hello", "markdown"),
        ("a.MARKDOWN", "Hello", "markdown"),
        ("a.txt", "Hello", "text"),
        ("Statement by Mr. Abe", "Hello", "text"),
        ("statement.2021", "Hello", "text"),
        ("a.html", "Hello", "html"),
        ("page", "<!DOCTYPE html><html><p>Hello", "html"),
        ("JPN_55_2000.txt", "Hello", "general-debate"),
        ("JPN_55_2001.txt", "Hello", "text"),
        ("a.json", "{}", None),
        ("a.txt", "%PDF-1.7 words", "pdf"),
        ("a.pdf", "Mr. President,", None),
        ("a.docx", b"PK\x03\x04\x00\x00words", "docx"),
        ("a.zip", b"PK\x03\x04\x00\x00words", "zip"),
        ("a.xml", "<TEI xmlns='http://www.tei-c.org/ns/1.0'/>", "parlamint"),
        ("a.xml", "<akomaNtoso/>", "akoma-ntoso"),
        ("a.xml", "<?xml version='1.0'?><!DOCTYPE publicwhip [<!ENTITY a 'b'>]><publicwhip/>", "parlparse"),
        ("a.xml", "<rss/>", None),
        ("a.xml", "<Hansard xml:lang='EN'/>", "canadian-hansard"),
        ("a.xml", "<hansard version='2.1'><session.header/></hansard>", "australian-hansard"),
        ("a.xml", "<hansard><housecommons/></hansard>", "digitised-hansard"),
        ("a.xml", "<houselords/>", "digitised-hansard"),
        ("a.xml", "<dbtplenarprotokoll/>", "bundestag"),
        ("a.xml", "<DOKUMENT><WAHLPERIODE>17</WAHLPERIODE></DOKUMENT>", "bundestag"),
        ("a.xml", "<DOKUMENT/>", None),
        ("a.xml", "<debates><speech speakername='A'/></debates>", "parlparse"),
        ("a.xml", "<debates/>", None),
        ("a.xml", "<DEBATS><INTERVENTION/></DEBATS>", "europarl"),
        ("a.txt", '<SPEAKER ID=1 NAME="President">\nOrder.\n', "europarl"),
        (
            "a.htm",
            "<pre>\n[Congressional Record Volume 1, Number 8 (Tuesday, January 28, 1997)]\n",
            "congressional-record",
        ),
        ("a.csv", "country,speech\nJapan,We have cleared the harbour of mines.\n", "table"),
        ("a.csv", "a,b\n1,2\n", None),
        ("a.txt", "S/PV.9901\n\nThe President: We begin.\n", "verbatim-record"),
        ("a.txt", b"PK\x03\x04\x00\x00words", None),
        ("a.txt", b"\x01\x02\x03\x04words", None),
        ("a.txt", "Mr. President".encode("utf-16"), "text"),
    ],
)
def test_the_reader_is_picked_by_name_and_content(
    tmp_path: Path, name: str, content: bytes | str, reader: str | None
) -> None:
    read = read_lazily(written(tmp_path, name, content))
    assert (read and read[0]) == reader


def test_a_file_no_reader_takes_is_none(tmp_path: Path) -> None:
    assert read_source(written(tmp_path, "a.csv", "a,b")) is None


def test_a_file_without_words_holds_no_statement(tmp_path: Path) -> None:
    assert read_source(written(tmp_path, "a.txt", " \n\n")) == []


@pytest.mark.parametrize(
    "content",
    [
        "Côte d’Ivoire\r\n\r\nPeace".encode(),
        "\ufeffCôte d’Ivoire\r\rPeace".encode(),
        "Co\u0302te\u00a0d’Ivo\u200bire\u2028\u2028Peace".encode(),
        "Côte d’Ivoire\n\nPeace".encode("utf-16"),
        b"\xfe\xff" + "Côte d’Ivoire\n\nPeace".encode("utf-16-be"),
        "Côte d’Ivoire\n \t\nPeace".encode("windows-1252"),
    ],
)
def test_encodings_and_line_ends_read_alike(tmp_path: Path, content: bytes) -> None:
    drafts = read_source(written(tmp_path, "a.txt", content))
    assert drafts == [Draft((Block(("Côte d’Ivoire",), line=1), Block(("Peace",), line=3)))]


def test_a_page_is_decoded_as_it_declares(tmp_path: Path) -> None:
    page = '<html><head><meta charset="koi8-r"></head><body><p>Господин</p></body></html>'
    drafts = read_source(written(tmp_path, "a.html", page.encode("koi8-r")))
    assert drafts is not None
    assert drafts[0].blocks == (Block(("Господин",), marked_up=True),)


def test_general_debate_speaks_for_the_delegation_of_that_year(tmp_path: Path) -> None:
    drafts = read_source(written(tmp_path, "JPN_55_2000.txt"))
    japan = delegation_by_code("JPN", year=2000)
    assert drafts is not None
    assert japan is not None
    assert drafts[0].declared.speaker is not None
    assert drafts[0].declared.speaker.value.name == japan.name


def test_a_speech_in_the_general_debate_has_no_heading(tmp_path: Path) -> None:
    drafts = read_source(written(tmp_path, "JPN_55_2000.txt"))
    assert drafts is not None
    assert not drafts[0].headed


def test_an_unknown_code_is_printed_as_it_is(tmp_path: Path) -> None:
    drafts = read_source(written(tmp_path, "QQQ_55_2000.txt"))
    assert drafts is not None
    assert drafts[0].declared.speaker is not None
    assert str(drafts[0].declared.speaker.value) == "QQQ"


def test_a_sidecar_wins_over_front_matter(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", "---\nplace: Geneva\nforum: Assembly\n---\nHello\n")
    written(tmp_path, "a.yaml", "place: Vienna\n")
    drafts = read_source(path)
    assert drafts is not None
    assert declared(drafts[0].declared) == {
        "place": "Vienna < place: Vienna",
        "forum": "Assembly < forum: Assembly",
    }


def test_a_broken_sidecar_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md", "Hello")
    written(tmp_path, "a.yaml", "place: Vienna\ndate: yesterday\n")
    with pytest.raises(SourceError, match=r"a\.yaml, line 2: \"yesterday\" is not a date"):
        read_source(path)


def test_the_hash_covers_the_sidecar(tmp_path: Path) -> None:
    path = written(tmp_path, "a.md")
    before = content_hash(path)
    written(tmp_path, "a.yml", "place: Vienna\n")
    assert content_hash(path) != before


def tree(folder: Path) -> Path:
    for name in ("b.txt", "a.md", "a.yaml", "lone.yaml", "c/d.txt", "c/._d.txt", ".DS_Store", ".git/config"):
        written(folder, name)
    (folder / "c" / "up").symlink_to(folder)
    (folder / "e.txt").symlink_to(folder / "b.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    return folder


def names(paths: Any, folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in paths]


def test_sources_are_sorted_and_leave_out_the_hidden_and_the_sidecars(tmp_path: Path) -> None:
    assert names(find_sources(tree(tmp_path)), tmp_path) == ["a.md", "b.txt", "c/d.txt", "e.txt", "lone.yaml"]


def test_strays_are_what_sources_pass_over(tmp_path: Path) -> None:
    assert names(find_strays(tree(tmp_path)), tmp_path) == [".DS_Store", ".git", "c/._d.txt", "gone.txt"]


def test_a_file_is_its_own_source(tmp_path: Path) -> None:
    path = written(tmp_path, ".hidden.txt")
    assert list(find_sources(path)) == [path]


@pytest.mark.parametrize("name", ["nowhere", "longer than any file's name" * 10])
def test_a_missing_path_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=r"there is no such file or folder; check the path\.$"):
        list(find_sources(tmp_path / name))


def test_who_looks_once_a_folder_finds_the_same_sidecars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("both/a.txt", "both/a.yaml", "both/b.txt", "other/a.txt", "other/z.yml", "none/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("speaker: Norway", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("c/a.txt", "Text.")
        archive.writestr("c/a.yml", "speaker: Norway")
        archive.writestr("a.txt", "Text.")
    monkeypatch.chdir(tmp_path / "both")
    texts = [
        tmp_path / name for name in ("both/a.txt", "both/b.txt", "other/a.txt", "none/a.txt", "gone/a.txt")
    ]
    texts += [tmp_path / "b.zip!/c/a.txt", tmp_path / "b.zip!/a.txt", Path("a.txt"), Path("b.txt")]
    found = [sidecar_of(path) for path in texts]
    assert [one.name if one else None for one in found] == [
        "a.yaml",
        *4 * [None],
        "a.yml",
        None,
        "a.yaml",
        None,
    ]
    with looking_once():
        assert [sidecar_of(path) for _ in range(2) for path in texts] == 2 * found
