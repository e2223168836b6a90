"""Broad mode and a scan by reading find the same, and stock Whoosh scores it the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracles.forms import Vocabulary
from oracles.scan import AnyForm, Paragraph
from oracles.test_against_scan import Text, names
from whoosh.searching import Searcher

from onrecord import Index, Mode, build, open_index
from onrecord.indexer.store.store import Store
from onrecord.indexer.whoosh.reader import open_reader
from onrecord.indexer.whoosh.weighting import Rarity
from onrecord.search.collection import Collection
from onrecord.search.engine.lexicon import CollectionLexicon
from onrecord.search.language import read_query
from onrecord.search.lexicon import lexicon_beside


@dataclass(frozen=True)
class Term:
    """An entry as the scan knows it."""

    code: str
    en: tuple[str, ...]
    fr: tuple[str, ...] = ()
    beside: str = ""
    since: int = 0
    not_in: str = ""

    def row(self) -> str:
        years = f"{self.since}.." if self.since else ""
        return ",".join(
            (self.code, "term", "|".join(self.en), "|".join(self.fr), self.beside, years, self.not_in)
        )

    def languages_of(self, form: str) -> set[str]:
        return {code for code, forms in (("en", self.en), ("fr", self.fr)) if form in forms}


# So few words that forms meet, lie in each other and stand apart.
TERMS = (
    Term("T1", ("MBX", "mine ban", "ban of mines"), ("TIX", "interdiction mines")),
    Term("T2", ("NMX", "not mine ban")),
    Term("T3", ("NSX", "aid of weapons"), ("GSX",), beside="protocol"),
    Term("T4", ("YRX", "weapon protocol"), since=2001),
    Term("T5", ("NIX", "protocol of mines"), ("protocole de mines",), not_in="fr"),
)
FORMS = [form for term in TERMS for form in (*term.en, *term.fr)]
WORDS = ("mine", "mines", "ban", "of", "not", "aid", "weapons", "weapon", "protocol", "peace", *FORMS)


def sentences() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(
        lambda some: f"Here {' '.join(some)}."
    )


def texts() -> st.SearchStrategy[tuple[Text, ...]]:
    text = st.builds(
        Text,
        name=st.sampled_from("abcdef"),
        speaker=st.sampled_from(["Guinea", "Papua New Guinea"]),
        date=st.none() | st.sampled_from(["1999", "2000-02-29", "2001", "2001-01-01", "2002"]),
        language=st.sampled_from(["en", "fr"]),
        paragraphs=st.lists(sentences(), min_size=1, max_size=5).map(tuple),
    )
    return st.lists(text, min_size=2, max_size=5, unique_by=lambda one: one.name).map(tuple)


@dataclass(frozen=True)
class Asked:
    """An index with entries of a user's own beside it, and what stands in it."""

    folder: Path
    index: Index
    paragraphs: dict[str, Paragraph]

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary((word, one.language) for one in self.paragraphs.values() for word in one.written)

    def scan(self, typed: str, term: Term) -> list[str]:
        """Read every paragraph for what was typed and for the other forms."""
        vocabulary = self.vocabulary
        languages = {paragraph.language for paragraph in self.paragraphs.values()}
        others = [
            form for form in (*term.en, *term.fr) if form != typed and term.languages_of(form) & languages
        ]
        return sorted(
            name
            for name, one in self.paragraphs.items()
            if all(AnyForm(word).learn(vocabulary).holds(one) for word in typed.split())
            or any(holds(one, form, term, vocabulary) for form in others)
        )


def holds(paragraph: Paragraph, form: str, term: Term, vocabulary: Vocabulary) -> bool:
    """Tell whether a paragraph has a form that was not typed."""
    if " " in form:
        return stands_apart(paragraph.line.split(), form.split())
    if (form, paragraph.language) not in {(word, paragraph.language) for word in paragraph.written}:
        return False
    languages = term.languages_of(form)
    if "en" not in languages and paragraph.language not in languages:
        return False
    if paragraph.language == term.not_in or (term.since and not given_since(paragraph.date, term.since)):
        return False
    return not term.beside or AnyForm(term.beside).learn(vocabulary).holds(paragraph)


def stands_apart(words: Sequence[str], form: Sequence[str]) -> bool:
    """Tell whether a form stands somewhere where it does not end a longer one."""
    longer = [
        one.split() for one in FORMS if len(one.split()) > len(form) and one.split()[-len(form) :] == form
    ]
    longer = [one for one in longer if one[-len(form) - 1] != "of"]
    ends = [end for end in range(len(form), len(words) + 1) if words[end - len(form) : end] == form]
    return any(not any(words[max(end - len(one), 0) : end] == one for one in longer) for end in ends)


def given_since(date: str | None, year: int) -> bool:
    return date is not None and int(date[:4]) >= year


@contextmanager
def indexed(some: Sequence[Text]) -> Iterator[Asked]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "texts").mkdir()
        for text in some:
            text.write(folder / "texts")
        rows = ["code,kind,en,fr,beside,years,not_in", *(term.row() for term in TERMS)]
        (folder / "onrecord-lexicon.csv").write_text("\n".join(rows) + "\n", "utf-8")
        build(folder / "texts", into=folder / "index")
        with open_index(folder / "index") as index:
            found = dict(pair for text in once(some) for pair in text.read())
            yield Asked(folder / "index", index, found)


def once(some: Sequence[Text]) -> list[Text]:
    """Leave out copies."""
    kept: dict[object, Text] = {}
    for text in sorted(some, key=lambda one: one.name):
        same = (text.speaker, text.date, text.language, text.paragraphs)
        kept.setdefault(same if text.is_certain() else text.name, text)
    return list(kept.values())


questions = st.lists(
    st.sampled_from([(form, term) for term in TERMS for form in (*term.en, *term.fr)]), min_size=1, max_size=8
)
corpora = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@corpora
@given(texts(), questions)
def test_broad_mode_finds_what_a_scan_finds(
    some: tuple[Text, ...], asked_for: list[tuple[str, Term]]
) -> None:
    with indexed(some) as asked:
        for typed, term in asked_for:
            found = asked.index.search(typed, mode="broad", limit=None)
            assert sorted(names(found.hits)) == asked.scan(typed, term), typed


@corpora
@given(texts(), questions)
def test_broad_mode_scores_as_whoosh_does(some: tuple[Text, ...], asked_for: list[tuple[str, Term]]) -> None:
    with indexed(some) as asked:
        for typed, _ in asked_for:
            ours = {hit.address: hit.score for hit in asked.index.search(typed, mode="broad", limit=None)}
            assert ours == pytest.approx(by_whoosh(asked, typed)), typed


def by_whoosh(asked: Asked, typed: str) -> dict[str, float]:
    """Score with Whoosh's own searcher and collectors."""
    snapshot = Store(asked.folder).open()
    lexicon = CollectionLexicon(Collection(snapshot.segments))
    field = lexicon_beside(asked.folder)
    tree = read_query(typed, mode=Mode.BROAD, lexicon=lexicon, field=field).query
    shown = {hit.address for hit in asked.index.search("here", limit=None)}
    hits = Searcher(open_reader(snapshot.segments), weighting=Rarity()).search(tree, limit=None)
    return {hit["address"]: hit.score for hit in hits if hit["address"] in shown}


@corpora
@given(texts(), questions)
def test_one_form_alone_is_marked_and_no_other_word(
    some: tuple[Text, ...], asked_for: list[tuple[str, Term]]
) -> None:
    with indexed(some) as asked:
        for typed, term in asked_for:
            forms = {form.casefold() for form in (*term.en, *term.fr)}
            words = {word for form in forms for word in form.split()}
            for hit in asked.index.search(typed, mode="broad", limit=None):
                marked = [hit.text[start:end].casefold().rstrip("s") for start, end in hit.highlights]
                assert marked
                assert {word.rstrip("s") for one in marked for word in one.split()} <= {
                    word.rstrip("s") for word in words
                }
