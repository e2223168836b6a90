"""What is put to the test with mutated inputs: every reader, the query language, the opening of an index.

A target takes an input and either deals with it, or raises an error of our tree; anything else that
it raises is a find, and so is an input that takes longer than `MOST_SECONDS` to compute.
"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

import numpy as np
from faults.fuzzed import ADDED, COMMON, CONTENT_TYPES, QUERIES, TOKENS
from faults.mutation import Mutator, changed_value
from faults.press import Press

from onrecord import build, open_index
from onrecord.indexer.errors import OnRecordError
from onrecord.indexer.paths import SourceFile
from onrecord.indexer.reading.hashes import content_hash
from onrecord.indexer.reading.statements import read_statements
from onrecord.indexer.segments.container import Container, write_container
from onrecord.indexer.sources.beside import OVERRIDES
from onrecord.indexer.sources.files import find_sources
from onrecord.indexer.sources.overrides import unmatched_entries, unmatched_statements

__all__ = ["TARGETS", "Fuzzer", "Target"]

TESTS = Path(__file__).parents[1]
# Where the sample files lie.
SAMPLES = TESTS / "indexer"
#: An input has at most 60,000 bytes; the slowest that is read in proportion to its length takes a second.
MOST_SECONDS = 8.0


class Fuzzer:
    """A target with its inputs; the same seed makes the same ones."""

    def __init__(self, target: Target, folder: Path, *, seed: int) -> None:
        self.mutator = Mutator(target.samples(), target.tokens(), seed=seed)
        self._run = target.open(folder)
        self._unraisable: list[str] = []

    def step(self) -> str | None:
        """Run one input; return what is wrong with it, None where nothing is."""
        data = self.mutator.make()
        began = time.thread_time()
        # What goes wrong as objects of a library are let go of, where nothing can be raised, is a find too.
        hook, sys.unraisablehook = sys.unraisablehook, self._note
        try:
            self._run(data, self.mutator.random)
        except OnRecordError:
            pass
        except Exception as error:  # whatever is not of our tree is what is looked for
            return f"{type(error).__name__}: {error} in {_place_of(error)} on {data[:2000]!r}"
        finally:
            sys.unraisablehook = hook
        seconds = time.thread_time() - began
        if self._unraisable:
            return f"{self._unraisable.pop()} in the interpreter on {data[:2000]!r}"
        return f"{seconds:.1f} seconds on {data[:2000]!r}" if seconds > MOST_SECONDS else None

    def _note(self, one: sys.UnraisableHookArgs) -> None:
        self._unraisable.append(repr(one.exc_value))


def _place_of(error: BaseException) -> str:
    """Name the innermost function of ours in which something was raised."""
    frames = extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "onrecord" in set(Path(frame.filename).parts)]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}" if ours else "the interpreter"


Run = Callable[[bytes, random.Random], object]


@dataclass(frozen=True)
class Target:
    """Something that takes input: the samples and tokens its inputs are made of, and how it is opened."""

    name: str
    patterns: tuple[str, ...]
    open: Callable[[Path], Run]
    made: Callable[[], list[bytes]] = list

    def samples(self) -> Sequence[bytes]:
        """Return the files that inputs are made of."""
        if self.name == "query":
            return [typed.encode() for typed in QUERIES]
        found = sorted(
            path
            for pattern in self.patterns
            for path in (TESTS if pattern.startswith(("corpus", "websites")) else SAMPLES).glob(pattern)
            if path.is_file()
        )
        return [path.read_bytes() for path in found] + ADDED.get(self.name, []) + self.made()

    def tokens(self) -> Sequence[bytes]:
        """Return the pieces that mean something to it."""
        return [token.encode() for token in [*COMMON, *TOKENS.get(self.name, ())]] + [b"\xff", b"\xff\xfe"]


def _reader(
    name: str, packed: Callable[[bytes, random.Random], bytes] | None = None
) -> Callable[[Path], Run]:
    def open_it(folder: Path) -> Run:
        path = folder / name

        def run(data: bytes, chance: random.Random) -> object:
            path.write_bytes(packed(data, chance) if packed else data)
            return read_statements(SourceFile.alone(path), content_hash="")

        return run

    return open_it


def _word_document(data: bytes, chance: random.Random) -> bytes:
    """Pack the main part of a Word document; of one in ten the archive is damaged too."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("word/document.xml", data)
    return _damaged(packed.getvalue(), chance) if chance.random() < 0.1 else packed.getvalue()


def _packed_as(name: str) -> Callable[[bytes, random.Random], bytes]:
    """Pack one member of an archive; one archive in ten is damaged too."""

    def pack(data: bytes, chance: random.Random) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(name, data)
        return _damaged(packed.getvalue(), chance) if chance.random() < 0.1 else packed.getvalue()

    return pack


def _book(data: bytes, chance: random.Random) -> bytes:
    """Pack a book of one page; of one in three what says where the page is, is damaged, of one in ten all."""
    packed = io.BytesIO()
    container = b'<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
    listed = (
        b'<package><metadata><language>en</language></metadata><manifest><item id="a" href="a.xhtml" '
        b'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("a.opf", _damaged(listed, chance) if chance.random() < 0.3 else listed)
        archive.writestr("a.xhtml", data)
    return _damaged(packed.getvalue(), chance) if chance.random() < 0.1 else packed.getvalue()


def _damaged(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.randint(0, 4)) + data[at + chance.randint(0, 4) :]


def _archive(folder: Path) -> Run:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in ("a.txt", "b/c.md", "b/c.yaml"):
            archive.writestr(member, "title: Peace\n\nWe agree.\n" * 3)
    whole = path.read_bytes()

    def run(_: bytes, chance: random.Random) -> None:
        data = whole
        for _time in range(chance.randint(1, 4)):
            data = _damaged(data, chance)
        path.write_bytes(data)
        for source in find_sources(folder):
            content_hash(source)
            read_statements(SourceFile.alone(source), content_hash="")

    return run


def _pages() -> list[bytes]:
    """Print two pages of two columns with notes, not compressed."""
    press = Press(columns=2, head="A/1/PV.{}", foot="{}")
    press.pdf.set_compression(False)
    for number in range(1, 4):
        press.paragraph(f"{number}. We ask for the disarmament of the militias before the winter.")
    press.pdf.add_page()
    return [bytes(press.pdf.output())]


def _sidecar(folder: Path) -> Run:
    (folder / "a.txt").write_text("We agree.\n")

    def run(data: bytes, _: random.Random) -> object:
        (folder / "a.yaml").write_bytes(data)
        return read_statements(SourceFile.alone(folder / "a.txt"), content_hash="")

    return run


def _columns(folder: Path) -> Run:
    (folder / "a.csv").write_text("country,date,speech\nJapan,2021,We have cleared the harbour of mines.\n")

    def run(data: bytes, _: random.Random) -> object:
        (folder / "a.yaml").write_bytes(data)
        return read_statements(SourceFile.alone(folder / "a.csv"), content_hash="")

    return run


def _overrides(folder: Path) -> Run:
    text = folder / "a.txt"
    text.write_text("Statement by Japan\n\nGeneva, 12 May 2021\n\nWe agree.\n")

    def run(data: bytes, _: random.Random) -> object:
        (folder / OVERRIDES).write_bytes(data)
        unmatched_entries([text])
        statements = read_statements(SourceFile.alone(text), content_hash=content_hash(text))
        return unmatched_statements(text, [one.source_id for one in statements or ()])

    return run


def _questions(folder: Path) -> Run:
    build(TESTS / "corpus", into=folder / "index")
    index = open_index(folder / "index")

    def run(data: bytes, chance: random.Random) -> object:
        mode = chance.choice(("exact", "normal", "broad"))
        results = index.search(data.decode("utf-8", "surrogateescape"), mode=mode, limit=3, context=1)
        return list(results), results.facets(), results.understood

    return run


def _ask(folder: Path) -> None:
    """Open an index and ask of every part of it."""
    with open_index(folder) as index:
        index.status()
        for typed in (
            '"the canal"',
            "mines OR m* -bombs",
            '"free navigation"~3 speaker:panama',
            "mine~ since:1970",
        ):
            results = index.search(typed, limit=5, context=1)
            results.facets()
            for hit in results:
                index.show(hit.address)


def _damage(mutate: Callable[[Path, random.Random], None]) -> Callable[[Path], Run]:
    def open_it(folder: Path) -> Run:
        build(TESTS / "corpus", into=folder / "whole")

        def run(_: bytes, chance: random.Random) -> None:
            damaged = folder / "damaged"
            shutil.rmtree(damaged, ignore_errors=True)
            shutil.copytree(folder / "whole", damaged)
            mutate(damaged, chance)
            _ask(damaged)

        return run

    return open_it


def _mutate_files(folder: Path, chance: random.Random) -> None:
    """Change bytes of a file, or values of the table of contents, or which files there are."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.stat().st_size)
    path = chance.choice(files)
    if path.name == "CURRENT" and chance.random() < 0.8:
        table, _, _ = path.read_bytes().partition(b"\n")
        line = json.dumps(changed_value(json.loads(table), chance)).encode()
        path.write_bytes(b"%s\n%08x\n" % (line, zlib.crc32(line)))
        return
    way, data = chance.random(), path.read_bytes()
    at, end = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    if way < 0.4:
        path.write_bytes(data[:at] + chance.randbytes(chance.randint(1, 8)) + data[at + 8 :])
    elif way < 0.6:
        path.write_bytes(data[:at])
    elif way < 0.8:
        path.write_bytes(data[:at] + data[end:])
    elif way < 0.9:
        path.unlink()
        path.symlink_to(chance.choice(("/dev/zero", "nowhere", path.name, "..", files[0].name)))
    else:
        os.truncate(path, chance.choice((0, 1, 8, 64, len(data) * 2)))


def _mutate_arrays(folder: Path, chance: random.Random) -> None:
    """Change an array of a segment and write the segment anew, so that its sums are right."""
    [path] = folder.glob("*.seg")
    whole = Container(path)
    arrays = {name: whole[name].copy() for name in whole.names()}
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(list(arrays))
        raw = bytearray(arrays[name].tobytes())
        size = arrays[name].itemsize
        at = chance.randrange(len(raw) // size + 1) * size
        value = chance.choice((b"\0" * size, b"\xff" * size, chance.randbytes(size)))
        raw[at : at + size * chance.choice((0, 1, 1, 1, 2))] = value * chance.choice((0, 1, 1, 1, 3))
        arrays[name] = np.frombuffer(bytes(raw[: len(raw) // size * size]), arrays[name].dtype)
    path.unlink()
    write_container(path, arrays.items())


TARGETS = (
    Target("text", ("headings/*.txt", "paragraphs/*.txt", "sources/*.txt", "corpus/*.txt"), _reader("a.txt")),
    Target("markdown", ("sources/*.md", "corpus/*.md"), _reader("a.md")),
    Target("html", ("sources/*.html", "corpus/peace/*.html", "websites/shapes/*.html"), _reader("a.html")),
    Target("mhtml", (), _reader("a.mhtml")),
    Target("unnamed", ("sources/*.html", "sources/*.md", "sources/*.txt"), _reader("a")),
    Target("json-lines", (), _reader("a.jsonl")),
    Target("csv", ("sources/tables/*.csv", "sources/tables/*.tsv"), _reader("a.csv")),
    Target("json", (), _reader("a.json")),
    Target("json-table", ("sources/tables/*.jsonl",), _reader("b.jsonl")),
    Target("columns", ("sources/tables/*.yaml",), _columns),
    Target(
        "general-debate", ("sources/general-debate/*.txt", "paragraphs/*.txt"), _reader("JPN_55_2000.txt")
    ),
    Target("parlamint", ("sources/parlamint/*.xml",), _reader("a.xml")),
    Target("akoma-ntoso", ("sources/akoma-ntoso/*.xml",), _reader("a.xml")),
    Target("parlparse", ("sources/parlparse/*.xml",), _reader("debates2011-02-03a.xml")),
    Target("canadian", ("sources/national/canada.xml",), _reader("a.xml")),
    Target("australian", ("sources/national/australia-*.xml",), _reader("a.xml")),
    Target("digitised", ("sources/national/commons-*.xml",), _reader("a.xml")),
    Target("bundestag", ("sources/national/bundestag-*.xml",), _reader("a.xml")),
    Target("europarl", ("sources/national/CRE-*.xml",), _reader("CRE-20130521.xml")),
    Target("europarl-text", ("sources/national/ep-*.txt",), _reader("ep-00-01-17.txt")),
    Target("congressional-record", ("sources/national/record.htm",), _reader("a.htm")),
    Target("tei", ("sources/national/assemblee.xml",), _reader("a.xml")),
    Target("verbatim", ("sources/verbatim/*.txt",), _reader("a.txt")),
    Target("turns", ("turns/*.txt",), _reader("a.txt")),
    Target("word", (), _reader("a.docx", _word_document)),
    Target("rtf", ("sources/documents/*.rtf",), _reader("a.rtf")),
    Target("odt", ("sources/documents/*.fodt",), _reader("a.fodt")),
    Target("packed-odt", (), _reader("a.odt", _packed_as("content.xml"))),
    Target("epub", ("sources/*.html",), _reader("a.epub", _book)),
    Target("mail", ("sources/documents/*.eml",), _reader("a.eml")),
    Target("subtitles", ("sources/documents/*.srt", "sources/documents/*.vtt"), _reader("a.vtt")),
    Target("pdf", (), _reader("a.pdf"), _pages),
    Target("archive", (), _archive),
    Target("sidecar", ("sources/declared.md", "sources/not-yaml.md", "sources/wrong-type.md"), _sidecar),
    Target("overrides", (), _overrides),
    Target("query", (), _questions),
    Target("opener", (), _damage(_mutate_files)),
    Target("arrays", (), _damage(_mutate_arrays)),
)
