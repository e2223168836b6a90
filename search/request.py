"""A question with all its options, as one value: command line, programs and saved searches ask with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from operator import index
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self, SupportsIndex, TypedDict, TypeVar, Unpack

from whoosh.query import And, Query

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.errors import DateError, QueryError
from onrecord.search.language import (
    Match,
    Mode,
    read_filters,
    read_query,
    read_tree,
    refuse_turned_dates,
)
from onrecord.search.query.lexicon import Lexicon

if TYPE_CHECKING:
    from onrecord.search.lexicon import FieldLexicon

__all__ = [
    "Filters",
    "Names",
    "Options",
    "Request",
    "Sort",
    "Understood",
    "When",
    "Words",
    "checked_number",
    "chosen",
]

#: A name or several, None among them for what is not known.
Names = str | Iterable[str | None] | None
#: A date as it is written, or as a value: 2011, "2011-05", a day.
When = str | int | date | PartialDate | None
Choice = TypeVar("Choice", bound=Enum)
_LONGEST_SHOWN = 40


class Sort(Enum):
    """The order of results; paragraphs without a date come last in both date orders."""

    RELEVANCE = "relevance"  #: the paragraphs that score best first
    STATEMENT = "statement"  #: the same, and what the rest of its statement says counts half
    NEWEST = "newest"
    OLDEST = "oldest"
    ADDRESS = "address"  #: statements by their slugs, each from its first paragraph on

    @property
    def is_by_score(self) -> bool:
        """Whether it is scores that are put in order, and not dates or addresses."""
        return self in (Sort.RELEVANCE, Sort.STATEMENT)


class Filters(TypedDict, total=False):
    """What says which statements a question is put to, and how its words are meant (`Request`)."""

    speaker: Names
    person: Names
    post: Names
    behalf: Names
    delivered: Names
    forum: Names
    place: Names
    language: Names
    since: When
    until: When
    mode: Mode | str | None
    match: Match | str | None
    fold: bool


class Options(Filters, total=False):
    """What may be said beside the text of a question; `Request` says what each means."""

    sort: Sort | str | None
    limit: int | None
    offset: int
    context: int


class Words(Protocol):
    """What a question is read with: the words of an index."""

    @property
    def lexicon(self) -> Lexicon:
        """What knows the words of the index."""

    def field_lexicon(self) -> FieldLexicon:
        """Return the other names of things, which broad mode asks."""


class Understood(NamedTuple):
    """A request as it will be evaluated: the question, its filters where there are any, and both in words."""

    question: Query
    within: Query | None
    in_words: str


class Request(NamedTuple):
    """A question and its options, as a value that cannot change.

    ``text`` is in the query language (`search.language`), or a tree of Whoosh's query classes over the
    fields of `indexer.whoosh.schema`. ``speaker``, ``person`` (who spoke), ``post`` (as what), ``behalf``
    (for which group or state), ``delivered`` (which state gave a group's statement), ``forum``, ``place`` and
    ``language`` narrow the search, several values meaning any of them, None among them what has no value;
    ``since`` and ``until`` are dates, ends included. ``match`` says whether all words side by side are
    wanted, or any. ``limit`` is the number of hits on a page, None for all, ``offset`` the number to pass
    over, ``context`` the number of neighbours on each side. ``fold`` gives the paragraphs of one of several
    statements that are nearly the same.

    `of` takes values as people write them, and refuses what is none; those of a request that is made at once
    are taken as they are.
    """

    text: str | Query
    speaker: tuple[str | None, ...] = ()
    person: tuple[str | None, ...] = ()
    post: tuple[str | None, ...] = ()
    behalf: tuple[str | None, ...] = ()
    delivered: tuple[str | None, ...] = ()
    forum: tuple[str | None, ...] = ()
    place: tuple[str | None, ...] = ()
    language: tuple[str | None, ...] = ()
    since: str | None = None
    until: str | None = None
    mode: Mode = Mode.NORMAL
    match: Match = Match.ALL
    sort: Sort = Sort.RELEVANCE
    limit: int | None = 10
    offset: int = 0
    context: int = 0
    fold: bool = False

    @classmethod
    def of(cls, text: str | Query, **options: Unpack[Options]) -> Self:
        """Make a request from options as people write them: one name or several, a mode by its name.

        Raises `QueryError` for what is no option, no mode, no order or no number, `DateError` for no date.

        >>> Request.of("mines", speaker="Japan", since=2015, sort="newest").speaker
        ('Japan',)
        """
        _check_text(text)
        if not options:
            return cls(text)
        unknown = sorted(options.keys() - _READ)
        if unknown:
            raise _no_part(unknown[0], text)
        given = {name: _READ[name](name, value) for name, value in options.items()}
        return cls(text, **given)  # type: ignore[arg-type]  # as they were read

    def read(self, words: Words) -> Understood:
        """Read the question and its filters; raises `QueryError` or `DateError` with the sentence to show.

        ``words`` is what knows the words of an index, its backend.
        """
        if isinstance(self.text, Query):
            question = read_tree(self.text)
        else:
            question = read_query(
                self.text,
                mode=self.mode,
                match=self.match,
                lexicon=words.lexicon,
                field=words.field_lexicon() if self.mode is Mode.BROAD else None,
            )
        within, in_words = read_filters(
            speaker=self.speaker,
            person=self.person,
            post=self.post,
            behalf=self.behalf,
            delivered=self.delivered,
            forum=self.forum,
            place=self.place,
            language=self.language,
            since=self.since,
            until=self.until,
        )
        if within is not None:
            refuse_turned_dates(And([question.query, within]), typed=str(self.text))
        return Understood(question.query, within, "; ".join(filter(None, (question.understood, in_words))))

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
        text = data.get("text")
        unknown = sorted(data.keys() - {"text", *_READ})
        if unknown:
            raise _no_part(unknown[0], text)
        if not isinstance(text, str):
            raise QueryError("A question has a text; give it one.", query=str(text))
        options = {name: value for name, value in data.items() if name != "text"}
        return cls.of(text, **options)  # type: ignore[arg-type]  # `of` looks at each


def checked_number(name: str, value: object) -> int:
    """Return a number from 0 up; anything else is a `QueryError` that names it."""
    number = _whole(value)
    if number is None:
        none = ", or None for all," if name == "limit" else ""
        sentence = f"{name.capitalize()} is a number from 0 up{none} and not {_shown(value)}."
        raise QueryError(sentence, query=str(value))
    if number < 0:
        raise QueryError("Limit, offset and context are numbers from 0 up.", query=str(value))
    return number


def _whole(value: object) -> int | None:
    """Return a whole number of any type as one; None for what is none."""
    return None if isinstance(value, bool) or not isinstance(value, SupportsIndex) else index(value)


def _no_part(name: str, text: object) -> QueryError:
    known = sorted({"text", *_READ})
    return QueryError(f'"{name}" is no part of a question; write {", ".join(known)}.', query=str(text))


def _check_text(text: object) -> None:
    if not isinstance(text, str | Query):
        raise QueryError(f"A question is a text or a query tree, and not {_shown(text)}.", query=str(text))


def _names(name: str, value: object) -> tuple[str | None, ...]:
    """Take one name or several; None among them stands for what is not known."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Iterable) and not isinstance(value, Mapping | bytes):
        names = tuple(value)
        wrong = [one for one in names if not (one is None or isinstance(one, str))]
        if not wrong:
            return names
        value = wrong[0]
    raise QueryError(
        f"{name.capitalize()} takes a name, or a list of names and None, and not {_shown(value)}.",
        query=str(value),
    )


def _date(name: str, value: object) -> str | None:
    """Take a date as it is written, or as a value."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, date):  # or one with a time
        return value.isoformat()[: len("2021-09-20")]
    year = _whole(value)
    if year is None:
        sentence = f"{name.capitalize()} takes a date and not {_shown(value)}; write 2021 or 2021-09-20."
        raise DateError(str(value), sentence)
    return f"{year:04}"


def _shown(value: object) -> str:
    """Show a value in a sentence, cut where it is long."""
    written = ascii(value) if not isinstance(value, str) else f'"{value}"'
    return written if len(written) <= _LONGEST_SHOWN else f"{written[:_LONGEST_SHOWN]}…"


def _limit(name: str, value: object) -> int | None:
    return None if value is None else checked_number(name, value)


def _yes_or_no(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise QueryError(f"{name.capitalize()} is True or False, and not {_shown(value)}.", query=str(value))
    return value


def _mode(_: str, value: object) -> Mode:
    return Mode.NORMAL if value is None else chosen(Mode, value, otherwise="not a mode")


def _match(_: str, value: object) -> Match:
    return Match.ALL if value is None else chosen(Match, value, otherwise="not a match")


def _sort(_: str, value: object) -> Sort:
    return Sort.RELEVANCE if value is None else chosen(Sort, value, otherwise="not a sort")


def chosen(kind: type[Choice], value: object, *, otherwise: str) -> Choice:
    """Take a member by its value; any other is a `QueryError`, which says that it is ``otherwise``."""
    if isinstance(value, kind):
        return value
    try:
        return kind(value)
    except ValueError as error:
        names = " or ".join(str(member.value) for member in kind)
        raise QueryError(f'"{value}" is {otherwise}; write {names}.', query=str(value)) from error


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


# How each option is read: by its name, for the sentence that refuses it, and its value.
_READ: dict[str, Callable[[str, object], object]] = {
    "speaker": _names,
    "person": _names,
    "post": _names,
    "behalf": _names,
    "delivered": _names,
    "forum": _names,
    "place": _names,
    "language": _names,
    "since": _date,
    "until": _date,
    "mode": _mode,
    "match": _match,
    "sort": _sort,
    "limit": _limit,
    "offset": checked_number,
    "context": checked_number,
    "fold": _yes_or_no,
}
