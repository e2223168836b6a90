"""On Record: a document is a statement of one paragraph, asked in normal mode through the public door."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from benchmarks.relevance.collection import DEPTH, Collection, Run, typed_words
from benchmarks.relevance.ranker import ALL, ANY, Ranker, Runs

if TYPE_CHECKING:
    from onrecord import Hit, Index
    from onrecord.search.engine.local import LocalBackend

__all__ = ["Ours", "rank_index"]

# Statements in one file of lines.
_PART = 100


class Ours(Ranker):
    """Our own index."""

    def settings(self) -> str:
        """Return nothing: its code changes, so it is asked anew every time."""
        return ""

    def rank(self, collection: Collection) -> Runs:
        """Build an index and ask it; the title of a statement, which is not searched, names its document."""
        from onrecord.indexer.building import build

        with tempfile.TemporaryDirectory() as folder:
            lines, index = Path(folder) / "lines", Path(folder) / "index"
            lines.mkdir()
            _write_lines(collection, lines)
            build.build(lines, into=index)
            return rank_index(index, collection.topics(), named=lambda hit: str(hit.title))


def rank_index(
    index: Path, topics: dict[str, str], *, named: Callable[[Hit], str], sort: str = "relevance"
) -> Runs:
    """Ask an index each topic; ``named`` tells which document a hit is, ``sort`` the order."""
    from onrecord import open_index

    with open_index(index) as opened:
        names = _names(opened, named)
        return {joint: _run(opened, topics, joint, names, sort) for joint in (ANY, ALL)}


def _names(index: Index, named: Callable[[Hit], str]) -> dict[int, str]:
    """Name the document of each paragraph, by the number that it has in the collection."""
    from onrecord.search.results.hit_reader import HitReader, Place

    engine = _backend(index).engine
    names: dict[int, str] = {}
    for base, segment in engine.collection.parts():
        places = (Place(segment, paragraph) for paragraph in range(len(segment.paragraphs)))
        names |= enumerate(map(named, HitReader(engine.facts).read(places)), start=base)
    return names


def _run(index: Index, topics: dict[str, str], joint: str, names: dict[int, str], sort: str) -> Run:
    from onrecord import QueryError

    run: Run = {}
    for topic, text in topics.items():
        try:
            found = _ask(index, typed_words(text), joint, sort)
        except QueryError as error:
            # A question that is refused finds nothing, and counts so.
            print(f"refused: {text}: {error}", file=sys.stderr)  # noqa: T201
            found = ()
        run[topic] = list(dict.fromkeys(names[paragraph] for paragraph in found))
    return run


def _ask(index: Index, words: list[str], joint: str, sort: str) -> Iterable[int]:
    """Return the numbers of what is found for words side by side, which mean all of them or any.

    Hits themselves are not read: marking each of a thousand takes a hundred times as long as finding them.
    """
    if not words:
        return ()
    answer: Any = index.search(" ".join(words), match=joint, sort=sort, limit=DEPTH).answer
    return (paragraph for _, paragraph in answer._page())


def _backend(index: Index) -> LocalBackend:
    backend: Any = index._backend
    return cast("LocalBackend", backend)


def _write_lines(collection: Collection, into: Path) -> None:
    """Write a collection in the form that `onrecord index` takes for ready-split texts."""
    lines = (
        json.dumps({"title": name, "language": language, "paragraphs": [text]}, ensure_ascii=False) + "\n"
        for name, text, language in collection.documents()
    )
    for number, part in enumerate(iter(lambda: list(islice(lines, _PART)), [])):
        (into / f"part-{number:05}.jsonl").write_text("".join(part), "utf-8")
