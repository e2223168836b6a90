"""What is stored of paragraphs and statements beside their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from onrecord.indexer.segments.columns.blocks import BlockWriter
from onrecord.indexer.segments.columns.names import Value, name_arrays
from onrecord.indexer.segments.columns.sketches import Sketches
from onrecord.indexer.segments.columns.terms import term_arrays
from onrecord.indexer.segments.container import Array
from onrecord.indexer.segments.layout import COLUMNS, starts_of
from onrecord.indexer.segments.writing.sketcher import digest_array, sketch_array

__all__ = ["ParagraphFacts", "StatementFacts"]


class ParagraphFacts:
    """Gathers the paragraphs of a segment: text, role, printed number, language."""

    def __init__(self) -> None:
        self._texts = BlockWriter()
        self._roles = bytearray()
        self._printed: list[str] = []
        self.languages: list[str] = []  #: of each paragraph, "" where it is not known

    def add(self, *, roles: Iterable[int], printed: Iterable[str], languages: Iterable[str]) -> None:
        """Add paragraphs: their roles as places in `ROLES`, the numbers printed before them or nothing."""
        self._roles += bytes(roles)
        self._printed += printed
        self.languages += languages

    def add_texts(self, texts: Iterable[bytes]) -> None:
        """Add the texts of paragraphs, at the same time as the rest or later."""
        self._texts.add(texts)

    def __len__(self) -> int:
        return len(self._roles)

    def arrays(self) -> dict[str, Array | bytes]:
        """Return them as arrays of a container."""
        return {
            "roles": bytes(self._roles),
            **_numbered("printed", self._printed),
            **_numbered("languages", self.languages),
            **self._texts.arrays("text"),
        }


class StatementFacts:
    """Gathers the statements of a segment: slug, record, days, names, source."""

    def __init__(self) -> None:
        self._slugs: list[bytes] = []
        self._records: list[bytes] = []
        self._paragraphs: list[int] = []
        self._days: list[tuple[int, int]] = []
        self._columns: dict[str, list[Value]] = {name: [] for name in COLUMNS}
        self._sources: dict[str, bytes] = {}
        self._source_of: list[str | None] = []
        self._digests: list[bytes] = []
        self._sketches: list[Sketches] = []

    def add_source(self, key: str, record: bytes) -> None:
        """Add a source (`ValueError` where there is one of this key)."""
        if key in self._sources:
            raise ValueError(f"{key}: a source is added once")
        self._sources[key] = record

    def add(
        self,
        slug: bytes,
        *,
        record: bytes,
        paragraphs: int,
        days: tuple[int, int],
        names: Mapping[str, Value],
        source: str | None,
        digest: bytes,
    ) -> None:
        """Add a statement.

        ``paragraphs`` is how many it has, ``days`` its first and last, ``names`` has a value for
        each column, ``source`` is the key of a source that was added before, or None, ``digest`` what its
        copies have too.
        """
        self._slugs.append(slug)
        self._records.append(record)
        self._paragraphs.append(paragraphs)
        self._days.append(days)
        self._source_of.append(source)
        self._digests.append(digest)
        for name, values in self._columns.items():
            values.append(names[name])

    def add_sketches(self, sketches: Sketches) -> None:
        """Add the sketches of statements that have one, at the same time as the rest or later."""
        self._sketches.append(sketches)

    def arrays(self) -> dict[str, Array | bytes]:
        """Return them as arrays of a container."""
        order = sorted(range(len(self._slugs)), key=self._slugs.__getitem__)
        rank = np.empty(len(order), np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        paragraphs = np.array(self._paragraphs, np.uint32)
        days = np.array(self._days, np.uint32).reshape(-1, 2)
        arrays: dict[str, Array | bytes] = {
            "statement": np.repeat(np.arange(len(order), dtype=np.uint32), paragraphs),
            "statement.paragraphs": starts_of(paragraphs).astype(np.uint32),
            "statement.first": days[:, 0],
            "statement.last": days[:, 1],
            "statement.rank": rank,
            "statement.order": np.array(order, np.uint32),
            "statement.digest": digest_array(self._digests),
            "sketches": sketch_array(self._sketches),
            **term_arrays("slugs", [self._slugs[at] for at in order]),
            **_record_arrays("records", self._records),
            **self._source_arrays(),
        }
        for name, values in self._columns.items():
            arrays |= name_arrays(name, values)
        return arrays

    def _source_arrays(self) -> dict[str, Array | bytes]:
        keys = sorted(self._sources, key=str.encode)
        number: dict[str | None, int] = {None: 0} | {key: at for at, key in enumerate(keys, 1)}
        return {
            "statement.source": np.array([number[key] for key in self._source_of], np.uint32),
            **term_arrays("sources.keys", [key.encode() for key in keys]),
            **_record_arrays("sources", [self._sources[key] for key in keys]),
        }


def _numbered(name: str, values: Sequence[str]) -> dict[str, Array | bytes]:
    """Pack a value for each paragraph: its number among the different ones, 0 for nothing."""
    different = sorted({*values} - {""})
    number = {"": 0} | {value: at for at, value in enumerate(different, 1)}
    return {
        name: np.array([number[value] for value in values], np.min_scalar_type(len(different))),
        **term_arrays(f"{name}.values", [value.encode() for value in different]),
    }


def _record_arrays(name: str, records: Iterable[bytes]) -> dict[str, Array | bytes]:
    writer = BlockWriter()
    writer.add(records)
    return writer.arrays(name)
