"""What the web application answers: resources, each with its parameters and the forms it comes in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec

from onrecord.indexer.errors import RequestError
from onrecord.search.web.parameters import Parameter, Values
from onrecord.search.web.view import View

__all__ = [
    "CSV",
    "HTML",
    "JSON",
    "JSON_LINES",
    "LONGEST_BODY",
    "Asked",
    "Form",
    "Replied",
    "Reply",
    "Resource",
    "encoded",
    "in_json",
    "same_generation",
]

CSV = "text/csv; charset=utf-8"
HTML = "text/html; charset=utf-8"
JSON = "application/json"
JSON_LINES = "application/x-ndjson"
#: Bytes of a body.
LONGEST_BODY = 256 << 10
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, read: parts of its path, parameters, and the body of one that has it.

    ``typed`` is the query as it was typed, ``up`` what leads from the URL to the root of the application
    ("", "../", "../../"), so that links need not know where it is mounted. ``base`` is the absolute URL of
    that root, where one was set.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    typed: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    up: str = ""
    base: str | None = None
    languages: str = ""

    def link(self, name: str, **changed: object) -> str:
        """Write a link to a resource beside this one, with the same query but for what is changed."""
        kept = [(key, value) for key, value in self.typed if key not in changed and value.strip()]
        more = [(key, str(value)) for key, value in changed.items() if value is not None]
        query = urlencode([*kept, *more])
        return f"{name}?{query}" if query else name


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its body, whole or in parts that come one after the other, and what is said of it."""

    body: bytes | Iterator[bytes]
    media: str = JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    lasting: bool = True  #: it is the same as long as the index and the URL are


class Replied(NamedTuple):
    """A reply, and the version of the generation that it was answered from."""

    reply: Reply
    version: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which a resource comes: what it is called in a URL, its media type, what makes it.

    ``schema`` is the type of what is written as JSON, None where it is not JSON. ``leads_to`` says what of an
    answer another resource can be asked for by: parameters, by the operation that takes them. ``parameters``
    are those it takes, where they are others than those of its resource. ``refused`` makes a page of an
    error; without it an error is a problem in JSON. ``sent`` is the media type of the body that a request has
    which sends one, and ``longest`` how many bytes that may have. ``media_too`` are the other media types
    that a parameter may make of it.
    """

    ending: str
    media: str
    answer: Callable[[View, Asked], Reply]
    schema: Any = None
    streams: bool = False  #: its body comes in parts
    leads_to: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    parameters: Sequence[Parameter] | None = None
    refused: Callable[[Exception, Asked], Reply] | None = None
    sent: str = JSON
    longest: int = LONGEST_BODY
    media_too: Sequence[str] = ()

    @property
    def is_page(self) -> bool:
        """Whether it is for people, in their language."""
        return self.refused is not None


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that can be asked for: its path, in which ``{name}`` stands for a part, and its forms.

    The first form is the one that is meant where nothing says which. ``body`` is the type of what is sent
    with a request that sends something, ``tag`` the ETag of what is the same whatever the index holds.
    ``is_dear`` tells of a request whether it keeps a core for long, where that does not show in its letters
    (`search.web.dear`).
    """

    name: str
    path: str
    summary: str
    forms: Sequence[Form]
    parameters: Sequence[Parameter] = ()
    path_parameters: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: Any = None
    is_dear: Callable[[View, Asked], bool] | None = None
    tag: str | None = None


def in_json(
    value: object, *, media: str = JSON, lasting: bool = True, headers: Mapping[str, str] = _NONE
) -> Reply:
    """Write a value as JSON."""
    return Reply(encoded(value), media, headers=headers, lasting=lasting)


def encoded(value: object) -> bytes:
    """Write a value as JSON; half characters, which a name of a file may hold, are written as escapes."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value)).encode()


def same_generation(view: View, asked: Asked) -> None:
    """Refuse to turn a page of an index that has moved on: hits would be passed over, or come twice."""
    at = asked.values.get("at")
    if at is not None and at != view.version:
        raise RequestError(
            "The index has changed since this page was linked to; begin again without offset and at.",
            status=409,
            kind="moved-on",
        )
