"""What may stand in the query of a URL: parameters with their kinds, read and described from one table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from onrecord.indexer.errors import RequestError

__all__ = ["FILTERS", "WORDS", "Kind", "Parameter", "Values", "read_parameters"]

#: What was read, by the names of the parameters; what was not said is not in it.
Values = Mapping[str, Any]
# A number has no more digits than any count of paragraphs has.
_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)
_YES = ("true", "1", "yes", "on")
_NO = ("false", "0", "no", "off")
_SHOWN = 40


class Kind(Enum):
    """What a parameter holds."""

    TEXT = "text"
    NAMES = "names"  #: may be given several times: any of them
    NUMBER = "number"
    TRUTH = "truth"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name, what it means, what it holds, and within what bounds.

    ``most`` and ``least`` are of numbers, ``choices`` of those that choose. ``needed`` says that nothing is
    answered without it.
    """

    name: str
    meaning: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None
    default: str | int | bool | None = None
    needed: bool = False

    def schema(self) -> dict[str, Any]:
        """Describe the values in JSON Schema."""
        match self.kind:
            case Kind.NAMES:
                return {"type": "array", "items": {"type": "string"}}
            case Kind.NUMBER:
                schema: dict[str, Any] = {"type": "integer", "minimum": self.least}
                if self.most is not None:
                    schema["maximum"] = self.most
            case Kind.TRUTH:
                schema = {"type": "boolean"}
            case Kind.CHOICE:
                schema = {"type": "string", "enum": list(self.choices)}
            case Kind.TEXT:
                schema = {"type": "string"}
        if self.default is not None:
            schema["default"] = self.default
        return schema

    def read(self, typed: Sequence[str]) -> Any:
        """Read what was typed for it, once or several times (`RequestError`)."""
        if self.kind is Kind.NAMES:
            return tuple(typed)
        if len(typed) > 1:
            raise _refused(f'"{self.name}" is given {len(typed)} times; give it once.')
        match self.kind:
            case Kind.NUMBER:
                return self._number(typed[0])
            case Kind.TRUTH:
                return self._truth(typed[0])
            case Kind.CHOICE:
                if typed[0] not in self.choices:
                    raise _refused(
                        f'"{_cut(typed[0])}" is no {self.name}; write one of {", ".join(self.choices)}.'
                    )
        return typed[0]

    def _number(self, typed: str) -> int:
        number = int(typed) if _NUMBER.fullmatch(typed) else None
        if number is None or number < self.least or (self.most is not None and number > self.most):
            bounds = f"from {self.least} " + ("up" if self.most is None else f"to {self.most:,}")
            raise _refused(f'"{self.name}" is a number {bounds} and not "{_cut(typed)}".')
        return number

    def _truth(self, typed: str) -> bool:
        said = typed.casefold()
        if said not in (*_YES, *_NO):
            raise _refused(f'"{self.name}" is true or false and not "{_cut(typed)}".')
        return said in _YES


def read_parameters(
    known: Sequence[Parameter], typed: Iterable[tuple[str, str]], *, of_a_form: bool = False
) -> dict[str, Any]:
    """Read the query of a URL; an empty text counts as not said, what is not known is a `RequestError`.

    A browser sends every field ``of_a_form``, the empty ones too, whatever they hold.
    """
    by_name = {parameter.name: parameter for parameter in known}
    gathered: dict[str, list[str]] = {}
    for name, value in typed:
        if name not in by_name:
            names = ", ".join(by_name) or "none at all"
            raise _refused(f'"{_cut(name)}" is no parameter here; there are {names}.')
        if value.strip() or not (of_a_form or by_name[name].kind in (Kind.TEXT, Kind.NAMES)):
            gathered.setdefault(name, []).append(value)
    for parameter in known:
        if parameter.needed and parameter.name not in gathered:
            raise _refused(f'"{parameter.name}" is missing: {parameter.meaning}.')
    return {name: by_name[name].read(values) for name, values in gathered.items()}


def _refused(sentence: str) -> RequestError:
    return RequestError(sentence, status=400, kind="parameter")


def _cut(typed: str) -> str:
    return typed if len(typed) <= _SHOWN else f"{typed[:_SHOWN]}…"


#: Those that say which statements a question is put to, under the names of `search.request.Filters`.
FILTERS = (
    Parameter("speaker", "a delegation or person under any name, or a code such as JPN", Kind.NAMES),
    Parameter("person", "who spoke, by words of the name", Kind.NAMES),
    Parameter("post", "as what someone spoke: Minister for Foreign Affairs", Kind.NAMES),
    Parameter("behalf", "the group or state that a statement was given for", Kind.NAMES),
    Parameter("delivered", "the state that gave a group's statement", Kind.NAMES),
    Parameter("forum", "the body, meeting or conference", Kind.NAMES),
    Parameter("place", "where a statement was given", Kind.NAMES),
    Parameter("language", "the language of paragraphs, by its code: en, fr", Kind.NAMES),
    Parameter("since", "a date (2019, 2019-09 or 2019-09-20) from which on, that date included"),
    Parameter("until", "a date up to which, that date included"),
)
#: Those that say how the words of a question are meant.
WORDS = (
    Parameter(
        "mode",
        "words as they are written, in any form and spelling, or under other names too",
        Kind.CHOICE,
        ("exact", "normal", "broad"),
        default="normal",
    ),
    Parameter("match", "whether all words are wanted, or any", Kind.CHOICE, ("all", "any"), default="all"),
    Parameter("fold", "of statements that are nearly the same, only one", Kind.TRUTH, default=False),
)
