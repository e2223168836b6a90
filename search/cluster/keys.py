"""What a count is broken down by in a cluster: the fields of its keys, and all their values in order."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from onrecord.search.cluster.opened import OF_PARAGRAPHS, OF_STATEMENTS, Json, OpenedGeneration
from onrecord.search.results.keys import NOT_CERTAIN, values_in_order
from onrecord.search.results.tally import Key, KeyValue

__all__ = ["ClusterKeys", "columns_of", "having", "raw_value", "source_of", "value_in"]

# The fields of keys; that of a time is its own name.
_FIELDS = {
    Key.SPEAKER: "shown_speaker",
    Key.PERSON: "shown_person",
    Key.FORUM: "shown_forum",
    Key.PLACE: "shown_place",
    Key.DELEGATION: "delegation",
    Key.LANGUAGE: "language",
    Key.ROLE: "role",
    Key.SPEAKER_ROLE: "speaker_role",
}
# A date that may lie in two times has days and no time; one that is not known has neither.
_TIME = (
    "if (doc[params.field].size() > 0) { return doc[params.field].value; }"
    " return doc['first'].size() > 0 ? params.uncertain : params.none;"
)
_NONE = -2


def source_of(key: Key) -> Json:
    """Return the source of a key for a composite aggregation, under its name."""
    if key.is_time:
        parameters = {"field": key.value, "uncertain": NOT_CERTAIN, "none": _NONE}
        return {
            key.value: {"terms": {"script": {"source": _TIME, "params": parameters}, "value_type": "long"}}
        }
    return {key.value: {"terms": {"field": _FIELDS[key], "missing_bucket": True}}}


def raw_value(key: Key, found: Any) -> str | int | None:
    """Return what an index has for a value of a key, as a cell of the cluster has it."""
    if found is None or (key.is_time and int(found) == _NONE):
        return None
    return int(found) if key.is_time else str(found)


def columns_of(key: Key) -> tuple[str, ...]:
    """Return the columns of a document that say what value of a key it has."""
    return (key.value, "first") if key.is_time else (_FIELDS[key],)


def value_in(key: Key, document: Json) -> str | int | None:
    """Return the value of a key of a document that has its columns."""
    found: str | int | None = document.get(columns_of(key)[0])
    return NOT_CERTAIN if found is None and key.is_time and "first" in document else found


def having(key: Key, value: str | int | None) -> Json:
    """Return the clause of what has a value of a key of paragraphs."""
    field = _FIELDS[key]
    if value is None:
        return {"bool": {"must_not": [{"exists": {"field": field}}]}}
    return {"term": {field: value}}


class ClusterKeys:
    """All values of the keys of a generation, each key's asked for once."""

    def __init__(self, opened: OpenedGeneration) -> None:
        self._opened = opened

    def values(self, key: Key) -> dict[str | int | None, KeyValue]:
        """Return the values of a key in their order, by what the index has for them."""
        known = self._known.get(key)
        if known is None:
            documents = OF_PARAGRAPHS if key.is_of_paragraphs else OF_STATEMENTS
            cells = self._opened.cells(documents, [source_of(key)])
            found = (raw_value(key, cell["key"][key.value]) for cell in cells)
            known = self._known[key] = values_in_order(key, [one for one in found if one is not None])
        return known

    def forget(self) -> None:
        """Forget what was asked for."""
        self._known.clear()

    @cached_property
    def _known(self) -> dict[Key, dict[str | int | None, KeyValue]]:
        return {}
