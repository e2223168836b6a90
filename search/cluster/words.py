"""The words of an index in a cluster: its forms and its inflection groups, as they are asked for, and kept.

A form knows the groups that it stands for, a group its lemmas, its forms, and how many paragraphs hold it.
All that a question needs of some words is asked for at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from onrecord.indexer.cluster.mapping import whole_term
from onrecord.search.bounded_cache import BoundedCache
from onrecord.search.cluster.opened import OpenedGeneration

__all__ = ["ClusterWords", "Form", "Group"]

Json = dict[str, Any]

# Words that are kept, and that are asked for at once: OpenSearch gives back 10,000 documents at most.
_KEPT = 1 << 15
_AT_ONCE = 5_000


class Form(NamedTuple):
    """A word form: its groups, how many paragraphs hold it, and how often it stands, in deleted ones too."""

    groups: tuple[str, ...]
    paragraphs: int
    times: int = 0


class Group(NamedTuple):
    """An inflection group: its forms, and how many paragraphs hold one, deleted ones included."""

    forms: tuple[str, ...]
    paragraphs: int


_NO_FORM, _NO_GROUP = Form((), 0), Group((), 0)


class ClusterWords:
    """The words of a generation (a `search.engine.lexicon.WordTables`), for any number of threads."""

    def __init__(self, opened: OpenedGeneration) -> None:
        self._opened = opened
        self._forms = BoundedCache(_KEPT)
        self._groups = BoundedCache(_KEPT)
        self._sharing = BoundedCache(_KEPT)
        self._fitting = BoundedCache(_KEPT)

    def forms(self, forms: Iterable[str]) -> dict[str, Form]:
        """Return some forms; one that is nowhere has no groups."""
        found, lacking = _kept(self._forms, forms)
        for some in _lots(lacking):
            known = {one["form"]: _form(one) for one in self._documents("form", "form", some)}
            for form in some:
                found[form] = known.get(whole_term(form), _NO_FORM)
                self._forms.keep(form, found[form], 1)
        return found

    def groups(self, groups: Iterable[str]) -> dict[str, Group]:
        """Return some groups; one that is nowhere has no forms."""
        found, lacking = _kept(self._groups, groups)
        for some in _lots(lacking):
            known = {one["group"]: _group(one) for one in self._documents("group", "group", some)}
            for group in some:
                found[group] = known.get(whole_term(group), _NO_GROUP)
                self._groups.keep(group, found[group], 1)
        return found

    def of_form(self, form: bytes) -> Sequence[str]:
        """Return the groups for which a form stands."""
        name = form.decode()
        return self.forms([name])[name].groups

    def forms_of(self, groups: Sequence[str]) -> Iterator[bytes]:
        """Return the forms that stand for one of some groups."""
        found = {form for group in self.groups(groups).values() for form in group.forms}
        return (form.encode() for form in found)

    def sharing(self, lemmas: Iterable[bytes]) -> frozenset[str]:
        """Return the groups that have one of some lemmas."""
        named = frozenset(lemma.decode() for lemma in lemmas)
        kept: frozenset[str] | None = self._sharing.get(named)
        if kept is None:
            found: dict[str, Group] = {}
            for some in _lots(named):
                documents = self._documents("group", "lemmas", some)
                found |= {one["group"]: _group(one) for one in documents}
            for name, group in found.items():
                self._groups.keep(name, group, 1)
            kept = frozenset(found)
            self._sharing.keep(named, kept, 1)
        return kept

    def holders(self, group: str) -> int:
        """Count the paragraphs of a group, deleted ones included."""
        return self.groups([group])[group].paragraphs

    def beginning_with(self, beginning: str) -> Iterator[str]:
        """Yield the forms of one beginning in their order."""
        clause = {"bool": {"filter": [{"term": {"kind": "form"}}, {"prefix": {"form": beginning}}]}}
        found = self._opened.documents(clause, fields=["form"], sort=["form"], words=True)
        return (one["form"] for one in found)

    def fitting(self, pattern: str) -> Sequence[str]:
        """Return the forms that a pattern with wildcards stands for."""
        kept: Sequence[str] | None = self._fitting.get(pattern)
        if kept is None:
            like = {"wildcard": {"form": {"value": pattern.replace("\\", "\\\\")}}}
            clause = {"bool": {"filter": [{"term": {"kind": "form"}}, like]}}
            found = self._opened.documents(clause, fields=["form"], sort=["form"], words=True)
            kept = tuple(one["form"] for one in found)
            self._fitting.keep(pattern, kept, 1 + len(kept))
        return kept

    def forget(self) -> None:
        """Forget what was asked for."""
        for cache in (self._forms, self._groups, self._sharing, self._fitting):
            cache.clear()

    def _documents(self, kind: str, field: str, names: Sequence[str]) -> Iterator[Json]:
        terms = {"terms": {field: [whole_term(name) for name in names]}}
        clause = {"bool": {"filter": [{"term": {"kind": kind}}, terms]}}
        fields = ["form", "groups", "group", "forms", "paragraphs", "times"]
        return self._opened.documents(clause, fields=fields, sort=[kind], words=True)


def _form(document: Mapping[str, Any]) -> Form:
    return Form(tuple(document.get("groups", ())), document["paragraphs"], document["times"])


def _group(document: Mapping[str, Any]) -> Group:
    return Group(tuple(document.get("forms", ())), document["paragraphs"])


def _kept(cache: BoundedCache, names: Iterable[str]) -> tuple[dict[str, Any], list[str]]:
    """Return what is kept of some names, and those of which nothing is."""
    wanted = dict.fromkeys(names)
    kept = {name: known for name in wanted if (known := cache.get(name)) is not None}
    return kept, [name for name in wanted if name not in kept]


def _lots(names: Iterable[str]) -> Iterator[list[str]]:
    listed = list(names)
    for begin in range(0, len(listed), _AT_ONCE):
        yield listed[begin : begin + _AT_ONCE]
