"""An index that a stranger made to do harm is refused with one clear error, or answers; it runs nothing.

Its checksums are right: who makes an index can make them.
"""

# mypy: allow-untyped-calls
# The table of contents of Whoosh carries no types.

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import zstandard
from faults.forged import forgeries, names_another
from faults.suspect import Arrays, answers, damage, forge, make_index, segments
from hypothesis import HealthCheck, given, settings
from pyroaring import BitMap
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, open_dir

from onrecord.indexer.doctor.segment_examination import examine_segment
from onrecord.indexer.errors import IndexDamaged
from onrecord.indexer.segments.columns.blocks import BlockWriter
from onrecord.indexer.segments.layout import BINS, LONGEST_PLAIN_DOCUMENTS
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.whoosh.schema import paragraph_schema


@pytest.fixture(scope="module")
def index_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("suspect"))


def put(name: str, place: int, value: float) -> Callable[[Arrays], object]:
    """Change one number of an array."""
    return lambda arrays: arrays[name].__setitem__(place, value)


def become(name: str, value: bytes) -> Callable[[Arrays], object]:
    """Exchange an array of bytes."""
    return lambda arrays: arrays.update({name: np.frombuffer(value, "u1")})


def cut(name: str) -> Callable[[Arrays], object]:
    """Leave out the last item of an array."""
    return lambda arrays: arrays.update({name: arrays[name][:-1]})


def recorded(name: str, *records: bytes) -> Callable[[Arrays], object]:
    """Exchange records."""
    writer = BlockWriter()
    writer.add(records)
    packed = writer.arrays(name)

    def change(arrays: Arrays) -> None:
        arrays.update(
            {key: np.frombuffer(v, "u1") if isinstance(v, bytes) else v for key, v in packed.items()}
        )

    return change


def frame(name: str, data: bytes) -> Callable[[Arrays], object]:
    """Exchange the blocks of records by one."""

    def change(arrays: Arrays) -> None:
        arrays[name] = np.frombuffer(data, "u1")
        arrays[f"{name}.at"] = np.array([0, len(data)], np.uint64)
        arrays[f"{name}.first"] = np.array([0, len(arrays[f"{name}.offsets"])], np.uint32)

    return change


def bitmaps(make: Callable[[bytes], bytes]) -> Callable[[Arrays], object]:
    """Exchange every bitmap of paragraphs; the room that it has stays as large."""

    def change(arrays: Arrays) -> None:
        for group in np.flatnonzero(arrays["groups.paragraphs"] > LONGEST_PLAIN_DOCUMENTS).tolist():
            begin, end = arrays["documents.at"][group : group + 2].tolist()
            data = arrays["documents"][begin:end].tobytes()
            arrays["documents"][begin:end] = np.frombuffer(
                make(data)[: len(data)].ljust(len(data), b"\0"), "<u4"
            )

    return change


FACTS = dict.fromkeys(
    ("speaker", "printed_speaker", "forum", "place", "title", "date", "language", "source"), None
)
OTHERS = json.dumps({"slug": "a", **FACTS}).encode()
BOMB = zstandard.ZstdCompressor(level=19).compress(bytes(80 << 20))
CLAIM = b"\x28\xb5\x2f\xfd\xe0" + struct.pack("<Q", 1 << 60) + b"\x01\x00\x00"

REFUSED: dict[str, Callable[[Arrays], object]] = {
    "an array is missing": lambda arrays: arrays.pop("roles"),
    "an array is of another kind": lambda arrays: arrays.update(lengths=arrays["lengths"].astype("<f4")),
    "fewer lengths than paragraphs": cut("lengths"),
    "fewer statements than paragraphs": cut("statement"),
    "fewer roles than paragraphs": cut("roles"),
    "a position too few": cut("forward"),
    "a count too few": cut("forms.frequency"),
    "a digest cut short": cut("statement.digest"),
    "a sketch cut short": cut("sketches"),
    "a sketch too few": lambda arrays: arrays.update(sketches=arrays["sketches"][:-BINS]),
    "a peak too few": cut("groups.peak"),
    "an absurd length": put("lengths", 5, 0xFFFFFFFF),
    "an absurd count of a form": put("forms.frequency", 5, 0xFFFFFFFF),
    "an absurd count of a group": put("groups.paragraphs", 5, 0xFFFFFFFF),
    "a form that stands nowhere": put("forms.frequency", 5, 0),
    "a form of a group that there is not": put("forms.groups", 5, 0xFFFFFFFF),
    "groups of forms that begin outside": put("forms.groups.at", 4, 0xFFFFFFFF),
    "groups of forms that fall": put("forms.groups.at", 4, 0),
    "a lemma of a group that there is not": put("lemmas.groups", 0, 0xFFFFFFFF),
    "groups of lemmas that end outside": put("lemmas.groups.at", -1, 1 << 31),
    "a word as written of a group that there is not": put("written.groups", 0, 0xFFFFFFFF),
    "words as written that are no text": become("written", b"\xff\xfe"),
    "a form with no group": cut("forms.groups.at"),
    "lists that begin outside": put("positions.at", 4, 0xFFFFFFFF),
    "lists that fall": put("documents.at", 4, 0),
    "lists that end outside": put("documents.at", -1, 1 << 31),
    "lists that do not begin": put("forms.at", 0, 1),
    "frequencies that begin outside": put("frequencies.at", 7, 1 << 30),
    "large frequencies outside": put("frequencies.large", 0, 1 << 30),
    "a large frequency that is small": put("frequencies.largest", 0, 1),
    "a list of large frequencies that ends outside": put("frequencies.large.at", -1, 9),
    "a statement that is not there": put("statement", 0, 1 << 20),
    "statements that fall": put("statement.paragraphs", 1, 1 << 20),
    "a rank outside": put("statement.rank", 0, 77),
    "an order outside": put("statement.order", 0, 77),
    "a source outside": put("statement.source", 0, 77),
    "a common form outside": put("forward.forms", 0, 1 << 20),
    "a rarer form outside": lambda arrays: arrays["forward.others"].fill(0xFF),
    "a rarer form too few": cut("forward.others"),
    "a form on a shelf outside": put("forward.rest", 0, 0xFFFF),
    "a shelf that there is not": lambda arrays: arrays["forward"].__setitem__(arrays["forward"] == 223, 254),
    "a further shelf of no form": lambda arrays: arrays["forward"].__setitem__(arrays["forward"] == 223, 255),
    "a hash table without a free slot": lambda arrays: arrays["forms.slots"].fill(1),
    "a hash table with a term that is not there": lambda arrays: arrays["forms.slots"].fill(1 << 20),
    "a hash table of another size": cut("forms.slots"),
    "a peak that is no number": put("groups.peak", 0, float("nan")),
    "a peak below nothing": put("groups.peak", 0, -1),
    "a peak above all": put("groups.peak", 0, float("inf")),
    "a role that is not there": put("roles", 0, 9),
    "a printed number that is not there": put("printed", 0, 9),
    "a language that is not there": put("languages", 0, 9),
    "a position outside": lambda arrays: arrays["positions"].__setitem__(arrays["positions"] == 0, 1 << 30),
    "a paragraph outside": lambda arrays: arrays["documents"].__setitem__(arrays["documents"] == 0, 1 << 30),
    "words that are no text": lambda arrays: arrays["forms"].fill(0xFF),
    "blocks that begin outside": put("text.at", 1, 1 << 60),
    "blocks of records that fall": put("text.first", 1, 1 << 30),
    "a record that begins outside": put("text.offsets", 3, 0xFFFF),
    "a block that is none": frame("text", b"no frame"),
    "a block that opens too large": frame("text", BOMB),
    "a block that claims to be absurd": frame("text", CLAIM),
    "a dictionary that opens too large": become("text.sample", BOMB),
    "a dictionary that is none": become("text.sample", b"none"),
    "facts that are no JSON": recorded("records", b"{", b"{"),
    "facts that are no object": recorded("records", b"[]", b"7"),
    "facts that are left out": recorded("records", b"{}", b"{}"),
    "facts of another kind": recorded("records", *2 * [OTHERS.replace(b'"a"', b"1")]),
    "facts that nest too deep": recorded("records", *2 * [b"[" * 200_000]),
    "facts of half characters": recorded("records", *2 * [OTHERS.replace(b'"a"', b'"\\ud800"')]),
    "a date that is none": recorded("records", *2 * [OTHERS.replace(b'"date": null', b'"date": "x"')]),
    "sources that are no object": recorded("sources", b"[]", b"[]"),
    "sources with facts left out": recorded("sources", b"{}", b"{}"),
    "names that are no JSON": become("speaker.values", b"]"),
    "names that are no list": become("speaker.values", b'{"a": 1}'),
    "names that are no texts": become("speaker.values", b"[[1], [2]]"),
    "a value of no name": become("speaker.values", b'[[], ["Japan"]]'),
    "a place of two names": become("place.values", b'[["Geneva", "Genf"]]'),
    "names that nest too deep": become("speaker.values", b"[" * 200_000),
    "a name that is not there": put("speaker.of", 0, 77),
    "a place of a name that is not there": put("forum.places", 0, 77),
    "a place of no name": put("forum.places", 0, 0),
    "places of names that end outside": put("forum.places.at", -1, 77),
    "bitmaps of noughts": bitmaps(lambda data: b""),
    "bitmaps of another sort": bitmaps(lambda data: struct.pack("<II", 12345, 1) + data[8:]),
    "bitmaps that claim many containers": bitmaps(
        lambda data: data[:4] + struct.pack("<I", 60000) + data[8:]
    ),
    "bitmaps with another count": bitmaps(lambda data: data[:10] + struct.pack("<H", 3) + data[12:]),
    "bitmaps that reach outside": bitmaps(lambda data: data[:8] + struct.pack("<H", 0xFFFF) + data[10:]),
    "bitmaps that fall": bitmaps(lambda data: data[:16] + data[18:20] + data[16:18] + data[20:]),
    "bitmaps of four thousand million": bitmaps(lambda data: runs(len(data))),
}


def runs(size: int) -> bytes:
    """Write a bitmap of as many full containers as find room."""
    full = BitMap()
    for containers in range(1, 1 << 16):
        full.add_range((containers - 1) << 16, containers << 16)
        full.run_optimize()
        if len(full.serialize()) > size:
            break
        best = full.serialize()
    return best


@pytest.mark.parametrize("what", REFUSED)
def test_a_forged_segment_is_refused_by_name(what: str, index_of_all: Path, tmp_path: Path) -> None:
    path = forge(index_of_all, tmp_path / "forged", REFUSED[what])
    assert str(damage(path.parent)).startswith(f"{path}: this file of the index is damaged")


@pytest.mark.parametrize("what", REFUSED)
def test_the_examination_of_a_forged_segment_finds_something(
    what: str, index_of_all: Path, tmp_path: Path
) -> None:
    path = forge(index_of_all, tmp_path / "forged", REFUSED[what])
    try:
        found = list(examine_segment(Segment(path)))
    except IndexDamaged as error:
        found = [str(error)]
    assert [sentence.startswith(f"{path}: ") for sentence in found] == [True] * len(found) != []


def test_the_examination_of_a_whole_segment_finds_nothing(index_of_all: Path) -> None:
    assert [sentence for path in segments(index_of_all) for sentence in examine_segment(Segment(path))] == []


@pytest.mark.parametrize("name", ["statement.digest", "sketches"])
def test_the_examination_finds_that_copies_would_be_told_wrong(
    name: str, index_of_all: Path, tmp_path: Path
) -> None:
    path = forge(index_of_all, tmp_path / "forged", lambda arrays: arrays[name].__ixor__(1))
    assert list(examine_segment(Segment(path))) == [
        f"{path}: the digests and sketches disagree with the rest of the segment."
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(forgery=forgeries())
def test_a_segment_with_any_other_number_is_refused_or_answers(
    index_of_all: Path, tmp_path: Path, forgery: Callable[[Arrays], object]
) -> None:
    assert not names_another(forge(index_of_all, tmp_path / "forged", forgery))


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_not_opened_as_a_segment(kind: str, index_of_all: Path, tmp_path: Path) -> None:
    path = forge(index_of_all, tmp_path / "forged", lambda arrays: None)
    aside = path.rename(tmp_path / "aside")
    {"link": lambda: path.symlink_to(aside), "pipe": lambda: os.mkfifo(path), "folder": path.mkdir}[kind]()
    assert str(damage(path.parent)).startswith(f"{path}: ")


class Attack:
    """Unpickled, it makes a folder: the code of a stranger ran."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.mark),)


def plant(folder: Path, mark: Path) -> Path:
    """Write a table of contents as stock Whoosh does, with a pickle that runs code; return its file."""
    schema = paragraph_schema()
    vars(schema["text"])["attack"] = Attack(mark)
    TOC(schema, [], 1).write(FileStorage(str(folder)), "MAIN")
    return folder / "_MAIN_1.toc"


def test_stock_whoosh_runs_the_code_of_a_planted_pickle(tmp_path: Path) -> None:
    plant(tmp_path, tmp_path / "ran")
    open_dir(str(tmp_path))
    assert (tmp_path / "ran").is_dir()


def test_a_planted_pickle_does_not_run(index_of_all: Path, tmp_path: Path) -> None:
    folder = forge(index_of_all, tmp_path / "forged", lambda arrays: None).parent
    plant(folder, tmp_path / "ran")
    assert (answers(folder), (tmp_path / "ran").exists()) == (answers(index_of_all), False)


@pytest.mark.parametrize("name", ["CURRENT", "a segment"])
def test_a_pickle_in_place_of_a_file_does_not_run(name: str, index_of_all: Path, tmp_path: Path) -> None:
    segment = forge(index_of_all, tmp_path / "forged", lambda arrays: None)
    planted = plant(segment.parent, tmp_path / "ran")
    planted.replace(segment if name == "a segment" else segment.with_name(name))
    assert (damage(segment.parent) is None, (tmp_path / "ran").exists()) == (False, False)
