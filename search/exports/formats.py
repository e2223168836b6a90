"""The forms in which an export is written, told by how the name of its file ends."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from onrecord.indexer.errors import ExportError

__all__ = ["Format", "read_format"]


class Format(Enum):
    """A form of export, by the ending of its files."""

    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    MD = "md"
    HTML = "html"
    SQLITE = "sqlite"
    XLSX = "xlsx"
    DOCX = "docx"
    PARQUET = "parquet"

    @property
    def is_text(self) -> bool:
        """Whether it is lines of text, which may be written to a pipe one after the other."""
        return self in (Format.CSV, Format.TSV, Format.JSONL, Format.MD, Format.HTML)


# Other endings by which files of a form are known.
_ALSO = {
    "ndjson": Format.JSONL,
    "markdown": Format.MD,
    "htm": Format.HTML,
    "db": Format.SQLITE,
    "sqlite3": Format.SQLITE,
    "tab": Format.TSV,
}


def read_format(name: str | None, *, path: Path | None) -> Format:
    """Return the form that is named, or else that of a file; of what has no name it is CSV (`ExportError`).

    >>> read_format(None, path=Path("out/Mines.JSONL")).value
    'jsonl'
    """
    if name is not None:
        written = name
    elif path is None:
        return Format.CSV
    else:
        written = path.suffix.removeprefix(".").lower()
    if written in _ALSO:
        return _ALSO[written]
    try:
        return Format(written)
    except ValueError as error:
        known = ", ".join(form.value for form in Format)
        if name is None:
            sentence = (
                f"{path}: the ending says no form of export; name the form, or end it in one of {known}."
            )
        else:
            sentence = f'"{name}" is no form of export; write one of {known}.'
        raise ExportError(sentence, path=path) from error
