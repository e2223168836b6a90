"""What is put to the test with mutated inputs: every reader, the query language, the opening of an index.

A target takes an input and either deals with it, or raises an error of our tree; anything else that
it raises is a find, and so is an input that takes longer than `MOST_SECONDS` to compute.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

import numpy as np
from mutation import Mutator, changed_value

from indexer import build
from indexer.codec.container import Container, write_container
from indexer.errors import OnRecordError
from indexer.reading import read_statements
from search import open_index

__all__ = ["TARGETS", "Fuzzer", "Target"]

HERE = Path(__file__).parent
#: An input has at most 60,000 bytes; the slowest that is read in proportion to its length takes a second.
MOST_SECONDS = 8.0

_COMMON = [
    *("the", "of", "Japan", "Côte d’Ivoire", "Mr. President,", "H.E. Mr.", "Minister of", "statement by"),
    *("Statement by", "on behalf of ", "at the ", "Conference", "Committee", "12 May 2021", "2021", "May "),
    *("Geneva, ", "1. ", "29. ", "(a) ", "• "),
    *"()[]{},.:;-–\"'#&*?!@%|\\/<>=`~_09aA \n\t\r\0\x0c\xad\xa0\u2028\u0301\ufeff不½ﷺ",
    *("\x1b[31m", "\u0323\u0301", "disarma-\n", "\n\n", " - ", "---\n", "...\n", "9999", "AAAA"),
    *("title: ", "speaker:", "date: ", "place: a\n", "language: en\n"),
]
_TOKENS = {
    "text": ["|", "page 3", "A/70/PV.19", "12\n", "Thank you."],
    "markdown": [
        "# ",
        "> ",
        "- ",
        "* ",
        "1. ",
        "```",
        "~~~",
        "![",
        "](",
        "[^1]",
        "[a]: b",
        "<!--",
        "-->",
        "<b>",
        "</b>",
        "|",
        "|-|\n",
        "**",
        "`",
        "\\",
        "===\n",
        "    ",
        "&amp;",
        "<http://a>",
        "  \n",
    ],
    "html": [
        "<p>",
        "</p>",
        "<div>",
        "<div class=nav>",
        "</div>",
        "<br>",
        "<ul>",
        "<ol start=9>",
        "<li>",
        "<table>",
        "<tr>",
        "<td>",
        "<a href=x>",
        "</a>",
        "<h1>",
        "<main>",
        "<article>",
        "<nav>",
        "<footer>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<meta charset=",
        "koi8-r",
        "undefined",
        "<?xml ",
        "?>",
        "<!DOCTYPE ",
        "[<!ENTITY a 'b'>]",
        "&lt;",
        "&#x0;",
        "&#1114112;",
        "&a;",
        "<pre>",
        "<body>",
        "<head>",
        "<title>",
        "<html>",
        "style=display:none",
        "</body>",
        "<template>",
        "<svg>",
        "<![CDATA[",
        "<p/",
        "<dropped-element>",
    ],
    "json-lines": [
        '"paragraphs": ',
        '{"text": ',
        '"printed": ',
        '"role": ',
        '"speaker": ',
        "null",
        "true",
        "[",
        "]",
        "{",
        "}",
        '"',
        "\\ud800",
        "\\u0000",
        "1e999",
        "-0",
        "NaN",
        "9" * 50,
        ",",
        '"date": ',
        '"2021-13"',
        '"delegation": ',
    ],
    "general-debate": ["15-29562 23/54", "29.\t", "- 12 -"],
    "sidecar": [
        "&a ",
        "*a",
        "? ",
        "!!int ",
        "!!python/object:os.system ",
        "{",
        "}",
        "[",
        "]",
        "|\n",
        ">\n",
        "%YAML 1.1\n",
        "<<: ",
        '"\\U0010FFFF"',
        '"\\UFFFFFFFF"',
        "'",
        "- ",
        "~",
        "null",
        "speaker:\n  code: ",
        "2021-09",
        "language: no\n",
    ],
    "query": [
        "AND ",
        " OR ",
        "NOT ",
        "-",
        "(",
        ")",
        '"',
        "“",
        "”",
        "*",
        "?",
        "~",
        "~2",
        '"~5',
        "speaker:",
        "forum:",
        "date:",
        "since:",
        "until:",
        "language:",
        "title:",
        "place:",
        "2019..2021",
        "9999..0001",
        "a/b",
        "P5+1",
        "不",
        "a:",
        "..",
        "--",
    ],
}
_QUERIES = [
    'canal "free navigation"',
    "mines OR bombs",
    "-mines",
    "(a OR b) -c",
    "disarm*",
    "m?n*",
    "landmine~2",
    '"mines victims"~5',
    'speaker:japan forum:"conference on disarmament"',
    "date:2019..2021 since:2015 until:2021-09",
    "language:fr place:geneva title:peace",
    "A/RES/76/47 COVID-19 R&D",
    "不扩散",
    "NOT (the OR of)",
    "“the canal” WHO",
]


class Fuzzer:
    """A target with its inputs; the same seed makes the same ones."""

    def __init__(self, target: Target, folder: Path, *, seed: int) -> None:
        self.mutator = Mutator(target.samples(), target.tokens(), seed=seed)
        self._run = target.open(folder)

    def step(self) -> str | None:
        """Run one input; return what is wrong with it, None where nothing is."""
        data = self.mutator.make()
        began = time.thread_time()
        try:
            self._run(data, self.mutator.random)
        except OnRecordError:
            pass
        except Exception as error:  # whatever is not of our tree is what is looked for
            return f"{type(error).__name__}: {error} in {_place_of(error)} on {data[:2000]!r}"
        seconds = time.thread_time() - began
        return f"{seconds:.1f} seconds on {data[:2000]!r}" if seconds > MOST_SECONDS else None


def _place_of(error: BaseException) -> str:
    """Name the innermost function of ours in which something was raised."""
    frames = extract_tb(error.__traceback__)
    ours = [frame for frame in frames if {"indexer", "search"} & set(Path(frame.filename).parts)]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}" if ours else "the interpreter"


Run = Callable[[bytes, random.Random], object]


@dataclass(frozen=True)
class Target:
    """Something that takes input: the samples and tokens its inputs are made of, and how it is opened."""

    name: str
    patterns: tuple[str, ...]
    open: Callable[[Path], Run]

    @property
    def takes_text(self) -> bool:
        """Tell a target that takes the bytes of an input from one that damages an index."""
        return self.name not in ("opener", "arrays")

    def samples(self) -> Sequence[bytes]:
        """Return the files that inputs are made of."""
        if self.name == "query":
            return [typed.encode() for typed in _QUERIES]
        found = sorted(path for pattern in self.patterns for path in HERE.glob(pattern) if path.is_file())
        return [path.read_bytes() for path in found] + _ADDED.get(self.name, [])

    def tokens(self) -> Sequence[bytes]:
        """Return the pieces that mean something to it."""
        return [token.encode() for token in [*_COMMON, *_TOKENS.get(self.name, ())]] + [b"\xff", b"\xff\xfe"]


_ADDED = {
    "json-lines": [
        b'{"paragraphs": ["Mr. President,", {"text": "We agree.", "printed": "29.", "role": "body"}]}\n',
        b'{"speaker": {"printed": "Japan", "code": "JPN"}, "date": "2021", "paragraphs": [""]}',
    ],
    "opener": [b""],
    "arrays": [b""],
}


def _reader(name: str) -> Callable[[Path], Run]:
    def open_it(folder: Path) -> Run:
        path = folder / name

        def run(data: bytes, _: random.Random) -> object:
            path.write_bytes(data)
            return read_statements(path, place=name, content_hash="", shown=name)

        return run

    return open_it


def _sidecar(folder: Path) -> Run:
    (folder / "a.txt").write_text("We agree.\n")

    def run(data: bytes, _: random.Random) -> object:
        (folder / "a.yaml").write_bytes(data)
        return read_statements(folder / "a.txt", place="a.txt", content_hash="", shown="a.txt")

    return run


def _questions(folder: Path) -> Run:
    build(HERE / "corpus", into=folder / "index")
    index = open_index(folder / "index")

    def run(data: bytes, chance: random.Random) -> object:
        mode = chance.choice(("exact", "normal"))
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
        build(HERE / "corpus", into=folder / "whole")

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
        path.write_text(json.dumps(changed_value(json.loads(path.read_text()), chance)))
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
    Target("html", ("sources/*.html", "corpus/peace/*.html"), _reader("a.html")),
    Target("unnamed", ("sources/*.html", "sources/*.md", "sources/*.txt"), _reader("a")),
    Target("json-lines", (), _reader("a.jsonl")),
    Target(
        "general-debate", ("sources/general-debate/*.txt", "paragraphs/*.txt"), _reader("JPN_55_2000.txt")
    ),
    Target("sidecar", ("sources/declared.md", "sources/not-yaml.md", "sources/wrong-type.md"), _sidecar),
    Target("query", (), _questions),
    Target("opener", (), _damage(_mutate_files)),
    Target("arrays", (), _damage(_mutate_arrays)),
)
