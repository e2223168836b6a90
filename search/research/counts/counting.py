"""Questions counted by keys: `Index.count`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from whoosh.query import Query

from onrecord.indexer.errors import QueryError
from onrecord.search.backend import Backend
from onrecord.search.language import Mode
from onrecord.search.request import Options, Request, chosen
from onrecord.search.research.counts.cells import TOPIC, Asked
from onrecord.search.research.counts.counts import Counts
from onrecord.search.research.topics import Topic
from onrecord.search.research.units import Per, Unit
from onrecord.search.results.tally import Key

__all__ = ["Questions", "count", "requests_of", "typed_beside"]

#: One question, or several by their names.
Questions = str | Query | Mapping[str, str | Query | Topic]


def count(
    backend: Backend,
    questions: Questions,
    *,
    by: Iterable[str | Key] | str | Key,
    of: Unit | str,
    per: Per | str | None,
    fill: bool,
    options: Options,
) -> Counts:
    """Count one question or several (`Index.count`)."""
    requests = requests_of(questions, options)
    names, keys = _keys(by, several=len(requests) > 1)
    unit = chosen(Unit, of, otherwise="not a unit of counts")
    asked = []
    for name, request in requests.items():
        question, within, in_words = request.read(backend)
        tally = backend.tally(question, within=within, request=request, by=keys)
        asked.append(Asked(name, typed_beside(request, question, backend), in_words, tally))
    return Counts(
        names,
        unit,
        None if per is None else chosen(Per, per, otherwise="not a denominator of counts"),
        tuple(asked),
        fill,
    )


def requests_of(questions: Questions, options: Options) -> dict[str | None, Request]:
    """Put questions into requests, by their names; one alone has none."""
    if not isinstance(questions, Mapping):
        return {None: Request.of(questions, **options)}
    if not questions:
        raise QueryError("There is no question to count; give one, or several by their names.", query="")
    requests: dict[str | None, Request] = {}
    for name, question in questions.items():
        if isinstance(question, Topic):
            own = Options(mode=question.mode) if question.mode else Options()
            requests[name] = Request.of(question.query, **(options | own))
        else:
            requests[name] = Request.of(question, **options)
    return requests


def typed_beside(request: Request, question: Query, backend: Backend) -> str | None:
    """Return a question as it is typed beside a field; None of a tree.

    Capitals throughout say nothing in a question without fields, and would in one with a field.
    """
    if isinstance(request.text, Query):
        return None
    if request.mode is Mode.NORMAL and request.text.isupper():
        small = request._replace(text=request.text.lower())
        if repr(small.read(backend).question) == repr(question):
            return request.text.lower()
    return request.text


def _keys(by: Iterable[str | Key] | str | Key, *, several: bool) -> tuple[tuple[str, ...], tuple[Key, ...]]:
    """Return the names of keys, the topic among them, and those that an engine counts by."""
    listed = by.split(",") if isinstance(by, str) else [by] if isinstance(by, Key) else list(by)
    names = [one.value if isinstance(one, Key) else str(one).strip().replace("-", "_") for one in listed]
    names = [name for name in dict.fromkeys(names) if name]
    if several and TOPIC not in names:
        names.insert(0, TOPIC)
    if not several and TOPIC in names:
        names.remove(TOPIC)
    return tuple(names), tuple(
        chosen(Key, name, otherwise="not a key of counts") for name in names if name != TOPIC
    )
