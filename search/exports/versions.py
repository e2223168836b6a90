"""What an answer and its writing depend on besides the texts: versions, and hashes of tables."""

from __future__ import annotations

import sqlite3
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import onrecord.indexer.analysis as analysis
from onrecord.search.backend import Backend
from onrecord.search.exports.formats import Format
from onrecord.search.language import GRAMMAR_VERSION

__all__ = ["versions_of"]

# What words and languages are told by, beside our own tables.
_DICTIONARIES = ("py3langid", "pymorphy3-dicts-ru", "simplemma")
# What writes a form, where that is not we alone.
_WRITERS = {Format.XLSX: "XlsxWriter", Format.PARQUET: "pyarrow"}
_TABLES = (".py", ".csv", ".tsv", ".xz")


def versions_of(backend: Backend, form: Format) -> dict[str, object]:
    """Return the versions that count for an export, as plain data."""
    lexicon = backend.field_lexicon()
    return {
        "onrecord": _version("onrecord"),
        "grammar": GRAMMAR_VERSION,
        "analysis": {"hash": _hash_of_analysis(), **{name: _version(name) for name in _DICTIONARIES}},
        "lexicon": {"version": lexicon.version, "hash": lexicon.hash},
        "writer": _writer(form),
    }


def _writer(form: Format) -> dict[str, str | None]:
    if form is Format.SQLITE:
        return {"sqlite": sqlite3.sqlite_version}
    package = _WRITERS.get(form)
    return {} if package is None else {package: _version(package)}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


@cache
def _hash_of_analysis() -> str:
    """Return the SHA-256 of all that says what a word is, the dictionaries in the program among it."""
    hashed = sha256()
    folder = Path(str(analysis.__file__)).parent
    for file in sorted(path for path in folder.rglob("*") if path.suffix in _TABLES):
        held = sha256(file.read_bytes()).hexdigest()
        hashed.update(f"{file.relative_to(folder).as_posix()} {held}\n".encode())
    return hashed.hexdigest()
