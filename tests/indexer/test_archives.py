"""Zip archives are folders: their members are found, read, updated and cited like files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from onrecord import Report, SourceError, build, inspect, open_index, update
from onrecord.indexer.limits import ARCHIVE_RATIO
from onrecord.indexer.sources.files import find_sources, find_strays

SAMPLES = Path(__file__).parent / "sources"
TEXTS = {
    "letters/panama.txt": "Statement by Panama\n\nThe canal is ours.\n",
    "letters/norway.md": "# Statement by Norway\n\nThe fjord is ours.\n",
}


def packed(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def texts(folder: Path, more: dict[str, str | bytes] | None = None, *, without: str = "") -> Path:
    (folder / "texts").mkdir(exist_ok=True)
    members: dict[str, str | bytes] = {**TEXTS, **(more or {})}
    members.pop(without, None)
    return packed(folder / "texts" / "b.zip", members)


def names(paths: object, folder: Path) -> list[str]:
    assert hasattr(paths, "__iter__")
    return [str(path.relative_to(folder)) for path in paths]


def indexed(folder: Path) -> Report:
    return update(folder / "texts", into=folder / "index")


def sources(folder: Path, question: str = "ours") -> list[str]:
    with open_index(folder / "index") as index:
        return sorted(hit.source for hit in index.search(question))


def test_members_are_found_in_order_where_the_archive_stands(tmp_path: Path) -> None:
    archive = texts(tmp_path)
    (archive.parent / "a.txt").write_text("x")
    (archive.parent / "c.txt").write_text("x")
    assert names(find_sources(archive.parent), archive.parent) == [
        "a.txt",
        "b.zip!/letters/norway.md",
        "b.zip!/letters/panama.txt",
        "c.txt",
    ]


def test_a_hit_names_the_archive_and_the_member(tmp_path: Path) -> None:
    texts(tmp_path)
    indexed(tmp_path)
    assert sources(tmp_path) == ["b.zip!/letters/norway.md", "b.zip!/letters/panama.txt"]


def test_an_archive_may_be_indexed_by_its_own_name(tmp_path: Path) -> None:
    archive = texts(tmp_path)
    assert build(archive, into=tmp_path / "index").added.statements == 2


def test_an_archive_that_has_not_changed_is_left_alone(tmp_path: Path) -> None:
    texts(tmp_path)
    indexed(tmp_path)
    assert not indexed(tmp_path).written


def test_a_changed_member_is_replaced_and_the_others_are_left_alone(tmp_path: Path) -> None:
    texts(tmp_path)
    indexed(tmp_path)
    texts(tmp_path, {"letters/norway.md": "# Statement by Norway\n\nThe fjord is everyone's.\n"})
    report = indexed(tmp_path)
    assert (report.changed.statements, report.unchanged.statements) == (1, 1)


def test_a_member_that_has_gone_is_dropped(tmp_path: Path) -> None:
    texts(tmp_path)
    indexed(tmp_path)
    texts(tmp_path, without="letters/norway.md")
    indexed(tmp_path)
    assert sources(tmp_path) == ["b.zip!/letters/panama.txt"]


def test_an_archive_that_has_gone_is_dropped(tmp_path: Path) -> None:
    archive = texts(tmp_path)
    (archive.parent / "other.txt").write_text("The lake is theirs.", "utf-8")
    indexed(tmp_path)
    archive.unlink()
    assert indexed(tmp_path).removed.statements == 2


def test_an_archive_indexed_by_its_own_name_drops_a_member_that_has_gone(tmp_path: Path) -> None:
    build(texts(tmp_path), into=tmp_path / "index")
    assert (
        update(texts(tmp_path, without="letters/norway.md"), into=tmp_path / "index").removed.statements == 1
    )


def test_a_member_may_be_inspected(tmp_path: Path) -> None:
    (found,) = inspect(Path(f"{texts(tmp_path)}!/letters/panama.txt"))
    assert found.as_dict()["speaker"] == "Panama"


def test_an_archive_itself_is_no_statement(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"this is an archive; name a file in it, such as \".*norway\.md\""):
        inspect(texts(tmp_path))


def test_a_sidecar_in_an_archive_speaks_for_its_text(tmp_path: Path) -> None:
    archive = texts(tmp_path, {"letters/panama.yaml": "place: Colón\n"})
    assert len(list(find_sources(archive))) == 2
    (found,) = inspect(Path(f"{archive}!/letters/panama.txt"))
    assert found.as_dict()["place"] == "Colón"


def test_a_corpus_in_an_archive_knows_its_people(tmp_path: Path) -> None:
    corpus = {f"QQ/{path.name}": path.read_bytes() for path in (SAMPLES / "parlamint").glob("*.xml")}
    archive = packed(tmp_path / "corpus.zip", {**corpus})
    assert (
        inspect(Path(f"{archive}!/QQ/ParlaMint-QQ_2020-05-04.xml"))[0].as_dict()["person"] == "Ole af Ström"
    )


def test_what_the_packer_added_is_a_stray(tmp_path: Path) -> None:
    archive = texts(tmp_path, {"__MACOSX/letters/._panama.txt": "x", ".DS_Store": "x"})
    assert len(list(find_sources(archive))) == 2
    assert len(list(find_strays(archive))) == 2


@pytest.mark.parametrize(
    ("member", "content", "reason"),
    [
        (
            "bomb.txt",
            b"a" * 50_000_000,
            ARCHIVE_RATIO.sentence,
        ),
        ("inner.zip", b"PK\x03\x04\x00\x00", "an archive inside an archive is not read; unpack it."),
    ],
)
def test_a_member_beyond_bounds_fails_and_the_others_are_read(
    tmp_path: Path, member: str, content: bytes, reason: str
) -> None:
    texts(tmp_path, {member: content})
    report = indexed(tmp_path)
    assert [(error.source.rpartition("/")[2], error.reason) for error in report.failed] == [(member, reason)]
    assert report.added.statements == 2


def test_a_damaged_archive_fails_and_the_others_are_read(tmp_path: Path) -> None:
    archive = texts(tmp_path)
    (archive.parent / "a.zip").write_bytes(archive.read_bytes()[:-40])
    report = indexed(tmp_path)
    assert [error.reason for error in report.failed] == [
        "the archive is damaged; get the file again or pack it anew."
    ]
    assert report.added.statements == 2


def test_a_locked_member_says_so(tmp_path: Path) -> None:
    archive = texts(tmp_path)
    data = bytearray(archive.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    archive.write_bytes(data)
    report = indexed(tmp_path)
    assert [error.reason for error in report.failed] == ["it is locked with a password; pack it without one."]


def test_a_member_without_a_name_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    whole = texts(tmp_path)
    whole.write_bytes(whole.read_bytes().replace(b"letters/norway.md", b"\0etters/norway.md"))
    assert indexed(tmp_path).failed == ()
    assert sources(tmp_path) == ["b.zip!/letters/panama.txt"]
    assert len(list(find_strays(tmp_path / "texts"))) == 1
