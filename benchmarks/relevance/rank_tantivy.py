"""tantivy-py: one field of stems, those of the language of the collection, else English ones."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import tantivy

from benchmarks.relevance.collection import DEPTH, Collection, Run, typed_words
from benchmarks.relevance.ranker import ALL, ANY, LANGUAGES, Ranker, Runs

__all__ = ["Tantivy"]

_HEAP = 128_000_000


class Tantivy(Ranker):
    """Words cut and lowered by tantivy's simple tokenizer, then Snowball's stemmer."""

    def settings(self) -> str:
        """Return the version of the library."""
        return version("tantivy")

    def rank(self, collection: Collection) -> Runs:
        """Index in memory with one thread, so that ties fall as the documents lie."""
        analyser = _analyser(LANGUAGES.get(collection.language(), "english"))
        index = _index(analyser)
        writer = index.writer(_HEAP, 1)
        for name, text, _ in collection.documents():
            writer.add_document(tantivy.Document(name=[name], text=[text]))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        topics = {
            topic: analyser.analyze(" ".join(typed_words(text)))
            for topic, text in collection.topics().items()
        }
        return {joint: _run(index, topics, joint) for joint in (ANY, ALL)}


def _run(index: tantivy.Index, topics: dict[str, list[str]], joint: str) -> Run:
    searcher: Any = index.searcher()
    occur = tantivy.Occur.Should if joint == ANY else tantivy.Occur.Must
    run: Run = {}
    for topic, words in topics.items():
        terms = [(occur, tantivy.Query.term_query(index.schema, "text", word)) for word in words]
        found = searcher.search(tantivy.Query.boolean_query(terms), DEPTH).hits if terms else ()
        run[topic] = [str(searcher.doc(place).get_first("name")) for _, place in found]
    return run


def _index(analyser: Any) -> tantivy.Index:
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("name", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("text", stored=False, tokenizer_name="stems", index_option="freq")
    index = tantivy.Index(schema.build())
    index.register_tokenizer("stems", analyser)
    return index


def _analyser(language: str) -> Any:
    filters = tantivy.Filter
    simple = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(filters.lowercase())
    return simple.filter(filters.stemmer(language)).build()
