"""Files that are made of parts, packed anew around a part that was changed.

A damaged archive is refused by its sums before any reader sees it; so most inputs are changed inside and
packed rightly, and one in eight is damaged as a whole.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from faults.mutation import Mutator
from faults.press import Press

__all__ = ["Maker", "archive", "below_head", "cells", "damaged", "package", "pdf", "stored", "table"]

#: What makes the bytes of the next input.
Maker = Callable[[Mutator], bytes]
_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?)stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_LENGTH = re.compile(rb"/Length \d+")
_ROOT = re.compile(rb"/Root (\d+) 0 R")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Change some bytes, or leave some out."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.randbytes(chance.randint(0, 4)) + data[at + chance.randint(0, 4) :]
    return data if chance.random() < 0.9 else data[: chance.randrange(len(data) + 1)]


def stored(members: Mapping[str, bytes]) -> bytes:
    """Write a zip archive whose members are not compressed, in a tenth of the time of `zipfile`."""
    written, listed = [], []
    at = 0
    for name, data in members.items():
        known = name.encode()
        about = struct.pack(
            "<HHHHIIIHH", 0x800, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(known), 0
        )
        written.append(b"PK\3\4" + struct.pack("<H", 20) + about + known + data)
        listed.append(
            b"PK\1\2" + struct.pack("<HH", 20, 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, at) + known
        )
        at += len(written[-1])
    table = b"".join(listed)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(listed), len(listed), len(table), at, 0)
    return b"".join(written) + table + end


@cache
def _unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {one.filename: package.read(one) for one in package.infolist()}


@dataclass(frozen=True)
class _Package:
    """Changes a member of one of some packages; ``main`` is that of which the samples of the target are."""

    main: str
    around: Mapping[str, bytes]
    whole: tuple[Path, ...] = ()

    def __call__(self, mutator: Mutator) -> bytes:
        chance = mutator.random
        if self.whole and chance.random() < 0.5:
            members = dict(_unpacked(chance.choice(self.whole)))
        else:
            members = {**self.around, self.main: mutator.sample()}
        for _ in range(chance.choice((1, 1, 1, 2))):
            name = (
                self.main if self.main in members and chance.random() < 0.6 else chance.choice(list(members))
            )
            way = chance.random()
            if way < 0.9:
                members[name] = mutator.mutated(members[name])
            elif way < 0.93 and len(members) > 1:
                del members[name]
            elif way < 0.96:
                members[mutator.token().decode("latin-1")] = members[name]
            else:
                members[name] = members[chance.choice(list(members))]
        packed = stored(members)
        return damaged(packed, chance) if chance.random() < 0.125 else packed


def package(main: str, around: Mapping[str, bytes], *whole: Path) -> Maker:
    """Make packages of a main member and others around it, and of the parts of whole packages."""
    return _Package(main, around, whole)


def archive(names: Sequence[str]) -> Maker:
    """Make archives of several texts under some of the names, most of them compressed by `zipfile`."""
    return _Archive(tuple(names))


@dataclass(frozen=True)
class _Archive:
    names: tuple[str, ...]

    def __call__(self, mutator: Mutator) -> bytes:
        chance = mutator.random
        members = {chance.choice(self.names): mutator.make() for _ in range(chance.choice((1, 2, 3)))}
        if chance.random() < 0.7:
            packed = stored(members)
        else:
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in members.items():
                    archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
            packed = file.getvalue()
        return damaged(packed, chance) if chance.random() < 0.4 else packed


def below_head(mutator: Mutator) -> bytes:
    """Change a table below its first line, in three of four cases: it is a table by its names."""
    sample = mutator.sample()
    if mutator.random.random() < 0.25:
        return mutator.mutated(sample)
    head, _, rows = sample.partition(b"\n")
    return head + b"\n" + mutator.mutated(rows)


def pdf(mutator: Mutator) -> bytes:
    """Change objects of a PDF, and write the table of where they begin and the lengths of streams anew."""
    chance = mutator.random
    sample = mutator.sample()
    if chance.random() < 0.125:
        return mutator.mutated(sample)
    objects, root = _objects_of(sample)
    changed = dict(objects)
    for _ in range(chance.choice((1, 1, 2))):
        number = chance.choice(list(changed))
        begin, stream = _parted(changed[number])
        if stream is not None and chance.random() < 0.8:
            stream = mutator.mutated(stream)
        else:
            begin = mutator.mutated(begin)
        changed[number] = _object(begin, stream)
    return _numbered(changed, root)


@cache
def _objects_of(data: bytes) -> tuple[dict[int, bytes], int]:
    root = _ROOT.search(data)
    assert root is not None
    return {int(number): content for number, content in _OBJECT.findall(data)}, int(root[1])


def _parted(content: bytes) -> tuple[bytes, bytes | None]:
    stream = _STREAM.fullmatch(content)
    return (stream[1], stream[2]) if stream else (content, None)


def _object(begin: bytes, stream: bytes | None) -> bytes:
    if stream is None:
        return begin
    return _LENGTH.sub(b"/Length %d" % len(stream), begin) + b"stream\n" + stream + b"\nendstream"


def _numbered(objects: Mapping[int, bytes], root: int) -> bytes:
    written = bytearray(b"%PDF-1.7\n")
    begins = {}
    for number, content in objects.items():
        begins[number] = len(written)
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    at, count = len(written), max(objects) + 1
    lines = (
        b"%010d 00000 n \n" % begins[n] if n in begins else b"0000000000 65535 f \n" for n in range(count)
    )
    written += b"xref\n0 %d\n" % count + b"".join(lines)
    written += b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, root, at)
    return bytes(written)


def pages() -> list[bytes]:
    """Print pages of two columns, of one column with notes, and of a record, not compressed."""
    two = Press(columns=2, head="A/1/PV.{}", foot="{}")
    for number in range(1, 4):
        two.paragraph(f"{number}. We ask for the disarmament of the militias before the winter.")
    two.pdf.add_page()
    one = Press(indent=12, space=0, hyphenate=True)
    one.centred("Statement by Japan", size=16)
    one.paragraph("Mr. President, we have cleared the harbour of unexploded ordnance, as agreed.")
    one.note("1 Resolution 76/47.")
    short = Press()
    short.print("Geneva, 12 May 2021", 70, 100)
    return [_uncompressed(press) for press in (two, one, short)]


def _uncompressed(press: Press) -> bytes:
    press.pdf.set_compression(False)
    return bytes(press.pdf.output())


_COLUMNS: Mapping[str, Sequence[Any]] = {
    "speech": ("We have cleared the harbour of mines, as agreed.", "Thank you.", None),
    "speaker": ("Mr. Ono", "The President", ""),
    "country": ("JPN", "Panama", None),
    "date": (date(2021, 9, 20), date(1, 1, 1), None),
    "year": (2021, 0, None),
    "paragraphs": (["One.", "Two."], [], None),
    "about": ({"name": "Vega"}, {"name": None}, None),
    "id": (1.5, float("nan"), None),
    "data": (b"\xff\x00", b"", None),
    "said": (True, False, None),
}


def cells() -> list[bytes]:
    """Return texts of which cells of tables are made."""
    return [b"We have cleared the harbour of mines, as agreed.", b"2021-09-20", b"Mr. Ono", b"Panama"]


def table(mutator: Mutator) -> bytes:
    """Write a table in Parquet, some of its cells and names changed; one in two is damaged as a whole."""
    import pyarrow
    from pyarrow.parquet import write_table

    chance = mutator.random
    names = ["speech", *chance.sample(list(_COLUMNS)[1:], chance.randint(1, 5))]
    rows = chance.choice((1, 2, 5))
    columns: dict[str, Any] = {}
    for name in names:
        cells = [chance.choice(_COLUMNS[name]) for _ in range(rows)]
        if chance.random() < 0.3:
            cells = [mutator.mutated(str(cell).encode()).decode("utf-8", "replace") for cell in cells]
        named = mutator.token().decode("latin-1") if chance.random() < 0.05 else name
        columns[named] = cells
    written = pyarrow.BufferOutputStream()
    write_table(pyarrow.table(columns), written, compression="none", use_dictionary=chance.random() < 0.3)
    data = bytes(written.getvalue().to_pybytes())
    return damaged(data, chance) if chance.random() < 0.5 else data
