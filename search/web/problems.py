"""Errors as answers: `application/problem+json` (RFC 9457), in the sentence that our error has."""

from __future__ import annotations

from onrecord.indexer.errors import (
    AddressError,
    DateError,
    NeedsLocalIndex,
    NotInstalled,
    OnRecordError,
    QueryError,
    RequestError,
    StoreError,
)
from onrecord.search.web.answers import Problem
from onrecord.search.web.resource import Reply, encoded

__all__ = ["KINDS", "PROBLEM", "problem_of", "reply_of"]

PROBLEM = "application/problem+json"

#: Each kind of problem: the word that ends its `type`, its title, and what it means.
KINDS = {
    "query": (
        "The question cannot be read",
        "Something in it cannot mean what was typed; position says where.",
    ),
    "date": ("The date cannot be read", "A date is a year, a month or a day: 2021, 2021-09, 2021-09-20."),
    "limit": ("The question asks for too much", "It goes beyond the limit that limit names."),
    "parameter": (
        "The request cannot be read",
        "A parameter is missing, unknown, or is no value of its kind.",
    ),
    "body": ("The body cannot be read", "What was sent is not what is described."),
    "too-large": ("The request is too large", "Send less at a time."),
    "address": ("There is no such paragraph", "The address leads nowhere; near has addresses like it."),
    "not-found": ("There is nothing here", "No resource has this URL."),
    "method": ("This is not done here", "Allow says what is."),
    "form": ("It does not come in this form", "The description says in which forms it does."),
    "moved-on": ("The index has moved on", "Begin again with the first page."),
    "busy": ("The server is busy", "Ask again after the seconds that Retry-After says."),
    "too-many": ("Too many requests", "Ask again after the seconds that Retry-After says."),
    "unavailable": ("The index cannot be asked", "Whoever runs this server has to look at its index."),
    "needs-folder": (
        "The index cannot do this",
        "It is one of a cluster; an index in a folder can, and is served the same way.",
    ),
    "not-installed": ("Something is not installed", "Whoever runs this server has to install it."),
    "internal": ("Something is wrong in On Record", "Whoever runs this server finds it in its log."),
}
# Seconds after which an index that could not be opened may be there.
_LATER = 5
_INTERNAL = "Something went wrong that should not; the log of the server says what."
_UNAVAILABLE = "The index cannot be read at the moment; try again later."


def problem_of(error: Exception) -> tuple[Problem, int | None]:
    """Return what to answer for an error, and after how many seconds to ask again.

    Of an error of the store no word is told: its sentence names folders of the server.
    """
    kind, status, detail, retry = _refusal(error)
    problem = Problem(type=f"problems#{kind}", title=KINDS[kind][0], status=status, detail=detail)
    if isinstance(error, QueryError):
        if error.position is not None:
            problem["position"] = error.position
        if error.limit is not None:
            problem["limit"] = error.limit
    if isinstance(error, AddressError) and error.near:
        problem["near"] = list(error.near)
    return problem, retry


def _refusal(error: Exception) -> tuple[str, int, str, int | None]:
    """Return the kind of an error, its status, its sentence, and after how many seconds to ask again."""
    match error:
        case RequestError():
            return error.kind, error.status, str(error), error.retry
        case QueryError(limit=limit) if limit is not None:
            return "limit", 400, str(error), None
        case DateError():
            return "date", 400, str(error), None
        case AddressError():
            return "address", 404, str(error), None
        case NeedsLocalIndex():
            return "needs-folder", 501, str(error), None
        case StoreError():
            return "unavailable", 503, _UNAVAILABLE, _LATER
        case NotInstalled():
            return "not-installed", 501, str(error), None
        case OnRecordError():
            return "query", 400, str(error), None
        case _:
            return "internal", 500, _INTERNAL, None


def reply_of(error: Exception, *, up: str = "") -> Reply:
    """Answer with a problem; ``up`` leads to the root of the application, where problems are explained."""
    problem, retry = problem_of(error)
    problem["type"] = up + problem["type"]
    headers = {} if retry is None else {"Retry-After": str(retry)}
    return Reply(encoded(problem), PROBLEM, problem["status"], headers, lasting=False)
