"""Query trees of the nodes that the query language makes, over a handful of words; texts of these words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st
from whoosh import query

from onrecord.indexer.analysis.inflection import paragraph_groups
from onrecord.indexer.analysis.words import words
from onrecord.search.query import (
    AlsoAs,
    AnyOf,
    Apart,
    Compound,
    Constant,
    Either,
    ExactPhrase,
    Filter,
    Guarded,
    Inflected,
    Near,
    OtherForms,
    Quotation,
    ShownAs,
    Without,
)
from onrecord.search.request import Sort

__all__ = ["SORTS", "TREES", "write_statements"]

# Few, so that words are repeated, meet in phrases, and overlap with themselves.
WORDS = (
    *("mine", "mines", "mined", "field", "fields", "Peace", "co-operation", "cooperation", "AIDS", "aids"),
    *(
        "non-nuclear",
        "nuclear",
        "weapon",
        "States",
        "the",
        "of",
        "not",
        "мир",
        "мира",
        "éléphant",
        "47",
        "1,250",
    ),
)
SPEAKERS = ("Japan", "Norway", "Ms. Peace", "Republic of Korea", None)
LANGUAGES = ("en", "fr", "ru", None)
DATES = ("2019", "2020-02", "2021-09-20", None)
FORMS = sorted({*words(" ".join(WORDS)), "absent"})
GROUPS = sorted({group for language in LANGUAGES for group in paragraph_groups(" ".join(WORDS), language)})
DAYS = (None, 737060, 737425, 737500, 738053)


def write_statements(folder: Path, number: int, *, seed: int) -> None:
    """Write statements of these words, some of them twice, some nearly so."""
    chance = Random(seed)
    folder.mkdir()
    for at in range(number):
        body = "\n\n".join(_paragraph(chance) for _ in range(chance.randint(1, 8)))
        facts = _facts(chance)
        copies = chance.choice([1, 1, 1, 2, 3])
        for copy in range(copies):
            text = body if copy < 2 else f"{body}\n\nPeace and peace."
            (folder / f"statement-{at}-{copy}.md").write_text(f"---\n{facts}---\n\n{text}\n", "utf-8")


def _paragraph(chance: Random) -> str:
    return f"Mines. {' '.join(chance.choices(WORDS, k=chance.choice([1, 5, 20, 60])))}."


def _facts(chance: Random) -> str:
    facts = {
        "speaker": chance.choice(SPEAKERS),
        "language": chance.choice(LANGUAGES),
        "date": chance.choice(DATES),
        "forum": chance.choice(["Conference on Disarmament", "First Committee", None]),
        "title": chance.choice(["Peace and mines", "Mines, mines and peace", None]),
    }
    return "".join(f"{name}: {value}\n" for name, value in facts.items() if value) or "title: x\n"


def _weighing(node: Any, boost: float) -> Any:
    node.boost = boost
    return node


def _apart(phrase: Sequence[str], befores: Sequence[Sequence[str]]) -> Apart:
    """Make a phrase apart from longer ones, which end as it does, or do not."""
    return Apart(
        "text", phrase, [[*before, *phrase] for before in befores] + [["of", "non", "nuclear", "weapon"]]
    )


def _other_forms(forms: Sequence[Any], typed: Any, boost: float) -> OtherForms:
    return OtherForms(list(forms), names=["other"], typed=typed, boost=boost)


form = st.sampled_from(FORMS)
group = st.sampled_from(GROUPS)
phrased = st.lists(form, min_size=1, max_size=3)
boost = st.sampled_from([1.0, 1.0, 0.25])
term = st.one_of(
    st.builds(query.Term, st.just("text"), form, boost=boost),
    st.builds(query.Term, st.just("stem"), group),
)
inflected = st.builds(Inflected, st.just("word"), st.lists(group, min_size=1, max_size=4, unique=True))
phrase = st.builds(ExactPhrase, st.just("text"), phrased)
apart = st.builds(_apart, phrased, st.lists(phrased, max_size=3))
near = st.builds(Near, st.just("text"), st.lists(form, min_size=2, max_size=4), st.integers(0, 6))
compound = st.builds(Compound, inflected, phrase)
language = st.sampled_from(["en", "fr", "ru"])
dated = st.builds(
    query.NumericRange, st.sampled_from(["first", "last"]), st.sampled_from(DAYS), st.sampled_from(DAYS)
)
filters = st.one_of(
    language.map(lambda code: query.Term("language", code)),
    dated,
    st.sampled_from(["japan", "peace", "of"]).map(lambda word: query.Term("speaker", word)),
    st.sampled_from([["republic", "of"], ["of", "korea"]]).map(lambda some: query.Phrase("speaker", some)),
    st.sampled_from(["JPN", "NOR", "KOR"]).map(lambda code: query.Term("delegation", code)),
    st.sampled_from([["mines", "mines"], ["peace"]]).map(lambda some: query.Phrase("title", some)),
    st.sampled_from(["JAPAN", "ms peace", "peace"]).map(lambda name: ShownAs("speaker", name)),
    st.sampled_from(["speaker", "language", "first", "title", "place"]).map(
        lambda field: Without(query.Every(), query.Every(field))
    ),
).map(Filter)
counted = st.one_of(term, inflected, phrase, apart, compound)
guarded = st.builds(
    Guarded,
    counted,
    languages=st.lists(language, max_size=2, unique=True),
    not_in=st.lists(language, max_size=1),
    beside=st.lists(term, max_size=2),
    dated=st.none() | dated.map(Filter),
)
others = st.builds(
    _other_forms, st.lists(counted | guarded, min_size=1, max_size=3), counted, st.sampled_from([1.0, 0.45])
)
pattern = st.one_of(
    form.map(lambda word: query.Prefix("text", word[:2])),
    st.sampled_from(["m?n*", "*s", "?ar", "*"]).map(lambda text: query.Wildcard("text", text)),
)
fuzzy = st.builds(
    query.FuzzyTerm, st.just("text"), form, maxdist=st.integers(1, 2), prefixlength=st.integers(0, 1)
)
runs = st.lists(st.lists(form | pattern, min_size=1, max_size=3), min_size=1, max_size=3)
constant = st.one_of(pattern, fuzzy, st.builds(Quotation, st.just("text"), runs)).map(Constant)
leaves = st.one_of(
    term,
    st.builds(_weighing, inflected, boost),
    phrase,
    apart,
    near,
    compound,
    constant,
    filters,
    others,
    guarded,
    st.builds(lambda typed, other: AlsoAs(typed, other, name="word"), counted, others),
    st.just(query.Every()),
)


def _compounds(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, min_size=1, max_size=5)
    two = st.tuples(inner, inner)
    return st.one_of(
        parts.map(query.And),
        parts.map(query.Or),
        parts.map(Either),
        parts.map(AnyOf),
        two.map(lambda pair: query.AndNot(*pair)),
        two.map(lambda pair: Without(*pair)),
        st.lists(filters, min_size=1, max_size=3).map(Either),
    )


TREES = st.recursive(leaves, _compounds, max_leaves=8)
SORTS = st.sampled_from(Sort)
