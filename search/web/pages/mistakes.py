"""Errors as pages: our sentence, and the form filled in as it was."""

from __future__ import annotations

from onrecord.indexer.errors import QueryError
from onrecord.search.web.pages.printing import page
from onrecord.search.web.pages.visit import Visit
from onrecord.search.web.problems import problem_of
from onrecord.search.web.resource import Reply

__all__ = ["FORMS", "mistake_page"]

#: The pages that have a form, which is filled in again.
FORMS = ("search", "kwic", "count", "silence", "compare")


def mistake_page(error: Exception, visit: Visit) -> Reply:
    """Make a page of an error, with the status that a program is told."""
    problem, retry = problem_of(error)
    return page(
        "mistake.html",
        visit,
        status=problem["status"],
        headers={} if retry is None else {"Retry-After": str(retry)},
        problem=problem,
        near=problem.get("near", ()),
        kind=problem["type"].partition("#")[2],
        query=_parted(error),
        form=visit.path if visit.path in FORMS else "search",
    )


def _parted(error: Exception) -> tuple[str, str, str] | None:
    """Part a question at the place that is to blame; None where no place is."""
    if not isinstance(error, QueryError) or error.position is None:
        return None
    at = min(error.position, len(error.query))
    return error.query[:at], error.query[at : at + 1] or " ", error.query[at + 1 :]
