"""The arguments of a tool: what a model is told of them, and how what it sends is read.

What cannot be meant is a `QueryError` that names the argument and says what to write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from onrecord.indexer.errors import QueryError

__all__ = [
    "Argument",
    "Given",
    "choice",
    "choices",
    "date",
    "names",
    "number",
    "questions",
    "quotations",
    "read",
    "schema_of",
    "text",
    "texts",
    "yes_or_no",
]

#: Arguments that were read, by their names.
Given = Mapping[str, Any]

# Names of one kind that are asked for at a time, and letters of each.
_MOST_NAMES = 50
_LONGEST_NAME = 500
# Letters of a text; what is longer is none of our questions and no quotation.
_LONGEST_TEXT = 100_000
_LONGEST_SHOWN = 60
_LAST_YEAR = 9999
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its name, its JSON Schema, and what reads a value of it.

    ``default`` stands where nothing was given; ``wanted`` says in a sentence what to give.
    """

    name: str
    schema: Mapping[str, Any]
    wanted: str
    reader: Callable[[Argument, Any], Any]
    default: Any = None
    required: bool = False

    def read(self, value: Any) -> Any:
        """Read a value (`QueryError`)."""
        return self.reader(self, value)

    def refused(self, value: Any) -> QueryError:
        """Return the error that says what was wanted in the place of a value."""
        return QueryError(f'"{self.name}" is {self.wanted}, and not {_shown(value)}.', query=str(value))


def schema_of(arguments: Sequence[Argument]) -> dict[str, Any]:
    """Return the JSON Schema of some arguments together."""
    return {
        "type": "object",
        "properties": {one.name: dict(one.schema) for one in arguments},
        "required": [one.name for one in arguments if one.required],
        "additionalProperties": False,
    }


def read(tool: str, arguments: Sequence[Argument], sent: Mapping[str, Any]) -> Given:
    """Read what was sent to a tool; what is null was not given (`QueryError`)."""
    known = {one.name: one for one in arguments}
    for name in sent:
        if name not in known:
            listed = ", ".join(known)
            raise QueryError(f"{tool} has no argument {_shown(name)}; it takes {listed}.", query=str(name))
    given = {}
    for one in arguments:
        value = sent.get(one.name)
        if value is None:
            if one.required:
                raise QueryError(f'{tool} needs "{one.name}"; give {one.wanted}.', query="")
            given[one.name] = one.default
        else:
            given[one.name] = one.read(value)
    return given


def text(name: str, meaning: str, *, required: bool = False) -> Argument:
    """Return an argument that is a text."""
    return Argument(
        name, {"type": "string", "description": meaning}, "a text", _text, default=None, required=required
    )


def date(name: str, meaning: str) -> Argument:
    """Return an argument that is a date as it is written; a year may be a number."""
    schema = {"type": "string", "description": meaning}
    return Argument(name, schema, "a date such as 2019 or 2019-09-20", _date)


def names(name: str, meaning: str) -> Argument:
    """Return an argument that is one name or several."""
    schema = {"type": "array", "items": {"type": "string"}, "maxItems": _MOST_NAMES, "description": meaning}
    return Argument(name, schema, f"a list of up to {_MOST_NAMES} names", _names, default=())


def texts(name: str, meaning: str, *, most: int, required: bool = False) -> Argument:
    """Return an argument that is a list of texts, one at least."""
    schema = {
        "type": "array",
        "items": {"type": "string"},
        "minItems": 1,
        "maxItems": most,
        "description": meaning,
    }
    return Argument(
        name, schema, f"a list of 1 to {most} texts", _some(most, _text), default=(), required=required
    )


def number(name: str, meaning: str, *, least: int = 0, most: int, default: int) -> Argument:
    """Return an argument that is a whole number."""
    schema = {
        "type": "integer",
        "minimum": least,
        "maximum": most,
        "default": default,
        "description": meaning,
    }
    wanted = f"a whole number from {least:,} to {most:,}"
    return Argument(name, schema, wanted, _number(least, most), default=default)


def choice(
    name: str, meaning: str, options: Sequence[str], *, default: str | None = None, required: bool = False
) -> Argument:
    """Return an argument that is one of some words."""
    schema = {"type": "string", "enum": list(options), "description": meaning}
    if default is not None:
        schema["default"] = default
    return Argument(
        name,
        schema,
        f"one of {', '.join(options)}",
        _choice(frozenset(options)),
        default=default,
        required=required,
    )


def choices(
    name: str, meaning: str, options: Sequence[str], *, most: int, default: Sequence[str]
) -> Argument:
    """Return an argument that is a list of some of some words."""
    schema = {
        "type": "array",
        "items": {"type": "string", "enum": list(options)},
        "maxItems": most,
        "default": list(default),
        "description": meaning,
    }
    wanted = f"a list of up to {most} of {', '.join(options)}"
    one_of = _choice(frozenset(options))
    return Argument(name, schema, wanted, _some(most, one_of, least=0), default=tuple(default))


def yes_or_no(name: str, meaning: str) -> Argument:
    """Return an argument that is true or false."""
    schema = {"type": "boolean", "default": False, "description": meaning}
    return Argument(name, schema, "true or false", _yes_or_no, default=False)


def questions(name: str, meaning: str, *, most: int) -> Argument:
    """Return an argument that is several questions by their names."""
    schema = {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "minProperties": 1,
        "maxProperties": most,
        "description": meaning,
    }
    return Argument(name, schema, f"1 to {most} questions, each under a name", _questions(most))


def quotations(name: str, meaning: str, *, most: int) -> Argument:
    """Return an argument that is a list of quotations, each alone or with its address."""
    with_address = {
        "type": "object",
        "properties": {"quotation": {"type": "string"}, "address": {"type": "string"}},
        "required": ["quotation"],
        "additionalProperties": False,
    }
    schema = {
        "type": "array",
        "items": {"anyOf": [{"type": "string"}, with_address]},
        "minItems": 1,
        "maxItems": most,
        "description": meaning,
    }
    wanted = f"a list of 1 to {most} quotations, each a text or a quotation with its address"
    return Argument(name, schema, wanted, _some(most, _quotation), required=True)


def _text(argument: Argument, value: Any) -> str:
    if not isinstance(value, str):
        raise argument.refused(value)
    if len(value) > _LONGEST_TEXT:
        raise QueryError(
            f'"{argument.name}" has at most {_LONGEST_TEXT:,} characters; ask in parts.', query=value
        )
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", value)


def _date(argument: Argument, value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LAST_YEAR:
        return f"{value:04}"
    if not isinstance(value, str):
        raise argument.refused(value)
    return _text(argument, value)


def _listed(value: Any) -> Any:
    """Take one value alone for a list of one, and a list that was written down for the list."""
    if isinstance(value, str) and value.startswith("["):
        with suppress(ValueError):
            value = json.loads(value)
    return [value] if isinstance(value, str | dict) else value


def _names(argument: Argument, value: Any) -> tuple[str, ...]:
    listed = _listed(value)
    if not isinstance(listed, list | tuple) or len(listed) > _MOST_NAMES:
        raise argument.refused(value)
    some = tuple(_text(argument, one) for one in listed)
    if any(len(one) > _LONGEST_NAME for one in some):
        raise QueryError(f'A name in "{argument.name}" has at most {_LONGEST_NAME} characters.', query="")
    return some


def _some(
    most: int, one: Callable[[Argument, Any], Any], *, least: int = 1
) -> Callable[[Argument, Any], tuple[Any, ...]]:
    """Return what reads a list; one value alone is a list of one."""

    def read_some(argument: Argument, value: Any) -> tuple[Any, ...]:
        listed = _listed(value)
        if not isinstance(listed, list | tuple) or not least <= len(listed):
            raise argument.refused(value)
        if len(listed) > most:
            raise QueryError(
                f'"{argument.name}" takes at most {most} at a time, and these are {len(listed):,}; '
                "ask in parts.",
                query="",
            )
        return tuple(one(argument, each) for each in listed)

    return read_some


def _number(least: int, most: int) -> Callable[[Argument, Any], int]:
    def read_number(argument: Argument, value: Any) -> int:
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not whole or not least <= value <= most:
            raise argument.refused(value)
        return int(value)

    return read_number


def _choice(options: frozenset[str]) -> Callable[[Argument, Any], str]:
    def read_choice(argument: Argument, value: Any) -> str:
        if not isinstance(value, str) or value not in options:
            raise argument.refused(value)
        return value

    return read_choice


def _yes_or_no(argument: Argument, value: Any) -> bool:
    if not isinstance(value, bool):
        raise argument.refused(value)
    return value


def _questions(most: int) -> Callable[[Argument, Any], dict[str, str]]:
    def read_questions(argument: Argument, value: Any) -> dict[str, str]:
        if not isinstance(value, Mapping) or not 1 <= len(value) <= most:
            raise argument.refused(value)
        return {_name(argument, name): _text(argument, asked) for name, asked in value.items()}

    return read_questions


def _name(argument: Argument, value: Any) -> str:
    [name] = _names(argument, [value])
    return name


def _quotation(argument: Argument, value: Any) -> tuple[str, str | None]:
    if isinstance(value, str):
        return _text(argument, value), None
    if not isinstance(value, Mapping) or "quotation" not in value or value.keys() - {"quotation", "address"}:
        raise argument.refused(value)
    address = value.get("address")
    return _text(argument, value["quotation"]), None if address is None else _text(argument, address)


def _shown(value: Any) -> str:
    """Show a value in a sentence, on one line and cut where it is long."""
    written = f'"{value}"' if isinstance(value, str) else ascii(value)
    written = " ".join(written.split())
    return written if len(written) <= _LONGEST_SHOWN else f"{written[:_LONGEST_SHOWN]}…"
