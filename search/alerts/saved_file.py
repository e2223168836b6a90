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
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from onrecord.indexer.cluster.address import path_beside
from onrecord.indexer.errors import AlertError, OnRecordError
from onrecord.search.alerts.saved_searches import NAMES, PARTS, TRUTHS, Saved, check_name
from onrecord.search.language import GRAMMAR_VERSION

if TYPE_CHECKING:
    import yaml

__all__ = ["FILE_NAME", "SavedSearches"]

#: The file, in the folder in which the folder of the index lies.
FILE_NAME = "onrecord-saved.yaml"
#: What a file by hand has at most; ten thousand entries fit.
_LARGEST = 4_000_000
# A line that begins an entry: no comment, no blank, nothing that goes on with the entry before.
_BEGINS = re.compile(r"[^\s#%\-}\]]")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NO_YAML = "this is no YAML; put a question with signs in it between single quotation marks"


@dataclass(frozen=True, slots=True)
class SavedSearches:
    """The saved searches of a file, in its order; ``left_out`` says of each bad entry what is wrong."""

    path: Path
    searches: tuple[Saved, ...] = ()
    left_out: tuple[str, ...] = ()
    text: str = ""

    @classmethod
    def beside(cls, index: Path | str) -> Self:
        """Read the file beside an index (`path_beside`); where there is none, nothing is saved."""
        return cls.read(path_beside(index).absolute().parent / FILE_NAME)

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
        if self.left_out:
            there += ", and onrecord saved says which entries are left out"
        raise AlertError(f'There is no saved search "{name}" in {self.path.name}; {there}.', path=self.path)

    def with_more(self, *more: Saved) -> str:
        """Return the text of the file with some searches more, all else as it is (`AlertError`)."""
        names = {one.name.casefold() for one in self.searches}
        for saved in more:
            if saved.name.casefold() in names:
                raise AlertError(
                    f'There is a saved search "{saved.name}" already; take another name, or remove that one.',
                    path=self.path,
                )
        before = f"{self.text.rstrip()}\n\n" if self.text.strip() else ""
        added = "\n".join(f"{saved.written()}\n" for saved in more)
        return self._checked(f"{before}{added}", (*self.searches, *more))

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
    check_name(name)
    if isinstance(value, yaml.ScalarNode):
        parts: dict[str, Any] = {"query": _text(value, "query")}
    elif isinstance(value, yaml.MappingNode):
        parts = {}
        for part, said in value.value:
            known = str(part.value) if isinstance(part, yaml.ScalarNode) else ""
            if known not in PARTS or known in parts:
                what = "is said twice" if known in parts else f"is no part of {name}"
                raise AlertError(f'"{known}" {what}; write each of {", ".join(PARTS)} once at most')
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
    if name in NAMES:
        return _names(name, node)
    written = _text(node, name)
    if name == "fold":
        if written.lower() not in TRUTHS:
            raise AlertError("fold is true or false; write one of these")
        return TRUTHS[written.lower()]
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
