"""A small index in which every kind of array has something, and all that can be asked of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import numpy as np
from whoosh import query

from onrecord import build, open_index, update
from onrecord.indexer.errors import IndexDamaged
from onrecord.indexer.segments.container import Array, Container, write_container
from onrecord.indexer.store.catalogue import Catalogue
from onrecord.indexer.store.store import Store
from onrecord.search.engine import stretches

__all__ = ["Arrays", "answers", "damage", "flip", "flipped", "forge", "make_index", "segments"]

Arrays = dict[str, Array]

QUESTIONS = (
    *("mine", "peace OR mines", '"peace and"', '"and mines number"', "peace -mines", "disarm*", "m?ne*"),
    *("mines~", '"peace mines"~3', "speaker:japan peace", "forum:committee", "date:2019..2021"),
    *("speaker:japan OR speaker:norway", "place:geneva", "language:en", "number", "disarmament"),
    *("leave", "cooperation", "MINES"),
)
# A word of two lemmas, a compound, a word that is stressed.
_SPELT = "\n\nWe left the co-operation on MINES to them."
_FACTS = "speaker: {}\nforum: First Committee\ndate: {}\nplace: Geneva\nlanguage: {}\ntitle: On mines"


def make_index(folder: Path) -> Path:
    """Index enough texts for bitmaps, rows, nibbles and large frequencies, in two segments."""
    texts, index = folder / "texts", folder / "index"
    texts.mkdir(parents=True)
    many = "\n\n".join(f"Peace and mines number {number} the field {number % 7}." for number in range(1300))
    _write(texts / "many.md", ("Japan", "2019-10-02", "en"), many + "\n\n" + "mines " * 300 + _SPELT)
    _write(texts / "few.md", ("Norway", "2020-05", "en"), "1. Disarmament, mined fields.\n\n2. I thank you.")
    build(texts, into=index)
    _write(texts / "new.md", ("Côte d’Ivoire", "2021", "fr"), "La paix et les mines.\n\nOn peace and mines.")
    update(texts, into=index)
    return index


def _write(path: Path, facts: tuple[str, str, str], text: str) -> None:
    path.write_text(f"---\n{_FACTS.format(*facts)}\n---\n\n{text}\n", "utf-8")


def segments(index: Path) -> list[Path]:
    """Return the segments of an index, the largest first."""
    return sorted(index.glob("*.seg"), key=lambda path: -path.stat().st_size)


def answers(index: Path) -> list[object]:
    """Ask for everything there is to ask for, and put down what came."""
    with open_index(index) as opened:
        # Whoosh's own matchers answer what our language cannot say.
        trees: list[str | query.Query] = [
            query.Require(query.Term("stem", "en:mine"), query.Term("text", "field")),
            query.Term("stem", "=3"),
        ]
        found: list[object] = []
        for asked in [*QUESTIONS, *trees]:
            for sort in ("relevance", "newest"):
                results = opened.search(asked, sort=sort, limit=3, context=1)
                found += [results.total, results.statements, results.hits, results.facets()]
        folded = opened.search("peace OR mines", limit=3, fold=True)
        found += [folded.total, folded.folded, folded.hits, folded.facets()]
        with patch.object(stretches, "MANY", 0):
            for sort in ("right", "left", "node"):
                lines = opened.kwic("mines OR number OR peace", sort=sort, limit=30)
                found += [lines.total, lines.lines]
            found.append(opened.near("mines", minimum=1, limit=None).rows)
        status = opened.status().as_dict() | {"path": "", "size": 0}
        slugs = sorted({hit.statement for hit in opened.search("peace OR disarmament", limit=None)})
        passages = [opened.show(f"{slug}#1").hits for slug in slugs]
    return [found, status, passages, list(_catalogued(index))]


def _catalogued(index: Path) -> Iterator[object]:
    catalogue = Catalogue(Store(index).open().segments)
    for path in catalogue.paths():
        yield Path(path).name, catalogue.source(path)


def damage(index: Path) -> IndexDamaged | None:
    """Return the error of an index that is refused; any other error is not ours."""
    try:
        answers(index)
    except IndexDamaged as error:
        return error
    return None


def forge(index: Path, into: Path, change: Callable[[Arrays], object]) -> Path:
    """Copy an index and change arrays of its largest segment, all checksums right; return the segment."""
    if into.exists():
        shutil.rmtree(into)
    shutil.copytree(index, into)
    path = segments(into)[0]
    container = Container(path)
    arrays = {name: np.array(container[name]) for name in container.names()}
    change(arrays)
    path.unlink()
    write_container(path, arrays.items())
    return path


def flip(path: Path, *, place: int, bits: int) -> None:
    """Change some bits of one byte of a file."""
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ bits]))


def flipped(path: Path, whole: list[object], *, place: int, bits: int) -> str:
    """Change a byte of an index for a moment, and tell what became of its answers."""
    flip(path, place=place, bits=bits)
    try:
        return "the same" if answers(path.parent) == whole else f"another at {place} of {path.name}"
    except IndexDamaged as error:
        return "refused" if str(path) in str(error) else f"refused for another file: {error}"
    finally:
        flip(path, place=place, bits=bits)
