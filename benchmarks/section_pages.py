"""Web pages: is the text of a page taken, and what surrounds it left? Ours beside trafilatura.

``python -m benchmarks pages FOLDER``, where the folder holds ``pages/`` and ``judgements.json``: for each
page pieces that belong to its text ("with") and pieces that do not ("without"), as in trafilatura's own
evaluation. A piece is found where it stands in the text that a reader takes, white space folded. What was
chosen by looking at pages was chosen on one half, the same in every run; the other half says how it does on
pages nobody has looked at.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.table import ABSENT, Table

__all__ = ["JudgedPage", "Score", "judged_pages", "main", "score_reader"]

_SEED = 15
Reader = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A page, and the pieces of it that belong to its text and that do not; whether it was looked at."""

    content: bytes
    with_: tuple[str, ...]
    without: tuple[str, ...]
    looked_at: bool


@dataclass(slots=True)
class Score:
    """Pieces found and missed, rightly and wrongly; pages without text; what it took.

    >>> score = Score(found=8, missed=2, wrong=2)
    >>> f"{score.recall:.2f} {score.precision:.2f} {score.f:.2f}"
    '0.80 0.80 0.80'
    """

    found: int = 0
    missed: int = 0
    wrong: int = 0
    empty: int = 0
    seconds: float = 0.0
    size: int = 0

    @property
    def recall(self) -> float:
        """The share of the pieces of the text that is found."""
        return self.found / max(self.found + self.missed, 1)

    @property
    def precision(self) -> float:
        """The share of the pieces found that belong to the text."""
        return self.found / max(self.found + self.wrong, 1)

    @property
    def f(self) -> float:
        """Both in one figure (their harmonic mean)."""
        return 2 * self.found / max(2 * self.found + self.missed + self.wrong, 1)


def judged_pages(folder: Path) -> list[JudgedPage]:
    """Read the pages of a folder with what was judged of them."""
    judged = json.loads((folder / "judgements.json").read_text("utf-8"))
    names = sorted(row["file"] for row in judged)
    random.Random(_SEED).shuffle(names)
    looked_at = set(names[: len(names) // 2])
    return [
        JudgedPage(
            (folder / "pages" / row["file"].replace("/", "_")).read_bytes(),
            tuple(map(_folded, row["with"])),
            tuple(map(_folded, row["without"])),
            row["file"] in looked_at,
        )
        for row in judged
    ]


def score_reader(read: Reader, pages: Iterable[JudgedPage]) -> Score:
    """Read pages and count what was found of the pieces."""
    score = Score()
    for page in pages:
        began = time.process_time()
        text = read(page.content)
        score.seconds += time.process_time() - began
        score.size += len(page.content)
        text = _folded(text)
        found = sum(piece in text for piece in page.with_)
        score.found += found
        score.missed += len(page.with_) - found
        score.wrong += sum(piece in text for piece in page.without)
        score.empty += not text
    return score


def main(arguments: Sequence[str]) -> None:
    """Measure the readers that are there and print their table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks pages", description="Measure what is taken of judged web pages."
    )
    parser.add_argument("folder", type=Path, help="folder that holds pages/ and judgements.json")
    folder = parser.parse_args(arguments).folder
    if not (folder / "judgements.json").is_file():
        parser.error(f"{folder} holds no judgements.json; name a folder of judged pages.")
    print(_table(judged_pages(folder)).render())  # noqa: T201


def _table(pages: list[JudgedPage]) -> Table:
    rows = [row for name, read in _readers() for row in _rows(name, read, pages)]
    return Table(
        "Web pages",
        ("reader", "pages", "recall", "precision", "F", "empty", "s/MB"),
        tuple(rows),
        note=f"Pieces of {len(pages):,} judged pages; half of them (seed {_SEED}) were looked at for our "
        "rules. Computing time on one processor.",
    )


def _rows(name: str, read: Reader | None, pages: list[JudgedPage]) -> Iterator[tuple[str, ...]]:
    if read is None:
        yield name, *[ABSENT] * 6
        return
    for half, chosen in (
        ("all", pages),
        ("looked at", [page for page in pages if page.looked_at]),
        ("others", [page for page in pages if not page.looked_at]),
    ):
        score = score_reader(read, chosen)
        figures = (score.recall, score.precision, score.f)
        pace = score.seconds / max(score.size, 1) * 1e6
        yield name, half, *(f"{figure:.3f}" for figure in figures), str(score.empty), f"{pace:.3f}"


def _readers() -> Iterator[tuple[str, Reader | None]]:
    yield "ours", _read_ours
    if importlib.util.find_spec("trafilatura") is None:
        print("not measured: trafilatura", file=sys.stderr)  # noqa: T201
        yield "trafilatura", None
    else:
        yield "trafilatura", _trafilatura()


def _read_ours(content: bytes) -> str:
    from onrecord.indexer.formats.web.page import read_web_page

    drafts = read_web_page(Path("page.html"), content)
    said = [line for draft in drafts for block in draft.blocks for line in block.lines]
    return "\n".join([*said, *(text for draft in drafts for note in draft.notes for text in note.texts)])


def _trafilatura() -> Reader:
    """Return trafilatura as its evaluation sets it up: tables, no comments."""
    from trafilatura import extract

    return lambda content: extract(content, include_comments=False, include_tables=True) or ""


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u00ad", "")
    return " ".join(text.split())
