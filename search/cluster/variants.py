"""Which forms and spellings of a word matched in a cluster, and how many paragraphs hold each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import query

from onrecord.indexer.analysis.inflection import compound_of
from onrecord.indexer.cluster.mapping import index_term
from onrecord.search.cluster.asked import Asked
from onrecord.search.cluster.clauses import all_of
from onrecord.search.engine.variants import inflected
from onrecord.search.results.counts import Variant

__all__ = ["variants_found"]

Json = dict[str, Any]


def variants_found(asked: Asked, tree: query.Query) -> tuple[Variant, ...]:
    """Count the paragraphs found that hold each form or spelling of a question's words."""
    words = {node.word: node.groups for node in inflected(tree)}
    clauses = {
        (word, form): clause for word, groups in words.items() for form, clause in _clauses(asked, groups)
    }
    if not clauses:
        return ()
    filters = {str(number): clause for number, clause in enumerate(clauses.values())}
    body = {
        "size": 0,
        "track_total_hits": False,
        "query": asked.found,
        "aggs": {"variants": {"filters": {"filters": filters}}},
    }
    buckets = asked.opened.search(body)["aggregations"]["variants"]["buckets"]
    counts = [buckets[str(number)]["doc_count"] for number in range(len(clauses))]
    places = {word: place for place, word in enumerate(words)}
    found = [Variant(*key, paragraphs) for key, paragraphs in zip(clauses, counts, strict=True) if paragraphs]
    return tuple(sorted(found, key=lambda one: (places[one.word], -one.paragraphs, one.form)))


def _clauses(asked: Asked, groups: Sequence[str]) -> Iterator[tuple[str, Json]]:
    """Yield the forms and spellings that some groups have, each with what finds it."""
    plain = [group for group in groups if not compound_of(group)]
    if plain:
        any_group = _any_of_groups(plain)
        for form, acronym in _forms(asked, plain).items():
            stands = {"term": {"words": index_term(form)}}
            yield (form.upper() if acronym else form), all_of([stands, any_group])
    spelt: dict[str, list[str]] = {}
    for group in groups:
        if compound := compound_of(group):
            spelt.setdefault(compound, []).append(group)
    for compound, named in spelt.items():
        yield compound, _any_of_groups(named)


def _any_of_groups(groups: Sequence[str]) -> Json:
    return {"terms": {"groups": list(map(index_term, groups))}}


def _forms(asked: Asked, groups: Sequence[str]) -> dict[str, bool]:
    """Return the forms of some groups, and whether each is an acronym alone."""
    named = [form.decode() for form in asked.words.forms_of(groups)]
    wanted = set(groups)
    return {
        form: all(group[0] == "=" for group in known.groups if group in wanted) and form.isalpha()
        for form, known in asked.words.forms(named).items()
    }
