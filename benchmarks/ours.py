"""On Record through its public doors."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.engine import Analyser, Ask, Engine, Session
from benchmarks.questions import Question

__all__ = ["Ours", "filters_of", "typed_as"]


class Ours(Engine):
    """`indexer` builds and adds, `search` answers; both are loaded when they are needed."""

    def build(self, lines: Path, into: Path) -> None:
        """Build from ready-split paragraphs."""
        from onrecord.indexer.building import build

        build.build(lines, into=into)

    def open(self, index: Path) -> Session:
        """Open the index."""
        return _Session(index)

    def add(self, index: Path, *, name: str, text: str) -> None:
        """Bring the index up to date with one more file, which lies beside it."""
        from onrecord import update

        file = index.parent / "added" / f"{name}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
        update(file, into=index)

    def analyser(self, languages: frozenset[str]) -> Analyser:
        """Return the analysis of the index in normal mode; `indexer.analysis.words` says what it is."""
        from onrecord.indexer.analysis.inflection import lemmas_of, paragraph_groups
        from onrecord.indexer.analysis.words import words
        from onrecord.search.query.lexicon import Dictionaries

        def lemmas(groups: Iterable[str]) -> list[str]:
            return [lemma for group in groups for lemma in lemmas_of(group)]

        lexicon = Dictionaries(languages)
        return Analyser(
            stems=lambda text, language: lemmas(paragraph_groups(text, language)),
            asked=lambda word: frozenset(lemmas(lexicon.meaning(word).groups)),
            written=words,
            phrase=list,
            near=True,
            differs="",
        )


class _Session(Session):
    def __init__(self, path: Path) -> None:
        from onrecord import open_index

        self._index: Any = open_index(path)

    def search(self, question: Question) -> Ask:
        typed, filters = typed_as(question), filters_of(question)
        return lambda: int(self._index.search(typed, **filters).total)

    def read(self, question: Question) -> Ask:
        typed, filters = typed_as(question), filters_of(question)

        def ask() -> int:
            results = self._index.search(typed, **filters)
            for hit in results.hits:
                hit.text  # noqa: B018
            return int(results.total)

        return ask

    def page(self, question: Question) -> Ask:
        typed, filters = typed_as(question), filters_of(question)

        def ask() -> int:
            results = self._index.search(typed, **filters)
            [hit.as_dict() for hit in results.hits]
            return int(results.total)

        return ask

    def facets(self, question: Question) -> Ask:
        typed, filters = typed_as(question), filters_of(question)

        def ask() -> int:
            counted = self._index.search(typed, limit=0, **filters).facets()
            return len(counted.speakers) + len(counted.forums) + len(counted.years)

        return ask

    def parse(self, question: Question) -> Ask:
        from onrecord.search.language import read_filters, read_query

        typed, filters = typed_as(question), filters_of(question)
        lexicon = self._index._backend.lexicon

        def ask() -> int:
            read_query(typed, lexicon=lexicon)
            read_filters(**filters)
            return 0

        return ask

    def forget(self) -> bool:
        """Empty the cache of decoded terms."""
        self._index.forget()
        return True

    def refresh(self) -> None:
        self._index.refresh()

    def close(self) -> None:
        self._index.close()


def typed_as(question: Question) -> str:
    """Spell a question in the query language; speaker and dates go beside it."""
    if question.prefix:
        return f"{question.prefix}*"
    if question.phrase:
        near = "" if question.distance is None else f"~{question.distance}"
        return f'"{" ".join(question.phrase)}"{near}'
    parts = [*question.every, " OR ".join(question.some), *(f"-{word}" for word in question.none)]
    return " ".join(filter(None, parts))


def filters_of(question: Question) -> dict[str, str]:
    """Return the filters of a question by their names."""
    given = {"speaker": question.speaker, "since": question.since, "until": question.until}
    return {name: str(value) for name, value in given.items() if value is not None}
