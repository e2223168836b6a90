"""The paragraphs that every engine gets: read once with our reader, kept as JSON lines.

A line is a statement, in the form that `onrecord index` takes for ready-split texts.
At scale 0.1 every tenth statement is taken, at scale 10 each is there ten times,
under slugs of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord import Statement

__all__ = ["Record", "records", "rescale_corpus", "write_corpus"]

# Statements in one file: enough files that a build can share them out between processes.
_PART = 100


@dataclass(frozen=True, slots=True)
class Record:
    """One paragraph as a peer indexes it; an unknown speaker or forum is empty, an unknown year 0."""

    address: str
    text: str
    speaker: str
    forum: str
    year: int
    language: str | None


def write_corpus(texts: Path, into: Path) -> None:
    """Read a folder of texts into a file of JSON lines.

    Files that no reader takes are passed over, as the indexer does.
    """
    with into.open("w", encoding="utf-8") as lines:
        for statement in _read_texts(texts):
            lines.write(json.dumps(statement, ensure_ascii=False) + "\n")


def rescale_corpus(corpus: Path, into: Path, *, scale: float) -> int:
    """Write a corpus at another scale into an empty folder; return the number of paragraphs in it."""
    paragraphs = 0
    with corpus.open(encoding="utf-8") as whole:
        chosen = _rescaled(map(json.loads, whole), scale)
        for number, part in enumerate(iter(lambda: list(islice(chosen, _PART)), [])):
            lines = (json.dumps(statement, ensure_ascii=False) + "\n" for statement in part)
            (into / f"part-{number:04}.jsonl").write_text("".join(lines), "utf-8")
            paragraphs += sum(len(statement["paragraphs"]) for statement in part)
    return paragraphs


def records(corpus: Path) -> Iterator[Record]:
    """Yield the paragraphs of a folder of JSON lines, in order."""
    for part in sorted(corpus.glob("*.jsonl")):
        with part.open(encoding="utf-8") as lines:
            for line in lines:
                yield from _records(json.loads(line))


def _read_texts(texts: Path) -> Iterator[dict[str, Any]]:
    from onrecord import SourceError
    from onrecord.indexer.paths import SourceFile
    from onrecord.indexer.reading.hashes import content_hash
    from onrecord.indexer.reading.statements import read_statements
    from onrecord.indexer.sources.files import find_sources

    for path in find_sources(texts):
        try:
            digest = content_hash(path)
            statements = read_statements(SourceFile.below(texts, path), content_hash=digest) or ()
        except SourceError as error:
            print(f"left out: {error}", file=sys.stderr)  # noqa: T201
            continue
        yield from map(_plain, statements)


def _plain(statement: Statement) -> dict[str, Any]:
    """Return a statement as our reader of ready-split texts takes it, and what the peers need besides."""
    known = statement.metadata
    return {
        "slug": statement.slug,
        "name": known.speaker and known.speaker.value.name,
        "title": known.title,
        "speaker": known.speaker and asdict(known.speaker.value),
        "forum": known.forum and known.forum.value,
        "date": known.date and str(known.date.value),
        "place": known.place and known.place.value,
        "language": known.language and known.language.value,
        "paragraphs": [
            {"text": part.text, "printed": part.printed, "role": part.role.value}
            for part in statement.paragraphs
        ],
    }


def _rescaled(statements: Iterable[dict[str, Any]], scale: float) -> Iterator[dict[str, Any]]:
    """Take every so many of the statements, or each of them several times under slugs of their own."""
    step, copies = max(1, round(1 / scale)), max(1, round(scale))
    for statement in islice(statements, 0, None, step):
        yield statement
        for copy in range(1, copies):
            yield statement | {"slug": f"{statement['slug']}-{copy}"}


def _records(statement: dict[str, Any]) -> Iterator[Record]:
    for number, part in enumerate(statement["paragraphs"], start=1):
        yield Record(
            address=f"{statement['slug']}#{number}",
            text=part["text"],
            speaker=statement["name"] or "",
            forum=statement["forum"] or "",
            year=int((statement["date"] or "0")[:4]),
            language=statement["language"],
        )
