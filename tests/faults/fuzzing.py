"""What is put to the test with mutated inputs: every reader, the query language, the opening of an index.

A target takes an input and either deals with it, or raises an error of our tree. A find is anything else
that it raises, a draft or a statement that no reader may give (`invariants.py`), an input that takes longer
than `MOST_SECONDS` to compute, and one for which the process comes to hold `MOST_GROWTH` more than before.

To add a format: a `Target` below, with the samples it is made from, and its tokens in ``fuzzed.py``.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from traceback import extract_tb, format_exc

import numpy as np
from faults.fuzzed import ADDED, COMMON, MEMBERS, QUERIES, TOKENS
from faults.invariants import broken_in_draft, broken_in_statements
from faults.mutation import Mutator, changed_value
from faults.packing import Maker, archive, below_head, cells, package, pages, pdf, table
from faults.small import SMALL

from onrecord import build, open_index
from onrecord.indexer.errors import OnRecordError
from onrecord.indexer.formats.tables.parquet import can_read_parquet
from onrecord.indexer.paths import SourceFile
from onrecord.indexer.reading.drafts import read_source
from onrecord.indexer.reading.hashes import content_hash
from onrecord.indexer.reading.statements import read_statements
from onrecord.indexer.segments.container import Container, write_container
from onrecord.indexer.sources.beside import OVERRIDES
from onrecord.indexer.sources.files import find_sources
from onrecord.indexer.sources.overrides import unmatched_entries, unmatched_statements
from onrecord.indexer.turns.record import turns_of

__all__ = ["LOADS_ON", "MOST_SECONDS", "TARGETS", "Broken", "Fuzzer", "Outcome", "Reader", "Target", "held"]

TESTS = Path(__file__).parents[1]
# Where the sample files lie.
SAMPLES = TESTS / "indexer"
#: An input has at most 60,000 bytes; the slowest that is read in proportion to its length takes a second.
MOST_SECONDS = 8.0
#: And in MiB; the largest that a reader holds for an input of that length are 30.
MOST_GROWTH = 150
#: On the first inputs of a process what is loaded once is loaded, which is counted to none.
LOADS_ON = 40


class Broken(Exception):
    """A draft or a statement that no reader may give."""


class Outcome(Enum):
    """What became of an input."""

    READ = "read"
    NOTHING = "without words"  #: or taken by no reader
    REFUSED = "refused"  #: with an error of ours
    FOUND = "found"


class Fuzzer:
    """A target with its inputs: the same seed and number make the same one.

    ``data`` is the last input, ``outcome`` what became of it, ``trace`` where what was
    raised last came from.
    """

    def __init__(self, target: Target, folder: Path, *, seed: int) -> None:
        self.mutator = Mutator(target.samples(), target.tokens(), seed=seed, name=target.name)
        self.data = b""
        self.outcome = Outcome.NOTHING
        self.trace = ""
        self._maker = target.maker
        self._run = target.open(folder)
        self._unraisable: list[str] = []
        self._run_before = 0

    def make(self, number: int) -> bytes:
        """Make the input of a number."""
        self.mutator.at(number)
        self.data = self._maker(self.mutator)
        return self.data

    def step(self, number: int) -> str | None:
        """Run the input of a number; return what is wrong with it, None where nothing is."""
        data = self.make(number)
        before, began = held(), time.thread_time()
        # What goes wrong as objects of a library are let go of, where nothing can be raised, is a find too.
        hook, sys.unraisablehook = sys.unraisablehook, self._note
        try:
            self.outcome = Outcome.READ if self._run(data, self.mutator.random) else Outcome.NOTHING
        except OnRecordError:
            self.outcome = Outcome.REFUSED
        except Exception as error:  # whatever is not of our tree is what is looked for
            self.trace = format_exc()
            place = "" if isinstance(error, Broken) else f" in {_place_of(error)}"
            return self._found(f"{type(error).__name__}: {error}{place}")
        finally:
            sys.unraisablehook = hook
        seconds, grown = time.thread_time() - began, held() - before
        if self._unraisable:
            return self._found(f"{self._unraisable.pop()} in the interpreter")
        if seconds > MOST_SECONDS:
            return self._found(f"{seconds:.1f} seconds of computing")
        self._run_before += 1
        too_much = grown > MOST_GROWTH and self._run_before > LOADS_ON
        return self._found(f"{grown} MiB more of memory") if too_much else None

    def _found(self, what: str) -> str:
        self.outcome = Outcome.FOUND
        return what

    def _note(self, one: sys.UnraisableHookArgs) -> None:
        self._unraisable.append(repr(one.exc_value))


def held() -> int:
    """Return what the process held at most, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _place_of(error: BaseException) -> str:
    """Name the innermost function of ours in which something was raised."""
    frames = extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "onrecord" in set(Path(frame.filename).parts)]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}" if ours else "the interpreter"


#: Deals with an input, and tells whether there was anything to read in it.
Run = Callable[[bytes, random.Random], bool]


def _always() -> str | None:
    return None


@dataclass(frozen=True)
class Target:
    """Something that takes input: the samples and tokens its inputs are made of, and how it is opened.

    ``maker`` makes the bytes of an input, ``made`` adds samples, ``missing`` says why it cannot be run here.
    """

    name: str
    patterns: tuple[str, ...]
    open: Callable[[Path], Run]
    maker: Maker = Mutator.make
    made: Callable[[], list[bytes]] = list
    missing: Callable[[], str | None] = _always

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
        return (
            [path.read_bytes() for path in found]
            + SMALL.get(self.name, [])
            + ADDED.get(self.name, [])
            + self.made()
        )

    def tokens(self) -> Sequence[bytes]:
        """Return the pieces that mean something to it."""
        return [token.encode() for token in [*COMMON, *TOKENS.get(self.name, ())]] + [b"\xff", b"\xff\xfe"]


@dataclass(frozen=True)
class Reader:
    """Reads inputs as files under one of some names.

    All become drafts; as many as ``whole`` says become statements, which takes two to ten times as long, and
    of these one in twenty is read twice, which must come to the same. ``lines`` tells that places in the text
    are counted as an editor does.
    """

    names: tuple[str, ...]
    whole: float = 0.1
    lines: bool = False

    def __call__(self, folder: Path) -> Run:
        paths = [folder / name for name in self.names]

        def run(data: bytes, chance: random.Random) -> bool:
            path = chance.choice(paths)
            path.write_bytes(data)
            lines = _lines_in(data) if self.lines else None
            if chance.random() >= self.whole:
                return _drafts(path, lines)
            return _statements(path, lines, twice=chance.random() < 0.05)

        return run


def _lines_in(data: bytes) -> int:
    """Count lines, generously: in an encoding that is not known, with every sign that ends one."""
    return (
        sum(data.count(end) for end in (b"\n", b"\r", b"\v", b"\f", b"\x85", b"\xe2\x80", b"(\x20", b")\x20"))
        + 1
    )


def _drafts(path: Path, lines: int | None) -> bool:
    read = read_source(path)
    any_read = False
    for draft in () if read is None else read[1]:
        _hold(broken_in_draft(draft, path=path, lines=lines))
        for turn in turns_of(draft) or ():
            _hold(broken_in_draft(turn, path=path, lines=lines))
        any_read = True
    return any_read


def _statements(path: Path, lines: int | None, *, twice: bool) -> bool:
    statements = read_statements(SourceFile.alone(path), content_hash="")
    _hold(broken_in_statements(statements or (), path=path, lines=lines))
    if twice and read_statements(SourceFile.alone(path), content_hash="") != statements:
        raise Broken("other statements at the second reading")
    return bool(statements)


def _hold(broken: str | None) -> None:
    if broken is not None:
        raise Broken(broken)


def _archive(folder: Path) -> Run:
    path = folder / "a.zip"

    def run(data: bytes, _: random.Random) -> bool:
        path.write_bytes(data)
        any_read = False
        for source in find_sources(folder):
            content_hash(source)
            statements = read_statements(SourceFile.alone(source), content_hash="")
            _hold(broken_in_statements(statements or (), path=source, lines=None))
            any_read = any_read or bool(statements)
        return any_read

    return run


def _sidecar(folder: Path) -> Run:
    (folder / "a.txt").write_text("We agree.\n")

    def run(data: bytes, _: random.Random) -> bool:
        (folder / "a.yaml").write_bytes(data)
        return _statements(folder / "a.txt", None, twice=False)

    return run


def _columns(folder: Path) -> Run:
    (folder / "a.csv").write_text("country,date,speech\nJapan,2021,We have cleared the harbour of mines.\n")

    def run(data: bytes, _: random.Random) -> bool:
        (folder / "a.yaml").write_bytes(data)
        return _statements(folder / "a.csv", None, twice=False)

    return run


def _overrides(folder: Path) -> Run:
    text = folder / "a.txt"
    text.write_text("Statement by Japan\n\nGeneva, 12 May 2021\n\nWe agree.\n")

    def run(data: bytes, _: random.Random) -> bool:
        (folder / OVERRIDES).write_bytes(data)
        unmatched_entries([text])
        statements = read_statements(SourceFile.alone(text), content_hash=content_hash(text))
        _hold(broken_in_statements(statements or (), path=text, lines=None))
        unmatched_statements(text, [one.source_id for one in statements or ()])
        return bool(statements)

    return run


def _questions(folder: Path) -> Run:
    build(TESTS / "corpus", into=folder / "index")
    index = open_index(folder / "index")

    def run(data: bytes, chance: random.Random) -> bool:
        mode = chance.choice(("exact", "normal", "broad"))
        results = index.search(data.decode("utf-8", "surrogateescape"), mode=mode, limit=3, context=1)
        hits = list(results)
        results.facets()
        return bool(hits and results.understood)

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


@dataclass(frozen=True)
class _Damage:
    """Opens indexes that were damaged, and asks of every part of them."""

    mutate: Callable[[Path, random.Random], None]

    def __call__(self, folder: Path) -> Run:
        build(TESTS / "corpus", into=folder / "whole")

        def run(_: bytes, chance: random.Random) -> bool:
            damaged = folder / "damaged"
            shutil.rmtree(damaged, ignore_errors=True)
            shutil.copytree(folder / "whole", damaged)
            self.mutate(damaged, chance)
            _ask(damaged)
            return True

        return run


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


def _no_parquet() -> str | None:
    return None if can_read_parquet() else "pyarrow is not installed"


def _no_old_word() -> str | None:
    if shutil.which("antiword") is None:
        return "antiword is not installed"
    if shutil.which("soffice") is not None:
        return "LibreOffice is installed, which takes seconds for each input that antiword cannot read"
    return None


_DOCUMENTS = SAMPLES / "sources" / "documents"
_PACKED_TEXTS = ("a.txt", "b/c.md", "b/c.yaml", "d.html", "../e.txt", "f.zip", "g.jsonl")

#: Those of formats that were added last come first.
TARGETS = (
    Target(
        "csv",
        ("sources/tables/speeches.csv", "sources/tables/reden.csv"),
        Reader(("a.csv",), lines=True),
        below_head,
    ),
    Target("tsv", ("sources/tables/*.tsv",), Reader(("a.tsv",), lines=True), below_head),
    Target("json", (), Reader(("a.json",), lines=True)),
    Target("json-table", ("sources/tables/*.jsonl",), Reader(("b.jsonl",), lines=True)),
    Target("parquet", (), Reader(("a.parquet",)), table, cells, missing=_no_parquet),
    Target("columns", ("sources/tables/*.yaml",), _columns),
    Target("bundestag", ("sources/national/bundestag-*.xml",), Reader(("a.xml",), lines=True)),
    Target("canadian", ("sources/national/canada.xml",), Reader(("a.xml",), lines=True)),
    Target("australian", ("sources/national/australia-*.xml",), Reader(("a.xml",), lines=True)),
    Target("digitised", ("sources/national/commons-*.xml",), Reader(("a.xml",), lines=True)),
    Target("congressional-record", ("sources/national/record.htm",), Reader(("a.htm",), lines=True)),
    Target("europarl", ("sources/national/CRE-*.xml",), Reader(("CRE-20130521.xml",), lines=True)),
    Target("europarl-text", ("sources/national/ep-*.txt",), Reader(("ep-00-01-17.txt",), lines=True)),
    Target("tei", ("sources/national/assemblee.xml",), Reader(("a.xml",), lines=True)),
    Target("rtf", ("sources/documents/*.rtf",), Reader(("a.rtf",))),
    Target("odt", ("sources/documents/*.fodt",), Reader(("a.fodt",))),
    Target(
        "packed-odt",
        (),
        Reader(("a.odt",)),
        package("content.xml", MEMBERS["packed-odt"], _DOCUMENTS / "statement.odt"),
    ),
    Target(
        "epub",
        ("sources/table-layout.html",),
        Reader(("a.epub",)),
        package("a.xhtml", MEMBERS["epub"], _DOCUMENTS / "book.epub"),
    ),
    Target("mail", ("sources/documents/*.eml",), Reader(("a.eml",))),
    Target(
        "subtitles",
        ("sources/documents/*.srt", "sources/documents/*.vtt"),
        Reader(("a.vtt", "a.srt", "a.txt"), lines=True),
    ),
    Target("mhtml", (), Reader(("a.mhtml",))),
    Target("word", (), Reader(("a.docx",)), package("word/document.xml", MEMBERS["word"])),
    Target("old-word", ("sources/documents/*.doc",), Reader(("a.doc",)), missing=_no_old_word),
    Target(
        "parlparse",
        ("sources/parlparse/*.xml", "sources/national/openaustralia.xml"),
        Reader(("debates2011-02-03a.xml",), lines=True),
    ),
    Target("parlamint", ("sources/parlamint/*.xml",), Reader(("a.xml",), lines=True)),
    Target("akoma-ntoso", ("sources/akoma-ntoso/*.xml",), Reader(("a.xml",), lines=True)),
    Target("verbatim", ("sources/verbatim/*.txt",), Reader(("a.txt",), lines=True)),
    Target("turns", ("turns/*.txt",), Reader(("a.txt",), lines=True)),
    Target("pdf", (), Reader(("a.pdf",)), pdf, pages),
    Target(
        "html",
        ("sources/*.html", "corpus/peace/*.html", "websites/shapes/*.html"),
        Reader(("a.html", "a.aspx")),
    ),
    Target(
        "text",
        ("headings/*.txt", "paragraphs/*.txt", "sources/*.txt", "corpus/*.txt"),
        Reader(("a.txt",), whole=0.3, lines=True),
    ),
    Target("markdown", ("sources/*.md", "corpus/*.md"), Reader(("a.md",), lines=True)),
    Target("unnamed", ("sources/*.html", "sources/*.md", "sources/*.txt"), Reader(("a",))),
    Target("json-lines", (), Reader(("a.jsonl",), lines=True)),
    Target(
        "general-debate",
        ("sources/general-debate/*.txt", "paragraphs/*.txt"),
        Reader(("JPN_55_2000.txt",), lines=True),
    ),
    Target("archive", ("sources/*.txt",), _archive, archive(_PACKED_TEXTS)),
    Target("sidecar", ("sources/declared.md", "sources/not-yaml.md", "sources/wrong-type.md"), _sidecar),
    Target("overrides", (), _overrides),
    Target("query", (), _questions),
    Target("opener", (), _Damage(_mutate_files)),
    Target("arrays", (), _Damage(_mutate_arrays)),
)
