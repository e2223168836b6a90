"""Query trees of every kind that Whoosh and we have, over the words of the twins."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from oracles.twins import DATES, WORDS
from whoosh import query
from whoosh.query import spans

from onrecord.indexer.analysis.inflection import paragraph_groups
from onrecord.indexer.analysis.words import words
from onrecord.indexer.dates import PartialDate
from onrecord.search.query import (
    Compound,
    Constant,
    Either,
    ExactPhrase,
    Filter,
    Inflected,
    Near,
    Quotation,
    Without,
)

__all__ = ["DAYS", "TREES"]

FORMS = sorted({*words(" ".join(WORDS)), "absent", "mina"})
GROUPS = sorted(
    {*paragraph_groups(" ".join(WORDS), "en"), *paragraph_groups(" ".join(WORDS), "fr"), "=absent"}
)
FACTS = (
    *(("speaker", "japan"), ("speaker", "koh"), ("speaker", "republic"), ("forum", "conference")),
    *(("forum", "of"), ("place", "york"), ("title", "mines"), ("title", "peace"), ("delegation", "JPN")),
    *(("delegation", "KOR"), ("language", "en"), ("language", "ru"), ("role", "body"), ("role", "greeting")),
    *(("person", "koh"), ("post", "judge"), ("behalf", "group"), ("behalf_code", "JPN"), ("behalf", "jpn")),
    *(("delivered", "mines"), ("delivered_code", "AFRICAN-GROUP")),
    *(("statement", "a-7-0"), ("address", "a-7-0#1"), ("address", "a-7-0#01"), ("address", "b#x")),
)
DAYS = [None, *(PartialDate.parse(date).first.toordinal() for date in DATES)]


def _weighed(node: Inflected, boost: float) -> Inflected:
    node.boost = boost
    return node


form = st.sampled_from(FORMS)
fact = st.sampled_from(FACTS).map(lambda term: query.Term(*term))
word = st.builds(query.Term, st.just("text"), form, boost=st.sampled_from([1.0, 2.5]))
phrased = st.lists(form, min_size=1, max_size=3)
beginning = form.map(lambda text: text[:2])
slot = st.one_of(
    form,
    beginning.map(lambda text: query.Prefix("text", text)),
    st.sampled_from(["m?n*", "*s", "?ar"]).map(lambda text: query.Wildcard("text", text)),
)
runs = st.lists(st.lists(slot, min_size=1, max_size=3), min_size=1, max_size=3)
positional = st.one_of(
    word,
    st.builds(query.Phrase, st.just("text"), phrased, slop=st.integers(1, 3)),
    st.builds(ExactPhrase, st.just("text"), phrased),
    st.builds(Near, st.just("text"), phrased, st.integers(0, 4)),
)
inflected = st.builds(
    Inflected, st.just("word"), st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True)
)
weighed = st.tuples(inflected, st.sampled_from([1.0, 0.25])).map(lambda one: _weighed(*one))
several = st.lists(positional, min_size=2, max_size=3)
leaves = st.one_of(
    positional,
    fact,
    st.sampled_from(GROUPS).map(lambda group: query.Term("stem", group)),
    weighed,
    st.builds(Compound, inflected, st.builds(ExactPhrase, st.just("text"), phrased)),
    st.builds(query.Phrase, st.just("title"), st.just(["mines", "and", "war"])),
    st.builds(query.Phrase, st.just("speaker"), st.sampled_from([["republic", "of"], ["japan", "japan"]])),
    st.builds(query.Prefix, st.just("text"), beginning, constantscore=st.booleans()),
    st.builds(query.Prefix, st.sampled_from(["address", "statement"]), st.sampled_from(["a", "ab-", "z"])),
    st.builds(
        query.Wildcard, st.just("text"), st.sampled_from(["m?n*", "*s", "*"]), constantscore=st.booleans()
    ),
    st.builds(
        query.FuzzyTerm, st.just("text"), form, maxdist=st.integers(1, 2), prefixlength=st.integers(0, 1)
    ),
    st.builds(query.Regex, st.sampled_from(["text", "forum"]), st.sampled_from(["m.*s", "[a-f].+", ".*"])),
    st.builds(Quotation, st.just("text"), runs),
    st.builds(Quotation, st.just("text"), runs).map(Constant),
    st.builds(query.Variations, st.just("text"), form),
    st.builds(query.TermRange, st.sampled_from(["text", "title", "statement"]), form, form),
    st.builds(
        query.NumericRange,
        st.sampled_from(["first", "last"]),
        st.sampled_from(DAYS),
        st.sampled_from(DAYS),
        startexcl=st.booleans(),
        endexcl=st.booleans(),
    ),
    st.sampled_from([None, "text", "speaker", "first", "address"]).map(query.Every),
    several.map(lambda parts: spans.SpanNear(parts[0], parts[1], slop=2, ordered=False)),
    several.map(lambda parts: spans.SpanNear2(parts, slop=3)),
    several.map(lambda parts: spans.SpanOr(parts)),
    # Only a word is left out: of other matchers Whoosh-Reloaded 2.7.5 believes where they stood at their end.
    st.builds(spans.SpanNot, positional, word),
    several.map(lambda parts: spans.SpanBefore(parts[0], parts[1])),
    several.map(lambda parts: spans.SpanContains(parts[0], parts[1])),
    st.builds(spans.SpanFirst, positional, limit=st.integers(0, 3)),
)


def compounds(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, min_size=1, max_size=4)
    two = st.tuples(inner, inner)
    return st.one_of(
        parts.map(query.And),
        parts.map(query.Or),
        parts.map(lambda parts: query.Or(parts, scale=0.5)),
        parts.map(query.DisjunctionMax),
        parts.map(Either),
        two.map(lambda pair: query.And([pair[0], query.Not(pair[1])])),
        two.map(lambda pair: query.AndNot(*pair)),
        two.map(lambda pair: query.AndMaybe(*pair)),
        two.map(lambda pair: query.Require(*pair)),
        two.map(lambda pair: Without(*pair)),
        inner.map(lambda child: query.ConstantScoreQuery(child, 2.0)),
        inner.map(Constant),
        inner.map(Filter),
    )


TREES = st.recursive(leaves, compounds, max_leaves=6)
