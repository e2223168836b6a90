"""A file as drafts of statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from onrecord.indexer.draft import Draft
from onrecord.indexer.formats.registry import Reader, reader_for
from onrecord.indexer.limits import reading
from onrecord.indexer.sources.beside import sidecar_of
from onrecord.indexer.sources.contents import read_beginning, read_bytes
from onrecord.indexer.sources.declared import read_sidecar

__all__ = ["read_source"]


def read_source(path: Path) -> tuple[str, Iterator[Draft]] | None:
    """Return a file's format (a reader of `indexer.formats.registry`) and the statements in it.

    The reader is picked by content and name; None when none takes the file. No statement comes when
    it holds no words. What a sidecar declares is laid over what the file does. A `SourceError` names
    the file and the line that cannot be read, or the limit that it goes beyond.
    """
    reader = reader_for(path, read_beginning(path))
    return None if reader is None else (reader.name, _drafts(path, reader))


def _drafts(path: Path, reader: Reader) -> Iterator[Draft]:
    with reading(path):
        sidecar = sidecar_of(path)
        declared = read_sidecar(sidecar) if sidecar else None
        drafts = iter(reader.read(path, read_bytes(path, limit=reader.size)))
    while True:
        with reading(path):  # never across a yield: whoever takes the drafts may stop, or read another file
            draft = next(drafts, None)
        if draft is None:
            return
        if draft.blocks or draft.paragraphs:
            yield replace(draft, declared=declared.over(draft.declared)) if declared else draft
