"""What a question is put as, as far as that can be told without a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query

from onrecord.indexer.errors import ClusterError, NeedsLocalIndex
from onrecord.search.cluster.clauses import filtering
from onrecord.search.cluster.limits import within_limits
from onrecord.search.cluster.patterns import parted
from onrecord.search.cluster.scorers import ConstantScore, Disjunction, Norms, Term
from onrecord.search.query import Filter, ShownAs, Without
from onrecord.search.query.expansion import fits

FORMS = st.lists(st.text("abc", min_size=1, max_size=5), max_size=40, unique=True)
PATTERNS = st.text("abc*?", min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("tree", "clause"),
    [
        (query.Term("language", "fr"), {"term": {"language": "fr"}}),
        (query.Term("delegation", "JPN"), {"term": {"delegation": "JPN"}}),
        (query.Term("speaker", "japan"), {"term": {"speaker": "japan"}}),
        (query.Phrase("forum", ["first", "committee"]), {"match_phrase": {"forum": "first committee"}}),
        (ShownAs("speaker", "Côte d'Ivoire"), {"term": {"named_speaker": "cote d ivoire"}}),
        (ShownAs("speaker", "—"), {"match_none": {}}),
        (query.NumericRange("first", 7, None), {"range": {"first": {"gte": 7}}}),
        (query.NumericRange("last", None, 9), {"range": {"last": {"lte": 9}}}),
        (query.NumericRange("last", None, None), {"exists": {"field": "last"}}),
        (Without(query.Every(), query.Every("forum")), {"term": {"lacks": "forum"}}),
        (
            Without(query.Every(), query.Every("language")),
            {"bool": {"must_not": [{"exists": {"field": "language"}}]}},
        ),
    ],
)
def test_a_filter_is_one_clause(tree: query.Query, clause: dict[str, Any]) -> None:
    assert filtering(Filter(tree)) == clause


@pytest.mark.parametrize("tree", [query.Term("role", "body"), query.Regex("forum", ".*"), query.Every()])
def test_what_no_field_of_the_language_asks_is_refused(tree: query.Query) -> None:
    with pytest.raises(NeedsLocalIndex):
        filtering(Filter(tree))


@given(pattern=PATTERNS, forms=FORMS, most=st.integers(1, 10))
def test_the_parts_of_a_pattern_stand_for_what_it_stands_for_and_each_for_few(
    pattern: str, forms: list[str], most: int
) -> None:
    found = [_fitting(part, forms) for part in parted(pattern, forms, most=most)]
    assert set().union(*found) == _fitting(pattern, forms)
    assert all(len(some) <= most for some in found)


def _fitting(pattern: str, forms: list[str]) -> set[str]:
    return set(filter(fits(query.Wildcard("text", pattern)), forms))


def test_never_more_than_two_scores_are_added_before_they_are_rounded() -> None:
    words = [Term({"term": {"words": word}}, lambda: 1.0) for word in "abcdef"]
    inner = Disjunction(words[:3], somewhere=[lambda: True] * 3)
    tree = Disjunction(
        [inner, *words[3:], ConstantScore({"match_all": {}}, 1.0)], somewhere=[lambda: True] * 5
    )
    for clause in (tree.scores(Norms.of(80.0)), tree.in_statements(Norms.of(900.0))):
        sums = list(_sums(clause))
        assert len(sums) == 6
        assert all(len(parts) == 2 and not any("bool" in part for part in parts) for parts in sums)


def _sums(clause: Any) -> Iterator[list[Any]]:
    """Yield the parts of all clauses that add up scores."""
    if isinstance(clause, list):
        for one in clause:
            yield from _sums(one)
    elif isinstance(clause, dict):
        if "should" in clause:
            yield clause["should"]
        for one in clause.values():
            yield from _sums(one)


def test_part_of_a_disjunction_that_is_nowhere_adds_nothing_to_statements() -> None:
    words = [Term({"term": {"words": word}}, lambda: 1.0) for word in "ab"]
    tree = Disjunction(words, somewhere=[lambda: True, lambda: False])
    assert tree.in_statements(Norms.of(80.0)) == words[0].in_statements(Norms.of(80.0))


def test_too_many_clauses_are_told_from_other_refusals() -> None:
    with pytest.raises(NeedsLocalIndex, match="more forms than it takes at once"), within_limits():
        raise ClusterError("The cluster refused: maxClauseCount is set to 1024.")
    with pytest.raises(ClusterError, match="away") as raised, within_limits():
        raise ClusterError("A node is away.")
    assert not isinstance(raised.value, NeedsLocalIndex)
