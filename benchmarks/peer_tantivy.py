"""tantivy-py in two shapes.

`Tantivy` answers what we answer: one field of stems for words, one of words as
written, with positions, for phrases. `TantivyOneField` keeps one field of stems
with positions, which is what most programs do: it is smaller and quicker to
build, and its phrases are phrases of stems. Our build and size are held against
both, our answers against the first, whose phrases are the faster ones.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, ClassVar

import tantivy

from benchmarks.corpus import Record, records
from benchmarks.engine import Analyser, Ask, Engine, Session
from benchmarks.questions import Question

__all__ = ["Tantivy", "TantivyOneField"]

# What tantivy-py gives a writer by default, for each thread.
_HEAP = 128_000_000
_FACETS = {name: {"terms": {"field": name, "size": 1000}} for name in ("speaker", "forum", "year")}


class Tantivy(Engine):
    """Two fields: stems, and words with positions."""

    fields: ClassVar[dict[str, str]] = {"stem": "freq", "word": "position"}

    def build(self, lines: Path, into: Path) -> None:
        """Build with a thread a core, and wait for the merges it began."""
        index = self._index(into)
        threads = os.cpu_count() or 1
        writer = index.writer(_HEAP * threads, threads)
        for record in records(lines):
            writer.add_document(self._document(record))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, index: Path) -> Session:
        """Open the index."""
        return _Session(self._index(index))

    def add(self, index: Path, *, name: str, text: str) -> None:
        """Add one paragraph and commit."""
        writer = self._index(index).writer(_HEAP, 1)
        writer.add_document(self._document(Record(f"{name}#1", text, "", "", 0, None)))
        writer.commit()

    def analyser(self, languages: frozenset[str]) -> Analyser:
        """Return Snowball's English for words and plain words for phrases, whatever the languages."""
        del languages
        stems, words = _analysers()["stems"].analyze, _analysers()["words"].analyze
        return Analyser(
            stems=lambda text, language: stems(text),
            asked=lambda word: frozenset(stems(word)),
            written=words,
            phrase=list,
            near=False,
            differs="English stems in all languages, acronyms too; a slop of 5 is another thing than near",
        )

    def _index(self, folder: Path) -> tantivy.Index:
        schema = tantivy.SchemaBuilder()
        stored = True
        for field, option in self.fields.items():
            schema.add_text_field(field, stored=stored, tokenizer_name=f"{field}s", index_option=option)
            stored = False
        schema.add_text_field("address", stored=True, tokenizer_name="raw", index_option="basic")
        for field in ("speaker", "forum"):
            schema.add_text_field(field, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
        schema.add_unsigned_field("year", stored=True, indexed=True, fast=True)
        index = tantivy.Index(schema.build(), str(folder))
        for name, analyser in _analysers().items():
            index.register_tokenizer(name, analyser)
        return index

    def _document(self, record: Record) -> tantivy.Document:
        document = tantivy.Document()
        for field in self.fields:
            document.add_text(field, record.text)
        document.add_text("address", record.address)
        document.add_text("speaker", record.speaker)
        document.add_text("forum", record.forum)
        document.add_unsigned("year", record.year)
        return document


class TantivyOneField(Tantivy):
    """One field of stems with positions; built and weighed, not asked."""

    fields: ClassVar[dict[str, str]] = {"stem": "position"}
    queried: ClassVar[bool] = False


class _Session(Session):
    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._searcher: Any = index.searcher()  # its types leave out the count

    def search(self, question: Question) -> Ask:
        typed = _typed(question)

        def ask() -> int:
            return int(self._searcher.search(self._parse(typed), 10, count=True).count)

        return ask

    def read(self, question: Question) -> Ask:
        typed = _typed(question)

        def ask() -> int:
            found = self._searcher.search(self._parse(typed), 10, count=True)
            for _, place in found.hits:
                self._searcher.doc(place).get_first("stem")
            return int(found.count)

        return ask

    def page(self, question: Question) -> Ask:
        """Take the text, the facts and the snippet of tantivy's own generator."""
        typed = _typed(question)
        field = "word" if question.prefix or question.phrase else "stem"

        def ask() -> int:
            query = self._parse(typed)
            found = self._searcher.search(query, 10, count=True)
            snippets = tantivy.SnippetGenerator.create(self._searcher, query, self._index.schema, field)
            for _, place in found.hits:
                document = self._searcher.doc(place)
                plain = {name: document.get_first(name) for name in ("stem", "address", *_FACETS)}
                plain["snippet"] = snippets.snippet_from_doc(document).to_html()
            return int(found.count)

        return ask

    def facets(self, question: Question) -> Ask:
        typed = _typed(question)

        def ask() -> int:
            counted = self._searcher.aggregate(self._parse(typed), _FACETS)
            return sum(bool(bucket["key"]) for name in _FACETS for bucket in counted[name]["buckets"])

        return ask

    def parse(self, question: Question) -> Ask:
        typed = _typed(question)

        def ask() -> int:
            self._parse(typed)
            return 0

        return ask

    def refresh(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Nothing to do: the mapped files go with the object."""

    def _parse(self, typed: str) -> tantivy.Query:
        # The query language has no prefix of one word; a regular expression over the terms is the same.
        if typed.endswith(".*"):
            return tantivy.Query.regex_query(self._index.schema, "word", typed)
        return self._index.parse_query(typed, ["stem"])


def _typed(question: Question) -> str:
    """Spell a question in tantivy's query language; what ends in ``.*`` is a prefix."""
    if question.prefix:
        return f"{question.prefix}.*"
    if question.phrase:
        slop = "" if question.distance is None else f"~{question.distance}"
        return f'word:"{" ".join(question.phrase)}"{slop}'
    parts = [f"+{word}" for word in question.every]
    parts += question.some
    parts += [f"-{word}" for word in question.none]
    if question.speaker:
        parts.append(f'+speaker:"{question.speaker}"')
    if question.since is not None or question.until is not None:
        parts.append(f"+year:[{question.since or '*'} TO {question.until or '*'}]")
    return " ".join(parts)


def _analysers() -> dict[str, Any]:
    filters = tantivy.Filter
    plain = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(filters.lowercase())
        .filter(filters.ascii_fold())
    )
    stemmed = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(filters.lowercase())
        .filter(filters.ascii_fold())
        .filter(filters.stemmer("english"))
    )
    return {"words": plain.build(), "stems": stemmed.build()}
