"""Pages that are pictures, read by Tesseract: where someone asks for it, and the extra is installed.

``pip install 'onrecord[ocr]'`` brings tesserocr, which has Tesseract in it; the data of its languages come
with the program of that name (``apt install tesseract-ocr tesseract-ocr-fra``). What was recognised is laid
out as any page is, and every statement of it says that it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from math import sqrt
from pathlib import Path
from statistics import median
from typing import Any

from onrecord.indexer.errors import NotInstalled, SourceError
from onrecord.indexer.formats.debates.language_codes import language_named, three_letters, two_letters
from onrecord.indexer.formats.pdf.letters import RIGHT_TO_LEFT, Piece, WrittenPage, turned_round
from onrecord.indexer.limits import next_statement
from onrecord.indexer.sources.beside import sidecar_of
from onrecord.indexer.sources.declared import read_sidecar
from onrecord.indexer.statement import Confidence, Finding

__all__ = ["is_wanted", "recognised_pages", "recognising", "require_recognition"]

_POINTS, _DOTS = 72, 300
# A poster at 300 dots an inch would be larger than this; it is looked at more coarsely.
_MOST_PIXELS = 40_000_000
# A gap as wide parts pieces of a line, in heights of lines, which are larger than letters.
_GAP = 0.9
# For a page, in milliseconds.
_LONGEST = 60_000
# Lines whose heights differ by less than this part are of one size: how high a line is depends on its words.
_LIKE_SIZE = 0.3
# Where the data of languages are kept, beside what the environment and the program say.
_DATA = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
# The folders above a file whose name may be its language.
_NEAR = 2
_USUAL = "en"
# Languages of which Tesseract has the data under a name of its own.
_NAMES = {"zh": "chi_sim"}
_WANTED: ContextVar[bool] = ContextVar("whether text recognition is wanted", default=False)


@contextmanager
def recognising(wanted: bool) -> Iterator[None]:
    """Read pictures in this block, if that is wanted."""
    token = _WANTED.set(wanted)
    try:
        yield
    finally:
        _WANTED.reset(token)


def is_wanted() -> bool:
    """Tell whether pictures are to be read."""
    return _WANTED.get()


def require_recognition() -> None:
    """Raise `NotInstalled` where pictures cannot be read, with what is to be installed."""
    if find_spec("tesserocr") is None:
        raise NotInstalled("text recognition needs tesserocr; install it with pip install 'onrecord[ocr]'.")
    if not _languages():
        raise NotInstalled(
            "text recognition finds no data of Tesseract; install them (apt install tesseract-ocr), "
            "or name their folder in TESSDATA_PREFIX."
        )


@dataclass(frozen=True, slots=True)
class RecognisedPages:
    """The pages of a document, those that were pictures read, and what says so: None where none was read."""

    pages: list[WrittenPage]
    finding: Finding[str] | None


def recognised_pages(
    path: Path, data: bytes, pages: Sequence[WrittenPage], places: Sequence[int]
) -> RecognisedPages:
    """Read the pages in some places, where they are pictures; the others stay."""
    from tesserocr import PSM, PyTessBaseAPI, tesseract_version

    require_recognition()
    read, count = list(pages), 0
    places = _places_of_pictures(data, places)
    if not places:
        return RecognisedPages(read, None)
    language, why = _language_of(path)
    name = _data_named(language, path)
    with _as_errors_of(path), PyTessBaseAPI(path=_languages()[name], lang=name, psm=PSM.AUTO) as reader:
        for place, image in _images(data, places):
            next_statement()  # a page takes as long as a speech
            found = list(_of_like_sizes(image.pieces(reader, path)))
            read[place] = replace(read[place], pieces=tuple(turned_round(found, read[place].width)))
            count += bool(found)
    how = f"Tesseract {tesseract_version().split()[1]}, {name}"
    evidence = f"{count} of {len(pages)} pages are pictures; language: {why}"
    return RecognisedPages(read, Finding(how, evidence, Confidence.LOW) if count else None)


@contextmanager
def _as_errors_of(path: Path) -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        reason = f"Tesseract could not read it ({error}); save its pages anew, and look at Tesseract's data."
        raise SourceError(path, reason) from error


def _places_of_pictures(data: bytes, places: Sequence[int]) -> list[int]:
    """Return which of some pages show anything: the back of a leaf is often empty."""
    with _opened(data) as document:
        return [place for place in places if next(iter(document[place].get_objects()), None) is not None]


@dataclass(frozen=True, slots=True)
class _Image:
    """A page as a picture: grey points, and how many of them are one point of the page."""

    points: bytes
    width: int
    height: int
    stride: int
    scale: float

    def pieces(self, reader: Any, path: Path) -> list[Piece]:
        """Read the picture as pieces of lines, with their places on the page."""
        from tesserocr import RIL, iterate_level

        reader.SetImageBytes(self.points, self.width, self.height, 1, self.stride)
        reader.SetSourceResolution(round(self.scale * _POINTS))
        if not reader.Recognize(_LONGEST):
            raise SourceError(path, "a page took more than a minute to read; scan it anew, more coarsely.")
        pieces: list[Piece] = []
        for at in iterate_level(reader.GetIterator(), RIL.WORD):
            word = self._word(at, RIL)
            if word is not None:
                begins = at.IsAtBeginningOf(RIL.TEXTLINE) or not pieces or _is_apart(pieces[-1], word)
                pieces[len(pieces) - (not begins) :] = [word if begins else _joined(pieces[-1], word)]
        return [replace(one, order=order) for order, one in enumerate(pieces)]

    def _word(self, at: Any, level: Any) -> Piece | None:
        """Read a word; its height and baseline are those of its line."""
        text = "" if at.Empty(level.WORD) else "".join(at.GetUTF8Text(level.WORD).split())
        box, base = at.BoundingBox(level.WORD), at.Baseline(level.TEXTLINE)
        if not box or not text:
            return None
        foot = (base[0][1] + base[1][1]) / 2 if base else box[3]
        height = at.RowAttributes()["row_height"] or box[3] - box[1]
        return Piece(
            text,
            box[0] / self.scale,
            box[2] / self.scale,
            (self.height - foot) / self.scale,
            height / self.scale,
            eastern=RIGHT_TO_LEFT.search(text) is not None,
        )


def _is_apart(piece: Piece, word: Piece) -> bool:
    """Tell whether a gap parts a word from what stands before it, on either side."""
    return max(word.left - piece.right, piece.left - word.right) > _GAP * piece.size


def _joined(piece: Piece, word: Piece) -> Piece:
    return replace(
        piece,
        text=f"{piece.text} {word.text}",
        left=min(piece.left, word.left),
        right=max(piece.right, word.right),
        eastern=piece.eastern or word.eastern,
    )


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def _images(data: bytes, places: Sequence[int]) -> Iterator[tuple[int, _Image]]:
    """Yield pages as pictures, by their places."""
    with _opened(data) as document:
        for place in places:
            page = document[place]
            width, height = page.get_size()
            scale = min(_DOTS / _POINTS, sqrt(_MOST_PIXELS / max(width * height, 1.0)))
            bitmap = page.render(scale=scale, grayscale=True)
            try:
                points = bytes(bitmap.buffer)
                yield place, _Image(points, bitmap.width, bitmap.height, bitmap.stride, scale)
            finally:
                bitmap.close()
                page.close()


def _of_like_sizes(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces with words in them, those of about the usual height as high as that."""
    usual = median(piece.size for piece in pieces for _ in piece.text) if pieces else 0.0
    for piece in pieces:
        if any(map(str.isalnum, piece.text)):
            alike = abs(piece.size - usual) < _LIKE_SIZE * usual
            yield replace(piece, size=usual) if alike else piece


def _language_of(path: Path) -> tuple[str, str]:
    """Return the language in which a file is read, and what says so: its sidecar, a folder, or nothing."""
    sidecar = sidecar_of(path)
    declared = read_sidecar(sidecar).language if sidecar else None
    if declared is not None:
        return declared.value, f"as declared, {declared.value}"
    for folder in list(path.parents)[:_NEAR]:
        named = language_named(folder.name) or (two_letters(folder.name) if folder.name.islower() else None)
        if named is not None and three_letters(named):
            return named, f"of the folder {folder.name}"
    return _USUAL, "not told, so that English was tried"


def _data_named(language: str, path: Path) -> str:
    name = _NAMES.get(language) or three_letters(language) or language
    if name not in _languages():
        raise SourceError(
            path,
            f"Tesseract has no data for its language ({language}); "
            f"install them (apt install tesseract-ocr-{name.replace('_', '-')}).",
        )
    return name


@cache
def _languages() -> dict[str, str]:
    """Return the languages of which there are data, with the folder that these are in."""
    found: dict[str, str] = {}
    for folder in _data_folders():
        for data in sorted(folder.glob("*.traineddata")):
            found.setdefault(data.stem, str(folder))
    return found


def _data_folders() -> Iterator[Path]:
    """Yield where the data of languages may be, the surest place first."""
    if told := os.environ.get("TESSDATA_PREFIX"):
        yield from (Path(told), Path(told) / "tessdata")
    if program := shutil.which("tesseract"):
        yield Path(program).resolve().parent.parent / "share" / "tessdata"
    for pattern in _DATA:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
