"""A table of contents is read by code that accepts only what it knows."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import IndexDamaged
from onrecord.indexer.store.generation import LARGEST_GENERATION_FILE, MOST_DELETED, Generation, SegmentEntry
from onrecord.indexer.store.merge_policy import segments_to_merge
from onrecord.indexer.store.store import Store

NAME = "segment-0123456789abcdef.seg"
ENTRY: dict[str, Any] = {"name": NAME, "statements": 3, "paragraphs": 5, "deleted": [0, 2]}
ADDRESSES = "addresses-0123456789abcdef.json"
TABLE: dict[str, Any] = {
    "version": 5,
    "number": 7,
    "roots": ["/texts"],
    "segments": [ENTRY],
    "removed": ["/texts/2021"],
    "links": True,
    "addresses": ADDRESSES,
}
# What the version before had not.
NEW = ("removed", "links", "addresses")
READ = Generation(
    7, ("/texts",), (SegmentEntry(NAME, 3, 5, (0, 2)),), ("/texts/2021",), links=True, addresses=ADDRESSES
)


def sealed(line: bytes) -> bytes:
    """Give a line the checksum that it asks for, as a forger would."""
    return b"%s\n%08x\n" % (line, zlib.crc32(line))


def table(**changes: Any) -> bytes:
    return sealed(json.dumps(TABLE | changes).encode())


def entry(**changes: Any) -> bytes:
    return table(segments=[ENTRY | changes])


HOSTILE = {
    "another version": table(version=2),
    "a version that is true": table(version=True),
    "something unknown": table(more=1),
    "something missing": sealed(json.dumps({"version": 5, "number": 1, "roots": []}).encode()),
    "addresses in another folder": table(addresses=f"../{ADDRESSES}"),
    "addresses that are a segment": table(addresses=NAME),
    "addresses that are no text": table(addresses=1),
    "addresses in the version that had none": table(version=4),
    "a path taken out that is no text": table(removed=[1]),
    "a mark of links that is a number": table(links=1),
    "something unknown of a segment": entry(more=1),
    "no object": sealed(b"[]"),
    "a segment that is no object": table(segments=[[]]),
    "segments that are no list": table(segments={}),
    "roots that are no list": table(roots="/texts"),
    "a root that is no text": table(roots=[1]),
    "a number that is true": table(number=True),
    "a negative number": table(number=-1),
    "a number with a fraction": table(number=1.0),
    "a number with an exponent": sealed(json.dumps(TABLE).replace("7", "7e9").encode()),
    "an absurd number": table(number=10**400),
    "a number that is too large": table(number=1 << 60),
    "not a number": sealed(json.dumps(TABLE).replace("7", "NaN").encode()),
    "infinity": sealed(json.dumps(TABLE).replace("7", "Infinity").encode()),
    "a count that is false": entry(paragraphs=False),
    "a count that is null": entry(statements=None),
    "a deleted statement that is true": entry(deleted=[True]),
    "a deleted statement that there is not": entry(deleted=[3]),
    "a name in another folder": entry(name=f"../{NAME}"),
    "a name with a line after it": entry(name=f"{NAME}\n"),
    "a name that is no text": entry(name=1),
    "a segment twice": table(segments=[ENTRY, ENTRY]),
    "a member twice": sealed(json.dumps(TABLE).replace("{", '{"number": 7, ', 1).encode()),
    "deep nesting": sealed(b'{"roots": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "as deep as is counted": sealed(b"[" * 1_000_000),
    "very many members": sealed(b"[" + b"0," * 4_000_000 + b"0]"),
    "no text": sealed(b"\xff\xfe"),
    "another checksum": table().replace(b"/texts", b"/texte"),
    "more after it": table() + b"\n",
    "too much": sealed(b" " * LARGEST_GENERATION_FILE),
}


def opened(folder: Path, data: bytes) -> Generation:
    (folder / "CURRENT").write_bytes(data)
    return Store(folder).generation()


def test_what_was_written_is_read() -> None:
    assert Generation.load(READ.dump()) == Generation.load(table()) == READ


def test_the_version_before_is_read_as_one_without_former_addresses() -> None:
    before = {name: value for name, value in TABLE.items() if name not in NEW} | {"version": 4}
    expected = replace(READ, removed=(), links=False, addresses=None)
    assert Generation.load(sealed(json.dumps(before).encode())) == expected


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_no_writer_writes_is_damage_of_the_file(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(IndexDamaged) as caught:
        opened(tmp_path, data)
    assert caught.value.path == str(tmp_path / "CURRENT")


def a_link(path: Path) -> None:
    path.with_name("elsewhere").write_bytes(table())
    path.symlink_to("elsewhere")


@pytest.mark.parametrize("make", [a_link, os.mkfifo, Path.mkdir], ids=["link", "pipe", "folder"])
def test_what_is_no_plain_file_is_no_table(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "CURRENT")
    with pytest.raises(IndexDamaged, match="CURRENT: the table of contents is damaged"):
        Store(tmp_path).generation()


def test_every_byte_that_changes_is_noticed() -> None:
    whole = READ.dump()
    for at in range(len(whole)):
        for bit in range(8):
            changed = bytearray(whole)
            changed[at] ^= 1 << bit
            with pytest.raises(ValueError, match="checksum"):
                Generation.load(bytes(changed))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*TABLE, *ENTRY]), inner),
)


@given(st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_data_of_any_other_kind_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Generation.load(sealed(data))


def test_the_segment_with_the_most_deleted_is_written_anew_before_the_table_grows_too_large() -> None:
    half = MOST_DELETED // 2
    few = SegmentEntry("segment-0000000000000000.seg", 4 * half, 9 * half, tuple(range(half)))
    many = SegmentEntry("segment-1111111111111111.seg", 4 * half, 9 * half, tuple(range(half + 1)))
    assert segments_to_merge([few, many]) == [many]
    assert len(Generation(1, (), (few, many)).dump()) < LARGEST_GENERATION_FILE
