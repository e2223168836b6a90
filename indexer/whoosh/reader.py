"""Our segments as Whoosh's own searcher reads them.

::

    Segment ── indexed_fields, fact_fields ──► TermsReader ───────┐
       │       (terms and where they occur)    (matchers)         ├─► SegmentReader ──► Searcher
       └────── stored ───────────────────────► PerDocumentReader ─┘    (Whoosh's, as it is)
               (stored fields, columns)

Whoosh's index, its table of contents and its writers have no part in it: nothing is
pickled, and nothing is read but the arrays of the segment.
"""

# mypy: allow-untyped-calls
# The codecs of Whoosh carry no types.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NoReturn

from whoosh import columns, fields, formats
from whoosh.codec import base
from whoosh.filedb.filestore import RamStorage
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader, TermInfo, TermNotFound
from whoosh.searching import Searcher

from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.whoosh.fact_fields import indexed_fields
from onrecord.indexer.whoosh.indexed_fields import IndexedField
from onrecord.indexer.whoosh.matchers import TermMatcher
from onrecord.indexer.whoosh.occurrences import Ints, Occurrences
from onrecord.indexer.whoosh.schema import paragraph_schema
from onrecord.indexer.whoosh.stored import COLUMNS, open_column, stored_fields
from onrecord.indexer.whoosh.weighting import Rarity

__all__ = ["open_reader", "open_searcher"]

# Terms kept decoded: scoring asks for a term's statistics just before its matcher is made.
_KEPT = 2


def open_reader(segments: Sequence[Segment], schema: fields.Schema | None = None) -> IndexReader:
    """Open segments as one reader, their paragraphs numbered through; ``schema`` is ours if none is given."""
    schema = schema or paragraph_schema()
    readers: list[IndexReader] = [
        SegmentReader(RamStorage(), schema, _ReadOnlySegment(segment)) for segment in segments
    ]
    if not readers:
        return EmptyReader(schema)
    return readers[0] if len(readers) == 1 else MultiReader(readers)


def open_searcher(segments: Sequence[Segment]) -> Searcher:
    """Open Whoosh's own searcher over segments, with the weighting that our scores follow."""
    return Searcher(open_reader(segments), weighting=Rarity())


def _refuse() -> NoReturn:
    raise NotImplementedError("Segments are written in bulk by SegmentWriter, not through Whoosh's writers.")


class _Codec(base.Codec):
    def per_document_reader(self, storage: Any, segment: Any) -> _PerDocumentReader:
        return _PerDocumentReader(segment)

    def terms_reader(self, storage: Any, segment: Any) -> _TermsReader:
        return _TermsReader(segment.fields)

    def postings_reader(self, *arguments: Any, **options: Any) -> NoReturn:
        _refuse()

    per_document_writer = field_writer = postings_writer = new_segment = postings_reader


class _ReadOnlySegment(base.Segment):
    """A segment as Whoosh names it."""

    def __init__(self, arrays: Segment) -> None:
        super().__init__("")
        self.arrays = arrays
        self.fields = indexed_fields(arrays)

    def codec(self) -> _Codec:
        return _Codec()

    def doc_count_all(self) -> int:
        return len(self.arrays)

    def deleted_count(self) -> int:
        return len(self.arrays.statements.deleted_paragraphs)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self.arrays.statements.deleted_paragraphs)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.arrays.statements.deleted_paragraphs

    def delete_document(self, docnum: int, delete: bool = True) -> NoReturn:
        _refuse()

    def set_doc_count(self, doccount: int) -> NoReturn:
        _refuse()

    def should_assemble(self) -> bool:
        return False


class _PerDocumentReader(base.PerDocumentReader):
    """What is known of each paragraph: whether it is deleted, its lengths, its stored fields and columns."""

    def __init__(self, segment: _ReadOnlySegment) -> None:
        self._arrays = segment.arrays
        self._fields = segment.fields
        self._deleted = segment.arrays.statements.deleted_paragraphs

    def doc_count(self) -> int:
        return len(self._arrays) - len(self._deleted)

    def doc_count_all(self) -> int:
        return len(self._arrays)

    def has_deletions(self) -> bool:
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._deleted)

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in COLUMNS

    def column_reader(self, fieldname: str, column: columns.Column) -> columns.ColumnReader:
        return open_column(self._arrays, fieldname)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._lengths(fieldname)
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        return self._fields[fieldname].total_length if fieldname in self._fields else 0

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._lengths(fieldname)
        return int(lengths.min()) if lengths is not None and len(lengths) else 0

    def max_field_length(self, fieldname: str) -> int:
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else int(lengths.max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return stored_fields(self._arrays, docnum)

    def _lengths(self, fieldname: str) -> Ints | None:
        return self._fields[fieldname].lengths if fieldname in self._fields else None


class _TermsReader(base.TermsReader):
    """The terms of all fields; a term is a field's name and bytes, and sorted by both."""

    def __init__(self, fields_by_name: dict[str, IndexedField]) -> None:
        self._fields = fields_by_name
        self._occurrences = lru_cache(maxsize=_KEPT)(self._read_occurrences)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        fieldname, text = term
        return fieldname in self._fields and self._fields[fieldname].find(text) is not None

    def indexed_field_names(self) -> Iterable[str]:
        return [name for name, field in self._fields.items() if len(field.terms)]

    def cursor(self, fieldname: str, fieldobj: fields.FieldType) -> base.FieldCursor:
        field = self._fields.get(fieldname)
        return base.EmptyCursor() if field is None else _Cursor(self, field, fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name, field in self._fields.items():
            if name >= fieldname:
                begin = field.terms.place(prefix) if name == fieldname else 0
                for place in range(begin, len(field.terms)):
                    yield name, field.terms[place]

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        occurrences = self._occurrences(fieldname, text)
        documents, frequencies = occurrences.documents, occurrences.frequencies
        lengths = self._fields[fieldname].lengths
        of_these = documents[:0] if lengths is None else lengths[documents]
        return TermInfo(
            weight=float(frequencies.sum()),
            df=len(documents),
            minlength=int(of_these.min()) if len(of_these) else 0,
            maxlength=int(of_these.max(initial=0)),
            maxweight=float(frequencies.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        field, number = self._find(fieldname, text)
        return float(field.frequency(number))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        field, number = self._find(fieldname, text)
        return field.paragraph_count(number)

    def matcher(
        self, fieldname: str, text: bytes, format_: formats.Format, scorer: Any = None
    ) -> TermMatcher:
        return TermMatcher(
            (fieldname, text), self._occurrences(fieldname, text), format_=format_, scorer=scorer
        )

    def _find(self, fieldname: str, text: bytes) -> tuple[IndexedField, int]:
        """Find a term (`KeyError`, as Whoosh expects)."""
        field = self._fields[fieldname]
        number = field.find(text)
        if number is None:
            raise KeyError(text)
        return field, number

    def _read_occurrences(self, fieldname: str, text: bytes) -> Occurrences:
        try:
            field, number = self._find(fieldname, text)
        except KeyError as error:
            raise TermNotFound(f"No term {fieldname}:{text!r}") from error
        return field.occurrences(number)


class _Cursor(base.FieldCursor):
    """A place among the terms of a field; Levenshtein automata jump with it."""

    def __init__(
        self, reader: _TermsReader, field: IndexedField, fieldname: str, fieldobj: fields.FieldType
    ) -> None:
        self._reader = reader
        self._field = field
        self._fieldname = fieldname
        self._fieldobj = fieldobj
        self._place = 0

    def first(self) -> Any:
        self._place = 0
        return self.text()

    def find(self, string: str | bytes) -> Any:
        term = string if isinstance(string, bytes) else self._fieldobj.to_bytes(string)
        self._place = self._field.terms.place(term)
        return self.text()

    def next(self) -> Any:
        self._place += 1
        return self.text()

    def text(self) -> Any:
        return self._fieldobj.from_bytes(self._field.terms[self._place]) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        if not self.is_valid():
            return None
        return self._reader.term_info(self._fieldname, self._field.terms[self._place])

    def is_valid(self) -> bool:
        return self._place < len(self._field.terms)
