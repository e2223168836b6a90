"""A question with all its options, as one value: command line, programs and saved searches ask with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple, Self, TypedDict, TypeVar, Unpack

from whoosh.query import Query

from onrecord.indexer.errors import QueryError
from onrecord.search.language import Mode

__all__ = ["Options", "Request", "Sort"]

Names = str | Sequence[str] | None
Choice = TypeVar("Choice", bound=Enum)
_NAMES = ("speaker", "forum", "place", "language")


class Sort(Enum):
    """The order of results; paragraphs without a date come last in both date orders."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Options(TypedDict, total=False):
    """What may be said beside the text of a question; `Request` says what each means."""

    speaker: Names
    forum: Names
    place: Names
    language: Names
    since: str | None
    until: str | None
    mode: Mode | str
    sort: Sort | str
    limit: int | None
    offset: int
    context: int
    fold: bool


class Request(NamedTuple):
    """A question and its options, as a value that cannot change.

    ``text`` is in the query language (`search.language`), or a tree of Whoosh's query classes over the
    fields of `indexer.whoosh.schema`. ``speaker``, ``forum``, ``place`` and ``language`` narrow the search,
    several values meaning any of them; ``since`` and ``until`` are dates, ends included. ``limit`` is the
    number of hits on a page, None for all, ``offset`` the number to pass over, ``context`` the number of
    neighbours on each side. ``fold`` gives the paragraphs of one of several statements that are nearly the
    same.
    """

    text: str | Query
    speaker: tuple[str, ...] = ()
    forum: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    mode: Mode = Mode.NORMAL
    sort: Sort = Sort.RELEVANCE
    limit: int | None = 10
    offset: int = 0
    context: int = 0
    fold: bool = False

    @classmethod
    def of(cls, text: str | Query, **options: Unpack[Options]) -> Self:
        """Make a request from options as people write them: one name or several, a mode by its name.

        Raises `QueryError` for what is no mode, no order or no number.

        >>> Request.of("mines", speaker="Japan", sort="newest").speaker
        ('Japan',)
        """
        if not options:
            return cls(text)
        given: dict[str, object] = {**options}
        given |= {name: _names(value) for name, value in given.items() if name in _NAMES}
        given["mode"] = _choice(Mode, options.get("mode", Mode.NORMAL))
        given["sort"] = _choice(Sort, options.get("sort", Sort.RELEVANCE))
        request = cls(text, **given)  # type: ignore[arg-type]  # as `Options` has them
        _check_numbers(request)
        return request

    @property
    def stop(self) -> int | None:
        """How many hits there are up to the end of the page, None for all."""
        return None if self.limit is None else self.offset + self.limit

    def as_dict(self) -> dict[str, object]:
        """Return the request as plain data, ready for JSON; a tree cannot be written so (`QueryError`)."""
        if isinstance(self.text, Query):
            raise QueryError(
                "A query tree cannot be saved; write it in the query language.", query=str(self.text)
            )
        return {name: _plain(value) for name, value in self._asdict().items()}

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Self:
        """Read what `as_dict` gave; what is left out is as if it had not been said (`QueryError`)."""
        known = set(cls._fields)
        unknown = sorted(data.keys() - known)
        text = data.get("text")
        if unknown:
            raise QueryError(
                f'"{unknown[0]}" is no part of a question; write {", ".join(sorted(known))}.', query=str(text)
            )
        if not isinstance(text, str):
            raise QueryError("A question has a text; give it one.", query=str(text))
        options = {name: value for name, value in data.items() if name != "text"}
        return cls.of(text, **options)  # type: ignore[arg-type]  # `of` looks at each


def _names(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]


def _choice(kind: type[Choice], value: Choice | str) -> Choice:
    if isinstance(value, kind):
        return value
    try:
        return kind(value)
    except ValueError as error:
        names = " or ".join(str(member.value) for member in kind)
        message = f'"{value}" is not a {kind.__name__.lower()}; write {names}.'
        raise QueryError(message, query=str(value)) from error


def _check_numbers(request: Request) -> None:
    if request.offset < 0 or request.context < 0 or (request.limit is not None and request.limit < 0):
        raise QueryError("Limit, offset and context are numbers from 0 up.", query=str(request.text))


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
