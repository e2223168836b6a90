"""The index and a brute-force scan give the same answers, whatever is asked and however it was built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from oracles.forms import Vocabulary
from oracles.scan import (
    Alike,
    All,
    Any,
    AnyForm,
    Dated,
    Joined,
    Narrowed,
    Near,
    Not,
    Paragraph,
    Pattern,
    Phrase,
    Question,
    Quoted,
    Speaker,
    Word,
    days_of,
    learnt,
    read_words,
)
from whoosh.searching import Searcher

from onrecord import Hit, Index, Mode, Sort, build, open_index, remove, update
from onrecord.indexer.analysis.languages import languages_apart
from onrecord.indexer.store.store import Store
from onrecord.indexer.whoosh.reader import open_reader
from onrecord.indexer.whoosh.weighting import Rarity
from onrecord.search.collection import Collection
from onrecord.search.engine.lexicon import CollectionLexicon
from onrecord.search.language import read_query

# So few that phrases come again and words meet their inflections, their acronyms and their parts.
VOCABULARY = [
    *("the", "of", "not", "ban", "mine", "mines", "Mining", "mined", "weapon", "weapons", "Weaponry"),
    *("aid", "aids", "AIDS", "who", "WHO", "protocol", "V", "2000", "2001", "76/47", "A/RES/76/47", "R&D"),
    *(
        "co-operation",
        "cooperation",
        "Co-operations",
        "U.N.",
        "UN",
        "1,250",
        "1250",
        "NGOs",
        "NGO",
        "children",
    ),
    *("COVID-19", "covid", "Côte", "d’Ivoire", "cote", "négociation", "négociations", "核武器", "武器"),
]
TYPED = sorted({word.casefold() for text in VOCABULARY for word in read_words(text)})
LETTERS = [word for word in TYPED if word.isascii() and word.isalpha()]
SPEAKERS = {"Guinea": "GIN", "Guinea-Bissau": "GNB", "Papua New Guinea": "PNG", "Ada Guinea": None}
DATES = ("1999", "2000", "2000-02", "2000-02-29", "2001-01-01", "2001-12")
BOUNDS = ("1999", "2000-01-01", "2000-02", "2000-02-29", "2000-03-01", "2000", "2001-01", "2001", "2002")


@dataclass(frozen=True)
class Text:
    """A statement as a file holds it."""

    name: str
    speaker: str
    date: str | None
    language: str
    paragraphs: tuple[str, ...]

    def write(self, folder: Path) -> Path:
        code = SPEAKERS[self.speaker]
        known = [f"speaker: {{printed: {self.speaker}, delegation: {self.speaker}, code: {code}}}"]
        if code is None:
            known = [f"speaker: {self.speaker}"]
        known += [f"language: {self.language}", *([f"date: {self.date}"] if self.date else [])]
        path = folder / f"{self.name}.md"
        path.write_text("\n".join(["---", *known, "---", "", "\n\n".join(self.paragraphs), ""]), "utf-8")
        return path

    def is_certain(self) -> bool:
        """Tell whether another file with the same must be a copy: it is long, or its day is known."""
        words = sum(len(read_words(paragraph)) for paragraph in self.paragraphs)
        return words >= 50 or (self.date is not None and len(self.date) == len("2000-01-01"))

    def read(self) -> Iterator[tuple[str, Paragraph]]:
        """Yield each paragraph under the name that its hits are compared by."""
        apart = languages_apart(self.paragraphs, self.language)
        for place, text in enumerate(self.paragraphs):
            language = apart.get(place, self.language)
            yield (
                f"{self.name}#{place + 1}",
                Paragraph(text, statement=self.name, language=language, speaker=self.speaker, date=self.date),
            )


@dataclass(frozen=True)
class History:
    """What came into an index and went: texts at first, texts later (some anew), names to remove."""

    first: tuple[Text, ...]
    later: tuple[Text, ...]
    vanished: frozenset[str]
    removed: frozenset[str]

    def standing(self) -> dict[str, Paragraph]:
        """Read what must be in the index at last."""
        texts = {text.name: text for text in self.first if text.name not in self.vanished}
        texts |= {text.name: text for text in self.later}
        once: dict[object, Text] = {}
        for name in sorted(texts.keys() - self.removed):
            text = texts[name]
            once.setdefault(replace(text, name="") if text.is_certain() else name, text)
        return dict(pair for text in once.values() for pair in text.read())

    def play(self, folder: Path) -> None:
        """Build, update and remove with files in a folder."""
        texts, index = folder / "texts", folder / "index"
        texts.mkdir()
        for text in self.first:
            text.write(texts)
        build(texts, into=index)
        for name in self.vanished:
            (texts / f"{name}.md").unlink()
        for text in self.later:
            text.write(texts)
        update(texts, into=index)
        for name in self.removed:
            remove(texts / f"{name}.md", into=index)


def sentences() -> st.SearchStrategy[str]:
    # Whatever a reader may take for a heading, a number or a list would be another test.
    return st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=12).map(
        lambda words: f"Here {' '.join(words)}."
    )


def texts(names: Sequence[str]) -> st.SearchStrategy[tuple[Text, ...]]:
    text = st.builds(
        Text,
        name=st.sampled_from(names),
        speaker=st.sampled_from(sorted(SPEAKERS)),
        date=st.none() | st.sampled_from(DATES),
        language=st.sampled_from(["en", "fr", "zh"]),
        paragraphs=st.lists(sentences(), min_size=1, max_size=6).map(tuple),
    )
    return st.lists(text, min_size=2, max_size=5, unique_by=lambda one: one.name).map(tuple)


@st.composite
def histories(draw: st.DrawFn) -> History:
    first, later = draw(texts("abcdef")), draw(texts("efghij"))
    vanished = draw(st.sets(st.sampled_from([text.name for text in first]), max_size=2))
    vanished -= {text.name for text in later}
    standing = {text.name for text in (*first, *later)} - vanished
    removed = draw(st.sets(st.sampled_from(sorted(standing)), max_size=2))
    return History(first, later, frozenset(vanished), frozenset(removed))


def patterns() -> st.SearchStrategy[Pattern]:
    word, place = st.sampled_from(LETTERS), st.integers(1, 4)
    begins = st.builds(lambda word, place: Pattern(f"{word[:place]}*"), word, place)
    ends = st.builds(lambda word, place: Pattern(f"*{word[-place:]}"), word, place)
    inside = st.builds(lambda word, place: Pattern(f"{word[:place]}?{word[place + 1 :]}"), word, place)
    return begins | ends | inside | st.just(Pattern("w?a*n?")) | st.just(Pattern("20??"))


def quotations() -> st.SearchStrategy[Quoted]:
    # A word that ends in ? would have to hold another wildcard: in a phrase it is most often punctuation.
    # Five that begin with a wildcard are all that a question may have.
    closed = patterns().filter(lambda one: one.pattern[0] != "*" and one.pattern[-1] != "?")
    loose = closed.map(lambda one: one.pattern)
    run = st.lists(st.sampled_from(TYPED) | loose, min_size=1, max_size=3).map(tuple)
    return st.builds(
        Quoted,
        st.lists(run, min_size=1, max_size=3).map(tuple),
        st.sampled_from([" … ", " ... ", " […] ", " [...] ", "… ", " . . . "]),
    ).filter(lambda one: len(one.runs) > 1 or len(one.runs[0]) > 1)


def fields() -> st.SearchStrategy[Question]:
    return st.one_of(
        st.sampled_from(sorted(SPEAKERS)).map(Speaker),
        st.lists(st.sampled_from(range(len(BOUNDS))), min_size=2, max_size=2).map(
            lambda ends: Dated(BOUNDS[min(ends)], BOUNDS[max(ends)])
        ),
    )


def questions() -> st.SearchStrategy[Question]:
    word = st.sampled_from(TYPED)
    some = st.lists(word, min_size=2, max_size=4).map(tuple)
    leaves = st.one_of(
        word.map(Word),
        st.sampled_from(LETTERS).map(AnyForm),
        st.sampled_from(["AIDS", "WHO", "AID", "V", "2000", "Mines", "negociation"]).map(AnyForm),
        st.sampled_from(["NGO", "ngos", "UN", "1250", "child", "cooperation", "aid", "ban"]).map(AnyForm),
        some.map(Phrase),
        st.sampled_from([text for text in VOCABULARY if len(read_words(text)) > 1]).map(Joined),
        st.builds(Near, some, st.integers(0, 4)),
        patterns(),
        st.builds(Alike, st.sampled_from([word for word in LETTERS if len(word) > 3]), st.integers(1, 2)),
        quotations(),
        fields(),
        st.builds(
            Narrowed,
            st.lists(word.map(Word) | some.map(Phrase) | quotations(), min_size=2, max_size=3),
            st.lists(fields(), min_size=1, max_size=2),
            st.integers(0, 2),
        ),
    )
    return st.recursive(
        leaves,
        lambda parts: st.one_of(
            st.lists(parts, min_size=2, max_size=3).map(All),
            st.lists(parts, min_size=2, max_size=3).map(Any),
            parts.map(Not),
        ),
        max_leaves=5,
    )


@dataclass(frozen=True)
class Asked:
    """An index, what stands in it, and the door to it."""

    folder: Path
    index: Index
    paragraphs: dict[str, Paragraph]

    def written(self, question: Question) -> list[str]:
        """Scan for the very words."""
        question = as_written(question)
        return sorted(name for name, paragraph in self.paragraphs.items() if question.holds(paragraph))

    def scan(self, question: Question) -> list[str]:
        vocabulary = Vocabulary(
            (word, paragraph.language) for paragraph in self.paragraphs.values() for word in paragraph.written
        )
        question = learnt(question, vocabulary)
        return sorted(name for name, paragraph in self.paragraphs.items() if question.holds(paragraph))


@contextmanager
def played(history: History) -> Iterator[Asked]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        history.play(folder)
        with open_index(folder / "index") as index:
            yield Asked(folder / "index", index, history.standing())


def names(hits: Sequence[Hit]) -> list[str]:
    """Name hits by the first of their files in the alphabet."""
    return [f"{min(Path(source).stem for source in hit.sources)}#{hit.number}" for hit in hits]


# A corpus takes 40 ms to write and index, so each is asked several questions.
several = st.lists(questions(), min_size=1, max_size=12)
corpora = settings(
    max_examples=20,
    deadline=None,
    phases=set(Phase) - {Phase.explain},
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@corpora
@given(histories(), several, st.sampled_from([Mode.EXACT, Mode.NORMAL]))
def test_a_search_finds_the_paragraphs_that_a_scan_finds(
    history: History, questions: list[Question], mode: Mode
) -> None:
    with played(history) as asked:
        for question in questions:
            found = asked.index.search(question.typed(), mode=mode, limit=None)
            wanted = asked.written(question) if mode is Mode.EXACT else asked.scan(question)
            assert sorted(names(found.hits)) == wanted, question.typed()


def as_written(question: Question) -> Question:
    """Ask for the very words, as exact mode does."""
    if isinstance(question, Joined):
        return Joined(question.text)
    if isinstance(question, AnyForm):
        return Word(" ".join(read_words(question.word.casefold())))
    if isinstance(question, All | Any):
        return type(question)([as_written(part) for part in question.parts])
    return Not(as_written(question.part)) if isinstance(question, Not) else question


@corpora
@given(histories(), several, st.sampled_from(Sort), st.integers(1, 7))
def test_the_pages_put_together_are_all_hits(
    history: History, questions: list[Question], sort: Sort, size: int
) -> None:
    with played(history) as asked:
        for question in questions:
            whole = asked.index.search(question.typed(), sort=sort, limit=None)
            pages = [
                asked.index.search(question.typed(), sort=sort, limit=size, offset=offset)
                for offset in range(0, len(asked.paragraphs) + 1, size)
            ]
            assert [hit for page in pages for hit in page] == list(whole), question.typed()


@corpora
@given(histories(), several, st.sampled_from(Sort), st.integers(0, 7), st.integers(0, 7))
def test_totals_are_exact_on_every_page_in_every_order(
    history: History, questions: list[Question], sort: Sort, limit: int, offset: int
) -> None:
    with played(history) as asked:
        for question in questions:
            results = asked.index.search(question.typed(), sort=sort, limit=limit, offset=offset)
            found = asked.scan(question)
            statements = {asked.paragraphs[name].statement for name in found}
            assert (results.total, results.statements) == (len(found), len(statements)), question.typed()


@corpora
@given(histories(), several)
def test_the_best_come_first_and_equals_by_address(history: History, questions: list[Question]) -> None:
    with played(history) as asked:
        for question in questions:
            hits = asked.index.search(question.typed(), limit=None).hits
            assert all(
                (-one.score, one.address) < (-next_.score, next_.address) for one, next_ in pairwise(hits)
            )


@corpora
@given(histories(), several, st.sampled_from([Sort.NEWEST, Sort.OLDEST]))
def test_an_order_by_date_is_one_and_leaves_the_undated_for_the_end(
    history: History, questions: list[Question], sort: Sort
) -> None:
    with played(history) as asked:
        for question in questions:
            dates = [hit.date for hit in asked.index.search(question.typed(), sort=sort, limit=None)]
            days = [days_of(when)[0] for when in dates if when]
            assert dates[len(days) :] == [None] * (len(dates) - len(days))
            assert days == sorted(days, reverse=sort is Sort.NEWEST), question.typed()


DATED = Text("a", "Guinea", "2000", "en", ("Here it is.",))
UNDATED = Text("b", "Guinea", None, "en", ("Here it is.",))
UNDATED_TOO = Text("c", "Guinea", None, "en", ("Here it is.",))


@pytest.mark.parametrize(
    ("first", "later", "order"),
    [
        ([DATED], [UNDATED], ["a#1", "b#1"]),
        ([UNDATED], [DATED], ["a#1", "b#1"]),
        ([UNDATED], [UNDATED_TOO], ["b#1", "c#1"]),
    ],
)
def test_the_undated_come_last_where_all_texts_of_a_commit_are_undated(
    tmp_path: Path, first: list[Text], later: list[Text], order: list[str]
) -> None:
    History(tuple(first), tuple(later), frozenset(), frozenset()).play(tmp_path)
    with open_index(tmp_path / "index") as index:
        assert names(index.search("here", sort="newest").hits) == order


@corpora
@given(histories(), several)
def test_scores_are_those_of_whoosh(history: History, questions: list[Question]) -> None:
    with played(history) as asked:
        for question in questions:
            ours = {hit.address: hit.score for hit in asked.index.search(question.typed(), limit=None)}
            assert ours == pytest.approx(by_whoosh(asked, question.typed())), question.typed()


def by_whoosh(asked: Asked, typed: str) -> dict[str, float]:
    """Score with Whoosh's own searcher and collectors."""
    snapshot = Store(asked.folder).open()
    reader = open_reader(snapshot.segments)
    lexicon = CollectionLexicon(Collection(snapshot.segments))
    tree = read_query(typed, lexicon=lexicon).query
    searcher = Searcher(reader, weighting=Rarity())
    # Whoosh does not know of copies; every paragraph begins with one word.
    shown = {hit.address for hit in asked.index.search("here", limit=None)}
    hits = searcher.search(tree, limit=None)
    return {hit["address"]: hit.score for hit in hits if hit["address"] in shown}
