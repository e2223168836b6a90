"""Saved searches: questions with names, in a file of YAML beside the index that people edit by hand.

An entry is a name with a question, or with a mapping of ``query`` and the filters of a search::

    landmines:
      query: '"anti-personnel mines" OR APMBC'
      forum: [conference on disarmament, general debate]
      since: -30d
      grammar: 2
    climate: '"climate change"'

A date may be relative: so many days, weeks, months or years before today, or ``today``; it stays so.
``grammar`` is the version of the query language in which a question was written. An entry begins in the first
column, and is read by itself: what is wrong with one is no harm to the others.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, Unpack

from onrecord.indexer.errors import AlertError, DateError, OnRecordError
from onrecord.search.language import GRAMMAR_VERSION
from onrecord.search.request import Filters, Request

if TYPE_CHECKING:
    import yaml

__all__ = ["FILE_NAME", "Saved", "SavedSearches", "day_of"]

#: The file, in the folder in which the folder of the index lies.
FILE_NAME = "onrecord-saved.yaml"
#: What a file by hand has at most; ten thousand entries fit.
_LARGEST = 4_000_000
_LONGEST_NAME = 64
# A name is also that of a file.
_NAME = re.compile(rf"[^\W_][\w.-]{{0,{_LONGEST_NAME - 1}}}")
_RELATIVE = re.compile(r"-\s*([0-9]{1,5})\s*([dwmy])|today", re.IGNORECASE)
_MONTHS = {"m": 1, "y": 12}
_DAYS = {"d": 1, "w": 7}
_DATES = ("since", "until")
_NAMES = ("speaker", "person", "post", "behalf", "delivered", "forum", "place", "language")
_PARTS = ("query", *_NAMES, *_DATES, "mode", "match", "fold", "grammar")
_TRUTHS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}
# A line that begins an entry: no comment, no blank, nothing that goes on with the entry before.
_BEGINS = re.compile(r"[^\s#%\-}\]]")
_PLAIN = re.compile(r"[^\W\d_][\w ]*")
_WORDS_OF_YAML = frozenset(("null", *_TRUTHS, "y", "n"))
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NO_YAML = "this is no YAML; put a question with signs in it between single quotation marks"


@dataclass(frozen=True, slots=True)
class Saved:
    """A question with a name; ``options`` are the filters of a search (`Filters`), dates as written.

    ``grammar`` is the version of the query language in which it was written, None for that of today.
    """

    name: str
    query: str
    options: Mapping[str, Any] = field(default_factory=dict)
    grammar: int | None = None

    @classmethod
    def of(cls, name: str, query: str, **filters: Unpack[Filters]) -> Self:
        """Save a question as it is understood today (`AlertError`, `QueryError`, `DateError`).

        >>> Saved.of("mines", "landmines OR APMBC", speaker="Japan", since="-30d").options
        {'speaker': ('Japan',), 'since': '-30d'}
        """
        _check_name(name)
        plain = Request.of(query, **filters).as_dict()
        given = {
            part: tuple(value) if isinstance(value, list) else value
            for part, value in plain.items()
            if part in _PARTS and value != _USUAL[part]
        }
        saved = cls(name, query, given, GRAMMAR_VERSION)
        saved.request(date(2000, 1, 1))  # which refuses what is no question
        return saved

    def request(self, today: date) -> Request:
        """Return the question for a day: all that it finds, in order of address."""
        dates = {name: _absolute(self.options[name], today) for name in _DATES if name in self.options}
        return Request.of(self.query, **{**self.options, **dates}, limit=None, sort="address")

    def unmoving(self, today: date) -> Request:
        """Return the question without the dates that move from day to day."""
        request = self.request(today)
        for name in _DATES:
            if _RELATIVE.fullmatch(str(self.options.get(name, "")).strip()):
                request = request._replace(**{name: None})  # type: ignore[arg-type]  # a date is a text or None
        return request

    @property
    def moves(self) -> bool:
        """Whether a date of it moves from day to day."""
        return any(_RELATIVE.fullmatch(str(self.options.get(name, "")).strip()) for name in _DATES)

    def as_dict(self) -> dict[str, Any]:
        """Return the saved search as plain data, ready for JSON, in the order in which it is written."""
        parts: dict[str, Any] = {"name": self.name, "query": self.query}
        for name in _PARTS:
            if name in self.options:
                value = self.options[name]
                parts[name] = list(value) if isinstance(value, tuple) else value
        return parts if self.grammar is None else {**parts, "grammar": self.grammar}

    def written(self) -> str:
        """Write the entry of a file.

        >>> print(Saved("mines", "landmines", {"since": "-30d"}, 2).written())
        mines:
          query: landmines
          since: -30d
          grammar: 2
        """
        parts = self.as_dict()
        del parts["name"]
        return "\n".join([f"{_scalar(self.name)}:", *(f"  {key}: {_value(parts[key])}" for key in parts)])


_USUAL = Request("").as_dict() | {"query": ""}


def day_of(written: str, today: date) -> date | None:
    """Return the day that a relative date means today; None for what is none.

    >>> day_of("-30d", date(2026, 3, 31)), day_of("-1m", date(2026, 3, 31)), day_of("2021", date(2026, 1, 1))
    (datetime.date(2026, 3, 1), datetime.date(2026, 2, 28), None)
    """
    found = _RELATIVE.fullmatch(written.strip())
    if found is None:
        return None
    if found[1] is None:
        return today
    number, unit = int(found[1]), found[2].lower()
    try:
        if unit in _DAYS:
            return today - timedelta(days=number * _DAYS[unit])
        months = today.year * 12 + today.month - 1 - number * _MONTHS[unit]
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(today.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError) as error:
        raise DateError(written, f'"{written}" is before all dates; write fewer days.') from error


def _absolute(written: Any, today: date) -> Any:
    day = day_of(str(written), today)
    return written if day is None else day.isoformat()


@dataclass(frozen=True, slots=True)
class SavedSearches:
    """The saved searches of a file, in its order; ``left_out`` says of each bad entry what is wrong."""

    path: Path
    searches: tuple[Saved, ...] = ()
    left_out: tuple[str, ...] = ()
    text: str = ""

    @classmethod
    def beside(cls, index: Path | str) -> Self:
        """Read the file beside the folder of an index; where there is none, nothing is saved."""
        return cls.read(Path(index).absolute().parent / FILE_NAME)

    @classmethod
    def read(cls, path: Path | str) -> Self:
        """Read a file of saved searches (`AlertError` for what cannot be read as a text)."""
        path = Path(path)
        try:
            with path.open("rb") as file:
                content = file.read(_LARGEST + 1)
            if len(content) > _LARGEST:
                raise AlertError(f"{path}: a file of saved searches has up to 4 MB; part it.", path=path)
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except FileNotFoundError:
            return cls(path)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise AlertError(f"{path}: the saved searches cannot be read ({reason}).", path=path) from error
        except UnicodeDecodeError as error:
            raise AlertError(
                f"{path}: the saved searches are not in UTF-8; save them so.", path=path
            ) from error
        searches: dict[str, Saved] = {}
        left_out: list[str] = []
        for block in _blocks(text):
            try:
                saved = _entry(block.text)
                if any(saved.name.casefold() == name.casefold() for name in searches):
                    raise AlertError(f'another one has the name "{saved.name}"; give it its own')
                searches[saved.name] = saved
            except OnRecordError as error:
                reason = str(error).removesuffix(".")
                left_out.append(f"{path.name}, line {block.line}, is left out: {reason}.")
        return cls(path, tuple(searches.values()), tuple(left_out), text)

    def named(self, name: str) -> Saved:
        """Return the saved search of a name (`AlertError`)."""
        for saved in self.searches:
            if saved.name == name:
                return saved
        names = ", ".join(saved.name for saved in self.searches)
        there = f"there are {names}" if names else "onrecord saved add saves one"
        raise AlertError(f'There is no saved search "{name}" in {self.path.name}; {there}.', path=self.path)

    def with_one(self, saved: Saved) -> str:
        """Return the text of the file with one search more, all else as it is (`AlertError`)."""
        if any(saved.name.casefold() == one.name.casefold() for one in self.searches):
            raise AlertError(
                f'There is a saved search "{saved.name}" already; take another name, or remove that one.',
                path=self.path,
            )
        before = f"{self.text.rstrip()}\n\n" if self.text.strip() else ""
        return self._checked(f"{before}{saved.written()}\n", (*self.searches, saved))

    def without(self, name: str) -> str:
        """Return the text of the file without one of the searches, all else as it is (`AlertError`)."""
        gone = self.named(name)
        lines = self.text.split("\n")
        for block in _blocks(self.text):
            if _is_entry(block.text, gone):
                del lines[block.line - 1 : block.line - 1 + block.text.rstrip().count("\n") + 1]
                break
        text = "\n".join(lines).rstrip()
        return self._checked(
            f"{text}\n" if text else "", tuple(one for one in self.searches if one is not gone)
        )

    def _checked(self, text: str, wanted: tuple[Saved, ...]) -> str:
        """Return a text that says what is wanted (`AlertError`): a file by hand may have any shape."""
        found: list[Saved] = []
        for block in _blocks(text):
            try:
                found.append(_entry(block.text))
            except OnRecordError:
                continue
        names = {one.name for one in wanted}
        if [one for one in found if one.name in names] != list(wanted) or len(found) < len(wanted):
            raise AlertError(
                f"{self.path}: its entries do not each begin in the first column; edit it by hand.",
                path=self.path,
            )
        return text


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of an entry, with the number of the first."""

    line: int
    text: str


def _blocks(text: str) -> Iterator[_Block]:
    """Part a file into its entries; comments and blank lines behind one are not of it."""
    lines: list[str] = []
    first = 1
    for number, line in enumerate([*text.split("\n"), "-"], 1):
        ends = number > text.count("\n") + 1
        if (_BEGINS.match(line) or ends) and lines:
            yield _Block(first, _trimmed(lines))
            lines = []
        if _BEGINS.match(line) and not line.startswith("..."):
            first = number
            lines = [line]
        elif lines and not line.startswith("---"):
            lines.append(line)


def _trimmed(lines: list[str]) -> str:
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return "\n".join(lines[:end]) + "\n"


def _is_entry(text: str, saved: Saved) -> bool:
    try:
        return _entry(text) == saved
    except OnRecordError:
        return False


def _entry(text: str) -> Saved:
    """Read an entry; what is wrong is a sentence without a place (`OnRecordError`)."""
    import yaml  # no search needs it

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise AlertError(_NO_YAML) from error
    if not isinstance(root, yaml.MappingNode) or len(root.value) != 1:
        raise AlertError("an entry is a name with a question behind it; write name: question")
    key, value = root.value[0]
    if not isinstance(key, yaml.ScalarNode):
        raise AlertError("an entry is a name with a question behind it; write name: question")
    name = str(key.value)
    _check_name(name)
    if isinstance(value, yaml.ScalarNode):
        parts: dict[str, Any] = {"query": _text(value, "query")}
    elif isinstance(value, yaml.MappingNode):
        parts = {}
        for part, said in value.value:
            known = str(part.value) if isinstance(part, yaml.ScalarNode) else ""
            if known not in _PARTS or known in parts:
                what = "is said twice" if known in parts else f"is no part of {name}"
                raise AlertError(f'"{known}" {what}; write each of {", ".join(_PARTS)} once at most')
            parts[known] = _part(known, said)
    else:
        raise AlertError(f"{name} is a list; write name: question, or query: and filters below the name")
    return _saved(name, parts)


def _saved(name: str, parts: dict[str, Any]) -> Saved:
    query, grammar = parts.pop("query", None), parts.pop("grammar", None)
    if not query or not query.strip():
        raise AlertError(f"{name} has no question; write one behind query:")
    if grammar is not None and grammar > GRAMMAR_VERSION:
        raise AlertError(
            f"{name} is written in version {grammar} of the query language, "
            f"and this is version {GRAMMAR_VERSION}; update On Record"
        )
    saved = Saved(name, query, parts, grammar)
    saved.request(date(2000, 1, 1))
    return saved


def _part(name: str, node: yaml.Node) -> Any:
    """Read a part of an entry as it is meant: names as they were typed, a truth, a number."""
    if name in _NAMES:
        return _names(name, node)
    written = _text(node, name)
    if name == "fold":
        if written.lower() not in _TRUTHS:
            raise AlertError("fold is true or false; write one of these")
        return _TRUTHS[written.lower()]
    if name == "grammar":
        if not re.fullmatch(r"[1-9][0-9]{0,5}", written):
            raise AlertError("grammar is the number of a version; write it, or leave it out")
        return int(written)
    return written


def _names(name: str, node: yaml.Node) -> tuple[str | None, ...]:
    import yaml

    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return tuple(None if _is_null(one) else _text(one, name) for one in nodes)


def _is_null(node: yaml.Node) -> bool:
    import yaml

    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _NULLS


def _text(node: yaml.Node, name: str) -> str:
    import yaml

    if not isinstance(node, yaml.ScalarNode):
        raise AlertError(f"{name} is no text; write one behind it")
    return str(node.value)


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise AlertError(
            f'"{name[:_LONGEST_NAME]}" is no name for a saved search; '
            f"write up to {_LONGEST_NAME} letters, digits, dots and hyphens, a letter or a digit first."
        )


def _value(value: Any) -> str:
    if isinstance(value, list):
        inner = [_value(one) for one in value]
        return inner[0] if len(inner) == 1 else f"[{', '.join(inner)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else _scalar(str(value))


def _scalar(text: str) -> str:
    """Write a text as YAML: plain where that is safe, else quoted."""
    safe = _PLAIN.fullmatch(text) or _RELATIVE.fullmatch(text) or re.fullmatch(r"[0-9][0-9-]*", text)
    if safe and text == text.strip() and text.lower() not in _WORDS_OF_YAML and text.isascii():
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'
