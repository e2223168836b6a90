"""A question as the commands that ask it, to be pasted into a shell."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from whoosh.query import Query

from onrecord.search.language import Mode
from onrecord.search.request import Request

__all__ = ["command", "filters_of"]

_NAMES = ("speaker", "person", "post", "behalf", "delivered", "forum", "place", "language")
# How what is not known is asked for.
_UNKNOWN = "unknown"


def command(name: str, request: Request, *more: str) -> str | None:
    """Write the command that puts a question with its filters; None of a tree, which no shell can type.

    >>> command("search", Request.of("mines OR ordnance", speaker="Japan", mode="exact"))
    "onrecord search 'mines OR ordnance' --speaker Japan --mode exact"
    """
    if isinstance(request.text, Query):
        return None
    mode = [] if request.mode is Mode.NORMAL else ["--mode", request.mode.value]
    # Words that begin with a minus are options until there were some that are none.
    text = request.text
    words = ["--", text] if text.startswith("-") else []
    first = [] if words else [text]
    return shlex.join(["onrecord", name, *first, *filters_of(request), *mode, *more, *words])


def filters_of(request: Request) -> tuple[str, ...]:
    """Return the options that say which statements a question is put to."""
    return tuple(_filters(request))


def _filters(request: Request) -> Iterator[str]:
    for name in _NAMES:
        for value in getattr(request, name):
            yield from (f"--{name}", _UNKNOWN if value is None else value)
    for name in ("since", "until"):
        if getattr(request, name) is not None:
            yield from (f"--{name}", getattr(request, name))
    if request.fold:
        yield "--fold"
