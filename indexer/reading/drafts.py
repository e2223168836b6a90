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
from onrecord.indexer.sources.decoding import GuessedEncoding, noting_guesses
from onrecord.indexer.statement import Confidence, Finding, Metadata

__all__ = ["read_source"]


def read_source(path: Path) -> tuple[str, Iterator[Draft]] | None:
    """Return a file's format (a reader of `indexer.formats.registry`) and the statements in it.

    The reader is picked by content and name; None when none takes the file. No statement comes when
    it holds no words. What a sidecar declares is laid over what the file does. A `SourceError` names
    the file and the line that cannot be read, or the limit that it goes beyond.
    """
    beginning = read_beginning(path)
    reader = reader_for(path, beginning)
    return None if reader is None else (reader.name, _drafts(path, reader, beginning))


def _drafts(path: Path, reader: Reader, beginning: bytes) -> Iterator[Draft]:
    with reading(path):
        sidecar = sidecar_of(path)
        declared = read_sidecar(sidecar) if sidecar else None
        with noting_guesses() as guesses:
            drafts = iter(reader.read(path, read_bytes(path, limit=reader.size, begun=beginning)))
    while True:
        # Never across a yield: whoever takes the drafts may stop, or read another file.
        with reading(path), noting_guesses() as later:
            draft = next(drafts, None)
        guesses += later
        if draft is None:
            return
        if draft.blocks or draft.paragraphs:
            known = _guessed(guesses).over(draft.declared) if guesses else draft.declared
            known = declared.over(known) if declared else known
            yield draft if known is draft.declared else replace(draft, declared=known)


def _guessed(guesses: list[GuessedEncoding]) -> Metadata:
    """Return the encoding in which the file was read last, as a guess."""
    guess = guesses[-1]
    return Metadata(encoding=Finding(guess.name, guess.evidence, Confidence.LOW, "own letters"))
