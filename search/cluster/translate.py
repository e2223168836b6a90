"""From a query tree to what finds and scores it in a cluster; `search.engine.evaluator` is its twin.

What one node stands for there, one stands for here: the tests put the same trees to both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from whoosh import query

from onrecord.indexer.cluster.mapping import index_term
from onrecord.search.cluster.clauses import BEHIND, NOTHING, any_of, filtering, refused
from onrecord.search.cluster.patterns import MOST_FORMS, parted
from onrecord.search.cluster.rarities import Rarities
from onrecord.search.cluster.scorers import (
    Conjunction,
    ConstantScore,
    Disjunction,
    Filtered,
    Scorer,
    Term,
    scripted,
)
from onrecord.search.cluster.words import ClusterWords
from onrecord.search.engine.evaluator import sort_out
from onrecord.search.engine.filters import is_filter, is_of_statements
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
    Without,
)
from onrecord.search.query.expansion import Pattern
from onrecord.search.query.quotation import Slot

__all__ = ["Translator", "terms_of"]

Json = dict[str, Any]

# Times that a phrase is told from the longer ones that it is in: both in one number of 24 bits.
_TIMES = 4096
_APART = (
    f"long both = Math.round(_score); long apart = both % {_TIMES} - both / {_TIMES}; "
    "return apart > 0 ? apart : 0;"
)
_BY_WORD = "return Math.round(_score * params.times);"


class Translator:
    """Answers the query trees that our language produces, and their like; others need a local index.

    ``rarities`` knows how many paragraphs hold the terms of the tree (`terms_of`), ``words`` the forms.
    """

    def __init__(self, rarities: Rarities, words: ClusterWords) -> None:
        self._rarities = rarities
        self._words = words
        self._answers: dict[type[query.Query], Callable[[Any], Scorer]] = {
            query.Term: self._term,
            Constant: self._constant,
            ExactPhrase: self._phrase,
            Apart: self._apart,
            Near: self._near,
            query.And: self._all,
            query.Or: self._any,
            Either: self._any,
            AnyOf: self._any,
            AlsoAs: self._any,
            OtherForms: self._other_forms,
            Guarded: self._guarded,
            Inflected: self._word,
            Compound: self._compound,
            query.AndNot: self._without,
            Without: self._without,
            query.Every: self._every,
            Filter: self._filter,
        }

    def scorer(self, tree: query.Query) -> Scorer:
        """Answer a tree (`NeedsLocalIndex`)."""
        answer = self._answers.get(type(tree))
        if answer is None:
            raise refused()
        scorer = answer(tree)
        boost = getattr(tree, "boost", 1.0)
        if boost == 1.0:
            return scorer
        if boost > 0 and isinstance(scorer, Term):
            return scorer.weighing(boost)
        raise refused()

    def _term(self, tree: query.Term) -> Term:
        if tree.fieldname == "stem":
            return self._group(tree.text)
        if tree.fieldname != "text":
            raise refused()
        rarity = self._rarities.of_forms([tree.text])
        return Term(_standing("words", tree.text), rarity)

    def _group(self, group: str) -> Term:
        if not self._rarities.holders("stem", group):
            return Term(NOTHING, self._rarities.nothing)
        return Term(_standing("groups", group), self._rarities.of_group(group))

    def _word(self, tree: Inflected) -> Term:
        """Take several groups for one term, as rare as all of them."""
        groups = [group for group in tree.groups if self._rarities.holders("stem", group)]
        if len(groups) < 2:
            return self._group(groups[0]) if groups else Term(NOTHING, self._rarities.nothing)
        counted = any_of([_standing("groups", group) for group in groups])
        return Term(counted, self._rarities.of_clause(counted))

    def _compound(self, tree: Compound) -> Term:
        parts = [part for part in (self._word(tree.word), self._phrase(tree.phrase)) if not part.is_nothing]
        if not parts:
            return Term(NOTHING, self._rarities.nothing)
        # The higher of both, and not their sum.
        counted = {"dis_max": {"queries": [part.found for part in parts]}}
        return Term(counted, self._rarities.of_clause(counted))

    def _other_forms(self, tree: OtherForms) -> Term:
        forms = [self._counted(form) for form in tree.subqueries]
        some = [form.found for form in forms if not form.is_nothing]
        if not some:
            return Term(NOTHING, self._rarities.nothing)
        in_any_form = any_of([*some, self.scorer(tree.typed).found])
        return Term(any_of(some), self._rarities.of_clause(in_any_form))

    def _counted(self, tree: query.Query) -> Term:
        scorer = self.scorer(tree)
        if not isinstance(scorer, Term):
            raise refused()
        return scorer

    def _guarded(self, tree: Guarded) -> Term:
        """Keep a form where the guards let it pass; by itself it has no rarity."""
        form = self._counted(tree.form)
        if form.is_nothing:
            return form
        narrowed: Json = {"must": [form.found], "filter": list(map(self._condition, tree.conditions))}
        if tree.unless is not None:
            narrowed["must_not"] = [self._condition(tree.unless)]
        return Term({"bool": narrowed}, self._rarities.nothing)

    def _condition(self, tree: query.Query) -> Json:
        if isinstance(tree, Filter) and isinstance(tree.child, Either) and not is_filter(tree.child):
            return self.scorer(tree.child).found  # words
        return filtering(tree)

    def _phrase(self, tree: ExactPhrase) -> Term:
        counted = self._standing_together(tree)
        return Term(counted, self._rarities.of_forms(tree.words))

    def _standing_together(self, tree: ExactPhrase) -> Json:
        if tree.fieldname != "text" or not tree.words:
            raise refused()
        nowhere = not all(self._rarities.holders("text", word) for word in tree.words)
        return NOTHING if nowhere else _side_by_side(tree.words)

    def _apart(self, tree: Apart) -> Term:
        """Count a phrase less often by the places at which it ends a longer one.

        Of longer phrases of which one ends the other the shorter is taken: so each place is taken off once.
        """
        words = tree.words
        phrase = self._standing_together(tree)
        ending = {longer for longer in tree.longer if _ends(longer, words) or _ends(words, longer)}
        if phrase is NOTHING or any(len(longer) <= len(words) for longer in ending):
            return Term(NOTHING, self._rarities.nothing)
        shortest = [one for one in ending if not any(one != other and _ends(one, other) for other in ending)]
        if not shortest:
            return self._phrase(tree)
        longer = [
            scripted(_side_by_side(one), _BY_WORD, {"times": float(_TIMES)}) for one in sorted(shortest)
        ]
        both = {"bool": {"must": [phrase], "should": longer}}
        apart = scripted(both, _APART)
        apart["script_score"]["min_score"] = 0.5
        return Term(apart, self._rarities.of_forms(words))

    def _near(self, tree: Near) -> Term:
        if tree.fieldname != "text" or not tree.words:
            raise refused()
        if not all(self._rarities.holders("text", word) for word in tree.words):
            return Term(NOTHING, self._rarities.nothing)
        once = {"constant_score": {"filter": _near(tree), "boost": 1.0}}
        return Term(once, self._rarities.of_forms(tree.words))

    def _constant(self, tree: Constant) -> Scorer:
        pattern = tree.child
        if getattr(pattern, "boost", 1.0) != 1.0 or getattr(pattern, "fieldname", None) != "text":
            raise refused()
        if isinstance(pattern, Quotation):
            return ConstantScore(self._quoted(pattern), tree.score)
        if not isinstance(pattern, Pattern):
            raise refused()
        return ConstantScore(_like(pattern), tree.score)

    def _quoted(self, tree: Quotation) -> Json:
        """Find runs of words one behind another."""
        runs = list(map(self._run, tree.runs))
        whole = runs[0] if len(runs) == 1 else {"all_of": {"mode": "ordered", "intervals": runs}}
        return {"intervals": {"words": whole}}

    def _run(self, run: Sequence[Slot]) -> Json:
        slots = list(map(self._slot, run))
        if len(slots) == 1:
            return slots[0]
        return {"all_of": {"mode": "ordered", "max_gaps": 0, "intervals": slots}}

    def _slot(self, slot: Slot) -> Json:
        """Find one word of a run, or the forms that a pattern stands for."""
        if isinstance(slot, str):
            return {"match": {"query": index_term(slot)}}
        pattern = slot.text + ("*" if isinstance(slot, query.Prefix) else "")
        parts = list(parted(pattern, self._words.fitting(pattern), most=MOST_FORMS)) or [pattern]
        like = [{"wildcard": {"pattern": _wildcards(one), "max_expansions": MOST_FORMS}} for one in parts]
        return like[0] if len(like) == 1 else {"any_of": {"intervals": like}}

    def _all(self, tree: query.And) -> Scorer:
        words: list[query.Query] = []
        filters: list[query.Query] = []
        sort_out(tree.subqueries, words=words, filters=filters)
        passing = list(map(filtering, filters))
        if words:
            return Conjunction([self.scorer(word) for word in words], passing)
        if not filters:
            raise refused()
        return ConstantScore(_that_count(passing), 0.0)

    def _any(self, tree: query.Or) -> Scorer:
        if not tree.subqueries or tree.scale is not None or tree.minmatch:
            raise refused()
        if is_filter(tree):
            return self._filter(tree)
        some = [part for part in map(self.scorer, tree.subqueries) if part.found is not NOTHING]
        if len(some) < 2:
            return some[0] if some else ConstantScore(NOTHING, 0.0)
        return Disjunction(some, somewhere=list(map(self._somewhere, some)))

    def _somewhere(self, part: Scorer) -> Callable[[], bool]:
        """Tell whether a part finds anything; of a single term its statements say so themselves."""
        return (lambda: True) if isinstance(part, Term) else self._rarities.somewhere(part.found)

    def _without(self, tree: query.AndNot) -> Scorer:
        return Filtered(self.scorer(tree.a), self.scorer(tree.b))

    def _every(self, tree: query.Every) -> Scorer:
        if tree.fieldname is not None:
            raise refused()
        return ConstantScore(_that_count([]), 1.0)

    def _filter(self, tree: query.Query) -> Scorer:
        passing = filtering(tree)
        return ConstantScore(_that_count([passing]) if is_of_statements(tree) else passing, 0.0)


def terms_of(tree: query.Query) -> Iterator[tuple[str, str]]:
    """Yield the field and the term of each form (``text``) and group (``stem``) that a tree may weigh."""
    match tree:
        case Filter() if is_filter(tree.child):
            return
        case query.Term():
            if tree.fieldname in ("text", "stem"):
                yield tree.fieldname, tree.text
        case query.Phrase() | Near():
            yield from (("text", word) for word in tree.words if tree.fieldname == "text")
        case Inflected():
            yield from (("stem", group) for group in tree.groups)
        case query.AndNot():
            yield from terms_of(tree.a)
            yield from terms_of(tree.b)
        case _:
            if isinstance(tree, OtherForms):
                yield from terms_of(tree.typed)
            for part in tree.children():
                yield from terms_of(part)


def _that_count(clauses: Sequence[Json]) -> Json:
    """Find what some clauses find, but for statements behind their copies, as the local engine does."""
    return {"bool": {"filter": list(clauses), "must_not": [BEHIND]}}


def _standing(field: str, term: str) -> Json:
    return {"term": {field: {"value": index_term(term)}}}


def _side_by_side(words: Sequence[str]) -> Json:
    """Find words side by side, and score how often: the similarity is asked of each word, and added up."""
    if len(words) == 1:
        return _standing("words", words[0])
    return {"match_phrase": {"words": {"query": " ".join(map(index_term, words)), "boost": 1 / len(words)}}}


def _ends(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    return tuple(longer[-len(shorter) :]) == tuple(shorter)


def _near(tree: Near) -> Json:
    """Find words near each other: intervals of Lucene, in any order.

    A word given twice must stand in two places: in order behind itself. Lucene counts no gaps inside of such
    a part; how wide the whole is, a script says, which takes no parameters.
    """
    wanted = Counter(tree.words)
    rules = []
    for word, times in wanted.items():
        one = {"match": {"query": index_term(word)}}
        rules.append(one if times == 1 else {"all_of": {"mode": "ordered", "intervals": [one] * times}})
    whole: Json = {"mode": "unordered", "intervals": rules}
    if max(wanted.values()) == 1:
        whole["max_gaps"] = tree.within
    else:
        width = tree.within + len(tree.words) - 1
        whole["filter"] = {"script": {"source": f"interval.end - interval.start <= {width}"}}
    return {"intervals": {"words": {"all_of": whole}}}


def _like(tree: Pattern) -> Json:
    """Find the forms that a pattern stands for."""
    match tree:
        case query.Prefix():
            return {"prefix": {"words": {"value": tree.text, "rewrite": "constant_score"}}}
        case query.Wildcard():
            return {"wildcard": {"words": {"value": _wildcards(tree.text), "rewrite": "constant_score"}}}
    near: Json = {"value": tree.text, "fuzziness": tree.maxdist, "prefix_length": tree.prefixlength}
    return {"fuzzy": {"words": {**near, "transpositions": False, "rewrite": "constant_score"}}}


def _wildcards(text: str) -> str:
    """Write a word with wildcards as Lucene has it, which takes what follows a backslash as it is."""
    return text.replace("\\", "\\\\")
